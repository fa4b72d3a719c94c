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


B = GOOD | {"id": "b", "title": "Brücke gesperrt", "text": "Die Brücke ist zu; nobody knows."}
TWO = [GOOD, B]
TABLE = [["id", "outlet", "title", "text"], *([row[k] for k in GOOD] for row in TWO)]


def table(cut: str, end: str = "\n") -> str:
    return end.join(cut.join(f'"{cell}"' if cut in cell else cell for cell in row) for row in TABLE)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (json.dumps(TWO), "utf-8"),
        (json.dumps(TWO, indent=2), "utf-8-sig"),
        (json.dumps({"count": 2, "articles": TWO}, indent=2), "utf-8"),
        (json.dumps({"articles": TWO}), "utf-8"),
        ("\n".join(json.dumps(row, indent=1) for row in TWO), "utf-8"),
        (",\n".join(json.dumps(row) for row in TWO) + ",\n", "utf-8"),
        (json.dumps(GOOD) + "\n" + json.dumps(B, indent=1), "utf-8"),
        (lines(GOOD)[:-1] + lines(B), "utf-8"),
        (lines(*TWO), "utf-16-le"),
        (lines(*TWO), "utf-16-be"),
        (lines(*TWO), "utf-32"),
        (lines(*TWO).replace("\n", "\r\n\r\n"), "utf-8"),
        (lines(*TWO).replace("\n", "\r"), "utf-8"),
        (lines(GOOD | {"published": float("nan")}, B), "utf-8"),
        (lines(GOOD | {"Title": GOOD["title"]}, B).replace('"title"', '"x"', 1), "utf-8"),
        (table("|"), "utf-8"),
        (table(";"), "utf-16-le"),
        (table(",", "\r"), "cp1252"),
        ("sep=;\r\n" + table(";", "\r\n"), "utf-8"),
        ('"sep=,"\n' + table(","), "utf-16"),
        ("# from the archive\n\n" + table(", "), "utf-8"),
        (table(",").replace("id,outlet", "ID,Outlet", 1), "utf-8"),
    ],
)
def test_rows_are_read_however_they_were_saved(tmp_path: Path, text: str, encoding: str) -> None:
    articles, failures = read_articles(file(tmp_path, text, encoding))
    assert not failures
    assert [(a.id, a.outlet, a.title, a.text) for a in articles] == [
        tuple(row[k] for k in GOOD) for row in TWO
    ]


def test_what_is_said_of_a_row_has_the_line_that_it_begins_on(tmp_path: Path) -> None:
    text = (
        json.dumps({"articles": [GOOD]})
        + "\n"
        + json.dumps(B, indent=1)
        + "\n"
        + json.dumps([{"id": "c"}])
    )
    articles, failures = read_articles(file(tmp_path, text))
    assert [a.id for a in articles] == ["a", "b"]
    assert [f.reason.partition(" has ")[0] for f in failures] == ["articles.jsonl line 8"]
    lost = read_articles(file(tmp_path, "sep=,\n" + table(",") + "\n3,x\n"))[1]
    assert "line 5 has 2 cells" in lost[0].reason


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": None}, "has no id; it has outlet, title, text"),
        ({"id": " "}, "has an empty id"),
        ({"outlet": ""}, "has an empty outlet"),
        ({"title": None, "titel": "Zu"}, "has no title: is it “titel”?"),
        ({"text": ["The bridge.", "It closed."]}, "has a list for text"),
        ({"text": "<p>The bridge</p><p>closed.</p>"}, "has HTML for text"),
        ({"published": 1747000000}, "has a number for published, where text belongs: write 2025-05-11T21:46:40Z"),
        ({"published": "1747000000000"}, "write 2025-05-11T21:46:40Z"),
        ({"published": "2025/5/12"}, "write 2025-05-12, or 2025-05-12T14:30+01:00 with the time"),
        ({"language": "Klingon"}, "write a code, such as en"),
        ({"completeness": "whole"}, "write one of full, truncated"),
        ({"created_at": "2025-05-12"}, "did you mean published?"),
        ({"text": None, "text_html": "x"}, "did you mean text?"),
        ({"permalink": "https://quay.example/a"}, "did you mean url?"),
    ],
)  # fmt: skip
def test_what_keeps_a_row_from_being_used_is_said(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    row = {k: v for k, v in (GOOD | {"id": "b"} | change).items() if v is not None}
    articles, failures = read_articles(file(tmp_path, lines(GOOD, row)))
    assert [a.id for a in articles] == ["a"]
    assert said in failures[0].reason


def test_words_for_a_language_and_names_in_one_text_are_understood(tmp_path: Path) -> None:
    row = GOOD | {
        "outlet": " Quay Courier ",
        "language": "English",
        "authors": "A. Roe; B. Poe",
        "completeness": "FULL",
    }
    ((article,), failures) = read_articles(file(tmp_path, lines(row)))
    assert not failures
    assert (article.outlet, article.language, article.completeness) == (
        "Quay Courier",
        "en",
        "full",
    )
    assert article.authors == ("A. Roe", "B. Poe")


def test_two_columns_of_one_name_are_told(tmp_path: Path) -> None:
    path = file(tmp_path, "id,outlet,title,title,text\n1,O,T,T,x y\n2,O,T,U,x y\n")
    articles, failures = read_articles(path)
    assert [a.id for a in articles] == ["1"]
    assert "two columns called title" in failures[0].reason


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04\x14\x00", "save the sheet as CSV"),
        (b"\x1f\x8b\x08\x00", "gunzip"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"<!doctype html><p>a, b</p>", "parallax extract"),
    ],
)
def test_what_a_file_is_that_holds_no_rows_is_said(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(data)
    with pytest.raises(ArticlesFileError, match=said):
        read_articles(path)
