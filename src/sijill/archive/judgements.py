"""Which names are one party: judgements with reasons, never a merge that cannot be undone.

Names are nodes and judgements edges (as in nomenklatura's resolver): "same" edges join names into
clusters, and a cluster stands under one name in it. The newest judgement of a pair counts, a
person's always before the program's; taking one back restores what was before.
"""

from __future__ import annotations

import sqlite3
from typing import Literal

import msgspec

from sijill.archive.analysis import fold
from sijill.archive.errors import NotFound
from sijill.archive.identities import Identities
from sijill.archive.names import are_spellings, names_of, shortens
from sijill.archive.order import now

Verdict = Literal["same", "different", "unsure"]

# Who these are depends on the article that speaks of them.
_NEVER_JUDGED = ("anonymous", "document", "")
_MOST_CANDIDATES = 50

REASONS = {
    "known": "both are names of one party in the tables of the language pack",
    "spellings": "spellings of one name",
    "short": "the shorter name is that of one longer one only",
    "ambiguous": "the shorter name is that of several longer ones",
}
"""What the program judges by, and how that is put."""


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """Whether two names are one party, who says so and why.

    For the program ``author`` is null and ``rule`` names what it went by (`REASONS`).
    """

    key: int
    left: str
    right: str
    verdict: Verdict
    reason: str
    rule: str | None
    author: str | None
    made: str
    undone: str | None


def judge_new(connection: sqlite3.Connection, identity: int) -> None:
    """Compare a new identity with those that share a word of its name, and judge where the names say enough."""
    folded, kind = connection.execute("SELECT folded, kind FROM identity WHERE key = ?", (identity,)).fetchone()
    if kind in _NEVER_JUDGED:
        return
    known = names_of(folded, kind)
    for other in _bearing(connection, identity, kind, known):
        record(connection, identity, other, "same", "known")
    candidates = connection.execute(
        "SELECT DISTINCT i.key, i.folded FROM identity_clue mine "
        "JOIN identity_clue theirs ON theirs.clue = mine.clue AND theirs.kind = mine.kind "
        "JOIN identity i ON i.key = theirs.identity "
        "WHERE mine.identity = ?1 AND mine.kind IN ('name', 'sound') AND i.key <> ?1 AND i.kind = ?2 LIMIT ?3",
        (identity, kind, _MOST_CANDIDATES),
    ).fetchall()
    unknown = [(key, other) for key, other in candidates if other not in known]
    fuller = [key for key, other in unknown if shortens(folded, other, kind)]
    shorter = [(key, other) for key, other in unknown if shortens(other, folded, kind)]
    for key, other in unknown:
        if are_spellings(folded, other, kind):
            record(connection, identity, key, "same", "spellings")
    for key in fuller:
        _judge_short(connection, identity, key, alone=len(fuller) == 1)
    for key, other in shorter:
        rivals = _fuller_names(connection, key, other, kind)
        for rival in rivals if len(rivals) > 1 else [identity]:
            _judge_short(connection, key, rival, alone=len(rivals) == 1)


def _judge_short(connection: sqlite3.Connection, short: int, full: int, *, alone: bool) -> None:
    if alone:
        record(connection, short, full, "same", "short")
    else:
        record(connection, short, full, "unsure", "ambiguous")


def record(
    connection: sqlite3.Connection,
    left: int,
    right: int,
    verdict: Verdict,
    reason: str,
    author: str | None = None,
) -> int:
    """Keep a judgement and let it count; returns its key."""
    key = connection.execute(
        'INSERT INTO judgement ("left", "right", verdict, reason, author, made) VALUES (?, ?, ?, ?, ?, ?)',
        (left, right, verdict, reason, author, now()),
    ).lastrowid
    assert key is not None
    recluster(connection, {left, right})
    return key


def undo(connection: sqlite3.Connection, key: int) -> None:
    """Take a judgement back. Raises `NotFound`."""
    row = connection.execute('SELECT "left", "right" FROM judgement WHERE key = ?', (key,)).fetchone()
    if row is None:
        raise NotFound(f"there is no judgement {key} in this archive")
    connection.execute("UPDATE judgement SET undone = ? WHERE key = ? AND undone IS NULL", (now(), key))
    recluster(connection, set(row))


