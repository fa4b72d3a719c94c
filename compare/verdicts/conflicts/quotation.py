"""One quotation in other words: what two outlets put inside the marks for the same thing said.

Two renderings are one quotation where most words of the shorter one stand in the other in the same
order. A word or two exchanged, put in or left out within them is hard where it is a content word, a
"not" or a change of grammar; what a rendering lacks at its ends, or behind dots, is only shortened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import islice

from compare.datamodel import ConflictKind, Span
from compare.kinds import Weight
from compare.language.attribution import reported
from compare.language.clock import clock_times, minutes_apart
from compare.language.quantities import quantities
from compare.language.renderings import quoted_words
from compare.stop_words import COMMONEST
from compare.text import Word, words
from compare.verdicts.conflicts.contexts import TIME, tells
from compare.verdicts.conflicts.statement import Difference, Statement

# How many quotations of a statement, and words of each, are looked at: a sentence has few; what has
# more is no prose.
MOST_QUOTATIONS, MOST_WORDS = 6, 80
# A statement of more characters is no sentence, and no source is looked for in it.
LONGEST = 2000
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
# Where so many words are the same, a word more may be exchanged.
HELD_OF_LONG, MOST_EXCHANGED_OF_LONG = 8, 3
# In two whole utterances that differ in one place, so many words are the same for each that is exchanged.
HELD_OF_ONE = 2
# Two renderings that differ in so many places are two translations of what was said, or two tellings.
TRANSLATED = 3
# Words before an exchanged one that say where it stands, when it is looked for elsewhere.
LEAD = 2
_DOTS = re.compile(r"\.\s?\.|…|\[|\]|\*|—|--")
# What a transcriber leaves out or puts in without changing what was said.
_FILLERS = COMMONEST | frozenset(
    "um uh er well so oh very really actually there also then still you know me my us our than all any some am way yet both itself your out up too".split()
)
# A word that only says how, or how much: without it the quotation is a shorter one.
_ONLY_QUALIFIES = re.compile(
    r"\w{2,40}ly|even|quite|rather|perhaps|maybe|pretty|only|simply|big|huge|great|good|bad|real|whole|entire|new|old|now|"
    r"today|tonight|again|always|ever|too|more|much|many|such|first|last|little|long|own|same|certain"
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
    (re.compile(r"our(?=s?$|ed$|ing$|able$|ite|hood|ly$|ful)"), "or"),
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
) | dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(),
        "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th".split(),
        strict=True,
    )
)


def altered_quotations(a: Statement, b: Statement, match: float = 1.0) -> Iterator[Difference]:
    """What two renderings of a quotation give differently, the hard ones before the soft."""
    found: list[Difference] = []
    for p in a.quoted[:MOST_QUOTATIONS]:
        for q in b.quoted[:MOST_QUOTATIONS]:
            changes = list(_changes(_Rendering.of(a, p), _Rendering.of(b, q), match))
            if sum(d.weight is Weight.HARD for d in changes) >= TRANSLATED:
                changes = [replace(d, weight=Weight.SOFT) for d in changes]
            found += changes
    yield from sorted(found, key=lambda d: d.weight is Weight.SOFT)


@dataclass(frozen=True, slots=True)
class _Rendering:
    """One outlet's rendering of a quotation: the statement, where in it, its text and its words."""

    statement: Statement
    place: Span
    text: str
    words: tuple[Word, ...]

    @classmethod
    def of(cls, statement: Statement, place: Span) -> _Rendering:
        text = statement.text[place.start : place.end]
        return cls(statement, place, text, tuple(islice(quoted_words(text), MOST_WORDS)))


