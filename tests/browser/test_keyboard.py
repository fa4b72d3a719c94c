"""The main tasks of a reader, with the keyboard alone."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compare.datamodel import Comparison

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
Open = Callable[..., "Page"]


def tab_to(page: Page, words: str, *, limit: int = 90) -> None:
    """Presses Tab until a link with these words has the focus."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if words in page.evaluate(
            "(a => a.matches('a') ? a.innerText : '')(document.activeElement)"
        ):
            return
    pytest.fail(f"Tab does not reach {words!r}")


def says(page: Page, words: str) -> None:
    """Waits until the form says how much is shown."""
    page.locator(f"output:text-is('{words}')").wait_for()


def focused(page: Page) -> str:
    return " ".join(str(page.evaluate("document.activeElement.innerText")).split())


def test_from_a_conflict_to_its_evidence_to_the_sentence_in_the_article(visit: Open) -> None:
    page = visit("index.html")
    tab_to(page, "at least 230")
    page.keyboard.press("Enter")
    page.wait_for_url("**/details/*.html")
    assert page.locator("mark.differs").first.inner_text() == "214"
    tab_to(page, "In its article")
    page.keyboard.press("Enter")
    page.wait_for_url("**/outlets/northline-wire.html#s-*")
    assert "214 people aboard" in page.locator(":target").inner_text()


def test_why_an_outlet_is_said_to_have_left_something_out(visit: Open) -> None:
    page = visit("index.html")
    tab_to(page, "left out")
    page.keyboard.press("Enter")
    page.wait_for_url("**/details/*.html#d-*")
    assert "no sentence states it" in page.locator(":target").inner_text()


