"""Reads a comparison of the sample web by `sample_truth.toml`, which a person wrote.

To see where the program stands, after any run on the sample web (`parallax demo --out DIR`):

    python tests/integration/truth_table.py DIR/comparison.json
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from compare.codec import read_comparison
from compare.datamodel import Article, Comparison, Detail, Mention, Status

TABLE = Path(__file__).with_name("sample_truth.toml")
LETTERS = {
    "I": Status.INCLUDED,
    "E": Status.EDITORIALIZED,
    "C": Status.CONFLICTING,
    "L": Status.LEFT_OUT,
    "B": Status.PUBLISHED_BEFORE,
    "?": Status.CANNOT_TELL,
}
LETTER_OF = {status: letter for letter, status in LETTERS.items()}


@dataclass(frozen=True)
class Truth:
    """One row of the table: the statuses that are true for each outlet, and the words."""

    says: str
    cells: dict[str, str]
    words: dict[str, tuple[str, ...]]
    aside: bool

    def anchors(self, article: Article) -> Iterator[tuple[str, int, int]]:
        """Where the article states it: field, start, end."""
        for words in self.words.get(article.outlet, ()):
            where = "title" if words.startswith("title:") else "text"
            sought = words.removeprefix("title:")
            start = (article.title if where == "title" else article.text).find(sought)
            if start >= 0:
                yield where, start, start + len(sought)


def read_table() -> tuple[Truth, ...]:
    """The rows of the table, each cell under its outlet."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return tuple(
        Truth(
            says=row["says"],
            cells=dict(zip(table["columns"], row["cells"].split(), strict=True)),
            words={outlet: tuple(words) for outlet, words in row["words"].items()},
            aside=row.get("aside", False),
        )
        for row in table["detail"]
    )


TRUTHS = read_table()
COLUMNS = tuple(TRUTHS[0].cells)


@dataclass(frozen=True)
class Wrong:
    """A cell of the program that the table does not allow."""

    row: int
    outlet: str
    got: str
    want: str
    text: str
    reason: str

    def __str__(self) -> str:
        says = TRUTHS[self.row].says
        return f"{self.outlet}: {self.got}, not {self.want}: {says}\n    in {self.text!r}\n    because {self.reason}"


class Reading:
    """A comparison, read by the table."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.articles = {article.id: article for article in comparison.articles}
        self.common = [self._common(detail) for detail in comparison.details]
        self.states = [
            common or self._any(detail)
            for common, detail in zip(self.common, comparison.details, strict=True)
        ]

    def _facts(self, mention: Mention) -> frozenset[int]:
        """The rows whose words, by half at least, are in the mention."""
        article = self.articles[mention.article]
        return frozenset(
            number
            for number, truth in enumerate(TRUTHS)
            for where, start, end in truth.anchors(article)
            if where == mention.field
            and 2 * (min(end, mention.end) - max(start, mention.start)) >= end - start
        )

    def _common(self, detail: Detail) -> frozenset[int]:
        """The rows that all mentions of a detail state: what it is about, if it is about one thing."""
        stated = [facts for mention in detail.mentions if (facts := self._facts(mention))]
        common = frozenset.intersection(*stated) if stated else frozenset()
        return frozenset(n for n in common if not TRUTHS[n].aside) or common

    def _any(self, detail: Detail) -> frozenset[int]:
        """The rows that any mention of a detail states."""
        return frozenset().union(*(self._facts(mention) for mention in detail.mentions))

    def home(self, row: int) -> Detail | None:
        """The program's detail for a row: that with most of the outlets that state it."""

        def fit(pair: tuple[Detail, frozenset[int]]) -> tuple[int, int]:
            stating = {m.outlet for m in pair[0].mentions if row in self._facts(m)}
            return len(stating), -len(pair[1])

        about = [p for p in zip(self.comparison.details, self.states, strict=True) if row in p[1]]
        return max(about, key=fit)[0] if about else None

    def wrong_cells(self) -> list[Wrong]:
        """Each row's cells that are not as the table says; rows that stand beside others need none."""
        found: list[Wrong] = []
        for row, truth in enumerate(TRUTHS):
            if truth.aside:
                continue
            detail = self.home(row)
            if detail is None:
                found += [Wrong(row, outlet, "-", w, "", "") for outlet, w in truth.cells.items()]
                continue
            common = self.common[self.comparison.details.index(detail)]
            for cell in detail.cells:
                rows = common | {row}
                allowed = {letter for each in rows for letter in TRUTHS[each].cells[cell.outlet]}
                got = LETTER_OF[cell.status]
                if got not in allowed:
                    want = truth.cells[cell.outlet]
                    found.append(Wrong(row, cell.outlet, got, want, detail.text, cell.reason))
        return found

    def wrong_accusations(self) -> list[Wrong]:
        """Every "left out", of any detail at all, that the table does not allow."""
        return [
            Wrong(row, cell.outlet, "L", TRUTHS[row].cells[cell.outlet], detail.text, cell.reason)
            for detail, core in zip(self.comparison.details, self.states, strict=True)
            for cell in detail.cells
            if cell.status is Status.LEFT_OUT
            for row in sorted(core)
            if "L" not in TRUTHS[row].cells[cell.outlet]
        ]

    def agreement(self) -> float:
        cells = sum(len(truth.cells) for truth in TRUTHS if not truth.aside)
        return 1 - len(self.wrong_cells()) / cells

    def report(self) -> str:
        """The matrix as letters, wrong ones with what they should be; then each of them."""
        wrong = {(each.row, each.outlet): each for each in self.wrong_cells()}
        lines = [" ".join(f"{''.join(w[0] for w in name.split()):>7}" for name in COLUMNS)]
        for row, truth in enumerate(TRUTHS):
            detail = self.home(row)
            shown = []
            for name in COLUMNS:
                mark = (
                    next((LETTER_OF[c.status] for c in detail.cells if c.outlet == name), "-")
                    if detail
                    else "-"
                )
                bad = (row, name) in wrong
                shown.append(f"{f'{mark}!{truth.cells[name]}' if bad else mark:>7}")
            lines.append(f"{' '.join(shown)}  {truth.says}")
        lines += ["", f"agreement {self.agreement():.3f}, {len(wrong)} wrong", ""]
        lines += [str(each) for each in wrong.values() if each.got != "-"]
        accusations = self.wrong_accusations()
        lines += ["", f"wrong accusations: {len(accusations)}"]
        lines += [str(each) for each in accusations]
        return "\n".join(lines)


def _main(paths: Iterable[str]) -> None:
    for path in paths:
        sys.stdout.write(Reading(read_comparison(Path(path))).report() + "\n")


if __name__ == "__main__":
    _main(sys.argv[1:])
