"""Each distinct set of word classes is one code, so that what a unit is, is asked by one look into a set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set

FIRST_CODE = 0x100
"""Where the codes begin."""

SURROGATES = 0xD800

Term = tuple[str, bool]
"""A class, and whether a unit must or must not be of it."""

Classes = tuple[tuple[Term, ...], ...]
"""A class expression: alternatives of terms that must all hold."""

ANY: Classes = ((),)


def read_classes(expression: str) -> Classes:
    """A class expression such as ``cue & !noun | =قال``: alternatives of terms that must, or must not, hold.

    Raises `ValueError` for what is none.

    >>> read_classes("cue & !noun | verb")
    ((('cue', True), ('noun', False)), (('verb', True),))
    """
    alternatives: list[tuple[Term, ...]] = []
    for alternative in expression.split("|"):
        terms: list[Term] = []
        for term in alternative.split("&"):
            name = term.strip()
            wanted = not name.startswith("!")
            name = name.lstrip("!").strip()
            if not name or " " in name:
                raise ValueError(f"no class expression: [{expression}]")
            terms.append((name, wanted))
        alternatives.append(tuple(terms))
    return tuple(alternatives)


def both(one: Classes, other: Classes) -> Classes:
    """The expression for what two expressions both accept.

    >>> both(read_classes("a | b"), read_classes("!c")) == read_classes("a & !c | b & !c")
    True
    """
    return tuple(tuple(dict.fromkeys((*left, *right))) for left in one for right in other)


def negated(classes: Classes) -> Classes:
    """The expression for what an expression does not accept.

    >>> negated(read_classes("a & b | c")) == read_classes("!a & !c | !b & !c")
    True
    """
    result = ANY
    for terms in classes:
        result = both(result, tuple(((name, not wanted),) for name, wanted in terms))
    return result


class Alphabet:
    """The codes given to sets of classes, in the order in which they were first met.

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
        self._sets: list[tuple[str, ...]] = []
        self._codes: dict[tuple[str, ...], str] = {}
        self._joined: dict[tuple[str, str], str] = {}
        self._all: set[str] = set()
        """The codes that are awake."""
        self._having: dict[str, set[str]] = {"": self._all}
        self._accepted: dict[Classes, set[str]] = {ANY: self._all}
        self._watching: dict[str, list[tuple[tuple[Term, ...], set[str]]]] = {}
        """By a class that must hold: the terms beside it, and the set of codes that accepts."""
        self.classes = _ClassesOf(self._sets).__getitem__
        """The set of classes that a code stands for."""
        self.having_any = _HavingAny(self.accepting).__getitem__
        """The codes that hold any of these classes, a tuple of names."""

    def __len__(self) -> int:
        return len(self._sets)

    def state(self) -> list[tuple[str, ...]]:
        """The sets of classes in the order of their codes, for `restore`."""
        return self._sets

    def restore(self, state: list[tuple[str, ...]]) -> None:
        """Give an empty alphabet the codes of another, asleep: they are in no set before `wake` is told of them.

        A lexicon has many thousands of codes, and a text a few hundred.

        >>> one, other = Alphabet(), Alphabet()
        >>> code = one.code(["verb", "past"])
        >>> other.restore(one.state())
        >>> len(other.having("verb")), other.code(["past", "verb"]) == code, other.having("verb") == {code}
        (0, True, True)
        """
        self._sets.extend(state)
        self._codes = {classes: chr(point) for point, classes in enumerate(state, FIRST_CODE)}

    def code(self, classes: Iterable[str]) -> str:
        """The code of a set of classes."""
        key = (*sorted({*classes}),)
        code = self._codes.get(key)
        if code is None:
            point = FIRST_CODE + len(self._sets)
            if point >= SURROGATES:
                raise OverflowError(f"more than {SURROGATES - FIRST_CODE} distinct sets of classes")
            code = self._codes[key] = chr(point)
            self._sets.append(key)
        self.wake(code)
        return code

    def wake(self, code: str) -> None:
        """Put a code into the sets that it belongs to, before it stands on a tape."""
        if code in self._all:
            return
        held = {""}
        for name in self._sets[ord(code) - FIRST_CODE]:
            while name:
                held.add(name)
                name = name.rpartition(".")[0]
        for name in held:
            self._having.setdefault(name, set()).add(code)
            for terms, accepted in self._watching.get(name, ()):
                if all((name in held) == wanted for name, wanted in terms):
                    accepted.add(code)

    def join(self, one: str, other: str) -> str:
        """The code of the union of two codes' classes."""
        joined = self._joined.get((one, other))
        if joined is None:
            joined = self._joined[one, other] = self.code(self.classes(one) | self.classes(other))
        return joined

    def having(self, name: str) -> Set[str]:
        """The codes that hold a class, or one below it (``cue.say`` is below ``cue``).

        Like the sets of `having_any` and `accepting` it grows as codes are given, or wake.
        """
        return self._having.setdefault(name, set())

    def accepting(self, classes: Classes) -> Set[str]:
        """The codes that a class expression accepts.

        >>> alphabet = Alphabet()
        >>> nouns = alphabet.accepting(read_classes("noun & !verb"))
        >>> noun, both = alphabet.code(["noun.proper"]), alphabet.code(["noun", "verb"])
        >>> nouns == {noun}
        True
        """
        accepted = self._accepted.get(classes)
        if accepted is not None:
            return accepted
        if len(classes) == 1 and len(classes[0]) == 1 and classes[0][0][1]:
            accepted = self._having.setdefault(classes[0][0][0], set())
        else:
            accepted = set[str]()
            for terms in classes:
                wanted = [self.having(name) for name, want in terms if want] or [self._all]
                unwanted = (self.having(name) for name, want in terms if not want)
                accepted |= set(min(wanted, key=len)).intersection(*wanted).difference(*unwanted)
                first = next((name for name, want in terms if want), "")
                self._watching.setdefault(first, []).append((terms, accepted))
        self._accepted[classes] = accepted
        return accepted


class _ClassesOf(dict[str, frozenset[str]]):
    """From codes to their sets of classes, made when they are first asked for."""

    def __init__(self, sets: list[tuple[str, ...]]) -> None:
        self._sets = sets

    def __missing__(self, code: str) -> frozenset[str]:
        classes = self[code] = frozenset(self._sets[ord(code) - FIRST_CODE])
        return classes


class _HavingAny(dict[tuple[str, ...], Set[str]]):
    """From names of classes to the codes that hold any of them, looked for when they are first asked for."""

    def __init__(self, accepting: Callable[[Classes], Set[str]]) -> None:
        self._accepting = accepting

    def __missing__(self, names: tuple[str, ...]) -> Set[str]:
        codes = self[names] = self._accepting(tuple(((name, True),) for name in names))
        return codes
