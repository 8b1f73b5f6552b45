"""Find statements."""

from __future__ import annotations

from sijill.read.document import Document


def find_statements(document: Document) -> None:
    """Find statements."""
