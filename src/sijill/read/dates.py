"""Expressions of time: found by the pack's patterns, placed on the calendar, folded into units of the tape.

What is relative counts from the day of publication; without one it stays unresolved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sijill.lang import Language
from sijill.read import calendars
from sijill.read.calendars import Value
from sijill.read.document import Document
from sijill.read.numbers import cardinal
from sijill.record import Date
from sijill.text.pattern import Match
from sijill.text.tape import Fold, Tape

NO_VERB = frozenset({"noun", "prep", "adjective", "relative", "number.unit", "function"})
"""Classes of words that are spelt like a verb in the past, too."""

REACH = 80
"""How many units before a date its verb is looked for."""

SEASONS = {1: (12, 14), 2: (3, 5), 3: (6, 8), 4: (9, 11)}
"""Winter to autumn: first and last month, counted from January of the season's year."""

MOST_WEEKS = 5
"""How often a weekday may come in a month."""

NO_DATE = Value("", "day")


@dataclass(slots=True)
class Expression:
    """An expression of time while it is being placed."""

    tape: Tape
    match: Match
    language: Language
    today: date | None
    named: date | None
    """The last day that was placed before it."""

    def has(self, capture: str) -> bool:
        """Whether the rule captured any unit under this name."""
        first, last = self.match.captures.get(capture, (0, 0))
        return last > first

    def word(self, capture: str, kind: str | None = None) -> int | None:
        """The value that the words files give a captured word."""
        value = self.text(capture, kind)
        return int(value) if value is not None else None

    def text(self, capture: str, kind: str | None = None) -> str | None:
        for at in range(*self.match.captures.get(capture, (0, 0))):
            value = self.language.value(self.tape.norms[at], kind or capture)
            if value is not None:
                return value
        return None

    def digits(self, capture: str) -> int | None:
        """The whole number that a capture's digits print."""
        for at in range(*self.match.captures.get(capture, (0, 0))):
            if self.tape.norms[at].isdecimal():
                return int(self.tape.norms[at])
        return None

    def number(self, capture: str) -> int | None:
        """A captured number, in digits, number words or ordinals."""
        first, last = self.match.captures.get(capture, (0, 0))
        ordinals = [self.language.value(self.tape.norms[at], "ordinal") for at in range(first, last)]
        at = next((at for at, ordinal in enumerate(ordinals) if ordinal is not None), None)
        if at is None:
            value = cardinal(self.tape, first, last, self.language)
        else:
            value = int(ordinals[at] or 0) + (cardinal(self.tape, first + at + 1, last, self.language) or 0)
        return int(value) if value is not None and value == int(value) else None

    def classes(self, unit: int) -> frozenset[str]:
        return self.language.alphabet.classes(self.tape.codes[unit])

    def lies_ahead(self) -> bool:
        """Whether the verb that the date belongs to is in the future."""
        return self.tense() == 1

    def tense(self) -> int | None:
        """The time of the nearest verb before the date: 1 future, -1 past, 0 past speech; None without one."""
        first = self.match.first
        for at in range(first - 1, max(first - REACH, -1), -1):
            classes = self.classes(at)
            if "stop" in classes or "para" in classes:
                break
            if "future" in classes or "planned" in classes:
                return 1
            if "past" in classes and not classes & NO_VERB:
                return 0 if "cue" in classes else -1
        for at in range(self.match.last, min(self.match.last + 3, len(self.tape))):
            classes = self.classes(at)
            if "stop" in classes or "para" in classes:
                break
            if "future" in classes:
                return 1
        return None

    @property
    def hijri(self) -> bool:
        if self.match.rule.says.get("calendar") == "hijri":
            return True
        at = self.match.captures.get("month", (0, 0))
        return at[1] > at[0] and "month.hijri" in self.classes(at[0])


