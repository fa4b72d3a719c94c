"""Ids of details that survive a new run: a citation of last week leads to the same fact today.

Without an earlier comparison a detail's id comes from its first statement, by time: articles and
versions that are added later do not change who said it first. With one, details are matched to those of
the earlier comparison by the sentences that both hold, and keep their ids; an id whose detail went into
another one is forwarded there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import SequenceMatcher
from hashlib import sha256

from compare.datamodel import Article, Comparison, Detail, Mention
from compare.text import words
from compare.times import moment

# A detail is an earlier one, or went into another, if that holds at least this share of what is left of it.
MOST = 0.5
# A sentence was reworded, not replaced, if it shares this share of its words; as difflib's ratio has it.
REWORDED = 0.6
ID_LENGTH = 12
_UNDATED = datetime.max.replace(tzinfo=UTC)

# An outlet's sentence as it is known from run to run: article ids may change, its words do not.
_Sentence = tuple[str, str]


def with_ids(
    details: Sequence[Detail], articles: Sequence[Article], earlier: Comparison | None = None
) -> tuple[tuple[Detail, ...], dict[str, str]]:
    """The details with ids that survive, in the same order, and the old ids that now lead to another one.

    `earlier` is a comparison of the same event whose ids are kept; what it forwarded itself is
    forwarded on. No two details get one id, and no new detail gets an id that meant something else.
    """
    read = {a.id: a for a in articles}
    known: dict[int, str] = {}
    forwarded: dict[str, str] = {}
    if earlier is not None:
        known, merged = _matched(earlier, details, read)
        taken = {d.id for d in earlier.details} | earlier.forwarded.keys()
    else:
        merged, taken = {}, set()
    ids: list[str] = []
    for number, detail in enumerate(details):
        found = known.get(number) or _fresh(detail, read, taken)
        taken.add(found)
        ids.append(found)
    if earlier is not None:
        forwarded = {old: ids[number] for old, number in merged.items()}
        now = set(ids)
        for old, target in earlier.forwarded.items():
            lead = forwarded.get(target, target)
            if lead in now:
                forwarded[old] = lead
    new_of = {d.id: new for d, new in zip(details, ids, strict=True)}
    named = (
        replace(d, id=new, part_of=new_of.get(d.part_of) if d.part_of else None)
        for d, new in zip(details, ids, strict=True)
    )
    return tuple(named), forwarded


def _fresh(detail: Detail, read: Mapping[str, Article], taken: Iterable[str]) -> str:
    """An id from the detail's first statement; from its first two, and so on, where that is taken."""
    stated = [_sentence_words(m, read) for m in _by_time(detail.mentions, read)]
    stretches = [_stretch_words(m, read) for m in _by_time(detail.mentions, read)]
    seeds = [stated[0], stated[0] + "\n" + stretches[0]] if stated else [detail.id]
    seeds += ["\n".join((*seeds, *stated[1:n])) for n in range(2, len(stated) + 1)]
    for seed in (*seeds, *(f"{seeds[-1]}\n{n}" for n in range(len(tuple(taken)) + 1))):
        found = sha256(seed.encode()).hexdigest()[:ID_LENGTH]
        if found not in taken:
            return found
    raise AssertionError("more ids than details are taken")


def _by_time(mentions: Sequence[Mention], read: Mapping[str, Article]) -> list[Mention]:
    def when(m: Mention) -> tuple[datetime, str, bool, int, int]:
        article = read.get(m.article)
        known = moment(article.published or article.modified) if article else None
        return (known.start if known else _UNDATED), m.outlet, m.field == "text", m.start, m.end

    return sorted(mentions, key=when)


def _sentence_words(mention: Mention, read: Mapping[str, Article]) -> str:
    span = mention.sentence
    start, end = (span.start, span.end) if span else (mention.start, mention.end)
    return _words_at(mention, start, end, read)


def _stretch_words(mention: Mention, read: Mapping[str, Article]) -> str:
    return _words_at(mention, mention.start, mention.end, read)


def _words_at(mention: Mention, start: int, end: int, read: Mapping[str, Article]) -> str:
    article = read.get(mention.article)
    text = article.read(mention.field)[start:end] if article else ""
    return " ".join(w.key for w in words(text)) or text


