"""What an outlet drops of a detail that it carries: the number, the source, the denial.

A part counts as dropped only where two other outlets have it in this detail and the outlet has it
nowhere in what was read of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compare.datamodel import Mention
from compare.kinds import Voice
from compare.language.quantities import Quantity, equal, quantities
from compare.memory import remembered
from compare.verdicts.evidence import Reading

# So many other outlets must have a part before its absence is worth a word.
OTHERS = 2
DENIAL = re.compile(r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)?|disput(?:es?|ed)|dismiss(?:es|ed))\b")


def lacks(outlet: str, mentions: Sequence[Mention], reading: Reading) -> tuple[str, ...]:
    """The parts that an outlet drops, in words for a reader; empty for one that was not read whole."""
    own = " ".join(
        a.read(f) for a in reading.articles_of.get(outlet, []) for f in ("title", "text")
    )
    others = [m for m in mentions if m.outlet != outlet]
    mine = [m for m in mentions if m.outlet == outlet]
    parts = (_numbers(own, others, reading), _source(mine, others), _denial(own, others, reading))
    return tuple(part for some in parts for part in some)


def _numbers(own: str, others: Sequence[Mention], reading: Reading) -> Iterator[str]:
    """The most frequent quantity that two others give and that stands nowhere in the outlet."""
    given: list[tuple[Quantity, set[str]]] = []
    for mention in others:
        for q in quantities(reading.words_of(mention)):
            same = next((who for p, who in given if p.unit == q.unit and equal(p, q)), None)
            if same is None:
                given.append((q, {mention.outlet}))
            else:
                same.add(mention.outlet)
    known = quantities(own)
    for q, who in sorted(given, key=lambda pair: -len(pair[1])):
        # Another number of the same thing is a conflict, not an omission.
        told = any(
            p.unit == q.unit and (p.unit or p.counted == q.counted or equal(p, q)) for p in known
        )
        if len(who) >= OTHERS and not told:
            yield f"the number ({q.text})"
            return


def _source(mine: Sequence[Mention], others: Sequence[Mention]) -> Iterator[str]:
    """The source that two others attribute it to, where the outlet states it as its own."""
    if any(
        m.carried_from or m.attribution is None or m.attribution.voice is not Voice.OWN
        for m in mine
    ):
        return
    named = {
        m.outlet: m.attribution.source
        for m in others
        if m.attribution and m.attribution.voice is not Voice.OWN and m.attribution.source
    }
    plain = {m.outlet for m in others if m.attribution and m.attribution.voice is Voice.OWN}
    if len(named) >= OTHERS and not plain:
        yield f"the source ({next(iter(named.values()))})"


def _denial(own: str, others: Sequence[Mention], reading: Reading) -> Iterator[str]:
    found = {m.outlet: word for m in others if (word := _denying(reading.words_of(m)))}
    if len(found) >= OTHERS and not DENIAL.search(own):
        yield f"the denial (“{next(iter(found.values()))}”)"


@remembered(4096)
def _denying(text: str) -> str:
    """The word with which a text denies something, "" where it does not; every outlet asks it of all others' texts."""
    found = DENIAL.search(text)
    return found.group() if found else ""
