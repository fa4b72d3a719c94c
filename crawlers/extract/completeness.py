"""How much of what was published a page holds, with the reason in words.

"Left out" rests on this: an article counts as full only where the text ends as a text ends and
nothing on the page says that there is more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from compare.datamodel import Completeness
from crawlers.extract.body.blocks import Block
from crawlers.extract.body.select import Body
from crawlers.extract.body.skipped import passed_over
from crawlers.extract.metadata.structured import Node, PageData, types_of

Judged = tuple[Completeness, str]

# A text that has less than this share of the words that the page or feed states is a part of it.
_WHOLE = 0.85
_PASSED_SHARE = 0.25  # of the words read; less is a caption or a box beside the text
_MIN_WORDS = 60  # below it nothing tells a brief from the first paragraph of a longer text
_SHORT_FOR_VIDEO = 150
_LIVE_WORDS = re.compile(
    r"\blive[- ]?(?:blog|updates?|ticker|coverage|feed)\b|\bnews-?ticker\b|\bas it happened\b|\bliveticker\b|\bminute by minute\b|\bminuto a minuto\b|\ben direct\b",
    re.IGNORECASE,
)
_LIVE_PATH = re.compile(
    r"/live(?:blog|-updates|-news|ticker|-reporting)?(?:/|$)|liveblog|liveticker|live-updates|newsticker",
    re.IGNORECASE,
)
_VIDEO_PATH = re.compile(r"/(?:videos?|watch|tv|podcasts?|audio)/", re.IGNORECASE)
_ROUNDUP = re.compile(
    r"\b(?:morning|evening|daily|weekly|midday|news|politics|world|election) (?:brief(?:ing)?s?|roundup|round-up|digest|report|headlines|newsletter|wrap)\b"
    r"|\bin brief\b|\bround-?up\b|\btop (?:stories|headlines|news)\b|\b\d+ things (?:to|you)\b|\bwhat (?:we|you)(?:'re| are)? (?:reading|need to know (?:today|this))\b"
    r"|\bnews (?:of|from) the (?:day|week)\b|\bthe (?:week|day) in\b|\blinks? (?:of|for) the (?:day|week)\b|\bpresseschau\b|\brevue de presse\b",
    re.IGNORECASE,
)
_TERMINAL = tuple(".!?\"'”’»“‘«)]…。！？」】")
_CUT = re.compile(r"(?:\.\.\.|…|\[(?:\.\.\.|…|\+\d+ chars)\])\s*[\"'”’»)\]]?$")
_CONTINUE = re.compile(
    r"^\W*(?:continue reading|read (?:the )?(?:more|full (?:story|article)|rest)|keep reading|view full article|weiterlesen|ganzen artikel lesen|lire la suite|seguir leyendo|leer más|continua a leggere|leia mais)\W*$"
    r"|to continue reading|(?:continue|keep) reading (?:this|the|with|by)|to read (?:the (?:full|rest)|this (?:article|story))|for (?:the )?full (?:story|article|access)",
    re.IGNORECASE,
)
_WALL_WORDS = re.compile(
    r"already (?:a |an )?(?:subscriber|member|registered)|subscribers? only|(?:for|exclusive to) (?:our )?(?:paying )?(?:subscribers|members)|members? only|premium (?:content|article)"
    r"|subscribe (?:now |today )?(?:to|for) (?:continue|read|unlock|keep|get (?:full|unlimited)|access|unlimited)|to continue reading|unlock (?:this|the|full)|this (?:article|story|content) is (?:for|only|reserved|available (?:to|only))"
    r"|you(?:'ve| have) (?:reached|read|used) (?:your|all|\d)|free articles? (?:remaining|left|this month)|log ?in to (?:continue|read)|register (?:for free )?to (?:continue|read|keep)"
    r"|jetzt weiterlesen|weiterlesen mit|mit .{0,20}\+ (?:weiter)?lesen|nur für abonnenten|diesen artikel (?:weiter)?lesen"
    r"|réservé aux abonnés|il vous reste .{0,20}% de cet article|pour lire la suite|contenido exclusivo|solo para suscriptores|suscríbete para (?:leer|seguir)|articolo riservato|abbonati per",
    re.IGNORECASE,
)
_WALL_NAMES = re.compile(
    r"pay-?_?wall|reg-?wall|metered|subscriber-?only|premium-?(?:content|wall|teaser)|piano-?(?:inline|container)|tp-(?:modal|container)|fade-?out|content-?gate|article-?gate|regwall|locked-?content|truncat",
    re.IGNORECASE,
)
_FADES = re.compile(r"fade-?out|truncat|locked|blurred")
_PAGES = re.compile(
    r"\b(?:page|seite|página|pagina)\s+1\s+(?:of|von|de|di)\s+([2-9]|\d\d)\b", re.IGNORECASE
)
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
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
    data: PageData,
    body: Body,
    *,
    url: str,
    title: str,
    feed_length: int | None = None,
) -> Judged:
    """How complete the text is, and why; the first reason found against it being full decides."""
    words = word_count(body.text)
    expected = list(_expected(data, body, feed_length))
    kind = _other_kind(data, url, title, words)
    if kind is not None:
        return kind
    for stated in expected:
        if words < stated.words * _WHOLE:
            part = Completeness.PAYWALLED if _walled(data, body) else Completeness.TRUNCATED
            return part, f"{words} of the {stated.words} words that {stated.says}"
    if (cut := _cut_short(data, body, words, whole=bool(expected))) is not None:
        return cut
    return (None if expected else _passed_over(body, words)) or _ending(body, words)


def word_count(text: str) -> int:
    """The words of a text; in scripts without spaces two characters count as one."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // 2


