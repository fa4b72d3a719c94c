"""A compressed answer is whole, or it broke off: never a short page."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import ResponseDataLossError
from scrapy.utils import _compression

from crawlers.downloader.failures import RefusedError
from crawlers.downloader.unpacking import unpacked

brotli: Any = vars(_compression)["brotli"]
zstd: Any = vars(_compression)["zstd"]
PAGE = b"<html><body>" + b"".join(b"<p>The %d-th paragraph.</p>" % n for n in range(3_000))


def _raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def _zstd(data: bytes) -> bytes:
    packed: bytes = zstd.compress(data, options={zstd.CompressionParameter.checksum_flag: 1})
    return packed


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": _zstd,
}


PACKED = {coding: pack(PAGE) for coding, pack in PACKERS.items()}


@pytest.mark.parametrize("coding", PACKERS)
def test_a_whole_answer_is_whole(coding: str) -> None:
    assert unpacked(PACKERS[coding](PAGE), coding, largest=10_000_000) == PAGE
    assert unpacked(PACKERS[coding](b""), coding, largest=10_000_000) == b""


def test_raw_deflate_members_and_what_follows_the_end_are_taken_as_browsers_do() -> None:
    assert unpacked(_raw_deflate(PAGE), "deflate", largest=10_000_000) == PAGE
    two = gzip.compress(b"one ") + gzip.compress(b"two")
    assert unpacked(two, "gzip", largest=100) == b"one two"
    assert unpacked(gzip.compress(PAGE) + b"\0\0junk", "gzip", largest=10_000_000) == PAGE


@pytest.mark.parametrize("coding", PACKERS)
@pytest.mark.parametrize("kept", [0.99, 0.5, 0.1])
def test_one_that_broke_off_is_none(coding: str, kept: float) -> None:
    packed = PACKED[coding]
    with pytest.raises(ResponseDataLossError):
        unpacked(packed[: int(len(packed) * kept)], coding, largest=10_000_000)


def test_a_paragraph_that_was_flushed_before_the_end_is_no_page() -> None:
    packer = zlib.compressobj(wbits=31)
    sent = packer.compress(PAGE) + packer.flush(zlib.Z_SYNC_FLUSH)
    with pytest.raises(ResponseDataLossError):
        unpacked(sent, "gzip", largest=10_000_000)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "zstd"])
@given(where=st.floats(0.05, 0.95), bit=st.integers(0, 7))
def test_a_flipped_bit_never_gives_other_words(coding: str, where: float, bit: int) -> None:
    packed = bytearray(PACKED[coding])
    packed[int(len(packed) * where)] ^= 1 << bit
    with suppress(ResponseDataLossError):
        assert unpacked(bytes(packed), coding, largest=10_000_000) == PAGE


@pytest.mark.cost
@pytest.mark.parametrize("coding", PACKERS)
def test_a_bomb_is_put_out_early(coding: str) -> None:
    with pytest.raises(RefusedError, match="larger than 1 MB"):
        unpacked(PACKERS[coding](b"\0" * 20_000_000), coding, largest=1_000_000)
