from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from compare.changes import Change, ChangeKind, Part, Revision, Why
from compare.codec import decode_comparison, encode_comparison, read_comparison
from compare.datamodel import Cell, Comparison, Detail, Span, Status
from compare.over_time.diff import difference
from compare.over_time.versions import revisions_of
from compare.text import sentences
from templates.render import write_report

GOLDEN = Path(__file__).parents[3] / "golden" / "report" / "comparison.json"


@pytest.fixture(scope="module")
def harbour() -> Comparison:
    return read_comparison(GOLDEN)


def with_detail(comparison: Comparison, changed: Detail) -> Comparison:
    details = tuple(changed if d.id == changed.id else d for d in comparison.details)
    return replace(comparison, details=details)


def shared(comparison: Comparison) -> Detail:
    return next(d for d in comparison.details if len({m.outlet for m in d.mentions}) > 1)


def test_the_same_comparison_is_no_different(harbour: Comparison) -> None:
    found = difference(harbour, harbour)
    assert not any((found.new, found.gone, found.told, found.verdicts, found.settings))


def test_new_and_gone_details_and_where_a_gone_one_went(harbour: Comparison) -> None:
    fewer = replace(harbour, details=harbour.details[1:])
    assert [d.detail for d in difference(fewer, harbour).new] == [harbour.details[0].id]
    into = replace(fewer, forwarded={harbour.details[0].id: harbour.details[1].id})
    (gone,) = difference(harbour, into).gone
    assert (gone.detail, gone.into) == (harbour.details[0].id, harbour.details[1].id)


def test_who_added_and_who_dropped_a_detail(harbour: Comparison) -> None:
    detail = shared(harbour)
    outlet = detail.mentions[0].outlet
    kept = tuple(m for m in detail.mentions if m.outlet != outlet)
    without = with_detail(harbour, replace(detail, mentions=kept, conflicts=(), cells=()))
    # The page is the same: what counts for the detail is, and nobody added or dropped a word.
    assert difference(without, harbour).told == difference(harbour, without).told == ()
    without = replace(without, articles=tuple(a for a in harbour.articles if a.outlet != outlet))
    added, dropped = (
        next(t for t in difference(old, new).told if t.detail == detail.id)
        for old, new in ((without, harbour), (harbour, without))
    )
    assert (added.kind, added.outlet, bool(added.new), added.old) == (
        ChangeKind.ADDED,
        outlet,
        True,
        "",
    )
    assert (dropped.kind, dropped.outlet, bool(dropped.old)) == (ChangeKind.DROPPED, outlet, True)


def test_a_corrected_number_is_told_with_both_sentences(harbour: Comparison) -> None:
    mention, detail = next(
        (m, d) for d in harbour.details for m in d.mentions if "214 people" in
        next(a for a in harbour.articles if a.id == m.article).read(m.field)[m.start : m.end]
    )  # fmt: skip
    articles = tuple(
        replace(a, text=a.text.replace("214 people", "216 people"))
        if a.id == mention.article
        else a
        for a in harbour.articles
    )
    found = difference(harbour, replace(harbour, articles=articles))
    told = [t for t in found.told if t.detail == detail.id]
    assert [(t.outlet, t.kind, t.parts) for t in told] == [
        (mention.outlet, ChangeKind.CHANGED, (Part.NUMBER,))
    ]
    assert "214" in told[0].old
    assert "216" in told[0].new


def other_status(cell: Cell) -> Status:
    return Status.CANNOT_TELL if cell.status is not Status.CANNOT_TELL else Status.LEFT_OUT


def test_a_verdict_that_changed_says_what_differs_between_the_runs(harbour: Comparison) -> None:
    detail = harbour.details[0]
    cell = detail.cells[0]
    cells = (replace(cell, status=other_status(cell)), *detail.cells[1:])
    new = with_detail(harbour, replace(detail, cells=cells))
    person = with_detail(
        harbour, replace(detail, cells=(replace(cells[0], corrected_by="Lee"), *cells[1:]))
    )
    program = replace(new, run=replace(harbour.run, parallax="9"))
    settings = replace(new, run=replace(harbour.run, settings={"same": 0.9, "title": "x"}))
    own = {a.id: a for a in harbour.articles if a.outlet == cell.outlet}
    text = replace(
        new,
        articles=tuple(
            replace(a, text=a.text + "\nMore.") if a.id in own else a for a in new.articles
        ),
    )
    for comparison, why in (
        (new, ()),
        (person, (Why.PERSON,)),
        (program, (Why.PROGRAM,)),
        (text, (Why.TEXT,)),
    ):
        (verdict,) = difference(harbour, comparison).verdicts
        assert (verdict.outlet, verdict.old, verdict.new) == (
            cell.outlet,
            cell.status,
            cells[0].status,
        )
        assert verdict.why == why
    assert "same" in difference(harbour, settings).settings
    assert "title" not in difference(harbour, settings).settings


