"""How far a clause of speech goes: sentences, quotations and the pack's clause boundaries."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from sijill.lang import Language
from sijill.text.pattern import Rules
from sijill.text.quotations import Quotation
from sijill.text.tape import Tape


class Clauses:
    """Clause boundaries of a tape whose quotation marks carry ``quote.open`` or ``quote.close``.

    A full stop inside a quotation ends no sentence outside of it.
    """

    def __init__(self, tape: Tape, quotations: list[Quotation], language: Language, rules: Rules) -> None:
        self.tape = tape
        self.outer = [q for q in quotations if q.depth == 0]
        self._outer_first = [q.first for q in self.outer]
        having = language.alphabet.having
        codes = tape.codes
        paras, abbreviations = having("para"), having("abbreviation")
        stops = having("stop") | paras
        self._stops: list[int] = []
        self._free_stops: list[int] = []
        for at, code in enumerate(codes):
            if code not in stops or (at and codes[at - 1] in abbreviations and code not in paras):
                continue
            self._stops.append(at)
            quotation = self.quotation_at(at)
            if quotation is None or not quotation.closed:
                self._free_stops.append(at)
            elif quotation.closed and quotation.last == at + 1:
                # A stop just inside the closing mark ends the sentence as well, unless it goes on.
                behind = codes[at + 2] if at + 2 < len(codes) else ""
                if not behind or behind in stops or behind not in having("comma"):
                    self._free_stops.append(at + 2)
        self._that: list[int] = []
        self._np: list[int] = []
        for match in rules.scan(tape, overlap=True):
            first = match.first
            if first and codes[first] in having("quote.close"):
                first += 1
            (self._that if match.rule.says.get("ends") == "that" else self._np).append(first)
        self._all = sorted({*self._that, *self._np})

    def quotation_at(self, unit: int) -> Quotation | None:
        """The outermost quotation that a unit stands in, its marks included."""
        place = bisect_right(self._outer_first, unit) - 1
        if place >= 0 and unit <= self.outer[place].last:
            return self.outer[place]
        return None

    def sentence(self, unit: int) -> tuple[int, int]:
        """The units ``[first, last)`` of the sentence around a unit, or of its sentence inside a quotation."""
        quotation = self.quotation_at(unit)
        inside = quotation is not None and quotation.first < unit < quotation.last
        stops = self._stops if inside else self._free_stops
        place = bisect_left(stops, unit)
        first = stops[place - 1] + 1 if place else 0
        last = stops[place] if place < len(stops) else len(self.tape)
        if inside and quotation:
            return max(first, quotation.first + 1), min(last, quotation.last)
        return first, last

    def bounds(self, unit: int) -> bool:
        """Whether a clause ends right before a unit."""
        place = bisect_left(self._all, unit)
        return place < len(self._all) and self._all[place] == unit

    def end(self, start: int, *, noun_phrase: bool) -> int:
        """Where the clause beginning at a unit ends (the unit behind it)."""
        quotation = self.quotation_at(start)
        inside = quotation is not None and quotation.first < start
        _, last = self.sentence(start)
        bounds = self._all if noun_phrase else self._that
        place = bisect_right(bounds, start)
        while place < len(bounds) and bounds[place] < last:
            around = self.quotation_at(bounds[place])
            if around is None or around.first == bounds[place] or (inside and around == quotation):
                return bounds[place]
            place += 1
        return last

    def start(self, before: int) -> int:
        """Where the clause that ends before a unit begins: its sentence, or the last boundary in it."""
        first, _ = self.sentence(before)
        place = bisect_left(self._that, before) - 1
        while place >= 0 and self._that[place] > first:
            if self.quotation_at(self._that[place]) is None:
                return self._that[place]
            place -= 1
        return first
