"""How many shared details keep their ids as an event grows: `python -m benchmarks.quality.ids [EVENTS.jsonl...]`.

Half of an event's articles are compared; the others, and another version of one, come in random
order, a part at each further run, which is told of the run before. Without arguments, the first ten
events of ../shared/benchmarks/coverage.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.labelled import SHARED
from compare.codec import read_articles
from compare.config import Config
from compare.datamodel import Article, Comparison, Detail, Event
from compare.embedding.encoder import Encoder
from compare.embedding.index import FaissIndex
from compare.pipeline import compare_articles
from parallax.environment import cache_folder
from parallax.library import open_encoder, this_run

EVENTS = 10
_Statement = tuple[str, str, int, int]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("events", nargs="*", type=Path, help="an articles.jsonl an event")
    parser.add_argument("--steps", type=int, default=3, help="runs after the first (default: 3)")
    args = parser.parse_args()
    events = args.events or sorted((SHARED / "coverage" / "events").glob("*.jsonl"))[:EVENTS]
    encoder = open_encoder(cache=cache_folder())
    kept = shared = 0
    for path in events:
        some, of_all = grown(read_articles(path)[0], encoder, path.stem, args.steps)
        print(f"{path.stem:<40}{some:>6} of {of_all:>6}", flush=True)
        kept, shared = kept + some, shared + of_all
    print(f"{'kept their ids':<40}{kept:>6} of {shared:>6}, {kept / max(shared, 1):.1%}")


def compared(
    articles: Sequence[Article], encoder: Encoder, earlier: Comparison | None
) -> Comparison:
    return compare_articles(
        articles,
        event=Event(),
        encoder=encoder,
        index=FaissIndex(),
        config=Config(),
        run=this_run(encoder),
        earlier=earlier,
    )


def another_version(article: Article, chance: random.Random) -> Article:
    """The same page later: a paragraph more, one fewer."""
    paragraphs = article.text.split("\n")
    del paragraphs[chance.randrange(len(paragraphs))]
    place = chance.randrange(len(paragraphs) + 1)
    paragraphs.insert(place, "The minister is to speak to reporters again on Friday afternoon.")
    return replace(article, id=f"{article.id}-later", text="\n".join(paragraphs))


def statements(detail: Detail, comparison: Comparison) -> set[_Statement]:
    """What a detail holds: whose sentence, which, and which stretch of it."""
    text = {a.id: a for a in comparison.articles}
    found = set()
    for m in detail.mentions:
        assert m.sentence
        words = text[m.article].read(m.field)[m.sentence.start : m.sentence.end]
        found.add((m.outlet, words, m.start - m.sentence.start, m.end - m.sentence.start))
    return found


def kept_of_shared(old: Comparison, new: Comparison) -> tuple[int, int]:
    """Of the details that both runs have, how many have their id, and how many there are.

    Both have it where most of what either holds of the earlier run's statements is the same.
    """
    known = set[_Statement]().union(*(statements(d, old) for d in old.details))
    after = {d.id: statements(d, new) & known for d in new.details}
    kept = shared = 0
    for detail in old.details:
        own = statements(detail, old)
        likeness = {i: len(own & theirs) / len(own | theirs) for i, theirs in after.items()}
        best = max(likeness.values())
        if best > 0.5:
            shared += 1
            kept += likeness.get(detail.id, 0.0) == best
    return kept, shared


def grown(articles: Sequence[Article], encoder: Encoder, name: str, steps: int) -> tuple[int, int]:
    """Kept and shared, over runs to which outlets and a version are added in random order."""
    chance = random.Random(name)  # noqa: S311
    order = list(articles)
    chance.shuffle(order)
    begun, later = order[: len(order) // 2], order[len(order) // 2 :]
    later.append(another_version(chance.choice(begun), chance))
    chance.shuffle(later)
    last = compared(begun, encoder, None)
    kept = shared = 0
    for step in range(steps):
        begun = [*begun, *later[step::steps]]
        now = compared(begun, encoder, last)
        ids = {d.id for d in now.details}
        assert len(ids) == len(now.details)
        assert set(now.forwarded.values()) <= ids
        assert not ids & now.forwarded.keys()
        some, of_all = kept_of_shared(last, now)
        kept, shared, last = kept + some, shared + of_all, now
    return kept, shared


if __name__ == "__main__":
    main()
