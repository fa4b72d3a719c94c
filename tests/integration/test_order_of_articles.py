"""No detail and no cell hangs on an article's id, which is made of its address alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from compare.codec import decode_comparison, encode_comparison
from compare.config import Config
from compare.datamodel import Comparison
from compare.pipeline import recut

if TYPE_CHECKING:
    from tests.integration.conftest import Demo


def cells(comparison: Comparison) -> list[object]:
    return [
        (
            detail.text,
            sorted((m.outlet, m.field, m.start, m.end) for m in detail.mentions),
            sorted((cell.outlet, cell.status) for cell in detail.cells),
            sorted((c.kind, c.weight) for c in detail.conflicts),
        )
        for detail in comparison.details
    ]


@pytest.mark.web
@pytest.mark.model
def test_other_addresses_change_no_detail_and_no_cell(demo: Demo) -> None:
    ids = {a.id for a in demo.comparison.articles}
    told = encode_comparison(demo.comparison).decode()
    # The same articles, the last by their ids first.
    turned = re.sub(
        "|".join(ids), lambda m: m[0].translate(str.maketrans("0123456789abcdef", "fedcba9876543210")), told
    )  # fmt: skip
    other = decode_comparison(turned.encode())
    assert cells(recut(other, Config())) == cells(recut(demo.comparison, Config()))
