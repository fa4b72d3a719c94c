"""The ledger: for every outlet, whether it was searched, and what became of what was found.

"They did not report it" and "we could not look" must never be confused, so every address that was
found ends in exactly one place here: skipped (with a reason), read, or failed (with a reason).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from compare.datamodel import Article, Completeness, Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One outlet in the ledger.

    `sources` places to look in were asked and `answered` of them could be read; `cut` more were
    known and are beyond a bound. `found` pages were announced or given. Of those, `skipped` says how many were left alone and why, `fetched`
    answered, `read` became articles (`full` of them read in full), `failed` did not. `why` counts
    the reasons of failures, sources' included.
    """

    outlet: str
    domain: str
    sources: int = 0
    answered: int = 0
    cut: int = 0
    found: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict, hash=False)
    fetched: int = 0
    read: int = 0
    full: int = 0
    failed: int = 0
    why: Mapping[str, int] = field(default_factory=dict, hash=False)
    done: bool = False

    @property
    def looked(self) -> str:
        """Whether the outlet was searched: "searched", "in part", "could not look", "not searched"."""
        if not self.sources:
            return "not searched"
        if not self.answered:
            return "could not look"
        whole = self.answered == self.sources and not self.cut
        return "searched" if whole else "in part"

    def as_json(self) -> dict[str, Any]:
        """The row as crawl.json holds it."""
        return {**asdict(self), "looked": self.looked}


class Ledger:
    """Counts while a crawl runs, and tells `progress` of every row that changed."""

    def __init__(
        self,
        outlets: Iterable[tuple[str, str]],
        progress: Callable[[LedgerRow], None] | None = None,
    ) -> None:
        self._tallies = {name: _Tally(name, domain) for name, domain in outlets}
        self._progress = progress

    def rows(self) -> tuple[LedgerRow, ...]:
        """Every outlet's row, in the order in which outlets became known."""
        return tuple(tally.row() for tally in self._tallies.values())

    def add_outlet(self, name: str, domain: str) -> None:
        """Make room for an outlet that no registry lists."""
        self._tallies.setdefault(name, _Tally(name, domain))

    def asked(self, outlet: str) -> None:
        """A source of the outlet is about to be asked."""
        self._count(outlet, "sources")

    def answered(self, outlet: str) -> None:
        """A source answered with something that could be read."""
        self._count(outlet, "answered")

    def source_failed(self, outlet: str, reason: str, times: int = 1) -> None:
        """A source, or `times` parts of it, could not be looked at."""
        self._tallies[outlet].why[reason] += times
        self._tell(outlet)

    def cut(self, outlet: str, number: int) -> None:
        """So many places of the outlet are left alone that should have been asked."""
        self._count(outlet, "cut", number)

    def found(self, outlet: str, number: int, skipped: Mapping[str, int]) -> None:
        """So many pages were announced, of which `skipped` are left alone, by reason."""
        self._tallies[outlet].skipped.update(skipped)
        self._count(outlet, "found", number)

    def fetched(self, outlet: str) -> None:
        """A page answered."""
        self._count(outlet, "fetched")

    def skipped(self, outlet: str, reason: str) -> None:
        """A page turned out not to be one to read."""
        self._tallies[outlet].skipped[reason] += 1
        self._tell(outlet)

    def row_written(self, outlet: str, row: Article | Failure) -> None:
        """A page became an article or a failure."""
        tally = self._tallies[outlet]
        if isinstance(row, Article):
            tally.counts["full"] += row.completeness is Completeness.FULL
            self._count(outlet, "read")
        else:
            tally.why[row.reason] += 1
            self._count(outlet, "failed")

    def done(self, outlet: str) -> None:
        """Nothing more of this outlet is under way."""
        self._tallies[outlet].is_done = True
        self._tell(outlet)

    def _count(self, outlet: str, what: str, number: int = 1) -> None:
        self._tallies[outlet].counts[what] += number
        self._tell(outlet)

    def _tell(self, outlet: str) -> None:
        if self._progress is not None:
            self._progress(self._tallies[outlet].row())


class _Tally:
    def __init__(self, outlet: str, domain: str) -> None:
        self.outlet = outlet
        self.domain = domain
        self.counts: Counter[str] = Counter()
        self.skipped: Counter[str] = Counter()
        self.why: Counter[str] = Counter()
        self.is_done = False

    def row(self) -> LedgerRow:
        count = self.counts
        return LedgerRow(
            outlet=self.outlet,
            domain=self.domain,
            sources=count["sources"],
            answered=count["answered"],
            cut=count["cut"],
            found=count["found"],
            skipped=dict(sorted(self.skipped.items())),
            fetched=count["fetched"],
            read=count["read"],
            full=count["full"],
            failed=count["failed"],
            why=dict(sorted(self.why.items())),
            done=self.is_done,
        )
