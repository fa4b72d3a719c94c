"""Corpora of others: every row and page an article, or a failure that is counted and says its row."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from compare.codec import read_articles
from compare.datamodel import Article, Stage
from compare.errors import InputError
from crawlers.archive.writer import ArchiveWriter, Fetched
from parallax.events import listed_urls
from tests.unit.crawlers.extract.conftest import page
from tests.unit.parallax.conftest import Parallax

URL = "https://www.ellerymercury.example/news/"
TEXT = "The harbour bridge at Port Ellery was closed on Monday after inspectors found cracks in it."
Extract = Callable[..., tuple[list[Article], list[str]]]


def table(path: Path, rows: Sequence[Sequence[str]], cut: str = ",") -> Path:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=cut).writerows(rows)
    path.write_text(file.getvalue(), encoding="utf-8")
    return path


@pytest.fixture
def extract(parallax: Parallax, tmp_path: Path) -> Extract:
    """What `parallax extract` makes of files: the articles, and why the rest is none."""

    def run(*given: object) -> tuple[list[Article], list[str]]:
        out = tmp_path / "made" / "articles.jsonl"
        result = parallax("extract", *given, "--out", out, "--workers", 1)
        assert result.code in {0, 4}, result.err
        articles, failures = read_articles(out)
        return list(articles), [f.reason for f in failures]

    return run


def test_columns_are_known_by_option_and_by_usual_name(extract: Extract, tmp_path: Path) -> None:
    path = table(
        tmp_path / "corpus.csv",
        [
            ["No", "Paper", "HEADLINE", "story text", "Date", "By-line", "lines"],
            ["1", "Quay Courier", "Bridge closes", TEXT, "2025-05-12", "A. Roe; B. Poe", "7"],
            ["2", "Harbour Herald", "Bridge shut", TEXT, "05/06/2025", "", "9"],
            ["3", "Ellery Mercury", "Cracks", "", "2025-05-12", "", "0"],
            ["1", "Ellery Mercury", "Twice", TEXT, "", "", "0"],
            ["4", "Ellery Mercury"],
        ],
        ";",
    )
    named = ("text=story text", "outlet=Paper", "id=No", "authors=By-line")
    articles, why = extract(path, *(part for one in named for part in ("--column", one)))
    (one,) = articles
    assert (one.id, one.outlet, one.title, one.text) == ("1", "Quay Courier", "Bridge closes", TEXT)
    assert (one.published, one.authors) == ("2025-05-12", ("A. Roe", "B. Poe"))
    assert [reason.split(" ")[2] for reason in why] == ["3", "4", "5", "6"]
    for part, reason in zip(
        ("which day", "no text", "repeats the id", "2 cells"), why, strict=True
    ):
        assert part in reason


def test_a_row_without_an_id_or_outlet_is_called_by_line_and_host(
    extract: Extract, tmp_path: Path
) -> None:
    path = table(tmp_path / "mine.csv", [["Link", "body"], [URL + "a", TEXT], [URL + "b", TEXT]])
    articles, why = extract(path)
    assert [(a.id, a.outlet) for a in articles] == [
        ("mine-2", "ellerymercury.example"),
        ("mine-3", "ellerymercury.example"),
    ]
    assert not why


def test_bytes_that_excel_writes_are_letters(extract: Extract, tmp_path: Path) -> None:
    path = tmp_path / "excel.csv"
    path.write_bytes("outlet;text\r\nCourier;Das Caf\xe9 \x80 schlie\xdft.\r\n".encode("latin-1"))
    assert extract(path)[0][0].text == "Das Café € schließt."


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--column", "txt=body", "Did you mean text?"),
        ("--column", "body", "KEY=COLUMN"),
        ("--column", "text=bodie", "Did you mean body?"),
        ("--split-by", "storie", "Did you mean story?"),
    ],
)
def test_what_is_no_key_and_no_column_is_told_with_what_was_meant(
    parallax: Parallax, tmp_path: Path, option: str, value: str, said: str
) -> None:
    path = table(tmp_path / "c.csv", [["story", "outlet", "body"], ["a", "Courier", TEXT]])
    result = parallax("extract", path, option, value, "--out", tmp_path / "out")
    assert result.code in {2, 3}
    assert said in result.err
    assert not (tmp_path / "out").exists()


def test_a_column_splits_a_table_into_events_and_no_row_is_lost(
    parallax: Parallax, tmp_path: Path
) -> None:
    rows = [["id", "event", "outlet", "text"]]
    rows += [
        [str(n), ("Bridge: shut", "Bridge? shut", "Tax")[n % 3], "Courier", TEXT] for n in range(9)
    ]
    rows += [
        ["9", "", "Courier", TEXT],
        ["10", "Fire", "Courier", ""],
        ["11", "Tax", "Courier", ""],
    ]
    out = tmp_path / "events"
    path = table(tmp_path / "corpus.csv", rows)
    result = parallax("extract", path, "--split-by", "event", "--out", out)
    assert result.code == 0, result.err
    found = {p.name: p.read_text().splitlines() for p in out.iterdir()}
    sizes = {name: len(lines) for name, lines in found.items()}
    assert sizes == {
        "Bridge-shut.jsonl": 3,
        "Bridge-shut-2.jsonl": 3,
        "Tax.jsonl": 4,
        "not-read.ndjson": 2,
    }
    assert "3 events, 2 rows without one" in result.err


def test_zotero_s_snapshots_are_read_and_items_without_one_are_counted(
    extract: Extract, tmp_path: Path
) -> None:
    (tmp_path / "files" / "7").mkdir(parents=True)
    (tmp_path / "files" / "7" / "bridge.html").write_bytes(page(heading="Bridge closes"))
    head = ["Key", "Item Type", "Publication Year", "Author", "Title", "Publication Title", "Url", "Abstract Note", "Date", "Date Added", "File Attachments"]  # fmt: skip
    path = table(
        tmp_path / "My Library.csv",
        [
            head,
            ["AB12", "newspaperArticle", "2025", "Roe, A.", "Bridge", "Quay Courier", URL + "a", "", "2025-05-12", "2025-05-13 08:00:00", "files/7/paper.pdf; files/7/bridge.html"],
            ["CD34", "newspaperArticle", "2025", "", "Cracks", "Quay Courier", URL + "b", "", "2025-05", "", "files/8/paper.pdf"],
            ["EF56", "webpage", "", "", "Shut", "", URL + "c", "", "2025", "", ""],
        ],
    )  # fmt: skip
    (one,), why = extract(path)
    assert (one.id, one.outlet, one.title, one.url) == (
        "AB12",
        "Quay Courier",
        "Bridge closes",
        URL + "a",
    )
    assert "only files/8/paper.pdf: save a snapshot in Zotero" in why[0]
    assert "line 4 has no text" in why[1]


def test_media_cloud_s_rows_are_failures_that_say_what_to_do(
    parallax: Parallax, tmp_path: Path
) -> None:
    head = [
        "id",
        "indexed_date",
        "language",
        "media_name",
        "media_url",
        "publish_date",
        "title",
        "url",
    ]
    row = [
        "1",
        "2025-05-13 08:00:00",
        "en",
        "ellerymercury.example",
        "ellerymercury.example",
        "2025-05-12",
        "Bridge",
        URL,
    ]
    path = table(tmp_path / "mc.csv", [head, row])
    result = parallax("extract", path, "--out", tmp_path / "articles.jsonl")
    assert result.code == 4
    assert "line 2 has no text: Media Cloud exports addresses" in result.err
    (failure,) = read_articles(tmp_path / "articles.jsonl")[1]
    assert (failure.url, failure.outlet) == (URL, "ellerymercury.example")


def test_csl_json_is_known_and_its_items_are_failures_that_say_what_to_do(
    parallax: Parallax, tmp_path: Path
) -> None:
    items = [
        {
            "id": "http://zotero.org/users/1/items/AB12", "type": "article-newspaper",
            "container-title": "Quay Courier", "language": "en", "title": "Bridge closes", "URL": f"{URL}a",
            "author": [{"family": "Roe", "given": "Anna"}], "issued": {"date-parts": [["2025", 5, 12]]},
            "accessed": {"date-parts": [["2025", 5, 13]]},
        },
        {"id": "2", "type": "webpage", "title": "Shut", "URL": f"{URL}b", "issued": {"raw": "May"}},
    ]  # fmt: skip
    path = tmp_path / "library.json"
    path.write_text(json.dumps(items, indent=2), "utf-8")
    result = parallax("extract", path, "--out", tmp_path / "articles.jsonl")
    assert result.code == 4
    assert "CSL JSON holds addresses and titles. Read the pages with `parallax crawl" in result.err
    first, second = read_articles(tmp_path / "articles.jsonl")[1]
    assert (first.url, first.outlet) == (f"{URL}a", "Quay Courier")
    assert second.url == f"{URL}b"
    assert listed_urls(str(path)) == [f"{URL}a", f"{URL}b"]


def test_a_table_s_column_of_addresses_is_what_a_crawl_reads(tmp_path: Path) -> None:
    # Media Cloud, 2022: an outlet's own address stands before the story's, a title goes over lines.
    columns = ["id", "indexed_date", "language", "media_name", "media_url", "publish_date", "title", "url"]  # fmt: skip
    row = ["1", "2025-05-13", "en", "mercury.example", "http://mercury.example/", "2025-05-12", "A, b\nc", f"{URL}a"]  # fmt: skip
    assert listed_urls(str(table(tmp_path / "new.csv", [columns, row]))) == [f"{URL}a"]
    older = ["stories_id", "publish_date", "title", "url", "language", "ap_syndicated", "inlink_count"]  # fmt: skip
    path = table(tmp_path / "old.csv", [older, ["7", "2019", "T", f"{URL}b", "en", "False", "3"]])
    assert listed_urls(str(path)) == [f"{URL}b"]
    with pytest.raises(InputError, match="line 4 holds no http"):
        listed_urls(
            str(table(tmp_path / "bad.csv", [older, row[1:], ["8", "2019", "T", "", "en", "", ""]]))
        )
    # A plain list stays one: an address may hold commas.
    path = tmp_path / "list.txt"
    path.write_text(f"{URL}a,b\n# not this\nhttps://www.quay.example/c\n")
    assert listed_urls(str(path)) == [f"{URL}a,b", "https://www.quay.example/c"]


def test_saved_pages_and_archives_are_read_by_whose_they_are(
    extract: Extract, tmp_path: Path
) -> None:
    folder = tmp_path / "saved"
    for name in ("www.quay.example", "Harbour Herald", "Bridge_files"):
        (folder / name).mkdir(parents=True)
    body = page(heading="Bridge closes")
    note = b"<!-- saved from url=(0040)" + URL.encode() + b"a -->"
    (folder / "Bridge.html").write_bytes(note + body)
    (folder / "Bridge_files" / "frame.html").write_bytes(body)
    (folder / "www.quay.example" / "index.html").write_bytes(body)
    (folder / "Harbour Herald" / "b.htm").write_bytes(body)
    (folder / "nobody.html").write_bytes(body)
    writer = ArchiveWriter(
        folder / "crawl.warc.gz", at="2025-05-12T12:00:00Z", user_agent="t", session=1
    )
    headers = [("Content-Type", "text/html; charset=utf-8")]
    for n, status in ((1, 200), (2, 404)):
        address = f"https://warc.example/{n}"
        writer.fetched(Fetched(url=address, at="2025-05-12T12:00:00Z", status=status, headers=headers, body=body), "GET", [])  # fmt: skip
    writer.close()
    articles, why = extract(folder)
    assert {a.outlet for a in articles} == {
        "warc.example",
        "ellerymercury.example",
        "quay.example",
        "Harbour Herald",
    }
    assert len(articles) == 4
    assert sorted(why) == [
        "HTTP 404",
        "nobody.html does not say where it is from: put it into a folder called like its outlet",
    ]


def test_a_manifest_gives_one_row_a_page_in_order(extract: Extract, tmp_path: Path) -> None:
    (tmp_path / "plain.html").write_bytes(page(heading="First"))
    (tmp_path / "packed.html.gz").write_bytes(gzip.compress(page(heading="Second")))
    (tmp_path / "torn.html.gz").write_bytes(gzip.compress(page())[:300])
    rows: list[dict[str, Any] | str] = [
        {"id": "a", "path": "plain.html", "url": URL + "a", "outlet": "Mercury"},
        "{broken",
        {"id": "b", "path": "packed.html.gz", "url": URL + "b"},
        {"id": "c", "path": "missing.html", "url": URL + "c"},
        {"id": "d", "url": URL + "d"},
        {"id": "e", "path": "torn.html.gz", "url": URL + "e"},
    ]
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows))
    extract(manifest)
    made = [
        json.loads(line) for line in (tmp_path / "made" / "articles.jsonl").read_text().splitlines()
    ]
    assert [r["title"] if r["type"] == "article" else Stage(r["stage"]) for r in made] == [
        "First", Stage.READ, "Second", Stage.READ, Stage.READ, Stage.READ,
    ]  # fmt: skip
    assert [r["outlet"] for r in made if r["type"] == "article"] == [
        "Mercury",
        "ellerymercury.example",
    ]
    # The folder of the manifest gives the same: pages that it names are not read a second time.
    assert len(extract(tmp_path)[0]) == 2


def test_a_table_that_is_not_there_is_told(parallax: Parallax, tmp_path: Path) -> None:
    result = parallax("extract", tmp_path / "missing.jsonl", "--out", tmp_path / "a.jsonl")
    assert result.code == 3
    assert "missing.jsonl: no such file" in result.err
    empty = table(tmp_path / "empty.csv", [["outlet", "text"]])
    result = parallax("extract", empty, "--out", tmp_path / "a.jsonl")
    assert result.code == 4
    assert "no row and no page" in result.err
