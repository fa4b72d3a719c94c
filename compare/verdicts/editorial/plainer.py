"""What plainer outlets call the person whom a loaded label names: "dictator" here, "president" there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from compare.datamodel import Cue, Mention
from compare.kinds import CueKind
from compare.language.loaded_words import loaded
from compare.verdicts.evidence import Reading

_NAMED = re.compile(
    r"\s{1,4}(?:[A-Z][\w’'.-]{1,40}\s{1,4}){0,2}?(?P<name>[A-Z][\w’'-]{2,40})(?![\w’'-]{0,40}\s{1,4}[A-Z])"
)
_OFFICES = (
    r"(?:vice\s+|prime\s+|former\s+|acting\s+|deputy\s+)?(?:president|minister|leader|senator|representative|congressman|"
    r"congresswoman|governor|mayor|secretary|chancellor|premier|chief|chairman|chairwoman|general|colonel|commander|"
    r"judge|justice|king|queen|prince|ambassador|spokesman|spokeswoman|director|lawmaker|candidate|activist|"
    r"protester|businessman|lawyer|professor|reporter|journalist|doctor)"
)


def with_plainer(mention: Mention, reading: Reading) -> Mention:
    """The mention with, for each label before a name, the office that most other outlets use there."""
    if not mention.cues or mention.article not in reading.article:
        return mention
    text = reading.article[mention.article].read(mention.field)
    cues = tuple(
        replace(c, plainer=_plainer(c, text, mention.outlet, reading)) for c in mention.cues
    )
    return replace(mention, cues=cues)


def _plainer(cue: Cue, text: str, outlet: str, reading: Reading) -> str | None:
    named = _NAMED.match(text, cue.end)
    if cue.kind is not CueKind.EVALUATIVE_LABEL or named is None:
        return None
    called = re.compile(
        rf"\b(?i:(?P<office>{_OFFICES}))\s+(?:[A-Z][\w’'.-]+\s+){{0,2}}?{re.escape(named['name'])}\b"
    )
    votes: Counter[str] = Counter()
    for other, articles in reading.articles_of.items():
        if other != outlet:
            offices = {m["office"].lower() for a in articles for m in called.finditer(a.text)}
            votes.update(office for office in offices if not loaded(office))
    if not votes:
        return None
    most = max(votes.values())
    return min(office for office, count in votes.items() if count == most)
