"""For the class: questions with the outlets hidden behind letters, and the answers on a last sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from typing import ClassVar

from compare.datamodel import Status
from templates.facts.details import CODES, DetailFact
from templates.facts.index import Facts
from templates.facts.likeness import STATED_CODES
from templates.html.marks import Piece
from templates.views.conflicts import distinct
from templates.views.loaded import loaded_of_all
from templates.views.shared import words_of_codes

CONFLICTS, DETAILS, PASSAGES = 3, 6, 5
# Initials of so many letters are also those of much else.
SHORT = 2
# Stand behind what an outlet is called for short: "ABC News".
_KINDS = frozenset(("News", "Online", "Radio", "TV"))


@dataclass(frozen=True, slots=True)
class Told:
    """A passage and the letter of who has it; `marked` shows in the answers what it was about."""

    letter: str
    text: str
    marked: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Riddle:
    """A contradiction: the passages that hold it, and the answer."""

    passages: tuple[Told, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class WorksheetPage:
    """worksheet.html."""

    template: ClassVar[str] = "worksheet.html"
    anchor: ClassVar[str] = "worksheet"
    title: str
    lead: str
    letters: tuple[tuple[str, str], ...]
    headlines: tuple[Told, ...]
    riddles: tuple[Riddle, ...]
    details: tuple[tuple[str, tuple[str, ...]], ...]
    loaded: tuple[Told, ...]


def worksheet_page(facts: Facts) -> WorksheetPage:
    """The questions and answers of a comparison; only outlets that were read have a letter."""
    read = [name for name in facts.outlets if facts.articles_of[name]]
    letters = {name: letter_of(number) for number, name in enumerate(read)}
    hidden = _hiding(letters)
    return WorksheetPage(
        title=facts.say("worksheet.title"),
        lead=facts.say("worksheet.lead", about=hidden(_about(facts))),
        letters=tuple((letter, name) for name, letter in letters.items()),
        headlines=tuple(
            Told(letters[name], hidden(facts.articles_of[name][0].title))
            for name in read
            if facts.articles_of[name][0].title.strip()
        ),
        riddles=_riddles(facts, letters, hidden),
        details=_details(facts, read, hidden),
        loaded=tuple(
            Told(letters[one.outlet], hidden("".join(p.text for p in quote.marked)), quote.marked)
            for one in loaded_of_all(facts)
            for quote in one.quotes[:2]
        )[:PASSAGES],
    )


def _about(facts: Facts) -> str:
    """What the event is called, without the outlet whose headline it is."""
    article = facts.most_central
    if facts.named or article is None:
        return facts.about
    return facts.say("story.titled", title=article.title.strip())


def _hiding(letters: Mapping[str, str]) -> Callable[[str], str]:
    """Puts letters in the place of the outlets that a passage names: "SAN FRANCISCO ([E]) - ..."."""
    whole, brief = _forms(letters, _names_of), _forms(letters, _initials_of)
    known = {**brief, **whole}
    if not known:
        return str
    # The initials of two words may be anything, but in brackets, behind "the" and before a dash.
    short = _any_of(name for name in brief if len(name) == SHORT)
    placed = (
        rf"(?<=\()(?:{short})(?=\))|(?<=[Tt]he )(?:{short})(?!\w)|(?<!\w)(?:{short})(?=\s*[—–-]\s)"
    )
    free = _any_of(name for name in known if len(name) > SHORT or name in whole)
    named = re.compile(rf"(?<!\w)(?:{free})(?!\w)" + (f"|{placed}" if short else ""))
    return lambda text: named.sub(lambda found: f"[{known[found.group()]}]", text)


def _any_of(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


def _forms(letters: Mapping[str, str], forms_of: Callable[[str], Iterable[str]]) -> dict[str, str]:
    """Forms of the outlets' names, each with its letter, or the letters of all that it may mean."""
    found: dict[str, list[str]] = {}
    for name, letter in letters.items():
        for form in dict.fromkeys(forms_of(name)):
            found.setdefault(form, []).append(letter)
    return {form: "/".join(meant) for form, meant in found.items()}


def _names_of(outlet: str) -> Iterator[str]:
    """The name, in capitals too; "the Lantern", "Lantern Post" of "The Lantern Post", "BNC" of "BNC News"."""
    yield from (outlet, outlet.upper())
    first, *others = outlet.split()
    if first == "The" and others:
        bare = " ".join(others)
        yield f"the {bare}"
        if len(others) > 1:
            yield from (bare, bare.upper())
    if len(others) == 1 and others[0] in _KINDS and first.isupper() and len(first) > 1:
        yield first


def _initials_of(outlet: str) -> Iterator[str]:
    """Such as "TLP" and "LP" of "The Lantern Post"."""
    words = [word for word in outlet.split() if word[:1].isupper()]
    for own in (words, words[1:] if words[:1] == ["The"] else ()):
        if len(own) >= SHORT:
            yield "".join(word[0] for word in own)


def letter_of(number: int) -> str:
    """A, B, ... Z, A2, B2, ..."""
    round_, place = divmod(number, len(ascii_uppercase))
    return ascii_uppercase[place] + (str(round_ + 1) if round_ else "")


def _riddles(
    facts: Facts, letters: dict[str, str], hidden: Callable[[str], str]
) -> tuple[Riddle, ...]:
    found = []
    for fact, clash in distinct(facts, facts.details)[:CONFLICTS]:
        passages = [
            Told(letters[outlets[0]], hidden(_passage(facts, fact, value, outlets[0])))
            for value, outlets in clash.givers
        ]
        sides = [
            facts.say("story.because", name=value, reason=letters[outlets[0]])
            for value, outlets in clash.givers
        ]
        answer = facts.say("list.semicolon").join(sides)
        found.append(Riddle(tuple(passages), answer))
    return tuple(found)


def _passage(facts: Facts, fact: DetailFact, value: str, outlet: str) -> str:
    """The sentence in which an outlet gives a value that others contradict."""
    for c in fact.detail.conflicts:
        for index, said in ((c.a, c.a_value), (c.b, c.b_value)):
            m = fact.detail.mentions[index]
            if m.outlet == outlet and said.lower() == value.lower():
                span = m.sentence or m
                return facts.articles[m.article].read(m.field)[span.start : span.end]
    return value


def _details(
    facts: Facts, read: list[str], hidden: Callable[[str], str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Details that some have and some have not, with a word for each outlet that was read."""
    words = words_of_codes(facts.say)
    places = [facts.outlet_order[name] for name in read]
    absent = {CODES[Status.LEFT_OUT], CODES[Status.PUBLISHED_BEFORE]}
    rows = [
        (hidden(facts.label(f.detail)), tuple(words[f.codes[place]] for place in places))
        for f in facts.details
        if {f.codes[p] for p in places} & absent and {f.codes[p] for p in places} & STATED_CODES
    ]
    return tuple(rows[:DETAILS])
