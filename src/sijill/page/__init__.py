"""Pages in: HTML, plain text, web archives, feeds and the web become articles."""

from sijill.page.capture import Capture
from sijill.page.errors import (
    BinaryPage,
    EmptyPage,
    NoArticle,
    PageTooLarge,
    UndecodablePage,
    UnreadablePage,
)
from sijill.page.read import read_page

__all__ = [
    "BinaryPage",
    "Capture",
    "EmptyPage",
    "NoArticle",
    "PageTooLarge",
    "UndecodablePage",
    "UnreadablePage",
    "read_page",
]
