"""An event's labels, in the format of the coverage benchmark, and how a comparison does by them.

The figures are defined as that benchmark's scorer defines them (`score_coverage.py --help`), and a test
holds them to it; they are here as well so that a checkout without the labelled data has floors. Labels:
`sentences` (id "outlet:number", article, field, start, end), `details` (gist, mentions: sentence ids, words by
sentence id), `conflicts` (a, b: sentence ids, a_words, b_words, kind, weight), `editorial` (id, words, weight).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any

from compare.datamodel import Comparison, Conflict, Detail, Mention, Span, Status
from compare.kinds import Weight

CARRIES = {Status.INCLUDED, Status.EDITORIALIZED, Status.CONFLICTING}


@dataclass
class _Share:
    """How many of those counted are right."""

    right: int = 0
    of: int = 0

    def add(self, *, right: bool) -> None:
        self.right += right
        self.of += 1

    def value(self) -> float:
        return self.right / self.of if self.of else 0.0


@dataclass(frozen=True)
class Labelled:
    """A comparison in terms of an event's labelled sentences."""

    labels: dict[str, Any]
    comparison: Comparison
    details_of: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for number, detail in enumerate(self.labels["details"]):
            for sentence in detail["mentions"]:
                self.details_of[sentence].add(number)

    @cached_property
    def known(self) -> dict[str, dict[str, Any]]:
        return {s["id"]: s for s in self.labels["sentences"]}

    @cached_property
    def outlets(self) -> dict[str, str]:
        """The labels' letter of each outlet."""
        outlet = {a.id: a.outlet for a in self.comparison.articles}
        return {outlet[s["article"]]: _letter(s["id"]) for s in self.known.values()}

    def covered(self, mention: Mention) -> set[str]:
        """The sentences that a mention's span stands for."""
        found = set()
        for s in self.known.values():
            if (s["article"], s["field"]) == (mention.article, mention.field):
                shared = min(s["end"], mention.end) - max(s["start"], mention.start)
                if 2 * shared >= min(s["end"] - s["start"], mention.end - mention.start) > 0:
                    found.add(s["id"])
        return found

    @cached_property
    def rows(self) -> list[tuple[Detail, list[set[str]]]]:
        return [(d, [self.covered(m) for m in d.mentions]) for d in self.comparison.details]

    @cached_property
    def shared_rows(self) -> list[tuple[Detail, list[set[str]], set[str]]]:
        """The rows of two outlets or more, with the sentences of their label."""
        text = {a.id: a for a in self.comparison.articles}
        found = []
        for detail, spans in self.rows:
            if len({m.outlet for m in detail.mentions}) < 2:
                continue
            said = [text[m.article].read(m.field)[m.start : m.end] for m in detail.mentions]
            label = next(
                (s for s, words in zip(spans, said, strict=True) if words == detail.text), spans[0]
            )
            found.append((detail, spans, label))
        return found

    def same(self, a: str, b: str) -> bool:
        """Whether two sentences state a detail in common."""
        return a == b or bool(self.details_of[a] & self.details_of[b])

    def states(self, letter: str, label: set[str]) -> bool:
        """Whether an outlet states what a label's sentences state."""
        return any(_letter(s) == letter and self.same(s, x) for s in self.known for x in label)

    def value_of(self, sentence: str, words: str) -> Span | None:
        """Where labelled words stand in their sentence."""
        s = self.known[sentence]
        article = next(a for a in self.comparison.articles if a.id == s["article"])
        at = article.read(s["field"]).find(words, s["start"], s["end"])
        return Span(at, at + len(words)) if at >= 0 else None


def figures(labels: dict[str, Any], comparison: Comparison) -> dict[str, float]:
    """Rows, statuses, conflicts and loaded words of a comparison by an event's labels, each a share from 0 to 1."""
    event = Labelled(labels, comparison)
    parts: tuple[Callable[[Labelled], Iterator[tuple[str, float]]], ...] = (
        _rows,
        _statuses,
        _conflicts,
        _editorial,
    )
    return {name: round(value, 4) for part in parts for name, value in part(event)}


