from __future__ import annotations

import json
from importlib.resources import files

import pytest

from compare.datamodel import ConflictKind, Span
from compare.kinds import Weight
from compare.verdicts.conflicts.differences import Statement, differences
from compare.verdicts.conflicts.reliable import reliable

K = ConflictKind
SUNDAY = "2019-03-24"
# what one says, what the other says, the kinds of difference
CASES = [
    ("Nearly 100 troops landed.", "At least 100 troops landed.", [K.NUMBER]),
    ("About 100 troops landed.", "Nearly 100 troops landed.", []),
    ("It ran to 47 pages.", "It ran to 48 pages.", [K.NUMBER]),
    ("6 million people saw it.", "6.02 million people saw it.", []),
    ("20 people were killed.", "20 people were hurt.", []),
    ("20 people were killed and 31 hurt.", "20 were killed and 33 hurt.", [K.NUMBER]),
    ("They asked for $5.7 billion.", "They asked for $5.6 billion.", [K.NUMBER]),
    ("They asked for $5.7 billion.", "They got $1.3 billion.", []),
    ("It took two years.", "It took 24 months.", []),
    ("More than 30 nations agreed.", "At least 30 nations agreed.", [K.NUMBER]),
    ("The planes landed on Saturday.", "The planes landed on Sunday.", [K.DATE]),
    ("The planes landed on Saturday.", "Planes landed there yesterday.", []),
    ("The planes took off on Friday.", "The planes landed on Saturday.", []),
    ("It opened in March.", "It opened last week.", []),
    (
        "“We have several contracts now running there,” he said.",
        "“We have lawful contracts now running there,” he said.",
        [K.QUOTATION],
    ),
    (
        "“We have several contracts now running there,” he said.",
        "“We have several contracts now,” he said.",
        [],
    ),
    (
        "The House Foreign Relations Committee met.",
        "The House Foreign Affairs Committee met.",
        [K.NAME],
    ),
    ("The House Foreign Affairs Committee met.", "The House Foreign Affairs Committee met.", []),
    (
        "The ministry approved the bridge plan.",
        "The ministry did not approve the bridge plan.",
        [K.POLARITY],
    ),
    ("Senate Majority Leader Ann Roe spoke.", "Senate Republican Leader Ann Roe spoke.", []),
    ("The ministry did not reply.", "The ministry did not reply on Friday.", []),
    ("The planes landed.", "The planes left.", []),
    ("The panel passed it on Tuesday.", "On Wednesday, the panel voted 9-2 on it.", [K.DATE]),
    ("The panel said so on Tuesday.", "On Wednesday, the panel said it again.", []),
    ("Her term ends in 2019.", "She may resign before her term ends in 2018.", [K.DATE]),
    ("90 percent of them agreed.", "90-plus percent of them agreed.", [K.NUMBER]),
    ("She took the 38-word oath at noon.", "The 35-word oath was read to her.", [K.NUMBER]),
    ("Dozens of people were arrested.", "More than 200 people were arrested.", [K.NUMBER]),
    ("Six people were injured.", "Six of the people were young.", []),
    ("Six people came.", "Four people came.", [K.NUMBER]),
    ("It lasted almost two weeks.", "It lasted 12 days.", []),
    ("Less than 48 hours later it fell.", "Two days later it fell.", []),
    ("It waived 800,000 workers' fees.", "It waived an estimated 800,000 workers' fees.", []),
    ("More than 800 workers left.", "An estimated 800 workers left.", [K.NUMBER]),
    ("He has 21 percent, Roe 17 percent and Poe 9 percent.", "He has 20 percent.", []),
    ("Her older sister spoke.", "Her younger sister spoke.", [K.WORD]),
    ("Her older sister spoke.", "Her elder sister spoke.", []),
    ("Her older sister spoke.", "Her younger brother spoke.", []),
    (
        "He pleaded guilty to conspiracy.",
        "He pleaded guilty on Monday to one fraud count.",
        [K.WORD],
    ),
    ("He pleaded guilty to conspiracy.", "The fraud shocked the town.", []),
    (
        "“We will end birthright citizenship for all,” he said.",
        "“We will erase old paragraphs for all.”",
        [],
    ),
    ("He is in critical condition.", "He is in stable condition.", [K.WORD]),
    (
        "“We do not want them. We reject in the name of this town his visit.”",
        "“We reject in the name of this town his message.”",
        [K.QUOTATION],
    ),
    ("“We do not want them. We reject his visit.”", "“We reject his message.”", []),
    (
        "“I knew it should have been used,” he said.",
        "“I knew it shouldn’t have been used.”",
        [K.QUOTATION],
    ),
    (
        "“They backed same-sex couples in this,” he said.",
        "“They backed same sex couples in this.”",
        [],
    ),
    ("“We fight for your jobs,” he said.", "“We fight for you,” he said.", []),
    (
        "The ministry offered Roe a seat on a prominent unpaid board, a source familiar with it said.",
        "The ministry offered Roe a seat on an unpaid but prominent board, the White House said.",
        [K.ATTRIBUTION],
    ),
    (
        "The ministry offered Roe a seat on a prominent unpaid board, a spokesman for the White House said.",
        "The ministry offered Roe a seat on an unpaid but prominent board, the White House said.",
        [],
    ),
    ("", "", []),
]


