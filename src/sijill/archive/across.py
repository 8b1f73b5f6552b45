"""What joins an article's records to those of other articles: repeated quotations, denials, figures, related news.

Adding an article looks only at its neighbours: statements of the same speakers in the days around it,
and the few that full-text search finds for its claims. Nothing here walks the archive.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import msgspec

from sijill.archive import dossiers, index, judgements
from sijill.archive.analysis import stems, tag, trunk
from sijill.archive.identities import Identities
from sijill.archive.reading import ArticleSummary, Entry, entries_where, summaries
from sijill.archive.rows import FIGURE, TABLES
from sijill.record import Figure, Record, Span, Statement

DAYS_APART = 45
"""Days within which a quotation is taken for the same, and a denial for one of a claim."""
NEIGHBOURS = 60
"""Statements of one speaker that are compared with a new one, the nearest in time first."""
_DAY = 86400
_RAREST = 10
_CLAIMS = frozenset({"accuse", "say", "announce", "confirm"})
_QUOTED = frozenset({"direct", "mixed"})


class CrossLink(msgspec.Struct, frozen=True, kw_only=True):
    """Two records of different articles and what the first does to the second.

    ``reason`` holds the stems that they share.
    """

    from_: Entry[Any] = msgspec.field(name="from")
    rel: str
    to: Entry[Any]
    rule: str
    reason: str


@dataclass(slots=True)
class _Said:
    """A statement or figure as it is compared."""

    article: int
    id: str
    identity: int | None
    cluster: int | None
    form: str
    stems: list[str]
    sort: int

    trunks: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.trunks = frozenset(map(trunk, self.stems))


def join(connection: sqlite3.Connection, key: int, record: Record, identities: Identities) -> None:
    """Join a current version's records to those of other articles, inside the caller's transaction."""
    for identity in identities.new:
        judgements.judge_new(connection, identity)
    dossiers.join(connection, key, record)
    mine = _statements_of(connection, key, record)
    _link_repeats(connection, mine, {pair for party in record.parties for pair in pairwise(stems(party.name))})
    _link_denials(connection, key, record, mine)


def part(connection: sqlite3.Connection, key: int) -> None:
    """Take back what `join` made of a version; dossiers keep their clues for its return."""
    connection.execute(
        "DELETE FROM link WHERE (from_article = ?1 OR to_article = ?1) AND from_article <> to_article", (key,)
    )
    left = connection.execute(
        "SELECT DISTINCT dossier FROM development WHERE article = ? AND dossier IS NOT NULL", (key,)
    ).fetchall()
    connection.execute("UPDATE development SET dossier = NULL WHERE article = ?", (key,))
    for (dossier,) in left:
        dossiers.refresh(connection, dossier)


def links_of(connection: sqlite3.Connection, key: int) -> list[CrossLink]:
    """What the records of a version do to those of other current articles, and those to them."""
    rows = connection.execute(
        "SELECT l.from_article, l.from_id, l.rel, l.to_article, l.to_id, l.rule, l.reason FROM link l "
        "JOIN article f ON f.key = l.from_article JOIN article t ON t.key = l.to_article WHERE f.current AND t.current "
        "AND f.key <> t.key AND (l.from_article = ?1 OR l.to_article = ?1) ORDER BY f.sort DESC, t.sort DESC",
        (key,),
    ).fetchall()
    found: list[CrossLink] = []
    for from_article, from_id, rel, to_article, to_id, rule, reason in rows:
        one, other = _entry(connection, from_article, from_id), _entry(connection, to_article, to_id)
        if one and other:
            found.append(CrossLink(from_=one, rel=rel, to=other, rule=rule, reason=reason))
    return found


def _entry(connection: sqlite3.Connection, article: int, id: str) -> Entry[Any] | None:
    table = next((table for table in TABLES.values() if table.letter == id[:1]), None)
    if table is None or table.who is None:
        return None
    return next(iter(entries_where(connection, table, "r.article = ? AND r.id = ?", (article, id))), None)


def figures_beside(
    connection: sqlite3.Connection, key: int, figure: Figure, sort: int, text: str
) -> list[Entry[Figure]]:
    """Figures of other articles that count the same: the same what, in the same place or circumstances."""
    own = _figure_stems(figure, index.Sentences(text))
    if not own:
        return []
    any_of = " OR ".join(f'stem : "{stem}"' for stem in _rarest(own))
    expression = f'tags : "{tag("kind", "figure")}" AND tags : "{tag("what", figure.what)}" AND ({any_of})'
    rows = _near(connection, expression, sort, DAYS_APART, limit=40)
    keys = [index.key_of(rowid) for rowid in rows]
    marks = ", ".join("?" * len(keys))
    found = entries_where(connection, FIGURE, f"r.key IN ({marks}) AND r.article <> ?", (*keys, key))
    return [entry for entry in found if _same_count(figure, entry.record, own)]


def related(connection: sqlite3.Connection, key: int, limit: int) -> list[ArticleSummary]:
    """Articles whose words are most like those of an article's title and standfirst."""
    title, standfirst, sort = connection.execute(
        "SELECT title, standfirst, sort FROM article WHERE key = ?", (key,)
    ).fetchone()
    words = list(dict.fromkeys(stems(f"{title or ''}\n{standfirst or ''}")))[:12]
    if not words:
        return []
    # Two of the words at least, one in the title or standfirst: one alone would bring half the archive.
    any_of = " OR ".join(f'"{word}"' for word in words)
    rows = connection.execute(
        "SELECT rowid FROM article_search WHERE article_search MATCH ? AND rowid BETWEEN ? AND ? "
        "ORDER BY bm25(article_search, 3.0, 0.0, 1.0, 0.0, 0.0) LIMIT ?",
        (
            f"title : ({any_of})",
            index.first_row(sort - 2 * DAYS_APART * _DAY),
            index.first_row(sort + 2 * DAYS_APART * _DAY),
            limit + 1,
        ),
    )
    keys = [index.key_of(rowid) for (rowid,) in rows if index.key_of(rowid) != key][:limit]
    found = summaries(connection, keys)
    return [found[other] for other in keys]


