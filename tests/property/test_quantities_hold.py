"""Bounds hold the number, hedges only widen or move them, and comparing never depends on order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from compare.language.dates import clash as dates_clash
from compare.language.dates import dates
from compare.language.number_words import spelled_value
from compare.language.numerals import numerals
from compare.language.quantities import clash, quantities, same
from compare.language.renderings import align

NUMBERS = st.integers(2, 10**9).filter(lambda n: not 1500 <= n < 2100)
HEDGES = st.sampled_from(
    ["", "at least ", "nearly ", "about ", "more than ", "up to ", "fewer than "]
)


@given(NUMBERS, HEDGES)
def test_a_written_number_is_read_with_or_without_separators(number: int, hedge: str) -> None:
    plain, grouped = f"{hedge}{number} ships", f"{hedge}{number:,} ships"
    (a,), (b,) = quantities(plain), quantities(grouped)
    assert (a.value, a.low, a.high, a.firmness) == (b.value, b.low, b.high, b.firmness)
    assert a.value == number
    assert a.low <= a.high
    assert a.counted == "ship"


@given(NUMBERS)
def test_hedges_bound_on_their_side(number: int) -> None:
    def one(hedge: str) -> tuple[float, float]:
        (q,) = quantities(f"{hedge} {number} ships")
        return q.low, q.high

    assert one("at least")[0] == number
    assert one("more than")[0] > number
    assert one("nearly")[1] < number
    assert one("fewer than")[1] < number
    assert one("up to")[1] == number
    low, high = one("about")
    assert low < number < high


@given(NUMBERS, HEDGES, NUMBERS, HEDGES)
def test_clashing_is_symmetric_and_excludes_agreeing(m: int, h: str, n: int, g: str) -> None:
    (a,), (b,) = quantities(f"{h}{m} ships"), quantities(f"{g}{n} ships")
    assert clash(a, b) == clash(b, a)
    assert not (clash(a, b) and same(a, b))
    assert not clash(a, a)


@given(st.integers(1, 5000), st.sampled_from(["miles", "hours", "tonnes", "percent"]))
def test_other_units_are_never_compared(number: int, unit: str) -> None:
    a, b = quantities(f"$ {number},000"), quantities(f"{number} {unit}")
    assert not any(clash(x, y) for x in a for y in b)


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    spans = [(q.start, q.end) for q in quantities(text)]
    spans += [(d.start, d.end) for d in dates(text, "2019-03-24")]
    spans += [(n.start, n.end) for n in numerals(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(
    st.lists(
        st.sampled_from("one two ten twenty hundred thousand million half dozen".split()),
        max_size=6,
    )
)
def test_spelled_numbers_never_fail(words: list[str]) -> None:
    value = spelled_value(words)
    assert value is None or value >= 0


@given(st.text(max_size=60), st.text(max_size=60))
def test_alignment_is_symmetric(a: str, b: str) -> None:
    assert align(a, b).overlap == align(a, b).overlap
    assert 0 <= align(a, b).overlap <= 1


@given(st.dates(), st.dates())
def test_two_days_clash_exactly_if_they_differ(a: object, b: object) -> None:
    (x,), (y,) = dates(f"on {a:%B} {a:%d}, 2018"), dates(f"on {b:%B} {b:%d}, 2018")
    assert dates_clash(x, y) is (x.readings != y.readings)
