"""The GDELT DOC 2.0 API: articles that hold certain words, across outlets, back to January 2017.

Described at blog.gdeltproject.org/gdelt-doc-2-0-api-debuts. It answers with at most 250 articles,
wants five seconds between requests, and says what it refuses in plain text with status 200.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from compare.datamodel import Failure
from compare.times import moment
from crawlers.discovery.bounded_xml import lost
from crawlers.discovery.dates import iso_date
from crawlers.discovery.found import Found, FoundUrl
from crawlers.urls import canonical_url

ENDPOINT = "https://api.gdeltproject.org/api/v2/doc/doc"
FIRST_DAY = datetime(2017, 1, 1, tzinfo=UTC)
MOST_RECORDS = 250
_MOST_READ = 10 * MOST_RECORDS  # of an answer that does not keep to that

# A query that names more hosts is refused as too long; eight of the longest in the registry pass.
_HOSTS_IN_A_QUERY = 8
_DAYS_IN_A_QUERY = timedelta(days=7)  # a slice rarely holds 250 articles of eight outlets
_MOST_SLICES = 60  # of a long window, which is a search for little or a slip of the pen
_SHORTEST_WORD = 3  # the service calls shorter ones too short

# The service does not escape backslashes in titles.
_LONE_BACKSLASH = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')


def query_urls(
    words: Sequence[str],
    *,
    start: str | None = None,
    end: str | None = None,
    hosts: Sequence[str] = (),
    endpoint: str = ENDPOINT,
) -> Iterator[str]:
    """The addresses that ask for English articles with all of `words`, published in the window.

    A word may be a phrase. With `hosts`, only articles from these or hosts that end like them; the
    caller still has to look whose each is. Several addresses, since an answer is bounded: one for
    every eight hosts and seven days.
    """
    searched = [_term(word) for word in words if len(word.strip()) >= _SHORTEST_WORD]
    if not searched:
        return
    names = [host.partition(":")[0] for host in hosts]
    groups = [names[i : i + _HOSTS_IN_A_QUERY] for i in range(0, len(names), _HOSTS_IN_A_QUERY)]
    for group in groups or [[]]:
        places = " OR ".join(f"domain:{name}" for name in group)
        filters = [f"({places})" if len(group) > 1 else places, "sourcelang:english"]
        query = " ".join(part for part in (*searched, *filters) if part)
        for window in _slices(start, end):
            asked = {
                "query": query,
                "mode": "ArtList",
                "format": "json",
                "maxrecords": str(MOST_RECORDS),
                "sort": "DateAsc",
                **window,
            }
            yield f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


def found_urls(body: bytes, base: str) -> Found:
    """The articles in an answer of the service.

    The time it gives is when it saw an article, so that an article cannot be younger: `modified`.
    """
    text = body.decode("utf-8", errors="replace").strip()
    if not text.startswith("{"):
        if text:
            yield lost(base, f"GDELT answers: {' '.join(text.split())[:200]}")
        return  # an empty answer is how the service says that it knows no such article
    try:
        answer = json.loads(_LONE_BACKSLASH.sub(r"\\\\", text), strict=False)
    except (ValueError, RecursionError):
        yield lost(base, "GDELT's answer cannot be read as JSON")
        return
    articles = answer.get("articles", [])
    if not isinstance(articles, list):
        yield lost(base, "GDELT's answer holds no list of articles")
        return
    for article in articles[:_MOST_READ]:
        yield _of_article(article if isinstance(article, dict) else {}, base)
    if len(articles) >= MOST_RECORDS:
        yield lost(base, f"GDELT gave {MOST_RECORDS} articles, its most; there may be more")


def _of_article(article: Mapping[str, Any], base: str) -> FoundUrl | Failure:
    address, title = article.get("url"), article.get("title")
    url = canonical_url(address) if isinstance(address, str) else None
    if url is None:
        return lost(base, "GDELT names an article without an address")
    seen = article.get("seendate")
    return FoundUrl(
        url=url,
        title=_plain(title) if isinstance(title, str) else None,
        modified=iso_date(seen) if isinstance(seen, str) else None,
        source=base,
        language="en" if article.get("language") == "English" else None,
    )


def _plain(title: str) -> str | None:
    """The title without the spaces that the service puts around punctuation."""
    return re.sub(r"\s+([,.:;!?%)’])", r"\1", " ".join(title.split()))[:500] or None


def _term(word: str) -> str:
    plain = " ".join(re.sub(r'["\\()]', " ", word).split())
    return plain if re.fullmatch(r"[^\W_]+", plain) else f'"{plain}"'


def _slices(start: str | None, end: str | None) -> Iterator[dict[str, str]]:
    first, last = moment(start), moment(end)
    if first is None or last is None:
        known = {"startdatetime": first and first.start, "enddatetime": last and last.end}
        yield {name: f"{at:%Y%m%d%H%M%S}" for name, at in known.items() if at}
        return
    since, until = max(first.start, FIRST_DAY), last.end
    step = max(_DAYS_IN_A_QUERY, (until - since) / _MOST_SLICES)
    while since < until:
        to = since + step if until - since > step else until
        yield {"startdatetime": f"{since:%Y%m%d%H%M%S}", "enddatetime": f"{to:%Y%m%d%H%M%S}"}
        since = to
