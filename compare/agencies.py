"""News agencies: by which names a text, a credit line or a caption means one.

The one list of them: who is credited (crawlers), whose words a text hands on, and which lines are credits
all read it. Names of agencies that are not here are found where a credit line calls itself one ("Meridian Wire").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# A shorter name is one only as a whole word: "Efe", and not the middle of "chefette".
_LONGEST_OF_WHOLE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency: as reports call it, as an article's credits record it, and as others write it.

    `forms` mean it in running text, written so; `signed` mean it only where somebody signs or is
    named alone, in capitals or not: elsewhere "PA" is a state and "TT" a car.
    """

    name: str
    credit: str
    forms: tuple[str, ...]
    signed: tuple[str, ...] = ()


def _agency(name: str, *forms: str, credit: str = "", signed: str = "") -> Agency:
    return Agency(name, credit or name, forms, tuple(filter(None, signed.split(", "))))


AGENCIES = (
    _agency("Reuters", "Thomson Reuters", "Reuters", "REUTERS", signed="Reuters Staff, Reuters News Agency"),
    _agency("Associated Press", "Associated Press", "AP", credit="AP", signed="AP News"),
    _agency("AFP", "Agence France-Presse", "Agence France Presse", "AFP"),
    _agency("Bloomberg", "Bloomberg", signed="Bloomberg News"),
    _agency("PA Media", "PA Media", "PA Wire", credit="PA", signed="Press Association, PA"),
    _agency("dpa", "Deutsche Presse-Agentur", "dpa", "DPA"),
    _agency("APA", "Austria Presse Agentur", signed="APA"),
    _agency("Keystone-SDA", "Keystone-SDA", signed="SDA"),
    _agency("EFE", "EFE", "Agencia EFE"),
    _agency("Europa Press", "Europa Press"),
    _agency("ANSA", "ANSA"),
    _agency("TASS", "TASS"),
    _agency("RIA Novosti", "RIA Novosti"),
    _agency("Sputnik", "Sputnik"),
    _agency("Xinhua", "Xinhua"),
    _agency("Kyodo", "Kyodo", signed="Kyodo News"),
    _agency("PTI", "Press Trust of India", "PTI"),
    _agency("ANI", "Asian News International", signed="ANI"),
    _agency("IANS", "IANS"),
    _agency("AAP", "Australian Associated Press", "AAP"),
    _agency("The Canadian Press", "Canadian Press"),
    _agency("UPI", "United Press International", "UPI"),
    _agency("Anadolu", "Anadolu Agency", "Anadolu", signed="Anadolu Ajansı"),
    _agency("Yonhap", "Yonhap"),
    _agency("CNN Newsource", "CNN Newsource", signed="CNN Wire"),
    _agency("Tribune News Service", "Tribune News Service", signed="TNS"),
    _agency("IPS", "Inter Press Service"),
    _agency("Interfax", "Interfax"),
    _agency("PAP", signed="PAP"),
    _agency("ČTK", "ČTK", signed="CTK"),
    _agency("NTB", "NTB"),
    _agency("Ritzau", "Ritzau"),
    _agency("TT", signed="TT"),
    _agency("Belga", "Belga"),
    _agency("ANP", signed="ANP"),
    _agency("Lusa", signed="Lusa"),
)  # fmt: skip


def written(forms: Iterable[str]) -> str:
    """A regular expression of names, the longer before what they begin with, white space as it comes."""
    ordered = sorted(set(forms), key=lambda form: (-len(form), form))
    return "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in ordered)


def signature(agency: Agency) -> re.Pattern[str]:
    """What an agency signs with, in capitals or not, "the" before it or not."""
    forms = (*agency.forms, *agency.signed)
    short = [form for form in forms if len(form) <= _LONGEST_OF_WHOLE_WORDS]
    long = [form for form in forms if form not in short]
    parts = [f"(?:the )?(?:{written(long)})"] if long else []
    parts += [rf"\b(?:{written(short)})\b"] if short else []
    return re.compile("|".join(parts), re.IGNORECASE)


def _plain(name: str) -> str:
    return name.lower().removeprefix("the ")


# Names in small letters, without "the", to how reports call the agency: where nothing else is said, and
# inside a longer name ("the agency Reuters").
ALONE = {_plain(form): a.name for a in AGENCIES for form in (a.name, *a.forms, *a.signed)}
INSIDE = tuple(dict.fromkeys(_plain(form) for a in AGENCIES for form in a.forms))
# In running text; in credits and captions.
IN_TEXT = written(form for a in AGENCIES for form in a.forms)
IN_CREDITS = written(form for a in AGENCIES for form in (*a.forms, *a.signed))
