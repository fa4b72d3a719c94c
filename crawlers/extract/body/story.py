"""One page, one article: which blocks stand under another story than the one the title names.

A further h1, an article element with a heading of its own, a box that its page calls the next story:
what stands there is another story, however well it reads. Where the signs are weaker (a dated heading,
a section that shares hardly a word with what comes before it), the blocks are doubtful: they stay, and
the text is not called full.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache

from crawlers.discovery.dates import day_in
from crawlers.extract.body.blocks import HEADINGS, Block, Box
from crawlers.extract.body.cards import Cards
from crawlers.extract.body.pointers import is_more_label
from crawlers.extract.body.wording import (
    SHARED,
    WORDS_TO_COMPARE,
    alike,
    is_prose,
    likeness,
    unlike,
    words_in,
    words_of_weight,
)
from crawlers.extract.metadata.schema_org import is_story_type

_NEXT_NAME = re.compile(
    r"(?<![a-z])(?:next|infinite|endless|auto-?load(?:ed)?|lazy-?load(?:ed)?)[-_]{0,2}(?:scroll|stor(?:y|ies)|articles?|posts?|up|content|items?|load(?:er)?)(?![a-z])"
    r"|(?:scroll|post|story|article)[-_](?:add|next|append|more)(?![a-z])|(?:more|other|additional|further|another)[-_]{0,2}(?:stor(?:y|ies)|articles?|posts?|news)(?![a-z])",
)
# Read in lower-case text.
_NEXT_LABEL = re.compile(
    r"^\W{0,5}(?:(?:the )?next (?:story|article|post|up)|up next|read next|more (?:news|stories|articles|headlines|top stories)|other (?:news|stories|headlines)|in other news"
    r"|also in (?:the )?news|also today|elsewhere|keep reading|continue to (?:the )?next|nächster artikel|weitere meldungen|article suivant|siguiente noticia|(?:próxima|próximo) (?:notícia|artigo)|seguinte notícia|prossimo articolo|volgend artikel|następny artykuł|следующая (?:новость|статья)|次の記事|下一篇|다음 기사|المقال التالي)\b.{0,40}$"
    r"|^\W{0,5}(?:\d{1,6} )?(?:readers?['’]?s?['’]? comments?|comments? \(?\d{1,6}\)?|\d{1,6} comments?|what readers say|join the (?:conversation|discussion)|(?:leser)?kommentare|commentaires(?: des lecteurs)?|comentarios(?: de los lectores)?|comentários|commenti|reacties|kommentarer|komentarze|комментарии|kommentit|σχόλια|yorumlar|コメント(?:一覧|欄)?|댓글|评论|評論|留言|(?:ال)?تعليقات)(?: ?\(?\d{1,6}\)?|[（:： ]{1,2}\d{1,6}[）件개]{0,2})?\W{0,3}$",
)
_SIGNED = re.compile(r"^\W{0,3}(?:by|von|par|por|di)\s+[A-ZÀ-Ý]", re.IGNORECASE)
_ENOUGH = 30  # words of the titled story that must come before, or remain
_STORY_LEVEL = 3  # lower headings are never a story's own
_LIKE = 0.5  # of the words of the shorter of two headings
_SIGNATURE_WITHIN = 3  # blocks below a heading in which its byline or date stands
_LONGEST_LABEL = 100  # characters
_SHORT = 15  # words of a byline, a date line or a label
_MOST_PLACES = 300  # that may begin another story; of 226 real pages none has more than 53
_CONTAINERS = frozenset({"div", "section", "article", "li", "main"})
_MOST = 0.8  # of the words told so far, that the titled story's box must hold
_UNDATED_LEVEL = (
    2  # of a heading that may be a story's own, though nothing says when it was written
)
_SHARED_UNDATED = 0.05  # of a section's words of weight, where nothing but its words tells


@dataclass(frozen=True, slots=True)
class OtherStories:
    """Indices of blocks that belong to another story than the page's, and of those that may.

    What is foreign by its words alone is in both: it is left out, and the text is not called full.
    """

    foreign: frozenset[int] = frozenset()
    doubtful: frozenset[int] = frozenset()


class _Found(Enum):
    """How sure it is that blocks are another story: by what the page says, by their words, or not sure."""

    STATED = "stated"
    BY_WORDS = "by words"
    DOUBTFUL = "doubtful"


NO_OTHERS = OtherStories()


def other_stories(
    blocks: Sequence[Block],
    kept: Sequence[int],
    title: str,
    url: str = "",
    *,
    heading: int | None,
) -> OtherStories:
    """What of the kept blocks is not the titled story; `heading` is the block that says its title."""
    prose = [k for k in kept if is_prose(blocks[k])]
    page = _Page(blocks, url)
    foreign: set[int] = set()
    doubtful: set[int] = set()
    by_words: set[int] = set()
    for place, region, found in _regions(page, prose, heading, title, foreign):
        if place not in foreign:
            (doubtful if found is _Found.DOUBTFUL else foreign).update(region)
            by_words.update(region if found is _Found.BY_WORDS else ())
    left = sum(page.words[k] for k in prose if k not in foreign)
    if left < _ENOUGH:  # whatever these signs mean, they do not part this page
        return OtherStories(frozenset(), frozenset(foreign | doubtful))
    return OtherStories(frozenset(foreign), frozenset((doubtful - foreign | by_words) & set(kept)))


def title_heading(blocks: Sequence[Block], title: str) -> int | None:
    """The heading that says the page's title: the likest, the highest, the first."""
    best: tuple[float, int, int] | None = None
    if not title:
        return None
    titled = words_in(title)
    for k, block in enumerate(blocks):
        level = block.box.level
        if level and (shared := alike(words_in(block.text), titled)) >= _LIKE:
            best = max(best or (shared, -level, -k), (shared, -level, -k))
    return -best[2] if best else None