def find_dates(document: Document) -> None:
    """Find every expression of time, in order, and fold each into one unit of class ``date``.

    >>> from sijill.lang import load
    >>> from sijill.record import Article
    >>> article = Article(id="a", lang="ar", text="التقيا مساء الخميس المنصرم", published="2016-10-03")
    >>> find_dates(document := Document(article, load("ar")))
    >>> [(d.text, d.value, d.precision) for d in document.dates]
    [('مساء الخميس المنصرم', '2016-09-29', 'day')]
    """
    tape, language = document.tape, document.language
    alphabet = language.alphabet
    code = alphabet.code({"date"})
    today = _day(document.published)
    folds: list[Fold] = []
    named: date | None = None
    upto = 0
    for match in document.rules("dates").scan(tape, longest=True):
        count = PLACING[match.rule.says["as"]]
        value = count(Expression(tape, match, language, today, named))
        if value is NO_DATE:
            continue
        first = _begin(tape, match, upto, language)
        upto = match.last
        start, end = tape.starts[first], tape.ends[match.last - 1]
        found = Date(
            id=f"t{len(document.dates) + 1}",
            start=start,
            end=end,
            text=tape.text[start:end],
            value=value.text if value else None,
            precision=value.precision if value else "day",
            rule=match.rule.name,
        )
        if value and value.precision == "day":
            named = _day(value.text)
        document.dates.append(found)
        folds.append(Fold(first, match.last, code, found.text, found))
    if folds:
        document.tape = tape.fold(folds)


def _begin(tape: Tape, match: Match, upto: int, language: Language) -> int:
    """The first unit of a date, with the article and the words before it that belong to it (classes ``lead.…``)."""
    classes = language.alphabet.classes
    lead = match.rule.says.get("lead")
    first = match.first
    while first > upto:
        before = classes(tape.codes[first - 1])
        part_of_day = "daypart" in before or ("lead.daypart" in before and "daypart" in classes(tape.codes[first]))
        if not (
            {"article", "clitic"} <= before or (lead and f"lead.{lead}" in before) or (lead == "day" and part_of_day)
        ):
            break
        first -= 1
    return first


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _leave_alone(said: Expression) -> Value | None:
    return NO_DATE


# Days of the calendar


def _calendar(said: Expression) -> Value | None:
    of, number = said.number("day"), said.word("month")
    if of is None or not 1 <= of <= 31:
        return NO_DATE
    if number is None and not said.has("month"):
        return _day_of_turned_month(said, of)
    if number is None:
        return NO_DATE
    if said.hijri:
        return _hijri_calendar(said, of, number)
    year = said.digits("year") or _year_of_turn(said)
    found = _nearest(said, number, of) if year is None else calendars.make_day(year, number, of)
    weekday = said.word("weekday")
    if found and year and weekday and found.isoweekday() != weekday and of <= MOST_WEEKS:
        # «Tuesday the third of September» that is no Tuesday is the third Tuesday.
        found = calendars.nth_weekday(found.replace(day=1), weekday, of)
    return calendars.day(found) if found else None


def _day_of_turned_month(said: Expression, of: int) -> Value | None:
    if said.today is None:
        return None
    year, number = calendars.shift_months(said.today, said.word("turn") or 0)
    found = calendars.make_day(year, number, of)
    return calendars.day(found) if found else None


def _hijri_calendar(said: Expression, of: int, number: int) -> Value | None:
    year = said.digits("year")
    if year is None:
        if said.today is None:
            return None
        days = (calendars.hijri_day(y, number, of) for y in _hijri_years_around(said.today))
        found = _allowed(said, [d for d in days if d], said.today)
    elif year not in calendars.HIJRI_YEARS:
        return NO_DATE if year < 1 or year > 1600 else None
    else:
        found = calendars.hijri_day(year, number, of)
    return calendars.day(found) if found else None


def _hijri_years_around(today: date) -> range:
    year = round((today.year - 622) * 33 / 32)
    return range(year - 1, year + 3)


def _year_of_turn(said: Expression) -> int | None:
    """The year that «of last year» names."""
    turn = said.word("year_turn", "turn")
    if turn is None or said.today is None:
        return None
    return said.today.year + turn


def _nearest(said: Expression, number: int, of: int) -> date | None:
    """The day of this month nearest to publication that its weekday, the turn, or the tense, allows."""
    today = said.today
    if today is None:
        return None
    days = [d for year in range(today.year - 4, today.year + 5) if (d := calendars.make_day(year, number, of))]
    weekday = said.word("weekday")
    if weekday:
        days = [d for d in days if d.isoweekday() == weekday] or days
    return _allowed(said, days, today)


