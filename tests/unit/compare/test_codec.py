"""articles.jsonl and comparison.json: what is read back, and what is said of what cannot be."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from compare.codec import (
    MAX_TEXT,
    article_line,
    decode_comparison,
    encode_comparison,
    read_articles,
    write_atomic,
)
from compare.datamodel import (
    SCHEMA_VERSION,
    Article,
    Comparison,
    Completeness,
    Event,
    Failure,
    Quoted,
    Run,
    Stage,
)
from compare.errors import ArticlesFileError, ComparisonFileError, OutputError
from compare.kinds import Cause

ARTICLE = Article(
    id="a1",
    outlet="The Invented Times",
    title="Bridge closes",
    text="The bridge closed.\n\n“It is closed,” she said.",
    quoted=(Quoted(start=20, end=44, source="the mayor"),),
    completeness=Completeness.FULL,
    provenance={"title": "og"},
)
FAILURE = Failure(stage=Stage.FETCH, reason="answered 503", url="https://example.org/x")


def written(tmp_path: Path, *lines: bytes) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"".join(lines))
    return path


def test_rows_come_back_as_they_were(tmp_path: Path) -> None:
    path = written(tmp_path, article_line(ARTICLE), article_line(FAILURE))
    assert read_articles(path) == ((ARTICLE,), (FAILURE,))


def test_a_row_made_by_hand_needs_only_what_an_article_is(tmp_path: Path) -> None:
    row = {"id": "x", "outlet": "O", "url": None, "title": "T", "published": None, "text": "Words."}
    (article,), failures = read_articles(written(tmp_path, json.dumps(row).encode()))
    assert article == Article(id="x", outlet="O", title="T", text="Words.")
    assert failures == ()


def test_a_title_alone_is_an_article_whose_text_was_not_read(tmp_path: Path) -> None:
    row = b'{"id": "b", "outlet": "O", "title": "Bridge closes", "text": ""}'
    (article,), failures = read_articles(written(tmp_path, row))
    assert article.title == "Bridge closes"
    assert failures == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (article_line(ARTICLE)[:60], "line 2 is not JSON"),
        (article_line(ARTICLE), "repeats the id 'a1'"),
        (b'{"id": "b", "outlet": "O", "title": " ", "text": "  "}', "has no text and no title"),
        (b'{"id": "b", "outlet": "O", "title": "T", "text": 7}', "has a number for text"),
        (b'{"outlet": "O", "title": "T", "text": "x"}', "has no id; it has outlet, title, text"),
        (b"[1]", "not a JSON object"),
        (b'[{"id": "b", ', "write one object a line"),
        (b'{"id": "b\xff"}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_row_is_a_counted_failure_and_the_rest_is_kept(
    tmp_path: Path, line: bytes, said: str
) -> None:
    articles, failures = read_articles(written(tmp_path, article_line(ARTICLE), line))
    assert articles == (ARTICLE,)
    assert [f.stage for f in failures] == [Stage.READ]
    assert said in failures[0].reason


def test_a_text_of_five_megabytes_is_refused_with_its_size(tmp_path: Path) -> None:
    huge = Article(id="h", outlet="O", title="T", text="a " * 2_500_000)
    assert len(huge.text) > MAX_TEXT
    articles, failures = read_articles(written(tmp_path, article_line(ARTICLE), article_line(huge)))
    assert articles == (ARTICLE,)
    assert "5,000,000 characters" in failures[0].reason


def test_a_file_without_one_usable_row_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArticlesFileError, match="no row is an article"):
        read_articles(written(tmp_path, b"%PDF-1.4\n", b"garbage\n"))


def test_a_missing_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(ArticlesFileError, match=r"nowhere\.jsonl"):
        read_articles(tmp_path / "nowhere.jsonl")


def comparison(version: int = SCHEMA_VERSION) -> Comparison:
    return Comparison(
        schema_version=version,
        run=Run(parallax="0", model="m"),
        event=Event(about="a bridge"),
        outlets=("The Invented Times",),
        articles=(ARTICLE,),
        details=(),
        failures=(FAILURE,),
    )


def test_a_comparison_comes_back_as_it_was_and_names_the_hash_of_what_was_read() -> None:
    data = encode_comparison(comparison())
    assert decode_comparison(data) == comparison()
    assert json.loads(data)["articles"][0]["sha256"] == ARTICLE.sha256


def test_a_newer_schema_is_refused_with_both_versions() -> None:
    with pytest.raises(ComparisonFileError, match=f"{SCHEMA_VERSION + 1}.*{SCHEMA_VERSION}"):
        decode_comparison(encode_comparison(comparison(SCHEMA_VERSION + 1)))


def test_a_copy_in_a_comparison_of_schema_1_is_one_by_its_field() -> None:
    told = Failure(stage=Stage.READ, reason="the same article as wire-1", outlet="Wire", id="w2")
    elsewhere = replace(told, stage=Stage.FETCH)
    old = replace(comparison(1), failures=(told, elsewhere))
    read = decode_comparison(encode_comparison(old))
    assert read.schema_version == SCHEMA_VERSION
    assert read.failures == (replace(told, cause=Cause.COPY, copy_of="wire-1"), elsewhere)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b'{"schema_version": 1}', b"\xff", b"[" * 99_999]
)
def test_what_is_no_comparison_is_an_error(data: bytes) -> None:
    with pytest.raises(ComparisonFileError):
        decode_comparison(data)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file.json"
    write_atomic(path, b"one")
    write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["file.json"]


def test_an_output_folder_that_cannot_be_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot be written"):
        write_atomic(tmp_path / "file" / "out.json", b"x")
