"""Links inside an article: what a denial denies, a confirmation confirms, an answer answers, a headline repeats.

Whether two records say the same is judged by the roots of their words, without names of parties, numbers,
dates and function words. A denial of "these accusations" alone denies what was said right before it; one that
follows another denial goes on with what that one denied.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Generic, TypeVar

from sijill.read.document import Document
from sijill.record import Event, Figure, Link, Relation, Span, Statement

Item = TypeVar("Item")

AGAIN = 3
"""Statements within which a denial goes on with the one before it."""

NEAR = 80
"""Statements before and behind a statement among which it is looked for what it answers to."""

SHARED = 2
"""Words that a denial and a claim must have in common, or a headline and a sentence."""

ALIKE = 0.6
"""The share of a headline's words, or of a confirmed statement's, that the other must have."""

NOT_CLAIMS = frozenset({"deny", "demand", "ask", "praise", "promise", "threaten", "propose", "expect"})
"""Acts by which nothing is claimed that could be denied."""

CLOSE = 0.34
"""The share of a denial's words, or of a claim's that is shorter, that both must have."""

SAID_OF = frozenset({"killed", "wounded", "casualties", "detained", "abducted", "displaced", "besieged"})

IGNORED = (
    "function", "punct", "number", "date", "party", "claim", "guilt", "case", "cue", "auxiliary",
    "adverb", "clitic", "prep", "conj",
)  # fmt: skip


def find_links(document: Document) -> None:
    """Find the links between the records found so far.

    >>> from sijill.read import read_article
    >>> from sijill.record import Article
    >>> text = "قال المرصد إن الطيران قصف مستشفى المدينة. ونفت موسكو قصف المستشفى."
    >>> [(link.from_, link.rel, link.to) for link in read_article(Article(id="a", lang="ar", text=text)).links]
    [('s2', 'denies', 's1')]
    """
    if document.statements or document.figures:
        document.links = _Linker(document).links()


class _InOrder(Generic[Item]):
    """Items by where they begin."""

    def __init__(self, items: Iterable[Item], start: Callable[[Item], int]) -> None:
        self._items = sorted(items, key=start)
        self._starts = [start(item) for item in self._items]

    def within(self, span: Span) -> list[Item]:
        """Those that begin inside a span."""
        return self._items[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def first_in(self, start: int, end: int) -> Item | None:
        """The first that begins at code points from ``start`` on, before ``end``."""
        place = bisect_left(self._starts, start)
        return self._items[place] if place < len(self._starts) and self._starts[place] < end else None


class _Linker:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.tape = document.tape
        self.alphabet = document.language.alphabet
        self.statements = document.statements
        self._figures = _InOrder(document.figures, lambda figure: figure.span.start)
        self._events = _InOrder(document.events, lambda event: event.trigger.start)
        self._mentions = _InOrder(document.mentions, lambda mention: mention.start)
        self._contents = _InOrder(range(len(self.statements)), lambda at: self.statements[at].content.start)
        self._ignored = self.alphabet.having_any(IGNORED)
        self._keys: dict[tuple[int, int], frozenset[str]] = {}
        self._found: dict[tuple[str, Relation, str], str] = {}

    def links(self) -> list[Link]:
        marks: dict[str, list[Span]] = {"denies": [], "negates": [], "exists": [], "answers": []}
        for match in self.document.rules("links").scan(self.tape):
            marks[match.rule.says["as"]].append(self.document.span(match.first, match.last))
        self._untrue = _InOrder(marks["denies"], lambda span: span.start)
        self._negated = _InOrder(marks["negates"], lambda span: span.start)
        self._exists = {span.start for span in marks["exists"]}
        self._deny()
        self._answer(marks["answers"])
        self._confirm()
        self._repeat()
        return [Link(from_=a, rel=rel, to=b, rule=rule) for (a, rel, b), rule in self._found.items()]

    def _link(self, one: str, rel: Relation, other: str, rule: str) -> None:
        if one != other:
            self._found.setdefault((one, rel, other), rule)

    # Denials

    def _deny(self) -> None:
        denied: dict[int, list[str]] = {}
        rules: dict[int, str] = {}
        for at, statement in enumerate(self.statements):
            said = self._held(statement) if statement.act != "deny" else statement.content
            if said is None:
                if self._negates(statement) and (claims := self._accusations_negated(at, statement)):
                    denied[at] = claims
                    rules[at] = "says not to have done what others say"
                continue
            claims = self._claims_denied(at, statement, said)
            rule = "denies what is said in the same words"
            if not claims:
                claims, rule = self._denied_before(at, statement, said, denied), "denies again"
            if not claims and not self._words(said):
                claims, rule = self._told_by(at, said), "denies what the one named says"
            if not claims and not self._words(said) and self._says_guilt(said):
                claims, rule = self._accused_before(at, statement), "denies the accusation before it"
            if not claims and not self._words(said):
                claims, rule = self._said_before(at, statement), "denies what was said before"
            elif not claims and not self._denied_words(said):
                claims, rule = self._accused_before(at, statement), "denies the accusation before it"
            if claims:
                denied[at] = claims
                rules[at] = rule
        for at, claims in denied.items():
            near = (k for k in self._near(at) if k in denied)
            like = (k for k in near if self._deny_alike(self.statements[at], self.statements[k]))
            for claim in dict.fromkeys([*claims, *(claim for k in like for claim in denied[k])]):
                self._link(self.statements[at].id, "denies", claim, rules[at])

    def _negates(self, statement: Statement) -> bool:
        """Whether the first verb of what is said is negated."""
        if statement.act in ("accuse", "demand", "ask", "threaten", "promise", "expect"):
            return False
        content = statement.content
        negated = self._negated.first_in(content.start, content.end)
        if negated is None:
            return False
        verbs = self.alphabet.having("finite")
        first, last = self.tape.unit_at(content.start), self.tape.unit_at(negated.start)
        return not any(code in verbs for code in self.tape.codes[first:last])

    def _accusations_negated(self, at: int, statement: Statement) -> list[str]:
        """The accusations of the speaker that somebody else makes in the words that the speaker negates."""
        keys = self._about(statement)
        claims = (self.statements[k] for k in self._near(at))
        return [
            claim.id
            for claim in claims
            if claim.act == "accuse"
            and not self._one(statement, claim)
            and not self._overlap(statement.content, claim.content)
            and self._accuses(claim, statement)
            and not keys.isdisjoint(self._about(claim))
        ]

    def _told_by(self, at: int, said: Span) -> list[str]:
        """What the one whose words or figures a denial names says nearest before it, or behind it, with its figures."""
        named = self._names(said)
        before = range(at - 1, max(-1, at - 1 - NEAR), -1)
        for k in (*before, *range(at + 1, min(at + 1 + NEAR, len(self.statements)))) if named else ():
            claim = self.statements[k]
            if claim.act not in NOT_CLAIMS and claim.speaker and self._and_behind({claim.speaker}) & named:
                return self._with_figures(claim)
        return []

    def _says_guilt(self, span: Span) -> bool:
        return self._has(span, ("guilt",))

    def _has(self, span: Span, names: tuple[str, ...]) -> bool:
        """Whether a unit of a span is of one of these classes."""
        codes = self.alphabet.having_any(names)
        first, last = self.tape.unit_at(span.start), bisect_left(self.tape.starts, span.end)
        return any(code in codes for code in self.tape.codes[first:last])

    def _with_figures(self, claim: Statement) -> list[str]:
        """A claim and the figures it states."""
        return [claim.id, *(f.id for f in self._figures.within(claim.content) if f.part_of is None)]

    def _denied_before(self, at: int, denial: Statement, said: Span, denied: dict[int, list[str]]) -> list[str]:
        """What a denial denied that this one goes on with: the one right before, or the same source's."""
        for before in range(at - 1, max(at - 1 - NEAR, -1), -1):
            if before in denied:
                own = self._one(denial, self.statements[before])
                bare = len(self._denied_words(said)) < SHARED
                if before == at - 1 or (own and (bare or before >= at - AGAIN)):
                    return denied[before]
        return []

    def _near(self, at: int) -> Iterator[int]:
        """The statements around one."""
        yield from range(max(0, at - NEAR), at)
        yield from range(at + 1, min(at + 1 + NEAR, len(self.statements)))

    def _deny_alike(self, one: Statement, other: Statement) -> bool:
        shared = len(self._about(one) & self._about(other)) + len(self._deeds(one) & self._deeds(other))
        return self._one(one, other) and shared >= SHARED

    def _claims_denied(self, at: int, denial: Statement, said: Span) -> list[str]:
        keys = self._denied_words(said)
        told: list[Statement] = []
        alike: list[Statement] = []
        for k in self._near(at):
            claim = self.statements[k]
            if self._one(denial, claim) or (claim.act in NOT_CLAIMS and denial.act == "deny"):
                continue
            if self._overlap(denial.content, claim.content):
                if denial.act == "deny" and claim.cue and _inside(claim.cue, denial.content):
                    told.append(claim)
            elif self._asserts(claim, denial) and self._same_said(denial, keys, claim):
                alike.append(claim)
        # «The toll of the Observatory, which announced that …»: what is denied is that, and nothing that is like it.
        claims = told or alike
        figures = [f for f in self._figures.within(denial.content) if self._may_deny(denial, f)]
        for claim in claims:
            inside = (f for f in self._figures.within(claim.content) if self._may_deny(denial, f))
            figures += [f for f in inside if self._says(denial.content, f.what) and f not in figures]
        figures.sort(key=lambda figure: figure.span.start)
        return [claim.id for claim in claims] + [figure.id for figure in figures]

    def _same_said(self, denial: Statement, keys: frozenset[str], claim: Statement) -> bool:
        """Whether a claim says what a denial of these words denies, in its words or in others."""
        words = self._about(claim)
        shared = len(keys & words)
        if shared >= SHARED and shared >= CLOSE * min(len(keys), len(words)):
            return True
        if claim.act == "accuse" and self._says_guilt(denial.content) and self._accuses(claim, denial):
            rest = self._words(denial.content)
            return not rest or not words or bool(rest & words or self._deeds(denial) & self._deeds(claim))
        if claim.act == "accuse" and self._may_accuse(claim, denial):
            third = (self._names(denial.content) & self._names(claim.content)) - self._sides(denial)
            # One root in common may be chance; the word itself is not.
            alike = not self._printed(denial.content).isdisjoint(self._printed(claim.content))
            deeds = self._deeds(denial) & self._deeds(claim) if denial.act == "deny" else ()
            return bool(alike or third or deeds)
        return any(
            one.type == other.type and self._one_actor(denial, one, other)
            for one in self._events.within(denial.content)
            for other in self._events.within(claim.content)
        )

    def _deeds(self, statement: Statement) -> set[str]:
        """The types of events that a statement tells of."""
        return {event.type for event in self._events.within(statement.content)}

    def _one_actor(self, denial: Statement, denied: Event, claimed: Event) -> bool:
        """Whether who is said to have done something is who denies to have done it."""
        mine, theirs = denied.actor_party or denial.speaker, claimed.actor_party
        if not mine or not theirs:
            return False
        root = self.document.language.root
        one, two = ({root(self.document.language.normalize(word)) for word in name.split()} for name in (mine, theirs))
        return one <= two or two <= one

    def _asserts(self, claim: Statement, denial: Statement) -> bool:
        """Whether a statement says that what is denied did happen."""
        # That there is want or hunger says nothing of who brought it about.
        if claim.act in ("demand", "ask", "threaten") or claim.content.start in self._exists:
            return False
        about = self._about(denial)
        modalities = [
            event.modality for event in self._events.within(claim.content) if self._words(event.trigger) & about
        ]
        return not modalities or "actual" in modalities or claim.act == "accuse"

    @staticmethod
    def _may_deny(denial: Statement, figure: Figure) -> bool:
        return figure.what in SAID_OF and figure.part_of is None and figure.claimant != denial.speaker

    def _accused_before(self, at: int, denial: Statement) -> list[str]:
        """The last accusation of the one who denies."""
        before = reversed(self.statements[max(0, at - NEAR) : at])
        return [claim.id for claim in before if claim.act == "accuse" and self._accuses(claim, denial)][:1]

    def _said_before(self, at: int, denial: Statement) -> list[str]:
        """The last statement of somebody else, with the figures it states; with several accusations, all of them."""
        for claim in reversed(self.statements[max(0, at - NEAR) : at]):
            if not self._one(denial, claim) and claim.act != "deny":
                return self._with_figures(claim)
        return []

    def _accuses(self, claim: Statement, denial: Statement) -> bool:
        """Whether a claim accuses the one who denies, or the state that stands behind them."""
        return bool(self._and_behind(self._names(claim.target)) & self._sides(denial))

    def _may_accuse(self, claim: Statement, denial: Statement) -> bool:
        """Whether it does so, or accuses somebody who is not named ("the government")."""
        return self._accuses(claim, denial) or self._names(claim.target).isdisjoint(self._named)

    def _sides(self, denial: Statement) -> set[str]:
        """The one who denies, whom they speak for, the state behind those, and one that is part of their name."""
        if not denial.speaker:
            return set()
        words = {*denial.speaker.split()}
        return self._and_behind({denial.speaker, *(name for name in self._behind if words.issuperset(name.split()))})

    def _and_behind(self, names: set[str]) -> set[str]:
        """Parties, those they speak for, and the states behind these."""
        for _ in range(2):
            names = names | {side for name in names for side in self._behind.get(name, ())}
        return names

    @cached_property
    def _behind(self) -> dict[str, list[str]]:
        """By name of a party: whom it speaks for, and the state it stands for."""
        return {p.name: [side for side in (p.affiliation, p.stands_for) if side] for p in self.document.parties}

    @cached_property
    def _named(self) -> set[str]:
        """Parties known by name: persons and states."""
        return {p.name for p in self.document.parties if p.kind == "person" or p.stands_for}

    def _names(self, span: Span | None) -> set[str]:
        if span is None:
            return set()
        return {m.stands_for or m.party or m.name for m in self._mentions.within(span)}

    # Answers, confirmations, headlines

    def _answer(self, marks: list[Span]) -> None:
        for mark in marks:
            here = self.document.sentence_of(self.tape.unit_at(mark.start))
            at = self._contents.first_in(mark.start + 1, self.tape.ends[here.last - 1])
            if at is None:
                continue
            before = reversed(self.statements[max(0, at - NEAR) : at])
            said = next((s for s in before if not self._one(s, self.statements[at])), None)
            if said:
                self._link(self.statements[at].id, "answers", said.id, "says in answer to what was said before")

    def _confirm(self) -> None:
        for at, statement in enumerate(self.statements):
            if statement.act != "confirm":
                continue
            for claim in self.statements[max(0, at - NEAR) : at]:
                denied = (statement.id, "denies", claim.id) in self._found
                if not denied and not self._one(claim, statement) and self._alike(claim.content, statement.content):
                    self._link(statement.id, "confirms", claim.id, "confirms what was said in the same words")

    def _repeat(self) -> None:
        """A headline and the sentence of the body that says the same at length."""
        end = max((b.end for b in self.document.article.blocks if b.kind in ("title", "standfirst")), default=0)
        if not end:
            return
        heads = [s for s in self.statements if s.content.start < end]
        for head in heads:
            for body in self.statements:
                if body.content.start >= end and body.act == head.act and self._alike(head.content, body.content):
                    self._link(head.id, "repeats", body.id, "a headline, and the statement at length")
                    break
        figures = self.document.figures
        for figure in figures:
            if figure.span.start >= end:
                break
            same = (f for f in figures if f.span.start >= end and _counts(f) == _counts(figure))
            if other := next(same, None):
                self._link(figure.id, "repeats", other.id, "a headline, and the figure in the text")
        developments = self.document.developments
        for one in developments:
            if one.trigger.start >= end:
                break
            like = (d for d in developments if d.trigger.start >= end and (d.kind, d.status) == (one.kind, one.status))
            if other := next(like, None):
                self._link(one.id, "repeats", other.id, "a headline, and the development in the text")

    # What they say

    def _about(self, statement: Statement) -> frozenset[str]:
        return self._words(statement.content)

    def _words(self, span: Span) -> frozenset[str]:
        """The roots of the words of a span that say what it is about."""
        keys = self._keys.get((span.start, span.end))
        if keys is None:
            keys = frozenset(map(self.document.language.root, self._printed(span)))
            self._keys[span.start, span.end] = keys
        return keys

    def _printed(self, span: Span) -> set[str]:
        """Those words themselves, in their normal form."""
        units = range(self.tape.unit_at(span.start), bisect_left(self.tape.starts, span.end))
        norms = (self.tape.norms[at] for at in units if self.tape.codes[at] not in self._ignored)
        return {norm for norm in norms if len(norm) > 2}

    def _denied_words(self, span: Span) -> frozenset[str]:
        """The words of a denial without those that call something untrue."""
        keys = self._words(span)
        for untrue in self._untrue.within(span):
            keys -= self._words(untrue)
        return keys

    def _alike(self, one: Span, other: Span) -> bool:
        first, second = self._words(one), self._words(other)
        shared = len(first & second)
        return shared >= SHARED and shared >= ALIKE * min(len(first), len(second))

    def _says(self, span: Span, what: str) -> bool:
        return self._has(span, (f"toll.{what}", "deadly") if what == "killed" else (f"toll.{what}",))

    def _one(self, statement: Statement, other: Statement) -> bool:
        """Whether two statements are of one source, by their speakers' names: one may be short for the other."""
        if not statement.speaker or not other.speaker:
            return False
        one, two = ({*name.split()} for name in (statement.speaker, other.speaker))
        return one <= two or two <= one or bool(self._same.get(statement.speaker, "") == other.speaker)

    @cached_property
    def _same(self) -> dict[str, str]:
        """Whom a person speaks for."""
        return {p.name: p.affiliation for p in self.document.parties if p.affiliation}

    @staticmethod
    def _overlap(one: Span, other: Span) -> bool:
        return one.start < other.end and other.start < one.end

    def _held(self, statement: Statement) -> Span | None:
        """The sentence of a statement in which a claim is called untrue."""
        if statement.act in ("accuse", "demand"):
            return None
        content = statement.content
        untrue = self._untrue.first_in(content.start, content.end)
        if untrue is None:
            return None
        sentence = self.document.sentence_of(self.tape.unit_at(untrue.start))
        start = max(content.start, self.tape.starts[sentence.first])
        return self.document.article.span(start, min(content.end, self.tape.ends[sentence.last - 1]))


def _inside(span: Span, whole: Span) -> bool:
    return whole.start <= span.start and span.end <= whole.end


def _counts(figure: Figure) -> tuple[object, ...]:
    return figure.what, figure.value, figure.low, figure.high
