"""Money and measures: what stands before or behind a number and says what it is a number of."""

from __future__ import annotations

import re

_MONEY = {"$": "$", "us$": "$", "c$": "C$", "a$": "A$", "£": "£", "€": "€", "¥": "¥"}
MONEY_BEFORE = re.compile(r"(?:US|C|A)?\$\s?$|[£€¥]\s?$", re.IGNORECASE)
_MONEY_WORDS = {
    "dollar": "$",
    "dollars": "$",
    "pound sterling": "£",
    "pounds sterling": "£",
    "euro": "€",
    "euros": "€",
    "ruble": "rubles",
    "rubles": "rubles",
    "roubles": "rubles",
    "yen": "¥",
    "yuan": "yuan",
}
_DAY, _METRE, _KILO = "days", "metres", "kilograms"
MEASURES: dict[str, tuple[str, float]] = {
    "second": (_DAY, 1 / 86400),
    "minute": (_DAY, 1 / 1440),
    "hour": (_DAY, 1 / 24),
    "day": (_DAY, 1.0),
    "week": (_DAY, 7.0),
    "month": (_DAY, 30.44),
    "year": (_DAY, 365.25),
    "decade": (_DAY, 3652.5),
    "century": (_DAY, 36525.0),
    "centuries": (_DAY, 36525.0),
    "mile": (_METRE, 1609.34),
    "kilometer": (_METRE, 1000.0),
    "kilometre": (_METRE, 1000.0),
    "km": (_METRE, 1000.0),
    "meter": (_METRE, 1.0),
    "metre": (_METRE, 1.0),
    "foot": (_METRE, 0.3048),
    "feet": (_METRE, 0.3048),
    "inch": (_METRE, 0.0254),
    "inches": (_METRE, 0.0254),
    "yard": (_METRE, 0.9144),
    "ton": (_KILO, 907.2),
    "tonne": (_KILO, 1000.0),
    "metric ton": (_KILO, 1000.0),
    "kilogram": (_KILO, 1.0),
    "kilo": (_KILO, 1.0),
    "kg": (_KILO, 1.0),
    "acre": ("hectares", 0.4047),
    "hectare": ("hectares", 1.0),
    "degree": ("degrees", 1.0),
    "mph": ("mph", 1.0),
    "percent": ("%", 1.0),
    "per cent": ("%", 1.0),
    "percentage point": ("points", 1.0),
    "barrel": ("barrels", 1.0),
    "gallon": ("gallons", 1.0),
    "megawatt": ("megawatts", 1.0),
}
MEASURE_AFTER = re.compile(
    r"[\s-]*(?P<sign>%)|(?:[\s-]+|\s+of\s+(?=hour|day|week|month|year|mile|minute))(?P<word>"
    + "|".join(sorted((re.escape(word) for word in MEASURES), key=len, reverse=True))
    + r")s?\b|\s+(?P<money>"
    + "|".join(sorted(_MONEY_WORDS, key=len, reverse=True))
    + r")\b",
    re.IGNORECASE,
)


def money_before(text: str, start: int) -> str:
    """The currency written right before `start`, or ""."""
    sign = MONEY_BEFORE.search(text[max(0, start - 4) : start])
    return _MONEY.get(sign.group().strip().lower(), "$") if sign else ""


def measure_of(measure: re.Match[str]) -> tuple[str, float]:
    """The unit that a match of `MEASURE_AFTER` names, and how many base units one of it is."""
    if measure["sign"]:
        return "%", 1.0
    if measure["money"]:
        return _MONEY_WORDS[measure["money"].lower()], 1.0
    return MEASURES[measure["word"].lower()]
