"""The views as tables: who is quoted by whom, where and how much, who calls whom what, days as told, ours, the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compare.kinds import SourceKind
from templates.exports import inert, table
from templates.facts.index import Facts
from templates.views.ours import our_details, our_sides
from templates.views.space import spots
from templates.views.words import WordsPage

SOURCE_COLUMNS = {
    "outlet": "who quotes",
    "source": "who is quoted, by name; empty where no name tells the source",
    "kind": "named, official, expert, unnamed or other media",
    "words": "how many words of the outlet's articles that source stands for",
    "stretches": "in how many stretches",
}
SPACE_COLUMNS = {
    "detail": "the detail's id",
    "part_of": "the id of the larger detail that it is part of, as in comparison.json; empty for most",
    "outlet": "whose article it is",
    "place": "where it states the detail first: headline, lead, upper (half), lower (half) or last (paragraph)",
    "words": "words of the sentences that state it",
}
DAY_COLUMNS = {
    "first": "the day that is named; of a range the first",
    "last": "the same day, or the last of the range",
    "outlet": "who names it",
    "article": "the article's id",
    "start": "where the words that name it begin in the article's text, in characters from 0",
    "end": "where they end",
    "words": "the words",
}
NAMING_COLUMNS = {
    "about": "the name of the person, or the two wordings that stand in the same place",
    "kind": "person, or wording (of groups and acts)",
    "outlet": "who uses the words",
    "words": "the words",
    "loaded": "yes where they are loaded",
    "detail": "the id of the detail whose sentence holds them; empty for a person",
}
OURS_COLUMNS = {
    "what": "missing (two others or more state it), differs, alone (only we state it) or later (it came up after our version)",
    "detail": "the detail's id",
    "text": "the detail in its plainest mention",
    "importance": "core, supporting or background: how central it is to the event",
    "stated_by": "how many outlets state it",
    "values": "where we differ: our value, then those of others, each with who gives it",
}
REFERENCE_COLUMNS = {
    "fact": "the fact, as the list has it",
    "outlet": "the outlet",
    "article": "the id of its article that states it; empty where none was found to",
    "probability": "how likely it does, 0 to 1",
    "words": "the sentence",
}


def view_tables(facts: Facts, words: WordsPage) -> Iterator[tuple[str, bytes]]:
    """Each table with its path; `words` is the page of words, which need not be worked out twice."""
    yield "data/sources.csv", table(tuple(SOURCE_COLUMNS), _sources(facts))
    yield "data/space.csv", table(tuple(SPACE_COLUMNS), _space(facts))
    yield "data/naming.csv", table(tuple(NAMING_COLUMNS), _naming(words))
    yield "data/days.csv", table(tuple(DAY_COLUMNS), _days(facts))
    if facts.ours:
        yield "data/ours.csv", table(tuple(OURS_COLUMNS), _ours(facts))
    if facts.comparison.reference:
        yield "data/reference.csv", table(tuple(REFERENCE_COLUMNS), _reference(facts))


def _sources(facts: Facts) -> Iterator[Sequence[object]]:
    voices = facts.voices
    for name in facts.outlets:
        left = dict(voices.words), dict(voices.stretches)
        for heard in voices.named.values():
            if name in heard.words:
                kind, words, stretches = heard.kind, heard.words[name], heard.stretches[name]
                yield inert(name), inert(heard.name), kind.value, words, stretches
                for counts, own in zip(left, (words, stretches), strict=True):
                    counts[name, kind] = counts.get((name, kind), 0) - own
        for kind in SourceKind:
            if left[0].get((name, kind), 0) > 0:
                yield inert(name), "", kind.value, left[0][name, kind], left[1].get((name, kind), 0)


def _space(facts: Facts) -> Iterator[Sequence[object]]:
    for fact in facts.with_parts:
        for spot in spots(facts, fact):
            if spot:
                part_of = facts.part_of(fact.detail)
                yield fact.key, part_of, inert(spot.outlet), spot.place, spot.words


def _naming(page: WordsPage) -> Iterator[Sequence[object]]:
    for row in page.naming.rows:
        for column, cell in zip(page.columns, row.cells, strict=True):
            for c in cell:
                yield (
                    inert(row.name),
                    "person",
                    inert(column.name),
                    inert(c.words),
                    _yes(c.loaded),
                    "",
                )
    for exchange in page.exchanges:
        about = inert(f"{exchange.one} / {exchange.other}")
        for column, calls in zip(page.columns, exchange.cells, strict=True):
            for call in calls:
                words = inert(call.words)
                yield about, "wording", inert(column.name), words, _yes(call.loaded), call.detail


def _yes(value: bool) -> str:  # noqa: FBT001
    return "yes" if value else "no"


def _ours(facts: Facts) -> Iterator[Sequence[object]]:
    for what, found in our_details(facts).items():
        for fact in found:
            detail = fact.detail
            values = "; ".join(our_sides(facts, fact)) if what == "differs" else ""
            yield (
                what, fact.key, inert(detail.text), detail.importance.value, fact.stated_by, inert(values),
            )  # fmt: skip


def _days(facts: Facts) -> Iterator[Sequence[object]]:
    for day in facts.comparison.days:
        article = facts.articles.get(day.article)
        if article is not None:
            words = inert(article.text[day.start : day.end])
            yield (
                inert(day.first),
                inert(day.last),
                inert(article.outlet),
                inert(article.id),
                day.start,
                day.end,
                words,
            )


def _reference(facts: Facts) -> Iterator[Sequence[object]]:
    for fact in facts.comparison.reference:
        found = {s.article: s for s in fact.stated if s.article in facts.articles}
        for name in facts.outlets:
            own = [found[a.id] for a in facts.articles_of[name] if a.id in found]
            if not own:
                yield inert(fact.text), inert(name), "", "", ""
            for s in own:
                words = inert(facts.articles[s.article].read(s.field)[s.start : s.end])
                yield inert(fact.text), inert(name), inert(s.article), f"{s.probability:.3f}", words
