"""Method and limits: what ran, what the statuses mean, what could not be read, how to run it again."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import ClassVar

from compare.datamodel import Failure, Stage
from templates.facts import Facts
from templates.times import spoken
from templates.views.parts import Legend, legend


@dataclass(frozen=True, slots=True)
class FailureView:
    """A page that is not in the comparison, and why."""

    outlet: str
    url: str
    stage: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class Source:
    """An article that was compared, with the hash of what was read."""

    outlet: str
    title: str
    url: str
    published: str
    fetched: str
    state: str
    provenance: str
    sha256: str


@dataclass(frozen=True, slots=True)
class MethodPage:
    """method.html."""

    template: ClassVar[str] = "method.html"
    anchor: ClassVar[str] = "method"
    title: str
    legend: tuple[Legend, ...]
    run: tuple[tuple[str, str], ...]
    settings: tuple[tuple[str, str], ...]
    libraries: tuple[tuple[str, str], ...]
    lost: tuple[FailureView, ...]
    elsewhere: tuple[FailureView, ...]
    sources: tuple[Source, ...]
    command: str
    fingerprint: str


def method_page(facts: Facts) -> MethodPage:
    """The page of method and failures."""
    say = facts.say
    run = facts.comparison.run
    failures = facts.comparison.failures
    return MethodPage(
        title=say("method.title"),
        legend=legend(say),
        run=(
            (say("method.version"), run.parallax),
            (say("method.model"), run.model),
            (say("method.started"), spoken(run.started, say) or say("time.unknown")),
        ),
        settings=tuple((name, str(value)) for name, value in sorted(run.settings.items())),
        libraries=tuple(sorted(run.libraries.items())),
        lost=tuple(_failure(facts, f) for f in failures if f.stage is not Stage.GATE),
        elsewhere=tuple(_failure(facts, f) for f in failures if f.stage is Stage.GATE),
        sources=_sources(facts),
        command=_command(facts),
        fingerprint=facts.fingerprint,
    )


def _failure(facts: Facts, failure: Failure) -> FailureView:
    return FailureView(
        outlet=failure.outlet or facts.say("method.no_outlet"),
        url=failure.url or "",
        stage=facts.say(f"stage.{failure.stage.name}"),
        reason=failure.reason,
        at=spoken(failure.at, facts.say),
    )


def _sources(facts: Facts) -> tuple[Source, ...]:
    say = facts.say
    return tuple(
        Source(
            outlet=a.outlet,
            title=a.title,
            url=a.url or "",
            published=spoken(a.published, say),
            fetched=spoken(a.fetched_at, say),
            state=say(f"completeness.{a.completeness.name}"),
            provenance=say("list.semicolon").join(
                f"{k}: {v}" for k, v in sorted(a.provenance.items())
            ),
            sha256=a.sha256,
        )
        for a in facts.comparison.articles
    )


def _command(facts: Facts) -> str:
    """The command that runs it again, as a reader would type it."""
    event = facts.comparison.event
    parts = ["parallax", "run"]
    parts += ["--about", shlex.quote(event.about)] if event.about else []
    parts += ["--from", event.start] if event.start else []
    parts += ["--to", event.end] if event.end else []
    for url in event.urls:
        parts += ["--url", shlex.quote(url)]
    return " ".join([*parts, "--out", "DIR"])
