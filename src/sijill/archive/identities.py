"""Who is who across articles: names as identities."""

from __future__ import annotations

import sqlite3

from sijill.archive.analysis import fold


class Identities:
    """The identities behind the names of one archive, inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of(self, name: str, kind: str = "") -> int:
        """The key of the identity that a party of this name and kind belongs to, made if it is new.

        Without a kind, any identity of the name will do.
        """
        folded = fold(name)
        if kind:
            question, values = "folded = ? AND kind = ? AND marker = ''", (folded, kind)
        else:
            question, values = "folded = ? AND marker = ''", (folded,)
        found = self._connection.execute(f"SELECT key FROM identity WHERE {question} LIMIT 1", values).fetchone()
        if found:
            return found[0]
        made = self._connection.execute(
            "INSERT INTO identity (name, folded, kind, cluster) VALUES (?, ?, ?, 0)", (name, folded, kind)
        ).lastrowid
        assert made is not None
        self._connection.execute("UPDATE identity SET cluster = key WHERE key = ?", (made,))
        return made

    def named(self, name: str) -> list[int]:
        """The keys of all identities that a name stands for: those of the name, and those judged the same."""
        return [
            key
            for (key,) in self._connection.execute(
                "SELECT key FROM identity WHERE cluster IN (SELECT cluster FROM identity WHERE folded = ?)",
                (fold(name),),
            )
        ]
