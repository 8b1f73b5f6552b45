"""Find links."""

from __future__ import annotations

from sijill.read.document import Document


def find_links(document: Document) -> None:
    """Find links."""
