"""Find events."""

from __future__ import annotations

from sijill.read.document import Document


def find_events(document: Document) -> None:
    """Find events."""