class _Page:
    """A page's blocks, and what is asked of them again and again."""

    def __init__(self, blocks: Sequence[Block], url: str) -> None:
        self.blocks = blocks
        self.url = url
        self.words = [block.size for block in blocks]

    @cached_property
    def held(self) -> dict[Box, list[int]]:
        """The blocks that each box holds."""
        held: dict[Box, list[int]] = defaultdict(list)
        for j, block in enumerate(self.blocks):
            for box in block.box.chain():
                held[box].append(j)
        return held

    @cached_property
    def paragraphs(self) -> frozenset[int]:
        """The blocks that are prose."""
        return frozenset(j for j, block in enumerate(self.blocks) if is_prose(block))

    @cached_property
    def cards(self) -> Cards:
        """What is known of cards of other stories."""
        return Cards(self.blocks, self.url)

    def prose_words(self, some: Iterable[int]) -> int:
        """How many words the paragraphs among some blocks have."""
        return sum(self.words[j] for j in some if j in self.paragraphs)


class _Before:
    """The paragraphs of the titled story before a place, as the places go on down the page."""

    def __init__(self, page: _Page, prose: Sequence[int], start: int, foreign: set[int]) -> None:
        self._page, self._prose, self._foreign = page, prose, foreign
        self._start = start
        self._begin()

    def _begin(self) -> None:
        self._known, self._next = len(self._foreign), bisect_left(self._prose, self._start)
        self.own: list[int] = []
        self.words = 0
        self.anchors: set[Box] = set()

    def up_to(self, k: int) -> None:
        """Take in what stands before block `k`."""
        if len(self._foreign) != self._known:
            self._begin()
        while self._next < len(self._prose) and (p := self._prose[self._next]) < k:
            self._next += 1
            if p not in self._foreign:
                self.own.append(p)
                self.words += self._page.words[p]
                self.anchors.update(self._page.blocks[p].box.chain())


