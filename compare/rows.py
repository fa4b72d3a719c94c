"""What rows mean that people write or other programs export.

`article_values` are those of an article, or the question that a person has to answer first: a key that is
nearly one, a date that may be two. `compare.row_files` reads the files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from difflib import get_close_matches
from typing import Any

from compare.datamodel import Article, Completeness
from compare.times import moment

# As spreadsheets and other programs call what an article's row has; the key is what is read.
_CALLED = {
    "published": "date pubdate pub_date publish_date published_at published_date publication_date date_published datepublished",
    "title": "headline heading",
    "text": "body content fulltext full_text article_text articlebody maintext",
    "outlet": "publication_title container_title media_name source publisher publication newspaper site",
    "url": "link href address",
    "authors": "author byline",
    "language": "lang",
    "id": "article_id stories_id uid key",
}
# What may be called so beside: asked about where the key is missing, and never taken for it.
_PERHAPS = {
    "published": "time timestamp datetime date_time posted posted_at posted_on created created_at created_on issued pub_time "
    "publish_time published_time published_date_time date_created first_published",
    "text": "html text_html body_html content_html article_html raw_text plain_text story transcript",
    "title": "header name",
    "outlet": "media paper domain news_site news_outlet news_source source_name outlet_name medium brand",
    "url": "uri permalink web_url page_url article_url source_url",
    "authors": "writer writers creator creators journalist reporter by",
    "language": "locale language_code",
    "id": "uuid guid _id doc_id document_id row_id",
}
_MEANT = {
    name: key
    for names_of in (_PERHAPS, _CALLED)
    for key, names in names_of.items()
    for name in names.split()
}
_KEYS = [field.name for field in fields(Article)]
_ALIKE = 0.85  # of difflib: "titel", "publised"; by eye
_MISSED = 0.7  # where a key that must be there is missing, and this one stands for nothing else
_TEXTS = ("id", "outlet", "title", "text")
_NUMBERED = ("id", "outlet")  # what may be a number: 17, or a paper named 1843
_LISTS = ("authors", "credits")
_TIMES = ("published", "modified")
_KINDS = (
    (bool, "true or false"),
    (int | float, "a number"),
    (str, "text"),
    (list, "a list"),
    (dict, "an object"),
)
# Names of languages where a code belongs; as the registry of codes spells them, with their own names.
_LANGUAGES = {
    name: code
    for code, names in {
        "en": "english eng", "de": "german deutsch deu ger", "fr": "french français francais fra fre",
        "es": "spanish español espanol spa", "it": "italian italiano ita", "pt": "portuguese português por",
        "nl": "dutch nederlands nld dut", "ru": "russian rus", "ar": "arabic ara", "zh": "chinese zho chi",
        "ja": "japanese jpn", "ko": "korean kor", "hi": "hindi hin", "tr": "turkish tur", "pl": "polish pol",
        "sv": "swedish swe", "uk": "ukrainian ukr",
    }.items()
    for name in names.split()
}  # fmt: skip
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{1,8}){0,4}", re.IGNORECASE)
_TAGS = re.compile(
    r"</?(?:p|div|br|h[1-6]|article|section|ul|li|body|html)\b[^<>]{0,300}>", re.IGNORECASE
)
_OURS = (
    "provenance"  # only rows that were read from pages here have it: nobody writes these by hand
)
_MANY_TAGS = 3  # of blocks, in a text: one may be spoken of, three are its markup
_NUMBER = re.compile(r"\d{9,13}(?:\.\d{1,6})?")
_YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})(?!\d)")
_DAY_OR_MONTH = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:\D.{0,30})?")


class NotReadError(Exception):
    """What keeps a row from being used, in words that follow "line 3 "."""


def _lists(given: Mapping[str, str]) -> dict[str, list[str]]:
    """Cells that hold several names, parted by semicolons."""
    return {k: [n.strip() for n in given[k].split(";") if n.strip()] for k in _LISTS if k in given}


def article_values(row: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an article's row that are given; a number as id or outlet is its name.

    Raises NotReadError for a key that is nearly one that is missing, and for a time that cannot be read.
    """
    given = {k: v for k, v in row.items() if v is not None and not (v == "" and k not in _TEXTS)}
    for key in [k for k in given if k not in _KEYS and k.strip().casefold() in _KEYS]:
        given.setdefault(key.strip().casefold(), given.pop(key))
    for key in given:
        if key not in _KEYS and (meant := near(key)) and meant not in given:
            raise NotReadError(f"has \u201c{key}\u201d, which is not read: did you mean {meant}?")
    for key in _NUMBERED:
        if isinstance(given.get(key), int | float) and not isinstance(given[key], bool):
            given[key] = str(given[key])
    _check_kinds(given)
    for key in _TIMES:
        if isinstance(written := given.get(key), str) and moment(written) is None:
            raise NotReadError(f"has \u201c{written[:40]}\u201d for {key}{_asked(written)}")
    for key in () if _OURS in given else [key for key in _NUMBERED if key in given]:
        given[key] = given[key].strip()
        if not given[key]:
            raise NotReadError(f"has an empty {key}")
    given |= _lists({k: v for k, v in given.items() if isinstance(v, str)})
    return given | _coded(given)


