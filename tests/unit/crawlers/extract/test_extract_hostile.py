"""Bytes that mean harm or nothing: a clear reason or the best that can be read, never an exception."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from compare.datamodel import Article, Failure, Stage
from crawlers.extract.bounds import MAX_BYTES
from crawlers.extract.page import extract_page

URL = "https://www.ellerymercury.example/news/terminal-closes"


def extract(body: bytes, **known: Any) -> Article | Failure:
    return extract_page(body, url=URL, outlet="Ellery Mercury", **known)


@pytest.mark.parametrize(
    ("body", "content_type", "says"),
    [
        (b"", "text/html", "empty"),
        (b"   \n ", None, "empty"),
        (b"%PDF-1.7 ...", "application/pdf", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "image/png", "PNG"),
        (gzip.compress(b"<html><p>x</p></html>"), "text/html", "gzip"),
        (b'{"error": "not found"}', "application/json", "JSON"),
        (b"just some words without any markup at all", "text/plain", "no HTML"),
        (b'<?xml version="1.0"?><rss><channel></channel></rss>', "text/html", "feed"),
        (b"<html><body>" + b"<p>word </p>" * (MAX_BYTES // 8), "text/html", "MB"),
        (
            b"<html><head><title>Just a moment...</title></head><body><p>Checking your browser</p></body></html>",
            None,
            "robot",
        ),
        (
            b"<html><head><title>Page not found</title></head><body><h1>404</h1><p>Sorry!</p></body></html>",
            None,
            "not found",
        ),
        (
            b"<html><head><title>Ellery</title></head><body><p>Before you continue: we value your privacy.</p><p>Accept all cookies</p></body></html>",
            None,
            "consent",
        ),
        (b"<html><body><div id=app></div><script>boot()</script></body></html>", None, "scripts"),
        (b"<html><body></body></html>", None, "no article text"),
    ],
)
def test_what_is_no_article_says_why(body: bytes, content_type: str | None, says: str) -> None:
    result = extract(body, content_type=content_type, id="7", fetched_at="2019-03-28T00:00:00Z")
    assert isinstance(result, Failure)
    assert says in result.reason
    assert (result.stage, result.url, result.outlet, result.id, result.at) == (
        Stage.EXTRACT,
        URL,
        "Ellery Mercury",
        "7",
        "2019-03-28T00:00:00Z",
    )


def test_an_entity_bomb_does_not_go_off(
    make_page: Callable[..., bytes], paragraphs: tuple[str, ...]
) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 20))
    bomb = f'<!DOCTYPE html [<!ENTITY a0 "boom">{entities}]>'.encode()
    body = make_page(inside="<p>&a19; is not a word.</p>").replace(b"<!DOCTYPE html>", bomb)
    started = time.process_time()
    result = extract(body)
    assert time.process_time() - started < 20
    assert isinstance(result, Article)
    assert paragraphs[0] in result.text
    assert len(result.text) < 5_000


def test_null_bytes_vanish(make_page: Callable[..., bytes], paragraphs: tuple[str, ...]) -> None:
    result = extract(make_page().replace(b"Tuesday", b"Tues\x00day"))
    assert isinstance(result, Article)
    assert paragraphs[0] in result.text


@pytest.mark.parametrize("nesting", [300, 20_000])
def test_deep_nesting_is_survived(make_page: Callable[..., bytes], nesting: int) -> None:
    result = extract(make_page(after="<div>" * nesting + "deep" + "</div>" * nesting))
    assert isinstance(result, Article | Failure)


def test_broken_and_bottomless_linked_data_is_skipped(make_page: Callable[..., bytes]) -> None:
    deep = '{"a":' * 50_000 + "1" + "}" * 50_000
    head = (
        f'<script type="application/ld+json">{deep}</script>'
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>'
        '<script type="application/ld+json">{"@type": ["NewsArticle", 3], "headline": 5, "author": {"name": [null, {}]}, "datePublished": ["x"]}</script>'
    )
    result = extract(make_page(head=head))
    assert isinstance(result, Article)
    assert result.title == "Port Ellery votes to close its ferry terminal"


@pytest.mark.parametrize(
    "value",
    [
        None,
        1,
        [],
        {},
        [[[]]],
        {"@graph": [1, None, {"@type": {}}]},
        {"@type": "NewsArticle", "author": {"@id": "#x"}},
    ],
)
def test_linked_data_of_any_shape_is_survived(make_page: Callable[..., bytes], value: Any) -> None:
    head = f'<script type="application/ld+json">{json.dumps(value)}</script>'
    assert isinstance(extract(make_page(head=head)), Article)


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16", "iso-8859-15"])
def test_declared_encodings_are_read(
    make_page: Callable[..., bytes], paragraphs: tuple[str, ...], encoding: str
) -> None:
    own = (
        *paragraphs,
        "The café on the quay, run by the Muñoz family, is to stay open until the very last day.",
    )
    result = extract(make_page(paragraphs=own, encoding=encoding))
    assert isinstance(result, Article)
    assert result.text.endswith(own[-1])


@pytest.mark.parametrize(
    ("written", "declared", "header"),
    [
        ("utf-8", "iso-8859-1", "text/html; charset=iso-8859-1"),
        ("windows-1252", "utf-8", None),
        ("windows-1251", "utf-8", "text/html; charset=windows-1251"),
    ],
)
def test_a_wrong_declaration_does_not_garble(
    make_page: Callable[..., bytes], written: str, declared: str, header: str | None
) -> None:
    last = (
        "Кафе на набережной останется открытым до конца."
        if written == "windows-1251"
        else "The café on the quay is to stay open to the very end, Señor Muñoz said."
    )
    text = (
        make_page(inside=f"<p>{last}</p>")
        .decode()
        .replace('charset="utf-8"', f'charset="{declared}"')
    )
    body = text.replace("“", '"').replace("”", '"').encode(written)
    result = extract(body, content_type=header)
    assert isinstance(result, Article)
    assert last in result.text


@pytest.mark.parametrize(
    ("served_as", "is_page"),
    [
        ("IMAGE/SVG+xml; charset=utf-8", False),
        (" video/mp4", False),
        ("application/pdf", False),
        ("application/x-zip-compressed", False),
        ("application/vnd.ms-excel", False),
        ("text/html", True),
        ("application/xhtml+xml", True),
        ("application/vnd.wap.xhtml+xml", True),
        ("application/octet-stream", True),
        ("text/plain", True),
        ("imagetext/html", True),
    ],
)
def test_only_what_can_be_no_page_is_refused_by_its_type(
    make_page: Callable[..., bytes], served_as: str, is_page: bool
) -> None:
    result = extract(make_page(), content_type=served_as)
    assert isinstance(result, Article) is is_page
    if isinstance(result, Failure):
        assert result.reason == f"not a web page: served as {served_as.partition(';')[0].strip()}"
