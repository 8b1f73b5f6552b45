"""Dossiers: the developments of one process gathered, its timeline, and where it stands.

A development joins the dossier of its kind whose name and circumstances it shares. What tells two
processes of a kind apart is the word that stands next to the kind's ("humanitarian truce", "French
draft"), else the rest of their subjects where these say enough; a bare "the truce" is the one last
spoken of in the same circumstances.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import UTC, datetime
from itertools import groupby, pairwise
from json import dumps
from typing import NamedTuple

import msgspec

from sijill.archive.analysis import Forms, all_forms, process_words, stems, trunk
from sijill.archive.errors import NotFound
from sijill.archive.order import after_cursor, cursor
from sijill.archive.reading import Entry, entries_where, marks, strings
from sijill.archive.rows import DEVELOPMENT, encode
from sijill.archive.titles import title_of, worth
from sijill.record import Development, Record

LONGEST_PAUSE = 120
"""Days of silence after which a bare name means another process."""
_DAY = 86400
_MOST_OF_CLUE = 60
"""Dossiers of one word that are looked at, those of the newest months first."""
_RECENT = 20
"""Developments of the newest articles among which the present status is found."""
_MOST_LATER = 100
"""Developments behind the part of a dossier that is shown among which one is looked for that meets a condition."""
_MOST_CANDIDATES = 10
_MOST_WORDS = 60
_ENOUGH = 2
"""Words of a subject with which it can be told from another."""
_NOT_REPORTED = "'accuse', 'demand', 'threaten', 'warn', 'ask', 'propose', 'expect', 'deny'"
_DAY_OF = "substr(CASE WHEN length(d.date) >= 10 AND d.modality = 'actual' THEN d.date ELSE a.published END, 1, 10)"
"""The day of what happened, else of its report: plans and years would stretch a dossier's time beyond both ends."""
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
    """One process through time, or a part of its time.

    ``parties`` and ``articles`` are those of all its ``developments``, the rest is of the part that was asked for;
    ``older`` asks for the part before it, null at the beginning.
    """

    key: int
    kind: str
    title: str
    status: str
    developments: int
    parties: list[tuple[str, int]]
    timeline: list[Step]
    reasons: list[Reason]
    conditions: list[Condition]
    articles: list[str]
    older: str | None


class _Clues(NamedTuple):
    """Beginnings of words: of the process's own name, of the rest of its subject, of the article's title."""

    name: frozenset[str]
    subject: frozenset[str]
    context: frozenset[str]

    def contradict(self, name: frozenset[str], subject: frozenset[str]) -> bool:
        """Whether another process of these words must be another one."""
        if self.name and name:
            return not (self.name & (name | subject) or name & self.subject)
        mine, theirs = self.name | self.subject, name | subject
        return min(len(mine), len(theirs)) >= _ENOUGH and not mine & theirs

    def with_those(self, other: _Clues | None) -> _Clues:
        """These and other clues of one process."""
        return _Clues(*(mine | theirs for mine, theirs in zip(self, other, strict=True))) if other else self


def join(connection: sqlite3.Connection, key: int, record: Record) -> None:
    """Lay every development of a version into its dossier, an old one or a new one."""
    article = record.article
    title = " ".join(part for part in (article.title, article.standfirst) if part)
    rows = connection.execute(
        "SELECT key, sort FROM development WHERE article = ? AND verdict IS NOT 'rejected' ORDER BY key", (key,)
    ).fetchall()
    here: dict[str, dict[int, _Clues]] = {}
    told = [(development, _clues_of(development, title, article.lang)) for development in record.developments]
    named: dict[str, tuple[Development, _Clues]] = {}
    for development, clues in told:
        if clues.name:
            named.setdefault(development.kind, (development, clues))
    for (row, sort), (development, clues) in zip(rows, told, strict=True):
        before = here.setdefault(development.kind, {})
        # What an article leaves without a name at first has the name that it gives next.
        first = (development, clues) if before else named.get(development.kind, (development, clues))
        dossier = _of_article(before, clues) or _find(connection, first[0], sort, first[1])
        if dossier is None:
            dossier = open_dossier(connection, first[0], sort, article.lang)
        before[dossier] = clues.with_those(before.pop(dossier, None))
        connection.execute("UPDATE development SET dossier = ? WHERE key = ?", (dossier, row))
        month = _month(sort)
        connection.executemany(
            "INSERT OR IGNORE INTO dossier_clue (kind, clue, month, dossier) VALUES (?, ?, ?, ?)",
            [(development.kind, clue, month, dossier) for words in clues for clue in words],
        )
        _remember(connection, dossier, clues)
        _entitle(connection, dossier, development, article.lang)
    for dossier in {dossier for found in here.values() for dossier in found}:
        refresh(connection, dossier)


