"""Numbers as news writes them: "6.02 million", "84,000", "1 200", "1,25,000", "2½", "two-thirds", "several dozen".

`numerals` finds them with offsets; what they count and how firmly is for `quantities`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from compare.language.measures import METRES_FOLLOW, MONEY_SIGN, TOUCHING
from compare.language.number_words import (
    FEW,
    PART_WORD,
    SCALE_WORD,
    SCALES,
    SIGNS,
    UNIT_WORD,
    VAGUE,
    few,
    fraction,
    last_digit_worth,
    letters,
    part_of_whole,
    small_number,
    spelled_value,
)

# "Two dozen" is said of 22 to 26, not of 18 to 30.
DOZEN_STEP = 4.0
# "A third" is said of 31 to 36 in a hundred.
SHARE_STEP = 5.0
# "One in five" is a share; "one in 2019" and "three in 20,000" are not.
MOST_IN = 1000
# Spaces that part thousands: plain, no-break, thin, narrow no-break.
_SPACE = " \u00a0\u2009\u202f"
_SIMPLE_FRACTION = r"[1-9]/(?:[234568]|10)(?![\d/])"
# "3/4" alone is a date as easily as a fraction: what follows tells.
_FRACTION_OF = r"(?=[\s-]+(?:of\s+(?:an?|the|all)|miles?|inch|inches|foot|feet|cup|pound|ton|acre|hour|kilomet|met)\b|[\s-]mile)"
# Digits that name, date or address something: masked before numbers are looked for.
_NO_NUMBERS = re.compile(
    r"(?<!\d)(?=\d)(?:"
    r"(?:19|20)\d\d[-–/](?:(?:19|20)\d\d|\d\d)\b(?![-–.\d%])(?!\s+(?:people|votes))"
    r"|\d{4}-\d\d-\d\d\S*|\d{1,15}(?:[-–.]\d{1,15}){2,}|\d{1,2}:\d\d(?::\d\d)?"
    rf"|(?<!\d\s)(?<!/)(?!{_SIMPLE_FRACTION}{_FRACTION_OF})\d{{1,15}}/\d{{1,15}}(?:/\d{{1,15}})?)"
)
_ADDRESSES = re.compile(r"https?://\S+|www\.\S+|(?<!\S)[^\s@]+@\S+|[@#]\w+")
_SPELLED = (
    rf"(?:half[\s-](?:an?[\s-])?(?:{SCALE_WORD})|an?\s+(?:{SCALE_WORD})|{UNIT_WORD}|(?:{SCALE_WORD})(?=\s+\w))s?\b"
    rf"(?:[\s-]{{1,2}}(?:and[\s-])?(?:{UNIT_WORD}|(?:{SCALE_WORD})s?)\b|[\s-]and[\s-]a[\s-]half\b)*"
)
# No longer than a count of anything: what has more digits is a code.
_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,5}}|\d{{1,2}}(?:,\d\d){{1,5}},\d{{3}}|[1-9]\d{{0,2}}(?:[{_SPACE}]\d{{3}}){{1,5}}|\d{{1,15}})(?:\.\d{{1,15}})?"
_SCALE = rf"(?:[”\"]?[\s-]{{0,2}}(?:{SCALE_WORD})s?(?:\s(?:thousand|million|crore)s?)?\b|(?!{METRES_FOLLOW})(?:k|m|mn|mln|b|bn|bln|tn|trn)\b|\s(?:bn|bln|mn|mln|tn|trn|cr)\b)"
# A digit that hangs on a letter, another number or a slash names something ("MH17", "9/11", "7:30"), but
# for a currency before it ("Rs50") and a unit behind it ("120mph").
_FREE = r"(?:(?<![\w.,/:#’'])|(?<=\bRs)|(?<=\bRs\.)|(?<=\b(?-i:R))|(?<=\b(?-i:RM))|(?<=\b(?-i:USD|EUR|GBP|INR|AUD|CAD|HKD|SGD|ZAR|NZD|CHF|RMB|KSh)))"
_HANGS = r"(?![\w:]|/\d|,\d{3}|\.\d)"
_VAGUE = "|".join(word.replace(" ", r"\s+") for word in sorted(VAGUE, key=len, reverse=True))
_COUNT = rf"(?:{UNIT_WORD}|an?|\d{{1,2}})"
# Parts of a whole: "one in five", "two-thirds", "half of".
_SHARES = (
    rf"(?<![\w.,/-])(?P<in_of>{UNIT_WORD}|\d{{1,2}})\s(?:in|out\sof)\s(?:every\s)?(?P<in_all>{UNIT_WORD}|\d{{1,3}}|1,?000)"
    r"(?![\w.,:/-]*\d|[\s-](?:years?|months?|weeks?|days?|hours?|minutes?|million|thousand|hundred|people)\b|\w)"
    rf"|(?<![\w.,/-])(?P<parts>{_COUNT})(?P<gap>[\s-])(?P<part>{PART_WORD})\b(?P<of_a>[\s-]of[\s-]an?[\s-](?:{SCALE_WORD})\b)?"
    r"|(?<![\w-])(?P<half>half)\s(?:of\b|(?=(?:the|its|their|his|her|our|all|those|these)\b))"
)
_OTHERS = (
    rf"\b(?P<few>{FEW})\s+(?P<fewof>{SCALE_WORD})(?!s?\sof\s(?:thousand|million|billion))s?\b"
    rf"|\b(?P<vague>{_VAGUE})\b"
    rf"|(?<![\w.,/])(?:(?P<whole>\d{{1,15}})[\s-]?)?(?:(?P<sign>[{SIGNS}])|(?<![\d/])(?P<slash>{_SIMPLE_FRACTION}))(?P<scale3>{_SCALE})?(?!\d)"
    rf"|{_FREE}(?P<digits>{_NUMBER})(?:(?P<scale>{_SCALE})|(?={TOUCHING})|{_HANGS})"
    rf"|(?<![\w-])(?P<spelled>{_SPELLED})(?!\w)"
)
# Numbers begin where words do, or behind the letters of a currency: looking there alone is five times as fast.
_BEGINS = r"(?:(?<!\w)|(?<=[sSRMDPYFBh.])(?=\d))"
# The first letters of all words that begin a number; a test holds them to the words.
_FIRST = rf"(?=[\d{SIGNS}]|one|tw|thr|thi|tho|fou|fort|fif|fiv|six|sev|eig|nin|ten|ele|zer|hun|lak|lac|mil|cro|bil|tri|doz|sco|hal|man|few|an?[\s-](?:few|cou|hand|hun|thou|lak|lac|mil|cro|bil|tri|doz|hal|thi|qua|fou|fif|six|sev|eig|nin|ten))"
_NUMERAL = re.compile(f"{_BEGINS}{_FIRST}(?:{_SHARES}|{_OTHERS})", re.IGNORECASE)
_NO_SHARE = re.compile(_OTHERS, re.IGNORECASE)
_ANY_DIGIT = re.compile(r"\d")
# What goes before "half" where it is no part of a whole.
_HALF_OF_GAME = re.compile(
    r"\b(?:first|second|latter|other|better|final|opening|in|and\sa)\s$", re.IGNORECASE
)
# "On May 5 200 people": the 5 is a day's, not a thousand's.
_OWN_NUMBER_BEFORE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s$|\b(?:no|page|chapter|room|flight|route|channel|aged?)\.?\s$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at `text[start:end]`, anything from `low` to `high` when the word is vague.

    `step` is the worth of its last written digit that is not a trailing zero: 1e6 for "6 million", 1e4 for
    "6.02 million", 100 for "300"; of ten and more of a scale it is a tenth at most. `scale` is what the
    scale words are worth, 1 without them. `share` says that it is a part of a whole, given in hundredths:
    20 for "one in five".
    """

    start: int
    end: int
    low: float
    high: float
    step: float
    digits: bool
    scale: float = 1.0
    share: bool = False

    @property
    def scaled(self) -> bool:
        """Whether a scale word was written, or a vague one that has its own."""
        return self.scale != 1


