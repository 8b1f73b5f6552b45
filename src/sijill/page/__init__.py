"""Pages in: HTML, plain text, web archives, feeds and the web become articles."""

from sijill.page.capture import Capture, Problem
from sijill.page.errors import (
    BinaryPage,
    EmptyPage,
    NoArticle,
    PageTooLarge,
    UndecodablePage,
    UnreadablePage,
)
from sijill.page.fetch import Fetcher
from sijill.page.network import FetchFailed, FetchRefused
from sijill.page.read import read_page
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
