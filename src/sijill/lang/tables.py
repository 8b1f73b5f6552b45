"""The tables of a pack (places, organizations, persons) as words of its lexicon.

Each adds its names and aliases; the value of a name is the name its row stands under.
"""

from __future__ import annotations

from sijill.lang.lexicon import Lexicon


def add_places(lexicon: Lexicon, rows: list[dict[str, str]]) -> None:
    """``places.tsv``: classes ``place.KIND``, and ``government`` where the place stands for a state."""
    for row in rows:
        classes = [f"place.{row['kind']}", "name.place"]
        if row["stands_for"] or row["kind"] == "country":
            classes.append("government")
        _add(lexicon, row, classes)


def add_organizations(lexicon: Lexicon, rows: list[dict[str, str]]) -> None:
    """``organizations.tsv``: classes ``organization.KIND``."""
    for row in rows:
        _add(lexicon, row, [f"organization.{row['kind']}", "name.organization"])


def add_persons(lexicon: Lexicon, rows: list[dict[str, str]]) -> None:
    """``persons.tsv``: class ``person.known`` for full names of two words and more."""
    for row in rows:
        for name in _names(row):
            if " " in name:
                lexicon.add_form(name, ("person.known", "name.person"), row["name"])


TABLES = {"places.tsv": add_places, "organizations.tsv": add_organizations, "persons.tsv": add_persons}


def _names(row: dict[str, str]) -> list[str]:
    return [row["name"], *(alias.strip() for alias in (row["aliases"] or "").split("|") if alias.strip())]


def _add(lexicon: Lexicon, row: dict[str, str], classes: list[str]) -> None:
    for name in _names(row):
        lexicon.add_form(name, classes, row["name"])
