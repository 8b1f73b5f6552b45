"""What people say of the record: accept, correct, reject, add; and how it outlasts every new reading.

The log is only added to. What it says is applied to the rows of an article's current version each time
they are written: a person always beats the program. A review whose words the text no longer has is not
dropped but listed, with the reason.
"""

from __future__ import annotations

import sqlite3
from typing import Any, Literal

import msgspec

from sijill.archive import dossiers
from sijill.archive.anchors import Anchor, Unplaced, anchor, locate, main_span, moved
from sijill.archive.errors import ArchiveError, NotFound
from sijill.archive.identities import Identities
from sijill.archive.order import now
from sijill.archive.reading import version_key
from sijill.archive.rows import DEVELOPMENT, TABLES, Table, encode
from sijill.record import Span

Action = Literal["accept", "correct", "reject", "add", "move", "rename", "merge", "withdraw"]
_VERDICTS = {"accept": "accepted", "correct": "corrected", "reject": "rejected", "add": "added"}
_SAME = 0.5

_anchor = msgspec.json.Decoder(Anchor)


class BadReview(ArchiveError, ValueError):
    """A review that cannot be made as it is; the message says why."""


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the log.

    ``record`` is the id, in the article as it reads now, of the record it applies to; ``problem`` why it applies to
    none. ``words`` are those it is anchored to; ``withdrawn`` says that it was taken back.
    """

    key: int
    article_id: str | None
    kind: str
    action: Action
    record: str | None
    words: str | None
    author: str
    reason: str
    made: str
    problem: str | None
    withdrawn: bool


class Precision(msgspec.Struct, frozen=True, kw_only=True):
    """How often people agreed with the program on a kind of record.

    ``precision`` is accepted / (accepted + corrected + rejected), null before any; ``missed`` were added by people.
    """

    kind: str
    accepted: int
    corrected: int
    rejected: int
    missed: int
    precision: float | None


def write(
    connection: sqlite3.Connection,
    action: Action,
    article_id: str,
    item: Any,
    *,
    changes: dict[str, Any] | None = None,
    author: str,
    reason: str,
) -> int:
    """Put a person's word on a record into the log; returns its key. `apply` makes it count.

    ``item`` is the record as it reads now, or for ``add`` the new one; ``changes`` its fields to correct, or for
    ``move`` the dossier. Raises `BadReview` and `NotFound`.
    """
    if not author.strip():
        raise BadReview("a review needs an author: say who reviews")
    key = version_key(connection, article_id)
    (text,) = connection.execute("SELECT text FROM article_text WHERE article = ?", (key,)).fetchone()
    table = table_of(item)
    after: Any = None
    if action == "correct":
        after = corrected(item, changes or {}, text)
    elif action == "add":
        after = item
    elif action == "move":
        after = changes
    try:
        span = main_span(after if action == "add" else item)
    except Unplaced as problem:
        raise BadReview(f"{problem}: it cannot be reviewed") from None
    if text[span.start : span.end] != span.text:
        raise BadReview(f"{span.text!r} is not the text of article {article_id} at {span.start}–{span.end}")
    made = connection.execute(
        "INSERT INTO review (article_id, kind, action, anchor, before, after, author, reason, made) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article_id, table.name, action, encode(anchor(text, span.start, span.end)),
            None if action == "add" else encode(item), None if after is None else encode(after), author, reason, now(),
        ),
    ).lastrowid  # fmt: skip
    assert made is not None
    return made


def withdraw(connection: sqlite3.Connection, key: int, *, author: str, reason: str) -> str | None:
    """Take a review back by another entry of the log; returns the id of its article. Raises `NotFound`."""
    row = connection.execute("SELECT article_id, kind, action FROM review WHERE key = ?", (key,)).fetchone()
    if row is None or row[2] == "withdraw":
        raise NotFound(f"there is no review {key} in this archive")
    connection.execute(
        "INSERT INTO review (article_id, kind, action, author, reason, made, withdraws) "
        "VALUES (?, ?, 'withdraw', ?, ?, ?, ?)",
        (row[0], row[1], author, reason, now(), key),
    )
    return row[0]


def has_reviews(connection: sqlite3.Connection, article_id: str) -> bool:
    """Whether anybody ever said something of an article's records."""
    return connection.execute("SELECT 1 FROM review WHERE article_id = ? LIMIT 1", (article_id,)).fetchone() is not None