def _allowed(said: Expression, days: list[date], today: date) -> date | None:
    """The day nearest to publication among those that the turn, or the tense, allows."""
    turn = said.word("turn")
    if turn == -1:
        return max((d for d in days if d < today), default=None)
    if turn == 1:
        return min((d for d in days if d > today), default=None)
    if turn == 0:
        return min(days, key=lambda d: abs(d.year - today.year), default=None)
    if said.lies_ahead():
        return min((d for d in days if d >= today), default=None)
    return min(days, key=lambda d: _distance(d, today), default=None)


def _distance(of: date, today: date) -> float:
    """How far a day is from publication; news look back further than ahead."""
    days = (of - today).days
    return days * 1.5 if days > 0 else -days


def _days(said: Expression) -> Value | None:
    first, last, number = said.number("day"), said.number("last"), said.word("month")
    if first is None or last is None or number is None:
        return NO_DATE
    last_number = said.word("last_month", "month") or number
    if said.hijri:
        year = said.digits("year") or 0
        begin, end = calendars.hijri_day(year, number, first), calendars.hijri_day(year, last_number, last)
    else:
        year = said.digits("year") or _year_of_turn(said)
        if year is None:
            end = _nearest(said, last_number, last)
            begin = calendars.make_day(end.year - (last_number < number), number, first) if end else None
        else:
            begin, end = calendars.make_day(year, number, first), calendars.make_day(year, last_number, last)
    if begin is None or end is None:
        return None
    return calendars.between(begin, end) if begin < end else NO_DATE


def _numeric(said: Expression) -> Value | None:
    if said.has("date"):
        printed = said.tape.norms[said.match.captures["date"][0]]
        parts = [int(part) for part in printed.replace("/", ".").split(".") if part.isdecimal()]
        if len(parts) != 3:
            return NO_DATE
        year, number, of = parts if parts[0] > 31 else (parts[2], parts[1], parts[0])
    else:
        year, number, of = (said.digits(name) or 0 for name in ("year", "month", "day"))
    if number > 12 >= of:
        number, of = of, number
    if year < 100:
        year += 2000
    if said.match.rule.says.get("calendar") == "hijri" or (year in calendars.HIJRI_YEARS and year < 1501):
        found = calendars.hijri_day(year, number, of)
    else:
        found = calendars.make_day(year, number, of)
    return calendars.day(found) if found else NO_DATE


# Weekdays and days counted from publication


def _weekday(said: Expression) -> Value | None:
    weekday = said.word("weekday")
    if weekday is None:
        return NO_DATE
    if said.today is None:
        return None
    turn = said.word("turn")
    if turn == -1:
        found = calendars.weekday_before(said.today, weekday, included=False)
    elif turn == 1 or (turn is None and said.lies_ahead()):
        found = calendars.weekday_after(said.today, weekday, included=turn is None)
    else:
        found = calendars.weekday_before(said.today, weekday, included=True)
    return calendars.day(found)


def _weekday_of_week(said: Expression) -> Value | None:
    weekday, turn = said.word("weekday") or said.word("weekday", "day.name"), said.word("turn") or 0
    if weekday is None or said.today is None:
        return None
    monday = said.today - timedelta(days=said.today.weekday() - 7 * turn)
    return calendars.day(monday + timedelta(days=weekday - 1))


def _nth_weekday(said: Expression) -> Value | None:
    """The first, second … or last such weekday of a month."""
    weekday, nth = said.word("weekday") or said.word("weekday", "day.name"), said.word("nth", "ordinal")
    month = _month(said) if said.has("month") else None
    if month is None and said.today is not None:
        month = calendars.month(*calendars.shift_months(said.today, said.word("turn") or 0))
    if month is None or weekday is None or month is NO_DATE:
        return None
    found = calendars.nth_weekday(_first_day(month), weekday, nth)
    return calendars.day(found) if found else NO_DATE


def _deictic(said: Expression) -> Value | None:
    if said.today is None:
        return None
    shift = said.word("deictic")
    found = said.today + timedelta(days=int(said.match.rule.says.get("shift", 0)) if shift is None else shift)
    weekday = said.word("weekday")
    if weekday and found.isoweekday() != weekday:
        # The report was written on another day than the page says; the weekday is the surer of the two.
        near = [found + timedelta(days=k) for k in (-1, 1, -2, 2, -3, 3)]
        found = next(d for d in near if d.isoweekday() == weekday)
    return calendars.day(found)


