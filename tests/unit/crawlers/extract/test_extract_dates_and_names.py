"""The page's own time, not another story's or a reader's; the names that sign it, not what is offered beside them."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from compare.datamodel import Article
from crawlers.extract.page import extract_page

URL = "https://www.ellerymercury.example/news/terminal-closes"
PageMaker = Callable[..., bytes]
OTHERS = "2019-01-02T10:00:00+00:00"


def read(body: bytes, url: str = URL, content_type: str | None = None) -> Article:
    result = extract_page(body, url=url, outlet="Ellery Mercury", content_type=content_type)
    assert isinstance(result, Article), result
    return result


def byline(page: bytes, html: str) -> bytes:
    start, end = page.index(b'<p class="byline">'), page.index(b"<figure>")
    return page[:start] + html.encode() + page[end:]


@pytest.mark.parametrize(
    "of_others",
    [
        f'<aside><time datetime="{OTHERS}">2 January</time> Baker wins</aside>',
        f'<ul class="list"><li><a href="/b">The baker wins her third prize</a> <time datetime="{OTHERS}"></time></li></ul>',
        f'<div class="teaser-card"><time datetime="{OTHERS}">2 January</time></div>',
        f'<article class="c"><time datetime="{OTHERS}">2 January</time><p>Well done.</p></article>',
        f'<section class="comments"><time datetime="{OTHERS}">2 January</time></section>',
    ],
)
def test_times_of_others_are_not_the_pages(make_page: PageMaker, of_others: str) -> None:
    own = '<p class="byline">By Ines Halloran <time datetime="2019-03-27T08:15:00+01:00">today</time></p>'
    page = byline(make_page(), own).replace(b"<main>", b"<main>" + of_others.encode())
    assert read(page).published == "2019-03-27T08:15:00+01:00"
    without = make_page().replace(b"<main>", b"<main>" + of_others.encode())
    assert read(without).published is None


def test_a_time_of_change_is_not_that_of_publication(make_page: PageMaker) -> None:
    both = '<p><time class="updated" datetime="2019-03-29">29 March</time> <time datetime="2019-03-27">27 March</time></p>'
    assert read(byline(make_page(), both)).published == "2019-03-27"


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Posted on 27 March 2019 by Ines Halloran", "2019-03-27"),
        ("March 27, 2019, 2:05 p.m.", "2019-03-27"),
        ("27 March 2019 18:05 IST", "2019-03-27"),
        ("27.03.2019 | 14:07 Uhr", "2019-03-27"),
        (
            "Published: 9:00 AM EDT, March 27, 2019 Updated: 10:00 AM EDT, March 29, 2019",
            "2019-03-27T09:00:00-04:00",
        ),
        ("© 29 March 2016 Ellery Mercury", None),
        ("Updated on 29 March 2019", None),
        (
            "The council first met about the terminal, which its owner had closed, on 3 May 2016",
            None,
        ),
    ],
)
def test_a_line_below_the_headline_says_when(
    make_page: PageMaker, line: str, published: str | None
) -> None:
    assert read(byline(make_page(), f"<p class='m'>{line}</p>")).published == published


def test_a_day_that_the_story_tells_of_is_not_that_of_publication(make_page: PageMaker) -> None:
    told = '<p>The summer fair of the town will open on <time datetime="2016-06-01">1 June</time> at the quay, and the council expects many guests.</p>'
    assert read(make_page(inside=told)).published is None


@pytest.mark.parametrize(
    "marked",
    [
        '<span itemprop="datePublished" content="2019-03-27T08:15:00+01:00">today</span>',
        '<ul><li><time datetime="2016-01-05"></time></li></ul><time datetime="2019-03-27T08:15:00+01:00"></time>',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": 1553670900000}</script>',
    ],
)
def test_a_marked_time_is_read_wherever_it_stands(make_page: PageMaker, marked: str) -> None:
    published = read(byline(make_page(), marked)).published
    assert published in {"2019-03-27T08:15:00+01:00", "2019-03-27T07:15:00+00:00"}


def test_an_address_says_the_day_where_nothing_else_does(make_page: PageMaker) -> None:
    article = read(make_page(), url="https://www.ellerymercury.example/2019/03/27/terminal-closes")
    assert (article.published, article.provenance["published"]) == ("2019-03-27", "address")


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ('<div class="byline">By ANN LEE and BO CHAN <a href="mailto:x@y.example">Email the author</a></div>', ("ANN LEE", "BO CHAN")),
        ('<div class="byline">By <a href="/ann">Ann Lee</a> <a href="https://x.com/ann">Follow @ann</a></div>', ("Ann Lee",)),
        ('<div class="author">Abby Byrd <button>Follow</button><span>View profile</span></div>', ("Abby Byrd",)),
        ('<span class="byline">By Ann Lee</span>', ("Ann Lee",)),
        ('<div class="byline">By Ann Lee, Political editor</div>', ("Ann Lee",)),
        ('<div class="author">Ann Lee<br>Chief reporter</div>', ("Ann Lee",)),
        ('<div class="byline">By Ann Lee | March 12, 2031 · 4 min read</div>', ("Ann Lee",)),
        ('<div class="byline">Posted by Ann Lee on March 12, 2031</div>', ("Ann Lee",)),
        ('<div class="byline">By Ann Lee Updated March 12, 2031</div>', ("Ann Lee",)),
        ('<div class="byline">By Ann Lee, Bo Chan, and Cy Dee</div>', ("Ann Lee", "Bo Chan", "Cy Dee")),
        ('<div class="byline">By Ann Lee with Bo Chan</div>', ("Ann Lee", "Bo Chan")),
        ('<div class="byline">Ann Lee in Marden and Bo Chan in Lisdale</div>', ("Ann Lee", "Bo Chan")),
        ('<div class="byline">By Ann Lee Special to The Post</div>', ("Ann Lee",)),
        ('<div class="byline">Staff reporter</div>', ("Staff reporter",)),
    ],
)  # fmt: skip
def test_what_is_offered_beside_a_name_is_none(
    make_page: PageMaker, html: str, names: tuple[str, ...]
) -> None:
    assert read(byline(make_page(), html)).authors == names


@pytest.mark.parametrize(
    "charset", ["idna", "rot13", "undefined", "punycode", "zlib", "no-such-thing"]
)
def test_a_charset_that_is_none_loses_no_page(
    make_page: PageMaker, paragraphs: tuple[str, ...], charset: str
) -> None:
    body = make_page().replace(b'charset="utf-8"', f'charset="{charset}"'.encode()) + b"\xe9"
    assert paragraphs[0] in read(body, content_type=f"text/html; charset={charset}").text


@pytest.mark.cost
@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"a": 1,\n' + " \n" * 3_000 + "}</script>",
        f'<meta property="og:title" content="{"a | " * 40_000}">',
        f'<meta name="author" content="{"a@" * 100_000}">',
        f'<style class="{"a1" * 50_000}"></style>',
    ],
)
def test_a_head_made_to_hurt_costs_no_time(make_page: PageMaker, head: str) -> None:
    read(make_page())
    started = time.process_time()
    read(make_page(head=head))
    assert time.process_time() - started < 2


@pytest.mark.parametrize("start", ["<!-- a -->\n" * 60, "<!DOCTYPE [" * 10_000, " " * 100_000])
def test_a_beginning_made_to_hurt_costs_no_time(make_page: PageMaker, start: str) -> None:
    started = time.process_time()
    extract_page(start.encode() + make_page(), url=URL, outlet="Ellery Mercury")
    assert time.process_time() - started < 3