def check_complete(given: Mapping[str, Any]) -> None:
    """Raises NotReadError, with what is there instead, where a row lacks what every article's row has."""
    if missing := [key for key in _TEXTS if key not in given]:
        others = [key for key in given if key not in _KEYS]
        like = [m for key in missing for m in get_close_matches(key, others, n=1, cutoff=_MISSED)]
        has = ", ".join(map(str, given))[:200] or "nothing"
        meant = f": is it “{like[0]}”?" if like else f"; it has {has}"
        raise NotReadError(f"has no {', no '.join(missing)}{meant}")


def _check_kinds(given: Mapping[str, Any]) -> None:
    """Raises NotReadError for a value that is no text where text belongs, or that is markup."""
    for key in (*_TEXTS, *_TIMES, "url", "language", "completeness"):
        value = given.get(key, "")
        if not isinstance(value, str):
            kind = next((name for known, name in _KINDS if isinstance(value, known)), "a value")
            raise NotReadError(f"has {kind} for {key}, where text belongs{_instant(key, value)}")
    if _OURS not in given and len(_TAGS.findall(given.get("text", ""))) >= _MANY_TAGS:
        raise NotReadError(
            "has HTML for text: take the tags out, or save it as a page (NAME.html) and read that with "
            "`parallax extract`"
        )


def _instant(key: str, value: object) -> str:
    """The time that a number of seconds or milliseconds since 1970 is, for whoever writes it instead."""
    if key not in _TIMES or not isinstance(value, int | float) or isinstance(value, bool):
        return ""
    seconds = value / 1000 if value > 1e11 else value
    if not 0 < seconds < 1e10:
        return ""
    return f": write {datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _coded(given: Mapping[str, Any]) -> dict[str, str]:
    """Language and completeness by their codes. Raises NotReadError for a word that means none."""
    found = {}
    if written := given.get("language", "").strip():
        found["language"] = _LANGUAGES.get(written.casefold(), written)
        if _OURS not in given and not _CODE.fullmatch(found["language"]):
            raise NotReadError(
                f"has \u201c{written[:40]}\u201d for language: write a code, such as en"
            )
    if written := given.get("completeness", "").strip():
        found["completeness"] = written.casefold().replace("_", " ")
        if found["completeness"] not in set(Completeness):
            known = ", ".join(Completeness)
            raise NotReadError(
                f"has \u201c{written[:40]}\u201d for completeness: write one of {known}"
            )
    return found


def keyed(row: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """A row by the keys of an article: those of `columns` (key to column), then usual names.

    Of several columns that are usual names of one key, the most usual one counts.
    """
    named = set(columns.values())
    found = {k: v for k, v in row.items() if k not in named}
    for key in [k for k in found if k not in _KEYS and k.strip().casefold() in _KEYS]:
        found.setdefault(key.strip().casefold(), found.pop(key))
    plain = {_plain(k): k for k in reversed(found)}
    for key, names in usual_names().items():
        column = next((plain[n] for n in names if n in plain), None)
        if key not in found and key not in columns and column is not None:
            found[key] = found.pop(column)
    found = {k: v for k, v in found.items() if k not in columns}
    found |= {key: row[column] for key, column in columns.items() if column in row}
    return found | _lists({k: v for k, v in found.items() if isinstance(v, str)})


def usual_names() -> dict[str, tuple[str, ...]]:
    """What columns are usually called, by the key that they mean, the most usual first."""
    return {key: tuple(names.split()) for key, names in _CALLED.items()}


def _plain(key: str) -> str:
    return re.sub(r"[\W_]{1,20}", "_", key.strip().casefold())


def near(key: str) -> str | None:
    """The key of an article's row that another one is nearly, or that it is another word for."""
    plain = _plain(key)
    if plain in _MEANT:
        return _MEANT[plain]
    return next(iter(get_close_matches(plain, _KEYS, n=1, cutoff=_ALIKE)), None)


def _asked(written: str) -> str:
    """What to write for a time that cannot be read."""
    if found := _DAY_OR_MONTH.fullmatch(written.strip()):
        one, other, year = map(int, found.groups())
        days = [d for m, n in ((other, one), (one, other)) if (d := _day(year, m, n)) is not None]
        if len(set(days)) == 2:
            meant = " or ".join(f"{d.day} {d:%B} ({d})" for d in days)
            return f": which day is it? Write {meant}."
        if days:
            return f": write {days[0]}."
    if found := _NUMBER.fullmatch(written.strip()):
        return (
            f"{_instant('published', float(found[0])) or ', which is no time: write 2025-05-12'}."
        )
    found = _YEAR_FIRST.match(written.strip())
    day = _day(*map(int, found.groups())) if found else None
    if day is not None and moment(f"{day}") is not None:
        return f": write {day}, or {day}T14:30+01:00 with the time."
    return ", which is no time: write 2025-05-12 or 2025-05-12T14:30+01:00."


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
