"""Whether a change happened, is planned, possible, threatened, denied, or was tried in vain.

The pack's ``patterns/modality.txt`` finds the words that say so; here the nearest of them that
reaches a word of change governs it. The values are those of event coding (asserted or not;
Saurí & Pustejovsky, FactBank, 2009), in the terms of ``docs/record.md``.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple, cast

from sijill.read.document import Document
from sijill.record import Modality

NEXT = 5
"""Units that may stand between a marker that reaches only what is next and the word of change."""

DIRECT = 2
"""Units between a negation and the marker it denies."""

CLAUSE = 28
"""Units a marker reaches in its clause."""


class Marker(NamedTuple):
    """A marker of modality: units ``[first, last)``, how far it reaches, and whether over another marker."""

    first: int
    last: int
    modality: Modality
    reach: str
    over: bool


class Moods:
    """The markers of modality of a document's present tape."""

    def __init__(self, document: Document) -> None:
        tape, having = document.tape, document.language.alphabet.having
        self.markers = [
            Marker(
                match.first,
                match.last,
                cast(Modality, match.rule.says["modality"]),
                match.rule.says["reach"],
                "over" in match.rule.says,
            )
            for match in document.rules("modality").scan(tape, longest=True)
        ]
        self._lasts = [marker.last for marker in self.markers]
        self._codes = tape.codes
        self._stops = having("stop") | having("para") | having("semicolon")
        self._clause_ends = having("relative") - having("prep")
        self._commas = having("comma") | having("conj")
        self._finite = (having("past") | having("present")) - having("masdar") - having("noun") - having("auxiliary")

    def of(self, unit: int, within: int = CLAUSE) -> Modality | None:
        """The modality of a word of change at a unit; None where nothing in so many units before it says."""
        place = bisect_right(self._lasts, unit) - 1
        while place >= 0:
            marker = self.markers[place]
            if unit - marker.last > within or not self._same_sentence(marker.last, unit):
                return None
            if self._reaches(marker, unit):
                return self._under_earlier(place, unit)
            place -= 1
        return None

    def _under_earlier(self, place: int, unit: int) -> Modality:
        """What a marker says once those that govern it have spoken."""
        marker = self.markers[place]
        for earlier in reversed(self.markers[max(place - 3, 0) : place]):
            if not self._same_sentence(earlier.last, marker.first) or marker.modality == "actual":
                break
            if earlier.over and self._reaches(earlier, marker.first):
                return earlier.modality
            if (
                earlier.modality in ("denied", "failed")
                and marker.first - earlier.last <= DIRECT
                and self._reaches(earlier, marker.first)
            ):
                return "threatened" if marker.modality == "threatened" else earlier.modality
            if earlier.modality == "threatened" and marker.modality in ("denied", "failed"):
                return "threatened" if self._reaches(earlier, marker.first) else marker.modality
        return marker.modality

    def _reaches(self, marker: Marker, unit: int) -> bool:
        between = self._codes[marker.last : unit]
        if marker.reach == "next":
            return len(between) <= NEXT and not any(
                code in self._finite or code in self._clause_ends or code in self._commas for code in between
            )
        if marker.reach == "clause":
            return not any(code in self._clause_ends for code in between)
        return True

    def _same_sentence(self, first: int, unit: int) -> bool:
        return not any(code in self._stops for code in self._codes[first:unit])
