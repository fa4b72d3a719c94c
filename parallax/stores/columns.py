"""What is asked of stored articles most, in columns beside their lines: the seam to pyarrow, imported when first used.

A day, a word or a count is then found without reading the articles themselves. The lines stay what is
true: columns are made from them, and a file without columns, taken in where pyarrow was not installed, is read line by line.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from parallax.stores.store import article_of, day_of, page_of, stems_of

# Where an article's line begins in its file, and how many bytes it has.
Place = tuple[int, int]


def columns(lines: Iterable[tuple[Place, bytes]]) -> bytes | None:
    """The articles' columns as a Parquet file, in the lines' order; None without pyarrow.

    id, outlet, page: string; day: string or null; stems: list of string, sorted; start, length: int64, bytes.
    """
    if find_spec("pyarrow") is None:
        return None
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = []
    for (start, length), line in lines:
        a = article_of(line)
        stems = sorted(stems_of(f"{a.title}\n{a.text}"))
        rows.append((a.id, a.outlet, page_of(a), day_of(a), stems, start, length))
    words, whole = pa.string(), pa.int64()
    schema = pa.schema({
        "id": words, "outlet": words, "page": words, "day": words, "stems": pa.list_(words),
        "start": whole, "length": whole,
    })  # fmt: skip
    values = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(v, type=f.type) for v, f in zip(values, schema, strict=True)]
    file = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), file, compression="zstd")
    return file.getvalue()


def pages(path: Path) -> Iterator[tuple[str, str, str]]:
    """The id, outlet and page of every article."""
    yield from _rows(_read(path, "id", "outlet", "page"))


def places_of_days(path: Path, start: str | None, end: str | None) -> list[Place]:
    """Where the articles of some days are (inclusive, ISO; None: open); without days, all."""
    import pyarrow.compute as pc

    table = _read(path, "day", "start", "length")
    if start is not None:
        table = table.filter(pc.greater_equal(table["day"], start))
    if end is not None:
        table = table.filter(pc.less_equal(table["day"], end))
    return [(first, length) for _, first, length in _rows(table)]


def pages_with(path: Path, wanted: Collection[str]) -> set[tuple[str, str]]:
    """The outlets and pages of the articles that hold all of the stems."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    table = _read(path, "outlet", "page", "stems")
    stems = table["stems"].combine_chunks()
    held = pc.is_in(pc.list_flatten(stems), value_set=pa.array(sorted(wanted)))
    of = pc.list_parent_indices(stems).filter(held).to_numpy()
    found = np.bincount(of, minlength=len(table)) == len(wanted)
    return {(outlet, page) for outlet, page, _ in _rows(table.filter(pa.array(found)))}


def places_of_pages(path: Path, wanted: Collection[tuple[str, str]]) -> list[Place]:
    """Where the texts of some pages of outlets are."""
    table = _read(path, "outlet", "page", "start", "length")
    return [
        (start, length) for outlet, page, start, length in _rows(table) if (outlet, page) in wanted
    ]


def _read(path: Path, *names: str) -> Any:
    import pyarrow.parquet as pq

    # Read by ourselves: nothing is mapped into memory, and no thread is left behind.
    return pq.read_table(io.BytesIO(path.read_bytes()), columns=list(names), use_threads=False)


def _rows(table: Any) -> Iterator[tuple[Any, ...]]:
    yield from zip(*(column.to_pylist() for column in table.columns), strict=True)