def _statements_of(connection: sqlite3.Connection, key: int, record: Record) -> list[tuple[Statement, _Said]]:
    rows = connection.execute(
        "SELECT s.id, s.identity, i.cluster, s.sort FROM statement s LEFT JOIN identity i ON i.key = s.identity "
        "WHERE s.article = ? AND s.verdict IS NOT 'rejected' ORDER BY s.key",
        (key,),
    )
    return [
        (statement, _Said(key, id, identity, cluster, statement.form, _content_stems(statement.content), sort))
        for statement, (id, identity, cluster, sort) in zip(record.statements, rows, strict=True)
    ]


def _link_repeats(
    connection: sqlite3.Connection, mine: list[tuple[Statement, _Said]], names: set[tuple[str, str]]
) -> None:
    """Link each statement to those of the same speaker, in other articles, that have its words.

    To name the same party (``names``) is not to say the same.
    """
    by_speaker: dict[int, list[_Said]] = {}
    for _, said in mine:
        if said.cluster is not None and len(said.stems) > 1:
            by_speaker.setdefault(said.cluster, []).append(said)
    for cluster, statements in by_speaker.items():
        others = _said_nearby(connection, cluster, statements[0])
        for said in statements:
            for other in others:
                if words := _repeated(connection, said, other, names):
                    later, earlier = sorted((said, other), key=lambda one: (one.sort, one.article), reverse=True)
                    _link(connection, later, "repeats", earlier, "same speaker, same words", words)


