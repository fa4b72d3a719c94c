"""The Wayback Machine's index (CDX server API): archived copies of a page that is gone.

Described in the Internet Archive's wayback-cdx-server documentation. An answer is a JSON array whose
first row names the columns.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode

from compare.datamodel import Event, Failure
from compare.times import moment
from crawlers.discovery.bounded_xml import lost
from crawlers.discovery.dates import iso_date
from crawlers.discovery.found import Found, FoundUrl
from crawlers.discovery.plan import PlannedPage
from crawlers.options import CrawlOptions
from crawlers.urls import canonical_url

ENDPOINT = "https://web.archive.org/cdx/search/cdx"
ARCHIVE = "https://web.archive.org/web"
_MOST_CAPTURES = 50
_MOST_READ = 10 * _MOST_CAPTURES  # of an answer that does not keep to that


def query_url(
    url: str, *, start: str | None = None, end: str | None = None, endpoint: str = ENDPOINT
) -> str:
    """The address that asks for the copies of a page, each text once, first made in the window."""
    first, last = moment(start), moment(end)
    asked = [
        ("url", url),
        ("output", "json"),
        ("fl", "timestamp,original,mimetype,statuscode,digest"),
        ("filter", "statuscode:200"),
        ("filter", "mimetype:text/html"),
        ("collapse", "digest"),
        ("limit", str(_MOST_CAPTURES)),
    ]
    if first:
        asked.append(("from", f"{first.start:%Y%m%d%H%M%S}"))
    if last:
        asked.append(("to", f"{last.end:%Y%m%d%H%M%S}"))
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


def found_urls(body: bytes, base: str, *, archive: str = ARCHIVE) -> Found:
    """The copies that the index lists, oldest first, as addresses of the page as it was served.

    `modified` is when the copy was made.
    """
    text = body.decode("utf-8", errors="replace").strip()
    if not text:
        return
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        yield lost(base, f"the Wayback Machine answers: {' '.join(text.split())[:200]}")
        return
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        yield lost(base, "the Wayback Machine's answer is no table")
        return
    columns = rows[0] if rows else []
    for row in rows[1 : _MOST_READ + 1]:
        capture = dict(zip(map(str, columns), map(str, row), strict=False))
        at, original = capture.get("timestamp", ""), capture.get("original", "")
        if re.fullmatch(r"\d{14}", at) and canonical_url(original):
            # "id_" asks for the bytes as they were archived, without the archive's own frame.
            yield FoundUrl(f"{archive}/{at}id_/{original}", modified=iso_date(at), source=base)
        else:
            yield lost(base, "a copy without time or address")


def nearest(captures: Iterable[FoundUrl], when: str | None) -> FoundUrl | None:
    """The copy made soonest after `when`, else the last before it; the oldest if `when` is None."""
    dated = [(at.start, found) for found in captures if (at := moment(found.modified))]
    dated.sort(key=lambda pair: pair[0])
    asked = moment(when)
    after = [found for at, found in dated if asked is None or at >= asked.start]
    before = [found for _, found in dated]
    return after[0] if after else before[-1] if before else None


def copies_address(page: PlannedPage, event: Event, options: CrawlOptions) -> str | None:
    """Where to ask for copies of a page; None if it is a copy itself, or none are wanted."""
    if options.wayback is None or page.original is not None:
        return None
    return query_url(page.url, start=event.start, endpoint=options.wayback)


def copy_of(
    page: PlannedPage, body: bytes, base: str, event: Event, options: CrawlOptions
) -> PlannedPage | Failure | None:
    """The copy made soonest after the page appeared; None if there is none.

    A Failure says why the index's answer could not be read.
    """
    found = list(found_urls(body, base, archive=options.wayback_copies))
    copies = [one for one in found if isinstance(one, FoundUrl)]
    when = (page.hint.published if page.hint else None) or event.start
    copy = nearest(copies, when)
    if copy is None:
        return next((one for one in found if isinstance(one, Failure)), None)
    return replace(page, url=copy.url, original=page.url)
