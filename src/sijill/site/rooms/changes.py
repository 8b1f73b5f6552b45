"""Two versions of an article side by side."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

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
    """Edits gathered into rows of two sides, which joined are the two texts without their breaks.

    >>> edits = [Edit(change="same", text="one "), Edit(change="removed", text="2"), Edit(change="added", text="3")]
    >>> [row] = rows(edits)
    >>> [edit.text for edit in row.old], [edit.text for edit in row.new]
    (['one ', '2'], ['one ', '3'])
    >>> edits = [Edit(change="added", text="new\\n\\n"), Edit(change="same", text="kept")]
    >>> [([edit.text for edit in row.old], [edit.text for edit in row.new]) for row in rows(edits)]
    [([], ['new']), (['kept'], ['kept'])]
    """
    gathered = [Row([], [])]
    for change, group in groupby(edits, key=lambda edit: edit.change != "same"):
        first = len(gathered) - 1
        for edit in group:
            # What went and what came in its place begin in the same row; a break in either begins the next.
            at = first if change else len(gathered) - 1
            for number, text in enumerate(edit.text.split("\n\n")):
                at += number > 0
                if at == len(gathered):
                    gathered.append(Row([], []))
                if not text:
                    continue
                piece = Edit(change=edit.change, text=text)
                if edit.change != "added":
                    gathered[at].old.append(piece)
                if edit.change != "removed":
                    gathered[at].new.append(piece)
    return [row for row in gathered if row.old or row.new]
