from __future__ import annotations

import pytest

from crawlers.discovery.dates import iso_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2031-05-04", "2031-05-04"),
        ("2031-05", "2031-05"),
        ("20310504", "2031-05-04"),
        ("20310504140500", "2031-05-04T14:05:00+00:00"),
        ("20310504T140500Z", "2031-05-04T14:05:00+00:00"),
        ("2031-05-04T14:05Z", "2031-05-04T14:05:00+00:00"),
        ("2031-05-04T14:05:00.123-04:00", "2031-05-04T14:05:00-04:00"),
        ("2031-05-04 14:05:00 +0530", "2031-05-04T14:05:00+05:30"),
        ("Sun, 04 May 2031 14:05:00 GMT", "2031-05-04T14:05:00+00:00"),
        ("Sun, 04 May 2031 14:05:00 EST", "2031-05-04T14:05:00-05:00"),
        ("  Sun,  4 May 2031 14:05 +0000 ", "2031-05-04T14:05:00+00:00"),
        ("May 4, 2031", "2031-05-04"),
        ("24/03/2031", "2031-03-24"),
        ("03/04/2031", None),
        ("May 2031", None),
        ("tomorrow", None),
        ("14:05", None),
        ("1970-01-01", None),
        ("2031-13-01", None),
        ("Sat, 30 Feb 2031 10:00:00 GMT", None),
        ("", None),
        (None, None),
        ("9" * 500, None),
    ],
)
def test_dates(written: str | None, iso: str | None) -> None:
    assert iso_date(written) == iso


def test_a_british_summer_time() -> None:
    assert iso_date("May 4 2031 14:05 BST") == "2031-05-04T14:05:00+01:00"


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("1731261101.25", "2024-11-10T17:51:41+00:00"),
        ("2031-03-12T15.21", "2031-03-12T15:21:00"),
        ("12 March 2031 15:21 hrs", "2031-03-12T15:21:00"),
        ("mié, 12 mar 2031 15:21:41 +0100", "2031-03-12T15:21:41+01:00"),
        # Half days, with the hour that they mean.
        ("March 12, 2031, 2:05 p.m.", "2031-03-12T14:05:00"),
        ("12 March 2031 12:10 AM", "2031-03-12T00:10:00"),
        ("12 March 2031 3.21pm BST", "2031-03-12T15:21:00+01:00"),
        ("2031-03-12 03:21:41 PM", "2031-03-12T15:21:41"),
        ("10am, 12 March 2031", "2031-03-12T10:00:00"),
        # Zones by name, by offset, by both.
        ("Wed Mar 12 2031 15:21:41 GMT+0100", "2031-03-12T15:21:41+01:00"),
        (
            "Wed Mar 12 2031 15:21:41 GMT-0330 (Newfoundland Standard Time)",
            "2031-03-12T15:21:41-03:30",
        ),
        ("Wed, 12 Mar 2031 10:00:00 GMT+01:00", "2031-03-12T10:00:00+01:00"),
        ("2031-03-12 14:05:00 UTC+1", "2031-03-12T14:05:00+01:00"),
        ("2031-03-12T15:21:41+01:00[Europe/Paris]", "2031-03-12T15:21:41+01:00"),
        ("2031-03-12T10:00:00\u221205:00", "2031-03-12T10:00:00-05:00"),
        ("2031-03-12T12:44:00 00:00", "2031-03-12T12:44:00+00:00"),
        ("2031-03-12T12:44:00 01:00", "2031-03-12T12:44:00+01:00"),
        ("March 14, 2031 10:00 am EDT", "2031-03-14T10:00:00-04:00"),
        ("January 14, 2031 10:00 am ET", "2031-01-14T10:00:00-05:00"),
        ("Wed Mar 12 15:21:41 GMT 2031", "2031-03-12T15:21:41+00:00"),
        # Names of months and weekdays, years first.
        ("Thu, 18 Sept 2031 15:53:56 +0300", "2031-09-18T15:53:56+03:00"),
        ("Thurs, 11 Oct 2029", "2029-10-11"),
        ("Tues., 12th of March, 2030", "2030-03-12"),
        ("2016/6/29 15:07:41", "2016-06-29T15:07:41"),
        ("2031 Mar 12 10:00 UTC", "2031-03-12T10:00:00+00:00"),
        ("12. März 2031, 15.21 Uhr", "2031-03-12T15:21:00"),
        ("Do 25.04.24 | 14:07 Uhr", "2024-04-25T14:07:00"),
        ("2031年3月12日 15:21", "2031-03-12T15:21:00"),
        ("Tuesday, 12-Mar-24 15:21:41 GMT", "2024-03-12T15:21:41+00:00"),
        ("1710253301", "2024-03-12T14:21:41+00:00"),
        ("Wed 13/03/2024 10:00", "2024-03-13T10:00:00"),
        # The weekday tells which of two days it is.
        ("Sat 04/05/2024", "2024-05-04"),
    ],
)
def test_the_usual_writings_of_a_time(written: str, iso: str) -> None:
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    "written",
    [
        "12 March 2031 18:05 IST",  # India's, Ireland's or Israel's
        "12 March 2031 13:00 am",
        "12 March 2031 0:30 pm",
        "Wed, 12 Mar 2031 15:21:41 EST5EDT",
        "Wed, 12 Mar 2031 15:21:41 0100",
        "12 March 2031 at noon",
        "2031-03-12 25:00",
        "2031-03-12 10:00 +25:00",
        "12 March 2031 10:00, updated 11:30",
        "12 March 2031 10:00 Springfield time",
    ],
)
def test_a_clock_that_cannot_be_read_whole_leaves_the_day_alone(written: str) -> None:
    assert iso_date(written) == "2031-03-12"


@pytest.mark.parametrize("written", ["12 March 2031, 14 March 2031", "04/05/2031", "May 40, 2031"])
def test_what_may_be_two_days_is_none(written: str) -> None:
    assert iso_date(written) is None


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("7 października 2031", "2031-10-07"),
        ("5 марта 2031", "2031-03-05"),
        ("5 МАРТА 2031 г.", "2031-03-05"),
        ("12 березня 2031", "2031-03-12"),
        ("12. března 2031", "2031-03-12"),
        ("12 Mart 2031 Çarşamba", "2031-03-12"),
        ("12 Μαΐου 2031", "2031-05-12"),
        ("12. maaliskuuta 2031", "2031-03-12"),
        ("12 martie 2031", "2031-03-12"),
        ("12 Agustus 2031", "2031-08-12"),
        ("12 مارس 2031", "2031-03-12"),
        ("١٢ مارس ٢٠٣١", "2031-03-12"),
        ("12 آذار 2031", "2031-03-12"),
        ("12 מרץ 2031", "2031-03-12"),
        ("Veröffentlicht am 12.03.2031, 15:21 Uhr MEZ", "2031-03-12T15:21:00+01:00"),
        ("12 listopada 2031", None),  # November in Polish, October in Croatian
    ],
)
def test_months_of_more_languages(written: str, iso: str | None) -> None:
    assert iso_date(written) == iso


def test_the_order_of_day_and_month_may_be_known_from_the_language() -> None:
    assert iso_date("12/03/2031", day_first=True) == "2031-03-12"
    assert iso_date("Tue, 3/11/2031", day_first=True) == "2031-03-11"  # the weekday is heard first
    assert iso_date("3/25/2031", day_first=True) == "2031-03-25"  # no other day can be meant
