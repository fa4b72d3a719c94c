"""The address of a page that a browser or another program saved."""

from __future__ import annotations

import re
from pathlib import Path

from crawlers.extract.markup import parsed
from crawlers.extract.metadata.page_metadata import page_metadata, values
from crawlers.extract.pool import read_page
from crawlers.urls import canonical_url

# What browsers ("save page as") and SingleFile write at the head of a page.
_SAVED_FROM = re.compile(rb"saved from url=\(\d{4}\)(\S{1,2000})")
_SINGLE_FILE = re.compile(rb"Page saved with SingleFile\s{1,20}url: (\S{1,2000})")
_HEAD = 4096  # bytes in which they stand


def address_of(file: Path) -> str | None:
    """Where a saved page is from, by the note of what saved it, else by what it calls its own address.

    Raises OSError, EOFError or zlib.error where the file cannot be read.
    """
    body = read_page(file)
    for note in (_SAVED_FROM, _SINGLE_FILE):
        if found := note.search(body[:_HEAD]):
            return canonical_url(found[1].decode("utf-8", "replace"))
    root = parsed(body, None)
    if isinstance(root, str):  # why it cannot be parsed; reading the page says it, too
        return None
    stated = values(page_metadata(root, "").addresses)
    return next((url for one in stated if (url := canonical_url(one))), None)
