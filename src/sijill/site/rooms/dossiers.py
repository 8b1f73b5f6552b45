"""Dossiers: the processes that the archive tells of, and one of them through time."""

from __future__ import annotations

from typing import get_args

from starlette.exceptions import HTTPException

from sijill import show_columns
from sijill.record import Process, Status
from sijill.site.feeds import Feed
from sijill.site.rooms.lists import feed_entry, place
from sijill.site.tables import Table
from sijill.site.visit import Page, Visit

A_PAGE = 40
A_FEED = 40
OF_A_TIMELINE = 60
"""Developments on a page of a dossier, the last ones first to be shown."""

KINDS: tuple[Process, ...] = get_args(Process)
STATUSES: tuple[Status, ...] = get_args(Status)


def dossiers(visit: Visit) -> Page:
    """All dossiers, those with the newest development first: filters ``kind`` and present ``status``."""
    kind = visit.asked_one_of("kind", KINDS)
    status = visit.asked_one_of("status", STATUSES)
    most = visit.at_most(A_PAGE)
    found = visit.archive.dossiers(kind=kind, status=status, limit=most + 1, before=visit.before)
    shown = found[:most]
    older = shown[-1].cursor if len(found) > most else None
    context = {
        "dossiers": shown,
        "choices": {"kind": ("process", KINDS, kind), "status": ("status", STATUSES, status)},
        "older_cursor": older,
    }
    data = {"kind": kind, "status": status, "dossiers": shown, "older": older}
    table = Table(show_columns.DOSSIERS, shown, lambda one: visit.url(f"/dossiers/{one.key}"))
    return Page("dossiers.html", data, context, None, table, older)


def dossier(visit: Visit) -> Page:
    """One process: where it stands, what became of it day by day, why, and on what conditions."""
    key = visit.request.path_params["key"]
    if not key.isdecimal() or len(key) > 18:
        raise HTTPException(404)
    found = visit.archive.dossier(int(key), limit=visit.at_most(OF_A_TIMELINE), before=visit.before)
    told = [entry for step in found.timeline for entry in step.developments]
    newest_first = sorted(told, key=lambda entry: entry.published or "", reverse=True)[:A_FEED]
    feed = Feed(found.title, [feed_entry(visit, entry) for entry in newest_first])
    table = Table(show_columns.DEVELOPMENTS, told, lambda entry: place(visit, entry))
    return Page("dossier.html", found, {"dossier": found}, feed, table, found.older)
