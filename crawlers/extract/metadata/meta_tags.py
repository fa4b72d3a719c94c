"""The names under which meta elements say what a page is about: OpenGraph, Twitter cards, Dublin Core and others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from crawlers.extract.metadata.schema_org import META_HEADLINE, META_MODIFIED, META_PUBLISHED

# Characters of a meta tag, a title or a name; real ones are far shorter.
MAX_META = 5_000

OG_TITLE, OG_SITE, OG_TYPE, OG_URL, OG_LOCALE = (
    "og:title", "og:site_name", "og:type", "og:url", "og:locale",
)  # fmt: skip
OG_DESCRIPTION, TWITTER_DESCRIPTION, DESCRIPTION = (
    "og:description", "twitter:description", "description",
)  # fmt: skip
TWITTER_TITLE = "twitter:title"
APPLICATION = "application-name"
LANGUAGE = "content-language"
TITLES = (
    *"dc.title dcterms.title citation_title parsely-title sailthru.title".split(),
    META_HEADLINE,
)
SECTIONS = ("article:section", "og:article:section", "content_category")
AUTHORS = tuple(
    (
        "author article:author sailthru.author parsely-author dc.creator dcterms.creator byl "
        "article:author_name cxenseparse:author dable:author og:article:author og:author authors"
    ).split()
)
PUBLISHED = (
    *"article:published_time og:article:published_time article:published".split(),
    META_PUBLISHED,
    *(
        "parsely-pub-date sailthru.date dc.date.issued dcterms.created dcterms.issued dc.date "
        "publish-date publication_date publishdate pubdate published_time_telegram cxenseparse:recs:publishtime "
        "date article.published originalpublicationdate dcterms.date iso-8601-publish-date last-published"
    ).split(),
)
MODIFIED = (
    *"article:modified_time og:updated_time og:article:modified_time".split(),
    META_MODIFIED,
    *"dcterms.modified last-modified lastmod article.updated".split(),
)


class MetaTags:
    """The contents of a page's meta elements by name, property, itemprop or http-equiv, in page order."""

    def __init__(self, root: HtmlElement) -> None:
        self._contents: dict[str, list[str]] = {}
        for element in root.iter("meta"):
            content = (element.get("content") or "")[:MAX_META].strip()
            if not content:
                continue
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                for name in (element.get(attribute) or "").lower().split():
                    self._contents.setdefault(name, []).append(content)

    def all(self, *names: str) -> Iterator[str]:
        """All contents under these names, name by name."""
        for name in names:
            yield from self._contents.get(name, ())

    def groups(self, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The contents under each of these names that has any."""
        for name in names:
            if found := self._contents.get(name):
                yield tuple(found)

    def first(self, name: str) -> str | None:
        """The first content under a name."""
        return next(self.all(name), None)
