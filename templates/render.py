"""Pages to bytes: the one place where Jinja runs, and where a report is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import escape

from compare.codec import encode_comparison
from compare.datamodel import Comparison
from templates.bulk import Rows
from templates.exports import coding_sheet_csv, matrix_csv, mentions_csv
from templates.facts import Facts
from templates.folder import whole_folder
from templates.legible import finalize, legible
from templates.links import Links, web
from templates.strings import Strings, read_strings
from templates.views.detail import detail_page
from templates.views.headlines import headlines_page
from templates.views.matrix import matrix_page
from templates.views.method import method_page
from templates.views.origins import origins_page
from templates.views.outlet import mentions_by_article, outlet_page
from templates.views.pairs import pair_pages, pairs_page
from templates.views.parts import legend, words_of_codes
from templates.views.story import origins, story_page
from templates.views.timeline import timeline_page
from templates.views.words import words_page

STATIC = Path(__file__).with_name("static")
NAV = ("index", "matrix", "pairs", "headlines", "words", "timeline", "origins", "method")
# Nothing is loaded from anywhere but the report itself, and no script that a quoted text might
# smuggle in would run.
_POLICY = "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; base-uri 'none'; form-action 'none'"


class Page(Protocol):
    """What every page dataclass has."""

    template: ClassVar[str]

    @property
    def title(self) -> str:
        """The page's title, in its <title>."""

    @property
    def anchor(self) -> str:
        """The page's id where all pages are in one file."""


@cache
def environment() -> Environment:
    """Escapes everything, fails on what is undefined, and makes every string legible."""
    env = Environment(
        loader=PackageLoader("templates", "."),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        auto_reload=False,
        keep_trailing_newline=True,
    )
    env.filters["web"] = web
    return env


@cache
def english() -> Strings:
    """The strings of the report, read once."""
    return read_strings()


def write_report(comparison: Comparison, out: Path) -> Path:
    """Writes the report's folder whole and returns its index.html; the same input gives the same bytes.

    Raises OutputError where the folder cannot be written or holds something else, and
    ComparisonFileError for a comparison whose references lead nowhere.
    """
    facts = Facts(comparison, english())
    with whole_folder(out) as folder:
        for path, data in files(facts):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    return out / "index.html"


def files(facts: Facts) -> Iterator[tuple[str, bytes]]:
    """Every file of a report with its path, one at a time."""
    press = Press(facts)
    for path, page in pages(facts):
        yield path, press.document(path, page).encode()
    yield "data/matrix.csv", matrix_csv(facts)
    yield "data/mentions.csv", mentions_csv(facts)
    yield "data/coding-sheet.csv", coding_sheet_csv(facts)
    yield "data/comparison.json", encode_comparison(facts.comparison)
    for name in ("report.css", "report.js"):
        yield f"assets/{name}", (STATIC / name).read_bytes()


def pages(facts: Facts) -> Iterator[tuple[str, Page]]:
    """Every page of a report with its path."""
    stated_in = mentions_by_article(facts)
    yield "index.html", story_page(facts)
    yield "matrix.html", matrix_page(facts)
    yield "pairs.html", pairs_page(facts)
    yield "headlines.html", headlines_page(facts, stated_in)
    yield "words.html", words_page(facts)
    yield "timeline.html", timeline_page(facts)
    yield "origins.html", origins_page(facts, origins(facts))
    yield "method.html", method_page(facts)
    for name in facts.outlets:
        page = outlet_page(facts, name, stated_in)
        yield f"outlets/{page.key}.html", page
    for pair in pair_pages(facts):
        yield f"pairs/{pair.key}.html", pair
    words = words_of_codes(facts.say)
    for fact in facts.details:
        yield f"details/{fact.key}.html", detail_page(facts, fact, words)


Frame = tuple[dict[str, Any], tuple[str, str, str]]
# Stand in the frame for what differs from page to page. No value can: what it holds is escaped.
_SLOT = re.compile(r'<slot name="(?:title|body)"></slot>')


class Press:
    """Sets pages; what thousands of them share is set once."""

    def __init__(self, facts: Facts) -> None:
        comparison = facts.comparison
        self._facts = facts
        self._shared: dict[str, Any] = {
            "say": facts.say,
            "labels": facts.say.labels,
            "about": comparison.event.about or facts.say("story.untitled"),
            "version": comparison.run.parallax,
            "fingerprint": facts.fingerprint,
            "legend": legend(facts.say),
            "nav": NAV,
            "policy": _POLICY,
            "themed": False,
        }
        self._frames: dict[tuple[str, str], Frame] = {}

    def document(self, path: str, page: Page) -> str:
        """A page as a whole file."""
        prefix = "../" * path.count("/")
        here = page.anchor if page.anchor in NAV else ""
        if (prefix, here) not in self._frames:
            self._frames[prefix, here] = self._frame(prefix, here)
        values, (top, middle, bottom) = self._frames[prefix, here]
        template = environment().get_template(f"pages/{page.template}")
        body = template.render(values, page=page)
        return f"{top}{escape(legible(page.title))}{middle}{body}{bottom}"

    def _frame(self, prefix: str, here: str) -> Frame:
        """What a page is set with, and the page around its title and its body."""
        to = Links(prefix)
        hrefs = {key: to.outlet(key) for key in self._facts.outlet_keys.values()}
        values = self._shared | {"to": to, "here": here, "hrefs": hrefs, "rows": Rows()}
        frame = environment().get_template("pages/frame.html").render(values)
        top, middle, bottom = _SLOT.split(frame)
        return values, (top, middle, bottom)
