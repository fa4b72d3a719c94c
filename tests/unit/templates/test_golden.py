"""Golden pages: open tests/golden/report/harbour/index.html in a browser to see what they hold.

`UPDATE_GOLDEN=1 python -m pytest tests/unit/templates/test_golden.py` writes them anew; read the
difference before you commit it.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from compare.codec import encode_comparison
from compare.datamodel import Comparison
from templates.facts.index import Facts
from templates.html.strings import english
from templates.render import files

GOLDEN = Path(__file__).parents[2] / "golden" / "report"
PAGES = GOLDEN / "harbour"
ELSEWHERE = "harbour-tokyo-timeline.html"
# One page of each kind, the tables, and what the pages need to be looked at.
KEPT = (
    "index.html", "matrix.html", "pairs.html", "headlines.html", "words.html", "timeline.html", "origins.html",
    "method.html", "outlets/free-coast.html", "outlets/lantern-post.html", "pairs/northline-wire--free-coast.html",
    "details/2018f2c53c36.html", "data/matrix.csv", "data/mentions.csv", "data/coding-sheet.csv",
)  # fmt: skip
HINT = (
    "If the change is meant: UPDATE_GOLDEN=1 python -m pytest tests/unit/templates/test_golden.py"
)


@pytest.fixture(scope="module")
def made(harbour: Comparison) -> dict[str, bytes]:
    found = {
        path: data if isinstance(data, bytes) else b"".join(data)
        for path, data in files(Facts(harbour, english()))
    }
    if os.environ.get("UPDATE_GOLDEN"):
        for path in (*KEPT, "assets/report.css", "assets/report.js"):
            (PAGES / path).parent.mkdir(parents=True, exist_ok=True)
            (PAGES / path).write_bytes(found[path])
        (GOLDEN / "comparison.json").write_bytes(encode_comparison(harbour))
        (GOLDEN / ELSEWHERE).write_bytes(elsewhere(harbour))
    return found


def elsewhere(harbour: Comparison) -> bytes:
    """The timeline as it reads where it was another day."""
    run = replace(harbour.run, settings={**harbour.run.settings, "timezone": "Asia/Tokyo"})
    page = dict(files(Facts(replace(harbour, run=run), english())))["timeline.html"]
    assert isinstance(page, bytes)
    return page


def test_a_page_in_another_zone_is_as_it_was(made: dict[str, bytes], harbour: Comparison) -> None:
    assert made
    assert elsewhere(harbour).decode() == (GOLDEN / ELSEWHERE).read_bytes().decode(), HINT


@pytest.mark.parametrize("path", KEPT)
def test_a_page_is_as_it_was(made: dict[str, bytes], path: str) -> None:
    assert made[path].decode() == (PAGES / path).read_bytes().decode(), HINT


def test_the_golden_pages_are_styled_as_the_real_ones(made: dict[str, bytes]) -> None:
    for name in ("assets/report.css", "assets/report.js"):
        assert made[name] == (PAGES / name).read_bytes(), HINT


def test_the_comparison_that_browser_tests_read_is_the_one_built_here(harbour: Comparison) -> None:
    assert (GOLDEN / "comparison.json").read_bytes() == encode_comparison(harbour), HINT
