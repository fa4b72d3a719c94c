"""The matrix of a large report: letters in the file, cells where somebody looks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import lxml.html
import pytest

from compare.datamodel import Comparison
from templates.render import write_report
from templates.views import matrix

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture
def large(harbour: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(matrix, "LINKED_CELLS", 10)
    return write_report(harbour, tmp_path / "report").with_name("matrix.html")


def test_the_file_holds_a_letter_a_cell(large: Path) -> None:
    page: lxml.html.HtmlElement = lxml.html.document_fromstring(large.read_bytes())
    rows = [row[2].text for row in page.get_element_by_id("grid").iter("tr")][1:]
    assert rows[:2] == ["ckcciiq", "ikkiibq"]


def test_the_letters_become_cells_that_lead_to_their_evidence(
    large: Path, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(large.as_uri())
    cells = page.locator("#grid tbody tr").first.locator("td.z a")
    cells.first.wait_for()
    assert cells.count() == 7
    page.locator("#grid tbody th a").first.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.title") == "The Daily Harbour: taken over"
    page.locator(".more-filters summary").click()
    page.locator("[name=columns]").select_option(index=1)
    assert cells.nth(1).get_attribute("title") == "The Daily Harbour: taken over"
    cells.nth(1).press("Enter")
    page.wait_for_url("**/details/*.html#d-*-the-daily-harbour")
    assert page.locator(":target").count() == 1
    page.close()