def _changes(mine: _Rendering, theirs: _Rendering, match: float) -> Iterator[Difference]:
    if not mine.words or not theirs.words:
        return
    matcher = SequenceMatcher(None, _keys(mine.words), _keys(theirs.words), autojunk=False)
    steps = matcher.get_opcodes()
    held = sum(step[2] - step[1] for step in steps if step[0] == "equal")
    part = held / min(len(mine.words), len(theirs.words))
    if held < HELD:
        return
    one = match >= SHORT_MATCH and _one_exchange(mine, theirs, steps)
    if one or held < LONG:
        of_one = match >= SHORT_MATCH and not _of_two(mine.statement, theirs.statement)
        if held < LONG and not of_one:
            return
        one = one and of_one
    if part < HELD_PART_AT_END and not one:
        return
    for number, (kind, i0, i1, j0, j1) in enumerate(steps):
        inside = 0 < number < len(steps) - 1
        if kind == "equal" or (not inside and kind != "replace"):
            continue
        if not one and part < HELD_PART and (inside or held < HELD_AT_END):
            continue
        whole = number > 0 and _ended(mine) and _ended(theirs)
        run = held if whole else _next_run(steps, number)
        if not one and not inside and min(held, run) < HELD_AT_END:
            continue
        most = MOST_EXCHANGED if held < HELD_OF_LONG else MOST_EXCHANGED_OF_LONG
        weight = _weight(mine.words[i0:i1], theirs.words[j0:j1], at_end=not inside, most=most)
        if weight is None or (weight is Weight.SOFT and held < HELD_OF_SHORTENED):
            continue
        if _says_as_much(mine, (i0, i1), theirs, (j0, j1)):
            continue
        yield Difference(
            ConflictKind.QUOTATION,
            _placed(mine.words, i0, i1, mine.place),
            _placed(theirs.words, j0, j1, theirs.place),
            weight,
        )


def _one_exchange(
    mine: _Rendering, theirs: _Rendering, steps: Sequence[tuple[str, int, int, int, int]]
) -> bool:
    """Whether two whole utterances differ in one place alone, in as many words: "lost sight of", "lost touch with"."""
    ends = (steps[0], steps[-1])
    changed = [s for s in steps if s[0] != "equal" and (s[0] == "replace" or s not in ends)]
    if len(changed) != 1 or changed[0][0] != "replace":
        return False
    _, i0, i1, j0, j1 = changed[0]
    held = sum(step[2] - step[1] for step in steps if step[0] == "equal")
    at_end = i1 == len(mine.words) or j1 == len(theirs.words)
    if i0 == 0 or i1 - i0 != j1 - j0 or held < HELD_OF_ONE * (i1 - i0) or held <= HELD + at_end:
        return False
    return all(_is_whole(side) for side in (mine, theirs))


_ENDED = re.compile(r"[.,!?;][”\"’']*\s*\Z")


def _ended(said: _Rendering) -> bool:
    """Whether a rendering ends inside its marks as a sentence does, not where a writer broke it off."""
    return bool(_ENDED.search(said.text))


def _is_whole(said: _Rendering) -> bool:
    """Whether a rendering begins as a sentence does and is ended inside its marks."""
    first = said.text.lstrip("“\"‘' ")[:1]
    return first.isupper() and _ended(said)


def _says_as_much(
    mine: _Rendering, here: tuple[int, int], theirs: _Rendering, there: tuple[int, int]
) -> bool:
    """Whether what two renderings exchange takes nothing from either: a name in full, a "not" moved, one hour.

    What stands beside dots was cut by a writer; what the other article has, too, its speaker said twice.
    """
    x, y = mine.words[slice(*here)], theirs.words[slice(*there)]
    sides = ((mine, here, theirs), (theirs, there, mine))
    if any(_DOTS.search(_between(side.text, side.words, *step)) for side, step, _ in sides):
        return True
    if x and y:
        return _one_hour(mine.text, x, theirs.text, y) or any(
            _elsewhere(side.words, *step, other.statement) for side, step, other in sides
        )
    if len(x) + len(y) == 1 and _nots(x) != _nots(y) and _nots(mine.words) == _nots(theirs.words):
        return True  # "I feel we weren't", "I didn't feel we were"
    return any(_names_in_full(side.words, *step) for side, step, _ in sides)


def _nots(said: Sequence[Word]) -> int:
    return sum(w.key in {"not", "never", "no"} for w in said)


def _one_hour(left: str, x: Sequence[Word], right: str, y: Sequence[Word]) -> bool:
    """Whether the words that two renderings exchange write one time of day: "18:41", "6:41 p.m."."""
    mine, theirs = (
        clock_times(text[said[0].start : said[-1].end]) for text, said in ((left, x), (right, y))
    )
    return len(mine) == len(theirs) == 1 and minutes_apart(mine[0], theirs[0]) == 0


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
    """Whether two statements name each somebody else, as their one source or outside of quotations: they may be two speakers."""
    mine, theirs = (_names_outside(s) for s in (a, b))
    return bool(mine and theirs) and not mine & theirs


