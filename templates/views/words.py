"""Who calls whom what: the same statement in other words, loaded words, and verbs of saying."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from compare.datamodel import Mention
from templates.facts.details import DetailFact
from templates.facts.index import Facts
from templates.html.marks import Piece
from templates.views.naming import Naming, naming
from templates.views.shared import Column, columns_read, cue_note

# Longer exchanges are paraphrases, not another name for the same thing.
EXCHANGED_WORDS = 3
# So much of two statements must be the same words for an exchange to be one.
KEPT_SHARE = 0.6
LISTED = 60
VERBS = 12
_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMON = frozenset(
    """
    the and for with from that this these those was were has had have not but are its his her their
    who which when where while after before into over under about than then they them she him our
    said says also more most some any all one two on at of in to by as or an is it he be
    been being there here would could will may might can since for only just very such other
    """.split()
)


@dataclass(frozen=True, slots=True)
class Calling:
    """A wording that an outlet uses, whether it is loaded, and the detail whose page shows it."""

    words: str
    loaded: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two wordings that stand in the same place of otherwise the same words, with who uses which.

    `cells` are the wordings of every outlet that was read, in the order of the columns.
    """

    one: str
    other: str
    detail: str
    text: str
    cells: tuple[tuple[Calling, ...], ...]


@dataclass(frozen=True, slots=True)
class LoadedWord:
    """Loaded words of an outlet: what kind, what others say instead, and where."""

    words: str
    note: str
    detail: str


@dataclass(frozen=True, slots=True)
class LoadedOf:
    """An outlet's loaded words, each once; `more` are not listed."""

    outlet: str
    outlet_key: str
    words: tuple[LoadedWord, ...]
    more: int


@dataclass(frozen=True, slots=True)
class WordsPage:
    """words.html; `saying` has a row an outlet, a count a verb."""

    template: ClassVar[str] = "words.html"
    anchor: ClassVar[str] = "words"
    title: str
    naming: Naming
    columns: tuple[Column, ...]
    exchanges: tuple[Exchange, ...]
    loaded: tuple[LoadedOf, ...]
    verbs: tuple[str, ...]
    saying: tuple[tuple[str, str, tuple[int, ...]], ...]


def words_page(facts: Facts) -> WordsPage:
    """All that is said of words."""
    verbs, saying = _saying(facts)
    return WordsPage(
        title=facts.say("words.title"),
        naming=naming(facts),
        columns=columns_read(facts),
        exchanges=_exchanges(facts),
        loaded=_loaded(facts),
        verbs=verbs,
        saying=saying,
    )


# Who uses a wording: the outlet's name, with what its cell shows.
Users = dict[str, Calling]


def _exchanges(facts: Facts) -> tuple[Exchange, ...]:
    """Exchanged wordings, those that most outlets take part in first, as many as are listed."""
    sides: dict[tuple[str, str], tuple[str, Users, str, Users, DetailFact]] = {}
    for fact in facts.details:
        plainest = facts.plainest(fact.detail)
        for mention, parts, share in facts.wordings(fact.detail):
            if share < KEPT_SHARE or plainest is None or mention.carried_from:
                continue
            if mention.outlet == plainest.outlet:
                continue
            for old, new in exchanged(parts):
                one, other = sorted(((old, plainest), (new, mention)), key=lambda x: x[0].lower())
                place = (one[0].lower(), other[0].lower())
                known = sides.setdefault(place, (one[0], {}, other[0], {}, fact))
                for users, (words, m) in ((known[1], one), (known[3], other)):
                    users.setdefault(m.outlet, Calling(words, _loads(facts, m, words), fact.key))
    ranked = sorted(sides.items(), key=lambda item: (-len(item[1][1]) - len(item[1][3]), item[0]))
    names = [column.name for column in columns_read(facts)]
    # Those of one detail stand together, below its sentence.
    places: dict[str, int] = {}
    for _, (*_, fact) in ranked:
        places.setdefault(fact.key, len(places))
    ranked.sort(key=lambda item: places[item[1][-1].key])
    return tuple(
        Exchange(
            one,
            other,
            fact.key,
            facts.label(fact.detail),
            tuple(tuple(users[name] for users in (a, b) if name in users) for name in names),
        )
        for _, (one, a, other, b, fact) in ranked[:LISTED]
    )


