"""What outlets did between two looks at one event: published, added, dropped, changed, softened, corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from compare.changes import Change, ChangeKind, Difference, NewsItem, NewsKind, Revision
from compare.datamodel import Article, Comparison
from compare.text import sentences
from compare.verdicts.surfacing import last_versions, pages_of


def news(old: Comparison, new: Comparison, found: Difference) -> tuple[NewsItem, ...]:
    """What `new` has that `old` had not: articles first, then what pages changed, then details.

    `found` is the difference of the two. What a page's versions tell already is not told again of a
    detail, and what a new article brings is told once, by the article, unless others had it before.
    """
    pages = list(_of_pages(old, new))
    told = {(i.outlet, words) for i in pages for words in _told(i)}
    articles = tuple(_published(old, new))
    return (*articles, *pages, *_of_details(new, found, told))


def _told(item: NewsItem) -> Iterator[str]:
    """The words that an item tells, and of a correction note its sentences, too."""
    for words in (item.old, item.new):
        yield from [words] if words else []
        if item.kind is NewsKind.CORRECTION:
            yield from (words[s.start : s.end] for s in sentences(words))


def _published(old: Comparison, new: Comparison) -> Iterator[NewsItem]:
    known = {_page(a) for a in old.articles}
    for article in sorted(last_versions(new.articles), key=lambda a: (a.outlet, a.title, a.id)):
        if _page(article) not in known:
            yield NewsItem(
                kind=NewsKind.PUBLISHED, outlet=article.outlet, new=article.title,
                article=article.title, url=article.url,
            )  # fmt: skip


def _page(article: Article) -> tuple[str, str]:
    return article.outlet, article.url or article.sha256


def _of_pages(old: Comparison, new: Comparison) -> Iterator[NewsItem]:
    before = {a.id: a for a in old.articles}
    now = {a.id: a for a in new.articles}
    known = {_step(r, before) for r in old.revisions}
    for revision in new.revisions:
        if _step(revision, now) not in known:
            for change in revision.changes:
                yield _item(revision, change, now)


def _step(revision: Revision, articles: Mapping[str, Article]) -> tuple[str, str, str]:
    """A page from version to version, by its words: ids of articles may differ between runs."""
    old = articles[revision.old].sha256 if revision.old else ""
    return revision.outlet, old, articles[revision.new].sha256


def _item(revision: Revision, change: Change, articles: Mapping[str, Article]) -> NewsItem:
    page = articles[revision.new]
    was = articles[revision.old].read(change.field) if revision.old else ""
    now = page.read(change.field)
    return NewsItem(
        kind=NewsKind[change.kind.name],
        outlet=revision.outlet,
        parts=change.parts,
        old=was[change.old.start : change.old.end] if change.old else "",
        new=now[change.new.start : change.new.end] if change.new else "",
        article=page.title,
        url=page.url,
    )


def _of_details(
    new: Comparison, found: Difference, told: set[tuple[str, str]]
) -> Iterator[NewsItem]:
    """What outlets did with details that were known before, where no page's versions said it."""
    details = {d.id: d for d in new.details}
    pages = pages_of(new.articles)
    for t in found.told:
        if (t.outlet, t.old) in told or (t.outlet, t.new) in told:
            continue
        mentions = [m for m in details[t.detail].mentions if m.outlet == t.outlet]
        page = pages[mentions[0].article][-1] if mentions else None
        if t.kind is ChangeKind.DROPPED and page is None:
            # Its page is not among the articles any more: that is no statement of the outlet.
            continue
        yield NewsItem(
            kind=NewsKind[t.kind.name], outlet=t.outlet, parts=t.parts, old=t.old, new=t.new,
            article=page.title if page else "", url=page.url if page else None, detail=t.detail,
        )  # fmt: skip
