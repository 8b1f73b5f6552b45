"""Decompression that stops at a size: a small file must not become a large one."""

from __future__ import annotations

import zlib
from typing import Any, cast

import brotli  # pyright: ignore[reportMissingTypeStubs]
import zstandard

from sijill.page.decode import LARGEST_PAGE
from sijill.page.errors import BinaryPage, PageTooLarge

_STEP = 1 << 16
_Brotli: Any = cast(Any, brotli).Decompressor
_BrotliError: type[Exception] = cast(Any, brotli).error


def decompress(data: bytes, coding: str, *, limit: int = LARGEST_PAGE, name: str | None = None) -> bytes:
    """The data without its ``Content-Encoding``: gzip, deflate, br, zstd, several joined by commas, or none.

    Raises `PageTooLarge` once the result would pass ``limit`` bytes, and `BinaryPage`
    where the data are not what they say or the coding is unknown.

    >>> import gzip
    >>> decompress(gzip.compress(b"a page"), "gzip")
    b'a page'
    """
    codings = [part.strip().lower() for part in coding.split(",") if part.strip()]
    if len(codings) > 3:
        raise BinaryPage(f"it is compressed {len(codings)} times over", name=name)
    for one in reversed(codings):
        data = _decompress_once(data, one, limit, name)
    return data


def _decompress_once(data: bytes, coding: str, limit: int, name: str | None) -> bytes:
    try:
        if coding in ("gzip", "x-gzip", "deflate"):
            return _inflate(data, coding, limit, name)
        if coding == "br":
            return _brotli(data, limit, name)
        if coding == "zstd":
            return _zstd(data, limit, name)
    except (zlib.error, _BrotliError, zstandard.ZstdError) as error:
        raise BinaryPage(f"it says it is compressed with {coding}, but is not ({error})", name=name) from None
    if coding in ("identity", "none"):
        return data
    raise BinaryPage(f"it is compressed with {coding}, which is not known", name=name)


def _inflate(data: bytes, coding: str, limit: int, name: str | None) -> bytes:
    if coding != "deflate" and not data.startswith(b"\x1f\x8b"):
        return data  # many servers and crawlers say gzip of what they have already unpacked
    bits = 47 if coding != "deflate" or data[:1] == b"\x78" else -15
    whole = bytearray()
    while data:
        stream = zlib.decompressobj(bits)
        whole += stream.decompress(data, limit + 1 - len(whole))
        if len(whole) > limit:
            raise _bomb(limit, name)
        data = stream.unused_data
        if not data.startswith(b"\x1f\x8b"):
            break
    return bytes(whole)


def _brotli(data: bytes, limit: int, name: str | None) -> bytes:
    stream = _Brotli()
    whole = bytearray(stream.process(data, output_buffer_limit=_STEP))
    while not stream.is_finished() and not stream.can_accept_more_data():
        whole += stream.process(b"", output_buffer_limit=_STEP)
        if len(whole) > limit:
            raise _bomb(limit, name)
    return bytes(whole)


def _zstd(data: bytes, limit: int, name: str | None) -> bytes:
    reader = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(data, read_across_frames=True)
    whole = bytearray()
    while chunk := reader.read(_STEP):
        whole += chunk
        if len(whole) > limit:
            raise _bomb(limit, name)
    return bytes(whole)


def _bomb(limit: int, name: str | None) -> PageTooLarge:
    return PageTooLarge(f"it unpacks to more than {limit // 1_000_000} MB", name=name)
