"""What a search sees of words: the forms under which a reader's word finds a writer's.

A text is indexed in three layers. ``printed`` has every word and mark exactly as printed, for
phrases in quotes. ``stem`` and ``root`` have the normalised, stemmed forms without stop words.
Tokens are made here; SQLite only takes them apart at spaces (its ``ascii`` tokenizer), so ASCII
characters that it would cut at or lower stand in their fullwidth form inside a token.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from importlib.resources import files
from operator import itemgetter
from typing import NamedTuple
from zlib import crc32

from sijill.lang.ar import stem as arabic
from sijill.lang.ar.normalize import LETTERS, normalize
from sijill.lang.lexicon import read_words
from sijill.text.tokens import INVISIBLE, PIECE

_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if not (chr(code).isdigit() or chr(code).islower())} | {
    0x20: 0x3000
}
_UNSEEN = re.compile(f"[{INVISIBLE}]")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_PRINTED = {
    letter: "[" + "".join([letter, *(chr(variant) for variant, to in LETTERS.items() if chr(to) == letter)]) + "]"
    for letter in map(chr, set(LETTERS.values()))
}
_WORDS_REMEMBERED, _PARTS_REMEMBERED = 1 << 16, 1 << 15
"""Nineteen of twenty words of news are among the usual hundred thousand; their parts are then seldom asked for."""

_TEXTS_REMEMBERED = 512


class Forms(NamedTuple):
    """A printed word as the index has it; ``stem`` and ``root`` are empty for marks and stop words."""

    printed: str
    stem: str
    root: str


class Layers(NamedTuple):
    """A text's tokens in each layer of the index, joined by spaces."""

    printed: str
    stem: str
    root: str


@lru_cache(maxsize=_PARTS_REMEMBERED)
def forms(piece: str) -> Forms:
    """The forms of one piece of a text.

    >>> forms("والمفاوضات").stem == forms("مفاوضاتهم").stem, forms("١٬٥٠٠").stem, forms("في").stem
    (True, '1500', '')
    """
    printed = _UNSEEN.sub("", piece).translate(_WIDE)
    word = normalize(piece) if piece[0].isalnum() else ""
    if not word or word in arabic.STOP_WORDS:
        return Forms(printed, "", "")
    if word[0].isdigit():
        number = _THOUSANDS.sub(lambda found: re.sub("[.,]", "", found[0]), word).translate(_WIDE)
        return Forms(printed, number, number)
    return Forms(printed, arabic.stem(word).translate(_WIDE), arabic.root(word).translate(_WIDE))


def stem_prefix(start: str) -> str:
    """The beginning of stems of the words that begin so."""
    return arabic.bare(normalize(start)).translate(_WIDE)


def pieces(text: str) -> list[str]:
    """The words and marks of a text, without the spaces between them."""
    return [piece for piece in PIECE.findall(text) if not piece.isspace()]


class _Words(dict[str, Layers]):
    """What stands between two spaces, in each layer; most words of a text are in most texts.

    When there are too many, those are kept that are met again among as many others.
    """

    def __init__(self) -> None:
        super().__init__()
        self._before: dict[str, Layers] = {}

    def __missing__(self, word: str) -> Layers:
        if len(self) >= _WORDS_REMEMBERED:
            self._before = dict(self)
            self.clear()
        self[word] = made = self._before.get(word) or _layers_of_word(word)
        return made


def _layers_of_word(word: str) -> Layers:
    found = [forms(piece) for piece in PIECE.findall(word)]
    return Layers(
        " ".join([form.printed for form in found]),
        " ".join([form.stem for form in found if form.stem]),
        " ".join([form.root for form in found if form.root]),
    )


_words = _Words()
_printed, _stem, _root = map(itemgetter, range(3))


def layers(text: str) -> Layers:
    """A text as the index takes it."""
    found = list(map(_words.__getitem__, text.split()))
    return Layers(
        " ".join(map(_printed, found)),
        " ".join(filter(None, map(_stem, found))),
        " ".join(filter(None, map(_root, found))),
    )


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def printed_and_stem(text: str) -> tuple[str, str]:
    """Two layers of a part of an article; the last ones are remembered, as several records share a sentence."""
    found = list(map(_words.__getitem__, text.split()))
    return " ".join(map(_printed, found)), " ".join(filter(None, map(_stem, found)))


@lru_cache(maxsize=_PARTS_REMEMBERED)
def tag(name: str, value: object) -> str:
    """One token that says what a document has, to filter by.

    >>> tag("year", 2016)
    'year：2016'
    """
    return f"{name}:{fold(str(value))}".translate(_WIDE)


@lru_cache(maxsize=_PARTS_REMEMBERED)
def fold(name: str) -> str:
    """A name without the differences of spelling that do not change who or what is meant.

    >>> fold("Sergei  LAVROV")
    'sergei lavrov'
    """
    return arabic.joined(" ".join(normalize(word) for word in name.split()))


def printed_as(stem: str) -> str:
    """A regular expression for the ways in which the letters of a stem are printed, but for diacritics.

    >>> re.findall(printed_as("اول"), "الأولى، والاول")
    ['أول', 'اول']
    """
    return "".join([_PRINTED.get(letter) or re.escape(letter) for letter in stem])


def title_token(stem: str) -> str:
    """A stem as the title column has it: apart from the same stem of texts, so that few rows have it."""
    return f"§{stem}"


def stems(text: str) -> list[str]:
    """The stems of a text's words in order, without stop words."""
    return " ".join([word.stem for word in map(_words.__getitem__, text.split())]).split()


def all_forms(text: str) -> list[Forms]:
    """The forms of a text's words and marks in order; those of stop words and marks have no stem."""
    return [forms(piece) for piece in pieces(text)]


@lru_cache(maxsize=_WORDS_REMEMBERED)
def number_of(word: str) -> int:
    """A word as a number of 32 bits, alike in every archive: two words seldom have the same."""
    return crc32(word.encode())


def trunk(stem: str) -> str:
    """What a country and its adjective, or a verb and its noun, have in common more often than not."""
    return stem[:3] if len(stem) <= 5 else stem[:5]


@cache
def process_words(lang: str, kind: str) -> frozenset[str]:
    """Stems of the words that name any process of a kind, so that they tell no two of them apart."""
    source = files("sijill.lang").joinpath(lang.split("-")[0], "words", "processes.txt")
    if not source.is_file():
        return frozenset()
    sections = {f"process.{kind}", "process.light"}
    return frozenset(
        stem
        for lexeme in read_words(source.read_text("utf-8"), "processes.txt")
        if sections & set(lexeme.classes)
        for cell in lexeme.cells
        for stem in stems(cell)
    )


def skeleton(folded: str) -> str:
    """What spellings of one name have in common, of a folded name."""
    return " ".join(arabic.skeleton(word) for word in folded.split())


@cache
def fingerprint() -> str:
    """What the forms of words depend on, as a hash: an index made under another one must be made again.

    It is taken of the stemming data and of what becomes of the words in it.
    """
    return hashlib.sha256("\0".join((arabic.SOURCE, *layers(arabic.SOURCE))).encode()).hexdigest()[:16]
