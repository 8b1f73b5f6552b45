"""A pattern's tree as nested functions that match it over a tape's codes.

Each function tries its part at a unit and calls the one behind it, so that trying again is
returning: the continuation-passing matcher of Danvy and Filinski's kind, as in Dybvig and
Hieb's compilers. What a unit is, is one look into a live set of codes, and so nothing is
compiled anew when the alphabet grows. Calls are what costs: units in a row are looked at
together, and what may follow in several ways is asked by its first unit before it is called.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import NamedTuple

from sijill.text.classes import Alphabet
from sijill.text.syntax import (
    Ahead,
    Behind,
    Capture,
    Choice,
    Node,
    One,
    Repeat,
    Sequence,
    first_of,
    required,
    stays_within,
    widest,
)

END = ""
"""Stands behind the last code; no set of codes holds it."""

ROUNDS = 64
"""As often as a group may repeat that is more than one unit: each round stays open until the match is found."""

REACH = 300
"""Units that a sentence may be long for it to be looked at first whether what a match needs is there at all."""

NARROW = 20
"""Units up to which matches are simply tried."""

NEEDED = 3
"""How many of the units that a match needs are looked for."""

UNROLLED = 2
"""Up to so many rounds a group is written out round by round, which is faster than counting."""

Try = Callable[[list[str], int, list[int]], bool]
"""Codes, the unit to begin with, and registers; whether it matched from there to the end of the pattern.

Registers are set on the way back, once all has matched: of a capture taken several times the last counts.
"""


class Opened(NamedTuple):
    """What the first unit must be of (None: anything), how many units that takes, and what to try behind them."""

    first: Set[str] | None
    taken: int
    behind: Try


class Step(NamedTuple):
    """What is left of a pattern: units in a row, each of one of these codes, and what to try behind them.

    Where there is no row, ``first`` is what the first unit must be of; None where that may be anything.
    """

    row: tuple[Set[str], ...]
    behind: Try
    first: Set[str] | None = None

    def opened(self) -> Opened:
        """The step with its first unit apart."""
        if self.row:
            return Opened(self.row[0], 1, _in_a_row(self.row[1:], self.behind))
        return Opened(self.first, 0, self.behind)

    def whole(self) -> Try:
        """The step as one function."""
        return _in_a_row(self.row, self.behind)


class Matcher(NamedTuple):
    """One alternative of a rule, ready to match."""

    begin: Try
    registers: list[int]
    """As they are at the beginning: the match's end, both sides of each capture, and the counters."""
    captures: list[tuple[str, int]]
    needed: list[Set[str]]
    """Sets of codes of which a match has one each behind its first unit and before its sentence ends.

    Empty where a match does not end with its sentence, or is so short that it is known anyway.
    """

    def captured(self, registers: list[int]) -> dict[str, tuple[int, int]]:
        """The captures of a match, as unit ranges."""
        return {name: (registers[k], registers[k + 1]) for name, k in self.captures if registers[k] >= 0}


def lacks(within: list[str], needed: list[Set[str]]) -> bool:
    """Whether these units have none of one of the sets that are needed."""
    for some in needed:  # noqa: SIM110  a generator would cost a frame each time
        if some.isdisjoint(within):
            return True
    return False


