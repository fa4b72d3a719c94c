"""Which pages of an outlet are fetched."""

from __future__ import annotations

import random
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from compare.datamodel import Event, Stage
from crawlers.discovery.found import FoundUrl
from crawlers.discovery.plan import MOST_LISTED, OUTSIDE, Plan, choose, worth_keeping
from crawlers.registry.outlets import Outlet

ONE = Outlet(name="One", domain="one.example", aliases=("one-news.example",))
TWO = Outlet(name="Two", domain="two.example")
EVENT = Event(about="planes land in the harbour", start="2019-03-23", end="2019-03-26")


def plan(
    found: Iterable[FoundUrl], given: Iterable[str] = (), *, most: int = 50, event: Event = EVENT
) -> Plan:
    return choose(ONE, found, given, event=event, outlets=(ONE, TWO), most=most)


def urls(chosen: Plan) -> list[str]:
    return [page.url for page in chosen.pages]


def test_twins_are_one_page_at_its_plainest_address_with_all_that_was_said() -> None:
    chosen = plan(
        [
            FoundUrl("https://m.one.example/story?utm_source=x", source="b"),
            FoundUrl("https://one.example/story/amp", "A title", source="c"),
            FoundUrl("https://one.example/story", None, "2019-03-24", source="a"),
            FoundUrl("https://www.one.example/story#top", source="a"),
        ]
    )
    (page,) = chosen.pages
    assert page.url == "https://one.example/story"
    assert page.hint is not None
    assert (page.hint.title, page.hint.published) == ("A title", "2019-03-24")
    assert chosen.found == 1


def test_pages_of_an_alias_are_the_outlets_own_and_those_of_others_are_not() -> None:
    chosen = plan(
        [
            FoundUrl("https://one-news.example/a"),
            FoundUrl("https://sub.one.example/b"),
            FoundUrl("https://two.example/c"),
            FoundUrl("https://nobody.example/d"),
            FoundUrl("javascript:alert(1)"),
        ]
    )
    assert sorted(urls(chosen)) == ["https://one-news.example/a", "https://sub.one.example/b"]
    assert chosen.skipped == {"another site's page": 2, "not an address of a page": 1}


def test_what_is_outside_the_window_is_listed_with_its_reason_and_not_fetched() -> None:
    chosen = plan([FoundUrl("https://one.example/old", None, "2018-12-10")])
    assert chosen.pages == ()
    (left,) = chosen.left
    assert left.stage is Stage.GATE
    assert left.url == "https://one.example/old"
    assert "2018-12-10" in left.reason
    assert chosen.skipped == {OUTSIDE: 1}


def test_a_page_that_was_given_is_fetched_whatever_its_date() -> None:
    old = FoundUrl("https://one.example/old", "T", "2018-12-10")
    chosen = plan([old], ["https://one.example/old#part"])
    assert urls(chosen) == ["https://one.example/old"]
    assert chosen.pages[0].hint == old
    assert chosen.left == ()


def test_over_the_cap_the_pages_that_name_the_event_come_first_and_the_rest_is_said() -> None:
    found = [FoundUrl(f"https://one.example/{n}", "Nothing of interest") for n in range(5)]
    found += [
        FoundUrl("https://one.example/planes-land"),
        FoundUrl("https://one.example/z", "Harbour"),
    ]
    chosen = plan(found, most=2)
    assert urls(chosen) == ["https://one.example/planes-land", "https://one.example/z"]
    assert chosen.skipped == {"beyond the first 2 pages": 5}
    assert chosen.left[0].reason == "5 pages beyond the first 2 were not fetched"


@given(st.randoms(use_true_random=False), st.integers(0, 12), st.integers(1, 6))
def test_the_order_in_which_sources_answered_decides_nothing(
    chance: random.Random, number: int, most: int
) -> None:
    found = [
        FoundUrl(f"https://one.example/{n % 5}{'/amp' * (n % 2)}", f"Planes {n}", source=str(n))
        for n in range(number)
    ]
    mixed = list(found)
    chance.shuffle(mixed)
    assert plan(found, most=most) == plan(mixed, most=most)


def test_of_a_sitemap_of_other_years_only_what_a_report_lists_is_kept() -> None:
    old = [
        FoundUrl(f"https://one.example/{n}", None, "2012-01-01") for n in range(MOST_LISTED + 50)
    ]
    new = FoundUrl("https://one.example/new", None, "2019-03-24")
    kept, left = worth_keeping([*old, new], EVENT)
    assert left == 50
    assert new in kept
    assert len(kept) == MOST_LISTED + 1


def test_more_pages_outside_the_window_than_are_listed_are_counted() -> None:
    old = [FoundUrl(f"https://one.example/{n}", None, "2012-01-01") for n in range(MOST_LISTED + 9)]
    chosen = plan(old)
    assert len(chosen.left) == MOST_LISTED + 1
    assert chosen.left[-1].reason.startswith("9 more pages")
