"""The pattern language: it matches as regular expressions over the same units would."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.text.classes import Alphabet
from sijill.text.pattern import PatternError, Rules
from sijill.text.tape import Tape

UNITS = "abc."
"""The last one is a stop."""


def named(unit: str) -> str:
    return "punct & stop" if unit == "." else unit


def rules(source: str, alphabet: Alphabet | None = None) -> Rules:
    return Rules(
        source, Alphabet() if alphabet is None else alphabet, lambda word: [f"={letter}" for letter in word], "test.txt"
    )


def tape(units: str, alphabet: Alphabet) -> Tape:
    codes = [alphabet.code([*named(unit).split(" & "), f"={unit}"]) for unit in units]
    places = range(len(units))
    return Tape(units, codes, list(units), list(places), [place + 1 for place in places])


# A pattern beside the regular expression that says the same over one letter a unit.
one = st.sets(st.sampled_from(UNITS), min_size=1, max_size=2).map(
    lambda s: (f"[{' | '.join(map(named, sorted(s)))}]", f"[{''.join(sorted(s))}]")
)
other = st.sampled_from(UNITS).map(lambda c: (f"[!{named(c).split()[-1]}]", f"[^{c}]"))
unit = one | other | st.just((".", "."))
behind = st.sampled_from(UNITS).flatmap(
    lambda c: st.sampled_from([(f"<[{named(c)}]", f"(?<=[{c}])"), (f"<![{named(c)}]", f"(?<![{c}])")])
)
TIMES = ["", "?", "{0,2}", "{1,3}", "{2}", "{0,3}?", "+", "*"]


def _row(items: list[tuple[str, str]]) -> tuple[str, str]:
    return " ".join(pattern for pattern, _ in items), "".join(regex for _, regex in items)


def _grouped(branches: list[tuple[str, str]], times: str) -> tuple[str, str]:
    return f"({' / '.join(p for p, _ in branches)}){times}", f"(?:{'|'.join(r for _, r in branches)}){times}"


def _filled(inner: st.SearchStrategy[tuple[str, str]]) -> st.SearchStrategy[tuple[str, str]]:
    """What always takes a unit, and so may be repeated."""
    row = st.tuples(unit, st.lists(inner, max_size=2)).map(lambda r: _row([r[0], *r[1]]))
    group = st.builds(_grouped, st.lists(row, min_size=1, max_size=3), st.sampled_from(TIMES))
    looking = st.tuples(row, unit).map(lambda r: (f"!({r[0][0]}) {r[1][0]}", f"(?!{r[0][1]}){r[1][1]}"))
    seen = st.tuples(row, unit).map(lambda r: (f">({r[0][0]}) {r[1][0]}", f"(?={r[0][1]}){r[1][1]}"))
    return group | looking | seen | st.tuples(behind, unit).map(lambda r: _row([*r]))


patterns = st.lists(st.recursive(unit, _filled, max_leaves=6), min_size=1, max_size=4).map(_row)


@given(st.lists(patterns, min_size=1, max_size=4), st.text(UNITS, max_size=24), st.booleans(), st.booleans())
def test_matches_as_a_regular_expression_does(
    written: list[tuple[str, str]], units: str, overlap: bool, longest: bool
) -> None:
    alphabet = Alphabet()
    source = "".join(f"rule {k}\n    {pattern}\n" for k, (pattern, _) in enumerate(written))
    found = [
        (match.rule.name, match.first, match.last)
        for match in rules(source, alphabet).scan(tape(units, alphabet), overlap=overlap, longest=longest)
    ]
    expected: list[tuple[str, int, int]] = []
    at = 0
    while at < len(units):
        here = [
            (f"rule {k}", at, match.end())
            for k, (_, regex) in enumerate(written)
            if (match := re.compile(regex).match(units, at)) and match.end() > at
        ]
        if not here:
            at += 1
            continue
        expected.append(max(here, key=lambda match: match[2]) if longest else here[0])
        at = at + 1 if overlap else expected[-1][2]
    assert found == expected


@given(st.lists(patterns, min_size=1, max_size=2), st.text(UNITS, max_size=16))
def test_codes_given_later_are_understood(written: list[tuple[str, str]], units: str) -> None:
    source = "".join(f"rule {k}\n    {pattern}\n" for k, (pattern, _) in enumerate(written))
    alphabet = Alphabet()
    early = rules(source, alphabet)
    list(early.scan(tape("a", alphabet)))
    read = tape(units, alphabet)
    late = rules(source, alphabet)
    assert [match[1:] for match in early.scan(read)] == [match[1:] for match in late.scan(read)]


@pytest.mark.parametrize(
    ("pattern", "units", "captures"),
    [
        ("x:[a] y:([b] [c])", "abc", {"x": (0, 1), "y": (1, 3)}),
        ("(x:[a])? y:[b]", "b", {"y": (0, 1)}),
        ("(x:[a] / [b] x:[c])", "bc", {"x": (1, 2)}),
        ("(x:[a] [b] / x:[c] / [a]) [d]", "ad", {}),
        ("(x:[a] [b]?){1,3} [d]", "abad", {"x": (2, 3)}),
        (">(x:[a]) .", "a", {"x": (0, 1)}),
        ("x:. {0,9}? y:[d]", "abd", {"x": (0, 2), "y": (2, 3)}),
    ],
)
def test_captures(pattern: str, units: str, captures: dict[str, tuple[int, int]]) -> None:
    alphabet = Alphabet()
    [match] = rules(f"rule\n    {pattern}\n", alphabet).scan(tape(units, alphabet))
    assert match.captures == captures


def test_a_named_part_and_what_a_rule_says() -> None:
    alphabet = Alphabet()
    source = "let two = [a] / [b]   # either\nrule\n    <two> ab\n    -> as=thing form=plain\n"
    [match] = rules(source, alphabet).scan(tape("dbab", alphabet))
    assert (match.first, match.last, match.rule.says) == (1, 4, {"as": "thing", "form": "plain"})


def test_a_long_row_of_groups_ends() -> None:
    alphabet = Alphabet()
    source = "rule\n    [a] ([b] [a])*\n"
    matches = list(rules(source, alphabet).scan(tape("ab" * 5000, alphabet)))
    assert matches[0].first == 0
    assert matches[-1].last == 9999


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("rule\n    [a] ([b]\n", "test.txt, line 2: an opening bracket"),
        ("rule\n    [a] [b])\n", "test.txt, line 2: a closing bracket"),
        ("    [a]\n", "test.txt, line 1: a pattern before any rule's name"),
        ("rule\n    <none>\n", "test.txt, line 2: no part named <none>"),
        ("rule\n    ?\n", "test.txt, line 2: '?' has nothing before it"),
        ("rule\n    ([a]?)*\n", "may be nothing at all"),
        ("rule\n    [a b]\n", "no class expression"),
        ("rule\n    x:\n", "has nothing behind it"),
        ("rule\n    {x}\n", "cannot read the pattern from '{x}'"),
        ("rule\n    [a]\nrule\n    [b]\n", "two rules named 'rule'"),
    ],
)
def test_errors_name_file_line_and_reason(source: str, said: str) -> None:
    with pytest.raises(PatternError, match=re.escape(said)):
        rules(source)
