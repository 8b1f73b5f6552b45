"""The normal form of an Arabic word: what a comparison should see of it."""

from __future__ import annotations

import re
import unicodedata

from sijill.text.tokens import INVISIBLE, MARKS

LETTERS = str.maketrans("أإآٱىة", "اااايه")
_VARIANTS = str.maketrans("کیھہ", "كيهه")
DIGITS = {ord(d): str(unicodedata.digit(d)) for d in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"}
_UNIFY = DIGITS | _VARIANTS | {ord("٫"): ".", ord("٬"): ","}
_DROP = re.compile(f"[{MARKS}{INVISIBLE}ـ]")
_MARKED = re.compile(f"[{MARKS}{INVISIBLE}ـ٠-٩۰-۹٫٬کیھہ\ufb50-\ufdff\ufe70-\ufeff]")
_COMPATIBLE = re.compile("[\ufb50-\ufdff\ufe70-\ufeff]")


def normalize(word: str) -> str:
    """The word without diacritics, tatweel and direction marks, its letters and digits unified.

    Alef with any hamza is ``ا``, final ``ى`` is ``ي``, ``ة`` is ``ه``; presentation forms
    become letters and Arabic-Indic digits ASCII ones.

    >>> normalize("أُوبَـاما"), normalize("٢٠١٦"), normalize("ﺳﻮﺭﻳﺔ")
    ('اوباما', '2016', 'سوريه')
    """
    return unify(plain(word))


def unify(spelled: str) -> str:
    """A plain word with its letters unified."""
    return spelled.translate(LETTERS)


def plain(word: str) -> str:
    """The word without diacritics, tatweel and direction marks, its letters as spelled.

    >>> plain("أُوبَـاما"), plain("على")
    ('أوباما', 'على')
    """
    return plain_with_offsets(word)[0] if _MARKED.search(word) else word.casefold()


def plain_with_offsets(word: str) -> tuple[str, list[int] | None]:
    """The plain word and, where it has other letters than printed, the printed offset of each."""
    if not _MARKED.search(word):
        folded = word.casefold()
        if len(folded) == len(word):
            return folded, None
    letters: list[str] = []
    offsets: list[int] = []
    for at, printed in enumerate(word):
        for letter in unicodedata.normalize("NFKC", printed) if _COMPATIBLE.match(printed) else printed:
            if letter.isspace() or _DROP.match(letter):
                continue
            folded = letter.translate(_UNIFY).casefold()
            letters.append(folded)
            offsets += [at] * len(folded)
    return "".join(letters), offsets
