"""Which days an article tells of: the dates of its text that mean one day or a few."""

from __future__ import annotations

import re
from datetime import date, timedelta

from compare.datamodel import Article
from compare.language.date_readings import Grain
from compare.language.dates import Dated, dates
from compare.language.day_spans import Days
from compare.said import DayTold
from compare.times import own_day

# Longer stretches of time are no day on which something happened.
MOST_DAYS = 7
# A day without a year that would be so far ahead may as well be of the year before: "announced on Jan. 27", told in September.
MOST_AHEAD = timedelta(days=100)
_YEAR = re.compile(r"\d{4}|[’']\d{2}\b")


def told_days(article: Article) -> tuple[DayTold, ...]:
    """The days that the text names, in reading order.

    Of a weekday that may look back or ahead the reading is taken that is not after the
    article's own day; what stays open, or means months, is left out.
    """
    today = own_day(article.published)
    found = []
    for dated in dates(article.text, article.published):
        days = _meant(dated, today)
        words = article.text[dated.start : dated.end]
        if days is not None and _is_meant(days, words, today):
            found.append(
                DayTold(
                    article=article.id,
                    start=dated.start,
                    end=dated.end,
                    first=days[0].isoformat(),
                    last=days[1].isoformat(),
                )
            )
    return tuple(found)


def _is_meant(days: Days, words: str, today: date | None) -> bool:
    """Whether it is a day, or a few, and surely of that year."""
    if (days[1] - days[0]).days > MOST_DAYS:
        return False
    return today is None or days[0] - today <= MOST_AHEAD or bool(_YEAR.search(words))


def _meant(dated: Dated, today: date | None) -> Days | None:
    if dated.grain not in {Grain.DAY, Grain.RANGE} or not dated.readings:
        return None
    if len(dated.readings) == 1:
        return dated.readings[0]
    past = [days for days in dated.readings if today is not None and days[0] <= today]
    return max(past, default=None)
