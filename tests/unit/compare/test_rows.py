"""Rows by hand: CSV and UTF-16, keys that are nearly one, dates that may be two, and what is said of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compare.codec import read_articles
from compare.errors import ArticlesFileError
from compare.kinds import Cause

GOOD = {"id": "a", "outlet": "Quay Courier", "title": "Bridge closes", "text": "The bridge closed."}


def lines(*rows: object) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def file(folder: Path, text: str, encoding: str = "utf-8", name: str = "articles.jsonl") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_loses_no_row(tmp_path: Path, encoding: str) -> None:
    text = lines(GOOD, GOOD | {"id": "b", "title": "Brücke gesperrt"})
    articles, failures = read_articles(file(tmp_path, text, encoding))
    assert [a.title for a in articles] == ["Bridge closes", "Brücke gesperrt"]
    assert not failures


@pytest.mark.parametrize("cut", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_table_is_read_by_its_columns(tmp_path: Path, cut: str, encoding: str) -> None:
    rows = [
        ["id", "outlet", "title", "text", "published", "authors"],
        ["1", "Quay Courier", "Bridge closes", '"It closed;\n\nnobody, ""they"" said."', "2025-05-12", '"A. Roe; B. Poe"'],
        ["2", "Harbour Herald", "Closed", "The bridge is closed.", "", ""],
    ]  # fmt: skip
    text = "\r\n".join(cut.join(row) for row in rows)
    articles, failures = read_articles(file(tmp_path, text, encoding, "corpus.csv"))
    assert not failures
    assert [a.id for a in articles] == ["1", "2"]
    assert articles[0].text == 'It closed;\n\nnobody, "they" said.'
    assert articles[0].authors == ("A. Roe", "B. Poe")
    assert (articles[0].published, articles[1].published) == ("2025-05-12", None)


def test_a_table_without_the_keys_names_its_columns(tmp_path: Path) -> None:
    path = file(tmp_path, "nr,headline,newspaper\n1,Bridge closes,Quay Courier\n")
    with pytest.raises(
        ArticlesFileError,
        match=r"CSV with the columns nr, headline, newspaper.*did you mean title\?",
    ):
        read_articles(path)


def test_a_row_with_another_number_of_cells_is_told(tmp_path: Path) -> None:
    path = file(tmp_path, "id,outlet,title,text\n1,O,T,x\n2,O,T,x, y\n")
    articles, failures = read_articles(path)
    assert [a.id for a in articles] == ["1"]
    assert "line 3 has 5 cells" in failures[0].reason


@pytest.mark.parametrize(
    ("key", "meant"),
    [("date", "published"), ("Publish Date", "published"), ("headline", "title"), ("publisched", "published"),
     ("author", "authors"), ("link", "url")],
)  # fmt: skip
def test_a_key_that_is_nearly_one_is_asked_about(tmp_path: Path, key: str, meant: str) -> None:
    row = {k: v for k, v in GOOD.items() if k != meant} | {"id": "b", key: "2025-05-12"}
    articles, failures = read_articles(file(tmp_path, lines(GOOD, row)))
    assert [a.id for a in articles] == ["a"]
    assert f"did you mean {meant}?" in failures[0].reason
    assert "line 2" in failures[0].reason
    assert failures[0].cause is Cause.BAD_ROW


def test_keys_of_others_beside_the_right_one_are_passed_over(tmp_path: Path) -> None:
    row = GOOD | {"published": "2025-05-12", "date": "May", "section": "Local", "words": 12}
    articles, failures = read_articles(file(tmp_path, lines(row)))
    assert articles[0].published == "2025-05-12"
    assert not failures


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("12/05/2025", "12 May (2025-05-12) or 5 December (2025-12-05)"),
        ("13.05.2025", "write 2025-05-13"),
        ("last Monday", "write 2025-05-12 or"),
    ],
)
def test_a_date_that_cannot_be_read_is_asked_about(tmp_path: Path, written: str, said: str) -> None:
    row = GOOD | {"id": "b", "published": written}
    articles, failures = read_articles(file(tmp_path, lines(GOOD, row)))
    assert [a.id for a in articles] == ["a"]
    assert said in failures[0].reason


def test_a_number_is_an_id(tmp_path: Path) -> None:
    articles, _ = read_articles(file(tmp_path, lines(GOOD | {"id": 17, "url": ""})))
    assert articles[0].id == "17"
    assert articles[0].url is None


def test_a_table_saved_on_windows_keeps_its_letters(tmp_path: Path) -> None:
    text = "id,outlet,title,text\n1,Quay Courier,Brücke gesperrt,It’s closed.\n"
    articles, failures = read_articles(file(tmp_path, text, "cp1252", "rows.csv"))
    assert [(a.title, a.text) for a in articles] == [("Brücke gesperrt", "It’s closed.")]
    assert not failures


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        (json.dumps([GOOD], indent=1), "one object a line"),
        (json.dumps([GOOD]), "one object a line"),
        (json.dumps(GOOD, indent=1), "on one line"),
    ],
)
def test_json_over_several_lines_is_told_from_damage(
    tmp_path: Path, text: str, advice: str
) -> None:
    with pytest.raises(ArticlesFileError, match=advice):
        read_articles(file(tmp_path, text))
