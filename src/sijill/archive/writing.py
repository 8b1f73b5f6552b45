"""Putting captures, articles and records into the tables."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from typing import Any, Literal

import msgspec
import zstandard

from sijill import __version__
from sijill.archive import across, index, judgements, review
from sijill.archive.identities import Identities
from sijill.archive.order import now, seconds
from sijill.archive.reading import read_record
from sijill.archive.rows import TABLES, Table, encode, insert, section_path
from sijill.page.addresses import absolute
from sijill.page.capture import Capture
from sijill.record import Article, Record

Change = Literal["new", "version", "capture", "nothing"]

_compress = zstandard.ZstdCompressor(level=3)


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What `Archive.add` did.

    ``change`` is ``new`` (an article not seen before), ``version`` (its words had changed), ``capture`` (the page
    came again with the same words) or ``nothing`` (these very bytes were there already).
    """

    id: str
    version: int
    change: Change


def known_capture(connection: sqlite3.Connection, capture: Capture) -> Added | None:
    """Where the same bytes from the same address are kept already."""
    known = connection.execute(
        "SELECT a.id, a.version FROM capture c JOIN article a ON a.key = c.article "
        "WHERE c.sha256 = ? AND coalesce(c.url, '') = ?",
        (hashlib.sha256(capture.data).hexdigest(), capture.url or ""),
    ).fetchone()
    return Added(id=known[0], version=known[1], change="nothing") if known else None


def check_page(article: Article, record: Record) -> None:
    """Raise what `sijill.archive.store.Archive.add` says of a record that cannot be kept."""
    if article != record.article:
        raise ValueError(f"the record is of another article than {article.id}")
    if "\0" in article.text:
        raise ValueError(f"the text of article {article.id} has a NUL character at {article.text.index(chr(0))}")
    record.check()


def add_page(
    connection: sqlite3.Connection, capture: Capture, article: Article, record: Record, *, wait: bool = False
) -> tuple[Added, int | None]:
    """Store a page inside the caller's transaction.

    With ``wait`` a new article is not yet joined and indexed: its key is given back and waits for `publish_waiting`.
    """
    known = known_capture(connection, capture)
    if known:
        return known, None
    sha256 = hashlib.sha256(capture.data).hexdigest()
    text_sha256 = text_hash(article)
    latest = connection.execute(
        "SELECT a.key, a.version, a.captured, t.sha256, a.title "
        "FROM article a JOIN article_text t ON t.article = a.key WHERE a.id = ? AND a.current",
        (article.id,),
    ).fetchone()
    change: Change
    if latest and latest[3] == text_sha256 and latest[4] == article.title:
        key, version, change = latest[0], latest[1], "capture"
    else:
        change = "version" if latest else "new"
        version = connection.execute(
            "SELECT coalesce(max(version), 0) + 1 FROM article WHERE id = ?", (article.id,)
        ).fetchone()[0]
        # A page captured before the current version is older, whenever it comes into the archive.
        older = bool(latest and article.captured and latest[2] and article.captured < latest[2])
        if latest and not older:
            across.part(connection, latest[0])
            index.remove(connection, latest[0])
            connection.execute("UPDATE article SET current = 0 WHERE key = ?", (latest[0],))
            connection.execute("DELETE FROM waiting WHERE article = ?", (latest[0],))
        wait = wait and change == "new" and not review.has_reviews(connection, article.id)
        key = write_version(connection, capture, article, record, version=version, current=not older, wait=wait)
    keep_blob(connection, sha256, capture.data)
    connection.execute(
        "INSERT INTO capture (article, sha256, url, name, content_type, charset, headers, captured, added) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key, sha256, capture.url, capture.name, capture.content_type, capture.charset,
            encode(capture.headers), capture.captured, now(),
        ),
    )  # fmt: skip
    return Added(id=article.id, version=version, change=change), key if wait and change == "new" else None


