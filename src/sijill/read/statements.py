"""Who says what: statements with source, cue and content.

The frames are the pack's ``patterns/statements.txt``; here their matches become statements:
where the content ends, who the source is when it stands before the cue or is carried over,
which form the words have. Terms and cut (cue → content → source) follow the literature on
quotation attribution (Pareti 2015; Citron, BBC 2021).
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from sijill.read.clauses import Clauses
from sijill.read.document import Document
from sijill.read.findings import Mention
from sijill.read.speakers import Speaker, Speakers
from sijill.read.words import Words
from sijill.record import Act, Attribution, Date, Form, Span, Statement
from sijill.text.classes import Alphabet
from sijill.text.pattern import Match
from sijill.text.quotations import Quotation
from sijill.text.tape import Tape

HEADLINE = 220
"""A block longer than this many code points is no headline."""

ACTS = (
    "announce", "confirm", "deny", "accuse", "demand", "threaten", "warn", "promise",
    "praise", "condemn", "ask", "propose", "expect", "justify", "say",
)  # fmt: skip


@dataclass(slots=True)
class Frame:
    """A match of an attribution frame, with the units its content covers."""

    match: Match
    cue: tuple[int, int]
    parts: list[tuple[int, int]]
    form: Form


def find_statements(document: Document) -> None:
    """Read the statements of a document, in the order of their contents' cues."""
    reader = _Reader(document)
    found = [statement for frame in reader.frames() if (statement := reader.statement(frame))]
    found.sort(key=lambda s: (s.cue.start if s.cue else s.content.start, s.content.start))
    document.statements = [_numbered(statement, k) for k, statement in enumerate(found, 1)]


