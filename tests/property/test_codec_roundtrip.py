"""Whatever a comparison or a row holds, the codec gives it back."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from compare.codec import (
    article_line,
    decode_comparison,
    encode_comparison,
    read_articles,
)
from compare.datamodel import (
    SCHEMA_VERSION,
    Article,
    Comparison,
    Detail,
    Failure,
    Mention,
    Pair,
    Run,
)

# JSON has no lone surrogates, and articles are decoded text, which has none either.
text = st.text(st.characters(codec="utf-8"), max_size=30)
probability = st.floats(0, 1)

articles = st.builds(
    Article,
    id=text,
    outlet=text,
    title=text,
    text=st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(str.strip),
    provenance=st.dictionaries(text, text, max_size=2),
)
failures = st.builds(Failure, reason=text, url=st.none() | text)
mentions = st.builds(Mention, probability=probability)
details = st.builds(Detail, mentions=st.lists(mentions, max_size=2).map(tuple))
pairs = st.builds(Pair, probability=probability)
runs = st.builds(
    Run,
    settings=st.dictionaries(text, text, max_size=2),
    libraries=st.dictionaries(text, text, max_size=2),
)


@given(
    st.builds(
        Comparison,
        schema_version=st.just(SCHEMA_VERSION),
        run=runs,
        claims=st.just(()),
        carried=st.just(()),
        articles=st.lists(articles, max_size=2).map(tuple),
        details=st.lists(details, max_size=2).map(tuple),
        pairs=st.lists(pairs, max_size=2).map(tuple),
    )
)
@settings(max_examples=50)
def test_a_comparison_round_trips(comparison: Comparison) -> None:
    assert decode_comparison(encode_comparison(comparison)) == comparison


@given(st.lists(articles, unique_by=lambda a: a.id, max_size=4), st.lists(failures, max_size=3))
@settings(max_examples=50)
def test_rows_round_trip(kept: list[Article], lost: list[Failure]) -> None:
    rows: list[Article | Failure] = [*kept, *lost]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_bytes(b"".join(article_line(row) for row in rows))
        found, failed = read_articles(path)
        assert found == tuple(kept)
        assert failed == tuple(lost)
