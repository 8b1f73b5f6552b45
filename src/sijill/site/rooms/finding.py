"""Search: one question over articles and every kind of record, with facets to narrow it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import msgspec

from sijill.archive.query import BadQuestion, RecordKind
from sijill.archive.search import Order, Result, Results
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

LABELS = {"act": "act", "what": "what", "status": "status", "process": "process", "type": "event_type"}
"""The table of the catalogue that names a facet's values; the others name themselves."""


class Facet(msgspec.Struct, frozen=True):
    """A value that some of what was found has, and the address of the question narrowed to it."""

    label: str
    count: int
    url: str
    chosen: bool


def search(visit: Visit) -> Page:
    """What was found for ``q``; ``in`` names a kind of record, ``order`` the order, ``after`` continues."""
    question = visit.asked("q") or ""
    over: RecordKind | None = visit.asked_one_of("in", KINDS)
    order: Order | None = visit.asked_one_of("order", ORDERS)
    found, problem = None, None
    if question:
        try:
            found = visit.archive.search(
                question, over=over, order=order or "best", limit=A_PAGE, after=visit.asked("after")
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
    }
    nothing: dict[str, object] = {"question": question, "results": [], "total": 0, "facets": {}}
    return Page("search.html", found or nothing | ({"error": problem} if problem else {}), context)


def facets(visit: Visit, found: Results) -> dict[str, list[Facet]]:
    """The facets of what was found, each value with the question that narrows to it."""
    shown: dict[str, list[Facet]] = {}
    for name, filter in FACETS.items():
        for value, count in found.facets.get(name, {}).items():
            term = f'{filter}:"{value.replace(chr(34), " ")}"'
            label = visit.language(f"{LABELS[name]}.{value}") if name in LABELS else value
            url = visit.again(q=f"{found.question} {term}", after=None)
            shown.setdefault(name, []).append(Facet(label, count, url, term in found.question))
    return {name: values for name, values in shown.items() if len(values) > 1 or values[0].chosen}


def highlighted(result: Result) -> Iterator[tuple[str, bool]]:
    """A result's snippet in pieces, each with whether it is words that were looked for."""
    end = 0
    for start, stop in result.marks:
        yield result.snippet[end:start], False
        yield result.snippet[start:stop], True
        end = stop
    yield result.snippet[end:], False
