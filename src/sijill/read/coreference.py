"""Which mentions are one party: full names, short ones, titles, bare nouns.

A short mention is resolved only where one party alone can be meant; otherwise its party stays open.
Spellings are compared by the pack's ``spelling.tsv``: letters that writers take for each other in
foreign names count as one, long vowels inside a word and doubled letters not at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from sijill.lang import Language
from sijill.read.document import Document
from sijill.record import Party, PartyKind

if TYPE_CHECKING:
    from sijill.read.parties import Found

DISTINCT = 3
"""How many letters two spellings must share, once vowels are gone, to count as one name."""


@dataclass(slots=True)
class _Entity:
    """A party while its mentions are being gathered."""

    kind: PartyKind
    words: tuple[str, ...]
    found: list[Found] = field(default_factory=list["Found"])
    key: str | None = None
    roles: list[tuple[tuple[str, ...], Found]] = field(default_factory=list[tuple[tuple[str, ...], "Found"]])
    name: str = ""

    def add(self, found: Found) -> None:
        self.found.append(found)
        if found.role_words and found.words:
            self.roles.append((found.role_words, found))
        if len(found.words) > len(self.words):
            self.words = found.words


def resolve(found: list[Found], document: Document) -> tuple[list[Found], list[Party]]:
    """The mentions that stand, each with the name of its party, and the parties in the order of their first mention."""
    return _Resolver(document).resolve(found)


class _Resolver:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.spelling = _Spelling.of(document.language)
        self.entities: list[_Entity] = []

    def resolve(self, found: list[Found]) -> tuple[list[Found], list[Party]]:
        entity_of: dict[int, _Entity] = {}
        named = [f for f in found if f.mention.kind == "person" and not f.bare]
        bodies = [f for f in found if f.mention.kind != "person" and not f.bare]
        for f in sorted(named, key=lambda f: -len(f.words)):
            entity = self._person(f)
            if entity:
                entity.add(f)
                entity_of[id(f)] = entity
        for f in sorted(bodies, key=lambda f: -len(f.words)):
            entity = self._body(f)
            entity.add(f)
            entity_of[id(f)] = entity
        for entity in self.entities:
            entity.found.sort(key=lambda f: f.first)
        for k, f in enumerate(found):
            if f.bare and (entity := self._bare(f, found[:k], entity_of)):
                entity_of[id(f)] = entity
                entity.add(f)
        kept = [f for f in found if id(f) in entity_of or f.bare]
        parties = self._parties()
        for f in kept:
            entity = entity_of.get(id(f))
            f.mention.party = entity.name if entity else None
            if entity and f.bare and entity.kind != f.mention.kind:
                f.mention.kind = entity.kind
        return kept, parties

    # Persons

    def _person(self, f: Found) -> _Entity | None:
        """The person whose name this is: a new one for a full name, the only one that bears a short one."""
        persons = [e for e in self.entities if e.kind == "person"]
        fitting = [e for e in persons if self._same_person(f.words, e.words)]
        if len(fitting) > 1:
            exact = [e for e in fitting if e.words == f.words or self._same_role(f, e)]
            before = [e for e in fitting if any(other.first < f.first for other in e.found)]
            fitting = exact or (before if len(before) == 1 else [])
            if not fitting:
                return None
        if fitting:
            return fitting[0]
        if f.short:
            return None
        return self._new(f)

    def _same_person(self, short: tuple[str, ...], full: tuple[str, ...]) -> bool:
        one, other = [self.spelling.skeleton(w) for w in short], [self.spelling.skeleton(w) for w in full]
        if one == other:
            return True
        if len(one) == 1:
            return len(other) > 1 and one[0] == other[-1]
        if one[-1] != other[-1]:
            return one == other[: len(one)]
        return all(word in other for word in one) and (one[0] == other[0] or one[0] in other[1:])

    def _same_role(self, f: Found, entity: _Entity) -> bool:
        return bool(f.role_words) and any(set(f.role_words) <= set(words) for words, _ in entity.roles)

    def _new(self, f: Found) -> _Entity:
        entity = _Entity(f.mention.kind, f.words, key=f.key)
        self.entities.append(entity)
        return entity

    # Bodies, states, documents, sources

    def _body(self, f: Found) -> _Entity:
        for entity in self.entities:
            if entity.kind == "person":
                continue
            if f.key and entity.key == f.key:
                return entity
            if entity.words == f.words and entity.kind == f.mention.kind:
                return entity
            if entity.kind == f.mention.kind != "anonymous" and len(f.words) > 1 and self._opens(f.words, entity):
                return entity
        return self._new(f)

    def _opens(self, words: tuple[str, ...], entity: _Entity) -> bool:
        return entity.words[: len(words)] == words

    # Titles and bare nouns

    def _bare(self, f: Found, before: list[Found], entity_of: dict[int, _Entity]) -> _Entity | None:
        """Whom a title or a bare noun means: the only party so called, as far as the text has gone."""
        if f.mention.kind == "person":
            return self._titled(f, before, entity_of)
        head = f.words[:1]
        heads = {
            id(e): e
            for other in before
            if (e := entity_of.get(id(other))) and e.kind == f.mention.kind and e.words[:1] == head and len(e.words) > 1
        }
        if len(heads) == 1:
            return next(iter(heads.values()))
        if heads:
            return None
        return next((e for e in self.entities if e.words == f.words and e.kind == f.mention.kind), None) or self._new(f)

    def _titled(self, f: Found, before: list[Found], entity_of: dict[int, _Entity]) -> _Entity | None:
        if not f.role_words:
            last = next((o for o in reversed(before) if o.mention.kind == "person" and not o.bare), None)
            return entity_of.get(id(last)) if last else None
        fitting = [e for e in self.entities if e.kind == "person" and self._bears(e, f.role_words)]
        earlier = [e for e in fitting if e.found[0].first < f.first]
        if len(earlier) == 1:
            return earlier[0]
        if earlier or len(fitting) > 1:
            return None
        if fitting and len(f.role_words) > 1:
            return fitting[0]
        if len(f.role_words) == 1:
            return None
        same = next((e for e in self.entities if e.kind == "anonymous" and e.words == f.role_words), None)
        if same is None:
            same = _Entity("anonymous", f.role_words)
            self.entities.append(same)
        return same

    def _bears(self, entity: _Entity, title: tuple[str, ...]) -> bool:
        """Whether a title is short for a role that the person is given."""
        wanted = Counter(title)
        return any(words[0] == title[0] and wanted <= Counter(words) for words, _ in entity.roles)

    # The parties

    def _parties(self) -> list[Party]:
        self.entities = [e for e in self.entities if e.found]
        self.entities.sort(key=lambda e: min(f.first for f in e.found))
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
            own = [f for f in named if f.mention.name == entity.key]
            return (own or named)[0]
        return max(named, key=lambda f: len(f.words))


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
