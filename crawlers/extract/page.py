"""One page to one article, or to the reason why it is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from compare.datamodel import Article, Completeness, Failure, Stage
from compare.kinds import Cause
from crawlers.extract.body.consent import is_consent_text
from crawlers.extract.body.select import Body, body_of
from crawlers.extract.body.wording import likeness
from crawlers.extract.completeness import completeness_of
from crawlers.extract.kinds import Judged
from crawlers.extract.markup import NEEDS_SCRIPTS, has_end, parsed, scripts_out_of, why_not_html
from crawlers.extract.metadata.authors import authors_of
from crawlers.extract.metadata.credits import credits_of
from crawlers.extract.metadata.dates import dates_of
from crawlers.extract.metadata.language import language_of
from crawlers.extract.metadata.page_metadata import (
    PageMetadata,
    Source,
    Stated,
    Text,
    page_metadata,
)
from crawlers.extract.metadata.titles import title_of
from crawlers.extract.more import more_of
from crawlers.urls import registrable_domain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from crawlers.discovery.found import FoundUrl

_ID_LENGTH = 16
_MISSING = re.compile(
    r"\b(?:404|410)\b|page (?:not|cannot be|could not be|can't be) found|(?:page|article|story) (?:is )?(?:not available|unavailable|no longer (?:available|exists)|has (?:moved|expired|been removed))"
    r"|doesn'?t exist|does not exist|we can'?t find|nothing (?:was )?found|seite (?:wurde )?nicht gefunden|page introuvable|página no encontrada|pagina non trovata|página não encontrada",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"(?:we|our partners).{0,40}(?:value|care about|respect) your privacy|before you continue|(?:accept|manage|reject) (?:all )?(?:cookies|consent)|use (?:of )?cookies"
    r"|your (?:privacy|consent) choices|consent to the use|einwilligung|cookies akzeptieren|zustimmen und weiter",
    re.IGNORECASE,
)
_GUARDED = re.compile(
    r"checking your browser|just a moment|verify (?:that )?you are (?:a )?human|are you a robot|unusual (?:traffic|activity)|access (?:to this page )?(?:has been )?denied|captcha"
    r"|you have been blocked|attention required|request unsuccessful|pardon our interruption|service unavailable|bad gateway",
    re.IGNORECASE,
)
_ASKS_FOR_SCRIPTS = re.compile(
    r"(?:enable|turn on|activate|requires?|without|needs?) java ?script|java ?script (?:is|must be) (?:disabled|required|enabled|turned on)",
    re.IGNORECASE,
)
CONSENT = "a consent page: the article is behind a cookie dialogue"
_ABOUT = 0.5  # of the title's words: a text that has them is about it, cookies or not
_SHORT = 120  # words; longer texts may well mention cookies or robots


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is known of a page besides its bytes; `ended` is whether it came to its end."""

    url: str
    outlet: str
    id: str | None
    fetched_at: str | None
    hint: FoundUrl | None
    ended: bool

    def failed(self, reason: str, cause: Cause = Cause.NOT_ARTICLE) -> Failure:
        return Failure(
            stage=Stage.EXTRACT,
            reason=reason,
            cause=cause,
            url=self.url,
            outlet=self.outlet,
            id=self.id,
            at=self.fetched_at,
        )


def extract_page(
    body: bytes,
    *,
    url: str,
    outlet: str,
    id: str | None = None,  # noqa: A002 - the row's own name for it
    fetched_at: str | None = None,
    content_type: str | None = None,
    hint: FoundUrl | None = None,
    whole: bool = False,
) -> Article | Failure:
    """The article that a page holds, or a `Failure` at stage "extract" that says why it holds none.

    Pure: no network, no clock. `hint` is what a feed or sitemap said about the page; it fills what
    the page itself leaves open. Without `id`, the id is a hash of address, title and text. `whole`
    is whether it is known that all bytes came (a length or the end of a packed stream said so);
    where it is not, a page without its end tag is not called full.
    """
    ended = whole or has_end(body)
    asked = _Asked(url, outlet, id, fetched_at, hint, ended)
    if reason := why_not_html(body, content_type):
        return asked.failed(reason)
    root = parsed(body, content_type)
    if isinstance(root, str):
        return asked.failed(root)
    metadata = page_metadata(root, url)
    title = title_of(root, metadata, outlet)
    named = title.value if title else ""
    scripts = scripts_out_of(root)
    read = body_of(root, metadata, url, named)
    if why := _why_no_article(root, read, named, scripts):
        return asked.failed(*why)
    return _article(root, metadata, read, scripts, title=title, asked=asked)


