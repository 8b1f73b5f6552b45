"""Who did what to whom: events, by the types of PLOVER.

The pack's ``patterns/events.txt`` finds a word of an event with those around it. Here the matches that
share such a word become one event: who is missing is looked for before the verb, pronouns are resolved,
place and date come from the clause. What nobody does, nobody suffers and happens nowhere is no event.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from typing import cast

from sijill.read.document import Document
from sijill.read.findings import Mention
from sijill.read.modality import Moods
from sijill.record import Date, Event, EventType, Modality, Span
from sijill.text.classes import Alphabet
from sijill.text.pattern import Match
from sijill.text.tape import Fold, Tape

SUBJECT = 12
"""Units before a verb in which its subject may stand."""

NEAR_PLACE = 16
"""Units behind an event in which its place may stand."""

KEPT = ("party", "place.", "name.place", "force", "people", "fighters", "number", "fem", "plural", "toll.")
"""Classes of its head that a noun phrase keeps, or what they begin with."""

CONTROL = 16
"""Units between a noun of an event and the verb whose subject does it."""

VERBS_THAT_DO = (
    "carries",
    "act.accuse",
    "imposes",
    "mood.try",
    "mood.intend",
    "mood.fail",
    "mood.threaten",
    "mood.deny",
)
"""Verbs whose subject, or whom they accuse, does what the noun behind them says."""

ANNOUNCING = "controls"
"""Verbs whose subject does so only where no force is used: who announces a death is not who killed."""

SUFFERING = ("number", "people")
"""Who stands before a verb of killing or holding and suffers it, as print does not tell the passive."""

MEANT = 40
"""Units between a pronoun and whom it stands for."""

Units = tuple[int, int] | None

NEAR_DATE = 14
"""Units between an event and its date."""


def find_events(document: Document) -> None:
    """Find every event, in the order of their triggers.

    >>> from sijill.read import read_article
    >>> from sijill.record import Article
    >>> text = "قصفت طائرات روسية مدينة حلب."
    >>> [e] = read_article(Article(id="a", lang="ar", text=text)).events
    >>> e.type, e.cameo, e.trigger.text, e.actor.text, e.recipient.text
    ('ASSAULT', '19', 'قصفت', 'طائرات روسية', 'مدينة حلب')
    """
    document.events = _Reader(document).events()


@cache
def _kept(alphabet: Alphabet, head: str, kind: str) -> str:
    """The code of a noun phrase by its head's code: what kind of phrase, and what its head is."""
    kept = (name for name in alphabet.classes(head) if name.startswith(KEPT))
    return alphabet.code({"phrase", kind, *kept})


