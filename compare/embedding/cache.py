"""Encodings kept on disk, so that the same text is never encoded twice.

One SQLite file, which processes may share: a reader never waits for a writer, and a writer waits
its turn. Encodings come rounded to half precision, and are stored so. Nothing here knows the time:
what was used longest ago is told by a counter.

A cache may be lost, and must never be wrong: each row has a checksum, a file that is no database any
more is set aside, and whatever else goes wrong (a full disk, a lock that is held) means encoding anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from hashlib import blake2b, sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import monotonic, sleep

import numpy as np

from compare.embedding.encoder import Encoded, Encoder, Vector, rounded
from compare.errors import OutputError

MEGABYTE = 1 << 20
# About 25 kB a sentence: 80,000 sentences.
DEFAULT_BYTES = 2048 * MEGABYTE
# Waiting for another process's writing, in seconds.
_PATIENCE = 30.0
# When full, this share stays, so that not every run has to make room.
_KEPT_SHARE = 0.8
_KEYS_A_QUERY = 500
_SUM = 8  # bytes of checksum behind each encoding
# What SQLite says, and what Python says of a row that holds other things than were written.
_TROUBLE = (sqlite3.Error, TypeError, ValueError, OverflowError)
_DAMAGES = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT", "SQLITE_MISMATCH")
_RUN_BY = ("sentence-transformers", "torch")

_SCHEMA = """
create table if not exists encodings (
    key blob primary key, used integer not null, dimension integer not null, tokens integer not null,
    size integer not null, data blob not null
) without rowid;
create index if not exists by_use on encodings (used);
"""


def _write_ahead(db: sqlite3.Connection) -> None:
    """Readers do not wait for a writer. SQLite gives up at once where another process uses a new file just then."""
    until = monotonic() + _PATIENCE
    while True:
        try:
            db.execute("pragma journal_mode = wal")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or monotonic() > until:
                raise
            sleep(0.01)
        else:
            return


class CachedEncoder:
    """An encoder that asks the disk first.

    The keys hold the encoder's name, the major versions of the libraries that run it, and the text.
    """

    def __init__(
        self, encoder: Encoder, path: Path, *, also: str = "", max_bytes: int = DEFAULT_BYTES
    ) -> None:
        """Open or make the cache file; `also` is what else decides the numbers: a probe's name.

        Raises:
            OutputError: the file cannot be made, or is not a cache.
        """
        self.name = encoder.name
        self.dimension = encoder.dimension
        self.inner = encoder
        self._also = also
        self._path = path
        self._max_bytes = max_bytes
        self._remade = 0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._make()
        except (OSError, sqlite3.Error) as error:
            raise OutputError(
                f"cannot keep encodings in {path} ({error}); PARALLAX_CACHE=FOLDER names "
                "another folder, PARALLAX_CACHE=off keeps none"
            ) from error

    def _make(self) -> None:
        try:
            with closing(self._open()) as db:
                db.executescript(_SCHEMA)
        except _TROUBLE as error:
            if not _is_damage(error):
                raise
            self._set_aside()
            with closing(self._open()) as db:
                db.executescript(_SCHEMA)

    def _set_aside(self) -> None:
        """Put a file that is no database any more out of the way, whole, for whoever wants to know."""
        with suppress(OSError):
            self._path.replace(self._path.with_name(f"{self._path.name}.damaged"))
        for ending in ("-wal", "-shm"):
            with suppress(OSError):
                self._path.with_name(f"{self._path.name}{ending}").unlink(missing_ok=True)

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """One `Encoded` a text, in order; only what the disk does not have is encoded."""
        keys = {text: self._key(text) for text in dict.fromkeys(texts)}
        found: dict[bytes, Encoded] = {}
        with self._forgiving():
            found = self._read(keys.values())
        missing = [text for text, key in keys.items() if key not in found]
        fresh = dict(zip(missing, map(rounded, self.inner.encode(missing)), strict=True))
        self._keep({keys[t]: e for t, e in fresh.items()}, found)
        return [fresh[text] if text in fresh else found[keys[text]] for text in texts]

    def _keep(self, fresh: dict[bytes, Encoded], found: dict[bytes, Encoded]) -> None:
        before = self._remade
        with self._forgiving():
            self._write(fresh, used=list(found))
        if (
            self._remade > before
        ):  # the file proved damaged only now, and what it held is not in the new one
            with self._forgiving():
                self._write(found | fresh, used=[])

    @contextmanager
    def _forgiving(self) -> Iterator[None]:
        """Go on without the cache where it fails; make a new one where it is damaged."""
        try:
            yield
        except _TROUBLE as error:
            if _is_damage(error):
                with suppress(*_TROUBLE):
                    self._set_aside()
                    self._make()
                    self._remade += 1

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=_PATIENCE)
        try:
            _write_ahead(db)
            db.execute("pragma synchronous = normal")
        except BaseException:
            db.close()
            raise
        return db

    def _key(self, text: str) -> bytes:
        return sha256(
            f"{self.name}\0{self._also}\0{_libraries()}\0{text}".encode("utf-8", "surrogatepass")
        ).digest()

    def _read(self, keys: Iterable[bytes]) -> dict[bytes, Encoded]:
        with closing(self._open()) as db:
            return self._found(db, list(keys))

    def _found(self, db: sqlite3.Connection, wanted: list[bytes]) -> dict[bytes, Encoded]:
        found: dict[bytes, Encoded] = {}
        for at in range(0, len(wanted), _KEYS_A_QUERY):
            some = wanted[at : at + _KEYS_A_QUERY]
            marks = ",".join("?" * len(some))
            query = f"select key, dimension, tokens, data from encodings where key in ({marks})"  # noqa: S608 - only question marks
            for key, dimension, tokens, data in db.execute(query, some):
                if dimension == self.dimension and (
                    encoded := _unpacked(key, data, dimension, tokens)
                ):
                    found[key] = encoded
        return found

    def _write(self, fresh: dict[bytes, Encoded], used: list[bytes]) -> None:
        with closing(self._open()) as db, db:
            (last,) = db.execute("select coalesce(max(used), 0) from encodings").fetchone()
            now = last + 1
            db.executemany(
                "update encodings set used = ? where key = ?", ((now, key) for key in used)
            )
            db.executemany(
                "insert or replace into encodings values (?, ?, ?, ?, ?, ?)",
                (
                    (key, now, self.dimension, len(e.tokens), len(data), data)
                    for key, e in fresh.items()
                    for data in (_packed(key, e),)
                ),
            )
            if fresh:
                self._check(db, [*fresh, *used])
                self._make_room(db)

    def _check(self, db: sqlite3.Connection, there: list[bytes]) -> None:
        """Raises where a row that was read or written just now is not found: rows out of order say nothing of it."""
        found = 0
        for at in range(0, len(there), _KEYS_A_QUERY):
            some = there[at : at + _KEYS_A_QUERY]
            marks = ",".join("?" * len(some))
            query = f"select count(*) from encodings where key in ({marks})"  # noqa: S608 - only question marks
            found += db.execute(query, some).fetchone()[0]
        if found < len(there):
            raise sqlite3.DatabaseError("rows of the cache are out of order")

    def _make_room(self, db: sqlite3.Connection) -> None:
        """Forget what was used longest ago, once there is more than allowed."""
        (size,) = db.execute("select coalesce(sum(size), 0) from encodings").fetchone()
        if size <= self._max_bytes:
            return
        surplus = size - int(_KEPT_SHARE * self._max_bytes)
        for key, bytes_ in db.execute(
            "select key, size from encodings order by used, key"
        ).fetchall():
            if surplus <= 0:
                break
            db.execute("delete from encodings where key = ?", (key,))
            surplus -= bytes_


def _is_damage(error: Exception) -> bool:
    """Whether the file itself is broken, and not only out of reach for now."""
    name = getattr(error, "sqlite_errorname", "")
    # Without a name it comes from Python's own reading of a broken row; a changed table lacks a column.
    return name.startswith(_DAMAGES) or not name or "no such" in str(error)


@lru_cache(maxsize=1)
def _libraries() -> str:
    """What may give other numbers for the same weights."""
    majors = []
    for name in _RUN_BY:
        with suppress(PackageNotFoundError):  # an encoder of another kind needs none of them
            majors.append(f"{name} {version(name).partition('.')[0]}")
    return ", ".join(majors)


def _packed(key: bytes, encoded: Encoded) -> bytes:
    vector, tokens = encoded.vector.astype("<f2"), encoded.tokens.astype("<f2")
    probed = b"" if encoded.probed is None else encoded.probed.astype("<f2").tobytes()
    data = vector.tobytes() + tokens.tobytes() + encoded.offsets.astype("<i4").tobytes() + probed
    return data + _sum(key, data)


def _sum(key: bytes, data: bytes) -> bytes:
    return blake2b(data, digest_size=_SUM, key=key).digest()


def _unpacked(key: bytes, packed: object, dimension: int, tokens: object) -> Encoded | None:
    """The encoding, or None where the bytes are not those that were written.

    What a probe said is behind the rest; how many numbers a token, its length tells.
    """
    if not isinstance(packed, bytes) or not isinstance(tokens, int):
        return None
    data, floats = packed[:-_SUM], dimension * (tokens + 1)
    surplus = len(data) - 2 * floats - 8 * tokens
    if surplus < 0 or packed[-_SUM:] != _sum(key, data):
        return None
    numbers: Vector = np.frombuffer(data, dtype="<f2", count=floats).astype(np.float16)
    offsets = np.frombuffer(data, dtype="<i4", offset=2 * floats, count=2 * tokens)
    probed: Vector | None = None
    if surplus:
        read = np.frombuffer(data, dtype="<f2", offset=2 * floats + 8 * tokens)
        said: Vector = read.astype(np.float16)
        probed = said.reshape(tokens, -1)
    return Encoded(
        numbers[:dimension].astype(np.float32),
        numbers[dimension:].reshape(tokens, dimension),
        offsets.astype(np.int32).reshape(tokens, 2),
        probed,
    )
