"""The sample web's ten page layouts through the real extraction: what is read is what was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.request import urlopen

import pytest

from compare.datamodel import Article, Completeness
from compare.text import moment
from crawlers.discovery import found_urls
from crawlers.extract import extract_page
from crawlers.outlets import SourceKind
from parallax.sample.content import SampleOutlet, Story, body_of, read_sample
from parallax.sample.web import SampleWeb

pytestmark = pytest.mark.web

PAGES = [
    (outlet, story)
    for outlet in read_sample().outlets
    for story in outlet.stories
    if story.status == 200 and story.slug != "members-briefing"
]
FURNITURE = (
    "invented outlet",
    "More from Meridian",
    "Sign up",
    "Most read",
    "Source: Meridian",
    "More on this story",
    "Also in World",
    "Share this",
    "Related",
    "Read more",
    "for subscribers",
    "More in this issue",
    "Image: screengrab",
    "Latest",
)


@pytest.fixture(scope="module")
def web() -> Iterator[SampleWeb]:
    with SampleWeb() as web:
        yield web


def read(web: SampleWeb, outlet: SampleOutlet, story: Story) -> Article:
    url = web.address(outlet.slug, story.slug)
    feed = web.urls[outlet.slug] + outlet.feed_path[1:]
    kind = SourceKind.NEWS_SITEMAP if outlet.feed == "news-sitemap" else SourceKind.FEED
    with urlopen(feed, timeout=5) as answer:
        announced = list(found_urls(answer.read(), feed, kind))
    hint = next(each for each in announced if each.url and each.url.startswith(url))
    with urlopen(url, timeout=5) as answer:
        page = extract_page(
            answer.read(),
            url=url,
            outlet=outlet.name,
            content_type=answer.headers["Content-Type"],
            hint=hint,
        )
    assert isinstance(page, Article), page
    return page


def paragraphs(outlet: SampleOutlet, story: Story) -> list[str]:
    body = re.sub(r"<figure>.*?</figure>", "", body_of(outlet, story), flags=re.DOTALL)
    marked = re.findall(r"<p[^>]*>(.*?)</p>", body, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", each)).strip() for each in marked]


each_page = pytest.mark.parametrize(
    ("outlet", "story"), PAGES, ids=[f"{outlet.slug}/{story.slug}" for outlet, story in PAGES]
)


@each_page
def test_the_text_is_whole_and_nothing_else(
    web: SampleWeb, outlet: SampleOutlet, story: Story
) -> None:
    page = read(web, outlet, story)
    at = 0
    for paragraph in paragraphs(outlet, story):
        if paragraph.startswith("Updated on"):
            continue  # a note on the article may be left out of its text
        found = page.text.find(paragraph, at)
        assert found >= 0, (paragraph, page.text)
        at = found + len(paragraph)
    for words in FURNITURE:
        assert words not in page.text


@each_page
def test_title_and_time_are_read(web: SampleWeb, outlet: SampleOutlet, story: Story) -> None:
    page = read(web, outlet, story)
    assert page.title == story.title
    assert page.url == web.address(outlet.slug, story.slug)
    read_time, written = moment(page.published), moment(story.published)
    assert read_time
    assert written
    assert read_time.start <= written.start <= read_time.end
    if story.modified:
        assert page.modified
        assert moment(page.modified) == moment(story.modified)


@each_page
def test_completeness_is_read(web: SampleWeb, outlet: SampleOutlet, story: Story) -> None:
    page = read(web, outlet, story)
    wanted = Completeness.PAYWALLED if story.paywalled else Completeness.FULL
    assert page.completeness is wanted, page.completeness_reason


def one(outlet: str, story: str) -> tuple[SampleOutlet, Story]:
    (found,) = ((o, s) for o, s in PAGES if (o.slug, s.slug) == (outlet, story))
    return found


def test_block_quotation_and_embedded_post_are_marked_with_their_source(web: SampleWeb) -> None:
    page = read(web, *one("lantern-post", "putin-troops-venezuela"))
    block, embed = page.quoted
    assert (block.kind, embed.kind) == ("blockquote", "embed")
    assert page.text[block.start : block.end].startswith("Two aircraft of the Russian air force")
    assert page.text[block.start : block.end].endswith("the source told Sputnik.")
    assert "Meridian Wire" in (block.source or "")
    assert page.text[embed.start : embed.end].startswith("The IL-62 is still parked")
    assert "eridian" in (embed.source or "")


def test_the_credit_line_names_the_agency(web: SampleWeb) -> None:
    page = read(web, *one("northgate-courier", "planes-land-near-caracas"))
    assert page.credits == ("Meridian Wire",)


def test_other_pages_quote_nobody_in_blocks(web: SampleWeb) -> None:
    for outlet, story in PAGES:
        if story.slug != "putin-troops-venezuela":
            assert read(web, outlet, story).quoted == ()
