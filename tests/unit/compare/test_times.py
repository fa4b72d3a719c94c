from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from compare.times import moment, outside_window


@pytest.mark.parametrize(
    ("iso", "start", "end"),
    [
        ("2019-03-24", datetime(2019, 3, 24, tzinfo=UTC), datetime(2019, 3, 25, tzinfo=UTC)),
        ("2019-12", datetime(2019, 12, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)),
        (
            "2019-03-24T14:05:00+02:00",
            datetime(2019, 3, 24, 12, 5, tzinfo=UTC),
            datetime(2019, 3, 24, 12, 5, 1, tzinfo=UTC),
        ),
    ],
)
def test_a_moment_is_as_wide_as_the_string_is_vague(
    iso: str, start: datetime, end: datetime
) -> None:
    found = moment(iso)
    assert found is not None
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize("iso", [None, "", "yesterday", "2019-13-01", "9999-12-31", "2019-3-4"])
def test_what_is_no_time_is_no_moment(iso: str | None) -> None:
    assert moment(iso) is None


def test_a_moment_is_before_another_only_if_all_of_it_is() -> None:
    day, noon, later = moment("2019-03-24"), moment("2019-03-24T12:00Z"), moment("2019-03-25")
    assert day is not None
    assert noon is not None
    assert later is not None
    assert not day.before(noon)
    assert not noon.before(day)
    assert day.before(later)


@pytest.mark.parametrize(
    ("published", "why"),
    [
        ("2019-03-20", "published 2019-03-20, before the window begins on 2019-03-23"),
        ("2019-03-28", "published 2019-03-28, after the window ends on 2019-03-26"),
        ("2019-03-22", ""),
        ("2019-03-27T03:00:00+00:00", ""),
        ("soon", ""),
        (None, ""),
    ],
)
def test_only_what_lies_beyond_the_slack_is_outside(published: str | None, why: str) -> None:
    slack = timedelta(hours=14)
    assert outside_window(published, "2019-03-23", "2019-03-26", slack=slack) == why
    assert outside_window(published, None, None, slack=slack) == ""
