from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from compare.datamodel import Span
from compare.text import clauses, quotations, sentences, words
from compare.times import moment

TEXTS = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("abcAB .!?\"“”‘’'«»,;—-\n…()1"))
)


@given(TEXTS)
def test_sentences_lose_nothing_but_white_space(text: str) -> None:
    spans = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert (
        "".join(text[s.start : s.end] for s in spans).split()
        == "".join(text[s.start : s.end] for s in spans).split()
    )
    kept = "".join("".join(text[s.start : s.end].split()) for s in spans)
    assert kept == "".join(text.split())


@given(TEXTS)
def test_spans_lie_in_the_text_and_hold_something(text: str) -> None:
    for span in [*sentences(text), *quotations(text)]:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]


@given(TEXTS)
def test_quotations_do_not_overlap(text: str) -> None:
    spans = quotations(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(TEXTS)
def test_clauses_cover_their_sentence(text: str) -> None:
    for span in sentences(text):
        parts = clauses(text, span)
        assert parts
        joined = "".join("".join(text[p.start : p.end].split()) for p in parts)
        assert joined == "".join(text[span.start : span.end].split())
        assert all(a.end <= b.start for a, b in pairwise(parts))


@given(TEXTS)
def test_words_are_what_is_written_there(text: str) -> None:
    assert all(text[w.start : w.end] == w.text and w.key for w in words(text))


@given(st.text())
def test_any_string_is_a_moment_or_none(text: str) -> None:
    found = moment(text)
    assert found is None or found.start < found.end


@given(st.integers(0, 50), st.integers(0, 50))
def test_a_span_of_any_text_can_be_asked_for_clauses(start: int, length: int) -> None:
    text = "One thing, and another; a third (so they say) - and more." * 2
    span = Span(start, min(len(text), start + length + 1))
    assert all(span.start <= c.start < c.end <= span.end for c in clauses(text, span))