def _night(said: Expression) -> Value | None:
    turn = said.word("turn")
    if said.today is None or turn is None:
        return None
    return calendars.day(said.today + timedelta(days=turn))


def _following_day(said: Expression) -> Value | None:
    following = said.word("following")
    if said.named is None or following is None:
        return None
    return calendars.day(said.named + timedelta(days=following))


def _same_day(said: Expression) -> Value | None:
    return calendars.day(said.named) if said.named else None


# Months, years, weeks


def _month(said: Expression) -> Value | None:
    number = said.word("month")
    if number is None:
        return NO_DATE
    year = said.digits("year")
    if said.hijri:
        if year is None:
            if said.today is None:
                return None
            around = (calendars.hijri_month(y, number) for y in _hijri_years_around(said.today))
            months = {_first_day(month): month for month in around if month}
            first = _allowed(said, [*months], said.today)
            return months[first] if first else None
        return calendars.hijri_month(year, number)
    year = year or _year_of_turn(said)
    if year is not None:
        return calendars.month(year, number)
    if said.today is None:
        return None
    return calendars.month(_month_year(said, number, said.today), number)


def _first_day(value: Value) -> date:
    first = value.text.partition("/")[0]
    return date.fromisoformat(f"{first}-01" if value.precision == "month" else first)


def _month_year(said: Expression, number: int, today: date) -> int:
    turn = said.word("turn")
    if turn == -1:
        return today.year - (number >= today.month)
    if turn == 1:
        return today.year + (number <= today.month)
    if turn == 0 or number == today.month:
        return today.year
    tense = said.tense()
    if tense == 1:
        return today.year + (number < today.month)
    behind, ahead = (today.month - number) % 12, (number - today.month) % 12
    if tense == -1 or behind <= 2 * ahead:
        return today.year - (number > today.month)
    return today.year + (number < today.month)


def _months(said: Expression) -> Value | None:
    first, last = said.word("month"), said.word("last_month", "month")
    if first is None or last is None or said.hijri:
        return NO_DATE
    year = said.digits("year") or _year_of_turn(said)
    if year is None:
        if said.today is None:
            return None
        year = _month_year(said, last, said.today)
    return calendars.months((year - (first > last), first), (year, last))


def _year(said: Expression) -> Value | None:
    year = said.digits("year")
    if year is None:
        return NO_DATE
    if said.hijri:
        return calendars.hijri_year(year) if year in calendars.HIJRI_YEARS else NO_DATE
    return calendars.year(year)


def _years(said: Expression) -> Value | None:
    first, last = said.digits("year"), said.digits("last")
    if first is None or last is None or first >= last:
        return NO_DATE
    return calendars.between(str(first), str(last))


def _season(said: Expression) -> Value | None:
    season = said.word("season")
    if season is None:
        return NO_DATE
    first, last = SEASONS[season]
    year = said.digits("year") or _year_of_turn(said)
    if year is None:
        if said.today is None:
            return None
        turn = said.word("turn") or 0
        year = said.today.year
        if turn == -1 and last >= said.today.month:
            year -= 1
        elif turn == 1 and first <= said.today.month:
            year += 1
    begin, end = (calendars.shift_months(date(year, 1, 1), month - 1) for month in (first, last))
    return calendars.whole_months(begin, end)


def _part_of_year(said: Expression) -> Value | None:
    nth = said.word("nth", "ordinal")
    length = int(said.match.rule.says["months"])
    if nth is None or not 1 <= nth <= 12 // length:
        return NO_DATE
    year = said.digits("year")
    if year is None:
        if said.today is None:
            return None
        year = said.today.year + (said.word("turn") or 0)
    return calendars.months((year, (nth - 1) * length + 1), (year, nth * length))


