"""The file behind an archive: opening it safely, one writer and many readers, its schema and migrations."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from urllib.parse import quote

from sijill.archive.errors import ArchiveError, NewerArchive, NotAnArchive, ReadOnlyArchive, explained

APPLICATION_ID = 0x73696A6C
"""``sijl``: what `file` and SQLite's application_id say of an archive."""

OLDEST_SQLITE = (3, 38, 0)

MIGRATIONS: list[str] = [
    # 2: statements are compared, dossiers found and words weighed by what was worked out when they were added.
    """
    ALTER TABLE statement ADD COLUMN pairs BLOB;
    CREATE TABLE denial_clue (
        clue      TEXT NOT NULL,
        sort      INTEGER NOT NULL,
        statement INTEGER NOT NULL REFERENCES statement (key) ON DELETE CASCADE,
        clues     INTEGER NOT NULL,
        PRIMARY KEY (clue, sort, statement)
    ) WITHOUT ROWID;
    CREATE INDEX clue_of_denial ON denial_clue (statement);
    CREATE TABLE article_words (
        row   INTEGER PRIMARY KEY,
        words BLOB NOT NULL
    );
    ALTER TABLE dossier ADD COLUMN names TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE dossier ADD COLUMN subjects TEXT NOT NULL DEFAULT '[]';
    UPDATE dossier SET
        names = (SELECT json_group_array(DISTINCT clue) FROM dossier_clue WHERE dossier = key AND role = 'name'),
        subjects = (SELECT json_group_array(DISTINCT clue) FROM dossier_clue WHERE dossier = key AND role = 'subject');
    ALTER TABLE dossier_clue RENAME TO old_clue;
    CREATE TABLE dossier_clue (
        kind    TEXT NOT NULL,
        clue    TEXT NOT NULL,
        month   TEXT NOT NULL,
        dossier INTEGER NOT NULL REFERENCES dossier (key),
        PRIMARY KEY (kind, clue, month, dossier)
    ) WITHOUT ROWID;
    INSERT OR IGNORE INTO dossier_clue SELECT kind, clue, month, dossier FROM old_clue;
    DROP TABLE old_clue;
    DROP INDEX development_dossier;
    CREATE INDEX development_dossier ON development (dossier, sort);
    DELETE FROM setting WHERE name = 'analysis';
    """,
    # 3: the weights of words are smaller; they are made anew with the index.
    """
    DELETE FROM setting WHERE name = 'analysis';
    """,
    # 4: the pages of one intake are joined and indexed in groups.
    """
    CREATE TABLE waiting (
        article INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE
    );
    INSERT INTO article_search (article_search, rank) VALUES ('hashsize', 8388608);
    INSERT INTO record_search (record_search, rank) VALUES ('hashsize', 8388608);
    """,
]
"""SQL that takes an archive of schema version 1 to 2, of 2 to 3 …; ``schema.sql`` is always the newest."""


class Database:
    """Connections to one archive file, one a thread; usable from several threads and processes at once.

    ``wait`` is how long, in seconds, a write waits for another process's before it raises `BusyArchive`.
    """

    def __init__(self, path: Path, *, readonly: bool = False, wait: float = 10.0) -> None:
        if sqlite3.sqlite_version_info < OLDEST_SQLITE:
            raise ArchiveError(f"SQLite {sqlite3.sqlite_version} is too old: sijill needs 3.38 or newer")
        self.path, self.wait = path, wait
        self.settle: Callable[[sqlite3.Connection], None] | None = None
        exists = path.exists() and path.stat().st_size > 0
        if readonly and not exists:
            raise ArchiveError(f"{path}: there is no such archive")
        self.readonly = readonly or (exists and not os.access(path, os.W_OK))
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._opening = threading.Lock()
        with explained(path):
            self._prepare(exists)

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
        return connection

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """A connection whose questions all see the archive at one moment."""
        with explained(self.path):
            connection = self.connection
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.rollback()

    @contextmanager
    def writing(self, *, settled: bool = True) -> Generator[sqlite3.Connection]:
        """One transaction: all of it is kept at the end, nothing where it raises. Joins one that is under way.

        It begins with what ``settle`` does, unless what is written does not depend on it.
        """
        if self.readonly:
            raise ReadOnlyArchive(f"{self.path} is open for reading only: nothing was changed")
        with explained(self.path):
            connection = self.connection
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN IMMEDIATE")
            try:
                if settled and self.settle:
                    self.settle(connection)
                yield connection
                connection.commit()
            finally:
                if connection.in_transaction:
                    connection.rollback()

    def close(self) -> None:
        """Close every thread's connection; the last one to leave folds the write-ahead log into the file."""
        with self._opening:
            for connection in self._open:
                connection.close()
            self._open.clear()
        self._local = threading.local()

    def _connect(self) -> sqlite3.Connection:
        address = f"file:{quote(str(self.path.absolute()))}"
        if self.readonly:
            # A write-ahead log needs a file beside the archive; on a medium where none can be made, the archive is
            # read as it lies there, which is safe only because nobody can write to it.
            beside_writable = os.access(self.path.parent, os.W_OK) or Path(f"{self.path}-shm").exists()
            address += "?mode=ro" if beside_writable else "?immutable=1"
        connection = sqlite3.connect(
            address, uri=True, timeout=self.wait, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA wal_autocheckpoint = 16384")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA temp_store = MEMORY")
        with self._opening:
            self._open.append(connection)
        return connection

    def _prepare(self, exists: bool) -> None:
        try:
            connection = self.connection
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if exists and application != APPLICATION_ID:
                # Another process may have made the file a moment ago and not yet written its first page.
                if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                    raise NotAnArchive(f"{self.path} is an SQLite file, but not a sijill archive")
                version = 0
            newest = len(MIGRATIONS) + 1
            if version > newest:
                raise NewerArchive(
                    f"{self.path} was written by a newer version of sijill (its schema is {version}, this one knows "
                    f"{newest}): update sijill to use it. Nothing was changed."
                )
            if version < newest and not self.readonly:
                connection.execute("PRAGMA journal_mode = WAL")
                self._migrate(connection, newest)
        except BaseException:
            self.close()
            raise

    def _migrate(self, connection: sqlite3.Connection, newest: int) -> None:
        with self.writing():
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == newest:
                return
            steps = MIGRATIONS[version - 1 :] if version else [schema()]
            for step in steps:
                for statement in statements(step):
                    connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {newest}")


def schema() -> str:
    """The schema of a new archive, as commented SQL."""
    return resources.files("sijill.archive").joinpath("schema.sql").read_text(encoding="utf-8")


def statements(sql: str) -> Iterator[str]:
    """The statements of an SQL script one by one, so that a transaction can hold them all (executescript commits)."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
