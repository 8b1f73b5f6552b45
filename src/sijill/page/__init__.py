"""Pages in: HTML, plain text, web archives, feeds and the web become articles."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from sijill.page.capture import Capture, Problem
from sijill.page.errors import (
    BinaryPage,
    EmptyPage,
    NoArticle,
    PageTooLarge,
    UndecodablePage,
    UnreadablePage,
)
from sijill.page.read import read_page

if TYPE_CHECKING:
    from sijill.page.fetch import Fetcher
    from sijill.page.network import FetchFailed, FetchRefused
    from sijill.page.sources import captures
    from sijill.page.watch import Watched, poll

__all__ = [
    "BinaryPage",
    "Capture",
    "EmptyPage",
    "FetchFailed",
    "FetchRefused",
    "Fetcher",
    "NoArticle",
    "PageTooLarge",
    "Problem",
    "UndecodablePage",
    "UnreadablePage",
    "Watched",
    "captures",
    "poll",
    "read_page",
]

_OF_THE_WEB = {
    "FetchFailed": "network",
    "FetchRefused": "network",
    "Fetcher": "fetch",
    "Watched": "watch",
    "captures": "sources",
    "poll": "watch",
}


def __getattr__(name: str) -> object:
    """What only the web needs is loaded when it is first asked for: it takes longer than reading a page does."""
    if name not in _OF_THE_WEB:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_OF_THE_WEB[name]}"), name)
