from __future__ import annotations

from dataclasses import replace

import pytest

from compare.changes import ChangeKind, Part
from compare.datamodel import Article
from compare.over_time.versions import altered, changes_between, revisions_of
from compare.verdicts.surfacing import surfaced

FIRST = Article(
    id="1", outlet="Herald", url="https://herald.example/bridge", title="Bridge shut",
    published="2031-05-05T08:00:00+00:00", fetched_at="2031-05-05T09:00:00+00:00",
    text=(
        "The bridge over the Lune was shut on Monday.\n"
        "Fourteen people were hurt when a span gave way.\n"
        "The council denied that it had been warned about the span.\n"
        "Engineers are to inspect the piers on Tuesday."
    ),
)  # fmt: skip
SCOOP = (
    "Inspectors had found cracks in two of the piers in 2029, a report seen by the Herald shows."
)


def later(text: str, *, modified: str | None = "2031-05-05T12:00:00+00:00") -> Article:
    return replace(
        FIRST, id="2", text=text, modified=modified, fetched_at="2031-05-05T13:00:00+00:00"
    )


def told(new: Article) -> list[tuple[ChangeKind, tuple[Part, ...], str]]:
    return [
        (c.kind, c.parts, new.read(c.field)[c.new.start : c.new.end] if c.new else FIRST.read(c.field)[c.old.start : c.old.end])  # type: ignore[union-attr]
        for c in changes_between(FIRST, new)
    ]  # fmt: skip


def test_a_scoop_taken_over_is_added_and_a_dropped_denial_is_said_to_be_one() -> None:
    lines = FIRST.text.split("\n")
    new = later("\n".join([lines[0], lines[1], SCOOP, lines[3]]))
    assert told(new) == [
        (ChangeKind.DROPPED, (Part.DENIAL,), lines[2]),
        (ChangeKind.ADDED, (Part.NUMBER,), SCOOP),
    ] or told(new) == [
        (ChangeKind.ADDED, (Part.NUMBER,), SCOOP),
        (ChangeKind.DROPPED, (Part.DENIAL,), lines[2]),
    ]


@pytest.mark.parametrize(
    ("new", "kind", "part"),
    [
        ("At least fourteen people were hurt when a span gave way.", ChangeKind.SOFTENED, Part.NUMBER),
        ("Fourteen people were reportedly hurt when a span gave way.", ChangeKind.SOFTENED, Part.HEDGE),
        ("Fourteen people were hurt when a span gave way, police said.", ChangeKind.SOFTENED, Part.ATTRIBUTION),
        ("Sixteen people were hurt when a span gave way.", ChangeKind.CHANGED, Part.NUMBER),
        ("Fourteen people were injured when a span gave way.", ChangeKind.CHANGED, Part.WORDING),
    ],
)  # fmt: skip
def test_a_rewording_is_softened_where_it_says_less_firmly_and_changed_elsewhere(
    new: str, kind: ChangeKind, part: Part
) -> None:
    assert altered("Fourteen people were hurt when a span gave way.", new) == (kind, (part,))


def test_a_correction_note_is_one_in_a_later_version_and_in_a_single_one() -> None:
    note = (
        "Correction: an earlier version of this article gave the number of the injured as fourteen."
    )
    new = later(FIRST.text + "\n" + note)
    assert told(new) == [(ChangeKind.CORRECTION, (), note)]
    (alone,) = revisions_of([new])
    assert alone.old is None
    assert [c.kind for c in alone.changes] == [ChangeKind.CORRECTION]


def test_a_correction_note_is_told_whole_and_what_it_quotes_is_dropped_all_the_same() -> None:
    lines = FIRST.text.split("\n")
    note = (
        "Correction: An earlier version of this article said fourteen people were hurt when a span gave way. "
        "Nobody was hurt. The council has been asked for its count."
    )
    assert told(later("\n".join([lines[0], *lines[2:], note]))) == [
        (ChangeKind.DROPPED, (Part.NUMBER,), lines[1]),
        (ChangeKind.CORRECTION, (), note),
    ]
    labelled = "Correction, 6 May\nThe bridge crosses the Wyre. We regret the error."
    assert told(later(f"{FIRST.text}\n{labelled}")) == [(ChangeKind.CORRECTION, (), labelled)]
    amended = "This article was amended on 6 May 2031. The bridge crosses the Wyre, not the Lune."
    assert told(later(f"{amended}\n{FIRST.text}")) == [(ChangeKind.CORRECTION, (), amended)]


def test_of_a_body_only_the_sentence_that_is_a_note_is_one() -> None:
    new = (
        "The bridge will stay shut. An earlier version of this article said two days. Trains go on."
    )
    kinds = {words: kind for kind, _, words in told(later(f"{FIRST.text}\n{new}"))}
    assert [k for k, v in kinds.items() if v is ChangeKind.CORRECTION] == [
        "An earlier version of this article said two days."
    ]
    # Without line breaks nothing says where a note ends.
    alone = later(f"Correction: the bridge is on the Wyre. {FIRST.text}".replace("\n", " "))
    (found,) = revisions_of([alone])
    (change,) = found.changes
    assert change.new is not None
    assert alone.text[: change.new.end] == "Correction: the bridge is on the Wyre."


def test_a_note_that_is_reworded_has_both_wordings_and_a_sentence_taken_out_of_it_is_dropped() -> (
    None
):
    note = "Correction: The bridge is on the Wyre, not on the Lune. We regret the error."
    old = later(f"{FIRST.text}\n{note}")
    new = replace(old, id="3", text=old.text.replace("Wyre", "river Wyre"))
    (change,) = changes_between(old, new)
    assert (change.kind, change.old is not None) == (ChangeKind.CORRECTION, True)
    (change,) = changes_between(
        old, replace(old, id="3", text=old.text[: -len(" We regret the error.")])
    )
    assert change.kind is ChangeKind.DROPPED
    assert change.old is not None
    assert old.text[change.old.start : change.old.end] == "We regret the error."


def test_moved_sentences_and_other_pages_change_nothing() -> None:
    moved = later("\n".join(reversed(FIRST.text.split("\n"))))
    assert revisions_of([FIRST, moved]) == ()
    assert revisions_of([FIRST, replace(FIRST, id="3", url="https://herald.example/other")]) == ()


def test_words_came_with_the_first_version_that_has_them() -> None:
    new = later(FIRST.text + "\n" + SCOOP)
    old = surfaced((FIRST, new), "text", "Fourteen people were hurt")
    assert (old.since, old.by) == (FIRST.published, FIRST.published)
    added = surfaced((FIRST, new), "text", SCOOP)
    assert (added.since, added.by) == (FIRST.fetched_at, new.modified)
    unstamped = surfaced((FIRST, later(new.text, modified=None)), "text", SCOOP)
    assert (unstamped.since, unstamped.by) == (FIRST.fetched_at, new.fetched_at)


def test_a_page_changed_before_it_was_read_leaves_a_span() -> None:
    page = replace(FIRST, modified="2031-05-07T10:00:00+00:00")
    found = surfaced((page,), "text", "The bridge")
    assert (found.since, found.by) == (page.published, page.modified)


def test_a_headline_takes_the_place_of_another_however_unlike() -> None:
    new = replace(later(FIRST.text), title="Council knew of cracks for two years, report says")
    (change,) = changes_between(FIRST, new)
    assert (change.kind, change.parts) == (ChangeKind.CHANGED, (Part.WORDING,))
    assert change.old is not None
    near = replace(new, title="Bridge said to be shut")
    assert changes_between(FIRST, near)[0].kind is ChangeKind.SOFTENED
