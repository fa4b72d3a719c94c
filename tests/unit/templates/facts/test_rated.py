"""A user's own ratings of outlets in the report: everywhere as theirs, and nowhere without them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import lxml.html
import pytest

from compare.datamodel import Comparison
from templates.facts.index import Facts
from templates.facts.rated import UNRATED, Rated
from templates.html.strings import english
from templates.render import write_report

GIVEN = Rated(
    "lean",
    {"Northline Wire": "west", "Free Coast": "=east", "Tolvik Courier": "west", "Lantern Post": "<b>"},
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(harbour: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("rated") / "report"
    return write_report(harbour, place, ratings=GIVEN, single_file=True).parent


def page(folder: Path, name: str) -> lxml.html.HtmlElement:
    found: lxml.html.HtmlElement = lxml.html.document_fromstring((folder / name).read_bytes())
    return found


def text(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    data = (folder / name).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(data, newline="")))


def test_the_list_of_outlets_has_the_users_rating(folder: Path) -> None:
    [table] = page(folder, "outlets.html").xpath("//table")
    assert [text(th) for th in table.xpath(".//thead//th")][:2] == ["Outlet", "lean (own rating)"]
    given = {text(tr[0]): text(tr[1]) for tr in table.xpath(".//tbody/tr")}
    assert given["Northline Wire"] == "west"
    assert given["Skerry Radio"] == "not rated"
    assert given["Lantern Post"] == "<b>", "text, whatever it looks like"


@pytest.mark.parametrize(
    "name", ["outlets.html", "matrix.html", "outlets/free-coast.html", "report.html"]
)
def test_wherever_ratings_are_shown_it_is_said_whose_they_are(folder: Path, name: str) -> None:
    assert "“lean” is a rating by whoever made this report" in text(page(folder, name))


def test_an_outlets_page_names_its_rating(folder: Path) -> None:
    assert "lean: =east." in text(page(folder, "outlets/free-coast.html"))
    assert "lean: not rated." in text(page(folder, "outlets/skerry-radio.html"))


def test_the_matrix_can_be_filtered_and_ordered_by_rating(folder: Path) -> None:
    [form] = page(folder, "matrix.html").xpath("//form")
    choices = {text(o): o.get("value") for o in form.xpath(".//select[@name='rating']/option")}
    assert choices == {"any": "", "<b>": "6", "=east": "2", "west": "0 3", "not rated": "1 4 5"}
    orders = form.xpath(".//select[@name='columns']/option")
    assert text(orders[-1]) == "by lean (own rating)"
    assert orders[-1].get("value") == "6 2 0 3 1 4 5"


def test_a_rating_called_as_having_none_is_called_loses_no_outlet(harbour: Comparison) -> None:
    facts = Facts(harbour, english(), Rated("lean", {harbour.outlets[2]: "not rated"}))
    assert sorted(number for alike in facts.rated.values() for number in alike) == list(
        range(len(facts.outlets))
    )


def test_the_tables_have_the_rating_last(folder: Path) -> None:
    for name in ("data/mentions.csv", "data/coding-sheet.csv"):
        found = rows(folder, name)
        assert list(found[0])[-1] == "rating: lean"
        own = {row["outlet"]: row["rating: lean"] for row in found}
        assert own["Free Coast"] == "'=east", "no spreadsheet takes it for a formula"
        assert own["The Daily Harbour"] == UNRATED
    table = rows(folder, "by_rating.csv")
    assert table[0]["lean west (2): tell it"] in {"0", "1", "2"}
    assert page(folder, "method.html").xpath("//a[@href='by_rating.csv']")


def test_a_report_without_ratings_speaks_of_none(harbour: Comparison, tmp_path: Path) -> None:
    plain = write_report(harbour, tmp_path / "report").parent
    assert not (plain / "by_rating.csv").exists()
    for path in plain.rglob("*.html"):
        assert "rating" not in path.read_text("utf-8").replace("operating", ""), path.name