def _regions(
    page: _Page, prose: Sequence[int], heading: int | None, title: str, foreign: set[int]
) -> Iterator[tuple[int, set[int], _Found]]:
    """Every place that begins or may begin another story: its blocks, and how sure that is.

    `foreign` is what the caller has found so far: nothing in it is the titled story's.
    """
    blocks = page.blocks
    start = heading if heading is not None else (prose[0] if prose else 0)
    before = _Before(page, prose, start, foreign)
    titled = set(blocks[start].box.chain()) if blocks else set()
    looked_at = 0
    # What begins behind the last paragraph holds nothing of the text.
    for k, block in enumerate(blocks[: prose[-1] + 1 if prose else 0]):
        if k == heading or k in foreign:
            continue
        place = _place(blocks, k)
        if place is None or (place.level and likeness(block.text, title) >= _LIKE):
            continue
        before.up_to(k)
        own = before.own
        if k > start and before.words < _ENOUGH:
            continue
        if k < start:
            own = [p for p in prose if p > start][:1] if heading is not None else []
            if not own:
                continue
        looked_at += 1
        if looked_at > _MOST_PLACES:
            return
        around = {b for p in (own if k < start else ()) for b in blocks[p].box.chain()}
        anchors = before.anchors | around | titled
        told = own if k > start else prose[bisect_left(prose, start) :]
        region = _in_box(page, place, anchors, titled, told, behind=k > start)
        if region is None and k > start:
            region = _under_it(page, place, own, heading)
        if region is not None:
            yield k, *region


def _in_box(
    page: _Page,
    place: _Place,
    anchors: set[Box],
    titled: set[Box],
    told: Sequence[int],
    *,
    behind: bool,
) -> tuple[set[int], _Found] | None:
    """The blocks of the box around a place that holds another story, and how sure that is."""
    if (box := _another(page, place, anchors, behind=behind)) is not None:
        return set(page.held[box]), _Found.STATED
    box = _sibling(page, place, anchors, titled, told) or _cards(page, place, anchors, told)
    if box is None:
        return None
    return set(page.held[box]), _Found.STATED if is_story_box(box) else _Found.BY_WORDS


def _under_it(
    page: _Page, place: _Place, own: Sequence[int], heading: int | None
) -> tuple[set[int], _Found] | None:
    """What follows a heading or label without a box of its own, where it may be another story."""
    flat = _under(page.blocks, place, heading)
    found = _below_it(page, place, flat, own, heading) if flat else None
    return (flat, found) if found is not None else None


def _below_it(
    page: _Page, place: _Place, under: set[int], own: Sequence[int], heading: int | None
) -> _Found | None:
    """What stands under a heading or label without a box of its own; None for the story itself."""
    if place.label:
        return _Found.STATED
    if not 0 < place.level <= _STORY_LEVEL:
        return None
    doubtful = _announces_more(page, place, under, own) or _seems_another(
        page, place, under, own, heading
    )
    return _Found.DOUBTFUL if doubtful else None


@dataclass(frozen=True, slots=True)
class _Place:
    """A block that may begin another story: a heading of some level (0 for none), a label, a named box."""

    index: int
    level: int
    label: bool


def _place(blocks: Sequence[Block], k: int) -> _Place | None:
    level = blocks[k].box.level
    text = blocks[k].text
    label = len(text) <= _LONGEST_LABEL and _NEXT_LABEL.match(text.lower()) is not None
    if level or label:
        return _Place(k, level, label)
    if blocks[k].box.tag == "summary":
        return _Place(k, _UNDATED_LEVEL, label=False)
    begun = _begun(blocks, k)
    named = any(_calls_itself_next(b) or is_story_box(b) for b in begun)
    return _Place(k, 0, label=False) if named else None


def _begun(blocks: Sequence[Block], k: int) -> Iterator[Box]:
    """The boxes around a block that the block before it is not in, innermost first."""
    if not k:
        return blocks[k].box.chain()
    if blocks[k].box is blocks[k - 1].box:
        return iter(())
    return blocks[k].box.outside(blocks[k - 1].box)


def _calls_itself_next(box: Box) -> bool:
    return bool(box.name) and _is_next(box.name)


@lru_cache(maxsize=10_000)
def _is_next(name: str) -> bool:
    return _NEXT_NAME.search(name) is not None


