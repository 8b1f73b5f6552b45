"""Words and phrases of a language pack, with their classes and values.

A words file is plain text: a line ``[class …] inflection`` opens a section, each line
below it is a lexeme, its cells separated by ``|``, a value after ``=``, comments after ``#``::

    [number.unit]
    ثلاثة | ثلاث = 3

    [cue act.say verb] verb          # past | present | participle | verbal noun
    قال | يقول | قائل | قول

A clitic has a hyphen on the side where its word stands: ``و-``, ``-ه``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sijill.text.classes import Alphabet

Inflection = Callable[[list[str]], Iterable[tuple[str, tuple[str, ...]]]]
"""From the cells of a lexeme to its printed forms, each with the classes its form adds."""


_PHRASE = re.compile(r"[^-\s.][-\s.]+[^-\s.]")
"""More than one piece; a hyphen at either end is a clitic's."""


class WordsError(ValueError):
    """A line of a words file that cannot be understood: file, line and why."""


class Lexeme(NamedTuple):
    """One line of a words file."""

    classes: tuple[str, ...]
    inflection: str
    cells: list[str]
    value: str | None


def read_words(source: str, where: str) -> Iterator[Lexeme]:
    """The lexemes of a words file.

    Raises `WordsError` for a lexeme outside any section or a section without a class.

    >>> list(read_words("[number.unit]\\nثلاثة | ثلاث = 3", "numbers.txt"))
    [Lexeme(classes=('number.unit',), inflection='', cells=['ثلاثة', 'ثلاث'], value='3')]
    """
    section: tuple[tuple[str, ...], str] | None = None
    for number, line in enumerate(source.splitlines(), 1):
        line = line.partition("#")[0].strip().lstrip("\ufeff")
        if not line:
            continue
        if line.startswith("["):
            classes, bracket, inflection = line[1:].partition("]")
            if not bracket or not classes.split():
                raise WordsError(f"{where}, line {number}: a section is [class …] and a kind of inflection: {line}")
            section = tuple(classes.split()), inflection.strip()
            continue
        if section is None:
            raise WordsError(f"{where}, line {number}: {line!r} stands before any [section]")
        words, equals, value = line.partition("=")
        cells = [cell.strip() for cell in words.split("|")]
        yield Lexeme(*section, cells, value.strip() if equals else None)


