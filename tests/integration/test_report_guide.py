"""docs/report-guide.md, step by step, on the demo's report in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.integration.conftest import Demo

pytestmark = [pytest.mark.web, pytest.mark.model, pytest.mark.browser, pytest.mark.timeout(900)]

GUIDE = Path(__file__).parents[2] / "docs" / "report-guide.md"
Step = tuple[str, list[str]]


def questions() -> list[tuple[str, list[Step]]]:
    """The guide's questions with their steps: what to do, and the words to do it with."""
    found: list[tuple[str, list[Step]]] = []
    for line in GUIDE.read_text("utf-8").split("\n## By keyboard")[0].splitlines():
        if heading := re.match(r"### \d+\. (.*)", line):
            found.append((heading[1], []))
        elif step := re.match(r"- (Open|Follow|Search|Read) ", line):
            found[-1][1].append((step[1], re.findall(r"`([^`]+)`", line)))
    return found


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def take(page: Page, action: str, words: list[str]) -> None:
    """One step of the guide."""
    if action == "Open":
        page.locator(".masthead nav").get_by_role("link", name=words[0], exact=True).click()
    elif action == "Follow":
        page.locator("main a:visible").filter(has_text=words[0]).first.click()
    elif action == "Search":
        page.locator("[name=text]").fill(words[0])
        page.wait_for_timeout(400)
    else:
        text = " ".join(page.locator("main").inner_text().lower().split())
        assert not [word for word in words if word.lower() not in text]


def test_there_are_fifteen_questions_of_at_most_two_steps() -> None:
    assert len(questions()) == 15
    for question, steps in questions():
        assert steps[-1][0] == "Read", question
        assert len(steps[:-1]) <= 2, question


@pytest.mark.parametrize(("question", "steps"), questions(), ids=[q for q, _ in questions()])
def test_the_demo_report_answers(page: Page, demo: Demo, question: str, steps: list[Step]) -> None:
    page.goto((demo.folder / "report" / "index.html").as_uri())
    for action, words in steps:
        take(page, action, words)