def write_version(
    connection: sqlite3.Connection,
    capture: Capture,
    article: Article,
    record: Record,
    *,
    version: int,
    current: bool,
    wait: bool,
) -> int:
    """Write one version of an article with its record; returns its key."""
    added = now()
    cursor = connection.execute(
        "INSERT INTO article (id, version, current, sort, outlet, lang, url, title, standfirst, published, modified, "
        "captured, sections, bylines, agencies, related, warnings, added, program) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article.id, version, current, seconds(article.published, article.captured, added), article.outlet,
            article.lang, article.url, article.title, article.standfirst, article.published, article.modified,
            article.captured, encode(article.sections), encode(article.bylines), encode(article.agencies),
            encode(article.related), encode(record.warnings), added, __version__,
        ),
    )  # fmt: skip
    key = cursor.lastrowid
    assert key is not None
    _write_text(connection, key, article)
    _write_images(connection, key, article, capture)
    write_record(connection, key, record, current=current, wait=wait)
    return key


def rewrite_version(
    connection: sqlite3.Connection, key: int, capture: Capture, article: Article, record: Record
) -> None:
    """Put a new reading of the same capture in the place of the version's old one."""
    added, current = connection.execute("SELECT added, current FROM article WHERE key = ?", (key,)).fetchone()
    if current:
        across.part(connection, key)
        index.remove(connection, key)
    for table in TABLES.values():
        connection.execute(f"DELETE FROM {table.name} WHERE article = ?", (key,))
    for table in ("article_text", "article_section", "image"):
        connection.execute(f"DELETE FROM {table} WHERE article = ?", (key,))
    connection.execute("DELETE FROM link WHERE from_article = ? OR to_article = ?", (key, key))
    connection.execute(
        "UPDATE article SET sort = ?, outlet = ?, lang = ?, url = ?, title = ?, standfirst = ?, published = ?, "
        "modified = ?, captured = ?, sections = ?, bylines = ?, agencies = ?, related = ?, warnings = ?, program = ? "
        "WHERE key = ?",
        (
            seconds(article.published, article.captured, added), article.outlet, article.lang, article.url,
            article.title, article.standfirst, article.published, article.modified, article.captured,
            encode(article.sections), encode(article.bylines), encode(article.agencies), encode(article.related),
            encode(record.warnings), __version__, key,
        ),
    )  # fmt: skip
    _write_text(connection, key, article)
    _write_images(connection, key, article, capture)
    write_record(connection, key, record, current=bool(current))


def write_record(
    connection: sqlite3.Connection, key: int, record: Record, *, current: bool, wait: bool = False
) -> None:
    """Write all that was read out of a version, and where it is the current one, let it be found and joined.

    With ``wait`` it is only noted that this is still to be done.
    """
    sort = connection.execute("SELECT sort FROM article WHERE key = ?", (key,)).fetchone()[0]
    identities = Identities(connection)
    people = {party.name: identities.of(party.name, party.kind) for party in record.parties}
    for party in record.parties:
        if party.role:
            identities.note(people[party.name], "role", party.role)
    for plural, table in TABLES.items():
        rows = [row_of(table, item, key, sort, people, identities) for item in getattr(record, plural)]
        insert(connection, table, rows)
    connection.executemany(
        "INSERT OR IGNORE INTO link (from_article, from_id, rel, to_article, to_id, rule) VALUES (?, ?, ?, ?, ?, ?)",
        [(key, link.from_, link.rel, key, link.to, link.rule) for link in record.links],
    )
    if not current:
        return
    for identity in identities.new:
        judgements.judge_new(connection, identity)
    if wait:
        connection.execute("INSERT INTO waiting (article) VALUES (?)", (key,))
        return
    if review.has_reviews(connection, record.article.id):
        review.apply(connection, record.article.id, key)
        record = read_record(connection, key)
    _publish(connection, {key: record})