class Lexicon:
    """Normal forms with the code of their classes; phrases as a tree of normal forms.

    Args:
        alphabet: where the codes come from.
        plain: printed form → its letters as spelled, without marks.
        unify: plain spelling → normal form.
        inflections: the pack's inflections by name; "" lists the cells as they are.
    """

    def __init__(
        self,
        alphabet: Alphabet,
        plain: Callable[[str], str],
        unify: Callable[[str], str],
        inflections: Mapping[str, Inflection],
    ) -> None:
        self.alphabet = alphabet
        self.plain = plain
        self.unify = unify
        self.inflections = inflections
        self.forms: dict[str, str] = {}
        """By normal form: all that a word so spelled may be."""
        self.spelled: dict[str, str] = {}
        """By plain spelling: what a word spelled just so is (``على`` is no ``علي``)."""
        self.functional: dict[str, str] = {}
        """Function words by normal form; spelled otherwise, a word is one of these before anything else."""
        self.split: set[str] = set()
        """Normal forms that are always cut, though a word of that form exists."""
        self.spellings: dict[str, set[str]] = {}
        """The plain spellings of a normal form."""
        self._codes: dict[tuple[str, ...], str] = {}
        self.values: dict[str, dict[str, str]] = {}
        self.pending_phrases: list[tuple[str, str]] = []
        self.phrases: dict[tuple[str, ...], tuple[list[int], dict[tuple[str, ...], str]]] = {}
        """By their first two segments: how many segments they have, the most first, and their codes."""

    def add(self, lexeme: Lexeme, where: str) -> None:
        """Add a lexeme in all its forms. Raises `WordsError` for an unknown inflection."""
        inflect = self.inflections.get(lexeme.inflection)
        if inflect is None:
            raise WordsError(f"{where}: no inflection named {lexeme.inflection!r}")
        for form, features in inflect(lexeme.cells):
            self.add_form(form, (*lexeme.classes, *features), lexeme.value)

    def add_form(self, form: str, classes: Sequence[str], value: str | None = None) -> None:
        """Add one printed form, a word or a phrase; the value stands under the first class."""
        code = self._codes.get((*classes,)) or self._codes.setdefault((*classes,), self.alphabet.code(classes))
        spelled = self.plain(form)
        norm = self.unify(spelled)
        if not form.isalpha() and _PHRASE.search(form):
            self.pending_phrases.append((form, code))
        else:
            self._join(norm, spelled, code, classes)
        if value is not None:
            self.values.setdefault(norm, {})[classes[0]] = value

    def _join(self, norm: str, spelled: str, code: str, classes: Container[str]) -> None:
        if "split" in classes:
            self.split.add(norm)
            return
        known = self.forms.get(norm)
        self.forms[norm] = self.alphabet.join(known, code) if known else code
        known = self.spelled.get(spelled)
        self.spelled[spelled] = self.alphabet.join(known, code) if known else code
        self.spellings.setdefault(norm, set()).add(spelled)
        if "function" in classes:
            known = self.functional.get(norm)
            self.functional[norm] = self.alphabet.join(known, code) if known else code

    def code(self, norm: str, spelled: str) -> str | None:
        """The code of a word by its normal form and its plain spelling; None where it is not known."""
        return self.spelled.get(spelled) or self.functional.get(norm) or self.forms.get(norm)

    def mark(self, norm: str, name: str, otherwise: Iterable[str]) -> None:
        """Give a normal form, however spelled, one more class; an unknown one these classes besides."""
        code = self.alphabet.code([name])
        if norm not in self.forms:
            self.forms[norm] = self.alphabet.code([*otherwise, name])
        for form in (norm, f"{norm}-", f"-{norm}"):
            for table in (self.forms, self.functional):
                if form in table:
                    table[form] = self.alphabet.join(table[form], code)
            for spelling in self.spellings.get(form, ()):
                self.spelled[spelling] = self.alphabet.join(self.spelled[spelling], code)

    def forms_having(self, name: str) -> list[str]:
        """The normal forms that have a class."""
        having = {code for code in set(self.forms.values()) if name in self.alphabet.classes(code)}
        return [form for form, code in self.forms.items() if code in having]

    def forget(self, norm: str) -> None:
        """Take a normal form out, however spelled: the word is cut into its segments like any other."""
        self.forms.pop(norm, None)
        self.functional.pop(norm, None)
        for spelling in self.spellings.pop(norm, ()):
            del self.spelled[spelling]

    def settle_phrases(self, cut: Callable[[str], tuple[str, ...]]) -> None:
        """Cut the phrases into segments, once all single words are known."""
        joined: dict[tuple[str, ...], str] = {}
        for phrase, code in self.pending_phrases:
            norms = cut(phrase)
            joined[norms] = self.alphabet.join(joined[norms], code) if norms in joined else code
            if (value := self.values.get(self.unify(self.plain(phrase)))) is not None:
                self.values.setdefault(" ".join(norms), {}).update(value)
        self.pending_phrases.clear()
        for norms, code in joined.items():
            if len(norms) == 1:
                self._join(norms[0], norms[0], code, self.alphabet.classes(code))
            else:
                self.phrases.setdefault(norms[:2], ([], {}))[1][norms] = code
        for lengths, codes in self.phrases.values():
            lengths += sorted({len(norms) for norms in codes}, reverse=True)

    def state(self) -> tuple[Any, ...]:
        """All that is known once the phrases are settled, as plain values for `restore`."""
        return self.forms, self.spelled, self.functional, self.split, self.values, self.phrases

    def restore(self, state: tuple[Any, ...]) -> None:
        """Take over what another lexicon knew; words can be looked up, but none added."""
        self.forms, self.spelled, self.functional, self.split, self.values, self.phrases = state

    def value(self, norm: str, kind: str) -> str | None:
        """The value of a normal form under the first class of its section, or under one below it."""
        values = self.values.get(norm)
        if not values:
            return None
        return values.get(kind) or next((v for k, v in values.items() if k.startswith(kind + ".")), None)
