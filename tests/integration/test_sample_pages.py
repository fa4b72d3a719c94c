"""The sample web's ten page layouts through the real extraction: what is read is what was written."""

from __future__ import annotations

import re
from html import unescape

import pytest

from compare.datamodel import Article, Completeness
from compare.times import moment
from parallax.sample.content import body_of
from tests.integration.sample_pages import EVENT_STORIES, OUTLETS, SITES, extracted

PAGES = [
    (outlet.slug, story.slug)
    for outlet in OUTLETS.values()
    for story in outlet.stories
    if story.status == 200 and story.slug != "e-edition"
]
FURNITURE = (
    "invented outlet",
    "More from Meridian",
    "Sign up",
    "Most read",
    "Source: Meridian",
    "More on this story",
    "Also in World",
    "Share this",
    "Related",
    "Read more",
    "for subscribers",
    "More in this issue",
    "Image: screengrab",
    "Latest",
)


def read(outlet: str, story: str) -> Article:
    page = extracted(outlet, story)
    assert isinstance(page, Article), page
    return page


def paragraphs(outlet: str, story: str) -> list[str]:
    written = body_of(OUTLETS[outlet], OUTLETS[outlet].story(story))
    body = re.sub(r"<figure>.*?</figure>", "", written, flags=re.DOTALL)
    marked = re.findall(r"<p[^>]*>(.*?)</p>", body, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", each)).strip() for each in marked]


each_page = pytest.mark.parametrize(
    ("outlet", "story"), PAGES, ids=[f"{outlet}/{story}" for outlet, story in PAGES]
)


@each_page
def test_the_text_is_whole_and_nothing_else(outlet: str, story: str) -> None:
    page = read(outlet, story)
    at = 0
    for paragraph in paragraphs(outlet, story):
        if paragraph.startswith("Updated on"):
            continue  # a note on the article may be left out of its text
        found = page.text.find(paragraph, at)
        assert found >= 0, (paragraph, page.text)
        at = found + len(paragraph)
    for words in FURNITURE:
        assert words not in page.text


@each_page
def test_title_and_time_are_read(outlet: str, story: str) -> None:
    page, written = read(outlet, story), OUTLETS[outlet].story(story)
    assert page.title == written.title
    assert page.url == SITES.address(outlet, story)
    known, true = moment(page.published), moment(written.published)
    assert known
    assert true
    assert known.start <= true.start <= known.end
    if written.modified:
        assert page.modified
        assert moment(page.modified) == moment(written.modified)


@pytest.mark.parametrize(("outlet", "story"), EVENT_STORIES.items())
def test_completeness_is_read(outlet: str, story: str) -> None:
    page = read(outlet, story)
    wanted = Completeness.PAYWALLED if OUTLETS[outlet].story(story).paywalled else Completeness.FULL
    assert page.completeness is wanted, page.completeness_reason


def test_block_quotation_and_embedded_post_are_marked_with_their_source() -> None:
    page = read("lantern-post", "putin-troops-venezuela")
    block, embed = page.quoted
    assert (block.kind, embed.kind) == ("blockquote", "embed")
    assert page.text[block.start : block.end].startswith("Two aircraft of the Russian air force")
    assert page.text[block.start : block.end].endswith("the source told Sputnik.")
    assert "Meridian Wire" in (block.source or "")
    assert page.text[embed.start : embed.end].startswith("The IL-62 is still parked")
    assert "eridian" in (embed.source or "")


def test_the_credit_line_names_the_agency() -> None:
    assert read("northgate-courier", "planes-land-near-caracas").credits == ("Meridian Wire",)


def test_other_pages_quote_nobody_in_blocks() -> None:
    for outlet, story in PAGES:
        if story != "putin-troops-venezuela":
            assert read(outlet, story).quoted == ()
