"""The tape: a text's units as a row of codes, over which patterns run."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Fold(NamedTuple):
    """Units ``[first, last)`` that become one unit with this code, normal form and item."""

    first: int
    last: int
    code: str
    norm: str
    item: Any


@dataclass(slots=True)
class Tape:
    """Units over a text: ``codes[i]`` is the classes of unit ``i``, ``starts[i]:ends[i]`` its code points.

    A unit is a segment or, once folded, what a step found there (a phrase, a party, a
    date); ``items`` holds what folded units stand for.
    """

    text: str
    codes: list[str] = field(default_factory=list[str])
    norms: list[str] = field(default_factory=list[str])
    starts: list[int] = field(default_factory=list[int])
    ends: list[int] = field(default_factory=list[int])
    items: dict[int, Any] = field(default_factory=dict[int, Any])

    def __len__(self) -> int:
        return len(self.starts)

    def words(self, first: int, last: int) -> str:
        """The printed words of units ``[first, last)``."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def unit_at(self, offset: int) -> int:
        """The index of the first unit that ends after a text offset."""
        return bisect_right(self.ends, offset)

    def fold(self, folds: Iterable[Fold]) -> Tape:
        """A new tape in which each fold is one unit. Folds are in order and do not overlap."""
        codes: list[str] = []
        norms: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        items: dict[int, Any] = {}
        at = 0
        kept = sorted(self.items)
        upto = 0
        for fold in folds:
            first, last = fold.first, fold.last
            shift = len(starts) - at
            while upto < len(kept) and kept[upto] < last:
                if kept[upto] < first:
                    items[kept[upto] + shift] = self.items[kept[upto]]
                upto += 1
            codes += self.codes[at:first]
            norms += self.norms[at:first]
            starts += self.starts[at:first]
            ends += self.ends[at:first]
            items[len(starts)] = fold.item
            codes.append(fold.code)
            norms.append(fold.norm)
            starts.append(self.starts[first])
            ends.append(self.ends[last - 1])
            at = last
        shift = len(starts) - at
        for index in kept[upto:]:
            items[index + shift] = self.items[index]
        codes += self.codes[at:]
        norms += self.norms[at:]
        starts += self.starts[at:]
        ends += self.ends[at:]
        return Tape(self.text, codes, norms, starts, ends, items)
