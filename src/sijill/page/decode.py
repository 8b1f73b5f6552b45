"""From bytes to text: the encoding a page is in, whatever it says it is in.

The order of trust is: a byte order mark; valid UTF-8; the charset declared by the
server or the page, where the bytes bear it out; the charset that the letters show
(`resiliparse`'s detector, the best of three measured on short Arabic texts).
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from resiliparse.parse.encoding import detect_encoding

from sijill.page.errors import BinaryPage, EmptyPage, PageTooLarge, UndecodablePage

LARGEST_PAGE = 64 * 1024 * 1024
"""Bytes. A larger file is no news page and is refused."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_MAGIC = {
    b"%PDF-": "a PDF document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"RIFF": "a picture or film",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\x1f\x8b": "gzip-compressed",
    b"BZh": "bzip2-compressed",
    b"\xfd7zXZ": "xz-compressed",
    b"\x28\xb5\x2f\xfd": "zstd-compressed",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"SQLite format 3": "a database",
    b"OggS": "a sound or film",
    b"ID3": "a sound",
    b"wOFF": "a font",
    b"wOF2": "a font",
}
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE)
_CONTROL = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32))
_SAMPLE, _HEAD = 64 * 1024, 8 * 1024
_ENOUGH = 40
"""Non-ASCII bytes from which the detector is believed against a declaration."""


def decode(
    data: bytes, *, charset: str | None = None, name: str | None = None, markup: bool = False
) -> tuple[str, int | None]:
    """The text of a page, and the offset in bytes of its first undecodable byte where there is one.

    ``charset`` is what the server said. In a page of markup undecodable bytes become
    U+FFFD, for they often lie outside the article; in plain text they are refused.

    Raises `EmptyPage`, `PageTooLarge`, `BinaryPage` and `UndecodablePage`.

    >>> decode("تعليق المحادثات بين واشنطن وموسكو".encode("windows-1256"))[0]
    'تعليق المحادثات بين واشنطن وموسكو'
    """
    text, bad_byte, _ = _decoded(data, charset, name, markup)
    return text, bad_byte


def as_utf8(data: bytes, *, charset: str | None = None, name: str | None = None) -> tuple[bytes, int | None]:
    """A page of markup in UTF-8, as its parser wants it, and its first undecodable byte; raises what `decode` does.

    >>> as_utf8("<p>تعليق المحادثات بين واشنطن وموسكو".encode("windows-1256"))[0].decode()
    '<p>تعليق المحادثات بين واشنطن وموسكو'
    """
    text, bad_byte, unchanged = _decoded(data, charset, name, markup=True)
    return text.encode("utf-8", "replace") if unchanged is None else unchanged, bad_byte


def _decoded(data: bytes, charset: str | None, name: str | None, markup: bool) -> tuple[str, int | None, bytes | None]:
    """What `decode` returns, and the bytes where they are UTF-8 already."""
    if len(data) > LARGEST_PAGE:
        size, limit = len(data) // 1_000_000, LARGEST_PAGE // 1_000_000
        raise PageTooLarge(f"it has {size} MB, and a page may have {limit} MB at most", name=name)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return *_strict_or_marked(data[len(bom) :], encoding, len(bom), name, markup), None
    if not data.strip(b"\x00 \t\r\n\x0b\x0c"):
        raise EmptyPage("there is nothing in it", name=name)
    wide = _without_bom(data)
    if wide:
        return *_strict_or_marked(data, wide, 0, name, markup), None
    _refuse_binary(data, markup, name)
    if b"\x00" in data:
        data = data.replace(b"\x00", b" ")
    try:
        return data.decode("utf-8"), None, data
    except UnicodeDecodeError as error:
        offset = error.start
    if _is_broken_utf8(data, offset):
        if not markup:
            raise UndecodablePage("the text is UTF-8, but for what stands", offset=offset, name=name)
        return data.decode("utf-8", "replace"), offset, None
    encoding = _legacy_encoding(data, charset, markup)
    if encoding is None:
        raise UndecodablePage("the bytes are no text in any known encoding, from what stands", offset=offset, name=name)
    return *_strict_or_marked(data, encoding, 0, name, markup), None


def declared_charset(data: bytes, markup: bool) -> str | None:
    """The charset that a page's own markup names."""
    if not markup:
        return None
    found = _META.search(data, 0, 4096) or _XML.match(data[:256])
    return found[1].decode("ascii", "ignore") if found else None


def _without_bom(data: bytes) -> str | None:
    """UTF-16 betrays itself by the zero or high byte of every other letter, if it has no mark."""
    sample = data[:2000]
    if len(sample) < 4 or sample.count(0) * 20 < len(sample):
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
        printable = sum(c in "\r\n\t" or unicodedata.category(c)[0] in "LNPZMS" for c in text)
        high = sum(ord(c) > 0x2FFF for c in text)
        if printable >= 0.97 * len(text) and high * 10 < len(text):
            return encoding
    return None


def _refuse_binary(data: bytes, markup: bool, name: str | None) -> None:
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise BinaryPage(f"it is {what}, not a page of text", name=name)
    sample = data[: _HEAD if markup else _SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    if controls * (5 if markup else 50) > len(sample):
        first = next(index for index, byte in enumerate(sample) if byte in _CONTROL)
        raise BinaryPage(
            f"it is binary data, not a page of text (byte {sample[first]:#04x} at byte {first})", name=name
        )


def _is_broken_utf8(data: bytes, offset: int) -> bool:
    """Whether most of what is not ASCII makes valid UTF-8: then it is UTF-8 with broken bytes."""
    sample = data[max(0, offset - _SAMPLE) : offset + _SAMPLE]
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for c in text if c > "\x7f") - bad
    return good > 3 * bad


def _legacy_encoding(data: bytes, charset: str | None, markup: bool) -> str | None:
    letters = data.translate(None, bytes(range(128)))
    declared = [known for label in (charset, declared_charset(data, markup)) if (known := _known(label))]
    detected = _known(_detect(data, letters))
    candidates = [detected, *declared] if len(letters) >= _ENOUGH else [*declared, detected]
    for encoding in candidates:
        if encoding and encoding != "utf-8" and _decodes(data, encoding):
            return encoding
    return next((encoding for encoding in candidates if encoding and encoding != "utf-8" and markup), None)


def _detect(data: bytes, letters: bytes) -> str | None:
    """The detector is shown the lines with letters beyond ASCII, not the scripts around them."""
    lines = [line for line in data.splitlines() if not line.isascii()]
    return detect_encoding(b"\n".join(lines)[:_SAMPLE]) if letters else None


def _known(label: str | None) -> str | None:
    """Python's name of an encoding; Latin-1 is read as Windows-1252, as browsers do."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip().replace("x-mac-", "mac-")).name
    except (LookupError, UnicodeError):
        return None
    return {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True


def _strict_or_marked(data: bytes, encoding: str, shift: int, name: str | None, markup: bool) -> tuple[str, int | None]:
    try:
        return data.decode(encoding).replace("\x00", " "), None
    except UnicodeDecodeError as error:
        offset = error.start + shift
        if not markup:
            reason = f"the text reads as {encoding}, but for what stands"
            raise UndecodablePage(reason, offset=offset, name=name) from None
        return data.decode(encoding, "replace").replace("\x00", " "), offset
