"""The report as tables: CSV that a spreadsheet opens as text and nothing else."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from compare import spreadsheet
from compare.datamodel import Cell, Detail, Mention, Status
from compare.spreadsheet import MARK
from templates.facts.details import CARRIED, CODES, UNJUDGED, DetailFact
from templates.facts.index import Facts
from templates.facts.rated import Rated
from templates.html.legible import legible
from templates.views.conflicts import hard
from templates.views.shared import voice

# Each table's columns, with what they hold, as docs/formats.md has it.
MATRIX_COLUMNS = {
    "detail": "the detail's id, as in comparison.json and the report's addresses",
    "part_of": "the id of the larger detail that it is part of, as in comparison.json; empty for most",
    "text": "the detail in its plainest mention",
    "importance": "core, supporting or background: how central it is to the event",
    "stated_by": "how many outlets state it",
    "origins": "in how many texts of their own they do",
    "group": "everyone (all outlets), able (all who could), some or one",
    "conflicts": "each contradiction once, in a sentence",
}
MENTION_COLUMNS = {
    "detail": "the detail's id",
    "part_of": "the id of the larger detail that it is part of, as in comparison.json; empty for most",
    "outlet": "whose article it is",
    "article": "the article's id",
    "field": "title or text",
    "start": "where the words begin in it, in characters from 0",
    "end": "where they end; the character there is the first that is not theirs",
    "words": "the words themselves",
    "probability": "how likely the mention belongs to the detail, 0 to 1",
    "editorialized": "yes where the outlet's own voice adds loaded words",
    "cues": "those words, each with its kind",
    "voice": "who is said to say it",
    "carried_from": "whose words they are, where they are not the outlet's own",
    "published": "when the article was published, as precisely as that is known",
    "fetched": "when it was read",
    "record": "the archived record that its article was read from (WARC-Record-ID); empty where none is known",
    "link": "the words on the live page",
}
CELL_COLUMNS = {
    "event": "what the event is called, so that tables of many events can be one",
    "detail": "the detail's id",
    "part_of": "the id of the larger detail that it is part of, as in comparison.json; empty for most",
    "outlet": "whose cell it is",
    "status": "what the program says the outlet did with it",
    "confidence": "how sure that is, 0 to 1",
    "importance": "core, supporting or background: how central the detail is to the event",
}
_FOR_CODER = 4
_COUNTED_AS = {
    Status.INCLUDED: "tell it",
    Status.EDITORIALIZED: "tell it",
    Status.CONFLICTING: "tell it",
    Status.LEFT_OUT: "left it out",
    Status.CANNOT_TELL: "cannot tell",
}
_COUNTED = tuple(dict.fromkeys(_COUNTED_AS.values()))
CODING_COLUMNS = {
    "detail": "the detail's id",
    "part_of": "the id of the larger detail that it is part of, as in comparison.json; empty for most",
    "text": "the detail in its plainest mention",
    "outlet": "whose cell it is",
    "status": "what the program says the outlet did with it",
    "reason": "why, in a sentence",
    "confidence": "how sure that is, 0 to 1",
    "evidence": "the words that show it, if the outlet states it",
    "link": "the first of them on the live page",
    "coder": "yours: who codes",
    "coder_status": "yours: the status as you see it",
    "coder_agrees": "yours: yes or no",
    "coder_note": "yours: anything else",
}


def matrix_csv(facts: Facts) -> bytes:
    """One line a detail, one column an outlet; the cells are the statuses in words."""
    words = {code: inert(word) for code, word in _statuses(facts).items()}
    lines = (
        (
            fact.key, facts.part_of(fact.detail), inert(fact.detail.text), fact.detail.importance.value,
            fact.stated_by, fact.detail.origins, fact.group,
            inert(" ".join(dict.fromkeys(c.sentence for c in hard(fact.detail)))),
            *map(words.__getitem__, fact.codes),
        )
        for fact in facts.with_parts
    )  # fmt: skip
    return table((*MATRIX_COLUMNS, *map(inert, facts.outlets)), lines)


def mentions_csv(facts: Facts) -> bytes:
    """One line a mention, with its words, where they stand, whom they are attributed to and a link.

    The user's own rating of its outlet, if there is one, comes last.
    """
    shown = cache(inert)
    ratings = {name: [shown(value) for value in _rating(facts, name)] for name in facts.outlets}
    lines = (
        (*line, *ratings[mention.outlet])
        for detail in facts.comparison.details
        for mention, line in _mention_lines(facts, detail, facts.part_of(detail), shown)
    )
    return table((*MENTION_COLUMNS, *map(inert, _rating_head(facts))), lines)


def _mention_lines(
    facts: Facts, detail: Detail, part_of: str, shown: Callable[[str], str]
) -> Iterable[tuple[Mention, Sequence[object]]]:
    key = facts.detail_keys[detail.id]
    for m in detail.mentions:
        article = facts.articles[m.article]
        text = article.read(m.field)
        words = text[m.start : m.end]
        yield m, (
            key, part_of, shown(m.outlet), shown(m.article), m.field, m.start, m.end, shown(words),
            f"{m.probability:.3f}", "yes" if m.editorialized else "no",
            shown("; ".join(f"{text[c.start : c.end]} ({c.kind})" for c in m.cues)),
            shown(voice(m.attribution, facts.say)), shown(m.carried_from or ""),
            shown(article.published or ""), shown(article.fetched_at or ""),
            shown(article.record or ""), facts.live(m),
        )  # fmt: skip


def coding_sheet_csv(facts: Facts) -> Iterator[bytes]:
    """One line a cell, the evidence beside it, and empty columns for a coder's own verdict.

    The user's own rating of its outlet, if there is one, comes last.
    """
    # Hundreds of thousands of lines in a large report: what many share is made once.
    quoted, sure = _Quoted(), cache("{:.2f}".format)
    verdicts = _verdicts(facts, quoted)
    ends = [
        "," * _FOR_CODER + "".join(f",{quoted[value]}" for value in _rating(facts, name)) + "\r\n"
        for name in facts.outlets
    ]
    head = (*CODING_COLUMNS, *map(quoted.__getitem__, _rating_head(facts)))
    yield f"{MARK}{','.join(head)}\r\n".encode()
    for fact in facts.with_parts:
        lines = []
        start = f"{fact.key},{facts.part_of(fact.detail)},{quoted[fact.detail.text]},"
        for verdict, code, cell, end in zip(verdicts, fact.codes, fact.cells, ends, strict=True):
            if cell is not None:
                proof = _proof(facts, fact, cell) if cell.mentions or cell.stated_in else ","
                lines.append(
                    f"{start}{verdict[code]}{quoted[cell.reason]},{sure(cell.confidence)},{proof}{end}"
                )
        yield "".join(lines).encode()


def cells_csv(facts: Facts) -> Iterator[bytes]:
    """One line a cell, long and narrow, of every detail: for statistics over many events."""
    quoted, sure = _Quoted(), cache("{:.2f}".format)
    event = quoted[facts.about]
    verdicts = _verdicts(facts, quoted)
    yield f"{MARK}{','.join(CELL_COLUMNS)}\r\n".encode()
    for fact in facts.with_parts:
        start = f"{event},{fact.key},{facts.part_of(fact.detail)},"
        end = f",{fact.detail.importance.value}\r\n"
        lines = [
            f"{start}{verdict[code]}{sure(cell.confidence)}{end}"
            for verdict, code, cell in zip(verdicts, fact.codes, fact.cells, strict=True)
            if cell is not None
        ]
        yield "".join(lines).encode()


def _verdicts(facts: Facts, quoted: Mapping[str, str]) -> list[dict[str, str]]:
    """For every outlet, by the letter of a status: two fields, its name and the status in words."""
    words = _statuses(facts)
    return [
        {code: f"{quoted[name]},{quoted[word]}," for code, word in words.items()}
        for name in facts.outlets
    ]


class _Quoted(dict[str, str]):
    """Every text that was asked for as a field: inert, and as RFC 4180 has it."""

    def __missing__(self, text: str) -> str:
        field = self[text] = _field(inert(text))
        return field


def by_rating_csv(facts: Facts, ratings: Rated) -> bytes:
    """One line a detail; for every rating how many of its outlets tell it, leave it out, cannot tell.

    What was published before a detail was known counts for none of the three.
    """
    sizes = Counter(map(ratings.of, facts.comparison.outlets))
    columns = [(r, what) for r in sorted(sizes, key=ratings.order) for what in _COUNTED]
    head = [inert(f"{ratings.column} {r} ({sizes[r]}): {what}") for r, what in columns]
    lines = []
    for fact in facts.with_parts:
        detail = fact.detail
        counts = Counter((ratings.of(c.outlet), _COUNTED_AS.get(c.status)) for c in detail.cells)
        own = (counts[column] for column in columns)
        lines.append((fact.key, facts.part_of(detail), inert(detail.text), *own))
    return table(("detail", "part_of", "text", *head), lines)


def _rating_head(facts: Facts) -> tuple[str, ...]:
    return (f"rating: {facts.ratings.column}",) if facts.ratings else ()


def _rating(facts: Facts, outlet: str) -> tuple[str, ...]:
    return (facts.ratings.of(outlet),) if facts.ratings else ()


def _statuses(facts: Facts) -> dict[str, str]:
    """The word of a status for every letter that stands for one; "" for none."""
    words = {code: facts.say.status[status] for status, code in CODES.items()}
    return words | {CARRIED: facts.say.status[Status.INCLUDED], UNJUDGED: ""}


def _field(text: str) -> str:
    """A field as RFC 4180 has it: in quotation marks where it needs them."""
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def _proof(facts: Facts, fact: DetailFact, cell: Cell) -> str:
    """The words that prove a cell, and where the first of them stand on the live page."""
    proof = fact.detail.evidence_of(cell)
    words = inert(" | ".join(map(facts.quoted, proof)))
    return f"{_field(words)},{_field(facts.live(proof[0]))}"


def table(head: Sequence[object], lines: Iterable[Sequence[object]]) -> bytes:
    """RFC 4180, UTF-8 with a byte order mark."""
    file = io.StringIO(newline="")
    file.write(MARK)
    writer = csv.writer(file)
    writer.writerow(head)
    writer.writerows(lines)
    return file.getvalue().encode()


def inert(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe in front of what would begin a formula."""
    return spreadsheet.inert(legible(text))
