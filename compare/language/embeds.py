"""Posts and block quotations that stand in a text without any mark of the page.

A copied or exported article has lost the markup that sets an embedded post or a block quotation
apart; its own words still tell: "— Name (@handle) May 1, 2018", "Skip Twitter post", a picture's
address on pic.twitter.com, or "The Meridian Wire reports:" with a paragraph behind it. So do the names
before the turns of a transcript.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compare.datamodel import Quoted, Span
from compare.text import lines, quotations

_SIGNED = re.compile(
    r"[—–―-]{1,2}\s{0,4}(?P<name>[^—–―\n]{2,60}?)\s{0,4}\((?P<handle>@\w{2,30})\)"
    r"(?:\s{0,4}(?:on\s{1,4})?(?:[A-Z][a-z]{2,8}\.?\s{1,4}\d{1,2},\s{1,4}\d{4}|\d{1,2}\s{1,4}[A-Z][a-z]{2,8}\.?\s{1,4}\d{4}))?(?P<rest>.{0,40})$"
)
_DATED = re.compile(
    r"\(@\w{2,30}\)\s*(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2},\s+\d{4}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?\s+\d{4})"
)
# "Ana Roe (@anaroe): How sad!", "@anaroe: How sad!": who posts stands before the post.
_BEGUN_BY = re.compile(
    r"(?P<name>[A-Z][^()\n:.“”\"]{1,58}\s)?(?:\(@\w{2,30}\)|@\w{2,30})(?:\s(?:wrote|tweeted|posted|replied|on\s[A-Z]\w{1,20}))?:\s+(?=\S)"
)
_HANDLE_END = re.compile(r"(?:\s(?:wrote|tweeted|posted|replied|on\s[A-Z]\w{1,20}))?:\s*$")
_ADDRESS = re.compile(r"pic\.(?:twitter|x)\.com/\w+|https?://t\.co/\w+")
_SKIP = re.compile(
    r"^(?:Skip|Allow)\s+(?:Twitter|X|Facebook|Instagram|TikTok|YouTube)\b.{0,20}$|^Skip\s.*\bpost\b.*$",
    re.IGNORECASE,
)
_END = re.compile(r"^End of\s.*\b(?:post|content|video)\b", re.IGNORECASE)
# A line that hands over to somebody else's words.
_LEAD_IN = re.compile(
    r"\b(?:(?:reports?|reported|writes|wrote|said|says|stated|states|tweeted|posted|replied|responded|added|adds|noted|notes|explained|explains|"
    r"continued|continues|concluded|argued|argues|told\s[^:]{2,40}|statement(?:\s(?:that\s)?(?:read|reads|said|says))?|reads?)"
    r"(?:\s(?:on|in|at|last|this|earlier|later|via|to|from|recently|back|yesterday|today|of|after|shortly|when|as\s+follows)\b[^:]{0,60})?"
    r"|according\s+to\s[^:]{2,60})\s*:$"
)
_NOT_THEIRS = re.compile(
    r"\b(?:below|above|including|such as|these|here(?:’s|'s| is| are)|video|footage|photos?|things|reasons|steps|questions)\b[^:]{0,30}:$",
    re.IGNORECASE,
)
_OPENS = tuple("“\"‘'«„")
_SIGNATURE_ONLY = 3


def unmarked(text: str) -> tuple[Quoted, ...]:
    """The stretches of a text that are posts or block quotations by their own words, in order."""
    some = list(lines(text))
    found = [
        *_posts(text, some),
        *_skipped(text, some),
        *_handed_over(text, some),
        *_turns(text, some),
    ]
    kept: list[Quoted] = []
    for q in sorted(found, key=lambda q: (q.start, -q.end)):
        if not kept or q.start >= kept[-1].end:
            kept.append(q)
    return tuple(kept)


def _posts(text: str, some: Sequence[Span]) -> Iterator[Quoted]:
    for i, line in enumerate(some):
        said = text[line.start : line.end]
        signed = _SIGNED.search(said)
        if signed is not None and (signed.start() > 0 or _DATED.search(said)):
            start = line.start
            if len(said[: signed.start()].split()) < _SIGNATURE_ONLY and i > 0:
                start = some[i - 1].start
            source = f"{signed['name'].strip()} ({signed['handle']})"
            yield Quoted(start=start, end=line.end, kind="embed", source=source)
        elif begun := _BEGUN_BY.match(said):
            yield Quoted(
                start=line.start,
                end=line.end,
                kind="embed",
                source=_HANDLE_END.sub("", begun.group()),
            )
        elif _ADDRESS.search(said) and len(_ADDRESS.sub("", said)) < _LONGEST_POST:
            yield Quoted(start=line.start, end=line.end, kind="embed")


# A post holds this many characters at most; a paragraph that is longer only mentions an address.
_LONGEST_POST = 400


def _skipped(text: str, some: Sequence[Span]) -> Iterator[Quoted]:
    """From "Skip Twitter post by @name" to "End of Twitter post", if it ends."""
    begun: Span | None = None
    for line in some:
        said = text[line.start : line.end]
        if _SKIP.match(said):
            begun = line
        elif begun is not None and _END.match(said):
            name = re.search(r"@\w+", text[begun.start : begun.end])
            yield Quoted(
                start=begun.start, end=line.end, kind="embed", source=name.group() if name else None
            )
            begun = None


# Somebody speaks of themselves; "I" alone, not "World War I".
_FIRST_PERSON = re.compile(
    r"(?<!War\s)\bI(?:[’'](?:m|ve|d|ll))?\b(?!\.)|\b[Mm]y(?:self)?\b|\b[Mm]e\b"
)


def _handed_over(text: str, some: Sequence[Span]) -> Iterator[Quoted]:
    """The paragraphs behind "The Meridian Wire reports:", where they have no marks of their own.

    Behind another colon they are somebody else's where they speak as "I" and the rest of the text does
    not; so are the paragraphs that go on so.
    """
    if not any(text[line.end - 1] == ":" for line in some):
        return
    own = [_in_first_person(text, line) for line in some]
    spoken = [number for number, speaks in enumerate(own) if speaks]
    first, last_spoken = (spoken[0], spoken[-1]) if spoken else (len(some), -1)
    at = 0
    while at + 1 < len(some):
        lead = text[some[at].start : some[at].end]
        at += 1
        if own[at - 1] or not lead.endswith(":") or text[some[at].start] in _OPENS:
            continue
        told = bool(_LEAD_IN.search(lead) and not _NOT_THEIRS.search(lead))
        end = at + told
        while end < len(some) and own[end]:
            end += 1
        if first < at - 1 or last_spoken >= end:
            end = at + told  # the writer is somebody who says "I", too
        if end > at:
            last = some[end - 1]
            yield Quoted(start=some[at].start, end=last.end, kind="blockquote", source=_who(lead))
            at = end


def _in_first_person(text: str, line: Span) -> bool:
    """Whether a line speaks as "I" outside of quotation marks."""
    said = text[line.start : line.end]
    if not _FIRST_PERSON.search(said):
        return False
    quoted = quotations(said)
    found = (m.start() for m in _FIRST_PERSON.finditer(said))
    return any(not any(q.start <= i < q.end for q in quoted) for i in found)


# Who speaks next in a transcript: "ANA ROE:", "ANA ROE, mayor of Lisdale:".
_TURN = re.compile(
    r"(?P<who>[A-Z][A-Z.’'-]{1,20}(?: [A-Z][A-Z.’'-]{1,20}){1,3})(?:, [^:\n]{2,60})?:\s"
)
# So many turns make a transcript; a heading in capitals with a colon behind it comes alone.
_MIN_TURNS = 3


def _turns(text: str, some: Sequence[Span]) -> Iterator[Quoted]:
    """What is spoken in a transcript, turn by turn, from its first to its last."""
    named = [(line, _TURN.match(text, line.start, line.end)) for line in some]
    begun = [(line, who) for line, who in named if who]
    speakers = {who["who"] for _, who in begun}
    if len(begun) < _MIN_TURNS or len(speakers) == len(begun):
        return  # nobody speaks twice: a list, not a conversation
    ends = [line.start for line, _ in begun[1:]] + [len(text)]
    for (line, who), end in zip(begun, ends, strict=True):
        stop = line.start + len(text[line.start : end].rstrip())
        yield Quoted(start=line.start, end=stop, kind="embed", source=who["who"].title())


_CITED = re.compile(r"\baccording\s{1,4}to\s{1,4}(?P<who>[^:,]{2,60}?)\s{0,4}:$")
_WHO = re.compile(
    r"(?:^|[,;]\s{1,4}|\.\s{1,4}|\b(?:and|but|as|then)\s{1,4})(?P<who>(?:[\w’'.&-]{1,40}\s{1,4}){0,6}[\w’'.&-]{1,40})\s{1,4}(?:\w{1,40}ly\s{1,4}|also\s{1,4}|later\s{1,4}|then\s{1,4}|has\s{1,4}|had\s{1,4}){0,8}$"
)


def _who(lead: str) -> str | None:
    """Who is handed over to: what stands before the verb, or behind "according to"."""
    if cited := _CITED.search(lead):
        return cited["who"]
    verb = _LEAD_IN.search(lead)
    found = _WHO.search(lead[: verb.start()]) if verb else None
    return found["who"].strip() if found else None
