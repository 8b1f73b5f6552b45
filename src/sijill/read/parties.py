"""Mentions of parties: persons with their roles, bodies, states, documents, sources without a name.

The pack's ``patterns/parties.txt`` says where a mention stands and what its parts are; here a match becomes
a `Mention` and one unit of the tape. Which mentions are one party is decided in `sijill.read.coreference`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sijill.lang import Language
from sijill.read.coreference import articles, as_one, known_titles, resolve
from sijill.read.document import Document
from sijill.read.findings import Mention
from sijill.record import PartyKind
from sijill.text.pattern import Match
from sijill.text.tape import Fold, Tape

LONGEST = 200
"""Code points beyond which a match is no mention."""

KIND_OF_HEAD: dict[str, PartyKind] = {
    "org.state": "state",
    "org.armed_group": "armed_group",
    "organization.armed_group": "armed_group",
}
KIND_OF_RULE: dict[str, PartyKind] = {
    "person": "person",
    "state": "state",
    "armed_group": "armed_group",
    "anonymous": "anonymous",
    "document": "document",
    "organization": "organization",
    "head": "organization",
    "listed": "organization",
}


@dataclass(slots=True)
class Found:
    """A mention with the units it covers and what merging needs to know of it.

    ``words`` are the normal forms of its name (of its role, where it has no name); ``key`` is the name of
    the table's row it stands in; ``bare`` it is a title or a common noun; ``definite`` it has the article;
    ``short`` a name of one word that counts only if the article has the whole name; ``inside`` it stands within
    another mention, whose unit it leaves alone.
    """

    mention: Mention
    first: int
    last: int
    words: tuple[str, ...]
    role_words: tuple[str, ...] = ()
    key: str | None = None
    bare: bool = False
    short: bool = False
    definite: bool = False
    kept: tuple[str, ...] = ()
    inside: bool = False

    @property
    def titled(self) -> bool:
        """Whether something stands before the name."""
        return self.last - self.first > len(self.words)

    @property
    def definite_source(self) -> bool:
        """Whether it is a source spoken of with the article: one named before, if there is one."""
        return self.definite and self.mention.kind == "anonymous" and not self.bare


NAME_ALONE = "name alone"
"""The rule for a last name that is nothing else."""

WORD_CLASSES = frozenset(
    ("name", "organization", "place", "government", "masculine", "title", "anonymous", "report", "document", "org",
     "people", "process", "noun", "quantifier", "fighters", "force", "toll")
)  # fmt: skip
"""Of the classes of a word that is a mention by itself, those its unit keeps: what it names, not how it is formed."""


VERB_CLASSES = frozenset(("cue", "takes", "act", "finite", "past", "present", "circumstantial", "verb"))


def find_parties(document: Document) -> None:
    """Find every mention of a party, merge them into parties, and fold each mention into one unit.

    >>> from sijill.lang import load
    >>> from sijill.record import Article
    >>> text = "وقال وزير الخارجية الأمريكي جون كيري إن موسكو وعدت. وأضاف كيري أنه ينتظر."
    >>> find_parties(document := Document(Article(id="a", lang="ar", text=text), load("ar")))
    >>> [(p.name, p.role, p.stands_for, len(p.mentions)) for p in document.parties]
    [('جون كيري', 'وزير الخارجية الأمريكي', None, 2), ('موسكو', None, 'روسيا', 1)]
    """
    tape, alphabet = document.tape, document.language.alphabet
    reader = _Reader(document)
    found = [f for match in document.rules("parties").scan(tape, longest=True) for f in reader.read(match)]
    found = reader.with_last_names(found)
    found, document.parties = resolve(found, document)
    folds: list[Fold] = []
    for f in found:
        mention = f.mention
        if f.inside:
            continue
        document.mentions.append(mention)
        classes = {"party", f"party.{mention.kind}", *f.kept}
        classes.update(name for name in ("fem", "plural") if getattr(mention, name))
        if f.bare:
            classes.add("bare")
        if f.last - f.first == 1 and mention.kind != "person":
            classes.update(c for c in alphabet.classes(tape.codes[f.first]) if c.partition(".")[0] in WORD_CLASSES)
        code = alphabet.code(classes)
        folds.append(Fold(f.first, f.last, code, tape.words(f.first, f.last), mention))
    if folds:
        document.tape = tape.fold(folds)


class _Reader:
    """Makes mentions of matches."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tape: Tape = document.tape
        self.language: Language = document.language
        self._classes = self.language.alphabet.classes
        self._articles = articles(self.language)

    def read(self, match: Match) -> Iterator[Found]:
        """The mentions of a match; none where the rule only stands in the way of others."""
        kind = match.rule.says["kind"]
        if kind == "none" or self.tape.ends[match.last - 1] - self.tape.starts[match.first] > LONGEST:
            return
        captures = match.captures
        office = self._office_of_named(match) if kind == "person" else None
        if office:
            yield self._person(match, name=None, role=(captures["role"][0], match.last))
            yield self._inside(match, captures["name"], (office, captures["role"][1]))
        elif kind == "person":
            yield self._person(match, captures.get("name"), captures.get("role"))
        else:
            yield self._body(match, kind)
        if whose := captures.get("whose"):
            yield self._inside(match, whose, captures.get("office"))

    def with_last_names(self, found: list[Found]) -> list[Found]:
        """The mentions, and between them the last names of persons whose whole name is among them.

        A last name that is an everyday word too counts only right behind a verb of speech.
        """
        named = Counter(f.words for f in found if len(f.words) > 1 and f.mention.kind == "person" and not f.bare)
        if not named:
            return found
        last_names = {words[-1] for words in named}
        bearers = Counter(words[-1] for words in named)
        found = [one for f in found for one in self._told_apart(f, bearers)]
        taken = {at for f in found for at in range(f.first, f.last)}
        found = [
            self._last_name(f.first, self._first(f.first, taken))
            if f.mention.rule == NAME_ALONE and f.words[-1] in last_names and self._first(f.first, taken) < f.first
            else f
            for f in found
        ]
        more = [
            self._last_name(at, self._first(at, taken))
            for at, norm in enumerate(self.tape.norms)
            if norm in last_names and at not in taken and self._stands_alone(at)
        ]
        return sorted([*found, *more], key=lambda f: f.first) if more else found

    def _told_apart(self, f: Found, bearers: Counter[str]) -> Iterator[Found]:
        """A mention, or the two last names it is made of: those of others, subject and object of the verb before."""
        own = len(f.words) == f.last - f.first == 2 and not f.role_words and f.first and self._is(f.first - 1, "finite")
        if own and not self._is(f.first, "name.given") and not self._is(f.last - 1, "name.given"):
            first, last = f.words
            known = _last_names(self.language)
            if (bearers[first] or first in known) and (bearers[last] > 1 or last in known):
                yield self._last_name(f.first, f.first, alone=True)
                yield self._last_name(f.first + 1, f.first + 1, alone=True)
                return
        yield f

    def _stands_alone(self, at: int) -> bool:
        """Whether a unit can be a name by itself: no article before it, no pronoun behind it."""
        if at + 1 < len(self.tape) and self._is(at + 1, "pronoun"):
            return False
        if at and self._is(at - 1, "article"):
            return False
        if self._is(at, "sure", "unknown"):
            return True
        if at == 0 or self._is(at - 1, "para"):
            # A headline begins with who says it.
            return at + 1 < len(self.tape) and self._is(at + 1, "cue") and self._is(at + 1, "finite")
        return self._is(at - 1, "cue", "according") and self._is(at - 1, "finite", "according")

    def _first(self, at: int, taken: set[int]) -> int:
        """Where the name begins whose last name stands at a unit: at a given name before it, or there."""
        before = at - 1
        if before < 0 or before in taken or not self._is(before, "name.given"):
            return at
        return at if self._is(before, "noun", "masdar", "finite", "function", "cue", "title") else before

    def _last_name(self, at: int, first: int, *, alone: bool = False) -> Found:
        """A mention by the last name of one named before, or of another with the same one (``حازم هنية``)."""
        mention = Mention(
            start=self.tape.starts[first],
            end=self.tape.ends[at],
            name=self._text(first, at + 1),
            kind="person",
            rule="last name alone" if alone else "last name of one named before",
        )
        return Found(mention, first, at + 1, self._words(first, at + 1), short=not alone and first == at)

    # Persons

    def _inside(self, match: Match, name: tuple[int, int], role: tuple[int, int] | None) -> Found:
        """Who is named within the mention of another: whose forces, whose adviser."""
        within = Match(match.rule, (role or name)[0], name[1], {})
        found = self._person(within, name, role)
        found.inside, found.mention.kind = True, "person"
        return found

    def _office_of_named(self, match: Match) -> int | None:
        """Where in a role the office begins that the one named holds, by the pack: the president, not his spokesman."""
        name, role = match.captures.get("name"), match.captures.get("role")
        if not name or not role or name[0] < role[1]:
            return None
        head = self._head(*role)
        inner = [at for at in range(head + 1, role[1]) if self._is(at, "title.office")]
        if not inner or not self._is(head, "title.under"):
            return None
        titles = [set(title) for title in known_titles(self._words(*name), self.document)]
        at = next((at for at in inner if any(self._titles(at, role[1]) <= title for title in titles)), None)
        return at - 1 if at and self._is(at - 1, "article") else at

    def _titles(self, first: int, last: int) -> set[str]:
        return set(as_one(self._words(first, last), self.language))

    def _person(self, match: Match, name: tuple[int, int] | None, role: tuple[int, int] | None) -> Found:
        says = match.rule.says
        bare = "bare" in says or not name
        mention = Mention(
            start=self._start(match.first),
            end=self.tape.ends[match.last - 1],
            name=self._text(*(name or (match.first, match.last))),
            kind="person",
            rule=match.rule.name,
            role=self._text(*role) if role else None,
            affiliation=self._affiliation(*role) if role else None,
            fem=self._fem(name, role) if name or role else self._is(match.first, "fem"),
            plural=self._is(self._head(*role), "plural") if role and not name else False,
        )
        return Found(
            mention,
            match.first,
            match.last,
            self._words(*name) if name else (),
            self._words(*role) if role else (),
            key=self.language.value(self.tape.norms[name[0]], "person.known")
            if name and name[1] - name[0] == 1
            else None,
            bare=bare,
            short=says.get("short") == "only",
            definite=self._definite(match.first),
            kept=self._kept(self._head(*role)) if role and bare else (),
        )

    def _fem(self, name: tuple[int, int] | None, role: tuple[int, int] | None) -> bool | None:
        if role:
            return self._is(self._head(*role), "fem")
        if name:
            female, male = self._is(name[0], "female"), self._is(name[0], "male")
            return female if female != male else None
        return None

    def _affiliation(self, first: int, last: int) -> str | None:
        """The body or state that a role names: the first body, else the first state, else whose a nisba makes it."""
        for wanted in ("name.organization", "government"):
            for at in range(first, last):
                if self._is(at, wanted):
                    return self._text(at, at + 1)
        for at in range(first, last):
            if self._is(at, "nisba"):
                return self.language.value(self.tape.norms[at], "nisba")
        return None

    # Bodies, states, documents, sources

    def _body(self, match: Match, rule_kind: str) -> Found:
        first, last = match.first, match.last
        head = self._head(first, last)
        listed = next((at for at in range(first, last) if self._is(at, "name.organization")), None)
        if listed is not None and listed != head and rule_kind != "listed":
            listed = None
        kind: PartyKind = KIND_OF_RULE[rule_kind]
        key = stands_for = None
        at = head if listed is None or rule_kind in ("document", "anonymous") else listed
        if kind == "organization":
            kind = self._kind_of_head(at)
        norm = self.tape.norms[at]
        if rule_kind == "state":
            key = stands_for = self.language.value(norm, "government")
            if self._is(at, "place.building"):
                kind, key = "organization", None
        elif listed is not None and kind not in ("anonymous", "document"):
            key = self.language.value(norm, "organization")
            stands_for = self.language.value(norm, "speaks.for")
        if stands_for is None and kind in ("state", "organization", "armed_group"):
            stands_for = self._nisba_state(first, last) if self._is(head, "org.state") else None
        bare = last == head + 1 and not key and self._is(head, "org.head", "document.head", "source.word", "fighters")
        fem, plural = self._grammar(at if listed is not None else head)
        if kind == "state" and key:
            fem = plural = None
        mention = Mention(
            start=self._start(first),
            end=self.tape.ends[last - 1],
            name=self._text(first, last),
            kind=kind,
            rule=match.rule.name,
            stands_for=stands_for,
            fem=fem,
            plural=plural,
        )
        kept = [name for name in ("agency", "outlet") if self._is(head, name) or self._is(at, f"organization.{name}")]
        if kind in ("anonymous", "document") or self._is(head, "people"):
            kept += self._kept(head)
        if rule_kind == "state":
            kept.append("place")
        return Found(
            mention,
            first,
            last,
            self._words(first, last),
            key=key,
            bare=bare,
            definite=self._definite(first),
            kept=tuple(kept),
        )

    def _kept(self, at: int) -> tuple[str, ...]:
        """What the unit that heads a mention is, but for the verb that it is spelled like."""
        return tuple(c for c in self._classes(self.tape.codes[at]) if c.partition(".")[0] not in VERB_CLASSES)

    def _kind_of_head(self, at: int) -> PartyKind:
        for name, kind in KIND_OF_HEAD.items():
            if self._is(at, name):
                return kind
        return "organization"

    def _nisba_state(self, first: int, last: int) -> str | None:
        for at in range(first, last):
            if self._is(at, "nisba"):
                return self.language.value(self.tape.norms[at], "nisba")
            if self._is(at, "government"):
                return self.language.value(self.tape.norms[at], "government")
        return None

    def _grammar(self, at: int) -> tuple[bool | None, bool | None]:
        """Gender and number of a unit, by its first word where it is a phrase."""
        classes = self._classes(self.tape.codes[at])
        words = self.tape.norms[at].split()
        if len(words) > 1:
            head = next((word for word in words if word not in self._articles), "")
            code = self.language.lexicon.forms.get(head)
            if code is None:
                return None, None
            classes = self._classes(code)
        # A noun spelled like a verb of hers says nothing of its own gender.
        fem = None if {"fem", "present", "masdar"} <= classes else "fem" in classes
        return fem, "plural" in classes

    # Units

    def _is(self, at: int, *names: str) -> bool:
        return not self._classes(self.tape.codes[at]).isdisjoint(names)

    def _head(self, first: int, last: int) -> int:
        """The first unit that is no article."""
        return next((at for at in range(first, last) if not self._is(at, "article")), first)

    def _definite(self, at: int) -> bool:
        """Whether a mention begins with the article."""
        return self.tape.norms[at].startswith(tuple(self._articles))

    def _swallowed(self, at: int) -> str:
        """The article that a preposition swallowed at the beginning of a unit (``للأمم``), or nothing."""
        tape = self.tape
        article = tape.norms[at].split(" ", 1)[0]
        if article not in self._articles:
            return ""
        printed = tape.text[tape.starts[at] : tape.starts[at] + len(article)]
        return "" if printed == article or self.language.normalize(printed) == article else article

    def _start(self, first: int) -> int:
        """Where a mention begins in print: what is left of a swallowed article is not of it."""
        return self.tape.starts[first] + (1 if self._swallowed(first) else 0)

    def _text(self, first: int, last: int) -> str:
        """The printed words of units, with the article that a preposition swallowed, without marks around them all."""
        if last - first > 2 and self._is(first, "quote") and self._is(last - 1, "quote"):
            first, last = first + 1, last - 1
        text = self.tape.text[self._start(first) : self.tape.ends[last - 1]]
        return self._swallowed(first) + " ".join(text.split())

    def _words(self, first: int, last: int) -> tuple[str, ...]:
        """Normal forms of the words of units, without articles and marks."""
        words: list[str] = []
        for at in range(first, last):
            if not self._is(at, "article", "punct"):
                words += (word for word in self.tape.norms[at].split() if word not in self._articles)
        if words and self._is(first, "source.word", "anonymous.source"):
            words[0] = self._without_article(words[0])
        return tuple(words)

    def _without_article(self, word: str) -> str:
        """A noun that is listed with its article, without it."""
        rest = next((word.removeprefix(article) for article in self._articles if word.startswith(article)), word)
        return rest if rest in self.language.lexicon.forms else word


@cache
def _last_names(language: Language) -> frozenset[str]:
    """The last names of the public figures that a pack lists."""
    named = (language.normalize(row["name"] or "").split() for row in language.table("persons.tsv"))
    return frozenset(words[-1] for words in named if len(words) > 1)
