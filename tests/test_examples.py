"""Every sentence of the pack's example corpora is read as the corpus says.

The format is described in docs/arabic.md; a case is its text, then indented lines for what
must be read from it. Where a kind of record is named at all, nothing else of that kind may be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec
import pytest

import sijill

KINDS = {
    "statement": "statements", "figure": "figures", "date": "dates", "party": "parties",
    "development": "developments", "event": "events", "link": "links",
}  # fmt: skip


class Case(NamedTuple):
    where: str
    published: str
    text: str
    wanted: list[tuple[str, dict[str, str]]]
    unwanted: list[str]


def cases() -> Iterator[Case]:
    for language in sijill.languages():
        folder = files("sijill.lang") / language / "examples"
        for corpus in sorted(folder.iterdir(), key=lambda entry: entry.name):
            yield from read_corpus(f"{language}/{corpus.name}", corpus.read_text("utf-8"))


def read_corpus(name: str, source: str) -> Iterator[Case]:
    published, case = "", None
    for number, line in enumerate([*source.splitlines(), ""], 1):
        if line.startswith("#"):
            continue
        if line.startswith("@published"):
            published = line.split()[1]
        elif not line.strip():
            if case:
                yield case
            case = None
        elif not line[0].isspace():
            text = line.strip().replace("¶", "\n\n")
            case = (
                case._replace(text=f"{case.text}\n\n{text}")
                if case
                else Case(f"{name}:{number}", published, text, [], [])
            )
        elif case:
            kind, _, fields = line.strip().partition(" ")
            if kind == "no":
                case.unwanted.append(KINDS[fields.strip()])
            else:
                pairs = (field.split("=", 1) for field in fields.split(" | ") if field.strip())
                case.wanted.append((KINDS[kind], {key.strip(): value.strip() for key, value in pairs}))


def ends_in_words(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The links, each end by the words of its record: a statement's content, a figure, a word of change."""
    words = {
        item["id"]: item.get("content") or item.get("span") or item.get("trigger")
        for kind in ("statements", "figures", "developments", "events")
        for item in record[kind]
    }
    return [link | {end: words[link[end]] for end in ("from", "to")} for link in record["links"]]


def printed(value: Any) -> str:
    if isinstance(value, dict):
        return value.get("text", "")
    if isinstance(value, list):
        return " + ".join(printed(item) for item in value)
    return "none" if value is None else str(value)


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.where)
def test_example(case: Case) -> None:
    record = msgspec.to_builtins(sijill.read(case.text, lang="ar", published=case.published or None))
    for kind in {kind for kind, _ in case.wanted} | set(case.unwanted):
        wanted = [fields for of, fields in case.wanted if of == kind]
        found = ends_in_words(record) if kind == "links" else record[kind]
        said = [{key: printed(item.get(key)) for key in {k for w in wanted for k in w} | {"rule"}} for item in found]
        for fields in wanted:
            assert any(all(printed(item.get(k)) == v for k, v in fields.items()) for item in found), (
                f"{case.where}: {kind} {fields} not read from: {case.text}\n  read: {said}"
            )
        assert len(found) == len(wanted), f"{case.where}: {len(found)} {kind}, not {len(wanted)}: {case.text}\n  {said}"
