"""The pattern language: patterns over word classes, written to be read.

A pattern file holds rules. A rule is its name on a line of its own, then one alternative an
indented line, then ``-> key=value …`` for what the rule says of its matches::

    let people = [people] | [noun & plural]        # a named part, used as <people>

    verb, source, that, content
        [cue.say & verb] source:<party> ([prep] addressee:<party>)? [that] content:<clause>
        -> form=indirect

The elements of a pattern:

==================  ==========================================================================
``[cue.say]``       one unit of this class, or of one below it (``cue.say.oral``)
``[a & !b | c]``    classes combined: ``&`` and, ``|`` or, ``!`` not
``قال``, ``"،"``    this word or mark (a word is compared in its normal form)
``.``               any one unit
``x:…``             what follows is captured as ``x``
``( a / b )``       a group, with alternatives
``? * + {1,3}``     how often (a group at most 64 times); a ``?`` behind it takes as few as possible
``>( … )  !( … )``  looking ahead: what follows must, or must not, match
``<[a]  <![a]``     looking behind: the unit before must, or must not, be of this class
``<name>``          a named part (``let name = …``)
==================  ==========================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sijill.text.candidates import Candidates
from sijill.text.classes import Alphabet
from sijill.text.matcher import END, REACH, Builder, Matcher, lacks
from sijill.text.syntax import Node, Parser, PatternError
from sijill.text.tape import Tape

MOST_TRIED = 10_000
"""Sets of alternatives that are remembered."""


@dataclass(slots=True)
class Rule:
    """A named rule: its alternatives and what it says of a match."""

    name: str
    nodes: list[Node] = field(default_factory=list[Node])
    says: dict[str, str] = field(default_factory=dict[str, str])


class Match(NamedTuple):
    """A rule that matched units ``[first, last)``, and its captures as unit ranges."""

    rule: Rule
    first: int
    last: int
    captures: dict[str, tuple[int, int]]


class Rules:
    """The rules of one pattern file, ready to run over a tape.

    Args:
        source: the text of the pattern file.
        alphabet: the alphabet of the tapes.
        literal: gives the classes that the segments of a literal word have (one per segment).
        where: the file's name, for error messages.

    Raises:
        PatternError: naming file, line and reason.
    """

    def __init__(self, source: str, alphabet: Alphabet, literal: Callable[[str], list[str]], where: str = "") -> None:
        self.alphabet = alphabet
        self.rules: list[Rule] = []
        self._read(source, Parser(literal), where)
        self._alternatives = [(rule, node) for rule in self.rules for node in rule.nodes]
        self._builder = Builder(alphabet)
        self._stops = alphabet.having_any(("stop", "para"))
        self._matchers: dict[int, Matcher] = {}
        self._tried: dict[int, list[tuple[Rule, Matcher]]] = {}
        self._candidates: Candidates | None = None

    def _read(self, source: str, parser: Parser, where: str) -> None:
        rule: Rule | None = None
        for number, line in enumerate(source.splitlines(), 1):
            line = _without_comment(line)
            if not line.strip():
                continue
            try:
                if line.startswith("let "):
                    name, _, pattern = line[4:].partition("=")
                    parser.parts[name.strip()] = parser.parse(pattern)
                elif not line[0].isspace():
                    rule = Rule(line.strip())
                    if any(r.name == rule.name for r in self.rules):
                        raise ValueError(f"two rules named {rule.name!r}")
                    self.rules.append(rule)
                elif rule is None:
                    raise ValueError("a pattern before any rule's name")
                elif line.strip().startswith("->"):
                    for pair in line.strip()[2:].split():
                        key, _, value = pair.partition("=")
                        rule.says[key] = value
                else:
                    rule.nodes.append(parser.parse(line))
            except ValueError as problem:
                raise PatternError(f"{where}, line {number}: {problem}") from problem

    def scan(self, tape: Tape, *, overlap: bool = False, longest: bool = False) -> Iterator[Match]:
        """Matches from left to right; at each place the first rule that matches (or the longest match).

        With ``overlap`` the next match may begin inside this one; without, behind it.
        """
        codes = [*tape.codes, END]
        tried = self._tried
        free = end = 0
        for at, candidates in self._automaton().each(codes):
            if at < free:
                continue
            last = at
            best: tuple[Rule, Matcher, list[int]] | None = None
            for rule, matcher in tried.get(candidates) or self._to_try(candidates):
                begin, registers, _, needed = matcher
                if needed:
                    if end <= at:
                        end = self._end(codes, at)
                    if end - at < REACH and lacks(codes[at + 1 : end + 1], needed):
                        continue
                registers = registers.copy()
                if begin(codes, at, registers) and registers[0] > last:
                    last, best = registers[0], (rule, matcher, registers)
                    if not longest:
                        break
            if best:
                rule, matcher, registers = best
                yield Match(rule, at, last, matcher.captured(registers))
                if not overlap:
                    free = last

    def all_at(self, tape: Tape, at: int) -> list[Match]:
        """Every rule's match that begins at a unit, for explaining who was beaten."""
        codes = [*tape.codes, END]
        found: list[Match] = []
        for rule, matcher in self._to_try((1 << len(self._alternatives)) - 1):
            registers = matcher.registers.copy()
            if matcher.begin(codes, at, registers) and registers[0] > at:
                found.append(Match(rule, at, registers[0], matcher.captured(registers)))
        return found

    def _end(self, codes: list[str], at: int) -> int:
        """The first stop or line break behind a unit, or the end."""
        stops, end = self._stops, at + 1
        while end < len(codes) and codes[end] not in stops:
            end += 1
        return end

    def _automaton(self) -> Candidates:
        if self._candidates is None:
            self._candidates = Candidates([node for _, node in self._alternatives], self.alphabet)
        return self._candidates

    def _to_try(self, candidates: int) -> list[tuple[Rule, Matcher]]:
        """The alternatives whose bits are set, in the order of the file; remembered."""
        tried: list[tuple[Rule, Matcher]] = []
        for number, (rule, node) in enumerate(self._alternatives):
            if candidates >> number & 1:
                if number not in self._matchers:
                    self._matchers[number] = self._builder.matcher(node)
                tried.append((rule, self._matchers[number]))
        if len(self._tried) >= MOST_TRIED:
            self._tried.clear()
        self._tried[candidates] = tried
        return tried


def _without_comment(line: str) -> str:
    at = line.find("#")
    return line if at < 0 else line[:at]
