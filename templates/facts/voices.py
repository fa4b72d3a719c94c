"""Who is quoted by whom: the sources of an event, told apart by name, with what each outlet gives them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from compare.datamodel import Article, Mention, Sourced
from compare.kinds import SourceKind

# What begins with capitals; a source without a name cannot be told apart, and is nobody's in particular.
_WORD = r"[A-Z][\w’'.-]*"
_NAME = re.compile(rf"{_WORD}(?:\s+(?:of|for|de|von|van|al|bin)\s+{_WORD}|\s+{_WORD})*")
_TITLES = frozenset(
    """mr mrs ms dr sir president minister secretary general gen col lt sgt sen rep gov senator representative
    governor mayor chief spokesman spokeswoman spokesperson u.s us the a an in on at by it he she they we this that these those his her their its of neither one
    january february march april may june july august september october november december""".split()
)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
# Begin a sentence before a name: "But Roe said".
_OPENERS = frozenset(
    "and but or while though although when if as since because yet also however meanwhile late early here there to i don't".split()
)
# What begins with these are some of a group, and nobody's name: "Some Democrats", "Others".
_SOME = frozenset(
    "some many most several few other others another additional similar more all both each".split()
)
_FOREMOST = frozenset("top key leading senior".split())
# Stand behind a name: a politician's party and state, the younger of two.
_BEHIND = re.compile(r"[DRI]-[A-Z][\w.]*|[JS]r")
# Go with a title only: "Foreign Minister", but "State Department".
_WITH_TITLE = frozenset(
    "foreign prime vice deputy interior information defense defence state justice health finance home".split()
)
# Stand before a name, whatever stands before them: "London Mayor", "Deputy Assistant Police Commissioner".
_OFFICES = frozenset(
    """president minister secretary governor senator representative mayor chief commissioner superintendent inspector
    detective officer sheriff ambassador chancellor chairman chairwoman speaker adviser advisor spokesman spokeswoman
    spokesperson professor ceo sen rep gov leader whip director judge lady""".split()
)
_GENERAL = frozenset("attorney secretary surgeon solicitor director inspector".split())
# Behind such a title comes no person: "Police Chief Association", "Press Secretary Office".
_BODIES = frozenset(
    """office department council committee agency association party bureau institute conference union executive
    economist strategist correspondent center centre""".split()
)
# A word at the beginning of a sentence has a capital, too; these name nobody.
_NOBODY = frozenset(
    """report reports authorities officials sources witnesses experts analysts critics residents reporters journalists
    diplomats lawmakers state economists investigators aides allies""".split()
)
_INITIALS = re.compile(r"(?:[A-Z]\.?)+")
# What stands behind these is a place, not who speaks there.
_PLACED = re.compile(r"\b(?:in|at|on|near|from|to)\s+(?:the\s+)?$")
# A mention is somebody's words where so much of it is.
MOSTLY = 0.5


@dataclass(slots=True)
class Heard:
    """A source: its name, its kind, and the words and the stretches that each outlet gives it."""

    name: str
    kind: SourceKind
    words: Counter[str] = field(default_factory=Counter)
    stretches: Counter[str] = field(default_factory=Counter)
    first: dict[str, Sourced] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Voices:
    """The sources of a comparison: `named` by what tells them apart, and by kind what each outlet gives.

    `words` and `stretches` count by outlet and kind, nameless sources too.
    """

    named: Mapping[str, Heard]
    words: Mapping[tuple[str, SourceKind], int]
    stretches: Mapping[tuple[str, SourceKind], int]
    behind: _Behind


class _Behind:
    """Which source stands behind a mention."""

    def __init__(self, places: Mapping[tuple[str, str], list[tuple[int, int, str]]]) -> None:
        self._places = places

    def of(self, mention: Mention) -> str:
        """The key of the source that most of a mention is laid to, "" for none."""
        rows = self._places.get((mention.article, mention.field), [])
        at = bisect_left(rows, (mention.end, 0, ""))
        length = max(mention.end - mention.start, 1)
        for start, end, key in reversed(rows[max(at - 12, 0) : at]):
            shared = min(end, mention.end) - max(start, mention.start)
            if shared >= MOSTLY * length:
                return key
        return ""


def voices_of(sources: Iterable[Sourced], articles: Mapping[str, Article]) -> Voices:
    """The sources of articles; a stretch inside a longer one of the same source counts once."""
    rows = [s for s in sources if s.article in articles]
    keys = _keys(rows)
    named: dict[str, Heard] = {}
    words: Counter[tuple[str, SourceKind]] = Counter()
    stretches: Counter[tuple[str, SourceKind]] = Counter()
    places: defaultdict[tuple[str, str], list[tuple[int, int, str]]] = defaultdict(list)
    ends: dict[tuple[str, str], int] = {}
    for said in sorted(rows, key=lambda s: (s.article, s.field, s.start, -s.end)):
        article = articles[said.article]
        key = keys.get(said.source or "", "")
        place = (said.article, said.field)
        if key:
            places[place].append((said.start, said.end, key))
        if said.end <= ends.get(place, -1):
            continue
        fresh = max(said.start, ends.get(place, 0))
        ends[place] = said.end
        count = len(article.read(said.field)[fresh : said.end].split())
        words[article.outlet, said.kind] += count
        stretches[article.outlet, said.kind] += 1
        if key:
            heard = named.setdefault(key, Heard(name_in(said.source or ""), said.kind))
            heard.name = max(heard.name, name_in(said.source or ""), key=_fullness)
            heard.words[article.outlet] += count
            heard.stretches[article.outlet] += 1
            heard.first.setdefault(article.outlet, said)
    return Voices(named, words, stretches, _Behind(places))


def _fullness(name: str) -> tuple[int, int]:
    """Two or three words tell a person best; a whole title less."""
    count = len(name.split())
    return (min(count, 2), -count)


def name_in(source: str) -> str:
    """The name in a source as written: "Ana Roe" of "the harbour master, Ana Roe"; "" for none.

    A single word is a name at the end of the source only: "the Kremlin", not "Airport officials".
    """
    bare = source.strip(" .,;:’'”\"")
    found = [
        (_untitled(m.group()), m.end() == len(bare))
        for m in _NAME.finditer(bare)
        if not _PLACED.search(bare[: m.start()])
    ]
    kept = [name for name, last in found if name and (last or " " in name)]
    return next((name for name in kept if " " in name), kept[-1] if kept else "")


def _untitled(name: str) -> str:
    words = name.strip(".,’'").split()
    while words and _is_title(words):
        # "Secretary of State Ana Roe"
        words = words[2 if words[0] == "of" and len(words) > 3 else 1 :]
    while words and words[-1].lower() in _DAYS:
        words.pop()
    bare = " ".join(_person(words)).removesuffix("’s").removesuffix("'s")
    if (
        not words
        or bare.lower() in _TITLES | _NOBODY
        or _is_group(words)
        or _BEHIND.fullmatch(bare)
    ):
        return ""
    return f"{bare}." if "." in bare and _INITIALS.fullmatch(bare) else bare


def _is_group(words: list[str]) -> bool:
    first = words[0].lower()
    return first in _SOME or (first in _FOREMOST and len(words) > 1)


def _person(words: list[str]) -> list[str]:
    """The words behind the last title among others: "Ana Roe" of "Oban Police Chief Ana Roe"."""
    low = [word.lower().strip(".,") for word in words]
    for place in reversed(range(len(words))):
        general = place > 0 and low[place] == "general" and low[place - 1] in _GENERAL
        behind = words[place + 1 :]
        if (general or low[place] in _OFFICES) and behind:
            return words if {"of", "for"} & {low[place + 1]} or low[-1] in _BODIES else behind
    return words


def _is_title(words: list[str]) -> bool:
    first, *others = (word.lower().replace("’", "'").strip(".") for word in words)
    return first in _TITLES | _OPENERS | _DAYS or (
        first in _WITH_TITLE and bool(others) and others[0] in _TITLES
    )


def _keys(rows: Iterable[Sourced]) -> dict[str, str]:
    """What tells sources apart, by the source as written: a full name, and a last name that only one bears."""
    names = {s.source: name_in(s.source) for s in rows if s.source}
    whole = _whole_names({name for name in names.values() if " " in name})
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for name, key in whole.items():
        bearers[name.split()[-1].lower()].add(key)
    keys = {}
    for source, name in names.items():
        own = bearers.get(name.lower(), set())
        keys[source] = whole.get(name) or (next(iter(own)) if len(own) == 1 else name.lower())
    return keys


def _whole_names(names: set[str]) -> dict[str, str]:
    """What tells whole names apart: neither an initial does nor a middle name, where only one has such."""
    longer: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        longer[_shortened(name)].add(name.lower())
    found = {}
    for name in names:
        short = _shortened(name)
        others = longer[short] - {short}
        # A middle name is only dropped where somebody is called without it: no newspaper is a person.
        known = len(others) <= 1 and (short in longer[short] or _without_initials(name) == short)
        found[name] = short if known else name.lower()
    return found


def _shortened(name: str) -> str:
    """The first and the last word of a name, initials apart."""
    words = _without_initials(name).split()
    return " ".join((words[0], words[-1]) if len(words) > 1 else words)


def _without_initials(name: str) -> str:
    words = [word for word in name.split() if not _INITIALS.fullmatch(word)]
    return " ".join(words).lower() or name.lower()
