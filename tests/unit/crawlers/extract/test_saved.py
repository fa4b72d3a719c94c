from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.extract.saved import address_of
from tests.unit.crawlers.extract.conftest import page


@pytest.mark.parametrize(
    "body", [b"", b"\x00\x01", b"<b>" * 200_000], ids=["empty", "no page", "too many tags"]
)
def test_a_saved_page_that_cannot_be_parsed_says_no_address(tmp_path: Path, body: bytes) -> None:
    file = tmp_path / "saved.html"
    file.write_bytes(body)
    assert address_of(file) is None


def test_what_saved_a_page_says_where_it_is_from(tmp_path: Path) -> None:
    file = tmp_path / "saved.html"
    file.write_bytes(b"<!-- saved from url=(0031)https://quay.example/news/weir -->" + page())
    assert address_of(file) == "https://quay.example/news/weir"
