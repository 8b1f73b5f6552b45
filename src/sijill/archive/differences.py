"""What changed between two versions of an article: in its words, and in what was read out of them."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any, Literal

import msgspec

from sijill.archive.anchors import Unplaced, main_span
from sijill.archive.rows import TABLES
from sijill.record import Record
from sijill.text.tokens import PIECE

_NOT_COMPARED = ("id", "rule", "start", "end")
"""What tells where a record stands and how it came to be, and not what it says."""


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of words that is in both versions, or only in the old or the new one."""

    change: Literal["same", "removed", "added"]
    text: str


class RecordChange(msgspec.Struct, frozen=True, kw_only=True):
    """A record that came, went, or has other values; ``fields`` names these."""

    kind: str
    change: Literal["added", "removed", "changed"]
    old: Any | None
    new: Any | None
    fields: list[str]


class VersionDiff(msgspec.Struct, frozen=True, kw_only=True):
    """Two versions compared, by their numbers."""

    old: int
    new: int
    words: list[Edit]
    records: list[RecordChange]


def difference(before: Record, after: Record, old: int, new: int) -> VersionDiff:
    """What the second record has that the first has not, and the other way round.

    Records are the same where kind and words are, wherever these stand: a paragraph put in above moves nothing.
    """
    changes: list[RecordChange] = []
    for plural, table in TABLES.items():
        left = _by_words(getattr(before, plural))
        right = _by_words(getattr(after, plural))
        for words in left.keys() | right.keys():
            for one, other in _pairs(left.get(words, []), right.get(words, [])):
                fields = _changed(one, other) if one and other else []
                if one is None or other is None or fields:
                    change = "changed" if one and other else "removed" if one else "added"
                    changes.append(RecordChange(kind=table.name, change=change, old=one, new=other, fields=fields))
    changes.sort(key=_place)
    return VersionDiff(old=old, new=new, words=word_edits(before.article.text, after.article.text), records=changes)


def word_edits(before: str, after: str) -> list[Edit]:
    """Two texts compared word by word; the pieces of one kind joined give that text again.

    >>> [(edit.change, edit.text) for edit in word_edits("one two three", "one 2 three")]
    [('same', 'one '), ('removed', 'two'), ('added', '2'), ('same', ' three')]
    """
    old, new = PIECE.findall(before), PIECE.findall(after)
    edits: list[Edit] = []
    for operation, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            edits.append(Edit(change="same", text="".join(old[a:b])))
            continue
        if a < b:
            edits.append(Edit(change="removed", text="".join(old[a:b])))
        if c < d:
            edits.append(Edit(change="added", text="".join(new[c:d])))
    return edits


def _by_words(items: list[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for item in items:
        try:
            words = main_span(item).text
        except Unplaced:
            words = ""
        found.setdefault(words, []).append(item)
    return found


def _place(change: RecordChange) -> tuple[str, int]:
    item: Any = change.new or change.old
    return change.kind, int(item.id[1:]) if item.id[1:].isdigit() else 0


def _pairs(left: list[Any], right: list[Any]) -> list[tuple[Any | None, Any | None]]:
    most = max(len(left), len(right))
    return list(zip(left + [None] * (most - len(left)), right + [None] * (most - len(right)), strict=True))


def _changed(one: Any, other: Any) -> list[str]:
    return [
        name
        for name in one.__struct_fields__
        if name not in _NOT_COMPARED and _plain(getattr(one, name)) != _plain(getattr(other, name))
    ]


def _plain(value: Any) -> Any:
    """A value without the places of its words."""
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]  # pyright: ignore[reportUnknownVariableType]
    text = getattr(value, "text", None)
    return value if text is None else text
