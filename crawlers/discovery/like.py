"""An article to start from: the event that it is about, as something to search for."""

from __future__ import annotations

from datetime import timedelta

from compare.datamodel import Article, Event
from compare.times import moment
from crawlers.discovery.search import telling_words

# Coverage of one event begins days before a late article on it and goes on after an early one.
# Chosen, not fitted: most of an event's articles appear within two days of the first.
DAYS_BEFORE = 3
DAYS_AFTER = 5


def event_like(article: Article) -> Event:
    """The event that an article is about: its names and words, the days around its publication.

    The window is open where the article has no time. The article's own address is one to read.
    """
    published = moment(article.published) or moment(article.modified)
    try:
        start = published and published.start - timedelta(days=DAYS_BEFORE)
        end = published and published.end + timedelta(days=DAYS_AFTER, microseconds=-1)
    except OverflowError:  # a page may claim the year 1 or 9999
        start = end = None
    return Event(
        about=" ".join(telling_words(article.title, article.text)) or article.title,
        start=f"{start:%Y-%m-%d}" if start else None,
        end=f"{end:%Y-%m-%d}" if end else None,
        urls=(article.url,) if article.url else (),
        like=article.url,
    )
