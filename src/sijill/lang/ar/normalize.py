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
    if _MARKED.search(word):
        return plain_with_offsets(word)[0]
    return word.casefold()


def plain_with_offsets(word: str) -> tuple[str, list[int] | None]:
    """The plain word and, where lengths differ, the printed offset of each of its letters."""
    if _COMPATIBLE.search(word):
        letters: list[str] = []
        offsets: list[int] = []
        for at, letter in enumerate(word):
            for plain in unicodedata.normalize("NFKC", letter):
                if not plain.isspace():
                    letters.append(plain)
                    offsets.append(at)
        inner, kept = plain_with_offsets("".join(letters))
        return inner, [offsets[i] for i in kept] if kept is not None else offsets
    plain = word.translate(_UNIFY).casefold()
    if not _DROP.search(plain) and len(plain) == len(word):
        return plain, None
    letters, offsets = [], []
    for at, letter in enumerate(word):
        plain = letter.translate(_UNIFY).casefold()
        if not _DROP.match(plain):
            letters.append(plain)
            offsets += [at] * len(plain)
    return "".join(letters), offsets
