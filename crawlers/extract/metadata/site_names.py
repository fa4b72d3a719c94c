"""What a headline carries besides itself: the name of its site, of its section, a kicker."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from crawlers.extract.metadata.page_metadata import PageMetadata, values
from crawlers.urls import registrable_domain

# What stands between a headline and the name of its site.
_SEPARATOR = re.compile(r"\s::\s+|\s?[|｜ㅣ¦•·»«:：]\s*|\s[-–—~*›>]\s+|-(?=[^-]{0,200}[ㅣ|｜])")
_NOT_LETTERS = re.compile(r"[\W_]+")
_BEFORE_SECTION = re.compile(r"[-–—|｜ㅣ·/]")
# A site's name is short; a longer tail is a part of the headline.
MAX_SITE_NAME_WORDS = 6
_ARTICLES = frozenset("the der die das le la les el los il lo o a os as".split())
# What sites put behind their name: "Daily Mirror Online", "CBC News".
_EDITIONS = frozenset(
    """
    news newspaper online web digital tv radio magazine daily international english com
    nachrichten zeitung noticias notícias actualités notizie nieuws nyheter
    """.split()
)
_SHORTEST = 4  # letters of a name that may be a part of a longer one
_WORDS_BEFORE = 2  # a name, but for articles: "Die Neue Südtiroler Tageszeitung"
_LONGEST_LAND = 3  # letters: "Daily Mail UK"
_MOST_AT_END = 8  # separators; a headline has one or two
_MOST_CUTS = 4  # "Headline - Section - Section | Site"
_WHOLE_WORDS, _WHOLE_LETTERS = 3, 12  # of what is left as a headline when a section is cut off


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What may stand around a headline, as keys: names that the site gives itself, its host's, its sections."""

    names: frozenset[str]
    hosts: frozenset[str]
    sections: frozenset[str]
    path: frozenset[str]


def key(text: str) -> str:
    """The letters and digits of a text, in one case: equal where two writings differ in signs only."""
    return _NOT_LETTERS.sub("", text).casefold()


def _unaccented(letters: str) -> str:
    """Letters as hosts spell them: "público" as "publico"."""
    return "".join(
        c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c)
    )


def surroundings_of(metadata: PageMetadata, outlet: str) -> Surroundings:
    """What a page and its address say about the site and the section that it stands in."""
    host, path = _address(metadata.url)
    return Surroundings(
        names=frozenset(key(n) for n in (outlet, *values(metadata.site_names))) - {""},
        hosts=frozenset(_host_names(host)) - {""},
        sections=frozenset(values(metadata.sections)),
        path=frozenset(key(unquote(part)) for part in path.rstrip("/").split("/")[:-1]) - {""},
    )