def _article(
    root: HtmlElement,
    metadata: PageMetadata,
    read: Body,
    scripts: Sequence[str],
    *,
    title: Text | None,
    asked: _Asked,
) -> Article:
    if title is None and asked.hint is not None:
        title = Stated(asked.hint.title or "", Source.FEED)
    named = title.value if title else ""
    signed = _signed(root, metadata, asked.hint)
    authors = signed.value if signed else ()
    published, modified = _dated(root, metadata, read, named, asked)
    completeness, reason = _judged(root, metadata, read, scripts, title=named, asked=asked)
    canonical = canonical_of(asked.url, metadata.canonical)
    fields = {"title": title, "authors": signed, "published": published, "modified": modified}
    sources = {name: one.source for name, one in fields.items() if one is not None}
    if read.provenance is not None:
        sources["text"] = read.provenance
    return Article(
        id=asked.id or content_id(canonical, named, read.text),
        outlet=asked.outlet,
        title=named,
        text=read.text,
        url=canonical,
        authors=authors,
        published=published.value if published else None,
        modified=modified.value if modified else None,
        fetched_at=asked.fetched_at,
        language=language_of(read.text, metadata),
        completeness=completeness,
        completeness_reason=reason,
        quoted=read.quoted,
        credits=credits_of(metadata, authors, read.blocks, read.kept, asked.outlet),
        provenance={name: source.value for name, source in sources.items()},
    )


def _signed(
    root: HtmlElement, metadata: PageMetadata, hint: FoundUrl | None
) -> Stated[tuple[str, ...]] | None:
    """The authors that the page names, else those of its feed."""
    named = authors_of(root, metadata)
    if named is None and hint is not None and hint.authors:
        return Stated(tuple(hint.authors), Source.FEED)
    return named


def _dated(
    root: HtmlElement, metadata: PageMetadata, read: Body, title: str, asked: _Asked
) -> tuple[Text | None, Text | None]:
    """When the page says that it was published and modified; its feed is heard before its address."""
    published, modified = dates_of(
        root, metadata, read, url=asked.url, title=title, fetched_at=asked.fetched_at
    )
    told = asked.hint.published if asked.hint is not None else None
    if told and (published is None or published.source is Source.ADDRESS):
        published = Stated(told, Source.FEED)
    return published, modified


def _judged(
    root: HtmlElement,
    metadata: PageMetadata,
    read: Body,
    scripts: Sequence[str],
    *,
    title: str,
    asked: _Asked,
) -> Judged:
    """How complete the text is, and why: by the page, and by what else holds more of it."""
    hint = asked.hint
    completeness, reason = completeness_of(
        metadata,
        read,
        url=asked.url,
        title=title,
        feed_length=hint.body if hint is not None else None,
        ended=asked.ended,
    )
    if completeness is Completeness.FULL:
        return more_of(root, scripts, read, asked.url) or (completeness, reason)
    return completeness, reason


def content_id(url: str, title: str, text: str) -> str:
    """An id that is the same for the same content at the same address, and another for any other."""
    return sha256(f"{url}\n{title}\n\n{text}".encode()).hexdigest()[:_ID_LENGTH]


def canonical_of(url: str, canonical: str | None) -> str:
    """The address that the page calls its own, if it is of the same site and of an article."""
    if not canonical:
        return url
    try:
        here, there = urlsplit(url), urlsplit(canonical)
        if there.scheme not in {"http", "https"} or not there.hostname or here.port != there.port:
            return url
        if there.path in {"", "/"} and here.path not in {"", "/"}:
            return url  # a template that calls every page the home page
        own = registrable_domain(here.hostname or "")
        return canonical if own == registrable_domain(there.hostname) else url
    except ValueError:
        return url


def _why_no_article(
    root: HtmlElement, read: Body, title: str, scripts: Sequence[str]
) -> tuple[str, Cause] | None:
    words = len(read.text.split())
    if is_consent_text(read.text.split("\n\n")) and not likeness(title, read.text) >= _ABOUT:
        return CONSENT, Cause.NOT_ARTICLE
    if words >= _SHORT:
        return None
    shown = " ".join(block.text for block in read.blocks)[:4_000]
    heading = " ".join([title, *(h.text_content() for h in root.iter("title", "h1"))])
    if _MISSING.search(heading) or (words < 40 and _MISSING.search(shown[:600])):
        return f"a page that says it was not found ({heading.strip()[:80]!r})", Cause.NOT_ARTICLE
    if _GUARDED.search(heading) or (words < 40 and _GUARDED.search(shown)):
        return "a page that keeps programs out (a robot check)", Cause.NOT_ARTICLE
    if words < 40 and _ASKS_FOR_SCRIPTS.search(f"{heading} {shown}"):
        return NEEDS_SCRIPTS, Cause.NEEDS_SCRIPTS
    if words < 60 and _CONSENT.search(heading + " " + shown[:1_500]):
        return CONSENT, Cause.NOT_ARTICLE
    if not read.text.strip():
        if not shown and (scripts or next(root.iter("script"), None) is not None):
            return NEEDS_SCRIPTS, Cause.NEEDS_SCRIPTS
        return "no article text was found on the page", Cause.NO_TEXT
    return None