def _rows(event: Labelled) -> Iterator[tuple[str, float]]:
    one_fact, carried, found = _Share(), _Share(), _Share()
    for _, spans, label in event.shared_rows:
        every = [span for span in spans if span]
        numbers = range(len(event.labels["details"]))
        one_fact.add(
            right=any(
                all(any(n in event.details_of[s] for s in sp) for sp in every) for n in numbers
            )
        )
        own = {_letter(s) for s in label}
        for span in every:
            if not {_letter(s) for s in span} & own:
                carried.add(right=any(event.same(a, b) for a, b in product(span, label)))
    pairs = [_across(set().union(*spans)) for _, spans, _ in event.shared_rows]
    for detail in event.labels["details"]:
        if true := _across(set(detail["mentions"])):
            found.add(right=any(true & row for row in pairs))
    yield from (("one_fact", one_fact.value()), ("carried", carried.value()))
    yield "found", found.value()


def _statuses(event: Labelled) -> Iterator[tuple[str, float]]:
    carries, left_out = _Share(), _Share()
    for detail, _, label in event.shared_rows:
        own = {_letter(s) for s in label}
        for cell in detail.cells:
            letter = event.outlets.get(cell.outlet)
            if letter is None or letter in own:
                continue
            if cell.status in CARRIES:
                carries.add(right=event.states(letter, label))
            elif cell.status is Status.LEFT_OUT:
                left_out.add(right=not event.states(letter, label))
    yield from (("carries", carries.value()), ("left_out", left_out.value()))


def _conflicts(event: Labelled) -> Iterator[tuple[str, float]]:
    precision, met, seen = _Share(), set(), set()
    for detail, spans in event.rows:
        for c in detail.conflicts:
            one, two = detail.mentions[c.a], detail.mentions[c.b]
            key = frozenset(
                ((one.article, one.field, c.a_span), (two.article, two.field, c.b_span))
            )
            if c.weight is not Weight.HARD or one.outlet == two.outlet or key in seen:
                continue
            seen.add(key)
            right = set(_labelled_as(event, c, (spans[c.a], spans[c.b])))
            met |= right
            weights = {event.labels["conflicts"][n]["weight"] for n in right}
            if weights != {"soft"}:  # those of soft labels are neither right nor wrong
                precision.add(right="hard" in weights)
    recall = _Share()
    for number, label in enumerate(event.labels["conflicts"]):
        if label["weight"] == "hard":
            recall.add(right=number in met)
    yield from (("conflict_precision", precision.value()), ("conflict_recall", recall.value()))


def _labelled_as(
    event: Labelled, conflict: Conflict, spans: tuple[set[str], set[str]]
) -> Iterator[int]:
    """The labelled conflicts that a reported one is."""
    ends = ((spans[0], conflict.a_span), (spans[1], conflict.b_span))
    for number, label in enumerate(event.labels["conflicts"]):
        for first, second in (ends, ends[::-1]):
            if _is_side(event, label, "a", first) and _is_side(event, label, "b", second):
                yield number
                break


def _is_side(
    event: Labelled, label: dict[str, str], side: str, end: tuple[set[str], Span | None]
) -> bool:
    sentence, (said, span) = label[side], end
    if not any(_letter(s) == _letter(sentence) for s in said):
        return False
    if sentence not in said:
        return any(event.same(s, sentence) for s in said)
    words = event.value_of(sentence, label[f"{side}_words"])
    return span is None or words is None or (span.start < words.end and words.start < span.end)


def _editorial(event: Labelled) -> Iterator[tuple[str, float]]:
    flagged = {
        s
        for detail, spans in event.rows
        for mention, span in zip(detail.mentions, spans, strict=True)
        if mention.editorialized
        for s in span
    }
    labelled = {e["id"] for e in event.labels["editorial"]}
    strong = {e["id"] for e in event.labels["editorial"] if e["weight"] == "strong"}
    yield "editorial_precision", len(flagged & labelled) / max(len(flagged), 1)
    yield "editorial_strong_recall", len(flagged & strong) / max(len(strong), 1)


def _letter(sentence: str) -> str:
    return sentence.partition(":")[0]


def _across(sentences: set[str]) -> set[frozenset[str]]:
    """The pairs of sentences of two outlets."""
    return {frozenset((a, b)) for a, b in product(sentences, repeat=2) if _letter(a) != _letter(b)}
