"""Finding a passage again in a text that may have changed: a quotation with what stood around it.

The selectors are those of the W3C Web Annotation model: TextQuoteSelector (exact, prefix, suffix)
with a TextPositionSelector (start, end) to choose among equals.
"""

from __future__ import annotations

from typing import Any, cast

import msgspec

from sijill.record import Date, Development, Event, Figure, Party, Span, Statement

CONTEXT = 32
"""Code points of prefix and suffix."""


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """A passage by its words and those around it; offsets in code points."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


class Unplaced(ValueError):
    """The text has no such passage any more."""


def anchor(text: str, start: int, end: int) -> Anchor:
    """The anchor of a passage."""
    return Anchor(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
    )


def locate(text: str, wanted: Anchor) -> int:
    """Where the passage starts now: of all places with its words, the one whose surroundings are most alike.

    Raises `Unplaced` where the words are gone.

    >>> passage = anchor("one two. one three", 9, 12)
    >>> locate("then: one two. one three", passage)
    15
    """
    best, place = (-1, 0), -1
    at = text.find(wanted.exact) if wanted.exact else -1
    while at >= 0:
        before = _common(text[max(0, at - CONTEXT) : at][::-1], wanted.prefix[::-1])
        after = _common(text[at + len(wanted.exact) :], wanted.suffix)
        likeness = (before + after, -abs(at - wanted.start))
        if likeness > best:
            best, place = likeness, at
        at = text.find(wanted.exact, at + 1)
    if place < 0:
        raise Unplaced(f"the text no longer has {wanted.exact!r}")
    return place


def main_span(item: Any) -> Span | Date:
    """The span by which a record is known."""
    match item:
        case Statement():
            return item.content
        case Figure():
            return item.span
        case Development() | Event():
            return item.trigger
        case Party() if item.mentions:
            return item.mentions[0]
        case Date():
            return item
        case _:
            raise Unplaced(f"{type(item).__name__.lower()} {item.id} points at no words")


def moved(item: Any, text: str, shift: int) -> Any:
    """The record in a text where its main span stands ``shift`` code points further on.

    Spans that are not needed and whose words are gone become null; raises `Unplaced` where a needed one is.
    """
    main = main_span(item)
    changes: dict[str, Any] = {}
    for field in item.__struct_fields__:
        value = getattr(item, field)
        if isinstance(value, Span):
            found = _moved_span(value, text, shift)
            if found is None and value == main:
                raise Unplaced(f"the text no longer has {value.text!r} where {item.id} stood")
            changes[field] = found
        elif isinstance(value, list) and value and isinstance(value[0], Span):
            spans = cast("list[Span]", value)
            changes[field] = [found for span in spans if (found := _moved_span(span, text, shift))]
    if isinstance(item, Date):
        changes |= {"start": item.start + shift, "end": item.end + shift}
    return msgspec.structs.replace(item, **changes)


def _moved_span(span: Span, text: str, shift: int) -> Span | None:
    at = span.start + shift
    if text[max(at, 0) : at + len(span)] != span.text:
        places = _places(text, span.text)
        if not places:
            return None
        at = min(places, key=lambda place: abs(place - span.start - shift))
    parts = span.parts and tuple(part for piece in span.parts if (part := _moved_span(piece, text, at - span.start)))
    return Span(at, at + len(span), span.text, parts or None)


def _places(text: str, words: str) -> list[int]:
    found: list[int] = []
    at = text.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _common(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
