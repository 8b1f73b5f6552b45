"""Each distinct set of word classes is one code point, so that a sentence is a short string."""

from __future__ import annotations

from collections.abc import Iterable, Set

FIRST_CODE = 0x100
"""Where the codes begin: past ASCII, so that a code never needs escaping in a regular expression."""

SURROGATES = 0xD800


class Alphabet:
    """The code points given to sets of classes, in the order in which they were first met.

    >>> alphabet = Alphabet()
    >>> code = alphabet.code(["verb", "past"])
    >>> alphabet.code(["past", "verb"]) == code
    True
    >>> sorted(alphabet.classes(code))
    ['past', 'verb']
    >>> alphabet.having("verb") == {code}
    True
    """

    def __init__(self) -> None:
        self._sets: list[frozenset[str]] = []
        self._codes: dict[frozenset[str], str] = {}
        self._joined: dict[tuple[str, str], str] = {}
        self._having: dict[str, set[str]] = {}
        self._having_any: dict[tuple[str, ...], frozenset[str]] = {}

    def __len__(self) -> int:
        return len(self._sets)

    def code(self, classes: Iterable[str]) -> str:
        """The code point of a set of classes."""
        key = frozenset(classes)
        code = self._codes.get(key)
        if code is None:
            point = FIRST_CODE + len(self._sets)
            if point >= SURROGATES:
                raise OverflowError(f"more than {SURROGATES - FIRST_CODE} distinct sets of classes")
            code = self._codes[key] = chr(point)
            self._sets.append(key)
            for name in key:
                while name:
                    self._having.setdefault(name, set()).add(code)
                    name = name.rpartition(".")[0]
            self._having_any.clear()
        return code

    def classes(self, code: str) -> frozenset[str]:
        """The set of classes that a code point stands for."""
        return self._sets[ord(code) - FIRST_CODE]

    def join(self, one: str, other: str) -> str:
        """The code of the union of two codes' classes."""
        joined = self._joined.get((one, other))
        if joined is None:
            joined = self._joined[one, other] = self.code(self.classes(one) | self.classes(other))
        return joined

    def having(self, name: str) -> Set[str]:
        """The codes of all sets that hold a class, or one below it (``cue.say`` is below ``cue``)."""
        return self._having.get(name, frozenset())

    def having_any(self, names: tuple[str, ...]) -> frozenset[str]:
        """The codes of all sets that hold any of these classes; remembered until a new code is given."""
        codes = self._having_any.get(names)
        if codes is None:
            codes = self._having_any[names] = frozenset[str]().union(*map(self.having, names))
        return codes

    def all(self) -> set[str]:
        """All codes given so far."""
        return set(self._codes.values())
