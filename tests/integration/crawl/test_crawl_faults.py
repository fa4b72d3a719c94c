"""One crawl of a web that misbehaves: every fault becomes a row with its reason, and spoils nothing else.

The crawl runs once; each test looks at another side of what it left behind.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

pytestmark = pytest.mark.web

if TYPE_CHECKING:
    from tests.integration.crawl.conftest import Crawled, Crawler, Site, Web


class Faulty:
    """The sites of the crawl, by what is wrong with them, and what came of it."""

    def __init__(self, web: Web, hostile: Any) -> None:
        answer = hostile.Answer
        self.web = web
        self.faults = web.site()
        self.faults.pages |= {
            "/good": answer(hostile.story_page("Ashby", canonical=self.faults.url("/good"))),
            "/print": answer(hostile.story_page("Ashby", canonical=self.faults.url("/good"))),
            "/error": answer("sorry", status=500),
            "/missing": answer("no such page", status=404),
            "/later": hostile.Turns(
                answer("busy", status=429, headers={"Retry-After": "1"}),
                answer(hostile.story_page("Calder")),
            ),
            "/muchlater": answer("busy", status=503, headers={"Retry-After": "86400"}),
            "/reset": hostile.reset,
            "/endless": hostile.never_ends,
            "/drips": hostile.drips,
            "/nothttp": hostile.not_http,
            "/cut": answer(hostile.story_page("Dover"), cut=300),
            "/huge": answer(b"x" * 1_500_000),
            "/bomb": hostile.bomb(5),
            "/circle": hostile.moved("/circle2"),
            "/circle2": hostile.moved("/circle"),
            "/far": hostile.moved("/far1"),
            **{f"/far{hop}": hostile.moved(f"/far{hop + 1}") for hop in range(1, 9)},
            "/file": hostile.moved("file:///etc/passwd"),
            "/moved": hostile.moved("/good", status=301),
            "/private/secret": answer(hostile.story_page("Secret")),
            "/picture": answer(b"\x89PNG\r\n\x1a\n" + b"\0" * 2_000, kind="image/png"),
            "/latin": answer(hostile.story_page("Château-Thé").encode("latin-1"), kind="text/html"),
            "/amp/twin": answer(hostile.story_page("Elm")),
            "/twin": answer(hostile.story_page("Elm")),
        }
        listed = [
            *(
                "/good",
                "/print",
                "/error",
                "/missing",
                "/later",
                "/muchlater",
                "/reset",
                "/endless",
            ),
            *("/drips", "/nothttp", "/cut", "/huge", "/bomb", "/circle", "/far", "/file", "/moved"),
            *(
                "/private/secret",
                "/picture",
                "/latin",
                "/twin",
                "/twin/amp",
                "/twin?utm_source=feed",
            ),
            *("/twin#comments", "https://elsewhere.example/story"),
        ]
        self.faults.feed(listed)
        self.denied = web.site(answer("User-agent: *\nDisallow: /"))
        self.denied.feed(["/story"])
        self.failing = web.site(answer("oops", status=503))
        self.failing.feed(["/story"])
        self.open = web.site(answer("none here", status=404))
        self.open.story("/story", "Fulham")
        self.open.feed(["/story"])
        self.slow = web.site(answer("User-agent: *\nCrawl-delay: 0.5"))
        for place in range(4):
            self.slow.story(f"/{place}", f"Greta{place}")
        self.slow.feed([f"/{place}" for place in range(4)])
        self.glacial = web.site(answer("User-agent: *\nCrawl-delay: 600"))
        self.glacial.feed(["/story"])
        self.broken = web.site()
        self.broken.pages["/feed"] = answer("<html><body>Not found</body></html>")
        self.bombing = web.site()
        self.bombing.pages["/feed"] = answer(
            '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
            + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
            + "]><rss version='2.0'><channel><item><title>&h;</title></item></channel></rss>"
        )  # fmt: skip
        self.old = web.site()
        self.old.story("/old", "Hove")
        self.old.feed(["/old"], date="2018-01-01")


@pytest.fixture(scope="module")
def faulty(hostile: Any) -> Iterator[Faulty]:
    web = hostile.Web()
    yield Faulty(web, hostile)
    web.close()


@pytest.fixture(scope="module")
def crawled(faulty: Faulty, hostile: Any, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    crawler = hostile.Crawler(faulty.web, tmp_path_factory.mktemp("faults"))
    done: Crawled = crawler("out")
    return done


def reason(crawled: Crawled, site: Site, path: str) -> str:
    return str(crawled.failures[site.url(path)]["reason"])


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/error", "server error (HTTP 500)"),
        ("/missing", "not found (HTTP 404)"),
        ("/muchlater", "server error (HTTP 503)"),
        ("/reset", "the connection broke"),
        ("/endless", "larger than 1 MB"),
        ("/drips", "no whole answer within 4 s"),
        ("/nothttp", "not HTTP"),
        ("/cut", "the answer broke off"),
        ("/huge", "larger than 1 MB"),
        ("/bomb", "larger than 1 MB"),
        ("/circle", "redirects in a circle"),
        ("/far", "redirects more than 8 times"),
        ("/file", "redirects to nowhere that can be fetched"),
        ("/private/secret", "robots.txt disallows it"),
    ],
)
def test_each_fault_is_a_row_that_says_what_went_wrong(
    crawled: Crawled, faulty: Faulty, path: str, said: str
) -> None:
    assert said in reason(crawled, faulty.faults, path)


def test_a_page_that_is_no_html_is_a_row_too(crawled: Crawled, faulty: Faulty) -> None:
    row = crawled.failures[faulty.faults.url("/picture")]
    assert row["stage"] == "extract"


def test_good_pages_beside_the_faults_are_read(crawled: Crawled, faulty: Faulty) -> None:
    titles = {url: row["title"] for url, row in crawled.articles.items()}
    assert "Ashby" in titles[faulty.faults.url("/good")]
    assert "Château-Thé" in titles[faulty.faults.url("/latin")]
    assert faulty.open.url("/story") in titles


def test_who_asks_to_wait_is_asked_again_only_after_that_time(
    crawled: Crawled, faulty: Faulty
) -> None:
    assert "Calder" in crawled.articles[faulty.faults.url("/later")]["title"]
    first, second = (one.at for one in faulty.faults.asked() if one.path == "/later")
    assert second - first >= 1.0
    # What was under way may still arrive; then there is silence, for other pages of the host too.
    times = [one.at for one in faulty.faults.asked() if first <= one.at <= second]
    assert max(b - a for a, b in itertools.pairwise(times)) >= 0.95


def test_who_asks_to_wait_a_day_is_not_asked_again(crawled: Crawled, faulty: Faulty) -> None:
    assert faulty.faults.times_asked()["/muchlater"] == 1


def test_no_page_is_fetched_twice(crawled: Crawled, faulty: Faulty) -> None:
    retried = {"/error", "/later", "/reset", "/drips", "/nothttp", "/cut"}
    for site in faulty.web.sites:
        again = {path for path, times in site.times_asked().items() if times > 1}
        assert again <= retried | ({"/robots.txt"} if site is faulty.failing else set())
    twins = [path for path in faulty.faults.times_asked() if "twin" in path]
    assert twins == ["/twin"]


def test_a_redirect_to_a_page_that_is_read_anyway_is_no_failure(
    crawled: Crawled, faulty: Faulty
) -> None:
    assert faulty.faults.url("/moved") not in crawled.failures
    skipped = crawled.ledger["Outlet 1"]["skipped"]
    assert skipped["leads to a page that is read already"] == 1


def test_two_addresses_of_one_canonical_page_give_one_article(
    crawled: Crawled, faulty: Faulty
) -> None:
    rows = [row for row in crawled.rows if row["url"] == faulty.faults.url("/good")]
    assert len(rows) == 1
    assert faulty.faults.url("/print") not in crawled.articles


def test_no_rule_of_any_robots_txt_was_broken(crawled: Crawled, faulty: Faulty) -> None:
    for site in faulty.web.sites:
        assert site.asked()[0].path == "/robots.txt"
        assert not [one for one in site.asked() if one.path.startswith("/private/")]
    for closed in (faulty.denied, faulty.failing, faulty.glacial):
        assert set(closed.times_asked()) == {"/robots.txt"}


def test_crawl_delay_is_kept_between_all_requests_to_a_host(
    crawled: Crawled, faulty: Faulty
) -> None:
    times = [one.at for one in faulty.slow.asked()]
    assert len(times) == 6
    # The server may see two requests closer together than they were sent, but not all of them.
    assert times[-1] - times[0] >= 5 * 0.5 - 0.2
    assert sum(url.startswith(faulty.slow.url("/")) for url in crawled.articles) == 4


def test_we_say_who_we_are_and_whom_to_write_to(crawled: Crawled, faulty: Faulty) -> None:
    names = {one.headers["User-Agent"] for one in faulty.web.log}
    assert names == {"Parallax/test (+https://parallax.example/contact)"}


def test_could_not_look_is_never_did_not_report(crawled: Crawled, faulty: Faulty) -> None:
    looked = {name: row["looked"] for name, row in crawled.ledger.items()}
    assert looked == {
        "Outlet 1": "searched",
        "Outlet 2": "could not look",
        "Outlet 3": "could not look",
        "Outlet 4": "searched",
        "Outlet 5": "searched",
        "Outlet 6": "could not look",
        "Outlet 7": "could not look",
        "Outlet 8": looked["Outlet 8"],
        "Outlet 9": "searched",
    }
    for site, said in [
        (faulty.denied, "robots.txt disallows it"),
        (faulty.failing, "robots.txt cannot be read (HTTP 503), so nothing is allowed"),
        (faulty.glacial, "robots.txt asks for 600 s between requests; the longest wait is set to 60 s"),
    ]:  # fmt: skip
        row = crawled.failures[site.url("/feed")]
        assert (row["stage"], row["reason"]) == ("discovery", said)
    assert crawled.failures[faulty.broken.url("/feed")]["stage"] == "discovery"


def test_what_is_plainly_outside_the_window_is_listed_and_not_fetched(
    crawled: Crawled, faulty: Faulty
) -> None:
    row = crawled.failures[faulty.old.url("/old")]
    assert row["stage"] == "gate"
    assert "before the window begins" in row["reason"]
    assert set(faulty.old.times_asked()) == {"/robots.txt", "/feed"}


def test_the_ledger_accounts_for_every_page_that_was_found(crawled: Crawled) -> None:
    for row in crawled.ledger.values():
        elsewhere = row["skipped"].pop("another site's page", 0)
        assert row["found"] == row["read"] + row["failed"] + sum(row["skipped"].values())
        assert elsewhere == (1 if row["outlet"] == "Outlet 1" else 0)
        assert row["done"]
    assert crawled.said["finished"]


def test_who_asks_to_wait_is_not_left_alone_for_the_usual_delay_on_top(
    web: Web, crawler: Crawler, hostile: Any
) -> None:
    """The wait itself is kept to the second, whatever the delay between requests is."""
    site = web.site(hostile.Answer("User-agent: *\nCrawl-delay: 2"))
    busy = hostile.Answer("busy", status=429, headers={"Retry-After": "3"})
    site.pages["/story"] = hostile.Turns(busy, hostile.Answer(hostile.story_page("Ilford")))
    site.feed(["/story"])
    assert set(crawler("out", timeout=20).articles) == {site.url("/story")}
    first, second = (one.at for one in web.log if one.path == "/story")
    assert 2.9 < second - first < 4.5
