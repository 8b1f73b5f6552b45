"""Articles and records back out of the tables, and lists of them, newest first."""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Generic, TypeVar, cast

import msgspec
import zstandard

from sijill.archive.errors import NotFound
from sijill.archive.order import after_cursor, cursor
from sijill.archive.rows import TABLES, Table, section_path
from sijill.page.capture import Capture
from sijill.record import Article, Block, Figure, Image, Link, Record

T = TypeVar("T")

_strings = msgspec.json.Decoder(list[str])
_blocks = msgspec.json.Decoder(list[tuple[str, int, int]])
_headers = msgspec.json.Decoder(dict[str, str])

_ARTICLE = (
    "a.key, a.id, a.lang, a.url, a.outlet, a.title, a.standfirst, a.published, a.modified, a.captured, "
    "a.sections, a.bylines, a.agencies, a.related"
)
_SUMMARY = (
    "a.key, a.sort, a.id, a.lang, a.url, a.outlet, a.title, a.standfirst, a.published, a.captured, a.sections, "
    "(SELECT min(number) FROM image i WHERE i.article = a.key AND i.sha256 IS NOT NULL), "
    "(SELECT count(*) FROM statement s WHERE s.article = a.key AND s.verdict IS NOT 'rejected'), "
    "(SELECT count(*) FROM figure f WHERE f.article = a.key AND f.verdict IS NOT 'rejected'), "
    "(SELECT count(*) FROM development d WHERE d.article = a.key AND d.verdict IS NOT 'rejected')"
)
_SOURCE = "a.id, a.title, a.outlet, a.published, a.url, a.lang"


class ArticleSummary(msgspec.Struct, frozen=True, kw_only=True):
    """An article in a list. ``image`` is the number of its first picture kept; ``cursor`` continues the list."""

    id: str
    lang: str
    url: str | None
    outlet: str | None
    title: str | None
    standfirst: str | None
    published: str | None
    captured: str | None
    sections: list[str]
    image: int | None
    statements: int
    figures: int
    developments: int
    cursor: str


