"""Labelled events as arrays: the same reading for fitting, measuring and comparing with peers."""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from compare.claims import claims_of, repeated_lines
from compare.codec import read_articles
from compare.datamodel import Article, Claim, Field
from compare.embedding.encoder import Encoder
from compare.match.units import Units, units_of
from compare.pipeline import encode_claims

Indices = NDArray[np.int64]
SHARED = Path(__file__).parents[2] / "shared" / "benchmarks"
FOLDS = 6
# Events are dealt out once and for all to the adapters that are fitted without them.
ADAPTER_FOLDS = 4


FIELDS: tuple[Field, ...] = ("title", "text")


@dataclass(frozen=True, eq=False)
class LabelledEvent:
    """An event's units, and which pairs of them state the same detail by the labels."""

    name: str
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    units: Units
    gold: dict[str, Any]
    stands_for: tuple[frozenset[str], ...]

    def truth(self, a: Indices, b: Indices) -> NDArray[np.bool_]:
        """Whether the labels say that units a[i] and b[i] state the same detail.

        Where the labels name the words of a sentence that state it, and a unit is only a part of that
        sentence, the unit has to hold some of them.
        """
        same = np.zeros((len(self.units), len(self.units)), dtype=np.bool_)
        for detail in self.gold["details"]:
            stating = [i for i in range(len(self.units)) if self._states(i, detail)]
            same[np.ix_(stating, stating)] = True
        return same[a, b]

    def _states(self, unit: int, detail: dict[str, Any]) -> bool:
        return any(
            self._holds(unit, sentence, detail.get("words", {}).get(sentence))
            for sentence in self.stands_for[unit] & set(detail["mentions"])
        )

    def _holds(self, unit: int, sentence: str, words: str | None) -> bool:
        claim, place = self.units.claims[unit], self._places[sentence]
        whole = self._texts[claim.article, claim.field]
        at = whole.find(words, place["start"], place["end"]) if words else -1
        return not words or at < 0 or (at < claim.end and claim.start < at + len(words))

    @cached_property
    def _places(self) -> dict[str, Any]:
        return {s["id"]: s for s in self.gold["sentences"]}

    @cached_property
    def _texts(self) -> dict[tuple[str, str], str]:
        return {(a.id, field): a.read(field) for a in self.articles for field in FIELDS}

    def score(self, a: Iterable[int], b: Iterable[int]) -> dict[str, float]:
        """The scorer's figures where exactly these pairs of units are said to be the same."""
        said = frozenset[Any]().union(*(self._meant(i, j) for i, j in zip(a, b, strict=True)))
        found = scorer().Labels(said, frozenset(), frozenset())
        sentences = [s["id"] for s in self.gold["sentences"]]
        figures: dict[str, float] = scorer().score(
            found, scorer().gold_labels(self.gold), sentences
        )
        return figures

    def _meant(self, i: int, j: int) -> frozenset[Any]:
        groups: frozenset[Any] = scorer().across(
            [{x, y} for x in self.stands_for[i] for y in self.stands_for[j]]
        )
        return groups


@cache
def scorer() -> ModuleType:
    """`score_matching.py` of the shared benchmarks: the figures are its figures."""
    spec = importlib.util.spec_from_file_location("score_matching", SHARED / "score_matching.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SHARED / "score_matching.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


# The labelled events: three outlets each (BASIL), and four to six.
KINDS = ("matching", "coverage")


def names_of(kind: str) -> list[str]:
    """The names of the labelled events of one kind, in order."""
    return sorted(path.stem for path in (SHARED / kind / "gold").glob("*.json"))


def kind_of(name: str) -> str:
    """Which kind of labelled events this one is of."""
    return next(k for k in KINDS if (SHARED / k / "gold" / f"{name}.json").exists())


def gold_of(name: str) -> dict[str, Any]:
    """The labels of an event."""
    path = SHARED / kind_of(name) / "gold" / f"{name}.json"
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return gold


def articles_of(name: str) -> tuple[Article, ...]:
    """The articles of an event."""
    return read_articles(SHARED / kind_of(name) / "events" / f"{name}.jsonl")[0]


def labelled_events(
    encoders: Callable[[str], Encoder], kinds: Iterable[str] = KINDS
) -> list[LabelledEvent]:
    """All labelled events in the order of their names, each encoded by the encoder for its name."""
    return [_event(name, encoders(name)) for kind in kinds for name in names_of(kind)]


def _event(name: str, encoder: Encoder) -> LabelledEvent:
    articles = articles_of(name)
    repeated = repeated_lines(articles)
    claims = tuple(claim for a in articles for claim in claims_of(a, repeated[a.id]))
    units = units_of(claims, encode_claims(claims, encoder, lambda *_: None))
    gold = gold_of(name)
    stands_for = tuple(
        frozenset(
            scorer().covered(
                {"article": c.article, "field": c.field, "start": c.start, "end": c.end},
                gold["sentences"],
            )
        )
        for c in units.claims
    )
    return LabelledEvent(name, articles, claims, units, gold, stands_for)


def folds(events: int) -> list[NDArray[np.bool_]]:
    """For each fold, which events are left out of its fit."""
    return [np.arange(events) % FOLDS == fold for fold in range(FOLDS)]


def adapter_folds() -> dict[str, int]:
    """For each event that the adapter was fitted on, by name, the fold that was fitted without it."""
    names = names_of("matching")
    random.Random(1).shuffle(names)  # noqa: S311
    return {name: i % ADAPTER_FOLDS for i, name in enumerate(names)}
