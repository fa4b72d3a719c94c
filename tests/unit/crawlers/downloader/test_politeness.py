"""What a robots.txt means, and how long to wait."""

from __future__ import annotations

import gzip
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.downloader.politeness import Rules, backoff, retry_after, rules_of


def rules(body: str = "", status: int = 200, longest_wait: float = 60) -> Rules:
    return rules_of(status, body.encode(), longest_wait=longest_wait)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 599, 429, 301, 304, 100])
def test_a_server_that_cannot_say_what_it_allows_allows_nothing(status: int) -> None:
    assert str(status) in str(rules(status=status).refuses("https://a.example/x"))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_server_without_a_robots_txt_allows_everything(status: int) -> None:
    assert rules("User-agent: *\nDisallow: /", status).refuses("https://a.example/x") is None


def test_rules_for_our_name_win_over_rules_for_all() -> None:
    said = rules("User-agent: *\nDisallow: /\n\nUser-agent: parallax\nDisallow: /no/")
    assert said.refuses("https://a.example/yes") is None
    assert said.refuses("https://a.example/no/x") == "robots.txt disallows it"


@pytest.mark.parametrize(
    ("body", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 7", 7),
        ("User-agent: *\nCrawl-delay: 2.5", 2.5),
        ("User-agent: *\nRequest-rate: 1/10", 10),
        ("User-agent: *\nCrawl-delay: 3\nRequest-rate: 1/10", 10),
        ("User-agent: other\nCrawl-delay: 7", 0),
        ("User-agent: *\nCrawl-delay:", 0),
        ("User-agent: *\nCrawl-delay: 5 s", 5),
        ("User-agent: *\nCrawl-delay: 1,5 # seconds", 1.5),
        ("User-agent: *\nRequest-rate: 2/1m 0600-0845", 30),
        ("User-agent: *\nDisallow: /a\n\nUser-agent: *\nCrawl-delay: 4", 4),
    ],
)
def test_the_delay_that_a_server_asks_for_is_read(body: str, delay: float) -> None:
    assert rules(body).delay == delay


def test_who_asks_for_longer_waits_than_are_set_is_not_visited_rather_than_hurried() -> None:
    said = rules("User-agent: *\nCrawl-delay: 3600", longest_wait=60)
    assert "3600 s" in str(said.refuses("https://a.example/"))


@pytest.mark.parametrize(
    "line",
    [
        "Crawl-delay: soon",
        "Crawl-delay: inf",
        "Crawl-delay: -5",
        "Request-rate: 0/5",
        "Request-rate: x",
    ],
)
def test_a_delay_that_cannot_be_read_is_not_gone_below(line: str) -> None:
    said = rules(f"User-agent: *\n{line}").refuses("https://a.example/x")
    assert said == "robots.txt asks for a delay that cannot be read"
    assert rules(f"User-agent: other\n{line}").refuses("https://a.example/x") is None


@pytest.mark.parametrize(
    ("agents", "allowed"),
    [
        ("User-agent: Parallax", False),
        ("user-agent: PARALLAX/2.0", False),
        ("User-agent: Parallax*", False),
        ("User-agent: other\nUser-agent: parallax", False),
        ("Useragent parallax", False),
        ("User-agent: compares news", True),
        ("User-agent: parallaxbot", True),
        ("User-agent: a parallax", True),
        ("User-agent: https", True),
    ],
)
def test_only_our_product_token_is_our_name(agents: str, allowed: bool) -> None:
    said = rules(f"{agents}\nDisallow: /\n\nUser-agent: *\nAllow: /")
    assert (said.refuses("https://a.example/x") is None) is allowed


def test_what_is_allowed_to_a_word_of_our_contact_is_not_allowed_to_us() -> None:
    said = rules("User-agent: compares news\nAllow: /\n\nUser-agent: Parallax\nDisallow: /")
    assert said.refuses("https://a.example/x") == "robots.txt disallows it"


@pytest.mark.parametrize(
    "path",
    ["/private", "//private", "/./private", "/a/../private", "/a/b/../../private/", "/%2e/private",
     "/.//private", "/../private", "///./private/x?y"],
)  # fmt: skip
def test_no_spelling_of_a_path_gets_past_its_rule(path: str) -> None:
    said = rules("User-agent: *\nDisallow: /private")
    assert said.refuses(f"https://a.example{path}") == "robots.txt disallows it"
    assert said.refuses("https://a.example/a/private") is None


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("\ufeffUser-agent: *\nDisallow: /no".encode("utf-16-le"), None),
        ("\ufeffUser-agent: *\nDisallow: /no".encode("utf-16-be"), None),
        ("User-agent: *\nDisallow: /no".encode("utf-16-le"), "text/plain; charset=UTF-16LE"),
        (gzip.compress(b"User-agent: *\nDisallow: /no"), None),
        (b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /no", "text/plain"),
    ],
)
def test_rules_hold_however_their_text_is_coded(body: bytes, kind: str | None) -> None:
    said = rules_of(200, body, longest_wait=60, content_type=kind)
    assert said.refuses("https://a.example/no") == "robots.txt disallows it"
    assert said.refuses("https://a.example/yes") is None


@pytest.mark.parametrize(
    "body", ["User-agent: *\nDisallow: /no".encode("utf-16-le"), b"\x1f\x8bnot gzip", b"PK\3\4\0\0"]
)
def test_what_is_no_text_allows_nothing(body: bytes) -> None:
    said = rules_of(200, body, longest_wait=60)
    assert said.refuses("https://a.example/x") == "robots.txt is no text, so nothing is allowed"


@pytest.mark.parametrize(
    "body",
    [
        b"".join(b"User-agent: a%d\n" % n for n in range(17_000)) + b"Disallow: /x\n" * 17_000,
        b"\n" * 512_000,
        b"User-agent: *\n" + b"Disallow: /a*b*c*d*e*f*g\n" * 20_000,
        b"User-agent: *\nDisallow: /" + b"*a" * 250_000,
        (b"User-agent: a\n" * 2 + b"Disallow: /\n") * 13_000,
        b"User-agent: " + b"a*" * 250_000,
        b"crawl-delay" + b" " * 500_000,
    ],
)
def test_no_robots_txt_costs_more_than_a_moment(body: bytes) -> None:
    began = time.process_time()
    said = rules_of(200, body, longest_wait=60)
    said.refuses("https://a.example/" + "a/b" * 600)
    assert time.process_time() - began < 1.0


def test_more_rules_than_can_be_kept_to_allow_nothing() -> None:
    said = rules("User-agent: *\n" + "".join(f"Disallow: /{n}\n" for n in range(6_000)))
    assert "more rules" in str(said.refuses("https://a.example/x"))
    others = rules("User-agent: x\n" + "".join(f"Disallow: /{n}\n" for n in range(6_000)))
    assert others.refuses("https://a.example/x") is None


@given(st.binary(max_size=2_000), st.integers(100, 599))
def test_no_robots_txt_is_too_broken_to_decide(body: bytes, status: int) -> None:
    said = rules_of(status, body, longest_wait=60)
    assert isinstance(said.refuses("https://a.example/x"), str | None)


def test_a_huge_robots_txt_is_read_only_as_far_as_the_standard_asks() -> None:
    body = b"User-agent: *\n" + b"# filler\n" * 70_000 + b"Disallow: /late\n"
    said = rules_of(200, body, longest_wait=60)
    assert said.refuses("https://a.example/late") is None


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