@pytest.mark.parametrize(("a", "b", "kinds"), CASES)
def test_what_two_statements_give_differently(a: str, b: str, kinds: list[ConflictKind]) -> None:
    left, right = Statement(a, SUNDAY), Statement(b, SUNDAY)
    assert [d.kind for d in differences(left, right)] == kinds
    assert [d.kind for d in differences(right, left)] == kinds


def test_a_quoted_page_has_its_own_today() -> None:
    own, theirs = (
        Statement("It is parked there on Sunday.", SUNDAY),
        Statement("It is parked there tonight.", "2019-03-25", foreign=True),
    )
    assert differences(own, theirs) == []
    assert [
        d.kind for d in differences(own, Statement("It is parked there tonight.", "2019-03-25"))
    ] == [K.DATE]


def test_earlier_this_week_is_before_the_day_of_publication() -> None:
    friday = "2019-03-22"
    earlier = Statement("It was published earlier this week.", friday)
    assert differences(earlier, Statement("It was published on Friday.", friday))
    assert not differences(earlier, Statement("It was published on Tuesday.", friday))


def test_what_the_other_article_says_elsewhere_is_said_of_something_else() -> None:
    a, b = "“We will never give up our homes.”", "“We will never give up our boats.”"
    assert differences(Statement(a), Statement(b))
    both = f"{b} She added: {a}"
    assert not differences(Statement(a, article=a), Statement(b, article=both))
    a, b = "Her older sister spoke.", "Her younger sister spoke."
    assert not differences(Statement(a), Statement(b, article=f"{b} Her older sister did not."))
    a, b = "The House Foreign Affairs Committee met.", "The House Armed Affairs Committee met."
    assert differences(Statement(a), Statement(b))
    assert not differences(Statement(a, article=f"{a} The armed forces came."), Statement(b))


def test_a_quotation_that_began_in_a_sentence_before_is_known_by_its_marks() -> None:
    a, b = "We all reject his loud visit today.", "We all reject his quiet visit today."
    assert not differences(Statement(a), Statement(b))
    one, other = (Statement(text, quotes=(Span(0, len(text)),)) for text in (a, b))
    assert [d.kind for d in differences(one, other)] == [K.QUOTATION]
    assert [d.kind for d in differences(Statement(f"{a}”"), Statement(f"{b}”"))] == [K.QUOTATION]


def test_only_words_that_exclude_each_other_are_in_different_groups() -> None:
    path = files("compare").joinpath("data/exclusive.json")
    for groups in json.loads(path.read_text(encoding="utf-8"))["sets"].values():
        listed = [word for group in groups for word in group.split()]
        assert len(listed) == len(set(listed))


def test_a_kind_that_is_right_too_seldom_is_told_softly() -> None:
    found = differences(
        Statement("The pier cost $3 million."), Statement("The pier cost $4 million.")
    )
    assert [d.weight for d in reliable(found, frozenset())] == [Weight.HARD]
    assert [d.weight for d in reliable(found, frozenset({ConflictKind.DATE}))] == [Weight.HARD]
    assert [d.weight for d in reliable(found, frozenset({ConflictKind.NUMBER}))] == [Weight.SOFT]
