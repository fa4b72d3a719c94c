"""Which pages are read in a browser, and which of two readings of a page stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from compare.datamodel import Article, Completeness, Failure, Stage
from compare.kinds import Cause
from crawlers.downloader.rendering import better_of, not_rendered, wants_scripts
from crawlers.extract.page import extract_page
from crawlers.registry.outlets import Outlet

BARE = Failure(
    stage=Stage.EXTRACT,
    reason="nothing there",
    cause=Cause.NEEDS_SCRIPTS,
    url="https://a.example/1",
    outlet="A",
)
STORY = Article(
    id="1", outlet="A", title="T", text="The council met. " * 20, completeness=Completeness.FULL
)
PLAIN, SCRIPTED = Outlet(name="A", domain="a.example"), Outlet(name="A", domain="a.example", scripts=True)  # fmt: skip


@pytest.mark.parametrize(
    ("row", "outlet", "wanted"),
    [
        (BARE, None, True),
        (replace(BARE, cause=Cause.NOT_ARTICLE), PLAIN, False),
        (replace(BARE, cause=Cause.NOT_ARTICLE), SCRIPTED, False),
        (replace(BARE, cause=Cause.NO_TEXT), PLAIN, False),
        (replace(BARE, cause=Cause.NO_TEXT), SCRIPTED, True),
        (STORY, PLAIN, False),
        (STORY, SCRIPTED, True),
        (replace(STORY, text="Loading ...", completeness=Completeness.TRUNCATED), PLAIN, True),
        (replace(STORY, text="Subscribe.", completeness=Completeness.PAYWALLED), SCRIPTED, False),
        (replace(STORY, completeness=Completeness.TRUNCATED), PLAIN, False),
    ],
)  # fmt: skip
def test_a_browser_is_for_what_scripts_hide_and_never_for_what_is_guarded(
    row: Article | Failure, outlet: Outlet | None, wanted: bool
) -> None:
    assert wants_scripts(row, outlet) is wanted


def test_the_reading_that_gives_more_stands() -> None:
    shorter = replace(STORY, text="The council met.")
    assert better_of(shorter, STORY) is STORY
    assert better_of(STORY, shorter) is STORY
    assert better_of(BARE, STORY) is STORY
    lost = replace(BARE, reason="no article text was found on the page")
    assert better_of(STORY, lost) is STORY
    assert better_of(BARE, lost) == not_rendered(BARE, lost.reason)
    assert better_of(BARE, BARE) == BARE


def test_a_failure_says_what_became_of_it_in_the_browser() -> None:
    row = not_rendered(BARE, "its scripts take longer than 45 s")
    assert isinstance(row, Failure)
    assert row.reason == f"{BARE.reason}; in a browser: its scripts take longer than 45 s"
    assert not_rendered(STORY, "whatever") is STORY


@pytest.mark.parametrize(
    ("said", "scripts"),
    [
        ("You need to enable JavaScript to run this app.", True),
        ("This site requires JavaScript.", True),
        ("Checking your browser. Enable JavaScript to go on.", False),
        ("Please verify that you are a human.", False),
    ],
)
def test_a_page_that_asks_for_scripts_is_told_from_one_that_checks_for_robots(
    said: str, scripts: bool
) -> None:
    page = f"<html><head><title>News</title></head><body><p>{said}</p></body></html>"
    row = extract_page(page.encode(), url="https://a.example/1", outlet="A")
    assert isinstance(row, Failure)
    assert (row.cause is Cause.NEEDS_SCRIPTS) is scripts
