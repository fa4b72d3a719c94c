"""What changes with time: between versions of a page, and between two comparisons of one event.

Spans are character offsets into an article's own title or text, as in `compare.datamodel`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from compare.said import Field, Span


class ChangeKind(StrEnum):
    """What a later version did with a statement."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"
    SOFTENED = "softened"
    CORRECTION = "correction note"


class NewsKind(StrEnum):
    """What is new since a look before: an article, or what an outlet did with a statement."""

    PUBLISHED = "published"
    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"
    SOFTENED = "softened"
    CORRECTION = "correction note"


class Part(StrEnum):
    """Which part of a statement a change is in."""

    NUMBER = "number"
    HEDGE = "hedge"
    ATTRIBUTION = "attribution"
    DENIAL = "denial"
    WORDING = "wording"


class Why(StrEnum):
    """What differs between two runs whose verdicts differ."""

    TEXT = "the outlet's own text"
    OTHERS = "what others published"
    SETTINGS = "settings"
    PROGRAM = "version of the program"
    PERSON = "a person's correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of a page: `old` in the earlier version's `field`, `new` in the later one's, where they are.

    `parts` are those that differ, the telling ones first.
    """

    kind: ChangeKind
    field: Field
    old: Span | None = None
    new: Span | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A page from one version to the next: article ids, None as `old` where only one version was read.

    Of a single version only a correction note is told.
    """

    outlet: str
    old: str | None
    new: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailSince:
    """A detail that is new, or gone; `into` is the id that a gone one is forwarded to."""

    detail: str
    text: str
    outlets: tuple[str, ...]
    into: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldSince:
    """An outlet that added a detail, dropped it, or words it otherwise since: `old` and `new` are its words."""

    detail: str
    text: str
    outlet: str
    kind: ChangeKind
    old: str = ""
    new: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictSince:
    """A cell whose status is another now, and what differs between the two runs."""

    detail: str
    text: str
    outlet: str
    old: str
    new: str
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What is different since an earlier comparison of the same event."""

    started: str | None
    parallax: str
    settings: tuple[str, ...]
    articles_new: tuple[str, ...]
    articles_gone: tuple[str, ...]
    new: tuple[DetailSince, ...]
    gone: tuple[DetailSince, ...]
    told: tuple[ToldSince, ...]
    verdicts: tuple[VerdictSince, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsItem:
    """One thing that an outlet did since the look before: `old` and `new` are its words, "" where there are none.

    `detail` is the id of the detail, where it is one's that outlets share. `article` is the title of
    the page, `url` its address. Of a new article `new` is the title.
    """

    kind: NewsKind
    outlet: str
    parts: tuple[Part, ...] = ()
    old: str = ""
    new: str = ""
    article: str = ""
    url: str | None = None
    detail: str | None = None
