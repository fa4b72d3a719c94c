"""What an announced date or address says about an event's window, before anything is fetched."""

from __future__ import annotations

import re
from datetime import timedelta

from compare.datamodel import Event
from compare.times import moment, outside_window
from crawlers.discovery.found import FoundUrl, Leads

# Times without a zone, and days counted elsewhere on the globe, are off by up to a day.
SLACK = timedelta(days=1)

_MONTHS = {name: number for number, name in enumerate(
    "jan feb mar apr may jun jul aug sep oct nov dec".split(), 1
)}  # fmt: skip
# A date that stands between slashes with the article below it; numbers elsewhere are often ids.
_DATE_IN_PATH = re.compile(
    r"/((?:19|20)\d\d)(?:"
    r"[/-](0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:[/-](0?[1-9]|[12]\d|3[01]))?"
    r"|(?:(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))"
    r")(?=/[^/])",
    re.IGNORECASE,
)
_DATE_IN_SITEMAP = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[-_/]|&mm=)?(0[1-9]|1[0-2])"
    r"(?:(?:[-_/]|&dd=)?(0[1-9]|[12]\d|3[01]))?(?!\d)"
)


def plainly_outside(found: FoundUrl, event: Event) -> str | None:
    """Why this cannot be an article of the event's window; None if it can, or nobody says.

    Something published after the window's end, or before its start, with a day to spare; or last
    changed before its start. A later change says nothing: the article may be older.
    """
    published = found.published or date_in_address(found)
    if why := outside_window(published, event.start, event.end, slack=SLACK):
        return why
    start, changed = moment(event.start), moment(found.modified)
    if changed and start and start.start - changed.end > SLACK:
        return f"last seen changed {found.modified}, before the window begins on {event.start}"
    return None


def date_in_address(found: FoundUrl) -> str | None:
    """The day or month that an address holds in its path, as ISO 8601."""
    pattern = _DATE_IN_PATH if found.leads is Leads.ARTICLE else _DATE_IN_SITEMAP
    if found.leads in {Leads.FEED, Leads.LISTING} or not (match := pattern.search(found.url)):
        return None
    year, month, *day = (part for part in match.groups() if part)
    number = _MONTHS.get(month.lower()) or int(month)
    iso = f"{year}-{number:02d}" + "".join(f"-{int(part):02d}" for part in day)
    return iso if moment(iso) else None
