from __future__ import annotations

import pytest

from crawlers.urls import LONGEST_URL, canonical_url, host_of, page_key


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("HTTP://Me:pw@News.Example:80/a b?id=3#part", "http://news.example/a%20b?id=3"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example:443/a", "https://news.example/a"),
        ("https://news.example:8443/a", "https://news.example:8443/a"),
        ("https://bücher.example/ä?q=ü", "https://xn--bcher-kva.example/%C3%A4?q=%C3%BC"),
        ("https://n.example/a?utm_source=x&id=3&fbclid=1", "https://n.example/a?id=3"),
        ("https://n.example/a?b=2&a=1&&", "https://n.example/a?b=2&a=1"),
        ("https://n.example/a?ref=rss&cid=social", "https://n.example/a"),
        ("https://n.example/a?cid=1234&source=99", "https://n.example/a?cid=1234&source=99"),
        ("https://n-example.cdn.ampproject.org/c/s/n.example/a?x=1", "https://n.example/a?x=1"),
        ("https://www.google.com/amp/s/n.example/a/amp", "https://n.example/a/amp"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        ("http://127.0.0.1:8001/a", "http://127.0.0.1:8001/a"),
    ],
)
def test_canonical(written: str, canonical: str) -> None:
    assert canonical_url(written) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "written",
    [
        "",
        "javascript:alert(1)",
        "mailto:desk@news.example",
        "ftp://news.example/a",
        "file:///etc/passwd",
        "//news.example/a",
        "/a",
        "http:///a",
        "http://[::1",
        "http://news.example:99999/",
        "http://news.example:port/",
        "http://a b.example/",
        "https://news.example/" + "a" * LONGEST_URL,
    ],
)
def test_what_is_no_address_of_a_page(written: str) -> None:
    assert canonical_url(written) is None
    assert page_key(written) == written


def test_relative_to_the_page() -> None:
    base = "https://news.example/world/index.html"
    assert canonical_url("../a", base) == "https://news.example/a"
    assert canonical_url("//cdn.example/a", base) == "https://cdn.example/a"
    assert canonical_url("?page=2", base) == "https://news.example/world/index.html?page=2"


@pytest.mark.parametrize(
    "twin",
    [
        "https://www.news.example/2019/03/a-story/",
        "http://news.example/2019/03/a-story",
        "https://m.news.example/2019/03/a-story",
        "https://mobile.news.example/2019/03/a-story#comments",
        "https://amp.news.example/2019/03/a-story",
        "https://news.example/amp/2019/03/a-story",
        "https://news.example/2019/03/a-story/amp/",
        "https://news.example/2019/03/a-story.amp",
        "https://news.example/2019/03/a-story?amp=1",
        "https://news.example/2019/03/a-story?outputType=amp&utm_medium=feed",
        "https://news-example.cdn.ampproject.org/v/s/www.news.example/2019/03/a-story/amp/",
        "https://www.google.com/amp/s/www.news.example/2019/03/a-story/amp/",
        "https://news.example/2019/03/a-story/index.html",
        "https://news.example/2019/03/a-story/print/",
        "https://news.example/print/2019/03/a-story",
        "https://news.example/2019/03/a-story?pagewanted=print",
        "https://news.example/2019/03/a-story?view=print&m=1",
        "https://news.example/2019/03/a-story?print=true",
        "https://news.example/2019/03/a-story?nocache=17&replytocom=4#respond",
        "https://news.example/2019/03/a-story?unlocked_article_code=1.aB",
        "https://news.example/2019/03/a-story?srsltid=AfmBO&fb_comment_id=3",
        "https://news.example/2019/03/a-story&utm_source=mail&utm_medium=x",
    ],
)
def test_twins_share_a_key(twin: str) -> None:
    assert page_key(twin) == "news.example/2019/03/a-story"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/a?id=1", "https://news.example/a?id=2"),
        ("https://news.example/a?page=1", "https://news.example/a?page=2"),
        ("https://news.example/a", "https://sport.news.example/a"),
        ("https://news.example/camp/a", "https://news.example/c/a"),
        ("http://127.0.0.1:8001/a", "http://127.0.0.1:8002/a"),
        ("https://amp.example/a", "https://example/a"),
        ("https://news.example/print/", "https://news.example/"),
        ("https://news.example/news/print", "https://news.example/news"),
        ("https://news.example/a/print-is-dead", "https://news.example/a/is-dead"),
        ("https://news.example/a?page=1", "https://news.example/a"),
        ("https://news.example/a?view=photo", "https://news.example/a"),
        ("https://news.example/a?from=paris", "https://news.example/a"),
        ("https://news.example/a?cid=1001", "https://news.example/a?cid=1002"),
    ],
)
def test_different_pages_have_different_keys(one: str, other: str) -> None:
    assert page_key(one) != page_key(other)


def test_order_of_parameters_does_not_matter() -> None:
    assert page_key("https://n.example/a?x=1&y=2") == page_key("https://n.example/a?y=2&x=1")


def test_host() -> None:
    assert host_of("https://me@News.Example:81/a") == "news.example:81"
    assert host_of("http://[::1") == ""
    assert host_of("nothing") == ""


@pytest.mark.parametrize(
    "written",
    [
        "https://paper.example/2024/roof.do;jsessionid=E460A97852FA769CD9AD.node2?id=7",
        "https://paper.example/2024/roof.do?id=7&PHPSESSID=9f2c41aa0d",
        "https://paper.example/2024/roof.do?sid=9f2c41aa0db1c2d3e4f5&id=7",
        "https://paper.example/(S(lit3py55t21z5v55vlm25s55))/2024/roof.do?id=7",
        "https://paper.example/2024/roof.do?id=7#top",
        "https://paper.example/2024;v=1/roof.do;print=yes?id=7",
        "https://paper.example//2024//roof.do?id=7",
    ],
)
def test_whose_visit_it_is_is_no_part_of_an_address(written: str) -> None:
    assert page_key(written) == page_key("https://paper.example/2024/roof.do?id=7")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://paper.example/story?sid=41", "https://paper.example/story?sid=42"),
        ("https://paper.example/story;id=41", "https://paper.example/story;id=42"),
        ("https://paper.example/story;41", "https://paper.example/story;42"),
        ("https://paper.example/story?s=41", "https://paper.example/story?s=42"),
        ("https://paper.example/story;art41,2", "https://paper.example/story;art42,2"),
        (
            "https://paper.example/law?session=autumn-24",
            "https://paper.example/law?session=autumn-25",
        ),
    ],
)
def test_what_numbers_a_page_is_kept(one: str, other: str) -> None:
    assert page_key(one) != page_key(other)
