"""When a page was published and last changed, as precisely as it says, and where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from lxml.html import HtmlElement

from crawlers.discovery.dates import day_in, iso_date
from crawlers.extract.body.select import Body
from crawlers.extract.body.story import title_heading
from crawlers.extract.body.wording import is_prose
from crawlers.extract.metadata.page_metadata import PageMetadata, Source, Stated, Text, values
from crawlers.extract.metadata.schema_org import marked_published, says_published

# What a page calls the parts that hold other stories' times, or readers'.
_OF_OTHERS = re.compile(
    r"comment|relat|recommend|most-?(?:read|popular|viewed)|popular|trending|teaser|card|sidebar|latest|more-?(?:news|stories|on)|(?<![a-z])next|repl(?:y|ies)|widget|ticker|promo|carousel|feed"
)
_NOT_ITS_OWN = frozenset({"aside", "nav", "footer", "form", "blockquote", "figure", "button"})
_LINKED_WORDS = 4  # of one link: a list with such links is of other stories
_DATE_LINE = 25  # words of a line that says when a page was published
_SAYS_WHEN = re.compile(
    r"publish|posted|dated?\b|first (?:on|seen)|veröff|erstellt|publi|pubbl|^\W{0,3}(?:by|von|par|por|di)\s",
    re.IGNORECASE,
)
_BARE_LINE = (
    8  # words: a date and a name; a longer line that does not say so may tell of another day
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_NOT_WHEN = re.compile(r"©|copyright|all rights reserved", re.IGNORECASE)
_UPDATED = re.compile(r"updat|modif|aktuali|mis à jour|actuali|aggiornat|correct", re.IGNORECASE)
_IN_ADDRESS = re.compile(
    r"/(20\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?=[/-]|$)|/(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/-])"
)
_DAY_FIRST = frozenset(
    "de fr es pt it nl pl cs sk ru uk bg el tr da sv nb no nn fi ro sr hr sl ca gl eu ar he id vi".split()
)
_FIRST_YEAR = 1990
# A clock that runs ahead; anything later is an embargo or a mistake.
_AHEAD = timedelta(days=2)
_MOST_TIMES = 500  # elements; more are a table of times
_LONGEST_ADDRESS = 2_000  # characters
_LINES_ABOVE, _LINES_BELOW = 3, 40  # blocks around a headline in which its date may stand


def dates_of(
    root: HtmlElement,
    metadata: PageMetadata,
    body: Body,
    *,
    url: str,
    title: str,
    fetched_at: str | None,
) -> tuple[Text | None, Text | None]:
    """When the article was published and when modified; None where the page is silent."""
    latest = _moment(fetched_at)
    published = _first((*metadata.published, *metadata.created), latest)
    if published is None:
        published = _first(_shown(root, metadata, body, title), latest)
    if published is None:
        published = _first((Stated(day, Source.ADDRESS) for day in _in_address(url)), latest)
    return published, _first(metadata.modified, latest)


def _shown(root: HtmlElement, metadata: PageMetadata, body: Body, title: str) -> list[Text]:
    """The dates that the page shows its readers, and those that it states of itself alone."""
    heading = title_heading(body.blocks, title)
    lines = _date_lines(body, heading, _day_first(metadata))
    return [
        *(Stated(v, Source.TIME) for v in _time_elements(root, body, heading)),
        *metadata.page_published,
        *(Stated(_with_zone_or_day(v), Source.LINE) for v in lines),
    ]


def _with_zone_or_day(text: str) -> str:
    """A time as it is shown to readers; the day alone where it does not say in which zone it is."""
    read = iso_date(text)
    return read[:10] if read and datetime.fromisoformat(read).tzinfo is None else text


def _time_elements(root: HtmlElement, body: Body, heading: int | None) -> list[str]:
    """The page's own times, those marked as its publication first: none of a list, card or comment."""
    marked: list[str] = []
    others: list[str] = []
    listed: list[str] = []
    story = _story(body, heading)
    told = {id(body.blocks[k].box.element) for k in body.kept if is_prose(body.blocks[k])}
    for element in islice(_with_times(root), _MOST_TIMES):
        given = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
        is_marked = element.get("pubdate") is not None or says_published(given)
        if not _is_own(element, story) or (_UPDATED.search(given) and not is_marked):
            continue
        value = element.get("datetime") or element.get("content") or "".join(element.itertext())
        if is_marked:
            marked.append(value)
        elif any(id(around) in told for around in element.iterancestors()):
            continue  # a day that the story tells of
        elif next(element.iterancestors("article", "main"), None) is not None:
            in_list = next(element.iterancestors("li"), None) is not None
            (listed if in_list else others).append(value)
    return marked or (others + listed)[:1]


