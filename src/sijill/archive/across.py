"""What joins an article's records to those of other articles: repeated quotations, denials, figures, related news.

Adding an article looks only at its neighbours: statements of the same speakers in the days around it,
and what shares words with its claims and denials. Nothing here walks the archive, and no list that is
looked at grows with it: the longest are cut.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from json import dumps
from typing import Any

import msgspec

from sijill.archive import clues, dossiers, index
from sijill.archive.analysis import stems, tag, title_token, trunk
from sijill.archive.clues import Pairs, content_pairs, content_stems, pairs_of
from sijill.archive.reading import ArticleSummary, Entry, entries_where, marks, summaries
from sijill.archive.rows import FIGURE, TABLES
from sijill.record import Figure, Record, Statement

DAYS_APART = 45
"""Days within which a quotation is taken for the same."""
DENIED_WITHIN = 7
"""Days within which a denial is taken for one of a claim."""
NEIGHBOURS = 60
"""Statements of one speaker that are compared with a new one, the nearest in time first."""
_DAY = 86400
_OWN_WORDS_FOR = 365
"""Days around within which nobody else says words that are somebody's own."""
_RAREST = 10
_MOST_WORDS = 4
_MOST_ROWS = 100
"""Rows of one word that are counted, the newest first; with a common word alone nothing is found."""
_COMPARED = 8
_BESIDE = 40
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


@dataclass
class _Said:
    """A statement or figure as it is compared."""

    article: int
    id: str
    identity: int | None
    cluster: int | None
    form: str
    sort: int
    stems: Sequence[str] = ()
    pairs: Pairs = frozenset()

    @cached_property
    def trunks(self) -> dict[str, str]:
        """The stems by their beginnings."""
        return {trunk(stem): stem for stem in self.stems}


def join(connection: sqlite3.Connection, key: int, record: Record) -> None:
    """Join a current version's records, which are indexed, to those of other articles, in the caller's transaction."""
    dossiers.join(connection, key, record)
    mine = _statements_of(connection, key, record)
    _link_repeats(connection, mine, {pair for party in record.parties for pair in pairs_of(stems(party.name))})
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
    rows = _sharing(connection, _rarest(own), sort, DAYS_APART, also=f'tags : "{tag("what", figure.what)}"')
    keys = [index.key_of(row) for row in rows[:_BESIDE]]
    found = entries_where(connection, FIGURE, f"r.key IN ({marks(keys)}) AND r.article <> ?", (*keys, key))
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
    any_of = " OR ".join(f'"{title_token(word)}"' for word in words)
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
    found: list[tuple[Statement, _Said]] = []
    for statement, (id, identity, cluster, sort) in zip(record.statements, rows, strict=True):
        words, pairs = content_stems(statement.content), content_pairs(statement.content)
        found.append((statement, _Said(key, id, identity, cluster, statement.form, sort, words, pairs)))
    return found


def _link_repeats(connection: sqlite3.Connection, mine: list[tuple[Statement, _Said]], names: set[int]) -> None:
    """Link each statement to those of the same speaker, in other articles, that have its words.

    To name the same party (``names``) is not to say the same.
    """
    by_speaker: dict[int, list[_Said]] = {}
    for _, said in mine:
        if said.cluster is not None and said.pairs:
            by_speaker.setdefault(said.cluster, []).append(said)
    for cluster, statements in by_speaker.items():
        others = _said_nearby(connection, cluster, statements[0])
        for said in statements:
            for other in others:
                shared = (said.pairs & other.pairs) - names
                if shared and (words := _repeated(connection, said, other, shared)):
                    later, earlier = sorted((said, other), key=lambda one: (one.sort, one.article), reverse=True)
                    _link(connection, later, "repeats", earlier, "same speaker, same words", words)