def test_the_report_shows_versions_word_by_word_and_what_changed_since(
    harbour: Comparison, tmp_path: Path
) -> None:
    old = harbour.articles[0]
    new = replace(old, id="later", text=old.text.replace("214 people", "at least 200 people"))
    start = old.text.index("The car ferry")
    change = Change(
        kind=ChangeKind.SOFTENED, field="text", old=Span(start, start + 100),
        new=Span(start, start + 100), parts=(Part.NUMBER,),
    )  # fmt: skip
    revision = Revision(outlet=old.outlet, old=old.id, new="later", changes=(change,))
    fewer = replace(harbour, details=harbour.details[1:])
    grown = replace(
        harbour,
        articles=(*harbour.articles, new),
        revisions=(revision,),
        since=difference(fewer, harbour),
    )
    assert decode_comparison(encode_comparison(grown)) == grown
    folder = write_report(grown, tmp_path / "report").parent
    page = (folder / "changed.html").read_text("utf-8")
    assert "softened (number)" in page
    assert "<del>214" in page
    assert "<ins>at least 200" in page
    assert f"details/{harbour.details[0].id}.html" in page
    assert 'href="changed.html"' in (folder / "timeline.html").read_text("utf-8")
    assert not (write_report(harbour, tmp_path / "plain").parent / "changed.html").exists()


def test_a_sentence_that_was_reworded_is_not_the_old_side_of_another_one(
    harbour: Comparison,
) -> None:
    """The page of the sample web: one sentence corrected, one added that counts for the same detail."""
    detail = shared(harbour)
    mention = next(m for m in detail.mentions if m.field == "text")
    page = next(a for a in harbour.articles if a.id == mention.article)
    span = mention.sentence or Span(mention.start, mention.end)
    was = page.text[span.start : span.end]
    now, more = f"{was[:-1]}, it said.", "A later sentence says it otherwise."
    other = replace(page, id="later", text=f"{page.text.replace(was, now)}\n{more}")
    ends = Span(len(other.text) - len(more), len(other.text))
    told = replace(mention, article="later", start=ends.start, end=ends.end, sentence=ends)
    change = Change(
        kind=ChangeKind.CHANGED, field="text", old=span, new=Span(span.start, span.start + len(now))
    )
    rest = tuple(m for m in detail.mentions if m.article != page.id)
    later = replace(
        with_detail(harbour, replace(detail, mentions=(told, *rest), conflicts=(), cells=())),
        articles=(
            *(a for a in harbour.articles if a.id != page.id),
            other,
            replace(page, fetched_at="2000-01-01T00:00:00+00:00", published=None, modified=None),
        ),
        revisions=(Revision(outlet=page.outlet, old=page.id, new="later", changes=(change,)),),
    )
    found = [t for t in difference(harbour, later).told if t.detail == detail.id]
    assert [(t.outlet, t.kind, t.old, t.new) for t in found] == [
        (page.outlet, ChangeKind.ADDED, "", more)
    ]


def test_a_detail_that_is_new_because_a_number_was_softened_is_told_so(harbour: Comparison) -> None:
    article = next(a for a in harbour.articles if "214 people" in a.text)
    span = next(s for s in sentences(article.text) if "214 people" in article.text[s.start : s.end])
    old = article.text[span.start : span.end]
    new = old.replace("214 people", "about 200 people")
    later = replace(
        article, id="later", text=article.text.replace(old, new), modified="2099-01-01T00:00:00Z"
    )
    place = Span(span.start, span.start + len(new))
    detail = shared(harbour)
    stated = replace(
        detail.mentions[0], outlet=article.outlet, article="later", field="text", start=place.start,
        end=place.end, sentence=place,
    )  # fmt: skip
    fresh = [
        replace(
            detail, id=name, text=new, mentions=(stated,), cells=(), conflicts=(), quotations=()
        )
        for name in ("fresh", "again")
    ]
    after = replace(
        harbour,
        articles=(*harbour.articles, later),
        details=(*harbour.details, *fresh),
        revisions=revisions_of((article, later)),
    )
    told = [t for t in difference(harbour, after).told if t.detail in {"fresh", "again"}]
    assert [(t.detail, t.outlet, t.kind, t.parts, t.old, t.new) for t in told] == [
        ("fresh", article.outlet, ChangeKind.SOFTENED, (Part.NUMBER,), old, new)
    ]
