"""What can be told of a text block before deciding whether it is part of the article.

One row of numbers a block: how other extractors voted on it, what it is made of, what its markup
calls it, and how its neighbours and its siblings fare. Names of elements are read only below the
part of the page that holds most of the voted text: above it they say nothing about a single block.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from lxml.html import HtmlElement
from numpy.typing import NDArray

from crawlers.extract.blocks import Block

Matrix = NDArray[np.float64]

_WORD = re.compile(r"\w+")
SHINGLE = 3
TAGS = "p h1 h2 h3 h4 h5 li blockquote figcaption div td dd section article header footer pre aside center".split()
AROUND = "nav aside footer header figure form table li ul blockquote section article".split()
# What publishers call the things around an article, in class, id and data attributes.
LEXICON: dict[str, str] = {
    "caption": r"caption|credit|copyright|photo|image-|img|gallery|figure|slideshow|bildtext|legend|lightbox",
    "related": r"relat|recommend|read-?more|more-?on|also|promo|trending|popular|most-|next-|-next|outbrain|taboola|card|list-item|mostread|carousel|swiper|feed|river|stream",
    "share": r"share|social|sharing|facebook|whatsapp|follow|toolbar|tools|button|btn",
    "newsletter": r"newsletter|subscri|sign-?_?up|register|login|\babo|paywall|piano|offer|donat|support|membership|cta|inscri",
    "comment": r"comment|disqus|reply|respond|discussion|forum",
    "author": r"author|byline|contributor|\bbio|autor|writer|redakteur|profile|avatar|signature",
    "meta": r"meta|date|time|\btag|-tag|categor|breadcrumb|kicker|eyebrow|section-|label|topic|keyword|info|source|published|badge|rubri",
    "nav": r"nav|menu|footer|header|masthead|side-?bar|side-|rail|banner|cookie|consent|modal|popup|overlay|widget|\btoc|skip|logo|sticky|search|dropdown|hidden|sr-only|visually",
    "ad": r"\bads?\b|advert|sponsor|dfp|anzeige|commerc|affiliate|partner",
    "box": r"box|highlight|key-?points|bullets|glance|note|editor|correction|disclaimer|poll|quiz|timeline|embed|pull|quote|table|chart",
    "body": r"article-?_?body|article-?_?content|article-?_?text|entry-?content|post-?content|story-?body|story-?content|story-?text|body-?text|rich-?text|article__|paragraph|maintext|content-?body|prose",
    "lead": r"lead|standfirst|intro|dek\b|deck|subtitle|sub-title|subhead|summary|excerpt|abstract|teaser|vorspann|entradilla|ingress|chapo|perex|description|sottotitolo|bajada|tagline|strapline|lede|sapo",
}
_LEXICON = [re.compile(pattern) for pattern in LEXICON.values()]
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden")
_TERMINAL = tuple('.!?…"”»’。！？」')
_CREDIT = re.compile(
    r"getty|shutterstock|reuters|\bafp\b|\bap photo|\bdpa\b|imago|\bepa\b|©|\(c\)|photos? ?:|foto ?:|image ?:"
    r"|photograph|picture ?:|file photo|bild ?:|quelle ?:|credit",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^\W*(read (more|also|next|the)|also read|more (on|from|:|stories)|see also|see more|related|watch|click here"
    r"|lesen sie|mehr zum|mehr:|lesetipp|auch interessant|lire aussi|à lire|lea también|leia (também|mais)|leggi anche"
    r"|les også|läs (mer|också|även)|læs (også|mere)|lees ook|czytaj (także|też|więcej)|zobacz|čtěte|ler mais|follow us"
    r"|sign up|subscribe|newsletter|share|copyright|all rights|tags?:|topics?:|recommended|trending|up next"
    r"|advertisement|anzeige|publicidad|story continues)",
    re.IGNORECASE,
)
_INVITES = re.compile(
    r"newsletter|subscri|sign up|inbox|whatsapp|telegram|follow us|abonn|suscr|iscriviti|inscrev"
    r"|download (our|the) app|cookie|log ?in|sign in|einloggen|anmelden|registr|e-?mail address|contact us"
    r"|send (us )?tips|join (the|our)|donat",
    re.IGNORECASE,
)
_LONG_PARAGRAPH = 15  # words; shorter ones are as often captions and links as text
_VOTED = 0.6  # share of a block's shingles in another extractor's text
_PRIOR = (0.3, 2.0)  # what a group without other members would count: this vote, for so many words


class Reference:
    """A text that blocks are compared with, as its shingles of three words and its lines."""

    def __init__(self, text: str) -> None:
        words = words_of(text)
        self.size = len(words)
        self.shingles = set(shingles(words))
        self.lines = {" ".join(words_of(line)) for line in text.split("\n")}

    def share(self, words: Sequence[str]) -> float:
        """The share of a block that is in this text; short blocks must be a whole line of it."""
        if not words or not self.size:
            return 0.0
        if len(words) < SHINGLE:
            return float(" ".join(words) in self.lines)
        own = shingles(words)
        return sum(s in self.shingles for s in own) / len(own)


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Texts that know something of the article: an extractor's, and the page's own statements."""

    extractor: Reference
    stated: Reference
    description: Reference
    titles: Reference


