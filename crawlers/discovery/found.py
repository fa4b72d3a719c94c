"""What discovery finds: addresses, with what the document that announced them says about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from compare.datamodel import Failure


class Leads(StrEnum):
    """What a found address leads to: an article, or one more place to look in."""

    ARTICLE = "article"
    FEED = "feed"
    SITEMAP = "sitemap"
    LISTING = "listing"


@dataclass(frozen=True, slots=True)
class FoundUrl:
    """An address that a document announced, and what that document says about it.

    `source` is the address of that document. `published` and `modified` are ISO 8601, as precise
    as the document is; `modified` is any time at which the page was already there: its last
    change, or when a service saw it. `body` is the length in characters of the text that a feed carries for the
    article, and `teaser` whether the feed calls it only a summary: a page read that is much
    shorter than its feed's text was not read in full.
    """

    url: str
    title: str | None = None
    published: str | None = None
    source: str = ""
    modified: str | None = None
    leads: Leads = Leads.ARTICLE
    authors: tuple[str, ...] = ()
    language: str | None = None
    body: int | None = None
    teaser: bool = True


Found = Iterator[FoundUrl | Failure]
"""What every parser here returns: what could be read, and a `Failure` for what could not."""
