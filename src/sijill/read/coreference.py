"""Which mentions are one party: full names, short ones, titles, bare nouns.

A short mention is resolved only where one party alone can be meant; otherwise its party stays open.
Spellings are compared by the pack's ``spelling.tsv``: letters that writers take for each other in
foreign names count as one, long vowels inside a word and doubled letters not at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from sijill.lang import Language
from sijill.read.document import Document
from sijill.record import Party, PartyKind

if TYPE_CHECKING:
    from sijill.read.parties import Found

DISTINCT = 3
"""How many letters two spellings must share, once vowels are gone, to count as one name."""

CANDIDATES = 40
"""How many bearers of a name or a title are compared; more in one text cannot be told apart anyway."""


NEAR = 150
"""Units within which a bare noun means the one of its kind that was named last."""


@dataclass(slots=True)
class _Entity:
    """A party while its mentions are being gathered."""

    kind: PartyKind
    words: tuple[str, ...]
    key: str | None = None
    found: list[Found] = field(default_factory=list["Found"])
    roles: list[tuple[tuple[str, ...], Found]] = field(default_factory=list[tuple[tuple[str, ...], "Found"]])
    titles: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])
    first: int = 0
    latest: int = 0
    name: str = ""

    def add(self, found: Found) -> None:
        """Take a mention in."""
        self.first = min(self.first, found.first) if self.found else found.first
        self.found.append(found)
        if found.role_words and found.words:
            self.roles.append((found.role_words, found))


def resolve(found: list[Found], document: Document) -> tuple[list[Found], list[Party]]:
    """The mentions that stand, each with the name of its party, and the parties in the order of their first mention."""
    return _Resolver(document).resolve(found)


class _Resolver:
    """Merges the mentions of one document. Each look-up goes through an index: linear in the mentions."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.language = document.language
        self.spelling = _Spelling.of(document.language)
        self.entities: list[_Entity] = []
        self.entity_of: dict[int, _Entity] = {}
        self.open: set[int] = set()
        self._bearers: defaultdict[str, list[_Entity]] = defaultdict(list)
        self._bodies: dict[tuple[str, ...], _Entity] = {}
        self._longer: defaultdict[tuple[str, ...], list[_Entity]] = defaultdict(list)
        self._titled_by: defaultdict[str, list[_Entity]] = defaultdict(list)

    def resolve(self, found: list[Found]) -> tuple[list[Found], list[Party]]:
        for f in found:
            f.role_words = as_one(f.role_words, self.language)
            person = f.mention.kind == "person"
            f.words = joined(f.words, self.language) if person else as_one(f.words, self.language)
        named = [f for f in found if not f.bare and not f.definite_source]
        named.sort(key=lambda f: -len(f.words))
        for f in named:
            entity = self._person(f) if f.mention.kind == "person" else self._body(f)
            if entity:
                entity.add(f)
                self.entity_of[id(f)] = entity
        for entity in self.entities:
            if entity.kind == "person":
                entity.titles = [words for words, _ in entity.roles] + known_titles(entity.words, self.document)
            for head in {words[0] for words in entity.titles}:
                self._titled_by[head].append(entity)
        self._resolve_bare(found)
        kept = [f for f in found if f.bare or id(f) in self.entity_of or id(f) in self.open]
        parties = self._parties()
        for f in kept:
            entity = self.entity_of.get(id(f))
            f.mention.party = entity.name if entity else None
            if entity and f.bare:
                f.mention.kind = entity.kind
        return kept, parties

    def _new(self, f: Found, words: tuple[str, ...], kind: PartyKind) -> _Entity:
        entity = _Entity(kind, words, f.key)
        self.entities.append(entity)
        return entity

    # Persons

    def _person(self, f: Found) -> _Entity | None:
        """The person whose name this is: a new one for a full name, the only one that bears a short one."""
        if f.key and (known := self._bodies.get(("key", f.key))):
            return known
        bones = [self.spelling.skeleton(word) for word in f.words]
        fitting = [e for e in self._bearers[bones[-1]][-CANDIDATES:] if self._same_person(bones, e)]
        if not fitting and f.titled and len(bones) == 1:
            fitting = [e for e in self._bearers[bones[0]][-CANDIDATES:] if self._by_first_name(f, e)]
        if len(fitting) > 1:
            exact = [e for e in fitting if e.words == f.words or self._same_role(f, e)]
            before = [e for e in fitting if e.first < f.first]
            fitting = exact or (before if len(before) == 1 else [])
            if not fitting:
                self.open.add(id(f))
                return None
        if fitting:
            return fitting[0]
        if f.short:
            return None
        entity = self._new(f, f.words, "person")
        if f.key:
            self._bodies["key", f.key] = entity
        for bone in {*bones}:
            self._bearers[bone].append(entity)
        return entity

    def _same_person(self, bones: list[str], entity: _Entity) -> bool:
        """Whether a name is another one in full or in part: its last name, its first ones, or some of each."""
        full = [self.spelling.skeleton(word) for word in entity.words]
        if bones == full:
            return True
        if len(bones) == 1:
            return len(full) > 1 and bones[0] == full[-1]
        if bones[-1] != full[-1]:
            return bones == full[: len(bones)]
        return all(bone in full for bone in bones)

    def _by_first_name(self, f: Found, entity: _Entity) -> bool:
        """Whether one word behind a title is the first name of somebody with that title or with a patronymic."""
        descent = len(entity.words) > 1 and entity.words[1] in _having(self.language, "name.descent")
        return entity.words[:1] == f.words and (descent or self._same_role(f, entity))

    def _same_role(self, f: Found, entity: _Entity) -> bool:
        return bool(f.role_words) and any(set(f.role_words) <= set(words) for words, _ in entity.roles)

    # Bodies, states, documents, sources

    def _body(self, f: Found) -> _Entity | None:
        """The party of this key or these words; the only longer name that begins with them, or nobody yet."""
        kind = f.mention.kind
        entity = (self._bodies.get(("key", f.key)) if f.key else None) or self._bodies.get((kind, *f.words))
        if entity:
            return entity
        longer = self._longer.get((kind, *f.words), ())
        if longer:
            return longer[0] if len(longer) == 1 else None
        return self._new_body(f)

    def _new_body(self, f: Found) -> _Entity:
        kind = f.mention.kind
        entity = self._new(f, f.words, kind)
        if f.key:
            self._bodies["key", f.key] = entity
        self._bodies.setdefault((kind, *f.words), entity)
        for upto in range(2, len(f.words) if kind != "anonymous" else 0):
            self._longer[(kind, *f.words[:upto])].append(entity)
        return entity

    # Titles and bare nouns

    def _resolve_bare(self, found: list[Found]) -> None:
        """Whom titles and bare nouns mean, from the beginning of the text to its end."""
        last: _Entity | None = None
        heads: defaultdict[tuple[PartyKind, str], dict[int, _Entity]] = defaultdict(dict)
        later: list[Found] = []
        for f in found:
            entity = self.entity_of.get(id(f))
            if f.bare:
                if f.mention.kind != "person":
                    same = heads[f.mention.kind, f.words[0]] if f.definite or f.mention.kind != "anonymous" else {}
                    entity = self._headed(f, f.words, same)
                    if not entity:
                        later.append(f)
                else:
                    entity = (
                        self._titled(f, heads["anonymous", f.role_words[0]]) if f.role_words else self._latter(f, last)
                    )
                if entity:
                    self._take(f, entity)
            elif entity and entity.kind == "person":
                last = entity
            elif not entity and f.mention.kind != "person":
                entity = self._headed(f, f.words, heads[f.mention.kind, f.words[0]])
                if not entity:
                    entity = self._bodies.get((f.mention.kind, *f.words)) or self._new_body(f)
                self._take(f, entity)
            if entity:
                entity.latest = f.first
            if entity and len(entity.words) > 1 and entity.kind != "person":
                named = heads[entity.kind, entity.words[0]]
                named.pop(id(entity), None)
                named[id(entity)] = entity
        for f in later:
            key = (f.mention.kind, *f.words)
            named = heads[f.mention.kind, f.words[0]] if f.definite or f.mention.kind != "anonymous" else {}
            if len(named) < 2:
                self._take(f, next(iter(named.values()), None) or self._bodies.get(key) or self._new_body(f))

    def _latter(self, f: Found, last: _Entity | None) -> _Entity | None:
        """The person named last, where gender does not speak against it."""
        return last if last and bool(f.mention.fem) == any(g.mention.fem for g in last.found) else None

    def _take(self, f: Found, entity: _Entity) -> None:
        entity.add(f)
        self.entity_of[id(f)] = entity

    def _headed(self, f: Found, words: tuple[str, ...], named: dict[int, _Entity]) -> _Entity | None:
        """The party named with all of these words: the only one so far, or the one named just before."""
        fitting = [e for e in islice(reversed(named.values()), CANDIDATES) if set(words) <= set(e.words)]
        if not fitting:
            return None
        latest = fitting[0]
        return latest if len(fitting) == 1 or f.first <= latest.latest + NEAR else None

    def _titled(self, f: Found, named: dict[int, _Entity]) -> _Entity | None:
        """The only person so far who bears this title, or later the only one who bears it in full."""
        wanted = Counter(f.role_words)
        fitting = [
            e
            for e in self._titled_by[f.role_words[0]][:CANDIDATES]
            if any(wanted <= Counter(words) for words in e.titles)
        ]
        earlier = [e for e in fitting if e.first < f.first]
        if len(earlier) > 1:
            # Of the home minister no country is told.
            exact = [e for e in earlier if any(wanted == Counter(words) for words in e.titles)]
            earlier = exact if len(exact) == 1 else earlier
        if len(earlier) > 1:
            # «The president» alone is no president of a council.
            earlier = [e for e in earlier if any(g.definite for words, g in e.roles if wanted <= Counter(words))]
        if len(earlier) == 1:
            return earlier[0]
        if not fitting and (entity := self._titled_with_name(f)):
            return entity
        if not fitting and f.definite and (entity := self._headed(f, f.role_words, named)):
            return entity
        if earlier or len(fitting) > 1 or len(f.role_words) == 1:
            return None
        if fitting:
            return fitting[0]
        index = ("anonymous", *f.role_words)
        if index not in self._bodies:
            self._bodies[index] = self._new(f, f.role_words, "anonymous")
        return self._bodies[index]

    def _titled_with_name(self, f: Found) -> _Entity | None:
        """The only person so far of this title whose last name reads like an adjective: the ambassador al-Masri."""
        named = [e for e in self._titled_by[f.role_words[0]][:CANDIDATES] if e.first < f.first and len(e.words) > 1]
        named = [e for e in named if as_one(e.words[-1:], self.language) == f.role_words[1:]]
        return named[0] if len(named) == 1 else None

    # The parties

    def _parties(self) -> list[Party]:
        self.entities = [e for e in self.entities if e.found]
        self.entities.sort(key=lambda e: e.first)
        return [self._party(k, entity) for k, entity in enumerate(self.entities, 1)]

    def _party(self, number: int, entity: _Entity) -> Party:
        entity.found.sort(key=lambda f: f.first)
        best = self._fullest(entity)
        entity.name = best.mention.name
        role = max(entity.roles, key=lambda pair: len(pair[0]), default=None)
        spoken = role[1].mention if role else None
        span = self.document.article.span
        return Party(
            id=f"p{number}",
            name=entity.name,
            kind=entity.kind,
            role=spoken.role if spoken else None,
            role_date=self.document.published if spoken else None,
            affiliation=spoken.affiliation if spoken else best.mention.affiliation,
            stands_for=next((f.mention.stands_for for f in entity.found if f.mention.stands_for), None),
            mentions=[span(f.mention.start, f.mention.end) for f in entity.found],
            rule=best.mention.rule,
        )

    def _fullest(self, entity: _Entity) -> Found:
        """The mention whose name is the party's: the longest; of a state its own name before that of a capital."""
        named = [f for f in entity.found if not f.bare] or entity.found
        if entity.kind == "state" and entity.key:
            return next((f for f in named if f.mention.name == entity.key), named[0])
        return max(named, key=lambda f: len(f.words))


