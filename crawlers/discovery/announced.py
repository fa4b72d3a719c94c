"""What one document announces, as a crawl uses it: bounded, so that it is cheap to hand on.

Read in another process (`crawlers.extract.readers`), since a document is a stranger's and may be made to be
slow. What comes back holds few rows, however many the document has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from compare.datamodel import Event, Failure
from crawlers.discovery.found import Found, FoundUrl, Leads
from crawlers.discovery.plan import worth_keeping
from crawlers.discovery.promise import most_promising_first
from crawlers.discovery.window import plainly_outside

ReadsDocument = Callable[[bytes, str], Found]

MOST_FURTHER = 1_000  # further places of one document that are handed on, the most promising
_MOST_REASONS = 50  # different ones; the parsers have fewer


@dataclass(frozen=True, slots=True)
class Announced:
    """What a document announces.

    `articles` are those that may be of the event, and `outside` how many more are plainly outside
    its window; `further` the places that it leads to, the most promising first, `further_outside` how
    many more of those are plainly outside, `further_cut` how many more there were. `problems` counts
    what could not be read, by reason.
    """

    articles: tuple[FoundUrl, ...] = ()
    outside: int = 0
    further: tuple[FoundUrl, ...] = ()
    further_outside: int = 0
    further_cut: int = 0
    problems: tuple[tuple[str, int], ...] = ()

    @property
    def could_be_read(self) -> bool:
        """Whether the document announced anything, or honestly nothing."""
        return bool(self.articles or self.outside or self._leads_on) or not self.problems

    @property
    def _leads_on(self) -> bool:
        return bool(self.further or self.further_outside)


def announced(read: ReadsDocument, body: bytes, base: str, event: Event) -> Announced:
    """What the document at `base` announces to a crawl for `event`; `read` is its parser."""
    articles: list[FoundUrl] = []
    further: list[FoundUrl] = []
    problems: Counter[str] = Counter()
    outside = 0
    for one in read(body, base):
        if isinstance(one, Failure):
            problems[one.reason] += 1
        elif one.leads is Leads.ARTICLE:
            articles.append(one)
        elif plainly_outside(one, event):
            outside += 1
        else:
            further.append(one)
    kept, left = worth_keeping(articles, event)
    ordered = most_promising_first(further, event)
    return Announced(
        articles=tuple(kept),
        outside=left,
        further=tuple(ordered[:MOST_FURTHER]),
        further_outside=outside,
        further_cut=len(ordered[MOST_FURTHER:]),
        problems=tuple(problems.most_common(_MOST_REASONS)),
    )


def told(reason: str, times: int) -> str:
    """The reason of a failure that stands for several of its kind."""
    return reason if times == 1 else f"{reason} ({times:,} times)"
