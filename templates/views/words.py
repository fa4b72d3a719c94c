"""Who calls whom what: the same statement in other words, loaded words, and verbs of saying."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from compare.datamodel import Mention
from templates.facts import DetailFact, Facts
from templates.marks import Piece

# Longer exchanges are paraphrases, not another name for the same thing.
EXCHANGED_WORDS = 3
# So much of the shorter statement must stay word for word for an exchange to be one.
KEPT_SHARE = 0.6
LISTED = 60
VERBS = 12
_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMON = frozenset(
    """
    the and for with from that this these those was were has had have not but are its his her their
    who which when where while after before into over under about than then they them she him our
    said says also more most some any all one two on at of in to by as or an is it he be
    """.split()
)


@dataclass(frozen=True, slots=True)
class Calling:
    """A wording, and who uses it where: outlet, outlet key, detail key."""

    words: str
    users: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two wordings that stand in the same place of otherwise the same words."""

    one: Calling
    other: Calling


@dataclass(frozen=True, slots=True)
class LoadedWord:
    """Loaded words of an outlet: what kind, what others say instead, and where."""

    words: str
    kind: str
    plainer: str
    outlet: str
    outlet_key: str
    detail: str


@dataclass(frozen=True, slots=True)
class WordsPage:
    """words.html; `saying` has a row an outlet, a count a verb."""

    template: ClassVar[str] = "words.html"
    anchor: ClassVar[str] = "words"
    title: str
    exchanges: tuple[Exchange, ...]
    loaded: tuple[LoadedWord, ...]
    more_loaded: int
    verbs: tuple[str, ...]
    saying: tuple[tuple[str, str, tuple[int, ...]], ...]


def words_page(facts: Facts) -> WordsPage:
    """All that is said of words."""
    loaded = tuple(_loaded(facts))
    verbs, saying = _saying(facts)
    return WordsPage(
        title=facts.say("words.title"),
        exchanges=_exchanges(facts)[:LISTED],
        loaded=loaded[:LISTED],
        more_loaded=max(len(loaded) - LISTED, 0),
        verbs=verbs,
        saying=saying,
    )


Users = dict[str, tuple[str, str, str]]


def _exchanges(facts: Facts) -> tuple[Exchange, ...]:
    """Exchanged wordings, those that most outlets take part in first."""
    sides: dict[tuple[str, str], tuple[str, Users, str, Users]] = {}
    for fact in facts.details:
        plainest = facts.plainest(fact.detail)
        for mention, parts in facts.wordings(fact.detail):
            if plainest is None or mention.carried_from or mention.outlet == plainest.outlet:
                continue
            for old, new in exchanged(parts):
                one, other = sorted(((old, plainest), (new, mention)), key=lambda x: x[0].lower())
                place = (one[0].lower(), other[0].lower())
                known = sides.setdefault(place, (one[0], {}, other[0], {}))
                known[1].setdefault(one[1].outlet, _user(facts, fact, one[1]))
                known[3].setdefault(other[1].outlet, _user(facts, fact, other[1]))
    ranked = sorted(sides.items(), key=lambda item: (-len(item[1][1]) - len(item[1][3]), item[0]))
    return tuple(
        Exchange(Calling(one, tuple(a.values())), Calling(other, tuple(b.values())))
        for _, (one, a, other, b) in ranked
    )


def _user(facts: Facts, fact: DetailFact, mention: Mention) -> tuple[str, str, str]:
    return mention.outlet, facts.outlet_keys[mention.outlet], fact.key


def exchanged(parts: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """The short exchanges in a wording that otherwise keeps to the other's words."""
    kept = sum(len(p.text.split()) for p in parts if not p.kind)
    total = min(
        sum(len(p.text.split()) for p in parts if p.kind != kind) for kind in ("del", "ins")
    )
    if not total or kept / total < KEPT_SHARE:
        return
    for number in range(len(parts) - 1):
        old, new = parts[number], parts[number + 1]
        if old.kind == "del" and new.kind == "ins" and _short(old.text) and _short(new.text):
            before = parts[number - 1] if number else None
            after = parts[number + 2] if number + 2 < len(parts) else None
            if _is_kept(before) and _is_kept(after):
                yield _bare(old.text), _bare(new.text)


def _is_kept(piece: Piece | None) -> bool:
    """Whether a neighbour is common text, or the statement begins or ends there."""
    return piece is None or not piece.kind


def _bare(text: str) -> str:
    return text.strip(" .,;:!?…\"'“”‘’«»()[]—–-")


def _short(text: str) -> bool:
    """Few words, one of which means something by itself."""
    found = [word for word in _WORD.findall(text) if word.lower() not in _COMMON]
    return bool(found) and len(text.split()) <= EXCHANGED_WORDS


def _loaded(facts: Facts) -> Iterator[LoadedWord]:
    """Every loaded word once, outlet by outlet."""
    seen: set[tuple[str, str, int]] = set()
    found = []
    for fact, m in facts.statements():
        text = facts.articles[m.article].read(m.field)
        for cue in m.cues:
            place = (m.article, m.field, cue.start)
            if place not in seen:
                seen.add(place)
                found.append(
                    LoadedWord(
                        words=text[cue.start : cue.end],
                        kind=cue.kind,
                        plainer=cue.plainer or "",
                        outlet=m.outlet,
                        outlet_key=facts.outlet_keys[m.outlet],
                        detail=fact.key,
                    )
                )
    return iter(
        sorted(found, key=lambda w: (facts.outlet_order[w.outlet], not w.plainer, w.words.lower()))
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
