"""The sample web's event with the labels of its table of what is true.

    python -m benchmarks.quality.sample_event COMPARISON.json [--write DIR]

Prints the figures of a comparison of the sample web (`parallax demo --out DIR`); --write leaves the labels in
the coverage benchmark's format, for its own scorer: DIR/gold/sample.json and DIR/events/sample.jsonl. The texts
are invented, and a language model wrote the table; no person has checked it.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.quality.labels import figures
from compare.codec import article_line, read_comparison
from compare.datamodel import Article
from compare.said import Field
from compare.text import sentences

TABLE = Path(__file__).parents[2] / "tests" / "integration" / "sample_truth.toml"


def labels_of(articles: Sequence[Article]) -> dict[str, Any]:
    """The table's labels of the sample's articles; `ValueError` where its words stand in none of them."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    by_outlet = {a.outlet: (letter, a) for letter, a in zip("abcdefghijkl", articles, strict=False)}
    known = [s for letter, a in by_outlet.values() for s in _sentences(letter, a)]

    def at(outlet: str, words: str) -> tuple[str, str]:
        """The sentence that holds words of an outlet, and the words after the bar, if there is one."""
        _, article = by_outlet[outlet]
        field: Field = "title" if words.startswith("title:") else "text"
        before, _, value = words.removeprefix("title:").rpartition("|")
        start = article.read(field).find(before + value)
        for s in known:
            if (s["article"], s["field"]) == (article.id, field) and s["start"] <= start < s["end"]:
                return s["id"], value
        raise ValueError(f"{TABLE.name}: no {words!r} in {outlet}")

    details = []
    for row in table["detail"]:
        found = [at(outlet, words) for outlet, some in row["words"].items() for words in some]
        said = {sentence: words for sentence, words in found if not sentence.endswith(":h")}
        details.append({"gist": row["says"], "mentions": [s for s, _ in found], "words": said})
    conflicts = []
    for row in table["conflict"]:
        (a, a_words), (b, b_words) = at(*row["a"]), at(*row["b"])
        both = {"a": a, "b": b, "a_words": a_words, "b_words": b_words}
        conflicts.append({"kind": row["kind"], "weight": row["weight"], **both})
    loaded = []
    for row in table["loaded"]:
        sentence, words = at(row["outlet"], row["words"])
        loaded.append({"id": sentence, "words": [words], "weight": row["weight"]})
    return {
        "event": "sample",
        "sentences": known,
        "details": details,
        "conflicts": conflicts,
        "editorial": loaded,
        "boilerplate": [],
    }


def _sentences(letter: str, article: Article) -> Iterator[dict[str, Any]]:
    yield {
        "id": f"{letter}:h",
        "article": article.id,
        "field": "title",
        "start": 0,
        "end": len(article.title),
    }
    for number, span in enumerate(sentences(article.text)):
        yield {
            "id": f"{letter}:{number}",
            "article": article.id,
            "field": "text",
            "start": span.start,
            "end": span.end,
        }


def write(articles: Sequence[Article], folder: Path) -> None:
    """The labels and the articles as files of the coverage benchmark."""
    for name in ("gold", "events"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    labels = json.dumps(labels_of(articles), indent=1)
    (folder / "gold" / "sample.json").write_text(labels, encoding="utf-8")
    (folder / "events" / "sample.jsonl").write_bytes(b"".join(map(article_line, articles)))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("comparison", type=Path)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    comparison = read_comparison(args.comparison)
    for name, value in figures(labels_of(comparison.articles), comparison).items():
        print(f"{name:<26}{value:>7.3f}")
    if args.write:
        write(comparison.articles, args.write)


if __name__ == "__main__":
    main()
