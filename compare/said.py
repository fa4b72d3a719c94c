"""What stretches of articles are besides claims: what others are said to have said, days, facts of a list.

Spans are character offsets into an article's own title or text, as in `compare.datamodel`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from compare.kinds import SourceKind

Field = Literal["title", "text"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a title or text: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """`field[start:end]` of an article is somebody else's; spans are offsets into that field.

    `source` is who, as written; None where nobody is named. `chain` are all sources that the
    sentence names, the outlet's immediate one first. `cue` is what says so; None for quotation
    marks alone.
    """

    article: str
    field: Field
    start: int
    end: int
    kind: SourceKind
    source: str | None = None
    source_span: Span | None = None
    cue: str | None = None
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTold:
    """A day that `text[start:end]` of an article names: ISO dates of the first and last day it means."""

    article: str
    start: int
    end: int
    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedIn:
    """Where an article states a fact of a reference list, and how probably it does."""

    article: str
    field: Field
    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceFact:
    """A fact of a list that the user gave (a press release, a teacher's ten facts), and who states it.

    `stated` has the most probable sentence of each article that does.
    """

    text: str
    stated: tuple[StatedIn, ...] = ()