@cache
def _root_codes() -> dict[str, str]:
    """The CAMEO root code of each event type, from ``lang/cameo.tsv``."""
    lines = (files("sijill.lang") / "cameo.tsv").read_text("utf-8").splitlines()
    return {row["type"]: row["cameo"] for row in csv.DictReader(lines, delimiter="\t")}


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.alphabet = document.language.alphabet
        self.tape = self._with_phrases()
        self.begins = [document.tape.starts[sentence.first] for sentence in document.sentences]
        self.found: dict[int, list[Match]] = {}
        self.subjects: dict[int, tuple[int, int]] = {}
        """By verb: who stands before it as its subject."""

    def _with_phrases(self) -> Tape:
        """The document's tape with each noun phrase as one unit, which keeps what its head is."""
        tape = self.document.tape
        folds: list[Fold] = []
        for match in self.document.rules("phrases").scan(tape, longest=True):
            head = match.captures["head"][0]
            kept = _kept(self.alphabet, tape.codes[head], match.rule.says["as"])
            folds.append(Fold(match.first, match.last, kept, tape.norms[head], tape.items.get(head)))
        return tape.fold(folds)

    def events(self) -> list[Event]:
        inner: set[int] = set()
        carried: list[Match] = []
        for match in self.document.rules("events").scan(self.tape, overlap=True):
            captures, kind = match.captures, match.rule.says["as"]
            first, last = captures["trigger"]
            if kind == "subject":
                self.subjects[first] = captures["actor"]
                continue
            if kind == "carried":
                carried.append(match)
            self.found.setdefault(first, []).append(match)
            inner.update(range(first + 1, last))
            inner.update(range(*captures.get("inner", (0, 0))))
        if not self.found:
            return []
        for match in carried:
            verb = self.subjects.get(match.first)
            if verb:
                self.subjects.setdefault(match.captures["trigger"][0], verb)
        self.moods = Moods(self.document)
        events: list[Event] = []
        for at in sorted(self.found):
            if at not in inner and (event := self._event(at, f"e{len(events) + 1}")):
                events.append(event)
        return events

    def _event(self, at: int, number: str) -> Event | None:
        matches = self.found[at]
        match = matches[0]
        captures: dict[str, tuple[int, int]] = {}
        for one in matches:
            for name, units in one.captures.items():
                if units[1] > units[0]:
                    captures.setdefault(name, units)
        kind = self._type(match, at)
        if kind is None:
            return None
        first, last = captures["trigger"]
        sentence = self._sentence(first)
        actor, recipient = self._sides(match, captures, sentence[0])
        actor_span, recipient_span = self._span(actor), self._span(recipient)
        if actor and not recipient and self._is(at, "mutual", "cuts"):
            actor_span, recipient_span = self._two_sides(actor)
        place = captures.get("where") or self._place(first, last, sentence[1])
        place_span = self._span(place)
        if not (actor_span or recipient_span or place_span):
            return None
        return Event(
            id=number,
            type=cast(EventType, kind),
            cameo=self._cameo(match, at, kind),
            trigger=self.document.span(first, last, self.tape),
            modality=self._modality(match, first),
            actor=actor_span,
            actor_party=self._party(actor),
            recipient=recipient_span,
            recipient_party=self._party(recipient),
            place=place_span,
            date=self._date(first, last, sentence),
            rule=match.rule.name,
        )

    def _sides(self, match: Match, captures: dict[str, tuple[int, int]], begin: int) -> tuple[Units, Units]:
        """Who does it and to whom, once those who stand before the word are counted in."""
        first, last = captures["trigger"]
        actor, recipient = captures.get("actor"), captures.get("recipient")
        subject = self.subjects.get(first)
        pronoun = match.rule.says.get("pronoun")
        if pronoun == "recipient":
            return actor or subject, recipient or (subject if actor else None) or self._meant(last, first)
        if subject:
            if (
                self._is(first, "deadly", "event.coerce")
                and not (actor or recipient)
                and self._is(subject[0], *SUFFERING)
            ):
                return None, subject
            if actor and not recipient:
                recipient = actor
            actor = subject
        if pronoun:
            actor = actor or self._meant(last, first)
        return actor or self._controller(first, begin), recipient

    def _controller(self, at: int, begin: int) -> Units:
        """Who the verb before a noun, or before a verb joined to it, is said of: ``أمر بوتين بتعليق``."""
        verb = self._is(at, "finite") and not self._is(at, "masdar", "noun")
        if verb and (not self._is(at - 1, "conj") or self._is(at, "deadly")):
            return None
        for before in range(at - 1, max(begin, at - CONTROL) - 1, -1):
            if self._is(before, "finite") and not self._is(before, "masdar", "noun", "phrase", "auxiliary"):
                doing = VERBS_THAT_DO if self._is(at, "event.assault", "event.coerce") else (*VERBS_THAT_DO, ANNOUNCING)
                if not verb and not self._is(before, *doing):
                    return None
                behind = (
                    (k, k + 1) for k in range(before + 1, at) if self._is(k, "who") and not self._is(k - 1, "prep")
                )
                return next(behind, None) or self.subjects.get(before)
        return None

    def _meant(self, pronoun: int, before: int) -> Units:
        """The party a pronoun stands for: the nearest before it of its gender and number."""
        classes = self._classes(pronoun)
        for at in range(before - 1, max(before - MEANT, -1), -1):
            item = self.tape.items.get(at)
            if not isinstance(item, Mention) or item.kind == "document":
                continue
            if "plural" in classes:
                fits = item.plural is not False and item.kind != "state"
            elif "fem" in classes:
                fits = item.fem is True or item.kind == "state" or (bool(item.plural) and item.kind != "person")
            else:
                fits = not item.fem and item.kind != "state" and not item.plural
            if fits:
                return at, at + 1
        return None

    # What it is

    def _classes(self, at: int) -> frozenset[str]:
        return self.alphabet.classes(self.tape.codes[at])

    def _type(self, match: Match, at: int) -> str | None:
        said = match.rule.says.get("type")
        if said:
            return said.upper()
        kinds = sorted(c.removeprefix("event.") for c in self._classes(at) if c.startswith("event."))
        return kinds[0].upper() if kinds else None

    def _cameo(self, match: Match, at: int, kind: str) -> str:
        said = match.rule.says.get("cameo")
        if said:
            return said
        own = sorted(c.removeprefix("cameo.") for c in self._classes(at) if c.startswith("cameo."))
        return own[-1] if own else _root_codes()[kind]

    def _modality(self, match: Match, first: int) -> Modality:
        """That of the word, or of the verb that carries it (``تعرضت لقصف``)."""
        at = match.first if match.rule.says["as"] == "carried" else first
        return self.moods.of(self.document.tape.unit_at(self.tape.starts[at])) or "actual"

    # Who, where, when

    def _mentions(self, units: tuple[int, int]) -> list[Mention]:
        tape = self.document.tape
        first, last = tape.unit_at(self.tape.starts[units[0]]), tape.unit_at(self.tape.ends[units[1] - 1] - 1) + 1
        return [item for at in range(first, last) if isinstance(item := tape.items.get(at), Mention)]

    def _span(self, units: tuple[int, int] | None) -> Span | None:
        """The words of a phrase; of a person, the name without the role."""
        if units is None:
            return None
        span = self.document.span(*units, self.tape)
        mentions = self._mentions(units)
        if len(mentions) == 1 and mentions[0].kind == "person":
            at = span.text.find(mentions[0].name)
            if at >= 0 and mentions[0].role:
                return self.document.article.span(span.start + at, span.start + at + len(mentions[0].name))
        return span

    def _two_sides(self, units: tuple[int, int]) -> tuple[Span | None, Span | None]:
        """The two parties that one phrase names (``بين إسرائيل وحماس``), or the phrase and nobody."""
        mentions = self._mentions(units)
        if len(mentions) != 2:
            return self._span(units), None
        one, other = mentions
        return self.document.article.span(one.start, one.end), self.document.article.span(other.start, other.end)

    def _party(self, units: tuple[int, int] | None) -> str | None:
        """The party named first within a phrase, or the state that an adjective of belonging says."""
        if not units:
            return None
        tape = self.document.tape
        first, last = tape.unit_at(self.tape.starts[units[0]]), tape.unit_at(self.tape.ends[units[1] - 1] - 1) + 1
        for at in range(first, last):
            item = tape.items.get(at)
            if isinstance(item, Mention):
                return item.party or item.name
        for at in range(first, last):
            if tape.codes[at] in self.alphabet.having("nisba"):
                return self.document.language.value(tape.norms[at], "nisba")
        return None

    def _place(self, first: int, last: int, end: int) -> tuple[int, int] | None:
        """The place named nearest behind the event in its sentence, after a preposition."""
        for at in range(last, min(end, last + NEAR_PLACE)):
            if self._is(at, "where") or (self._is(at, "place") and self._is(at - 1, "locates")):
                return at, at + 1
            if self._is(at, "that"):
                break
        return None

    def _date(self, first: int, last: int, sentence: tuple[int, int]) -> str | None:
        """The date nearest to the event in its sentence, one behind it before one ahead of it."""
        behind = range(last, min(sentence[1], last + NEAR_DATE))
        before = range(first - 1, max(sentence[0], first - NEAR_DATE) - 1, -1)
        for at in (*behind, *before):
            item = self.tape.items.get(at)
            if isinstance(item, Date):
                return item.value
        return None

    def _is(self, at: int, *names: str) -> bool:
        return any(self.tape.codes[at] in self.alphabet.having(name) for name in names)

    def _sentence(self, at: int) -> tuple[int, int]:
        """The units of the sentence a unit stands in."""
        place = bisect_right(self.begins, self.tape.starts[at])
        first = self.tape.unit_at(self.begins[place - 1])
        return first, self.tape.unit_at(self.begins[place]) if place < len(self.begins) else len(self.tape)
