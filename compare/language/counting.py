"""What a number counts: the head noun behind it, and what befell those counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

FATES = {
    "killed": "killed dead died deaths fatalities slain death dying fatally kills killing",
    "hurt": "injured wounded hurt injuries injuring wounding",
    "held": "arrested detained arrests custody jailed imprisoned detentions arresting",
    "missing": "missing unaccounted",
    "ill": "infected sickened infections cases hospitalized",
    "displaced": "displaced evacuated homeless",
}
_FATE_OF = {word: fate for fate, words in FATES.items() for word in words.split()}
# The same people under other words, as far as counting them goes.
_ALIKE = {
    "troop": "troop soldier serviceman servicemember personnel military marine force",
    "person": "person people individual human resident citizen civilian man woman",
    "plane": "plane aircraft jet airplane airliner",
    "lawmaker": "lawmaker legislator senator representative member congressman",
    "country": "country nation state",
    "protester": "protester demonstrator marcher",
    "officer": "officer police cop policeman",
}
_CANONICAL = {word: head for head, words in _ALIKE.items() for word in words.split()}
_IRREGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "personnel": "personnel",
    "aircraft": "aircraft",
    "crew": "crew",
    "staff": "staff",
    "cattle": "cattle",
    "sheep": "sheep",
    "police": "police",
    "servicemen": "serviceman",
    "congressmen": "congressman",
    "policemen": "policeman",
    "lives": "life",
    "media": "media",
    "feet": "foot",
}
_STOP = frozenset(
    "of in on at them us it everyone for from to by with who that which whom whose were was are is be been being have had has and or but "
    "than as after before while when where if because since during against about into over under between he she it they we "
    "you i not also would will could can may might must said says per each a an the this these those his her their its our "
    "did do does went came more less fewer across throughout near around within along among amid inside outside nationwide "
    "worldwide overnight daily".split()
)
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]+|[aA]\b|[.,;:!?()“”\"—–\d$£€%]")
_PARTITIVE = frozenset({"of", "in"})
REACH = 5


def singular(word: str) -> str:
    """The singular of an English noun, by rule: enough to compare "troops" with "troop"."""
    word = word.lower().replace("’", "'")
    word = word.removesuffix("'s").removesuffix("'")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:s|x|z|ch|sh)es$", word):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts: `noun` ("troop") and `modifiers` said of it ("russian"), and their `fate`."""

    noun: str
    modifiers: tuple[str, ...]
    fate: str


def counted_after(text: str, start: int, end: int, *, measured: bool) -> Counted:
    """What a quantity at `text[start:end]` counts; "" and () where nothing is found.

    A measured quantity ("35 tonnes of material", "$5 billion in aid") counts what follows "of"
    or "in"; a bare one ("100 Russian troops landed") the first plural behind it. "A further 20 people"
    and "20 more people" have a modifier "more".
    """
    words = _following(text, end)
    # "A 38-word oath" counts words, whatever it is that has them.
    joined = not measured and text[end : end + 1] == "-" and words
    more = ("more",) if _MORE_BEFORE.search(text, max(0, start - 20), start) else ()
    others = bool(words) and words[0] == "others"
    while words and words[0] in _MORE:
        more, words = ("more",), words[1:]
    if measured:
        owns = _OF_TIME.match(text, end)  # "two weeks' wages"
        words = words if owns else words[1:] if words and words[0] in _PARTITIVE else []
    run = words[:1] if joined else _noun_phrase(words)
    head = "people" if others else run[-1] if run else ""
    fate = _fate(text, start, end)
    if head in _FATE_OF:
        return Counted("person", more + tuple(run[:-1]), fate or _FATE_OF[head])
    singulars = singular(head)
    return Counted(_CANONICAL.get(singulars, singulars), more + tuple(run[:-1]), fate)


_OF_TIME = re.compile(r"[’'](?=\s[a-z])")
# "A further 20 people", "another 20": they come to others.
_MORE_BEFORE = re.compile(r"\b(?:further|another|additional|extra)\s$", re.IGNORECASE)
_MORE = frozenset({"more", "others", "other", "further", "additional", "extra", "new"})
_ARTICLES = frozenset("the a an its his her their these those our".split())


def _following(text: str, end: int) -> list[str]:
    found: list[str] = []
    for word in _WORD.finditer(text, end, min(len(text), end + 90)):
        if not word.group()[0].isalpha():
            break
        found.append(word.group().lower())
        if len(found) > REACH + 2:
            break
    return found


def _noun_phrase(words: list[str]) -> list[str]:
    """The words up to the noun that is counted, which is the last of them; [] where none is seen."""
    run: list[str] = []
    for word in words[:REACH]:
        if not run and (word == "of" or word in _ARTICLES):
            continue
        if word in _STOP:
            break
        run.append(word)
        if (
            word in _IRREGULAR
            or word in _FATE_OF
            or (word.endswith("s") and singular(word) != word)
        ):
            return run
    if 0 < len(run) <= 2 and not run[-1].endswith("ed"):
        return run
    return run[:1] if len(run) > 2 else []


# "11 people, seven of them civilians, were injured".
_OF_THEM = re.compile(
    r",\s(?:[\w-]{1,12}\sof\s(?:them|whom)|all|most|both|including)\s[^,.;:]{1,40},\s(?=(?:were|was|are|is|have|had|has)\b)"
)


def _fate(text: str, start: int, end: int) -> str:
    """The fate said within the same clause, the nearest behind the number, else the nearest in front."""
    said = _OF_THEM.sub(" ", text[end : end + 90], count=1)[:60]
    behind = re.split(r"[.;,:—]|\b(?:and|but|while)\b", said)[0]
    for word in re.findall(r"[a-z]+", behind.lower()):
        if word in _FATE_OF:
            return _FATE_OF[word]
    front = re.split(r"[.;,:—]|\b(?:and|but|while)\b", text[max(0, start - 30) : start])[-1]
    for word in reversed(re.findall(r"[a-z]+", front.lower())):
        if word in _FATE_OF:
            return _FATE_OF[word]
    return ""
