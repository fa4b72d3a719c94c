"""Compressed answers, unpacked strictly: one that broke off is not a short page, and neither is one bit wrong."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import scrapy.utils._compression as theirs  # has both libraries under whichever name is installed
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import ResponseDataLossError

from crawlers.downloader.failures import RefusedError
from crawlers.downloader.middlewares import STOPPED

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

_brotli_library: Any = vars(theirs)["brotli"]
_zstd_library: Any = vars(theirs)["zstd"]

_CHUNK = 64 * 1024
_MOST_MEMBERS = 1_000  # gzip members of one answer


class StrictUnpacking(HttpCompressionMiddleware):
    """Scrapy's own gives as much as it can of an answer whose compression broke off or whose checksum is wrong."""

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        """The response, unpacked; one whose body was not awaited stays as it is."""
        if STOPPED in response.flags:
            return response
        return super().process_response(request, response)

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        return unpacked(body, encoding.decode("latin-1"), largest=max_size)


def unpacked(body: bytes, coding: str, *, largest: int) -> bytes:
    """The body out of one content coding: gzip, x-gzip, deflate, br or zstd.

    Raises ResponseDataLossError where the end is missing or a checksum does not fit, RefusedError
    where more than `largest` bytes come out. What follows the end is skipped, as browsers do.
    """
    parts = bytearray()
    try:
        for part in _CODINGS[coding](body):
            parts += part
            if len(parts) > largest:
                raise RefusedError(f"larger than {largest / 1e6:g} MB")
    except (zlib.error, _brotli_library.error, _zstd_library.ZstdError, EOFError) as error:
        raise ResponseDataLossError(f"{coding}: {error}") from error
    return bytes(parts)


def _gzip(body: bytes) -> Iterator[bytes]:
    rest = body
    for _ in range(_MOST_MEMBERS):
        member = zlib.decompressobj(wbits=31)
        yield from _zlib(member, rest)
        rest = member.unused_data
        if rest[:2] != b"\x1f\x8b":
            return
    raise EOFError("more members than any honest answer has")


def _deflate(body: bytes) -> Iterator[bytes]:
    try:
        zlib.decompressobj().decompress(body, 1)
    except zlib.error:  # without a header, as some servers send it
        return _zlib(zlib.decompressobj(wbits=-15), body)
    return _zlib(zlib.decompressobj(), body)


def _zlib(unpacker: Any, body: bytes) -> Iterator[bytes]:
    rest = body
    while not unpacker.eof:
        part = unpacker.decompress(rest, _CHUNK)
        rest = unpacker.unconsumed_tail
        if not part and not rest and not unpacker.eof:
            raise EOFError("no end mark")
        yield part


def _brotli(body: bytes) -> Iterator[bytes]:
    unpacker = _brotli_library.Decompressor()
    part = unpacker.process(body, output_buffer_limit=_CHUNK)
    while part or not unpacker.is_finished():
        if not part:
            raise EOFError("no end mark")
        yield part
        part = b"" if unpacker.is_finished() else unpacker.process(b"", output_buffer_limit=_CHUNK)


def _zstd(body: bytes) -> Iterator[bytes]:
    unpacker = _zstd_library.ZstdDecompressor()
    rest = body
    while not unpacker.eof:
        part = unpacker.decompress(rest, _CHUNK)
        rest = b""
        if not part and unpacker.needs_input:
            raise EOFError("no end mark")
        yield part


_CODINGS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
