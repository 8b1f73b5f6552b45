"""Find figures."""

from __future__ import annotations

from sijill.read.document import Document


def find_figures(document: Document) -> None:
    """Find figures."""
