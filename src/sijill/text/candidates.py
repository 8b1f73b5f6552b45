"""Which patterns may match at a unit: an automaton over codes, built as texts need it.

All patterns of a file are followed at once from each unit, a few units far. Looking ahead and
behind is left to the matcher, and a repetition may go on for ever here: what this automaton
says no to cannot match, and what it says yes to nearly always does. A state is a set of what is
left of each pattern (the partial derivatives of Antimirov, 1996), made when it is first reached, as
in RE2.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from sijill.text.classes import Alphabet
from sijill.text.syntax import Ahead, Behind, Capture, Choice, Node, One, Repeat, Sequence

DEPTH = 5
"""Units that patterns are followed."""

STATES = 20_000
"""States that are kept; beyond them the automaton is begun anew."""


class _Rest:
    """What is left of a pattern behind some unit: nodes in a row; None is nothing."""

    __slots__ = ("behind", "edges", "ends", "node")

    def __init__(self, node: Node, behind: _Rest | None) -> None:
        self.node = node
        self.behind = behind
        self.edges: list[Edge] | None = None
        """What its first unit may be and what is left behind that; None before it is worked out."""
        self.ends = False
        """Whether it may take no unit."""


Edge = tuple[Set[str], "_Rest | None"]

Place = tuple[int, "_Rest | None"]
"""The number of a pattern, and what is left of it."""

Edges = dict[int, tuple[Set[str], list[Place]]]
"""By the identity of a set of codes: the set, and where a unit of it leads."""


class _State(dict[str, "_State | None"]):
    """From codes to the next state, or None where no pattern goes on."""

    __slots__ = ("_automaton", "_edges", "depth", "done")

    def __init__(self, automaton: Candidates, places: Set[Place], depth: int) -> None:
        self._automaton = automaton
        self.depth = depth
        self.done = 0
        """The patterns that may have matched by here, as bits."""
        self._edges: Edges = {}
        for number, rest in places:
            if rest is None or depth == DEPTH:
                self.done |= 1 << number
                continue
            for codes, behind in automaton.edges(rest):
                self._edges.setdefault(id(codes), (codes, []))[1].append((number, behind))
            if rest.ends:
                self.done |= 1 << number

    def __missing__(self, code: str) -> _State | None:
        places: set[Place] = set()
        for codes, targets in self._edges.values():
            if code in codes:
                places.update(targets)
        state = self[code] = self._automaton.state(frozenset(places), self.depth + 1) if places else None
        return state


class Candidates:
    """The automaton of the patterns of one file.

    Args:
        nodes: the patterns' trees, numbered as they stand.
        alphabet: the alphabet of the tapes.
    """

    def __init__(self, nodes: list[Node], alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        self._accepted: dict[int, Set[str]] = {}
        self._rests: dict[tuple[int, int], _Rest] = {}
        self._loops: dict[int, Repeat] = {}
        self._states: dict[tuple[frozenset[Place], int], _State] = {}
        places = {(number, self._rest(node, None)) for number, node in enumerate(nodes)}
        self._start = _State(self, places, 0)

    def each(self, codes: list[str]) -> Iterator[tuple[int, int]]:
        """Every unit at which patterns may match, from left to right, and which: bits by their numbers.

        Args:
            codes: the tape's codes, with `sijill.text.matcher.END` behind them.
        """
        for at, state in enumerate(map(self._start.__getitem__, codes)):
            if state is None:
                continue
            found, place = state.done, at + 1
            while (state := state[codes[place]]) is not None:
                found |= state.done
                place += 1
            if found:
                yield at, found

    def state(self, places: frozenset[Place], depth: int) -> _State:
        """The state of these places, made when it is first asked for."""
        state = self._states.get((places, depth))
        if state is None:
            if len(self._states) >= STATES:
                self._states.clear()
                self._start.clear()
            state = self._states[places, depth] = _State(self, places, depth)
        return state

    def edges(self, rest: _Rest) -> list[Edge]:
        """What the first unit of a rest may be, and what is left then; worked out once."""
        if rest.edges is None:
            edges: list[Edge] = []
            rest.ends = self._expand(rest, edges)
            rest.edges = edges
        return rest.edges

    def _expand(self, rest: _Rest | None, edges: list[Edge]) -> bool:
        """Add what unit a rest may take next and what is left then; whether it may end here."""
        if rest is None:
            return True
        node, behind = rest.node, rest.behind
        match node:
            case One(classes):
                codes = self._accepted.get(id(node))
                if codes is None:
                    codes = self._accepted[id(node)] = self._alphabet.accepting(classes)
                edges.append((codes, behind))
                return False
            case Behind() | Ahead():
                return self._go_on(behind, edges)
            case Capture(_, item):
                return self._go_on(self._rest(item, behind), edges)
            case Choice(items):
                ends = [self._go_on(self._rest(item, behind), edges) for item in items]
                return any(ends)
            case Sequence(items):
                for item in reversed(items):
                    behind = self._rest(item, behind)
                return self._go_on(behind, edges)
            case Repeat(item, least, most, _):
                ends = least == 0 and self._go_on(behind, edges)
                further = self._rest(self._loop(node), behind) if most > 1 else behind
                return self._go_on(self._rest(item, further), edges) or ends

    def _go_on(self, rest: _Rest | None, edges: list[Edge]) -> bool:
        if rest is None:
            return True
        edges += self.edges(rest)
        return rest.ends

    def _rest(self, node: Node, behind: _Rest | None) -> _Rest:
        key = id(node), id(behind)
        rest = self._rests.get(key)
        if rest is None:
            rest = self._rests[key] = _Rest(node, behind)
        return rest

    def _loop(self, node: Repeat) -> Repeat:
        loop = self._loops.get(id(node))
        if loop is None:
            loop = self._loops[id(node)] = node._replace(least=0) if node.least else node
        return loop