class Builder:
    """Makes the matchers of the patterns of one file.

    Args:
        alphabet: the alphabet of the tapes.
    """

    def __init__(self, alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        self._codes: dict[int, Set[str]] = {}
        self._firsts: dict[int, Set[str] | None] = {}
        """Both by the identity of a node: named parts stand in many patterns."""
        self._registers: list[int] = []
        self._captures: list[tuple[str, int]] = []

    def matcher(self, node: Node) -> Matcher:
        """The matcher of one alternative of a rule."""
        self._registers, self._captures = [0], []
        begin = self._step(node, Step((), _matched)).whole()
        needed: list[Set[str]] = []
        if widest(node) > NARROW and stays_within(node):
            needed = sorted((self._alphabet.accepting(classes) for classes in required(node)[1:]), key=len)
        return Matcher(begin, self._registers, self._captures[::-1], needed[:NEEDED])

    def _register(self, *values: int) -> int:
        self._registers += values
        return len(self._registers) - len(values)

    def _accepted(self, node: One | Behind) -> Set[str]:
        codes = self._codes.get(id(node))
        if codes is None:
            codes = self._codes[id(node)] = self._alphabet.accepting(node.classes)
        return codes

    def _first(self, node: Node) -> Set[str] | None:
        if id(node) not in self._firsts:
            first = first_of(node)
            self._firsts[id(node)] = None if first is None else self._alphabet.accepting(first)
        return self._firsts[id(node)]

    def _step(self, node: Node, then: Step) -> Step:
        match node:
            case One():
                return Step((self._accepted(node), *then.row), then.behind)
            case Behind(_, negative):
                first, taken, behind = then.opened()
                return _step_of(first, taken, _behind(self._accepted(node), negative, taken, behind))
            case Ahead(item, negative):
                return self._ahead(item, negative, then.opened())
            case Sequence(items):
                for item in reversed(items):
                    then = self._step(item, then)
                return then if then.row else then._replace(first=self._first(node))
            case Choice(items):
                branches = _Branches([self._step(item, then).opened() for item in items])
                return Step((), _choice(branches), self._first(node))
            case Repeat():
                return self._repeat(node, then)
            case Capture(name, item):
                start = self._register(-1, -1)
                self._captures.append((name, start))
                if isinstance(item, One):
                    row = self._accepted(item), *then.row
                    return Step(row, _one_captured(start, len(row), then.behind))
                row, behind, first = self._step(item, _marked(start + 1, then))
                return _marked(start, Step(row, behind, first))

    def _ahead(self, item: Node, negative: bool, then: Opened) -> Step:
        captures = len(self._captures)
        looked = self._step(item, Step((), _yes)).whole()
        first, taken, behind = then
        ahead = _ahead(looked, negative, taken, behind)
        return _step_of(first, taken, ahead if captures == len(self._captures) else _undone(ahead))

    def _repeat(self, node: Repeat, then: Step) -> Step:
        item, least, most, lazy = node
        if isinstance(item, One) and most > 1:
            codes = self._accepted(item)
            more = (_few if lazy else _many)(codes, most - least, *then.opened())
            return Step((codes,) * least, more)
        if most <= UNROLLED:
            end = then.opened()
            for round_ in range(most, 0, -1):
                taken = self._step(item, then)
                then = taken if round_ <= least else Step((), _perhaps(*taken.opened(), *end, lazy))
            return then
        counter = self._register(0)
        again, set_body = _again(counter, least, min(most, ROUNDS), lazy, *then.opened())
        set_body(self._step(item, Step((), again)).opened())
        return Step((), _from_zero(counter, again))


def _step_of(first: Set[str] | None, taken: int, behind: Try) -> Step:
    return Step((first,), behind) if taken and first is not None else Step((), behind, first)


def _marked(register: int, step: Step) -> Step:
    """The step that also notes where it began."""
    return Step(step.row, _mark(register, len(step.row), step.behind), step.first)


def _matched(codes: list[str], at: int, registers: list[int]) -> bool:
    registers[0] = at
    return True


def _yes(codes: list[str], at: int, registers: list[int]) -> bool:
    return True


def _in_a_row(row: tuple[Set[str], ...], behind: Try) -> Try:
    if len(row) > 2:
        return _three(row[0], row[1], row[2], _in_a_row(row[3:], behind))
    if len(row) == 2:
        return _two(row[0], row[1], behind)
    return _one(row[0], behind) if row else behind


def _one(accepted: Set[str], behind: Try) -> Try:
    def one(codes: list[str], at: int, registers: list[int]) -> bool:
        return codes[at] in accepted and behind(codes, at + 1, registers)

    return one


def _two(one: Set[str], other: Set[str], behind: Try) -> Try:
    def two(codes: list[str], at: int, registers: list[int]) -> bool:
        return codes[at] in one and codes[at + 1] in other and behind(codes, at + 2, registers)

    return two


def _three(one: Set[str], other: Set[str], third: Set[str], behind: Try) -> Try:
    def three(codes: list[str], at: int, registers: list[int]) -> bool:
        return (
            codes[at] in one and codes[at + 1] in other and codes[at + 2] in third and behind(codes, at + 3, registers)
        )

    return three


def _behind(accepted: Set[str], negative: bool, taken: int, then: Try) -> Try:
    back = taken + 1

    def behind(codes: list[str], at: int, registers: list[int]) -> bool:
        return (at >= back and codes[at - back] in accepted) is not negative and then(codes, at, registers)

    return behind


def _ahead(looked: Try, negative: bool, taken: int, then: Try) -> Try:
    def ahead(codes: list[str], at: int, registers: list[int]) -> bool:
        return looked(codes, at - taken, registers) is not negative and then(codes, at, registers)

    return ahead


def _undone(tried: Try) -> Try:
    """The same, leaving the registers as they were where it fails: looking ahead may have set some."""

    def undone(codes: list[str], at: int, registers: list[int]) -> bool:
        before = registers.copy()
        if tried(codes, at, registers):
            return True
        registers[:] = before
        return False

    return undone


class _Branches(dict[str, tuple[tuple[int, Try], ...]]):
    """From the code of a unit to the branches that may begin with it, in their order."""

    def __init__(self, branches: list[Opened]) -> None:
        self._branches = branches

    def __missing__(self, code: str) -> tuple[tuple[int, Try], ...]:
        fitting = self[code] = tuple(
            (taken, behind) for first, taken, behind in self._branches if first is None or code in first
        )
        return fitting


def _choice(branches: _Branches) -> Try:
    def choice(codes: list[str], at: int, registers: list[int]) -> bool:
        for taken, behind in branches[codes[at]]:  # noqa: SIM110  a generator would cost a frame each time
            if behind(codes, at + taken, registers):
                return True
        return False

    return choice


def _perhaps(
    first: Set[str] | None, taken: int, item: Try, next_: Set[str] | None, next_taken: int, then: Try, lazy: bool
) -> Try:
    def perhaps(codes: list[str], at: int, registers: list[int]) -> bool:
        code = codes[at]
        if (first is None or code in first) and item(codes, at + taken, registers):
            return True
        return (next_ is None or code in next_) and then(codes, at + next_taken, registers)

    def rather_not(codes: list[str], at: int, registers: list[int]) -> bool:
        code = codes[at]
        if (next_ is None or code in next_) and then(codes, at + next_taken, registers):
            return True
        return (first is None or code in first) and item(codes, at + taken, registers)

    return rather_not if lazy else perhaps


def _many(accepted: Set[str], most: int, next_: Set[str] | None, taken: int, then: Try) -> Try:
    def many(codes: list[str], at: int, registers: list[int]) -> bool:
        end, limit = at, at + most
        while end < limit and codes[end] in accepted:
            end += 1
        while end >= at:
            if (next_ is None or codes[end] in next_) and then(codes, end + taken, registers):
                return True
            end -= 1
        return False

    return many


def _few(accepted: Set[str], most: int, next_: Set[str] | None, taken: int, then: Try) -> Try:
    def few(codes: list[str], at: int, registers: list[int]) -> bool:
        end, limit = at, at + most
        while True:
            code = codes[end]
            if (next_ is None or code in next_) and then(codes, end + taken, registers):
                return True
            if end == limit or code not in accepted:
                return False
            end += 1

    return few


def _one_captured(start: int, back: int, then: Try) -> Try:
    def captured(codes: list[str], at: int, registers: list[int]) -> bool:
        if not then(codes, at, registers):
            return False
        if registers[start] < 0:
            registers[start], registers[start + 1] = at - back, at - back + 1
        return True

    return captured


def _mark(register: int, back: int, then: Try) -> Try:
    def mark(codes: list[str], at: int, registers: list[int]) -> bool:
        if not then(codes, at, registers):
            return False
        if registers[register] < 0:
            registers[register] = at - back
        return True

    return mark


def _again(
    counter: int, least: int, most: int, lazy: bool, next_: Set[str] | None, taken: int, then: Try
) -> tuple[Try, Callable[[Opened], None]]:
    """Behind one round of a repeated group: another round, or what follows; and how to tell it the group."""
    body = Opened(None, 0, _yes)

    def set_body(to: Opened) -> None:
        nonlocal body
        body = to

    def again(codes: list[str], at: int, registers: list[int]) -> bool:
        count = registers[counter]
        opening, begun, round_ = body
        if count < most and (opening is None or codes[at] in opening):
            registers[counter] = count + 1
            if round_(codes, at + begun, registers):
                return True
            registers[counter] = count
        if count < least or not (next_ is None or codes[at] in next_):
            return False
        if then(codes, at + taken, registers):
            return True
        registers[counter] = count
        return False

    def rather_not(codes: list[str], at: int, registers: list[int]) -> bool:
        count = registers[counter]
        if count >= least and (next_ is None or codes[at] in next_):
            if then(codes, at + taken, registers):
                return True
            registers[counter] = count
        opening, begun, round_ = body
        if count == most or not (opening is None or codes[at] in opening):
            return False
        registers[counter] = count + 1
        if round_(codes, at + begun, registers):
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
