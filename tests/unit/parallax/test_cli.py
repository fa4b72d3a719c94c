"""The command line: help that is instant, errors that say what to do, documented exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from compare.errors import EventFileError
from parallax.cli import spread
from parallax.events import make_event, read_event
from tests.unit.parallax.conftest import Parallax

COMMANDS = [
    "run",
    "crawl",
    "extract",
    "compare",
    "report",
    "explain",
    "gate",
    "flag",
    "sources",
    "outlets",
    "demo",
    "serve",
]
HEAVY = {
    "torch",
    "sentence_transformers",
    "transformers",
    "faiss",
    "scrapy",
    "twisted",
    "trafilatura",
    "numpy",
    "jinja2",
    "lxml",
}


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; import parallax.cli; print('\\n'.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "parallax.cli" in loaded
    assert HEAVY.isdisjoint(loaded)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(parallax: Parallax, command: str) -> None:
    result = parallax(command, "--help")
    assert result.code == 0
    assert "Example" in result.out
    assert f"parallax {command}" in result.out


def test_the_front_page_names_every_command(parallax: Parallax) -> None:
    shown = parallax("--help").out
    assert all(f"\n  {command} " in shown for command in COMMANDS)


def test_python_m_parallax_is_the_same_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "parallax", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("parallax ")


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ('about = "x"\nwhen = 2019-03-23\n', "unknown key 'when'"),
        ('about = "x"\nfrom = 2019-03-26\nto = 2019-03-23\n', "reversed"),
        ('about = "x"\nfrom = "last week"\nto = 2019-03-23\n', "YYYY-MM-DD"),
        ('about = "x"\n', "needs a window"),
        ("", "nothing to look for"),
        ("about = 7\n", "wrong type"),
        ("urls = [7]\n", "list of strings"),
        ("about =\n", "not TOML"),
    ],
)
def test_an_event_file_that_cannot_be_meant_is_refused_by_name(
    parallax: Parallax, tmp_path: Path, event: str, said: str
) -> None:
    path = tmp_path / "event.toml"
    path.write_text(event)
    result = parallax("run", path, "--out", tmp_path / "out")
    assert result.code == 2
    assert said in result.err
    assert "event.toml" in result.err
    assert "docs/messages.md#event-file" in result.err
    assert not (tmp_path / "out").exists()


def test_an_event_file_and_words_at_once_are_refused(parallax: Parallax, tmp_path: Path) -> None:
    path = tmp_path / "event.toml"
    path.write_text('urls = ["http://example.org/a"]')
    result = parallax("crawl", path, "--about", "words", "--out", tmp_path / "out")
    assert result.code == 2
    assert "not both" in result.err


def test_a_registry_without_a_domain_is_refused_by_line(parallax: Parallax, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[[outlet]]\nname = "The Invented Times"\n')
    result = parallax("outlets", "--outlets", path)
    assert result.code == 2
    assert "mine.toml" in result.err
    assert "domain" in result.err


def test_the_registry_lists_as_json(parallax: Parallax) -> None:
    result = parallax("outlets", "--json")
    assert result.code == 0
    rows = json.loads(result.out)
    assert {"name", "domain", "sources"} <= rows[0].keys()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("compare", "{}/nowhere.jsonl", "--out", "{}/out"), 3),
        (("report", "{}/nowhere.json", "--out", "{}/out"), 3),
        (("explain", "{}/nowhere.json", "d1"), 3),
        (("serve", "{}"), 3),
        (("flag", "{}/nowhere.jsonl", "--out", "{}/out"), 3),
        (("sources", "{}/nowhere.jsonl", "--out", "{}/out"), 3),
        (("gate", "{}/nowhere.jsonl", "--all"), 3),
        (("gate", "{}/nowhere.jsonl"), 2),
        (("extract", "{}/nowhere.jsonl", "--out", "{}/out"), 3),
        (("nonsense",), 2),
    ],
)
def test_exit_codes_are_the_documented_ones(
    parallax: Parallax, tmp_path: Path, command: tuple[str, ...], code: int
) -> None:
    result = parallax(*(part.format(tmp_path) for part in command))
    assert result.code == code
    assert result.err
    assert "Traceback" not in result.err
    assert not (tmp_path / "out").exists()


def test_two_inputs_of_one_name_are_refused(parallax: Parallax, tmp_path: Path) -> None:
    result = parallax("compare", "a/x.jsonl", "b/x.jsonl", "--out", tmp_path)
    assert result.code == 2
    assert "overwrite" in result.err


def test_an_empty_crawl_has_nothing_to_compare(parallax: Parallax, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text('{"type": "failure", "stage": "fetch", "reason": "answered 503"}\n')
    result = parallax("compare", path, "--out", tmp_path / "out")
    assert result.code == 4
    assert "1 failure" in result.err


MINE = '[[outlet]]\nname = "The Invented Times"\ndomain = "invented.example"\n'


def test_outlets_of_ones_own_are_added_and_only_leaves_the_bundled_ones_out(
    parallax: Parallax, tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(MINE)
    bundled = {row["domain"] for row in json.loads(parallax("outlets", "--json").out)}
    added = json.loads(parallax("outlets", "--outlets", path, "--json").out)
    assert {row["domain"] for row in added} == bundled | {"invented.example"}
    alone = json.loads(parallax("outlets", "--outlets", path, "--only", "--json").out)
    assert [row["domain"] for row in alone] == ["invented.example"]


def test_one_of_the_bundled_outlets_can_be_taken_out(parallax: Parallax, tmp_path: Path) -> None:
    first = json.loads(parallax("outlets", "--json").out)[0]
    path = tmp_path / "mine.toml"
    path.write_text(f'[[outlet]]\ndomain = "{first["domain"]}"\nskip = true\n')
    rows = json.loads(parallax("outlets", "--outlets", path, "--json").out)
    assert first["domain"] not in {row["domain"] for row in rows}


def test_only_without_outlets_means_nothing(parallax: Parallax, tmp_path: Path) -> None:
    call = ("crawl", "--url", "https://a.example/x", "--only", "--out", tmp_path / "out")
    result = parallax(*call)
    assert result.code == 2
    assert "--outlets" in result.err


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "ftp://a.example/x",
        "https://",
        "/a/path",
        "",
        "mailto:x@a.example",
        "x@a.example",
        "file:a.example/x",
    ],
)
def test_an_address_that_is_none_is_refused_before_the_crawl(
    parallax: Parallax, tmp_path: Path, url: str
) -> None:
    result = parallax("crawl", "--url", url, "--out", tmp_path / "out")
    assert result.code == 2
    assert "https://example.org" in result.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("www.example.org/x", "https://www.example.org/x"),
        ("127.0.0.1:8000/x", "https://127.0.0.1:8000/x"),
        ("http://example.org/x", "http://example.org/x"),
    ],
)
def test_an_address_without_a_scheme_gets_one(written: str, whole: str) -> None:
    assert make_event("", None, None, [written]).urls == (whole,)


def test_an_event_file_says_whose_times_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "event.toml"
    path.write_text('urls = ["example.org/a"]\ntimezone = "europe/berlin"')
    assert read_event(path).timezone == "Europe/Berlin"
    path.write_text('urls = ["example.org/a"]\ntimezone = "Berlin"')
    with pytest.raises(EventFileError, match=r"timezone.*Did you mean Europe/Berlin"):
        read_event(path)


def test_an_event_file_with_a_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "event.toml"
    path.write_bytes('\ufeffurls = ["example.org/a"]\noutlets = "mine.toml"\nonly = true'.encode())
    task = read_event(path)
    assert (task.event.urls, task.only) == (("https://example.org/a",), True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("crawl --from-archive a.warc.gz b.warc.gz --out X", "crawl --from-archive a.warc.gz --from-archive b.warc.gz --out X"),
        ("crawl --from-archive a.warc b.warc c.warc", "crawl --from-archive a.warc --from-archive b.warc --from-archive c.warc"),
        ("crawl e.toml --from-archive F --out b.warc", "crawl e.toml --from-archive F --out b.warc"),
        ("crawl --from-archive F e.toml", "crawl --from-archive F e.toml"),
        ("extract a.warc b.warc", "extract a.warc b.warc"),
    ],
)  # fmt: skip
def test_all_files_that_a_shell_makes_of_a_pattern_are_archives(typed: str, meant: str) -> None:
    assert spread(typed.split()) == meant.split()
