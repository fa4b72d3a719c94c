"""What the method page says: figures with their date and source, settings, and how to do each step again."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from compare.datamodel import (
    Comparison,
)
from compare.learned import read_data
from templates.facts.index import Facts
from templates.html.strings import english
from templates.views.method import MEASURED, method_page

ROOT = Path(__file__).parents[3]


def facts_of(comparison: Comparison) -> Facts:
    return Facts(comparison, english())


def test_the_measured_figures_are_those_of_the_docs() -> None:
    """Whoever measures again changes templates/measured.toml with the docs."""
    docs = "".join((ROOT / "docs" / name).read_text() for name in ("method.md", "design-notes.md"))
    told = {round(float(n), 2) for n in re.findall(r"\b0\.\d+", docs)}
    for figure in tomllib.loads(MEASURED.read_text())["figure"]:
        assert figure["value"] in told, figure
        assert figure["command"].split(" EVENTS")[0] in docs, figure


@pytest.mark.parametrize(
    ("key", "row"),
    [
        ("one_fact", "rows of two or more outlets that hold one fact"),
        ("carries", '"included", "editorialized", "conflicting": right'),
        ("left_out", '"left out": right'),
        ("decided", "cells of shared rows in which one of these is said"),
    ],
)
def test_a_measured_figure_stands_in_its_row_of_the_docs(key: str, row: str) -> None:
    figures = {f["key"]: f["value"] for f in tomllib.loads(MEASURED.read_text())["figure"]}
    docs = (ROOT / "docs" / "method.md").read_text()
    assert f"| {row} | {figures[key]:.2f} |" in docs


def test_the_method_page_and_the_docs_say_of_each_kind_of_conflict_how_often_it_is_right(
    harbour: Comparison,
) -> None:
    page = method_page(facts_of(harbour))
    kinds = read_data("compare", "data/conflicts.json")["kinds"]
    assert [k.reported for k in page.conflicts] == sorted(
        (k["reported"] for k in kinds.values()), reverse=True
    )
    assert all(k.shown is (float(k.precision or 1) >= 0.5) for k in page.conflicts)
    docs = (ROOT / "docs" / "method.md").read_text()
    for kind, figures in kinds.items():
        row = f"| {kind} | {figures['reported']} | {figures['soft']} | {figures['precision']:.2f} | {figures['recall']:.3f} |"
        assert row in docs


def test_accuracy_is_dated_and_only_claimed_for_the_model_it_was_measured_with(
    harbour: Comparison,
) -> None:
    page = method_page(facts_of(harbour))
    assert re.search(r"Measured on \d+ \w+ 20\d\d", page.measured)
    other = replace(harbour, run=replace(harbour.run, model="another/model"))
    assert "not known" in method_page(facts_of(other)).measured


def test_the_method_page_says_what_was_not_fitted_for_the_encoder(harbour: Comparison) -> None:
    run = replace(harbour.run, model="mine", misfits={"gate": "theirs", "loaded words": "theirs"})
    told = method_page(facts_of(replace(harbour, run=run))).misfits
    assert len(told) == 2
    assert all("theirs" in sentence and "mine" in sentence for sentence in told)
    assert "not used" in told[1]
    assert method_page(facts_of(harbour)).misfits == ()


def test_known_settings_are_explained(harbour: Comparison) -> None:
    run = replace(harbour.run, settings={"same": 0.3, "something": 1})
    page = method_page(facts_of(replace(harbour, run=run)))
    assert [(s.name, bool(s.meaning)) for s in page.settings] == [
        ("same", True),
        ("something", False),
    ]


def test_the_method_page_says_how_to_do_each_step_again(harbour: Comparison) -> None:
    commands = [command for _, command in method_page(facts_of(harbour)).commands]
    assert [c.split()[1] for c in commands] == ["run", "compare", "report"]
    assert "--from 2031-05-06" in commands[0]
