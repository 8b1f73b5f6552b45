"""The interface's languages: messages, plurals, numbers and dates.

A language is a TOML file in ``messages/``; its name is the language's tag. Plurals
follow the CLDR categories of the language through Babel.

>>> arabic, english = language("ar"), language("en")
>>> arabic.direction, english("nav.statements")
('rtl', 'Statements')
>>> [arabic.count("statements", n) for n in (1, 2, 3, 11, 100)]
['تصريح واحد', 'تصريحان', '3 تصريحات', '11 تصريحا', '100 تصريح']
>>> arabic.date("2016-10-03")
'3 تشرين الأول/أكتوبر 2016'
>>> english.date("2016-09-26/2016-10-02")
'26 September 2016 – 2 October 2016'
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, cast

from babel import Locale
from babel.dates import format_date, get_timezone_gmt
from babel.numbers import format_decimal, format_percent

_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ](\d{2}:\d{2}))?")


class Language:
    """One language of the interface; call it with a message's key to get the message.

    Raises `KeyError` naming the key and the catalogue where a message is missing.
    """

    def __init__(self, tag: str, catalogue: dict[str, Any]) -> None:
        self.tag = tag
        self.locale = Locale.parse(tag)
        self.messages = dict(_flatten(catalogue))
        self.direction = cast("str", self.messages["language.direction"])
        self.name = cast("str", self.messages["language.name"])
        self._month_locales = [Locale.parse(tag) for tag in cast("list[str]", self.messages["language.month_locales"])]

    def __call__(self, key: str, **values: object) -> str:
        try:
            message = cast("str", self.messages[key])
        except KeyError:
            raise KeyError(f"messages/{self.tag}.toml has no message {key!r}") from None
        return message.format(**values) if values else message

    def count(self, noun: str, n: int) -> str:
        """``n`` of a noun of the catalogue's ``count`` tables, in the right plural form."""
        form = self.locale.plural_form(n)
        key = f"count.{noun}.{form}"
        return self(key if key in self.messages else f"count.{noun}.other", n=self.number(n))

    def number(self, n: float) -> str:
        """A number with the language's digits and separators."""
        return format_decimal(n, locale=self.locale)

    def percent(self, share: float) -> str:
        """A share of one, as a percentage."""
        return format_percent(share, locale=self.locale)

    def date(self, value: str | None, *, zone: bool = False) -> str:
        """A date, month, year, time or interval of the record (ISO 8601), for reading; with ``zone`` its offset too.

        What is no such value is given back as it is; nothing gives an empty string.
        """
        if not value:
            return ""
        printed = " – ".join(self._moment(part) for part in value.split("/"))
        return f"{printed} {self._offset(value)}".rstrip() if zone else printed

    def _offset(self, value: str) -> str:
        """How far the clock of a time is from Greenwich; empty where that is not said."""
        try:
            when = datetime.fromisoformat(value)
        except ValueError:
            return ""
        if when.tzinfo is None:
            return ""
        if not when.utcoffset():
            return str(self.locale.zone_formats["gmt"]).replace("%s", "").strip()
        return get_timezone_gmt(when, locale=self.locale)

    def _moment(self, value: str) -> str:
        match = _ISO_DATE.match(value)
        if match is None:
            return value
        year, month, day, time = match.groups()
        if month is None:
            return year
        try:
            when = date(int(year), int(month), int(day or 1))
        except ValueError:
            return value
        months = dict.fromkeys(format_date(when, "LLLL", locale=locale) for locale in self._month_locales)
        printed = f"{'/'.join(months)} {year}"
        if day:
            printed = f"{when.day} {printed}"
        return self("language.moment", date=printed, time=time) if time else printed


@cache
def languages() -> dict[str, Language]:
    """Every language that has a catalogue, by its tag."""
    catalogues = files("sijill.site").joinpath("messages")
    tags = sorted(entry.name.removesuffix(".toml") for entry in catalogues.iterdir() if entry.name.endswith(".toml"))
    return {tag: Language(tag, tomllib.loads(catalogues.joinpath(f"{tag}.toml").read_text("utf-8"))) for tag in tags}


def language(tag: str) -> Language:
    """The language of a tag. Raises `KeyError` where no catalogue has it."""
    return languages()[tag]


@lru_cache(maxsize=256)
def direction(tag: str | None) -> str:
    """The direction of writing of a BCP 47 tag, ``rtl`` or ``ltr``; ``auto`` where it is unknown.

    >>> direction("ar"), direction("fr"), direction("ar-SY"), direction(None)
    ('rtl', 'ltr', 'rtl', 'auto')
    """
    if not tag:
        return "auto"
    try:
        return Locale.parse(tag, sep="-").text_direction
    except (ValueError, LookupError):
        return "auto"


def _flatten(table: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            flat += _flatten(cast("dict[str, Any]", value), f"{prefix}{key}.")
        else:
            flat.append((prefix + key, value))
    return flat
