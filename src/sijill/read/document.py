"""An article while it is being read: its tape, and what the steps have found so far."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from sijill.lang import Language
from sijill.read.findings import FoundNumber, Mention
from sijill.record import Article, Date, Development, Event, Figure, Link, Party, Record, Span, Statement
from sijill.text.pattern import Rules
from sijill.text.quotations import Quotation, find_quotations
from sijill.text.tape import Tape


class Sentence(NamedTuple):
    """Units ``[first, last)`` of a tape, and the index of the block they stand in."""

    first: int
    last: int
    block: int


class Document:
    """One article being read. ``tape`` always has everything folded that was found so far.

    ``ground`` is the tape as the language cut it, before any step folded anything; ``counted`` the
    tape with dates and numbers folded, but no parties.
    """

    def __init__(self, article: Article, language: Language) -> None:
        self.article = article
        self.language = language
        self.text = article.text
        self.tape: Tape = language.tape(article.text)
        self.ground = self.tape
        self.counted = self.tape
        self.dates: list[Date] = []
        self.numbers: list[FoundNumber] = []
        self.mentions: list[Mention] = []
        self.parties: list[Party] = []
        self.statements: list[Statement] = []
        self.figures: list[Figure] = []
        self.developments: list[Development] = []
        self.events: list[Event] = []
        self.links: list[Link] = []
        self._sentences: tuple[Tape, list[Sentence]] | None = None
        self._quotations: tuple[Tape, list[Quotation]] | None = None

    def rules(self, name: str) -> Rules:
        """The pack's patterns of this name; an empty set where the pack has none."""
        return self.language.rules.get(name) or Rules("", self.language.alphabet, lambda word: [])

    def span(self, first: int, last: int, tape: Tape | None = None) -> Span:
        """The span of units ``[first, last)`` of a tape (by default the present one)."""
        tape = tape or self.tape
        return self.article.span(tape.starts[first], tape.ends[last - 1])

    @property
    def published(self) -> str | None:
        """The day of publication, ISO 8601, or None."""
        return self.article.published[:10] if self.article.published else None

    @property
    def sentences(self) -> Sequence[Sentence]:
        """The sentences of the present tape, in order; a line break always ends one."""
        if self._sentences is None or self._sentences[0] is not self.tape:
            self._sentences = self.tape, self._find_sentences()
        return self._sentences[1]

    @property
    def quotations(self) -> Sequence[Quotation]:
        """The quotations of the present tape."""
        if self._quotations is None or self._quotations[0] is not self.tape:
            self._quotations = self.tape, find_quotations(self.tape, self.language.alphabet)
        return self._quotations[1]

    def sentence_of(self, unit: int) -> Sentence:
        """The sentence a unit of the present tape stands in."""
        sentences = self.sentences
        return sentences[bisect_right(sentences, unit, key=lambda sentence: sentence.first) - 1]

    def _find_sentences(self) -> list[Sentence]:
        having = self.language.alphabet.having
        paras, abbreviations = having("para"), having("abbreviation")
        stops = having("stop") | paras
        codes = self.tape.codes
        found: list[Sentence] = []
        begin = block = 0
        for at, code in enumerate(codes):
            if code not in stops:
                continue
            if code not in paras and at and codes[at - 1] in abbreviations:
                continue
            if at > begin:
                found.append(Sentence(begin, at, block))
            begin = at + 1
            block += code in paras
        if begin < len(codes):
            found.append(Sentence(begin, len(codes), block))
        return found or ([Sentence(0, len(codes), 0)] if codes else [])

    def record(self) -> Record:
        """What was found, as the public record."""
        return Record(
            article=self.article,
            parties=self.parties,
            dates=self.dates,
            statements=self.statements,
            figures=self.figures,
            developments=self.developments,
            events=self.events,
            links=self.links,
        )
