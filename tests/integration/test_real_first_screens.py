"""Every statement on the first screens of three labelled events, against what a person read in their articles.

The tables hold outlets, figures and single words; a row of the report that none of them knows has to be
judged by reading the articles, and entered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import lxml.html
import pytest

import parallax

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.shared, pytest.mark.model, pytest.mark.timeout(900)]


@dataclass(frozen=True)
class Truth:
    """What is true of an event's articles.

    `contradictions` are values with who gives them; `states` is who states what a word names;
    `early` published before the others; `loaded` are loaded words in an outlet's own voice, and
    `doubtful` outlets that the report calls loaded and a person would not.
    """

    outlets: frozenset[str]
    contradictions: dict[tuple[str, str], tuple[str, str]]
    states: dict[str, frozenset[str]]
    early: frozenset[str]
    loaded: dict[str, frozenset[str]]
    doubtful: frozenset[str] = frozenset()


def _set(*names: str) -> frozenset[str]:
    return frozenset(names)


PROTESTS = Truth(
    outlets=_set("Townhall", "New York Times", "USA TODAY", "The Hill"),
    contradictions={
        ("over 1,500", "hundreds"): ("Townhall", "The Hill"),  # people injured
        ("thousands", "hundreds"): ("USA TODAY", "The Hill"),
    },
    states={
        "Michel": _set("USA TODAY", "The Hill"),
        "Security Council resolution": _set("The Hill", "New York Times"),
        "Kuwait": _set("The Hill", "New York Times"),
        "Over 50": _set("Townhall", "The Hill", "USA TODAY"),
        "two dozen": _set("Townhall", "The Hill", "USA TODAY"),
        "52": _set("Townhall", "The Hill", "USA TODAY"),
        "Scores": _set("New York Times", "USA TODAY", "The Hill"),
        "Haley": _set("New York Times", "USA TODAY"),
    },
    early=_set("Townhall"),
    loaded={"Townhall": _set("unfortunately", "rioters")},
    doubtful=_set("New York Times"),
)
SPENDING = Truth(
    outlets=_set("CNN", "Townhall", "USA TODAY", "Fox"),
    contradictions={},
    states={
        "When I came": _set("CNN", "Fox"),
        "inappropriate": _set("CNN", "Fox"),
        "Hot Seat": _set("Townhall", "USA TODAY", "Fox"),
        "grilling": _set("Townhall", "USA TODAY", "Fox"),
        "proceedings": _set("CNN", "USA TODAY", "Fox"),
        "process to remove": _set("CNN", "USA TODAY", "Fox"),
        "Star Trek": _set("CNN", "Townhall", "USA TODAY"),
        "50 million": _set("Townhall", "USA TODAY", "Fox"),
    },
    early=_set("CNN"),
    loaded={
        "USA TODAY": _set("blasted", "outrage", "lavish"),
        "CNN": _set("lavish", "beleaguered"),
        "Townhall": _set("hot seat", "lavish"),
        "Fox": _set("grilling", "lavish"),
    },
)
ATTACK = Truth(
    outlets=_set("CBN", "Politico", "Fox", "USA TODAY"),
    contradictions={
        ("at least 29", "22"): ("Politico", "USA TODAY"),  # people injured
        ("terrorist", "this incident"): ("Politico", "Fox"),  # in one and the same quotation
    },
    states={
        "speculate": _set("Politico", "USA TODAY"),
        "unhelpful": _set("Politico", "Fox"),
        "smarter": _set("Fox", "USA TODAY", "Politico"),
        "collaboration": _set("Politico", "Fox"),
        "proactive": _set("CBN", "Politico", "Fox", "USA TODAY"),
        "travel ban": _set("Fox", "USA TODAY"),
        "very smart": _set("Politico", "Fox", "USA TODAY"),
    },
    early=_set(),
    loaded={
        "Politico": _set("ire", "rebuked", "stoked"),
        "USA TODAY": _set("spat", "rebuke", "mocked", "claiming", "barrage"),
        "Fox": _set("slammed", "tweetstorm"),
    },
)
EVENTS = {"8924ddde": PROTESTS, "7daaa2a3": SPENDING, "6f896601": ATTACK}


@dataclass(frozen=True)
class Screen:
    """A first screen with what is true of it, the titles of the event's articles by outlet, and its report."""

    truth: Truth
    page: lxml.html.HtmlElement
    titles: dict[str, str]
    report: Path


