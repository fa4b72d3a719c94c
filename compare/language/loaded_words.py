"""Words that give an editorial voice away: a lexicon of phrases by kind, found with offsets.

The lexicon (`compare/data/loaded.json`) is data: a phrase a line, "/v" standing for a verb's
inflections. Finding a phrase proves nothing by itself; what the words of a sentence amount to is
weighed in `compare.verdicts.editorial.flags`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from compare.kinds import CueKind
from compare.text import Word, in_title_case, words

_VOWELS = "aeiou"
_IRREGULAR = {
    "go": ["goes", "going", "went", "gone"],
    "take": ["takes", "taking", "took", "taken"],
    "shake": ["shakes", "shaking", "shook", "shaken"],
    "tear": ["tears", "tearing", "tore", "torn"],
    "hit": ["hits", "hitting"],
    "beg": ["begs", "begging", "begged"],
    "blow": ["blows", "blowing", "blew", "blown"],
    "draw": ["draws", "drawing", "drew", "drawn"],
    "dig": ["digs", "digging", "dug"],
    "sling": ["slings", "slinging", "slung"],
    "fall": ["falls", "falling", "fell", "fallen"],
    "give": ["gives", "giving", "gave", "given"],
    "bend": ["bends", "bending", "bent"],
    "spin": ["spins", "spinning", "spun"],
    "hang": ["hangs", "hanging", "hung"],
    "sow": ["sows", "sowing", "sowed", "sown"],
    "undercut": ["undercuts", "undercutting"],
    "lie": ["lies", "lying", "lied"],
    "lay": ["lays", "laying", "laid"],
    "feel": ["feels", "feeling", "felt"],
    "cast": ["casts", "casting"],
    "light": ["lights", "lighting", "lit"],
    "dress": ["dresses", "dressing", "dressed"],
    "freak": ["freaks", "freaking", "freaked"],
    "freeze": ["freezes", "freezing", "froze", "frozen"],
    "kick": ["kicks", "kicking", "kicked"],
    "hide": ["hides", "hiding", "hid", "hidden"],
    "strut": ["struts", "strutting", "strutted"],
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A phrase of the lexicon at `text[start:end]`; `phrase` is the entry it was found by."""

    start: int
    end: int
    kind: CueKind
    phrase: str


def inflections(verb: str) -> list[str]:
    """A verb's forms by rule, the few irregular ones by table; may hold a form nobody uses."""
    if verb in _IRREGULAR:
        return [verb, *_IRREGULAR[verb]]
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    third = verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s")
    forms = [verb, third, verb + "ed", verb + "ing"]
    if (
        len(verb) > 2
        and verb[-1] not in "wxy" + _VOWELS
        and verb[-2] in _VOWELS
        and verb[-3] not in _VOWELS
    ):
        forms += [verb + verb[-1] + "ed", verb + verb[-1] + "ing"]
    return forms


@lru_cache(maxsize=1)
def lexicon() -> dict[str, list[tuple[tuple[str, ...], CueKind, str]]]:
    """The phrases by first word: the words in order, longest first, the kind and the entry."""
    raw = json.loads(files("compare").joinpath("data/loaded.json").read_text(encoding="utf-8"))
    found: dict[tuple[str, ...], tuple[CueKind, str]] = {}
    for kind, entries in raw["kinds"].items():
        for entry in entries:
            for form in _forms(entry):
                found.setdefault(tuple(w.key for w in words(form)), (CueKind(kind), entry))
    by_first: dict[str, list[tuple[tuple[str, ...], CueKind, str]]] = {}
    for phrase, (kind, entry) in found.items():
        by_first.setdefault(phrase[0], []).append((phrase, kind, entry))
    return {first: sorted(some, key=lambda p: -len(p[0])) for first, some in by_first.items()}


def _forms(entry: str) -> list[str]:
    head, verb, rest = entry.partition("/v")
    if not verb:
        return [entry]
    before, _, last = head.rpartition(" ")
    return [f"{before} {form}{rest}".strip() for form in inflections(last)]


def loaded(text: str) -> list[Loaded]:
    """The phrases of the lexicon in a text, in order, the longest where they overlap."""
    spoken = words(text)
    headline = in_title_case([w.text for w in spoken])
    return [
        found
        for found in _found(spoken)
        if (headline or not _is_name(text, found, spoken[0].start)) and not _is_literal(text, found)
    ]


_METAPHORS = {CueKind.CONFLICT_METAPHOR, CueKind.YIELDING_METAPHOR, CueKind.COLLOQUIAL_COLOUR}
_AMOUNT = re.compile(
    r"\s{1,3}(?:(?:about|around|some|nearly|almost|up to|more than|over|at least)\s{1,3})?(?:\d[\d.,]{0,20}|an?|two|three|four|five|six|ten|a dozen|several)\s{0,3}"
    r"(?:(?:hundred|thousand|million|billion)\s{1,3})?(?:tonnes?|tons?|kilos?|kilograms?|kg|pounds|litres?|liters?|gallons?|barrels?|inch(?:es)?|feet|foot|"
    r"cent(?:imetres|imeters)|cm|millimet(?:re|er)s|mm|cubic\s\w+)\b",
    re.IGNORECASE,
)


# What is really smashed, crushed, slammed or gutted: things that can be touched.
_THING = re.compile(
    r"\s{1,3}(?:(?:into|through|against|off|down|up|onto|on|over|out)\s{1,3})?(?:the|an?|his|her|its|their|two|three|four|several|some)\s{1,3}(?:[a-z-]{1,20}\s{1,3})?"
    r"(?:ore|rocks?|stones?|metal|steel|sand|gravel|glass|grapes|fruit|apples|olives|cars?|vehicles?|lorr(?:y|ies)|trucks?|vans?|bus(?:es)?|boats?|"
    r"ships?|trains?|planes?|windows?|windscreens?|doors?|gates?|walls?|roofs?|fences?|barriers?|trees?|poles?|hulls?|engines?|nails?|bones?|skull|"
    r"legs?|arms?|hands?|ribs?|fingers?|spine|shoulders?|houses?|homes|buildings?|garages?|barns?|warehouses?|bridges?|piers?|coast|shore|coastline|"
    r"island|bins?|boxes|crates|bottles?|plates?|cylinders?)\b"
)


def _is_literal(text: str, found: Loaded) -> bool:
    """Whether a verb that is often a figure of speech is done here to a thing: "dumped 40 tonnes", "crushed the ore"."""
    if found.kind not in _METAPHORS:
        return False
    return any(objects.match(text, found.end) for objects in (_AMOUNT, _THING))


def _is_name(text: str, found: Loaded, first: int) -> bool:
    """What has only capitals inside a sentence is a name or a title: "Benjamin Jealous", "Hard Times"."""
    written = text[found.start : found.end]
    return found.start != first and all(w[0].isupper() for w in written.split())


def _found(spoken: list[Word]) -> Iterator[Loaded]:
    phrases, at = lexicon(), 0
    while at < len(spoken):
        match = next(
            (
                (len(phrase), kind, entry)
                for phrase, kind, entry in phrases.get(spoken[at].key, ())
                if all(
                    at + i < len(spoken) and spoken[at + i].key == word
                    for i, word in enumerate(phrase)
                )
            ),
            None,
        )
        if match:
            size, kind, entry = match
            yield Loaded(spoken[at].start, spoken[at + size - 1].end, kind, entry)
            at += size
        else:
            at += 1
