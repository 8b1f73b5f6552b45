"""Lists as CSV (RFC 4180), for spreadsheets: a page of the site, but longer, with a link to each entry's words."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from sijill.show_columns import Columns

MOST_ROWS = 5000
"""Entries of a list in one file; the rest follows under the cursor in the answer's ``Link``."""

BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheets take UTF-8 for the encoding of the machine, and Arabic for noise."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Table(msgspec.Struct, frozen=True):
    """A list as a table: a row for each entry, whose ``path`` is its address in the site."""

    columns: Columns
    entries: Sequence[Any]
    path: Callable[[Any], str]


def as_csv(table: Table, origin: str) -> str:
    """The table as CSV with a header, its last column the whole address of each entry."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([*table.columns, "link"])
    for entry in table.entries:
        writer.writerow([*(cell(fill(entry)) for fill in table.columns.values()), origin + table.path(entry)])
    return BYTE_ORDER_MARK + file.getvalue()


def cell(text: str | None) -> str:
    """A cell that no spreadsheet takes for a formula: what could be one begins with an apostrophe.

    >>> cell("=HYPERLINK(0)"), cell("12"), cell(None)
    ("'=HYPERLINK(0)", '12', '')
    """
    return f"'{text}" if text and text.startswith(_FORMULA) else text or ""
