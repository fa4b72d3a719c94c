from __future__ import annotations

from datetime import date

import pytest

from compare.language.dates import clash, dates

PUBLISHED = "2019-03-24T18:00:00+00:00"  # a Sunday

# text, the first day of its first reading, the last day of it
RESOLVED = [
    ("landed on Saturday", date(2019, 3, 23), date(2019, 3, 23)),
    ("landed Friday night", date(2019, 3, 22), date(2019, 3, 22)),
    ("on Sunday", date(2019, 3, 24), date(2019, 3, 24)),
    ("last Monday", date(2019, 3, 18), date(2019, 3, 18)),
    ("next Monday", date(2019, 3, 25), date(2019, 3, 25)),
    ("yesterday", date(2019, 3, 23), date(2019, 3, 23)),
    ("today", date(2019, 3, 24), date(2019, 3, 24)),
    ("tomorrow", date(2019, 3, 25), date(2019, 3, 25)),
    ("last night", date(2019, 3, 23), date(2019, 3, 23)),
    ("March 20", date(2019, 3, 20), date(2019, 3, 20)),
    ("March 20, 2018", date(2018, 3, 20), date(2018, 3, 20)),
    ("20 March", date(2019, 3, 20), date(2019, 3, 20)),
    ("the 20th of March", date(2019, 3, 20), date(2019, 3, 20)),
    ("Dec. 20", date(2018, 12, 20), date(2018, 12, 20)),
    ("Sept. 11, 2001", date(2001, 9, 11), date(2001, 9, 11)),
    ("2019-02-28", date(2019, 2, 28), date(2019, 2, 28)),
    ("in December", date(2018, 12, 1), date(2018, 12, 31)),
    ("in January 2017", date(2017, 1, 1), date(2017, 1, 31)),
    ("in 2014", date(2014, 1, 1), date(2014, 12, 31)),
    ("last week", date(2019, 3, 10), date(2019, 3, 17)),
    ("this month", date(2019, 3, 1), date(2019, 3, 31)),
    ("last month", date(2019, 2, 1), date(2019, 2, 28)),
    ("next year", date(2020, 1, 1), date(2020, 12, 31)),
]


@pytest.mark.parametrize(("text", "first", "last"), RESOLVED)
def test_a_date_is_resolved_by_the_day_of_publication(text: str, first: date, last: date) -> None:
    (found,) = dates(text, PUBLISHED)
    assert found.readings[0] == (first, last)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text",
    [
        "they may go",
        "a march on the city",
        "Ms. May said",
        "20,000 people",
        "Feb. 31",
        "the 45th",
        "",
    ],
)
def test_words_that_look_like_dates_are_none(text: str) -> None:
    assert dates(text, PUBLISHED) == []


CLASHES = [
    ("on Thursday", "on Friday", PUBLISHED, PUBLISHED, True),
    ("on Friday", "on Friday", PUBLISHED, PUBLISHED, False),
    ("on Saturday", "yesterday", PUBLISHED, PUBLISHED, False),
    ("on Saturday", "yesterday", PUBLISHED, "2019-03-26", True),
    ("on Saturday", "March 23", PUBLISHED, PUBLISHED, False),
    ("on Saturday", "March 24", PUBLISHED, PUBLISHED, True),
    ("March 23", "23 March 2019", PUBLISHED, PUBLISHED, False),
    ("Dec. 20", "Dec. 21", PUBLISHED, PUBLISHED, True),
    ("in December", "Dec. 20", PUBLISHED, PUBLISHED, False),
    ("in 2018", "Dec. 20", PUBLISHED, PUBLISHED, False),
    ("in 2017", "in 2018", PUBLISHED, PUBLISHED, True),
    ("last week", "on Saturday", "2019-03-25", "2019-03-24", False),
    ("Friday morning", "Friday evening", PUBLISHED, PUBLISHED, True),
    ("Friday night", "Friday evening", PUBLISHED, PUBLISHED, False),
    ("Friday", "Friday evening", PUBLISHED, PUBLISHED, False),
    ("on Thursday", "on Friday", None, None, True),
    ("on Friday", "on Friday", None, None, False),
    ("yesterday", "on Friday", None, None, False),
    ("March 3", "March 4", None, None, True),
    ("on Monday", "on Monday", "2019-03-25", "2019-03-26", False),
]


@pytest.mark.parametrize(("a", "b", "when_a", "when_b", "expected"), CLASHES)
def test_dates_clash_only_if_no_readings_meet(
    a: str, b: str, when_a: str | None, when_b: str | None, *, expected: bool
) -> None:
    (left,), (right,) = dates(a, when_a), dates(b, when_b)
    assert clash(left, right) is clash(right, left) is expected


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2031-05-06T23:40:00-05:00", date(2031, 5, 6)),
        ("2031-05-07T00:40:00+02:00", date(2031, 5, 7)),
        ("2031-05-06T23:40:00Z", date(2031, 5, 6)),
        ("2031-05-06T23:40", date(2031, 5, 6)),
        ("2031-05-06", date(2031, 5, 6)),
    ],
)
def test_today_is_the_day_on_the_clocks_of_who_writes(published: str, day: date) -> None:
    (found,) = dates("The mayor shut the bridge today.", published)
    assert found.readings == ((day, day),)