def _expected(data: PageData, body: Body, feed_length: int | None) -> Iterator[Expected]:
    count = data.article.get("wordCount")
    try:
        stated = int(count) if isinstance(count, (int, str)) else 0
    except ValueError:
        stated = 0
    if stated > _MIN_WORDS:
        yield Expected(stated, "the page states")
    if body.stated:
        yield Expected(word_count(body.stated), "its articleBody has")
    if feed_length and body.text:
        per_word = len(body.text) / max(1, word_count(body.text))
        yield Expected(int(feed_length / per_word), "its feed carries")


def _other_kind(data: PageData, url: str, title: str, words: int) -> Judged | None:
    path = urlsplit(url).path
    if data.has_type("liveblogposting") or _LIVE_PATH.search(path) or _LIVE_WORDS.search(title):
        return Completeness.LIVE_BLOG, "the page calls itself a live blog; its entries change"
    about = types_of(data.article)
    og_type = (data.first("og:type") or "").lower()
    is_video = (
        "videoobject" in about
        or og_type.startswith("video")
        or (_VIDEO_PATH.search(path) and not about)
    )
    if is_video and words < _SHORT_FOR_VIDEO:
        return Completeness.VIDEO, f"a video or audio page with {words} words of text"
    if data.has_type("videoobject") and words < _MIN_WORDS:
        return Completeness.VIDEO, f"a page around a video with {words} words of text"
    if _ROUNDUP.search(title) or re.search(
        r"/(?:round-?up|newsletters?|briefing|headlines)s?/", path
    ):
        return Completeness.ROUNDUP, "its title or address calls it a round-up of several stories"
    return None


def _walled(data: PageData, body: Body) -> bool:
    return _paid(data.article) or _wall_line(body) is not None


def _paid(article: Node) -> bool:
    """Whether the page states that it, or a part of it, is not free."""
    parts = article.get("hasPart")
    nodes = [
        article,
        *(p for p in (parts if isinstance(parts, list) else [parts]) if isinstance(p, dict)),
    ]
    values = [node.get("isAccessibleForFree") for node in nodes]
    return any(
        v is False or (isinstance(v, str) and v.strip().lower() in {"false", "no"}) for v in values
    )


def _wall_line(body: Body) -> str | None:
    """A line on the page that asks to subscribe or register to read on."""
    last = body.kept[-1] if body.kept else 0
    kept = set(body.kept)
    around = range(max(0, last - 3), min(len(body.blocks), last + 15))
    for k in around:
        text = body.blocks[k].text
        if (
            len(text) < 400
            and _WALL_WORDS.search(text)
            and (k > last or k not in kept or len(text) < 200)
        ):
            return text
    return None


def _cut_short(data: PageData, body: Body, words: int, *, whole: bool) -> Judged | None:
    """Signs that the page shows only the beginning; `whole` where a stated length is reached."""
    if not whole:
        if _paid(data.article):
            return (
                Completeness.PAYWALLED,
                "the page states that it is not free, and nothing shows that all of it is here",
            )
        if (line := _wall_line(body)) is not None:
            return Completeness.PAYWALLED, f"after the text stands: {line[:120]}"
        if (name := _wall_name(body)) is not None:
            return (
                Completeness.PAYWALLED,
                f"the text stands beside or in an element named {name[:60]!r}",
            )
    last = body.blocks[body.kept[-1]].text if body.kept else body.text[-300:]
    if _CUT.search(last):
        return Completeness.TRUNCATED, "the text ends in dots"
    after = (
        [b.text for b in body.blocks[body.kept[-1] + 1 : body.kept[-1] + 4]] if body.kept else []
    )
    for line in (last, *after):
        if len(line) < 120 and _CONTINUE.search(line) and not whole:
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


def _wall_name(body: Body) -> str | None:
    """The class of an element that fades or locks the last paragraphs or stands right after them."""
    if not body.kept:
        return None
    for k in body.kept[-2:]:
        for box in islice(body.blocks[k].box.chain(), 4):
            if _FADES.search(box.name):
                return box.name.strip()
    last = body.blocks[body.kept[-1]].box.element
    for element in last.itersiblings():
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _WALL_NAMES.search(name):
            return name.strip()
    return None


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
