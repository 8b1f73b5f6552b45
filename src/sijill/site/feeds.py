"""Lists as Atom feeds (RFC 4287), for newsreaders and other programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

# Characters that XML 1.0 cannot hold, whatever their escape.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

BEGINNING = "1970-01-01T00:00:00+00:00"


class FeedEntry(msgspec.Struct, frozen=True):
    """An entry of a feed. ``path`` is its address in the site, ``date`` the ISO 8601 day or time it is of."""

    path: str
    title: str
    date: str | None
    summary: str
    author: str | None
    lang: str

    @property
    def updated(self) -> str:
        return moment(self.date)


class Feed(msgspec.Struct, frozen=True):
    """A list as a feed."""

    title: str
    entries: list[FeedEntry]

    @property
    def updated(self) -> str:
        return newest(entry.updated for entry in self.entries)


def moment(date: str | None) -> str:
    """A day or time as RFC 3339 wants it, a day from its midnight in UTC; what is none of these is the year 1970.

    >>> moment("2016-10-03"), moment("2016-10-03T20:15:00+03:00"), moment(None)
    ('2016-10-03T00:00:00+00:00', '2016-10-03T20:15:00+03:00', '1970-01-01T00:00:00+00:00')
    """
    try:
        found = datetime.fromisoformat(date or BEGINNING)
    except ValueError:
        return BEGINNING
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).isoformat()


def newest(moments: Iterable[str]) -> str:
    """The latest of some moments."""
    return max(moments, key=datetime.fromisoformat, default=BEGINNING)


def xml_text(text: str) -> str:
    """Text without what XML cannot hold.

    >>> xml_text("a\x0bb")
    'ab'
    """
    return _NOT_XML.sub("", text)
