"""Web archives: the pages in a WARC or WACZ file, one by one, whatever state the file is in.

`fastwarc` reads the records (of the two libraries measured it is twice as fast and
takes whole-file gzip too). Where it stops, at a damaged record, reading goes on at
the next gzip member or the next record header, and the damaged one is named.
Format: ISO 28500:2017, https://iipc.github.io/warc-specifications/.
"""

from __future__ import annotations

import re
import zipfile
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any, cast

import msgspec
from fastwarc.warc import ArchiveIterator, WarcRecordType

from sijill.page.capture import Capture, Problem
from sijill.page.compression import decompress
from sijill.page.decode import LARGEST_PAGE
from sijill.page.errors import UnreadablePage
from sijill.page.saved_images import IMAGE_LIMIT, IMAGES_LIMIT, image_sources

_GZIP = b"\x1f\x8b\x08"
_RECORD = b"WARC/1."
_RECORD_INSIDE = re.compile(rb"\r\nWARC/1\.[01]\r\n(?:WARC|Content)-")
_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
_STEP = 1 << 20
MOST_IMAGES = 60
"""Pictures kept with one page."""
_PLACE_BITS = 40
_CHUNK = 1 << 13
"""Pictures that are sorted together: sorting takes more room than keeping."""


def read_warc(path: Path, *, name: str | None = None, images: bool = True) -> Iterator[Capture | Problem]:
    """The pages of a ``.warc``, ``.warc.gz`` or ``.wacz`` file, and the records that could not be read.

    Streams: memory does not grow with the file, but for eight bytes a picture, by which
    ``images`` keeps them with the pages that show them. ``name`` is what to call the file
    in messages.
    """
    name = name or str(path)
    with path.open("rb") as file:
        is_package = file.read(4) == b"PK\x03\x04"
    if is_package:
        yield from _read_wacz(path, name, images)
    else:
        yield from _read_archive(lambda: path.open("rb"), name, images)


def _read_wacz(path: Path, name: str, images: bool) -> Iterator[Capture | Problem]:
    """WACZ is a ZIP of WARC files: https://specs.webrecorder.net/wacz/."""
    try:
        with zipfile.ZipFile(path) as package:
            names = [entry for entry in package.namelist() if re.search(r"\.warc(\.gz)?$", entry)]
            if not names:
                reason = "there is no web archive in it (a WACZ file holds archive/*.warc.gz)"
                yield Problem(name=name, reason=reason)
            for entry in names:
                yield from _read_archive(partial(package.open, entry), f"{name}, {entry}", images)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        yield Problem(name=name, reason=f"the package is damaged: {error}")


def _read_archive(opened: Callable[[], IO[bytes]], name: str, images: bool) -> Iterator[Capture | Problem]:
    with opened() as file:
        pictures = _Pictures(file) if images else None
        if not pictures:
            yield from _records(file, name)
            return
        with opened() as other:
            for item in _records(file, name):
                yield _with_images(item, pictures, other) if isinstance(item, Capture) else item


def _records(file: IO[bytes], name: str) -> Iterator[Capture | Problem]:
    """Read from the start, and again from the next sound place after each damage."""
    start: int | None = 0
    while start is not None:
        file.seek(start)
        last = start
        broken: str | None = None
        try:
            for record in ArchiveIterator(
                cast(Any, file),
                record_types=WarcRecordType.response | WarcRecordType.resource,
                parse_http=True,
                auto_decode="transfer",
            ):
                last = start + record.stream_pos
                item, broken = _read_record(record, f"{name}, record at byte {last}")
                if broken:
                    break
                if item is not None:
                    yield item
            else:
                return
        except (OSError, ValueError, AttributeError) as error:
            broken = f"the record or the one after it is damaged ({error})"
        yield Problem(
            name=f"{name}, record at byte {last}", reason=f"{broken}; reading went on at the next sound record"
        )
        start = _next_record(file, last + 1)


