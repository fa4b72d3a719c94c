"""Pages made after public bug reports of readers of news pages; each says in expected.json what is right."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from compare.datamodel import Article, Completeness, Failure
from crawlers.discovery.feeds import found_urls
from crawlers.discovery.found import FoundUrl
from crawlers.extract.page import extract_page

CASES = Path(__file__).parents[3] / "cases"
PAGES = sorted(path.parent.name for path in CASES.glob("*/page.html"))


def read(name: str) -> tuple[Article | Failure, dict[str, Any]]:
    folder = CASES / name
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    url = f"https://ledger.example/news/{name}"
    return extract_page(
        (folder / "page.html").read_bytes(),
        url=url,
        outlet="The Marden Ledger",
        fetched_at="2024-03-20T00:00:00+00:00",
    ), expected


def holds(article: Article, wanted: dict[str, Any]) -> bool:
    """Whether an article is as one of several right answers says."""
    text_is = all(part in article.text for part in wanted.get("contains", ()))
    level = wanted.get("completeness_not")
    return text_is and (level is None or article.completeness.value != level)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_as_its_case_says(name: str) -> None:
    article, expected = read(name)
    if expected.get("not_an_article"):
        assert isinstance(article, Failure) or article.completeness is not Completeness.FULL
        return
    assert isinstance(article, Article), article
    for part in expected.get("contains", ()):
        assert part in article.text
    for part in expected.get("lacks", ()):
        assert part not in article.text
    for part in expected.get("spaces_plain", ()):
        assert part in article.text
    if "either" in expected:
        first, second = ({k: v} for k, v in expected["either"].items())
        assert holds(article, first) or holds(article, second)
    for field in ("title", "published", "modified", "url"):
        if field in expected:
            assert getattr(article, field) == expected[field]
    if "authors" in expected:
        assert list(article.authors) == expected["authors"]
    if "authors_fold" in expected:
        assert [name.casefold() for name in article.authors] == expected["authors_fold"]
    if "instant" in expected:
        assert article.published is not None
        assert datetime.fromisoformat(article.published) == datetime.fromisoformat(
            expected["instant"]
        )


def test_the_times_of_a_feed_are_read_as_its_case_says() -> None:
    folder = CASES / "f07-dates-of-feeds"
    expected = json.loads((folder / "expected.json").read_text("utf-8"))["published"]
    found = found_urls((folder / "feed.xml").read_bytes(), "https://paper.example/feed")
    assert [page.published for page in found if isinstance(page, FoundUrl)] == expected
