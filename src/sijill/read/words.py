"""Words around a record: what a unit is, which party it names, where a phrase or clause goes on to."""

from __future__ import annotations

from sijill.read.document import Document
from sijill.read.findings import Mention
from sijill.record import Span

NOMINAL = ("masdar", "noun", "adjective", "party", "participle", "prep")
"""What a unit may be besides a verb, and then goes on a phrase."""

PHRASE = 14
"""Units a noun phrase goes on behind its head."""


class Words:
    """A document's present tape, asked about its units."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tape = document.tape
        self.codes = document.tape.codes
        self._having_any = document.language.alphabet.having_any

    def trimmed(self, first: int, end: int) -> Span:
        """The span of units without the marks and particles at its edges."""
        while end > first + 1 and self.is_(end - 1, "stop", "para", "comma", "semicolon", "dash", "conj", "prep"):
            end -= 1
        quoted = any(self.is_(at, "quote") for at in range(first + 1, end))
        while first < end - 1 and self.is_(first, "punct") and not (quoted and self.is_(first, "quote")):
            first += 1
        return self.document.span(first, end)

    def clause(self, first: int, last: int) -> Span:
        """A reason: to the end of its clause."""
        end = first
        while end < last and not (
            self.is_(end, "comma", "semicolon", "relative", "meanwhile", "but") and not self.is_(end, "prep")
        ):
            end += 1
        return self.trimmed(first, end)

    def phrase_end(self, at: int, limit: int) -> int:
        """Where the noun phrase goes on to, from behind its head."""
        ends = "punct", "that", "subord", "date", "reason.word", "condition", "modal", "negation", "effect", "future"
        end = at
        while end < min(limit, at + PHRASE):
            quote = self.is_(end, "quote", "bracket")
            if not quote and self.is_(end, *ends):
                break
            if self.is_(end, "relative", "finite") and not self.is_(end, *NOMINAL):
                break
            if self.is_(end, "cue") and self.is_(end, "circumstantial"):
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