def review_again(connection: sqlite3.Connection, article_id: str, key: int) -> None:
    """Make the log of reviews, which has changed, count in an article's current version."""
    across.part(connection, key)
    index.remove(connection, key)
    review.restore(connection, key)
    review.apply(connection, article_id, key)
    _publish(connection, {key: read_record(connection, key)})


def publish_waiting(connection: sqlite3.Connection, records: Mapping[int, Record]) -> None:
    """Let all versions that wait be found, and join them to the others.

    ``records`` are those at hand, by their keys. A version that brings out a fault of ours goes on waiting: it must not
    keep others from being written.
    """
    keys = [key for (key,) in connection.execute("SELECT article FROM waiting ORDER BY article")]
    if keys and not _can_publish(connection, keys, records) and len(keys) > 1:
        for key in keys:
            _can_publish(connection, [key], records)


def _can_publish(connection: sqlite3.Connection, keys: list[int], records: Mapping[int, Record]) -> bool:
    """Publish versions, or leave everything as it was."""
    connection.execute("SAVEPOINT publishing")
    try:
        _publish(connection, {key: records.get(key) or read_record(connection, key) for key in keys})
    except sqlite3.Error:
        raise
    except Exception:
        connection.execute("ROLLBACK TO publishing")
        return False
    finally:
        if connection.in_transaction:  # a full disk may have taken all of it back
            connection.execute("RELEASE publishing")
    return True


def _publish(connection: sqlite3.Connection, versions: Mapping[int, Record]) -> None:
    """Let versions be found, and join them to the others and to each other."""
    index.put(connection, versions)
    for key, record in versions.items():
        across.join(connection, key, record)
        review.apply_moves(connection, record.article.id, key)
    connection.executemany("DELETE FROM waiting WHERE article = ?", [(key,) for key in versions])


def row_of(
    table: Table[Any], item: Any, key: int, sort: int, people: dict[str, int], identities: Identities
) -> dict[str, Any]:
    """A record as the row of its table, with the identity of who is behind it."""
    row = dict(zip(table.columns, table.to_row(item), strict=True))
    row["article"] = key
    if table.who:
        row["sort"] = sort
        name = getattr(item, table.who)
        row["identity"] = None if name is None else people.get(name) or identities.of(name)
    return row


def text_hash(article: Article) -> str:
    """The hash by which two versions' words are compared."""
    return hashlib.sha256(article.text.encode()).hexdigest()


def keep_blob(connection: sqlite3.Connection, sha256: str, data: bytes) -> None:
    """Keep content under its hash, if it is not there yet."""
    if not connection.execute("SELECT 1 FROM blob WHERE sha256 = ?", (sha256,)).fetchone():
        connection.execute(
            "INSERT INTO blob (sha256, size, data) VALUES (?, ?, ?)", (sha256, len(data), _compress.compress(data))
        )


def _write_text(connection: sqlite3.Connection, key: int, article: Article) -> None:
    connection.execute(
        "INSERT INTO article_text (article, text, sha256, blocks) VALUES (?, ?, ?, ?)",
        (key, article.text, text_hash(article), encode([(b.kind, b.start, b.end) for b in article.blocks])),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO article_section (path, sort, article) SELECT ?, sort, key FROM article WHERE key = ?",
        [(section_path(article.sections[: depth + 1]), key) for depth in range(len(article.sections))],
    )


def _write_images(connection: sqlite3.Connection, key: int, article: Article, capture: Capture) -> None:
    # A saved page names its pictures from where it lay; the article, from the address it says it has.
    in_full = {absolute(name, article.url): data for name, data in capture.images.items()}
    for number, image in enumerate(article.images):
        data = capture.images.get(image.src) or in_full.get(image.src) if image.src else None
        sha256 = hashlib.sha256(data).hexdigest() if data is not None else None
        if data is not None and sha256 is not None:
            keep_blob(connection, sha256, data)
        connection.execute(
            "INSERT INTO image (article, number, src, caption, credit, position, gallery, sha256) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (key, number, image.src, image.caption, image.credit, image.position, image.gallery, sha256),
        )
