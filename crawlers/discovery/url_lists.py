"""A list of addresses from a user: a file or standard input, one to a line."""

from __future__ import annotations

import re

from crawlers.discovery.bounded_xml import decoded, lost, unpacked
from crawlers.discovery.found import Found, FoundUrl
from crawlers.urls import canonical_url

_COMMENT = re.compile(r"(?:^|\s)#.*")


def found_urls(body: bytes, base: str) -> Found:
    """The addresses in a list. Blank lines and what follows a # after a space are skipped.

    A line may hold more columns, separated by tabs, or by commas if the address is not the first
    of them (an address may hold commas); the first address counts. A line without any is a
    Failure that names it; `base` is the file's name, or "-".
    """
    data, problem = unpacked(body)
    if problem:
        yield lost(base, problem)
    for number, line in enumerate(decoded(data).splitlines(), 1):
        written = _COMMENT.sub("", line).strip()
        if not written:
            continue
        between = r"[\t ]+" if written.startswith(("http", "<http")) else r"[\t, ]+"
        columns = (column.strip("\"'<>") for column in re.split(between, written))
        url = next((url for column in columns if (url := canonical_url(column))), None)
        if url is None:
            yield lost(base, f"line {number} holds no http(s) address: {written[:200]}")
        else:
            yield FoundUrl(url, source=base)
