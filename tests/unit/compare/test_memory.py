"""What is remembered of texts ends with the event."""

from __future__ import annotations

from pathlib import Path

import pytest

from compare.codec import read_comparison
from compare.config import Config
from compare.memory import memory_of_one_event, remembered
from compare.pipeline import recut

GOLDEN = Path(__file__).parents[2] / "golden" / "report" / "comparison.json"
read: list[str] = []


@remembered(10)
def letters(text: str) -> int:
    read.append(text)
    return len(text)


def test_a_text_is_read_once_an_event_also_where_it_ends_in_an_error() -> None:
    read.clear()
    with memory_of_one_event():
        assert (letters("Ashby"), letters("Ashby")) == (5, 5)
    assert read == ["Ashby"]
    with pytest.raises(ZeroDivisionError), memory_of_one_event():
        _ = 1 / (letters("Ashby") - 5)
    letters("Ashby")
    assert read == ["Ashby"] * 3


def test_a_comparison_leaves_nothing_behind() -> None:
    comparison = read_comparison(GOLDEN)
    read.clear()
    for _ in range(2):
        letters("Barrow")
        recut(comparison, Config())
    assert read == ["Barrow"] * 2
