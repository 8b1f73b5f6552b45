"""Find parties."""

from __future__ import annotations

from sijill.read.document import Document


def find_parties(document: Document) -> None:
    """Find parties."""
