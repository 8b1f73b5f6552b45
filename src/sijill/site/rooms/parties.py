"""Parties over all articles, and one of them: its names and roles, what it said, counted and did."""

from __future__ import annotations

from typing import Any, get_args

from starlette.exceptions import HTTPException

from sijill.archive.query import BadQuestion
from sijill.archive.reading import Entry
from sijill.archive.search import Result
from sijill.record import Party, PartyKind
from sijill.site.visit import Page, Visit

AT_MOST = 100
OF_EACH = 5
APPEARANCES = 200

KINDS: tuple[PartyKind, ...] = get_args(PartyKind)


def parties(visit: Visit) -> Page:
    """Those who appear most: ``q`` finds words of names and roles, ``kind`` keeps one kind of party.

    Where nobody has all of the words, those with the last of them are ``near``.
    """
    words = visit.asked("q") or ""
    kind: PartyKind | None = visit.asked_one_of("kind", KINDS)
    found = _named(visit, words, kind)
    # A first name is spelled in more ways than a last one.
    near = _named(visit, words.split()[-1], kind) if not found and len(words.split()) > 1 else []
    shown = found or near
    context = {"parties": shown, "near": bool(near), "words_asked": words, "kind": kind, "kinds": KINDS}
    return Page("parties.html", {"q": words, "kind": kind, "near": bool(near), "parties": shown}, context)


def _named(visit: Visit, words: str, kind: PartyKind | None) -> list[Result]:
    try:
        return visit.archive.search(
            f"{words} kind:{kind or 'party'}", over="party", limit=AT_MOST, facets=False
        ).results
    except BadQuestion as error:
        raise HTTPException(400, str(error)) from error


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