def apply(connection: sqlite3.Connection, article_id: str, key: int) -> None:
    """Make the log count in the freshly written rows of an article's current version."""
    (text,) = connection.execute("SELECT text FROM article_text WHERE article = ?", (key,)).fetchone()
    rows = connection.execute(
        "SELECT key, kind, action, anchor, before, after FROM review r WHERE article_id = ? AND action <> 'withdraw' "
        "AND action <> 'move' AND NOT EXISTS (SELECT 1 FROM review w WHERE w.withdraws = r.key) ORDER BY key",
        (article_id,),
    ).fetchall()
    for review, kind, action, where, before, after in rows:
        table = next(table for table in TABLES.values() if table.name == kind)
        record_id, problem = None, None
        try:
            wanted = _anchor.decode(where)
            start = locate(text, wanted)
            item = table.decode(after or before)
            item = moved(item, text, start - wanted.start)
            record_id = _apply_one(connection, table, key, text, action, start, start + len(wanted.exact), item)
        except Unplaced as missing:
            problem = str(missing)
        connection.execute(
            "INSERT OR REPLACE INTO review_place (review, record_id, problem) VALUES (?, ?, ?)",
            (review, record_id, problem),
        )


def restore(connection: sqlite3.Connection, key: int) -> None:
    """Put the rows of a version back to what the program read."""
    for table in TABLES.values():
        connection.execute(f"DELETE FROM {table.name} WHERE article = ? AND verdict = 'added'", (key,))
        rows = connection.execute(
            f"SELECT key, original FROM {table.name} WHERE article = ? AND original IS NOT NULL", (key,)
        ).fetchall()
        for row, original in rows:
            _update(connection, table, key, row, table.decode(original))
        connection.execute(f"UPDATE {table.name} SET verdict = NULL, original = NULL WHERE article = ?", (key,))


def apply_moves(connection: sqlite3.Connection, article_id: str, key: int) -> None:
    """Lay developments into the dossiers where people put them."""
    (text,) = connection.execute("SELECT text FROM article_text WHERE article = ?", (key,)).fetchone()
    rows = connection.execute(
        "SELECT key, anchor, after FROM review r WHERE article_id = ? AND action = 'move' "
        "AND NOT EXISTS (SELECT 1 FROM review w WHERE w.withdraws = r.key) ORDER BY key",
        (article_id,),
    ).fetchall()
    for review, where, after in rows:
        record_id, problem = None, None
        try:
            wanted = _anchor.decode(where)
            start = locate(text, wanted)
            row = _matching(connection, DEVELOPMENT, key, text, start, start + len(wanted.exact))
            if row is None:
                raise Unplaced(f"no development is read at {wanted.exact!r} any more")
            record_id = row[1]
            target = msgspec.json.decode(after)["dossier"]
            (left,) = connection.execute("SELECT dossier FROM development WHERE key = ?", (row[0],)).fetchone()
            connection.execute("UPDATE development SET dossier = ? WHERE key = ?", (target, row[0]))
            for dossier in {left, target} - {None}:
                dossiers.refresh(connection, dossier)
        except Unplaced as missing:
            problem = str(missing)
        connection.execute(
            "INSERT OR REPLACE INTO review_place (review, record_id, problem) VALUES (?, ?, ?)",
            (review, record_id, problem),
        )


