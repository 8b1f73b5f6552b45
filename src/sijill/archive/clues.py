"""By what the neighbours of a statement are found, kept beside it so that no text is read again to compare.

A quotation is known by the pairs of words that follow each other in it, a denial by the beginnings of
its words. Both are made of stems, and so belong to the index: it writes, removes and renews them.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from sijill.archive.analysis import number_of, stems, trunk
from sijill.record import Record, Span, Statement

Pairs = frozenset[int]
"""Pairs of neighbouring stems, as hashes: equal ones are almost surely the same words."""


def put(connection: sqlite3.Connection, key: int, record: Record) -> None:
    """Keep the clues of a current version's statements."""
    rows = connection.execute(
        "SELECT key, sort FROM statement WHERE article = ? AND verdict IS NOT 'rejected' ORDER BY key", (key,)
    ).fetchall()
    packed: list[tuple[bytes, int]] = []
    denials: list[tuple[str, int, int, int]] = []
    for (row, sort), statement in zip(rows, record.statements, strict=True):
        packed.append((array("I", sorted(content_pairs(statement.content))).tobytes(), row))
        if statement.act == "deny":
            words = set(map(trunk, denied_stems(statement)))
            denials += [(word, sort, row, len(words)) for word in sorted(words)]
    connection.executemany("UPDATE statement SET pairs = ? WHERE key = ?", packed)
    connection.executemany("INSERT INTO denial_clue (clue, sort, statement, clues) VALUES (?, ?, ?, ?)", denials)


def remove(connection: sqlite3.Connection, key: int) -> None:
    """Forget the clues of a version, whose statements then have no neighbours."""
    connection.execute("UPDATE statement SET pairs = NULL WHERE article = ?", (key,))
    connection.execute(
        "DELETE FROM denial_clue WHERE statement IN (SELECT key FROM statement WHERE article = ?)", (key,)
    )


def content_stems(span: Span | None) -> Sequence[str]:
    """The stems of what was said, without what its cue interrupts."""
    if span is None:
        return ()
    return _compared(_words_of(span))[0]


def content_pairs(span: Span) -> Pairs:
    """The pairs of what was said."""
    return _compared(_words_of(span))[1]


def _words_of(span: Span) -> str:
    return " ".join(part.text for part in span.parts) if span.parts else span.text


@lru_cache(maxsize=4096)
def _compared(words: str) -> tuple[Sequence[str], Pairs]:
    """Stems and pairs; remembered, as the statements of all articles of a group are indexed first and then compared."""
    found = tuple(stems(words))
    return found, pairs_of(found)


def denied_stems(statement: Statement) -> Sequence[str]:
    """The stems of what a denial is about: its content, and whom it defends."""
    return (*content_stems(statement.content), *content_stems(statement.target))


def pairs_of(words: Sequence[str]) -> Pairs:
    """The pairs of a statement's stems.

    >>> len(pairs_of(["a", "b", "c"])), pairs_of(["a", "b"]) <= pairs_of(["x", "a", "b"])
    (2, True)
    """
    return frozenset([(one * 1000003 ^ other) & 0xFFFFFFFF for one, other in pairwise(map(number_of, words))])


def unpacked(pairs: bytes) -> Pairs:
    """Pairs as they are kept."""
    return frozenset(array("I", pairs))
