"""Numbers in words and digits, with what bounds them; each is folded into one unit of the tape."""

from __future__ import annotations

from sijill.lang import Language
from sijill.read.document import Document
from sijill.text.tape import Tape

SCALE_FROM = 1000


def cardinal(tape: Tape, first: int, last: int, language: Language) -> int | float | None:
    """The value of the number in units ``[first, last)``: digits, words or both; None where there is none.

    Words add up (``مئة وخمسة وعشرون``), multiply (``ثلاثة آلاف``, ``12 ألفا``), and a part of a
    scale adds to it (``مليون ونصف المليون``).

    >>> from sijill.lang import load
    >>> arabic = load("ar")
    >>> def value(words): return cardinal(tape := arabic.tape(words), 0, len(tape), arabic)
    >>> value("ثلاثة آلاف وأربعمئة"), value("1,5 مليون"), value("خمسة وعشرين"), value("أحد عشر")
    (3400, 1500000, 25, 11)
    """
    total: int | float = 0
    under: int | float = 0
    scale = 1
    found = False
    for at in range(first, last):
        text = language.value(tape.norms[at], "number")
        value = float(text) if text else digits_value(tape, at, language, scaled=at + 1 < last)
        if value is None:
            continue
        found = True
        if text and 0 < value < 1:
            following = next((v for i in range(at + 1, last) if (v := language.value(tape.norms[i], "number"))), None)
            if following and float(following) >= SCALE_FROM:
                total += value * float(following)
                break
            total += value * scale
        elif text and value >= SCALE_FROM:
            scale = value
            total += max(under, 1) * value
            under = 0
        elif text and value == 100 and 0 < under < 10:
            under *= 100
        else:
            under += value
    if not found:
        return None
    result = total + under
    return int(result) if result == int(result) else result


def digits_value(tape: Tape, at: int, language: Language, *, scaled: bool = False) -> int | float | None:
    """The value of a unit of digits; with ``scaled`` a scale follows, and a comma is a decimal one.

    >>> from sijill.lang import load
    >>> tape = load("ar").tape("12,500 و1.5")
    >>> digits_value(tape, 0, load("ar")), digits_value(tape, 2, load("ar"))
    (12500, 1.5)
    """
    norm = tape.norms[at].replace("٬", ",").replace("٫", ".")
    if norm.isdecimal():
        return int(norm) if len(norm) <= 15 else None
    if not norm[:1].isdigit():
        return None
    groups = norm.replace(",", ".").split(".")
    if not all(group.isdecimal() for group in groups):
        return None
    thousands = all(len(group) == 3 for group in groups[1:]) and groups[0] != "0" and len(groups[0]) <= 3
    if thousands and not (scaled and len(groups) == 2):
        return int("".join(groups)) if len(norm) <= 20 else None
    return float(".".join(groups)) if len(groups) == 2 else None


def find_numbers(document: Document) -> None:
    """Find numbers."""