def _with_times(root: HtmlElement) -> Iterator[HtmlElement]:
    """The time elements, and others that are marked as the time of publication."""
    yield from root.iter("time")
    yield from marked_published(root)


def _story(body: Body, heading: int | None) -> list[HtmlElement]:
    """The headline's element and those of the text's first and last paragraphs."""
    places = [*([heading] if heading is not None else []), *body.kept[:1], *body.kept[-1:]]
    return [body.blocks[k].box.element for k in places]


def _is_own(time: HtmlElement, story: Sequence[HtmlElement]) -> bool:
    """Whether a time is the story's: in its article element, and in no part of the page for others."""
    for around in time.iterancestors():
        if any(around is other or around in other.iterancestors() for other in story):
            return True  # from here on the story is in it too
        if around.tag in _NOT_ITS_OWN or (around.tag == "article" and story):
            return False
        named = f"{around.get('class') or ''} {around.get('id') or ''}"[:400].lower()
        if _OF_OTHERS.search(named) or (around.tag in {"ul", "ol", "dl"} and _lists_others(around)):
            return False
    return True


def _lists_others(listed: HtmlElement) -> bool:
    return any(
        len("".join(a.itertext()).split()) >= _LINKED_WORDS for a in islice(listed.iter("a"), 50)
    )


def _day_first(metadata: PageMetadata) -> bool:
    """Whether a page says that it is in a language in which no reader takes 03/04/2031 for March."""
    declared = next(values(metadata.languages, Source.HTML, Source.META), "")
    return declared.lower().partition("-")[0].partition("_")[0] in _DAY_FIRST


def _date_lines(body: Body, heading: int | None, day_first: bool) -> list[str]:  # noqa: FBT001
    """The lines between the headline and the text that name a day, those that call it published first."""
    if not body.kept:
        return []
    first = heading if heading is not None and heading < body.kept[0] else body.kept[0]
    stop = next(
        (k for k in body.kept if body.blocks[k].size > _DATE_LINE or is_prose(body.blocks[k])),
        body.kept[0],
    )
    lines = [
        _UPDATED.split(body.blocks[k].text, maxsplit=1)[0]
        for k in range(max(0, first - _LINES_ABOVE), min(stop, first + _LINES_BELOW))
        if len(body.blocks[k].text.split()) <= _DATE_LINE and not body.blocks[k].box.hidden
    ]
    named = [
        line
        for line in lines
        if (_SAYS_WHEN.search(line) or len(_LETTERS.findall(line)) <= _BARE_LINE)
        and not _NOT_WHEN.search(line)
        and day_in(line, day_first=day_first) is not None
    ]
    named.sort(key=lambda line: _SAYS_WHEN.search(line) is None)
    return [
        iso_date(line, day_first=day_first) or day_in(line, day_first=day_first) or ""
        for line in named
    ]


def _in_address(url: str) -> Iterator[str]:
    for match in _IN_ADDRESS.finditer(url[:_LONGEST_ADDRESS]):
        yield "-".join(part for part in match.groups() if part)


def _first(candidates: Iterable[Text], latest: datetime | None) -> Text | None:
    """The first date that can be read and may be, in ISO 8601."""
    for candidate in candidates:
        iso = iso_date(candidate.value)
        if iso and _plausible(iso, latest):
            return Stated(iso, candidate.source)
    return None


def _moment(iso: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def _plausible(iso: str, latest: datetime | None) -> bool:
    moment = _moment(iso)
    if moment is None or moment.year < _FIRST_YEAR:
        return False
    return latest is None or moment.date() <= (latest + _AHEAD).date()
