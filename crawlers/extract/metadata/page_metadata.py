"""What a page says about itself for machines, typed: every field with its value and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Generic, TypeVar
from urllib.parse import urljoin

from lxml.html import HtmlElement

from crawlers.extract.metadata import meta_tags as tags
from crawlers.extract.metadata.meta_tags import MAX_META, MetaTags
from crawlers.extract.metadata.plain_text import plain
from crawlers.extract.metadata.schema_org import SchemaOrg, schema_org

T_co = TypeVar("T_co", covariant=True)


class Source(StrEnum):
    """Where a field of an article was read; as it stands in `Article.provenance`."""

    JSON_LD = "json-ld"
    OPEN_GRAPH = "og"
    TWITTER = "twitter"
    META = "meta"
    TITLE = "title"
    LINK = "link"
    HTML = "html"
    H1 = "h1"
    BYLINE = "byline"
    TIME = "time"
    LINE = "line"
    ADDRESS = "address"
    FEED = "feed"
    PAGE = "page"


class Kind(Enum):
    """What a page says that it is, or holds."""

    ARTICLE = auto()
    VIDEO = auto()
    LIVE_BLOG = auto()


@dataclass(frozen=True, slots=True)
class Stated(Generic[T_co]):
    """A value and where it was read."""

    value: T_co
    source: Source


Text = Stated[str]


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page states of itself, in each field the likelier first.

    `headlines`: of its main article's JSON-LD; `shared_titles`: for other sites, OpenGraph's before
    Twitter's; `meta_titles`: under other names; `names`: what the JSON-LD calls the article besides.
    `authors`: a group for each place, as written. `published` to `page_published`: as written,
    `created` being when the article was begun, `page_published` what is said of the page alone.
    `providers`: organizations that the JSON-LD credits. `body`: the article's text in paragraphs.
    `word_count`: words, `free`: whether all of it is free. `about`: what the main article is,
    `holds`: what else the page has. Titles, names and descriptions are as a reader would see them.
    """

    url: str
    addresses: tuple[Text, ...]
    languages: tuple[Text, ...]
    headlines: tuple[Text, ...]
    shared_titles: tuple[Text, ...]
    meta_titles: tuple[Text, ...]
    names: tuple[Text, ...]
    head_title: Text
    descriptions: tuple[Text, ...]
    site_names: tuple[Text, ...]
    sections: tuple[Text, ...]
    authors: tuple[Stated[tuple[str, ...]], ...]
    published: tuple[Text, ...]
    created: tuple[Text, ...]
    modified: tuple[Text, ...]
    page_published: tuple[Text, ...]
    providers: tuple[Text, ...]
    body: Text | None
    word_count: Stated[int] | None
    free: Stated[bool] | None
    about: tuple[Stated[Kind], ...]
    holds: tuple[Stated[Kind], ...]

    @property
    def canonical(self) -> str | None:
        """The address that the page's canonical link calls its own."""
        return next(values(self.addresses, Source.LINK), None)

    @property
    def all_headlines(self) -> list[str]:
        """The headlines that the page states for machines: shared ones, then the article's."""
        return [stated.value for stated in (*self.shared_titles, *self.headlines)]


def values(stated: Iterable[Stated[T_co]], *sources: Source) -> Iterator[T_co]:
    """The values of a field, of these sources only where some are named."""
    return (one.value for one in stated if not sources or one.source in sources)


def page_metadata(root: HtmlElement, url: str) -> PageMetadata:
    """What the page says about itself; `url` tells the main article from others listed."""
    meta = MetaTags(root)
    link = _canonical(root, url)
    shared = (
        *_all(Source.OPEN_GRAPH, map(plain, meta.all(tags.OG_TITLE))),
        *_all(Source.TWITTER, map(plain, meta.all(tags.TWITTER_TITLE))),
    )
    data = schema_org(root, url, link, [title.value for title in shared])
    return PageMetadata(
        url=url,
        addresses=_addresses(link, meta),
        languages=_languages(root, meta, data),
        headlines=_all(Source.JSON_LD, data.headlines),
        shared_titles=shared,
        meta_titles=_all(Source.META, map(plain, meta.all(*tags.TITLES))),
        names=_all(Source.JSON_LD, data.names),
        head_title=Stated(_head_title(root), Source.TITLE),
        descriptions=_descriptions(meta, data),
        site_names=_site_names(meta, data),
        sections=_sections(meta, data),
        authors=_authors(meta, data),
        published=(
            *_all(Source.JSON_LD, data.published),
            *_all(Source.META, meta.all(*tags.PUBLISHED)),
        ),
        created=_all(Source.JSON_LD, data.created),
        modified=(
            *_all(Source.JSON_LD, data.modified),
            *_all(Source.META, meta.all(*tags.MODIFIED)),
        ),
        page_published=_all(Source.JSON_LD, data.page_published),
        providers=_all(Source.JSON_LD, data.providers),
        body=_given(data.body or None),
        word_count=_given(data.word_count or None),
        free=_given(data.free),
        about=_about(meta, data),
        holds=_holds(data),
    )


