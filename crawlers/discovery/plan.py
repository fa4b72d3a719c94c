"""Which of the pages that an outlet announced are fetched: pure, and the same whatever came first.

An outlet's pages are chosen when all of its sources have answered, so that the order in which they
answered decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urlsplit

from compare.datamodel import Event, Failure, Stage
from compare.kinds import Cause
from compare.text import words
from crawlers.discovery.found import FoundUrl
from crawlers.discovery.window import plainly_outside
from crawlers.registry.outlets import Outlet, outlet_of
from crawlers.urls import canonical_url, page_key

OUTSIDE = "outside the window"
MOST_LISTED = 200  # pages outside the window that are named one by one; the rest are counted


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page to fetch: its address, whose it is, and what announced it (None: it was given).

    `original` is the address of a page that is gone, where this is an archived copy of it.
    """

    url: str
    outlet: str
    hint: FoundUrl | None = None
    original: str | None = None

    @property
    def key(self) -> str:
        """What every address of this page has in common."""
        return page_key(self.original or self.url)


@dataclass(frozen=True, slots=True)
class Plan:
    """The pages to fetch, in order, and what is left alone.

    `found` counts different pages, `skipped` the addresses left alone by reason, and `left` names
    those that a report should list.
    """

    pages: tuple[PlannedPage, ...] = ()
    found: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    left: tuple[Failure, ...] = ()


def worth_keeping(found: Sequence[FoundUrl], event: Event) -> tuple[list[FoundUrl], int]:
    """What of one document is kept until its outlet is planned, and how many are not.

    A sitemap may list fifty thousand pages of other years; of those that are outside the window
    only as many are kept as a report lists.
    """
    outside = [place for place, one in enumerate(found) if plainly_outside(one, event)]
    left = set(outside[MOST_LISTED:])
    return [one for place, one in enumerate(found) if place not in left], len(left)


def choose(
    outlet: Outlet,
    found: Iterable[FoundUrl],
    given: Iterable[str],
    *,
    event: Event,
    outlets: Iterable[Outlet],
    most: int,
) -> Plan:
    """The pages of one outlet to fetch: those given, then the most promising of those announced.

    Left alone, and counted: addresses of other sites, pages that are plainly outside the event's
    window, and what is beyond `most`.
    """
    skipped: Counter[str] = Counter()
    groups: dict[str, list[FoundUrl]] = {}
    known = tuple(outlets)
    for one in found:
        if (url := canonical_url(one.url)) is None:
            skipped["not an address of a page"] += 1
        elif outlet_of(url, known) != outlet:
            skipped["another site's page"] += 1
        else:
            groups.setdefault(page_key(url), []).append(replace(one, url=url))
    pages = {page.key: page for page in _given(outlet, given, groups)}
    rest = [_merged(group) for key, group in groups.items() if key not in pages]
    rest.sort(key=lambda one: (-_promise(one, event), one.url))
    inside = [one for one in rest if plainly_outside(one, event) is None]
    outside = [(one, why) for one in rest if (why := plainly_outside(one, event))]
    skipped[OUTSIDE] += len(outside)
    skipped[f"beyond the first {most} pages"] += len(inside[most:])
    announced = [PlannedPage(one.url, outlet.name, one) for one in inside[:most]]
    return Plan(
        pages=(*pages.values(), *announced),
        found=len(pages) + len(rest),
        skipped={reason: number for reason, number in skipped.items() if number},
        left=(*_outside(outlet, outside), *_beyond(outlet, len(inside), most)),
    )


def _promise(one: FoundUrl, event: Event) -> float:
    """The part of the event's words that the title or the address of a page holds.

    Only the order of fetching rests on it, where there are more pages than may be fetched.
    """
    wanted = {word.key for word in words(event.about)}
    slug = unquote(urlsplit(one.url).path).replace("-", " ").replace("_", " ").replace("/", " ")
    held = {word.key for word in words(f"{one.title or ''} {slug}")}
    return len(wanted & held) / max(1, len(wanted))


def _outside(outlet: Outlet, pages: Sequence[tuple[FoundUrl, str]]) -> Iterator[Failure]:
    for one, why in pages[:MOST_LISTED]:
        yield _left(outlet, Cause.OUTSIDE_WINDOW, why, one.url)
    if (more := len(pages) - MOST_LISTED) > 0:
        reason = f"{more} more pages are {OUTSIDE}"
        yield _left(outlet, Cause.OUTSIDE_WINDOW, reason)


def _beyond(outlet: Outlet, found: int, most: int) -> Iterator[Failure]:
    if found > most:
        reason = f"{found - most} pages beyond the first {most} were not fetched"
        yield _left(outlet, Cause.BEYOND_LIMIT, reason)


def _left(outlet: Outlet, cause: Cause, reason: str, url: str | None = None) -> Failure:
    """An announced page that is left alone."""
    stage = Stage.GATE if cause is Cause.OUTSIDE_WINDOW else Stage.DISCOVERY
    return Failure(stage=stage, reason=reason, cause=cause, url=url, outlet=outlet.name)


def _given(
    outlet: Outlet, given: Iterable[str], groups: Mapping[str, list[FoundUrl]]
) -> Iterator[PlannedPage]:
    for url in given:
        address = canonical_url(url) or url
        hints = groups.get(page_key(address))
        yield PlannedPage(address, outlet.name, _merged(hints) if hints else None)


def _merged(group: Sequence[FoundUrl]) -> FoundUrl:
    """One page that several documents announced: the plainest address, with all that they say."""
    ranked = sorted(group, key=lambda one: (_plain_last(one.url), one.source, one.url))
    first = ranked[0]
    return replace(
        first,
        title=next((one.title for one in ranked if one.title), None),
        published=min((one.published for one in ranked if one.published), default=None),
        modified=max((one.modified for one in ranked if one.modified), default=None),
        authors=next((one.authors for one in ranked if one.authors), ()),
        language=next((one.language for one in ranked if one.language), None),
        body=max((one.body for one in ranked if one.body), default=None),
        teaser=all(one.teaser for one in ranked),
    )


def _plain_last(url: str) -> tuple[bool, bool, int]:
    """Sorts a page's own address before those of its AMP and mobile duplicates."""
    scheme, _, rest = url.partition("://")
    return rest.removeprefix("www.").rstrip("/") != page_key(url), scheme != "https", len(url)
