"""Find dates."""

from __future__ import annotations

from sijill.read.document import Document


def find_dates(document: Document) -> None:
    """Find dates."""
