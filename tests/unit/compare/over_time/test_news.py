"""What is told between two looks, on the invented harbour event."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from compare.changes import Change, ChangeKind, NewsItem, NewsKind, Part, Revision
from compare.codec import read_comparison
from compare.datamodel import Article, Comparison, Span
from compare.over_time.diff import difference
from compare.over_time.news import news
from compare.over_time.versions import revisions_of
from compare.zones import time_zone
from templates.feed import Told, feed, sentence, write_news

GOLDEN = Path(__file__).parents[3] / "golden" / "report" / "comparison.json"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def harbour() -> Comparison:
    return read_comparison(GOLDEN)


def told(old: Comparison, new: Comparison) -> tuple[NewsItem, ...]:
    return news(old, new, difference(old, new))


def later(article: Article, text: str) -> Article:
    return replace(
        article, id=f"{article.id}-later", text=text, modified="2099-01-01T00:00:00+00:00"
    )


def test_nothing_is_new_where_nothing_changed(harbour: Comparison) -> None:
    assert told(harbour, harbour) == ()


def test_a_new_article_is_told_by_its_title(harbour: Comparison) -> None:
    new = replace(harbour.articles[0], id="n", url="https://example.org/n", title="Another report")
    (item,) = told(harbour, replace(harbour, articles=(*harbour.articles, new)))
    assert sentence(item) == f"{new.outlet} published “Another report”"
    assert item.url == new.url


def test_a_detail_grouped_otherwise_is_no_news_of_an_outlet(harbour: Comparison) -> None:
    detail = next(d for d in harbour.details if len({m.outlet for m in d.mentions}) > 1)
    kept = tuple(m for m in detail.mentions if m.outlet != detail.mentions[0].outlet)
    fewer = replace(detail, mentions=kept, cells=(), conflicts=(), quotations=())
    without = replace(
        harbour, details=tuple(fewer if d.id == detail.id else d for d in harbour.details)
    )
    assert difference(harbour, without).told == ()
    assert told(harbour, without) == told(without, harbour) == ()


def test_what_a_later_version_lacks_is_dropped_though_the_earlier_one_is_kept(
    harbour: Comparison,
) -> None:
    detail = next(d for d in harbour.details if len({m.outlet for m in d.mentions}) > 1)
    mention = next(m for m in detail.mentions if m.field == "text")
    span = mention.sentence or Span(mention.start, mention.end)
    page = next(a for a in harbour.articles if a.id == mention.article)
    words = page.text[span.start : span.end]
    shorter = later(page, page.text.replace(words, ""))
    change = Change(kind=ChangeKind.DROPPED, field="text", old=span)
    revision = Revision(outlet=page.outlet, old=page.id, new=shorter.id, changes=(change,))
    new = replace(harbour, articles=(*harbour.articles, shorter), revisions=(revision,))
    found = difference(harbour, new).told
    assert (page.outlet, ChangeKind.DROPPED) in {(t.outlet, t.kind) for t in found}
    (item,) = [i for i in told(harbour, new) if i.old == words]
    assert sentence(item) == f"{page.outlet} dropped a statement"
    assert told(new, new) == ()


def test_a_correction_note_is_told_once_and_whole_though_details_state_parts_of_it(
    harbour: Comparison,
) -> None:
    detail = next(d for d in harbour.details if len({m.outlet for m in d.mentions}) > 1)
    mention = next(m for m in detail.mentions if m.field == "text")
    page = next(a for a in harbour.articles if a.id == mention.article)
    part = "The ferry had two decks."
    note = f"Correction: The ferry was not new. {part}"
    longer = later(page, f"{page.text}\n{note}")
    start = longer.text.index(part)
    span = Span(start, start + len(part))
    stated = replace(mention, article=longer.id, start=span.start, end=span.end, sentence=span)
    more = replace(detail, mentions=(*detail.mentions, stated))
    new = replace(
        harbour,
        articles=(*harbour.articles, longer),
        revisions=revisions_of((page, longer)),
        details=tuple(more if d.id == detail.id else d for d in harbour.details),
    )
    (since,) = difference(harbour, new).told
    assert (since.kind, since.new) == (ChangeKind.CORRECTION, part)
    (item,) = told(harbour, new)
    assert (item.kind, item.new) == (NewsKind.CORRECTION, note)


def test_a_feed_is_well_formed_whatever_the_words_are(tmp_path: Path) -> None:
    odd = "<b>&amp; \x00\x1f ]]> \ud800 “ü”"
    item = NewsItem(
        kind=NewsKind.SOFTENED, outlet=odd, parts=(Part.NUMBER, Part.HEDGE, Part.ATTRIBUTION),
        old=odd, new="now " + odd, article=odd, url="javascript:alert(1)",
    )  # fmt: skip
    times = ("2019-04-01T10:00:00+00:00", "2019-04-01T12:00:00+00:00")
    entries = [Told("1 0", times[0], item), Told("2 0", times[1], item)]
    root = etree.fromstring(feed("The fire", entries, key="k", began=times[0]))
    assert root.findtext(f"{ATOM}updated") == times[1]
    ids = [e.findtext(f"{ATOM}id") for e in root.iter(f"{ATOM}entry")]
    assert len(set(ids)) == 2
    again = etree.fromstring(feed("The fire", entries[:1], key="k", began=times[0]))
    assert again.findtext(f"{ATOM}entry/{ATOM}id") == ids[0]
    assert again.find(f"{ATOM}entry/{ATOM}link") is None
    assert sentence(item).endswith("softened the number, the hedge and the attribution")
    write_news(tmp_path, odd, entries, key="k", began=times[0], zone=time_zone("Asia/Tokyo"))
    page = (tmp_path / "news.html").read_text("utf-8")
    assert "1 April 2019, 19:00 JST" in page
    assert "<b>" not in page
    assert "javascript:" not in page.replace("javascript:alert(1)</a>", "")


def test_spans_of_the_items_are_the_words(harbour: Comparison) -> None:
    page = harbour.articles[0]
    new = later(page, "Fresh words. " + page.text)
    change = Change(kind=ChangeKind.ADDED, field="text", new=Span(0, 12))
    revision = Revision(outlet=page.outlet, old=page.id, new=new.id, changes=(change,))
    both = replace(harbour, articles=(*harbour.articles, new), revisions=(revision,))
    (item,) = told(harbour, both)
    assert (item.kind, item.new, item.old) == (NewsKind.ADDED, "Fresh words.", "")