@cache
def _titles(language: Language) -> dict[tuple[str, ...], str]:
    """The titles of public figures in the pack's ``persons.tsv``, by the skeletons of their names."""
    spelling = _Spelling.of(language)
    titles: dict[tuple[str, ...], str] = {}
    for row in language.table("persons.tsv"):
        for name in [row["name"] or "", *(row["aliases"] or "").split(" | ")]:
            words = joined(tuple(language.normalize(name).split()), language)
            titles[tuple(spelling.skeleton(word) for word in words)] = row["roles"] or ""
    return titles


def known_titles(words: tuple[str, ...], document: Document) -> list[tuple[str, ...]]:
    """The titles that a public figure of this name bore on the day of the article, as the pack lists them."""
    language = document.language
    bones = tuple(map(_Spelling.of(language).skeleton, joined(words, language)))
    month = (document.published or "")[:7]
    titles: list[tuple[str, ...]] = []
    for role in filter(None, _titles(language).get(bones, "").split("; ")):
        title, _, months = role.rpartition(" ")
        since, dated, until = months.partition("..")
        if not dated or (month and since <= month and (not until or month <= until)):
            norms = language.tape(title if dated else role).norms
            parts = (word for norm in norms for word in norm.split() if word not in articles(language))
            titles.append(as_one(tuple(parts), language))
    return titles


