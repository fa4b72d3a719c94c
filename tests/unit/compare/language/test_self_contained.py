"""Sentences that tell by themselves what they are about, and those that only do beside others."""

from __future__ import annotations

import pytest

from compare.language.self_contained import is_self_contained

SENTENCES = [
    # sentence, whether words of it are quoted, whether it tells something by itself
    ("That wasn't done here.", False, False),
    ("“We can't wait!!!", True, False),
    ("“Who bore the cost?", True, False),
    ("Scares everybody.", True, False),
    ("“It's not going to happen.”", True, False),
    ("“He had some goals.", True, False),
    ("“That's OK,” the clerk said.", True, False),
    ("That says it ALL!", False, False),
    ("ADA QUILL: Well, that's exactly right.", False, False),
    ("(Here's a useful map.)", False, False),
    ("And she did not make the decisions.”", True, False),
    ("And she did not make the decisions.", False, True),
    ("The ferry sank.", False, True),
    ("Neither owner has spoken.", False, True),
    ("Divers raised it.", False, True),
    ("That cost 40 lives.", False, True),
    ("“We lost twelve of them.”", True, True),
    ("“I know that Quill is right.”", True, True),
    ("“They lied,” said Ada Quill.", True, True),
    ("“It was,” NATO wrote.", True, True),
    ("“I told my broker to sell every share and keep the money in funds.”", True, True),
    ("These stones came from a quarry that the harbour board had closed.", False, True),
    ("Did the owner, Ada Quill, know of it?", False, True),
    ("Ferry Owner Quits", False, True),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "spoken", "tells"), SENTENCES)
def test_a_sentence_tells_something_alone_or_does_not(
    sentence: str, spoken: bool, tells: bool
) -> None:
    assert is_self_contained(sentence, spoken=spoken) is tells