def _numbered(statement: Statement, number: int) -> Statement:
    return msgspec.structs.replace(statement, id=f"s{number}")


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.language = document.language
        alphabet = document.language.alphabet
        self.quotations = {q.first: q for q in document.quotations if q.closed}
        self.closing = {q.last: q for q in document.quotations if q.closed}
        self.tape = _with_sides(document.tape, self.quotations, self.closing, alphabet)
        self.clauses = Clauses(self.tape, list(document.quotations), self.language, document.rules("clauses"))
        self.having = alphabet.having
        self._is = Words(document, self.tape).is_
        self.speakers = Speakers(document, self.tape, self.clauses)

    # Frames

    def frames(self) -> list[Frame]:
        """The frames in the order of their cues; of two with the same cue the one of the higher rank."""
        rank = {rule.name: k for k, rule in enumerate(self.document.rules("statements").rules)}
        best: dict[int, Frame] = {}
        for match in self.document.rules("statements").scan(self.tape, overlap=True):
            frame = self._frame(match)
            if frame is None:
                continue
            at = frame.cue[0]
            rival = best.get(at)
            if rival is None or rank[match.rule.name] < rank[rival.match.rule.name]:
                best[at] = frame
        frames: list[Frame] = []
        for at in sorted(best):
            frame = best[at]
            if frame.match.rule.says["content"] == "nothing":
                continue
            before = frames[-1] if frames else None
            if before and (self._within(before, at) or at < before.cue[1] or frame.parts[0] == before.parts[0]):
                # The second word of «continued, saying», or a verb inside the source of the first.
                continue
            if before and self._repeats(before, frame):
                continue
            if before and self._relays(before, frame):
                frames[-1] = Frame(frame.match, before.cue, before.parts, before.form)
                continue
            frames.append(frame)
        return frames

    def _within(self, before: Frame, at: int) -> bool:
        """Whether a cue stands between the cue of the frame before and its content, and is a part of it."""
        relay = "relay" in before.match.captures or not self._is(at, "finite", "according")
        return relay and at < before.parts[0][0] <= before.match.last

    def _repeats(self, before: Frame, frame: Frame) -> bool:
        """Whether «as he put it» only stands in what is his already."""
        says, captures = frame.match.rule.says, frame.match.captures
        inside = any(first < frame.match.first <= last + 1 for first, last in before.parts)
        return says["content"] == "around" and "source" not in captures and inside

    def _relays(self, before: Frame, frame: Frame) -> bool:
        """Whether one «according to» only passes on another: as the channel reported, quoting an official."""
        return (
            before.match.rule.says["content"] == frame.match.rule.says["content"] == "around"
            and 0 <= frame.match.first - before.match.last <= 3
        )

    def _frame(self, match: Match) -> Frame | None:
        says, captures = match.rule.says, match.captures
        cue = captures["cue"]
        if says.get("at") == "block" and not self._opens_headline(match):
            return None
        if self._negated(cue[0]) or not self._attributes(cue):
            return None
        kind = says["content"]
        if kind == "nothing":
            return Frame(match, cue, [cue], "indirect")
        if kind == "before":
            quotation = self.closing.get(match.first)
            if quotation is None or quotation.depth or self._in_phrase(quotation):
                return None
            parts = [(quotation.first, quotation.last + 1)]
            behind = self.quotations.get(self._skip_commas(match.last))
            if behind and behind.depth == 0:
                parts.append((behind.first, behind.last + 1))
        elif kind == "around":
            parts = self._around(match)
        else:
            start, behind = captures["content"]
            takes_object = any(self._is(at, "takes.np", "takes.of") for at in range(*cue))
            if kind == "quote" and not takes_object and self._only_names(start):
                return None
            end = self._end(behind - 1, kind)
            parts = [(start, min(end, self._relative_end(cue[0], start, kind), self._headline_end(start)))]
        parts = [trimmed for first, last in parts if (trimmed := self._trim(first, last))]
        if not parts:
            return None
        form, parts = self._form(parts, match)
        if any(last <= first for first, last in parts):
            # Quotation marks with nothing between them.
            return None
        return Frame(match, cue, parts, form)

    def _end(self, start: int, kind: str) -> int:
        quotation = self.quotations.get(start)
        if not quotation:
            return self.clauses.end(start, noun_phrase=kind == "np")
        behind = quotation.last + 1
        if behind >= len(self.tape) or self._is(behind, "comma", "para", "stop") or self.clauses.bounds(behind):
            return behind
        end = self.clauses.end(behind, noun_phrase=True)
        last = end if quotation.depth else self.clauses.sentence(max(start - 1, 0))[1]
        return max(behind, min(end, last))

    def _relative_end(self, cue: int, start: int, kind: str) -> int:
        """Where a relative clause that a cue opens ends, if the sentence goes on behind it; else the end of the tape.

        The official, who says that it is near, left.
        """
        last = self.clauses.sentence(start)[1]
        if self._is(cue - 1, "relative") and not self.clauses.quotation_at(start):
            for at in range(start, last):
                if self._is(at, "comma") and not self.clauses.quotation_at(at):
                    goes_on = self._is(at + 1, "that") or (self._is(at + 1, "finite") and not self._is(at + 1, "noun"))
                    if goes_on or (kind == "np" and not self._is(at + 1, "conj", "relative")):
                        return at
                    break
        return len(self.tape)

    def _headline_end(self, start: int) -> int:
        """Where the first half of a headline ends whose halves two dots part; else the end of the tape."""
        title = self.document.article.blocks[0] if self.document.article.blocks else None
        if title and self.tape.starts[start] < title.end <= HEADLINE and self.clauses.quotation_at(start) is None:
            for at in range(start + 1, self.clauses.sentence(start)[1]):
                if self._is(at, "ellipsis"):
                    return at
        return len(self.tape)

    def _around(self, match: Match) -> list[tuple[int, int]]:
        _, last = self.clauses.sentence(match.captures["cue"][0])
        upto = match.first
        while self._is(upto - 1, "comma", "dash"):
            upto -= 1
        before = self.clauses.start(upto)
        if match.first - before > 2 and not self._only_conjunction(before, match.first):
            parts = [(before, match.first)]
            behind = self._skip_commas(match.last)
            apart = self._is(match.first - 1, "dash", "comma") and self._is(match.last, "dash", "comma")
            if apart and not self.clauses.bounds(match.last) and not self._is(behind, "conj", "relative"):
                end = self.clauses.end(behind, noun_phrase=not self._is(match.first - 1, "dash"))
                if end - behind > 1:
                    parts.append((behind, end))
            return parts
        behind = self._skip_commas(match.last)
        if self._is(behind, "conj") and self._is(behind + 1, "that"):
            behind += 1
        while behind < last and self._is(behind, "that", "date"):
            behind = self._skip_commas(behind + 1)
        return [(behind, self.clauses.end(behind, noun_phrase=False))] if behind < last else []

    def _only_conjunction(self, first: int, last: int) -> bool:
        return all(self._is(at, "conj", "punct", "adverb", "circumstance", "impersonal") for at in range(first, last))

    def _form(self, parts: list[tuple[int, int]], match: Match) -> tuple[Form, list[tuple[int, int]]]:
        whole = [self.quotations.get(first) for first, _ in parts]
        if all(q and q.last + 1 == last for q, (_, last) in zip(whole, parts, strict=True)):
            return "direct", [(first + 1, last - 1) for first, last in parts]
        inside = self.clauses.quotation_at(match.captures["cue"][0])
        quoted = any(
            q for first, last in parts for q in self._quotations_in(first, last) if not (inside and q.depth == 0)
        )
        if quoted:
            return "mixed", parts
        before = match.captures.get("content", (0, 0))[0] - 1
        if self._is(before, "colon") and match.rule.says.get("at") != "block":
            return "direct", parts
        return "indirect", parts

    def _quotations_in(self, first: int, last: int) -> list[Quotation]:
        return [q for at in range(first, last) if (q := self.quotations.get(at)) and q.last < last]

    # Helpers over units

    def _skip_commas(self, at: int) -> int:
        while self._is(at, "comma", "dash"):
            at += 1
        return at

    def _trim(self, first: int, last: int) -> tuple[int, int] | None:
        while first < last and self._is(first, "comma", "stop", "para", "dash", "colon", "semicolon"):
            first += 1
        while last > first and self._is(last - 1, "comma", "stop", "para", "dash", "colon", "semicolon", "ellipsis"):
            last -= 1
        return (first, last) if last > first else None

    def _negated(self, cue: int) -> bool:
        at = cue - 1
        while self._is(at, "adverb", "quantifier") or (self._is(at, "conj") and self._is(at, "clitic")):
            at -= 1
        if self._is(at, "or"):  # did not fight or demand
            return any(self._is(k, "present") and self._is(k - 1, "negation") for k in range(at - 1, at - 6, -1))
        if self._is(at, "relative") and self._is(at - 1, "pronoun"):
            # «which is what he denied»: the word that negates elsewhere.
            return False
        if self._is(at, "modal"):
            # «may accuse»: with a verb of the past the same word only says that it is so.
            return self._is(cue, "present") and not self._is(cue, "past")
        if self._is(at, "that"):
            # «wanted to prove»: what shall be said has not been.
            return self._is(cue, "present")
        return self._is(at, "negation", "future")

    def _attributes(self, cue: tuple[int, int]) -> bool:
        """Whether a cue can be somebody else's: not «we say»; «warning» only where it goes on after a pause."""
        for at in range(*cue):
            if self._is(at, "we"):
                return False
            if self._is(at, "first") and (not self._is(at, "past") or self.clauses.quotation_at(at)):
                return False
            if self._is(at, "circumstantial") and not self._is(at, "finite") and self._is(at - 1, "auxiliary"):
                return False
            if self._is(at, "circumstantial") and not self._is(at, "finite", "accusative", "saying"):
                return self._is(at - 1, "comma", "stop", "quote", "date", "party", "conj", "circumstance", "bracket")
        return True

    def _only_names(self, start: int) -> bool:
        """Whether a quotation is a name in the middle of a sentence and nothing that was said."""
        quotation = self.quotations.get(start)
        if quotation is None or self._is(start - 1, "colon") or quotation.last - start > 3:
            return False
        behind = quotation.last + 1
        goes_on = self._is(behind, "that") or not self._is(behind, "stop", "comma", "para", "conj")
        return goes_on and behind < len(self.tape)

    def _in_phrase(self, quotation: Quotation) -> bool:
        """Whether a few words in quotation marks are the name of what stands before them: on the radio «…»."""
        before = quotation.first - 1
        return quotation.last - quotation.first <= 4 and self._is(before, "noun", "outlet", "named.after", "org.head")

    def _opens_headline(self, match: Match) -> bool:
        first = match.first
        if first and not self._is(first - 1, "para"):
            return False
        block = next((b for b in self.document.article.blocks if b.start <= self.tape.starts[first] < b.end), None)
        if block is None:
            return first == 0
        opening = block is self.document.article.blocks[0] or block.kind in ("title", "standfirst", "subhead")
        return opening and block.end - block.start <= HEADLINE

    # Statements

    def statement(self, frame: Frame) -> Statement | None:
        """The statement of a frame, or None where the frame says nothing."""
        match = frame.match
        act = self._act(frame)
        speaker, target = self.speakers.resolve(match, frame.cue, frame.parts)
        provides = self._is(frame.cue[0], "document") and not self._is(frame.cue[0], "cue.noun")
        if provides and not (speaker and speaker.kind == "document"):
            return None
        if "source" not in match.captures and self.speakers.of_a_thing(frame.cue, speaker):
            return None
        spans = [self._span(first, last) for first, last in self._called_for(frame, speaker, target)]
        content = spans[0] if len(spans) == 1 else self._union(spans)
        relay = match.captures.get("relay")
        return Statement(
            id="",
            content=content,
            form=frame.form,
            act=act,
            cue=self._span(*frame.cue),
            source=speaker.source if speaker else None,
            speaker=speaker.name if speaker else None,
            addressee=self._addressee(match),
            target=target,
            date=self._date(match),
            chain=self._chain(speaker, relay),
            rule=match.rule.name,
        )

    def _called_for(self, frame: Frame, speaker: Speaker | None, target: Span | None) -> list[tuple[int, int]]:
        """The parts of a content, without him who turned out to be the subject and not whom the verb calls upon."""
        captures = frame.match.captures
        unsure = frame.match.rule.says.get("target") == "unsure" and "content" in captures
        if not (unsure and speaker and speaker.source and not target):
            return frame.parts
        first, last = frame.parts[0]
        behind = captures["content"][1]
        inside = self.tape.starts[first] <= speaker.source.start < self.tape.starts[min(behind, len(self.tape) - 1)]
        return [(behind, last), *frame.parts[1:]] if inside and behind < last else frame.parts

    def _union(self, spans: list[Span]) -> Span:
        start, end = spans[0].start, spans[-1].end
        return Span(start, end, self.tape.text[start:end], tuple(spans))

    def _span(self, first: int, last: int) -> Span:
        return self.document.span(first, last, self.tape)

    def _act(self, frame: Frame) -> Act:
        said = frame.match.rule.says.get("act")
        first, last = frame.cue
        if not said:
            codes = self.tape.codes[first:last]
            if any(code in self.having("voice") for code in codes):
                content = self.tape.codes[frame.parts[0][0] : frame.parts[0][0] + 4]
                feelings = [code for code in content if code in self.having("feeling")]
                codes = feelings[0] if feelings else codes
            said = next((act for act in ACTS if any(code in self.having(f"act.{act}") for code in codes)), "say")
            if any(code in self.having("describe") for code in codes) and frame.form != "indirect":
                said = "condemn"
        return said  # type: ignore[return-value]

    def _addressee(self, match: Match) -> Span | None:
        captured = match.captures.get("addressee")
        if captured:
            return self._span(*captured)
        upto = match.captures.get("content", (match.last, 0))[0]
        for at in range(match.captures["cue"][1], upto - 1):
            if self._is(at, "for") and self._is(at + 1, "party", "article"):
                last = at + 2 if self._is(at + 1, "party") else min(at + 3, upto)
                return self._span(at + 1, last)
        return None

    def _date(self, match: Match) -> str | None:
        upto = match.captures.get("content", (match.last, 0))[0]
        for at in range(match.first, upto):
            item = self.tape.items.get(at)
            if isinstance(item, Date):
                return item.value
        return None

    def _chain(self, speaker: Speaker | None, relay: tuple[int, int] | None) -> list[Attribution]:
        article = self.document.article
        chain = [Attribution(role="outlet", name=article.outlet)] if article.outlet else []
        agencies = list(article.agencies)
        if relay:
            item = self.tape.items.get(relay[0])
            agencies.append((item.party or item.name) if isinstance(item, Mention) else self.tape.words(*relay))
        chain += [Attribution(role="agency", name=name) for name in agencies]
        return [*chain, Attribution(role="speaker", name=speaker.name)] if speaker and speaker.name else chain


def _with_sides(tape: Tape, opening: dict[int, Quotation], closing: dict[int, Quotation], alphabet: Alphabet) -> Tape:
    """The tape with the classes ``quote.open`` and ``quote.close`` on the marks of its quotations."""
    codes = list(tape.codes)
    opens, closes = alphabet.code(["quote.open"]), alphabet.code(["quote.close"])
    for at in opening:
        codes[at] = alphabet.join(codes[at], opens)
    for at in closing:
        codes[at] = alphabet.join(codes[at], closes)
    return Tape(tape.text, codes, tape.norms, tape.starts, tape.ends, tape.items)