def as_one(words: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """Words of a role or a body, whichever way its adjective of belonging is spelled."""
    return tuple(language.value(word, "nisba") or word for word in words)


def joined(words: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """The words of a name, those in one that some write as two (``عبد ربه``, ``عبدربه``), without an article inside."""
    firsts = _having(language, "name.joined")
    whole: list[str] = []
    for word in words:
        if whole and whole[-1] in firsts:
            whole[-1] += word
            continue
        first = next((first for first in firsts if word.startswith(first) and word != first), "")
        article = next((article for article in articles(language) if first and word.startswith(first + article)), "")
        whole.append(first + word[len(first + article) :])
    return tuple(whole)


@cache
def _having(language: Language, name: str) -> frozenset[str]:
    """The words of a class, looked up once."""
    return frozenset(language.lexicon.forms_having(name))


@cache
def articles(language: Language) -> frozenset[str]:
    """The articles that a language writes onto its words."""
    return frozenset(form.strip("-") for form in language.lexicon.forms_having("article"))


class _Spelling:
    """Compares names by their spelling, as the pack's ``spelling.tsv`` has it."""

    def __init__(self, language: Language) -> None:
        rows = language.table("spelling.tsv") if (language.folder / "spelling.tsv").is_file() else []
        self._letters = {ord(row["letter"]): row["counts_as"] or "" for row in rows}
        self._vowels = {letter for letter, counts_as in self._letters.items() if counts_as == "-"}
        self._known: dict[str, str] = {}

    @staticmethod
    @cache
    def of(language: Language) -> _Spelling:
        """The spelling of a language, read once."""
        return _Spelling(language)

    def skeleton(self, word: str) -> str:
        """What two spellings of a name have in common; the word itself, in one spelling, where little is left."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > 100_000:
                self._known.clear()
            known = self._known[word] = self._skeleton(word)
        return known

    def _skeleton(self, word: str) -> str:
        vowels = self._vowels
        letters = _once(word.translate({k: v for k, v in self._letters.items() if v != "-"}))
        bones = letters[:1] + _once(letter for letter in letters[1:] if ord(letter) not in vowels)
        return bones if len(bones) >= DISTINCT else letters


def _once(letters: Iterable[str]) -> str:
    """The letters, each doubled one once."""
    kept = ""
    for letter in letters:
        if not kept.endswith(letter):
            kept += letter
    return kept
