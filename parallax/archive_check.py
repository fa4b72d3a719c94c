"""Articles beside the archive that they were read from: which record holds each, and whether it still gives the same words."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from compare.datamodel import Article, Failure
from parallax.intake.files import AHEAD, unpacked_body

if TYPE_CHECKING:
    from compare.coding.corrections import Correction
    from compare.datamodel import Comparison
    from crawlers.archive.reader import ArchiveReader
    from crawlers.archive.writer import Fetched
    from crawlers.extract.pool import ExtractPool


class State(StrEnum):
    """What the archive says of an article."""

    SAME = "same"
    DIFFERS = "differs"
    NOT_ARCHIVED = "not in the archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An article, the hash of its title and text, and the record (WARC-Record-ID) that it was read from.

    Where no record gives the same words, `record` is the last one of its address, if there is any.
    """

    article: str
    outlet: str
    url: str | None
    sha256: str
    state: State
    record: str | None = None
    fetched_at: str | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    """A record of the archive, and when its page was fetched."""

    record: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionChecked:
    """A person's correction, and whether what was made again still has what it corrects."""

    key: str
    kind: str
    detail: str
    place: str
    code: str
    coder: str
    found: bool


def corrections_checked(
    corrections: Sequence[Correction], again: Comparison
) -> tuple[CorrectionChecked, ...]:
    """Each correction, tried on a comparison that was made again."""
    from compare.coding.overlay import corrected

    unused = {c.key for c in corrected(again, corrections).unused}
    return tuple(
        CorrectionChecked(
            key=c.key, kind=c.kind, detail=c.detail, place=c.place, code=c.code, coder=c.coder,
            found=c.key not in unused,
        )
        for c in corrections
    )  # fmt: skip


def checked(
    articles: Sequence[Article], archive: ArchiveReader, pool: ExtractPool
) -> tuple[Checked, ...]:
    """Extracts what the archive holds again, and finds each article in it."""
    by_words: dict[tuple[str, str], list[_Kept]] = {}
    by_address: dict[tuple[str, str | None], _Kept] = {}
    for answer, page in _pages(articles, archive, pool):
        kept = _Kept(answer.record, answer.at)
        by_address[page.outlet, page.url] = kept
        for one in (page, replace(page, title="")):
            by_words.setdefault((page.outlet, one.sha256), []).append(kept)
    return tuple(_check(a, by_words, by_address) for a in articles)


def _check(
    article: Article,
    by_words: Mapping[tuple[str, str], Sequence[_Kept]],
    by_address: Mapping[tuple[str, str | None], _Kept],
) -> Checked:
    # A title that only a feed had is not on the page.
    bare = article.provenance.get("title") == "feed"
    words = (replace(article, title="") if bare else article).sha256
    same = by_words.get((article.outlet, words), ())
    # The record that the article names, if it still gives these words; else the first that does.
    own = [kept for kept in same if kept.record == article.record]
    kept, state = next(iter([*own, *same]), None), State.SAME
    if kept is None or (article.record and not own):
        state = State.DIFFERS
        kept = kept or by_address.get((article.outlet, article.url))
    return Checked(
        article=article.id,
        outlet=article.outlet,
        url=article.url,
        sha256=article.sha256,
        state=state if kept else State.NOT_ARCHIVED,
        record=kept.record if kept else None,
        fetched_at=kept.at if kept else None,
    )


def _pages(
    articles: Iterable[Article], archive: ArchiveReader, pool: ExtractPool
) -> Iterator[tuple[Fetched, Article]]:
    """Every answer that is an article of one of these outlets, in the order of the files."""
    from crawlers.archive.writer import RENDERED
    from crawlers.urls import host_of

    copies = {a.archived: a for a in articles if a.archived and a.url}
    outlets = {host_of(a.url): a.outlet for a in articles if a.url}
    waiting: deque[tuple[Fetched, Future[Article | Failure]]] = deque()

    def made() -> Iterator[tuple[Fetched, Article]]:
        answer, job = waiting.popleft()
        if isinstance(page := job.result(), Article):
            yield answer, page

    for answer in _answers(archive):
        copied = copies.get(answer.url)
        url = (copied.url if copied else None) or answer.url.removeprefix(RENDERED)
        outlet = outlets.get(host_of(url))
        if outlet is not None and (job := _submitted(answer, url, outlet, pool)) is not None:
            waiting.append((answer, job))
        if len(waiting) > AHEAD * pool.workers:
            yield from made()
    while waiting:
        yield from made()


def _answers(archive: ArchiveReader) -> Iterator[Fetched]:
    from crawlers.archive.writer import Fetched, rendered_url

    for url in list(archive.pages()):
        for known in (url, rendered_url(url)):
            while (answer := archive.take(known)) is not None:
                if isinstance(answer, Fetched) and answer.status == 200:
                    yield answer


def _submitted(
    answer: Fetched, url: str, outlet: str, pool: ExtractPool
) -> Future[Article | Failure] | None:
    from crawlers.extract.pool import PageJob

    kind = next((v for k, v in answer.headers if k.lower() == "content-type"), None)
    if kind is not None and "html" not in kind.lower():
        return None
    try:
        body = unpacked_body(answer)
    except ValueError:
        return None
    return pool.submit(PageJob(url, outlet, body, fetched_at=answer.at, content_type=kind))
