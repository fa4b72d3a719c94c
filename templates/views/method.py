"""Method and limits: what ran, what the statuses mean, what could not be read, how to run it again."""

from __future__ import annotations

import shlex
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from compare.datamodel import ConflictKind, Failure, Stage
from compare.learned import read_data
from templates.facts.index import TITLE, Facts
from templates.views.shared import Legend, legend

# The words of the report, in the order in which a reader meets them.
TERMS = (
    "outlet", "detail", "core", "able", "contradict", "worded", "loaded", "left_out", "later", "taken_over",
    "source", "sure", "match", "begin",
)  # fmt: skip
MEASURED = Path(__file__).parents[1] / "measured.toml"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure: of what, how high, how high between two annotators, by which command."""

    what: str
    value: str
    people: str
    command: str


@dataclass(frozen=True, slots=True)
class KindFigure:
    """How often conflicts of a kind are right, and what part of all labelled ones it finds.

    `shown` says whether the kind is right often enough to be told as a conflict.
    """

    kind: str
    reported: int
    precision: str
    recall: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """A number that the run was told, and what it does; `meaning` is "" for one unknown here."""

    name: str
    value: str
    meaning: str


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
    settings: tuple[Setting, ...]
    measured: str
    misfits: tuple[str, ...]
    figures: tuple[Figure, ...]
    conflicts: tuple[KindFigure, ...]
    conflicts_command: str
    libraries: tuple[tuple[str, str], ...]
    lost: tuple[FailureView, ...]
    elsewhere: tuple[FailureView, ...]
    sources: tuple[Source, ...]
    commands: tuple[tuple[str, str], ...]
    fingerprint: str
    tables: tuple[str, ...]
    glossary: tuple[tuple[str, str], ...]
    rated: str


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
            (say("method.started"), facts.started),
        ),
        settings=tuple(
            _setting(facts, k, v)
            for k, v in sorted(run.settings.items())
            if k not in {COMMAND, TITLE}
        ),
        measured=_measured_when(facts),
        misfits=_misfits(facts),
        figures=_figures(facts),
        conflicts=_conflict_kinds(facts),
        conflicts_command=_conflicts()["command"],
        libraries=tuple(sorted(run.libraries.items())),
        lost=tuple(_failure(facts, f) for f in failures if f.stage is not Stage.GATE),
        elsewhere=tuple(_failure(facts, f) for f in failures if f.stage is Stage.GATE),
        sources=_sources(facts),
        commands=_commands(facts),
        fingerprint=facts.fingerprint,
        glossary=tuple((say(f"glossary.{t}.term"), say(f"glossary.{t}.is")) for t in TERMS),
        tables=("sources", "space", "naming", "days")
        + (("ours",) if facts.ours else ())
        + (("reference",) if facts.comparison.reference else ()),
        rated=say("ratings.export", name=facts.ratings.column) if facts.ratings else "",
    )


def _setting(facts: Facts, name: str, value: object) -> Setting:
    key = f"setting.{name}"
    return Setting(name, str(value), facts.say(key) if key in facts.say else "")


@cache
def _measured() -> dict[str, Any]:
    return tomllib.loads(MEASURED.read_text("utf-8"))


def _measured_when(facts: Facts) -> str:
    """What was measured when; with another model than the one measured, that this is unknown."""
    measured = _measured()
    if not facts.comparison.run.model.startswith(measured["model"]):
        return facts.say("method.unmeasured", model=measured["model"])
    return facts.say("method.measured", date=facts.time(measured["date"].isoformat()))


def _misfits(facts: Facts) -> tuple[str, ...]:
    """The fitted models that were not fitted for this run's encoder, each in a sentence."""
    run = facts.comparison.run
    return tuple(
        facts.say(f"misfit.{model.replace(' ', '_')}", fitted_for=fitted_for, model=run.model)
        for model, fitted_for in run.misfits.items()
        if f"misfit.{model.replace(' ', '_')}" in facts.say
    )


def _figures(facts: Facts) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            what=facts.say(f"measured.{figure['key']}"),
            value=f"{figure['value']:.2f}",
            people=f"{figure['people']:.2f}" if "people" in figure else "",
            command=figure["command"],
        )
        for figure in _measured()["figure"]
    )


@cache
def _conflicts() -> dict[str, Any]:
    return read_data("compare", "data/conflicts.json")


def _conflict_kinds(facts: Facts) -> tuple[KindFigure, ...]:
    """Each kind of conflict as it was measured, those that were never met left out."""
    kinds = {ConflictKind(k): figures for k, figures in _conflicts()["kinds"].items()}
    return tuple(
        KindFigure(
            kind=facts.say(f"conflict.{kind.name}"),
            reported=figures["reported"],
            precision="" if figures["precision"] is None else f"{figures['precision']:.2f}",
            recall=f"{figures['recall']:.2f}",
            shown=figures["shown"],
        )
        for kind, figures in sorted(kinds.items(), key=lambda item: -item[1]["reported"])
    )


def _failure(facts: Facts, failure: Failure) -> FailureView:
    return FailureView(
        outlet=failure.outlet or facts.say("method.no_outlet"),
        url=failure.url or "",
        stage=facts.say(f"stage.{failure.stage.name}"),
        reason=failure.reason,
        at=facts.time(failure.at),
    )


def _sources(facts: Facts) -> tuple[Source, ...]:
    say = facts.say
    return tuple(
        Source(
            outlet=a.outlet,
            title=a.title,
            url=a.url or "",
            published=facts.time(a.published),
            fetched=facts.time(a.fetched_at),
            state=say(f"completeness.{a.completeness.name}"),
            provenance=say("list.semicolon").join(
                f"{k}: {v}" for k, v in sorted(a.provenance.items())
            ),
            sha256=a.sha256,
        )
        for a in facts.comparison.articles
    )


COMMAND = "command"  # among a run's settings: what the user typed


def _commands(facts: Facts) -> tuple[tuple[str, str], ...]:
    """What each command does again, and the command as a reader would type it."""
    event = facts.comparison.event
    command = str(facts.comparison.run.settings.get(COMMAND, ""))
    parts = ["parallax", "run"]
    parts += ["--about", shlex.quote(event.about)] if event.about else []
    parts += ["--from", event.start] if event.start else []
    parts += ["--to", event.end] if event.end else []
    for url in event.urls:
        parts += ["--url", shlex.quote(url)]
    say = facts.say
    return (
        (say("method.again_crawl"), command or " ".join([*parts, "--out", "DIR"])),
        (say("method.again_compare"), "parallax compare DIR/articles.jsonl --out DIR"),
        (say("method.again_report"), "parallax report data/comparison.json --out DIR/report"),
    )
