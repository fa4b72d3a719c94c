"""Pages broken by chance, a thousand and more: each is answered within two seconds of the processor."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from compare.datamodel import Article, Failure
from crawlers.extract.page import extract_page

CASES = Path(__file__).parents[1] / "cases"
PAGES = sorted(CASES.glob("*/page.html"))
MUTATIONS_A_PAGE = 50
MOST_SECONDS = 2.0  # of the processor, a page
PIECES = (
    b"<article>", b"</article>", b"<h1>", b"</p>", b"<div hidden>", b"<template shadowrootmode=open>", b"</body>",
    b"<script type='application/ld+json'>{", b"}</script>", b"<!--", b"-->", b"<table><tr><td>", b"<time datetime='12 Mar",
    b"\x00", b"\xff\xfe", b"&#x110000;", b"&lt;", b"<svg><p>", b"<![CDATA[", b"<details><summary>", b'class="consent"',
)  # fmt: skip


def mutated(page: bytes, chance: random.Random) -> bytes:
    """The page with one to six places cut, doubled, swapped, overwritten or grown."""
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(page) or 1)
        stop = min(len(page), start + chance.choice((1, 4, 40, 400, 4_000)))
        piece = page[start:stop]
        change = chance.randrange(6)
        if change == 0:
            page = page[:start] + page[stop:]
        elif change == 1:
            page = page[:stop] + piece * chance.randint(1, 20) + page[stop:]
        elif change == 2:
            page = page[:start] + chance.choice(PIECES) * chance.choice((1, 3, 200)) + page[start:]
        elif change == 3:
            page = page[:start] + chance.randbytes(len(piece)) + page[stop:]
        elif change == 4:
            page = page[:start]
        else:
            page = page[stop:] + piece + page[:start]
    return page


@pytest.mark.cost
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_a_broken_page_is_answered_in_time(path: Path) -> None:
    page = path.read_bytes()
    for seed in range(MUTATIONS_A_PAGE):
        body = mutated(page, random.Random(f"{path.parent.name}-{seed}"))
        started = time.process_time()
        answer = extract_page(body, url="https://ledger.example/news/x", outlet="The Marden Ledger")
        spent = time.process_time() - started
        assert isinstance(answer, Article | Failure), seed
        assert spent < MOST_SECONDS, (seed, spent)


def test_there_are_a_thousand_of_them() -> None:
    assert len(PAGES) * MUTATIONS_A_PAGE >= 1_000
