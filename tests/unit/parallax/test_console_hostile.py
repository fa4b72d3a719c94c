"""Nothing that a stranger wrote reaches the terminal as a command to it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from crawlers.output.ledger import LedgerRow
from parallax.console import Progress, ledger_table, say, show, show_json

HOSTILE = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202eevil\rOverwritten"


def test_control_sequences_are_shown_as_marks(capsys: pytest.CaptureFixture[str]) -> None:
    say(f"message: {HOSTILE}")
    show(f"result: {HOSTILE}\tand\nmore")
    row = LedgerRow(outlet=HOSTILE, domain="a.example", why={HOSTILE: 1})
    say(ledger_table((row,)))
    told = capsys.readouterr()
    written = told.out + told.err
    assert not set(written) & set("\x1b\x07\x9b\u202e\r")
    assert "and\nmore" in told.out


def test_a_script_gets_the_very_text(capsys: pytest.CaptureFixture[str]) -> None:
    show_json([{"title": f"“Quoted” {HOSTILE}"}])
    written = capsys.readouterr().out
    assert not set(written) & set("\x1b\x07\x9b\u202e\r")
    assert "“Quoted”" in written
    assert json.loads(written) == [{"title": f"“Quoted” {HOSTILE}"}]


def test_what_is_being_done_is_shown_plainly(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Progress() as progress:
        monkeypatch.setattr(progress, "_began", -10.0)
        monkeypatch.setattr(progress, "_said", -10.0)
        progress(f"asking {HOSTILE}", 1, 2)
    assert "\x1b" not in capsys.readouterr().err


PARALLAX = [sys.executable, "-m", "parallax"]


@pytest.mark.parametrize(
    ("shell", "code"),
    [
        ('"$@" outlets --country IE > /dev/full', 5),
        ('"$@" outlets --country IE 2>&- > /dev/null', 0),
        ('SOURCE_DATE_EPOCH=soon "$@" crawl --url https://a.example/x --out "$OUT"', 2),
    ],
)
def test_a_fault_of_this_machine_is_a_message_and_a_code(
    shell: str, code: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("out") / "out"
    done = subprocess.run(
        ["sh", "-c", f"OUT={out}; {shell}", "sh", *PARALLAX],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
