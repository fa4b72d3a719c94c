"""Every view in Chromium, from file://: wide and narrow, light and dark, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import lxml.html
import pytest

from compare.datamodel import Comparison
from templates.facts.rated import Rated
from templates.render import write_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
Open = Callable[..., "Page"]

VIEWS = (
    "index.html", "ours.html", "reference.html", "matrix.html", "outlets.html", "space.html", "worksheet.html", "pairs.html", "headlines.html", "words.html", "timeline.html", "origins.html",
    "method.html", "outlets/free-coast.html", "outlets/lantern-post.html", "pairs/northline-wire--free-coast.html",
    "details/2018f2c53c36.html", "embed/matrix.html", "report.html",
)  # fmt: skip


# The one-file report is the same markup many times over, and takes axe minutes.
@pytest.mark.parametrize("path", VIEWS[:-1])
def test_axe_finds_nothing(read: Open, path: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = read(path)
    # What is folded must be right as well.
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    for width, dark in ((1440, False), (360, True)):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if dark else "light")
        # axe would fetch the stylesheet again, which the page's own policy forbids.
        found = axe.run(page, options={"preload": False}).response["violations"]
        assert not found, [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found]


@pytest.mark.parametrize("path", VIEWS)
def test_no_page_is_wider_than_the_window(read: Open, path: str) -> None:
    page = read(path)
    for width in (1440, 768, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_a_tablet_shows_details_in_lines_and_names_whole(visit: Open) -> None:
    page = visit("matrix.html", width=768)
    assert page.locator("#grid tbody th.what").first.evaluate("e => e.clientWidth") >= 220
    page = visit("pairs.html", width=768)
    cut = "cells => cells.filter(e => e.scrollHeight > e.clientHeight + 1).map(e => e.textContent)"
    assert page.locator(".alike thead th").evaluate_all(cut) == []


@pytest.mark.parametrize("path", VIEWS)
def test_without_javascript_every_text_and_table_is_there(
    read: Open, report: Path, path: str
) -> None:
    page = read(path, script=False)
    in_file: lxml.html.HtmlElement = lxml.html.document_fromstring((report / path).read_bytes())
    rows = [row for body in in_file.iter("tbody") for row in body.iter("tr")]
    assert page.locator("tbody tr:visible").count() == len(rows)
    shown = "".join(page.locator("main").inner_text().split())
    for row in rows:
        assert "".join((row[0].text_content() or "").split()) in shown


def test_statuses_can_be_told_apart_without_colour(visit: Open) -> None:
    page = visit("method.html")
    shapes = page.eval_on_selector_all(
        ".meanings .st",
        """found => found.map(e => { const s = getComputedStyle(e, "::before");
             return [s.content, s.borderTopWidth, s.borderTopLeftRadius, s.clipPath, s.transform,
                     s.backgroundImage, s.backgroundColor === "rgba(0, 0, 0, 0)"].join() })""",
    )
    words = page.locator(".meanings .st").all_inner_texts()
    assert len(shapes) == len(set(shapes)) == len(set(words)) == 7


def test_left_out_does_not_look_like_what_cannot_be_known(visit: Open) -> None:
    """The accusation has a ring; the two that accuse nobody have a sign, and other colours."""
    page = visit("method.html")
    colour = {
        word: page.locator(f".meanings .st:text-is('{word}')").evaluate(
            "e => getComputedStyle(e).color"
        )
        for word in ("left out", "published before", "cannot tell")
    }
    assert colour["left out"] not in {colour["published before"], colour["cannot tell"]}


def test_a_report_on_paper_has_pages_and_no_controls(visit: Open, tmp_path: Path) -> None:
    page = visit("index.html")
    page.emulate_media(media="print")
    assert not page.locator("nav").first.is_visible()
    for paper in ("A4", "Letter"):
        file = tmp_path / f"{paper}.pdf"
        page.pdf(path=file, format=paper, print_background=False)
        assert len(re.findall(rb"/Type\s*/Page\b", file.read_bytes())) in range(2, 7)


def test_on_paper_what_was_folded_is_open(visit: Open, harbour: Comparison) -> None:
    page = visit("details/2018f2c53c36.html")
    page.emulate_media(media="print")
    assert page.get_by_text("the same words").is_visible()


def test_a_theme_comes_after_our_style(
    harbour: Comparison, tmp_path: Path, browser: Browser
) -> None:
    from playwright.sync_api import Browser

    assert isinstance(browser, Browser)
    theme = tmp_path / "mine.css"
    theme.write_text(":root { --paper: rgb(1, 2, 3) }")
    index = write_report(harbour, tmp_path / "report", theme=theme)
    page = browser.new_page()
    page.goto(index.as_uri())
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(1, 2, 3)"
    page.close()


def test_the_matrix_is_filtered_and_ordered_by_the_users_own_ratings(
    harbour: Comparison, browser: Browser, tmp_path: Path
) -> None:
    own = Rated("lean", {"Free Coast": "east", "Skerry Radio": "west"})
    index = write_report(harbour, tmp_path / "report", ratings=own)
    page = browser.new_page()
    page.goto(index.with_name("matrix.html").as_uri())
    column = harbour.outlets.index("Free Coast")
    rows = page.locator("#grid tbody tr:visible")
    page.locator(".more-filters summary").click()
    page.locator("[name=rating]").select_option(label="east")
    page.wait_for_function("document.querySelector('output').textContent.startsWith('6 ')")
    codes = [str(row.get_attribute("data-c")) for row in rows.all()]
    assert all(code[column] in "ieck" for code in codes)
    page.locator("[name=status]").select_option("e")
    page.wait_for_function("document.querySelector('output').textContent.startsWith('2 ')")
    codes = [str(row.get_attribute("data-c")) for row in rows.all()]
    tally = {
        str(n.get_attribute("data-code")): int(n.inner_text())
        for n in page.locator(".tally [data-code]").all()
    }
    assert tally == {code: sum(row.count(code) for row in codes) for code in tally}
    assert tally["e"] >= 2
    page.locator("[name=columns]").select_option(label="by lean (own rating)")
    heads = page.locator("#grid thead a")
    assert heads.first.inner_text() == "Free Coast"
    assert heads.nth(1).inner_text() == "Skerry Radio"
    page.set_viewport_size({"width": 360, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()