def _clues_of(development: Development, title: str, lang: str) -> _Clues:
    generic = process_words(lang, development.kind)
    subject = [form for span in (development.subject, *development.sponsors) if span for form in _naming(span.text)]
    # The name is what follows the word for the process, up to the first small word, mark or number.
    name: set[str] = set()
    for before, form in pairwise(subject):
        if before.stem and (before.stem in generic or trunk(before.stem) in name) and _tells(form, generic):
            name.add(trunk(form.stem))
    rest = {trunk(form.stem) for form in subject if _tells(form, generic)} - name
    context = {trunk(stem) for stem in stems(title) if stem not in generic} - name - rest
    return _Clues(frozenset(name), frozenset(rest), frozenset(context))


def _naming(text: str) -> list[Forms]:
    """The words of a subject that may name it: up to a mark behind which more than a name stands.

    >>> [form.printed for form in _naming("هدنة «صامدة في مجملها» رغم حوادث")]
    ['هدنة']
    """
    found: list[Forms] = []
    for is_word, stretch in groupby(all_forms(text), lambda form: form.printed[:1].isalnum()):
        forms = list(stretch)
        if is_word and found and len(forms) > 1 and not found[-1].printed[:1].isalnum():
            return found[:-1]
        found += forms
    return found


def _tells(form: Forms, generic: frozenset[str]) -> bool:
    return len(form.stem) > 2 and form.stem not in generic and not form.stem[0].isdigit()


def refresh(connection: sqlite3.Connection, key: int) -> None:
    """Find again the span of time of a dossier and its present status: that of its newest actual development.

    What somebody is accused of, is asked for or threatened with is said, not reported: it leaves the status as it is.
    """
    connection.execute(
        "UPDATE dossier SET first = coalesce((SELECT min(sort) FROM development WHERE dossier = ?1), first), "
        "last = coalesce((SELECT max(sort) FROM development WHERE dossier = ?1), last) WHERE key = ?1",
        (key,),
    )
    newest: list[tuple[str, int, str, int, int, str, int]] = []
    parts = connection.execute("SELECT key FROM dossier WHERE key = ?1 OR merged = ?1", (key,)).fetchall()
    for (part,) in parts:
        newest += connection.execute(
            "SELECT substr(coalesce(d.date, a.published, a.captured, a.added), 1, 10), d.sort, a.id, "
            "d.trigger_start, d.trigger_end, d.status, d.article "
            "FROM development d JOIN article a ON a.key = d.article "
            "WHERE d.dossier = ? AND a.current AND d.verdict IS NOT 'rejected' AND d.modality = 'actual' "
            "ORDER BY d.sort DESC LIMIT ?",
            (part, _RECENT),
        )
    told = ((status, article, start, end) for *_, start, end, status, article in sorted(newest, reverse=True))
    status = next((status for status, *words in told if not _is_said(connection, *words)), None)
    if status:
        connection.execute("UPDATE dossier SET status = ? WHERE key = ?", (status, key))


def _is_said(connection: sqlite3.Connection, article: int, start: int, end: int) -> bool:
    """Whether words of an article stand in what somebody is accused of, is asked for, threatened with …"""
    found = connection.execute(
        f"SELECT 1 FROM statement WHERE article = ? AND act IN ({_NOT_REPORTED}) AND content_start <= ? "
        "AND content_end >= ? LIMIT 1",
        (article, start, end),
    )
    return found.fetchone() is not None


