"""Whether a change happened, is planned, possible, threatened, denied, or was tried in vain.

The pack's ``patterns/modality.txt`` finds the words that say so; here the nearest of them that
reaches a word of change governs it. The values are those of event coding (asserted or not;
Saurí & Pustejovsky, FactBank, 2009), in the terms of ``docs/record.md``.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple, cast
from weakref import WeakKeyDictionary

from sijill.read.document import Document
from sijill.record import Modality
from sijill.text.tape import Tape

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


def moods_of(document: Document) -> Moods:
    """The markers of modality of a document's present tape, looked for once."""
    known = _known.get(document)
    if known is None or known[0] is not document.tape:
        known = _known[document] = document.tape, Moods(document)
    return known[1]


class Moods:
    """The markers of modality of a document's present tape."""

    def __init__(self, document: Document) -> None:
        tape, any_of = document.tape, document.language.alphabet.having_any
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
        self._stops = any_of(("stop", "para", "semicolon"))
        self._relative, self._prepositions = any_of(("relative",)), any_of(("prep",))
        self._commas = any_of(("comma", "conj"))
        self._verbs, self._nouns = any_of(("past", "present")), any_of(("masdar", "noun", "auxiliary"))

    def of(self, unit: int, behind: int = 0) -> Modality | None:
        """The modality of a word of change at a unit; None where no marker before it, and behind a unit, says."""
        place = bisect_right(self._lasts, unit) - 1
        while place >= 0:
            marker = self.markers[place]
            if marker.first < behind or unit - marker.last > CLAUSE or not self._same_sentence(marker.last, unit):
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
            return len(between) <= NEXT and not any(map(self._parts, between))
        return marker.reach == "sentence" or not any(map(self._subordinates, between))

    def _parts(self, code: str) -> bool:
        """Whether a unit parts a marker from what is next: a verb, a clause, a comma."""
        verb = code in self._verbs and code not in self._nouns
        return verb or code in self._commas or self._subordinates(code)

    def _subordinates(self, code: str) -> bool:
        return code in self._relative and code not in self._prepositions

    def _same_sentence(self, first: int, unit: int) -> bool:
        return self._stops.isdisjoint(self._codes[first:unit])


_known: WeakKeyDictionary[Document, tuple[Tape, Moods]] = WeakKeyDictionary()