def _address(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.hostname or "", parts.path


def _host_names(host: str) -> Iterator[str]:
    """A host as sites write it when it is their name: "orf.at", "news.orf.at", "orf"."""
    domain = registrable_domain(host)
    yield key(host.removeprefix("www."))
    yield key(domain)
    yield key(domain.partition(".")[0])


def without_site(text: str, around: Surroundings, others: Collection[str]) -> str:
    """The headline without the names of its site and section at either end.

    `others` are what other places on the page give as its headline: what stands behind such a text
    is no part of it.
    """
    known = {key(t) for t in others}
    for _ in range(_MOST_CUTS):
        cut = _without_name(_without_section(_without_rest(text, known), around), around)
        if cut == text:
            break
        text = cut
    return text


def without_kicker(text: str, others: Collection[str]) -> str:
    """The headline without what stands before it, where another place gives the rest as the headline."""
    known = {key(t) for t in others}
    for cut in _cuts(text):
        head, tail = _sides(text, cut)
        if head and key(tail) in known and len(tail) > len(head):
            return tail
    return text


def shared_end(text: str, other: str) -> str:
    """What two headlines share behind kickers that share no word; `text` where they are not such a pair."""
    for cut in _cuts(text):
        head, tail = _sides(text, cut)
        for theirs in _cuts(other):
            kicker, rest = _sides(other, theirs)
            if key(rest) == key(tail) and _is_whole(tail) and _are_unlike(head, kicker):
                return tail
    return text


def _are_unlike(head: str, kicker: str) -> bool:
    ours, theirs = ({key(word) for word in t.split()} - {""} for t in (head, kicker))
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _cuts(text: str) -> list[re.Match[str]]:
    """The separators of a headline; of very many those near its ends."""
    found = list(_SEPARATOR.finditer(text))
    return found if len(found) <= 2 * _MOST_AT_END else found[:_MOST_AT_END] + found[-_MOST_AT_END:]


def _sides(text: str, cut: re.Match[str]) -> tuple[str, str]:
    return text[: cut.start()].strip(), text[cut.end() :].strip()


def _without_rest(text: str, known: Collection[str]) -> str:
    """The headline without what follows what another place gives as the whole of it."""
    for cut in _cuts(text):
        head, tail = _sides(text, cut)
        if head and tail and key(head) in known and len(tail.split()) <= 2 * MAX_SITE_NAME_WORDS:
            return head
    return text


def _without_section(text: str, around: Surroundings) -> str:
    """The headline without its section behind a dash or bar, as the page or its address names it: "Headline - Politics"."""
    for cut in _BEFORE_SECTION.finditer(text):
        head, tail = _sides(text, cut)
        if tail in around.sections and len(head.split()) >= _WHOLE_WORDS:
            return head
    for cut in _cuts(text):
        head, tail = _sides(text, cut)
        if not _is_colon(cut) and key(tail) in around.path and _is_whole(head):
            return head
    return text


def _without_name(text: str, around: Surroundings) -> str:
    """The headline without the site's name at its end, with what stands behind that, or at its beginning."""
    cuts = _cuts(text)
    for cut in reversed(cuts):
        head, tail = _sides(text, cut)
        if head and _is_name(tail, around, alone=_is_colon(cut)):
            return head
    for cut, following in pairwise(cuts):
        head, tail = _sides(text, cut)
        named = key(text[cut.end() : following.start()]) in around.names | around.hosts
        if named and not _is_colon(cut) and not _is_colon(following) and _is_whole(head):
            return head if len(tail.split()) <= 2 * MAX_SITE_NAME_WORDS else text
    for cut in cuts[:1]:
        head, tail = _sides(text, cut)
        if tail and (
            key(head) in around.names or (key(head) in around.hosts and not _is_colon(cut))
        ):
            return tail
    return text


def _is_colon(cut: re.Match[str]) -> bool:
    """Whether a separator is the one that headlines themselves are full of."""
    return cut.group().strip() == ":"


def _is_whole(text: str) -> bool:
    """Whether a text is long enough to be a headline."""
    return len(text.split()) >= _WHOLE_WORDS or len(key(text)) >= _WHOLE_LETTERS


def _is_name(tail: str, around: Surroundings, *, alone: bool) -> bool:
    """Whether a tail is the site's name; unless it must stand `alone`, with an edition or a word before it."""
    found = key(tail)
    if found in around.names:
        return True
    if alone or not found:
        return False
    if found in around.hosts or _unaccented(found) in around.hosts:
        return True
    if len(tail.split()) > MAX_SITE_NAME_WORDS:
        return False
    words = [word for word in _NOT_LETTERS.split(tail) if word]
    names = [name for name in around.names | around.hosts if len(name) >= _SHORTEST]
    return any(_names_site(found, words, name, around) for name in names)


def _names_site(found: str, words: list[str], name: str, around: Surroundings) -> bool:
    if name.upper() == name.lower():  # a script without capitals, and maybe without spaces
        return found.startswith(name) or found.endswith(name)
    for k in range(1, len(words)):
        before, after = words[:k], words[k:]
        if key("".join(after)) == name:
            others = [w for w in before if w.casefold() not in _ARTICLES]
            return len(others) <= _WORDS_BEFORE and not any(w.islower() for w in others)
        if key("".join(before)) == name:
            return all(_is_edition(word, around) for word in after)
    return False


def _is_edition(word: str, around: Surroundings) -> bool:
    """Whether a word behind a site's name is part of that: "Online", a section, "UK"."""
    if word.isupper() and len(word) <= _LONGEST_LAND:
        return True
    return word.casefold() in _EDITIONS | around.path
