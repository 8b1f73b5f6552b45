"""What a reader types into the search box, taken apart.

>>> question = parse('هدنة "وقف إطلاق النار" -حلب مفاوض* speaker:كيري after:2016-09')
>>> [(term.kind, term.text, term.excluded) for term in question.terms]
[('word', 'هدنة', False), ('phrase', 'وقف إطلاق النار', False), ('word', 'حلب', True), ('prefix', 'مفاوض', False)]
>>> question.filters
{'speaker': [Filter(value='كيري', excluded=False)], 'after': [Filter(value='2016-09', excluded=False)]}
"""

from __future__ import annotations

import calendar
import re
from typing import Literal, NamedTuple, get_args

import msgspec

from sijill.archive.errors import ArchiveError
from sijill.archive.order import seconds
from sijill.record import Act, EventType, PartyKind, Process, Status, What

FilterName = Literal["speaker", "act", "what", "after", "before", "outlet", "section", "kind", "status", "year", "lang"]
RecordKind = Literal["article", "statement", "figure", "development", "event", "party"]

KINDS: dict[str, list[RecordKind]] = {
    "act": ["statement"],
    "what": ["figure"],
    "status": ["development"],
    "speaker": ["statement", "figure", "development", "event"],
}
"""The kinds of record that have what a filter asks for; the other filters apply to all."""

_VALUES: dict[str, tuple[str, ...]] = {"act": get_args(Act), "what": get_args(What), "status": get_args(Status)}
_KIND_VALUES: dict[str, tuple[str, RecordKind, str]] = {
    **{kind: ("kind", kind, kind) for kind in get_args(RecordKind)},
    **{f"{kind}s": ("kind", kind, kind) for kind in get_args(RecordKind) if kind != "party"},
    "parties": ("kind", "party", "party"),
    **{process: ("process", "development", process) for process in get_args(Process)},
    **{type.lower(): ("type", "event", type) for type in get_args(EventType)},
    **{kind: ("party", "party", kind) for kind in get_args(PartyKind)},
}

_OPENING = '"«“„'
_TERM = re.compile(
    rf"""(?P<minus>-(?=\S))?
    (?:(?P<field>[a-z]+):(?=\S))?
    (?: [{_OPENING}](?P<quoted>[^"»”“]*)["»”“]? | (?P<bare>[^\s{_OPENING}]+) )""",
    re.VERBOSE,
)
_NAMES = get_args(FilterName)
SHORTEST_PREFIX = 2


class BadQuestion(ArchiveError, ValueError):
    """A search that cannot be made as it is written; the message names the part and what would do."""


class Term(NamedTuple):
    """Words to find or to leave out."""

    kind: Literal["word", "phrase", "prefix"]
    text: str
    excluded: bool


class Filter(NamedTuple):
    """What a record must have, or must not."""

    value: str
    excluded: bool


class Question(msgspec.Struct, frozen=True):
    """A search as it was typed: the terms in order, the filters by name.

    ``kinds`` are the kinds of record that can answer; ``first`` and ``last`` bound the seconds of the days asked for.
    """

    text: str
    terms: list[Term]
    filters: dict[str, list[Filter]]
    kinds: list[RecordKind]
    first: int | None = None
    last: int | None = None


def parse(text: str) -> Question:
    """A question from what was typed. Raises `BadQuestion`."""
    terms: list[Term] = []
    filters: dict[str, list[Filter]] = {}
    for found in _TERM.finditer(text):
        field, quoted, bare = found["field"], found["quoted"], found["bare"]
        excluded = bool(found["minus"])
        if field in _NAMES:
            value = quoted if quoted is not None else bare
            filters.setdefault(field, []).append(Filter(_checked(field, value.strip()), excluded))
            continue
        if field:  # no filter of ours: the words as they stand, such as an address
            bare, quoted = f"{field}:{bare or quoted}", None
        if quoted is not None:
            if quoted.strip():
                terms.append(Term("phrase", quoted.strip(), excluded))
        elif bare.endswith("*") and bare.strip("*"):
            if len(bare.strip("*")) < SHORTEST_PREFIX:
                raise BadQuestion(f"{bare}: give at least {SHORTEST_PREFIX} letters before the *")
            terms.append(Term("prefix", bare.strip("*"), excluded))
        else:
            terms.append(Term("word", bare, excluded))
    first = max((_start(filter.value) for filter in filters.get("after", [])), default=None)
    last = min((_start(filter.value) for filter in filters.get("before", [])), default=None)
    return Question(text, terms, filters, _kinds(filters), first, last)


def kind_tag(value: str) -> tuple[str, RecordKind, str]:
    """What ``kind:value`` asks for: the tag that records of it have, the kind of record, and the value."""
    return _KIND_VALUES[value.lower()]


def _checked(field: str, value: str) -> str:
    if field in ("after", "before"):
        _start(value)
    elif field == "year" and not re.fullmatch(r"\d{4}", value):
        raise BadQuestion(f"year:{value} is no year: write it as year:2016")
    elif field == "kind":
        if value.lower() not in _KIND_VALUES:
            raise BadQuestion(f"there is no kind:{value}; the kinds are {', '.join(sorted(_KIND_VALUES))}")
    elif field in _VALUES and value not in _VALUES[field]:
        raise BadQuestion(f"there is no {field}:{value}; there are {', '.join(_VALUES[field])}")
    return value


def _start(value: str) -> int:
    """The first second of a day, month or year."""
    if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
        year, month, day = (*map(int, value.split("-")), 1, 1)[:3]
        if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
            return seconds(value)
    raise BadQuestion(f"{value!r} is no day: write it as 2016-10-03, 2016-10 or 2016")


def _kinds(filters: dict[str, list[Filter]]) -> list[RecordKind]:
    """The kinds of record that have all that the filters ask for; articles where they ask for nothing special."""
    named: list[RecordKind] = [kind_tag(filter.value)[1] for filter in filters.get("kind", []) if not filter.excluded]
    asked: list[RecordKind] = []
    for name, having in KINDS.items():
        if name in filters:
            asked = [kind for kind in having if not named or kind in named]
            named = asked
    return list(dict.fromkeys(asked or named or ["article"]))