def words_of(text: str) -> list[str]:
    """The words of a text, lower case."""
    return _WORD.findall(text.lower())


def shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    """All runs of three words; fewer words are one run."""
    if not words:
        return []
    return [tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))]


@dataclass(slots=True)
class _Names:
    """What an element's own attributes say, as bits of LEXICON, and whether it is hidden."""

    seen: dict[str, int]

    def bits(self, element: HtmlElement) -> int:
        get = element.get
        text = f"{get('class') or ''} {get('id') or ''} {get('itemprop') or ''} {get('data-testid') or ''} {get('data-component') or ''}".lower()
        known = self.seen.get(text)
        if known is None:
            known = (
                sum(1 << k for k, pattern in enumerate(_LEXICON) if pattern.search(text))
                if text.strip()
                else 0
            )
            self.seen[text] = known
        return known


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or (style is not None and _HIDDEN.search(style.lower()) is not None)
    )


def hidden_elements(blocks: Sequence[Block]) -> frozenset[HtmlElement]:
    """The elements around these blocks that a browser does not show."""
    return frozenset(e for e in {e for b in blocks for e in b.ancestors} if _is_hidden(e))


def signs_of(blocks: Sequence[Block], witnesses: Witnesses) -> tuple[list[str], Matrix]:
    """The names of the signs, and their values, one row a block."""
    words = [words_of(b.text) for b in blocks]
    sizes = np.array([len(w) for w in words], dtype=float)
    votes = np.array([witnesses.extractor.share(w) for w in words])
    columns: dict[str, Matrix] = {}
    columns |= _text_signs(blocks, words, sizes, votes, witnesses)
    weighed = np.where(votes >= _VOTED, 1.0, votes * 0.5) * sizes
    plain = np.array([_reads_as_prose(b, n) for b, n in zip(blocks, sizes, strict=True)]) * sizes
    columns |= _place_signs(blocks, sizes, votes, weighed)
    columns |= _markup_signs(blocks, weighed)
    for name, mass in (("vote", weighed), ("prose", plain)):
        columns |= _company_signs(name, blocks, sizes, mass)
    heading = sum(columns[f"tag_{t}"] for t in ("h2", "h3", "h4", "h5"))
    columns["heading_vote_next3"] = heading * columns["vote_next3"]
    columns["heading_vote_prev3"] = heading * columns["vote_prev3"]
    return list(columns), np.column_stack(list(columns.values())) if len(blocks) else np.zeros(
        (0, len(columns))
    )


def _reads_as_prose(block: Block, size: float) -> float:
    return float(
        size >= _LONG_PARAGRAPH
        and block.linked < 0.4 * len(block.text)
        and block.text.endswith(_TERMINAL)
    )


