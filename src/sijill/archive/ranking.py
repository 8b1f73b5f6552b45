"""The order of what was found: BM25 over the weights that articles keep of their words.

Only the rows that are ranked are looked at, whatever else in the archive has the words.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from sijill.archive import index
from sijill.archive.analysis import Forms
from sijill.archive.weights import ROOT, rarity, root_key, stem_key, weight

HALF_LIFE = 90
"""Days after which a match weighs half in the order ``recent``."""
_COUNTED = 2_000
"""How far the rows that have a word are counted, to know how rare it is."""
_USUAL_RECORD = 100
"""Code points of a record of usual length."""


class Match(NamedTuple):
    """A search row and how well it answers."""

    score: float
    rowid: int


def score_articles(
    connection: sqlite3.Connection, rows: Sequence[int], words: Sequence[Forms], *, by_root: bool
) -> dict[int, float]:
    """BM25 of each row's article for the words, by their stems and where asked by their roots too."""
    scores = dict.fromkeys(rows, 0.0)
    words = [form for form in words if form.stem]
    if not words:
        return scores
    (articles,) = connection.execute("SELECT coalesce(max(key), 0) FROM article").fetchone()
    keys = [(stem_key(form.stem), _rarity_of(connection, "stem", form.stem, articles)) for form in words]
    roots = [form.root for form in words] if by_root else []
    rooted = [(root_key(root), stem_key(root), ROOT * _rarity_of(connection, "root", root, articles)) for root in roots]
    for row, weights in connection.execute(
        "SELECT row, words FROM article_words WHERE row IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(rows)),),
    ):
        scores[row] = sum([share * weight(weights, key) for key, share in keys]) + sum(
            [share * (weight(weights, key) or weight(weights, stem)) for key, stem, share in rooted]
        )
    return scores


def score_records(
    connection: sqlite3.Connection, rows: Sequence[int], having: Sequence[Sequence[int]]
) -> dict[int, float]:
    """How rare the words are that each row's record has, the more the fewer others it has.

    ``having`` are rows that have each word, where not all rows have all; those beyond ``rows`` count for nothing.
    """
    scores = dict.fromkeys(rows, 0.0 if having else 1.0)
    for found in having:
        share = rarity(len(found), len(rows)) + 1
        for row in scores.keys() & set(found):
            scores[row] += share
    lengths = _lengths(connection, rows)
    return {row: score / (1 + lengths.get(row, _USUAL_RECORD) / _USUAL_RECORD) for row, score in scores.items()}


def lift_newer(scores: dict[int, float]) -> dict[int, float]:
    """The scores with each `HALF_LIFE` of age, counted from the newest, making them half."""
    newest = index.days_of(max(scores, default=0))
    return {row: score * 0.5 ** ((newest - index.days_of(row)) / HALF_LIFE) for row, score in scores.items()}


def _rarity_of(connection: sqlite3.Connection, column: str, token: str, articles: int) -> float:
    (having,) = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM article_search WHERE article_search MATCH ? LIMIT ?)",
        (f'{column} : "{token}"', _COUNTED),
    ).fetchone()
    return rarity(having, articles)


def _lengths(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, int]:
    """Code points of what was said, of the rows that are statements."""
    row_of = {index.key_of(row): row for row in rows if index.kind_of(row) == "statement"}
    lengths = connection.execute(
        "SELECT key, content_end - content_start FROM statement WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(row_of)),),
    )
    return {row_of[key]: length for key, length in lengths}
