"""Whether importance orders details as headlines and leads do: `python -m benchmarks.quality.importance`.

Takes the labelled details of the shared events, leaves out one outlet after another, rates each detail that two of the
others state from the others alone, and asks whether the outlet left out has it in its headline or in its first
`LEAD` sentences. Prints, over all outlets of all events, how often a detail of these is rated above one that the outlet
does not have there (area under the curve; 0.5 is chance) for the score, for each of its signs, and how the classes share.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

from benchmarks.labelled import SHARED
from compare.codec import read_articles
from compare.datamodel import Article, Detail, Mention
from compare.verdicts.importance import Coverage, importance_of, signs_of

LEAD = 3


@dataclass(frozen=True, slots=True)
class Case:
    """A detail as rated without one outlet: each sign and the score, and whether that outlet leads with it."""

    rated: dict[str, float]
    leads: bool


def cases(name: str) -> Iterator[list[Case]]:
    """For each outlet of each event, the details that two others state."""
    for path in sorted((SHARED / name / "events").glob("*.jsonl")):
        articles, _ = read_articles(path)
        gold = json.loads((SHARED / name / "gold" / f"{path.stem}.json").read_text("utf-8"))
        place = _places(gold["sentences"])
        for left_out in articles:
            rest = [a for a in articles if a.id != left_out.id]
            found = [
                _case(d["mentions"], gold["sentences"], place, left_out, rest)
                for d in gold["details"]
            ]
            yield [case for case in found if case is not None]


def _places(sentences: list[dict[str, Any]]) -> dict[str, int]:
    """The place of each sentence in its article, the title being 0."""
    seen: Counter[str] = Counter()
    places = {}
    for s in sorted(sentences, key=lambda s: (s["article"], s["field"] == "text", s["start"])):
        seen[s["article"]] += s["field"] == "text"
        places[s["id"]] = seen[s["article"]] if s["field"] == "text" else 0
    return places


def _case(
    mentioned: list[str],
    sentences: list[dict[str, Any]],
    place: dict[str, int],
    left_out: Article,
    rest: list[Article],
) -> Case | None:
    outlet_of = {a.id: a.outlet for a in rest}
    known = {s["id"]: s for s in sentences if s["id"] in set(mentioned)}
    mentions = tuple(
        Mention(
            claim=s["id"],
            article=s["article"],
            outlet=outlet_of[s["article"]],
            field=s["field"],
            start=s["start"],
            end=s["end"],
            probability=1.0,
        )
        for s in known.values()
        if s["article"] in outlet_of
    )
    outlets = {m.outlet for m in mentions}
    if len(outlets) < 2:
        return None
    detail = Detail(id="", text="", mentions=mentions, origins=len(outlets))
    signs = signs_of(detail, place, Coverage.of(rest))
    leads = any(s["article"] == left_out.id and place[i] <= LEAD for i, s in known.items())
    return Case(asdict(signs) | {"score": signs.score}, leads)


def above(some: list[Case], by: str) -> float | None:
    """How often a detail that the outlet leads with is rated above one that it does not lead with."""
    leading = [c.rated[by] for c in some if c.leads]
    others = [c.rated[by] for c in some if not c.leads]
    if not leading or not others:
        return None
    return fmean((x > y) + 0.5 * (x == y) for x in leading for y in others)


def main() -> None:
    for name in ("coverage", "matching"):
        found = [some for some in cases(name) if some]
        for by in ("score", "headline", "early", "spread", "space"):
            ranks = [r for some in found if (r := above(some, by)) is not None]
            print(f"{name:9} {by:9} {fmean(ranks):.3f} over {len(ranks)} outlets")
        leading: dict[str, list[bool]] = defaultdict(list)
        for case in (c for some in found for c in some):
            leading[importance_of(case.rated["score"])].append(case.leads)
        for label, flags in sorted(leading.items()):
            print(f"{name:9} {label:10} {len(flags):5} details, {fmean(flags):.3f} lead elsewhere")


if __name__ == "__main__":
    main()
