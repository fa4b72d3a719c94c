from __future__ import annotations

from time import process_time

import pytest

from compare.claims import claims_of
from compare.datamodel import Article
from compare.language.embeds import unmarked

TAKEN = [
    ("A bridge fell.\n\nHow sad! — Ana Roe (@anaroe) May 1, 2018\n\nIt was old.", "How sad!", "Ana Roe (@anaroe)"),
    ("It fell.\n\nHow sad!\n\n— Ana Roe (@anaroe) 1 May 2018", "How sad!", "Ana Roe (@anaroe)"),
    ("It fell.\n\nLook at this pic.twitter.com/a1B2c3", "Look at this", None),
    ("It fell.\n\nhttps://t.co/a1B2c3 what a mess", "what a mess", None),
    ("It fell.\n\nSkip Twitter post by @anaroe\n\nWhat a mess\n\nEnd of Twitter post by @anaroe\n\nIt was old.", "What a mess", "@anaroe"),
    ("It fell.\n\nAna Roe (@anaroe): What a mess\n\nIt was old.", "What a mess", "Ana Roe (@anaroe)"),
    ("It fell.\n\n@anaroe tweeted: What a mess\n\nIt was old.", "What a mess", "@anaroe"),
    ("The Meridian Wire reports:\n\nThe bridge was old and nobody cared.\n\nIt fell.", "nobody cared", "The Meridian Wire"),
    ("The governor added:\n\nThey know nothing at all.\n\nIt fell.", "know nothing", "The governor"),
    ("It fell, according to court papers:\n\nThe bolts had rusted through.\n\nIt fell.", "rusted", "court papers"),
]  # fmt: skip
# Behind a colon that no verb of speech stands before, and for more than one paragraph: who says "I" is not the outlet.
SPOKEN = [
    ("Roe feared what the cut would do to her town:\n\nI'm worried. It is a disgrace.\n\nOne study agrees.", "I'm worried. It is a disgrace."),
    ("He called it revenge:\n\nI am singled out.\n\nThe act against me is vile.\n\nLund said no.", "I am singled out.\n\nThe act against me is vile."),
    ("The mayor wrote:\n\nThe town is fine.\n\nI will stay.\n\nShe left.", "The town is fine.\n\nI will stay."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), SPOKEN)
def test_who_says_i_where_nobody_else_does_is_quoted(text: str, words: str) -> None:
    (found,) = unmarked(text)
    assert text[found.start : found.end] == words


@pytest.mark.cost
def test_sixty_thousand_lines_that_end_with_a_colon_cost_little() -> None:
    began = process_time()
    assert unmarked("a b c:\n\n" * 60_000) == ()
    assert process_time() - began < 5


OWN = [
    "I met the mayor.\n\nShe called it revenge:\n\nI am no judge of that.\n\nIt fell.",
    "The mayor called it revenge:\n\nThe act was vile, and “I saw it”, she said.\n\nIt fell.",
    "She listed the wars:\n\nWorld War I and the next.\n\nIt fell.",
    "A bridge fell. It was old.",
    "He wrote to the mayor.\n\nThe bridge fell.",
    "Three things are known, including:\n\nThe bridge was old.",
    "Watch the video below:\n\nThe bridge was old.",
    "Here are the steps:\n\nThe bridge was old.",
    "Ana Roe (left) and Mr. Lund on Monday.",
    "The bridge — the oldest in the county — fell.",
    "He said:\n\n“The bridge was old.”",
]


@pytest.mark.parametrize(("text", "words", "source"), TAKEN)
def test_what_is_taken_from_elsewhere_without_a_mark(
    text: str, words: str, source: str | None
) -> None:
    (found,) = unmarked(text)
    assert words in text[found.start : found.end]
    assert found.source == source


@pytest.mark.parametrize("text", OWN)
def test_what_is_the_outlets_own(text: str) -> None:
    assert unmarked(text) == ()


def test_a_claim_in_a_post_says_whose_it_is() -> None:
    text = "A bridge fell on Monday.\n\nHow very sad! — Ana Roe (@anaroe) May 1, 2018"
    claims = claims_of(Article(id="a", outlet="o", title="", text=text))
    assert {c.quoted_from for c in claims if "sad" in c.text} == {"Ana Roe (@anaroe)"}
    assert {c.quoted_from for c in claims if "Monday" in c.text} == {None}


TRANSCRIPT = (
    "The mayor spoke to us about the bridge.\n\nANA ROE: It is a wonderful bridge.\n\nWe built it in a year.\n\n"
    "JIM LUND, engineer: It leaks.\n\nANA ROE: It does not."
)


def test_turns_of_a_transcript_are_their_speakers_and_what_stands_before_is_not() -> None:
    turns = unmarked(TRANSCRIPT)
    assert [q.source for q in turns] == ["Ana Roe", "Jim Lund", "Ana Roe"]
    assert TRANSCRIPT[turns[0].start : turns[0].end].endswith("built it in a year.")
    assert TRANSCRIPT[: turns[0].start].startswith("The mayor spoke")


def test_headings_in_capitals_are_no_turns() -> None:
    listed = "WHO WON: The reds.\n\nWHO LOST: The blues.\n\nWHAT NEXT: A vote."
    assert unmarked(listed) == ()
