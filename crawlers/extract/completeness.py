"""How much of what was published a page holds, with the reason in words.

"Left out" rests on this: an article counts as full only where the text ends as a text ends and
nothing on the page says that there is more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compare.datamodel import Completeness
from crawlers.extract.body.blocks import Block
from crawlers.extract.body.cards import words_in_cards
from crawlers.extract.body.select import Body
from crawlers.extract.body.shingles import Reference
from crawlers.extract.body.skipped import passed_over
from crawlers.extract.body.wording import content_words, is_caption, is_prose
from crawlers.extract.kinds import Judged, other_kind
from crawlers.extract.metadata.page_metadata import PageMetadata, Source, values
from crawlers.extract.text_end import leading_on, wall_lines, wall_of

# A text that has less than this share of the words that the page or feed states is a part of it.
_WHOLE = 0.85
_PASSED_SHARE = 0.25  # of the words read; less is a caption or a box beside the text
_MIN_WORDS = 60  # below it nothing tells a brief from the first paragraph of a longer text
_TERMINAL = tuple(".!?\"'”’»“‘«)]…。！？」】")
_CUT = re.compile(r"(?:\.\.\.|…|\[(?:\.\.\.|…|\+\d+ chars)\])\s*[\"'”’»)\]]?$")
_PAGES = re.compile(
    r"\b(?:page|seite|página|pagina)\s+1\s+(?:of|von|de|di)\s+([2-9]|\d\d)\b", re.IGNORECASE
)
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_TITLE_WORDS = 4  # of weight; a shorter title may well be a play on words
_MOST = 0.5  # of the words, under headlines of other pages
_IN_IT = 0.8  # of a caption's shingles
_SIGNATURE = re.compile(
    r"^\W*(?:reporting by|additional reporting|editing by|by |—|–|-|with |\(|©|copyright|source|follow |contact |e-?mail|translat|aus dem|@|#)|https?://|\S@\S|©|copyright",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Expected:
    """How long the text should be by others' word, in words, and who says so."""

    words: int
    says: str


def completeness_of(
    metadata: PageMetadata,
    body: Body,
    *,
    url: str,
    title: str,
    feed_length: int | None = None,
    ended: bool = True,
) -> Judged:
    """How complete the text is, and why; the first reason found against it being full decides.

    `ended` is whether the page came to its end: its end tag is there, or a length said so.
    """
    words = word_count(body.text)
    expected = list(_expected(metadata, body, feed_length))
    kind = other_kind(metadata, url, title, words) or _list_of_stories(body, words, url)
    if kind is not None:
        return kind
    for stated in expected:
        if words < stated.words * _WHOLE:
            part = Completeness.PAYWALLED if _walled(metadata, body) else Completeness.TRUNCATED
            return part, f"{words} of the {stated.words} words that {stated.says}"
    if (cut := _cut_short(metadata, body, words, url, whole=bool(expected))) is not None:
        return cut
    return (
        _not_its_own(metadata, body, title)
        or (None if expected else _passed_over(body, words))
        or _broken_off(body, ended=ended)
        or _ending(body, words)
    )


def _list_of_stories(body: Body, words: int, url: str) -> Judged | None:
    """Whether most of the text are teasers under headlines that lead to pages of their own."""
    teasers = words_in_cards(body.blocks, body.kept, url)
    if teasers < _MOST * words:
        return None
    return (
        Completeness.UNKNOWN,
        f"{teasers} of {words} words stand under headlines of other pages: a list of stories",
    )


def _not_its_own(metadata: PageMetadata, body: Body, title: str) -> Judged | None:
    """Signs that the text, or a part of it, is not the titled article's."""
    if body.others.doubtful:
        return (
            Completeness.UNKNOWN,
            f"{len(body.others.doubtful)} paragraphs stand under a heading that may be another story's",
        )
    named = " ".join([title, *metadata.all_headlines, *values(metadata.descriptions)])
    wanted = content_words(named)
    if (
        len(wanted) >= _TITLE_WORDS
        and not _UNSPACED.search(named)
        and all(wanted.isdisjoint(content_words(part)) for part in body.text.split("\n\n"))
    ):
        return Completeness.UNKNOWN, "the text shares no word with the page's title and description"
    return None


def _broken_off(body: Body, *, ended: bool) -> Judged | None:
    if ended or body.provenance is not Source.PAGE:
        return None
    return (
        Completeness.UNKNOWN,
        "the page has no end tag, and nothing says that all of it came",
    )


