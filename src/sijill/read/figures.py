"""How many were killed, hurt, held, driven out, and who says so.

The pack's ``patterns/figures.txt`` finds the pieces, in order: tolls (a verb or noun that says what
became of people), counts (a number with its noun, a dual, a singular), parts, and what ends a toll's
reach. Here they are put together, sentence by sentence: a count's own noun says what it counts, or
else the toll that stands open before it, or the one that follows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast, get_args

from sijill.read.document import Document
from sijill.read.findings import FoundNumber
from sijill.read.numbers import bound_of
from sijill.record import Bound, Date, Figure, Span, Statement, What
from sijill.text.pattern import Match
from sijill.text.tape import Tape

NEAR = 3
"""Units between a toll and a count that carries no noun of its own."""

OBJECT = 8
"""Units between a toll and the one person who is its object: who did it, and when, may stand there."""

PARTING = frozenset({"finite", "punct", "number"})
"""What parts a count from a verb that has other meanings too (``فقد``, ``نشر``)."""

FAR = 24
"""Units a toll reaches ahead to its first count."""

WHATS = frozenset(get_args(What))

HELD: frozenset[str] = frozenset({"abducted", "detained", "besieged"})
OF_THEIR_OWN: frozenset[str] = frozenset({"killed", "wounded", "casualties", "missing"})
"""What a noun (the dead, the wounded) says whatever verb stands before it."""

OF_ONE = OF_THEIR_OWN | {"detained", "abducted", "released"}
"""What a person named without a number may be counted as."""


@dataclass(slots=True)
class Count:
    """A count while its sentence is read; ``last`` is the unit behind it."""

    match: Match
    first: int
    last: int
    what: str | None = None
    part_of: int | None = None
    by: Span | None = None


@dataclass(slots=True)
class Reach:
    """The toll that stands open: what it says, where it ended, and whether a count has filled it."""

    first: int
    """Where the sentence begins."""
    what: str | None = None
    end: int = -1
    near: bool = False
    """Whether it reaches only what stands right behind it."""
    noun: bool = False
    """Whether it is a noun (the dead), which reaches as far as a number alone may stand."""
    verb: bool = False
    """Whether it is a verb, whose object may stand behind who did it."""
    filled: bool = False
    part: bool = False
    joined: bool = False
    coming: bool = False
    held: bool = False
    named: str | None = None
    """What the people last named in the sentence are (the hostages …)."""
    pending: list[Count] = field(default_factory=list[Count])

    def open(self, what: str | None, end: int, *, near: bool = False, noun: bool = False) -> None:
        self.what, self.end, self.near, self.noun = what, end, near, noun
        self.verb = self.filled = self.part = self.held = self.coming = False

    def close(self) -> None:
        self.open(None, -1)
        self.pending.clear()


def find_figures(document: Document) -> None:
    """Find every figure, in order.

    >>> from sijill.read import read_article
    >>> from sijill.record import Article
    >>> record = read_article(Article(id="a", lang="ar", text="مقتل 5 جنود وإصابة 20 آخرين بينهم طفل"))
    >>> [(f.value, f.what, f.part_of) for f in record.figures]
    [(5, 'killed', None), (20, 'wounded', None), (1, 'wounded', 1)]
    """
    document.figures = _Reader(document).figures()


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.tape: Tape = document.counted
        self.alphabet = document.language.alphabet
        self.counts: list[Count] = []
        self.circumstances: dict[str, list[tuple[int, int]]] = {"place": [], "cause": [], "by": []}
        self.dates = [(at, at + 1) for at, item in sorted(self.tape.items.items()) if isinstance(item, Date)]
        self.mentions = {mention.start: mention for mention in document.mentions}
        self.statements = _Claims(document.statements)

    def _span(self, first: int, last: int) -> Span:
        return self.document.span(first, last, self.tape)

    def classes(self, unit: int) -> frozenset[str]:
        return self.alphabet.classes(self.tape.codes[unit])

    def figures(self) -> list[Figure]:
        folded = self.document.tape
        begins = [self.tape.unit_at(folded.starts[sentence.first]) for sentence in self.document.sentences]
        reach, present = Reach(0), -1
        for match in self.document.rules("figures").scan(self.tape, longest=True):
            sentence = bisect_right(begins, match.first) - 1
            if sentence != present:
                reach, present = Reach(begins[sentence]), sentence
            getattr(self, f"_{match.rule.says['as']}")(match, reach)
        begins.append(len(self.tape))
        counts = [count for count in self.counts if count.what]
        place = {id(count): k for k, count in enumerate(counts)}
        figures: list[Figure] = []
        for index, count in enumerate(counts):
            at = bisect_right(begins, count.first, hi=len(begins) - 1)
            total = place.get(count.part_of) if count.part_of is not None else None
            whole = figures[total] if total is not None and total < index else None
            figures.append(self._figure(index, count, total if whole else None, whole, (begins[at - 1], begins[at])))
        return figures

    # What each match does to the toll that stands open

    def _toll(self, match: Match, reach: Reach) -> None:
        what = self._what(match, "toll")
        near = "near" in self.classes(match.first)
        reach.open(what, match.last, near=near)
        reach.verb = "finite" in self.classes(match.last - 1)

    def _behind(self, match: Match, reach: Reach) -> None:
        """A toll whose count stands before it; with none there, it may still come."""
        what = self._what(match, "toll")
        waiting, reach.pending = reach.pending, []
        for count in waiting:
            count.what = what
        if waiting:
            reach.open(None, match.last)
            reach.filled = True
        elif not (reach.noun and what == reach.what):
            reach.open(what, match.last, near="near" in self.classes(match.first))

    def _both(self, match: Match, reach: Reach) -> None:
        """Both dead and hurt, said behind their number, whatever brought it."""
        for count in reach.pending or (self.counts[-1:] if reach.filled else ()):
            count.what = self._what(match, "toll")
        reach.pending.clear()

    def _object_behind(self, match: Match, reach: Reach) -> None:
        """A toll whose object is a pronoun (``20 شخصا اختطفهم مسلحون``): the count stands before it, or nowhere."""
        if reach.pending:
            self._behind(match, reach)

    def _one_behind(self, match: Match, reach: Reach) -> None:
        """One person, and what became of them right behind."""
        count = self._counted(match, self._what(match, "toll"))
        count.last = match.captures["who"][1]
        self.counts.append(count)

    def _toll_noun(self, match: Match, reach: Reach) -> None:
        what = self._what(match, "toll")
        if what == "casualties":
            before = next((c.what for c in reversed(self.counts) if c.what in ("killed", "casualties")), None)
            what = before or what
        coming = reach.coming
        reach.open(what, match.last, noun=True)
        reach.named, reach.coming = what, coming
        reach.pending.clear()

    def _members(self, match: Match, reach: Reach) -> None:
        """Who the dead (or hurt …) of the figure before are: parts of it."""
        reach.open(self._what(match, "toll"), match.last, noun=True)
        reach.named = reach.what
        reach.part = any(count.what == reach.what for count in self.counts)

    def _count(self, match: Match, reach: Reach) -> None:
        self._take(match, reach, self._own(match, reach))

    def _things(self, match: Match, reach: Reach) -> None:
        self.counts.append(self._counted(match, "other"))

    def _perhaps(self, match: Match, reach: Reach) -> None:
        """A count of something unlisted: people only where a toll stands right before it."""
        if self._reached(match, reach):
            self._take(match, reach, reach.what)

    def _bare(self, match: Match, reach: Reach) -> None:
        """A number alone counts where a toll stands right before it, or one may follow."""
        if reach.what and not reach.near and self._reached(match, reach):
            self._take(match, reach, reach.what)
        elif not reach.what:
            reach.pending.append(count := self._counted(match, None))
            self.counts.append(count)

    def _two(self, match: Match, reach: Reach) -> None:
        """Two persons, as a dual says: their noun tells, or the toll before, or they wait for one behind."""
        own = self._own(match, reach)
        if own in OF_THEIR_OWN or self._reaches_person(match, reach):
            self._take(match, reach, own or reach.what)
        elif not reach.what and "adjacent" not in match.rule.says:
            self._take(match, reach, None)

    def _one(self, match: Match, reach: Reach) -> None:
        """One person counts right behind a toll or as a part; not where a count follows as its victim."""
        if self._followed_by_count(match.last):
            return
        own = self._own(match, reach)
        if self._reaches_person(match, reach) and (reach.part or reach.what in OF_ONE):
            self._take(match, reach, own or reach.what)
        elif own in OF_THEIR_OWN and (match.first == reach.first or (reach.coming and match.first - reach.end <= NEAR)):
            self._take(match, reach, own)
        elif own is None and reach.pending and self._coordinated(match.first):
            self._take(match, reach, None)

    def _reaches_person(self, match: Match, reach: Reach) -> bool:
        """Whether a toll reaches a person who has no number: closer than a number may stand, but for an object."""
        far = OBJECT if reach.verb and "accusative" in self.classes(match.first) else NEAR
        if not self._reached(match, reach, far) or (reach.noun and not reach.filled):
            return False
        gap = match.first - reach.end
        if reach.filled:
            return self._coordinated(match.first) and "finite" not in self.classes(match.first)
        if gap > far or any(
            "finite" in (classes := self.classes(at)) and "noun" not in classes for at in range(reach.end, match.first)
        ):
            return False
        return gap == 0 or reach.part or not (reach.near or "adjacent" in match.rule.says)

    def _rest(self, match: Match, reach: Reach) -> None:
        """The rest of a total: as the figure before it."""
        before = next((count for count in reversed(self.counts) if count.what), None)
        if before:
            count = self._counted(match, before.what)
            count.part_of = before.part_of
            self.counts.append(count)

    def _their_number(self, match: Match, reach: Reach) -> None:
        """The number of the people named before it."""
        if reach.named:
            self.counts.append(self._counted(match, reach.named))

    def _apposition(self, match: Match, reach: Reach) -> None:
        """What the counted are stands behind them (``18 شخصا … مصابين``)."""
        for count in reach.pending:
            count.what = self._what(match, "toll")
        reach.pending.clear()

    def _that(self, match: Match, reach: Reach) -> None:
        reach.close()

    def _part(self, match: Match, reach: Reach) -> None:
        """A part of the total before it in the sentence, or of the sentence before where this one begins so."""
        opens = match.first - reach.first <= NEAR
        if reach.pending or reach.filled or (opens and self.counts):
            reach.part = True
            reach.filled = False
            reach.end = match.last

    def _and(self, match: Match, reach: Reach) -> None:
        if reach.near and not reach.filled:
            return
        if reach.filled and not reach.what:
            reach.what = self.counts[-1].what
        reach.end = match.last
        reach.joined = True

    def _reaching(self, match: Match, reach: Reach) -> None:
        reach.coming = True

    def _falling(self, match: Match, reach: Reach) -> None:
        if not reach.what:
            reach.open(None, match.last)
        reach.coming, reach.part = True, False

    def _holding(self, match: Match, reach: Reach) -> None:
        reach.held = True

    def _clause(self, match: Match, reach: Reach) -> None:
        """A new clause ends the toll's reach."""
        reach.close()

    def _aside(self, match: Match, reach: Reach) -> None:
        """A verb within the clause: what waited for a toll behind it waits no longer."""
        reach.pending.clear()

    def _circumstance(self, match: Match, reach: Reach) -> None:
        for kind, (first, last) in match.captures.items():
            self.circumstances[kind].append((first, last))

    def _nothing(self, match: Match, reach: Reach) -> None:
        return

    # Counts

    def _what(self, match: Match, capture: str) -> str | None:
        said = match.rule.says.get("what")
        if said:
            return said
        first, last = match.captures.get(capture, (0, 0))
        for unit in range(first, last):
            kinds = [c.removeprefix("toll.") for c in self.classes(unit) if c.startswith("toll.")]
            if kinds:
                return min(kinds, key=_rank)
        return None

    def _own(self, match: Match, reach: Reach) -> str | None:
        """What the count's own noun says, unless the toll before it knows better."""
        own = self._what(match, "who")
        if own is None or own in OF_THEIR_OWN or match.rule.says.get("what"):
            return own
        return reach.what if reach.what and self._within(match, reach) else own

    def _reached(self, match: Match, reach: Reach, far: int = NEAR) -> bool:
        """Whether the open toll, or the count that filled it, reaches to this match, at most so many units away."""
        if reach.what is None and not reach.part:
            return False
        gap = match.first - reach.end
        if reach.near and not reach.filled:
            return gap <= 2 * NEAR and not any(self._parts(at) for at in range(reach.end, match.first))
        if reach.filled:
            return gap <= FAR and (gap <= 1 or reach.part or self._coordinated(match.first))
        return gap <= far or reach.coming

    def _parts(self, unit: int) -> bool:
        classes = self.classes(unit)
        if "noun" in classes:
            return "article" not in self.classes(unit - 1)
        return bool(PARTING & classes)

    def _coordinated(self, unit: int) -> bool:
        before = self.classes(unit - 1) if unit else frozenset[str]()
        return "conj" in before or "comma" in before or "article" in before

    def _actor(self, first: int, last: int) -> Span | None:
        """The party right behind a toll's verb, before the people it names: who did it."""
        mention = self.mentions.get(self.tape.starts[first]) if first < last else None
        if mention and mention.end <= self.tape.starts[last]:
            return self.document.article.span(mention.start, mention.end)
        return None

    def _followed_by_count(self, unit: int) -> bool:
        return unit < len(self.tape) and "number" in self.classes(unit)

    def _take(self, match: Match, reach: Reach, what: str | None) -> None:
        """A count of people: it says what it counts, or the toll before does, or it waits for one behind."""
        if what is None and reach.what and self._within(match, reach):
            what = reach.what
        count = self._counted(match, what)
        if reach.part:
            totals = (c for c in reversed(self.counts) if c.part_of is None and (c.what or c in reach.pending))
            total = next((c for c in totals if what is None or c.what in (None, what)), None)
            if total is not None:
                count.part_of = id(total)
                count.what = what = what or total.what
        self.counts.append(count)
        if what is None:
            reach.pending.append(count)
            return
        if reach.what and not reach.filled:
            count.by = self._actor(reach.end, match.first)
        reach.end = match.last
        reach.filled = True
        reach.coming = False

    def _within(self, match: Match, reach: Reach) -> bool:
        if reach.held:
            return False
        if reach.near or reach.noun or reach.filled:
            return self._reached(match, reach)
        return match.first - reach.end <= FAR

    def _counted(self, match: Match, what: str | None) -> Count:
        return Count(match, match.first, match.last, what)

    # The figure

    def _figure(
        self, index: int, count: Count, part_of: int | None, whole: Figure | None, sentence: tuple[int, int]
    ) -> Figure:
        """The figure of a count; a part of a whole that nobody else claims has its whole's claimant."""
        match = count.match
        number = self._number(match)
        value, low, high, bound = _value(number)
        if "after" in match.captures and bound == "exact":
            bound = bound_of(self.classes(match.captures["after"][0])) or bound
        span = self._span(count.first, count.last)
        who = self._span(*match.captures["who"]) if "who" in match.captures else None
        near = self._nearest
        claim = self.statements.around(span)
        return Figure(
            id=f"f{index + 1}",
            span=span,
            value=value,
            low=low,
            high=high,
            bound=bound,
            what=cast(What, count.what if count.what in WHATS else "other"),
            who=who,
            part_of=part_of,
            place=near(self.circumstances["place"], count, sentence),
            period=near(self.dates, count, sentence),
            cause=near(self.circumstances["cause"], count, sentence),
            by=count.by or near(self.circumstances["by"], count, sentence),
            claimant=claim.speaker if claim else whole.claimant if whole else None,
            chain=list(claim.chain) if claim else list(whole.chain) if whole else [],
            rule=match.rule.name,
        )

    def _nearest(self, found: list[tuple[int, int]], count: Count, sentence: tuple[int, int]) -> Span | None:
        """The circumstance of the same sentence that stands nearest to a count, behind it rather than before."""
        inside = found[bisect_left(found, (sentence[0], 0)) : bisect_left(found, (sentence[1], 0))]
        best = min(
            inside,
            key=lambda at: at[0] - count.last if at[0] >= count.last else 2 * (count.first - at[1]) + 1,
            default=None,
        )
        return self._span(*best) if best else None

    def _number(self, match: Match) -> FoundNumber | int:
        for unit in range(match.first, match.last):
            item = self.tape.items.get(unit)
            if isinstance(item, FoundNumber):
                return item
        return 1 if match.rule.says["as"].startswith("one") else 2


