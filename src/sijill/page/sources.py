"""Everything people bring, as a stream of captures: files, folders, web archives, feeds, addresses, a pipe."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import msgspec

from sijill.page.addresses import is_web_address
from sijill.page.capture import Capture, Problem
from sijill.page.compression import decompress
from sijill.page.decode import LARGEST_PAGE
from sijill.page.errors import UnreadablePage
from sijill.page.feeds import is_feed, read_feed
from sijill.page.fetch import Fetcher
from sijill.page.mhtml import read_mhtml
from sijill.page.saved_images import with_images_beside
from sijill.page.warc import read_warc

PAGE_SUFFIXES = frozenset(
    {"", ".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".txt", ".text", ".mhtml", ".mht", ".gz"}
    | {".warc", ".wacz", ".xml", ".rss", ".atom", ".json"}
)
"""Files of a folder that are taken; one named by itself is always tried."""
_FILES_FOLDER = re.compile(r"(?:_files|_fichiers|-Dateien|\.files)$")
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)\s*(https?://\S+?)\s*-->")


def captures(
    things: Iterable[str | os.PathLike[str]],
    *,
    fetcher: Fetcher | None = None,
    fetch_entries: bool = False,
    stdin: IO[bytes] | None = None,
) -> Iterator[Capture | Problem]:
    """What things hold, one page at a time: captures, and problems for what could not be taken.

    A thing is a file (a page, ``.gz``, ``.mhtml``, ``.warc``, ``.warc.gz``, ``.wacz``, a feed, a
    list of addresses), a folder of such, a web address, or ``-`` for standard input.
    Nothing is fetched without a ``fetcher``; entries of feeds that have no full text
    only with ``fetch_entries``. Never raises for what is wrong with a thing.
    """
    source = _Source(fetcher, fetch_entries)
    for thing in things:
        name = os.fspath(thing)
        if name == "-":
            yield from source.stream(stdin or sys.stdin.buffer)
        elif is_web_address(name):
            yield from source.address(name)
        else:
            yield from source.path(Path(name))


class _Source:
    def __init__(self, fetcher: Fetcher | None, fetch_entries: bool) -> None:
        self._fetcher, self._fetch_entries = fetcher, fetch_entries

    def path(self, path: Path) -> Iterator[Capture | Problem]:
        if path.is_dir():
            for file in _files(path):
                yield from self._file(file)
        elif path.exists():
            yield from self._file(path)
        else:
            yield Problem(name=_printable(path), reason="there is no such file or folder")

    def _file(self, path: Path) -> Iterator[Capture | Problem]:
        try:
            with path.open("rb") as file:
                head = file.read(4096)
                if _is_web_archive(path, head):
                    yield from read_warc(path, name=_printable(path))
                    return
                size = path.stat().st_size
                if size > LARGEST_PAGE:
                    limit = LARGEST_PAGE // 1_000_000
                    yield Problem(
                        name=_printable(path),
                        reason=f"it has {size // 1_000_000} MB; a page may have {limit} MB at most",
                    )
                    return
                data = head + file.read(LARGEST_PAGE)
            for item in self._data(data, _printable(path)):
                yield with_images_beside(item, path) if isinstance(item, Capture) and not item.images else item
        except OSError as error:
            yield Problem(name=_printable(path), reason=f"it cannot be read: {error.strerror or error}")
        except UnreadablePage as error:
            yield Problem(name=_printable(path), reason=error.reason)

    def stream(self, stream: IO[bytes]) -> Iterator[Capture | Problem]:
        """Standard input: a page, a feed, a list of addresses, or a web archive (kept on disk while it is read)."""
        with tempfile.TemporaryDirectory() as folder:
            spool = Path(folder, "stdin")
            with spool.open("wb") as file:
                while chunk := stream.read(1 << 20):
                    file.write(chunk)
            for item in self._file(spool):
                name = (item.name or "").replace(str(spool), "standard input")
                yield msgspec.structs.replace(item, name=name)

    def _data(self, data: bytes, name: str) -> Iterator[Capture | Problem]:
        if data.startswith(b"\x1f\x8b"):
            data = decompress(data, "gzip", name=name)
            name = name.removesuffix(".gz")
        if is_feed(data):
            yield from self._feed(data, name=name, url=None)
        elif addresses := _address_list(data):
            for address in addresses:
                yield from self.address(address)
        elif _is_mhtml(data):
            yield read_mhtml(data, name=name)
        else:
            saved_from = _SAVED_FROM.search(data, 0, 4096)
            yield Capture(data=data, name=name, url=saved_from[1].decode("utf-8", "replace") if saved_from else None)

    def address(self, url: str) -> Iterator[Capture | Problem]:
        """A page, or the entries of a feed, fetched from the web."""
        if self._fetcher is None:
            yield Problem(name=url, reason="nothing is fetched from the web unless asked to")
            return
        try:
            capture = self._fetcher.get(url)
        except UnreadablePage as error:
            yield Problem(name=url, reason=error.reason)
            return
        if capture is not None and is_feed(capture.data):
            yield from self._feed(capture.data, name=url, url=url, captured=capture.captured)
        elif capture is not None:
            yield capture

    def _feed(
        self, data: bytes, *, name: str, url: str | None, captured: str | None = None
    ) -> Iterator[Capture | Problem]:
        try:
            for entry in read_feed(data, url=url, name=name):
                capture = entry.as_capture(name=name, captured=captured)
                if capture is not None:
                    yield capture
                elif entry.url and self._fetch_entries:
                    yield from self.address(entry.url)
                else:
                    reason = "the feed has only a summary of it; it is fetched when asked to"
                    yield Problem(name=f"{name}, entry {entry.url or entry.title}", reason=reason)
        except UnreadablePage as error:
            yield Problem(name=name, reason=error.reason)


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder that can hold pages, in order; what a browser saved beside a page is the page's."""
    for current, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _FILES_FOLDER.search(name))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in PAGE_SUFFIXES:
                yield Path(current, name)


def _printable(path: Path) -> str:
    """A path as text: names on disk are bytes, which need not be any."""
    return os.fsencode(path).decode("utf-8", "replace")


def _is_web_archive(path: Path, head: bytes) -> bool:
    if head.startswith(b"WARC/") or re.search(r"\.(warc(\.gz)?|wacz)$", path.name, re.IGNORECASE):
        return True
    return head.startswith(b"\x1f\x8b") and _unpacks_to_warc(head)


def _unpacks_to_warc(head: bytes) -> bool:
    import zlib

    try:
        return zlib.decompressobj(47).decompress(head, 16).startswith(b"WARC/")
    except zlib.error:
        return False


def _is_mhtml(data: bytes) -> bool:
    head = data[:4096].lower()
    return b"mime-version:" in head and b"multipart/related" in head and not head.lstrip().startswith(b"<")


def _address_list(data: bytes) -> list[str]:
    """The addresses in a text that holds nothing else, one a line; lines that start with ``#`` are remarks."""
    if len(data) > 16_000_000 or not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"http://", b"https://", b"#")):
        return []
    lines = [line.strip() for line in data.decode("utf-8", "replace").lstrip("\ufeff").splitlines()]
    addresses = [line for line in lines if line and not line.startswith("#")]
    return addresses if addresses and all(is_web_address(line) and " " not in line for line in addresses) else []
