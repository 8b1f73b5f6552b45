"""The event types of PLOVER: their CAMEO root codes, and the acts of speech that are such events."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def root_codes() -> dict[str, str]:
    """The CAMEO root code of each event type.

    >>> root_codes()["ACCUSE"]
    '11'
    """
    return {row["type"]: row["cameo"] for row in _rows()}


@cache
def types_of_acts() -> dict[str, str]:
    """The event type that a statement of an act is; other acts are no events.

    >>> types_of_acts()["condemn"], "say" in types_of_acts()
    ('ACCUSE', False)
    """
    return {act: row["type"] for row in _rows() for act in row["acts"].split()}


def _rows() -> list[dict[str, str]]:
    lines = (files("sijill.lang") / "cameo.tsv").read_text("utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t"))
