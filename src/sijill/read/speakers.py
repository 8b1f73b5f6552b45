"""Whose words: the source of a statement, where it stands or whom the discourse carries over.

Arabic reports drop the subject (``وأكد أن``, ``وأضاف``, ``متهما``). The nearest subject of the
sentence speaks; without one, who spoke last, if gender and number agree. Where two could be
meant, nobody is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sijill.read.clauses import Clauses
from sijill.read.document import Document
from sijill.read.findings import Mention
from sijill.read.words import Words
from sijill.record import PartyKind, Span
from sijill.text.pattern import Match
from sijill.text.tape import Tape

REACH = 40
"""How many units before a cue its subject is looked for."""

MEMORY = 4
"""How many earlier speakers a dropped subject may go back to."""


SOURCES = ("people", "anonymous.source", "source.word", "report.noun")
"""What may say something though no step before has taken it for a party."""

BEFORE_NAMES = ("article", "demonstrative", "quantifier", "number", "quote", "among", "title.honour", "title.rank")
"""What may stand between the beginning of a source and the name in it."""


class Speaker(NamedTuple):
    """A source span and the name of the party it resolves to; gender and number where known."""

    source: Span | None
    name: str | None
    fem: bool | None
    plural: bool | None
    kind: PartyKind | None = None


@dataclass(slots=True)
class _Said:
    speaker: Speaker
    sentence: int
    contents: list[tuple[int, int]]
    nested: bool


class Speakers:
    """Resolves the sources of a document's statements, called in text order."""

    def __init__(self, document: Document, tape: Tape, clauses: Clauses) -> None:
        self.document = document
        self.tape = tape
        self.clauses = clauses
        self._is = Words(document, tape).is_
        self._said: list[_Said] = []

    def resolve(
        self, match: Match, cue: tuple[int, int], contents: list[tuple[int, int]]
    ) -> tuple[Speaker | None, Span | None]:
        """The speaker of a match and the target of its act; ``contents`` are the units of what is said."""
        says, captures = match.rule.says, match.captures
        source, target = captures.get("source"), captures.get("target")
        speaker: Speaker | None = None
        if source and not target and self._calls_upon(cue) and (before := self._next_to(cue)):
            speaker, target = before, source
        elif source:
            speaker = self._agreeing(self._at(*source), cue)
        elif target and says.get("target") == "unsure" and self._is_subject(target, cue):
            speaker, target = self._at(*target), None
        elif says.get("source") == "nobody":
            speaker = None
        elif says.get("source") == "last":
            speaker = next((said.speaker for said in self._lately()), None)
        else:
            # What stands behind «since» or «after» has its subject in its own sentence.
            apart = (self._is(cue[0] - 1, "that") and self._is(cue[0], "past")) or self._behind_noun(cue)
            speaker = self._before(cue) or self._aside(cue)
            speaker = self._agreeing(speaker, cue) if speaker else None if apart else self._carried(cue)
            if target and not speaker and says.get("target") == "unsure" and self._opens(target, cue):
                speaker, target = self._at(*target), None
        if speaker:
            inside = (first <= cue[0] < last for said in self._said[-MEMORY:] for first, last in said.contents)
            aside = "aside" in says or (speaker.kind == "document" and says["content"] == "around")
            nested = aside or any(inside)
            self._said.append(_Said(speaker, self.clauses.sentence(cue[0])[0], contents, nested))
        return speaker, self._span(target) if target else None

    def _span(self, units: tuple[int, int]) -> Span:
        return self.document.span(*units, self.tape)

    def _at(self, first: int, last: int) -> Speaker:
        """The speaker named by units: its first party, or the words themselves."""
        for at in range(first, last):
            item = self.tape.items.get(at)
            told_apart = at + 2 < last and self._is(at + 1, "article") and self._is(at + 2, "participle", "following")
            counted = at > first and self._is(at - 1, "number")
            if isinstance(item, Mention) and ((told_apart and self._is(at, "bare")) or counted):
                # «The forces» named before are not those that are loyal to somebody, nor are three officials all.
                span = self._span((first, last))
                return Speaker(span, span.text, item.fem, item.plural, item.kind)
            if isinstance(item, Mention):
                span = self.document.article.span(item.start, item.end)
                fem = item.fem
                if self._is(at, "name.organization") and not fem:
                    fem = None
                elif fem is None and item.kind == "state":
                    fem = not self._is(at, "masculine")
                open_ = item.kind == "person" and not item.role
                name = item.party or (None if open_ else item.name)
                return Speaker(span, name, fem, item.plural, item.kind)
            if not self._is(at, *BEFORE_NAMES):
                break
        span = self._span((first, last))
        return Speaker(span, span.text, self._is(first, "fem"), self._is(first, "plural"))

    # Agreement

    def _agreeing(self, speaker: Speaker, cue: tuple[int, int]) -> Speaker:
        """The subject of a finite verb that stands before it has the verb's gender, whatever the name looks like."""
        finite = [at for at in range(*cue) if self._is(at, "finite")]
        if not finite or speaker.plural or self._is(finite[0], "either"):
            return speaker
        return speaker._replace(fem=self._feminine(finite[0]))

    def _feminine(self, at: int) -> bool:
        return self._is(at, "fem") and not self._is(at, "singular")

    def _agrees(self, cue: tuple[int, int], speaker: Speaker, *, before: bool) -> bool:
        """Whether a verb can have this subject: a verb before its subject agrees in gender only."""
        at = next((at for at in range(*cue) if self._is(at, "cue", "reject", "past", "present", "participle")), cue[0])
        fem, plural = self._feminine(at), self._is(at, "plural") and not self._is(at, "noun", "singular")
        if self._is(at, "either"):
            return not speaker.plural or before
        if self._is(at, "noun", "masdar") and not self._is(at, "past", "present"):
            return True
        if speaker.fem is None:
            return True
        if plural and before:
            return bool(speaker.plural)
        if speaker.plural:
            return plural or fem
        return fem == speaker.fem or bool(speaker.plural)

    def _is_subject(self, target: tuple[int, int], cue: tuple[int, int]) -> bool:
        """Whether what stands behind the verb is its subject and not whom it calls upon."""
        if self._is(target[0], "quantifier") or self._is(target[0], "pronoun"):
            return False
        at = next(iter(range(*cue)))
        beside = any(self._is(k, "participle") and not self._is(k, "finite") for k in range(*cue))
        if beside or any(self._is(k, "takes.object") for k in range(*cue)):
            return False
        if not self._is(cue[0] - 1, "that", "subord", "modal") and self._before(cue):
            return False
        speaker = self._at(*target)
        fem = any(self._feminine(k) for k in range(at, cue[1]))
        return speaker.fem is None or speaker.fem == fem or bool(speaker.plural)

    def of_a_thing(self, cue: tuple[int, int], speaker: Speaker | None) -> bool:
        """Whether the subject before a verb is no one who speaks: reasons that confirm, that the talks touched on."""
        if not self._is(cue[0], "finite"):
            return False
        first, _ = self.clauses.sentence(cue[0])
        at = cue[0] - 1
        if self._is(at, "demonstrative") and not self._is(cue[0], "plural"):
            return True
        if self._is(cue[0], "present") and self._is_bare_thing(at):
            return True
        if self._is(at, "relative"):
            at -= 1
            while self._is(at, "adjective", "nisba") and self._is(at - 1, "article"):
                at -= 2
            thing = self._is(at, "noun", "masdar") and not self._is(at, "people", "party", "title", *SOURCES)
            return thing and not self._is(cue[1], "pronoun") and not self._is(cue[1] + 1, "pronoun")
        if speaker:
            return False
        while at > max(first, cue[0] - REACH) and not self._is(at, "that"):
            at -= 1
        head = at + 1
        while self._is(head, "article", "quantifier", "demonstrative"):
            head += 1
        thing = self._is(head, "noun", "masdar") and not self._is(head, "people", "party", "past", "present")
        return self._is(at, "that") and head < cue[0] and thing

    def _opens(self, target: tuple[int, int], cue: tuple[int, int]) -> bool:
        """Whether a party right behind a verb can only be its subject: nobody has spoken, and they agree."""
        finite = self._is(cue[0], "finite") and not self._is(cue[0], "noun")
        return finite and self._is(target[0], "party") and self._agrees(cue, self._at(*target), before=False)

    def _is_bare_thing(self, at: int) -> bool:
        """Whether a unit is a noun that no article makes definite and that names nobody: evidence that confirms."""
        thing = self._is(at, "noun") and not self._is(at, "people", "party", "title", "date", "adverb", *SOURCES)
        return thing and not self._is(at - 1, "article", "prep")

    def _calls_upon(self, cue: tuple[int, int]) -> bool:
        return any(self._is(at, "takes.target") and self._is(at, "finite") for at in range(*cue))

    def _next_to(self, cue: tuple[int, int]) -> Speaker | None:
        """The subject that stands right before its verb."""
        at = cue[0] - 1
        if not self._is(at, "party") or self._governed(at, self.clauses.sentence(cue[0])[0]):
            return None
        speaker = self._at(at, at + 1)
        return speaker if self._agrees(cue, speaker, before=True) else None

    # Where no source is captured

    def _before(self, cue: tuple[int, int]) -> Speaker | None:
        """The subject that stands before the cue in its sentence."""
        if self._is(cue[0] - 1, "quote.open"):
            cue = (cue[0] - 1, cue[1])  # what is quoted from the verb on has its subject outside
        first, _ = self.clauses.sentence(cue[0])
        before = cue[0] - 1
        said = next((s.speaker for s in self._lately() if s.sentence == first), None)
        if any(self._is(k, "participle") for k in range(*cue)) and not any(self._is(k, "finite") for k in range(*cue)):
            follows = said and (self._agrees(cue, said, before=True) or not self._is(cue[0], "plural"))
            return said if follows else self._main_subject(first, cue)
        if said and self._is(before, "conj") and self._agrees(cue, said, before=True):
            return said
        if self._is(before, "pronoun"):
            return self._main_subject(first, cue) or self._last_person(first, cue)
        if self._is(before, "relative"):
            if self._is(cue[0], "with.object"):
                return self._main_subject(first, cue)
            if not self._is(cue[1], "pronoun") and (about := self._antecedent(first, cue)):
                return about
        return self._nearest_subject(first, cue)

    def _nearest_subject(self, first: int, cue: tuple[int, int]) -> Speaker | None:
        """The subject of the clause before the cue that can be the cue's as well, relative clauses passed over.

        It stands right before its verb, or is the first party behind it; without a verb the nearest party.
        """
        if noun := self._noun_before(first, cue) or self._side_before(first, cue) or self._behind_auxiliary(first, cue):
            return noun
        at, floor = cue[0] - 1, max(first, cue[0] - REACH)
        found: list[tuple[int, Speaker]] = []
        while at >= floor:
            if self._is(at, "party") or (
                self._is(at, "people") and self._is(at, "plural") and not self._is(at, "toll")
            ):
                # «a draft that condemns» needs no relative pronoun, and may stand behind a preposition.
                relative = at == cue[0] - 1 and self._is(at, "party.document")
                own = not self._in_it(at, cue) and (relative or not self._governed(at, first))
                if own and (speaker := self._fitting(at, cue)):
                    if at == cue[0] - 1:
                        return speaker
                    found.append((at, speaker))
            elif self._finite(at):
                opened = range(at - 1, max(at - 8, floor) - 1, -1)
                opener = next((k for k in opened if self._is(k, "relative", "according.what")), None)
                if opener is None:
                    before = at - 1
                    while self._is(before, "modal", "adverb", "auxiliary", "quote", "comma"):
                        before -= 1
                    if before >= first and self._is(before, "party") and not self._governed(before, first):
                        return self._fitting(before, cue) or (found[-1][1] if found else None)
                    break
                # Those between the verb of a relative clause and the next comma belong to it.
                found = [(k, one) for k, one in found if any(self._is(j, "comma") for j in range(at, k))]
                at = opener
            elif self._is(at, "semicolon", "that"):
                break
            at -= 1
        else:
            return found[0][1] if found else None
        return found[-1][1] if found else None

    def _noun_before(self, first: int, cue: tuple[int, int]) -> Speaker | None:
        """People or a paper without an article right before the verb: an expert accuses, to Yemenis who confirmed."""
        last = at = cue[0] - 1
        while at > first and self._is(at, "adjective", "nisba") and not self._is(at, "people", "party"):
            at -= 1
        if self._is(at - 1, "article") or self._is(at, "party") or not self._is(at, *SOURCES):
            return None
        speaker = self._named(at, last + 1)
        if self._is(at - 1, "number"):
            speaker = speaker._replace(plural=True)
        return speaker if self._agrees(cue, speaker, before=True) else None

    def _side_before(self, first: int, cue: tuple[int, int]) -> Speaker | None:
        """A side with its article before the verb, at the beginning of its clause: but the Kurdish side denied."""
        last = cue[0] - 1
        while self._is(last, "modal", "adverb", "auxiliary", "circumstance"):
            last -= 1
        at = last
        while at > first and self._is(at, "adjective", "nisba") and self._is(at - 1, "article"):
            at -= 2
        opens = at - 1 <= first or self._is(at - 2, "conj", "comma", "that", "stop", "para", "circumstance")
        if not (opens and self._is(at, "side") and self._is(at - 1, "article")):
            return None
        speaker = self._named(at - 1, last + 1)
        return speaker if self._agrees(cue, speaker, before=True) else None

    def _behind_auxiliary(self, first: int, cue: tuple[int, int]) -> Speaker | None:
        """The subject between «was» and its verb: an official of the council had said."""
        at = cue[0] - 1
        if not self._is(at, "modal"):
            return None
        last = at
        while at > max(first, cue[0] - REACH) and not self._is(at, "auxiliary"):
            at -= 1
        at += 1
        head = at + 1 if self._is(at, "article") else at
        if (
            not self._is(at - 1, "auxiliary")
            or self._is(at, "party")
            or not self._is(head, *SOURCES, "title", "org.head")
        ):
            return None
        speaker = self._named(at, last)
        return speaker if self._agrees(cue, speaker, before=True) else None

    def _named(self, first: int, last: int) -> Speaker:
        """A speaker by the words that name him, which no step before has taken for a party."""
        span = self._span((first, last))
        head = first + 1 if self._is(first, "article") else first
        return Speaker(span, span.text, self._is(head, "fem"), self._is(head, "plural"))

    def _in_it(self, at: int, cue: tuple[int, int]) -> bool:
        """Whether a verb says that something is said in the document before it: a statement in which he condemned."""
        return self._is(at, "party.document") and self._is(cue[1], "prep") and self._is(cue[1] + 1, "pronoun")

    def _fitting(self, at: int, cue: tuple[int, int]) -> Speaker | None:
        """The party or the people of a unit before a verb, where they can be its subject."""
        if self._is(at, "party"):
            speaker = self._at(at, at + 1)
        else:
            span = self._span((at - 1 if self._is(at - 1, "article") else at, self._phrase_end(at, cue[0])))
            speaker = Speaker(span, span.text, self._is(at, "fem"), plural=True)
            if not self._is(cue[0], "plural"):
                return None
        return speaker if self._agrees(cue, speaker, before=True) else None

    def _phrase_end(self, at: int, last: int) -> int:
        """Where what belongs to a noun ends: whose they are, of what kind."""
        end, definite = at + 1, self._is(at - 1, "article")
        if not definite and self._is(end, "article") and self._is(end + 1, "noun", "masdar", "people", "org.head"):
            end, definite = end + 2, True
        while end < last:
            if definite and self._is(end, "article") and self._is(end + 1, "adjective", "nisba"):
                end += 2
            elif not definite and self._is(end, "adjective", "nisba") and not self._is(end, "finite"):
                end += 1
            else:
                break
        return end

    def _main_subject(self, first: int, cue: tuple[int, int]) -> Speaker | None:
        """The first party of the sentence that no preposition governs."""
        for at in range(first, cue[0]):
            if self._is(at, "party") and not self._governed(at, first):
                speaker = self._at(at, at + 1)
                if self._agrees(cue, speaker, before=True):
                    return speaker
        return None

    def _aside(self, cue: tuple[int, int]) -> Speaker | None:
        """The subject of the sentence, of whom a clause opened by «as» or «when» goes on to tell."""
        if not self._is(cue[0] - 1, "subord"):
            return None
        return self._main_subject(self.clauses.sentence(cue[0])[0], cue)

    def _antecedent(self, first: int, cue: tuple[int, int]) -> Speaker | None:
        """What a relative clause is about: the noun before it, or the party named last that agrees with its verb."""
        at = cue[0] - 2
        while self._is(at, "adjective", "nisba") and self._is(at - 1, "article"):
            at -= 2
        if self._is(at, *SOURCES, "org.head") and not self._is(at, "party") and self._is(at - 1, "article"):
            speaker = self._named(at - 1, cue[0] - 1)
            return speaker if self._agrees(cue, speaker, before=True) else None
        for at in range(cue[0] - 2, max(first, cue[0] - REACH) - 1, -1):
            if self._is(at, "party"):
                speaker = self._at(at, at + 1)
                return speaker if self._agrees(cue, speaker, before=True) else None
        return None

    def _last_person(self, first: int, cue: tuple[int, int]) -> Speaker | None:
        """The person named last in the sentence before the cue, whatever governs the name."""
        for at in range(cue[0] - 1, first - 1, -1):
            if self._is(at, "party.person"):
                speaker = self._at(at, at + 1)
                if self._agrees(cue, speaker, before=True):
                    return speaker
        return None

    def _governed(self, at: int, first: int) -> bool:
        """Whether a preposition, a noun in construct or a bracket stands before a unit."""
        at -= 1
        if at < first:
            return False
        if self._is(at, "prep", "for", "bracket"):
            return True
        return (
            self._is(at, "noun", "masdar") and not self._is(at, "past", "present") and not self._is(at - 1, "article")
        )

    def _finite(self, at: int) -> bool:
        return self._is(at, "past", "present") and not self._is(
            at, "noun", "adjective", "masdar", "name", "auxiliary", "prep", "party", "unknown"
        )

    def _lately(self) -> list[_Said]:
        """Who spoke lately, last first; those whom another speaker quotes come after all others."""
        lately = self._said[: -MEMORY - 1 : -1]
        return [said for said in lately if not said.nested] + [said for said in lately if said.nested]

    def _behind_noun(self, cue: tuple[int, int]) -> bool:
        """Whether a noun that is no party stands right before a verb as its subject: that his country condemns."""
        at = cue[0] - 1
        while self._is(at, "quote.open", "pronoun", "adjective", "nisba"):
            at -= 2 if self._is(at, "adjective", "nisba") and self._is(at - 1, "article") else 1
        if not self._is(at, "noun", "people", "masdar", "unknown") or self._is(at, "party"):
            return False
        return self._is(at - 2 if self._is(at - 1, "article") else at - 1, "that")

    def _carried(self, cue: tuple[int, int]) -> Speaker | None:
        """Who spoke last and agrees with the cue; of several who spoke as one, a verb in the singular may go on."""
        lately = self._lately()
        for said in lately:
            if self._agrees(cue, said.speaker, before=True):
                return said.speaker
        return lately[0].speaker if lately and lately[0].speaker.plural else None
