"""What changed between two versions of an article: its paragraphs word by word, and its records.

>>> from sijill.record import Article, Block
>>> def version(text):
...     return Article(id="a", lang="en", text=text, blocks=[Block(kind="paragraph", start=0, end=len(text))])
>>> [row] = paragraphs(version("12 people died"), version("14 people died"))
>>> row.old
[Words(text='12', changed=True), Words(text=' people died', changed=False)]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

import msgspec

from sijill.record import Article, Record
from sijill.site.marks import Readable, evidence, kind_of, readables

# Comparing word by word takes the square of the length in the worst case: what is longer is shown as changed whole.
LONGEST = 2000

_WORD = re.compile(r"\s+|\w+|[^\w\s]")


class Words(msgspec.Struct, frozen=True):
    """Some words of a paragraph, and whether the other version has them."""

    text: str
    changed: bool


class Row(msgspec.Struct, frozen=True):
    """A paragraph as it was and as it became; either may be missing."""

    old: list[Words] | None
    new: list[Words] | None

    @property
    def changed(self) -> bool:
        return self.old is None or self.new is None or any(part.changed for part in (*self.old, *self.new))


class RecordChanges(msgspec.Struct, frozen=True):
    """The records that only the older or only the newer version has."""

    gone: list[Readable]
    come: list[Readable]


def paragraphs(old: Article, new: Article) -> list[Row]:
    """The paragraphs of two versions side by side."""
    before, after = _paragraphs(old), _paragraphs(new)
    rows: list[Row] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [Row([Words(text, False)], [Words(text, False)]) for text in before[a:b]]
        else:
            rows += [_row(one, other) for one, other in zip_longest(before[a:b], after[c:d])]
    return rows


def records(old: Record, new: Record) -> RecordChanges:
    """What was read only from the one or the other; a record that merely moved in the text did not change."""
    before, after = readables(old), readables(new)
    return RecordChanges(_without(before, after), _without(after, before))


def _paragraphs(article: Article) -> list[str]:
    texts = [article.text[block.start : block.end] for block in article.blocks]
    return texts or article.text.split("\n\n")


def _row(old: str | None, new: str | None) -> Row:
    if old is None or new is None:
        return Row(None if old is None else [Words(old, True)], None if new is None else [Words(new, True)])
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > LONGEST:
        return Row([Words(old, True)], [Words(new, True)])
    left: list[Words] = []
    right: list[Words] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for side, words in ((left, before[a:b]), (right, after[c:d])):
            if words:
                side.append(Words("".join(words), tag != "equal"))
    return Row(left, right)


def _without(items: Sequence[Readable], others: Sequence[Readable]) -> list[Readable]:
    there = Counter(_substance(item) for item in others)
    left: list[Readable] = []
    for item in items:
        substance = _substance(item)
        if there[substance]:
            there[substance] -= 1
        else:
            left.append(item)
    return left


def _substance(item: Readable) -> tuple[object, ...]:
    """What a record says, apart from where it stands and which rule read it."""
    values = (getattr(item, name) for name in item.__struct_fields__ if name not in ("id", "rule", "start", "end"))
    said = [getattr(value, "text", value) for value in values if not isinstance(value, list)]
    return kind_of(item), evidence(item).text, *said
