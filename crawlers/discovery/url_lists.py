"""A list of addresses from a user: a file or standard input, one to a line."""

from __future__ import annotations

import re

from crawlers.discovery.bounded_xml import decoded, lost, unpacked
from crawlers.discovery.found import Found, FoundUrl
from crawlers.urls import canonical_url

_INSIDE = re.compile(r"https?://[^\s\"'<>()\[\]]{1,2000}", re.IGNORECASE)
_HEADS = {"url", "urls", "link", "links", "address", "href"}  # what a column of addresses is called
_COMMENT = re.compile(r"(?:^|\s)#.*")


def _address_in(written: str) -> str | None:
    between = r"[\t ]+" if written.startswith(("http", "<http")) else r"[\t,; ]+"
    columns = [column.strip("\"'<>") for column in re.split(between, written)]
    if url := next((url for column in columns if (url := canonical_url(column))), None):
        return url
    if found := _INSIDE.search(written):  # [words](https://...), "- see https://..."
        return canonical_url(found[0])
    alone = len(columns) == 1 and written.lower().startswith("www.")
    return canonical_url(f"https://{written}") if alone else None


def found_urls(body: bytes, base: str) -> Found:
    """The addresses in a list. Blank lines and what follows a # after a space are skipped.

    A line may hold more columns, separated by tabs, or by commas if the address is not the first
    of them (an address may hold commas); the first address counts. One that stands alone and begins with www. may
    lack its scheme, and a first line may name the columns. A line without any is a Failure that names it; `base` is the file's name, or "-".
    """
    data, problem = unpacked(body)
    if problem:
        yield lost(base, problem)
    begun = False
    for number, line in enumerate(decoded(data).splitlines(), 1):
        written = _COMMENT.sub("", line).strip()
        if not written:
            continue
        url = _address_in(written)
        if (
            url is None
            and not begun
            and _HEADS & {c.strip("\"' ").lower() for c in re.split(r"[\t,;]", written)}
        ):
            begun = True
            continue
        begun = True
        if url is None:
            yield lost(base, f"line {number} holds no http(s) address: {written[:200]}")
        else:
            yield FoundUrl(url, source=base)
