"""One quotation in other words: what two outlets put inside the marks for the same thing said.

Two renderings are one quotation where most words of the shorter one stand in the other in the same
order. A word or two exchanged, put in or left out within them is hard where it is a content word, a
"not" or a change of grammar; what a rendering lacks at its ends, or behind dots, is only shortened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice

from compare.datamodel import ConflictKind, Span
from compare.kinds import Weight
from compare.language.renderings import quoted_words
from compare.stop_words import COMMONEST
from compare.text import Word, words
from compare.verdicts.conflicts.contexts import tells
from compare.verdicts.conflicts.statement import Difference, Statement

# How many quotations of a statement, and words of each, are looked at: a sentence has few; what has
# more is no prose.
MOST_QUOTATIONS, MOST_WORDS = 6, 80
# Two renderings are one quotation if so many words, and this part of the shorter one, are the same.
# At an end of a rendering, where anything may follow, more must be. Set on the labelled events.
HELD, HELD_PART = 3, 0.75
HELD_AT_END, HELD_PART_AT_END = 6, 0.65
# Two speakers say so many words alike by chance.
LONG = 5
# What is shorter may be said twice, a little otherwise, unless the statements match.
SHORT_MATCH = 0.6
# A clause more or less is told only of what is surely one quotation.
HELD_OF_SHORTENED = 7
# As many words may be exchanged, and this many be put in; what is put in or left out beyond that
# is soft, up to a clause of it.
MOST_EXCHANGED, MOST_ADDED, MOST_LEFT_OUT = 2, 1, 6
# Words before an exchanged one that say where it stands, when it is looked for elsewhere.
LEAD = 2
_DOTS = re.compile(r"\.\s?\.|…|\[|\]|\*|—|--")
# What a transcriber leaves out or puts in without changing what was said.
_FILLERS = COMMONEST | frozenset(
    "um uh er well so oh very really actually there also then still you know me my us our than all any some am way yet both itself your out up too".split()
)
_SPELLED_OUT = {
    "us": "u.s",
    "usa": "u.s",
    "un": "u.n",
    "uk": "u.k",
    "eu": "e.u",
    "okay": "ok",
    "percent": "per cent",
    "gonna": "going to",
    "wanna": "want to",
    "cause": "because",
    "'cause": "because",
    "’cause": "because",
}
_BRITISH = (
    (re.compile(r"our(?=s?$|ed$|ing$|able$|ite)"), "or"),
    (re.compile(r"is(?=e[ds]?$|ing$|ation)"), "iz"),
    (re.compile(r"ll(?=ed$|ing$|er$)"), "l"),
    (re.compile(r"tre(?=s?$)"), "ter"),
    (re.compile(r"nce$"), "nse"),
)
_NUMBERS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve".split(),
        map(str, range(1, 13)),
        strict=True,
    )
)


def altered_quotations(a: Statement, b: Statement, match: float = 1.0) -> Iterator[Difference]:
    """What two renderings of a quotation give differently, the hard ones before the soft."""
    found = [
        difference
        for p in a.quoted[:MOST_QUOTATIONS]
        for q in b.quoted[:MOST_QUOTATIONS]
        for difference in _changes(a, p, b, q, match)
    ]
    yield from sorted(found, key=lambda d: d.weight is Weight.SOFT)


def _changes(a: Statement, p: Span, b: Statement, q: Span, match: float) -> Iterator[Difference]:
    left, right = a.text[p.start : p.end], b.text[q.start : q.end]
    mine = list(islice(quoted_words(left), MOST_WORDS))
    theirs = list(islice(quoted_words(right), MOST_WORDS))
    if not mine or not theirs:
        return
    matcher = SequenceMatcher(None, _keys(mine), _keys(theirs), autojunk=False)
    steps = matcher.get_opcodes()
    same = [step for step in steps if step[0] == "equal"]
    held = sum(step[2] - step[1] for step in same)
    part = held / min(len(mine), len(theirs))
    if (
        held < HELD
        or part < HELD_PART_AT_END
        or (held < LONG and (match < SHORT_MATCH or _of_two(a, b)))
    ):
        return
    for number, (kind, i0, i1, j0, j1) in enumerate(steps):
        inside = 0 < number < len(steps) - 1
        if kind == "equal" or (not inside and kind != "replace"):
            continue
        if part < HELD_PART and (inside or held < HELD_AT_END):
            continue
        if not inside and (held < HELD_AT_END or _next_run(steps, number) < HELD_AT_END):
            continue
        x, y = mine[i0:i1], theirs[j0:j1]
        if (not x or not y) and (_names_in_full(mine, i0, i1) or _names_in_full(theirs, j0, j1)):
            continue
        weight = _weight(x, y, at_end=not inside)
        if weight is Weight.SOFT and held < HELD_OF_SHORTENED:
            continue
        if weight is None or _DOTS.search(_between(left, mine, i0, i1)):
            continue
        if _DOTS.search(_between(right, theirs, j0, j1)):
            continue
        if x and y and (_elsewhere(mine, i0, i1, b) or _elsewhere(theirs, j0, j1, a)):
            continue
        yield Difference(
            ConflictKind.QUOTATION, _placed(mine, i0, i1, p), _placed(theirs, j0, j1, q), weight
        )


def _names_in_full(said: Sequence[Word], first: int, last: int) -> bool:
    """Whether words put in are more of a name that both give: "Trump", "President Trump"."""
    beside = (*said[max(0, first - 1) : first], *said[last : last + 1])
    more = said[first:last]
    return (
        bool(more)
        and all(w.text[0].isupper() for w in more)
        and any(w.text[0].isupper() and w.key != "i" for w in beside)
    )


def _of_two(a: Statement, b: Statement) -> bool:
    """Whether two statements name each somebody else outside of quotations: they may be two speakers."""
    mine, theirs = (_names_outside(s) for s in (a, b))
    return bool(mine and theirs) and not mine & theirs


def _names_outside(s: Statement) -> frozenset[str]:
    quoted = s.quoted
    said = [w for w in words(s.text) if not any(q.start <= w.start < q.end for q in quoted)]
    return frozenset(w.key for w in said[:MOST_WORDS] if w.text[0].isupper() and tells(w))


def _next_run(steps: Sequence[tuple[str, int, int, int, int]], number: int) -> int:
    """How many words are the same beside a step at an end."""
    beside = steps[1] if number == 0 else steps[number - 1]
    return beside[2] - beside[1] if len(steps) > 1 else 0


def _keys(said: Sequence[Word]) -> list[str]:
    return [_plain(w.key) for w in said]


def _plain(key: str) -> str:
    """A word as it is compared: one spelling, digits for small numbers, no stops or hyphens."""
    for british, american in _BRITISH:
        key = british.sub(american, key)
    key = _SPELLED_OUT.get(key, _NUMBERS.get(key, key))
    return key.replace(".", "").replace("-", "")


def _weight(x: Sequence[Word], y: Sequence[Word], *, at_end: bool) -> Weight | None:
    """How much it weighs that one rendering has these words and the other those; None: nothing."""
    if _letters(x) == _letters(y):
        return None
    if not x or not y:
        if any(w.key in _TITLES for w in (*x, *y)):
            return None
        added = [w.key for w in x or y]
        if added == ["not"] or (len(added) <= MOST_ADDED and added[0] not in _FILLERS):
            return Weight.HARD
        telling = 1 < len(added) <= MOST_LEFT_OUT and any(key not in _FILLERS for key in added)
        return Weight.SOFT if telling else None
    if max(len(x), len(y)) > MOST_EXCHANGED:
        return None
    if at_end and (len(x) != 1 or len(y) != 1):
        return None
    if all(w.key in _ARTICLES for w in [*x, *y]) or all(w.key in _LINKING for w in [*x, *y]):
        return None
    if not at_end and _is_name(x[0]) and _is_name(y[0]):
        return None
    if any(w.key in _TITLES for w in (*x, *y)):
        return None
    return None if len(x) == len(y) and all(map(_one_word, x, y)) else Weight.HARD


def _is_name(w: Word) -> bool:
    """Whether a word is written as a name, a small article before it or not: "Qaddafi", "al-Qaddafi"."""
    return any(part[:1].isupper() for part in w.text.split("-"))


# Exchanged for each other these change little, and transcribers mishear them; so do two spellings of
# a name, which begin with capitals.
_ARTICLES = frozenset("a an the any".split())
_LINKING = frozenset("to of in at for with and or but as by from".split())
# A writer puts a title, or a first name, before a name that was said alone.
_TITLES = frozenset(
    "president senator sen representative rep congressman congresswoman governor gov secretary speaker mr mrs ms dr "
    "judge justice general gen chairman director minister mayor sheriff officer professor king queen prince princess pope".split()
)
_SAID = frozenset("say says said saying".split())


def _one_word(v: Word, w: Word) -> bool:
    """Whether two words are forms of one: "run" and "running", "Sen." and "Senator"."""
    short, long = sorted((v.key, w.key), key=len)
    if {short, long} <= _SAID:
        return True
    denied = long.endswith("n't") or short in _FILLERS
    return len(short) > 2 and long.startswith(short) and not denied


def _letters(said: Sequence[Word]) -> str:
    return "".join(_keys(said)).replace("'", "")


def _between(text: str, said: Sequence[Word], first: int, last: int) -> str:
    """The words at a step with what stands around them, up to the words beside."""
    start = said[first - 1].end if first else 0
    end = said[last].start if last < len(said) else len(text)
    return text[start:end]


def _elsewhere(said: Sequence[Word], first: int, last: int, other: Statement) -> bool:
    """Whether the other article has this rendering too: then a speaker said both."""
    phrase = said[max(0, first - LEAD) : last + 1]
    return len(phrase) > last - first + 1 and other.says_elsewhere(" ".join(w.text for w in phrase))


def _placed(said: Sequence[Word], first: int, last: int, quoted: Span) -> Span:
    """Where words stand in the statement; where one rendering has none, the word behind the gap."""
    if first == last:
        first, last = (first - 1, min(first + 1, len(said))) if first else (0, 1)
    return Span(quoted.start + said[first].start, quoted.start + said[last - 1].end)
