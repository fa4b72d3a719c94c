"""The features of a pair of sentences, each symmetric: what the pair scorer decides by.

All features of all pairs of an event are computed together; a feature that is measured both ways
("how much of a is said in b") gives its lower and its higher value.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import numpy as np

from compare.adapter import Interaction, Projected
from compare.features.alignment import Tokens, coverage
from compare.features.names import names_of
from compare.features.overlap import Terms, ngrams, ratio, shared, terms
from compare.features.quantities import quantities
from compare.features.wording import content_words
from compare.match.units import Floats, Indices, Units
from compare.text import Word, quotations, words

# A word that says nothing by itself still has to be somewhere: its weight beside rare words' 1-5.
_FUNCTION_WEIGHT = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What features are computed from, made once an event."""

    units: Units
    vectors: Floats
    centred: Floats
    tokens: list[Tokens]
    vocabularies: dict[str, Terms]
    quoted: Terms
    unquoted: Terms
    learned: tuple[Interaction, list[Projected]] | None


def evidence_of(units: Units, interaction: Interaction | None = None) -> Evidence:
    """Words, names, numbers and vectors of the units, with what is rare in this event.

    `interaction` is what was learned on top of the encoder that made the units' encodings.
    """
    texts = [c.text for c in units.claims]
    content = [content_words(t) for t in texts]
    verbatim = [[w.key for w in words(t)] for t in texts]
    names = names_of(texts)
    vocabularies = {
        "word": terms([[w.key for w in row] for row in content]),
        "bigram": terms([ngrams([w.key for w in row], 2) for row in content]),
        "trigram": terms([ngrams(row, 3) for row in verbatim]),
        "fivegram": terms([ngrams(row, 5) for row in verbatim]),
        "name": terms([sorted(names.in_text(t)) for t in texts]),
        "number": terms([_numbers(t) for t in texts]),
    }
    plain = terms([[w.key for w in row if w.key not in names.known] for row in content])
    vocabularies["plain"] = plain
    quoted_rows = [_quoted(t, row) for t, row in zip(texts, content, strict=True)]
    rarity = {
        term: float(vocabularies["word"].rarity[i])
        for term, i in vocabularies["word"].index.items()
    }
    vectors = units.vectors
    learned = (interaction, interaction.project(texts, units.encoded)) if interaction else None
    vectors_of_tokens = [p.tokens for p in learned[1]] if learned else _centred_tokens(units)
    both = terms(quoted_rows + [[w.key for w in row] for row in content])
    n = len(texts)
    return Evidence(
        units=units,
        vectors=vectors,
        centred=_unit_rows(vectors - vectors.mean(axis=0)),
        tokens=_tokens(units, content, rarity, vectors_of_tokens),
        vocabularies=vocabularies,
        quoted=Terms(both.present[:n], both.rarity, both.index),
        unquoted=Terms(both.present[n:], both.rarity, both.index),
        learned=learned,
    )


def _unit_rows(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)


def _numbers(text: str) -> list[str]:
    return [f"{q.value:g} {q.unit}" for q in quantities(text)]


def _quoted(text: str, content: list[Word]) -> list[str]:
    spans = quotations(text)
    return [w.key for w in content if any(q.start <= w.start and w.end <= q.end for q in spans)]


def _centred_tokens(units: Units) -> list[Floats]:
    """Unit token vectors without what all of the event's tokens share: its topic."""
    total = sum(len(e.tokens) for e in units.encoded)
    mean = sum(e.tokens.sum(axis=0, dtype=np.float64) for e in units.encoded) / max(total, 1)
    return [
        _unit_rows(e.tokens - mean).astype(np.float16) if len(e.tokens) else e.tokens
        for e in units.encoded
    ]


def _tokens(
    units: Units, content: list[list[Word]], rarity: dict[str, float], vectors: list[Floats]
) -> list[Tokens]:
    """The tokens with the rarity of the words they belong to, and the parts they make up."""
    out = []
    for i, encoded in enumerate(units.encoded):
        weights = np.full(len(encoded.tokens), _FUNCTION_WEIGHT, dtype=np.float32)
        starts, ends = encoded.offsets[:, 0].tolist(), encoded.offsets[:, 1].tolist()
        for word in content[i]:
            first, end = bisect_right(ends, word.start), bisect_left(starts, word.end)
            if end > first:
                weights[first:end] = rarity[word.key] / (end - first)
        base = units.claims[i].start
        parts = []
        for part in units.parts[i]:
            first = bisect_right(ends, part.start - base)
            end = bisect_left(starts, part.end - base)
            if end > first:
                parts.append((first, end))
        out.append(Tokens(vectors[i], weights, tuple(parts)))
    return out


def features(evidence: Evidence, a: Indices, b: Indices) -> dict[str, Floats]:
    """Every feature of the pairs (a[i], b[i]), by name, each (n,); `a` must be sorted."""
    units = evidence.units
    out: dict[str, Floats] = {
        "cosine": _dots(evidence.vectors, a, b),
        "centred cosine": _dots(evidence.centred, a, b),
    }
    covered = coverage(evidence.tokens, a, b)
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
    out |= _learned(evidence, a, b)
    out |= _quotation(evidence, a, b)
    out |= _places(units, a, b)
    return out


_LEARNED = (
    "cosine;mean low;mean high;peaks low;peaks high;matched low;matched high;length low;length high"
)


def _learned(evidence: Evidence, a: Indices, b: Indices) -> dict[str, Floats]:
    """What the late interaction reads, and what it makes of it; nothing without one."""
    if evidence.learned is None:
        return {}
    interaction, texts = evidence.learned
    columns = interaction.features(texts, a, b)
    out = {f"learned {name}": columns[:, i] for i, name in enumerate(_LEARNED.split(";"))}
    return out | {"learned": interaction.read(columns)}


def _dots(vectors: Floats, a: Indices, b: Indices) -> Floats:
    out = np.empty(len(a), dtype=np.float32)
    for at in range(0, len(a), _ROWS_AT_ONCE):
        rows = slice(at, at + _ROWS_AT_ONCE)
        out[rows] = np.einsum("ij,ij->i", vectors[a[rows]], vectors[b[rows]])
    return out


# Pairs whose vectors are in memory at once: 150 MB.
_ROWS_AT_ONCE = 50_000


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
    lengths = np.log([max(1, len(w)) for w in (e.tokens for e in units.encoded)]).astype(np.float32)
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