def _read_record(record: Any, name: str) -> tuple[Capture | Problem | None, str | None]:
    """A capture, a problem or nothing from one record; and what is wrong where reading cannot go on after it."""
    http = record.http_headers
    if record.headers.get("Content-Length") is None or (http is None and record.is_http):
        return None, "the record is cut off before its page begins"
    status = http.status_code if http is not None else 200
    content_type = (record.http_content_type or record.headers.get("Content-Type") or "").lower()
    if status != 200 or not content_type.startswith(_PAGE_TYPES):
        return None, None
    length = record.content_length
    body = record.reader.read(min(length, LARGEST_PAGE) + 1)  # it makes room for as many as it is asked for
    if len(body) > LARGEST_PAGE:
        return None, f"the record unpacks to more than {LARGEST_PAGE // 1_000_000} MB"
    chunked = http is not None and "chunked" in (http.get("Transfer-Encoding") or "").lower()
    if len(body) < length and not chunked:
        return None, f"the record is cut off: its header says {length} bytes, {len(body)} are there"
    if b"\r\nWARC/1." in body and _RECORD_INSIDE.search(body):
        return None, "the record's length in its header is wrong: other records lie within it"
    headers = {str(key): str(value) for key, value in http.items()} if http is not None else {}
    coding = http.get("Content-Encoding") if http is not None else None
    try:
        data = decompress(body, coding, name=name) if coding else body
    except UnreadablePage as error:
        return Problem(name=name, reason=error.reason), None
    date = record.record_date
    return Capture(
        data=data,
        url=(record.headers.get("WARC-Target-URI") or "").strip("<>") or None,
        content_type=content_type or None,
        charset=record.http_charset,
        headers=headers,
        captured=date.isoformat() if date else None,
        name=name,
    ), None


def _next_record(file: IO[bytes], start: int) -> int | None:
    """Where the next gzip member or plain record begins."""
    file.seek(start)
    position, tail = start, b""
    while chunk := file.read(_STEP):
        window = tail + chunk
        found = [place for magic in (_GZIP, b"\n" + _RECORD) if (place := window.find(magic)) >= 0]
        if found:
            place = min(found)
            return position - len(tail) + place + (window[place : place + 1] == b"\n")
        position += len(chunk)
        tail = window[-len(_RECORD) :]
    return None


class _Pictures:
    """Where the pictures of an archive lie, in eight bytes each: some bits of their address's hash, and the place."""

    def __init__(self, file: IO[bytes]) -> None:
        self._sorted: list[array[int]] = []
        latest: list[int] = []
        file.seek(0)
        try:
            for record in ArchiveIterator(
                cast(Any, file),
                record_types=WarcRecordType.response | WarcRecordType.resource,
                parse_http=True,
                max_content_length=IMAGE_LIMIT,
            ):
                kind = (record.http_content_type or record.headers.get("Content-Type") or "").lower()
                address = record.headers.get("WARC-Target-URI")
                if address and kind.startswith("image/"):
                    latest.append(_key(address) | record.stream_pos)
                if len(latest) == _CHUNK:
                    self._sorted.append(array("Q", sorted(latest)))
                    latest = []
        except (OSError, ValueError, AttributeError):
            pass  # damage is named when the pages are read
        if latest:
            self._sorted.append(array("Q", sorted(latest)))

    def __bool__(self) -> bool:
        return bool(self._sorted)

    def places(self, address: str) -> Iterator[int]:
        """Where a picture with the address may lie: all places where it does, seldom another's."""
        key = _key(address)
        for chunk in self._sorted:
            for index in range(bisect_left(chunk, key), len(chunk)):
                if chunk[index] >> _PLACE_BITS != key >> _PLACE_BITS:
                    break
                yield chunk[index] & (1 << _PLACE_BITS) - 1


def _key(address: str) -> int:
    return hash(address) % (1 << 64 - _PLACE_BITS) << _PLACE_BITS


def _with_images(capture: Capture, pictures: _Pictures, file: IO[bytes]) -> Capture:
    images: dict[str, bytes] = {}
    room = IMAGES_LIMIT
    for printed, address in image_sources(capture):
        for place in pictures.places(address) if address and len(images) < MOST_IMAGES else ():
            body = _image_at(file, place, address or "")
            if body and len(body) <= room:
                images[printed] = body
                room -= len(body)
                break
    return msgspec.structs.replace(capture, images=images) if images else capture


def _image_at(file: IO[bytes], place: int, address: str) -> bytes | None:
    file.seek(place)
    try:
        for record in ArchiveIterator(cast(Any, file), parse_http=True, auto_decode="transfer"):
            if record.headers.get("WARC-Target-URI") != address:
                return None
            return record.reader.read(min(record.content_length, IMAGE_LIMIT))
    except (OSError, ValueError, AttributeError):
        return None
    return None
