"""No page of at most 10 MB costs more than five seconds of the processor, however it is made."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from compare.datamodel import Article, Failure
from crawlers.extract.bounds import MAX_TAGS, MAX_TEXT
from crawlers.extract.page import extract_page

MOST_SECONDS = 5.0
SIZE = 9_900_000  # bytes
LINE = (
    "The weir at Marden broke on Tuesday, said the keeper of the lock, and nobody was hurt there."
)
ALREADY = 1_000  # tags around


def numbered(piece: str, number: int) -> str:
    return "".join(piece.format(n) for n in range(number))


def filled(piece: str, tags: int = 0, size: int = SIZE) -> str:
    most = (MAX_TAGS - ALREADY) // tags if tags else size
    return piece * min(size // len(piece), most)


# What grew faster than the page, or came near the bound, when it was tried; a hundred other shapes did not.
COSTLY: dict[str, Callable[[], str]] = {
    "attributes of one tag": lambda: f"<div {numbered('a{}=b ', 900_000)}>x</div>",
    "attributes hidden in quotes": lambda: "<div " + numbered('a{}="<p>" ', 90_000) + ">x</div>",
    "namespaces": lambda: f"<p {numbered('xmlns:a{}=b ', 500_000)}>x</p>",
    "a class of megabytes": lambda: '<div class="' + filled("story-1 ") + '">x</div>',
    "many long classes": lambda: filled('<div class="' + "card-7 " * 280 + '">x</div>', 2),
    "dated sections": lambda: filled(f"<section><h2>By Ann, 12 May</h2><p>{LINE}</p></section>", 6),
    "consent dialogues": lambda: filled('<div class="cookies">We value your privacy. Accept all cookies</div>', 2),
    "headings": lambda: filled("<h2>The weir at Marden</h2><p>It broke.</p>", 4),
    "lists": lambda: "<ul>" + filled("<li>weir", 1),
    "words without an end": lambda: "<p>" + filled("weir ") + "</p>",
    "as many words as are read": lambda: "<p>" + filled("weir “a ", size=MAX_TEXT - 2_000) + "</p>",
    "broken linked data": lambda: '<script type="application/ld+json">' + filled("{") + "</script>",
}  # fmt: skip


@pytest.mark.cost
@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize("kind", COSTLY)
def test_a_page_made_to_cost_costs_little(make_page: Callable[..., bytes], kind: str) -> None:
    page = make_page(after=COSTLY[kind]())
    assert len(page) < 12_000_000
    started = time.process_time()
    answer = extract_page(page, url="https://ledger.example/news/weir", outlet="The Marden Ledger")
    assert time.process_time() - started < MOST_SECONDS
    assert isinstance(answer, Article) or "read" in answer.reason


@pytest.mark.cost
def test_what_is_refused_for_its_cost_says_so(make_page: Callable[..., bytes]) -> None:
    page = make_page(after=COSTLY["attributes of one tag"]())
    answer = extract_page(page, url="https://ledger.example/news/weir", outlet="The Marden Ledger")
    assert isinstance(answer, Failure)
    assert "attributes" in answer.reason


def test_a_script_that_looks_like_tags_costs_no_page(make_page: Callable[..., bytes]) -> None:
    script = "<script>for (i = 0; i <n; i++) { " + "a = b + c; " * 60_000 + "}</script>"
    answer = extract_page(
        make_page(after=script), url="https://ledger.example/news/weir", outlet="The Marden Ledger"
    )
    assert isinstance(answer, Article)


def test_brackets_of_any_depth_in_a_script_cost_no_more_than_their_number(
    make_page: Callable[..., bytes], paragraphs: tuple[str, ...]
) -> None:
    deep = "[{" * 200_000 + "}]" * 200_000
    held = f'<script>x="{paragraphs[0]}",{deep}"{paragraphs[1]}"</script>'
    started = time.process_time()
    read = extract_page(make_page(after=held), url="https://a.example/x", outlet="A", whole=True)
    assert isinstance(read, Article)
    assert time.process_time() - started < 2
