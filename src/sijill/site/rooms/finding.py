"""Search: one question over articles and every kind of record, with facets to narrow it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import msgspec

from sijill import show_columns
from sijill.archive.query import BadQuestion, RecordKind
from sijill.archive.search import Order, Result, Results
from sijill.record import Act, Process, Status, What
from sijill.site.feeds import Feed, FeedEntry
from sijill.site.tables import Table
from sijill.site.visit import Page, Visit

A_PAGE = 20

KINDS: tuple[RecordKind, ...] = get_args(RecordKind)
ORDERS: tuple[Order, ...] = ("best", "recent", "newest", "oldest")

FACETS = {
    "outlet": "outlet",
    "section": "section",
    "year": "year",
    "speaker": "speaker",
    "act": "act",
    "what": "what",
    "status": "status",
    "process": "kind",
    "type": "kind",
}
"""The facets shown, in order, and the filter that narrows a question to a value of each."""

COLUMNS: show_columns.Columns = {
    "kind": lambda r: r.kind,
    "published": lambda r: r.published,
    "outlet": lambda r: r.outlet,
    "speaker": lambda r: r.speaker,
    "title": lambda r: r.title,
    "words": lambda r: r.snippet,
    "article": lambda r: r.article,
    "record": lambda r: r.id,
}
"""What was found as a table."""

MOST_ROWS = 500
"""Rows of that table: as many as are ranked."""

HELP: dict[str, tuple[str, ...]] = {
    "act": get_args(Act),
    "what": get_args(What),
    "status": get_args(Status),
    "kind": (*KINDS[1:-1], *get_args(Process)),
}
"""The filters that take one of a set of values, and those values."""

LABELS = {"act": "act", "what": "what", "status": "status", "process": "process", "type": "event_type"}
"""The table of the catalogue that names a facet's values; the others name themselves."""


class Facet(msgspec.Struct, frozen=True):
    """A value that some of what was found has, and the address of the question with it, or where chosen without it."""

    label: str
    count: int
    url: str
    chosen: bool


def search(visit: Visit) -> Page:
    """What was found for ``q``; ``in`` names a kind of record, ``order`` the order, ``after`` continues."""
    question, most = visit.asked("q") or "", min(visit.at_most(A_PAGE), MOST_ROWS)
    over: RecordKind | None = visit.asked_one_of("in", KINDS)
    order: Order | None = visit.asked_one_of("order", ORDERS)
    found, problem = None, None
    if question:
        try:
            found = visit.archive.search(
                question, over=over, order=order or "best", limit=most, after=visit.asked("after")
            )
        except BadQuestion as error:
            problem = str(error)
    context = {
        "question": question,
        "found": found,
        "problem": problem,
        "kinds": KINDS,
        "over": over or (found.results[0].kind if found and found.results else "article"),
        "orders": ORDERS,
        "order": order or "best",
        "facets": facets(visit, found) if found else {},
        "highlighted": highlighted,
        "help": HELP,
        "place": place,
    }
    nothing: dict[str, object] = {"question": question, "results": [], "total": 0, "facets": {}}
    data = found or nothing | ({"error": problem} if problem else {})
    if not found:
        return Page("search.html", data, context)
    entries = [
        FeedEntry(
            place(visit, result),
            result.speaker or result.title or result.article or "",
            result.published,
            result.snippet,
            result.outlet,
            result.lang or visit.language.tag,
        )
        for result in found.results
    ]
    table = Table(COLUMNS, found.results, lambda result: place(visit, result))
    return Page("search.html", data, context, Feed(f"{visit.language('nav.search')}: {question}", entries), table)


def place(visit: Visit, result: Result) -> str:
    """The address of what was found: a party's page, or words of an article."""
    if result.kind == "party":
        return visit.url(f"/parties/{result.title}")
    return visit.url(f"/articles/{result.article}") + (f"#{result.id}" if result.id else "")


def facets(visit: Visit, found: Results) -> dict[str, list[Facet]]:
    """The facets of what was found, each value with the question that narrows to it."""
    shown: dict[str, list[Facet]] = {}
    for name, filter in FACETS.items():
        for value, count in found.facets.get(name, {}).items():
            plain = value.replace('"', " ")
            label = visit.language(f"{LABELS[name]}.{value}") if name in LABELS else value
            without = re.sub(rf'(?<!\S){filter}:("{re.escape(plain)}"|{re.escape(plain)}(?!\S))', "", found.question)
            chosen = without != found.question
            question = " ".join(without.split()) if chosen else f'{found.question} {filter}:"{plain}"'
            shown.setdefault(name, []).append(Facet(label, count, visit.again(q=question, after=None), chosen))
    return {name: values for name, values in shown.items() if len(values) > 1 or values[0].chosen}


def highlighted(result: Result) -> Iterator[tuple[str, bool]]:
    """A result's snippet in pieces, each with whether it is words that were looked for."""
    end = 0
    for start, stop in result.marks:
        yield result.snippet[end:start], False
        yield result.snippet[start:stop], True
        end = stop
    yield result.snippet[end:], False
