"""What WARC files hold, read back instead of fetched again: our own, or any other tool's.

Only where each answer lies is kept in memory. Records that broke off are skipped, and where a file is
damaged it is read on behind the damage; `damaged` counts such stretches.

A page that was got by an earlier session is asked for with the marks that its server gave it (ETag,
Last-Modified; RFC 9110, section 13). The answer "not modified" then stands for the answer that was kept.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from compare.errors import InputError
from crawlers.archive.records import (
    BrokenOffError,
    DamagedError,
    Place,
    Revisit,
    as_it_is_coded,
    broken_member,
    counts,
    next_member,
    read,
    session_of,
    stands_alone,
    target,
)
from crawlers.archive.writer import (
    RENDERED,
    SOFTWARE,
    Fetched,
    Unfetched,
)
from crawlers.urls import canonical_url

NOT_MODIFIED = 304
_CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
CONDITIONS = tuple(_CONDITIONS.values())
_WANTED = (
    WarcRecordType.response
    | WarcRecordType.metadata
    | WarcRecordType.warcinfo
    | WarcRecordType.conversion
    | WarcRecordType.revisit
    | WarcRecordType.resource
)
_KINDS = (".warc", ".warc.gz")
_LARGEST = 10_000_000  # bytes of one body, as in a crawl
_SECOND = 2  # the first record of any file is where the file begins
_IN_ONE_PIECE = "{} is packed in one piece, so that its records cannot be found one by one. Unpack it (gunzip -k) and give the .warc."
_NOT_HELD = "the archive refers to another answer that it does not hold"


@dataclass(slots=True)
class ArchiveReader:
    """What WARC files answer, address by address, each address's answers in the order they came.

    `foreign` says that a file was not written by this program: then its pages are what there is to
    read, since its crawl did not look where ours looks. Only the places are kept in memory. Answers of
    more than `largest` bytes are as good as not fetched. `damaged` is how many stretches of the files
    could not be read, `broken_off` where records end before their length says so, as the last one
    does of a program that was killed.
    """

    foreign: bool = False
    largest: int = _LARGEST
    damaged: int = 0
    broken_off: set[Place] = field(default_factory=set)
    paths: list[Path] = field(default_factory=list)
    _places: dict[str, deque[Place]] = field(default_factory=lambda: defaultdict(deque))
    _last: dict[str, Place] = field(default_factory=dict)
    _by_plain: dict[str, str] = field(default_factory=dict)
    _originals: dict[str, Place] = field(default_factory=dict)
    _wrong: set[Place] = field(
        default_factory=set
    )  # records whose bytes are not those that were written

    @classmethod
    def of(
        cls, paths: Iterable[Path], *, strict: bool = True, largest: int = _LARGEST
    ) -> ArchiveReader:
        """Finds what the files hold; raises InputError if one is not a WARC file and `strict`."""
        reader = cls(largest=largest)
        for path in paths:
            reader._add(path, strict=strict)
        return reader

    @classmethod
    def sessions(cls, paths: Iterable[Path], *, largest: int = _LARGEST) -> list[ArchiveReader]:
        """A reader for each session that the files are of, in order; another tool's are of the first.

        A folder stands for the WARC files in it, or in its `archive/`. Raises InputError if there is
        none, or one is not a WARC file.
        """
        by_session: dict[int, list[Path]] = defaultdict(list)
        for path in dict.fromkeys(file for given in paths for file in _files_of(given)):
            by_session[session_of(path)].append(path)
        return [cls.of(by_session[number], largest=largest) for number in sorted(by_session)]

    def _add(self, path: Path, *, strict: bool) -> None:
        self.paths.append(path)
        software, seen = "", 0
        try:
            for record in self._records(path):
                seen += 1
                if seen == _SECOND and strict and not stands_alone(path, record.stream_pos):
                    raise InputError(_IN_ONE_PIECE.format(path))
                if record.record_type == WarcRecordType.warcinfo:
                    software += record.reader.read(100_000).decode("utf-8", "replace")
                elif (url := target(record)) and counts(record):
                    self._found(url, record, Place(path, record.stream_pos))
        except OSError as error:
            if not seen and strict:
                raise InputError(
                    f"{path} is no WARC file that can be read: {error}. Give a .warc or .warc.gz."
                ) from error
        if not seen and strict:
            raise InputError(f"{path} holds no WARC record. Give a .warc or .warc.gz file.")
        self.foreign |= bool(seen) and f"software: {SOFTWARE}\r\n" not in software

    def _found(self, url: str, record: WarcRecord, place: Place) -> None:
        self._places[url].append(place)
        if (plain := canonical_url(url)) not in {url, None}:
            self._by_plain.setdefault(plain, url)
        if record.record_type == WarcRecordType.response:
            date, digest = (
                record.headers.get(f"WARC-{name}") for name in ("Date", "Payload-Digest")
            )
            for name in (record.headers.get("WARC-Record-ID"), f"{url} {date}", digest):
                if name:
                    self._originals.setdefault(name, place)

    def _records(self, path: Path) -> Iterator[WarcRecord]:
        """The records of a file, read on behind each stretch that is damaged."""
        start: int | None = 0
        with path.open("rb") as file:
            while start is not None:
                last: int | None = None
                file.seek(start)
                try:
                    for record in ArchiveIterator(file, record_types=_WANTED, parse_http=False):
                        last = record.stream_pos
                        yield record
                except OSError:
                    behind = next_member(path, (start if last is None else last) + 1)
                    if start == 0 and last is None and behind is None:
                        raise  # no WARC file at all
                    self.damaged += last is not None or start == 0
                    start = behind
                else:
                    # A length that is damaged swallows all that follows, and says nothing.
                    broken = broken_member(path, start if last is None else last)
                    start = None if broken is None else next_member(path, broken + 1)
                    self.damaged += start is not None
                    if broken is not None and start is None:
                        self.broken_off.add(Place(path, broken))

    def pages(self) -> Iterator[str]:
        """Every address that has an answer, in the order of the files."""
        yield from (url for url in self._places if not url.startswith(RENDERED))

    def has(self, url: str) -> bool:
        """Whether an address has an answer."""
        return self._kept_as(url) in self._places

    def take(self, url: str, *, again: bool = False) -> Fetched | Unfetched | None:
        """The next answer for an address; None if there is no further one.

        With `again`, the last one once more where the answers are used up.
        """
        url = self._kept_as(url)
        places = self._places.get(url)
        while places:
            place = places.popleft()
            if (answer := self._answer_at(place)) is not None:
                self._last[url] = place
                return answer
        place_again = self._last.get(url) if again else None
        return self._answer_at(place_again) if place_again else None

    def latest(self, url: str) -> Fetched | None:
        """The last whole answer for an address with status 200, none of which `take` has given."""
        for place in reversed(self._places.get(url.partition("#")[0], ())):
            answer = self._answer_at(place)
            if isinstance(answer, Fetched) and answer.status == 200 and not answer.truncated:
                return answer
        return None

    def _kept_as(self, url: str) -> str:
        """The address of an answer: another program may have asked with tracking parameters."""
        url = url.partition("#")[0]
        if self.foreign and url not in self._places:
            return self._by_plain.get(url, url)
        return url

    def _answer_at(self, place: Place) -> Fetched | Unfetched | None:
        answer = self._read(place)
        if isinstance(answer, Revisit):
            answer = self._resolved(answer)
        if self.foreign and isinstance(answer, Fetched):
            return as_it_is_coded(answer)
        return answer

    def _read(self, place: Place) -> Fetched | Unfetched | Revisit | None:
        try:
            return read(place, self.largest, checked=not self.foreign)
        except BrokenOffError:
            self.broken_off.add(place)
            return None
        except DamagedError:
            if place not in self._wrong:
                self._wrong.add(place)
                self.damaged += 1
            return None

    def _resolved(self, again: Revisit) -> Fetched | Unfetched:
        """The answer that a revisit stands for: the body of the one it refers to, under its own address."""
        known = (self._originals.get(name) for name in again.refers_to)
        for place in known:
            original = self._read(place) if place else None
            if isinstance(original, Fetched):
                return again.stands_for(original)
        return Unfetched(url=again.url, at=again.at, error="RefusedError", message=_NOT_HELD)


def _files_of(path: Path) -> list[Path]:
    """The WARC files that a path stands for: itself, or those in a folder, however deep."""
    if not path.is_dir():
        return [path]
    folder = path / "archive" if (path / "archive").is_dir() else path
    found = sorted(file for file in folder.rglob("*") if file.name.lower().endswith(_KINDS))
    if not found:
        raise InputError(f"{path} is a folder without a .warc or .warc.gz file.")
    return found


class Earlier:
    """The answers in the archive files of earlier sessions, which are read when one is first asked for."""

    def __init__(self, paths: Sequence[Path] = ()) -> None:
        self._paths = tuple(paths)
        self._reader: ArchiveReader | None = None

    def answer(self, url: str) -> Fetched | None:
        """The last whole answer with status 200; None if there is none."""
        if not self._paths:
            return None
        if self._reader is None:
            self._reader = ArchiveReader.of(self._paths, strict=False)
        return self._reader.latest(url)

    def conditions(self, url: str) -> dict[str, str]:
        """The request headers that ask for a page only if it has changed since."""
        known = self.answer(url)
        if known is None:
            return {}
        marks = {name.lower(): value for name, value in known.headers if value}
        return {header: marks[name] for name, header in _CONDITIONS.items() if name in marks}
