"""The pattern language: patterns over word classes, written to be read, compiled to regular expressions.

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
``? * + {1,3}``     how often; a ``?`` behind it takes as few as possible
``>( … )  !( … )``  looking ahead: what follows must, or must not, match
``<[a]  <![a]``     looking behind: the unit before must, or must not, be of this class
``<name>``          a named part (``let name = …``)
==================  ==========================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from sijill.text.classes import Alphabet
from sijill.text.tape import Tape

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


Classes = tuple[tuple[tuple[str, bool], ...], ...]
"""Alternatives of terms, each a class and whether a unit must be of it."""

ANY: Classes = ((),)

FIRST_KIND = 0x80
"""Where the kinds begin: past ASCII, so that a kind never needs escaping in a regular expression."""


class One(NamedTuple):
    """One unit of these classes; ``behind`` looks at the unit before."""

    classes: Classes
    behind: str = ""


class Sequence(NamedTuple):
    items: tuple[Node, ...]


class Choice(NamedTuple):
    items: tuple[Node, ...]


class Repeat(NamedTuple):
    item: Node
    times: str
    least: int


class Capture(NamedTuple):
    name: str
    item: Node


class Ahead(NamedTuple):
    item: Node
    negative: bool


Node = One | Sequence | Choice | Repeat | Capture | Ahead


def read_classes(expression: str) -> Classes:
    """A class expression such as ``cue & !noun | =قال``: alternatives of terms that must, or must not, hold.

    >>> read_classes("cue & !noun | verb")
    ((('cue', True), ('noun', False)), (('verb', True),))
    """
    alternatives: list[tuple[tuple[str, bool], ...]] = []
    for alternative in expression.split("|"):
        terms: list[tuple[str, bool]] = []
        for term in alternative.split("&"):
            name = term.strip()
            wanted = not name.startswith("!")
            name = name.lstrip("!").strip()
            if not name or " " in name:
                raise ValueError(f"no class expression: [{expression}]")
            terms.append((name, wanted))
        alternatives.append(tuple(terms))
    return tuple(alternatives)


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


class _Compiled:
    """One alternative of a rule; its regular expression is made when first needed."""

    __slots__ = ("_make", "_match", "rule")

    def __init__(self, rule: Rule, make: Callable[[], str]) -> None:
        self.rule = rule
        self._make = make
        self._match: Callable[[str, int], re.Match[str] | None] | None = None

    def match(self, codes: str, at: int) -> re.Match[str] | None:
        if self._match is None:
            self._match = re.compile(self._make(), re.DOTALL).match
        return self._match(codes, at)


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
        self._literal = literal
        self._parts: dict[str, Node] = {}
        self.rules: list[Rule] = []
        self._by_kind: dict[str, list[_Compiled]] = {}
        self._any: re.Pattern[str] = re.compile("(?!)")
        self._kinds = _Kinds(alphabet)
        self._read(source, where)

    # Reading the file

    def _read(self, source: str, where: str) -> None:
        rule: Rule | None = None
        for number, line in enumerate(source.splitlines(), 1):
            line = _without_comment(line)
            if not line.strip():
                continue
            try:
                if line.startswith("let "):
                    name, _, pattern = line[4:].partition("=")
                    self._parts[name.strip()] = self._parse(pattern)
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
                    rule.nodes.append(self._parse(line))
            except ValueError as problem:
                raise PatternError(f"{where}, line {number}: {problem}") from problem

    def _parse(self, pattern: str) -> Node:
        tokens: list[tuple[str, str]] = []
        at, pattern = 0, pattern.strip()
        while at < len(pattern):
            token = TOKEN.match(pattern, at)
            if not token or not token.lastgroup:
                raise ValueError(f"cannot read the pattern from {pattern[at : at + 20]!r}")
            tokens.append((token.lastgroup, token[token.lastgroup]))
            at = token.end()
        node, rest = self._choice(tokens)
        if rest:
            raise ValueError(f"a closing bracket without its opening one before {rest[0][1]!r}")
        return node

    def _choice(self, tokens: list[tuple[str, str]]) -> tuple[Node, list[tuple[str, str]]]:
        branches: list[Node] = []
        while True:
            items: list[Node] = []
            while tokens and tokens[0][0] not in ("slash", "close"):
                item, tokens = self._element(tokens)
                items.append(item)
            branches.append(items[0] if len(items) == 1 else Sequence(tuple(items)))
            if not tokens or tokens[0][0] == "close":
                return (branches[0] if len(branches) == 1 else Choice(tuple(branches))), tokens
            tokens = tokens[1:]

    def _element(self, tokens: list[tuple[str, str]]) -> tuple[Node, list[tuple[str, str]]]:
        (kind, value), tokens = tokens[0], tokens[1:]
        if kind == "capture":
            node, tokens = self._element(tokens)
            return Capture(value[:-1], node), tokens
        if kind == "behind":
            return One(self._classes(tokens[0][1][1:-1]), "<!" if "!" in value else "<="), tokens[1:]
        if kind == "open":
            node, tokens = self._choice(tokens)
            if not tokens:
                raise ValueError("an opening bracket without its closing one")
            tokens = tokens[1:]
            if value != "(":
                node = Ahead(node, value[0] == "!")
        elif kind == "cls":
            node = One(self._classes(value[1:-1]))
        elif kind == "part":
            if value[1:-1] not in self._parts:
                raise ValueError(f"no part named {value}; define it above with let")
            node = self._parts[value[1:-1]]
        elif kind == "any":
            self._kinds.ask(ANY)
            node = One(ANY)
        elif kind in ("word", "quoted"):
            ones = [One(self._classes(name)) for name in self._literal(value.strip('"') or '"')]
            node = ones[0] if len(ones) == 1 else Sequence(tuple(ones))
        else:
            raise ValueError(f"{value!r} has nothing before it")
        while tokens and tokens[0][0] == "repeat":
            times = tokens[0][1]
            least = int(re.sub(r"\D.*", "", times[1:]) or 0) if times[0] == "{" else int(times[0] == "+")
            node = Repeat(node, times, least)
            tokens = tokens[1:]
        return node, tokens

    def _classes(self, expression: str) -> Classes:
        classes = read_classes(expression)
        names = {name for terms in classes for name, _ in terms}
        for name in names - self._kinds.asked:
            if name.startswith("="):
                self._literal(name[1:])
        self._kinds.ask(classes)
        return classes

    # Running

    def scan(self, tape: Tape, *, overlap: bool = False, longest: bool = False) -> Iterator[Match]:
        """Matches from left to right; at each place the first rule that matches (or the longest match).

        With ``overlap`` the next match may begin inside this one; without, behind it.
        """
        kinds = self._kinds_of(tape)
        at, end = 0, len(kinds)
        while at < end:
            found = self._any.search(kinds, at)
            if found is None:
                return
            at = found.start()
            best: tuple[Rule, re.Match[str]] | None = None
            for compiled in self._by_kind[kinds[at]]:
                match = compiled.match(kinds, at)
                if match and match.end() > at and (best is None or match.end() > best[1].end()):
                    best = compiled.rule, match
                    if not longest:
                        break
            if best is None:
                at += 1
                continue
            yield _match(*best)
            at = at + 1 if overlap else best[1].end()

    def all_at(self, tape: Tape, at: int) -> list[Match]:
        """Every rule's match that begins at a unit, for explaining who was beaten."""
        kinds = self._kinds_of(tape)
        found = [(compiled.rule, compiled.match(kinds, at)) for compiled in self._by_kind.get(kinds[at], [])]
        return [_match(rule, match) for rule, match in found if match]

    # Compiling. These patterns ask for a few dozen classes only; codes that they cannot tell
    # apart are one kind, and there are so few kinds that their regular expressions stay small.

    def _kinds_of(self, tape: Tape) -> str:
        kinds = tape.codes.translate(self._kinds)
        if self._kinds.grown:
            self._compile()
            kinds = tape.codes.translate(self._kinds)
        return kinds

    def _compile(self) -> None:
        self._kinds.learn_all()
        self._by_kind = {}
        bare: list[str] = []
        for rule in self.rules:
            for node in rule.nodes:
                compiled = _Compiled(rule, partial(self._regex, node))
                for kind in self._first(node)[0]:
                    self._by_kind.setdefault(kind, []).append(compiled)
                bare.append(self._regex(node, captures=False))
        first = _charset(set(self._by_kind))
        self._any = re.compile(f"(?={first})(?:{'|'.join(bare) or '(?!)'})", re.DOTALL)
        self._kinds.grown = False

    def _regex(self, node: Node, *, captures: bool = True) -> str:
        counter: dict[str, int] = {}

        def regex(node: Node) -> str:
            match node:
                case One(classes, behind):
                    charset = self._kinds.charset(classes)
                    return f"(?{behind}{charset})" if behind else charset
                case Sequence(items):
                    return "".join(map(regex, items))
                case Choice(items):
                    return "(?:" + "|".join(map(regex, items)) + ")"
                case Repeat(item, times, _):
                    return f"(?:{regex(item)}){times}"
                case Ahead(item, negative):
                    return f"(?{'!' if negative else '='}{regex(item)})"
                case Capture(name, item):
                    if not captures:
                        return regex(item) if not isinstance(item, Choice) else f"(?:{regex(item)})"
                    counter[name] = number = counter.get(name, 0) + 1
                    return f"(?P<{name}__{number}>{regex(item)})"

        return regex(node)

    def _first(self, node: Node) -> tuple[set[str], bool]:
        """The kinds a match of the node can begin with, and whether it can be empty."""
        match node:
            case One(classes, behind):
                return (set(), True) if behind else (self._kinds.expressions[classes], False)
            case Ahead():
                return set(), True
            case Capture(_, item):
                return self._first(item)
            case Repeat(item, _, least):
                first, empty = self._first(item)
                return first, empty or least == 0
            case Choice(items):
                firsts = [self._first(item) for item in items]
                return set[str]().union(*(first for first, _ in firsts)), any(empty for _, empty in firsts)
            case Sequence(items):
                kinds: set[str] = set()
                for item in items:
                    first, empty = self._first(item)
                    kinds |= first
                    if not empty:
                        return kinds, False
                return kinds, True