def _all(source: Source, found: Iterable[str]) -> tuple[Text, ...]:
    return tuple(Stated(value, source) for value in found)


def _given(value: T_co | None) -> Stated[T_co] | None:
    return Stated(value, Source.JSON_LD) if value is not None else None


def _addresses(link: str | None, meta: MetaTags) -> tuple[Text, ...]:
    return (
        *_all(Source.LINK, [link] if link else ()),
        *_all(Source.OPEN_GRAPH, meta.all(tags.OG_URL)),
    )


def _canonical(root: HtmlElement, url: str) -> str | None:
    for element in root.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split() and element.get("href"):
            try:
                return urljoin(url, str(element.get("href")).strip())
            except ValueError:
                return None
    return None


def _head_title(root: HtmlElement) -> str:
    title = next(root.iter("title"), None)
    return plain(title.text_content()[:MAX_META]) if title is not None else ""


def _languages(root: HtmlElement, meta: MetaTags, data: SchemaOrg) -> tuple[Text, ...]:
    html = root if root.tag == "html" else next(root.iter("html"), root)
    own = html.get("lang") or html.get("xml:lang")
    declared = Stated(own, Source.HTML) if own else None
    if declared is None and (first := meta.first(tags.LANGUAGE)):
        declared = Stated(first, Source.META)
    locale = meta.first(tags.OG_LOCALE)
    return (
        *_all(Source.JSON_LD, data.languages),
        *([declared] if declared else ()),
        *_all(Source.OPEN_GRAPH, [locale] if locale else ()),
    )


def _descriptions(meta: MetaTags, data: SchemaOrg) -> tuple[Text, ...]:
    return (
        *_all(Source.META, map(plain, meta.all(tags.DESCRIPTION))),
        *_all(Source.OPEN_GRAPH, map(plain, meta.all(tags.OG_DESCRIPTION))),
        *_all(Source.TWITTER, map(plain, meta.all(tags.TWITTER_DESCRIPTION))),
        *_all(Source.JSON_LD, data.descriptions),
    )


def _site_names(meta: MetaTags, data: SchemaOrg) -> tuple[Text, ...]:
    return (
        *_all(Source.OPEN_GRAPH, map(plain, meta.all(tags.OG_SITE))),
        *_all(Source.META, map(plain, meta.all(tags.APPLICATION))),
        *_all(Source.JSON_LD, data.publishers),
    )


def _sections(meta: MetaTags, data: SchemaOrg) -> tuple[Text, ...]:
    return (
        *_all(Source.META, map(plain, meta.all(*tags.SECTIONS))),
        *_all(Source.JSON_LD, data.sections),
    )


def _authors(meta: MetaTags, data: SchemaOrg) -> tuple[Stated[tuple[str, ...]], ...]:
    groups = [Stated(group, Source.META) for group in meta.groups(tags.AUTHORS)]
    return (*([Stated(data.authors, Source.JSON_LD)] if data.authors else ()), *groups)


def _about(meta: MetaTags, data: SchemaOrg) -> tuple[Stated[Kind], ...]:
    found = [(Kind.ARTICLE, data.found), (Kind.VIDEO, data.is_video)]
    about = [Stated(kind, Source.JSON_LD) for kind, is_so in found if is_so]
    if (meta.first(tags.OG_TYPE) or "").lower().startswith("video"):
        about.append(Stated(Kind.VIDEO, Source.OPEN_GRAPH))
    return tuple(about)


def _holds(data: SchemaOrg) -> tuple[Stated[Kind], ...]:
    found = [(Kind.VIDEO, data.holds_video), (Kind.LIVE_BLOG, data.holds_live_blog)]
    return tuple(Stated(kind, Source.JSON_LD) for kind, is_so in found if is_so)
