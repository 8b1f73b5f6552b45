"""The order of every list: newest first, and where the next page of it begins."""

from __future__ import annotations

from datetime import UTC, datetime


def seconds(*dates: str | None) -> int:
    """Seconds since 1970 of the first date that is given and can be read; a day counts from its midnight, UTC.

    >>> seconds(None, "2016-10-04"), seconds("2016-10"), seconds("1969-12-31T23:00:00-02:00")
    (1475539200, 1475280000, 3600)
    """
    for date in dates:
        moment = _moment(date) if date else None
        if moment is not None:
            return int(moment.timestamp())
    return 0


def _moment(date: str) -> datetime | None:
    for text in (date, f"{date}-01", f"{date}-01-01"):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def now() -> str:
    """This moment as ISO 8601, in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def cursor(sort: int, key: int) -> str:
    """Where a list stood at an entry: give it as ``before`` to go on behind it."""
    return f"{sort}.{key}"


def after_cursor(before: str) -> tuple[int, int]:
    """The two numbers of a cursor. Raises `ValueError` where it is none."""
    sort, _, key = before.rpartition(".")
    try:
        return int(sort), int(key)
    except ValueError:
        raise ValueError(f"{before!r} is no place in a list: give the cursor of the last entry seen") from None
