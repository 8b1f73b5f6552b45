"""Find developments."""

from __future__ import annotations

from sijill.read.document import Document


def find_developments(document: Document) -> None:
    """Find developments."""
