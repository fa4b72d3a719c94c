from __future__ import annotations

import pytest

from compare.datamodel import ConflictKind
from compare.verdicts.differences import Statement, differences

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
