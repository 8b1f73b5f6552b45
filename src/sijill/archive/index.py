"""The search index: what of an article and its records goes into it, and out of it again."""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sijill.archive import clues
from sijill.archive.analysis import fingerprint, layers, printed_and_stem, stems, tag, title_token
from sijill.archive.query import RecordKind
from sijill.archive.reading import read_record
from sijill.archive.rows import DEVELOPMENT, EVENT, FIGURE, STATEMENT, Table
from sijill.archive.weights import weigh
from sijill.record import Article, Development, Event, Figure, Record, Statement
from sijill.text.tokens import PUNCTUATION

INDEXED: dict[RecordKind, Table[Any]] = {
    "statement": STATEMENT,
    "figure": FIGURE,
    "development": DEVELOPMENT,
    "event": EVENT,
}
"""The kinds of record in the index."""
KINDS: list[RecordKind] = ["article", *INDEXED]

KIND_OF_ROW = "(rowid & 7)"
"""The place in `KINDS` of what a search row stands for, in SQL."""
KEY_OF_ROW = "((rowid & 0xFFFFFFFF) >> 3)"
"""The key of what a search row stands for, in SQL."""

GROUP = 100
"""Versions that are indexed at once."""

ARTICLE_COLUMNS = ("title", "printed", "stem", "root", "tags")
RECORD_COLUMNS = ("printed", "stem", "tags")

_EPOCH = 719163  # the ordinal of 1970-01-01
_DAY = 86400
_STOPS = re.compile("[" + re.escape("".join(mark for mark, kind in PUNCTUATION.items() if kind == "stop")) + r"]\s|\n")


class Document(NamedTuple):
    """A row of a search table."""

    rowid: int
    columns: tuple[str, ...]


