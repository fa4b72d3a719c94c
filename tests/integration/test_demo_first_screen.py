"""Every statement on the first screen of the demo's report, against what is true of its articles by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html
import pytest

if TYPE_CHECKING:
    from tests.integration.conftest import Demo

pytestmark = [pytest.mark.web, pytest.mark.model, pytest.mark.timeout(900)]

# What the articles say, as read by a person: values that contradict each other, and who gives the odd one.
CONTRADICTIONS = {
    ("nearly 100", "at least 100"): "The Lantern Post",
    ("saturday", "sunday"): "Continental Voice",
    ("35 tonnes", "38 tonnes"): "Airframe Weekly",
    ("several", "lawful"): "Continental Voice",
    ("military-technical", "technical"): "Continental Voice",
}
# Words without which nobody can state a detail: no article that is said to have left it out has them.
NEEDED = {
    "An embassy source told": ("consultations",),
    "military intervention in Venezuela is an option": ("intervention",),
    "other countries have recognized": ("recogni", "consider", "regard"),
    "two nuclear-capable Tu-160 bombers": ("Tu-160",),
    "Flightradar24, which follows air traffic": ("Flightradar24", "Chkalovsky"),
    "under a 2001 agreement": ("2001",),
}
LOADED = {"The Lantern Post", "Continental Voice"}
TAKEN = {("Northgate Courier", "Meridian Wire"), ("The Lantern Post", "Meridian Wire")}
CREDITED = {"Meridian Wire", "Northgate Courier", "The Lantern Post"}  # to Sputnik, for a sentence


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def page(demo: Demo) -> lxml.html.HtmlElement:
    data = (demo.folder / "report" / "index.html").read_bytes()
    found: lxml.html.HtmlElement = lxml.html.document_fromstring(data)
    return found


def test_every_contradiction_is_one_and_its_odd_value_is_given_by_who_gives_it(
    page: lxml.html.HtmlElement,
) -> None:
    shown = page.xpath("//p[@class='versus']")
    assert 0 < len(shown) <= 3
    for line in shown:
        sides = [(words(s[0]).lower(), words(s[1])) for s in line.xpath(".//span[@class='side']")]
        (most, _), (odd, who) = sides
        assert CONTRADICTIONS[most, odd] == who


def test_whoever_is_said_to_have_left_something_out_has_no_word_of_it(
    demo: Demo, page: lxml.html.HtmlElement
) -> None:
    outlets = {article.outlet: article for article in demo.comparison.articles}
    shown = page.xpath("//section[@class='glance']//p[a[starts-with(@class, 'st ')]]")
    assert 0 < len(shown) <= 3
    for line in shown:
        [needed] = [found for detail, found in NEEDED.items() if detail in words(line[0])]
        accusations = [words(a) for a in line.xpath("a[@class='st l']")]
        for accusation in accusations:
            named = [name for name in outlets if name in accusation]
            assert named, accusation
            for name in named:
                assert not any(w in outlets[name].text for w in needed), (name, needed)
        for told in line.xpath("a[@class='st b']"):
            assert "Tradewind News" in words(told) or "outlets" in words(told)


def test_loaded_words_and_loans_are_of_those_who_have_them(page: lxml.html.HtmlElement) -> None:
    lines = page.xpath("//section[@class='glance']/div[last()]/p")
    loaded = [words(line[0]) for line in lines if line.xpath(".//mark")]
    assert set(loaded) == LOADED
    loans = {(words(line[0]), words(line[1]).partition(" from ")[2]) for line in lines if not line.xpath(".//mark")}  # fmt: skip
    assert loans >= TAKEN
    assert all(source == "Sputnik" and who in CREDITED for who, source in loans - TAKEN)


def test_the_sentence_says_what_the_blocks_below_it_show(page: lxml.html.HtmlElement) -> None:
    said = words(page.get_element_by_id("difference"))
    assert "first of all “nearly 100”" in said
    assert "against “At Least 100” (The Lantern Post)" in said
    assert "The Lantern Post and Continental Voice use strongly loaded words" in said
    unjudged = words(page.xpath("//p[@class='unread']")[0])
    assert "Cannot be judged: Evening Signal" in unjudged
    assert "Port Alder Gazette (behind a paywall)" in unjudged
    assert "Tradewind News" in unjudged.partition("Published before most of this was known:")[2]


def test_nothing_stands_twice_on_the_demos_story(page: lxml.html.HtmlElement) -> None:
    said = [words(a) for a in page.xpath("//main//a[contains(@class, 'text')]")]
    assert len(said) > 20
    assert sorted(said) == sorted(set(said))
