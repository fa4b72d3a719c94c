"""Which sources of a registry still answer: what to ask, and how to judge what came back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from compare.datamodel import Failure
from compare.times import Moment, moment
from crawlers.discovery import found_urls
from crawlers.discovery.found import FoundUrl, Leads
from crawlers.discovery.search import query_url
from crawlers.registry.outlets import Outlet, Source, SourceKind

# A daily outlet's feed is hours old; a weekly magazine's may be two weeks old over the holidays.
STALE_AFTER = timedelta(days=30)
_COMMON_WORD = ("government",)  # some article of any news outlet has it


class Health(StrEnum):
    """What became of asking a source, worst to best."""

    GONE = "gone"
    REFUSED = "refused"
    FAILED = "failed"
    EMPTY = "empty"
    STALE = "stale"
    WORKS = "works"


@dataclass(frozen=True, slots=True)
class Probe:
    """One address to ask, once and as politely as a crawl, robots.txt included."""

    outlet: str
    source: Source
    url: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a source is good for: how many articles or further places it named, the newest's time."""

    probe: Probe
    health: Health
    reason: str
    articles: int = 0
    places: int = 0
    newest: str | None = None


def probes(outlets: Iterable[Outlet]) -> Iterator[Probe]:
    """What to ask to check these outlets: each of their sources once, in the registry's order."""
    for outlet in outlets:
        for source in outlet.sources:
            searched = source.kind is SourceKind.SEARCH
            url = query_url(source.url, _COMMON_WORD) if searched else source.url
            yield Probe(outlet.name, source, url)


def judge(
    probe: Probe, *, status: int | None, body: bytes = b"", error: str = "", now: str | None = None
) -> Finding:
    """What an answer says about a source.

    `status` is the HTTP status after redirects, None where no answer came; then `error` says why.
    `now` is the time of asking: without it nothing is called stale.
    """
    if status is None or not 200 <= status < 300:
        return Finding(probe, *_unanswered(status, error))
    found = list(found_urls(body, probe.url, probe.source.kind))
    named = [one for one in found if isinstance(one, FoundUrl)]
    articles = sum(one.leads is Leads.ARTICLE for one in named)
    dated = [(at, iso) for one in named if (at := moment(iso := one.published or one.modified))]
    newest, iso = max(dated, default=(None, None), key=lambda pair: pair[0].start)
    health, reason = Health.WORKS, f"names {articles} articles"
    if not named:
        problem = next((one.reason for one in found if isinstance(one, Failure)), "names nothing")
        health, reason = Health.EMPTY, problem
    elif newest and _is_old(newest, moment(now)):
        health, reason = Health.STALE, f"its newest entry is of {iso}"
    elif not articles:
        reason = f"names {len(named)} further places to look in"
    return Finding(probe, health, reason, articles, len(named) - articles, iso)


def _unanswered(status: int | None, error: str) -> tuple[Health, str]:
    if status is None:
        return Health.FAILED, error or "no answer"
    if status in {404, 410}:
        return Health.GONE, f"HTTP {status}: the address is no longer there"
    if status in {401, 402, 403, 429, 451}:
        return Health.REFUSED, f"HTTP {status}: the outlet does not let us read it"
    return Health.FAILED, f"HTTP {status}"


def _is_old(newest: Moment, now: Moment | None) -> bool:
    return now is not None and newest.end < now.start - STALE_AFTER
