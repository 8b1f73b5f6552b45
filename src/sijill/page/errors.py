"""Why a page could not become an article, in words that say what and where."""

from __future__ import annotations


class UnreadablePage(ValueError):
    """A page that cannot become an article.

    The message names the file or address, what is wrong, where, and what to do about it.

    >>> str(EmptyPage("there is nothing in it", name="a.html"))
    'a.html: there is nothing in it'
    """

    def __init__(self, reason: str, *, name: str | None = None) -> None:
        super().__init__(f"{name}: {reason}" if name else reason)
        self.reason = reason
        self.name = name


class EmptyPage(UnreadablePage):
    """No bytes, or nothing but space."""


class BinaryPage(UnreadablePage):
    """A picture, an office document, an archive: not a page of text."""


class UndecodablePage(UnreadablePage):
    """Bytes that are no text in any encoding the page could be in; ``offset`` is the first of them, in bytes."""

    def __init__(self, reason: str, *, offset: int, name: str | None = None) -> None:
        super().__init__(f"{reason} at byte {offset}", name=name)
        self.offset = offset


class PageTooLarge(UnreadablePage):
    """More bytes than a news page can have."""


class NoArticle(UnreadablePage):
    """A page, but without an article: a front page, a form, an error message, a feed."""