def recluster(connection: sqlite3.Connection, identities: set[int]) -> None:
    """Find again who stands with whom among the names that were or are joined to these."""
    marks = ", ".join("?" * len(identities))
    affected = {
        key
        for (key,) in connection.execute(
            f"SELECT key FROM identity WHERE cluster IN (SELECT cluster FROM identity WHERE key IN ({marks}))",
            list(identities),
        )
    } | identities
    while affected:
        start = affected.pop()
        cluster, waiting = {start}, [start]
        while waiting:
            for other in _joined_to(connection, waiting.pop()):
                if other not in cluster:
                    cluster.add(other)
                    waiting.append(other)
        affected -= cluster
        _name_cluster(connection, cluster)


def judgements_of(connection: sqlite3.Connection, name: str) -> list[Judgement]:
    """All judgements on any identity of a name, newest first, those taken back too."""
    rows = connection.execute(
        "SELECT j.key, l.name, r.name, j.verdict, j.reason, j.author, j.made, j.undone FROM judgement j "
        'JOIN identity l ON l.key = j."left" JOIN identity r ON r.key = j."right" '
        "WHERE l.folded = ?1 OR r.folded = ?1 ORDER BY j.key DESC",
        (fold(name),),
    )
    return [
        Judgement(
            key=key,
            left=left,
            right=right,
            verdict=verdict,
            reason=reason if author else REASONS[reason],
            rule=None if author else reason,
            author=author,
            made=made,
            undone=undone,
        )
        for key, left, right, verdict, reason, author, made, undone in rows
    ]


def judge(
    connection: sqlite3.Connection, left: str, right: str, verdict: Verdict, *, author: str, reason: str
) -> list[int]:
    """A person's judgement on two names: of every kind that both are. Returns the keys; raises `NotFound`."""
    pairs = connection.execute(
        "SELECT l.key, r.key FROM identity l JOIN identity r ON r.key <> l.key WHERE l.folded = ? AND r.folded = ?",
        (fold(left), fold(right)),
    ).fetchall()
    if not pairs:
        missing = [name for name in (left, right) if not Identities(connection).named(name)]
        raise NotFound(f"there is no party {' and no '.join(map(repr, missing or (left, right)))} in this archive")
    return [record(connection, a, b, verdict, reason, author) for a, b in pairs]


def _joined_to(connection: sqlite3.Connection, identity: int) -> list[int]:
    # Of each pair: the newest judgement, a person's before the program's.
    rows = connection.execute(
        'SELECT CASE WHEN "left" = ?1 THEN "right" ELSE "left" END AS other, verdict FROM judgement '
        'WHERE ("left" = ?1 OR "right" = ?1) AND undone IS NULL ORDER BY author IS NOT NULL, key',
        (identity,),
    )
    latest = dict(rows.fetchall())
    return [other for other, verdict in latest.items() if verdict == "same"]


def _name_cluster(connection: sqlite3.Connection, cluster: set[int]) -> None:
    marks = ", ".join("?" * len(cluster))
    rows = connection.execute(f"SELECT key, folded, kind FROM identity WHERE key IN ({marks})", list(cluster))
    first, *_ = sorted(rows, key=_rank)
    connection.execute(f"UPDATE identity SET cluster = ? WHERE key IN ({marks})", (first[0], *cluster))


def _rank(row: tuple[int, str, str]) -> tuple[bool, int, int]:
    """The name under which a cluster stands comes first: the known one, a person's fullest, others' shortest."""
    key, folded, kind = row
    return names_of(folded, kind)[:1] != (folded,), -len(folded) if kind == "person" else len(folded), key


def _bearing(connection: sqlite3.Connection, identity: int, kind: str, names: tuple[str, ...]) -> list[int]:
    """Other identities, persons or not as this one is, that bear one of these folded names."""
    marks = ", ".join("?" * len(names))
    found = connection.execute(
        f"SELECT key FROM identity WHERE folded IN ({marks}) AND key <> ? AND (kind = 'person') = ? "
        f"AND kind NOT IN ({', '.join('?' * len(_NEVER_JUDGED))})",
        (*names, identity, kind == "person", *_NEVER_JUDGED),
    )
    return [key for (key,) in found]


def _fuller_names(connection: sqlite3.Connection, identity: int, folded: str, kind: str) -> list[int]:
    """Names that this one is short for, those that are the same after all counted once."""
    rows = connection.execute(
        "SELECT i.key, i.folded, i.cluster FROM identity_clue mine "
        "JOIN identity_clue theirs ON theirs.clue = mine.clue AND theirs.kind = 'name' "
        "JOIN identity i ON i.key = theirs.identity "
        "WHERE mine.identity = ?1 AND mine.kind = 'name' AND i.key <> ?1 AND i.kind = ?2 GROUP BY i.key",
        (identity, kind),
    )
    return list({cluster: key for key, other, cluster in rows if shortens(folded, other, kind)}.values())
