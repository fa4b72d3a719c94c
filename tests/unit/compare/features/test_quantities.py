from __future__ import annotations

import pytest

from compare.features.quantities import Firmness, clash, quantities

# text, (low, high), unit, counted, fate, firmness of its one quantity
ONE = [
    ("at least 100 troops landed", (100, 200), "", "troop", "", Firmness.AT_LEAST),
    ("nearly 100 Russian troops", (90, 99.9999), "", "troop", "", Firmness.NEARLY),
    ("about 100 soldiers", (90, 110), "", "troop", "", Firmness.ABOUT),
    ("more than 30 nations", (30.00003, 60), "", "country", "", Firmness.MORE_THAN),
    ("up to 1.6 million women", (1.55e6, 1.6e6), "", "person", "", Firmness.AT_MOST),
    ("dozens of people", (24, 99), "", "person", "", Firmness.VAGUE),
    ("fifteen bills", (15, 15), "", "bill", "", Firmness.EXACT),
    ("100 or more people", (100, 200), "", "person", "", Firmness.AT_LEAST),
    ("10-15 people", (10, 15), "", "person", "", Firmness.RANGE),
]


@pytest.mark.parametrize(("text", "bounds", "unit", "counted", "fate", "firmness"), ONE)
def test_reads_bounds_unit_and_noun(
    text: str, bounds: tuple[float, float], unit: str, counted: str, fate: str, firmness: Firmness
) -> None:
    (quantity,) = quantities(text)
    assert (quantity.low, quantity.high) == pytest.approx(bounds, rel=1e-5)
    assert (quantity.unit, quantity.counted, quantity.fate) == (unit, counted, fate)
    assert quantity.firmness is firmness
    assert text[quantity.start : quantity.end] == quantity.text


CLASHES = [
    ("nearly 100 troops", "at least 100 troops", True),
    ("nearly 100 troops", "99 troops", False),
    ("about 100 troops", "99 troops", False),
    ("47 pages", "48 pages", True),
    ("6 million people", "6.02 million people", False),
    ("$5.7 billion", "$5.6 billion", True),
    ("20 killed", "20 hurt", False),
    ("20 killed", "30 hurt", False),
    ("two years", "24 months", False),
]


@pytest.mark.parametrize(("a", "b", "expected"), CLASHES)
def test_clash(a: str, b: str, *, expected: bool) -> None:
    (left,), (right,) = quantities(a), quantities(b)
    assert clash(left, right) is clash(right, left) is expected
