"""Parties over all articles, and one of them: its names and roles, what it said, counted and did."""

from __future__ import annotations

from typing import Any, get_args

from starlette.exceptions import HTTPException

from sijill.archive.query import BadQuestion
from sijill.archive.reading import Entry
from sijill.record import Party, PartyKind
from sijill.site.visit import Page, Visit

AT_MOST = 100
OF_EACH = 5
APPEARANCES = 200

KINDS: tuple[PartyKind, ...] = get_args(PartyKind)


def parties(visit: Visit) -> Page:
    """Those who appear most: ``q`` finds words of names and roles, ``kind`` keeps one kind of party."""
    words, kind = visit.asked("q") or "", visit.asked_one_of("kind", KINDS)
    question = f"{words} kind:{kind or 'party'}"
    try:
        found = visit.archive.search(question, over="party", limit=AT_MOST)
    except BadQuestion as error:
        raise HTTPException(400, str(error)) from error
    context = {"parties": found.results, "words_asked": words, "kind": kind, "kinds": KINDS}
    return Page("parties.html", {"q": words, "kind": kind, "parties": found.results}, context)


def party(visit: Visit) -> Page:
    """One party under all the names that were judged to be its own."""
    archive, name = visit.archive, visit.request.path_params["name"]
    appearances = archive.parties(name=name, limit=APPEARANCES)
    said = archive.statements(speaker=name, limit=OF_EACH)
    counted = archive.figures(claimant=name, limit=OF_EACH)
    became = archive.developments(by=name, limit=OF_EACH)
    did = archive.events(actor=name, limit=OF_EACH)
    if not (appearances or said or counted or became or did):
        raise HTTPException(404)
    judgements = archive.judgements(name)
    data = {
        "name": name,
        "appearances": appearances,
        "statements": said,
        "figures": counted,
        "developments": became,
        "events": did,
        "judgements": judgements,
    }
    context = {
        "name": name,
        "names": list(dict.fromkeys(entry.record.name for entry in appearances)),
        "roles": roles(appearances),
        "kind": appearances[0].record.kind if appearances else None,
        "appearances": appearances,
        "lists": [
            ("statements", "speaker", said),
            ("figures", "claimant", counted),
            ("developments", "by", became),
            ("events", "actor", did),
        ],
        "of_each": OF_EACH,
        "judgements": judgements,
    }
    return Page("party.html", data, context)


def roles(appearances: list[Entry[Party]]) -> list[tuple[Entry[Any], str]]:
    """Each role with the article that first gave it, oldest first: who somebody is depends on the day."""
    first: dict[str, Entry[Any]] = {}
    for entry in reversed(appearances):
        if entry.record.role:
            first.setdefault(entry.record.role, entry)
    return [(entry, role) for role, entry in first.items()]
