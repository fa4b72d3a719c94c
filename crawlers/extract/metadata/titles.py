"""The headline of a page, and where it was read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from crawlers.extract.metadata.site_names import (
    Surroundings,
    key,
    shared_end,
    surroundings_of,
    without_kicker,
    without_site,
)
from crawlers.extract.metadata.structured import PageData, plain, strings

_NOT_HEADLINES = frozenset(
    """
    login signin subscribe menu search navigation comments newsletter home news advertisement
    """.split()
)
_META_TITLES = "dc.title dcterms.title citation_title parsely-title sailthru.title headline".split()
# A sign that an element of its own begins with, and that belongs to the one before: <b>Kicker</b><i>: </i>
_SIGN_APART = re.compile(r"(?<=\w) (?=[:;,.!?](?:\s|$))")
MAX_TITLE = 400
LONGEST = 1_000  # characters of a text that is looked at as a headline
_MOST_STATED = 5  # headlines of one article
_MOST_SHOWN = 200  # headings of a page that are looked at

Candidate = tuple[str, str]  # provenance, text


def title_of(root: HtmlElement, data: PageData, outlet: str = "") -> tuple[str, str]:
    """The headline and its provenance ("json-ld", "og", "h1", "meta", "title"); empty for none."""
    around = surroundings_of(data, outlet)
    headings = _headings(root, data)
    stated = [plain(t)[:LONGEST] for t in strings(data.article.get("headline"))[:_MOST_STATED]]
    others = [t for t in (*headings, *stated) if t]
    candidates = [
        *_stated_or_shared(root, stated, data, around),
        *(("h1", t) for t in headings),
        *(("meta", plain(t)) for name in _META_TITLES for t in data.meta.get(name, ())),
        *(("json-ld", plain(t)) for t in strings(data.article.get("name"))),
        *(("title", t) for t in [data.head_title]),
    ]
    whole = {key(without_site(t, around, others)) for t in stated}
    shown = {key(t) for t in headings}
    titled = without_site(data.head_title[:LONGEST], around, others)
    for provenance, text in candidates:
        title = without_site(text[:LONGEST], around, others)
        if key(title) not in (whole if provenance == "h1" else whole | shown):
            title = without_kicker(title, [*others, titled])
        if title and key(title) not in _NOT_HEADLINES | around.names:
            title = shared_end(title, headings[0]) if headings and not stated else title
            return _unclipped(title, others)[:MAX_TITLE], provenance
    return "", ""


def _stated_or_shared(
    root: HtmlElement, stated: list[str], data: PageData, around: Surroundings
) -> list[Candidate]:
    """The JSON-LD headline and the shared ones, the likelier first.

    Where og and twitter agree they may be a variant for social media, and the headline wins. An
    og:title that stands alone was set by the editors: measured on 133 pages of 88 publishers, it
    is the article's title more often than the JSON-LD headline that differs from it. Where one of
    them is the other with a kicker before it, or three places stand against the og:title, what
    readers see above the text decides.
    """
    og = [("og", plain(t)) for t in data.meta.get("og:title", ())[:1]]
    twitter = [("twitter", plain(t)) for t in data.meta.get("twitter:title", ())[:1]]
    headline = [("json-ld", t) for t in stated[:1]]
    if not og or not headline:
        return headline + og + twitter
    alone = (not twitter or twitter[0][1] in stated) and twitter != [("twitter", og[0][1])]
    first, second = (og, headline) if alone else (headline, og)
    if _is_shown_instead(
        root, first[0][1], second[0][1], around, confirmed=alone and bool(twitter)
    ):
        first, second = second, first
    return first + second + twitter


def _is_shown_instead(
    root: HtmlElement, first: str, second: str, around: Surroundings, *, confirmed: bool
) -> bool:
    """Whether readers see the second headline and not the first.

    Asked where one ends with the other, and, where the second is `confirmed` by a third place, of
    any two.
    """
    a, b = (key(without_site(t, around, ())) for t in (first, second))
    if a == b or not (confirmed or a.endswith(b) or b.endswith(a)):
        return False
    shown = [key(_text_of(h)) for h in islice(root.iter("h1", "h2"), _MOST_SHOWN)]
    return b in shown and not any(h == a or (confirmed and h.endswith(a)) for h in shown)


def _headings(root: HtmlElement, data: PageData) -> list[str]:
    """The texts of the h1 elements, those first that the page's title holds, the longest of them first."""
    texts = [
        t
        for h in islice(root.iter("h1"), _MOST_SHOWN)
        if (t := _text_of(h)) and key(t) not in _NOT_HEADLINES
    ]
    titled = key(data.head_title)
    return sorted(texts, key=lambda t: -len(t) if key(t) in titled else 0)


def _text_of(heading: HtmlElement) -> str:
    return _SIGN_APART.sub("", plain(" ".join(heading.itertext())[:LONGEST]))


def _unclipped(title: str, others: Sequence[str]) -> str:
    """The whole headline where a machine-readable one was cut off, with dots or by a quotation mark of its own."""
    stem = title.rstrip("….").rstrip()
    dotted = stem != title and title.endswith(("…", "..."))
    if not dotted and not any(t.startswith(f'{title} "') for t in others):
        return title
    longer = [t for t in others if t.startswith(stem) and len(t) > len(title)]
    return longer[0] if longer else title