@dataclass(frozen=True, slots=True)
class _Held:
    """What a detail holds of each sentence: where the stretch begins and ends in it."""

    places: Mapping[_Sentence, tuple[int, int]]

    def overlap(self, other: _Held) -> float:
        """How much two details hold of the same sentences, in sentences."""
        shared = self.places.keys() & other.places.keys()
        return sum(_common(self.places[s], other.places[s]) for s in shared)


def _common(a: tuple[int, int], b: tuple[int, int]) -> float:
    both = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, both) / max(a[1] - a[0], b[1] - b[0], 1)


def _held(
    detail: Detail, read: Mapping[str, Article], same: Mapping[_Sentence, _Sentence]
) -> _Held:
    places: dict[_Sentence, tuple[int, int]] = {}
    for m in detail.mentions:
        key = (m.outlet, _sentence_words(m, read))
        offset = m.sentence.start if m.sentence else m.start
        places.setdefault(same.get(key, key), (m.start - offset, m.end - offset))
    return _Held(places)


def _matched(
    earlier: Comparison, details: Sequence[Detail], read: Mapping[str, Article]
) -> tuple[dict[int, str], dict[str, int]]:
    """The earlier id of each detail that has one, by its place; and where the other earlier ones went."""
    before = {a.id: a for a in earlier.articles}
    same = _reworded(earlier.details, before, details, read)
    new = [_held(d, read, same) for d in details]
    old = [_held(d, before, {}) for d in earlier.details]
    holding: dict[_Sentence, list[int]] = defaultdict(list)
    for number, held in enumerate(new):
        for sentence in held.places:
            holding[sentence].append(number)
    still = holding.keys()
    scores: list[tuple[float, int, int]] = []
    for a, held in enumerate(old):
        left = sum(s in still for s in held.places)
        for b in sorted({n for s in held.places for n in holding.get(s, ())}):
            common = held.overlap(new[b])
            scores.append((common / left, a, b))
    return _assigned(scores, old, new, [d.id for d in earlier.details])


def _assigned(
    scores: Sequence[tuple[float, int, int]],
    old: Sequence[_Held],
    new: Sequence[_Held],
    ids: Sequence[str],
) -> tuple[dict[int, str], dict[str, int]]:
    """Best first, one to one; what is left of the earlier ones goes where most of it is."""

    def likeness(score: tuple[float, int, int]) -> tuple[float, int, int]:
        share, a, b = score
        common = old[a].overlap(new[b])
        either = len(old[a].places) + len(new[b].places) - common
        return -(common / either if either else share), a, b

    known: dict[int, str] = {}
    gone: set[int] = set()
    for _, a, b in sorted(map(likeness, scores)):
        if a not in gone and b not in known:
            known[b] = ids[a]
            gone.add(a)
    merged: dict[str, int] = {}
    for share, a, b in sorted(scores, key=lambda s: (-s[0], s[1], s[2])):
        if a not in gone and share >= MOST:
            merged.setdefault(ids[a], b)
    return known, merged


def _reworded(
    old: Iterable[Detail],
    before: Mapping[str, Article],
    new: Iterable[Detail],
    now: Mapping[str, Article],
) -> dict[_Sentence, _Sentence]:
    """Sentences of now that reword one of the same outlet that is gone: each with that one."""
    was, is_now = _sentences(old, before), _sentences(new, now)
    found: dict[_Sentence, _Sentence] = {}
    for outlet, texts in is_now.items():
        lost = sorted(was.get(outlet, set()) - texts)
        for text in sorted(texts - was.get(outlet, set())) if lost else ():
            ratios = [
                (SequenceMatcher(None, text.split(), o.split(), autojunk=False), o) for o in lost
            ]
            near = [(m.ratio(), o) for m, o in ratios if m.real_quick_ratio() >= REWORDED]
            best = max(near, default=(0.0, ""))
            if best[0] >= REWORDED:
                found[outlet, text] = (outlet, best[1])
    return found


def _sentences(details: Iterable[Detail], read: Mapping[str, Article]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for detail in details:
        for m in detail.mentions:
            found[m.outlet].add(_sentence_words(m, read))
    return found
