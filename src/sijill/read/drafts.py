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
    told = [*_details(document, details), *_proposers(document, [made[k] for k in drafts])]
    for field, span in sorted(told, key=lambda pair: pair[1].start):
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
        sentence = document.sentence_of(match.first)
        if "of_draft" in match.rule.says and not words.any_in(sentence.first, match.first, "process.draft_resolution"):
            continue
        for field, (first, last) in match.captures.items():
            if field == "sponsors":
                for at in range(first, last):
                    if words.is_(at, "nisba", "party"):
                        yield field, document.span(at, at + 1)
            elif field == "votes":
                end = words.phrase_end(last, sentence.last)
                another = (at for at in range(last, end) if words.is_(at, "vote.word"))
                yield field, words.trimmed(first, next(another, end))
            elif field == "circulated_to":
                if words.any_in(sentence.first, match.first, "status.circulated"):
                    yield field, words.trimmed(first, words.phrase_end(first, sentence.last))
            else:
                yield field, words.clause(first, sentence.last)
    for statement in document.statements:
        if statement.act == "demand" and statement.source:
            at = words.tape.unit_at(statement.source.start)
            if words.is_(at, "process.draft_resolution"):
                yield "demands", statement.content


def _proposers(document: Document, drafts: Iterable[Development]) -> Iterable[tuple[str, Span]]:
    """Who puts a draft forward is a sponsor: the mention nearest to the word that says so, and those joined to it."""
    tape, words = document.tape, Words(document)
    for one in drafts:
        if one.status == "proposed" and one.modality == "actual" and one.by:
            named = (k for k, m in enumerate(document.mentions) if one.by in (m.party, m.name))
            at = min(named, key=lambda k: abs(document.mentions[k].start - one.trigger.start), default=None)
            while at is not None:
                sponsor = document.mentions[at]
                yield "sponsors", document.article.span(sponsor.start, sponsor.end)
                at += 1
                if at == len(document.mentions):
                    break
                between = range(tape.unit_at(sponsor.end), tape.unit_at(document.mentions[at].start))
                if not between or not all(words.is_(unit, "conj", "comma") for unit in between):
                    break
