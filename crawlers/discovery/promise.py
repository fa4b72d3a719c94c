"""Which of many places to look in first: an archive has hundreds of sitemaps, and few are asked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from compare.datamodel import Event
from compare.times import Moment, moment
from crawlers.discovery.found import FoundUrl
from crawlers.discovery.window import date_in_address

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NEWS = re.compile(r"news|latest|recent|today", re.IGNORECASE)
_ARTICLES = re.compile(r"article|post|stor(?:y|ies)|content", re.IGNORECASE)
_OTHER_PAGES = re.compile(
    r"video|image|photo|galler|audio|podcast|tag|author|categor|section|topic|hub|page|static|"
    r"recipe|shop|product|event|obituar|weather|sport",
    re.IGNORECASE,
)
_FAR = float("inf")


def most_promising_first(places: Iterable[FoundUrl], event: Event) -> list[FoundUrl]:
    """The places in the order in which they are likely to lead to articles of the event's window.

    First those whose address holds a month or day (all that lie outside are dropped before, by
    `plainly_outside`), then those of the window's years, of news, of articles, the rest, those of
    other kinds of page, and those of other years. Among equals the one that was last changed
    soonest after the window's start: a numbered sitemap is filled in order of time, and rarely
    touched again. Otherwise the order in which they were found.
    """
    start, end = moment(event.start), moment(event.end)
    years = {window.start.year for window in (start, end) if window}
    return sorted(places, key=lambda place: (_class(place, years), _distance(place, start)))


def _class(place: FoundUrl, years: set[int]) -> int:
    if date_in_address(place):
        return 0
    named = {int(year) for year in _YEAR.findall(place.url)}
    if years and named:
        return 1 if named & years else 6
    path = place.url.partition("://")[2].partition("/")[2]
    if _OTHER_PAGES.search(path):
        return 5
    return 2 if _NEWS.search(path) else 3 if _ARTICLES.search(path) else 4


def _distance(place: FoundUrl, start: Moment | None) -> float:
    changed = moment(place.modified)
    if changed is None or start is None:
        return _FAR
    return abs((changed.start - start.start).total_seconds())