def word_count(text: str) -> int:
    """The words of a text; in scripts without spaces two characters count as one."""
    unspaced = 0 if text.isascii() else len(_UNSPACED.findall(text))
    return len(text.split()) + unspaced // 2


def _expected(metadata: PageMetadata, body: Body, feed_length: int | None) -> Iterator[Expected]:
    count = metadata.word_count
    if count is not None and count.value > _MIN_WORDS:
        yield Expected(count.value, "the page states")
    if body.stated:
        yield Expected(word_count(body.stated) - _captions(body), "its articleBody has")
    if feed_length and body.text:
        per_word = len(body.text) / max(1, word_count(body.text))
        yield Expected(int(feed_length / per_word), "its feed carries")


def _captions(body: Body) -> int:
    """The words of the articleBody that the page shows beside its text: captions, links, labels."""
    stated, kept = Reference(body.stated), set(body.kept)
    beside = (
        block
        for k, block in enumerate(body.blocks)
        if k not in kept and (is_caption(block) or not is_prose(block))
    )
    return sum(word_count(block.text) for block in beside if stated.share(block.run) >= _IN_IT)


def _walled(metadata: PageMetadata, body: Body) -> bool:
    return _paid(metadata) or any(wall_lines(body))


def _paid(metadata: PageMetadata) -> bool:
    """Whether the page states that it, or a part of it, is not free."""
    return metadata.free is not None and not metadata.free.value


def _cut_short(
    metadata: PageMetadata, body: Body, words: int, url: str, *, whole: bool
) -> Judged | None:
    """Signs that the page shows only the beginning; `whole` where a stated length is reached."""
    if not whole:
        if _paid(metadata):
            return (
                Completeness.PAYWALLED,
                "the page states that it is not free, and nothing shows that all of it is here",
            )
        if (wall := wall_of(body, words)) is not None:
            return wall
    last = body.blocks[body.kept[-1]].text if body.kept else body.text[-300:]
    if _CUT.search(last):
        return Completeness.TRUNCATED, "the text ends in dots"
    if not whole and (line := leading_on(body, url)) is not None:
        return Completeness.TRUNCATED, f"after the text stands: {line[:80]}"
    if (pages := _pagination(body)) is not None:
        return Completeness.TRUNCATED, pages
    if words < _MIN_WORDS and not whole:
        return (
            Completeness.UNKNOWN,
            f"only {words} words, and nothing on the page says that this is all",
        )
    return None


def _passed_over(body: Body, words: int) -> Judged | None:
    """Tables or prose among the article's paragraphs that were not taken as its text.

    They may be another text's, or extraction may be wrong; a detail in them was not left out.
    """
    passed = sum(word_count(block.text) for block in passed_over(body))
    if passed < max(_MIN_WORDS, words * _PASSED_SHARE):
        return None
    return (
        Completeness.UNKNOWN,
        f"{words} words were read, and {passed} in tables or paragraphs among them were not",
    )


def _pagination(body: Body) -> str | None:
    end = body.kept[-1] if body.kept else 0
    for block in body.blocks[max(0, end - 2) : end + 8]:
        if match := _PAGES.search(block.text):
            return f"the page is the first of {match.group(1)}"
    return None


def _ending(body: Body, words: int) -> Judged:
    last = _last_prose(body)
    if last is None:
        return Completeness.UNKNOWN, f"{words} words without one whole sentence"
    if not last.rstrip().endswith(_TERMINAL):
        return Completeness.TRUNCATED, f"the text ends in the middle of a sentence: {last[-60:]!r}"
    return (
        Completeness.FULL,
        f"{words} words that end with a sentence; nothing says that there is more",
    )


def _last_prose(body: Body) -> str | None:
    """The last paragraph that is prose: no heading, list item, row, signature or short line."""
    lines: Sequence[str | Block] = [body.blocks[k] for k in body.kept] or body.text.split("\n\n")
    for line in reversed(lines):
        text = line if isinstance(line, str) else line.text
        listed = not isinstance(line, str) and (
            line.box.tag in {"h1", "h2", "h3", "h4", "h5", "h6", "li", "tr"}
            or line.linked > 0.6 * len(text)
        )
        if not listed and not _SIGNATURE.match(text) and word_count(text) >= 6:
            return text
    return None
