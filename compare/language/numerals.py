"""Numbers as news writes them: "6.02 million", "84,000", "twenty-one", "half a million", "two dozen".

`numerals` finds them with offsets; what they count and how firmly is for `quantities`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SCALES = {
    "hundred": 100.0,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "bn": 1e9,
    "tn": 1e12,
}
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
UNITS = {word: float(value) for value, word in enumerate(_SMALL)} | {
    word: float(10 * value) for value, word in enumerate(_TENS, start=2)
}
# Plurals that stand for a span of numbers: what a reader takes them for.
VAGUE = {
    "dozens": (24.0, 99.0),
    "scores": (40.0, 199.0),
    "hundreds": (200.0, 999.0),
    "thousands": (2e3, 9_999.0),
    "millions": (2e6, 9_999_999.0),
    "billions": (2e9, 9_999_999_999.0),
    "trillions": (2e12, 9.999e12),
    "tens of thousands": (2e4, 99_999.0),
    "hundreds of thousands": (2e5, 999_999.0),
    "tens of millions": (2e7, 99_999_999.0),
    "hundreds of millions": (2e8, 999_999_999.0),
    "tens of billions": (2e10, 99_999_999_999.0),
    "hundreds of billions": (2e11, 999_999_999_999.0),
    "several": (3.0, 9.0),
    "a few": (2.0, 6.0),
    "a handful": (2.0, 9.0),
    "a couple": (2.0, 3.0),
}
# "Two dozen" is said of 22 to 26, not of 18 to 30.
DOZEN_STEP = 4.0
# Digits that name, date or address something: masked before numbers are looked for.
_NO_NUMBERS = re.compile(
    r"\d{4}-\d\d-\d\d\S*|\d+(?:[-–.]\d+){2,}|\d{1,2}:\d\d(?::\d\d)?|\d+/\d+(?:/\d+)?|https?://\S+|www\.\S+|\S+@\S+|[@#]\w+"
)
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_SCALE_WORD = "hundred|thousand|million|billion|trillion|dozen"
_SPELLED = (
    rf"(?:half\s+an?\s+(?:{_SCALE_WORD})|an?\s+(?:{_SCALE_WORD})|{_UNIT}|(?:{_SCALE_WORD})(?=\s+\w))\b"
    rf"(?:[\s-]+(?:and\s+)?(?:{_UNIT}|{_SCALE_WORD})\b|\s+and\s+a\s+half\b)*"
)
# A digit that hangs on a letter, another number or a slash names something ("MH17", "9/11", "7:30").
_DIGITS = r"(?<![\w.,/:#’'])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w/:]|,\d{3}|\.\d)"
_GLUED = r"(?<![\w.,/:#])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?=(?:k|m|mn|mln|bn|tn)\b)"
_FRACTION = r"(?<![\w.,/])\d+\s+1/2(?!\w)"
_SCALE = r"(?:[”\"]?[\s-]*(?:hundred|thousand|million|billion|trillion|dozen)\b|(?:k|m|mn|mln|bn|tn)\b|\s+(?:bn|mn|mln|tn)\b)"
_VAGUE = "|".join(
    re.escape(word).replace(r"\ ", r"\s+") for word in sorted(VAGUE, key=len, reverse=True)
)
_NUMERAL = re.compile(
    rf"(?P<vague>\b(?:{_VAGUE})\b)"
    rf"|(?P<fraction>{_FRACTION})(?P<scale3>{_SCALE})?"
    rf"|(?P<digits>{_GLUED}|{_DIGITS})(?P<scale>{_SCALE})?"
    rf"|(?<![\w-])(?P<spelled>{_SPELLED})(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at `text[start:end]`, anything from `low` to `high` when the word is vague.

    `step` is the worth of its last written digit that is not a trailing zero: 1e6 for "6 million", 1e4 for
    "6.02 million", 100 for "300". `scaled` says that a scale word was written.
    """

    start: int
    end: int
    low: float
    high: float
    step: float
    scaled: bool
    digits: bool


def numerals(text: str) -> Iterator[Numeral]:
    """The numbers of a text, in order, whatever they may mean."""
    masked = _NO_NUMBERS.sub(lambda found: "_" * len(found.group()), text)
    for found in _NUMERAL.finditer(masked):
        if found["vague"]:
            low, high = VAGUE[" ".join(found["vague"].lower().split())]
            yield Numeral(found.start(), found.end(), low, high, low, scaled=True, digits=False)
        elif found["spelled"]:
            yield from _spelled(found)
        else:
            yield _written(found)


def _written(found: re.Match[str]) -> Numeral:
    written = (found["digits"] or "").replace(",", "")
    if found["fraction"]:
        value, step = float(found["fraction"].split()[0]) + 0.5, 0.5
    else:
        value, step = float(written), _step(written)
    scale_word = found["scale"] or found["scale3"]
    scale = SCALES[scale_word.strip(' \t\n-”"').lower()] if scale_word else 1.0
    return Numeral(
        found.start(),
        found.end(),
        value * scale,
        value * scale,
        step * scale,
        scaled=scale > 1,
        digits=True,
    )


def _step(written: str) -> float:
    """The worth of the last digit that says something."""
    if "." in written:
        return float(10.0 ** -len(written.split(".")[1]))
    zeros = len(written) - len(written.rstrip("0"))
    return float(10.0 ** min(zeros, len(written) - 1))


def _spelled(found: re.Match[str]) -> Iterator[Numeral]:
    words = re.findall(r"[a-z]+", found["spelled"].lower())
    value = spelled_value(words)
    if value is None:
        return
    scaled = True
    if words[0] == "half":
        step = 0.1 * SCALES[words[-1]]
    elif words[-1] not in SCALES and "half" not in words:
        scaled, step = False, _step(str(int(value)))
    else:
        step = (
            DOZEN_STEP
            if words[-1] == "dozen"
            else min((SCALES[w] for w in words if w in SCALES), default=0.5)
        )
    yield Numeral(found.start(), found.end(), value, value, step, scaled=scaled, digits=False)


def spelled_value(words: list[str]) -> float | None:
    """The number that words such as ["two", "hundred", "and", "six"] spell, if they spell one."""
    total, current, seen = 0.0, 0.0, False
    for word in words:
        if word in UNITS:
            # "two three" and "ten twenty" are two numbers side by side, not one.
            if current % 10 or (current % 100 and UNITS[word] > 9):
                return None
            current, seen = current + UNITS[word], True
        elif word == "half":
            current += 0.5
        elif word in {"hundred", "dozen"}:
            current, seen = (current or 1.0) * SCALES[word], True
        elif word in SCALES:
            total, current, seen = total + (current or 1.0) * SCALES[word], 0.0, True
    return total + current if seen else None
