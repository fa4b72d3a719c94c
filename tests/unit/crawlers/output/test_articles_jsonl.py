"""articles.jsonl: every row on disk at once, and one order at the end."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from compare.codec import article_line, read_articles
from compare.datamodel import Article, Completeness, Failure, Stage
from crawlers.output.articles_jsonl import Journal, Row, entry_of
from crawlers.output.articles_jsonl import settle as settle_entries


def article(url: str, text: str = "Some text.", **more: object) -> Article:
    given = {
        "id": f"{url} {text}",
        "outlet": "One",
        "title": "A title",
        "text": text,
        "url": url,
        **more,
    }
    return Article(**given)  # type: ignore[arg-type]


def settle(rows: Iterable[Row], *, outlets: dict[str, int] | None = None) -> tuple[Row, ...]:
    """The rows in their final order, by what decides it."""
    by_entry = {entry_of(row): row for row in rows}
    return tuple(
        by_entry[one] for one in settle_entries(by_entry, earlier=(), outlets=outlets or {})
    )


def lost(url: str, outlet: str = "One") -> Failure:
    return Failure(stage=Stage.FETCH, reason="gone (HTTP 410)", url=url, outlet=outlet)


def journal(path: Path, settled: int = 0) -> Journal:
    return Journal(path, settled=settled, outlets=["One", "Two"])


def test_a_row_is_on_disk_as_soon_as_it_is_added(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    writing = journal(path)
    writing.add(article("http://a.example/1"))
    assert path.read_bytes() == article_line(article("http://a.example/1"))
    writing.interrupt()


def test_the_same_row_is_kept_once(tmp_path: Path) -> None:
    writing = journal(tmp_path / "articles.jsonl")
    assert writing.add(lost("http://a.example/1"))
    assert not writing.add(lost("http://a.example/1"))
    assert writing.finish() == (0, 1)


def test_going_on_after_a_kill_cuts_off_the_broken_row_and_repeats_none(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    first, second = article("http://a.example/1"), article("http://a.example/2")
    path.write_bytes(article_line(first) + article_line(second)[:40])
    writing = journal(path)
    assert path.read_bytes() == article_line(first)
    writing.add(first)
    writing.add(second)
    assert path.read_bytes() == article_line(first) + article_line(second)
    assert writing.finish() == (2, 0)
    assert path.read_bytes() == article_line(first) + article_line(second)


def test_a_rows_order_in_the_end_does_not_depend_on_when_it_came() -> None:
    rows: list[Article | Failure] = [
        article("http://b.example/", outlet="Two"),
        lost("http://a.example/3"),
        article("http://a.example/2"),
        article("http://a.example/1"),
    ]
    order = {"One": 0, "Two": 1}
    settled = settle(rows, outlets=order)
    assert settled == settle(reversed(rows), outlets=order)
    assert [row.url for row in settled] == [
        "http://a.example/1", "http://a.example/2", "http://a.example/3", "http://b.example/",
    ]  # fmt: skip


def test_of_two_articles_at_one_canonical_address_the_one_that_gives_most_stays() -> None:
    amp = article("http://a.example/1", "Short.", id="amp")
    page = article("http://a.example/1", "A good deal longer.", id="page")
    full = article("http://a.example/1", "Full.", id="full", completeness=Completeness.FULL)
    assert settle([amp, page]) == (page,)
    assert settle([full, page, amp]) == (full,)


def test_another_text_at_a_later_time_is_another_version_and_both_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    old = article("http://a.example/1", "As first told.", fetched_at="2019-03-24T10:00:00+00:00")
    same = article("http://a.example/2", fetched_at="2019-03-24T10:00:00+00:00")
    writing = journal(path)
    for row in (old, same, lost("http://a.example/3")):
        writing.add(row)
    settled = sum(writing.finish())

    again = journal(path, settled=settled)
    later = "2019-03-25T10:00:00+00:00"
    again.add(article("http://a.example/1", "As told later.", fetched_at=later))
    again.add(article("http://a.example/2", fetched_at=later))
    again.add(article("http://a.example/3", fetched_at=later))
    again.finish()

    articles, failures = read_articles(path)
    assert failures == ()
    assert [(a.url, a.text) for a in articles] == [
        ("http://a.example/1", "As first told."),
        ("http://a.example/1", "As told later."),
        ("http://a.example/2", "Some text."),
        ("http://a.example/3", "Some text."),
    ]
    assert len({a.id for a in articles}) == 4
    assert articles[2].fetched_at == same.fetched_at


@settings(max_examples=50)
@given(st.lists(st.sampled_from("abcde"), max_size=8), st.randoms(use_true_random=False))
def test_settling_knows_no_order(names: list[str], chance: object) -> None:
    rows = [
        article(f"http://a.example/{name}", f"Text {place}") for place, name in enumerate(names)
    ]
    mixed = list(rows)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert settle(rows) == settle(mixed)
