"""What a robots.txt means, and how long to wait."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.downloader.politeness import Rules, backoff, retry_after, rules_of

US = "Parallax/1 (+https://parallax.example)"


def rules(body: str = "", status: int = 200, longest_wait: float = 60) -> Rules:
    return rules_of(status, body.encode(), user_agent=US, longest_wait=longest_wait)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 599, 429, 301, 304, 100])
def test_a_server_that_cannot_say_what_it_allows_allows_nothing(status: int) -> None:
    assert str(status) in str(rules(status=status).refuses("https://a.example/x", US))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_server_without_a_robots_txt_allows_everything(status: int) -> None:
    assert rules("User-agent: *\nDisallow: /", status).refuses("https://a.example/x", US) is None


def test_rules_for_our_name_win_over_rules_for_all() -> None:
    said = rules("User-agent: *\nDisallow: /\n\nUser-agent: parallax\nDisallow: /no/")
    assert said.refuses("https://a.example/yes", US) is None
    assert said.refuses("https://a.example/no/x", US) == "robots.txt disallows it"


@pytest.mark.parametrize(
    ("body", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 7", 7),
        ("User-agent: *\nCrawl-delay: 2.5", 2.5),
        ("User-agent: *\nRequest-rate: 1/10", 10),
        ("User-agent: *\nCrawl-delay: 3\nRequest-rate: 1/10", 10),
        ("User-agent: other\nCrawl-delay: 7", 0),
        ("User-agent: *\nCrawl-delay: soon", 0),
        ("User-agent: *\nCrawl-delay: -5", 0),
    ],
)
def test_the_delay_that_a_server_asks_for_is_read(body: str, delay: float) -> None:
    assert rules(body).delay == delay


def test_who_asks_for_longer_waits_than_are_set_is_not_visited_rather_than_hurried() -> None:
    said = rules("User-agent: *\nCrawl-delay: 3600", longest_wait=60)
    assert "3600 s" in str(said.refuses("https://a.example/", US))


@given(st.binary(max_size=2_000), st.integers(100, 599))
def test_no_robots_txt_is_too_broken_to_decide(body: bytes, status: int) -> None:
    said = rules_of(status, body, user_agent=US, longest_wait=60)
    assert isinstance(said.refuses("https://a.example/x", US), str | None)


def test_a_huge_robots_txt_is_read_only_as_far_as_the_standard_asks() -> None:
    body = b"User-agent: *\n" + b"# filler\n" * 70_000 + b"Disallow: /late\n"
    said = rules_of(200, body, user_agent=US, longest_wait=60)
    assert said.refuses("https://a.example/late", US) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": " 5 "}, 5),
        ({"Retry-After": "Sun, 24 Mar 2019 10:00:30 GMT", "Date": "Sun, 24 Mar 2019 10:00:00 GMT"}, 30),
        ({"Retry-After": "Sun, 24 Mar 2019 09:00:00 GMT", "Date": "Sun, 24 Mar 2019 10:00:00 GMT"}, 0),
        ({"Retry-After": "Sun, 24 Mar 2019 10:00:30 GMT"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-3"}, None),
        ({"Retry-After": "²"}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_the_wait_that_an_answer_asks_for(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_retry_after_is_too_broken_to_read(asked: str, date: str) -> None:
    wait = retry_after({"Retry-After": asked, "Date": date})
    assert wait is None or wait >= 0


def test_a_server_that_keeps_failing_is_left_alone_longer_each_time_within_bounds() -> None:
    waits = [backoff(attempt, delay=1, longest_wait=10) for attempt in (1, 2, 3, 4, 5)]
    assert waits == [2, 4, 8, 10, 10]
