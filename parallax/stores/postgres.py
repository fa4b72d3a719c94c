"""A store in PostgreSQL, for several people at once: the seam to psycopg, which is imported when first used.

Every call is one transaction, which is tried again where the server went away under it; since all that
is written is known by what it holds, doing it twice is doing it once. Readers never wait for writers.
What is written can be read by the role parallax_reader, and written by parallax_writer: grant one to
each person (docs/scale.md).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Self, TypeVar

from compare.codec import Row, article_line
from compare.datamodel import Article
from compare.errors import InputError, OutputError, ParallaxError, UsageError
from parallax.stores.store import (
    Counts,
    Found,
    article_of,
    day_of,
    in_order,
    newest,
    page_of,
    sentences_with,
    stems_of,
    unique,
)

if TYPE_CHECKING:
    from psycopg import Connection, Cursor

T = TypeVar("T")
Steps = Callable[["Cursor[Any]"], T]

MIGRATIONS = ("001.sql", "002.sql")
# Seconds that a server which went away is waited for, and between two tries.
PATIENCE, _PAUSE = 30.0, 0.25
# Seconds that one is waited for which never answered: more often than not the address is wrong.
_FIRST = 5.0
# Any number that no other program locks by: one migration at a time.
_LOCK = 70617261
# Asked of the table of tables: to_regclass remembers that there was none while it waited for the lock.
_IS_THERE = (
    "select exists (select from pg_catalog.pg_tables "
    "where schemaname = any (current_schemas(false)) and tablename = 'parallax_schema')"
)


class PostgresStore:
    """See `parallax.stores.store.Store`.

    Raises UsageError without psycopg and for an address that is none, OutputError where the database
    cannot be reached or written, and unless it may be `new`, InputError where it holds no store.
    """

    def __init__(self, address: str, *, patience: float = PATIENCE, new: bool = True) -> None:
        try:
            import psycopg
            from psycopg.conninfo import conninfo_to_dict
        except ImportError as error:
            raise UsageError(
                "PostgreSQL needs psycopg: pip install 'parallax-news[postgres]'."
            ) from error
        try:
            conninfo_to_dict(address)
        except psycopg.ProgrammingError as error:
            raise UsageError(
                f"--store is no address of a database: {_said(error)}. Write it as "
                "postgresql://USER@HOST/DATABASE."
            ) from error
        self._psycopg = psycopg
        self._address, self._patience = address, min(patience, _FIRST)
        self._connection: Connection[Any] | None = None
        try:
            if not new and not self._do(_version):
                raise InputError(
                    "the database holds no store. Fill one first: parallax ingest FILES --store ADDRESS"
                )
            self._do(self._migrate)
        except ParallaxError:
            self.__exit__()
            raise
        self._patience = patience

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *why: object) -> None:
        if self._connection is not None:
            self._connection.close()

    def has_file(self, digest: str) -> bool:
        """Whether it was taken in."""
        query = "select exists (select from files where digest = %s)"
        return bool(self._do(lambda c: _one(c, query, digest)))

    def add_file(self, digest: str, name: str, rows: Sequence[Row], *, at: str, by: str) -> bool:
        """One transaction; two who take in the same file at once do it once."""
        lines = unique(rows)
        failures = [article_line(row) for row in rows if not isinstance(row, Article)]

        def add(cursor: Cursor[Any]) -> bool:
            cursor.execute(
                "insert into files (digest, name, at, by, rows, failures) values (%s, %s, %s, %s, %s, %s) "
                "on conflict do nothing",
                (digest, name, at, by, len(rows), len(failures)),
            )
            if not cursor.rowcount:
                return False
            # In one order everywhere, so that two writers never wait for each other.
            cursor.executemany(
                "insert into articles (key, outlet, page, day, stems, line) values (%s, %s, %s, %s, %s, %s) "
                "on conflict (key) do update set line = excluded.line, day = excluded.day "
                "where excluded.line < articles.line",
                [_columns(lines[key]) for key in sorted(lines)],
            )
            cursor.executemany(
                "insert into failures (digest, number, line) values (%s, %s, %s)",
                [(digest, number, line) for number, line in enumerate(failures)],
            )
            return True

        return self._do(add)

    def counts(self) -> Counts:
        """Counted by the server."""

        def count(cursor: Cursor[Any]) -> Counts:
            cursor.execute(
                "select (select count(*) from files), (select coalesce(sum(rows), 0) from files), "
                "(select count(*) from articles), (select count(distinct (outlet, page)) from articles), "
                "(select count(*) from failures), (select count(*) from comparisons)"
            )
            files_, rows, articles, pages, failures, comparisons = map(int, cursor.fetchone() or ())
            return Counts(
                files=files_,
                articles=articles,
                versions=articles - pages,
                duplicates=rows - failures - articles,
                failures=failures,
                comparisons=comparisons,
            )

        return self._do(count)

    def articles(self, start: str | None = None, end: str | None = None) -> Iterator[Article]:
        """The articles of the window, which are kept in memory."""
        where, values = _window(start, end)
        lines = self._do(lambda c: _column(c, f"select line from articles where {where}", values))  # noqa: S608
        yield from newest(article_of(bytes(line)) for line in lines)

    def keep(self, event: str, inputs: str, comparison: bytes, *, at: str, by: str) -> bool:
        """Beside what was kept before."""

        def add(cursor: Cursor[Any]) -> bool:
            # Asked first: a comparison that a batch finds on disk is not sent each time.
            known = "select exists (select from comparisons where event = %s and inputs = %s)"
            if _one(cursor, known, event, inputs):
                return False
            cursor.execute(
                "insert into comparisons (event, inputs, at, by, comparison) values (%s, %s, %s, %s, %s) "
                "on conflict do nothing",
                (event, inputs, at, by, comparison),
            )
            return bool(cursor.rowcount)

        return self._do(add)

    def comparison(self, event: str) -> bytes | None:
        """That with the latest time; of several, the last in the alphabet."""
        query = "select comparison from comparisons where event = %s order by at desc, inputs desc limit 1"
        found = self._do(lambda c: _column(c, query, (event,)))
        return bytes(found[0]) if found else None

    def note(self, event: str, lines: bytes, *, at: str, by: str) -> bool:
        """Beside what was said before."""
        digest = sha256(lines).hexdigest()[:20]

        def add(cursor: Cursor[Any]) -> bool:
            cursor.execute(
                "insert into notes (event, digest, at, by, lines) values (%s, %s, %s, %s, %s) "
                "on conflict do nothing",
                (event, digest, at, by, lines),
            )
            return bool(cursor.rowcount)

        return self._do(add)

    def notes(self, event: str) -> list[bytes]:
        """In the order of their numbers."""
        query = "select lines from notes where event = %s order by number"
        return [bytes(lines) for lines in self._do(lambda c: _column(c, query, (event,)))]

    def find(self, words: str, limit: int) -> list[Found]:
        """The articles that hold the words are found by an index."""
        wanted = frozenset(stems_of(words))
        if not wanted:
            raise UsageError(
                f"{words!r} has no word that tells texts apart. Give a name or a noun."
            )
        # A page that took the words back has a newer text without them.
        query = (
            "select line from articles where (outlet, page) in "
            "(select outlet, page from articles where stems @> %s::text[])"
        )
        lines = self._do(lambda c: _column(c, query, (sorted(wanted),)))
        articles = newest(article_of(bytes(line)) for line in lines)
        return in_order((f for a in articles for f in sentences_with(a, wanted)), limit)

    def _migrate(self, cursor: Cursor[Any]) -> None:
        """Brings the tables up to this version, where they are older."""
        version = _version(cursor)
        if version > len(MIGRATIONS):
            raise InputError("the database is of a newer Parallax. Update Parallax.")
        if version == len(MIGRATIONS):
            return
        cursor.execute("select pg_advisory_xact_lock(%s)", (_LOCK,))
        # Somebody else may have done it meanwhile.
        for number in range(_version(cursor), len(MIGRATIONS)):
            script = files("parallax").joinpath(f"stores/migrations/{MIGRATIONS[number]}")
            cursor.execute(script.read_bytes())
            cursor.execute("insert into parallax_schema (version) values (%s)", (number + 1,))

    def _do(self, steps: Steps[T]) -> T:
        """What the steps return, in a transaction of their own; tried again while the server is away."""
        psycopg, until = self._psycopg, time.monotonic() + self._patience
        while True:
            try:
                if self._connection is None or self._connection.closed:
                    self._connection = psycopg.connect(self._address, connect_timeout=5)
                with self._connection.transaction(), self._connection.cursor() as cursor:
                    return steps(cursor)
            except psycopg.errors.InsufficientPrivilege as error:
                raise OutputError(
                    f"this database user may not do that: {_said(error)}. Use one with the role "
                    "parallax_writer, or ask its owner."
                ) from error
            except psycopg.errors.DiskFull as error:
                raise OutputError(
                    f"the database has no room: {_said(error)}. What was begun is not in it. Make room, "
                    "and run the same command again."
                ) from error
            except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                if time.monotonic() > until:
                    raise OutputError(
                        f"PostgreSQL cannot be reached: {_said(error)}. Check that the server runs, the address, "
                        "the user, and his password (in PGPASSWORD or ~/.pgpass)."
                    ) from error
                time.sleep(_PAUSE)
            except psycopg.Error as error:  # read only, tables that somebody changed by hand
                raise OutputError(
                    f"the database refused: {_said(error)}. Ask its owner."
                ) from error


def _said(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _version(cursor: Cursor[Any]) -> int:
    """Of the tables that are there; 0 where there are none."""
    if not _one(cursor, _IS_THERE):
        return 0
    return int(_one(cursor, "select max(version) from parallax_schema"))


def _one(cursor: Cursor[Any], query: Any, *values: object) -> Any:
    row = cursor.execute(query, values or None).fetchone()
    return row[0] if row else None


def _column(cursor: Cursor[Any], query: Any, values: Sequence[object]) -> list[Any]:
    cursor.execute(query, values or None)
    return [row[0] for row in cursor]


def _columns(line: bytes) -> tuple[object, ...]:
    article = article_of(line)
    stems = sorted(map(_text, stems_of(f"{article.title}\n{article.text}")))
    outlet, page = _text(article.outlet), _text(page_of(article))
    return (article.id, outlet, page, day_of(article), stems, line)


def _text(value: str) -> str:
    """As a column may hold it: not the one character that PostgreSQL refuses. The line has all."""
    return value.replace("\0", "\ufffd")


def _window(start: str | None, end: str | None) -> tuple[str, list[object]]:
    values: list[object] = [day for day in (start, end) if day]
    parts = [part for part, day in (("day >= %s", start), ("day <= %s", end)) if day]
    return " and ".join(parts) or "true", values