def _of_article(here: dict[int, _Clues], clues: _Clues) -> int | None:
    """The dossier that the same article has spoken of last, unless under another name."""
    for dossier, others in reversed(here.items()):
        if not clues.contradict(others.name, others.subject):
            return dossier
    return None


def _find(connection: sqlite3.Connection, development: Development, sort: int, clues: _Clues) -> int | None:
    best, chosen = 0.0, None
    for dossier, shared, (first, last), status, names, subjects in _candidates(
        connection, development.kind, sort, clues
    ):
        name, subject = frozenset(strings(names)), frozenset(strings(subjects))
        if clues.contradict(name, subject):
            continue
        if not clues.name & name and (
            _is_new(development, status, sort, last) or _is_earlier(connection, dossier, development, sort, first)
        ):
            continue
        near = 1 - min(max(first - sort, sort - last, 0) / (LONGEST_PAUSE * _DAY), 1)
        score = 3 * len(clues.name & name) + min(shared, 3) + near
        if score > best:
            best, chosen = score, dossier
    return chosen


def _is_new(development: Development, status: str, sort: int, last: int) -> bool:
    """Whether a process begins again after its end: that is another one."""
    return status in _OVER and development.status in _OPENING and sort > last


def _is_earlier(connection: sqlite3.Connection, dossier: int, development: Development, sort: int, first: int) -> bool:
    """Whether a process had come to an end before this one began: what `_is_new` says of pages that come late."""
    if development.status not in _OVER or sort >= first:
        return False
    opening = connection.execute(
        "SELECT status FROM development WHERE dossier = ? AND modality = 'actual' ORDER BY sort LIMIT 1", (dossier,)
    ).fetchone()
    return opening is not None and opening[0] in _OPENING


def _candidates(
    connection: sqlite3.Connection, kind: str, sort: int, clues: _Clues
) -> list[tuple[int, int, tuple[int, int], str, str, str]]:
    """Dossiers of the months around that share most words: with how many, their span, status, names and subjects."""
    months = (_month(sort - LONGEST_PAUSE * _DAY), _month(sort + LONGEST_PAUSE * _DAY))
    shared: Counter[int] = Counter()
    for clue in sorted(clues.name | clues.subject | clues.context):
        rows = connection.execute(
            "SELECT dossier FROM dossier_clue WHERE kind = ? AND clue = ? AND month BETWEEN ? AND ? "
            "ORDER BY month DESC LIMIT ?",
            (kind, clue, *months, _MOST_OF_CLUE),
        )
        shared.update({dossier for (dossier,) in rows})
    likely = [dossier for dossier, _ in shared.most_common(_MOST_CANDIDATES)]
    found = connection.execute(
        "SELECT o.key, d.key, d.first, d.last, d.status, d.names, d.subjects FROM dossier o "
        f"JOIN dossier d ON d.key = coalesce(o.merged, o.key) WHERE o.key IN ({marks(likely)})",
        likely,
    )
    return [(key, shared[own], (first, last), *rest) for own, key, first, last, *rest in found]


def _remember(connection: sqlite3.Connection, dossier: int, clues: _Clues) -> None:
    """Add what a development calls its process to what the dossier is known by."""
    names, subjects = map(
        strings, connection.execute("SELECT names, subjects FROM dossier WHERE key = ?", (dossier,)).fetchone()
    )
    new = (sorted({*names, *clues.name})[:_MOST_WORDS], sorted({*subjects, *clues.subject})[:_MOST_WORDS])
    if new != (names, subjects):
        connection.execute("UPDATE dossier SET names = ?, subjects = ? WHERE key = ?", (*map(encode, new), dossier))


