"""A pattern's tree as nested functions that match it over a tape's codes.

Each function tries its part at a unit and calls the one behind it, so that trying again is
returning: the continuation-passing matcher of Danvy and Filinski's kind, as in Dybvig and
Hieb's compilers. What a unit is, is one look into a live set of codes, and so nothing is
compiled anew when the alphabet grows.
"""

from __future__ import annotations

from collections.abc import Callable, Set

from sijill.text.classes import Alphabet
from sijill.text.syntax import Ahead, Behind, Capture, Choice, Node, One, Repeat, Sequence, first_of, required, widest

END = ""
"""Stands behind the last code; no set of codes holds it."""

ROUNDS = 64
"""As often as a group may repeat that is more than one unit: each round stays open until the match is found."""

REACH = 300
"""Units that a match may be long for it to be looked at first whether what it needs is there at all."""

NEEDED = 3
"""How many of the units that a match needs are looked for."""

UNROLLED = 2
"""Up to so many rounds a group is written out round by round, which is faster than counting."""

Try = Callable[[list[str], int, list[int]], bool]
"""Codes, the unit to begin with, and registers; whether it matched from there to the end of the pattern."""


class Matcher:
    """One alternative of a rule.

    Args:
        node: its tree.
        alphabet: the alphabet of the tapes.
    """

    __slots__ = ("_alphabet", "_captures", "_empty", "_needed", "_reach", "_try")

    def __init__(self, node: Node, alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        self._captures: list[tuple[str, int]] = []
        self._empty: list[int] = [0]
        """The registers at the beginning: the match's end, both sides of each capture, and the counters."""
        self._try = self._build(node, _matched)
        self._captures.reverse()
        self._reach = widest(node)
        needed = required(node)[1:] if self._reach <= REACH else []
        self._needed = sorted(map(alphabet.accepting, needed), key=len)[:NEEDED]
        """Sets of codes of which a match has one each, the rarest first."""

    def match(self, codes: list[str], at: int) -> tuple[int, dict[str, tuple[int, int]]] | None:
        """The end of the match that begins at a unit, and its captures; None where there is none.

        Args:
            codes: the tape's codes, with `END` behind them.
            at: the first unit.
        """
        if self._needed:
            within = codes[at + 1 : at + self._reach]
            for needed in self._needed:
                if needed.isdisjoint(within):
                    return None
        registers = self._empty.copy()
        if not self._try(codes, at, registers):
            return None
        captures: dict[str, tuple[int, int]] = {}
        for name, k in self._captures:
            if registers[k] >= 0:
                captures[name] = registers[k], registers[k + 1]
        return registers[0], captures

    def _register(self, *values: int) -> int:
        self._empty += values
        return len(self._empty) - len(values)

    def _build(self, node: Node, then: Try) -> Try:
        match node:
            case One(classes):
                return _one(self._alphabet.accepting(classes), then)
            case Behind(classes, negative):
                return _behind(self._alphabet.accepting(classes), negative, then)
            case Ahead(item, negative):
                return _ahead(self._build(item, _yes), negative, then)
            case Sequence(items):
                for item in reversed(items):
                    then = self._build(item, then)
                return then
            case Choice(items):
                return _choice(_Branches([(self._first(item), self._build(item, then)) for item in items]))
            case Repeat():
                return self._repeat(node, then)
            case Capture(name, item):
                start = self._register(-1, -1)
                self._captures.append((name, start))
                if isinstance(item, One):
                    return _capture_one(self._alphabet.accepting(item.classes), start, then)
                return _remember(start, self._build(item, _remember(start + 1, then)))

    def _first(self, node: Node) -> Set[str] | None:
        first = first_of(node)
        return None if first is None else self._alphabet.accepting(first)

    def _repeat(self, node: Repeat, then: Try) -> Try:
        item, least, most, lazy = node
        if isinstance(item, One) and most > 1:
            codes = self._alphabet.accepting(item.classes)
            return (_few if lazy else _many)(codes, least, most, then)
        if most <= UNROLLED:
            first, end = self._first(item), then
            for round_ in range(most, 0, -1):
                taken = self._build(item, then)
                then = taken if round_ <= least else _perhaps(first, taken, end, lazy)
            return then
        counter = self._register(0)
        again, set_body = _again(counter, self._first(item), least, min(most, ROUNDS), lazy, then)
        set_body(self._build(item, again))
        return _from_zero(counter, again)


def _matched(codes: list[str], at: int, registers: list[int]) -> bool:
    registers[0] = at
    return True


def _yes(codes: list[str], at: int, registers: list[int]) -> bool:
    return True


def _one(accepted: Set[str], then: Try) -> Try:
    def one(codes: list[str], at: int, registers: list[int]) -> bool:
        return codes[at] in accepted and then(codes, at + 1, registers)

    return one


def _behind(accepted: Set[str], negative: bool, then: Try) -> Try:
    def behind(codes: list[str], at: int, registers: list[int]) -> bool:
        return (at > 0 and codes[at - 1] in accepted) is not negative and then(codes, at, registers)

    return behind


def _ahead(looked: Try, negative: bool, then: Try) -> Try:
    def ahead(codes: list[str], at: int, registers: list[int]) -> bool:
        return looked(codes, at, registers) is not negative and then(codes, at, registers)

    return ahead


class _Branches(dict[str, tuple[Try, ...]]):
    """From the code of a unit to the branches that may begin with it, in their order."""

    def __init__(self, branches: list[tuple[Set[str] | None, Try]]) -> None:
        self._branches = branches

    def __missing__(self, code: str) -> tuple[Try, ...]:
        fitting = tuple(branch for first, branch in self._branches if first is None or code in first)
        self[code] = fitting
        return fitting


def _choice(branches: _Branches) -> Try:
    def choice(codes: list[str], at: int, registers: list[int]) -> bool:
        for branch in branches[codes[at]]:  # noqa: SIM110  a generator would cost a frame each time
            if branch(codes, at, registers):
                return True
        return False

    return choice


def _perhaps(first: Set[str] | None, taken: Try, then: Try, lazy: bool) -> Try:
    def perhaps(codes: list[str], at: int, registers: list[int]) -> bool:
        if (first is None or codes[at] in first) and taken(codes, at, registers):
            return True
        return then(codes, at, registers)

    def rather_not(codes: list[str], at: int, registers: list[int]) -> bool:
        return then(codes, at, registers) or taken(codes, at, registers)

    return rather_not if lazy else perhaps


def _many(accepted: Set[str], least: int, most: int, then: Try) -> Try:
    def many(codes: list[str], at: int, registers: list[int]) -> bool:
        end, limit = at, at + most
        while end < limit and codes[end] in accepted:
            end += 1
        shortest = at + least
        while end >= shortest:
            if then(codes, end, registers):
                return True
            end -= 1
        return False

    return many


def _few(accepted: Set[str], least: int, most: int, then: Try) -> Try:
    def few(codes: list[str], at: int, registers: list[int]) -> bool:
        end, shortest, limit = at, at + least, at + most
        while True:
            if end >= shortest and then(codes, end, registers):
                return True
            if end == limit or codes[end] not in accepted:
                return False
            end += 1

    return few


def _capture_one(accepted: Set[str], start: int, then: Try) -> Try:
    def capture(codes: list[str], at: int, registers: list[int]) -> bool:
        if codes[at] not in accepted:
            return False
        before = registers[start], registers[start + 1]
        registers[start], registers[start + 1] = at, at + 1
        if then(codes, at + 1, registers):
            return True
        registers[start], registers[start + 1] = before
        return False

    return capture


def _remember(register: int, then: Try) -> Try:
    def remember(codes: list[str], at: int, registers: list[int]) -> bool:
        before = registers[register]
        registers[register] = at
        if then(codes, at, registers):
            return True
        registers[register] = before
        return False

    return remember


def _again(
    counter: int, opening: Set[str] | None, least: int, most: int, lazy: bool, then: Try
) -> tuple[Try, Callable[[Try], None]]:
    """Behind one round of a repeated group: another round, or what follows; and how to tell it the group."""
    body: Try = _yes

    def set_body(to: Try) -> None:
        nonlocal body
        body = to

    def again(codes: list[str], at: int, registers: list[int]) -> bool:
        count = registers[counter]
        if count < most and (opening is None or codes[at] in opening):
            registers[counter] = count + 1
            if body(codes, at, registers):
                return True
            registers[counter] = count
        if count < least:
            return False
        if then(codes, at, registers):
            return True
        registers[counter] = count
        return False

    def rather_not(codes: list[str], at: int, registers: list[int]) -> bool:
        count = registers[counter]
        if count >= least:
            if then(codes, at, registers):
                return True
            registers[counter] = count
        if count == most:
            return False
        registers[counter] = count + 1
        if body(codes, at, registers):
            return True
        registers[counter] = count
        return False

    return (rather_not if lazy else again), set_body


def _from_zero(counter: int, again: Try) -> Try:
    def begin(codes: list[str], at: int, registers: list[int]) -> bool:
        before = registers[counter]
        registers[counter] = 0
        if again(codes, at, registers):
            return True
        registers[counter] = before
        return False

    return begin
