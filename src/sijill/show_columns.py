"""The columns of each kind of list: the same in the terminal, in CSV, and in what the site gives to take away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sijill.record import Figure, Span

Columns = dict[str, Callable[[Any], str | None]]
"""The names of columns, and how an entry of the list fills each."""

ARTICLES: Columns = {
    "published": lambda a: a.published,
    "outlet": lambda a: a.outlet,
    "title": lambda a: a.title,
    "section": lambda a: " / ".join(a.sections),
    "statements": lambda a: str(a.statements),
    "figures": lambda a: str(a.figures),
    "developments": lambda a: str(a.developments),
    "article": lambda a: a.id,
}

STATEMENTS: Columns = {
    "date": lambda e: e.record.date or e.published,
    "speaker": lambda e: e.record.speaker,
    "act": lambda e: e.record.act,
    "content": lambda e: e.record.content.text,
    "outlet": lambda e: e.outlet,
    "article": lambda e: e.article_id,
    "record": lambda e: e.record.id,
}

FIGURES: Columns = {
    "published": lambda e: e.published,
    "what": lambda e: e.record.what,
    "value": lambda e: number_words(e.record),
    "bound": lambda e: e.record.bound,
    "words": lambda e: e.record.span.text,
    "claimant": lambda e: e.record.claimant,
    "outlet": lambda e: e.outlet,
    "article": lambda e: e.article_id,
    "record": lambda e: e.record.id,
}

DEVELOPMENTS: Columns = {
    "date": lambda e: e.record.date or e.published,
    "kind": lambda e: e.record.kind,
    "status": lambda e: e.record.status,
    "modality": lambda e: e.record.modality,
    "subject": lambda e: _text(e.record.subject),
    "by": lambda e: e.record.by,
    "outlet": lambda e: e.outlet,
    "article": lambda e: e.article_id,
    "record": lambda e: e.record.id,
}

EVENTS: Columns = {
    "date": lambda e: e.record.date or e.published,
    "type": lambda e: e.record.type,
    "modality": lambda e: e.record.modality,
    "actor": lambda e: _text(e.record.actor),
    "trigger": lambda e: e.record.trigger.text,
    "recipient": lambda e: _text(e.record.recipient),
    "place": lambda e: _text(e.record.place),
    "article": lambda e: e.article_id,
    "record": lambda e: e.record.id,
}

PARTIES: Columns = {
    "published": lambda e: e.published,
    "name": lambda e: e.record.name,
    "kind": lambda e: e.record.kind,
    "role": lambda e: e.record.role,
    "affiliation": lambda e: e.record.affiliation,
    "outlet": lambda e: e.outlet,
    "article": lambda e: e.article_id,
    "record": lambda e: e.record.id,
}

DOSSIERS: Columns = {
    "number": lambda d: str(d.key),
    "kind": lambda d: d.kind,
    "title": lambda d: d.title,
    "status": lambda d: d.status,
    "first": lambda d: d.first,
    "last": lambda d: d.last,
    "developments": lambda d: str(d.developments),
    "outlets": lambda d: str(d.outlets),
}


def number_words(figure: Figure) -> str | None:
    """A figure's number or range, in plain digits."""
    if figure.value is not None:
        return str(figure.value)
    return None if figure.low is None else f"{figure.low}–{figure.high}"


def _text(span: Span | None) -> str | None:
    return span.text if span else None
