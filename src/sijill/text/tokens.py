"""Cut a text into pieces, and each piece into the segments that a language finds in it.

A piece is a word, a number, white space, a line break or one mark. A language looks each
distinct piece up once and remembers the answer; a word falls into segments (``وللوزير`` →
``و ل ل وزير``), each with a normal form and the code of its classes.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff"
"""Combining marks that may stand inside a word (Latin and Arabic)."""

INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
"""Joiners and direction marks: inside a word part of it, elsewhere nothing."""

PIECE = re.compile(
    rf"[^\W\d_](?:[^\W\d_]+|[{MARKS}]++|[{MARKS}{INVISIBLE}]++(?=[^\W\d_]))*+"  # a word
    rf"|\d+(?:[.,٫٬:/]\d+)*"  # a number, a clock time, a numeric date
    rf"|[^\S\n]+|\n\s*"  # white space, line breaks
    rf"|[{MARKS}{INVISIBLE}]+"
    rf"|\.{{2,}}|'{{2,}}"
    rf"|.",
    re.DOTALL,
)

_PUNCTUATION = {
    "stop": ".!?؟۔",
    "comma": ",،",
    "semicolon": ";؛",
    "colon": ":",
    "quote": '"«»“”„‟‹›〝〞＂',
    "apostrophe": "'‘’‚‛`´",
    "bracket.open": "([{",
    "bracket.close": ")]}",
    "dash": "-‐‑‒–—―−ـ",
    "ellipsis": "…",
    "percent": "%٪",
    "slash": "/\\",
    "bullet": "•▪●*",
}
PUNCTUATION = {mark: name for name, marks in _PUNCTUATION.items() for mark in marks}

YEARS = range(1800, 2101)


class Segment(NamedTuple):
    """A part of a piece: its code, its normal form, and its offsets inside the piece."""

    code: str
    norm: str
    start: int
    end: int


class Analysis(NamedTuple):
    """What a language found in a piece: its segments.

    ``otherwise`` is a second reading (a first letter that may be a clitic) and
    ``evidence`` the normal form that, met elsewhere in the text, speaks for it.
    """

    segments: tuple[Segment, ...]
    otherwise: tuple[Segment, ...] | None = None
    evidence: str = ""


def pieces_of(text: str) -> list[str]:
    """All pieces of a text in order; joined they are the text again.

    >>> pieces_of("قال: 1,5 مليون")
    ['قال', ':', ' ', '1,5', ' ', 'مليون']
    """
    return PIECE.findall(text)


def offsets_of(pieces: list[str]) -> list[int]:
    """Where each piece starts, in code points, and where the last one ends.

    >>> offsets_of(["قال", ":", " "])
    [0, 3, 4, 5]
    """
    return [0, *accumulate(map(len, pieces))]


def mark_classes(piece: str) -> tuple[str, ...]:
    """The classes of a piece that is no word: a mark, a line break, a number; empty for white space.

    >>> mark_classes("،"), mark_classes("\\n\\n"), mark_classes("2016")
    (('punct', 'comma'), ('punct', 'para'), ('digits', 'digits.integer', 'digits.year'))
    """
    first = piece[0]
    if first == "\n":
        return ("punct", "para")
    if first.isspace():
        return ()
    if first.isdigit():
        return ("digits", *_digit_shapes(piece))
    if piece.startswith(".."):
        return ("punct", "ellipsis")
    if piece.startswith("''"):
        return ("punct", "quote")
    name = PUNCTUATION.get(first)
    if name:
        return ("punct", name)
    return () if re.fullmatch(f"[{MARKS}{INVISIBLE}]+", piece) else ("punct", "symbol")


def _digit_shapes(piece: str) -> tuple[str, ...]:
    if ":" in piece:
        return ("digits.clock",)
    slashes = piece.count("/")
    if slashes:
        return ("digits.date",) if slashes == 2 else ("digits.fraction",)
    if not piece.isdecimal():
        return ("digits.separated",) + (("digits.dotted_date",) if piece.count(".") == 2 else ())
    value = int(piece) if len(piece) < 10 else 0
    shapes = ["digits.integer"]
    if len(piece) == 4 and value in YEARS:
        shapes.append("digits.year")
    if len(piece) <= 2 and 1 <= value <= 31:
        shapes.append("digits.day")
        if value <= 12:
            shapes.append("digits.month")
    return tuple(shapes)
