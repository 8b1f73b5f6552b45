"""Language packs: one folder a language, words and patterns as data."""

from __future__ import annotations

import gc
from functools import cache
from importlib import import_module
from importlib.resources import files

from sijill.lang.language import Language

__all__ = ["Language", "available", "load"]


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
    # A pack is a million small objects, none of them garbage: collecting while it grows costs a third of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return import_module(f"{__name__}.{primary}").language()
    finally:
        if collecting:
            gc.enable()