def _entitle(connection: sqlite3.Connection, dossier: int, development: Development, lang: str) -> None:
    """Call a dossier by what a development calls its process, where that tells it better from others."""
    if development.subject:
        title = title_of(development.subject.text, lang)
        (present,) = connection.execute("SELECT title FROM dossier WHERE key = ?", (dossier,)).fetchone()
        if worth(title, lang, development.kind) > worth(present, lang, development.kind):
            connection.execute("UPDATE dossier SET title = ? WHERE key = ?", (title, dossier))


def _month(sort: int) -> str:
    return datetime.fromtimestamp(sort, UTC).strftime("%Y-%m")


def open_dossier(connection: sqlite3.Connection, development: Development, sort: int, lang: str) -> int:
    """A new dossier under the words of its first development; returns its key."""
    title = title_of(development.subject.text, lang) if development.subject else development.trigger.text
    key = connection.execute(
        "INSERT INTO dossier (kind, title, first, last, status) VALUES (?, ?, ?, ?, ?)",
        (development.kind, title, sort, sort, development.status),
    ).lastrowid
    assert key is not None
    return key


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
        f"min({_DAY_OF}), max({_DAY_OF}) FROM "
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


def read_dossier(
    connection: sqlite3.Connection, key: int, *, limit: int | None = None, before: tuple[int, int] | None = None
) -> Dossier:
    """A dossier with all that is known of its process, or its last ``limit`` developments, those before a place.

    Raises `NotFound`.
    """
    row = connection.execute(
        "SELECT coalesce(merged, key), kind, coalesce(name, title), status FROM dossier WHERE key = ?", (key,)
    ).fetchone()
    if row is None:
        raise NotFound(f"there is no dossier {key} in this archive")
    if row[0] != key:
        return read_dossier(connection, row[0], limit=limit, before=before)
    places = connection.execute(
        "SELECT r.key, a.id, c.name FROM development r JOIN article a ON a.key = r.article "
        "LEFT JOIN identity i ON i.key = r.identity LEFT JOIN identity c ON c.key = i.cluster "
        "WHERE r.dossier IN (SELECT key FROM dossier WHERE key = ?1 OR merged = ?1) "
        "AND a.current AND r.verdict IS NOT 'rejected' "
        "ORDER BY substr(coalesce(r.date, a.published), 1, 10), a.published, r.sort, r.key",
        (key,),
    ).fetchall()
    rows = [place[0] for place in places]
    end = len(rows) if before is None else rows.index(before[1]) if before[1] in rows else 0
    start = 0 if limit is None else max(0, end - limit)
    entries = _developments(connection, rows[start:end])
    has_conditions = any(entry.record.conditions for entry in entries)
    later = _developments(connection, rows[end : end + _MOST_LATER]) if has_conditions else []
    names: Counter[str] = Counter(name for _, _, name in places if name)
    reasons = [
        Reason(text=span.text, article_id=entry.article_id, date=_day_of(entry)[0])
        for entry in entries
        for span in entry.record.reasons
    ]
    return Dossier(
        key=key, kind=row[1], title=row[2], status=row[3], developments=len(rows), parties=names.most_common(),
        timeline=_timeline(entries), reasons=reasons, conditions=_conditions(entries, later),
        articles=list(dict.fromkeys(article for _, article, _ in places)), older=entries[0].cursor if start else None,
    )  # fmt: skip


def _developments(connection: sqlite3.Connection, rows: list[int]) -> list[Entry[Development]]:
    """Developments in the order of their rows."""
    found = entries_where(connection, DEVELOPMENT, "r.key IN (SELECT value FROM json_each(?))", (dumps(rows),))
    places = {row: place for place, row in enumerate(rows)}
    return sorted(found, key=lambda entry: places[after_cursor(entry.cursor)[1]])


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


def _conditions(entries: list[Entry[Development]], after: list[Entry[Development]]) -> list[Condition]:
    """The conditions set in some developments, met in one of these or of those that come after."""
    found: list[Condition] = []
    for place, entry in enumerate(entries):
        for span in entry.record.conditions:
            words = set(stems(span.text))
            later = [
                other
                for other in (*entries[place + 1 :], *after)
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
