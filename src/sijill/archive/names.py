"""When two names are one party's, as far as the names alone can say.

A language pack's tables of persons, organizations and countries give a party's names. What is in no
table is compared: short names with full ones, and spellings with each other.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from sijill.archive.analysis import fold
from sijill.lang import available, load
from sijill.lang.ar import stem as arabic
from sijill.lang.lexicon import read_words
from sijill.lang.tables import names_in

_TABLES = ("persons.tsv", "organizations.tsv", "places.tsv")
_NATIVE = frozenset({"male", "female", "ambiguous"})
"""Classes of given names that are not only another language's, and are spelled in one way."""
_LEAST = 3
"""Consonants that must be alike in two spellings of a word."""


def names_of(name: str, kind: str) -> tuple[str, ...]:
    """All folded names of the one party that a folded name is known to mean, its own first; none for an unknown one.

    >>> "داعش" in names_of(fold("تنظيم الدولة الإسلامية"), "armed_group"), names_of("داعش", "person")
    (True, ())
    """
    return _parties().get((kind == "person", name), ())


def shortens(short: str, full: str, kind: str) -> bool:
    """Whether a folded name is a short form of another one of a kind of party.

    A person is known by a family name at the end, unless a son is named there by his father; others by their
    name without the word for what they are, or what is said of them.

    >>> shortens(fold("الحلو"), fold("منير الحلو"), "person"), shortens(fold("داعش"), fold("تنظيم داعش"), "armed_group")
    (True, True)
    >>> shortens(fold("سلمان"), fold("محمد بن سلمان"), "person"), shortens("العراق", "حكومه العراق", "state")
    (False, False)
    """
    if kind == "person":
        words, ending = full.split(), short.split()
        before = words[: -len(ending)]
        if not before or words[len(before) :] != ending or before[-1] in arabic.DESCENT:
            return False
        return len(ending[0]) <= _LEAST if len(ending) > 1 else short not in _given_names()
    head, _, name = full.partition(" ")
    start, _, last = full.rpartition(" ")
    return (name == short and head in arabic.KINDS) or (start == short and " " in short and last in arabic.EPITHETS)


def are_spellings(name: str, other: str, kind: str) -> bool:
    """Whether two folded names differ only as writers spell the foreign words in them, or in their case.

    >>> are_spellings(fold("ستيفان دي ميستورا"), fold("ستافان دي مستورا"), "person")
    True
    >>> are_spellings(fold("عمر الحكيم"), fold("عمار الحكيم"), "person"), are_spellings("حزب العمل", "حزب العمال", "")
    (False, False)
    """
    words = [*zip(name.split(), other.split(), strict=False)]
    if len(words) < 2 or len(name.split()) != len(other.split()):
        return False
    if kind != "person":
        return all(arabic.written_alike(one) == arabic.written_alike(another) for one, another in words)
    if any(word in _given_names() for pair in words for word in pair):
        return False
    bones = [(arabic.skeleton(one), arabic.skeleton(another)) for one, another in words if one != another]
    return all(one == another and len(one) >= _LEAST for one, another in bones)


@cache
def _parties() -> dict[tuple[bool, str], tuple[str, ...]]:
    """By whether it is a person's and the folded name: all names of the party; names of several are left out."""
    found: dict[tuple[bool, str], tuple[str, ...]] = {}
    for language in map(load, available()):
        for table in _TABLES:
            for row in language.table(table) if (language.folder / table).is_file() else ():
                if table == "places.tsv" and row["kind"] != "country":
                    continue
                names = tuple(dict.fromkeys(map(fold, names_in(row))))
                for name in names:
                    key = table == "persons.tsv", name
                    found[key] = () if key in found else names
    return found


@cache
def _given_names() -> frozenset[str]:
    """The folded given names of the packs' own languages."""
    folders = [files("sijill.lang") / tag / "words" for tag in available()]
    lists = [words for folder in folders if (words := folder / "given_names.txt").is_file()]
    return frozenset(
        fold(cell)
        for words in lists
        for lexeme in read_words(words.read_text("utf-8"), words.name)
        if _NATIVE & {*lexeme.classes}
        for cell in lexeme.cells
    )
