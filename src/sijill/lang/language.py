"""A language pack, loaded: its words, its segmentation, its patterns and tables."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise

from sijill.lang import kept
from sijill.lang.lexicon import Inflection, Lexicon, read_words
from sijill.lang.tables import settle_names
from sijill.text.classes import Alphabet
from sijill.text.pattern import Rules
from sijill.text.tape import Fold, Tape
from sijill.text.tokens import Analysis, Segment, mark_classes, offsets_of, pieces_of

Segmenter = Callable[[str, Lexicon], Analysis]
"""A language's analysis of a printed word."""


def _texts(folder: Traversable, ending: str) -> dict[str, str]:
    """The files of a folder with this ending, by name."""
    entries = sorted((entry.name, entry) for entry in folder.iterdir() if entry.name.endswith(ending))
    return {name: entry.read_text("utf-8") for name, entry in entries}


class Language:
    """One language, ready to read with.

    Args:
        tag: BCP 47.
        direction: ``rtl`` or ``ltr``.
        package: the pack's package; its ``words/*.txt``, ``patterns/*.txt`` and ``*.tsv`` are data.
        plain: printed form → its letters as spelled, without marks.
        unify: plain spelling → normal form.
        segment: the pack's analysis of a printed word.
        inflections: the pack's inflections by name.
        tables: words that tables of the pack add: ``add(lexicon, rows)`` by file name.
        root: what a normal form has in common with other words of its meaning.
    """

    def __init__(
        self,
        tag: str,
        direction: str,
        package: str,
        plain: Callable[[str], str],
        unify: Callable[[str], str],
        segment: Segmenter,
        inflections: Mapping[str, Inflection],
        tables: Mapping[str, Callable[[Lexicon, list[dict[str, str]]], None]],
        root: Callable[[str], str] = str,
    ) -> None:
        self.tag = tag
        self.direction = direction
        self.alphabet = Alphabet()
        self.lexicon = Lexicon(self.alphabet, plain, unify, inflections)
        self.root = cache(root)
        self._folder = files(package)
        self._segment = segment
        self._analyses: dict[str, Analysis] = {}
        words, patterns = _texts(self._folder / "words", ".txt"), _texts(self._folder / "patterns", ".txt")
        code = [*_texts(files("sijill.lang"), ".py").values(), *_texts(self._folder, ".py").values()]
        rows = {name: text for name, text in _texts(self._folder, ".tsv").items() if name in tables}
        digest = kept.digest_of([*code, *words, *words.values(), *rows.values(), *patterns.values()])
        known = kept.load(tag, digest)
        if known:
            self.alphabet.restore(known[0])
            self.lexicon.restore(known[1])
        else:
            for name, text in words.items():
                for lexeme in read_words(text, name):
                    self.lexicon.add(lexeme, name)
            for name, add in tables.items():
                if name in rows:
                    add(self.lexicon, self.table(name))
            settle_names(self.lexicon)
        literal = self._literal if known else self._marked
        self.rules = {
            name.removesuffix(".txt"): Rules(text, self.alphabet, literal, where=f"{tag}/patterns/{name}")
            for name, text in patterns.items()
        }
        if not known:
            self.lexicon.settle_phrases(self._cut)
            kept.save(tag, digest, (self.alphabet.state(), self.lexicon.state()))
        self._analyses.clear()

    def _literal(self, word: str) -> list[str]:
        """The classes that the segments of a literal word have of their own, so that patterns can ask for them."""
        return [f"={norm}" for norm in self._cut(word)]

    def _marked(self, word: str) -> list[str]:
        """Those classes, given to the words of the lexicon."""
        names = self._literal(word)
        for name in names:
            self.lexicon.mark(name[1:], name, mark_classes(name[1]) or ("word",))
        self._analyses.clear()
        return names

    def _cut(self, phrase: str) -> tuple[str, ...]:
        return tuple(segment.norm for piece in pieces_of(phrase) for segment in self.analyse(piece).segments)

    @cached_property
    def folder(self) -> Traversable:
        """Where the pack's files lie."""
        return self._folder

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of a tab-separated table of the pack."""
        lines = (self._folder / name).read_text("utf-8").splitlines()
        rows = [line for line in lines if line.strip() and not line.startswith("#")]
        return list(csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))

    def analyse(self, piece: str) -> Analysis:
        """The segments of a piece; looked up once for each distinct piece."""
        analysis = self._analyses.get(piece)
        if analysis is None:
            if len(self._analyses) > 500_000:
                self._analyses.clear()
            analysis = self._analyses[piece] = self._analyse(piece)
            for segment in (*analysis.segments, *(analysis.otherwise or ())):
                self.alphabet.wake(segment.code)
        return analysis

    def _analyse(self, piece: str) -> Analysis:
        if piece[0].isalpha():
            return self._segment(piece, self.lexicon)
        classes = mark_classes(piece)
        if not classes:
            return Analysis(())
        norm = "\n" if piece[0] == "\n" else self.normalize(piece)
        code = self.alphabet.code(classes)
        known = self.lexicon.forms.get(norm)
        return Analysis((Segment(self.alphabet.join(known, code) if known else code, norm, 0, len(piece)),))

    def tape(self, text: str) -> Tape:
        """The text's segments as a tape, its phrases folded."""
        pieces = pieces_of(text)
        known = self._analyses.get
        analyses = [known(piece) or self.analyse(piece) for piece in pieces]
        if any(analysis.otherwise for analysis in analyses):
            found = {segment.norm for piece in {*pieces} for segment in self.analyse(piece).segments[-1:]}
            segments = [one.otherwise if one.otherwise and one.evidence in found else one.segments for one in analyses]
        else:
            segments = [one.segments for one in analyses]
        placed = [(at, segment) for at, row in zip(offsets_of(pieces), segments, strict=False) for segment in row]
        tape = Tape(
            text,
            [segment[0] for _, segment in placed],
            [segment[1] for _, segment in placed],
            [at + segment[2] for at, segment in placed],
            [at + segment[3] for at, segment in placed],
        )
        folds = self._phrases(tape)
        return tape.fold(folds) if folds else tape

    def _phrases(self, tape: Tape) -> list[Fold]:
        phrases, norms = self.lexicon.phrases, tape.norms
        folds: list[Fold] = []
        upto = 0
        for at in [at for at, pair in enumerate(pairwise(norms)) if pair in phrases]:
            if at < upto:
                continue
            lengths, codes = phrases[norms[at], norms[at + 1]]
            for length in lengths:
                phrase = (*norms[at : at + length],)
                if code := codes.get(phrase):
                    self.alphabet.wake(code)
                    upto = at + len(phrase)
                    folds.append(Fold(at, upto, code, " ".join(phrase), None))
                    break
        return folds

    def normalize(self, word: str) -> str:
        """The normal form of a printed word."""
        return self.lexicon.unify(self.lexicon.plain(word))

    def value(self, norm: str, kind: str) -> str | None:
        """The value a words file gives a normal form, by the first class of its section."""
        return self.lexicon.value(norm, kind)