def _text_signs(
    blocks: Sequence[Block],
    words: list[list[str]],
    sizes: Matrix,
    votes: Matrix,
    witnesses: Witnesses,
) -> dict[str, Matrix]:
    stated = np.array([witnesses.stated.share(w) for w in words])
    states = float(witnesses.stated.size > 30)
    texts = [b.text for b in blocks]
    lengths = np.array([max(1, len(t)) for t in texts], dtype=float)
    ones = np.ones(len(blocks))
    before, anywhere = _repetition(words)
    flags = {
        "ends": [t.endswith(_TERMINAL) for t in texts],
        "colon": [t.endswith(":") for t in texts],
        "lower": [t[:1].islower() for t in texts],
        "credit": [
            len(w) < 40 and _CREDIT.search(t) is not None for t, w in zip(texts, words, strict=True)
        ],
        "more": [_MORE.match(t) is not None for t in texts],
        "invites": [_INVITES.search(t) is not None for t in texts],
    }
    return {
        "vote": votes,
        "voted": (votes >= _VOTED).astype(float),
        "stated": stated * states,
        "unstated": (stated < 0.3) * states,
        "states": ones * states,
        "stated_share": ones
        * states
        * min(1.5, float((stated * sizes).sum()) / max(1, witnesses.stated.size)),
        "stated_length": ones
        * states
        * min(3.0, witnesses.stated.size / max(1, witnesses.extractor.size)),
        "length": np.log1p(sizes),
        "linked": np.array([b.linked for b in blocks]) / lengths,
        "emphasised": np.array([b.emphasised for b in blocks]) / lengths,
        "digits": np.array([sum(map(str.isdigit, t)) for t in texts]) / lengths,
        "capitals": np.array([sum(map(str.isupper, t)) for t in texts]) / lengths,
        "description": np.array(
            [witnesses.description.share(w) if len(w) > 3 else 0.0 for w in words]
        ),
        "title": np.array([witnesses.titles.share(w) if len(w) > 1 else 0.0 for w in words]),
        "repeats_before": before,
        "repeats": anywhere,
    } | {name: np.array(values, dtype=float) for name, values in flags.items()}


def _repetition(words: list[list[str]]) -> tuple[Matrix, Matrix]:
    """For each block the share of its shingles that stand in an earlier block, and in any other."""
    runs = [shingles(w) for w in words]
    everywhere = Counter(s for run in runs for s in set(run))
    seen: set[tuple[str, ...]] = set()
    before, anywhere = np.zeros(len(runs)), np.zeros(len(runs))
    for k, run in enumerate(runs):
        if run:
            before[k] = sum(s in seen for s in run) / len(run)
            anywhere[k] = sum(everywhere[s] > 1 for s in run) / len(run)
            seen.update(run)
    return before, anywhere


def _place_signs(
    blocks: Sequence[Block], sizes: Matrix, votes: Matrix, weighed: Matrix
) -> dict[str, Matrix]:
    count = len(blocks)
    where = np.arange(count)
    voted = np.flatnonzero((votes >= _VOTED) & (sizes >= 8))
    first, last = (int(voted[0]), int(voted[-1])) if len(voted) else (0, count - 1)
    passed = np.concatenate([[0.0], np.cumsum(sizes)])[:count]
    passed_votes = np.concatenate([[0.0], np.cumsum(weighed)])[:count]
    heading = next((k for k, b in enumerate(blocks) if b.element.tag == "h1"), count)
    start, stop = (passed[first], passed[last]) if count else (0.0, 0.0)
    return {
        "before": (where < first).astype(float),
        "after": (where > last).astype(float),
        "before_by": np.log1p(np.maximum(0, start - passed)),
        "after_by": np.log1p(np.maximum(0, passed - stop)),
        "votes_passed": passed_votes / max(1.0, weighed.sum()),
        "below_title": (where > heading).astype(float),
        "votes_total": np.full(count, math.log1p(weighed.sum())),
    }