def _value(number: FoundNumber | int) -> tuple[float | int | None, int | None, int | None, Bound]:
    if isinstance(number, int):
        return number, None, None, "exact"
    return number.value, number.low, number.high, number.bound


def _rank(kind: str) -> int:
    return list(get_args(What)).index(kind) if kind in WHATS else len(WHATS)


class _Claims:
    """The statements of an article by where their contents lie."""

    def __init__(self, statements: list[Statement]) -> None:
        self.pieces = sorted(
            ((piece.start, piece.end, statement) for statement in statements for piece in _pieces(statement.content)),
            key=lambda piece: (piece[0], -piece[1]),
        )
        self.begins = [start for start, _, _ in self.pieces]
        self.outer: list[int] = []
        """For each piece the index of the next one around it, or -1."""
        for at, (start, _, _) in enumerate(self.pieces):
            around = at - 1
            while around >= 0 and self.pieces[around][1] <= start:
                around = self.outer[around]
            self.outer.append(around)

    def around(self, span: Span) -> Statement | None:
        """The innermost statement whose content covers a span; a denial claims nothing of what it denies."""
        at = bisect_right(self.begins, span.start) - 1
        while at >= 0 and (self.pieces[at][1] < span.end or self.pieces[at][2].act == "deny"):
            at = self.outer[at]
        return self.pieces[at][2] if at >= 0 else None


def _pieces(content: Span) -> Iterator[Span]:
    yield from content.parts or (content,)
