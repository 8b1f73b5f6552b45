"""Finding: a question becomes one full-text expression, its best matches are ranked, shown, and counted.

All words first; where few records have them all, those that have some, the rare words before the
common. At most `RANKED` matches are ranked, so that a question that half the archive answers is no
slower than another: those with the words in their title or standfirst, then the newest.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from sijill.archive import index, ranking
from sijill.archive.analysis import Forms, forms, pieces, stem_prefix, tag, title_token
from sijill.archive.facets import facets_of
from sijill.archive.identities import Identities
from sijill.archive.query import BadQuestion, Filter, Question, RecordKind, Term, kind_tag, parse
from sijill.archive.ranking import Match
from sijill.archive.snippets import Wanted, snippet
from sijill.record import Development, Event, Figure, Party, Statement

Order = Literal["best", "recent", "newest", "oldest"]

RANKED = 500
"""How many matches are ranked; a question with more is answered from its titles and its newest."""
RANKED_LONG = 20_000
"""The same where some of more than `SHORT` words are enough: there the best is not where the newest is."""
SHORT = 3
COUNTED = 2_000
"""How many matches are counted exactly."""
FEW, FEW_LONG = 20, 100
"""With fewer matches for all words, some of them are enough; the second where there are more than `SHORT`."""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One thing found. ``id`` is the record's within its article, null for an article itself.

    ``snippet`` is cut from the text around the words found; ``marks`` are their offsets in it, in code points.
    ``score`` grows with relevance and compares only within one search.
    """

    kind: RecordKind
    article: str | None
    id: str | None
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    lang: str | None
    snippet: str
    marks: list[tuple[int, int]]
    score: float
    speaker: str | None = None
    verdict: str | None = None
    record: Statement | Figure | Development | Event | Party | None = None


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found.

    ``total`` is how many there are (``more``: at least so many); ``broadened`` says that too few had all the words
    and those with some are there as well. ``facets`` count the values of the ranked matches, fullest first;
    ``facets_of`` is how many these are. ``next`` continues the list, null at its end.
    """

    question: str
    results: list[Result]
    total: int
    more: bool
    broadened: bool
    facets: dict[str, dict[str, int]]
    facets_of: int
    next: str | None


def search(
    connection: sqlite3.Connection,
    text: str,
    *,
    over: RecordKind | None = None,
    order: Order = "best",
    limit: int = 20,
    after: str | None = None,
    facets: bool = True,
) -> Results:
    """Answer a question; see `sijill.archive.store.Archive.search`."""
    question = parse(text)
    kinds: list[RecordKind] = [over] if over else question.kinds
    if kinds == ["party"]:
        return _parties(connection, question, limit, facets)
    return _Search(connection, question, kinds, order).run(limit, after, facets)


class _Search:
    """One question put to one of the two search tables."""

    def __init__(
        self, connection: sqlite3.Connection, question: Question, kinds: Sequence[RecordKind], order: Order
    ) -> None:
        self.connection, self.question, self.kinds = connection, question, kinds
        self.articles = list(kinds) == ["article"]
        self.table = "article_search" if self.articles else "record_search"
        self.always = " OR ".join(_in("tags", tag("kind", kind)) for kind in self.kinds)
        self.words = _forms([term for term in question.terms if term.kind == "word" and not term.excluded])
        positive = any(not term.excluded for term in question.terms)
        self.order: Order = order if positive or order == "oldest" else "newest"

    def run(self, limit: int, after: str | None, facets: bool) -> Results:
        expression = self._all_words()
        rows, total = self._newest(expression, RANKED)
        broadened = False
        if self.words and total < (FEW if len(self.words) <= SHORT else FEW_LONG):
            wider = self._some_words()
            wider_rows, wider_total = self._newest(wider, self._budget())
            if wider_total > total:
                # The few that have all words may be older than those that are ranked.
                rows = list(dict.fromkeys([*rows, *wider_rows]))
                expression, total, broadened = wider, wider_total, True
        if self.order in ("best", "recent"):
            found = self._ranked(expression, rows, total, broadened)
            chosen, following = _page(found, limit, after)
        else:
            chosen, following = self._in_order(expression, limit, after)
            found = [Match(0.0, row) for row in rows]
        return Results(
            question=self.question.text,
            results=self._results(chosen, broadened),
            total=min(total, COUNTED),
            more=total > COUNTED,
            broadened=broadened,
            facets=facets_of(self.connection, [match.rowid for match in found]) if facets else {},
            facets_of=len(found) if facets else 0,
            next=following,
        )

    def _all_words(self) -> str:
        must = self._with_aliases([self._word(form) for form in self.words]) + self._required()
        return self._without(" AND ".join(must or [self.always]))

    def _some_words(self) -> str:
        """Any of the rarer words, by stem or root: the common ones alone would bring half the archive."""
        budget = self._budget()
        counts = sorted((self._count(self._word(form, by_root=True), budget), form) for form in self.words)
        rare: list[Forms] = []
        for count, form in counts:
            budget -= count
            if rare and budget < 0:
                break
            rare.append(form)
        must = [f"({' OR '.join(self._word(form, by_root=True) for form in rare)})", *self._required()]
        return self._without(" AND ".join(must))

    def _budget(self) -> int:
        return RANKED if len(self.words) <= SHORT else RANKED_LONG

    def _word(self, form: Forms, *, by_root: bool = False) -> str:
        if not form.stem:
            return _in("printed", form.printed)
        if by_root and self.articles:
            return f"({_in('stem', form.stem)} OR {_in('root', form.root)})"
        return _in("stem", form.stem)

    def _with_aliases(self, must: list[str]) -> list[str]:
        """The words, where they are a name with other names: of any of the names."""
        words = " ".join(term.text for term in self.question.terms if term.kind == "word" and not term.excluded)
        if not words or not must:
            return must
        others = Identities(self.connection).other_names(words)
        every = [" AND ".join(must)]
        for name in others:
            stems = [form.stem for form in map(forms, pieces(name)) if form.stem]
            every.append(" AND ".join(_in("stem", stem) for stem in stems))
        return [f"({' OR '.join(f'({names})' for names in every)})"] if len(every) > 1 else must

    def _required(self) -> list[str]:
        required = [_phrase(term) for term in self.question.terms if term.kind != "word" and not term.excluded]
        for name, filters in self.question.filters.items():
            wanted = [self._filter(name, filter) for filter in filters if not filter.excluded]
            if wanted and name not in ("after", "before"):
                required.append(f"({' OR '.join(wanted)})")
        return required

    def _without(self, must: str) -> str:
        excluded = [words for term in self.question.terms if term.excluded and (words := _phrase(term))]
        for name, filters in self.question.filters.items():
            excluded += [self._filter(name, filter) for filter in filters if filter.excluded]
        return f"({must}) NOT ({' OR '.join(excluded)})" if excluded else must

    def _filter(self, name: str, filter: Filter) -> str:
        if name == "speaker":
            identities = Identities(self.connection).meant(filter.value)
            names = [_in("tags", tag("who", identity)) for identity in identities]
            return f"({' OR '.join(names)})" if names else _in("tags", tag("who", "nobody"))
        if name == "kind":
            name, _kind, value = kind_tag(filter.value)
            return _in("tags", tag(name, value))
        return _in("tags", tag(name, filter.value))

    def _ask(self, columns: str, expression: str, tail: str = "", *values: Any) -> list[Any]:
        conditions, bounds = self._conditions(expression)
        question = f"SELECT {columns} FROM {self.table} WHERE {conditions} {tail}"
        return self.connection.execute(question, (*bounds, *values)).fetchall()

    def _conditions(self, expression: str) -> tuple[str, list[Any]]:
        conditions, values = [f"{self.table} MATCH ?"], list[Any]([expression])
        if self.question.first is not None:
            conditions.append("rowid >= ?")
            values.append(index.first_row(self.question.first))
        if self.question.last is not None:
            conditions.append("rowid < ?")
            values.append(index.first_row(self.question.last))
        if not self.articles and len(self.kinds) < len(index.INDEXED):
            conditions.append(f"{index.KIND_OF_ROW} IN ({', '.join(str(index.KINDS.index(k)) for k in self.kinds)})")
        return " AND ".join(conditions), values

    def _count(self, expression: str, most: int) -> int:
        """How many rows match, counted to one more than ``most``."""
        conditions, values = self._conditions(expression)
        question = f"SELECT count(*) FROM (SELECT 1 FROM {self.table} WHERE {conditions} LIMIT ?)"
        return self.connection.execute(question, (*values, most + 1)).fetchone()[0]

    def _rows(self, expression: str, most: int) -> list[int]:
        return [row for (row,) in self._ask("rowid", expression, "ORDER BY rowid DESC LIMIT ?", most)]

    def _newest(self, expression: str, most: int) -> tuple[list[int], int]:
        """The newest matches, and how many there are."""
        rows = self._rows(expression, max(most, COUNTED) + 1)
        return rows[:most], len(rows)

    def _ranked(self, expression: str, rows: list[int], total: int, broadened: bool) -> list[Match]:
        titles = " AND ".join(_in("title", title_token(form.stem)) for form in self.words if form.stem)
        if total > len(rows) and self.articles and titles:
            entitled = self._rows(f"({titles}) AND ({expression})", len(rows) // 2)
            rows = list(dict.fromkeys([*entitled, *rows]))[: len(rows)]
        words = _forms([term for term in self.question.terms if term.kind != "prefix" and not term.excluded])
        if self.articles:
            scores = ranking.score_articles(self.connection, rows, words, by_root=broadened)
        else:
            having = [self._having(form, expression, len(rows)) for form in self.words] if broadened else []
            scores = ranking.score_records(self.connection, rows, having)
        if self.order == "recent":
            scores = ranking.lift_newer(scores)
        return sorted((Match(score, row) for row, score in scores.items()), reverse=True)

    def _having(self, form: Forms, expression: str, most: int) -> list[int]:
        return self._rows(f"({self._word(form)}) AND ({expression})", most)

    def _in_order(self, expression: str, limit: int, after: str | None) -> tuple[list[Match], str | None]:
        newest = self.order == "newest"
        tail, values = f"ORDER BY rowid {'DESC' if newest else 'ASC'} LIMIT ?", list[Any]()
        if after is not None:
            tail = f"AND rowid {'<' if newest else '>'} ? {tail}"
            values.append(_number(after))
        rows = self._ask("rowid", expression, tail, *values, limit + 1)
        chosen = [Match(0.0, rowid) for (rowid,) in rows[:limit]]
        return chosen, str(chosen[-1].rowid) if len(rows) > limit else None

    def _results(self, matches: list[Match], broadened: bool) -> list[Result]:
        wanted = Wanted(self.words, self.question.terms, by_root=broadened)
        return [_result(self.connection, match, wanted) for match in matches]


def _result(connection: sqlite3.Connection, match: Match, wanted: Wanted) -> Result:
    kind, key = index.kind_of(match.rowid), index.key_of(match.rowid)
    if kind == "article":
        row = connection.execute(
            "SELECT a.id, a.title, a.outlet, a.published, a.url, a.lang, t.text "
            "FROM article a JOIN article_text t ON t.article = a.key WHERE a.key = ?",
            (key,),
        ).fetchone()
        record = verdict = speaker = id = None
        words, found = snippet(row[6], wanted)
    else:
        table = index.INDEXED[kind]
        row = connection.execute(
            "SELECT a.id, a.title, a.outlet, a.published, a.url, a.lang, t.text, r.verdict, c.name, "
            f"{table.select('r')} FROM {table.name} r JOIN article a ON a.key = r.article "
            "JOIN article_text t ON t.article = a.key "
            "LEFT JOIN identity i ON i.key = r.identity LEFT JOIN identity c ON c.key = i.cluster WHERE r.key = ?",
            (key,),
        ).fetchone()
        record = table.from_row(row[9:], row[6])
        verdict, speaker, id = row[7], row[8], record.id
        words, found = snippet(_words_of(record, row[6]), wanted)
    return Result(
        kind=kind, article=row[0], id=id, title=row[1], outlet=row[2], published=row[3], url=row[4], lang=row[5],
        snippet=words, marks=found, score=round(match.score, 4), speaker=speaker, verdict=verdict, record=record,
    )  # fmt: skip


def _words_of(record: Any, text: str) -> str:
    """What of a record is shown: what was said, or the line the record stands in."""
    if isinstance(record, Statement):
        return record.content.text
    span = record.span if isinstance(record, Figure) else record.trigger
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return text[start : end if end >= 0 else len(text)]


def _parties(connection: sqlite3.Connection, question: Question, limit: int, facets: bool) -> Results:
    """Identities whose names or roles have all the words, those who appear most first."""
    words = _forms([term for term in question.terms if not term.excluded])
    kinds = [kind_tag(filter.value)[2] for filter in question.filters.get("kind", []) if not filter.excluded]
    found = Identities(connection).found([form.stem for form in words if form.stem], [k for k in kinds if k != "party"])
    counts = Counter(kind for _, _, kind, _ in found)
    return Results(
        question=question.text,
        results=[
            Result(
                kind="party", article=None, id=None, title=name, outlet=None, published=None, url=None, lang=None,
                snippet=role or "", marks=[], score=float(appearances), speaker=name,
            )
            for name, role, _, appearances in found[:limit]
        ],
        total=len(found), more=False, broadened=False, facets={"kind": dict(counts.most_common())} if facets else {},
        facets_of=len(found) if facets else 0, next=None,
    )  # fmt: skip


def _page(found: list[Match], limit: int, after: str | None) -> tuple[list[Match], str | None]:
    if after is not None:
        last = _number(after)
        place = next((at for at, match in enumerate(found) if match.rowid == last), None)
        if place is None:
            raise BadQuestion(f"{after!r} is no place in these results: they have changed, or it is of another search")
        found = found[place + 1 :]
    chosen = found[:limit]
    return chosen, str(chosen[-1].rowid) if len(found) > limit else None


def _number(after: str) -> int:
    if not after.isdecimal():
        raise BadQuestion(f"{after!r} is no place in results: give the `next` of the page before")
    return int(after)


def _forms(terms: Sequence[Term]) -> list[Forms]:
    """The forms of all words that can be looked up: no marks, and no stop words unless there is nothing else."""
    found = [form for term in terms for piece in pieces(term.text) if piece[0].isalnum() and (form := forms(piece))]
    return list(dict.fromkeys([form for form in found if form.stem] or found))


def _in(column: str, token: str) -> str:
    return f'{column} : "{token}"'


def _phrase(term: Term) -> str:
    """A phrase, a prefix, or all the words of an excluded term; empty where it has no word."""
    found = [forms(piece).printed for piece in pieces(term.text)]
    if term.kind == "prefix":
        return f'(printed : "{"".join(found)}" * OR stem : "{stem_prefix(term.text)}" *)'
    if term.kind == "phrase":
        return _in("printed", " ".join(found))
    words = [_in("stem", form.stem) if form.stem else _in("printed", form.printed) for form in _forms([term])]
    return f"({' AND '.join(words)})" if words else ""
