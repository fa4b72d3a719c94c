"""The features of a pair of sentences, each symmetric: what the pair scorer decides by.

All features of many pairs of an event are computed together; a feature that is measured both ways
("how much of a is said in b") gives its lower and its higher value.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compare.datamodel import Claim
from compare.embedding.adapter import Interaction, Projected
from compare.embedding.encoder import unit
from compare.embedding.tokens import Aligned, Tokens, closest, starts_of, stretches
from compare.language.names import Names, names_of
from compare.language.quantities import quantities
from compare.language.wording import content_words
from compare.match.alignment import Weighed, coverage
from compare.match.overlap import Numbered, Terms, present, ratio, shared, terms
from compare.match.units import Floats, Indices, Units
from compare.text import quotations, words

# A word that says nothing by itself still has to be somewhere: its weight beside rare words' 1-5.
_FUNCTION_WEIGHT = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What features are computed from, made once an event.

    Of unit `vectors` (n, d) around their mean: `with_all` (n,) is what a text has in common with
    the mean, less half the mean's square, and `own` (n,) how far from the mean it lies, so that
    the product of two centred vectors needs only the product of the two.
    """

    units: Units
    vectors: Floats
    with_all: Floats
    own: Floats
    tokens: Tokens
    weighed: Weighed
    vocabularies: dict[str, Terms]
    quoted: Terms
    unquoted: Terms
    learned: tuple[Interaction, Projected] | None


