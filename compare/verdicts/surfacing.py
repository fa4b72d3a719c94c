"""When an outlet first had the words of a mention on its page: known, or between two times.

Versions of one page are its articles at one address. Words that the first version read already had came with
its publication if it was not changed since, else between the two; words that an earlier version lacks
came after that one was read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from compare.datamodel import Article, Field
from compare.times import Moment, moment


@dataclass(frozen=True, slots=True)
class Surfaced:
    """The words came onto the page at `since` at the earliest and were there by `by`; None is unknown.

    Both are ISO 8601 as the articles have them, and equal where the time is known.
    """

    since: str | None
    by: str | None

    @property
    def earliest(self) -> Moment | None:
        """The first instant in question."""
        return moment(self.since)

    @property
    def latest(self) -> Moment | None:
        """The time by which the words surely stood there."""
        return moment(self.by)


def pages_of(articles: Iterable[Article]) -> Mapping[str, tuple[Article, ...]]:
    """For each article, by id, the versions of its page from the first to the last; itself where there is one."""
    pages: dict[tuple[str, str], list[Article]] = defaultdict(list)
    for article in articles:
        pages[article.outlet, article.url or article.id].append(article)
    found: dict[str, tuple[Article, ...]] = {}
    for some in pages.values():
        versions = tuple(sorted(some, key=version_order))
        found |= {article.id: versions for article in versions}
    return found


def last_versions(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Each page as it was last read."""
    return tuple(dict.fromkeys(versions[-1] for versions in pages_of(articles).values()))


def version_order(article: Article) -> tuple[str, str, str]:
    """Sorts versions of one page by when they were made and read."""
    return article.modified or article.published or "", article.fetched_at or "", article.id


def surfaced(versions: tuple[Article, ...], where: Field, words: str) -> Surfaced:
    """When words of a title or text came onto a page, of which these versions were read, in order."""
    has = [words in version.read(where) for version in versions]
    number = has.index(True) if True in has else 0
    article = versions[number]
    if number == 0:
        return _with_the_page(article)
    before = versions[number - 1]
    since = before.fetched_at or before.modified or before.published
    lacked, changed = moment(since), moment(article.modified)
    if changed and lacked and not changed.before(lacked) and changed != lacked:
        return Surfaced(since, article.modified)
    return Surfaced(since, article.fetched_at or article.modified or article.published)


def _with_the_page(article: Article) -> Surfaced:
    published, modified = moment(article.published), moment(article.modified)
    if published is None:
        return Surfaced(article.modified, article.modified)
    if modified is None or modified.end <= published.end:
        return Surfaced(article.published, article.published)
    return Surfaced(article.published, article.modified)
