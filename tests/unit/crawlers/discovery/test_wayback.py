from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from compare.datamodel import Failure
from crawlers.discovery.found import FoundUrl
from crawlers.discovery.wayback import found_urls, nearest, query_url

BASE = "http://127.0.0.1:8123/cdx"
PAGE = "https://ferrypost.example/a?id=1&utm_source=x"
ROWS = [
    ["timestamp", "original", "mimetype", "statuscode", "digest"],
    ["20310504101500", PAGE, "text/html", "200", "AAA"],
    ["20310506000000", PAGE, "text/html", "200", "BBB"],
    ["soon", PAGE, "text/html", "200", "CCC"],
]


def captures() -> list[FoundUrl]:
    return [one for one in found_urls(json.dumps(ROWS).encode(), BASE) if isinstance(one, FoundUrl)]


def test_a_query() -> None:
    url = query_url(PAGE, start="2031-05-01", end="2031-05-31", endpoint=BASE)
    assert url.startswith(f"{BASE}?")
    asked = parse_qs(urlsplit(url).query)
    assert asked["url"] == [PAGE]
    assert asked["output"] == ["json"]
    assert (asked["from"], asked["to"]) == (["20310501000000"], ["20310601000000"])
    assert "from" not in parse_qs(urlsplit(query_url(PAGE)).query)


def test_an_answer() -> None:
    found = list(found_urls(json.dumps(ROWS).encode(), BASE, archive="http://127.0.0.1:8123/web"))
    assert found[0] == FoundUrl(
        f"http://127.0.0.1:8123/web/20310504101500id_/{PAGE}",
        modified="2031-05-04T10:15:00+00:00",
        source=BASE,
    )
    assert isinstance(found[2], Failure)


@pytest.mark.parametrize("body", [b"<html>503</html>", b'{"a": 1}', b"[1, 2]"])
def test_what_is_no_answer_is_told(body: bytes) -> None:
    assert [type(one) for one in found_urls(body, BASE)] == [Failure]


@pytest.mark.parametrize("body", [b"", b"[]", b'[["timestamp", "original"]]'])
def test_no_copy(body: bytes) -> None:
    assert list(found_urls(body, BASE)) == []


@pytest.mark.parametrize(
    ("when", "day"),
    [(None, 4), ("2031-05-01", 4), ("2031-05-05", 6), ("2031-05-09", 6), ("garbage", 4)],
)
def test_the_nearest_copy_is_the_first_after(when: str | None, day: int) -> None:
    found = nearest(reversed(captures()), when)
    assert found is not None
    assert found.modified is not None
    assert found.modified.startswith(f"2031-05-0{day}")


def test_no_nearest_of_none() -> None:
    assert nearest([], "2031-05-04") is None