def _apply_one(
    connection: sqlite3.Connection, table: Table[Any], key: int, text: str, action: str, start: int, end: int, item: Any
) -> str | None:
    found = _matching(connection, table, key, text, start, end)
    if action == "reject":
        if found:
            connection.execute(f"UPDATE {table.name} SET verdict = 'rejected' WHERE key = ?", (found[0],))
        return found[1] if found else None
    if found is None:
        return _insert(connection, table, key, item)
    row, record_id, original = found
    if action == "accept" or (
        action == "add" and msgspec.structs.replace(item, id=record_id, rule=original.rule) == original
    ):
        connection.execute(f"UPDATE {table.name} SET verdict = coalesce(verdict, 'accepted') WHERE key = ?", (row,))
    else:
        _update(connection, table, key, row, msgspec.structs.replace(item, id=record_id, rule=original.rule))
        connection.execute(
            f"UPDATE {table.name} SET verdict = ?, original = coalesce(original, ?) WHERE key = ?",
            (_VERDICTS[action], encode(original), row),
        )
    return record_id


def _matching(
    connection: sqlite3.Connection, table: Table[Any], key: int, text: str, start: int, end: int
) -> tuple[int, str, Any] | None:
    """The record of a kind whose main span is most like the given one: its row, id, and itself."""
    best, chosen = _SAME, None
    for row in connection.execute(
        f"SELECT r.key, {table.select('r')} FROM {table.name} r WHERE r.article = ? ORDER BY r.key", (key,)
    ):
        item = table.from_row(row[1:], text)
        try:
            span = main_span(item)
        except Unplaced:
            continue
        common = min(end, span.end) - max(start, span.start)
        likeness = common / (max(end, span.end) - min(start, span.start)) if common > 0 else 0.0
        if likeness >= best:
            best, chosen = likeness, (row[0], item.id, item)
    return chosen


def _insert(connection: sqlite3.Connection, table: Table[Any], key: int, item: Any) -> str:
    ids = connection.execute(f"SELECT id FROM {table.name} WHERE article = ?", (key,))
    numbers = [int(id[1:]) for (id,) in ids if id[1:].isdigit()]
    record_id = f"{table.letter}{max(numbers, default=0) + 1}"
    values = _row(connection, table, key, msgspec.structs.replace(item, id=record_id)) | {"verdict": "added"}
    columns = ", ".join(f'"{name}"' for name in values)
    connection.execute(
        f"INSERT INTO {table.name} ({columns}) VALUES ({', '.join('?' * len(values))})", list(values.values())
    )
    return record_id


def _update(connection: sqlite3.Connection, table: Table[Any], key: int, row: int, item: Any) -> None:
    values = _row(connection, table, key, item)
    columns = ", ".join(f'"{name}" = ?' for name in values)
    connection.execute(f"UPDATE {table.name} SET {columns} WHERE key = ?", (*values.values(), row))


def _row(connection: sqlite3.Connection, table: Table[Any], key: int, item: Any) -> dict[str, Any]:
    row = dict(zip(table.columns, table.to_row(item), strict=True)) | {"article": key}
    if table.who:
        name = getattr(item, table.who)
        row["identity"] = Identities(connection).of(name) if name else None
        (row["sort"],) = connection.execute("SELECT sort FROM article WHERE key = ?", (key,)).fetchone()
    return row


def corrected(item: Any, changes: dict[str, Any], text: str) -> Any:
    """The record with some fields changed; a span may be given as its ``[start, end]`` or its words.

    Raises `BadReview` where a field or a value is none the record can have.
    """
    if not changes:
        raise BadReview("nothing to correct: say which field should read what")
    unknown = set(changes) - (set(item.__struct_fields__) - {"id", "rule"})
    if unknown:
        fields = ", ".join(field for field in item.__struct_fields__ if field not in ("id", "rule"))
        raise BadReview(f"{', '.join(sorted(unknown))}: no such field to correct; there are {fields}")
    kind = table_of(item).kind
    kinds = {field.name: field.type for field in msgspec.structs.fields(kind)}
    values = {
        name: _span_of(value, text, getattr(item, name)) if "Span" in str(kinds[name]) and value else value
        for name, value in changes.items()
    }
    try:
        whole = msgspec.to_builtins(item) | msgspec.to_builtins(values)
        return msgspec.convert(whole, kind)
    except msgspec.ValidationError as error:
        raise BadReview(f"that is no value for it: {error}") from None


