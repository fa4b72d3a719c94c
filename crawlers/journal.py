"""articles.jsonl while a crawl runs: a row is on disk when it is added, and the end is in order.

Rows are appended as they come, so that whatever kills the crawl loses none that was finished. When
the crawl ends they are put in an order that does not depend on the network. Rows of earlier
finished sessions stay: an article that was fetched again with other text is another version.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from compare.codec import article_line, read_articles, write_atomic
from compare.datamodel import Article, Completeness, Failure
from compare.errors import ArticlesFileError, OutputError

Row = Article | Failure


class Journal:
    """The rows of one session of one crawl, and the file that they are in.

    `settled` is the number of leading rows in the file that earlier, finished sessions wrote.
    """

    def __init__(self, path: Path, *, settled: int, outlets: Sequence[str]) -> None:
        self._path = path
        self._outlets = {name: place for place, name in enumerate(outlets)}
        self._rows: dict[bytes, Row] = {}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lines = _whole_lines(path)
            self._on_disk = set(lines)
            self._earlier = _articles(path, lines[:settled])
            if lines:  # cuts off a row that was broken off
                write_atomic(path, b"".join(lines))
            self._file = path.open("ab")
        except OSError as error:
            raise OutputError(
                f"{path} cannot be written: {error.strerror}. Choose another --out."
            ) from error

    def add(self, row: Row) -> bool:
        """Keep a row; False if the session has that very row already."""
        line = article_line(row)
        if line in self._rows:
            return False
        self._rows[line] = row
        if line not in self._on_disk:
            self._file.write(line)
            self._file.flush()
        return True

    def finish(self) -> tuple[Row, ...]:
        """Write the file in its final order, and return its rows."""
        self._file.close()
        rows = settle(self._rows.values(), earlier=self._earlier, outlets=self._outlets)
        write_atomic(self._path, b"".join(map(article_line, rows)))
        return rows

    def interrupt(self) -> tuple[Row, ...]:
        """Leave the file as it is, and return the rows of this session."""
        self._file.close()
        return tuple(self._rows.values())


def settle(
    rows: Iterable[Row], *, earlier: Iterable[Article], outlets: dict[str, int]
) -> tuple[Row, ...]:
    """The rows in their final order: by outlet, address, time, articles before failures.

    Two articles of one session at one canonical address are twins (print view, AMP): the one that
    gives the most stays. An earlier article stays as a version unless its text is the same.
    """
    best: dict[tuple[str, str], Article] = {}
    failures = []
    for row in rows:
        if isinstance(row, Failure):
            failures.append(row)
            continue
        key = (row.outlet, row.url or row.id)
        best[key] = max(best[key], row, key=_gives) if key in best else row
    texts = {(article.outlet, article.url, article.sha256) for article in earlier}
    fresh = [a for a in best.values() if (a.outlet, a.url, a.sha256) not in texts]
    articles = _with_own_ids([*earlier, *sorted(fresh, key=_gives)])
    return tuple(sorted([*articles, *failures], key=lambda row: _order(row, outlets)))


def _with_own_ids(articles: Iterable[Article]) -> list[Article]:
    """The same articles; where two have one id (one page, two versions), the later gets its own."""
    taken: set[str] = set()
    named = []
    for article in articles:
        name = article.id
        if name in taken:
            name = f"{article.id}-{article.sha256[:8]}"
        taken.add(name)
        named.append(replace(article, id=name) if name != article.id else article)
    return named


def _gives(article: Article) -> tuple[bool, int, str]:
    return article.completeness is Completeness.FULL, len(article.text), article.sha256


def _order(row: Row, outlets: dict[str, int]) -> tuple[object, ...]:
    place = outlets.get(row.outlet or "", len(outlets))
    seen = row.fetched_at if isinstance(row, Article) else row.at
    said = "" if isinstance(row, Article) else f"{row.stage} {row.reason}"
    return (
        place,
        row.outlet or "",
        row.url or "",
        isinstance(row, Failure),
        seen or "",
        row.id or "",
        said,
    )


def _whole_lines(path: Path) -> list[bytes]:
    if not path.exists():
        return []
    lines = path.read_bytes().splitlines(keepends=True)
    return [line for line in lines if line.endswith(b"\n")]


def _articles(path: Path, lines: Sequence[bytes]) -> tuple[Article, ...]:
    if not lines:
        return ()
    try:
        articles, _ = read_articles(path)
    except ArticlesFileError:
        return ()
    kept = set(lines)
    return tuple(article for article in articles if article_line(article) in kept)
