"""Two versions of an article side by side."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from starlette.exceptions import HTTPException

from sijill.archive.differences import Edit
from sijill.site.visit import Page, Visit


class Row(msgspec.Struct, frozen=True):
    """What stood between two paragraph breaks that both versions have, as it was and as it became."""

    old: list[Edit]
    new: list[Edit]

    @property
    def changed(self) -> bool:
        return any(edit.change != "same" for edit in (*self.old, *self.new))


def compared(visit: Visit) -> Page:
    """What changed from version ``from`` to version ``to``; by default to the newest from the one before it."""
    id = visit.request.path_params["id"]
    versions = visit.archive.versions(id)
    new = visit.asked_number("to") or versions[-1].version
    earlier = [one.version for one in versions if one.version < new]
    old = visit.asked_number("from") or (earlier[-1] if earlier else None)
    if old is None:
        raise HTTPException(404)
    found = visit.archive.diff(id, old, new)
    context = {
        "article": visit.archive.article(id, version=new),
        "versions": versions,
        "found": found,
        "rows": rows(found.words),
    }
    return Page("changes.html", found, context)


def rows(edits: Iterable[Edit]) -> list[Row]:
    """Edits gathered into rows of two sides, which joined are the two texts without their common breaks.

    >>> edits = [Edit(change="same", text="one "), Edit(change="removed", text="2"), Edit(change="added", text="3")]
    >>> [row] = rows(edits)
    >>> [edit.text for edit in row.old], [edit.text for edit in row.new]
    (['one ', '2'], ['one ', '3'])
    """
    gathered = [Row([], [])]
    for edit in edits:
        if edit.change != "same":
            side = gathered[-1].old if edit.change == "removed" else gathered[-1].new
            side.append(edit)
            continue
        for number, text in enumerate(edit.text.split("\n\n")):
            if number:
                gathered.append(Row([], []))
            if text:
                gathered[-1].old.append(Edit(change="same", text=text))
                gathered[-1].new.append(Edit(change="same", text=text))
    return gathered
