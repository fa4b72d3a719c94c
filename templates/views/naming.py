"""What outlets call a person: the words they set before or behind the name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from templates.facts.index import Facts
from templates.views.shared import columns_read

LISTED = 24
LONGEST_WORD = 44
_WORDLIKE = re.compile(r"\w")
_GOES_ON = re.compile(r"\s[A-Z]")
_DETERMINED = re.compile(
    r"(?:\b(?:the|a|an|its|his|her|their|[A-Z][\w’-]{0,40}(?:’s|'s))\s{1,4}(?:[\w’.-]{1,40}\s{1,4}){1,4})$"
)
_TITLED = re.compile(r"(?:\b[A-Z][\w’.-]{0,40}\s{1,4}){1,4}$")
_BEHIND = re.compile(r",\s+((?:the|a|an|its|his|her)\s+[^,.;:!?“”\"()]{3,60})(?=[,.;])")
_CUT = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|U|J)$")
# Words that end what belongs to a name.
_NOT_PART = re.compile(
    r"\b(?:of|in|on|at|to|for|by|from|with|and|or|that|which|who|is|was|were|are|has|had|have|as|after|before|said|"
    r"says|told|called|when|while|but|if|not|against|between|into|over|under|brought|sent|took|gave|made|met|saw|led|"
    r"put|left|held|about|near|since|off|around|above|behind|against|involving|facing|picks|\w{3,}ed)\b|"
    # A sentence ends in them, or they are cut off.
    r"(?-i:(?<!\w)[a-z]\w{2,}[.!?])|\.\.|…|--|[’']s$|\b(?:the|a|an|its|his|her|their|mr|mrs|ms)$",
    re.IGNORECASE,
)
# Stand before the name of a person, or instead of what goes with a person's name.
_TITLES = frozenset(
    """mr mrs ms dr sir gen general col lt sgt capt captain adm cmdr sen sens senator rep reps representative gov governor
    president minister secretary director chief mayor commissioner chairman chairwoman chair attorney lawyer judge
    spokesman spokeswoman spokesperson ambassador chancellor counsel professor officer deputy acting""".split()
)
_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
# "Deputy Director" is no given name; "de" and "von der" stand before a last one.
_NAME = re.compile(
    rf"\b(?!(?:{'|'.join(sorted(title.title() for title in _TITLES))})\b){_CAPITAL}[\w’-]{{1,40}}(?: {_CAPITAL}\.)?"
    rf"(?: (?:de|del|della|da|dos|di|du|la|van|von|der|den|bin|al)){{0,2}} {_CAPITAL}[\w’-]{{1,40}}\b"
)
_DETERMINERS = frozenset("the a an its his her their this that our".split())
_OPENERS = frozenset("the a an it he she in on at but and when while after as mr mrs ms dr".split())


@dataclass(frozen=True, slots=True)
class Called:
    """What an outlet calls somebody: the words, where they stand, and whether they are loaded."""

    words: str
    loaded: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class NamingRow:
    """A person with what each outlet calls them; nothing where it uses the name alone."""

    name: str
    cells: tuple[tuple[Called, ...], ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """Persons in rows, the words of the outlets that were read in columns."""

    rows: tuple[NamingRow, ...]


# What an outlet calls somebody: the words, their article, where the name begins, where the words begin and end.
_Use = tuple[str, str, int, int, int]


def naming(facts: Facts) -> Naming:
    """Persons whom two outlets or more call something, those with the most different words first."""
    found: defaultdict[str, dict[str, dict[str, _Use]]] = defaultdict(dict)
    cues = _cues(facts)
    for article in facts.comparison.articles:
        for match in _NAME.finditer(article.text):
            for start, end in _words_around(article.text, match.start(), match.end()):
                words = " ".join(article.text[start:end].split())
                own = found[match.group()].setdefault(article.outlet, {})
                own.setdefault(words.lower(), (words, article.id, match.start(), start, end))
    texts = [article.text for article in facts.comparison.articles]
    alone = cache(partial(_stands_for_a_name, texts))  # names that share a last word ask alike
    rows = [
        (name, by) for name, by in found.items() if _differs(by) and _is_person(name, by, alone)
    ]
    rows.sort(key=lambda row: (-len(row[1]), -sum(map(len, row[1].values())), row[0]))
    read = columns_read(facts)
    return Naming(
        tuple(
            NamingRow(
                name,
                tuple(
                    tuple(_called(facts, cues, use) for use in by.get(c.name, {}).values())
                    for c in read
                ),
            )
            for name, by in rows[:LISTED]
        ),
    )


def _called(facts: Facts, cues: dict[str, set[tuple[int, int]]], use: _Use) -> Called:
    words, article, place, start, end = use
    loaded = any(a < end and start < b for a, b in cues.get(article, ()))
    return Called(words, loaded, facts.place_anchor(article, "text", place))


def _differs(by_outlet: dict[str, dict[str, _Use]]) -> bool:
    """Two outlets or more, and not all with the same words."""
    return len(by_outlet) > 1 and len({w for own in by_outlet.values() for w in own}) > 1


def _is_person(
    name: str, by_outlet: dict[str, dict[str, _Use]], alone: Callable[[str], bool]
) -> bool:
    """Whether a name has a title before it, or its last word stands for it: "Roe", but no "Department"."""
    first, *_, last = name.split()
    if first.lower() in _TITLES | _DETERMINERS or last.lower() in _TITLES:
        return False
    words = (words.split()[-1].strip(".") for own in by_outlet.values() for words in own)
    return not _TITLES.isdisjoint(words) or alone(last)


def _stands_for_a_name(texts: Sequence[str], last: str) -> bool:
    """Whether a last word stands alone more often than it is a common noun."""
    standing = sum(_stands_alone(before) for text in texts for before in _before(last, text))
    # "High School" beside "the school" is no person; Ana Cook is one, though others cook.
    return standing > sum(len(list(_places(last.lower(), text))) for text in texts)


def _places(word: str, text: str) -> Iterator[int]:
    """Where a word stands in a text, not as part of a longer one; an expression takes ten times as long."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not _WORDLIKE.match(text[at - 1 : at]) and not _WORDLIKE.match(text[end : end + 1]):
            yield at
        at = text.find(word, end)


