"""Hostile text in every field of a comparison comes out inert and legible."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compare.datamodel import (
    SCHEMA_VERSION,
    Article,
    Attribution,
    Carried,
    Cell,
    Comparison,
    Completeness,
    Conflict,
    ConflictKind,
    Cue,
    Detail,
    Event,
    Failure,
    Mention,
    Quotation,
    Quoted,
    Rendering,
    Run,
    Span,
    Stage,
    Status,
)
from compare.kinds import CarriedHow, CueKind, Slant, SourceKind, Variant, Voice
from compare.said import DayTold, ReferenceFact, Sourced, StatedIn
from templates.embed import embeds
from templates.exports import cells_csv, coding_sheet_csv, matrix_csv, mentions_csv
from templates.facts.index import Facts
from templates.facts.known import Known
from templates.html.legible import legible
from templates.html.strings import english
from templates.press import Press
from templates.render import pages
from templates.view_tables import view_tables
from templates.views.words import words_page

ATTACKS = (
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style></script><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "JAVASCRIPT://x%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "%s %(x)s {0} {x}",
    "\u202egnp.exe\u2066",
    "\u200b\ufeff\u2060zero\u200bwidth",
    "\ue001\ue000\N{SYMBOL FOR UNIT SEPARATOR}",
    "\x00\x07\x1b[31m",
    "W" * 10_000,
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "a\u0300\u0301\u0302\u0303\u0304",
    '<slot name="body"></slot>',
    "=cmd|' /C calc'!A0",
    "--><!--",
    'https://a.example/"><script>alert(1)</script>',
    "مرحبا <b>",
)
TEXT = st.one_of(st.sampled_from(ATTACKS), st.text(max_size=30)).map(lambda s: f"x{s}")
ELEMENTS = frozenset(
    """html head meta title link script body a header p bdi nav ul li main div h1 h2 h3 section span table thead tbody
    tr th td details summary dl dt dd footer mark del ins blockquote article aside ol i b sup figure figcaption svg rect
    line circle text form label select option input fieldset legend output pre
    dialog kbd button""".split()
)
HARMLESS = re.compile(
    r"(?:https?://[^\s\"<>]+|#[a-z0-9-]+|(?:\.\./)?(?:[a-z]+/)?[a-z0-9-]+\.(?:html|css|js|csv|json)(?:\?[a-z0-9=&-]+)?(?:#[a-z0-9-]+)?)\Z"
)
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    """Two outlets that share a detail and conflict in it, and a third that could not be read."""
    names = draw(st.lists(TEXT, min_size=3, max_size=3, unique=True))
    ids = draw(st.lists(TEXT, min_size=2, max_size=2, unique=True))
    articles = tuple(_article(draw, name, key) for name, key in zip(names, ids, strict=False))
    mentions = tuple(_mention(draw, article) for article in articles)
    spans = [Span(m.start, min(m.start + 3, m.end)) for m in mentions]
    conflict = Conflict(
        a=0, b=1, kind=draw(st.sampled_from(ConflictKind)), a_value=draw(TEXT), b_value=draw(TEXT),
        a_span=spans[0], b_span=spans[1], sentence=draw(TEXT),
    )  # fmt: skip
    cells = (
        Cell(
            outlet=names[0],
            status=Status.CONFLICTING,
            reason=draw(TEXT),
            confidence=0.5,
            mentions=(0,),
            lacks=(draw(TEXT),),
        ),
        Cell(
            outlet=names[1],
            status=Status.EDITORIALIZED,
            reason=draw(TEXT),
            confidence=0.5,
            mentions=(1,),
        ),
        Cell(outlet=names[2], status=Status.CANNOT_TELL, reason=draw(TEXT), confidence=1),
    )
    detail = Detail(
        id=draw(TEXT),
        text=draw(TEXT),
        mentions=mentions,
        cells=cells,
        conflicts=(conflict,),
        origins=2,
        quotations=(
            Quotation(renderings=(_rendering(draw, mentions, 0), _rendering(draw, mentions, 1))),
        ),
    )
    failure = Failure(
        stage=draw(st.sampled_from(Stage)),
        reason=draw(TEXT),
        url=draw(TEXT),
        outlet=names[2],
        at=draw(TEXT),
    )
    carried = Carried(
        article=ids[0],
        source=draw(TEXT),
        source_article=None,
        how=draw(st.sampled_from(CarriedHow)),
        share=0.4,
        spans=(Span(0, 2),),
    )
    return Comparison(
        schema_version=SCHEMA_VERSION,
        run=Run(parallax=draw(TEXT), model=draw(TEXT), started=draw(TEXT), settings={draw(TEXT): draw(TEXT)}, libraries={draw(TEXT): draw(TEXT)}),
        event=Event(about=draw(TEXT), start=draw(TEXT), end=draw(TEXT), urls=(draw(TEXT),)),
        outlets=tuple(names),
        articles=articles,
        details=(detail,),
        failures=(failure,),
        carried=(carried,),
        sources=(
            Sourced(article=ids[0], field="text", start=0, end=2, kind=draw(st.sampled_from(SourceKind)), source=f"Ana {draw(TEXT)}", cue=draw(TEXT), chain=(draw(TEXT),)),
            Sourced(article=ids[1], field="text", start=0, end=2, kind=SourceKind.NAMED, source=f"Ana X{draw(TEXT)}"),
        ),
        days=(DayTold(article=ids[0], start=0, end=1, first=draw(TEXT), last=draw(TEXT)),),
        reference=(
            ReferenceFact(text=draw(TEXT), stated=(StatedIn(article=ids[0], field="text", start=0, end=2, probability=0.7),)),
        ),
    )  # fmt: skip


def _article(draw: st.DrawFn, outlet: str, key: str) -> Article:
    return Article(
        id=key, outlet=outlet, title=draw(TEXT), text=f"{draw(TEXT)}\n{draw(TEXT)}", url=draw(TEXT),
        authors=(draw(TEXT),), published=draw(st.one_of(TEXT, st.just("2031-05-06"))), modified=draw(TEXT), fetched_at=draw(TEXT), language=draw(TEXT),
        completeness=draw(st.sampled_from(Completeness)), completeness_reason=draw(TEXT),
        quoted=(Quoted(start=0, end=1, source=draw(TEXT)),), provenance={draw(TEXT): draw(TEXT)}, archived=draw(TEXT),
    )  # fmt: skip


def _mention(draw: st.DrawFn, article: Article) -> Mention:
    end = draw(st.integers(1, len(article.text)))
    cue = Cue(start=0, end=1, kind=draw(st.sampled_from(CueKind)), plainer=draw(TEXT))
    attribution = Attribution(
        voice=draw(st.sampled_from(Voice)),
        source=draw(TEXT),
        verb=draw(TEXT),
        chain=(draw(TEXT), draw(TEXT)),
    )
    return Mention(
        claim="c", article=article.id, outlet=article.outlet, field="text", start=0, end=end, probability=0.5,
        editorialized=True, slant=draw(st.sampled_from(Slant)), cues=(cue,), attribution=attribution, carried_from=draw(TEXT),
    )  # fmt: skip


def _rendering(draw: st.DrawFn, mentions: tuple[Mention, ...], i: int) -> Rendering:
    start, end = mentions[i].start, mentions[i].end
    return Rendering(mention=i, start=start, end=end, variant=draw(st.sampled_from(Variant)), speaker=draw(TEXT), verb=draw(TEXT))  # fmt: skip


def visible(document: str) -> str:
    page: lxml.html.HtmlElement = lxml.html.document_fromstring(document.encode())
    return str(page.text_content())


def facts_of(comparison: Comparison) -> Facts:
    """With all that the command line may add: what a registry says, and whose report it is."""
    attack = comparison.event.about
    known = {comparison.outlets[0]: Known(attack, attack, attack, attack)}
    return Facts(comparison, english(), known=known, ours=comparison.outlets[1])


def documents(comparison: Comparison) -> Iterator[str]:
    facts = facts_of(comparison)
    press = Press(facts)
    for path, page in pages(facts):
        yield press.document(path, page).decode()


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(comparisons())
def test_no_text_becomes_markup_or_leads_anywhere(comparison: Comparison) -> None:
    for document in documents(comparison):
        page: lxml.html.HtmlElement = lxml.html.document_fromstring(document.encode())
        for element in page.iter():
            assert element.tag in ELEMENTS, element.tag
            for name, value in element.attrib.items():
                assert not str(name).startswith("on"), name
                if name in {"href", "src"}:
                    assert HARMLESS.match(str(value)), value
        scripts = list(page.iter("script"))
        assert len(scripts) == 1
        assert not (scripts[0].text or "").strip()


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(comparisons())
def test_all_text_is_there_and_legible(comparison: Comparison) -> None:
    found = list(documents(comparison))
    for document in found:
        assert not UNFIT.search(document)
    texts = ["".join(visible(document).split()) for document in found]

    def shown(words: str) -> bool:
        return any("".join(legible(words).split()) in text for text in texts)

    detail = comparison.details[0]
    assert shown(comparison.event.about)
    assert all(map(shown, comparison.outlets))
    assert all(shown(cell.reason) for cell in detail.cells)
    assert shown(detail.text)
    assert shown(detail.conflicts[0].sentence)
    assert shown(comparison.failures[0].reason)
    assert shown(comparison.reference[0].text)
    assert all(shown(article.title) for article in comparison.articles)


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(comparisons())
def test_the_one_file_and_the_tables_hold_as_well(comparison: Comparison) -> None:
    facts = facts_of(comparison)
    for _, data in embeds(facts):
        small: lxml.html.HtmlElement = lxml.html.document_fromstring(data)
        assert {str(e.tag) for e in small.iter()} <= (ELEMENTS | {"style"}) - {"script"}
    one = Press(facts).one_file((page for _, page in pages(facts)), theme="")
    page: lxml.html.HtmlElement = lxml.html.document_fromstring(one.encode())
    assert len(list(page.iter("script"))) == 1
    assert {str(e.tag) for e in page.iter()} <= ELEMENTS | {"style"}
    for table in (
        matrix_csv(facts),
        mentions_csv(facts),
        b"".join(coding_sheet_csv(facts)),
        b"".join(cells_csv(facts)),
        *(data for _, data in view_tables(facts, words_page(facts))),
    ):
        assert not UNFIT.search(table.decode("utf-8-sig").replace("\r", "").replace("\n", ""))
