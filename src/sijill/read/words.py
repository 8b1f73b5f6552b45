"""Words around a record: what a unit is, which party it names, where a phrase or clause goes on to."""

from __future__ import annotations

from sijill.read.document import Document
from sijill.read.findings import Mention
from sijill.record import Span
from sijill.text.tape import Tape

NOMINAL = ("masdar", "noun", "adjective", "party", "participle", "prep")
"""What a unit may be besides a verb, and then goes on a phrase."""

ENDS = ("punct", "that", "subord", "date", "reason.word", "condition", "modal", "negation", "effect", "future")
MARKS = ("quote", "bracket")
CLAUSES = ("relative", "finite")
"""What ends a noun phrase, what of it does not after all, and what begins another clause."""

PHRASE = 14
"""Units a noun phrase goes on behind its head."""

MEANT = 40
"""Units between a pronoun and whom it stands for."""

BODIES = ("organization", "armed_group")


class Words:
    """A tape of a document, by default its present one, asked about its units."""

    def __init__(self, document: Document, tape: Tape | None = None) -> None:
        self.document = document
        self.tape = tape or document.tape
        self.codes = self.tape.codes
        self._having_any = document.language.alphabet.having_any

    def trimmed(self, first: int, end: int) -> Span:
        """The span of units without the marks and particles at its edges."""
        while end > first + 1 and self.is_(end - 1, "stop", "para", "comma", "semicolon", "dash", "conj", "prep"):
            end -= 1
        quoted = any(self.is_(at, "quote") for at in range(first + 1, end))
        while first < end - 1 and self.is_(first, "punct") and not (quoted and self.is_(first, "quote")):
            first += 1
        return self.document.span(first, end, self.tape)

    def clause(self, first: int, last: int) -> Span:
        """A reason: to the end of its clause."""
        end = first + 1  # it may begin with a relative: because of what …
        while end < last and not (
            self.is_(end, "comma", "semicolon", "relative", "meanwhile", "but") and not self.is_(end, "prep")
        ):
            end += 1
        return self.trimmed(first, end)

    def phrase_end(self, at: int, limit: int) -> int:
        """Where the noun phrase goes on to, from behind its head."""
        codes, any_of = self.codes, self._having_any
        ends, marks, clauses, nominal = any_of(ENDS), any_of(MARKS), any_of(CLAUSES), any_of(NOMINAL)
        cues, beside = any_of(("cue",)), any_of(("circumstantial",))
        end = at
        for code in codes[at : min(limit, at + PHRASE)]:
            if code in ends and code not in marks:
                break
            if (code in clauses and code not in nominal) or (code in cues and code in beside):
                break
            end += 1
        while end > at and self.is_(end - 1, "prep", "conj", "article", "quote", "bracket", "adverb"):
            end -= 1
        return end

    def party(self, at: int) -> str | None:
        """The name of the party that a unit mentions; None where it mentions none, or a document."""
        item = self.tape.items.get(at)
        if not isinstance(item, Mention) or item.kind == "document":
            return None
        return item.party or item.name

    def meant(self, pronoun: int, before: int) -> int | None:
        """The unit a pronoun stands for: the nearest before it, of its gender and number, that names a party or forces.

        A pronoun of the feminine stands for several only where no single party is near.
        """
        plural, feminine = self.is_(pronoun, "plural"), self.is_(pronoun, "fem")
        several: int | None = None
        for at in range(before - 1, max(before - MEANT, -1), -1):
            item = self.tape.items.get(at)
            if not isinstance(item, Mention):
                if self._may_be_meant(at, plural=plural, feminine=feminine):
                    return at
                continue
            if item.kind == "document":
                continue
            if plural:
                fits = item.plural is not False and item.kind != "state"
            elif feminine:
                fits = item.fem is True or item.kind == "state" or (item.fem is None and item.kind in BODIES)
                if not fits and item.plural and item.kind != "person":
                    several = several or at
            else:
                fits = not item.fem and item.kind != "state" and not item.plural
            if fits:
                return at
        return several

    def _may_be_meant(self, at: int, *, plural: bool, feminine: bool) -> bool:
        """Whether a pronoun of this number and gender may stand for forces that a phrase names."""
        if not self.is_(at, "who") or not self.is_(at, "force"):
            return False
        many = self.is_(at, "plural", "number")
        if plural:
            return many and self.is_(at, "people", "fighters")
        return feminine == (self.is_(at, "fem") or many)

    def feminine(self, at: int) -> bool:
        """Whether a verb or pronoun that goes with a noun is feminine: a plural of things is."""
        return self.is_(at, "fem") or (self.is_(at, "plural") and not self.is_(at, "people"))

    def behind_preposition(self, at: int) -> bool:
        """Whether a preposition stands right before a unit."""
        return at > 0 and self.is_(at - 1, "prep")

    def is_(self, at: int, *names: str) -> bool:
        """Whether a unit is of one of these classes; false outside the tape."""
        return 0 <= at < len(self.codes) and self.codes[at] in self._having_any(names)

    def any_in(self, first: int, last: int, *names: str) -> bool:
        """Whether one of the units ``[first, last)`` is of one of these classes."""
        codes = self._having_any(names)
        return any(code in codes for code in self.codes[first:last])
