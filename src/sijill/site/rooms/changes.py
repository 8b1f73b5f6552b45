"""Two versions of an article side by side."""

from __future__ import annotations

from starlette.exceptions import HTTPException

from sijill.site import changes
from sijill.site.visit import Page, Visit


def compared(visit: Visit) -> Page:
    """What changed from version ``from`` to version ``to``; by default to the newest from the one before it."""
    id = visit.request.path_params["id"]
    versions = visit.archive.versions(id)
    new = visit.asked_number("to") or versions[-1].version
    earlier = [one.version for one in versions if one.version < new]
    old = visit.asked_number("from") or (earlier[-1] if earlier else None)
    if old is None:
        raise HTTPException(404)
    before, after = visit.archive.record(id, version=old), visit.archive.record(id, version=new)
    rows = changes.paragraphs(before.article, after.article)
    read = changes.records(before, after)
    data = {"id": id, "from": old, "to": new, "paragraphs": rows, "gone": read.gone, "come": read.come}
    context = {"article": after.article, "old": old, "new": new, "versions": versions, "rows": rows, "read": read}
    return Page("changes.html", data, context)
