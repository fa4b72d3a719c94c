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
