"""The syntax of patterns: from the words of a pattern to its tree.

The language is described in `sijill.text.pattern`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from sijill.text.classes import ANY, Classes, Term, both, negated, read_classes
from sijill.text.tokens import PUNCTUATION

TOKEN = re.compile(
    r"""\s*(?:
      (?P<cls>\[[^\]]*\])
    | (?P<part><[A-Za-z_][\w-]*>)
    | (?P<behind><!?(?=\[))
    | (?P<capture>[a-z_]+:)
    | (?P<open>[>!]?\()
    | (?P<close>\))
    | (?P<slash>/)
    | (?P<repeat>(?:[?*+]|\{\d+(?:,\d*)?\})\??)
    | (?P<any>\.)
    | (?P<quoted>"[^"]*")
    | (?P<word>[^\s\[\]<>(){}/?*+."!|&:]+)
    )""",
    re.VERBOSE,
)


class PatternError(ValueError):
    """A pattern that cannot be understood: the file, the rule, the place and why."""


UNBOUNDED = 1 << 30
"""As often as it likes."""


class One(NamedTuple):
    """One unit of these classes."""

    classes: Classes


class Behind(NamedTuple):
    """The unit before, which must or must not be of these classes."""

    classes: Classes
    negative: bool


class Ahead(NamedTuple):
    """What follows, which must or must not match."""

    item: Node
    negative: bool


class Sequence(NamedTuple):
    items: tuple[Node, ...]


class Choice(NamedTuple):
    items: tuple[Node, ...]


class Repeat(NamedTuple):
    """An item at least and at most so often; ``lazy`` takes as few as possible."""

    item: Node
    least: int
    most: int
    lazy: bool


class Capture(NamedTuple):
    name: str
    item: Node


Node = One | Behind | Ahead | Sequence | Choice | Repeat | Capture


class Parser:
    """Reads patterns.

    Args:
        literal: gives the classes that the segments of a literal word have (one per segment).
    """

    def __init__(self, literal: Callable[[str], list[str]]) -> None:
        self.parts: dict[str, Node] = {}
        """The named parts that a pattern may use."""
        self._literal = literal
        self._met: set[str] = set()
        self._tokens: list[tuple[str, str]] = []
        self._at = 0

    def parse(self, pattern: str) -> Node:
        """The tree of a pattern. Raises `ValueError` saying what cannot be read.

        >>> Parser(lambda word: [word]).parse("x:([a] / [b])")
        Capture(name='x', item=One(classes=((('a', True),), (('b', True),))))
        """
        self._tokens, self._at = [], 0
        at, pattern = 0, pattern.strip()
        while at < len(pattern):
            token = TOKEN.match(pattern, at)
            if not token or not token.lastgroup:
                raise ValueError(f"cannot read the pattern from {pattern[at : at + 20]!r}")
            self._tokens.append((token.lastgroup, token[token.lastgroup]))
            at = token.end()
        node = self._choice()
        if self._at < len(self._tokens):
            raise ValueError("a closing bracket without its opening one")
        return node

    def _next(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _take(self) -> tuple[str, str]:
        self._at += 1
        return self._tokens[self._at - 1]

    def _choice(self) -> Node:
        branches: list[Node] = []
        while True:
            items: list[Node] = []
            while self._next() not in ("", "slash", "close"):
                items.append(self._element())
            branches.append(_sequence(items))
            if self._next() != "slash":
                return _choice(branches)
            self._take()

    def _element(self) -> Node:
        kind, value = self._take()
        if kind == "capture":
            if self._next() in ("", "slash", "close"):
                raise ValueError(f"{value!r} has nothing behind it")
            return Capture(value[:-1], self._element())
        if kind == "behind":
            return Behind(self._classes(self._take()[1][1:-1]), "!" in value)
        if kind == "open":
            node = self._choice()
            if self._next() != "close":
                raise ValueError("an opening bracket without its closing one")
            self._take()
            if value != "(":
                node = Ahead(node, value[0] == "!")
        elif kind == "cls":
            node = One(self._classes(value[1:-1]))
        elif kind == "part":
            if value[1:-1] not in self.parts:
                raise ValueError(f"no part named {value}; define it above with let")
            node = self.parts[value[1:-1]]
        elif kind == "any":
            node = One(ANY)
        elif kind in ("word", "quoted"):
            node = _sequence([One(read_classes(name)) for name in self._literal(value.strip('"') or '"')])
        else:
            raise ValueError(f"{value!r} has nothing before it")
        while self._next() == "repeat":
            node = _repeat(node, self._take()[1])
        return node

    def _classes(self, expression: str) -> Classes:
        classes = read_classes(expression)
        for name in {name for terms in classes for name, _ in terms} - self._met:
            self._met.add(name)
            if name.startswith("="):
                self._literal(name[1:])
        return classes


def may_be_empty(node: Node) -> bool:
    """Whether a node can match without taking a unit."""
    match node:
        case One():
            return False
        case Behind() | Ahead():
            return True
        case Capture(_, item):
            return may_be_empty(item)
        case Repeat(item, least, _, _):
            return least == 0 or may_be_empty(item)
        case Choice(items):
            return any(map(may_be_empty, items))
        case Sequence(items):
            return all(map(may_be_empty, items))


def first_of(node: Node) -> Classes | None:
    """What the first unit of a match of a node is; None where there may be no unit.

    >>> first_of(Parser(lambda word: [word]).parse("[a]? [b | c] [d]"))
    ((('a', True),), (('b', True),), (('c', True),))
    """
    match node:
        case One(classes):
            return classes
        case Behind() | Ahead():
            return None
        case Capture(_, item):
            return first_of(item)
        case Repeat(item, least, _, _):
            return first_of(item) if least else None
        case Choice(items):
            firsts = [first_of(item) for item in items]
            known = [first for first in firsts if first is not None]
            return _either(known) if len(known) == len(firsts) else None
        case Sequence(items):
            found: list[Classes] = []
            for item in items:
                begin = item.item if isinstance(item, Repeat) and item.least == 0 else item
                first = first_of(begin)
                if first is None:
                    if isinstance(begin, (Behind, Ahead)):
                        continue
                    return None
                found.append(first)
                if begin is item:
                    return _either(found)
            return None


def widest(node: Node) -> int:
    """The most units that a match of a node takes."""
    match node:
        case One():
            return 1
        case Behind() | Ahead():
            return 0
        case Capture(_, item):
            return widest(item)
        case Repeat(item, _, most, _):
            return min(widest(item) * most, UNBOUNDED)
        case Choice(items):
            return max(map(widest, items))
        case Sequence(items):
            return min(sum(map(widest, items)), UNBOUNDED)


def required(node: Node) -> list[Classes]:
    """What units every match of a node has, in their order; of a choice, any of what its branches have.

    >>> required(Parser(lambda word: [word]).parse("[a] [b]? ([c] [d] / [e])"))
    [((('a', True),),), ((('c', True),), (('e', True),))]
    """
    match node:
        case One(classes):
            return [classes]
        case Behind() | Ahead():
            return []
        case Capture(_, item):
            return required(item)
        case Repeat(item, least, _, _):
            return required(item) if least else []
        case Choice(items):
            each = [required(item) for item in items]
            return [_either(classes[0] for classes in each)] if all(each) else []
        case Sequence(items):
            return [classes for item in items for classes in required(item)]


def stays_within(node: Node, *, last: bool = True) -> bool:
    """Whether a match takes no stop and no line break, except for its last unit.

    >>> parse = Parser(lambda word: [word]).parse
    >>> stays_within(parse("[a] [!punct]* .")), stays_within(parse("[a] . [b]"))
    (True, False)
    """
    match node:
        case One(classes):
            return last or not any(_may_end(terms) for terms in classes)
        case Behind() | Ahead():
            return True
        case Capture(_, item):
            return stays_within(item, last=last)
        case Repeat(item, _, most, _):
            return stays_within(item, last=last and most == 1)
        case Choice(items):
            return all(stays_within(item, last=last) for item in items)
        case Sequence(items):
            return all(stays_within(item, last=last and k == len(items)) for k, item in enumerate(items, 1))


@cache
def _may_end(terms: tuple[Term, ...]) -> bool:
    """Whether a stop or a line break may be all of this; marks are of no other class but their own word's."""
    wanted = {name for name, want in terms if want and PUNCTUATION.get(name.removeprefix("=")) != "stop"}
    unwanted = {name for name, want in terms if not want}
    return any(wanted <= kind and unwanted.isdisjoint(kind) for kind in ({"punct", "stop"}, {"punct", "para"}))


def _either(all_classes: Iterable[Classes]) -> Classes:
    return tuple(dict.fromkeys(terms for classes in all_classes for terms in classes))


def _sequence(items: list[Node]) -> Node:
    """The items in a row; one that only looks at the unit which the next one takes becomes part of that."""
    flat: list[Node] = []
    for item in items:
        flat += item.items if isinstance(item, Sequence) else (item,)
    folded: list[Node] = []
    for item in reversed(flat):
        if folded and isinstance(item, Ahead) and isinstance(item.item, One) and isinstance(folded[-1], One):
            looked = negated(item.item.classes) if item.negative else item.item.classes
            folded[-1] = One(both(looked, folded[-1].classes))
        else:
            folded.append(item)
    return folded[0] if len(folded) == 1 else Sequence((*reversed(folded),))


def _choice(branches: list[Node]) -> Node:
    """One of the branches; of single units, a unit of any of their classes."""
    flat: list[Node] = []
    for branch in branches:
        flat += branch.items if isinstance(branch, Choice) else (branch,)
    if len(flat) == 1:
        return flat[0]
    ones = [branch.classes for branch in flat if isinstance(branch, One)]
    return One(_either(ones)) if len(ones) == len(flat) else Choice((*flat,))


def _repeat(node: Node, times: str) -> Repeat:
    lazy = len(times) > 1 and times.endswith("?")
    times = times[:-1] if lazy else times
    if times[0] == "{":
        low, comma, high = times[1:-1].partition(",")
        least, most = int(low), int(high) if high else UNBOUNDED if comma else int(low)
    else:
        least, most = {"?": (0, 1), "*": (0, UNBOUNDED), "+": (1, UNBOUNDED)}[times]
    if most > 1 and may_be_empty(node):
        raise ValueError(f"what is repeated ({times}) may be nothing at all")
    return Repeat(node, least, most, lazy)
