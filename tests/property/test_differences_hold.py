"""Whatever two statements say, what is shown as their difference stands in both."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from compare.verdicts.conflicts.differences import MOST_OF_A_KIND, Statement, differences

PIECES = st.sampled_from(
    """
    at least|nearly|about|100|47|6.02 million|$5.7 billion|90-plus percent|two years|dozens|troops|people|killed|were|
    landed|passed|voted|on Tuesday|on Wednesday,|last night|in 2018|earlier this week|ends|“We reject his visit.”|
    “We reject his message”|“We will not go”|“We will go”|the mayor said|a source said|according to officials,|not|
    older|younger|sister|guilty of|fraud|conspiracy|critical|stable|condition|House Foreign Affairs Committee|
    House Foreign Relations Committee|the bridge plan|approved|rejected|,|.|;|and|— |…|’s
    """.replace("\n", "").split("|")
)
TEXTS = st.lists(PIECES.map(str.strip), max_size=16).map(" ".join) | st.text(max_size=80)
DAYS = st.sampled_from([None, "2019-03-24", "2019-03-22T10:00:00+00:00"])


@given(TEXTS, TEXTS, DAYS, DAYS)
def test_both_values_stand_where_they_are_said_to(
    a: str, b: str, day: str | None, other_day: str | None
) -> None:
    found = differences(Statement(a, day), Statement(b, other_day))
    for difference in found:
        assert 0 <= difference.a.start < difference.a.end <= len(a)
        assert 0 <= difference.b.start < difference.b.end <= len(b)
    assert all(n <= MOST_OF_A_KIND for n in Counter(d.kind for d in found).values())


@given(TEXTS, TEXTS, DAYS)
def test_it_does_not_matter_who_is_read_first(a: str, b: str, day: str | None) -> None:
    there = differences(Statement(a, day), Statement(b, day))
    back = differences(Statement(b, day), Statement(a, day))
    assert {d.kind for d in there} == {d.kind for d in back}


@given(st.lists(PIECES.map(str.strip), max_size=8).map(" ".join), DAYS)
def test_a_statement_does_not_differ_from_itself_in_a_number_a_date_or_a_word(
    text: str, day: str | None
) -> None:
    same = Statement(text, day, article=text)
    assert {str(d.kind) for d in differences(same, same)} <= {"attribution"}
