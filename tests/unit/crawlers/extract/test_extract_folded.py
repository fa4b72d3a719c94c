"""What a page has and does not show at first is read, or the article is not called full."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from compare.datamodel import Article, Completeness
from crawlers.extract.page import extract_page

URL = "https://www.ellerymercury.example/news/terminal-closes"
PageMaker = Callable[..., bytes]


def read(body: bytes, *, whole: bool = False) -> Article:
    result = extract_page(body, url=URL, outlet="Ellery Mercury", whole=whole)
    assert isinstance(result, Article), result
    return result


def folded(paragraphs: tuple[str, ...], opening: str) -> str:
    closing = f"</{opening[1:].split(maxsplit=1)[0].rstrip('>')}>"
    return (
        f"<button>Show more</button>{opening}"
        + "".join(f"<p>{p}</p>" for p in paragraphs)
        + closing
    )


@pytest.mark.parametrize(
    "opening",
    [
        "<section hidden>",
        '<section hidden="until-found">',
        '<div style="display: none">',
        '<div class="collapse" aria-hidden="true">',
        '<div class="accordion__panel" style="visibility:hidden">',
        "<details>",
    ],
)
def test_a_fold_is_read(make_page: PageMaker, paragraphs: tuple[str, ...], opening: str) -> None:
    article = read(make_page(paragraphs=paragraphs[:3], inside=folded(paragraphs[3:], opening)))
    assert all(p in article.text for p in paragraphs)
    assert article.text.index(paragraphs[2]) < article.text.index(paragraphs[3])


def test_a_locked_fold_is_not_read_and_the_article_not_full(
    make_page: PageMaker, paragraphs: tuple[str, ...]
) -> None:
    inside = folded(paragraphs[3:], '<div class="premium-part" hidden>')
    assert (
        read(make_page(paragraphs=paragraphs[:3], inside=inside)).completeness
        is not Completeness.FULL
    )


@pytest.mark.parametrize(
    "name", ["lightbox", "newsletter-modal", "comments-folded", "related-stories"]
)
def test_other_hidden_things_are_not_text(
    make_page: PageMaker, paragraphs: tuple[str, ...], name: str
) -> None:
    other = "Hundreds of readers have written to us about the harbour and its long and curious history this week."
    inside = f'<div class="{name}" hidden><p>{other}</p></div>'
    article = read(make_page(inside=inside))
    assert other not in article.text
    assert article.completeness is Completeness.FULL


def test_a_hidden_copy_is_read_once(make_page: PageMaker, paragraphs: tuple[str, ...]) -> None:
    article = read(make_page(inside=folded(paragraphs, "<div hidden>")))
    assert all(article.text.count(p) == 1 for p in paragraphs)


def test_a_shadow_tree_in_the_markup_is_a_part_of_the_page(
    make_page: PageMaker, paragraphs: tuple[str, ...]
) -> None:
    page = make_page().replace(b"<article", b'<x-story><template shadowrootmode="closed"><article')
    page = page.replace(b"</article>", b"</article></template></x-story>")
    assert all(p in read(page).text for p in paragraphs)


def test_a_plain_template_is_none(make_page: PageMaker) -> None:
    page = make_page(
        inside="<template><p>A card that scripts copy for every story of the day.</p></template>"
    )
    assert "scripts copy" not in read(page).text


def test_captions_in_the_stated_body_do_not_make_it_truncated(
    make_page: PageMaker, make_data: Callable[..., dict[str, object]], paragraphs: tuple[str, ...]
) -> None:
    captions = [
        f"Picture {n}: the old ferry terminal seen from the water on a grey day in winter, with gulls above its roof"
        for n in range(3)
    ]
    figures = "".join(f"<figure><img src=x><figcaption>{c}</figcaption></figure>" for c in captions)
    data = make_data(articleBody="\n".join((*paragraphs, *captions)))
    article = read(make_page(inside=figures, data=data))
    assert article.completeness is Completeness.FULL


def test_a_page_without_its_end_is_full_only_where_a_length_says_so(make_page: PageMaker) -> None:
    page = make_page()
    cut = page[: page.index(b"</body>")]
    assert read(page).completeness is Completeness.FULL
    assert read(cut).completeness is Completeness.UNKNOWN
    assert "end tag" in read(cut).completeness_reason
    assert read(cut, whole=True).completeness is Completeness.FULL
