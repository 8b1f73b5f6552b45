"""Pages saved as one file (MHTML, RFC 2557): the page and its pictures as parts of a message."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from sijill.page.capture import Capture
from sijill.page.errors import NoArticle
from sijill.page.saved_images import IMAGE_LIMIT


def read_mhtml(data: bytes, *, name: str) -> Capture:
    """The page in an MHTML file, with its pictures. Raises `NoArticle` where there is none."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    pages: list[EmailMessage] = []
    images: dict[str, bytes] = {}
    for part in message.walk():
        kind = part.get_content_type()
        location = part.get("Content-Location")
        if kind == "text/html":
            pages.append(part)
        elif kind.startswith("image/") and location:
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and len(body) <= IMAGE_LIMIT:
                images[location] = body
    if not pages:
        raise NoArticle("there is no page in the message", name=name)
    page = pages[0]
    body = page.get_payload(decode=True)
    return Capture(
        data=body if isinstance(body, bytes) else b"",
        url=message.get("Snapshot-Content-Location") or page.get("Content-Location"),
        content_type="text/html",
        charset=page.get_content_charset(),
        captured=_moment(message.get("Date")),
        name=name,
        images=images,
    )


def _moment(date: str | None) -> str | None:
    if not date:
        return None
    try:
        moment = parsedate_to_datetime(date)  # "-0000" is UTC with the sender's zone withheld (RFC 5322, 3.3)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
    except ValueError:
        return None
