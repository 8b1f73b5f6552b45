"""The pictures saved with a page: which it shows, and those that lie beside it on disk."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from sijill.page.addresses import absolute
from sijill.page.capture import Capture

IMAGE_LIMIT = 16 * 1024 * 1024
"""Bytes of one picture."""
IMAGES_LIMIT = 128 * 1024 * 1024
"""Bytes of all pictures kept with one page."""
_IMAGE = re.compile(rb"""<img\b[^>"']*+(?:"[^"]*+"[^>"']*+|'[^']*+'[^>"']*+)*+""", re.IGNORECASE)
_SOURCE = re.compile(
    rb"""(?<=[\s/"'])(?:data-(?:lazy-)?)?(?:src|(?<=data-)original)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++))""",
    re.IGNORECASE,
)
_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp"})


def image_sources(capture: Capture) -> list[tuple[str, str | None]]:
    """The addresses of a page's pictures, as printed and in full."""
    found: dict[str, str | None] = {}
    for tag in _IMAGE.findall(capture.data):
        for value in _SOURCE.findall(tag):
            printed = html.unescape(b"".join(value).decode("utf-8", "replace"))
            if printed and not printed.startswith("data:"):
                found[printed] = absolute(printed, capture.url)
    return list(found.items())


def with_images_beside(capture: Capture, path: Path) -> Capture:
    """A capture with the pictures that a browser saved beside the page (in its ``…_files`` folder).

    Nothing outside the page's own folder is read, whatever the page asks for.
    """
    folder = path.parent.resolve()
    images: dict[str, bytes] = {}
    room = IMAGES_LIMIT
    for printed, _ in image_sources(capture):
        parts = urlsplit(printed)
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            continue
        file = (folder / unquote(parts.path)).resolve()
        if not file.is_relative_to(folder) or file.suffix.lower() not in _SUFFIXES or not file.is_file():
            continue
        size = file.stat().st_size
        if 0 < size <= min(IMAGE_LIMIT, room):
            images[printed] = file.read_bytes()
            room -= size
    return msgspec.structs.replace(capture, images=images) if images else capture
