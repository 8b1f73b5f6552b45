"""Calendar arithmetic: days, weeks, months, years and intervals as ISO 8601 values."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from hijridate import Hijri

from sijill.record import Precision

HIJRI_YEARS = range(1343, 1501)
"""The years of the Umm al-Qura tables: what can be converted to the day."""


class Value(NamedTuple):
    """What a date stands for: ISO 8601 ``text`` and how precise it is."""

    text: str
    precision: Precision


def day(of: date) -> Value:
    return Value(of.isoformat(), "day")


def week(of: date) -> Value:
    """The week, Monday to Sunday, that a day is in.

    >>> week(date(2016, 10, 5))
    Value(text='2016-10-03/2016-10-09', precision='week')
    """
    monday = of - timedelta(days=of.weekday())
    return Value(f"{monday}/{monday + timedelta(days=6)}", "week")


def weekend(of: date) -> Value:
    """The Saturday and Sunday of the week that a day is in."""
    saturday = of + timedelta(days=5 - of.weekday())
    return between(saturday, saturday + timedelta(days=1))


def month(year: int, number: int) -> Value:
    return Value(f"{year:04d}-{number:02d}", "month")


def year(number: int) -> Value:
    return Value(f"{number:04d}", "year")


def between(first: date | str, last: date | str) -> Value:
    return Value(f"{first}/{last}", "interval")


def months(first: tuple[int, int], last: tuple[int, int]) -> Value:
    """From one (year, month) to another."""
    return between(month(*first).text, month(*last).text)


def whole_months(first: tuple[int, int], last: tuple[int, int]) -> Value:
    """From the first day of one (year, month) to the last day of another.

    >>> whole_months((2014, 6), (2014, 8)).text
    '2014-06-01/2014-08-31'
    """
    return between(date(*first, 1), date(*last, monthrange(*last)[1]))


def shift_months(of: date, by: int) -> tuple[int, int]:
    """The year and month so many months away.

    >>> shift_months(date(2016, 1, 31), -2)
    (2015, 11)
    """
    years, number = divmod(of.year * 12 + of.month - 1 + by, 12)
    return years, number + 1


def make_day(year: int, number: int, of: int) -> date | None:
    """The day, or None where there is none such."""
    if not (1 <= year <= 9999 and 1 <= number <= 12 and 1 <= of <= monthrange(year, number)[1]):
        return None
    return date(year, number, of)


def hijri_day(year: int, number: int, of: int) -> date | None:
    """The Gregorian day of a Hijri one after the Umm al-Qura calendar; None outside its tables.

    >>> hijri_day(1436, 10, 25)
    datetime.date(2015, 8, 10)
    """
    try:
        return date.fromordinal(Hijri(year, number, of).to_gregorian().toordinal())
    except (ValueError, OverflowError):
        return None


def hijri_month(year: int, number: int) -> Value | None:
    """First to last day of a Hijri month.

    >>> hijri_month(1437, 9)
    Value(text='2016-06-06/2016-07-05', precision='interval')
    """
    first = hijri_day(year, number, 1)
    if first is None:
        return None
    return between(first, first + timedelta(days=Hijri(year, number, 1).month_length() - 1))


def hijri_year(number: int) -> Value | None:
    """First to last day of a Hijri year."""
    first, last = hijri_day(number, 1, 1), hijri_month(number, 12)
    return between(first, last.text.partition("/")[2]) if first and last else None


def weekday_before(of: date, weekday: int, *, included: bool) -> date:
    """The latest such weekday (ISO: Monday is 1) up to a day, that day included or not."""
    back = (of.isoweekday() - weekday) % 7
    return of - timedelta(days=back if back or included else 7)


def weekday_after(of: date, weekday: int, *, included: bool) -> date:
    """The next such weekday (ISO: Monday is 1) from a day on, that day included or not."""
    ahead = (weekday - of.isoweekday()) % 7
    return of + timedelta(days=ahead if ahead or included else 7)


def nth_weekday(first: date, weekday: int, nth: int | None) -> date | None:
    """The nth such weekday (ISO: Monday is 1) of the month that begins on a day; with None the last.

    >>> nth_weekday(date(2014, 9, 1), 2, 3), nth_weekday(date(2013, 3, 1), 1, None)
    (datetime.date(2014, 9, 16), datetime.date(2013, 3, 25))
    """
    if nth is None:
        return weekday_before(first.replace(day=monthrange(first.year, first.month)[1]), weekday, included=True)
    found = weekday_after(first, weekday, included=True) + timedelta(weeks=nth - 1)
    return found if found.month == first.month else None