def _markup_signs(blocks: Sequence[Block], weighed: Matrix) -> dict[str, Matrix]:
    """Tags and names: of the holder, of the two elements above it, and of any that is its own.

    An element is a block's own when it holds less than half of all voted words.
    """
    below: dict[HtmlElement, float] = defaultdict(float)
    for block, mass in zip(blocks, weighed, strict=True):
        for element in block.ancestors:
            below[element] += mass
    half = weighed.sum() / 2
    names = _Names({})
    hidden = hidden_elements(blocks)
    around_bit = {tag: 1 << k for k, tag in enumerate(AROUND)}
    rows = np.zeros((len(blocks), 6), dtype=np.int64)
    unseen = np.zeros(len(blocks))
    for k, block in enumerate(blocks):
        own = near = private = tags = everywhere = depth = 0
        for level, element in enumerate(block.ancestors):
            bits = names.bits(element)
            if level == 0:
                own = bits
            elif level < 3:
                near |= bits
            everywhere |= bits
            if below[element] < half or not half:
                private |= bits
                tags |= around_bit.get(element.tag, 0)
                depth += 1
        unseen[k] = bool(hidden) and not hidden.isdisjoint(block.ancestors)
        rows[k] = own, near, private, tags, everywhere, depth
    columns = {
        f"tag_{t}": np.array([b.element.tag == t for b in blocks], dtype=float) for t in TAGS
    }
    columns |= {f"in_{t}": _bit(rows[:, 3], k) for k, t in enumerate(AROUND)}
    for k, name in enumerate(LEXICON):
        columns |= {
            f"own_{name}": _bit(rows[:, 0], k),
            f"near_{name}": _bit(rows[:, 1], k),
            f"any_{name}": _bit(rows[:, 2], k),
        }
    body = list(LEXICON).index("body")
    columns |= {"all_body": _bit(rows[:, 4], body), "hidden": unseen, "depth": np.log1p(rows[:, 5])}
    return columns


def _bit(masks: NDArray[np.int64], k: int) -> Matrix:
    return ((masks >> k) & 1).astype(float)


def _company_signs(
    name: str, blocks: Sequence[Block], sizes: Matrix, mass: Matrix
) -> dict[str, Matrix]:
    """How much of the words around a block has the mass: beside it, among its siblings, its likes."""
    count = len(blocks)
    cumulated = np.concatenate([[0.0], np.cumsum(mass)])
    lengths = np.concatenate([[0.0], np.cumsum(sizes)])
    where = np.arange(count)

    def between(start: NDArray[np.int64], stop: NDArray[np.int64]) -> Matrix:
        start, stop = np.clip(start, 0, count), np.clip(stop, 0, count)
        total = lengths[stop] - lengths[start]
        share: Matrix = np.divide(
            cumulated[stop] - cumulated[start], total, out=np.zeros(count), where=total > 0
        )
        return share

    columns = {f"{name}_prev{n}": between(where - n, where) for n in (1, 3, 8)}
    columns |= {f"{name}_next{n}": between(where + 1, where + 1 + n) for n in (1, 3, 8)}
    columns[f"{name}_both8"] = np.minimum(columns[f"{name}_prev8"], columns[f"{name}_next8"])
    parents = [b.ancestors[min(1, len(b.ancestors) - 1)] for b in blocks]
    above = [b.ancestors[min(2, len(b.ancestors) - 1)] for b in blocks]
    likes = [
        (b.element.tag, b.element.get("class"), p.tag, p.get("class"))
        for b, p in zip(blocks, parents, strict=True)
    ]
    total = max(1.0, float(mass.sum()))
    for label, keys in (("siblings", parents), ("cousins", above), ("likes", likes)):
        group_mass: dict[object, float] = defaultdict(float)
        group_size: dict[object, float] = defaultdict(float)
        for key, m, s in zip(keys, mass, sizes, strict=True):
            group_mass[key] += m
            group_size[key] += s
        masses = np.array([group_mass[k] for k in keys])
        others = np.array([group_size[k] for k in keys]) - sizes
        prior, weight = _PRIOR
        columns[f"{name}_{label}"] = (masses - mass + prior * weight) / (others + weight)
        columns[f"{name}_{label}_size"] = np.log1p(others)
        columns[f"{name}_{label}_share"] = masses / total
    return columns
