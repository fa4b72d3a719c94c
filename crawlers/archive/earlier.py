"""What earlier sessions of a crawl were answered: a server need not send again what has not changed.

A page that was got before is asked for with the marks that its server gave it (ETag, Last-Modified;
RFC 9110, section 13). The answer "not modified" then stands for the answer that was kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crawlers.archive.reader import ArchiveReader
from crawlers.archive.writer import Fetched

NOT_MODIFIED = 304
_CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
CONDITIONS = tuple(_CONDITIONS.values())


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
