"""Dossiers: the developments of one process gathered, its timeline, and where it stands.

A development joins the dossier of its kind whose name and circumstances it shares. What tells two
processes of a kind apart is what their names say beyond the kind ("French" draft, "humanitarian"
pause); a bare "the ceasefire" is the one last spoken of in the same circumstances.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import NamedTuple

import msgspec

from sijill.archive.analysis import process_words, stems
from sijill.archive.errors import NotFound
from sijill.archive.order import cursor
from sijill.archive.reading import Entry, entries_where
from sijill.archive.rows import DEVELOPMENT
from sijill.record import Development, Record

LONGEST_PAUSE = 180 * 86400
"""Seconds of silence after which a bare name means another process."""
_MOST_CANDIDATES = 40
_OVER = frozenset({"ended", "collapsed", "rejected", "vetoed"})
_OPENING = frozenset({"proposed", "circulated", "scheduled", "agreed", "in_force"})


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a process on a day, and all who report it."""

    date: str | None
    status: str
    modality: str
    developments: list[Entry[Development]]


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """A condition that was set; ``met`` is the later development that fulfils it in its words, or null."""

    text: str
    article_id: str
    date: str | None
    met: Entry[Development] | None


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """A reason that was given for a development."""

    text: str
    article_id: str
    date: str | None


class DossierSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier in a list. ``status`` is the present one, ``first`` and ``last`` days."""

    key: int
    kind: str
    title: str
    status: str
    developments: int
    outlets: int
    first: str | None
    last: str | None
    cursor: str


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """One process through time."""

    key: int
    kind: str
    title: str
    status: str
    parties: list[tuple[str, int]]
    timeline: list[Step]
    reasons: list[Reason]
    conditions: list[Condition]
    articles: list[str]


class _Clues(NamedTuple):
    subject: frozenset[str]
    context: frozenset[str]


def join(connection: sqlite3.Connection, key: int, record: Record) -> None:
    """Lay every development of a version into its dossier, an old one or a new one."""
    article = record.article
    title = frozenset(stems(" ".join(part for part in (article.title, article.standfirst) if part)))
    rows = connection.execute(
        "SELECT key, sort FROM development WHERE article = ? AND verdict IS NOT 'rejected' ORDER BY key", (key,)
    ).fetchall()
    here: dict[str, list[tuple[int, _Clues]]] = {}
    touched: set[int] = set()
    for (row, sort), development in zip(rows, record.developments, strict=True):
        generic = process_words(article.lang, development.kind)
        named = " ".join(span.text for span in (development.subject, *development.sponsors) if span)
        clues = _Clues(frozenset(stems(named)) - generic, title - generic)
        dossier = _of_article(here.get(development.kind, []), clues) or _find(connection, development, sort, clues)
        if dossier is None:
            dossier = open_dossier(connection, development, sort)
        here.setdefault(development.kind, []).append((dossier, clues))
        connection.execute("UPDATE development SET dossier = ? WHERE key = ?", (dossier, row))
        connection.executemany(
            "INSERT OR IGNORE INTO dossier_clue (kind, clue, dossier, role) VALUES (?, ?, ?, ?)",
            [(development.kind, clue, dossier, "subject") for clue in clues.subject]
            + [(development.kind, clue, dossier, "context") for clue in clues.context],
        )
        touched.add(dossier)
    for dossier in touched:
        refresh(connection, dossier)


def refresh(connection: sqlite3.Connection, key: int) -> None:
    """Find again the span of time of a dossier and its present status: that of its newest actual development."""
    connection.execute(
        "UPDATE dossier SET (first, last) = (SELECT coalesce(min(sort), first), coalesce(max(sort), last) "
        "FROM development WHERE dossier = ?1) WHERE key = ?1",
        (key,),
    )
    connection.execute(
        "UPDATE dossier SET status = coalesce((SELECT d.status FROM development d JOIN article a ON a.key = d.article "
        "WHERE d.dossier IN (SELECT key FROM dossier WHERE key = ?1 OR merged = ?1) AND a.current "
        "AND d.verdict IS NOT 'rejected' AND d.modality = 'actual' "
        "ORDER BY substr(coalesce(d.date, a.published, a.captured, a.added), 1, 10) DESC, d.sort DESC, d.key DESC "
        "LIMIT 1), status) WHERE key = ?1",
        (key,),
    )


def _of_article(here: list[tuple[int, _Clues]], clues: _Clues) -> int | None:
    """The dossier that the same article has already spoken of, unless under another name."""
    for dossier, others in reversed(here):
        if not clues.subject or not others.subject or _shared(clues.subject, others.subject):
            return dossier
    return None


def _find(connection: sqlite3.Connection, development: Development, sort: int, clues: _Clues) -> int | None:
    best, chosen = 0.0, None
    for dossier, last, status, subject, context in _candidates(connection, development.kind, sort, clues):
        names = _shared(clues.subject, subject)
        circumstances = len(clues.context & context)
        if clues.subject and subject and not names:
            continue
        if not names and (not circumstances or _is_new(development, status, sort, last)):
            continue
        near = 1 - min(abs(sort - last) / LONGEST_PAUSE, 1)
        score = 3 * names + min(circumstances, 3) + near
        if score > best:
            best, chosen = score, dossier
    return chosen


def _is_new(development: Development, status: str, sort: int, last: int) -> bool:
    """Whether a process begins again after its end: that is another one."""
    return status in _OVER and development.status in _OPENING and sort > last


def _candidates(
    connection: sqlite3.Connection, kind: str, sort: int, clues: _Clues
) -> list[tuple[int, int, str, frozenset[str], frozenset[str]]]:
    words = [*clues.subject, *clues.context]
    marks = ", ".join("?" * len(words))
    rows = connection.execute(
        f"SELECT DISTINCT o.key, o.last, o.status FROM dossier_clue c JOIN dossier o ON o.key = c.dossier "
        f"WHERE c.kind = ? AND c.clue IN ({marks}) AND o.last >= ? AND o.first <= ? AND o.merged IS NULL "
        "ORDER BY abs(o.last - ?) LIMIT ?",
        (kind, *words, sort - LONGEST_PAUSE, sort + LONGEST_PAUSE, sort, _MOST_CANDIDATES),
    ).fetchall()
    found: list[tuple[int, int, str, frozenset[str], frozenset[str]]] = []
    for key, last, status in rows:
        roles: dict[str, set[str]] = {"subject": set(), "context": set()}
        for clue, role in connection.execute("SELECT clue, role FROM dossier_clue WHERE dossier = ?", (key,)):
            roles[role].add(clue)
        found.append((key, last, status, frozenset(roles["subject"]), frozenset(roles["context"])))
    return found


def open_dossier(connection: sqlite3.Connection, development: Development, sort: int) -> int:
    """A new dossier under the words of its first development; returns its key."""
    title = development.subject.text if development.subject else development.trigger.text
    key = connection.execute(
        "INSERT INTO dossier (kind, title, first, last, status) VALUES (?, ?, ?, ?, ?)",
        (development.kind, title, sort, sort, development.status),
    ).lastrowid
    assert key is not None
    return key


def _shared(mine: frozenset[str], theirs: frozenset[str]) -> int:
    """How many words of one have a word of the other that is it, or begins with it (a country and its adjective)."""
    return sum(
        any(word == other or (min(len(word), len(other)) >= 3 and (word.startswith(other) or other.startswith(word)))
            for other in theirs)
        for word in mine
    )  # fmt: skip


def list_dossiers(
    connection: sqlite3.Connection, *, kind: str | None, status: str | None, limit: int, before: tuple[int, int] | None
) -> list[DossierSummary]:
    """Dossiers, those with the newest development first."""
    conditions, values = ["o.merged IS NULL"], list[object]()
    for column, value in (("o.kind", kind), ("o.status", status)):
        if value is not None:
            conditions.append(f"{column} = ?")
            values.append(value)
    if before is not None:
        conditions.append("(o.last, o.key) < (?, ?)")
        values.extend(before)
    rows = connection.execute(
        "SELECT o.key, o.kind, coalesce(o.name, o.title), o.status, o.last, count(*), count(DISTINCT a.outlet), "
        "min(coalesce(d.date, a.published)), max(coalesce(d.date, a.published)) FROM "
        f"(SELECT * FROM dossier o WHERE {' AND '.join(conditions)} AND EXISTS (SELECT 1 FROM development d "
        "JOIN article a ON a.key = d.article WHERE d.dossier = o.key AND a.current AND d.verdict IS NOT 'rejected') "
        "ORDER BY o.last DESC, o.key DESC LIMIT ?) o "
        "JOIN dossier m ON m.key = o.key OR m.merged = o.key "
        "JOIN development d ON d.dossier = m.key JOIN article a ON a.key = d.article "
        "WHERE a.current AND d.verdict IS NOT 'rejected' GROUP BY o.key ORDER BY o.last DESC, o.key DESC",
        (*values, limit),
    )
    return [
        DossierSummary(
            key=key, kind=kind_, title=title, status=status_, developments=count, outlets=outlets,
            first=first, last=last_day, cursor=cursor(last, key),
        )
        for key, kind_, title, status_, last, count, outlets, first, last_day in rows
    ]  # fmt: skip


def read_dossier(connection: sqlite3.Connection, key: int) -> Dossier:
    """A dossier with all that is known of its process. Raises `NotFound`."""
    row = connection.execute(
        "SELECT coalesce(merged, key), kind, coalesce(name, title), status FROM dossier WHERE key = ?", (key,)
    ).fetchone()
    if row is None:
        raise NotFound(f"there is no dossier {key} in this archive")
    if row[0] != key:
        return read_dossier(connection, row[0])
    entries = entries_where(
        connection, DEVELOPMENT, "r.dossier IN (SELECT key FROM dossier WHERE key = ?1 OR merged = ?1)", (key,)
    )
    entries.sort(key=_day_of)
    names: Counter[str] = Counter(entry.speaker for entry in entries if entry.speaker)
    reasons = [
        Reason(text=span.text, article_id=entry.article_id, date=_day_of(entry)[0])
        for entry in entries
        for span in entry.record.reasons
    ]
    return Dossier(
        key=key, kind=row[1], title=row[2], status=row[3], parties=names.most_common(), timeline=_timeline(entries),
        reasons=reasons, conditions=_conditions(entries),
        articles=list(dict.fromkeys(entry.article_id for entry in entries)),
    )  # fmt: skip


def _day_of(entry: Entry[Development]) -> tuple[str, str]:
    return (entry.record.date or entry.published or "")[:10], entry.published or ""


def _timeline(entries: list[Entry[Development]]) -> list[Step]:
    steps: dict[tuple[str, str, str], list[Entry[Development]]] = {}
    for entry in entries:
        steps.setdefault((_day_of(entry)[0], entry.record.status, entry.record.modality), []).append(entry)
    return [
        Step(date=date or None, status=status, modality=modality, developments=reports)
        for (date, status, modality), reports in steps.items()
    ]


def _conditions(entries: list[Entry[Development]]) -> list[Condition]:
    found: list[Condition] = []
    for place, entry in enumerate(entries):
        for span in entry.record.conditions:
            words = set(stems(span.text))
            later = [
                other
                for other in entries[place + 1 :]
                if other.record.modality == "actual" and _day_of(other) > _day_of(entry)
            ]
            met = next((other for other in later if _fulfils(words, other)), None)
            found.append(
                Condition(text=span.text, article_id=entry.article_id, date=_day_of(entry)[0] or None, met=met)
            )
    return found


def _fulfils(words: set[str], entry: Entry[Development]) -> bool:
    spans = (entry.record.subject, entry.record.trigger, *entry.record.reasons)
    said = set(stems(" ".join(span.text for span in spans if span)))
    return len(words) >= 2 and len(words & said) * 2 > len(words)