def numerals(text: str) -> Iterator[Numeral]:
    """The numbers of a text, in order, whatever they may mean."""
    masked = _masked(text) if _ANY_DIGIT.search(text) else text
    at = 0
    while found := _NUMERAL.search(masked, at):
        number = _share(masked, found)
        if number is None:
            plain = _NO_SHARE.match(masked, found.start())
            number = _number(masked, plain) if plain else None
            at = number.end if number else plain.end() if plain else found.start() + 1
        else:
            at = number.end
        if number is not None:
            yield number


def _masked(text: str) -> str:
    """The text with what its digits only name or date made unreadable, as long as it was."""
    if "@" in text or "#" in text or "://" in text or "www." in text:
        text = _ADDRESSES.sub(_blank, text)
    return _NO_NUMBERS.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    return "_" * len(found.group())


def _number(text: str, found: re.Match[str]) -> Numeral | None:
    if found["digits"]:
        return _written(text, found)
    if found["spelled"]:
        return _spelled(found)
    if found["sign"] or found["slash"]:
        return _fractional(text, found)
    word = " ".join((found["vague"] or "").lower().split())
    low, high = VAGUE[word] if word else few(found["few"], found["fewof"])
    return Numeral(found.start(), found.end(), low, high, low, digits=False, scale=low)


