"""Words and signs for numbers: "twenty", "lakh", "½", and what vague ones span."""

from __future__ import annotations

import re

SCALES = {
    "hundred": 100.0,
    "thousand": 1e3,
    "lakh": 1e5,
    "lac": 1e5,
    "million": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "cr": 1e7,
    "b": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "tn": 1e12,
    "trn": 1e12,
}
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
UNITS = {word: float(value) for value, word in enumerate(_SMALL)} | {
    word: float(10 * value) for value, word in enumerate(_TENS, start=2)
}
SCALE_WORD = "hundred|thousand|lakh|lac|million|crore|billion|trillion|dozen"
UNIT_WORD = "|".join(sorted(UNITS, key=len, reverse=True))
# Plurals that stand for a span of numbers: what a reader takes them for.
VAGUE = {
    "tens": (20.0, 99.0),
    "dozens": (24.0, 99.0),
    "scores": (40.0, 199.0),
    "hundreds": (200.0, 999.0),
    "thousands": (2e3, 9_999.0),
    "lakhs": (2e5, 9_999_999.0),
    "millions": (2e6, 9_999_999.0),
    "crores": (2e7, 9.999e9),
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
# "Several dozen", "a few hundred", "a couple of thousand": so many of the scale, at least and at most.
_FEW = {"several": (2.0, 9.99), "many": (2.0, 9.99), "few": (2.0, 7.0), "couple": (1.5, 3.5)}
FEW = r"(?:several|many|(?:a\s+)?few|a\s+couple(?:\s+of)?)"
# Nobody says "a hundred dozen": from there on a reader counts in hundreds.
MOST_DOZENS = 99.0

_SIGNS = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5,
    "⅘": 4 / 5, "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip
SIGNS = "".join(_SIGNS)
_PARTS = {
    "half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
PART_WORD = (
    "halves|half|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
)


def fraction(written: str) -> float:
    """The value of "½" or "3/4"."""
    if written in _SIGNS:
        return _SIGNS[written]
    above, below = written.split("/")
    return float(above) / float(below)


def part_of_whole(word: str) -> float:
    """What one of "thirds" or "a quarter" is of the whole."""
    return 1 / _PARTS[word.lower().removesuffix("s")]


def few(word: str, scale: str) -> tuple[float, float]:
    """The least and the most that "several" of "dozen" is."""
    least, most = next(span for key, span in _FEW.items() if key in word.lower())
    worth = SCALES[scale.lower()]
    return least * worth, min(most * worth, MOST_DOZENS if worth == SCALES["dozen"] else 1e18)


def small_number(word: str) -> float | None:
    """The number that digits or a single word give: "5", "five"; None if it is none."""
    return float(word) if word.isdigit() else UNITS.get(word.lower())


def spelled_value(words: list[str]) -> float | None:
    """The number that words such as ["two", "hundred", "and", "six"] spell, if they spell one."""
    total, current, seen, last = 0.0, 0.0, False, ""
    for word in words:
        if word in UNITS:
            # "two three" and "ten twenty" are two numbers side by side, not one.
            if current % 10 or (current % 100 and UNITS[word] > 9):
                return None
            current, seen = current + UNITS[word], True
        elif word == "half":
            # "Two and a half million", "a million and a half".
            whole = last if seen and last in SCALES else ""
            current += 0.5 * (SCALES[whole] if whole else 1.0)
        elif word in {"hundred", "dozen"}:
            current, seen = (current or 1.0) * SCALES[word], True
        elif word in SCALES:
            total, current, seen = total + (current or 1.0) * SCALES[word], 0.0, True
        last = word if word in SCALES else last if word in {"a", "and"} else ""
    return total + current if seen else None


def last_digit_worth(written: str) -> float:
    """The worth of the last digit that says something: 100 for "300", 0.01 for "6.02"."""
    if "." in written:
        return float(10.0 ** -len(written.split(".")[1]))
    zeros = len(written) - len(written.rstrip("0"))
    return float(10.0 ** min(zeros, len(written) - 1))


def letters(text: str) -> list[str]:
    """The words of a spelled number, in lower case."""
    return re.findall(r"[a-z]+", text.lower())