def row_number(sort: int, key: int, kind: int) -> int:
    """The number of a search row, from the day, the key, and the place of the kind in `KINDS`.

    >>> days_of(row_number(86400 * 3, 5, 2)), key_of(row_number(86400 * 3, 5, 2)), kind_of(row_number(0, 5, 2))
    (3, 5, 'figure')
    """
    return (sort // _DAY + _EPOCH) << 32 | key << 3 | kind


def first_row(sort: int) -> int:
    """The smallest number that a row of this day can have."""
    return row_number(sort, 0, 0)


def days_of(rowid: int) -> int:
    """The day of a search row, from 1970-01-01."""
    return (rowid >> 32) - _EPOCH


def key_of(rowid: int) -> int:
    """The key of what a search row stands for."""
    return (rowid & 0xFFFFFFFF) >> 3


def kind_of(rowid: int) -> RecordKind:
    """The kind of what a search row stands for."""
    return KINDS[rowid & 7]


def rows_of(connection: sqlite3.Connection, version: int, kinds: Iterable[RecordKind]) -> Iterator[int]:
    """The search rows of a version's records of some kinds."""
    for kind in kinds:
        for key, sort in connection.execute(f"SELECT key, sort FROM {kind} WHERE article = ?", (version,)):
            yield row_number(sort, key, KINDS.index(kind))


def put(connection: sqlite3.Connection, versions: Mapping[int, Record]) -> None:
    """Index versions, by their keys, and their records.

    SQLite holds back what a search table is given and writes it out as one piece of index: at the end, but also before
    a statement that may fail, and at a smaller row number. So each table's rows are put in one go and in order.
    """
    articles: list[tuple[Any, ...]] = []
    weights: list[tuple[int, bytes]] = []
    records: list[tuple[Any, ...]] = []
    for key, record in versions.items():
        clues.put(connection, key, record)
        article, documents = _documents(connection, key, record)
        title, _, stem, root, _ = (column.split() for column in article.columns)
        articles.append((article.rowid, *article.columns))
        weights.append((article.rowid, weigh(title, stem, root)))
        records += [(document.rowid, *document.columns) for document in documents]
    connection.executemany("INSERT INTO article_words (row, words) VALUES (?, ?)", sorted(weights))
    connection.executemany(
        f"INSERT INTO article_search (rowid, {', '.join(ARTICLE_COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?)", sorted(articles)
    )
    connection.executemany(
        f"INSERT INTO record_search (rowid, {', '.join(RECORD_COLUMNS)}) VALUES (?, ?, ?, ?)", sorted(records)
    )


def remove(connection: sqlite3.Connection, key: int) -> None:
    """Take a version and its records out of the index; the tables must still be as when they were indexed.

    An index without content forgets a row only when it is told the row's words again.
    """
    if connection.execute("SELECT 1 FROM waiting WHERE article = ?", (key,)).fetchone():
        return
    clues.remove(connection, key)
    article, records = _documents(connection, key, read_record(connection, key))
    connection.execute("DELETE FROM article_words WHERE row = ?", (article.rowid,))
    connection.execute(
        f"INSERT INTO article_search (article_search, rowid, {', '.join(ARTICLE_COLUMNS)}) "
        "VALUES ('delete', ?, ?, ?, ?, ?, ?)",
        (article.rowid, *article.columns),
    )
    connection.executemany(
        f"INSERT INTO record_search (record_search, rowid, {', '.join(RECORD_COLUMNS)}) VALUES ('delete', ?, ?, ?, ?)",
        [(document.rowid, *document.columns) for document in sorted(records)],
    )


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the index was made under this program's analysis of words; an empty one is marked so."""
    row = connection.execute("SELECT value FROM setting WHERE name = 'analysis'").fetchone()
    return row is not None and row[0] == fingerprint()


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the index again from the tables, inside the caller's transaction."""
    for table in ("article_search", "record_search"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    for table in ("denial_clue", "article_words"):
        connection.execute(f"DELETE FROM {table}")
    keys = [
        key
        for (key,) in connection.execute(
            "SELECT key FROM article WHERE current AND key NOT IN (SELECT article FROM waiting) ORDER BY sort, key"
        )
    ]
    for first in range(0, len(keys), GROUP):
        put(connection, {key: read_record(connection, key) for key in keys[first : first + GROUP]})
    connection.execute("INSERT OR REPLACE INTO setting (name, value) VALUES ('analysis', ?)", (fingerprint(),))


def differences(connection: sqlite3.Connection) -> Iterator[tuple[str, int, int]]:
    """For each search table: its name, how many rows it lacks, and how many it has too many.

    Of versions that wait to be indexed it lacks none.
    """
    articles = {
        row_number(sort, key, 0)
        for key, sort in connection.execute(
            "SELECT key, sort FROM article WHERE current AND key NOT IN (SELECT article FROM waiting)"
        )
    }
    records = {
        row_number(sort, key, number)
        for number, name in enumerate(INDEXED, 1)
        for key, sort in connection.execute(
            f"SELECT r.key, r.sort FROM {name} r JOIN article a ON a.key = r.article "
            "WHERE a.current AND r.verdict IS NOT 'rejected' AND a.key NOT IN (SELECT article FROM waiting)"
        )
    }
    for table, wanted in (("article_search", articles), ("article_words", articles), ("record_search", records)):
        there = {rowid for (rowid,) in connection.execute(f"SELECT rowid FROM {table}")}
        yield table, len(wanted - there), len(there - wanted)


def _documents(connection: sqlite3.Connection, key: int, record: Record) -> tuple[Document, list[Document]]:
    (sort,) = connection.execute("SELECT sort FROM article WHERE key = ?", (key,)).fetchone()
    article = record.article
    common = " ".join(_common_tags(article, sort))
    title = " ".join(map(title_token, _title_stems(article)))
    text = article.text if not article.title or article.title in article.text else f"{article.title}\n{article.text}"
    tags = f"{tag('kind', 'article')} {common}"
    documents: list[Document] = []
    sentences = Sentences(article.text)
    for number, (name, table) in enumerate(INDEXED.items(), 1):
        rows = connection.execute(
            f"SELECT key, identity, sort FROM {name} WHERE article = ? AND verdict IS NOT 'rejected' ORDER BY key",
            (key,),
        )
        for (row_key, identity, row_sort), item in zip(rows, getattr(record, table.plural), strict=True):
            words, own = _words_and_tags(item, sentences)
            who = [tag("who", identity)] if identity else []
            made = [printed_and_stem(part) for part in words if part]
            columns = (" ".join([printed for printed, _ in made]), " ".join([stem for _, stem in made if stem]))
            row_tags = " ".join([tag("kind", name), common, *own, *who])
            documents.append(Document(row_number(row_sort, row_key, number), (*columns, row_tags)))
    return Document(row_number(sort, key, 0), (title, *layers(text), tags)), documents


def _title_stems(article: Article) -> list[str]:
    return stems(f"{article.title or ''}\n{article.standfirst or ''}")


def _common_tags(article: Article, sort: int) -> list[str]:
    tags = [tag("lang", article.lang)]
    if article.outlet:
        tags.append(tag("outlet", article.outlet))
    tags.extend(tag("section", section) for section in article.sections)
    if date := article.published or article.captured:
        tags.append(tag("year", date[:4]))
    return tags


def _words_and_tags(item: Any, sentences: Sentences) -> tuple[tuple[str | None, ...], list[str]]:
    """What a record is found by: its own words, or the sentence it stands in with the names the words leave out."""
    match item:
        case Statement():
            spans = (item.content, item.source, item.addressee, item.target)
            return (*(span.text for span in spans if span), item.speaker), [
                tag("act", item.act),
                tag("form", item.form),
            ]
        case Figure():
            return (sentences.around(item.span.start), item.claimant), [tag("what", item.what)]
        case Development():
            tags = [tag("process", item.kind), tag("status", item.status)]
            return (sentences.around(item.trigger.start), item.by), tags
        case Event():
            names = (item.actor_party, item.recipient_party)
            return (sentences.around(item.trigger.start), *names), [tag("type", item.type)]
        case _:
            raise TypeError(f"{type(item).__name__} is not indexed")


class Sentences:
    """The sentences of a text, roughly: up to a full stop or a line's end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [0, *(found.end() for found in _STOPS.finditer(text)), len(text)]

    def around(self, offset: int) -> str:
        """The sentence that an offset is in."""
        at = min(bisect_right(self._ends, offset), len(self._ends) - 1)
        return self._text[self._ends[at - 1] : self._ends[at]]
