"""Every cell of the sample web's matrix against `sample_truth.toml`, which a person wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compare.datamodel import Completeness, Status
from compare.kinds import ClaimRole
from compare.text import sentences
from tests.integration.truth_table import LETTERS, TRUTHS, Reading

if TYPE_CHECKING:
    from tests.integration.conftest import Demo

pytestmark = [pytest.mark.web, pytest.mark.model, pytest.mark.timeout(900)]

AGREEMENT_FLOOR = 0.95
"""The share of cells that must be as the table says; it only rises. Accusations have no floor:
none may be wrong."""


@pytest.fixture(scope="session")
def reading(demo: Demo) -> Reading:
    return Reading(demo.comparison)


def test_the_table_is_about_eight_outlets_and_twenty_details() -> None:
    assert len(TRUTHS) >= 20
    assert all(len(truth.cells) >= 8 for truth in TRUTHS)
    assert all(set(cell) <= set(LETTERS) for truth in TRUTHS for cell in truth.cells.values())
    best = {cell[0] for truth in TRUTHS for cell in truth.cells.values()}
    assert best == set(LETTERS)


def test_outlets_that_state_a_detail_are_never_allowed_to_be_accused() -> None:
    for truth in TRUTHS:
        if not truth.aside:
            assert not any(truth.cells[outlet].startswith(("L", "B")) for outlet in truth.words)


def test_the_table_s_words_are_in_the_articles(demo: Demo) -> None:
    articles = {article.outlet: article for article in demo.comparison.articles}
    for truth in TRUTHS:
        for outlet, words in truth.words.items():
            found = list(truth.anchors(articles[outlet]))
            assert len(found) == len(words), (outlet, words)


def test_no_accusation_is_wrong(reading: Reading) -> None:
    wrong = [(each.outlet, TRUTHS[each.row].says) for each in reading.wrong_accusations()]
    assert wrong == [], reading.report()


def test_left_out_only_of_outlets_read_in_full_and_published_late_enough(demo: Demo) -> None:
    full = {a.outlet for a in demo.comparison.articles if a.completeness is Completeness.FULL}
    for detail in demo.comparison.details:
        for cell in detail.cells:
            if cell.status is Status.LEFT_OUT:
                assert cell.outlet in full
                assert cell.outlet != "Tradewind News"


def test_every_cell_has_a_reason_and_stated_ones_have_evidence(demo: Demo) -> None:
    stated = {Status.INCLUDED, Status.EDITORIALIZED, Status.CONFLICTING}
    for detail in demo.comparison.details:
        assert [cell.outlet for cell in detail.cells] == list(demo.comparison.outlets)
        for cell in detail.cells:
            assert cell.reason.strip()
            assert bool(detail.evidence_of(cell)) >= (cell.status in stated)


def test_all_statuses_occur(demo: Demo) -> None:
    found = {cell.status for detail in demo.comparison.details for cell in detail.cells}
    assert found == set(Status)


def test_the_matrix_is_as_the_table_says(reading: Reading) -> None:
    assert reading.agreement() >= AGREEMENT_FLOOR, reading.report()


def test_every_sentence_that_states_something_is_in_some_detail(demo: Demo) -> None:
    roles = {
        (c.article, c.sentence.start): c.role for c in demo.comparison.claims if c.field == "text"
    }
    for article in demo.comparison.articles:
        spans = [
            (mention.sentence.start, mention.sentence.end)
            for detail in demo.comparison.details
            for mention in detail.mentions
            if mention.article == article.id and mention.field == "text" and mention.sentence
        ]
        for sentence in sentences(article.text):
            if roles[article.id, sentence.start] not in {ClaimRole.STATEMENT, ClaimRole.OPINION}:
                continue
            assert any(s < sentence.end and sentence.start < e for s, e in spans)