def _names_outside(s: Statement) -> frozenset[str]:
    quoted = s.quoted
    said = [w for w in words(s.text) if not any(q.start <= w.start < q.end for q in quoted)]
    named = [w for w in said[:MOST_WORDS] if w.text[0].isupper() and tells(w)]
    given = reported(s.text) if len(s.text) <= LONGEST else ()
    if len(sources := [r.source_span for r in given if r.source_span]) == 1:
        named = [w for w in named if sources[0].start <= w.start < sources[0].end]
    return frozenset(w.key for w in named)


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
    head, hyphen, tail = key.partition("-")
    key = _SPELLED_OUT.get(key, _NUMBERS.get(head, head) + hyphen + tail)
    return key.removesuffix(":00").replace(".", "").replace("-", "")


def _weight(x: Sequence[Word], y: Sequence[Word], *, at_end: bool, most: int) -> Weight | None:
    """How much it weighs that one rendering has these words and the other those; None: nothing."""
    if (
        _letters(x) == _letters(y)
        or _one_number(x, y)
        or all(w.key in _FULL_HOUR for w in (*x, *y))
    ):
        return None
    if not x or not y:
        if any(w.key in _TITLES for w in (*x, *y)):
            return None
        added = [w.key for w in x or y]
        if added == ["not"]:
            return Weight.HARD
        if len(added) <= MOST_ADDED and added[0] not in _FILLERS:
            return Weight.SOFT if _ONLY_QUALIFIES.fullmatch(added[0]) else Weight.HARD
        telling = 1 < len(added) <= MOST_LEFT_OUT and any(key not in _FILLERS for key in added)
        return Weight.SOFT if telling else None
    if max(len(x), len(y)) > most:
        return None
    if at_end and any(len({w.start for w in some}) != 1 for some in (x, y)):
        return None
    if all(w.key in _ARTICLES for w in [*x, *y]) or all(w.key in _LINKING for w in [*x, *y]):
        return None
    if any(w.key in _RELATIVE for w in (x[0], y[0])) and all(w.key in COMMONEST for w in (*x, *y)):
        return None  # "money that I used", "money I used"
    if not at_end and _is_name(x[0]) and _is_name(y[0]):
        return None
    if any(w.key in _TITLES for w in (*x, *y)):
        return None
    return None if len(x) == len(y) and all(map(_one_word, x, y)) else Weight.HARD


def _is_name(w: Word) -> bool:
    """Whether a word is written as a name, a small article before it or not: "Qaddafi", "al-Qaddafi"; a day or month is none."""
    return w.key not in TIME and any(part[:1].isupper() for part in w.text.split("-"))


# Exchanged for each other these change little, and transcribers mishear them; so do two spellings of
# a name, which begin with capitals.
_ARTICLES = frozenset("a an the any".split())
_RELATIVE = frozenset("that which who".split())
_LINKING = frozenset(
    "to of in at for with and or but as by from within into onto upon inside".split()
)
# A writer puts a title, or a first name, before a name that was said alone.
_TITLES = frozenset(
    "president senator sen representative rep congressman congresswoman governor gov secretary speaker mr mrs ms dr "
    "judge justice general gen chairman director minister mayor sheriff officer professor king queen prince princess pope".split()
)
# "6:00 p.m." is 6 p.m., and 6.
_FULL_HOUR = frozenset("00 a.m p.m am pm".split())
_SAID = frozenset("say says said saying".split())


def _one_word(v: Word, w: Word) -> bool:
    """Whether two words are forms of one: "run" and "running", "Sen." and "Senator"."""
    short, long = sorted((v.key, w.key), key=len)
    if {short, long} <= _SAID:
        return True
    denied = long.endswith("n't") or short in _FILLERS
    return len(short) > 2 and long.startswith(short) and not denied


def _one_number(x: Sequence[Word], y: Sequence[Word]) -> bool:
    """Whether two stretches write one number: "a hundred", "100"."""
    mine, theirs = (quantities(" ".join([*(w.key for w in some), "things"])) for some in (x, y))
    return len(mine) == len(theirs) == 1 and mine[0].value == theirs[0].value


def _letters(said: Sequence[Word]) -> str:
    return "".join(key for key in _keys(said) if key != "00").replace("'", "")


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
