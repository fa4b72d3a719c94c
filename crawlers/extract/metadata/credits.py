"""The agencies that a page itself credits with its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compare.agencies import AGENCIES, signature
from crawlers.extract.body.blocks import Block
from crawlers.extract.metadata.page_metadata import PageMetadata, Source, values

_AGENCIES = [(signature(agency), agency.credit) for agency in AGENCIES]
# One of these is in any line that an agency's expression finds something in.
_FIRST_WORDS = sorted({form.lower().split()[0] for a in AGENCIES for form in (*a.forms, *a.signed)})
_UNNAMED = re.compile(
    r"\b(?:with|mit|avec|con|com|und|and|from)\s+(?:wire |news )?(?:agenc(?:y|ies)|agenturen|agences|agencias|agências|wires?)\b|\bagencies\b|\bwire (?:reports|services)\b",
    re.IGNORECASE,
)
# "CARACAS (Reuters) - ", "MOSCOW, March 24 (TASS). ", "WASHINGTON (AP) —"
_DATELINE = re.compile(r"^[^()\n]{0,80}?[A-ZÀ-Ý][^()\n]{0,60}\(([^()\n]{2,40})\)\s*(?:[-–—:.]|--)")
_CREDIT_LINE = re.compile(
    r"^\W*(?:(?:source|sources|quelle|fuente|fonte|via|by|von|with|story by|copyright|©|\(c\)|additional reporting by|reporting by"
    r"|with (?:additional )?(?:reporting|files|material|information) (?:from|by)|includes? (?:reporting|material) (?:from|by)"
    r"|this (?:article|story|report) (?:was|is|first|originally)\b|(?:first|originally) published (?:by|on|in))\b|—|–|-)",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"\bcontributed to (?:this|the) (?:report|story|article)|\(?reporting by .{0,200}?editing by",
    re.IGNORECASE,
)
# An agency that is not in the list, where a credit line names it: "Source: Meridian Wire".
_OTHER_AGENCY = re.compile(
    r"(?:[Ss]ources?|Quelle|Fuente|Fonte|[Rr]eporting (?:by|from)|[Ff]iles from|[Mm]aterial from|[Rr]eport by|[Vv]ia|[Bb]y)\s{0,3}:?\s{0,3}"
    r"(?P<name>(?:The )?[A-Z][\w.&-]{0,30}(?: [A-Z][\w.&-]{0,30}){0,3} (?:Wire|Newswire|Press|Presse|Agency|Agentur|Agencia|News Service))(?:$|[^\w ])"
)
_PICTURE = re.compile(r"photo|image|foto|bild|picture|video|/", re.IGNORECASE)
_MAX_CREDIT = 240
_NEAR = 6  # blocks after the text that may still sign it


def credits_of(
    metadata: PageMetadata,
    authors: Sequence[str],
    blocks: Sequence[Block],
    kept: Sequence[int],
    outlet: str = "",
) -> tuple[str, ...]:
    """The agencies credited, known ones first; "agencies" where the page names none of them."""
    lines = list(_credit_lines(metadata, authors, blocks, kept))
    named = [name for pattern, name in _AGENCIES if any(pattern.search(line) for line in lines)]
    if "AAP" in named and not any(
        re.search(r"(?<!australian )associated press|\bap\b", x, re.IGNORECASE) for x in lines
    ):
        named = [n for n in named if n != "AP"]
    sites = values(metadata.site_names, Source.OPEN_GRAPH)
    own = {outlet.casefold(), *(name.casefold() for name in sites)}
    for match in filter(None, map(_OTHER_AGENCY.search, lines)):
        name = match["name"]
        if name.casefold() not in own and not any(p.search(name) for p, _ in _AGENCIES):
            named.append(name)
    if not named and any(_UNNAMED.search(line) for line in lines):
        return ("agencies",)
    return tuple(dict.fromkeys(named))


def _credit_lines(
    metadata: PageMetadata, authors: Sequence[str], blocks: Sequence[Block], kept: Sequence[int]
) -> Iterator[str]:
    """The short lines that say whose text this is: never its prose, never a picture's credit."""
    yield from (a for a in authors if len(a) <= _MAX_CREDIT)
    yield from values(metadata.providers)
    texts = [blocks[k].text for k in kept]
    for text in texts[:3]:
        if match := _DATELINE.match(text[:200]):
            yield match.group(1)
    if not kept:
        return
    after = [blocks[k].text for k in range(kept[-1] + 1, min(len(blocks), kept[-1] + 1 + _NEAR))]
    before = [blocks[k].text for k in range(max(0, kept[0] - _NEAR), kept[0])]
    for line in (*texts[:2], *texts[-3:], *after, *before):
        if len(line) > _MAX_CREDIT or _PICTURE.search(line):
            continue
        if _CREDIT_LINE.match(line) or _CONTRIBUTED.search(line) or _is_only_agency(line):
            yield line


def _is_only_agency(line: str) -> bool:
    """Whether a line holds nothing but agencies' names."""
    if len(line) > 60:
        return False
    rest = _UNNAMED.sub("", line)
    lowered = rest.lower()
    if any(word in lowered for word in _FIRST_WORDS):
        for pattern, _ in _AGENCIES:
            rest = pattern.sub("", rest)
    return (
        len(re.sub(r"\b(?:with|and|und|mit|by|staff)\b|[\W_]", "", rest, flags=re.IGNORECASE)) <= 3
    )
