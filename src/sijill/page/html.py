"""A page of HTML: its article in blocks, and what the page says of itself."""

from __future__ import annotations

from sijill.page.article import Draft


def read_html(html: str, *, url: str | None = None, captured: str | None = None) -> Draft:
    """The draft of an article from the HTML of a page."""
    return Draft(url=url)