def _written(text: str, found: re.Match[str]) -> Numeral | None:
    start, end, written = found.start("digits"), found.end(), found["digits"]
    scale_word = found["scale"]
    if any(space in written for space in _SPACE) and _OWN_NUMBER_BEFORE.search(
        text[max(0, start - 20) : start]
    ):
        written, scale_word = re.split(f"[{_SPACE}]", written)[0], None
        end = start + len(written)
    if text[start - 1 : start] == "R" and not _is_rand(written, scale_word):
        return None
    plain = re.sub(f"[,{_SPACE}]", "", written)
    if scale_word and _is_name(text, found):
        return None
    scale = _scale(scale_word)
    step = last_digit_worth(plain)
    if scale > 1:
        step = min(step, max(1.0, float(plain) / 10))
    return Numeral(
        start,
        end,
        float(plain) * scale,
        float(plain) * scale,
        step * scale,
        digits=True,
        scale=scale,
    )


def _is_rand(written: str, scale_word: str | None) -> bool:
    """Whether "R250" is money: "R2" is a name as often."""
    return bool(scale_word) or len(written) > 2


def _is_name(text: str, found: re.Match[str]) -> bool:
    """Whether a capital that touches the number is no scale: "3M", "4K", but for "$3M" and "3M people"."""
    scale = found["scale"]
    return (
        scale in {"K", "M", "B"}
        and not MONEY_SIGN.search(text, max(0, found.start("digits") - 4), found.start("digits"))
        and not re.match(
            r"\s(?:[a-z-]+\s)?(?:[a-z-]+s|people|men|women)\b", text[found.end() : found.end() + 40]
        )
    )


def _scale(words: str | None) -> float:
    worth = 1.0
    for word in letters(words or ""):
        worth *= SCALES[word if word in SCALES else word.removesuffix("s")]
    return worth


def _fractional(text: str, found: re.Match[str]) -> Numeral:
    part = fraction(found["sign"] or found["slash"])
    scale = _scale(found["scale3"])
    if not found["whole"] and scale == 1 and text.startswith(" of ", found.end()):
        return _hundredths(found.start(), found.end(), 100 * part)
    value = (float(found["whole"] or 0) + part) * scale
    return Numeral(found.start(), found.end(), value, value, 0.1 * scale, digits=True, scale=scale)


def _share(text: str, found: re.Match[str]) -> Numeral | None:
    """A part of a whole, in hundredths; of a million ("a quarter of a million") it is a number."""
    if found["half"]:
        if _HALF_OF_GAME.search(text, max(0, found.start() - 10), found.start()):
            return None
        return _hundredths(found.start(), found.start() + 4, 50)
    if found["in_of"]:
        these, all_of = small_number(found["in_of"]), small_number(found["in_all"].replace(",", ""))
        if these is None or all_of is None or not 0 < these < all_of <= MOST_IN:
            return None
        return _hundredths(found.start(), found.end(), 100 * these / all_of)
    return _parts(text, found) if found["parts"] else None


def _hundredths(start: int, end: int, value: float) -> Numeral:
    step = min(SHARE_STEP, value / 5)
    return Numeral(start, end, value, value, step, digits=False, share=True)


def _parts(text: str, found: re.Match[str]) -> Numeral | None:
    """The part that is "two-thirds", "a third of", "a quarter of a million"; "three quarters" alone may be nine months."""
    written, part = found["parts"].lower(), found["part"].lower()
    count = 1.0 if written in {"a", "an"} else small_number(written)
    each = part_of_whole("half" if part == "halves" else part)
    if text.endswith("and ", 0, found.start()):
        return None  # "an hour and a half of it"
    if count is None or not 0 < count * each < 1 or (count > 1) != part.endswith("s"):
        return None
    if found["of_a"]:
        value, worth = count * each, SCALES[letters(found["of_a"])[-1]]
        return Numeral(
            found.start(), found.end(), value * worth, value * worth, worth / 10, digits=False, scale=worth
        )  # fmt: skip
    followed = re.match(
        r"[\s-]of\b(?!\s(?:growth|decline|losses|profit|\d))",
        text[found.end("part") : found.end("part") + 12],
    )
    if not followed and (written in {"a", "an"} or (part[0] in "qh" and found["gap"] != "-")):
        return None
    return _hundredths(found.start(), found.end("part"), 100 * count * each)


def _spelled(found: re.Match[str]) -> Numeral | None:
    words = [w if w in SCALES else w.removesuffix("s") if w[:-1] in SCALES else w for w in letters(found["spelled"])]  # fmt: skip
    value = spelled_value(words)
    if value is None:
        return None
    scale = next(
        (SCALES[w] for w in reversed(words) if w in SCALES), 0.5 if "half" in words else 1.0
    )
    if words[0] == "half":
        step = 0.1 * SCALES[words[-1]]
    elif words[-1] not in SCALES and "half" not in words:
        step = last_digit_worth(str(int(value)))
    elif words[-1] == "dozen":
        step = DOZEN_STEP
    else:
        step = min((SCALES[w] for w in words if w in SCALES), default=0.5)
    return Numeral(found.start(), found.end(), value, value, step, digits=False, scale=scale)
