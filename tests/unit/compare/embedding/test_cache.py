from __future__ import annotations

import multiprocessing
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from compare.embedding import cache
from compare.embedding.cache import CachedEncoder
from compare.embedding.encoder import Encoded, rounded
from compare.embedding.open import vectors_of_texts
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


def test_many_may_make_it_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        for number in range(20):
            made = [
                pool.submit(CachedEncoder, Counting(), tmp_path / f"{number}.sqlite")
                for _ in range(8)
            ]
            assert all(one.result().dimension == Counting().dimension for one in made)


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


TEXTS = ["one", "three", "x" * 30, "a longer text of some words", ""]


def expected() -> list[Encoded]:
    return [rounded(encoded) for encoded in Counting().encode(TEXTS)]


def same(first: Sequence[Encoded], second: Sequence[Encoded]) -> bool:
    return all(
        np.array_equal(a.vector, b.vector)
        and np.array_equal(a.tokens, b.tokens)
        and np.array_equal(a.offsets, b.offsets)
        for a, b in zip(first, second, strict=True)
    )


def test_a_file_that_is_no_cache_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    path.write_text("this is not a database, and long enough to look like something else" * 20)
    assert same(CachedEncoder(Counting(), path).encode(TEXTS), expected())
    assert (tmp_path / "c.sqlite.damaged").read_text().startswith("this is not")
    counting = Counting()
    CachedEncoder(counting, path).encode(TEXTS)
    assert counting.asked == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot keep encodings"):
        CachedEncoder(Counting(), tmp_path / "file" / "c.sqlite")


def test_no_damage_is_believed_or_ends_a_run(tmp_path: Path) -> None:
    """Bytes flipped, zeroed, cut off or overwritten anywhere: the numbers stay right."""
    path = tmp_path / "c.sqlite"
    CachedEncoder(Counting(), path).encode(TEXTS)
    db = sqlite3.connect(path)
    db.execute("pragma wal_checkpoint(truncate)")
    db.close()
    whole = path.read_bytes()
    chance = random.Random(7)
    for number in range(60):
        for leftover in tmp_path.glob("c.sqlite*"):
            leftover.unlink()
        data = bytearray(whole)
        at = chance.randrange(len(data))
        match number % 4:
            case 0:
                data[at] ^= 1 << chance.randrange(8)
            case 1:
                data[at : at + 300] = bytes(len(data[at : at + 300]))
            case 2:
                del data[at:]
            case _:
                data[at : at + 20] = chance.randbytes(len(data[at : at + 20]))
        path.write_bytes(data)
        assert same(CachedEncoder(Counting(), path).encode(TEXTS), expected()), number


def test_rows_that_hold_other_things_are_encoded_again(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    for damage in (
        "update encodings set tokens = 'many'",
        "update encodings set used = 9223372036854775807",
        "update encodings set used = 'often'",
        "update encodings set data = (select data from encodings where tokens = 3)",
        "drop table encodings",
    ):
        CachedEncoder(Counting(), path).encode(TEXTS)
        cached = CachedEncoder(Counting(), path)
        db = sqlite3.connect(path)
        with db:
            db.execute(damage)
        db.close()
        assert same(cached.encode(TEXTS), expected()), damage


def test_a_lock_that_is_held_or_a_folder_that_is_gone_means_encoding_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_PATIENCE", 0.05)
    path = tmp_path / "cache" / "c.sqlite"
    cached = CachedEncoder(Counting(), path)
    holding = sqlite3.connect(path)
    holding.execute("begin exclusive")
    assert same(cached.encode(TEXTS), expected())
    holding.close()
    assert path.is_file()
    shutil.rmtree(path.parent)
    assert same(cached.encode(TEXTS), expected())


def test_a_full_disk_means_encoding_anew(tmp_path: Path) -> None:
    code = (
        "import resource, sys; sys.path.insert(0, sys.argv[2]);"
        "from pathlib import Path; from tests.unit.compare.embedding.test_cache import *;"
        "cached = CachedEncoder(Counting(), Path(sys.argv[1]));"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000));"
        "assert same(cached.encode(TEXTS), expected());"
        "big = ['x' * n for n in range(300)];"
        "assert same(cached.encode(big), [rounded(e) for e in Counting().encode(big)])"
    )
    root = Path(__file__).parents[4]
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "c.sqlite"), str(root)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_of_texts_that_are_only_compared_whole_the_vectors_alone_are_kept(tmp_path: Path) -> None:
    text = "a long report " * 200
    whole = CachedEncoder(Counting(), tmp_path / "whole.sqlite")
    (first,) = vectors_of_texts(whole, tmp_path).encode([text])
    assert np.array_equal(first.vector, whole.encode([text])[0].vector)
    counting = Counting()
    (again,) = vectors_of_texts(counting, tmp_path).encode([text])
    assert counting.asked == []
    assert np.array_equal(again.vector, first.vector)
    assert len(again.tokens) == len(again.offsets) == 0
    # A row that has the tokens is another one: whoever needs them does not get this one.
    with closing(sqlite3.connect(tmp_path / "encodings.sqlite")) as db:
        assert db.execute("select tokens, size < 100 from encodings").fetchall() == [(0, 1)]
    assert len(CachedEncoder(Counting(), tmp_path / "encodings.sqlite").encode([text])[0].tokens)
