"""Values have their ends in order, relations do not depend on order, and reading grows with the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.language.ages import ages
from compare.language.bounds import Firmness
from compare.language.clock import clock_times
from compare.language.dates import dates
from compare.language.number_words import SCALES, UNITS, VAGUE
from compare.language.numerals import numerals
from compare.language.quantities import apart, quantities
from compare.language.relations import (
    Relation,
    relate_clock_times,
    relate_dates,
    relate_quantities,
)
from compare.text import sentences

SCALE = st.sampled_from(["", " thousand", " lakh", " million", " crore", " billion", " dozen"])
NUMBER = st.integers(1, 99_999).filter(lambda n: not 1500 <= n < 2100)
JOINT = st.sampled_from(["between {} and {}", "{} to {}", "{}-{}", "{} or {}", "from {} to {}"])
MONEY = st.sampled_from(["", "$", "£", "Rs ", "A$"])


@given(NUMBER, SCALE, NUMBER, SCALE, JOINT, MONEY)
def test_the_ends_of_a_range_are_in_order(
    first: int, small: str, second: int, large: str, joint: str, money: str
) -> None:
    text = joint.format(f"{money}{first}{small}", f"{money}{second}{large}") + " people"
    for q in quantities(text):
        assert q.low <= q.value <= q.high or q.firmness is not Firmness.RANGE
        assert q.low <= q.high
        assert not apart(q, q)


@given(NUMBER, st.sampled_from(["thousand", "million", "crore"]))
def test_both_numbers_of_a_range_have_its_scale(number: int, scale: str) -> None:
    (q,) = quantities(f"between {number} and {number + 1} {scale} people")
    assert (q.low, q.high) == (number * SCALES[scale], (number + 1) * SCALES[scale])


def test_a_scale_is_not_the_firsts_where_the_first_would_be_the_larger() -> None:
    (q,) = quantities("between 100 and 6 million people")
    assert (q.low, q.high, q.counted) == (100, 6e6, "person")


@given(st.text(max_size=80), st.text(max_size=80))
def test_relations_do_not_depend_on_order(a: str, b: str) -> None:
    for x in quantities(a):
        assert relate_quantities(x, x) is Relation.SAME
        assert all(relate_quantities(x, y) is relate_quantities(y, x) for y in quantities(b))


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 23), st.integers(0, 59))
def test_times_of_day_are_read_in_both_ways_of_writing(h: int, m: int, g: int, n: int) -> None:
    (a,), (b,) = (
        clock_times(f"it sank at {h:02}{m:02} hours"),
        clock_times(f"it sank at {g % 12 or 12}.{n:02}{'pm' if g > 11 else 'am'}"),
    )
    assert (a.minutes, b.minutes) == ((h * 60 + m,), (g * 60 + n,))
    assert relate_clock_times(a, b) is relate_clock_times(b, a)


@given(st.dates(), st.integers(1, 20))
def test_a_range_of_days_is_one_date(first: object, length: int) -> None:
    day = first.replace(day=1 + length % 7)  # type: ignore[attr-defined]
    last = day.replace(day=day.day + length)
    (american,) = dates(f"shut {day:%B} {day.day}-{last.day}, 2018")
    (british,) = dates(f"shut from {day.day} to {last.day} {day:%B} 2018")
    assert american.readings == british.readings
    assert relate_dates(american, british) is Relation.SAME


@pytest.mark.parametrize("word", sorted({*UNITS, *VAGUE, *SCALES} - {"k", "m", "mn", "mln", "cr", "b", "bn", "bln", "tn", "trn"}))  # fmt: skip
def test_every_word_of_a_number_is_looked_for(word: str) -> None:
    assert list(numerals(f"a {word} people" if word in SCALES else f"{word} people"))


# Long runs of what begins a number, a date or a sentence and does not go on as one.
HOSTILE = ["1,", "1 000 ", "0", "March 3-", "3 to ", "one ", "1/2 ", "a ", "Rs ", "10:20 ", "A. ", "Gen. ", "at least ",
           "a@", "Jim, 34", "U.S. ", "(a.) ", "between ", " "]  # fmt: skip


@pytest.mark.cost
@pytest.mark.parametrize("piece", HOSTILE)
def test_reading_grows_with_the_text_and_not_faster(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        began = time.process_time()
        for read in (quantities, dates, ages, clock_times, sentences):
            read(text)
        return time.process_time() - began

    seconds(500)
    short, long = seconds(2_000), seconds(32_000)
    # Sixteen times the text: what grew with its square would take 256 times as long.
    assert long < 90 * max(short, 0.005)
