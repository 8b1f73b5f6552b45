"""What the matches of a search have in common, counted."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter

from sijill.archive import index

WITHIN = 200
"""Of how many articles the records are counted, the best first."""
_SHOWN = 20

_COUNTED = {
    "statement": {"act": "r.act", "speaker": "c.name"},
    "figure": {"what": "r.what", "speaker": "c.name"},
    "development": {"process": "r.kind", "status": "r.status", "speaker": "c.name"},
    "event": {"type": "r.type", "speaker": "c.name"},
}


def facets_of(connection: sqlite3.Connection, rowids: list[int]) -> dict[str, dict[str, int]]:
    """How many of the matches have each outlet, section and year; each speaker, act, what, process and status.

    Where articles are searched, the second half counts the records in the first `WITHIN` of them.
    """
    keys: dict[str, list[int]] = {}
    for rowid in rowids:
        keys.setdefault(index.kind_of(rowid), []).append(index.key_of(rowid))
    facets: dict[str, Counter[str]] = {"kind": Counter({kind: len(found) for kind, found in keys.items()})}
    articles = keys.pop("article", [])
    for kind, found in keys.items():
        articles += _articles_of(connection, kind, found)
        _count_records(connection, facets, kind, "r.key", found)
    _count_articles(connection, facets, articles)
    if not keys:
        for kind in _COUNTED:
            _count_records(connection, facets, kind, "r.article", articles[:WITHIN])
    return {name: dict(counter.most_common(_SHOWN)) for name, counter in facets.items() if counter}


def _count_articles(connection: sqlite3.Connection, facets: dict[str, Counter[str]], articles: list[int]) -> None:
    outlets, sections, years = Counter[str](), Counter[str](), Counter[str]()
    times = Counter(articles)
    for key, outlet, breadcrumb, year in connection.execute(
        "SELECT key, outlet, sections, substr(coalesce(published, captured), 1, 4) FROM article "
        "WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(list(times)),),
    ):
        count = times[key]
        if outlet:
            outlets[outlet] += count
        if year:
            years[year] += count
        for section in json.loads(breadcrumb):
            sections[section] += count
    facets |= {"outlet": outlets, "section": sections, "year": years}


def _articles_of(connection: sqlite3.Connection, kind: str, keys: list[int]) -> list[int]:
    question = f"SELECT article FROM {kind} WHERE key IN (SELECT value FROM json_each(?))"
    return [article for (article,) in connection.execute(question, (json.dumps(keys),))]


def _count_records(
    connection: sqlite3.Connection, facets: dict[str, Counter[str]], kind: str, column: str, keys: list[int]
) -> None:
    values = _COUNTED[kind]
    rows = connection.execute(
        f"SELECT {', '.join(values.values())} FROM {kind} r LEFT JOIN identity i ON i.key = r.identity "
        f"LEFT JOIN identity c ON c.key = i.cluster "
        f"WHERE {column} IN (SELECT value FROM json_each(?)) AND r.verdict IS NOT 'rejected'",
        (json.dumps(keys),),
    )
    for row in rows:
        for name, value in zip(values, row, strict=True):
            if value is not None:
                facets.setdefault(name, Counter())[value] += 1
