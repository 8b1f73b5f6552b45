"""Quotations: which marks open, which close, and what stands between them.

Marks of one shape for both sides (``"``, ``''``) are told apart by what they lean on; a
quotation ends with its block, unless the next block goes on with it and closes it.
"""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from sijill.text.classes import Alphabet
from sijill.text.tape import Tape

OPENING = set("«“„‟‹〝")
CLOSING = set("»”›〞")
SKIPPED = {
    chr(point) for point in (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A))
}
REACH = 8
"""How many direction marks in a row are passed over."""
PAIRS = {"«": "»", "“": "”", "„": "”", "‹": "›", "〝": "〞"}


class Quotation(NamedTuple):
    """Units of a tape: the opening mark, the closing mark, how deep it is nested, whether both marks are there."""

    first: int
    last: int
    depth: int
    closed: bool


def find_quotations(tape: Tape, alphabet: Alphabet) -> list[Quotation]:
    """The quotations of a tape, outer before inner, in the order of their opening marks.

    ``last`` is the unit of the closing mark; for an unclosed quotation the unit behind its
    last word (the line break, or the end of the tape).
    """
    quote = alphabet.having("quote")
    para = alphabet.having("para")
    found: list[Quotation] = []
    stack: list[tuple[int, str]] = []
    codes, text = tape.codes, tape.text
    marks = [i for i, code in enumerate(codes) if code in quote or code in para]
    for place, at in enumerate(marks):
        if codes[at] in para:
            if stack and not _goes_on(tape, marks, place, quote, para):
                _give_up(found, stack, at)
            continue
        mark = text[tape.starts[at] : tape.ends[at]]
        if _opens(tape, at, mark, stack):
            if len(stack) < 4:
                stack.append((at, mark))
        elif not stack:
            _extend(found, tape, at, para)
        else:
            while len(stack) > 1 and mark in CLOSING and PAIRS.get(stack[-1][1], mark) != mark:
                stack.pop()
            first, _ = stack.pop()
            found.append(Quotation(first, at, len(stack), closed=True))
    _give_up(found, stack, len(tape))
    found.sort()
    return found


def _opens(tape: Tape, at: int, mark: str, stack: list[tuple[int, str]]) -> bool:
    if mark in OPENING:
        return True
    before, after = _neighbours(tape, at)
    if mark in CLOSING:
        # ”…” and ”…“ are printed too: with nothing to close and a word behind it, it opens.
        return not stack and bool(after.strip()) and not before.strip()
    spaced_before = not before.strip() or before in "([{:،,ـ-–—"
    spaced_after = not after.strip() or after in ")]}.،,؛;:؟?!…"
    if stack:
        return spaced_before and not spaced_after
    return spaced_before or not spaced_after


def _extend(found: list[Quotation], tape: Tape, at: int, para: Set[str]) -> None:
    """A closing mark with nothing open: the writer lost count, and the quotation before it goes on to here."""
    if found and found[-1].depth == 0 and found[-1].closed and para.isdisjoint(tape.codes[found[-1].last : at]):
        found[-1] = found[-1]._replace(last=at)


def _goes_on(tape: Tape, marks: list[int], place: int, quote: Set[str], para: Set[str]) -> bool:
    """Whether the block behind a line break begins by going on with the open quotation, and closes it."""
    upto = place + 1
    while upto < len(marks) and upto - place <= 12:
        at = marks[upto]
        if tape.codes[at] in para:
            return False
        mark = tape.text[tape.starts[at] : tape.ends[at]]
        if mark in OPENING:
            return False
        if mark in CLOSING:
            return True
        before, after = _neighbours(tape, at)
        return bool(before.strip()) and before not in "([{:" and (not after.strip() or after in ")]}.،,؛;:؟?!…")
    return False


def _neighbours(tape: Tape, at: int) -> tuple[str, str]:
    """The characters before and behind a unit, direction marks passed over; empty at the text's ends."""
    first, last = tape.starts[at] - 1, tape.ends[at]
    floor, ceiling = max(first - REACH, -1), min(last + REACH, len(tape.text))
    while first > floor and tape.text[first] in SKIPPED:
        first -= 1
    while last < ceiling and tape.text[last] in SKIPPED:
        last += 1
    return tape.text[max(first, 0) : first + 1], tape.text[last : last + 1]


def _give_up(found: list[Quotation], stack: list[tuple[int, str]], at: int) -> None:
    while stack:
        first, _ = stack.pop()
        found.append(Quotation(first, at, len(stack), closed=False))
