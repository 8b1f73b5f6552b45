"""Whether an archive is whole: the file, its captures, its spans, its index; and a copy of it while it is in use."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import zstandard

from sijill.archive import index
from sijill.archive.database import Database
from sijill.archive.errors import ArchiveError, explained
from sijill.archive.rows import TABLES, Table

_PAGES_A_STEP = 1024


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is not as it should be: ``where`` (file, capture, article …) and ``what``."""

    where: str
    what: str


def check(database: Database) -> Iterator[Problem]:
    """Everything that is wrong; each part is looked at even where another is damaged."""
    parts: list[tuple[str, Callable[[sqlite3.Connection], Iterator[Problem]]]] = [
        ("file", _file),
        ("foreign keys", _foreign_keys),
        ("captures", _blobs),
        ("articles", _texts),
        ("records", _spans),
        ("search index", _index),
    ]
    for name, part in parts:
        try:
            yield from part(database.connection)
        except sqlite3.DatabaseError as error:
            yield Problem(where=name, what=f"cannot be read: {error}")


def backup(database: Database, target: Path, progress: Callable[[int, int], None] | None = None) -> None:
    """Copy the archive as it is at one moment, while others read and write it.

    The copy is made beside the target and takes its name when it is whole, so a killed backup leaves an old one as
    it was. ``progress`` is called with pages copied and pages in all. Raises `ArchiveError`.
    """
    if target.exists() and database.path.exists() and target.samefile(database.path):
        raise ArchiveError(f"{target} is the archive itself: give the backup another name")
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with explained(target):
        copy = sqlite3.connect(unfinished)
        try:
            copy.execute("PRAGMA journal_mode = OFF")  # an unfinished copy is thrown away, not repaired
            with database.reading() as connection:
                connection.execute("SELECT 1 FROM article LIMIT 1").fetchone()  # holds the moment for all steps
                connection.backup(
                    copy,
                    pages=_PAGES_A_STEP,
                    progress=(lambda status, left, all_: progress(all_ - left, all_)) if progress else None,
                )
            copy.execute("PRAGMA journal_mode = DELETE")
            if copy.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise ArchiveError(f"the copy of {database.path} is damaged: run `sijill check` on the archive")
        except BaseException:
            copy.close()
            unfinished.unlink(missing_ok=True)
            raise
        copy.close()
    with unfinished.open("rb") as written:
        os.fsync(written.fileno())
    unfinished.replace(target)


def _file(connection: sqlite3.Connection) -> Iterator[Problem]:
    for (line,) in connection.execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            yield Problem(where="file", what=line)


def _foreign_keys(connection: sqlite3.Connection) -> Iterator[Problem]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Problem(where=f"{table} {row}", what=f"points at a {parent} that is not there")


def _blobs(connection: sqlite3.Connection) -> Iterator[Problem]:
    decompressor = zstandard.ZstdDecompressor()
    for sha256, size, data in connection.execute("SELECT sha256, size, data FROM blob"):
        try:
            content = decompressor.decompress(data, max_output_size=max(size, 1))
        except zstandard.ZstdError as error:
            yield Problem(where=f"capture {sha256[:12]}", what=f"cannot be decompressed: {error}")
            continue
        if len(content) != size or hashlib.sha256(content).hexdigest() != sha256:
            yield Problem(where=f"capture {sha256[:12]}", what="its bytes are not those that were captured")


def _texts(connection: sqlite3.Connection) -> Iterator[Problem]:
    rows = connection.execute(
        "SELECT a.id, a.version, a.key, t.text, t.sha256, length(t.text), EXISTS (SELECT 1 FROM capture c "
        "WHERE c.article = a.key) FROM article a LEFT JOIN article_text t ON t.article = a.key"
    )
    for id, version, _, text, sha256, length, captured in rows:
        where = f"article {id} version {version}"
        if text is None:
            yield Problem(where=where, what="has no text")
        elif hashlib.sha256(text.encode()).hexdigest() != sha256:
            yield Problem(where=where, what="its text is not the one that was read")
        elif length != len(text):
            yield Problem(where=where, what="SQLite counts its text otherwise: spans in the views are wrong")
        if not captured:
            yield Problem(where=where, what="has no capture")
    for (id,) in connection.execute("SELECT id FROM article GROUP BY id HAVING sum(current) <> 1"):
        yield Problem(where=f"article {id}", what="has not exactly one current version")


def _spans(connection: sqlite3.Connection) -> Iterator[Problem]:
    for table in TABLES.values():
        pairs = [name.removesuffix("_start") for name in table.columns if name.endswith("_start")]
        for pair in [*pairs, *([""] if "start" in table.columns else [])]:
            start, end = (f"{pair}_start", f"{pair}_end") if pair else ("start", "end")
            rows = connection.execute(
                f'SELECT a.id, r.id, r."{start}", r."{end}", length(t.text) FROM {table.name} r '
                "JOIN article a ON a.key = r.article JOIN article_text t ON t.article = r.article "
                f'WHERE r."{start}" < 0 OR r."{start}" > r."{end}" OR r."{end}" > length(t.text) '
                f'OR (r."{start}" IS NULL) <> (r."{end}" IS NULL)'
            )
            for article, id, first, last, length in rows:
                yield Problem(
                    where=f"article {article}, {table.name} {id}",
                    what=f"its {pair or 'span'} {first}–{last} is outside the text (0–{length})",
                )
        yield from _lists(connection, table)


def _lists(connection: sqlite3.Connection, table: Table[Any]) -> Iterator[Problem]:
    rows = connection.execute(
        f"SELECT a.id, t.text, {table.select('r')} FROM {table.name} r JOIN article a ON a.key = r.article "
        "JOIN article_text t ON t.article = r.article"
    )
    for row in rows:
        try:
            table.from_row(row[2:], row[1])
        except (msgspec.MsgspecError, ValueError, TypeError) as error:
            yield Problem(where=f"article {row[0]}, {table.name}", what=f"cannot be read: {error}")


def _index(connection: sqlite3.Connection) -> Iterator[Problem]:
    if not index.is_current(connection):
        if connection.execute("SELECT 1 FROM article LIMIT 1").fetchone():
            yield Problem(where="search index", what="was made under another analysis of words; the next add renews it")
        return
    (waiting,) = connection.execute("SELECT count(*) FROM waiting").fetchone()
    if waiting:
        yield Problem(
            where="search index",
            what=f"{waiting} articles are not yet in it: another program is adding just now, or sijill failed on them",
        )
    for table, missing, spare in index.differences(connection):
        if missing or spare:
            yield Problem(where=f"search index {table}", what=f"lacks {missing} rows and has {spare} too many")
