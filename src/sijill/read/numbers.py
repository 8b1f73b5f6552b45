"""Find numbers."""

from __future__ import annotations

from sijill.read.document import Document


def find_numbers(document: Document) -> None:
    """Find numbers."""
