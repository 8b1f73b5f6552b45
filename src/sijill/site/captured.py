"""What came with a captured page, given out so that a browser can show or keep it and never run it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sijill.archive import Archive

# As an image it is shown; opened by itself it can load and do nothing.
_POLICY = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
_CACHE = {"Cache-Control": "private, max-age=3600"}

_SIGNATURES: list[tuple[str, Callable[[bytes], bool]]] = [
    ("image/png", lambda data: data.startswith(b"\x89PNG\r\n\x1a\n")),
    ("image/jpeg", lambda data: data.startswith(b"\xff\xd8\xff")),
    ("image/gif", lambda data: data.startswith((b"GIF87a", b"GIF89a"))),
    ("image/webp", lambda data: data.startswith(b"RIFF") and data[8:12] == b"WEBP"),
    ("image/avif", lambda data: data[4:12] in (b"ftypavif", b"ftypavis")),
    ("image/svg+xml", lambda data: b"<svg" in data[:1024].lower()),
]


def routes(archive: Archive) -> list[Route]:
    """The addresses of captured pictures and pages."""

    def image(request: Request) -> Response:
        data = archive.image(request.path_params["id"], request.path_params["index"])
        media_type = image_type(data) if data else None
        if data is None or media_type is None:
            raise HTTPException(404)
        return Response(data, media_type=media_type, headers=_POLICY | _CACHE)

    def capture(request: Request) -> Response:
        id = request.path_params["id"]
        found = archive.capture(id)
        name = (found.name or id).replace("\\", "/").rsplit("/", 1)[-1]
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
        return Response(found.data, media_type="application/octet-stream", headers=headers | _POLICY)

    return [Route("/images/{id}/{index:int}", image), Route("/captures/{id}", capture)]


def image_type(data: bytes) -> str | None:
    """The media type of a picture by its first bytes, whatever its page called it; None where it is none we show.

    >>> image_type(b"GIF89a...") , image_type(b"<html>")
    ('image/gif', None)
    """
    return next((name for name, matches in _SIGNATURES if matches(data)), None)
