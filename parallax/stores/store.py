"""What every store can do, and what a row of it is called by.

A store takes in files, each once by the hash of its bytes, and gives back articles. It holds the same
whatever the order in which files came, how often, and by how many hands: an article is known by its
outlet, address and words, and where two files give the same one with other particulars, the one whose
line comes first in the alphabet stands. Nothing here reads a clock: callers say when and who.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from typing import Protocol, Self

import msgspec

from compare.codec import Row, article_line
from compare.datamodel import Article
from compare.language.wording import content_words
from compare.text import sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many rows a store or a file holds: distinct articles, further texts of one page, copies, failures.

    `articles` counts every text, so that articles + duplicates + failures are all rows taken in.
    """

    files: int = 0
    articles: int = 0
    versions: int = 0
    duplicates: int = 0
    failures: int = 0
    comparisons: int = 0

    def as_row(self) -> dict[str, int]:
        """The counts by name."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A sentence of a stored article that holds the words that were looked for."""

    outlet: str
    published: str | None
    url: str | None
    id: str
    start: int
    end: int
    text: str


class Store(Protocol):
    """A place for articles and comparisons that several people may read and write at once."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *why: object) -> None: ...

    def has_file(self, digest: str) -> bool:
        """Whether the file of this hash was taken in whole."""

    def add_file(self, digest: str, name: str, rows: Sequence[Row], *, at: str, by: str) -> bool:
        """Takes in what a file holds, all of it or nothing; False where it was there already."""

    def counts(self) -> Counts:
        """What the store holds."""

    def articles(self, start: str | None = None, end: str | None = None) -> Iterator[Article]:
        """The newest text of each page published on these days (inclusive, ISO; None: open), by id.

        An article without a time is in no window, and in what has none.
        """

    def keep(self, event: str, inputs: str, comparison: bytes, *, at: str, by: str) -> bool:
        """Keeps the comparison of an event, of articles with this hash; False where it was kept before."""

    def comparison(self, event: str) -> bytes | None:
        """The comparison of an event that was kept last; None where there is none."""

    def note(self, event: str, lines: bytes, *, at: str, by: str) -> bool:
        """Keeps what a person said of an event's comparison; False where the very same was kept before."""

    def notes(self, event: str) -> list[bytes]:
        """All that was said of an event's comparison, in the order in which it came."""

    def find(self, words: str, limit: int) -> list[Found]:
        """Sentences that hold all of the words, in any form, newest articles first."""


def stored(row: Row) -> Row:
    """A row as a store has it: an article's id says its address and words, so that it is no one else's."""
    return replace(row, id=key_of(row)) if isinstance(row, Article) else row


def key_of(article: Article) -> str:
    """Twenty digits that say which article this is: outlet, page, title and text."""
    whole = f"{article.outlet}\n{page_of(article)}\n{article.title}\n\n{article.text}"
    return sha256(whole.encode()).hexdigest()[:20]


def page_of(article: Article) -> str:
    """What the texts of one page have in common: its address; its words where it has none."""
    return article.url or article.sha256


def day_of(article: Article) -> str | None:
    """The day that an article belongs to, ISO: when it was published."""
    return article.published[:10] if article.published else None


def unique(rows: Iterable[Row]) -> dict[str, bytes]:
    """The articles by key, as lines; where one comes twice, the line that is first in the alphabet."""
    kept: dict[str, bytes] = {}
    for row in rows:
        if isinstance(row, Article):
            made = stored(row)
            line = article_line(made)
            known = kept.setdefault(str(made.id), line)
            kept[str(made.id)] = min(known, line)
    return kept


def newest(articles: Iterable[Article]) -> list[Article]:
    """One article a page, the text that was fetched last, in the order of their ids."""
    last: dict[tuple[str, str], Article] = {}
    for article in articles:
        page = (article.outlet, page_of(article))
        if page not in last or _age(last[page]) < _age(article):
            last[page] = article
    return sorted(last.values(), key=lambda a: a.id)


def within(article: Article, start: str | None, end: str | None) -> bool:
    """Whether an article was published on a day of a window."""
    day = day_of(article)
    if day is None:
        return start is None and end is None
    return (start or day) <= day <= (end or day)


def _age(article: Article) -> tuple[str, str, str]:
    return (article.fetched_at or "", article.modified or article.published or "", article.id)


def article_of(line: bytes) -> Article:
    """The article in a stored line."""
    return msgspec.json.decode(line, type=Article)


def stems_of(text: str) -> Counter[str]:
    """The stems of a text's content words, by which it is found."""
    return Counter(word.key for word in content_words(text))


def sentences_with(article: Article, wanted: frozenset[str]) -> list[Found]:
    """The sentences of an article that hold all of the stems."""
    return [
        Found(
            outlet=article.outlet,
            published=article.published,
            url=article.url,
            id=article.id,
            start=span.start,
            end=span.end,
            text=article.text[span.start : span.end],
        )
        for span in sentences(article.text)
        if wanted <= stems_of(article.text[span.start : span.end]).keys()
    ]


def in_order(found: Iterable[Found], limit: int) -> list[Found]:
    """The newest first; as many as `limit`."""
    ordered = sorted(found, key=lambda f: (f.id, f.start))
    return sorted(ordered, key=lambda f: f.published or "", reverse=True)[:limit]
