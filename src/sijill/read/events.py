"""Who did what to whom: events, by the types of PLOVER.

The pack's ``patterns/events.txt`` finds a word of an event with those around it. Here the matches that
share such a word become one event: who is missing is looked for before the verb, pronouns are resolved,
place and date come from the clause. What nobody does, nobody suffers and happens nowhere is no event, and
a death is none beside the attack that caused it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, cast

from msgspec.structs import replace

from sijill.lang.plover import root_codes
from sijill.read.document import Document
from sijill.read.findings import Mention
from sijill.read.modality import moods_of
from sijill.read.words import BODIES, MEANT, Words
from sijill.record import Date, Event, EventType, Modality, Span
from sijill.text.classes import Alphabet
from sijill.text.pattern import Match
from sijill.text.tape import Fold, Tape

NEAR_PLACE = 16
"""Units behind an event in which its place may stand."""

CLOSE_PLACE = 8
"""The same where nothing but its place makes it an event, and its word tells of a state as well (a war)."""

NEAR_DATE = 14
"""Units between an event and its date."""

KEPT = (
    "party", "place.", "name.place", "force", "people", "fighters", "number", "fem", "plural", "toll.", "means",
    "named.after", "org.head", "thing", "nature", "claim", "taken", "accusative", "nominative", "oblique", "delegation",
    "site",
)  # fmt: skip
"""Classes of its head that a noun phrase keeps, or what they begin with."""

MENTIONED = frozenset(("force", "delegation", "oblique"))
"""Classes of the first word of its name that the mention of a body or of unnamed people keeps."""

CONTROL = 16
"""Units between a noun of an event and the verb whose subject does it."""

BETWEEN = ("auxiliary", "future", "negation", "modal", "quote", "adverb", "date", "that", "mood.impersonal")
"""What may stand between a subject and the verb behind it."""

JOINED = 28
"""Units between a verb and the one before it whose subject it shares."""

FAR = 3
"""Units between a subject and a verb of killing behind which numbers of victims stand."""

SUBJECT = 6
"""Units behind a verb in which its subject may stand."""

DOES = (
    "carries",
    "imposes",
    "manages",
    "mood.try",
    "mood.intend",
    "mood.fail",
    "mood.threaten",
    "mood.deny",
    "controls",
)
"""Verbs and their nouns whose subject does what the noun behind them says."""

FORCES = ("event.assault", "event.coerce")
ANNOUNCING = ("act.announce", "act.confirm")
"""Who announces or confirms that force was used did not use it: ``أعلنت تركيا مقتل خمسة جنود``."""

STEERS = ("act.accuse", "act.demand", "steers")
"""Verbs whose object does, or is to do, what is named behind: ``اتهمت أنقرة دمشق بقصف المدينة``."""

PLACES = ("name.place", "place", "place.noun", "article")
LOCATING = ("beside", "locates")
"""What a place at the end of a phrase consists of, and what stands before it."""

NOWHERE = ("COOPERATE", "REJECT", "SUPPORT")
"""Types of events that a place alone does not tell of."""

Units = tuple[int, int]


class Found(NamedTuple):
    """An event and the unit its trigger begins at."""

    event: Event
    at: int


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
def _kept(alphabet: Alphabet, head: str, kind: str, first: str) -> str:
    """The code of a noun phrase by its head's code and that of its mention's first word, if it is one.

    It says what kind of phrase it is, what its head is, whether that is a force, and its case where print shows it.
    """
    kept = {name for name in alphabet.classes(head) if name.startswith(KEPT)}
    of_mention = alphabet.classes(first) & MENTIONED if first else ()
    kept -= {"nominative"} if "party" in kept else set()  # طالبان is no dual
    return alphabet.code({"phrase", kind, *kept, *of_mention})


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.alphabet = document.language.alphabet
        self.tape = self._with_phrases()
        self.words = Words(document, self.tape)
        self._is = self.words.is_
        self.begins = [document.tape.starts[sentence.first] for sentence in document.sentences]
        self.found: dict[int, list[Match]] = {}
        self.subjects: dict[int, Units] = {}
        """By verb: who stands before it as its subject."""
        self.doers: dict[int, Units] = {}
        """By noun: who stands before it and does it (``استمرار القوات بقصف المدينة``)."""

    def _with_phrases(self) -> Tape:
        """The document's tape with each noun phrase as one unit, which keeps what its head is."""
        tape = self.document.tape
        folds: list[Fold] = []
        for match in self.document.rules("phrases").scan(tape, longest=True):
            head = match.captures["head"][0] if "head" in match.captures else match.first
            kept = _kept(self.alphabet, tape.codes[head], match.rule.says["as"], self._first_of_body(head))
            folds.append(Fold(match.first, match.last, kept, tape.norms[head], tape.items.get(head)))
        return tape.fold(folds)

    def _first_of_body(self, head: int) -> str:
        """The code of the first word of a unit that names a body or unnamed people, as a mention keeps none of them."""
        item = self.document.tape.items.get(head)
        if not isinstance(item, Mention) or item.kind not in (*BODIES, "anonymous"):
            return ""
        ground = self.document.ground
        at = ground.unit_at(item.start)
        return ground.codes[at + (ground.codes[at] in self.alphabet.having("article"))]

    def events(self) -> list[Event]:
        inner: set[int] = set()
        carried: list[Match] = []
        for match in self.document.rules("events").scan(self.tape, overlap=True):
            captures, kind = match.captures, match.rule.says["as"]
            first, last = captures["trigger"]
            if kind == "subject":
                self.subjects[first] = captures["actor"]
                continue
            if kind == "doer":
                self.doers[first] = captures["actor"]
                continue
            if kind == "none":
                inner.add(first)
                continue
            if kind == "carried":
                carried.append(match)
            self.found.setdefault(first, []).append(match)
            if "verb" in match.rule.says and "actor" in captures:
                self.subjects.setdefault(first, captures["actor"])
            inner.update(range(first + 1, last), range(*captures.get("inner", (0, 0))))
        if not self.found:
            return []
        for match in carried:
            if verb := self.subjects.get(match.first):
                self.subjects.setdefault(match.captures["trigger"][0], verb)
        self.moods = moods_of(self.document)
        found = [event for at in sorted(self.found) if at not in inner and (event := self._event(at))]
        return list(self._standing(found))

    def _standing(self, found: list[Found]) -> Iterator[Event]:
        """The events without the deaths that another event of their sentence brought about; it has their victims."""
        number = 0
        for k, one in enumerate(found):
            near = [other for other in found[max(k - 3, 0) : k + 4] if self._with(one, other)]
            if self._only_a_death(one) and any(not self._only_a_death(other) for other in near):
                continue
            event = one.event
            bare = event.type == "ASSAULT" and not event.recipient and not self._only_a_death(one)
            deaths = (other for other in near if self._only_a_death(other)) if bare else ()
            if death := min(deaths, key=lambda other: abs(other.at - one.at), default=None):
                victims = death.event.recipient, death.event.recipient_party
                event = replace(event, recipient=victims[0], recipient_party=victims[1])
            if event.actor or event.recipient or event.place:
                number += 1
                yield replace(event, id=f"e{number}")

    def _only_a_death(self, one: Found) -> bool:
        return one.event.actor is None and self._is(one.at, "deadly")

    def _with(self, one: Found, other: Found) -> bool:
        """Whether two events are an attack and what came of it: of one kind, in one clause."""
        first, last = min(one.at, other.at), max(one.at, other.at)
        if one is other or not one.event.type == other.event.type == "ASSAULT":
            return False
        return not self.words.any_in(first, last, "stop", "para", "meanwhile", "semicolon", "subord", "but")

    def _event(self, at: int) -> Found | None:
        matches = self.found[at]
        match = matches[0]
        captures: dict[str, Units] = {}
        for one in matches:
            for name, units in one.captures.items():
                if units[1] > units[0]:
                    captures.setdefault(name, units)
        kind = self._type(match, at)
        if kind is None:
            return None
        first, last = captures["trigger"]
        begin, end = self._sentence(first)
        actor, recipient = self._sides(match, captures, begin)
        if recipient and recipient == actor and "them" in captures:
            recipient = self._meant(captures["them"][0], recipient[0])
        actor_span, recipient_span = self._span(actor), self._span(recipient)
        if actor and not recipient and self._is(at, "mutual", "cuts", "signs"):
            actor_span, recipient_span = self._two_sides(actor)
        only_place = "alone" in match.rule.says and self._is(at, "mutual") and not (actor or recipient)
        place = captures.get("where") or self._place(last, min(end, last + (CLOSE_PLACE if only_place else NEAR_PLACE)))
        place_span = self._span(place)
        attack = kind == "ASSAULT" and not self._is(at, "mutual", "deadly")
        located = place_span and kind not in NOWHERE
        if not (actor_span or recipient_span or located or attack):
            return None
        event = Event(
            id="",
            type=cast(EventType, kind),
            cameo=self._cameo(match, at, kind),
            trigger=self.document.span(first, last, self.tape),
            modality=self._modality(match, first),
            actor=actor_span,
            actor_party=self._party(actor),
            recipient=recipient_span,
            recipient_party=self._party(recipient),
            place=place_span,
            date=self._date(first, last, begin, end),
            rule=match.rule.name,
        )
        return Found(event, at)

    # Who and whom

    def _sides(self, match: Match, captures: dict[str, Units], begin: int) -> tuple[Units | None, Units | None]:
        """Who does it and to whom, once those who stand before the word are counted in."""
        first, last = captures["trigger"]
        actor, recipient = captures.get("actor"), captures.get("recipient")
        if actor == recipient:
            actor = None
        if actor and not self._party(actor):
            head = actor[0] + self._is(actor[0], "article")
            actor = None if self._is(head, "nisba") else actor
        subject = self.subjects.get(first)
        if not subject and not actor:
            subject = self._we(first, last)
        if subject and "far" in match.rule.says:
            recipient = None
        if subject and recipient and self._counts(recipient[0], first) and first - subject[1] > FAR:
            subject = None
        verb = self._acts(first) or "verb" in match.rule.says or self._made_verb(first)
        verb = verb or bool(subject and self._is(first, "finite"))
        if verb:
            if subject and not self._agrees(subject[0], first):
                subject = None
            if not subject and (not actor or self._is(first - 1, "pronoun")):
                subject = self._shared(first, begin, recipient) or self._only_several(first, begin)
        if not verb and not actor and subject and not self._is(first, "event"):
            return subject, recipient  # of several words, the first of which is no verb: لن نقبل القرار
        if not verb and (doer := self.doers.get(first)):
            subject = doer
        if meant := captures.get("meant"):
            actor = self._meant(meant[0], first)
        if them := captures.get("them"):
            recipient = recipient or self._head_of_relative(first) or self._meant(them[0], first)
        if "passive" in match.rule.says:
            meant = self._meant(last, first) if self._is(last, "pronoun") else None
            return actor, recipient or (subject if subject != actor else None) or meant
        pronoun = match.rule.says.get("pronoun")
        if pronoun and self._is(first, "event.support", "event.reject") and not recipient:
            sided = self._process_meant(last, first)
            if sided and (pronoun == "recipient" or not (meant := self._meant(last, first)) or meant < sided):
                return actor or (subject if pronoun == "recipient" and subject != sided else None), sided
        if pronoun == "recipient" and (head := self._head_of_relative(first)):
            return actor, head
        if pronoun == "recipient" and not recipient and subject and subject == self._meant(last, first):
            subject = None
        if pronoun == "recipient":
            return (
                actor or (None if verb else self._controller(first, begin)) or (None if actor else subject),
                recipient or (subject if actor else None) or self._meant(last, first),
            )
        if subject and not recipient and not actor and self._suffers(subject[0], first):
            return None, subject
        if subject and not (verb and actor and recipient):
            if actor and actor != subject:
                recipient = recipient if verb and recipient else actor
            actor = subject
        if pronoun:
            actor = actor or self._controller(first, begin) or self._meant(last, first)
        return actor or (None if verb else self._controller(first, begin, recipient)), recipient

    def _made_verb(self, at: int) -> bool:
        """Whether what may be a verbal noun as well can only be a verb here: ``أنه توصل``."""
        said = self._is(at - 1, "pronoun") and self._is(at - 2, "that")
        return self._is(at, "finite") and self._is(at, "masdar") and said

    def _suffers(self, subject: int, verb: int) -> bool:
        """Whether who stands before a verb of killing or holding suffers it, as print does not tell the passive."""
        return self._is(verb, "deadly", "event.coerce") and self._is(subject, "number", "people")

    def _counts(self, victims: int, verb: int) -> bool:
        """Whether a verb of killing has a number of victims behind it, so that it may as well be passive."""
        return self._is(verb, "deadly") and self._is(victims, "number")

    def _agrees(self, subject: int, verb: int) -> bool:
        """Whether a verb behind a subject can be said of it: of its number, and of its gender where that is known."""
        if self._is(subject, "party.state", "quantifier", "number"):
            return True
        plural, feminine = self._is(subject, "plural"), self._is(subject, "fem")
        if self._is(verb, "plural", "dual"):
            return plural or not self._is(subject, "party.person")
        if self._is(verb, "fem"):
            return feminine or plural or not self._is(subject, "party.person", "people")
        return not feminine or self._is(verb, "present")

    def _shared(self, at: int, begin: int, recipient: Units | None) -> Units | None:
        """Whose subject a verb without one shares: that of the verb it is joined to, or under which it stands.

        ``أعلن الجيش أنه قصف المدينة ودمر الجسر``، ``تراجع المسلحون بعد أن أحرقوا الجسر``
        """
        before = at - 1
        while before > begin and self._is(before, "auxiliary", "negation", "future", "modal"):
            before -= 1
        joined = self._is(before, "conj") and not self._is(before, "relative", "that", "subord")
        meanwhile = self._is(before, "that", "subord") and self._is(before - 1, "apart") and not self._is(at, "deadly")
        if self._is(before, "pronoun") and self._is(before - 1, "that"):
            sign, before = before, before - 1
            if (speaker := self._said_of_self(sign)) and self._agrees(speaker[0], sign):
                return speaker
        elif joined or meanwhile:
            sign = at
        else:
            return None
        if recipient and sign == at and self._is(at, "deadly") and not self._is(at, "fem", "plural"):
            return None
        for verb in range(before - 1, max(begin, before - JOINED) - 1, -1):
            says = verb in self.subjects or self._acts(verb)
            if says and not self._is(verb - 1, "relative"):
                subject = self._subject_of(verb, begin, before)
                return subject if subject and self._agrees(subject[0], sign) else None
        return None

    def _said_of_self(self, pronoun: int) -> Units | None:
        """Who says a statement that begins with this pronoun: ``موضحا أنه التقى الوزير``."""
        starts = self.tape.starts[pronoun], self.tape.starts[min(pronoun + 1, len(self.tape) - 1)]
        source = next((s.source for s in self.document.statements if s.content.start in starts), None)
        return self._at(source) if source else None

    def _we(self, first: int, last: int) -> Units | None:
        """Who says of themselves what a trigger in the first person tells: ``وقال لافروف "لن نقبل القرار"``."""
        units = range(first, last)
        if not any(self._is(at, "we") or (self._is(at, "first") and not self._is(at, "past")) for at in units):
            return None
        at = self.tape.starts[first]
        around = [s for s in self.document.statements if s.content.start <= at < s.content.end and s.source]
        inner = min(around, key=lambda s: s.content.end - s.content.start, default=None)
        return self._at(inner.source) if inner and inner.source and inner.form != "indirect" else None

    def _at(self, span: Span) -> Units:
        at = self.tape.unit_at(span.start)
        return at, at + 1

    def _only_several(self, verb: int, begin: int) -> Units | None:
        """Of a verb in the plural: the only several people that its sentence names before it."""
        if not self._is(verb, "plural") or self._is(verb, "deadly", "event.coerce") or self._is(verb - 1, "relative"):
            return None
        several = [
            at
            for at in range(max(begin, verb - MEANT), verb)
            if self._is(at, "who") and self._is(at, "plural", "number") and not self._is(at, "fem", "toll")
        ]
        return (several[0], several[0] + 1) if len(several) == 1 else None

    def _subject_of(self, verb: int, begin: int, end: int) -> Units | None:
        """Who stands behind a verb, or right before it, as its subject."""
        if known := self.subjects.get(verb):
            return known
        behind = (k for k in range(verb + 1, min(end, verb + SUBJECT)) if self._is(k, "who") and self._free(k))
        at = next(behind, None)
        if at is None:
            before = verb - 1
            while before > max(begin, verb - SUBJECT) and self._is(before, *BETWEEN):
                before -= 1
            if self._is(before, "comma"):
                opening = (k for k in range(before - 2, max(begin, before - CONTROL), -1) if self._is(k, "comma"))
                before = next(opening, before) - 1
            at = before if before >= begin and self._is(before, "who") and self._free(before) else None
        return (at, at + 1) if at is not None else None

    def _free(self, at: int) -> bool:
        """Whether no preposition governs a phrase."""
        return not self._is(at - 1, "prep")

    def _controller(self, at: int, begin: int, partner: Units | None = None) -> Units | None:
        """Who does what a noun says: the subject of the verb it depends on, or that verb's object.

        Who does anything at all during a visit, or talks with a partner, is who visits or talks.
        """
        partner = partner if partner and not self._is(partner[0], "number") else None
        during = self._is(at - 1 - self._is(at - 1, "article"), "prep")
        meets = (during and self._is(at, "visit")) or (partner is not None and self._is(at, "mutual"))
        force = self._is(at, *FORCES)
        if self._is(at, "blast"):
            return None
        for before in range(at - 1, max(begin, at - CONTROL) - 1, -1):
            if self._is(before, "that", "semicolon"):
                moods = self.words.any_in(before + 2, at, "mood.impersonal", "mood.try")
                return (before + 1, before + 2) if moods and self._is(before + 1, "who") else None
            if (self._is(before, "apart") and not meets) or (force and self._is(before, "act.condemn")):
                return None
            if self._is(before, "owned"):
                if self._is(before + 1, "pronoun"):
                    return self._meant(before + 1, before)
                return (before + 1, before + 2) if self._is(before + 1, "who") else None
            if self._is(before, *STEERS) and not self._is(before, "noun"):
                whom = self._whom(before, at)
                only = len(whom) == 1 and self._is(before, "act.demand") and not self._is(before, "controls")
                if not whom or (only and not self._accuser(before, begin)):
                    return None
                return whom[min(1, len(whom) - 1)], whom[min(1, len(whom) - 1)] + 1
            if self._is(before, *DOES) and self._is(before, "finite", "masdar", "participle"):
                if force and self._is(before, *ANNOUNCING):
                    return None
                if self._is(before + 1, "pronoun") and not self._acts(before):
                    return self._meant(before + 1, before)
                if subject := self._subject_of(before, begin, at):
                    return subject
                if self._acts(before):
                    return self._shared(before, begin, None)
            elif self._acts(before):
                return self._subject_of(before, begin, at) if meets else None
        return None

    def _whom(self, verb: int, end: int) -> list[int]:
        """Who stands behind a verb, up to the preposition behind them."""
        whom: list[int] = []
        for at in range(verb + 1, end):
            if self._is(at, "who"):
                if not whom or not self._is(at - 1, "conj"):
                    whom.append(at)
            elif whom and self._is(at, "prep"):
                break
        return whom

    def _accuser(self, verb: int, begin: int) -> bool:
        """Whether who accuses or demands stands before the verb."""
        return verb in self.subjects or (verb > begin and self._is(verb - 1, "who"))

    def _meant(self, pronoun: int, before: int) -> Units | None:
        """The party a pronoun stands for."""
        at = self.words.meant(pronoun, before)
        return None if at is None else (at, at + 1)

    def _head_of_relative(self, verb: int) -> Units | None:
        """Whom a relative clause that opens with a verb is about: ``المدينة التي قصفتها الطائرات``."""
        if not self._is(verb - 1, "relative") or self._is(verb - 1, "prep"):
            return None
        head = verb - 3 if self._is(verb - 2, "comma") else verb - 2
        return (head, head + 1) if self._is(head, "phrase") else None

    def _process_meant(self, pronoun: int, before: int) -> Units | None:
        """The process or document a pronoun may stand for: the last named before it, if of its gender."""
        for at in range(before - 1, max(before - MEANT, -1), -1):
            if self._is(at, "process", "party.document"):
                return (at, at + 1) if self.words.feminine(at) == self._is(pronoun, "fem") else None
        return None

    # What it is

    def _type(self, match: Match, at: int) -> str | None:
        said = match.rule.says.get("type")
        if said:
            return said.upper()
        kinds = sorted(c.removeprefix("event.") for c in self._classes(at) if c.startswith("event."))
        return kinds[0].upper() if kinds else None

    def _acts(self, at: int) -> bool:
        """Whether a unit is a verb and cannot be a noun."""
        return self._is(at, "finite") and not self._is(at, "masdar", "noun", "phrase", "auxiliary")

    def _classes(self, at: int) -> frozenset[str]:
        return self.alphabet.classes(self.tape.codes[at])

    def _cameo(self, match: Match, at: int, kind: str) -> str:
        said = match.rule.says.get("cameo")
        if said:
            return said
        own = sorted(c.removeprefix("cameo.") for c in self._classes(at) if c.startswith("cameo."))
        return own[-1] if own else root_codes()[kind]

    def _modality(self, match: Match, first: int) -> Modality:
        """That of the word, or of the verb that carries it (``تعرضت لقصف``)."""
        at = match.first if match.rule.says["as"] == "carried" else first
        return self.moods.of(self.document.tape.unit_at(self.tape.starts[at])) or "actual"

    # Its words

    def _below(self, units: Units) -> range:
        """The units of the document's own tape that phrases are made of."""
        tape = self.document.tape
        return range(tape.unit_at(self.tape.starts[units[0]]), tape.unit_at(self.tape.ends[units[1] - 1] - 1) + 1)

    def _mentions(self, units: Units) -> list[Mention]:
        items = self.document.tape.items
        return [item for at in self._below(units) if isinstance(item := items.get(at), Mention)]

    def _span(self, units: Units | None) -> Span | None:
        """The words of a phrase, without an article that has run into a preposition; of a person, the name alone."""
        if units is None:
            return None
        span = self.document.span(*units, self.tape)
        ground = self.document.ground
        first = ground.unit_at(span.start)
        clipped = ground.ends[first] - span.start < len(ground.norms[first])
        if clipped and ground.codes[first] in self.alphabet.having("article"):
            span = self.document.article.span(ground.ends[first], span.end)
        mentions = self._mentions(units)
        one = mentions[0] if len(mentions) == 1 and mentions[0].start <= span.start else None
        if one and one.kind == "person" and (name := self._named(one)):
            return name
        return self._without_place(span)

    def _without_place(self, span: Span) -> Span:
        """A phrase without the place at its end, where that says where it happened and not whose it is."""
        tape, having = self.document.ground, self.alphabet.having_any
        first, last = tape.unit_at(span.start), tape.unit_at(span.end - 1)
        at = last
        while at > first and tape.codes[at] in having(PLACES) and tape.codes[at] not in having(LOCATING):
            at -= 1
        while at > first + 1 and tape.codes[at - 1] in having(LOCATING):
            at -= 1
        own = any(code in having(("abroad",)) for code in tape.codes[first:at])
        if first < at < last and tape.codes[at] in having(LOCATING) and not own:
            return self.document.article.span(span.start, tape.ends[at - 1])
        return span

    def _named(self, mention: Mention) -> Span | None:
        at = self.document.text.find(mention.name, mention.start, mention.end) if mention.role else -1
        return self.document.article.span(at, at + len(mention.name)) if at >= 0 else None

    def _two_sides(self, units: Units) -> tuple[Span | None, Span | None]:
        """The two sides that one phrase names (``بين إسرائيل وحماس``), or the phrase and nobody."""
        below, joined = self._below(units), self.alphabet.having("conj")
        codes = self.document.tape.codes
        parts = [at for at in below if codes[at] in joined]
        if len(parts) != 1 or not below.start < parts[0] < below.stop - 1:
            return self._span(units), None
        return self._part(below.start, parts[0]), self._part(parts[0] + 1, below.stop)

    def _part(self, first: int, last: int) -> Span:
        item = self.document.tape.items.get(first)
        named = self._named(item) if isinstance(item, Mention) and item.kind == "person" else None
        return named or self.document.span(first, last)

    def _party(self, units: Units | None) -> str | None:
        """The party named first within a phrase, or the state that an adjective of belonging says."""
        if not units:
            return None
        tape, nisbas = self.document.tape, self.alphabet.having("nisba")
        mention = next(iter(self._mentions(units)), None)
        if mention:
            return mention.party or mention.name
        values = (
            self.document.language.value(tape.norms[at], "nisba")
            for at in self._below(units)
            if tape.codes[at] in nisbas
        )
        return next(values, None)

    # Where and when

    def _place(self, last: int, end: int) -> Units | None:
        """The place named nearest behind an event, up to a unit."""
        for at in range(last, end):
            if self._is(at, "where") or (self._is(at, "place") and self._is(at - 1, "locates")):
                return at, at + 1
            if self._is(at, "that"):
                break
        return None

    def _date(self, first: int, last: int, begin: int, end: int) -> str | None:
        """The date nearest to the event in its sentence, one behind it before one ahead of it."""
        behind = range(last, min(end, last + NEAR_DATE))
        before = range(first - 1, max(begin, first - NEAR_DATE) - 1, -1)
        for at in (*behind, *before):
            item = self.tape.items.get(at)
            if isinstance(item, Date):
                return item.value
        return None

    def _sentence(self, at: int) -> Units:
        """The units of the sentence a unit stands in."""
        place = bisect_right(self.begins, self.tape.starts[at])
        first = self.tape.unit_at(self.begins[place - 1])
        return first, self.tape.unit_at(self.begins[place]) if place < len(self.begins) else len(self.tape)
