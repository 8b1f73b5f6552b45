"""A page as it came: its bytes, whence and when; or why it did not come."""

from __future__ import annotations

import msgspec


class Capture(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes of a page as they came, and what is known about their coming.

    ``charset`` and ``content_type`` are what the server said; ``captured`` is ISO 8601;
    ``name`` is the file or record it was read from, for messages; ``images`` maps the
    addresses of pictures saved with the page, as the page prints them, to their bytes.
    """

    data: bytes
    url: str | None = None
    content_type: str | None = None
    charset: str | None = None
    headers: dict[str, str] = {}
    captured: str | None = None
    name: str | None = None
    images: dict[str, bytes] = {}


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that could not be taken in: which, and why, in words for a person.

    >>> str(Problem(name="crawl.warc.gz, record at byte 339", reason="the record is cut off"))
    'crawl.warc.gz, record at byte 339: the record is cut off'
    """

    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"
