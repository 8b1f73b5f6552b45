"""What becomes of talks, ceasefires, agreements, resolutions …: developments.

The pack's ``patterns/developments.txt`` finds a word of change and the process it is said of; here
the two become a development: its kind and status from their classes, who brought it about, when,
why and on what condition from the words around. A name of a process alone is none.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import cast, get_args

from msgspec.structs import replace

from sijill.read.document import Document
from sijill.read.drafts import describe_drafts
from sijill.read.findings import Mention
from sijill.read.modality import Moods, moods_of
from sijill.read.words import Words
from sijill.record import Date, Development, Modality, Process, Span, Statement, Status
from sijill.text.pattern import Match

KINDS = frozenset(get_args(Process))
STATUSES = frozenset(get_args(Status))

NARROWER: tuple[str, ...] = ("prisoner_exchange", "ceasefire", "evacuation")
"""What an agreement on one of these is followed as."""

KNOWN: dict[str, tuple[Process, tuple[str, ...]]] = {
    "draft_again": ("draft_resolution", ("process.draft_resolution",)),
    "decision_again": ("resolution", ("process.draft_resolution", "process.resolution")),
    "decision": ("resolution", ()),
    "talks_again": ("talks", ("process.talks",)),
}
"""By capture: the kind of what it names, and what must have been named before for it to be known as such."""

EFFECT = 8
"""Units between the name of a process and the verb that says what its change would bring."""

AIM = 8
"""Units between the name of talks and what they are for."""

NEAR_DATE = 12
"""Units between a word of change and its date."""

CONTROL = 12
"""Units between a word of change and the verb whose subject brings it about."""

CONTROLS = (
    "controls",
    "uses.veto",
    "mood.try",
    "mood.intend",
    "mood.threaten",
    "mood.deny",
    "mood.fail",
    "mood.refuse",
)
"""Verbs whose subject brings about, or would bring about, the change named behind."""

SPEAKERS_OWN = frozenset({"announce", "threaten", "promise", "confirm", "justify", "deny"})
"""What somebody says in these ways of a change, they do themselves."""


@dataclass(slots=True)
class Found:
    """A match with what was made of it: its trigger, the units of its process, and kind and status.

    ``meant`` is the last unit of the process that was named before, where the match itself names none.
    """

    match: Match
    trigger: tuple[int, int]
    process: tuple[int, int] | None
    kind: Process
    status: Status
    distance: int
    rank: int
    meant: int | None = None


def find_developments(document: Document) -> None:
    """Find every development, in the order of their triggers.

    >>> from sijill.read import read_article
    >>> from sijill.record import Article
    >>> text = "علقت واشنطن محادثاتها مع موسكو بسبب الغارات."
    >>> [d] = read_article(Article(id="a", lang="ar", text=text)).developments
    >>> d.kind, d.status, d.modality, d.by, d.subject.text, d.reasons[0].text
    ('talks', 'suspended', 'actual', 'واشنطن', 'محادثاتها مع موسكو', 'الغارات')
    """
    document.developments = _Reader(document).developments()


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.tape = document.tape
        self.alphabet = document.language.alphabet
        self.having = self.alphabet.having
        self.words = Words(document)
        self._is, self._party = self.words.is_, self.words.party
        self._behind_preposition = self.words.behind_preposition
        self.rules = document.rules("developments")
        self.rank = {rule.name: k for k, rule in enumerate(self.rules.rules)}
        self.found: dict[int, Found] = {}
        self.named: dict[int, str] = {}  # the kinds of the processes found, by their last units
        self.reasons: list[int] = []
        self.conditions: list[int] = []
        self.details: list[Match] = []
        self.dates = sorted(at for at, item in self.tape.items.items() if isinstance(item, Date))
        self.statements = sorted(document.statements, key=lambda s: s.content.start)
        self._names: list[tuple[int, int]] | None = None

    def developments(self) -> list[Development]:
        inner: set[int] = set()
        matches = list(self.rules.scan(self.tape, overlap=True))
        for match in matches:
            getattr(self, f"_{match.rule.says['as']}_match")(match)
        for found in self.found.values():
            inner.update(range(*found.match.captures.get("inner", (0, 0))))
            inner.update(range(found.trigger[0] + 1, found.trigger[1]))
        kept: list[Found] = []
        for at in sorted(self.found):
            found = self.found[at]
            twice = kept and kept[-1].match.rule is found.match.rule and at < kept[-1].match.last
            if at not in inner and not twice:
                kept.append(found)
        if not kept:
            return []
        moods = moods_of(self.document)
        made = [self._development(k, found, kept, moods) for k, found in enumerate(kept)]
        made = [replace(one, id=f"d{number}") for number, one in enumerate(made, 1)]
        return describe_drafts(self.document, made, self.details)

    # Matches

    def _development(self, number: int, found: Found, kept: list[Found], moods: Moods) -> Development:
        first, last = found.trigger
        modality = self._modality(found, moods)
        present = self._is(first, "present") and not self._is(first, "past", "masdar")
        timed = {"planned": "soon", "actual": "now" if present else ""}.get(modality)
        if modality == "possible" and self._is(first, "votes"):
            timed = "soon"
        status = self._timed(found, timed) if timed else found.status
        sentence = self.document.sentence_of(first)
        upto = min(
            (other.trigger[0] for other in kept[number + 1 : number + 2] if other.trigger[0] < sentence.last),
            default=sentence.last,
        )
        end = max(last, found.process[1] if found.process else last)
        return Development(
            id="",
            kind=found.kind,
            status=status,
            modality=modality,
            trigger=self.document.span(first, last),
            subject=self._subject(found),
            by=self._by(found, sentence.first),
            date=self._date(found, sentence.first, sentence.last),
            reasons=self._reasons(found, end, max(upto, end), sentence.last),
            conditions=self._conditions(end, max(upto, end), sentence.last),
            rule=found.match.rule.name,
        )

    def _development_match(self, match: Match) -> None:
        captures, says = match.captures, match.rule.says
        trigger = captures["trigger"]
        if self._is(trigger[0], "party") and not self._no_party_here(trigger):
            return
        name = next(((key, units) for key, units in captures.items() if key not in ("trigger", "inner", "by")), None)
        process = name[1] if name else None
        if process and self._is(process[0] - 1, "article"):
            process = process[0] - 1, process[1]
        kind = says.get("kind") or (self._kind(*name) if name else None)
        meant = None
        if kind == "before":
            pronouns = (at for at in range(match.last - 1, trigger[1] - 1, -1) if self._is(at, "pronoun"))
            pronoun = next(pronouns, None)
            agreeing = trigger[0] if pronoun is None and self._verb(trigger[0]) else pronoun
            meant = self._named_at(trigger[0], agreeing, further="back" in says)
            kind = None if meant is None else self.named.get(meant) or self._kind("process", (meant, meant + 1))
        if (
            kind is None
            or says.get("only", kind) != kind
            or self._only_dates(trigger[0])
            or (process and says.get("order") == "behind" and not self._agree(process, trigger[0]))
        ):
            return
        status = says.get(kind) or says.get("status") or self._status(trigger[0], kind)
        if status is None and name and name[0].startswith("decision"):
            kind = "draft_resolution"
            status = self._status(trigger[0], kind)
        if status is None:
            return
        if process and (self._names_an_aim(trigger[0], status) or self._belongs_to_another(match, trigger, process)):
            return
        distance = max(0, process[0] - trigger[1], trigger[0] - process[1]) if process else 0
        found = Found(
            match,
            trigger,
            process,
            cast(Process, kind),
            cast(Status, status),
            distance,
            self.rank[match.rule.name],
            meant,
        )
        if process:
            self.named[process[1] - 1] = kind
        known = self.found.get(trigger[0])
        if known is None or (found.distance, found.rank) < (known.distance, known.rank):
            self.found[trigger[0]] = found

    def _no_party_here(self, trigger: tuple[int, int]) -> bool:
        """Whether words read as a party are not one beside a process: ``المقرر عقدها``, ``معارضته للاتفاق``."""
        owned = self._is(trigger[0], "masdar") and self._is(trigger[1], "pronoun")
        return owned or self._is(trigger[0], "status.scheduled")

    def _only_dates(self, at: int) -> bool:
        """Whether a vote only dates something else, or is not taken part in: ``خلال التصويت على مشروع القرار``."""
        if not self._is(at, "votes") or not self._is(at - 1, "article"):
            return False
        return self._is(at - 2, "lead.within") or self.words.any_in(max(at - 7, 0), at - 1, "mood.refuse")

    def _none_match(self, _match: Match) -> None:
        """Words of change that say none here; no other rule is tried where they begin."""

    def _reason_match(self, match: Match) -> None:
        self.reasons.append(match.captures["reason"][0])

    def _condition_match(self, match: Match) -> None:
        self.conditions.append(match.captures["condition"][0])

    def _names_an_aim(self, at: int, status: str) -> bool:
        """Whether ``to reach an agreement`` only says what the talks before it are for."""
        before = at - 2 if self._is(at - 1, "article") else at - 1
        if status != "agreed" or not self._is(before, "for") or not self._is(at, "governs.to"):
            return False
        begin = max(self.document.sentence_of(at).first, at - AIM)
        return any(self._is(earlier, "process.talks", "mood.try") for earlier in range(begin, at))

    def _belongs_to_another(self, match: Match, trigger: tuple[int, int], process: tuple[int, int]) -> bool:
        """Whether a verb acts on something of the process, not on itself: ``ناقش موعد المفاوضات``."""
        if "direct" not in match.rule.says or process[0] <= trigger[1]:
            return False
        before = process[0] - 1
        if self._is(before, "pronoun") or self._is(before - 1, "article") or self._is(before, "party", "light", "date"):
            return False
        return self._is(before, "noun", "masdar", "quantifier") and not self._is(before, "accusative", "adverb")

    def _detail_match(self, match: Match) -> None:
        self.details.append(match)

    # Kind and status

    def _kind(self, capture: str, units: tuple[int, int]) -> str | None:
        if capture in KINDS:
            return capture
        if capture in KNOWN:
            kind, first = KNOWN[capture]
            known = not first or self.words.any_in(0, units[0], *first)
            return kind if known or any(found.kind == kind for found in self.found.values()) else None
        kinds = [kind for at in range(*units) for kind in self._named(at, "process") if kind in KINDS]
        return next((kind for kind in NARROWER if kind in kinds), kinds[0] if kinds else None)

    def _named_at(self, at: int, agreeing: int | None, *, further: bool) -> int | None:
        """Where the sentence, or the one before, last named a process; of a pronoun's or verb's gender if one says."""
        begin = self.document.sentence_of(at).first
        if further and begin:
            begin = self.document.sentence_of(begin - 1).first
        for before in range(at - 1, begin - 1, -1):
            if before in self.named or self._is(before, "process"):
                agrees = agreeing is None or self.words.feminine(before) == self._is(agreeing, "fem")
                return before if agrees else None
        return None

    def _named(self, at: int, family: str) -> list[str]:
        """What classes of a family a unit has, without its prefix (``talks`` for ``process.talks``)."""
        prefix = family + "."
        return [c[len(prefix) :] for c in sorted(self.alphabet.classes(self.tape.codes[at])) if c.startswith(prefix)]

    def _status(self, at: int, kind: str) -> str | None:
        """The status that a word says of this kind of process: one said of it alone before one of any."""
        said = self._named(at, "status")
        own = [status.removesuffix(f".{kind}") for status in said if status.endswith(f".{kind}")]
        return next(iter(own), None) or next((status for status in said if status in STATUSES), None)

    def _timed(self, found: Found, time: str) -> Status:
        """What a word says of what is planned (``soon``), or in the present (``now``)."""
        for status in self._named(found.trigger[0], time):
            if status in STATUSES or status.endswith(f".{found.kind}"):
                return cast(Status, status.partition(".")[0])
        return found.status

    def _agree(self, process: tuple[int, int], verb: int) -> bool:
        """Whether a verb behind the name of a process can have it as its subject: a plural of things is feminine."""
        head = next((at for at in range(*process) if not self._is(at, "article")), process[0])
        return self.words.feminine(head) == self._is(verb, "fem") or self._is(verb, "masdar")

    # Modality

    def _modality(self, found: Found, moods: Moods) -> Modality:
        first, _ = found.trigger
        if self._is(first, "attribute") and found.match.rule.name == "process, attribute":
            return "planned" if found.status == "scheduled" else "actual"
        if "modality" in found.match.rule.says:
            return cast(Modality, found.match.rule.says["modality"])
        ahead = found.process if found.process and found.process[0] < first else None
        if found.match.rule.name == "process, predicate":
            ahead = None  # its verb stands before it: ستبقى العقوبات سارية
        mood = moods.of(first, behind=ahead[1] if ahead else 0)
        if mood in (None, "actual"):
            if found.status == "scheduled" or self._lies_ahead(found):
                return "planned"
            if mood is None and self._is(first, "masdar") and self._has_effects(found):
                return "possible"
        return mood or "actual"

    def _lies_ahead(self, found: Found) -> bool:
        """Whether a change that no past verb tells of is dated after the day of publication."""
        first, published = found.trigger[0], self.document.published
        if not published or not self._is(first, "present", "masdar") or self._is(first, "past"):
            return False
        sentence = self.document.sentence_of(first)
        date = self._date(found, sentence.first, sentence.last)
        return bool(date) and date[:10] > published[: len(date[:10])]

    def _has_effects(self, found: Found) -> bool:
        """Whether a verb behind says what the change would bring: ``رفض الاتفاق سيفتح الباب أمام الحرب``."""
        first, last = found.trigger
        if not found.process or found.process[0] < last or self._is(first - 1, "prep", "conj", "article"):
            return False
        for at in range(found.process[1], min(found.process[1] + EFFECT, len(self.tape))):
            if self._is(at, "finite") and not self._is(at, "masdar", "noun", "party"):
                return self._is(at - 1, "future", "modal") or self._is(at, "needs")
            if self._is(at, "comma", "stop", "para", "relative", "that", "conj") and not self._is(at, "prep"):
                return False
        return False

    # Who, when

    def _by(self, found: Found, begin: int) -> str | None:
        first, last = found.trigger
        process = found.process or (found.match.last, found.match.last)
        end = max(last, process[0])
        if found.match.rule.says.get("by") == "none":
            return None
        if "by" in found.match.captures:
            return self._party(found.match.captures["by"][0])
        if found.match.rule.says.get("by") == "speaker" or self.words.any_in(first, last, "we"):
            return self._speaker(self.tape.starts[first])
        for at in range(last, min(max(end, process[1]) + 3, len(self.tape))):
            if self._is(at, "by.whom") and (party := self._party(at + 1)):
                return party
        owned = self._is(first, "masdar") and not self._is(first, "happens") and self._is(last, "pronoun")
        if owned and "kind" not in found.match.rule.says and (meant := self.words.meant(last, first)) is not None:
            return self._party(meant)
        if self._is(first, "happens") and not self._is(first, "mutual"):
            return None
        between = [at for at in range(last, end) if self._party(at) and self._subject_place(at, last)]
        if between and process[0] >= last:
            return self._party(between[0])
        if process[0] < first:
            behind = (at for at in range(last, last + 3) if self._party(at) and self._subject_place(at, last))
            return self._party(next(behind, -1)) if "aside" in found.match.rule.says else None
        if self._is(first, "finite") and self._is(first, "mutual"):
            return None
        if self._is(first, "finite") and self._is(first - 1, "pronoun") and self._is(first - 2, "that"):
            return self._speaker(self.tape.starts[first])
        verb = first + 1 if self._is(first, "negation") else first
        if self._is(verb, "finite") and not self._is(verb, "masdar", "noun"):
            subject = last + 1 if self._is(last, "article") else last
            if subject < process[0] and self._is(subject, "noun", "people") and not self._is(subject, "date"):
                return None
            return self._subject_before(first, begin, 8) or self._topic(first, begin)
        return self._of_statement(found) or self._controller(first, begin)

    def _subject_place(self, at: int, first: int) -> bool:
        """Whether a party may be the subject here: behind no preposition and no noun that it belongs to."""
        if self._behind_preposition(at):
            return False
        before = at - 1
        bare = self._is(before, "noun", "masdar", "people") and not self._is(before - 1, "article")
        return before < first or not bare or self._is(before, "date", "adverb", "party", "finite")

    def _subject_before(self, at: int, begin: int, reach: int) -> str | None:
        """The party before a verb, with no verb or preposition between; before a relative clause, its antecedent."""
        if self._is(at - 1, "relative") and not self._is(at - 1, "prep", "that", "subord"):
            before = at - 3 if self._is(at - 2, "comma", "quote") else at - 2
            return self._party(before)
        for before in range(at - 1, max(begin, at - reach) - 1, -1):
            if self._is(before, "finite", "that") and not self._is(before, "auxiliary", "masdar", "noun", "party"):
                if self._is(before, "that"):
                    continue
                return None
            if self._party(before) and not self._behind_preposition(before):
                while self._is(before - 1, "conj") and not self._is(before - 1, "that") and self._party(before - 2):
                    before -= 2
                return self._party(before) if self._subject_place(before, 0) else None
            if self._is(before, "people", "force") and self._is(before - 1, "article"):
                return None
        return None

    def _topic(self, verb: int, begin: int) -> str | None:
        """Of a verb that is joined to others: the party its clause opens with (``إن إسرائيل لن تصمت وستتخذ``)."""
        at = verb - 2 if self._is(verb - 1, "future") else verb - 1
        if not self._is(at, "conj") or self._is(at, "that", "subord", "relative"):
            return None
        while at > begin and not self._is(at, "that", "colon", "quote", "relative"):
            at -= 1
        party = at + 1 if self._is(at, "that", "colon", "quote") else at
        party += self._is(party, "quote")
        item = self.tape.items.get(party)
        agrees = isinstance(item, Mention) and (item.kind == "state" or bool(item.fem)) == self._is(verb, "fem")
        return self._party(party) if agrees else None

    def _speaker(self, start: int) -> str | None:
        """Who says what stands at a code point: the speaker of the innermost statement around it."""
        around = [s for s in self.statements if s.content.start <= start < s.content.end]
        return around[-1].speaker if around else None

    def _of_statement(self, found: Found) -> str | None:
        """The speaker who announces (or threatens …) the change that opens the statement; the one accused of it."""
        start = self.tape.starts[found.trigger[0]]
        for statement in reversed(self.statements[: bisect_right(self.statements, start, key=_content_start)]):
            if statement.content.end > start and self._opens(statement, start):
                if statement.act in SPEAKERS_OWN:
                    return statement.speaker
                if statement.act == "accuse" and statement.target:
                    return self._party(self.tape.unit_at(statement.target.start))
                return None
            if start - statement.content.start > 600:
                return None
        return None

    def _opens(self, statement: Statement, start: int) -> bool:
        first, last = self.tape.unit_at(statement.content.start), self.tape.unit_at(start)
        between = range(first, last)
        return len(between) <= 4 and not any(
            self._party(at) or (self._is(at, "finite") and not self._is(at, "masdar")) for at in between
        )

    def _controller(self, at: int, begin: int) -> str | None:
        """The subject of the verb that governs a verbal noun: ``أمر بوتين بتعليق``, ``فشل كير في التوصل``."""
        for before in range(at - 1, max(begin, at - CONTROL) - 1, -1):
            if self._is(before, "that"):
                return next(
                    (p for k in range(before + 1, at) if self._subject_place(k, 0) and (p := self._party(k))), None
                )
            announced = self._is(before, "controls") and self._party(before + 1)
            if not (self._is(before, "finite") or announced) or self._is(before, "party"):
                continue
            if self._is(before, *CONTROLS):
                for behind in range(before + 1, min(before + 5, at)):
                    if (party := self._party(behind)) and self._subject_place(behind, before + 1):
                        return party
                return self._subject_before(before, begin, 6)
            if self._is(before, "act.accuse", "act.demand", "act.ask"):
                targets = [k for k in range(before + 1, at) if self._party(k) and not self._behind_preposition(k)]
                own = 0 if self._subject_before(before, begin, 6) else 1
                return self._party(targets[own]) if len(targets) > own else None
            if not self._is(before, "masdar", "noun", "auxiliary", "adjective"):
                return None
        return None

    def _date(self, found: Found, begin: int, end: int) -> str | None:
        """The date nearest to the word of change in its sentence, one behind it before one ahead of it."""
        first, last = found.trigger
        codes, ends = self.tape.codes, self.alphabet.having_any(("semicolon", "relative", "para"))
        behind = bisect_right(self.dates, last - 1)
        for at in self.dates[behind : behind + 1]:
            upto = min(end, max(last, found.match.last) + NEAR_DATE)
            if at < upto and not any(
                code in ends and not self._is(k, "prep") for k, code in enumerate(codes[last:at], last)
            ):
                return self._value(at)
        for at in reversed(self.dates[max(behind - 1, 0) : behind]):
            if at >= max(begin, first - NEAR_DATE) and not any(self._verb(k) for k in range(at + 1, first)):
                return self._value(at)
        return None

    def _verb(self, at: int) -> bool:
        """Whether a unit is a verb and nothing else."""
        return self._is(at, "finite") and not self._is(at, "masdar", "noun", "auxiliary", "party")

    def _value(self, at: int) -> str | None:
        item = self.tape.items[at]
        return item.value if isinstance(item, Date) else None

    # Subject, reasons, conditions

    def _subject(self, found: Found) -> Span | None:
        if found.meant is not None:
            end = found.meant + 1
            return self.document.span(found.meant, self.words.phrase_end(end, found.trigger[0]))
        if not found.process:
            return None
        first, last = found.process
        if first > found.trigger[0]:
            lead = range(found.trigger[1], first)
            light = next((at for at in lead if self._is(at, "light") and not self._is(at, "adjective")), None)
            if light is not None and not any(self._party(at) for at in range(light, first)):
                first = light - 1 if self._is(light - 1, "article") and light - 1 >= found.trigger[1] else light
        if self._is(first, "article") and self.tape.ends[first] - self.tape.starts[first] == 1:
            first += 1
        end = self.words.phrase_end(last, found.trigger[0] if found.trigger[0] >= last else len(self.tape))
        span = self.document.span(first, end)
        return self._named_before(found, span, end - last) or span

    def _another(self, at: int) -> int | None:
        """Where the next of coordinated conditions begins, if a unit joins one."""
        if self._is(at, "besides"):
            return at + 2
        joined = self._is(at, "conj") and self._is(at, "clitic")
        if joined and self._is(at + 1, "masdar", "process", "document.head") and not self._is(at + 1, "finite"):
            return at + 1
        return None

    def _named_before(self, found: Found, span: Span, more: int) -> Span | None:
        """The fuller name that a definite bare one (``الاتفاق``) stands for: the last before it of its kind."""
        behind = found.process[1] if found.process else 0
        if self._is(behind, "relative") and not self._is(behind, "prep"):
            return None
        described = found.match.rule.says.get("aside") or found.match.rule.name == "process, attribute"
        if more or described or not found.process or not self._is(found.process[0], "article"):
            return None
        core = self.tape.norms[found.process[1] - 1]
        for first, last in reversed(self._names_of(found.process[0])):
            name = self.tape.norms[first]
            if (name.startswith(core) or core.startswith(name)) and self._kind("process", (first, last)) == found.kind:
                end = self.words.phrase_end(last, len(self.tape))
                if end > last + 1:
                    return self.document.span(first, end)
        return None

    def _names_of(self, before: int) -> list[tuple[int, int]]:
        if self._names is None:
            named = self.having("process")
            self._names = [(at, at + 1) for at, code in enumerate(self.tape.codes) if code in named]
        return self._names[: bisect_right(self._names, (before, 0))]

    def _reasons(self, found: Found, end: int, upto: int, last: int) -> list[Span]:
        start = self.tape.starts[found.trigger[0]]
        for statement in self.document.statements:
            if statement.act == "justify" and statement.cue and statement.cue.start < start < statement.content.start:
                return [statement.content]
        return [self.words.clause(at, last) for at in self.reasons if end <= at <= upto and at < last]

    def _conditions(self, end: int, upto: int, last: int) -> list[Span]:
        """What stands behind ``if``, each of coordinated conditions by itself."""
        spans: list[Span] = []
        for at in self.conditions:
            if not end <= at <= upto:
                continue
            begin = unit = at
            while unit < last and not self._is(unit, "semicolon"):
                if (head := self._another(unit)) and unit > begin + 1:
                    spans.append(self.words.trimmed(begin, unit))
                    begin = unit = head
                elif self._is(unit, "comma") and not self._another(unit + 1):
                    break
                unit += 1
            spans.append(self.words.trimmed(begin, unit))
            break
        return [span for span in spans if len(span) > 1]


def _content_start(statement: Statement) -> int:
    return statement.content.start
