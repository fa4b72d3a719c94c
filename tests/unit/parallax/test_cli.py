"""The command line: help that is instant, errors that say what to do, documented exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

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
