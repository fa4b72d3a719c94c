"""Bad input from a user's side: a clear message, the documented exit code, nothing half-written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compare.codec import article_line, encode_comparison
from compare.datamodel import SCHEMA_VERSION, Article, Comparison, Event, Run
from tests.unit.parallax.conftest import Parallax

TEXT = (
    "The harbour bridge in Port Invented closed on Monday after an inspector found a crack. "
    "Mayor Ada Example said that repairs would take about six weeks. "
    "Drivers were told to use the tunnel. The bridge was built in 1962 and carries 20,000 cars a day."
)
GERMAN = (
    "Die Hafenbrücke wurde am Montag geschlossen, nachdem ein Prüfer einen Riss gefunden hatte. "
    "Die Bürgermeisterin sagte, die Reparatur werde etwa sechs Wochen dauern. "
    "Die Brücke wurde im Jahr 1962 gebaut und trägt täglich 20.000 Autos."
)


def comparison(version: int = SCHEMA_VERSION) -> bytes:
    return encode_comparison(
        Comparison(
            schema_version=version,
            run=Run(parallax="0", model="m"),
            event=Event(about="a bridge"),
            outlets=("The Invented Times",),
            articles=(Article(id="a", outlet="The Invented Times", title="T", text=TEXT),),
            details=(),
        )
    )


def test_a_comparison_of_a_newer_schema_asks_for_an_update(
    parallax: Parallax, tmp_path: Path
) -> None:
    path = tmp_path / "comparison.json"
    path.write_bytes(comparison(SCHEMA_VERSION + 1))
    result = parallax("report", path, "--out", tmp_path / "report")
    assert result.code == 3
    assert "Update Parallax" in result.err
    assert not (tmp_path / "report").exists()


@pytest.mark.parametrize("command", ["report", "crawl", "extract"])
def test_an_output_folder_that_cannot_be_made_is_named(
    parallax: Parallax, tmp_path: Path, command: str
) -> None:
    (tmp_path / "comparison.json").write_bytes(comparison())
    (tmp_path / "page.html").write_text("<p>x</p>")
    (tmp_path / "manifest.jsonl").write_text(
        json.dumps({"id": "p", "path": "page.html", "url": "https://example.org/p"})
    )
    (tmp_path / "file").write_text("in the way")
    arguments: dict[str, tuple[object, ...]] = {
        "report": (tmp_path / "comparison.json",),
        "crawl": ("--url", "http://127.0.0.1:9/", "--allow-private"),
        "extract": (tmp_path / "manifest.jsonl",),
    }
    result = parallax(command, *arguments[command], "--out", tmp_path / "file" / "out")
    assert result.code == 5
    assert str(tmp_path / "file") in result.err
    assert (tmp_path / "file").read_text() == "in the way"


@pytest.mark.model
def test_a_text_in_another_language_is_never_accused(parallax: Parallax, tmp_path: Path) -> None:
    rows = [
        Article(
            id="a",
            outlet="The Invented Times",
            title="Bridge closes",
            text=TEXT,
            language="en",
            published="2024-05-06",
        ),
        Article(
            id="b",
            outlet="Erfundene Zeitung",
            title="Brücke zu",
            text=GERMAN,
            language="de",
            published="2024-05-07",
        ),
    ]
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"".join(article_line(row) for row in rows))
    result = parallax("compare", path, "--out", tmp_path / "out")
    assert result.code == 0
    found = json.loads((tmp_path / "out" / "articles" / "comparison.json").read_text())
    statuses = {cell["status"] for detail in found["details"] for cell in detail["cells"]}
    assert "left out" not in statuses


@pytest.mark.model
def test_a_model_that_does_not_exist_is_an_error_that_names_it(
    parallax: Parallax, tmp_path: Path
) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(article_line(Article(id="a", outlet="O", title="T", text=TEXT)))
    result = parallax("compare", path, "--out", tmp_path / "out", "--model", "no-such/model")
    assert result.code == 3
    assert "no-such/model" in result.err
    assert not (tmp_path / "out").exists()


GOOD = article_line(Article(id="a", outlet="The Invented Times", title="Bridge closes", text=TEXT))


@pytest.mark.model
@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (GOOD.replace(b'"a"', b'"b"', 1)[:-40], "not JSON"),
        (GOOD, "repeats the id 'a'"),
        (article_line(Article(id="b", outlet="O", title="", text="")), "has no text and no title"),
        (article_line(Article(id="b", outlet="O", title="T", text="a " * 2_500_000)), "5,000,000"),
    ],
    ids=["truncated last line", "duplicate id", "empty text", "five megabytes"],
)
def test_a_bad_row_becomes_a_failure_that_the_comparison_tells(
    parallax: Parallax, tmp_path: Path, bad: bytes, said: str
) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(GOOD + bad)
    result = parallax("compare", path, "--out", tmp_path / "out")
    assert result.code == 0
    found = json.loads((tmp_path / "out" / "articles" / "comparison.json").read_text())
    assert [article["id"] for article in found["articles"]] == ["a"]
    assert said in found["failures"][0]["reason"]


@pytest.mark.model
def test_a_lost_row_is_told_at_once(parallax: Parallax, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(
        GOOD + GOOD.replace(b'"a"', b'"b"', 1).replace(b'"url"', b'"date":"2025-05-12","url"')
    )
    result = parallax("compare", path, "--out", tmp_path / "out")
    assert "1 of 2 rows used" in result.err
    assert "line 2" in result.err
    assert "did you mean published?" in result.err


def test_pages_of_which_none_is_read_are_no_success(parallax: Parallax, tmp_path: Path) -> None:
    (tmp_path / "corpus.csv").write_text("id,headline,text\n1,Bridge closes,It closed.\n")
    result = parallax("extract", tmp_path / "corpus.csv", "--out", tmp_path / "articles.jsonl")
    assert result.code == 4
    assert "0 of 1 pages read" in result.err
    assert "this one has id, headline, text" in result.err


def test_a_table_of_pages_is_read_and_a_page_of_nobody_told(
    parallax: Parallax, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(f"<html><title>Bridge closes</title><p>{TEXT}</p></html>")
    manifest = tmp_path / "pages.csv"
    manifest.write_text("id,path,url,outlet\n7,page.html,,Quay Courier\n8,page.html,,\n")
    result = parallax("extract", manifest, "--out", tmp_path / "articles.jsonl")
    assert result.code == 0
    rows = [json.loads(line) for line in (tmp_path / "articles.jsonl").read_text().splitlines()]
    assert (rows[0]["id"], rows[0]["outlet"]) == ("7", "Quay Courier")
    assert "neither the page's url nor its outlet" in rows[1]["reason"]


@pytest.mark.model
def test_an_output_folder_that_cannot_be_made_fails_the_comparison(
    parallax: Parallax, tmp_path: Path
) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(GOOD)
    (tmp_path / "file").write_text("in the way")
    result = parallax("compare", path, "--out", tmp_path / "file")
    assert result.code == 5
    assert str(tmp_path / "file") in result.err
    assert "Traceback" not in result.err


def test_ctrl_c_during_a_report_leaves_nothing_and_says_what_to_do(
    parallax: Parallax, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "comparison.json").write_bytes(comparison())

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("templates.render.write_report", stop)
    result = parallax("report", tmp_path / "comparison.json", "--out", tmp_path / "report")
    assert result.code == 130
    assert "run it again" in result.err
    assert not (tmp_path / "report").exists()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('evry = 60\nout = "o"', "Did you mean 'every'?"),
        ('registry = "o.toml"\nout = "o"', "Did you mean 'outlets'?"),
        ('every = true\nout = "o"', "wrong type"),
        ('every = 0\nout = "o"', "no number of minutes"),
        ("every = 60", "--out DIR"),
    ],
)
def test_a_watch_whose_file_cannot_be_meant_says_what_is_wrong(
    parallax: Parallax, tmp_path: Path, line: str, told: str
) -> None:
    path = tmp_path / "event.toml"
    path.write_text(f'urls = ["https://example.org/a"]\n{line}\n')
    result = parallax("watch", path)
    assert result.code == 2
    assert told in result.err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["event.toml"]
