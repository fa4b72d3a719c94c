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
