"""Archives made for tests."""

from __future__ import annotations

from pathlib import Path

from crawlers.archive.writer import ArchiveWriter, Fetched, Unfetched

AT = "2019-03-24T10:00:00+00:00"


def writer(path: Path) -> ArchiveWriter:
    return ArchiveWriter(path, at=AT, user_agent="Parallax/test", session=1)


def answer(url: str = "http://a.example/", body: bytes = b"hello", status: int = 200) -> Fetched:
    return Fetched(
        url=url, at=AT, status=status, headers=[("Content-Type", "text/html")], body=body
    )


def written(path: Path, *answers: Fetched | Unfetched) -> Path:
    archive = writer(path)
    for one in answers:
        if isinstance(one, Fetched):
            archive.fetched(one, "GET", [("User-Agent", "Parallax/test")])
        else:
            archive.unfetched(one)
    archive.close()
    return path
