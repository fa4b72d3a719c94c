from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from templates.html.marks import Mark, Piece, changes, pieces

TEXTS = st.text(max_size=60)
MARKS = st.lists(
    st.builds(
        Mark, st.integers(-5, 70), st.integers(-5, 70), st.sampled_from(["cue", "differs", "claim"])
    ),
    max_size=6,
)


@given(TEXTS, MARKS, st.data())
def test_pieces_join_to_the_passage_whatever_is_marked(
    text: str, marks: list[Mark], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert "".join(piece.text for piece in pieces(text, start, end, marks)) == text[start:end]


def test_overlapping_marks_are_both_on_the_piece_they_share() -> None:
    found = pieces("abcdef", 0, 6, [Mark(0, 4, "cue", "loaded"), Mark(2, 6, "differs", "other")])
    assert [(p.text, p.kind) for p in found] == [
        ("ab", "cue"),
        ("cd", "cue differs"),
        ("ef", "differs"),
    ]
    assert found[1].note == "loaded; other"


@given(st.text(max_size=80), st.text(max_size=80))
def test_changes_lose_nothing_of_the_new_wording(old: str, new: str) -> None:
    assert "".join(piece.text for piece in changes(old, new) if piece.kind != "del") == new


def test_changes_name_what_was_dropped_and_added() -> None:
    found = changes(
        "The firm declined to say who steered.", "The firm arrogantly refused to say who steered."
    )
    assert [p for p in found if p.kind] == [
        Piece("declined", "del"),
        Piece("arrogantly refused", "ins"),
    ]


def test_case_alone_is_no_change() -> None:
    assert all(not p.kind for p in changes("The ferry’s hull", "the Ferry hull"))
