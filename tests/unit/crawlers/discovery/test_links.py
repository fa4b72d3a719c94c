from __future__ import annotations

import time

import pytest

from compare.datamodel import Failure
from crawlers.discovery import found_urls as of_kind
from crawlers.discovery.found import FoundUrl, Leads
from crawlers.discovery.links import feeds_of, found_urls, looks_like_article
from crawlers.registry.outlets import SourceKind

BASE = "https://www.ferrypost.example/world/"

PAGE = """<html><head>
<link rel="alternate" type="application/rss+xml; charset=utf-8" href="/rss.xml" title="News">
<link rel="alternate" type="application/feed+json" href="/feed.json">
<link rel="alternate" type="application/rss+xml" href="/comments/feed" title="Comments">
<link rel="stylesheet" type="text/css" href="/x.css">
<link rel="alternate" hreflang="ga" href="/ga/">
</head><body>
<nav><a href="/world/">World</a><a href="/tag/one-two-three-four">Tag</a><a href="#top">Top</a></nav>
<article><a href="/2031/05/04/harbour"><img></a>
  <h2><a href="/2031/05/04/harbour?utm_source=home">Harbour opens after storm</a></h2>
  <time datetime="2031-05-04T10:00:00Z">4 May</time><a href="/authors/ada-moor-of-the-desk">Ada</a></article>
<ul><li><a href="https://ferrypost.example/news/tide-rises-at-the-quay">Tide rises</a></li>
<li><a href="https://elsewhere.example/2031/05/04/other-story-of-a-day">Other</a></li>
<li><a href="/p/1234567">Numbered</a></li>
<li><a href="/brief">Council votes to keep the old lighthouse</a></li>
<li><a href="javascript:void(0)">Share this story with all your friends</a></li></ul>
<a rel="next" href="?page=2">Next</a>
</body></html>"""


def read(page: str) -> list[FoundUrl]:
    return [one for one in found_urls(page.encode(), BASE) if isinstance(one, FoundUrl)]


def test_articles_of_a_section() -> None:
    assert read(PAGE) == [
        FoundUrl(
            "https://www.ferrypost.example/2031/05/04/harbour",
            title="Harbour opens after storm",
            published="2031-05-04T10:00:00+00:00",
            source=BASE,
        ),
        FoundUrl(
            "https://ferrypost.example/news/tide-rises-at-the-quay", title="Tide rises", source=BASE
        ),
        FoundUrl("https://www.ferrypost.example/p/1234567", title="Numbered", source=BASE),
        FoundUrl(
            "https://www.ferrypost.example/brief",
            title="Council votes to keep the old lighthouse",
            source=BASE,
        ),
        FoundUrl("https://www.ferrypost.example/world/?page=2", source=BASE, leads=Leads.LISTING),
    ]


def test_feeds_of_a_home_page() -> None:
    assert [
        (one.url, one.leads) for one in feeds_of(PAGE.encode(), BASE) if isinstance(one, FoundUrl)
    ] == [
        ("https://www.ferrypost.example/rss.xml", Leads.FEED),
        ("https://www.ferrypost.example/feed.json", Leads.FEED),
    ]


def test_a_home_page_gives_feeds_and_articles() -> None:
    leads = {
        one.leads
        for one in of_kind(PAGE.encode(), BASE, SourceKind.HOME)
        if isinstance(one, FoundUrl)
    }
    assert leads == {Leads.FEED, Leads.ARTICLE, Leads.LISTING}


def test_a_time_that_several_stories_share_dates_none() -> None:
    page = (
        "<div><time datetime='2031-05-04'></time>"
        "<a href='/news/one-two-three-four'>A</a><a href='/news/five-six-seven-eight'>B</a></div>"
    )
    assert [one.published for one in read(page)] == [None, None]


def test_what_the_page_sets_as_a_headline_may_be_short() -> None:
    page = (
        "<h3><a href='/n/17'>Quay bridge reopens</a></h3>"
        "<a href='/n/18'><span><h2>Ferry runs again</h2></span></a>"
        "<article><p><a href='/n/19'>Dockers return today</a></p></article>"
        "<p><a href='/n/20'>All our stories</a></p><h2><a href='/world'>World</a></h2>"
    )
    assert [one.url[-2:] for one in read(page)] == ["17", "18", "19"]


def test_a_base_element_counts() -> None:
    page = "<base href='https://ferrypost.example/x/'><a href='one-two-three-four'>A</a>"
    assert [one.url for one in read(page)] == ["https://ferrypost.example/x/one-two-three-four"]


def test_a_page_without_articles_says_so() -> None:
    (failure,) = found_urls(b"<html><body><div id=app></div></body></html>", BASE)
    assert isinstance(failure, Failure)
    assert "scripts" in failure.reason


@pytest.mark.parametrize("body", [b"", b"\0" * 100, b"\xff\xfe"])
def test_a_page_that_is_none(body: bytes) -> None:
    assert [type(one) for one in found_urls(body, BASE)] == [Failure]


def test_a_page_too_long_is_cut_and_said() -> None:
    page = b"<a href='/news/one-two-three-four'>A</a>" + b" " * 6_000_000
    url, failure = sorted(found_urls(page, BASE), key=lambda one: isinstance(one, Failure))
    assert isinstance(url, FoundUrl)
    assert isinstance(failure, Failure)


def test_endless_links_are_cut_and_said() -> None:
    page = "".join(f"<a href='/calendar/day-of-the-year-{n}'>A</a>" for n in range(2_050))
    found = list(found_urls(page.encode(), BASE))
    assert len(found) == 2_001
    assert isinstance(found[-1], Failure)


@pytest.mark.parametrize(
    ("url", "title", "is_one"),
    [
        ("https://a.example/2031/may/04/harbour", "", True),
        ("https://a.example/news/world-europe-47698832", "", True),
        ("https://a.example/story/?id=98765", "", True),
        ("https://a.example/?p=4711", "", True),
        ("https://a.example/article/0a1b2c3d4e5f6a7b", "", True),
        ("https://a.example/articles/AST1F44", "", True),
        ("https://a.example/weather/2031/05/04/storms-pass", "", True),
        ("https://a.example/%D8%B4%D8%B9-%D9%88%D8%B1-%D9%84%D8%BA-%D8%AF%D9%88/ar", "", True),
        ("https://a.example/view.html?idx=8723&page=1", "", True),
        ("https://a.example/world", "World", False),
        ("https://a.example/2031/05/04/", "", False),
        ("https://a.example/tag/one-two-three-four", "", False),
        ("https://a.example/2031/05/04/harbour.jpg", "", False),
        ("https://a.example/search?q=a-b-c-d-e", "Search our archive for more stories", False),
    ],
)
def test_what_looks_like_an_article(url: str, title: str, is_one: bool) -> None:
    assert looks_like_article(url, title) is is_one


@pytest.mark.cost
@pytest.mark.parametrize(
    "page",
    [
        "<div>" + "<time>2020-01-01</time>" * 200
        + "".join(f"<a href=/n/one-two-three-{n}>x</a>" for n in range(20_000)),
        "".join(f"<a href=/{'a' * 1_880}{n}>x</a>" for n in range(2_500)),
        "<p " + " ".join(f"a{n}=1" for n in range(300_000)) + ">x</p>",
        "<p x='>' " + " ".join(f"a{n}=1" for n in range(300_000)) + ">x</p>",
        "<a href=x>" * 400_000,
    ],
)  # fmt: skip
def test_no_section_page_costs_more_than_seconds(page: str) -> None:
    began = time.process_time()
    list(found_urls(page.encode(), BASE))
    assert time.process_time() - began < 5
