from __future__ import annotations

import json
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

from compare.datamodel import Failure
from crawlers.discovery.found import FoundUrl
from crawlers.discovery.gdelt import ENDPOINT, MOST_RECORDS, found_urls, query_urls

BASE = "http://127.0.0.1:8123/doc?query=x"


def asked(*words: str, **given: object) -> list[dict[str, str]]:
    urls = query_urls(words, **given)  # type: ignore[arg-type]
    return [{k: v[0] for k, v in parse_qs(urlsplit(url).query).items()} for url in urls]


def test_a_query() -> None:
    (query,) = asked(
        "harbour strike", "Ferryport", start="2031-05-03", end="2031-05-06", hosts=["a.example"]
    )
    assert query == {
        "query": '"harbour strike" Ferryport domain:a.example sourcelang:english',
        "mode": "ArtList",
        "format": "json",
        "maxrecords": str(MOST_RECORDS),
        "sort": "DateAsc",
        "startdatetime": "20310503000000",
        "enddatetime": "20310507000000",
    }


def test_the_address_of_the_service_is_a_setting() -> None:
    assert next(query_urls(["harbour"])).startswith(f"{ENDPOINT}?query=harbour")
    assert next(query_urls(["harbour"], endpoint=f"{BASE}&key=1")).startswith(
        f"{BASE}&key=1&query="
    )


def test_many_hosts_and_a_long_window_are_several_queries() -> None:
    hosts = [f"n{number}.example:80" for number in range(17)]
    queries = asked("harbour", start="2031-05-01", end="2031-05-20", hosts=hosts)
    assert len(queries) == 9
    named = {
        part
        for query in queries
        for part in query["query"].replace("(", " ").replace(")", " ").split()
    }
    assert {f"domain:n{number}.example" for number in range(17)} <= named
    windows = sorted({(query["startdatetime"], query["enddatetime"]) for query in queries})
    assert windows[0][0] == "20310501000000"
    assert windows[-1][1] == "20310521000000"
    assert all(one[1] == other[0] for one, other in pairwise(windows))


def test_an_open_window_and_words_that_the_service_refuses() -> None:
    (query,) = asked("harbour", "of", '"(')
    assert query["query"] == "harbour sourcelang:english"
    assert "startdatetime" not in query
    (query,) = asked("harbour", start="2031-05-01")
    assert query["startdatetime"] == "20310501000000"
    assert asked("a", "of") == []
    assert asked("harbour", start="2001-01-01", end="2016-12-31") == []


def test_an_endless_window_is_not_endless_queries() -> None:
    queries = asked("harbour", start="2031-05-01", end="9998-05-01")
    assert len(queries) <= 61
    assert queries[-1]["enddatetime"] == "99980502000000"


def test_no_words_break_out_of_their_phrase() -> None:
    (query,) = asked('x" OR domain:evil.example (')
    assert query["query"] == '"x OR domain:evil.example" sourcelang:english'


ANSWER = {
    "articles": [
        {
            "url": "https://www.ferrypost.example/a?utm_source=g",
            "url_mobile": "",
            "title": "Harbour opens , late",
            "seendate": "20310504T141500Z",
            "socialimage": "",
            "domain": "ferrypost.example",
            "language": "English",
            "sourcecountry": "Ireland",
        },
        {"url": "javascript:x", "title": "Bad"},
        7,
    ]
}


def test_an_answer() -> None:
    found, *lost = found_urls(json.dumps(ANSWER).encode(), BASE)
    assert found == FoundUrl(
        "https://www.ferrypost.example/a",
        title="Harbour opens, late",
        modified="2031-05-04T14:15:00+00:00",
        source=BASE,
        language="en",
    )
    assert [type(one) for one in lost] == [Failure, Failure]


def test_an_answer_with_what_json_forbids() -> None:
    body = json.dumps(ANSWER).replace("Harbour opens ,", "Harbour \\x opens\t\\' ,").encode()
    found = next(found_urls(body, BASE))
    assert isinstance(found, FoundUrl)
    assert found.title == "Harbour \\x opens \\', late"


def test_a_full_answer_says_that_there_may_be_more() -> None:
    articles = [{"url": f"https://a.example/{n}"} for n in range(MOST_RECORDS)]
    last = list(found_urls(json.dumps({"articles": articles}).encode(), BASE))[-1]
    assert isinstance(last, Failure)
    assert "may be more" in last.reason


def test_refusals_are_told_and_no_match_is_none() -> None:
    (refusal,) = found_urls(b"Please limit requests to one every 5 seconds.\n", BASE)
    assert isinstance(refusal, Failure)
    assert "limit requests" in refusal.reason
    assert list(found_urls(b"", BASE)) == []
    assert list(found_urls(b"{}", BASE)) == []
    assert [type(one) for one in found_urls(b'{"articles": {}}', BASE)] == [Failure]
    assert [type(one) for one in found_urls(b'{"articles": [', BASE)] == [Failure]
