"""Dossiers: the processes that the archive tells of, and one of them through time."""

from __future__ import annotations

from typing import get_args

from starlette.exceptions import HTTPException

from sijill.record import Process, Status
from sijill.site.visit import Page, Visit

A_PAGE = 40

KINDS: tuple[Process, ...] = get_args(Process)
STATUSES: tuple[Status, ...] = get_args(Status)


def dossiers(visit: Visit) -> Page:
    """All dossiers, those with the newest development first: filters ``kind`` and present ``status``."""
    kind = visit.asked_one_of("kind", KINDS)
    status = visit.asked_one_of("status", STATUSES)
    found = visit.archive.dossiers(kind=kind, status=status, limit=A_PAGE + 1, before=visit.before)
    shown = found[:A_PAGE]
    older = shown[-1].cursor if len(found) > A_PAGE else None
    context = {
        "dossiers": shown,
        "choices": {"kind": ("process", KINDS, kind), "status": ("status", STATUSES, status)},
        "older_cursor": older,
    }
    return Page("dossiers.html", {"kind": kind, "status": status, "dossiers": shown, "older": older}, context)


def dossier(visit: Visit) -> Page:
    """One process: where it stands, what became of it day by day, why, and on what conditions."""
    key = visit.request.path_params["key"]
    if not key.isdecimal() or len(key) > 18:
        raise HTTPException(404)
    found = visit.archive.dossier(int(key))
    return Page("dossier.html", found, {"dossier": found})
