from __future__ import annotations

import pytest

from compare.times import moment
from templates.html.strings import english
from templates.html.times import later_by, spoken


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2031-05-06T07:40:00+00:00", "6 May 2031, 07:40 UTC"),
        ("2031-05-06T01:40:00+02:00", "5 May 2031, 23:40 UTC"),
        ("2031-05-06", "6 May 2031"),
        ("2031-05", "May 2031"),
        ("2031", "2031"),
        (None, ""),
        ("last Tuesday", "last Tuesday"),
    ],
)
def test_a_time_is_as_precise_as_it_is_known(iso: str | None, words: str) -> None:
    assert spoken(iso, english()) == words


@pytest.mark.parametrize(
    ("later", "words"),
    [
        ("2031-05-06T08:15:00Z", "35 minutes"),
        ("2031-05-06T10:40:00Z", "3 hours"),
        ("2031-05-09", "3 days"),
    ],
)
def test_how_much_later(later: str, words: str) -> None:
    start, end = moment("2031-05-06T07:40:00Z"), moment(later)
    assert start is not None
    assert end is not None
    assert later_by(start, end, english()) == words
