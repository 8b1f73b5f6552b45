"""The records of an article as marks in its text.

Marks nest and cross: a figure lies inside a statement, a date inside the figure, a
development runs over the end of one. HTML links cannot nest, so the text is cut at
every edge of every mark; each piece knows all the marks over it and opens the one
that says most about just these words.

>>> from sijill.record import Article, Figure, Record, Statement
>>> article = Article(id="a", lang="en", text="He said 12 people died")
>>> record = Record(
...     article=article,
...     statements=[Statement(id="s1", content=article.span(8, 22), form="indirect", act="say")],
...     figures=[Figure(id="f1", span=article.span(8, 17), value=12, bound="exact", what="killed")],
... )
>>> [(piece.text, piece.opens, piece.records) for piece in pieces(record)]
[('He said ', None, ()), ('12 people', 'f1', ('f1', 's1')), (' died', 's1', ('s1',))]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import Literal, NamedTuple, cast

import msgspec

from sijill.record import Block, Date, Development, Event, Figure, Record, Span, Statement

Kind = Literal["statement", "figure", "date", "development", "event"]
Readable = Statement | Figure | Date | Development | Event

KINDS: tuple[Kind, ...] = ("statement", "figure", "date", "development", "event")


class Mark(msgspec.Struct, frozen=True):
    """Words of one record: its evidence itself, or a part such as its cue or actor."""

    record: str
    kind: Kind
    part: str
    start: int
    end: int
    main: bool

    @property
    def weight(self) -> tuple[bool, int, int]:
        """Of several marks over the same words, the least is the one to open."""
        return not self.main, self.end - self.start, self.start


class Piece(msgspec.Struct, frozen=True):
    """Words that the same marks cover, and no edge of a mark divides.

    ``records`` are the ids of the records over them, the one to open first; ``begins``
    are those whose evidence begins here, so that a permalink finds it.
    """

    start: int
    text: str
    marks: tuple[Mark, ...]
    begins: tuple[str, ...]

    @property
    def opens(self) -> str | None:
        """The id of the record that these words open."""
        return self.marks[0].record if self.marks else None

    @property
    def records(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mark.record for mark in self.marks))

    @property
    def classes(self) -> str:
        """Class names for the style sheet: the kind of each main mark, the part of the others, every record's id."""
        names = [mark.kind if mark.main else "part" for mark in self.marks]
        return " ".join(dict.fromkeys([*names, *(f"in-{record}" for record in self.records)]))


class Run(NamedTuple):
    """Pieces one after the other that open the same record, or none."""

    opens: str | None
    pieces: list[Piece]


class MarkedBlock(msgspec.Struct, frozen=True):
    """A block of the article with its lines cut into pieces; only a list has several lines."""

    kind: str
    index: int
    lines: list[list[Piece]]


def kind_of(record: Readable) -> Kind:
    """The kind of a record by its type."""
    match record:
        case Statement():
            return "statement"
        case Figure():
            return "figure"
        case Date():
            return "date"
        case Development():
            return "development"
        case Event():
            return "event"


def readables(record: Record) -> list[Readable]:
    """All that was read out of an article and can be marked in it, in text order."""
    found: list[Readable] = [
        *record.statements, *record.figures, *record.dates, *record.developments, *record.events
    ]  # fmt: skip
    return sorted(found, key=lambda item: (evidence(item).start, evidence(item).end))


def evidence(record: Readable) -> Span:
    """The words that a record is about: content, number, expression of time or trigger."""
    match record:
        case Statement():
            return record.content
        case Figure():
            return record.span
        case Date():
            return Span(record.start, record.end, record.text)
        case Development() | Event():
            return record.trigger


def marks(record: Record) -> list[Mark]:
    """Every mark of an article's record."""
    return [mark for item in readables(record) for mark in _marks_of(item)]


def pieces(record: Record) -> list[Piece]:
    """The whole text cut into pieces, in order; joined they are the text again."""
    article = record.article
    return _cut(article.text, marks(record), edges=())


def marked_blocks(record: Record) -> list[MarkedBlock]:
    """The article's blocks with their marks. An article without blocks is one paragraph."""
    article = record.article
    blocks = article.blocks or [Block(kind="paragraph", start=0, end=len(article.text))]
    lines = [(index, line) for index, block in enumerate(blocks) for line in _lines(article.text, block)]
    edges = {edge for _, line in lines for edge in line}
    cut = _cut(article.text, marks(record), edges)
    at = {piece.start: number for number, piece in enumerate(cut)}
    marked = [MarkedBlock(kind=block.kind, index=index, lines=[]) for index, block in enumerate(blocks)]
    for index, (start, end) in lines:
        if start < end:
            marked[index].lines.append(cut[at[start] : at.get(end, len(cut))])
    return [block for block in marked if block.lines]


def runs(line: Iterable[Piece]) -> Iterator[Run]:
    """A line's pieces gathered by what they open, so that each run is one link; mere space opens nothing.

    >>> mark = Mark("s1", "statement", "evidence", 0, 2, main=True)
    >>> line = [Piece(0, "a", (mark,), ()), Piece(1, "b", (mark,), ()), Piece(2, "c", (), ())]
    >>> [(run.opens, len(run.pieces)) for run in runs(line)]
    [('s1', 2), (None, 1)]
    """
    for opens, pieces in groupby(line, key=lambda piece: piece.opens if piece.text.strip() else None):
        yield Run(opens, list(pieces))


def _lines(text: str, block: Block) -> Iterator[tuple[int, int]]:
    if block.kind != "list":
        yield block.start, block.end
        return
    start = block.start
    for line in text[block.start : block.end].split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _cut(text: str, found: list[Mark], edges: set[int] | tuple[()]) -> list[Piece]:
    opening: dict[int, list[Mark]] = {}
    for mark in found:
        if mark.start < mark.end:
            opening.setdefault(mark.start, []).append(mark)
    cuts = sorted({0, len(text), *edges, *opening, *(mark.end for mark in found)})
    anchored: set[str] = set()
    over: list[Mark] = []
    result: list[Piece] = []
    for start, end in pairwise(cuts):
        over = [mark for mark in over if mark.end > start] + opening.get(start, [])
        begins = tuple(m.record for m in opening.get(start, []) if m.main and m.record not in anchored)
        anchored.update(begins)
        result.append(Piece(start, text[start:end], tuple(sorted(over, key=lambda mark: mark.weight)), begins))
    return result


def _marks_of(item: Readable) -> Iterator[Mark]:
    kind = kind_of(item)
    words = evidence(item)
    for part in words.parts or (words,):
        yield Mark(item.id, kind, "evidence", part.start, part.end, main=True)
    for name in item.__struct_fields__:
        value: object = getattr(item, name)
        for span in cast("list[object]", value) if isinstance(value, list) else [value]:
            if isinstance(span, Span) and span is not words:
                yield Mark(item.id, kind, name, span.start, span.end, main=False)
