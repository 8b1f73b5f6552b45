"""The dates a page prints about itself, as ISO 8601.

Only dates that can be read one way are read: ``03/04/2016`` needs to be told which
comes first, and a date without a year is none.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from itertools import pairwise

from sijill.page.wording import Wording, wording

_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?(?!\d)",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?")
_NUMBERS = re.compile(r"(?<![\d/.-])(\d{1,4})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{1,2})(?![\d/.-])")
_TIME = re.compile(r"(?<![\d:+-])(\d{1,2})[:.](\d{2})(?::(\d{2}))?(?![\d:])\s*([^\W\d]\S{0,8})?")
_ZONE = re.compile(r"(?:GMT|UTC|Z)?\s*([+-])(\d{2}):?(\d{2})|(GMT|UTC|Z)\b", re.IGNORECASE)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_DIGIT = re.compile(r"\d")
_WORDS = re.compile(r"[^\W\d_]+")
FIRST_YEAR, LAST_YEAR = 1900, 2100


def read_date(text: str | None, *, day_first: bool | None = None) -> str | None:
    """The ISO 8601 date, or date and time, that a text gives; None where it gives none or more than one reading.

    ``day_first`` settles dates of three numbers such as ``03/04/2016``.

    >>> read_date("2016-10-03T14:30:00+0300")
    '2016-10-03T14:30:00+03:00'
    >>> read_date("Mon, 03 Oct 2016 14:30:00 GMT")
    '2016-10-03T14:30:00+00:00'
    >>> read_date("٣ أكتوبر ٢٠١٦")
    '2016-10-03'
    >>> read_date("03/04/2016") is None, read_date("03/04/2016", day_first=True)
    (True, '2016-04-03')
    """
    if not text or len(text) > 200:
        return None
    text = _ascii_digits(text.strip())
    for pattern in (_ISO, _COMPACT):
        found = pattern.match(text) if pattern is _ISO else pattern.fullmatch(text)
        if found:
            return _iso_from(found)
    if _EPOCH.fullmatch(text):
        return _from_epoch(int(text[:10]))
    calendar = _written(text)
    if calendar is None:
        calendar, text = _numeric(text, day_first)
    if calendar is None:
        inside = _ISO.search(text)
        return _iso_from(inside) if inside else None
    hour, minute, second, zone = _clock(text)
    return _iso(*calendar, hour, minute, second, zone)


def only_date(line: str, *, day_first: bool | None = None) -> str | None:
    """The date that a line gives when it says nothing else (but "published on", a weekday, a time).

    >>> only_date("Published on Monday, 3 October 2016 - 14:30")
    '2016-10-03T14:30:00'
    >>> only_date("Talks failed on 3 October 2016") is None
    True
    """
    return read_date(line, day_first=day_first) if says_only_when(line) else None


def says_only_when(line: str) -> bool:
    """Whether a line has a digit and no word but those of dates and times.

    >>> says_only_when("14:30 GMT"), says_only_when("3 October talks"), says_only_when("Monday")
    (True, False, False)
    """
    if len(line) > 120 or not _DIGIT.search(line):
        return False
    known = wording().date_words
    return all(word in known for word in _WORDS.findall(wording().fold(_ascii_digits(line))))


def labelled_dates(line: str, *, day_first: bool | None = None) -> list[tuple[bool, str]]:
    """The dates of a line that gives nothing else, each with whether it is that of a change.

    >>> labelled_dates("Published: 3 October 2016 | Updated: 4 October 2016")
    [(False, '2016-10-03'), (True, '2016-10-04')]
    """
    if not says_only_when(line):
        return []
    folded = wording().fold(line)
    labels = list(wording().date_label.finditer(folded))
    starts = sorted({0, *(label.start() for label in labels)})
    dates: list[tuple[bool, str]] = []
    for start, end in pairwise([*starts, len(folded)]):
        moment = read_date(folded[start:end], day_first=day_first)
        if moment:
            dates.append((any(label.start() == start and label["modified"] for label in labels), moment))
    whole = read_date(line, day_first=day_first)
    is_change = any(label["modified"] for label in labels)
    return dates if len(dates) > 1 else [(is_change, whole)] if whole else []


def later_than(moment: str, limit: str | None) -> bool:
    """Whether a date lies more than a day after another (a day, for the zones of the earth)."""
    return limit is not None and moment[:10] > (date.fromisoformat(limit[:10]) + timedelta(days=1)).isoformat()


def _ascii_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)


def _written(text: str) -> tuple[int, int, int] | None:
    """A date with its month in letters: ``3 October 2016``, ``October 3, 2016``, ``2016 October 3``."""
    phrases = wording()
    words = re.findall(r"\d+|[^\W\d_]+", phrases.fold(text))
    for index in range(len(words)):
        for width in (2, 1):
            month = phrases.months.get(" ".join(words[index : index + width]))
            if month is None:
                continue
            before = words[index - 1] if index else ""
            after = [word for word in words[index + width : index + width + 4] if not _is_other_month(word, phrases)]
            if before in ("st", "nd", "rd", "th") and index > 1:
                before = words[index - 2]
            numbers = [word for word in after if word.isdigit()]
            if before.isdigit() and len(before) <= 2 and numbers and len(numbers[0]) == 4:
                return int(numbers[0]), month, int(before)
            if len(numbers) > 1 and len(numbers[0]) <= 2 and len(numbers[1]) == 4:
                return int(numbers[1]), month, int(numbers[0])
            if len(before) == 4 and before.isdigit() and numbers and len(numbers[0]) <= 2:
                return int(before), month, int(numbers[0])
    return None


def _is_other_month(word: str, phrases: Wording) -> bool:
    return not word.isdigit() and word in phrases.months


def _numeric(text: str, day_first: bool | None) -> tuple[tuple[int, int, int] | None, str]:
    """The first date of three numbers in the years of newspapers, and the text without it."""
    for found in _NUMBERS.finditer(text):
        first, second, third = map(int, found.groups())
        if len(found[1]) == 4:
            calendar = first, second, third
        elif len(found[3]) != 4:
            continue
        elif first > 12 or first == second:
            calendar = third, second, first
        elif second > 12:
            calendar = third, first, second
        elif day_first is None:
            continue
        else:
            calendar = (third, second, first) if day_first else (third, first, second)
        if FIRST_YEAR <= calendar[0] <= LAST_YEAR:
            return calendar, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def _clock(text: str) -> tuple[str | None, str | None, str | None, str | None]:
    found = next((time for time in _TIME.finditer(text) if int(time[1]) < 24 and int(time[2]) < 60), None)
    if found is None or re.match(r"\s*\.\s*\d", text[found.end(2) :]):
        return None, None, None, None
    hour, phrases = int(found[1]), wording()
    half = phrases.fold(found[4] or "").strip(".,")
    if half in (mark.strip(".") for mark in phrases.pm) and hour < 12:
        hour += 12
    elif half in (mark.strip(".") for mark in phrases.am) and hour == 12:
        hour = 0
    zone = _ZONE.search(text, found.end(2))
    offset = f"{zone[1]}{zone[2]}{zone[3]}" if zone and zone[1] else "Z" if zone else None
    return str(hour), found[2], found[3], offset


def _iso_from(found: re.Match[str]) -> str | None:
    year, month, day, hour, minute, second, zone = found.groups()
    return _iso(int(year), int(month), int(day), hour, minute, second, zone)


def _iso(
    year: int, month: int, day: int, hour: str | None, minute: str | None, second: str | None, zone: str | None
) -> str | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        if hour is None or minute is None:
            return date(year, month, day).isoformat()
        moment = datetime(year, month, day, int(hour), int(minute), int(second or 0)).isoformat()
    except ValueError:
        return None
    if not zone:
        return moment
    zone = zone.upper()
    return moment + ("+00:00" if zone in ("Z", "UTC", "GMT") else f"{zone[:3]}:{zone[-2:]}")


def _from_epoch(seconds: int) -> str | None:
    moment = datetime(1970, 1, 1) + timedelta(seconds=seconds)
    return moment.isoformat() + "+00:00" if FIRST_YEAR <= moment.year <= LAST_YEAR else None