def _loads(facts: Facts, mention: Mention, words: str) -> bool:
    """Whether words of a mention are, or hold, or stand in its loaded ones."""
    text, sought = facts.articles[mention.article].read(mention.field), words.lower()
    loaded = (text[cue.start : cue.end].lower() for cue in mention.cues)
    return any(sought in own or own in sought for own in loaded)


def exchanged(parts: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """The short exchanges in a wording that otherwise keeps to the other's words."""
    for number in range(len(parts) - 1):
        old, new = parts[number], parts[number + 1]
        if old.kind == "del" and new.kind == "ins" and _interchangeable(old.text, new.text):
            before = parts[number - 1] if number else None
            after = parts[number + 2] if number + 2 < len(parts) else None
            if _is_kept(before) and _is_kept(after):
                yield _bare(old.text), _bare(new.text)


def _is_kept(piece: Piece | None) -> bool:
    """Whether a neighbour is common text, or the statement begins or ends there."""
    return piece is None or not piece.kind


def _bare(text: str) -> str:
    """A wording without the little words and the punctuation around it."""
    words = text.split()
    while len(words) > 1 and not _means(words[0].lower()):
        words = words[1:]
    while len(words) > 1 and not _means(words[-1].lower()):
        words = words[:-1]
    return " ".join(words).strip(" .,;:!?…\"'“”‘’«»()[]—–-")


def _interchangeable(old: str, new: str) -> bool:
    """Few words each, as many of them with a meaning of their own, and introduced alike."""
    one, other = old.lower().split(), new.lower().split()
    meaning = [[w for w in words if _means(w)] for words in (one, other)]
    if not meaning[0] or len(meaning[0]) != len(meaning[1]):
        return False
    openings = {words[0] for words in (one, other) if not _means(words[0])}
    return max(len(one), len(other)) <= EXCHANGED_WORDS and len(openings) <= 1


def _means(word: str) -> bool:
    bare = _WORD.search(word)
    return bare is not None and bare[0] not in _COMMON


def _loaded(facts: Facts) -> tuple[LoadedOf, ...]:
    """Every outlet's loaded words, the outlet with the most of them first."""
    by_outlet: dict[str, dict[str, LoadedWord]] = {}
    for fact, m in facts.statements():
        text = facts.articles[m.article].read(m.field)
        for cue in m.cues:
            words = text[cue.start : cue.end]
            note = cue_note(cue.kind, cue.plainer, facts.say)
            known = by_outlet.setdefault(m.outlet, {})
            known.setdefault(words.lower(), LoadedWord(words, note, fact.key))
    most_first = sorted(
        by_outlet, key=lambda name: (-len(by_outlet[name]), facts.outlet_order[name])
    )
    return tuple(
        LoadedOf(
            name,
            facts.outlet_keys[name],
            tuple(by_outlet[name].values())[:LISTED],
            max(len(by_outlet[name]) - LISTED, 0),
        )
        for name in most_first
    )


def _saying(
    facts: Facts,
) -> tuple[tuple[str, ...], tuple[tuple[str, str, tuple[int, ...]], ...]]:
    """The commonest verbs of saying, and how often each outlet uses which."""
    by_outlet: dict[str, Counter[str]] = {}
    seen = set()
    for _, m in facts.statements():
        place = (m.article, m.field, m.start)
        if m.attribution and m.attribution.verb and place not in seen:
            seen.add(place)
            by_outlet.setdefault(m.outlet, Counter())[m.attribution.verb.lower()] += 1
    total = sum(by_outlet.values(), Counter())
    verbs = tuple(v for v, _ in sorted(total.items(), key=lambda x: (-x[1], x[0]))[:VERBS])
    rows = tuple(
        (name, facts.outlet_keys[name], tuple(by_outlet[name][verb] for verb in verbs))
        for name in facts.outlets
        if name in by_outlet
    )
    return verbs, rows
