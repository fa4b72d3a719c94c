"""What a page states of itself for machines, with where each value stands."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import crawlers
from compare.datamodel import Article
from crawlers.extract.markup import parsed
from crawlers.extract.metadata.page_metadata import (
    Kind,
    PageMetadata,
    Source,
    page_metadata,
    values,
)
from crawlers.extract.page import extract_page

Maker = Callable[..., Any]
URL = "https://www.ellerymercury.example/news/terminal-closes"


def metadata(body: bytes) -> PageMetadata:
    root = parsed(body, None)
    assert not isinstance(root, str), root
    return page_metadata(root, URL)


def test_every_value_has_its_source(make_page: Maker, make_data: Maker) -> None:
    head = (
        '<link rel="canonical" href="/news/own"><meta property="og:title" content="Shared &amp; short">'
        '<meta name="twitter:title" content="Tweeted"><meta name="parsely-title" content="Counted">'
        '<meta name="author" content="Ada Low"><meta property="article:modified_time" content="2019-03-28">'
        '<meta itemprop="datePublished" content="2019-03-26"><meta name="description" content="A pier closes.">'
        '<meta property="og:type" content="video.other"><meta property="article:section" content="Harbour">'
    )
    data = make_data(wordCount="412", isAccessibleForFree="False", inLanguage="en-GB")
    found = metadata(make_page(head=head, data=data))
    assert found.canonical == "https://www.ellerymercury.example/news/own"
    assert [(t.value, t.source) for t in found.shared_titles] == [
        ("Shared & short", Source.OPEN_GRAPH),
        ("Tweeted", Source.TWITTER),
    ]
    assert [(t.value, t.source) for t in found.meta_titles] == [("Counted", Source.META)]
    assert found.head_title.source is Source.TITLE
    assert [(a.value, a.source) for a in found.authors] == [
        (("Ines Halloran", "Tom Weir"), Source.JSON_LD),
        (("Ada Low",), Source.META),
    ]
    assert [(t.value, t.source) for t in found.published] == [
        ("2019-03-27T08:15:00+01:00", Source.JSON_LD),
        ("2019-03-26", Source.META),
    ]
    assert [t.source for t in found.modified] == [Source.JSON_LD, Source.META]
    assert list(values(found.languages)) == ["en-GB", "en"]
    assert list(values(found.languages, Source.HTML)) == ["en"]
    assert found.word_count is not None
    assert found.word_count.value == 412
    assert found.free is not None
    assert not found.free.value
    assert [(k.value, k.source) for k in found.about] == [
        (Kind.ARTICLE, Source.JSON_LD),
        (Kind.VIDEO, Source.OPEN_GRAPH),
    ]
    assert {n.source for n in found.site_names} == {Source.OPEN_GRAPH, Source.JSON_LD}


@pytest.mark.parametrize("part", [{"isAccessibleForFree": False}, [{"isAccessibleForFree": "no"}]])
def test_an_article_is_not_free_where_a_part_of_it_is_not(
    make_page: Maker, make_data: Maker, part: object
) -> None:
    found = metadata(make_page(data=make_data(isAccessibleForFree=True, hasPart=part)))
    assert found.free is not None
    assert not found.free.value


def test_what_is_not_stated_is_absent(make_page: Maker) -> None:
    found = metadata(make_page())
    assert (found.body, found.word_count, found.free) == (None, None, None)
    assert (found.headlines, found.authors, found.about, found.holds) == ((), (), (), ())


@pytest.mark.parametrize("named", [["a", "b"], {"@id": "x"}, 7, None])
def test_authors_that_refer_to_nothing_readable_lose_no_article(
    make_page: Maker, make_data: Maker, named: object
) -> None:
    people = [{"@id": named}, {"@id": "#ada"}]
    graph = {"@graph": [make_data(author=people), {"@id": "#ada", "name": "Ada Low"}]}
    article = extract_page(make_page(data=graph), url=URL, outlet="Ellery Mercury")
    assert isinstance(article, Article)
    assert article.authors == ("Ada Low",)


def test_one_module_knows_the_names_of_schema_org() -> None:
    vocabulary = {
        *"articleBody datePublished dateModified dateCreated isAccessibleForFree wordCount".split(),
        *"articleSection mainEntityOfPage sourceOrganization inLanguage NewsArticle hasPart".split(),
        *"familyName givenName liveblogposting videoobject datepublished datemodified".split(),
    }
    root = Path(crawlers.__file__).parent
    knowing = {
        file.relative_to(root).as_posix()
        for file in root.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in vocabulary
    }
    assert knowing == {"extract/metadata/schema_org.py"}