def _span_of(value: Any, text: str, old: Any) -> Any:
    if isinstance(value, Span):
        return value
    if isinstance(value, str):
        start = locate_near(text, value, old.start if isinstance(old, Span) else 0)
        return Span(start, start + len(value), value)
    try:
        start, end = msgspec.convert(value, tuple[int, int])
    except msgspec.ValidationError:
        return value
    return Span(start, end, text[start:end])


def locate_near(text: str, words: str, near: int) -> int:
    """Where words stand in a text, the place nearest to an offset. Raises `BadReview`."""
    try:
        return locate(text, Anchor(exact=words, prefix="", suffix="", start=near, end=near + len(words)))
    except Unplaced as problem:
        raise BadReview(str(problem)) from None


def table_of(item: Any) -> Table[Any]:
    """The table of a record's kind."""
    return next(table for table in TABLES.values() if isinstance(item, table.kind))


def list_reviews(connection: sqlite3.Connection, article_id: str | None, *, unplaced: bool) -> list[Review]:
    """The log, newest first: of an article or all; only what found no place where asked."""
    conditions, values = ["r.action <> 'withdraw'"], list[Any]()
    if article_id is not None:
        conditions.append("r.article_id = ?")
        values.append(article_id)
    if unplaced:
        conditions.append("p.problem IS NOT NULL AND NOT EXISTS (SELECT 1 FROM review w WHERE w.withdraws = r.key)")
    rows = connection.execute(
        "SELECT r.key, r.article_id, r.kind, r.action, p.record_id, json_extract(r.anchor, '$.exact'), r.author, "
        "r.reason, r.made, p.problem, EXISTS (SELECT 1 FROM review w WHERE w.withdraws = r.key) "
        f"FROM review r LEFT JOIN review_place p ON p.review = r.key WHERE {' AND '.join(conditions)} "
        "ORDER BY r.key DESC",
        values,
    )
    return [
        Review(
            key=row[0], article_id=row[1], kind=row[2], action=row[3], record=row[4], words=row[5], author=row[6],
            reason=row[7], made=row[8], problem=row[9], withdrawn=bool(row[10]),
        )
        for row in rows
    ]  # fmt: skip


def precision(connection: sqlite3.Connection) -> list[Precision]:
    """How often people agreed with the program, by kind: the last word on each record counts."""
    rows = connection.execute(
        "SELECT kind, count(*) FILTER (WHERE action = 'accept'), count(*) FILTER (WHERE action = 'correct'), "
        "count(*) FILTER (WHERE action = 'reject'), count(*) FILTER (WHERE action = 'add') FROM "
        "(SELECT kind, action, max(key) FROM review r WHERE action IN ('accept', 'correct', 'reject', 'add') "
        "AND NOT EXISTS (SELECT 1 FROM review w WHERE w.withdraws = r.key) "
        "GROUP BY article_id, kind, coalesce(json_extract(before, '$.id'), key)) GROUP BY kind ORDER BY kind"
    )
    found: list[Precision] = []
    for kind, accepted, fixed, rejected, missed in rows:
        judged = accepted + fixed + rejected
        found.append(
            Precision(
                kind=kind, accepted=accepted, corrected=fixed, rejected=rejected, missed=missed,
                precision=accepted / judged if judged else None,
            )
        )  # fmt: skip
    return found


def log_dossier(
    connection: sqlite3.Connection, action: Action, dossier: int, value: object, *, author: str, reason: str
) -> int:
    """Rename a dossier (``value`` a title) or lay it into another (``value`` its key). Raises `NotFound`."""
    dossiers.read_dossier(connection, dossier)
    if action == "rename":
        connection.execute("UPDATE dossier SET name = ? WHERE key = ?", (value, dossier))
    else:
        connection.execute("UPDATE dossier SET merged = ?1 WHERE key = ?2 OR merged = ?2", (value, dossier))
    made = connection.execute(
        "INSERT INTO review (kind, action, before, after, author, reason, made) VALUES ('dossier', ?, ?, ?, ?, ?, ?)",
        (action, encode({"dossier": dossier}), encode({"value": value}), author, reason, now()),
    ).lastrowid
    assert made is not None
    return made
