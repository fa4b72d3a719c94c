"""What to search for: an event's words, or those of an article; and an outlet's own search page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from urllib.parse import quote_plus

from compare.datamodel import Article, Event
from compare.stop_words import FUNCTION_WORDS
from compare.text import Word, sentences, words
from compare.times import moment
from crawlers.discovery.links import found_urls

__all__ = ["event_like", "found_urls", "query_url", "search_words", "telling_words"]

# A search wants all its words; each further one loses articles that put it otherwise.
MOST_WORDS = 4
MOST_TELLING = 10  # of an article; its description, from which each search takes fewer

# Coverage of one event begins days before a late article on it and goes on after an early one.
# Chosen, not fitted: most of an event's articles appear within two days of the first.
DAYS_BEFORE = 3
DAYS_AFTER = 5

# Words that say nothing of what a text is about, and the calendar, which the window says better.
_EMPTY = FUNCTION_WORDS | frozenset(
    """
    ago almost always apr april aug august began day days dec december early end feb february few
    first five former found four friday full gave give given include jan january jul july jun june
    kept know known last late later less likely long mar march mean monday month months nearly never
    new news next nothing nov november oct october often old part report reported reportedly reports
    saturday saw second see seen sep sept september several still story sunday third three thursday
    time times today together tomorrow tuesday two wednesday week weeks whole year years yesterday
    """.split()
)


def query_url(
    template: str, searched: Sequence[str], *, start: str | None = None, end: str | None = None
) -> str:
    """The address of the search for these words: the registry's template, filled in.

    `{start}` and `{end}` become days (YYYY-MM-DD), or nothing where the window is open.
    """
    filled = template.replace("{words}", quote_plus(" ".join(searched)))
    filled = filled.replace("{start}", quote_plus((start or "")[:10]))
    return filled.replace("{end}", quote_plus((end or "")[:10]))


def search_words(about: str, most: int = MOST_WORDS) -> tuple[str, ...]:
    """The words of an event's description that a search should ask for, names and others in halves.

    What stands between quotation marks stays one phrase. Numbers and empty words are left out.
    """
    phrases = [" ".join(found.split()) for found in re.findall(r'["“]([^"“”]{3,60})["”]', about)]
    rest = words(re.sub(r'["“][^"“”]*["”]', " ", about))
    kept = [word for word in rest if _tells(word)]
    named = [word for word in kept if word.text[0].isupper()]
    if len(named) == len(kept):  # a title in capitals names everything, and so nothing
        named = []
    others = [word for word in kept if word not in named]
    half = (most + 1) // 2
    ordered = (*named[:half], *others[: most - half], *named[half:], *others[most - half :])
    return _different([*phrases, *map(_plain, ordered)])[:most]


def telling_words(title: str, text: str, most: int = MOST_TELLING) -> tuple[str, ...]:
    """The names and words that an article is about, most telling first.

    Names are runs of capitals that do not begin a sentence, counted over the text; a word counts
    by how often it stands there. What the title has too counts three times: a title says in few
    words what happened. Half of the words at most are names.
    """
    in_title = {word.key for word in words(title)}
    plain = Counter(word.key for word in words(f"{title}\n{text}") if _tells(word))
    in_small = {word.key for word in words(text) if word.text[0].islower()}
    names = Counter(
        {name: count for name, count in _names(text).items() if name.lower() not in in_small}
    )
    parts = {word.key for name in names for word in words(name)} - in_small

    def weight(key: str, count: int) -> int:
        return count * (3 if {word.key for word in words(key)} & in_title else 1)

    ranked_names = sorted(names, key=lambda name: (-weight(name, names[name]), name))
    ranked = sorted(plain, key=lambda key: (-weight(key, plain[key]), key))
    ordinary = [key for key in ranked if key not in parts and (key in in_title or plain[key] > 1)]
    return _different([*_adding(ranked_names)[: most // 2], *ordinary])[:most]


def _adding(names: Iterable[str]) -> list[str]:
    """The names that bring a word which those before them lack, reduced to such words."""
    seen: set[str] = set()
    kept: list[str] = []
    for name in names:
        new = [word for word in words(name) if word.key not in seen]
        seen.update(word.key for word in new)
        if new:
            kept.append(" ".join(word.text for word in new))
    return kept


def _names(text: str) -> Counter[str]:
    """Runs of capitalised words inside sentences, each with how often its text has it."""
    found: Counter[str] = Counter()
    for span in sentences(text):
        run: list[Word] = []
        for number, word in enumerate(words(text[span.start : span.end])):
            capital = word.text[0].isupper() and number > 0 and _tells(word)
            touching = run and text[span.start + run[-1].end : span.start + word.start] == " "
            if run and not (capital and touching):
                found[" ".join(_plain(part) for part in run)] += 1
                run = []
            if capital:
                run.append(word)
        if run:
            found[" ".join(_plain(part) for part in run)] += 1
    return found


def _tells(word: Word) -> bool:
    return len(word.key) > 2 and word.key not in _EMPTY and not word.text[0].isdigit()


def _plain(word: Word) -> str:
    return re.sub(r"['’]s?$", "", word.text)


def _different(found: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for one in found:
        kept.setdefault(one.lower(), one)
    return tuple(kept.values())


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