@pytest.fixture(scope="module", params=EVENTS)
def screen(
    request: pytest.FixtureRequest,
    shared: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Screen:
    path = shared / "benchmarks" / "coverage" / "events" / f"{request.param}.jsonl"
    articles, failures = parallax.read_articles(path)
    compared = parallax.compare_articles(articles, failures=failures)
    index = parallax.write_report(compared, tmp_path_factory.mktemp("screen") / "report")
    page = lxml.html.document_fromstring(index.read_bytes())
    return Screen(EVENTS[request.param], page, {a.outlet: a.title for a in articles}, index.parent)


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def named(text: str, truth: Truth) -> set[str]:
    return {name for name in truth.outlets if re.search(rf"\b{re.escape(name)}\b", text)}


def blocks(screen: Screen) -> list[list[lxml.html.HtmlElement]]:
    """The paragraphs of the contradictions, the omissions, and the loaded words with the loans."""
    return [div.xpath("p") for div in screen.page.xpath("//section[@class='glance']/div")]


def test_the_title_is_a_headline_of_the_outlet_beside_it(screen: Screen) -> None:
    [title] = screen.page.xpath("//h1")
    said, _, outlet = words(title).rpartition(" (")
    assert said.strip("“”") == " ".join(screen.titles[outlet.rstrip(")")].split())


def test_every_contradiction_is_one_between_those_who_are_named(screen: Screen) -> None:
    shown = screen.page.xpath("//p[@class='versus']")
    for line in shown:
        sides = [[words(part) for part in side] for side in line.xpath(".//span[@class='side']")]
        (first, who), (second, other) = sides
        assert screen.truth.contradictions[first.lower(), second.lower()] == (who, other)
    said = words(screen.page.get_element_by_id("difference"))
    if not shown:
        assert "Nothing in which they contradict each other was found" in said
        return
    assert ("on one point" in said) if len(shown) == 1 else f"on {len(shown)} points" in said
    assert f"“{words(shown[0].xpath('.//b')[0])}”" in said


def test_nobody_is_said_to_lack_what_the_article_states(screen: Screen) -> None:
    truth = screen.truth
    lines = blocks(screen)[1]
    assert 0 < len(lines) <= 3
    for line in lines:
        [row, facts] = words(line[0]), words(line[1])
        having = [who for word, who in truth.states.items() if word in row]
        assert having, f"not judged yet: {row}"
        counted = re.search(r"(\d) of (\d)", facts)
        assert counted
        assert int(counted[1]) <= len(having[0])
        assert int(counted[2]) == len(truth.outlets)
        for accused in line.xpath("a[@class='st l']"):
            assert named(words(accused), truth)
            assert not named(words(accused), truth) & having[0]
        for early in line.xpath("a[@class='st b']"):
            assert named(words(early), truth) <= truth.early
    accused_first = re.search(
        r"left out,? by (.*?);", words(screen.page.get_element_by_id("difference"))
    )
    assert accused_first
    assert named(accused_first[1], truth) or "outlets" in accused_first[1]


def test_loaded_words_are_loaded_and_nobody_is_said_to_run_anothers_text(screen: Screen) -> None:
    truth, lines = screen.truth, blocks(screen)[2]
    shown = [line for line in lines if line.xpath(".//mark")]
    for line in shown:
        marked = {words(mark).lower() for mark in line.xpath(".//mark")}
        outlet = words(line[0])
        assert outlet in truth.doubtful or marked <= truth.loaded[outlet]
    assert [words(line) for line in lines if line not in shown] == [
        "No article was found to run another’s text."
    ]
    said = words(screen.page.get_element_by_id("difference"))
    assert "another’s text" not in said
    clause = said.split("; ")[-1]
    assert clause.startswith("4 outlets") or named(clause, truth) == {words(s[0]) for s in shown}


def test_who_was_early_and_how_many_state_a_detail_is_told_as_it_is(screen: Screen) -> None:
    unread = [words(p) for p in screen.page.xpath("//p[@class='unread']")]
    assert {name for line in unread for name in named(line, screen.truth)} == screen.truth.early
    [figure] = screen.page.xpath("//figure[@class='agreement']")
    caption = words(figure.xpath("figcaption")[0])
    total = int(caption.split()[0])
    assert caption == (
        f"{total} details, by how many outlets report them. "
        "4 articles of 4 outlets, each with a text of its own."
    )
    assert sum(int(words(b)) for b in figure.xpath(".//li/b")) == total


# On paper, on a phone and without scripts these are what tests/browser holds; real texts are longer than invented ones.
@pytest.mark.browser
def test_nothing_of_a_real_report_is_hard_to_get_at(screen: Screen, browser: Browser) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = browser.new_page()
    left: list[str] = []
    page.on("request", lambda request: left.append(request.url))
    views = ("index", "origins", "words", "timeline", "space", "worksheet")
    for number, name in enumerate(views):
        page.set_viewport_size({"width": (390, 1440)[number % 2], "height": 900})
        page.emulate_media(color_scheme=("dark", "light")[number % 2])
        page.goto((screen.report / f"{name}.html").as_uri())
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        found = axe.run(page, options={"preload": False}).response["violations"]
        assert not found, [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found]
    page.close()
    assert all(url.startswith(("file://", "data:")) for url in left)