def evidence_of(units: Units, interaction: Interaction | None = None) -> Evidence:
    """Words, names, numbers and vectors of the units, with what is rare in this event.

    `interaction` is what was learned on top of the encoder that made the units' encodings.
    """
    texts = [c.text for c in units.claims]
    names = names_of(texts)
    wording = _wording(texts, names)
    vocabularies = {
        "word": wording.content.runs(1),
        "bigram": wording.content.runs(2),
        "trigram": wording.verbatim.runs(3),
        "fivegram": wording.verbatim.runs(5),
        "name": wording.names.runs(1),
        "number": terms(map(_numbers, texts)),
        "plain": _plain(wording, names, len(texts)),
    }
    quoted, unquoted = _quoted_and_not(wording, len(texts))
    learned = (interaction, interaction.project(texts, units.encoded)) if interaction else None
    vectors = units.vectors
    mean = vectors.mean(axis=0)
    with_all = vectors @ mean - mean @ mean / 2
    square = np.einsum("ij,ij->i", vectors, vectors) - 2 * with_all
    return Evidence(
        units=units,
        vectors=vectors,
        with_all=with_all,
        own=np.sqrt(np.maximum(square, 1e-9)),
        tokens=learned[1].tokens if learned else _centred_tokens(units),
        weighed=_weighed(units, wording, vocabularies["word"].rarity),
        vocabularies=vocabularies,
        quoted=quoted,
        unquoted=unquoted,
        learned=learned,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Wording:
    """The words of the texts: all, those that carry content, and names.

    Content words begin and end at `places` (t, 2) of their texts; `quoted` (t,) are those inside
    quotation marks.
    """

    verbatim: Numbered
    content: Numbered
    names: Numbered
    places: Indices
    quoted: NDArray[np.bool_]


def _wording(texts: list[str], names: Names) -> _Wording:
    verbatim, content, named = Numbered(), Numbered(), Numbered()
    places, quoted = array("q"), array("b")
    for text in texts:
        verbatim.add(w.key for w in words(text))
        named.add(sorted(names.in_text(text)))
        found, spans = content_words(text), quotations(text)
        content.add(w.key for w in found)
        for w in found:
            places.extend((w.start, w.end))
            quoted.append(any(q.start <= w.start and w.end <= q.end for q in spans))
    return _Wording(
        verbatim,
        content,
        named,
        np.array(places, dtype=np.int64).reshape(-1, 2),
        np.array(quoted, dtype=np.bool_),
    )


def _plain(wording: _Wording, names: Names, n: int) -> Terms:
    """The content words that name nobody."""
    content = wording.content
    numbers = content.numbers
    plain = np.array([key not in names.known for key in content.known], dtype=np.bool_)
    kept = plain[numbers]
    return present(numbers[kept], content.of_text[kept], n)


def _quoted_and_not(wording: _Wording, n: int) -> tuple[Terms, Terms]:
    """The content words inside quotation marks, and all of them, weighed alike."""
    numbers, of_text, quoted = wording.content.numbers, wording.content.of_text, wording.quoted
    both = present(
        np.concatenate([numbers[quoted], numbers]),
        np.concatenate([of_text[quoted], of_text + n]),
        2 * n,
    )
    return both.rows(slice(n)), both.rows(slice(n, None))


def _numbers(text: str) -> list[str]:
    return [f"{q.value:g} {q.unit}" for q in quantities(text)]


def _centred_tokens(units: Units) -> Tokens:
    """Unit token vectors without what all of the event's tokens share: its topic."""
    counts = np.array([len(e.tokens) for e in units.encoded], dtype=np.int64)
    total = sum(e.tokens.sum(axis=0, dtype=np.float64) for e in units.encoded)
    mean = total / max(counts.sum(), 1)
    vectors = [unit(e.tokens - mean).astype(np.float16) for e in units.encoded]
    return Tokens(np.concatenate(vectors), starts_of(counts))


def _weighed(units: Units, wording: _Wording, rarity: Floats) -> Weighed:
    """The tokens with the rarity of the words they belong to, and the parts they make up."""
    places = Places(units)
    weights = np.full(places.starts[-1], _FUNCTION_WEIGHT, dtype=np.float32)
    content = wording.content
    first, counts = places.tokens(content.of_text, wording.places)
    weight = rarity[content.numbers] / np.maximum(counts, 1)
    weights[stretches(first, counts)] = np.repeat(weight, counts)
    return Weighed(weights, places.starts, *_parts(units, places))


def _parts(units: Units, places: Places) -> tuple[Indices, Indices]:
    """The parts' first and end tokens, those of a text in a row, and where each text's begin."""
    begins = [(i, p.start - c.start, p.end - c.start) for i, c, p in _parts_of(units)]
    of_text, inside = np.split(np.array(begins, dtype=np.int64).reshape(-1, 3), [1], axis=1)
    of_text = of_text.ravel()
    first, counts = places.tokens(of_text, inside)
    of_text, first, counts = of_text[counts > 0], first[counts > 0], counts[counts > 0]
    held = np.diff(places.starts)
    whole = np.flatnonzero((held > 0) & (np.bincount(of_text, minlength=len(units)) == 0))
    of_text = np.concatenate([of_text, whole])
    first = np.concatenate([first, places.starts[whole]])
    counts = np.concatenate([counts, held[whole]])
    order = np.argsort(of_text, kind="stable")
    parts = np.stack([first, first + counts], axis=1)[order]
    return parts, starts_of(np.bincount(of_text, minlength=len(units)))


def _parts_of(units: Units) -> Iterator[tuple[int, Claim, Claim]]:
    for i, (claim, parts) in enumerate(zip(units.claims, units.parts, strict=True)):
        for part in parts:
            yield i, claim, part


class Places:
    """Where in their texts the tokens stand, as places in all texts put end to end."""

    def __init__(self, units: Units) -> None:
        counts = np.array([len(e.offsets) for e in units.encoded], dtype=np.int64)
        lengths = np.array([len(c.text) + 1 for c in units.claims], dtype=np.int64)
        self.starts = starts_of(counts)
        self._base = starts_of(lengths)[:-1]
        offsets = np.concatenate([e.offsets for e in units.encoded]).astype(np.int64)
        self._begins, self._ends = (offsets + np.repeat(self._base, counts)[:, None]).T

    def tokens(self, of_text: Indices, places: Indices) -> tuple[Indices, Indices]:
        """The first token of each stretch (start, end) of a text, and how many it has."""
        begin, stop = places.T + self._base[of_text]
        first = np.searchsorted(self._ends, begin, side="right")
        end = np.searchsorted(self._begins, stop, side="left")
        first = np.maximum(first, self.starts[of_text])
        end = np.minimum(end, self.starts[of_text + 1])
        return first, np.maximum(end - first, 0)


def features(evidence: Evidence, a: Indices, b: Indices) -> dict[str, Floats]:
    """Every feature of the pairs (a[i], b[i]), by name, each (n,); fastest with `a` sorted."""
    aligned = closest(evidence.tokens, a, b)
    out = _cosines(evidence, a, b)
    covered = coverage(evidence.weighed, aligned)
    for name in ("whole", "said", "part", "mass"):
        out |= _both_ways(name, getattr(covered, name))
    out["both ways"] = covered.whole.mean(axis=1)
    for kind, vocabulary in evidence.vocabularies.items():
        common = vocabulary.shared(a, b)
        mass = vocabulary.mass
        out[f"{kind} shared"] = np.log1p(common)
        out |= _both_ways(
            f"{kind} contained", np.stack([ratio(common, mass[a]), ratio(common, mass[b])], axis=1)
        )
        if kind in {"name", "number"}:
            rest = np.stack([mass[a] - common, mass[b] - common], axis=1)
            out |= _both_ways(f"{kind} unshared", np.log1p(rest))
    out |= _learned(evidence, aligned)
    out |= _quotation(evidence, a, b)
    out |= _places(evidence.units, a, b)
    return out


_LEARNED = (
    "cosine;mean low;mean high;peaks low;peaks high;matched low;matched high;length low;length high"
)


def _learned(evidence: Evidence, aligned: Aligned) -> dict[str, Floats]:
    """What the late interaction reads, and what it makes of it; nothing without one."""
    if evidence.learned is None:
        return {}
    interaction, texts = evidence.learned
    columns = interaction.features(texts, aligned)
    out = {f"learned {name}": columns[:, i] for i, name in enumerate(_LEARNED.split(";"))}
    return out | {"learned": interaction.read(columns)}


def _cosines(evidence: Evidence, a: Indices, b: Indices) -> dict[str, Floats]:
    """How alike two texts are, and how alike without what all texts of the event share."""
    vectors, shared, own = evidence.vectors, evidence.with_all, evidence.own
    cosine = np.einsum("ij,ij->i", vectors[a], vectors[b])
    return {
        "cosine": cosine,
        "centred cosine": (cosine - shared[a] - shared[b]) / (own[a] * own[b]),
    }


def _both_ways(name: str, values: Floats) -> dict[str, Floats]:
    return {f"{name} low": values.min(axis=1), f"{name} high": values.max(axis=1)}


def _quotation(evidence: Evidence, a: Indices, b: Indices) -> dict[str, Floats]:
    quoted, unquoted = evidence.quoted, evidence.unquoted
    both = quoted.shared(a, b)
    mass = quoted.mass
    one = np.stack([shared(quoted, a, unquoted, b), shared(quoted, b, unquoted, a)], axis=1)
    said = np.stack([ratio(one[:, 0], mass[a]), ratio(one[:, 1], mass[b])], axis=1)
    has = (mass > 0).astype(np.float32)
    return {
        "quotation shared": np.log1p(both),
        "quotation elsewhere": np.log1p(one.max(axis=1)),
        "quotation contained": said.max(axis=1),
        "quotation both": has[a] * has[b],
        "quotation one": np.abs(has[a] - has[b]),
    }


def _places(units: Units, a: Indices, b: Indices) -> dict[str, Floats]:
    relative = (units.position / np.maximum(units.last, 1)).astype(np.float32)
    counts = np.array([len(e.tokens) for e in units.encoded])
    lengths = np.log(np.maximum(counts, 1)).astype(np.float32)
    titles = units.is_title.astype(np.float32)
    return {
        "place apart": np.abs(relative[a] - relative[b]),
        "place earliest": np.minimum(relative[a], relative[b]),
        "place latest": np.maximum(relative[a], relative[b]),
        "title one": np.abs(titles[a] - titles[b]),
        "title both": titles[a] * titles[b],
        "length shorter": np.minimum(lengths[a], lengths[b]),
        "length longer": np.maximum(lengths[a], lengths[b]),
    }
