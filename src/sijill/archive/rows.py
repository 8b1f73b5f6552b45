"""A record as rows of a table and back, driven by the types in `sijill.record`.

A span becomes two columns (``content`` → ``content_start``, ``content_end``), a list becomes
JSON (a list of spans ``[[start, end], …]``), everything else is itself. The words of a span are
never stored: they are cut out of the article's text again, so the two cannot disagree.
"""

from __future__ import annotations

import sqlite3
import types
import typing
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from sijill.record import Attribution, Date, Development, Event, Figure, Party, Span, Statement

Item = Party | Date | Statement | Figure | Development | Event
T = TypeVar("T", Party, Date, Statement, Figure, Development, Event)

_json = msgspec.json.Encoder()
_decode_spans = msgspec.json.Decoder(list[tuple[int, int]]).decode
_decode_chain = msgspec.json.Decoder(list[Attribution]).decode


def encode(value: object) -> str:
    """A list or mapping as the JSON text that a column holds."""
    return _json.encode(value).decode()


class Table(Generic[T]):
    """How one kind of record is kept: its table, its columns, and the way there and back.

    ``plural`` is the field of `sijill.record.Record` that lists the kind, and the name of its view;
    ``who`` is the field that names the party behind it, if there is one; ``letter`` begins the ids.
    """

    def __init__(self, kind: type[T], name: str, plural: str, who: str | None = None, letter: str = "") -> None:
        self.kind, self.name, self.plural, self.who, self.letter = kind, name, plural, who, letter
        self.decode = msgspec.json.Decoder(kind).decode
        self.columns: list[str] = []
        self._out: list[tuple[str, Callable[[Any], tuple[Any, ...]]]] = []
        self._in: list[tuple[str, int, Callable[..., Any]]] = []
        for field in msgspec.structs.fields(kind):
            self._add_field(field.name, field.type)

    def to_row(self, item: T) -> list[Any]:
        """The item's values, in the order of ``columns``. Raises `ValueError` where a column cannot hold one."""
        row: list[Any] = []
        for name, columns in self._out:
            row.extend(columns(getattr(item, name)))
        return row

    def from_row(self, row: Sequence[Any], text: str) -> T:
        """The item of a row that begins with ``columns``, its spans cut out of ``text``."""
        fields: dict[str, Any] = {}
        at = 0
        for name, width, make in self._in:
            fields[name] = make(text, *row[at : at + width])
            at += width
        return self.kind(**fields)

    def select(self, alias: str) -> str:
        """``columns`` as SQL, each with the table's alias."""
        return ", ".join(f'{alias}."{column}"' for column in self.columns)

    def _add_field(self, name: str, kind: Any) -> None:
        inner = _inner(kind)
        if self.kind is Date and name == "text":
            self._field(name, [], _nothing, _whole)
        elif name == "content":
            self._field(name, [f"{name}_start", f"{name}_end", f"{name}_parts"], _content_columns, _content)
        elif inner is Span:
            self._field(name, [f"{name}_start", f"{name}_end"], _span_columns, _span)
        elif inner == list[Span]:
            self._field(name, [name], _spans_column, _span_list)
        elif inner == list[Attribution]:
            self._field(name, [name], _chain_column, _chain)
        else:
            self._field(name, [name], _plain_column, _plain)

    def _field(
        self, name: str, columns: list[str], out: Callable[[Any], tuple[Any, ...]], make: Callable[..., Any]
    ) -> None:
        self.columns.extend(columns)
        self._out.append((name, out))
        self._in.append((name, len(columns), make))


class _DateTable(Table[Date]):
    """A date is a span itself: its words are cut out by its own two columns."""

    def from_row(self, row: Sequence[Any], text: str) -> Date:
        date = super().from_row(row, text)
        return msgspec.structs.replace(date, text=text[date.start : date.end])


def _inner(kind: Any) -> Any:
    """The type without "or None"."""
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        inner = [part for part in typing.get_args(kind) if part is not types.NoneType]
        return inner[0] if len(inner) == 1 else kind
    return kind


def _plain_column(value: Any) -> tuple[Any, ...]:
    return (value,)


def _plain(text: str, value: Any) -> Any:
    return value


def _nothing(value: Any) -> tuple[Any, ...]:
    return ()


def _whole(text: str) -> str:
    return text


def _span_columns(span: Span | None) -> tuple[Any, ...]:
    if span is None:
        return (None, None)
    if span.parts:
        raise ValueError(f"only the content of a statement may have parts, not {span.text!r}")
    return (span.start, span.end)


def _span(text: str, start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end, text[start:end])


def _content_columns(span: Span) -> tuple[Any, ...]:
    parts = encode([(part.start, part.end) for part in span.parts]) if span.parts else None
    return (span.start, span.end, parts)


def _content(text: str, start: int, end: int, parts: str | None) -> Span:
    return Span(start, end, text[start:end], tuple(_span_list(text, parts)) if parts else None)


def _spans_column(spans: list[Span]) -> tuple[Any, ...]:
    return (encode([(span.start, span.end) for span in spans]),)


def _span_list(text: str, value: str) -> list[Span]:
    return [] if value == "[]" else [Span(start, end, text[start:end]) for start, end in _decode_spans(value)]


def _chain_column(chain: list[Attribution]) -> tuple[Any, ...]:
    return (encode(chain),)


def _chain(text: str, value: str) -> list[Attribution]:
    return _decode_chain(value)


PARTY = Table(Party, "party", "parties", "name", "p")
DATE = _DateTable(Date, "date_expression", "dates", None, "t")
STATEMENT = Table(Statement, "statement", "statements", "speaker", "s")
FIGURE = Table(Figure, "figure", "figures", "claimant", "f")
DEVELOPMENT = Table(Development, "development", "developments", "by", "d")
EVENT = Table(Event, "event", "events", "actor_party", "e")

TABLES: dict[str, Table[Any]] = {table.plural: table for table in (PARTY, DATE, STATEMENT, FIGURE, DEVELOPMENT, EVENT)}
"""Every kind of record by its name in `sijill.record.Record`."""


def insert(connection: sqlite3.Connection, table: Table[Any], rows: list[dict[str, Any]]) -> None:
    """Put rows into the table of a kind: ``columns`` and whatever else the dictionaries hold alike."""
    if rows:
        names = list(rows[0])
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        connection.executemany(
            f"INSERT INTO {table.name} ({columns}) VALUES ({marks})", [tuple(row.values()) for row in rows]
        )


def section_path(sections: list[str]) -> str:
    """A breadcrumb as it is kept and compared.

    >>> section_path(["World", "Asia"])
    '["World","Asia"]'
    """
    return encode(sections)