class Entry(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """A record in a list, with the article it was read from.

    ``verdict`` is null as the program read it, or what a person made of it: ``accepted``, ``corrected``, ``added``.
    ``speaker`` is the name, over all articles, of who is behind the record.
    """

    record: T
    article_id: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    lang: str
    verdict: str | None
    speaker: str | None
    cursor: str


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One version of an article and the captures it was read from, oldest first."""

    version: int
    current: bool
    title: str | None
    added: str
    program: str
    captures: list[str | None]


def version_key(connection: sqlite3.Connection, article_id: str, version: int | None = None) -> int:
    """The key of a version of an article, the current one by default. Raises `NotFound`."""
    if version is None:
        found = connection.execute("SELECT key FROM article WHERE id = ? AND current", (article_id,)).fetchone()
    else:
        found = connection.execute(
            "SELECT key FROM article WHERE id = ? AND version = ?", (article_id, version)
        ).fetchone()
    if not found:
        which = "" if version is None else f" in a version {version}"
        raise NotFound(f"there is no article {article_id!r}{which} in this archive")
    return found[0]


def read_article(connection: sqlite3.Connection, key: int) -> Article:
    """The article of a version."""
    row = connection.execute(
        f"SELECT {_ARTICLE}, t.text, t.blocks FROM article a JOIN article_text t ON t.article = a.key WHERE a.key = ?",
        (key,),
    ).fetchone()
    images = [
        Image(src=src, caption=caption, credit=credit, position=position, gallery=gallery)
        for src, caption, credit, position, gallery in connection.execute(
            "SELECT src, caption, credit, position, gallery FROM image WHERE article = ? ORDER BY number", (key,)
        )
    ]
    return Article(
        id=row[1], lang=row[2], url=row[3], outlet=row[4], title=row[5], standfirst=row[6], published=row[7],
        modified=row[8], captured=row[9], sections=strings(row[10]), bylines=strings(row[11]),
        agencies=strings(row[12]), related=strings(row[13]), images=images, text=row[14],
        blocks=[Block(kind=kind, start=start, end=end) for kind, start, end in _blocks.decode(row[15])],  # pyright: ignore[reportArgumentType]
    )  # fmt: skip


def read_record(connection: sqlite3.Connection, key: int) -> Record:
    """The record of a version as it counts: what people corrected and added is in it, what they rejected is not."""
    article = read_article(connection, key)
    lists = {plural: _read_items(connection, table, key, article.text) for plural, table in TABLES.items()}
    warnings = connection.execute("SELECT warnings FROM article WHERE key = ?", (key,)).fetchone()[0]
    links = [
        Link(from_=from_, rel=rel, to=to, rule=rule)
        for from_, rel, to, rule in connection.execute(
            "SELECT from_id, rel, to_id, rule FROM link WHERE from_article = ? AND to_article = ?",
            (key, key),
        )
    ]
    return Record(article=article, links=links, warnings=strings(warnings), **lists)


def _read_items(connection: sqlite3.Connection, table: Table[Any], key: int, text: str) -> list[Any]:
    rows = connection.execute(
        f"SELECT r.verdict, {table.select('r')} FROM {table.name} r WHERE r.article = ? ORDER BY r.key", (key,)
    ).fetchall()
    kept = [table.from_row(row[1:], text) for row in rows if row[0] != "rejected"]
    if table.kind is Figure and len(kept) < len(rows):
        places = {index: place for place, index in enumerate(i for i, row in enumerate(rows) if row[0] != "rejected")}
        kept = [
            msgspec.structs.replace(figure, part_of=None if figure.part_of is None else places.get(figure.part_of))
            for figure in kept
        ]
    return kept


def list_articles(
    connection: sqlite3.Connection, *, section: list[str] | None, outlet: str | None, limit: int, before: str | None
) -> list[ArticleSummary]:
    """Current articles, newest first."""
    order, conditions, values = "a.sort DESC, a.key DESC", ["a.current"], list[Any]()
    source = "article a"
    if section is not None:
        source = "article_section x CROSS JOIN article a ON a.key = x.article"
        order = "x.sort DESC, x.article DESC"
        conditions.append("x.path = ?")
        values.append(section_path(section))
    if outlet is not None:
        conditions.append("a.outlet = ?")
        values.append(outlet)
    if before is not None:
        conditions.append("(x.sort, x.article) < (?, ?)" if section is not None else "(a.sort, a.key) < (?, ?)")
        values.extend(after_cursor(before))
    rows = connection.execute(
        f"SELECT {_SUMMARY} FROM {source} WHERE {' AND '.join(conditions)} ORDER BY {order} LIMIT ?", (*values, limit)
    )
    return [summary(row) for row in rows]


def summaries(connection: sqlite3.Connection, keys: list[int]) -> dict[int, ArticleSummary]:
    """The articles of some versions, by their keys."""
    rows = connection.execute(f"SELECT {_SUMMARY} FROM article a WHERE a.key IN ({marks(keys)})", keys)
    return {row[0]: summary(row) for row in rows}


def summary(row: tuple[Any, ...]) -> ArticleSummary:
    """An article in a list, from its row."""
    return ArticleSummary(
        id=row[2], lang=row[3], url=row[4], outlet=row[5], title=row[6], standfirst=row[7], published=row[8],
        captured=row[9], sections=strings(row[10]), image=row[11], statements=row[12], figures=row[13],
        developments=row[14], cursor=cursor(row[1], row[0]),
    )  # fmt: skip


def list_entries(
    connection: sqlite3.Connection,
    table: Table[T],  # pyright: ignore[reportInvalidTypeArguments]
    filters: dict[str, Any],
    *,
    identities: list[int] | None,
    limit: int | None,
    before: str | None,
) -> Iterator[Entry[Any]]:
    """Records of a kind, newest first, whose columns have the given values (None: any; a tuple: one of these).

    Each identity is walked along its own index and the walks are merged: what is read is what is shown,
    however much a speaker said.
    """
    conditions, values = ["a.current", "r.verdict IS NOT 'rejected'"], list[Any]()
    for column, value in filters.items():
        if value is not None:
            either = cast("tuple[Any, ...]", value) if isinstance(value, tuple) else (value,)
            conditions.append(f"{column} IN ({marks(either)})")
            values.extend(either)
    if before is not None:
        conditions.append("(r.sort, r.key) < (?, ?)")
        values.extend(after_cursor(before))
    question = f"{_entries(table)} WHERE {' AND '.join(conditions)}"
    order = "ORDER BY r.sort DESC, r.key DESC"
    if identities is None:
        walks = [connection.execute(f"{question} {order}", values)]
    else:
        walks = [
            connection.execute(f"{question} AND r.identity = ? {order}", (*values, identity)) for identity in identities
        ]
    rows = heapq.merge(*walks, key=lambda row: (-row[9], -row[10]))
    for row in islice(rows, limit):
        yield entry(table, row)


def entries_where(
    connection: sqlite3.Connection, table: Table[Any], condition: str, values: Sequence[Any]
) -> list[Entry[Any]]:
    """The records of a kind, of current articles and not rejected, that meet a condition on ``r`` (their row)."""
    rows = connection.execute(
        f"{_entries(table)} WHERE a.current AND r.verdict IS NOT 'rejected' AND {condition} ORDER BY r.sort, r.key",
        values,
    )
    return [entry(table, row) for row in rows]


def _entries(table: Table[Any]) -> str:
    return (
        f"SELECT {_SOURCE}, t.text, r.verdict, c.name, r.sort, r.key, {table.select('r')} "
        f"FROM {table.name} r CROSS JOIN article a ON a.key = r.article CROSS JOIN article_text t ON t.article = a.key "
        "LEFT JOIN identity i ON i.key = r.identity LEFT JOIN identity c ON c.key = i.cluster"
    )


def entry(table: Table[Any], row: tuple[Any, ...]) -> Entry[Any]:
    """A record in a list, from its row."""
    return Entry(
        record=table.from_row(row[11:], row[6]), article_id=row[0], title=row[1], outlet=row[2], published=row[3],
        url=row[4], lang=row[5], verdict=row[7], speaker=row[8], cursor=cursor(row[9], row[10]),
    )  # fmt: skip


def read_capture(connection: sqlite3.Connection, key: int) -> Capture:
    """The newest capture of a version, with the pictures that came with it."""
    row = connection.execute(
        "SELECT c.url, c.name, c.content_type, c.charset, c.headers, c.captured, c.sha256 FROM capture c "
        "WHERE c.article = ? ORDER BY c.captured DESC, c.key DESC LIMIT 1",
        (key,),
    ).fetchone()
    if row is None:
        raise NotFound("this version has no capture")
    images = {
        src: read_blob(connection, sha256)
        for src, sha256 in connection.execute(
            "SELECT src, sha256 FROM image WHERE article = ? AND sha256 IS NOT NULL AND src IS NOT NULL", (key,)
        )
    }
    return Capture(
        data=read_blob(connection, row[6]), url=row[0], name=row[1], content_type=row[2], charset=row[3],
        headers=_headers.decode(row[4]), captured=row[5], images=images,
    )  # fmt: skip


def read_blob(connection: sqlite3.Connection, sha256: str) -> bytes:
    """Content by its hash."""
    size, data = connection.execute("SELECT size, data FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
    return zstandard.ZstdDecompressor().decompress(data, max_output_size=size)


def read_versions(connection: sqlite3.Connection, article_id: str) -> list[Version]:
    """All versions of an article, oldest first. Raises `NotFound`."""
    rows = connection.execute(
        "SELECT key, version, current, title, added, program FROM article WHERE id = ? ORDER BY version", (article_id,)
    ).fetchall()
    if not rows:
        raise NotFound(f"there is no article {article_id!r} in this archive")
    return [
        Version(
            version=version, current=bool(current), title=title, added=added, program=program,
            captures=[
                captured
                for (captured,) in connection.execute(
                    "SELECT captured FROM capture WHERE article = ? ORDER BY captured, key", (key,)
                )
            ],
        )
        for key, version, current, title, added, program in rows
    ]  # fmt: skip


def marks(values: Sequence[Any]) -> str:
    """As many question marks as there are values."""
    return ", ".join("?" * len(values))


def strings(value: str) -> list[str]:
    """A JSON column that holds words."""
    return _strings.decode(value)
