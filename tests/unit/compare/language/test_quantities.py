from __future__ import annotations

import pytest

from compare.language.bounds import Firmness
from compare.language.quantities import clash, quantities

F = Firmness
# text, lowest, highest, unit, counted, fate, firmness of its one quantity
ONE = [
    ("at least 100 troops landed", 100, 200, "", "troop", "", F.AT_LEAST),
    ("no fewer than 12 aircraft", 12, 24, "", "plane", "", F.AT_LEAST),
    ("a minimum of 40 hours", 40 / 24, 80 / 24, "days", "", "", F.AT_LEAST),
    ("100 or more people", 100, 200, "", "person", "", F.AT_LEAST),
    ("20+ arrests", 20, 40, "", "person", "held", F.AT_LEAST),
    ("100-plus people", 100, 200, "", "person", "", F.AT_LEAST),
    ("more than 30 nations", 30.00003, 60, "", "country", "", F.MORE_THAN),
    ("over 200 arrests", 200.0002, 400, "", "person", "held", F.MORE_THAN),
    ("just over $200,000", 200_000.2, 400_000, "$", "", "", F.MORE_THAN),
    ("well over 500 pages", 500.0005, 1000, "", "page", "", F.MORE_THAN),
    ("in excess of 70 ships", 70.00007, 140, "", "ship", "", F.MORE_THAN),
    ("nearly 100 Russian troops", 90, 99.9999, "", "troop", "", F.NEARLY),
    ("almost 50 miles", 45 * 1609.34, 50 * 1609.34, "metres", "", "", F.NEARLY),
    ("close to 300 homes", 270, 299.9997, "", "home", "", F.NEARLY),
    ("nearly $44 million", 43.5e6, 44e6, "$", "", "", F.NEARLY),
    ("about 100 soldiers", 90, 110, "", "troop", "", F.ABOUT),
    ("around 20 ships", 18, 22, "", "ship", "", F.ABOUT),
    ("roughly 520,000 people", 515_000, 525_000, "", "person", "", F.ABOUT),
    ("some 16 measures", 15.5, 16.5, "", "measure", "", F.ABOUT),
    ("an estimated 20,000 demonstrators", 18_000, 22_000, "", "protester", "", F.ABOUT),
    ("approximately 3.6 billion dollars", 3.55e9, 3.65e9, "$", "", "", F.ABOUT),
    ("100 or so people", 90, 110, "", "person", "", F.ABOUT),
    ("up to 1.6 million women", 1.55e6, 1.6e6, "", "person", "", F.AT_MOST),
    ("as many as 40 passengers", 36, 40, "", "passenger", "", F.AT_MOST),
    ("no more than 10 members", 9, 10, "", "lawmaker", "", F.AT_MOST),
    ("fewer than 30 ships", 15, 29.99997, "", "ship", "", F.LESS_THAN),
    ("less than 5 percent", 2.5, 4.999995, "%", "", "", F.LESS_THAN),
    ("under 18 hours", 9 / 24, 18 / 24, "days", "", "", F.LESS_THAN),
    ("fifteen bills", 15, 15, "", "bill", "", F.EXACT),
    ("15 bills", 15, 15, "", "bill", "", F.EXACT),
    ("47 pages", 47, 47, "", "page", "", F.EXACT),
    ("twenty-one people were killed", 21, 21, "", "person", "killed", F.EXACT),
    ("two hundred and six members", 206, 206, "", "lawmaker", "", F.EXACT),
    ("99 planes", 99, 99, "", "plane", "", F.EXACT),
    ("6.02 million people", 6.015e6, 6.025e6, "", "person", "", F.EXACT),
    ("6 million people", 5.5e6, 6.5e6, "", "person", "", F.EXACT),
    ("6m people", 5.5e6, 6.5e6, "", "person", "", F.EXACT),
    ("$6 million in aid", 5.5e6, 6.5e6, "$", "aid", "", F.EXACT),
    ("$6m", 5.5e6, 6.5e6, "$", "", "", F.EXACT),
    ("£4bn", 3.5e9, 4.5e9, "£", "", "", F.EXACT),
    ("€250", 243.75, 256.25, "€", "", "", F.EXACT),
    ("US$12", 11.5, 12.5, "$", "", "", F.EXACT),
    ("$5.6” billion", 5.55e9, 5.65e9, "$", "", "", F.EXACT),
    ("$5,687.75", 5687.745, 5687.755, "$", "", "", F.EXACT),
    ("84,000 dollars", 83_500, 84_500, "$", "", "", F.EXACT),
    ("half a million dollars", 450_000, 550_000, "$", "", "", F.EXACT),
    ("a million people", 500_000, 1_500_000, "", "person", "", F.EXACT),
    ("six and a half million people", 6e6, 7e6, "", "person", "", F.EXACT),
    ("two dozen senators", 22, 26, "", "lawmaker", "", F.EXACT),
    ("9 percent of voters", 8.5, 9.5, "%", "voter", "", F.EXACT),
    ("9.5%", 9.45, 9.55, "%", "", "", F.EXACT),
    ("17 per cent", 17, 17, "%", "", "", F.EXACT),
    ("35 tonnes of material", 33_950, 36_050, "kilograms", "material", "", F.EXACT),
    ("10 miles", 15_610.6, 16_576.2, "metres", "", "", F.EXACT),
    ("two and a half years", 822, 1004, "days", "", "", F.EXACT),
    ("a four-year term", 1278.4, 1643.6, "days", "", "", F.EXACT),
    ("500 barrels", 487.5, 512.5, "barrels", "", "", F.EXACT),
    ("10-15 people", 10, 15, "", "person", "", F.RANGE),
    ("46 to 57 months", 1400.24, 1735.08, "days", "", "", F.RANGE),
    ("between 3 and 5 percent", 3, 5, "%", "", "", F.RANGE),
    ("500,000 to 1.6 million women", 500_000, 1.6e6, "", "person", "", F.RANGE),
    ("$1 to $2 million", 1e6, 2e6, "$", "", "", F.RANGE),
    ("between $3 and $5 million", 3e6, 5e6, "$", "", "", F.RANGE),
    ("dozens of people", 24, 99, "", "person", "", F.VAGUE),
    ("hundreds of arrests", 200, 999, "", "person", "held", F.VAGUE),
    ("tens of thousands of protesters", 20_000, 99_999, "", "protester", "", F.VAGUE),
    ("several lawmakers", 3, 9, "", "lawmaker", "", F.VAGUE),
    ("a few jets", 2, 6, "", "plane", "", F.VAGUE),
    ("a couple of hours", 2 / 24, 3 / 24, "days", "", "", F.VAGUE),
    ("killed at least 20 people", 20, 40, "", "person", "killed", F.AT_LEAST),
    ("20 were hurt", 20, 20, "", "", "hurt", F.EXACT),
    ("20 dead", 19.5, 20.5, "", "person", "killed", F.EXACT),
    ("33 people were detained", 33, 33, "", "person", "held", F.EXACT),
    ("7 sailors are missing", 7, 7, "", "sailor", "missing", F.EXACT),
]


