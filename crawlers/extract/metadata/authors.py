"""Who signs an article: names from JSON-LD, meta tags or the byline, and the agencies credited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from crawlers.extract.metadata.page_metadata import PageMetadata, Source, Stated, values
from crawlers.extract.metadata.plain_text import plain

_ADDRESS = re.compile(r"https?://|www\.|^/|@[\w-]+\.\w|^@")
_LEAD_IN = re.compile(
    r"^\W*(?:(?:written|words|story|text|posted|reported|kommentar|ein kommentar|analyse|interview)\s+)?"
    r"(?:by|von|par|por|di|door|av|af|od|przez|text|autor(?:in|en|es)?|author|escrito por|scritto da)\s*:?\s+",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s?(?:[;|•·\n]|,(?!\s*(?:jr|sr|ii+|md|phd)\b)(?:\s*(?:and|und|&)\s)?|\s(?:and|und|og|och|et|y|&|oraz|ja|en|with)\s)\s*",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s?[(\[][^()\[\]]{0,60}[)\]]")
_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_AFTER_NAME = re.compile(
    r"\s(?:기자|in\s[A-Z].{0,120}|on\s[A-Z][a-z]{2,8}\.?\s\d.{0,120}|[Ss]pecial (?:to|for)\s.{0,120}|[-–—]?\s?(?:[Uu]pdated?|[Pp]ublished|[Pp]osted)\b.{0,120}|for\s(?:the\s)?[A-Z][\w.].{0,120}|updated?\b.{0,120}|\d{1,2}[:.]\d\d.{0,120}|\d{1,2}\s\w{1,12}\s20\d\d.{0,120})$"
)
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:author|byline|autor(?:e|en|in)?|creator)(?:$|[\s_-]?(?:name|link|s|names|text)?(?:$|\s))"
)
# What stands beside a name and is none: "Email the author", "Follow", "More by".
_SERVICE = re.compile(
    r"\W{0,5}(?:e-?mail|mail|follow|contact|tweet|message|write to|send|view|see|read|more|all (?:posts|stories|articles)|subscribe|share|connect|bio\b|profile|get alerts|about the author|x\.com|comments?\b|facebook|twitter|instagram|linkedin)\b",
    re.IGNORECASE,
)
_SERVICE_BEHIND = re.compile(
    r"\s(?:e-?mail|follow|contact|message|view|see|read) (?:the |this |me|him|her|more|all|author|profile|bio|on |@).{0,80}$|\s(?:follow|e-?mail|tweet)$",
    re.IGNORECASE,
)
# Parts of a byline that name nobody: a day, a time to read it in, a count of comments.
_NO_NAME = re.compile(
    r"\d.{0,3}\bmin|\bmin(?:ute)?s? read\b|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s\d{1,2}$|^\d{1,2}\.?\s[^\W\d_]{3,10}(?:\s20\d\d)?$|^(?:published|updated|posted|comments?)\b|^(?:19|20)\d\d\b",
    re.IGNORECASE,
)
# What somebody is, behind the name.
_ROLE = re.compile(
    r"\A(?:[^\W\d_]{1,20}[ -]){0,3}(?:editor|reporter(?:in)?|correspondent|contributor|writer|columnist|journalist(?:in)?|producer|photographer|redakteur(?:in)?|korrespondent(?:in)?)",
    re.IGNORECASE,
)
_NEW_LINE = frozenset({"br", "div", "p", "li"})
_MOST_WORDS = 7  # of a name; more are a sentence about somebody
MAX_NAME = 60
MAX_AUTHORS = 25


def authors_of(root: HtmlElement, metadata: PageMetadata) -> Stated[tuple[str, ...]] | None:
    """The names of the authors in page order, and where they were read; None where none is found."""
    stated = [raw for one in metadata.authors if one.source is Source.JSON_LD for raw in one.value]
    sources: tuple[tuple[Source, Iterable[str]], ...] = (
        (Source.JSON_LD, stated),
        (Source.META, _from_meta(metadata)),
        (Source.BYLINE, _from_byline(root)),
    )
    for source, raw in sources:
        names = unique(name for text in raw for name in names_in(text))
        if names:
            return Stated(names[:MAX_AUTHORS], source)
    return None


def _from_meta(metadata: PageMetadata) -> list[str]:
    """The meta author; an entry that only names the site gives way to one that names a person."""
    sites = {s.casefold() for s in values(metadata.site_names, Source.OPEN_GRAPH)}
    groups = [
        [text for text in group if not _ADDRESS.search(text)]
        for group in values(metadata.authors, Source.META)
    ]
    for named in groups:
        if people := [t for t in named if plain(t).casefold() not in sites]:
            return people
    return [text for named in groups for text in named]


def _from_byline(root: HtmlElement) -> Iterator[str]:
    for element in root.iter(
        "a", "span", "div", "p", "address", "li", "strong", "h2", "h3", "h4", "h5"
    ):
        given = dict(element.items())
        if not given or not _is_byline(given):
            continue
        text = plain("\n".join(_lines_of(element))).strip(" |")
        if 2 < len(text) <= 2 * MAX_NAME and not _ADDRESS.search(text):
            yield text
            return


def _lines_of(byline: HtmlElement) -> Iterator[str]:
    """The texts of a byline, less what a link or button beside the names offers."""
    for element in byline.iter():
        own = (element.text or "").strip() if isinstance(element.tag, str) else ""
        if element is not byline and element.tag in _NEW_LINE:
            yield "|"
        if own and not (element is not byline and _SERVICE.match(own)):
            yield own
        if element is not byline and (tail := (element.tail or "").strip()):
            yield tail


def _is_byline(given: dict[str, str]) -> bool:
    if "rel" in given and "author" in given["rel"].lower().split():
        return True
    marked = f"{given.get('class', '')} {given.get('itemprop', '')} {given.get('id', '')}"
    return marked != "  " and _BYLINE.search(marked.lower()) is not None


def names_in(text: str) -> Iterator[str]:
    """The names in a byline: "By Ann Lee and Bo Chan" gives both."""
    text = plain(text)
    if _ADDRESS.match(text):
        return
    text = _EMAIL.sub("", text)
    text = _BRACKETED.sub("", text)
    text = _LEAD_IN.sub("", text)
    names = [name for part in _SPLIT.split(text) if (name := _name_in(part))]
    people = [name for name in names if not _ROLE.fullmatch(name)]
    yield from people or names


def _name_in(part: str) -> str | None:
    """The name in one part of a byline, without what stands around it; None where it holds none."""
    name = _SERVICE_BEHIND.sub("", _AFTER_NAME.sub("", _LEAD_IN.sub("", f"{part} ").rstrip()))
    name = name.strip(" ,;:-–—/")
    if (
        not name
        or len(name) > MAX_NAME
        or len(name.split()) > _MOST_WORDS
        or not any(c.isalpha() for c in name)
    ):
        return None
    return None if _ADDRESS.search(name) or _NO_NAME.search(name) else name


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """The names in order, the first spelling of each."""
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(name.casefold(), name)
    return tuple(seen.values())