def _said_nearby(connection: sqlite3.Connection, cluster: int, near: _Said) -> list[_Said]:
    names = [key for (key,) in connection.execute("SELECT key FROM identity WHERE cluster = ? LIMIT 20", (cluster,))]
    found: list[_Said] = []
    for identity in names:
        for direction, bound in (("<=", "DESC"), (">", "ASC")):
            rows = connection.execute(
                "SELECT s.article, s.id, s.form, s.sort, "
                "substr(t.text, s.content_start + 1, s.content_end - s.content_start) FROM statement s "
                "JOIN article a ON a.key = s.article JOIN article_text t ON t.article = s.article "
                f"WHERE s.identity = ? AND s.sort {direction} ? AND abs(s.sort - ?) <= ? AND s.article <> ? "
                f"AND a.current AND s.verdict IS NOT 'rejected' ORDER BY s.sort {bound} LIMIT ?",
                (identity, near.sort, near.sort, DAYS_APART * _DAY, near.article, NEIGHBOURS // 2),
            )
            found += [
                _Said(article, id, identity, cluster, form, stems(content), sort)
                for article, id, form, sort, content in rows
            ]
    return found


def _repeated(connection: sqlite3.Connection, one: _Said, other: _Said, names: set[tuple[str, str]]) -> str:
    """The words that two statements of a speaker share as one quotation, or nothing.

    Either most of the shorter one, or word pairs that nobody else in the archive uses.
    """
    pairs = (set(pairwise(one.stems)) & set(pairwise(other.stems))) - names
    if not pairs:
        return ""
    shorter = min(len(one.stems), len(other.stems)) - 1
    quoted = one.form in _QUOTED and other.form in _QUOTED
    if shorter >= 2 and len(pairs) >= 0.6 * shorter:
        return _said_words(pairs)
    own = {pair for pair in pairs if _only_by(connection, pair, one, other)}
    return _said_words(own) if len(own) >= 2 or (own and quoted) else ""


def _only_by(connection: sqlite3.Connection, pair: tuple[str, str], one: _Said, other: _Said) -> bool:
    mine = {identity for identity in (one.identity, other.identity) if identity}
    speakers = " OR ".join(f'tags : "{tag("who", identity)}"' for identity in mine)
    others = f'(stem : "{" ".join(pair)}" AND tags : "{tag("kind", "statement")}") NOT ({speakers})'
    return not connection.execute(
        "SELECT 1 FROM record_search WHERE record_search MATCH ? LIMIT 1", (others,)
    ).fetchone()


def _said_words(pairs: Iterable[tuple[str, str]]) -> str:
    return ", ".join(" ".join(pair) for pair in sorted(pairs))


def _link_denials(
    connection: sqlite3.Connection, key: int, record: Record, mine: list[tuple[Statement, _Said]]
) -> None:
    """Link denials here to the claims of other articles, and denials there to the claims of this one."""
    denials = [(statement, said) for statement, said in mine if statement.act == "deny"]
    for statement, said in denials:
        words = set(said.stems) | set(_content_stems(statement.target))
        if len(words) < 2:
            continue
        any_of = " OR ".join(f'stem : "{stem}"' for stem in _rarest(words))
        not_denials = f'tags : "{tag("act", "deny")}" OR tags : "{tag("kind", "event")}"'
        for rowid in _near(connection, f"({any_of}) NOT ({not_denials})", said.sort, DAYS_APART):
            claim = _claim(connection, rowid)
            if claim and claim.article != key and (shared := _denied(said, words, claim)):
                _link(connection, said, "denies", claim, "denial and claim share their words", shared)
    claims = [said for statement, said in mine if statement.act in _CLAIMS and len(said.stems) > 1]
    claims += _figures_of(connection, key, record)
    if not claims:
        return
    any_of = " OR ".join(f'stem : "{stem}"' for stem in _rarest({stem for claim in claims for stem in claim.stems}, 24))
    for rowid in _near(connection, f'tags : "{tag("act", "deny")}" AND ({any_of})', claims[0].sort, DAYS_APART):
        denial = _claim(connection, rowid)
        if denial is None or denial.article == key:
            continue
        for claim in claims:
            if shared := _denied(denial, set(denial.stems), claim):
                _link(connection, denial, "denies", claim, "denial and claim share their words", shared)


def _denied(denial: _Said, words: set[str], claim: _Said) -> str:
    """The words by which a denial is one of a claim: most of its own, by somebody other than who claims."""
    if denial.cluster is not None and denial.cluster == claim.cluster:
        return ""
    shared = {start: word for word in words if (start := trunk(word)) in claim.trunks}
    return ", ".join(sorted(shared.values())) if len(shared) >= 2 and len(shared) * 2 >= len(words) else ""


def _claim(connection: sqlite3.Connection, rowid: int) -> _Said | None:
    """A statement or figure found by search, as it is compared."""
    kind, key = index.kind_of(rowid), index.key_of(rowid)
    if kind == "statement":
        row = connection.execute(
            "SELECT s.article, s.id, s.identity, i.cluster, s.form, s.sort, "
            "substr(t.text, s.content_start + 1, s.content_end - s.content_start) || ' ' || "
            "coalesce(substr(t.text, s.target_start + 1, s.target_end - s.target_start), '') "
            "FROM statement s JOIN article_text t ON t.article = s.article "
            "LEFT JOIN identity i ON i.key = s.identity WHERE s.key = ?",
            (key,),
        ).fetchone()
        return _Said(row[0], row[1], row[2], row[3], row[4], stems(row[6]), row[5])
    if kind == "figure":
        row = connection.execute(
            "SELECT f.article, f.id, f.identity, i.cluster, f.sort, t.text, f.span_start, f.claimant FROM figure f "
            "JOIN article_text t ON t.article = f.article LEFT JOIN identity i ON i.key = f.identity WHERE f.key = ?",
            (key,),
        ).fetchone()
        words = stems(f"{index.Sentences(row[5]).around(row[6])} {row[7] or ''}")
        return _Said(row[0], row[1], row[2], row[3], "", words, row[4])
    return None


def _figures_of(connection: sqlite3.Connection, key: int, record: Record) -> list[_Said]:
    rows = connection.execute(
        "SELECT f.id, f.identity, i.cluster, f.sort FROM figure f LEFT JOIN identity i ON i.key = f.identity "
        "WHERE f.article = ? AND f.verdict IS NOT 'rejected' ORDER BY f.key",
        (key,),
    )
    sentences = index.Sentences(record.article.text)
    return [
        _Said(key, id, identity, cluster, "", [*_figure_stems(figure, sentences), *stems(figure.claimant or "")], sort)
        for figure, (id, identity, cluster, sort) in zip(record.figures, rows, strict=True)
    ]


def _figure_stems(figure: Figure, sentences: index.Sentences) -> list[str]:
    number = set(stems(figure.span.text))
    return [stem for stem in stems(sentences.around(figure.span.start)) if stem not in number]


def _same_count(figure: Figure, other: Figure, own: list[str]) -> bool:
    if figure.place and other.place:
        return bool(_trunks(figure.place.text) & _trunks(other.place.text))
    spans = (other.place, other.cause, other.by, other.period)
    theirs = _trunks(" ".join(span.text for span in spans if span))
    return bool(theirs & set(map(trunk, own)))


def _trunks(text: str) -> set[str]:
    return {trunk(stem) for stem in stems(text)}


def _near(connection: sqlite3.Connection, expression: str, sort: int, days: int, limit: int = 12) -> list[int]:
    rows = connection.execute(
        "SELECT rowid FROM record_search WHERE record_search MATCH ? AND rowid BETWEEN ? AND ? "
        "ORDER BY bm25(record_search, 0.0, 1.0, 0.0) LIMIT ?",
        (expression, index.first_row(sort - days * _DAY), index.first_row(sort + (days + 1) * _DAY), limit),
    )
    return [rowid for (rowid,) in rows]


def _content_stems(span: Span | None) -> list[str]:
    if span is None:
        return []
    return stems(" ".join(part.text for part in span.parts) if span.parts else span.text)


def _rarest(words: Iterable[str], most: int = _RAREST) -> list[str]:
    """The longest words: long ones are rare, and rare ones tell most."""
    return sorted(set(words), key=lambda word: (-len(word), word))[:most]


def _link(connection: sqlite3.Connection, one: _Said, rel: str, other: _Said, rule: str, reason: str) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO link (from_article, from_id, rel, to_article, to_id, rule, reason) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (one.article, one.id, rel, other.article, other.id, rule, reason),
    )
