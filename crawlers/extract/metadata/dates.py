"""When a page was published and last changed, as precisely as it says, and where it says so."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from lxml import etree
from lxml.html import HtmlElement

from crawlers.extract.metadata.structured import PageData, strings

_PUBLISHED = (
    "article:published_time og:article:published_time article:published datepublished "
    "parsely-pub-date sailthru.date dc.date.issued dcterms.created dcterms.issued dc.date "
    "publish-date publication_date publishdate pubdate published_time_telegram cxenseparse:recs:publishtime "
    "date article.published originalpublicationdate dcterms.date iso-8601-publish-date last-published"
).split()
_MODIFIED = (
    "article:modified_time og:updated_time og:article:modified_time datemodified dcterms.modified "
    "last-modified lastmod article.updated"
).split()
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ]+(\d\d):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d|[+-]\d\d)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"^(\d{4})[/.]?(\d\d)[/.]?(\d\d)$")
_FIRST_YEAR = 1990
# A clock that runs ahead; anything later is an embargo or a mistake.
_AHEAD = timedelta(days=2)


def dates_of(
    root: HtmlElement, data: PageData, *, url: str, fetched_at: str | None
) -> tuple[str | None, str, str | None, str]:
    """Published, its provenance, modified, its provenance; None and "" where the page is silent."""
    latest = _moment(fetched_at)
    published, where = _published(root, data, latest)
    modified, where_modified = _first(
        [("json-ld", v) for v in strings(data.article.get("dateModified"))]
        + [("meta", v) for name in _MODIFIED for v in data.meta.get(name, ())],
        latest,
    )
    if published is None:
        published, where = _guessed(root, url, latest)
    return published, where, modified, where_modified


def _published(
    root: HtmlElement, data: PageData, latest: datetime | None
) -> tuple[str | None, str]:
    candidates = [
        *(("json-ld", v) for v in strings(data.article.get("datePublished"))),
        *(("meta", v) for name in _PUBLISHED for v in data.meta.get(name, ())),
        *(("json-ld", v) for v in strings(data.article.get("dateCreated"))),
        *(("time", v) for v in _time_elements(root)),
        *(("json-ld", v) for node in data.nodes for v in strings(node.get("datePublished"))),
    ]
    return _first(candidates, latest)


def _time_elements(root: HtmlElement) -> list[str]:
    marked, others = [], []
    for element in root.iter("time"):
        value = element.get("datetime") or ""
        if (
            element.get("pubdate") is not None
            or "datepublished" in (element.get("itemprop") or "").lower()
        ):
            marked.append(value)
        elif next(element.iterancestors("article", "main"), None) is not None:
            others.append(value)
    return marked or others[:1]


def _first(candidates: list[tuple[str, str]], latest: datetime | None) -> tuple[str | None, str]:
    for provenance, value in candidates:
        iso = iso_time(value)
        if iso and _plausible(iso, latest):
            return iso, provenance
    return None, ""


def iso_time(text: str) -> str | None:
    """A date as ISO 8601, no more precise than it was written; None where it is no date."""
    text = text.strip()
    if match := _ISO.search(text):
        day = "-".join(match.group(1, 2, 3))
        hour, minute, second, zone = match.group(4, 5, 6, 7)
        clock = f"T{hour}:{minute}:{second or '00'}{_zone(zone)}" if hour else ""
        return _checked(day + clock) or _checked(day)
    if match := _COMPACT.match(text):
        return _checked("-".join(match.groups()))
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    if zone in {"Z", "z"}:
        return "+00:00"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return f"{zone[0]}{digits[:2]}:{digits[2:]}"


def _checked(iso: str) -> str | None:
    return iso if _moment(iso) else None


def _moment(iso: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def _plausible(iso: str, latest: datetime | None) -> bool:
    moment = _moment(iso)
    if moment is None or moment.year < _FIRST_YEAR:
        return False
    return latest is None or moment.date() <= (latest + _AHEAD).date()


def _guessed(root: HtmlElement, url: str, latest: datetime | None) -> tuple[str | None, str]:
    """A date from the address or the visible text, by htmldate; a day, never a time."""
    from htmldate import find_date

    # Its extensive search takes a copyright line's year for a date; a wrong date accuses people.
    # htmldate's own bound is the day it runs on; a pure function takes it from the fetch instead.
    bound = (latest + _AHEAD).date().isoformat() if latest else None
    try:
        day = find_date(root, url=url, original_date=True, extensive_search=False, max_date=bound)
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError, etree.LxmlError):
        return None, ""
    return (day, "htmldate") if day else (None, "")
