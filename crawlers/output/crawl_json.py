"""crawl.json: what a crawl was asked, how far it came, and its ledger.

It is what makes a crawl go on: which session's archive to continue, and which rows of
articles.jsonl belong to sessions that ended.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from compare.codec import write_atomic
from compare.datamodel import Event
from compare.errors import InputError, OutputError, UsageError
from crawlers.options import CrawlOptions
from crawlers.output.ledger import LedgerRow

SCHEMA = 1
State = Literal["running", "finished", "interrupted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlFile:
    """What crawl.json holds; what is not known yet, while a crawl runs, is not there.

    `replay` says whether archives were read instead of the network. `session` and `settled` are as
    in `CrawlRecord`; `rows` is how many rows articles.jsonl has. Times are ISO 8601, UTC.
    """

    schema_version: int
    event: Event
    replay: bool
    session: int
    settled: int
    state: State
    started: str
    ended: str | None = None
    rows: int | None = None
    ledger: tuple[LedgerRow, ...] | None = None
    sha256: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The file's keys and values, with their sum."""
        body = {key: value for key, value in asdict(self).items() if value is not None}
        body |= {"ledger": [row.as_json() for row in self.ledger]} if self.ledger else {}
        return body | {"sha256": _sum(body)}


def _sum(body: dict[str, Any]) -> str:
    """The SHA-256 of a record's keys and values, less its sum, in an order of their own."""
    rest = {key: value for key, value in body.items() if key != "sha256"}
    return sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


LOCK = ".lock"


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold a crawl's folder while one process writes there; the lock goes with the process.

    Raises OutputError where another process holds it, or the folder cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        file = (out / LOCK).open("ab")
    except OSError as error:
        raise OutputError(
            f"{out} cannot be written: {error.strerror}. Choose another --out."
        ) from error
    with file:
        try:
            _lock(file.fileno())
        except OSError as error:
            raise OutputError(
                f"{out} is being written by another process. Wait for its end, or choose another --out."
            ) from error
        yield


def _lock(file: int) -> None:
    """Take the lock of an open file, or raise OSError at once; it is let go when the file is closed."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(slots=True)
class CrawlRecord:
    """The record of the crawl in one folder.

    `session` counts from 1 and grows when a finished crawl is refreshed; `settled` is the number
    of leading rows of articles.jsonl that earlier sessions left.
    """

    out: Path
    event: Event
    asked: dict[str, Any]
    started: str
    session: int = 1
    settled: int = 0

    @classmethod
    def open(cls, out: Path, event: Event, options: CrawlOptions, *, now: str) -> CrawlRecord:
        """Begin a crawl in a folder, or go on with the one there.

        Raises UsageError if the folder holds something else, InputError if its crawl.json is
        broken, OutputError if nothing can be written there.
        """
        asked = {"event": _plain(asdict(event)), "replay": bool(options.from_archive)}
        record = cls(out, event, asked, now)
        earlier = _read(out / "crawl.json")
        if earlier is None and record.articles.exists():
            raise UsageError(
                f"{record.articles} is there already, and no crawl wrote it. Choose another --out."
            )
        if earlier is not None:
            record._go_on(earlier, refresh=options.refresh)
        record._write("running")
        return record

    def _go_on(self, earlier: dict[str, Any], *, refresh: bool) -> None:
        if {key: earlier.get(key) for key in self.asked} != self.asked:
            raise UsageError(
                f"{self.out} holds the crawl of another event. Choose another --out, or ask for "
                "the same event to go on."
            )
        self.session = int(earlier.get("session", 1))
        self.settled = 0 if self.asked["replay"] else int(earlier.get("settled", 0))
        if earlier.get("state") != "finished":
            return
        # A finished file is sorted: rows of earlier sessions no longer stand before this one's.
        if refresh or self.session > 1:
            self.settled = int(earlier.get("rows", 0))
        if refresh:
            self.session += 1

    @property
    def articles(self) -> Path:
        """The file of rows."""
        return self.out / "articles.jsonl"

    def archived(self) -> list[Path]:
        """The archive files of this session, in the order in which they were written."""
        return sorted((self.out / "archive").glob(f"{self.session:03d}-*.warc.gz"))

    def archived_before(self) -> list[Path]:
        """The archive files of earlier sessions, in the order in which they were written."""
        files = sorted((self.out / "archive").glob("[0-9]*-[0-9]*.warc.gz"))
        return [path for path in files if int(path.name.partition("-")[0]) < self.session]

    def next_archive(self) -> Path:
        """The archive file that this run of the session writes."""
        part = len(self.archived()) + 1
        return self.out / "archive" / f"{self.session:03d}-{part:04d}.warc.gz"

    def close(self, ledger: Sequence[LedgerRow], *, now: str, rows: int, finished: bool) -> None:
        """Write how it ended, with the ledger."""
        state: State = "finished" if finished else "interrupted"
        self._write(state, ended=now, rows=rows, ledger=tuple(ledger))

    def _write(
        self,
        state: State,
        *,
        ended: str | None = None,
        rows: int | None = None,
        ledger: tuple[LedgerRow, ...] | None = None,
    ) -> None:
        body = CrawlFile(
            schema_version=SCHEMA,
            event=self.event,
            replay=self.asked["replay"],
            session=self.session,
            settled=self.settled,
            state=state,
            started=self.started,
            ended=ended,
            rows=rows,
            ledger=ledger,
        )
        data = json.dumps(body.as_json(), indent=1, ensure_ascii=False) + "\n"
        write_atomic(self.out / "crawl.json", data.encode())


def _read(path: Path) -> dict[str, Any] | None:
    if not path.exists():
        return None
    try:
        body = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{path} cannot be read: {error}. {_INSTEAD}") from error
    if not isinstance(body, dict) or not _is_known(body.get("schema_version")):
        raise InputError(f"{path} is not of this version of Parallax. {_INSTEAD}")
    # A record of before there were sums has none.
    if "session" not in body or body.get("sha256", _sum(body)) != _sum(body):
        raise InputError(f"{path} is damaged. {_INSTEAD}")
    return body


def _is_known(version: object) -> bool:
    return type(version) is int and 1 <= version <= SCHEMA


_INSTEAD = "Choose another --out; what was fetched is whole in archive/, and read from there with --from-archive."


def _plain(value: Any) -> Any:
    """As JSON gives it back, so that what was asked can be compared with what is."""
    return json.loads(json.dumps(value))
