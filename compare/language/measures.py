"""Money and measures: what stands before or behind a number and says what it is a number of.

Each currency is its own unit, since rates are not known; "$" is read as US dollars, as most of the press
writes them. A ton is a tonne in news, unless the same sentence sets short or metric tons against it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Signs and codes before a sum, in lower case, and their unit. "$" and "US$" are one.
_MONEY = {
    "$": "$", "us$": "$", "usd": "$", "c$": "C$", "ca$": "C$", "cad": "C$", "a$": "A$", "au$": "A$",
    "aud": "A$", "nz$": "NZ$", "nzd": "NZ$", "hk$": "HK$", "hkd": "HK$", "s$": "S$", "sgd": "S$",
    "nt$": "NT$", "j$": "J$", "tt$": "TT$", "z$": "Z$", "r$": "R$", "£": "£", "gbp": "£", "€": "€",
    "eur": "€", "¥": "¥", "jpy": "¥", "rmb": "yuan", "cny": "yuan", "₹": "Rs", "rs": "Rs", "rs.": "Rs",
    "inr": "Rs", "r": "R", "zar": "R", "rm": "RM", "₦": "naira", "₩": "won", "₱": "pesos", "₽": "rubles",
    "₺": "lira", "₪": "shekels", "₴": "hryvnias", "ksh": "KSh", "sh": "KSh", "chf": "CHF",
}  # fmt: skip
_LETTERED = "US|USD|CA|CAD|C|AU|AUD|A|NZ|NZD|HK|HKD|SGD|S|NT|J|TT|Z|R"
MONEY_SIGN = re.compile(
    rf"(?:(?<![\w$])(?:{_LETTERED})?\$|[£€¥₹₦₩₱₽₺₪₴]|(?<!\w)(?:Rs\.?|USD|CAD|AUD|NZD|HKD|SGD|GBP|EUR|JPY|CNY|INR|ZAR|RMB|CHF|KSh|Sh|RM|R(?=$)))\s?$"
)
_MONEY_WORDS = {
    "dollar": "$", "pound sterling": "£", "pounds sterling": "£", "euro": "€", "ruble": "rubles", "rouble": "rubles", "yen": "¥",
    "yuan": "yuan", "renminbi": "yuan", "rupee": "Rs", "rand": "R", "naira": "naira", "ringgit": "RM",
    "shekel": "shekels", "peso": "pesos", "lira": "lira", "franc": "francs", "krona": "kronor",
    "krone": "kroner", "kronor": "kronor", "kroner": "kroner", "dirham": "dirhams", "riyal": "riyals",
    "hryvnia": "hryvnias", "zloty": "zlotys", "baht": "baht", "rupiah": "rupiah", "dinar": "dinars",
    "us dollar": "$", "american dollar": "$", "australian dollar": "A$", "canadian dollar": "C$",
    "new zealand dollar": "NZ$", "hong kong dollar": "HK$", "singapore dollar": "S$", "usd": "$", "eur": "€",
    "gbp": "£", "aud": "A$", "cad": "C$", "inr": "Rs", "zar": "R", "hkd": "HK$", "sgd": "S$", "chf": "CHF",
}  # fmt: skip
# Small coins, in hundredths of the money they belong to.
_COINS = {"cent": "$", "pence": "£", "penny": "£", "p": "£", "c": "$", "¢": "$"}
_DAY, _METRE, _KILO, _AREA = "days", "metres", "kilograms", "hectares"
SHORT_TON = 907.2
MEASURES: dict[str, tuple[str, float]] = {
    "second": (_DAY, 1 / 86400),
    "minute": (_DAY, 1 / 1440),
    "hour": (_DAY, 1 / 24),
    "day": (_DAY, 1.0),
    "week": (_DAY, 7.0),
    "fortnight": (_DAY, 14.0),
    "month": (_DAY, 30.44),
    "year": (_DAY, 365.25),
    "decade": (_DAY, 3652.5),
    "century": (_DAY, 36525.0),
    "centurie": (_DAY, 36525.0),
    "mile": (_METRE, 1609.34),
    "nautical mile": (_METRE, 1852.0),
    "kilometer": (_METRE, 1000.0),
    "kilometre": (_METRE, 1000.0),
    "meter": (_METRE, 1.0),
    "metre": (_METRE, 1.0),
    "centimeter": (_METRE, 0.01),
    "centimetre": (_METRE, 0.01),
    "millimeter": (_METRE, 0.001),
    "millimetre": (_METRE, 0.001),
    "foot": (_METRE, 0.3048),
    "feet": (_METRE, 0.3048),
    "inch": (_METRE, 0.0254),
    "inche": (_METRE, 0.0254),
    "yard": (_METRE, 0.9144),
    "ton": (_KILO, 1000.0),
    "tonne": (_KILO, 1000.0),
    "metric ton": (_KILO, 1000.0),
    "metric tonne": (_KILO, 1000.0),
    "short ton": (_KILO, SHORT_TON),
    "us ton": (_KILO, SHORT_TON),
    "long ton": (_KILO, 1016.0),
    "kilogram": (_KILO, 1.0),
    "kilogramme": (_KILO, 1.0),
    "kilo": (_KILO, 1.0),
    "gram": (_KILO, 0.001),
    "gramme": (_KILO, 0.001),
    "pound": (_KILO, 0.4536),
    "ounce": (_KILO, 0.02835),
    "acre": (_AREA, 0.4047),
    "hectare": (_AREA, 1.0),
    "square mile": (_AREA, 259.0),
    "square kilometer": (_AREA, 100.0),
    "square kilometre": (_AREA, 100.0),
    "square meter": (_AREA, 1e-4),
    "square metre": (_AREA, 1e-4),
    "square foot": (_AREA, 9.29e-6),
    "square feet": (_AREA, 9.29e-6),
    "degree celsius": ("°C", 1.0),
    "degrees celsius": ("°C", 1.0),
    "degrees fahrenheit": ("°F", 1.0),
    "degree fahrenheit": ("°F", 1.0),
    "degree": ("degrees", 1.0),
    "miles per hour": ("km/h", 1.60934),
    "mile per hour": ("km/h", 1.60934),
    "mile an hour": ("km/h", 1.60934),
    "miles an hour": ("km/h", 1.60934),
    "kilometers per hour": ("km/h", 1.0),
    "kilometres per hour": ("km/h", 1.0),
    "kilometers an hour": ("km/h", 1.0),
    "kilometres an hour": ("km/h", 1.0),
    "knot": ("km/h", 1.852),
    "percent": ("%", 1.0),
    "per cent": ("%", 1.0),
    "basis point": ("points", 0.01),
    "percentage point": ("points", 1.0),
    "percentage-point": ("points", 1.0),
    "barrel": ("barrels", 1.0),
    "gallon": ("litres", 3.785),
    "liter": ("litres", 1.0),
    "litre": ("litres", 1.0),
    "kilowatt": ("megawatts", 0.001),
    "megawatt": ("megawatts", 1.0),
    "gigawatt": ("megawatts", 1000.0),
}
# Units in letters, which may touch the number. Lower case where a capital would be another thing.
ABBREVIATED: dict[str, tuple[str, float]] = {
    "mph": ("km/h", 1.60934),
    "km/h": ("km/h", 1.0),
    "kmh": ("km/h", 1.0),
    "kph": ("km/h", 1.0),
    "kmph": ("km/h", 1.0),
    "mm": (_METRE, 0.001),
    "cm": (_METRE, 0.01),
    "km": (_METRE, 1000.0),
    "kms": (_METRE, 1000.0),
    "ft": (_METRE, 0.3048),
    "kg": (_KILO, 1.0),
    "kgs": (_KILO, 1.0),
    "lb": (_KILO, 0.4536),
    "lbs": (_KILO, 0.4536),
    "oz": (_KILO, 0.02835),
    "sq ft": (_AREA, 9.29e-6),
    "sq km": (_AREA, 100.0),
    "sq m": (_AREA, 1e-4),
    "ha": (_AREA, 1.0),
    "pc": ("%", 1.0),
    "pct": ("%", 1.0),
    "kw": ("megawatts", 0.001),
    "mw": ("megawatts", 1.0),
    "gw": ("megawatts", 1000.0),
    "hr": (_DAY, 1 / 24),
    "hrs": (_DAY, 1 / 24),
    "min": (_DAY, 1 / 1440),
    "mins": (_DAY, 1 / 1440),
    "secs": (_DAY, 1 / 86400),
}
# One letter: only where it touches the number, and as it is written here. "6m" is six million but before
# a word of height or way.
_LETTER = {"C": ("°C", 1.0), "F": ("°F", 1.0), "g": (_KILO, 0.001), "t": (_KILO, 1000.0)}
METRES_FOLLOW = r"m(?=[\s-](?:high|tall|deep|wide|long|away|below|above|sprint|race|hurdles|freestyle|relay|wave|waves|wall|drop|swell|tower|boat|yacht|depth|from|off|apart)\b)"
_SHORT = "|".join(sorted((re.escape(word) for word in ABBREVIATED), key=len, reverse=True))
# What may touch the last digit of a number; for a look-ahead.
TOUCHING = rf"(?:(?:{_SHORT})\b|(?-i:[CFgtpc])\b(?!['’])|{METRES_FOLLOW})"
MEASURE_AFTER = re.compile(
    rf"[\s-]?(?P<metres>{METRES_FOLLOW})"
    rf"|[\s-]{{0,2}}(?P<sign>%|°\s?(?-i:[CF])\b|°|¢)|[\s-]?(?P<short>{_SHORT})\b|(?P<letter>(?-i:[CFgt]))\b"
    r"|(?:[\s-]{1,2}|\s{1,4}of\s{1,4}(?=hour|day|week|month|year|mile|minute))(?P<word>"
    + "|".join(sorted((re.escape(word).replace(r"\ ", r"[\s-]") for word in MEASURES), key=len, reverse=True))
    + r")s?\b|\s(?P<money>"
    + "|".join(sorted((word.replace(" ", r"\s") for word in _MONEY_WORDS), key=len, reverse=True))
    + r")s?\b|\s(?P<coin>cent|pence|penny)s?\b|(?P<coin_letter>(?-i:[pc]))\b",
    re.IGNORECASE,
)  # fmt: skip
_METRIC = re.compile(r"\bmetric\s+tons?\b|\btonnes?\b", re.IGNORECASE)
# From a million pounds on nobody weighs them.
POUNDS_OF_MONEY = 1e6


@dataclass(frozen=True, slots=True)
class Measure:
    """What a number is a number of: `unit` is its base, one `name` is `factor` of them, `end` where it ends."""

    unit: str
    factor: float
    name: str
    end: int


def money_before(text: str, start: int) -> tuple[str, int]:
    """The currency written right before `start` and where it begins; ("", start) where there is none."""
    sign = MONEY_SIGN.search(text, max(0, start - 6), start)
    if sign is None:
        return "", start
    written = sign.group().strip().lower()
    return _MONEY.get(written, "$"), sign.start()


def measure_after(text: str, end: int, value: float) -> Measure | None:
    """The measure or currency right behind a number of so much that ends at `end`."""
    found = MEASURE_AFTER.match(text, end)
    if found is None:
        return None
    unit, factor, name = _named(text, found, value)
    return Measure(unit, factor, name, found.end())


def _named(text: str, found: re.Match[str], value: float) -> tuple[str, float, str]:
    if found["metres"]:
        return _METRE, 1.0, "metre"
    if found["sign"]:
        sign = found["sign"].replace(" ", "")
        return (
            ("$", 0.01, "cent") if sign == "¢" else ("degrees" if sign == "°" else sign, 1.0, sign)
        )
    if found["letter"]:
        return *_LETTER[found["letter"]], found["letter"]
    if found["short"]:
        return *ABBREVIATED[found["short"].lower()], found["short"].lower()
    if found["coin"] or found["coin_letter"]:
        name = (found["coin"] or found["coin_letter"]).lower()
        return _COINS[name], 0.01, name
    if found["money"]:
        name = re.sub(r"\s", " ", found["money"].lower())
        return _MONEY_WORDS[name], 1.0, _MONEY_WORDS[name]
    return _measured(text, re.sub(r"[\s-]", " ", found["word"].lower()), value)


def _measured(text: str, name: str, value: float) -> tuple[str, float, str]:
    if name == "pound" and value >= POUNDS_OF_MONEY:
        return "£", 1.0, "£"
    if name == "ton" and _METRIC.search(text):
        return _KILO, SHORT_TON, "short ton"
    unit, factor = MEASURES.get(name) or MEASURES[name.replace(" ", "-")]
    return unit, factor, name
