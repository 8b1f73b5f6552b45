"""Forms for records: a field for whatever a person can put right, driven by the types in `sijill.record`.

Words of the text are given as words, and found again near where they stood.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args
from urllib.parse import parse_qsl

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request

from sijill.record import (
    Act,
    Bound,
    Development,
    EventType,
    Figure,
    Form,
    Modality,
    PartyKind,
    Precision,
    Process,
    Span,
    Statement,
    Status,
    What,
)

LARGEST = 64 * 1024
MOST_FIELDS = 60

ADDABLE: dict[str, type[Statement] | type[Figure] | type[Development]] = {
    "statement": Statement,
    "figure": Figure,
    "development": Development,
}
"""The kinds of record that a person can add from words of the text."""

_TABLES: dict[Any, str] = {
    Act: "act", Bound: "bound", EventType: "event_type", Form: "form", Modality: "modality", PartyKind: "party_kind",
    Precision: "precision", Process: "process", Status: "status", What: "what",
}  # fmt: skip
"""The table of the catalogue that names the values of each choice."""

_KEPT = frozenset({"id", "rule", "cameo", "start", "end", "text", "part_of"})


class Field(msgspec.Struct, frozen=True):
    """One field of a form: a choice, words of the text, a number, or plain text; ``value`` as it is now."""

    name: str
    input: Literal["choice", "words", "number", "text"]
    value: str
    required: bool
    table: str = ""
    choices: tuple[str, ...] = ()


def fields_of(kind: type[msgspec.Struct], item: Any = None) -> list[Field]:
    """The fields of a kind of record that can be put right, with the values of ``item``.

    >>> [field.name for field in fields_of(Statement) if field.input == "choice"]
    ['form', 'act']
    """
    found: list[Field] = []
    for declared in msgspec.structs.fields(kind):
        options = get_args(declared.type) if type(None) in get_args(declared.type) else (declared.type,)
        types = [option for option in options if option is not type(None)]
        value = getattr(item, declared.name, None)
        required = type(None) not in options
        if declared.name in _KEPT:
            continue
        if types[0] in _TABLES:
            table, choices = _TABLES[types[0]], tuple[str, ...](get_args(types[0]))
            found.append(Field(declared.name, "choice", value or choices[0], required, table, choices))
        elif types == [Span]:
            found.append(Field(declared.name, "words", value.text if value else "", required))
        elif set(types) <= {int, float}:
            found.append(Field(declared.name, "number", "" if value is None else f"{value:g}", required))
        elif types == [str]:
            found.append(Field(declared.name, "text", value or "", required))
    return found


def changes(fields: list[Field], form: Mapping[str, str]) -> dict[str, Any]:
    """What a filled form changes: the fields that read differently, as the archive takes corrections.

    Raises `ValueError` naming a number that is none.
    """
    changed: dict[str, Any] = {}
    for field in fields:
        given = form.get(field.name)
        if given is None or given.strip() == field.value:
            continue
        changed[field.name] = _value(field, given.strip())
    return changed


async def filled(request: Request) -> dict[str, str]:
    """The fields of a form that was sent. Raises a 413 where it is larger than any form of the site."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise HTTPException(413)
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise HTTPException(400, str(error)) from error


def _value(field: Field, given: str) -> Any:
    if not given:
        return None
    if field.input != "number":
        return given
    try:
        return int(given) if given.lstrip("-").isdecimal() else float(given)
    except ValueError:
        raise ValueError(f"{field.name}: {given!r} is no number") from None
