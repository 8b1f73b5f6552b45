"""A page as it came: its bytes, whence and when."""

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
