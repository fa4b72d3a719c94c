from __future__ import annotations

import pytest

from compare.times import moment
from compare.zones import time_zone
from templates.html.strings import english
from templates.html.times import later_by, spoken, spoken_within


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
    ("iso", "zone", "words"),
    [
        ("2031-05-06T22:40:00+00:00", "Europe/Berlin", "7 May 2031, 00:40 CEST"),
        ("2031-12-31T23:40Z", "UTC+9", "1 January 2032, 08:40 UTC+9"),
        ("2031-05-06T22Z", "Europe/Berlin", "7 May 2031"),
        ("2031-05-06", "America/New_York", "6 May 2031"),
        ("2031-02", "Pacific/Auckland", "February 2031"),
        ("0001-01-01T01:30Z", "UTC-5", "1 January 0001, 01:30 UTC"),
        ("last Tuesday", "UTC+9", "last Tuesday"),
    ],
)
def test_a_time_is_put_into_a_zone_and_a_day_stays(iso: str, zone: str, words: str) -> None:
    assert spoken(iso, english(), time_zone(zone)) == words


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


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("was read on 6 May 2031, 22:40 UTC.", "was read on 7 May 2031, 00:40 CEST."),
        (
            "an outlet called 31 February 2019, 25:99 UTC",
            "an outlet called 31 February 2019, 25:99 UTC",
        ),
    ],
)
def test_times_within_a_reason_are_put_into_a_zone(reason: str, words: str) -> None:
    assert spoken_within(reason, english(), time_zone("Europe/Berlin")) == words