class _Kinds(dict[int, str]):
    """From codes to kinds: codes that the same class expressions accept are one kind."""

    def __init__(self, alphabet: Alphabet) -> None:
        self.alphabet = alphabet
        self.asked: set[str] = set()
        self.expressions: dict[Classes, set[str]] = {}
        """Each class expression of the patterns, with the kinds it accepts."""
        self.grown = True
        self._kinds: dict[tuple[Classes, ...], str] = {}
        self._charsets: dict[Classes, str] = {}

    def ask(self, classes: Classes) -> None:
        """Note a class expression of a pattern."""
        self.expressions.setdefault(classes, set())
        self.asked |= {name for terms in classes for name, _ in terms}

    def learn_all(self) -> None:
        """Sort all codes given so far into kinds, so that few are new later."""
        held: dict[str, list[str]] = {code: [] for code in self.alphabet.all() if ord(code) not in self}
        for name in sorted(self.asked):
            for code in self.alphabet.having(name) & held.keys():
                held[code].append(name)
        alike: dict[tuple[str, ...], list[int]] = {}
        for code, names in held.items():
            alike.setdefault((*names,), []).append(ord(code))
        having: dict[str, set[tuple[str, ...]]] = {}
        for names in alike:
            for name in names:
                having.setdefault(name, set()).add(names)
        accepting: dict[tuple[str, ...], list[Classes]] = {names: [] for names in alike}
        for classes in self.expressions:
            for terms in classes:
                wanted = [having.get(name, set()) for name, want in terms if want]
                found = set(wanted[0]).intersection(*wanted[1:]) if wanted else set(alike)
                for names in found.difference(*(having.get(name, ()) for name, want in terms if not want)):
                    if not accepting[names] or accepting[names][-1] is not classes:
                        accepting[names].append(classes)
        # Neighbours that the same expressions accept make for short ranges in the regular expressions.
        order = {classes: k for k, classes in enumerate(self.expressions)}
        for names in sorted(alike, key=lambda names: [order[classes] for classes in accepting[names]]):
            kind = self._kind((*accepting[names],))
            for point in alike[names]:
                self[point] = kind

    def __missing__(self, point: int) -> str:
        held = {name for name in self.asked if chr(point) in self.alphabet.having(name)}
        accepting = (
            classes
            for classes in self.expressions
            if any(all((name in held) == want for name, want in terms) for terms in classes)
        )
        kind = self[point] = self._kind((*accepting,))
        return kind

    def _kind(self, accepting: tuple[Classes, ...]) -> str:
        kind = self._kinds.get(accepting)
        if kind is None:
            kind = self._kinds[accepting] = chr(FIRST_KIND + len(self._kinds))
            for classes in accepting:
                self.expressions[classes].add(kind)
            self.grown = True
            self._charsets.clear()
        return kind

    def charset(self, classes: Classes) -> str:
        """A regular expression for one unit of these classes."""
        charset = self._charsets.get(classes)
        if charset is None:
            charset = self._charsets[classes] = _charset(self.expressions[classes])
        return charset


def _match(rule: Rule, match: re.Match[str]) -> Match:
    spans = match.regs
    captures = {name.partition("__")[0]: spans[k] for name, k in match.re.groupindex.items() if spans[k][0] >= 0}
    return Match(rule, match.start(), match.end(), captures)


def _without_comment(line: str) -> str:
    at = line.find("#")
    return line if at < 0 else line[:at]


def _charset(kinds: set[str]) -> str:
    """A regular expression for one of these kinds."""
    if not kinds:
        return "(?!)"
    ranges: list[str] = []
    points = sorted(map(ord, kinds))
    begin = previous = points[0]
    for point in [*points[1:], -1]:
        if point != previous + 1:
            ranges.append(chr(begin) if begin == previous else f"{chr(begin)}-{chr(previous)}")
            begin = point
        previous = point
    return f"[{''.join(ranges)}]"
