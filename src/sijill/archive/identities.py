"""Who is who across articles: names as identities."""

from __future__ import annotations

import sqlite3

from sijill.archive.analysis import fold, forms, pieces, skeleton


class Identities:
    """The identities behind the names of one archive, inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.new: list[int] = []

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
        self.note(made, "name", folded)
        self.new.append(made)
        return made

    def note(self, identity: int, kind: str, words: str) -> None:
        """Remember words by which an identity can be found: of its ``name`` (and their sound) or a ``role``."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO identity_clue (clue, kind, identity) VALUES (?, ?, ?)",
            [(form.stem, kind, identity) for form in map(forms, pieces(words)) if form.stem]
            + [(sound, "sound", identity) for sound in skeleton(fold(words)).split() if kind == "name"],
        )

    def meant(self, words: str, limit: int = 200) -> list[int]:
        """The keys of the identities whose name has all of the words, and of those judged the same as these."""
        stems = sorted({form.stem for form in map(forms, pieces(words)) if form.stem})
        if not stems:
            return []
        found = " INTERSECT ".join("SELECT identity FROM identity_clue WHERE clue = ? AND kind = 'name'" for _ in stems)
        return [
            key
            for (key,) in self._connection.execute(
                "SELECT key FROM identity WHERE cluster IN (SELECT cluster FROM identity WHERE key IN "
                f"({found} LIMIT {limit}))",
                stems,
            )
        ]

    def named(self, name: str) -> list[int]:
        """The keys of all identities that a name stands for: those of the name, and those judged the same."""
        return [
            key
            for (key,) in self._connection.execute(
                "SELECT key FROM identity WHERE cluster IN (SELECT cluster FROM identity WHERE folded = ?)",
                (fold(name),),
            )
        ]

    def other_names(self, name: str) -> list[str]:
        """The other names of whoever has this name, after all judgements."""
        folded = fold(name)
        names = self._connection.execute(
            "SELECT DISTINCT folded FROM identity WHERE cluster IN (SELECT cluster FROM identity WHERE folded = ?)",
            (folded,),
        )
        return [other for (other,) in names if other != folded]

    def found(self, stems: list[str], kinds: list[str], limit: int = 1000) -> list[tuple[str, str | None, str, int]]:
        """Name, newest role, kind and number of appearances of those whose names or roles have all the words."""
        if stems:
            clues = " INTERSECT ".join("SELECT identity FROM identity_clue WHERE clue = ?" for _ in stems)
            chosen = f"SELECT cluster FROM identity WHERE key IN ({clues} LIMIT {limit})"
        else:
            chosen = "SELECT cluster FROM identity"
        of_kind = f"AND c.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
        return self._connection.execute(
            "SELECT c.name, (SELECT role FROM party p JOIN identity i ON i.key = p.identity WHERE i.cluster = c.key "
            "AND role IS NOT NULL ORDER BY p.sort DESC LIMIT 1), c.kind, (SELECT count(*) FROM party p JOIN identity i "
            f"ON i.key = p.identity WHERE i.cluster = c.key) AS n FROM identity c WHERE c.key IN ({chosen}) {of_kind} "
            "ORDER BY n DESC, c.name LIMIT ?",
            (*stems, *kinds, limit),
        ).fetchall()