def _before(name: str, text: str) -> Iterator[str]:
    """What stands before each place of a name behind which the name does not go on."""
    for at in _places(name, text):
        if not _GOES_ON.match(text, at + len(name)):
            near = text[max(at - LONGEST_WORD, 0) : at]
            yield near.split()[-1] if near[-1:].isspace() and near.strip() else ""


def _stands_alone(before: str) -> bool:
    """Whether what stands before a name is no part of it, and says of none that it is a thing."""
    word = before.strip()
    bare = word.strip(".").lower()
    if bare in _TITLES or not word[:1].isupper():
        return bare not in _DETERMINERS
    return word.endswith((".", ",", ":", ";", "”", '"'))


def _words_around(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches before and behind a name that say who it is."""
    found = []
    line = text.rfind("\n", 0, start) + 1
    before = text[max(line, start - 80) : start]
    match = _DETERMINED.search(before) or _TITLED.search(before)
    if match is not None and not _NOT_PART.search(match.group().rstrip()):
        words = match.group().split()
        if not (len(words) == 1 and words[0].lower() in _OPENERS):
            found.append((start - len(match.group()), start - 1))
    behind = _BEHIND.match(text, end)
    if behind is not None and not _CUT.search(behind.group(1)):
        found.append(behind.span(1))
    return found


def _cues(facts: Facts) -> dict[str, set[tuple[int, int]]]:
    found: dict[str, set[tuple[int, int]]] = {}
    for _, mention in facts.statements():
        if mention.field == "text" and mention.cues:
            found.setdefault(mention.article, set()).update((c.start, c.end) for c in mention.cues)
    return found
