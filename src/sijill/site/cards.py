"""A record as a card: the rows of name and value that a person reads when a mark is opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from sijill.record import Attribution, Date, Development, Event, Figure, Link, Record, Span, Statement
from sijill.site.language import Language
from sijill.site.marks import Kind, Piece, Readable, evidence, kind_of, readables

MOST_TOGETHER = 8
"""Of the records over the same words, as many as a card names: the innermost."""


class Row(msgspec.Struct, frozen=True):
    """A field of a record. ``words`` are in the article's language, ``text`` in the interface's."""

    field: str
    words: Sequence[str] = ()
    text: str = ""


class Relation(msgspec.Struct, frozen=True):
    """A link of the record, told from this card's side: ``verb`` and the id of the record at the other end."""

    verb: str
    other: str


class Card(msgspec.Struct, frozen=True):
    """What a card shows. In lists ``who`` (the party behind it) and ``gist`` (words to know it by) stand for it."""

    id: str
    kind: Kind
    kind_label: str
    label: str
    who: str | None
    gist: str
    rows: list[Row]
    chain: list[Attribution]
    rule: str
    same_words: list[str]
    relations: list[Relation]


def cards(record: Record, pieces: Iterable[Piece], language: Language) -> list[Card]:
    """A card for everything that was read out of an article, in text order."""
    items = readables(record)
    together = _same_words(pieces)
    related = _relations(record.links, {item.id for item in items}, language)
    return [_card(item, record, language, together.get(item.id, []), related.get(item.id, [])) for item in items]


def headline(item: Readable, language: Language) -> str:
    """A record in a word or two: its act, what it counts, its day, its state, its type."""
    match item:
        case Statement():
            return language(f"act.{item.act}")
        case Figure():
            return language(f"what.{item.what}")
        case Date():
            return language.date(item.value) or language("record.unresolved")
        case Development():
            return f"{language(f'process.{item.kind}')}: {language(f'status.{item.status}')}"
        case Event():
            return language(f"event_type.{item.type}")


def figure_value(figure: Figure, language: Language) -> str:
    """A figure's number or range, for reading."""
    if figure.value is not None:
        return language.number(figure.value)
    ends = [language.number(end) for end in (figure.low, figure.high) if end is not None]
    return "–".join(ends)


def _card(item: Readable, record: Record, language: Language, same_words: list[str], related: list[Relation]) -> Card:
    match item:
        case Statement():
            who, rows = item.speaker, _statement(item, language)
        case Figure():
            who, rows = item.claimant, _figure(item, record, language)
        case Date():
            who, rows = None, _date(item, language)
        case Development():
            who, rows = item.by, _development(item, language)
        case Event():
            who = item.actor_party or (item.actor.text if item.actor else None)
            rows = _event(item, language)
    kind = kind_of(item)
    return Card(
        id=item.id,
        kind=kind,
        kind_label=language(f"record.{kind}"),
        label=headline(item, language),
        who=who,
        gist=" · ".join(dict.fromkeys(span.text for span in telling_spans(item))),
        rows=[row for row in rows if row.words or row.text],
        chain=item.chain if isinstance(item, (Statement, Figure)) else [],
        rule=item.rule,
        same_words=[other for other in same_words if other != item.id],
        relations=related,
    )


def _statement(item: Statement, language: Language) -> list[Row]:
    return [
        Row("source", _words(item.source)),
        Row("speaker", [item.speaker] if item.speaker else [], "" if item.speaker else language("record.unresolved")),
        Row("cue", _words(item.cue)),
        Row("content", [part.text for part in item.content.parts or (item.content,)]),
        Row("act", text=language(f"act.{item.act}")),
        Row("form", text=language(f"form.{item.form}")),
        Row("addressee", _words(item.addressee)),
        Row("target", _words(item.target)),
        Row("date", text=language.date(item.date)),
    ]


def _figure(item: Figure, record: Record, language: Language) -> list[Row]:
    whole = record.figures[item.part_of] if item.part_of is not None and item.part_of < len(record.figures) else None
    return [
        Row("span", [item.span.text]),
        Row("value", text=figure_value(item, language)),
        Row("bound", text=language(f"bound.{item.bound}")),
        Row("what", text=language(f"what.{item.what}")),
        Row("who", _words(item.who)),
        Row("claimant", [item.claimant] if item.claimant else [], "" if item.claimant else language("record.nobody")),
        Row("part_of", [whole.span.text] if whole else []),
        Row("place", _words(item.place)),
        Row("period", _words(item.period)),
        Row("cause", _words(item.cause)),
        Row("by", _words(item.by)),
    ]


def _date(item: Date, language: Language) -> list[Row]:
    return [
        Row("span", [item.text]),
        Row("date", text=headline(item, language)),
        Row("precision", text=language(f"precision.{item.precision}")),
    ]


def _development(item: Development, language: Language) -> list[Row]:
    lists = ("reasons", "conditions", "sponsors", "demands", "threatens", "leaves_out", "circulated_to", "votes")
    return [
        Row("kind", text=language(f"process.{item.kind}")),
        Row("subject", _words(item.subject)),
        Row("status", text=language(f"status.{item.status}")),
        Row("modality", text=language(f"modality.{item.modality}")),
        Row("trigger", [item.trigger.text]),
        Row("by", [item.by] if item.by else []),
        Row("date", text=language.date(item.date)),
        *(Row(name, [span.text for span in getattr(item, name)]) for name in lists),
    ]


def _event(item: Event, language: Language) -> list[Row]:
    return [
        Row("type", text=f"{language(f'event_type.{item.type}')} ({item.type})"),
        Row("cameo", text=item.cameo),
        Row("trigger", [item.trigger.text]),
        Row("actor", _words(item.actor)),
        Row("recipient", _words(item.recipient)),
        Row("place", _words(item.place)),
        Row("modality", text=language(f"modality.{item.modality}")),
        Row("date", text=language.date(item.date)),
    ]


def telling_spans(item: Readable) -> list[Span]:
    """The evidence; where that is a single word, with what makes it understood."""
    match item:
        case Development():
            spans = [item.trigger, item.subject]
        case Event():
            spans = [item.trigger, item.recipient, item.place]
        case _:
            spans = [evidence(item)]
    return [span for span in spans if span]


def _words(span: Span | None) -> list[str]:
    return [span.text] if span else []


def _same_words(pieces: Iterable[Piece]) -> dict[str, list[str]]:
    """For each record, the other records whose evidence shares words with its own."""
    together: dict[str, dict[str, None]] = {}
    for piece in pieces:
        over = [mark.record for mark in piece.marks if mark.main]
        for record in over[:MOST_TOGETHER] if len(over) > 1 else ():
            together.setdefault(record, {}).update(dict.fromkeys(over[:MOST_TOGETHER]))
    return {record: list(others) for record, others in together.items()}


def _relations(links: Iterable[Link], known: set[str], language: Language) -> dict[str, list[Relation]]:
    related: dict[str, list[Relation]] = {}
    for link in links:
        if link.from_ in known and link.to in known:
            related.setdefault(link.from_, []).append(Relation(language(f"relation.{link.rel}"), link.to))
            related.setdefault(link.to, []).append(Relation(language(f"relation_reversed.{link.rel}"), link.from_))
    return related
