"""Reviewing an archive: what a person can say, each in one transaction with what follows from it.

>>> from sijill.archive import open_archive
>>> from sijill.page.capture import Capture
>>> from sijill.record import Article, Record, Statement
>>> article = Article(id="a1", lang="ar", text="قال كيري إن القرار صعب")
>>> said = Statement(id="s1", content=article.span(12, 22), form="indirect", act="say", speaker="كيري")
>>> with open_archive(":temporary:") as archive:
...     _ = archive.add(Capture(data=b"x"), article, Record(article=article, statements=[said]))
...     _ = archive.reviews.correct("a1", "s1", {"act": "announce"}, author="Nada", reason="he made it known")
...     [(entry.record.act, entry.verdict) for entry in archive.statements()]
[('announce', 'corrected')]
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from sijill.archive import dossiers, review, writing
from sijill.archive.database import Database
from sijill.archive.errors import NotFound
from sijill.archive.reading import entries_where, version_key
from sijill.archive.review import Action, BadReview, Precision, Review
from sijill.archive.rows import DEVELOPMENT, TABLES
from sijill.record import Date, Development, Event, Figure, Party, Statement


class Reviews:
    """The log of reviews of an archive, as ``archive.reviews``. Every method that writes returns the review's key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def accept(self, article_id: str, record_id: str, *, author: str, reason: str = "") -> int:
        """Say that a record is right. It stays so whatever a later reading finds. Raises `NotFound`."""
        return self._write("accept", article_id, record_id, author=author, reason=reason)

    def reject(self, article_id: str, record_id: str, *, author: str, reason: str = "") -> int:
        """Say that a record is wrong: it is no longer listed, found, counted or exported. Raises `NotFound`."""
        return self._write("reject", article_id, record_id, author=author, reason=reason)

    def correct(
        self, article_id: str, record_id: str, changes: dict[str, Any], *, author: str, reason: str = ""
    ) -> int:
        """Say what fields of a record should be; a span by its words, its ``[start, end]`` or as a `Span`.

        Raises `NotFound`, and `BadReview` for a field or value that the record cannot have.
        """
        return self._write("correct", article_id, record_id, changes=changes, author=author, reason=reason)

    def add(
        self,
        article_id: str,
        record: Party | Date | Statement | Figure | Development | Event,
        *,
        author: str,
        reason: str = "",
    ) -> int:
        """Add a record that the program did not read; its id is given anew. Raises `NotFound` and `BadReview`."""
        with self._database.writing() as connection:
            made = review.write(connection, "add", article_id, record, author=author, reason=reason)
            writing.review_again(connection, article_id, version_key(connection, article_id))
            return made

    def withdraw(self, key: int, *, author: str, reason: str = "") -> None:
        """Take a review of a record back: the record is again as it was without it. Raises `NotFound`."""
        with self._database.writing() as connection:
            article_id = review.withdraw(connection, key, author=author, reason=reason)
            if article_id is None:
                raise BadReview("a dossier is renamed or split again, not withdrawn")
            writing.review_again(connection, article_id, version_key(connection, article_id))

    def log(self, article_id: str | None = None, *, unplaced: bool = False) -> list[Review]:
        """The log, newest first; ``unplaced``: only what the articles, as they read now, have no place for."""
        with self._database.reading() as connection:
            return review.list_reviews(connection, article_id, unplaced=unplaced)

    def precision(self) -> list[Precision]:
        """How often people agreed with the program so far, by kind of record."""
        with self._database.reading() as connection:
            return review.precision(connection)

    def rename_dossier(self, key: int, title: str, *, author: str, reason: str = "") -> int:
        """Give a dossier a title. Raises `NotFound`."""
        with self._database.writing() as connection:
            return review.log_dossier(connection, "rename", key, title, author=author, reason=reason)

    def merge_dossiers(self, key: int, into: int | None, *, author: str, reason: str = "") -> int:
        """Lay a dossier into another that is the same process, or (None) take it out again. Raises `NotFound`."""
        with self._database.writing() as connection:
            if into == key:
                raise BadReview("a dossier cannot be laid into itself")
            if into is not None:
                into = dossiers.read_dossier(connection, into).key
            else:
                self._exists(connection, key)
            made = review.log_dossier(connection, "merge", key, into, author=author, reason=reason)
            for changed in (key, into):
                if changed is not None:
                    dossiers.refresh(connection, changed)
            return made

    def split_dossier(
        self, developments: Sequence[tuple[str, str]], *, author: str, reason: str = "", into: int | None = None
    ) -> int:
        """Move developments, given as (article id, record id), to another dossier or a new one; returns its key."""
        with self._database.writing() as connection:
            entries = [self._development(connection, *which) for which in developments]
            if not entries:
                raise BadReview("no developments given to move")
            (lang,) = connection.execute(
                "SELECT lang FROM article WHERE id = ? AND current", (developments[0][0],)
            ).fetchone()
            target = into or dossiers.open_dossier(connection, entries[0], 0, lang)
            for (article_id, _), development in zip(developments, entries, strict=True):
                review.write(
                    connection, "move", article_id, development,
                    changes={"dossier": target}, author=author, reason=reason,
                )  # fmt: skip
            for article_id in dict.fromkeys(article_id for article_id, _ in developments):
                writing.review_again(connection, article_id, version_key(connection, article_id))
            return target

    def _write(
        self,
        action: Action,
        article_id: str,
        record_id: str,
        *,
        changes: dict[str, Any] | None = None,
        author: str,
        reason: str,
    ) -> int:
        with self._database.writing() as connection:
            key = version_key(connection, article_id)
            item = self._item(connection, key, article_id, record_id)
            made = review.write(connection, action, article_id, item, changes=changes, author=author, reason=reason)
            writing.review_again(connection, article_id, key)
            return made

    @staticmethod
    def _item(connection: sqlite3.Connection, key: int, article_id: str, record_id: str) -> Any:
        table = next((table for table in TABLES.values() if table.letter == record_id[:1]), None)
        if table is not None:
            row = connection.execute(
                f"SELECT t.text, {table.select('r')} FROM {table.name} r JOIN article_text t ON t.article = r.article "
                "WHERE r.article = ? AND r.id = ?",
                (key, record_id),
            ).fetchone()
            if row:
                return table.from_row(row[1:], row[0])
        raise NotFound(f"article {article_id!r} has no record {record_id!r}")

    @staticmethod
    def _development(connection: sqlite3.Connection, article_id: str, record_id: str) -> Development:
        key = version_key(connection, article_id)
        found = entries_where(connection, DEVELOPMENT, "r.article = ? AND r.id = ?", (key, record_id))
        if not found:
            raise NotFound(f"article {article_id!r} has no development {record_id!r}")
        return found[0].record

    @staticmethod
    def _exists(connection: sqlite3.Connection, key: int) -> None:
        if not connection.execute("SELECT 1 FROM dossier WHERE key = ?", (key,)).fetchone():
            raise NotFound(f"there is no dossier {key} in this archive")
