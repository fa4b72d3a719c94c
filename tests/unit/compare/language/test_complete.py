"""Stretches of sentences that can be read by themselves, and those that cannot."""

from __future__ import annotations

import pytest

from compare.datamodel import Span
from compare.language.complete import readable, stands_alone

PARTS = [
    # sentence, the part of it, whether it stands alone
    ("The port reopened on Monday, while the customs house stays shut.", "The port reopened on Monday,", True),
    ("He was taken to a hospital, where he underwent surgery.", "where he underwent surgery.", False),
    ("The clerk said that he had tested positive for the virus.", "that he had tested positive", False),
    ("The ferry, which sank in May, was raised by divers on Friday.", "which sank in May,", False),
    ("Harbour master Ada Quill, a former pilot, declined to comment.", "Harbour master Ada Quill, a former pilot,", False),
    ("The director of the city's field office in Marl, Ada Quill, resigned.", "The director of the city's field office in Marl,", False),
    ("Senator Ada Quill (R-Marl) voted against the bill on Friday.", "Senator Ada Quill (", False),
    ("The charges were dropped in March, and the case was closed.", "and the case was closed.", False),
    ("The crew seemed to be unharmed by the fire.", "The crew seemed to be", False),
    ("Mr. Quill, R-Marl, who announced the vote on Friday, resigned.", "R-Marl, who announced the vote on Friday,", False),
    ("He spoke in Halden, Norland, and offered to meet the crew.", "Norland, and offered to meet the crew.", False),
    ("The police identified the man as he left the ferry on Monday.", "The police identified the man", True),
    ("The mayor resigned.", "The mayor resigned.", True),
    ("“We were told nothing at all,” the mayor said of the flood.", "“We were told nothing at all,”", True),
    ("“We were told nothing. We will sue,” the mayor said.", "“We were told nothing at", False),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "part", "alone"), PARTS)
def test_a_stretch_is_read_by_itself_only_where_it_is_a_clause(
    sentence: str, part: str, alone: bool
) -> None:
    start = max(sentence.find(part), 0)
    span = Span(start=start, end=min(start + len(part), len(sentence)))
    assert stands_alone(sentence, span, Span(start=0, end=len(sentence))) is alone


@pytest.mark.parametrize(
    ("sentence", "part", "shown"),
    [
        (
            "On Monday the ferry sank off Marl, killing four sailors, and the port was closed for a week.",
            "killing four sailors,",
            "On Monday the ferry sank off Marl, killing four sailors,",
        ),
        (
            "The mayor resigned, but Ada Quill, who had sued the city, said that she would go on.",
            "who had sued the city,",
            "The mayor resigned, but Ada Quill, who had sued the city, said that she would go on.",
        ),
        ("Of the four, two could not swim.", "Of the four,", "Of the four, two could not swim."),
    ],
)
def test_a_stretch_is_widened_by_clauses_until_it_can_be_read(
    sentence: str, part: str, shown: str
) -> None:
    start = sentence.index(part)
    found = readable(
        sentence, Span(start=start, end=start + len(part)), Span(start=0, end=len(sentence))
    )
    assert shown in sentence[found.start : found.end]
    assert part in sentence[found.start : found.end]
