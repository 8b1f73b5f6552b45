"""The tables of a pack (places, organizations, persons) as words of its lexicon, and its names settled.

Each table adds its names and aliases; the value of a name is the name its row stands under.
"""

from __future__ import annotations

from sijill.lang.lexicon import Lexicon

NAMES = frozenset({"name.given", "name.family"})

COMMON = frozenset(
    (
        "noun", "adjective", "masdar", "participle", "people", "finite", "nisba", "function", "title", "anonymous",
        "number", "month", "place", "organization", "name.place", "adverb", "deictic", "weekday", "feeling", "turn",
        "daypart", "season",
    )
)  # fmt: skip
"""Classes by which a word is (also) an everyday one, and no sure sign of a name."""


def add_places(lexicon: Lexicon, rows: list[dict[str, str]]) -> None:
    """``places.tsv``: classes ``place.KIND``, and ``government`` where the place stands for a state.

    Its value as ``government`` is that state.
    """
    for row in rows:
        classes = [f"place.{row['kind']}", "name.place"]
        state = row["stands_for"] or (row["name"] if row["kind"] == "country" else "")
        _add(lexicon, row, classes, "government", state)


def add_organizations(lexicon: Lexicon, rows: list[dict[str, str]]) -> None:
    """``organizations.tsv``: classes ``organization.KIND``, and ``speaks.for``: the state it stands for."""
    for row in rows:
        _add(lexicon, row, [f"organization.{row['kind']}", "name.organization"], "speaks.for", row["stands_for"])


def add_persons(lexicon: Lexicon, rows: list[dict[str, str]]) -> None:
    """``persons.tsv``: class ``person.known`` for full names of two words and more."""
    for row in rows:
        for name in names_in(row):
            if " " in name:
                lexicon.add_form(name, ("person.known", "name.person"), row["name"])


TABLES = {"places.tsv": add_places, "organizations.tsv": add_organizations, "persons.tsv": add_persons}


def settle_names(lexicon: Lexicon) -> None:
    """Sort the personal names into sure ones and everyday words, once all words are known.

    A name that is nothing else gets the class ``sure``. A name with its article over an everyday word
    (``السوري``, ``العودة``) is cut again like any other word, and its stem gets ``name.bound``: a name after
    its article. Names that are known by themselves (class ``famous``) stay whole.
    """
    articles = [form[:-1] for form in lexicon.forms_having("article") if form.endswith("-")]
    for norm, code in list(lexicon.forms.items()):
        classes = lexicon.alphabet.classes(code)
        if not classes & NAMES:
            continue
        stem = next((norm[len(a) :] for a in articles if norm.startswith(a) and len(norm) > len(a) + 1), "")
        known = lexicon.forms.get(stem) if stem else None
        if known and "famous" not in classes and _common(lexicon.alphabet.classes(known)):
            lexicon.forget(norm)
            lexicon.mark(stem, "name.bound", ())
        elif "famous" in classes or not _common(classes):
            lexicon.mark(norm, "sure", ())
    lexicon.pending_phrases = [
        (form, lexicon.alphabet.join(code, lexicon.alphabet.code(["sure"])))
        if (classes := lexicon.alphabet.classes(code)) & NAMES and not _common(classes)
        else (form, code)
        for form, code in lexicon.pending_phrases
    ]


def _common(classes: frozenset[str]) -> bool:
    return any(name in COMMON or name.partition(".")[0] in COMMON for name in classes)


def names_in(row: dict[str, str]) -> list[str]:
    """The name in a row of a table, and its aliases."""
    return [row["name"], *(alias.strip() for alias in (row["aliases"] or "").split("|") if alias.strip())]


def _add(lexicon: Lexicon, row: dict[str, str], classes: list[str], standing: str, state: str) -> None:
    for name in names_in(row):
        lexicon.add_form(name, classes, row["name"])
        if state:
            lexicon.add_form(name, [standing], state)
