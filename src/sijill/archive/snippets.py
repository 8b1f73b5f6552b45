"""The words around what was found, and where in them it stands."""

from __future__ import annotations

import re

from sijill.archive.analysis import Forms, forms, pieces, printed_as, stem_prefix
from sijill.archive.query import Term
from sijill.text.tokens import PIECE

_BETWEEN_SPACES = re.compile(r"\S+")

LONGEST = 240
"""Code points of a snippet, about."""


class Wanted:
    """Which words of a text a search was looking for."""

    def __init__(self, words: list[Forms], terms: list[Term], *, by_root: bool) -> None:
        self._stems = {form.stem for form in words if form.stem}
        self._roots = {form.root for form in words if form.root} if by_root else set[str]()
        self._printed = {form.printed for form in words if not form.stem}
        self._prefixes: tuple[str, ...] = ()
        for term in terms:
            if term.kind == "phrase" and not term.excluded:
                self._printed |= {form.printed for form in map(forms, pieces(term.text)) if form.printed[:1].isalnum()}
            elif term.kind == "prefix" and not term.excluded:
                self._prefixes += (stem_prefix(term.text),)

        self._known: dict[str, tuple[tuple[int, int, str], ...]] = {}
        starts = sorted(self._stems | set(self._prefixes), key=len, reverse=True)
        self.stem_pattern = re.compile("|".join(map(printed_as, starts))) if starts and not self._printed else None

    def places(self, word: str) -> tuple[tuple[int, int, str], ...]:
        """Where in what stands between two spaces a wanted word is, and which."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = tuple(
                (match.start(), match.end(), wanted)
                for match in PIECE.finditer(word)
                if (wanted := self._counts_as(match[0]))
            )
        return known

    def _counts_as(self, part: str) -> str:
        form = forms(part)
        wanted = (
            form.stem in self._stems
            or form.printed in self._printed
            or form.root in self._roots
            or bool(self._prefixes and form.stem.startswith(self._prefixes))
        )
        return (form.stem or form.printed) if wanted and part[0].isalnum() else ""


def snippet(text: str, wanted: Wanted) -> tuple[str, list[tuple[int, int]]]:
    """The stretch of a text with most of the wanted words, cut at words, and the places of these in it."""
    found = _likely(text, wanted) or _anywhere(text, wanted)
    first, last = _densest(found)
    middle = (found[first][0] + found[last][1]) // 2 if found else 0
    start = max(0, min(middle - LONGEST // 2, len(text) - LONGEST))
    if found:
        start = min(start, found[first][0])
    start = _word_start(text, start)
    end = _word_end(text, min(start + LONGEST, len(text)))
    cut = text[start:end].rstrip()
    return cut, [(a - start, b - start) for a, b, _ in _found(text, wanted, start, start + len(cut))]


def _likely(text: str, wanted: Wanted) -> list[tuple[int, int, str]]:
    """Wanted words that have their stem in them as it is written: most, and found without taking the text apart."""
    found: list[tuple[int, int, str]] = []
    if wanted.stem_pattern is None:
        return found
    end = 0
    for match in wanted.stem_pattern.finditer(text):
        if match.start() >= end:
            end = _word_end(text, match.end())
            found += _found(text, wanted, _word_start(text, match.start()), end)
    return found


def _anywhere(text: str, wanted: Wanted) -> list[tuple[int, int, str]]:
    """Every wanted word of a text; each distinct word is looked at once."""
    words = [word for word in set(text.split()) if wanted.places(word)]
    if not words:
        return []
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    return [place for match in pattern.finditer(text) for place in _found(text, wanted, *match.span())]


def _found(text: str, wanted: Wanted, start: int, end: int) -> list[tuple[int, int, str]]:
    """Every wanted word of a stretch, with what it counts as."""
    return [
        (match.start() + first, match.start() + last, word)
        for match in _BETWEEN_SPACES.finditer(text, start, end)
        for first, last, word in wanted.places(match[0])
    ]


def _densest(found: list[tuple[int, int, str]]) -> tuple[int, int]:
    """First and last of the words that make the best stretch: most different words, then most words."""
    best, place, first = (0, 0), (0, 0), 0
    within: dict[str, int] = {}
    for last, (_, end, word) in enumerate(found):
        within[word] = within.get(word, 0) + 1
        while end - found[first][0] > LONGEST:
            gone = found[first][2]
            within[gone] -= 1
            if not within[gone]:
                del within[gone]
            first += 1
        if (len(within), last - first) > best:
            best, place = (len(within), last - first), (first, last)
    return place


def _word_start(text: str, at: int) -> int:
    while at > 0 and not text[at - 1].isspace():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    while at < len(text) and not text[at].isspace():
        at += 1
    return at
