"""A served report follows when it is written anew."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compare.datamodel import Comparison
from templates.render import write_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.web]


@pytest.fixture
def served(report: Path, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A copy of the report with its address on this machine, served as a user would."""
    folder = tmp_path / "report"
    shutil.copytree(report, folder)
    command = [sys.executable, "-m", "parallax", "serve", str(folder), "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        yield folder, running.stdout.readline().strip()
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=30) == 0


@pytest.mark.parametrize("path", ["", "report.html"])
def test_an_open_page_loads_again_when_the_report_is_written_anew(
    browser: Browser, served: tuple[Path, str], harbour: Comparison, path: str
) -> None:
    from playwright.sync_api import expect

    folder, address = served
    theme = folder.parent / "mine.css"
    theme.write_text(":root { --paper: rgb(1, 2, 3) }")
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    with page.expect_response("**/.changed?since="):
        page.goto(address + path)
    write_report(harbour, folder, single_file=True, theme=theme)
    expect(page.locator("body")).to_have_css("background-color", "rgb(1, 2, 3)", timeout=60_000)
    assert not said
    page.close()


def test_what_is_not_there_is_not_found(browser: Browser, served: tuple[Path, str]) -> None:
    page = browser.new_page()
    answer = page.goto(served[1] + "nowhere.html")
    assert answer is not None
    assert answer.status == 404
    page.close()