def _said_nearby(connection: sqlite3.Connection, cluster: int, near: _Said) -> list[_Said]:
    names = [key for (key,) in connection.execute("SELECT key FROM identity WHERE cluster = ? LIMIT 20", (cluster,))]
    first, last = near.sort - DAYS_APART * _DAY, near.sort + DAYS_APART * _DAY
    found: list[_Said] = []
    for identity in names:
        for bounds, order in (((first, near.sort), "DESC"), ((near.sort + 1, last), "ASC")):
            rows = connection.execute(
                "SELECT article, id, form, sort, pairs FROM statement WHERE identity = ? AND sort BETWEEN ? AND ? "
                f"AND pairs IS NOT NULL AND article <> ? ORDER BY sort {order} LIMIT ?",
                (identity, *bounds, near.article, NEIGHBOURS // 2),
            )
            found += [
                _Said(article, id, identity, cluster, form, sort, pairs=clues.unpacked(pairs))
                for article, id, form, sort, pairs in rows
            ]
    return found


def _repeated(connection: sqlite3.Connection, one: _Said, other: _Said, shared: Pairs) -> str:
    """The words that two statements of a speaker, the first one's article being joined, share as one quotation.

    Either most of the shorter one, or word pairs that nobody else in the archive uses in these months.
    """
    pairs = {two for two in pairwise(one.stems) if pairs_of(two) <= shared}
    shorter = min(len(one.pairs), len(other.pairs))
    quoted = one.form in _QUOTED and other.form in _QUOTED
    if shorter >= 2 and len(pairs) >= 0.6 * shorter:
        return _said_words(pairs)
    if len(pairs) < 2 and not quoted:
        return ""
    own = {two for two in pairs if _only_by(connection, two, one, other)}
    return _said_words(own) if len(own) >= 2 or (own and quoted) else ""


def _only_by(connection: sqlite3.Connection, two: tuple[str, str], one: _Said, other: _Said) -> bool:
    return not connection.execute(
        f"SELECT 1 FROM (SELECT {index.KEY_OF_ROW} AS key FROM record_search WHERE record_search MATCH ? "
        f"AND rowid BETWEEN ? AND ? AND {index.KIND_OF_ROW} = {index.KINDS.index('statement')}) f "
        "CROSS JOIN statement s ON s.key = f.key "
        "WHERE s.identity IS NOT ? AND s.identity IS NOT ? AND s.article <> ? LIMIT 1",
        (
            f'stem : "{" ".join(two)}"',
            *_days_around(one.sort, _OWN_WORDS_FOR),
            one.identity,
            other.identity,
            one.article,
        ),
    ).fetchone()


def _said_words(pairs: Iterable[tuple[str, str]]) -> str:
    return ", ".join(" ".join(pair) for pair in sorted(pairs))


def _link_denials(
    connection: sqlite3.Connection, key: int, record: Record, mine: list[tuple[Statement, _Said]]
) -> None:
    """Link denials here to the claims of other articles, and denials there to the claims of this one."""
    for statement, said in mine:
        if statement.act != "deny":
            continue
        denial = replace(said, stems=clues.denied_stems(statement))
        for row in _claims_of(connection, denial):
            claim = _claim(connection, row)
            if claim and claim.article != key:
                _link_denial(connection, denial, claim)
    claims = [said for statement, said in mine if statement.act in _CLAIMS and len(said.stems) > 1]
    claims += _figures_of(connection, key, record)
    if claims:
        words = {word for claim in claims for word in claim.trunks}
        for row, shared, enough in _denials_of(connection, words, claims[0].sort):
            denied = [claim for claim in claims if len(shared & claim.trunks.keys()) >= enough]
            denial = _statement(connection, row, denials=True) if denied else None
            if denial and denial.article != key:
                for claim in denied:
                    _link_denial(connection, denial, claim)


def _link_denial(connection: sqlite3.Connection, denial: _Said, claim: _Said) -> None:
    """Link a denial to a claim that has most of its words and is made by somebody else."""
    if denial.cluster is not None and denial.cluster == claim.cluster:
        return
    shared = denial.trunks.keys() & claim.trunks.keys()
    if len(shared) >= 2 and len(shared) * 2 >= len(denial.trunks):
        reason = ", ".join(sorted(denial.trunks[start] for start in shared))
        _link(connection, denial, "denies", claim, "denial and claim share their words", reason)


def _claims_of(connection: sqlite3.Connection, denial: _Said) -> list[int]:
    """Search rows of other articles near a denial's day that have most of its words, the likeliest first.

    A claim that has half of the words has one of any half of them, so the longest, which are the rarest, will do.
    """
    words = set(denial.stems)
    rows = _sharing(connection, _rarest(words, min(_MOST_WORDS, len(words) // 2 + 1)), denial.sort, DENIED_WITHIN)
    own = set(index.rows_of(connection, denial.article, ("statement", "figure")))
    return [row for row in rows if index.kind_of(row) in ("statement", "figure") and row not in own][:_COMPARED]


def _sharing(connection: sqlite3.Connection, words: Iterable[str], sort: int, days: int, also: str = "") -> list[int]:
    """Search rows near a day that have any of the words, those with most of them first."""
    counts: Counter[int] = Counter()
    for word in words:
        rows = connection.execute(
            "SELECT rowid FROM record_search WHERE record_search MATCH ? AND rowid BETWEEN ? AND ? "
            "ORDER BY rowid DESC LIMIT ?",
            (f'stem : "{word}"{also and " AND "}{also}', *_days_around(sort, days), _MOST_ROWS),
        )
        counts.update(row for (row,) in rows)
    return [row for row, _ in counts.most_common()]


def _denials_of(connection: sqlite3.Connection, words: set[str], sort: int) -> list[tuple[int, set[str], int]]:
    """The denials near a day at least half of whose words are among these: which are, and how many are enough."""
    rows = connection.execute(
        "SELECT statement, group_concat(clue, ' '), max(2, (clues + 1) / 2) FROM denial_clue "
        "WHERE clue IN (SELECT value FROM json_each(?)) AND sort BETWEEN ? AND ? "
        "GROUP BY statement HAVING count(*) >= 2 AND count(*) * 2 >= clues",
        (dumps(sorted(words)), sort - DENIED_WITHIN * _DAY, sort + (DENIED_WITHIN + 1) * _DAY),
    )
    return [(row, set(words.split()), enough) for row, words, enough in rows]


def _claim(connection: sqlite3.Connection, row: int) -> _Said | None:
    """A claim found by search, as it is compared; None where it is another denial."""
    key = index.key_of(row)
    return _figure(connection, key) if index.kind_of(row) == "figure" else _statement(connection, key, denials=False)


def _statement(connection: sqlite3.Connection, key: int, *, denials: bool) -> _Said | None:
    """A statement as it is compared, with its target; None where it is a denial and should be none, or the reverse."""
    row = connection.execute(
        "SELECT s.article, s.id, s.identity, i.cluster, s.form, s.sort, "
        "substr(t.text, s.content_start + 1, s.content_end - s.content_start) || ' ' || "
        "coalesce(substr(t.text, s.target_start + 1, s.target_end - s.target_start), '') "
        "FROM statement s JOIN article_text t ON t.article = s.article "
        "LEFT JOIN identity i ON i.key = s.identity WHERE s.key = ? AND (s.act = 'deny') = ?",
        (key, denials),
    ).fetchone()
    if row is None:
        return None
    article, id, identity, cluster, form, sort, words = row
    return _Said(article, id, identity, cluster, form, sort, stems(words))


def _figure(connection: sqlite3.Connection, key: int) -> _Said:
    """A figure as it is compared: by the sentence it stands in, and who claims it."""
    article, id, identity, cluster, sort, text, start, claimant = connection.execute(
        "SELECT f.article, f.id, f.identity, i.cluster, f.sort, t.text, f.span_start, f.claimant FROM figure f "
        "JOIN article_text t ON t.article = f.article LEFT JOIN identity i ON i.key = f.identity WHERE f.key = ?",
        (key,),
    ).fetchone()
    words = stems(f"{index.Sentences(text).around(start)} {claimant or ''}")
    return _Said(article, id, identity, cluster, "", sort, words)


def _figures_of(connection: sqlite3.Connection, key: int, record: Record) -> list[_Said]:
    rows = connection.execute(
        "SELECT f.id, f.identity, i.cluster, f.sort FROM figure f LEFT JOIN identity i ON i.key = f.identity "
        "WHERE f.article = ? AND f.verdict IS NOT 'rejected' ORDER BY f.key",
        (key,),
    )
    sentences = index.Sentences(record.article.text)
    return [
        _Said(key, id, identity, cluster, "", sort, [*_figure_stems(figure, sentences), *stems(figure.claimant or "")])
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


def _days_around(sort: int, days: int) -> tuple[int, int]:
    """The bounds of the search rows of so many days before and after a day."""
    return index.first_row(sort - days * _DAY), index.first_row(sort + (days + 1) * _DAY)


def _rarest(words: Iterable[str], most: int = _RAREST) -> list[str]:
    """The longest words: long ones are rare, and rare ones tell most."""
    return sorted(set(words), key=lambda word: (-len(word), word))[:most]


def _link(connection: sqlite3.Connection, one: _Said, rel: str, other: _Said, rule: str, reason: str) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO link (from_article, from_id, rel, to_article, to_id, rule, reason) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (one.article, one.id, rel, other.article, other.id, rule, reason),
    )
