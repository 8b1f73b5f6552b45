"""Language packs: one folder a language, words and patterns as data."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.resources import files

from sijill.lang.language import Language
from sijill.text.collecting import not_collecting

__all__ = ["Language", "UnknownLanguage", "available", "load"]


class UnknownLanguage(LookupError):
    """There is no pack for this language."""


def available() -> list[str]:
    """The tags of the languages that can be read.

    >>> "ar" in available()
    True
    """
    return sorted(e.name for e in files(__name__).iterdir() if e.is_dir() and (e / "words").is_dir())


@cache
def load(tag: str) -> Language:
    """The pack of a language, by its BCP 47 tag (``ar-SY`` is read as ``ar``).

    Raises `UnknownLanguage` naming the languages there are.
    """
    primary = tag.split("-")[0].lower()
    if primary not in available():
        raise UnknownLanguage(f"no language pack for {tag!r}; there are: {', '.join(available())}")
    with not_collecting():
        return import_module(f"{__name__}.{primary}").language()
