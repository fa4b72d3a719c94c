from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from compare.embedding.cache import CachedEncoder
from compare.embedding.encoder import Encoded
from compare.errors import OutputError


class Counting:
    """An encoder whose numbers follow from the text, that counts what it is asked."""

    def __init__(self, name: str = "counting", dimension: int = 8) -> None:
        self.name = name
        self.dimension = dimension
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        self.asked += texts
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Encoded:
        numbers = np.random.default_rng(len(text)).normal(size=(len(text) + 1, self.dimension))
        offsets = np.array([(i, i + 1) for i in range(len(text))], dtype=np.int32).reshape(-1, 2)
        return Encoded(numbers[0].astype(np.float32), numbers[1:].astype(np.float32), offsets)


def test_the_second_run_encodes_nothing_and_gives_the_same(tmp_path: Path) -> None:
    texts = ["one", "three", "", "one"]
    first = CachedEncoder(Counting(), tmp_path / "c.sqlite").encode(texts)
    counting = Counting()
    second = CachedEncoder(counting, tmp_path / "c.sqlite").encode(texts)
    assert counting.asked == []
    for a, b in zip(first, second, strict=True):
        assert np.array_equal(a.vector, b.vector)
        assert np.array_equal(a.tokens, b.tokens)
        assert np.array_equal(a.offsets, b.offsets)


def test_another_model_or_dimension_does_not_get_the_numbers_of_the_first(tmp_path: Path) -> None:
    CachedEncoder(Counting(), tmp_path / "c.sqlite").encode(["one"])
    for other in (Counting(name="other"), Counting(dimension=4)):
        (encoded,) = CachedEncoder(other, tmp_path / "c.sqlite").encode(["one"])
        assert other.asked == ["one"]
        assert encoded.vector.shape == (other.dimension,)


def test_the_cache_forgets_what_was_used_longest_ago(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    cached = CachedEncoder(Counting(), path, max_bytes=2000)
    for text in ("a" * 10, "b" * 12, "a" * 10, *("c" * n for n in range(20, 40))):
        cached.encode([text])
    with sqlite3.connect(path) as db:
        (size,) = db.execute("select sum(size) from encodings").fetchone()
    db.close()
    assert size <= 2000
    counting = Counting()
    CachedEncoder(counting, path, max_bytes=2000).encode(["c" * 39, "b" * 12])
    assert counting.asked == ["b" * 12]


def _encode_many(path: Path, seed: int) -> None:
    cached = CachedEncoder(Counting(), path)
    for i in range(30):
        cached.encode(["x" * (1 + (i * seed) % 37)])


def test_two_processes_may_share_it(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_encode_many, args=(path, seed)) for seed in (3, 5)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers] == [0, 0]
    counting = Counting()
    CachedEncoder(counting, path).encode(["x", "xx", "x" * 30])
    assert counting.asked == []


def test_damaged_bytes_are_encoded_again(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    CachedEncoder(Counting(), path).encode(["one"])
    db = sqlite3.connect(path)
    with db:
        db.execute("update encodings set data = x'00'")
    db.close()
    counting = Counting()
    CachedEncoder(counting, path).encode(["one"])
    assert counting.asked == ["one"]


def test_a_file_that_is_no_cache_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    path.write_text("this is not a database, and long enough to look like something else" * 20)
    with pytest.raises(OutputError, match="cannot keep encodings"):
        CachedEncoder(Counting(), path)
