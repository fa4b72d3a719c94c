"""Chromium, and reports on disk for it. Where there is no Chromium, these tests say so and skip."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compare.codec import read_comparison
from compare.datamodel import Comparison
from compare.said import DayTold, ReferenceFact, StatedIn
from templates.facts.known import Known
from templates.render import write_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request

INPUT = Path(__file__).parents[1] / "golden" / "report" / "comparison.json"

Open = Callable[..., "Page"]


@pytest.fixture(scope="session")
def harbour() -> Comparison:
    return read_comparison(INPUT)


@pytest.fixture(scope="session")
def report(harbour: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a report with every kind of evidence, and report.html with all of it."""
    out = tmp_path_factory.mktemp("browser") / "report"
    at = next(a.text.index("214") for a in harbour.articles if a.id == "wire-1")
    stated = StatedIn(article="wire-1", field="text", start=at, end=at + 16, probability=0.95)
    told = [
        DayTold(article=a.id, start=at, end=at + 7, first="2031-05-06", last="2031-05-06")
        for a in harbour.articles
        if (at := a.text.find("Tuesday")) >= 0
    ]
    listed = replace(
        harbour,
        reference=(ReferenceFact(text="214 people were aboard.", stated=(stated,)),),
        days=tuple(told),
    )
    known = {"Free Coast": Known("Coast Holding", "NO", "tabloid", "2031-04")}
    return write_report(listed, out, single_file=True, known=known, ours="Tolvik Courier").parent


@pytest.fixture(scope="session")
def _readers(browser: Browser) -> Iterator[dict[bool, Page]]:
    """A page with scripts and one without, for all tests that only look."""
    pages = {script: browser.new_page(java_script_enabled=script) for script in (True, False)}
    yield pages
    for page in pages.values():
        page.context.close()


@pytest.fixture
def read(_readers: dict[bool, Page], report: Path) -> Iterator[Open]:
    """As `visit`, wide and light, in a page that others had before: for tests that leave nothing behind but its window.

    A page of its own, process and all, costs more than most of them do in it.
    """
    complaints: list[str] = []

    def left(request: Request) -> None:
        if not request.url.startswith(("file://", "data:")):
            complaints.append(request.url)

    def told(message: ConsoleMessage) -> None:
        complaints.append(message.text)

    def failed(error: Error) -> None:
        complaints.append(str(error))

    def opened(path: str, *, script: bool = True) -> Page:
        page = _readers[script]
        page.set_viewport_size({"width": 1440, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto((report / path).as_uri())
        return page

    for page in _readers.values():
        page.on("console", told)
        page.on("pageerror", failed)
        page.on("request", left)
    yield opened
    for page in _readers.values():
        page.remove_listener("console", told)
        page.remove_listener("pageerror", failed)
        page.remove_listener("request", left)
    assert complaints == []


@pytest.fixture
def visit(browser: Browser, report: Path) -> Iterator[Open]:
    """Opens a page of the report; at the end, no request may have left it and no error been logged."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def left(request: Request) -> None:
        if not request.url.startswith(("file://", "data:")):
            complaints.append(request.url)

    def opened(path: str, *, width: int = 1440, dark: bool = False, script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{path}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"{path}: {error}"))
        page.on("request", left)
        name, _, anchor = path.partition("#")
        page.goto((report / name).as_uri() + (f"#{anchor}" if anchor else ""))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