def _period(said: Expression) -> Value | None:
    unit, turn = said.text("unit"), said.word("turn") or 0
    if unit is None or unit == "hour" or (unit == "day" and not said.has("turn")):
        return NO_DATE
    classes = said.classes(said.match.captures["unit"][0])
    if "dual" in classes and "accusative" not in classes:
        return _within(said)
    if "plural" in classes and "unit.whole" not in classes:
        return NO_DATE
    if said.today is None:
        return None
    return _turned(unit, turn, said.today)


def _turned(unit: str, turn: int, today: date) -> Value:
    if unit == "day":
        return calendars.day(today + timedelta(days=turn))
    if unit == "week":
        return calendars.week(today + timedelta(weeks=turn))
    if unit == "month":
        return calendars.month(*calendars.shift_months(today, turn))
    return calendars.year(today.year + turn)


def _weekend(said: Expression) -> Value | None:
    if said.today is None:
        return None
    turn = said.word("turn")
    if turn == 1 or (turn is None and said.lies_ahead()):
        return calendars.weekend(said.today)
    back = 0 if turn != -1 and said.today.weekday() >= 5 else 1
    return calendars.weekend(said.today - timedelta(weeks=back))


# Counted time


def _counted(said: Expression) -> tuple[int, str] | None:
    """How many of which unit: a singular is one, a dual two, a plural needs its number."""
    unit = said.text("unit")
    if unit is None:
        return None
    alone = _number_of_unit(said.classes(said.match.captures["unit"][0]))
    count = said.number("count") if said.has("count") else alone
    return (count, unit) if count is not None and count <= 500 else None


def _number_of_unit(classes: frozenset[str]) -> int | None:
    if "dual" in classes and "accusative" not in classes:
        return 2
    return None if "plural" in classes else 1


def _away(said: Expression, count: int, unit: str) -> Value | None:
    today = said.today
    if today is None:
        return None
    if unit == "hour":
        return calendars.day(today + timedelta(hours=count)) if count % 24 == 0 else NO_DATE
    if unit in ("day", "week"):
        return calendars.day(today + timedelta(**{f"{unit}s": count}))
    if unit == "month":
        return calendars.month(*calendars.shift_months(today, count))
    if abs(count) == 1:
        return calendars.month(*calendars.shift_months(today, 12 * count))
    return calendars.year(today.year + count)


def _ago(said: Expression) -> Value | None:
    counted = _counted(said)
    return _away(said, -counted[0], counted[1]) if counted else NO_DATE


def _ahead(said: Expression) -> Value | None:
    counted = _counted(said)
    return _away(said, *counted) if counted and said.lies_ahead() else NO_DATE


def _within(said: Expression) -> Value | None:
    """The last or next so many units, from or to the day of publication."""
    counted = _counted(said)
    if counted is None:
        return NO_DATE
    turn = said.word("turn")
    if turn is None:
        if not said.lies_ahead():
            return NO_DATE
        turn = 1
    if said.today is None:
        return None
    count, unit = counted
    if turn == 0:
        return NO_DATE
    today = said.today
    if unit == "hour":
        far = today + timedelta(hours=turn * count)
    elif unit in ("day", "week"):
        far = today + timedelta(**{f"{unit}s": turn * count})
    else:
        far_year, far_month = calendars.shift_months(today, turn * count * (12 if unit == "year" else 1))
        near, far_value = calendars.month(today.year, today.month).text, calendars.month(far_year, far_month).text
        if unit == "year":
            near, far_value = near[:4], far_value[:4]
        return calendars.between(*sorted((near, far_value)))
    if far == today:
        return NO_DATE
    return calendars.between(*sorted((today, far)))


PLACING: dict[str, Callable[[Expression], Value | None]] = {
    "nothing": _leave_alone,
    "calendar": _calendar,
    "days": _days,
    "numeric": _numeric,
    "weekday": _weekday,
    "weekday_of_week": _weekday_of_week,
    "nth_weekday": _nth_weekday,
    "day": _deictic,
    "night": _night,
    "following_day": _following_day,
    "same_day": _same_day,
    "month": _month,
    "months": _months,
    "year": _year,
    "years": _years,
    "season": _season,
    "part_of_year": _part_of_year,
    "period": _period,
    "weekend": _weekend,
    "ago": _ago,
    "since": _ago,
    "ahead": _ahead,
    "within": _within,
}
"""How a rule's ``as`` is placed."""
