"""A comparison beside one that was made again of the same articles: which detail differs, and in what."""

from __future__ import annotations

from dataclasses import dataclass

from compare.datamodel import Comparison, Detail


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailDiffers:
    """A detail that did not come out the same: `what` names its fields, or says that it is missing or new."""

    detail: str
    text: str
    what: tuple[str, ...]


def differing(kept: Comparison, again: Comparison) -> tuple[DetailDiffers, ...]:
    """The details of two comparisons of the same articles that are not the same, by id; offsets count."""
    old, new = ({d.id: d for d in c.details} for c in (kept, again))
    found = []
    for name in sorted({*old, *new}):
        if name not in new:
            what: tuple[str, ...] = ("missing",)
        elif name not in old:
            what = ("new",)
        else:
            what = _fields(old[name], new[name])
        if what:
            detail = old.get(name) or new[name]
            found.append(DetailDiffers(detail=name, text=detail.text, what=what))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactDiffers:
    """A fact of a list that is found elsewhere than before: in which articles no more, in which newly."""

    text: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


def differing_facts(kept: Comparison, again: Comparison) -> tuple[FactDiffers, ...]:
    """The facts of `reference` that other sentences state in the one than in the other."""
    found = []
    stated = _stated(again)
    for text, then in _stated(kept).items():
        now = stated.get(text, frozenset())
        if then != now:
            gone, new = (tuple(sorted({s[0] for s in some})) for some in (then - now, now - then))
            found.append(FactDiffers(text=text, gone=gone, new=new))
    return tuple(found)


def _stated(comparison: Comparison) -> dict[str, frozenset[tuple[str, str, int, int]]]:
    return {
        fact.text: frozenset((s.article, s.field, s.start, s.end) for s in fact.stated)
        for fact in comparison.reference
    }


def _fields(old: Detail, new: Detail) -> tuple[str, ...]:
    parts = {
        "text": (old.text, new.text),
        "mentions": (_spans(old), _spans(new)),
        "cells": (_statuses(old), _statuses(new)),
        "conflicts": (_conflicts(old), _conflicts(new)),
    }
    return tuple(name for name, (a, b) in parts.items() if a != b)


def _spans(detail: Detail) -> set[tuple[str, str, int, int]]:
    return {(m.article, m.field, m.start, m.end) for m in detail.mentions}


def _statuses(detail: Detail) -> dict[str, str]:
    return {c.outlet: c.status.value for c in detail.cells}


def _conflicts(detail: Detail) -> set[tuple[str, str, str]]:
    return {(c.kind.value, c.a_value, c.b_value) for c in detail.conflicts}