@pytest.mark.parametrize(("text", "low", "high", "unit", "counted", "fate", "firmness"), ONE)
def test_reads_bounds_unit_noun_and_fate(
    text: str, low: float, high: float, unit: str, counted: str, fate: str, firmness: Firmness
) -> None:
    (quantity,) = quantities(text)
    assert quantity.low == pytest.approx(low, rel=0.03)
    assert quantity.high == pytest.approx(high, rel=0.03)
    assert (quantity.unit, quantity.counted, quantity.fate) == (unit, counted, fate)
    assert quantity.firmness is firmness
    assert text[quantity.start : quantity.end] == quantity.text


NO_QUANTITY = [
    "the 14th Amendment",
    "the 2nd battalion",
    "on Dec. 20",
    "on March 24",
    "in 2014",
    "since 1998",
    "at 2:52 p.m.",
    "at 9 a.m.",
    "Jim Roe, 68, had said",
    "the 68-year-old mayor",
    "aged 31",
    "she turned 40",
    "Boeing 737",
    "Flight 370",
    "MH17",
    "9/11",
    "No. 2",
    "Section 8",
    "HB 2",
    "one of them",
    "no one knew",
    "that one is better",
    "on 2019-03-24",
    "call 555-12-1234",
    "https://example.org/100",
    "the 1980s",
    "the 1 percenter",
    "Route 66",
    "Apollo 11",
    "Article 5",
]


@pytest.mark.parametrize("text", NO_QUANTITY)
def test_numbers_that_count_nothing_are_no_quantities(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize("text", ["voted 348-77", "passed 348 to 77", "a 348–77 vote"])
def test_a_tally_is_two_quantities_of_their_own(text: str) -> None:
    assert [(q.value, q.unit) for q in quantities(text)] == [
        (348, "tally for"),
        (77, "tally against"),
    ]


CLASHES = [
    ("nearly 100 troops", "at least 100 troops", True),
    ("nearly 100 troops", "more than 100 troops", True),
    ("nearly 100 troops", "99 troops", False),
    ("nearly 100 troops", "about 100 troops", False),
    ("about 100 troops", "99 troops", False),
    ("about 100 troops", "at least 100 troops", False),
    ("100 troops", "at least 100 soldiers", False),
    ("at least 100 troops", "99 troops", True),
    ("up to 100 troops", "more than 100 troops", True),
    ("47 pages", "48 pages", True),
    ("47 pages", "forty-seven pages", False),
    ("6 million people", "6.02 million people", False),
    ("6 million people", "7 million people", True),
    ("$5.7 billion", "$5.6 billion", True),
    ("$5.7 billion", "€5.6 billion", False),
    ("$139 million", "$140,937,785", True),
    ("$43 million", "nearly $44 million", True),
    ("35 tonnes of cargo", "38 tonnes of cargo", True),
    ("35 tonnes of cargo", "35 tons of cargo", False),
    ("20 killed", "20 hurt", False),
    ("20 killed", "30 hurt", False),
    ("20 people killed", "21 people killed", True),
    ("two years", "24 months", False),
    ("two years", "three years", True),
    ("one week", "seven days", False),
    ("dozens of arrests", "more than 200 arrests", True),
    ("dozens of arrests", "47 arrests", False),
    ("hundreds of people", "dozens of people", True),
    ("53 percent", "35 percent", True),
    ("35.7 percent", "36 percent", False),
    ("35 percent", "36 percent", True),
    ("10 ships", "12 tents", False),
    ("ten ships", "10 ships", False),
    ("between 3 and 5 ships", "4 ships", False),
    ("between 3 and 5 ships", "8 ships", True),
    ("348-77", "396-9", True),
    ("some 50 countries", "fifty nations", False),
    ("12 planes", "13 aircraft", True),
]


@pytest.mark.parametrize(("a", "b", "expected"), CLASHES)
def test_clash_is_about_the_same_thing_and_symmetric(a: str, b: str, *, expected: bool) -> None:
    left, right = quantities(a)[0], quantities(b)[0]
    assert clash(left, right) is clash(right, left) is expected
