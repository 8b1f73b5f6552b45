"""Draft resolutions: sponsors, demands, threatened measures, what is left out, to whom it went, the votes.

What the text says of a draft stands with its first development; to whom it was circulated and how
members voted, with the development that tells of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from sijill.read.document import Document
from sijill.read.words import Words
from sijill.record import Development, Span
from sijill.text.pattern import Match

DRAFTS = ("draft_resolution", "resolution")

TELLS: dict[str, tuple[str, ...]] = {
    "circulated_to": ("circulated",),
    "votes": ("adopted", "rejected", "vetoed", "scheduled"),
}
"""The statuses beside which a detail stands; others stand with the draft's first development."""

FIELDS = ("sponsors", "demands", "threatens", "leaves_out", "circulated_to", "votes")


def describe_drafts(document: Document, made: list[Development], details: Iterable[Match]) -> list[Development]:
    """The developments, those of draft resolutions with what the text says of the draft."""
    drafts = [k for k, one in enumerate(made) if one.kind in DRAFTS]
    if not drafts:
        return made
    said: dict[int, dict[str, list[Span]]] = {k: {field: [] for field in FIELDS} for k in drafts}
    main = next((k for k in drafts if made[k].kind == "draft_resolution"), drafts[0])
    for field, span in sorted(_details(document, details), key=lambda pair: pair[1].start):
        statuses = TELLS.get(field)
        fitting = [k for k in drafts if statuses and made[k].status in statuses]
        nearest = min(fitting, key=lambda k: abs(made[k].trigger.start - span.start), default=main)
        spans = said[nearest][field]
        if all((span.start >= other.end or span.end <= other.start) and span.text != other.text for other in spans):
            spans.append(span)
    for k, fields in said.items():
        made[k] = replace(made[k], **{field: spans for field, spans in fields.items() if spans})
    return made


def _details(document: Document, details: Iterable[Match]) -> Iterable[tuple[str, Span]]:
    words = Words(document)
    for match in details:
        field = match.rule.says["field"]
        first, last = match.captures[field]
        sentence = document.sentence_of(match.first)
        if "of_draft" in match.rule.says and not any(
            words.is_(at, "process.draft_resolution") for at in range(sentence.first, match.first)
        ):
            continue
        if field == "sponsors":
            for at in range(first, last):
                if words.is_(at, "nisba", "party"):
                    yield field, document.span(at, at + 1)
        elif field == "votes":
            yield field, words.trimmed(first, words.phrase_end(last, sentence.last))
        else:
            yield field, words.clause(first, sentence.last)
    for statement in document.statements:
        if statement.act == "demand" and statement.source:
            at = words.tape.unit_at(statement.source.start)
            if words.is_(at, "process.draft_resolution"):
                yield "demands", statement.content
