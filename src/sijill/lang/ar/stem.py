"""Stems and roots of Arabic words, for search: what makes ``المفاوضات`` and ``مفاوضاتهم`` meet.

Not for reading: a stem here need not be a word. The affixes, templates and stop words are
in ``search.toml``. The stem is a light one in the manner of light10 (Larkey, Ballesteros and
Connell, "Light Stemming for Arabic Information Retrieval", 2007), but takes single-letter
prepositions and possessive endings off too. The root follows Taghva, Elkhoury and Coombs,
"Arabic stemming without a root dictionary" (2005).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

SOURCE = files("sijill.lang.ar").joinpath("search.toml").read_text("utf-8")
"""The data as text: who keeps stems sees by it when they would come out otherwise."""

_DATA: dict[str, Any] = tomllib.loads(SOURCE)

STOP_WORDS: frozenset[str] = frozenset(_DATA["stop"].split())
"""Normalised words that say nothing about what a text is about."""

KINDS: frozenset[str] = frozenset(_DATA["names"]["kinds"].split())
"""Normalised words for what a party is, before a name by which it is known without them too."""

EPITHETS: frozenset[str] = frozenset(_DATA["names"]["epithets"].split())
"""Normalised words behind a group's name that are no part of it."""

DESCENT: frozenset[str] = frozenset(_DATA["names"]["descent"].split())
"""Normalised words behind which a name is that of a forefather or a child."""

_CASES: list[tuple[str, str]] = [tuple(pair) for pair in _DATA["names"]["cases"]]
_WRITTEN_OR_NOT = {ord(letter): None for letter in _DATA["names"]["written_or_not"]}
_LONG = 7
"""Letters of a word, its article with them, of which one vowel more or less makes no other word."""

_APART = re.compile(rf"\b({'|'.join(_DATA['names']['joined'].split())}) (?=\w)")

_KEEP: int = _DATA["stem"]["keep"]
_ENDINGS: list[tuple[str, ...]] = [tuple(row) for row in _DATA["stem"]["endings"]]
_FRONT = re.compile(rf"(?:{'|'.join(_DATA['stem']['articles'])}|[{''.join(_DATA['stem']['clitics'])}])(?=.{{{_KEEP}}})")

_WEAK = {ord(letter): None for letter in _DATA["names"]["weak"]}
_ALIKE = {ord(letter): row[0] for row in reversed(_DATA["names"]["alike"]) for letter in row}


def stem(word: str) -> str:
    """The stem of a normalised word.

    >>> stem("المفاوضات"), stem("ومفاوضاتهم"), stem("لدمشق"), stem("دمشق")
    ('مفاوض', 'مفاوض', 'دمشق', 'دمشق')
    """
    word = bare(word)
    for endings in _ENDINGS:
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= _KEEP:
                word = word[: -len(ending)]
                break
    return word


def joined(name: str) -> str:
    """A normalised name with its words that are written as one with the next or apart, as one.

    >>> joined("علي عبد الله صالح")
    'علي عبدالله صالح'
    """
    return _APART.sub(r"\1", name)


def bare(word: str) -> str:
    """The normalised word without articles and the letters written onto its front.

    >>> bare("وللمفاوضات"), bare("بيان")
    ('مفاوضات', 'يان')
    """
    while front := _FRONT.match(word):
        word = word[front.end() :]
    return word


def root(word: str) -> str:
    """The radicals of a normalised word, or what is left of it where no template fits.

    >>> root("مكتوب"), root("صواريخ"), root("الصاروخ")
    ('كتب', 'صرخ', 'صرخ')
    """
    for rule in _DATA["root"]["prefixes"]:
        if len(word) >= rule["from"] and word.startswith(tuple(rule["forms"])):
            word = word[len(next(form for form in rule["forms"] if word.startswith(form))) :]
            break
    for rule in _DATA["root"]["suffixes"]:
        if len(word) >= rule["from"] and word.endswith(tuple(rule["forms"])):
            word = word[: -len(next(form for form in rule["forms"] if word.endswith(form)))]
            break
    while len(word) > 3:
        shorter = _lay(word) or _trim(word)
        if shorter == word:
            break
        word = shorter
    return word


def _lay(word: str) -> str | None:
    """The radicals of the first template of its length that the word fits."""
    for template in _templates().get(len(word), ()):
        if found := template.fullmatch(word):
            return "".join(found.groups())
    return None


def _trim(word: str) -> str:
    """The word without one letter that is often an affix, or as it was; long and short words stay."""
    if len(word) > 7:
        return word
    letters = _DATA["root"]["letters"]
    if word[-1] in letters["suffixes"]:
        return word[:-1]
    return word[1:] if word[0] in letters["prefixes"] else word


@cache
def _templates() -> dict[int, list[re.Pattern[str]]]:
    return {
        int(length): [re.compile("".join("(.)" if letter in "فعل" else letter for letter in form)) for form in forms]
        for length, forms in _DATA["root"]["templates"].items()
    }


def written_alike(word: str) -> str:
    """What a normalised word has in common with its other cases and, a long one, with spellings of one vowel more.

    >>> written_alike("مقاتلو") == written_alike("مقاتلي"), written_alike("الامريكي") == written_alike("الاميركي")
    (True, True)
    """
    word = next((word.removesuffix(case) + other for case, other in _CASES if word.endswith(case)), word)
    return word[:3] + word[3:-1].translate(_WRITTEN_OR_NOT) + word[-1:] if len(word) >= _LONG else word


def nominative(word: str) -> str:
    """A printed word in the accusative without its ending.

    >>> nominative("قرارا"), nominative("جديدًا")
    ('قرار', 'جديد')
    """
    return re.sub("\u064b?\u0627\u064b?$", "", word)


def skeleton(word: str) -> str:
    """What spellings of one foreign name have in common, of a normalised word.

    >>> skeleton("ستيفان") == skeleton("ستافان"), skeleton("غورباتشوف") == skeleton("جورباتشيف")
    (True, True)
    """
    bones = word.translate(_ALIKE)
    return bones[:1] + bones[1:].translate(_WEAK)