def test_the_matrix_is_one_stop_and_arrows_move_in_it(visit: Open) -> None:
    page = visit("matrix.html")
    page.locator("#grid tbody a").first.focus()
    page.keyboard.press("ArrowRight")
    assert focused(page) == "conflicting"
    page.keyboard.press("ArrowRight")
    assert focused(page) == "taken over"
    page.keyboard.press("ArrowDown")
    assert focused(page) == "taken over"
    page.keyboard.press("End")
    assert focused(page) == "cannot tell"
    page.keyboard.press("Home")
    assert focused(page) == "Nobody was hurt."
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert focused(page) == "Northline Wire"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**/details/*.html#d-*")
    assert page.locator("#grid a[tabindex='0']").count() == 0  # another page by now


def test_filters_narrow_the_matrix_and_say_by_how_much(visit: Open) -> None:
    page = visit("matrix.html")
    shown = page.locator("#grid tbody tr:visible")
    assert shown.count() == 12
    page.locator("[name=status]").select_option("e")
    says(page, "2 of 12 details")
    page.locator("[name=outlet]").select_option(label="Tolvik Courier")
    says(page, "0 of 12 details")
    page.locator("[name=status]").select_option("")
    page.locator("[name=outlet]").select_option("")
    page.keyboard.press("Escape")
    page.locator("body").press("/")
    page.keyboard.type("LIFEBOATS are")
    says(page, "1 of 12 details")
    assert "Lifeboats are on their way." in shown.first.inner_text()


def test_the_matrix_can_be_ordered_by_time_and_by_divergence(visit: Open) -> None:
    page = visit("matrix.html")
    first = page.locator("#grid tbody tr th").first
    page.locator("[name=sort]").select_option("time")
    assert "Lifeboats are on their way." in page.locator("#grid tbody tr th").nth(1).inner_text()
    page.locator("[name=sort]").select_option("divergence")
    assert first.inner_text().startswith("The car ferry Maren")
    page.locator("[name=sort]").select_option("consensus")
    counts = [int(n) for n in page.locator("#grid tbody td.n").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)


def test_columns_move_with_their_cells_and_can_be_hidden(visit: Open, harbour: Comparison) -> None:
    page = visit("matrix.html")

    def column(outlet: str) -> list[str]:
        heads = page.locator("#grid thead th").all_inner_texts()
        place = heads.index(outlet) + 1
        return page.locator(f"#grid tbody tr > :nth-child({place})").all_inner_texts()

    before = column("Free Coast")
    page.locator(".more-filters summary").click()
    page.locator("[name=columns]").select_option(index=1)
    heads = page.locator("#grid thead th").all_inner_texts()
    assert heads[2:4] == ["Northline Wire", "The Daily Harbour"]
    assert heads[2:] != list(harbour.outlets)
    assert column("Free Coast") == before
    for outlet in (
        "Northline Wire",
        "The Daily Harbour",
        "Free Coast",
        "Tolvik Courier",
        "Lantern Post",
    ):
        page.get_by_label(outlet, exact=True).uncheck()
    says(page, "3 of 12 details")
    assert page.locator("#grid thead th:visible").count() == 4


def test_the_skip_link_leads_past_the_navigation(visit: Open) -> None:
    page = visit("index.html")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the text"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_tables_can_be_had_by_keyboard(visit: Open) -> None:
    page = visit("method.html")
    with page.expect_download() as download:
        page.locator("a[href$='coding-sheet.csv']").press("Enter")
    path = download.value.path()
    assert isinstance(path, Path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfdetail,")


def test_in_the_one_file_report_links_stay_in_the_file(visit: Open, harbour: Comparison) -> None:
    page = visit("report.html")
    page.locator("#matrix a.st.e").first.press("Enter")
    assert "#d-" in page.url
    assert page.url.split("#")[0].endswith("report.html")
    page.locator(":target").get_by_text("In its article").first.press("Enter")
    assert page.locator(":target mark.cue").count() > 0


def test_what_the_matrix_shows_is_in_its_address_and_going_back_finds_it(visit: Open) -> None:
    page = visit("matrix.html")
    page.locator("[name=status]").select_option("l")
    page.locator("[name=outlet]").select_option(label="Tolvik Courier")
    says(page, "5 of 12 details")
    assert page.url.endswith("matrix.html?status=left-out&outlet=tolvik-courier")
    page.locator("[name=text]").fill("built")
    says(page, "1 of 12 details")
    page.locator("#grid tbody tr:visible a.st.l").first.press("Enter")
    page.wait_for_url("**/details/*.html#d-*")
    page.go_back()
    says(page, "1 of 12 details")
    assert page.locator("[name=text]").input_value() == "built"
    page.get_by_role("button", name="All details").click()
    says(page, "12 of 12 details")
    assert page.url.endswith("matrix.html")


def test_where_nothing_passes_it_is_said_what_to_take_away(visit: Open) -> None:
    page = visit("matrix.html")
    page.locator("[name=status]").select_option("e")
    page.locator("[name=outlet]").select_option(label="Tolvik Courier")
    says(page, "0 of 12 details")
    page.get_by_role("button", name="without “Tolvik Courier”: 2").click()
    says(page, "2 of 12 details")


def test_a_question_mark_lists_the_keys_on_every_page(visit: Open) -> None:
    page = visit("words.html")
    page.locator("body").press("?")
    assert page.get_by_role("dialog", name="Keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog", name="Keys").is_visible()


def test_the_first_cell_is_a_few_tabs_away(visit: Open) -> None:
    page = visit("matrix.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(9):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#grid tbody') !== null"):
            return
    pytest.fail("more than nine tabs from the skip link to the matrix")


def test_the_table_is_had_as_it_is_filtered(visit: Open) -> None:
    page = visit("matrix.html")
    page.locator("[name=text]").fill("lifeboats are")
    says(page, "1 of 12 details")
    with page.expect_download() as download:
        page.get_by_role("button", name="This table (CSV)").click()
    path = download.value.path()
    lines = path.read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("detail,text,stated_by,Northline Wire,")
    assert len(lines) == 2
    assert "Lifeboats are on their way.,1," in lines[1]


def table_below(page: Page, region: str) -> list[list[str]]:
    """What "This table (CSV)" below a table gives."""
    with page.expect_download() as download:
        page.locator(f'.scroll[aria-label="{region}"] + .as-csv button').click()
    return list(csv.reader(download.value.path().read_text("utf-8-sig").splitlines()))


def test_after_all_details_the_table_has_all_of_them(visit: Open, harbour: Comparison) -> None:
    page = visit("matrix.html")
    page.locator("[name=text]").fill("lifeboats are")
    says(page, "1 of 12 details")
    page.get_by_role("button", name="All details").click()
    says(page, "12 of 12 details")
    with page.expect_download() as download:
        page.get_by_role("button", name="This table (CSV)").click()
    lines = list(csv.reader(download.value.path().read_text("utf-8-sig").splitlines()))
    assert {line[0] for line in lines[1:]} == {detail.id for detail in harbour.details}


def test_a_table_on_a_phone_is_the_same_table(visit: Open) -> None:
    wide, narrow = visit("timeline.html"), visit("timeline.html", width=390)
    regions = ("Timeline", "What happened when, as told", "When details surfaced")
    found = {region: table_below(wide, region) for region in regions}
    assert {region: table_below(narrow, region) for region in regions} == found
    assert found["Timeline"][0] == ["Outlet", "Published", "Changed"]
    told = found["What happened when, as told"]
    assert told[0] == ["Day", "What is told of it", "Told so by", "First published"]
    assert {line[0] for line in told[1:]} == {"6 May 2031"}
    assert len(told) > 2, "a day is said of every line that it has"
    assert {line[3] for line in told[1:]} == {"6 May 2031, 05:20 UTC", "6 May 2031, 10:15 UTC"}


def test_the_table_of_wordings_has_the_wordings_alone(visit: Open) -> None:
    head, line = table_below(visit("words.html"), "Groups and acts: the same place, other words")
    assert head[:2] == ["What is called differently", "Northline Wire"]
    assert line == ["nothing / silence", "silence", "–", "–", "nothing", "–", "–"]
