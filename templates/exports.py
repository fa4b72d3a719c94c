"""The report as tables: CSV that a spreadsheet opens as text and nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from templates.facts import DetailFact, Facts
from templates.legible import legible
from templates.links import text_fragment
from templates.views.parts import voice

# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MATRIX_HEAD = ("detail", "text", "stated_by", "origins", "group", "conflicts")
_MENTION_HEAD = (
    "detail", "outlet", "article", "field", "start", "end", "words", "probability", "editorialized", "cues",
    "voice", "carried_from", "published", "fetched", "link",
)  # fmt: skip
_CODING_HEAD = (
    "detail", "text", "outlet", "status", "reason", "confidence", "evidence", "link",
    "coder", "coder_status", "coder_agrees", "coder_note",
)  # fmt: skip


def matrix_csv(facts: Facts) -> bytes:
    """One line a detail, one column an outlet; the cells are the statuses in words."""
    words = facts.say.status
    lines = (
        (
            fact.key, fact.detail.text, fact.stated_by, fact.detail.origins, fact.group,
            " ".join(c.sentence for c in fact.detail.conflicts),
            *(words[cell.status] if cell else "" for cell in fact.cells),
        )
        for fact in facts.details
    )  # fmt: skip
    return _table((*_MATRIX_HEAD, *facts.outlets), lines)


def mentions_csv(facts: Facts) -> bytes:
    """One line a mention, with its words, where they stand, who vouches for them and a link."""
    return _table(
        _MENTION_HEAD, (line for fact in facts.details for line in _mention_lines(facts, fact))
    )


def _mention_lines(facts: Facts, fact: DetailFact) -> Iterable[Sequence[object]]:
    for m in fact.detail.mentions:
        article = facts.articles[m.article]
        text = article.read(m.field)
        yield (
            fact.key, m.outlet, m.article, m.field, m.start, m.end, text[m.start : m.end],
            f"{m.probability:.3f}", "yes" if m.editorialized else "no",
            "; ".join(f"{text[c.start : c.end]} ({c.kind})" for c in m.cues),
            voice(m.attribution, facts.say), m.carried_from or "", article.published or "",
            article.fetched_at or "", text_fragment(article.url, text[m.start : m.end]),
        )  # fmt: skip


def coding_sheet_csv(facts: Facts) -> bytes:
    """One line a cell, the evidence beside it, and empty columns for a coder's own verdict."""
    return _table(
        _CODING_HEAD, (line for fact in facts.details for line in _coding_lines(facts, fact))
    )


def _coding_lines(facts: Facts, fact: DetailFact) -> Iterable[Sequence[object]]:
    for name, cell in zip(facts.outlets, fact.cells, strict=True):
        if cell is None:
            continue
        proof = [fact.detail.mentions[i] for i in cell.mentions]
        texts = [facts.articles[m.article].read(m.field)[m.start : m.end] for m in proof]
        link = text_fragment(facts.articles[proof[0].article].url, texts[0]) if proof else ""
        yield (
            fact.key, fact.detail.text, name, facts.say.status[cell.status], cell.reason,
            f"{cell.confidence:.2f}", " | ".join(texts), link, "", "", "", "",
        )  # fmt: skip


def _table(head: Sequence[object], lines: Iterable[Sequence[object]]) -> bytes:
    """RFC 4180, UTF-8 with a byte order mark, without which Excel guesses another encoding."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([_inert(cell) for cell in head])
    writer.writerows([_inert(cell) for cell in line] for line in lines)
    return file.getvalue().encode("utf-8-sig")


def _inert(cell: object) -> object:
    """A cell that no spreadsheet runs: an apostrophe in front of what would begin a formula."""
    if type(cell) is not str:
        return cell
    text = str(legible(cell))
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
