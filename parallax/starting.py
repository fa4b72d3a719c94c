"""What a run starts from, beside words: a list of addresses, or an article."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from compare.codec import read_articles
from compare.datamodel import Article, Failure
from compare.errors import InputError, NothingFoundError

if TYPE_CHECKING:
    from compare.datamodel import Event


def listed_urls(source: str) -> list[str]:
    """The addresses in a file, or on standard input for "-"; raises InputError for a line without."""
    from crawlers.discovery import url_lists

    try:
        body = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise InputError(
            f"{source}: {error.strerror or error}. Give a file, or - for stdin."
        ) from error
    found = list(url_lists.found_urls(body, source))
    for row in found:
        if isinstance(row, Failure):
            raise InputError(f"{source}: {row.reason}.")
    return [row.url for row in found if not isinstance(row, Failure)]


def event_like(source: str, out: Path, *, options: list[str]) -> Event:
    """The event that an article is about: its words, names and the days around it.

    `source` is an address, or a file: a page, an articles.jsonl (its first article), or plain text
    whose first line is the title. An address is fetched into OUT/like by a crawl of its own, with
    these options; its process ends before the main crawl begins, since Twisted runs once in one.
    """
    from crawlers.discovery import like

    if not source.startswith(("http://", "https://")):
        return like.event_like(_read(Path(source)))
    call = ["-m", "parallax", "crawl", "--url", source, "--out", str(out / "like"), *options]
    done = subprocess.run(  # noqa: S603 - this very program, without a shell
        [sys.executable, *call], stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        raise NothingFoundError(f"{source} could not be read, so there is nothing to look for.")
    articles, _ = read_articles(out / "like" / "articles.jsonl")
    event = like.event_like(articles[0])
    return replace(event, like=articles[0].url)


def _read(path: Path) -> Article:
    """The article in a file, by the file's ending."""
    if path.suffix in {".jsonl", ".ndjson"}:
        articles, _ = read_articles(path)
        if articles:
            return articles[0]
        raise InputError(f"{path} holds no article.")
    try:
        body = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror or error}. Give an address or a file."
        ) from error
    if path.suffix == ".txt":
        title, _, text = body.decode(errors="replace").strip().partition("\n")
        return Article(id=path.stem, outlet="", title=title, text=text)
    from crawlers.extract.page import extract_page

    page = extract_page(body, url="", outlet="")
    if isinstance(page, Failure):
        raise InputError(f"{path} cannot be read as an article: {page.reason}.")
    return page