def _another(page: _Page, place: _Place, anchors: set[Box], *, behind: bool) -> Box | None:
    """The box of another story around a place: one apart from the titled story that says what it is."""
    blocks = page.blocks
    apart = [b for b in blocks[place.index].box.chain() if b not in anchors]
    named = [b for b in apart if _calls_itself_next(b)]
    if named:
        return named[-1]
    articles = [b for b in apart if is_story_box(b)]
    if articles and place.level:
        return articles[-1]
    signed = place.level and any(_SIGNED.match(line) for line in _below(blocks, place.index))
    if behind and (place.level == 1 or signed):
        return next((b for b in apart if page.prose_words(page.held[b]) >= _ENOUGH), None)
    return None


def _sibling(
    page: _Page, place: _Place, anchors: set[Box], titled: set[Box], own: Sequence[int]
) -> Box | None:
    """The box around a place that is built as the titled story's whole box, stands beside it and tells of other things."""
    blocks = page.blocks
    apart = [b for b in blocks[place.index].box.chain() if b not in anchors]
    if not apart or not (place.level or is_story_box(apart[-1])):
        return None
    branch = apart[-1]
    beside = [
        a
        for a in anchors
        if a.parent is branch.parent and a.tag == branch.tag and a.kind == branch.kind
    ]
    if branch.tag not in _CONTAINERS or place.level > _STORY_LEVEL:
        return None
    told = [k for box in beside if box in titled for k in page.held[box]]
    if page.prose_words(told) < max(_ENOUGH, _MOST * page.prose_words(own)):
        return None
    return branch if unlike(blocks, page.held[branch], own) else None


def _cards(page: _Page, place: _Place, anchors: set[Box], own: Sequence[int]) -> Box | None:
    """The box of cards of other stories around a place, if they tell of other things than the story."""
    apart = [b for b in page.blocks[place.index].box.chain() if b not in anchors]
    box = page.cards.around(apart) if place.level and apart else None
    return box if box is not None and unlike(page.blocks, page.held[box], own) else None


def _announces_more(page: _Page, place: _Place, under: set[int], own: Sequence[int]) -> bool:
    """Whether a heading announces more news, and has other things under it."""
    text = page.blocks[place.index].text
    return is_more_label(text) and unlike(page.blocks, under, own)


def is_story_box(box: Box) -> bool:
    """Whether an element says that it holds one article: by its tag, its role or its schema.org type."""
    if box.tag == "article":
        return True
    element = box.element
    return element.get("role") == "article" or is_story_type(element.get("itemtype") or "")


def _under(blocks: Sequence[Block], place: _Place, heading: int | None) -> set[int]:
    """What follows a heading or label in the box around it, up to the next heading of its rank."""
    chain = list(blocks[place.index].box.chain())
    parent = next((b for b in chain if b.tag not in HEADINGS and b is not chain[0]), None)
    under = {place.index}
    for j in range(place.index + 1, len(blocks)):
        if j == heading or (parent is not None and parent not in blocks[j].box.chain()):
            break
        if place.level and 0 < blocks[j].box.level <= place.level:
            break
        under.add(j)
    return under if len(under) > 1 else set()


def _below(blocks: Sequence[Block], k: int) -> Iterator[str]:
    """The short lines right below a heading."""
    for block in blocks[k + 1 : k + 1 + _SIGNATURE_WITHIN]:
        if block.size > _SHORT:
            return
        yield block.text


def _seems_another(
    page: _Page, place: _Place, reach: set[int], own: Sequence[int], heading: int | None
) -> bool:
    """Whether a section may be a story of its own: a further h1, or dated and sharing hardly a word with what is before it."""
    blocks = page.blocks
    section = [j for j in reach if j in page.paragraphs]
    if page.prose_words(section) < _ENOUGH:
        return False
    if place.level == 1 and heading is not None:
        return True
    dated = any(day_in(line) or _SIGNED.match(line) for line in _below(blocks, place.index))
    theirs, ours = (words_of_weight(blocks[j] for j in some) for some in (section, own))
    if not dated and (place.level > _UNDATED_LEVEL or len(ours) < WORDS_TO_COMPARE):
        return False
    return len(theirs & ours) < (SHARED if dated else _SHARED_UNDATED) * len(theirs)
