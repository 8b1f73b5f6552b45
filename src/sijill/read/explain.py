"""Why a text was read as it was: its units, the rules that matched, and which of them spoke.

For whoever extends a language pack: a word without its class, a rule that lost to another or
never matched are seen here at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

import msgspec

from sijill.lang import Language, load
from sijill.read import read_document
from sijill.read.document import Document
from sijill.record import Article
from sijill.text.pattern import Match, Rules
from sijill.text.tape import Tape


class Heard(NamedTuple):
    """A rule that matched: its file, its name, its words, and the ids of the records it made (none: beaten)."""

    file: str
    rule: str
    start: int
    end: int
    text: str
    records: list[str]


class Explained(NamedTuple):
    """A sentence with its units (normal form and classes) and the rules heard in it."""

    text: str
    units: list[tuple[str, list[str]]]
    heard: list[Heard]


class _TracedRules:
    """Rules that note every match, the beaten ones as well."""

    def __init__(self, name: str, rules: Rules, notes: list[tuple[str, Tape, Match]]) -> None:
        self.name = name
        self._rules = rules
        self._notes = notes

    def __getattr__(self, attribute: str) -> Any:
        return getattr(self._rules, attribute)

    def scan(self, tape: Tape, **options: bool) -> Iterator[Match]:
        for match in self._rules.scan(tape, **options):
            self._notes += [(self.name, tape, rival) for rival in self._rules.all_at(tape, match.first)]
            yield match


class _TracedDocument(Document):
    def __init__(self, article: Article, language: Language) -> None:
        super().__init__(article, language)
        self.notes: list[tuple[str, Tape, Match]] = []

    def rules(self, name: str) -> Any:
        return _TracedRules(name, super().rules(name), self.notes)


def explain(article: Article, language: Language | None = None) -> Iterator[Explained]:
    """Each sentence of an article with its units and the rules that matched in it.

    >>> [sentence] = explain(Article(id="a", lang="ar", text="وقال كيري إن القرار صعب"))
    >>> [heard.rule for heard in sentence.heard if heard.file == "statements" and heard.records]
    ['verb, source, that']
    """
    language = language or load(article.lang)
    document = _TracedDocument(article, language)
    record = msgspec.to_builtins(read_document(document))
    made = [
        (item["rule"], *_extent(item), item["id"])
        for kind in ("parties", "dates", "statements", "figures", "developments", "events")
        for item in record[kind]
    ]
    heard: list[Heard] = []
    for file, tape, match in document.notes:
        start, end = tape.starts[match.first], tape.ends[match.last - 1]
        ids = sorted({i for rule, s, e, i in made if rule == match.rule.name and s < end and start < e})
        heard.append(Heard(file, match.rule.name, start, end, article.text[start:end], ids))
    ground = document.ground
    for sentence in _sentences(document):
        first, last = ground.starts[sentence[0]], ground.ends[sentence[1] - 1]
        units = [
            (ground.norms[at], sorted(language.alphabet.classes(ground.codes[at])))
            for at in range(sentence[0], sentence[1])
        ]
        inside = sorted({(h.start, h.file, h.rule): h for h in heard if first <= h.start < last}.items())
        yield Explained(article.text[first:last], units, [h for _, h in inside])


def _sentences(document: Document) -> list[tuple[int, int]]:
    plain = Document(document.article, document.language)
    return [(s.first, s.last) for s in plain.sentences if s.last > s.first]


def _extent(item: dict[str, Any]) -> tuple[int, int]:
    places: list[Any] = [item, *item.values(), *item.get("mentions", ())]
    spans = [cast("dict[str, int]", place) for place in places if isinstance(place, dict) and "start" in place]
    return min(span["start"] for span in spans), max(span["end"] for span in spans)


def as_text(article: Article, language: Language | None = None) -> Iterator[str]:
    """The explanation as lines to read."""
    for sentence in explain(article, language):
        yield ""
        yield sentence.text
        for norm, classes in sentence.units:
            yield f"    {norm}\t{' '.join(classes)}"
        for heard in sentence.heard:
            spoke = "→ " + " ".join(heard.records) if heard.records else "  (beaten or helping)"
            yield f"  {heard.file}: {heard.rule} {spoke}  «{heard.text}»"
