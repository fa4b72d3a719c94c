"""Feeds, sitemaps, sections and rows broken by chance, a thousand: answered in time, and nothing dropped without a word."""

from __future__ import annotations

import csv
import io
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from compare.codec import article_line, read_articles
from compare.datamodel import Article, Failure, Stage
from compare.errors import ArticlesFileError
from crawlers.discovery import feeds, gdelt, links, robots, sitemaps, url_lists, wayback
from crawlers.discovery.found import Found
from tests.property.test_extract_mutations import mutated

MUTATIONS = 70  # of each
MOST_SECONDS = 2.0  # of the processor, a document
BASE = "https://ledger.example/here"
STORIES = [
    (f"The weir at Marden broke for the {n}th time", f"{BASE}/weir-broke-again-{n}", n)
    for n in range(12)
]
DOCUMENTS: dict[str, tuple[Callable[[bytes, str], Found], str]] = {
    "rss": (
        feeds.found_urls,
        "<?xml version='1.0'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Ledger</title>"
        + "".join(f"<item><title>{t}</title><link>{u}</link><dc:creator>Ada Moor</dc:creator><pubDate>Tue, {n + 1} Mar 2024 10:00:00 GMT</pubDate></item>" for t, u, n in STORIES)
        + "</channel></rss>",
    ),
    "atom": (
        feeds.found_urls,
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Ledger</title>"
        + "".join(f"<entry><title>{t}</title><link rel='alternate' href='{u}'/><updated>2024-03-{n + 1:02}T10:00:00Z</updated><content type='html'>&lt;p&gt;It broke.</content></entry>" for t, u, n in STORIES)
        + "</feed>",
    ),
    "json feed": (
        feeds.found_urls,
        '{"version": "https://jsonfeed.org/version/1.1", "items": ['
        + ",".join(f'{{"title": "{t}", "url": "{u}", "date_published": "2024-03-{n + 1:02}T10:00:00Z"}}' for t, u, n in STORIES)
        + "]}",
    ),
    "sitemap": (
        sitemaps.found_urls,
        "<?xml version='1.0' encoding='UTF-8'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>"
        + "".join(f"<url><loc>{u}</loc><lastmod>2024-03-{n + 1:02}</lastmod><n:news><n:title>{t}</n:title></n:news></url>" for t, u, n in STORIES)
        + "</urlset>",
    ),
    "section": (
        links.found_urls,
        "<!DOCTYPE html><html><head><title>News</title></head><body><main>"
        + "".join(f"<article><h2><a href='{u}'>{t}</a></h2><time datetime='2024-03-{n + 1:02}'>{n + 1} March</time></article>" for t, u, n in STORIES)
        + "<a rel=next href='?page=2'>Older</a></main></body></html>",
    ),
    "robots": (robots.found_urls, "User-agent: *\nDisallow: /a\n" + "".join(f"Sitemap: {u}.xml\n" for _, u, _ in STORIES)),
    "list": (url_lists.found_urls, "".join(f"{u}\t{t}\n" for t, u, _ in STORIES)),
    "gdelt": (
        gdelt.found_urls,
        '{"articles": [' + ",".join(f'{{"url": "{u}", "title": "{t}", "seendate": "202403{n + 1:02}T100000Z"}}' for t, u, n in STORIES) + "]}",
    ),
    "wayback": (
        wayback.found_urls,
        '[["timestamp", "original"]' + "".join(f', ["202403{n + 1:02}100000", "{u}"]' for _, u, n in STORIES) + "]",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_broken_document_announces_what_it_can_or_says_what_is_wrong(kind: str) -> None:
    read, text = DOCUMENTS[kind]
    whole = [one for one in read(text.encode(), BASE) if not isinstance(one, Failure)]
    assert len(whole) >= len(STORIES)
    silent = 0
    for seed in range(MUTATIONS):
        body = mutated(text.encode(), random.Random(f"{kind}-{seed}"))
        started = time.process_time()
        found = list(read(body, BASE))
        assert time.process_time() - started < MOST_SECONDS, seed
        failures = [one for one in found if isinstance(one, Failure)]
        assert all(failure.reason and failure.url for failure in failures)
        silent += not found
    # What is empty, or was cut to something whole, honestly announces nothing.
    assert silent <= MUTATIONS // 7, silent


ARTICLES = [
    Article(id=f"a{n}", outlet=f"Outlet {n % 3}", title=title, text="It broke.\nNobody “was” hurt; 5 left.", url=url, published="2024-03-12")
    for title, url, n in STORIES
]  # fmt: skip


def as_csv(delimiter: str) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(["id", "outlet", "title", "text", "url", "published"])
    writer.writerows([a.id, a.outlet, a.title, a.text, a.url, a.published] for a in ARTICLES)
    return file.getvalue().encode()


ROWS = {
    "jsonl": b"".join(map(article_line, ARTICLES)),
    "utf-16": b"".join(map(article_line, ARTICLES)).decode().encode("utf-16"),
    "comma": as_csv(","),
    "semicolon": b"\xef\xbb\xbf" + as_csv(";"),
    "tab": as_csv("\t"),
}


@pytest.mark.parametrize("kind", ROWS)
def test_every_broken_row_is_used_or_told(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(ROWS[kind])
    assert len(read_articles(path)[0]) == len(ARTICLES)
    for seed in range(MUTATIONS):
        data = mutated(ROWS[kind], random.Random(f"{kind}-{seed}"))
        path.write_bytes(data)
        started = time.process_time()
        articles, failures = _read(path)
        assert time.process_time() - started < MOST_SECONDS, seed
        assert all(failure.reason for failure in failures)
        assert articles or failures or not data.strip()
        if kind == "jsonl" and articles:
            rows = [line for line in data.split(b"\n") if line.strip()]
            assert len(articles) + len(failures) == len(rows), seed


def _read(path: Path) -> tuple[Sequence[Article], Sequence[Failure]]:
    try:
        return read_articles(path)
    except ArticlesFileError as error:  # of the file as a whole
        return (), [Failure(stage=Stage.READ, reason=str(error))]
