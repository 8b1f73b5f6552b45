"""Many pages in little time: each kept in a transaction of its own, joined and indexed with others in groups.

What is worked out of the pages and can be again may wait, what was read may not.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping

from sijill.archive import index, writing
from sijill.archive.database import Database
from sijill.archive.writing import Added
from sijill.page.capture import Capture
from sijill.record import Article, Record

LONGEST = 5.0
"""Seconds after which pages that wait are made searchable, when the next one comes."""


def settle(connection: sqlite3.Connection, records: Mapping[int, Record] | None = None) -> None:
    """Bring the index up to date; ``records`` are those at hand of the versions that wait, by their keys.

    One that was made under another analysis of words is made again: its rows could not be replaced.
    """
    if not index.is_current(connection):
        index.rebuild(connection)
    writing.publish_waiting(connection, records or {})


def is_unfinished(connection: sqlite3.Connection) -> bool:
    """Whether pages wait that `settle` would be quick with: to make the whole index again is for who writes."""
    waiting = connection.execute("SELECT 1 FROM waiting LIMIT 1").fetchone()
    return waiting is not None and index.is_current(connection)


class Gathering:
    """The pages of one intake."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._records: dict[int, Record] = {}
        self._since = 0.0

    def add(self, capture: Capture, article: Article, record: Record) -> Added:
        """Keep a page; see `sijill.archive.store.Archive.add`. New articles may have to wait to be found."""
        writing.check_page(article, record)
        if self._records and (len(self._records) >= index.GROUP or time.monotonic() - self._since > LONGEST):
            self.finish()
        with self._database.writing(settled=False) as connection:
            added, waiting = writing.add_page(connection, capture, article, record, wait=True)
        if waiting is not None:
            self._since = self._since if self._records else time.monotonic()
            self._records[waiting] = record
        return added

    def finish(self) -> None:
        """Let all that wait be found."""
        records, self._records = self._records, {}
        if records:
            with self._database.writing(settled=False) as connection:
                settle(connection, records)
