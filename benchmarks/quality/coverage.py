"""Rows, statuses, conflicts and loaded words on events of four to six outlets, left out of the fit.

    python -m benchmarks.quality.coverage [--adapters DIR] [--cache FILE] [--out DIR] [--matching]

Every labelled event is matched by pair scorers that were fitted without it and judged as
`parallax compare` does; DIR gets its comparison.json, and the benchmark's own scorer reads them all.
The shipped encoder's adapter was fitted on the events of three outlets alone, so these are new to it.
Loaded words are judged by models fitted without the event, as `benchmarks.fit.editorial` reports them.
With --matching, the events of three outlets instead, each read with an adapter fitted without it. The
labels were made by large language models under a written guide and no person has checked them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.fit.editorial import labelled_data
from benchmarks.fit.pairs import Encoders, in_context, left_out, pairs_of
from benchmarks.fit.tone_left_out import left_out as tones_left_out
from benchmarks.labelled import SHARED, LabelledEvent, kind_of, labelled_events
from benchmarks.quality.matching import adapters_of, add_encoder_options
from compare.codec import write_comparison
from compare.config import Config
from compare.datamodel import SCHEMA_VERSION, Comparison, Event, Mention, Pair, Run
from compare.match.details import details_of
from compare.match.pairs import as_pairs
from compare.match.rules import copies, linked
from compare.match.stretches import Stretches
from compare.pipeline import with_stated_completeness
from compare.verdicts import judge
from compare.verdicts.editorial.flags import Flag
from compare.verdicts.evidence import SentenceKey
from compare.verdicts.judge import every_outlet

SCORERS = {"coverage": "score_coverage.py", "matching": "score_matching.py"}


def matched(
    adapters: Path | None, cache: Path, kind: str
) -> list[tuple[LabelledEvent, tuple[Pair, ...], str]]:
    """Every labelled event of a kind with its encoder and the pairs that scorers fitted on others give it."""
    encoders = Encoders(cache, adapters)
    some = [pairs_of(e, encoders.interaction(e.name)) for e in labelled_events(encoders.encoder)]
    stacked = in_context(some, left_out(some))
    found = []
    for pairs, probabilities in zip(stacked, left_out(stacked), strict=True):
        event = pairs.event
        if kind_of(event.name) != kind:
            continue
        p = linked(event.units, copies(event.units), pairs.a, pairs.b, probabilities)
        kept = p >= Config().kept
        made = as_pairs(
            event.units, Stretches(pairs.evidence), pairs.a[kept], pairs.b[kept], p[kept]
        )
        found.append((event, made, encoders.encoder(event.name).name))
    return found


Flags = Mapping[tuple[str, SentenceKey], Flag]


def _flagged(event: LabelledEvent, flags: Flags) -> dict[SentenceKey, Mention]:
    """A mention that bears the flag of each of the event's sentences, by its place."""
    found = {}
    for claim in event.claims:
        key = claim.article, claim.field, claim.sentence.start, claim.sentence.end
        if flag := flags.get((event.name, key)):
            found[key] = Mention(
                claim=claim.id,
                outlet=claim.outlet,
                article=claim.article,
                field=claim.field,
                start=claim.sentence.start,
                end=claim.sentence.end,
                probability=1.0,
                editorialized=flag.editorialized,
                slant=flag.slant,
                cues=flag.cues,
            )
    return found


def compared(
    event: LabelledEvent, pairs: tuple[Pair, ...], encoder: str, flags: Flags
) -> Comparison:
    """The event's comparison by these pairs, and these flags of its sentences."""
    articles = [with_stated_completeness(a) for a in event.articles]
    judged = judge(
        details_of(event.claims, pairs, Config()),
        claims=event.claims,
        pairs=pairs,
        articles=articles,
        known=_flagged(event, flags),
        config=Config(),
    )
    return Comparison(
        schema_version=SCHEMA_VERSION,
        run=Run(parallax="left out", model=encoder),
        event=Event(),
        outlets=every_outlet(articles, (), ()),
        articles=tuple(articles),
        details=judged.details,
        claims=event.claims,
        pairs=pairs,
        carried=judged.carried,
        failures=(),
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_encoder_options(parser)
    parser.add_argument("--out", type=Path, default=Path("build/coverage"))
    parser.add_argument("--matching", action="store_true")
    args = parser.parse_args()
    kind = "matching" if args.matching else "coverage"
    flags = tones_left_out(labelled_data()[0]).flags()
    for event, pairs, encoder in matched(adapters_of(parser, args), args.cache, kind):
        found = compared(event, pairs, encoder, flags)
        write_comparison(found, args.out / event.name / "comparison.json")
    gold = SHARED / kind / "gold"
    scorer = [sys.executable, SHARED / SCORERS[kind], "--gold", gold, "--comparisons", args.out]
    subprocess.run(scorer, check=True)


if __name__ == "__main__":
    main()
