"""Feeds and section pages looked at again and again: what is new since the last time."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec
from selectolax.lexbor import LexborHTMLParser

from sijill.page.addresses import absolute, canonical
from sijill.page.capture import Capture, Problem
from sijill.page.decode import as_utf8
from sijill.page.errors import UnreadablePage
from sijill.page.feeds import is_feed, read_feed
from sijill.page.fetch import Fetcher
from sijill.page.main_text import SHORTEST_HEADLINE
from sijill.page.nesting import flatten

MOST_NEW = 100
"""Pages fetched at one look; the rest come at the next."""
MOST_SEEN = 10_000


class Watched(msgspec.Struct):
    """A feed or section page under watch, and what has been seen of it; keep it between two looks."""

    address: str
    etag: str | None = None
    last_modified: str | None = None
    seen: list[str] = []


def poll(watched: Watched, fetcher: Fetcher) -> Iterator[Capture | Problem]:
    """Look once: the pages that were not there at the last look.

    ``watched`` is brought up to date as the pages come, so that a look that is broken
    off goes on where it stopped.
    """
    try:
        capture = fetcher.get(watched.address, etag=watched.etag, last_modified=watched.last_modified)
        if capture is None:
            return
        found = list(_entries(capture))
    except UnreadablePage as error:
        yield Problem(name=watched.address, reason=error.reason)
        return
    seen = set(watched.seen)
    new = [entry for entry in found if entry[0] not in seen]
    for url, page in new[:MOST_NEW]:
        if page is not None:
            yield page
        else:
            yield _fetched(url, fetcher)
        watched.seen = [*watched.seen, url][-MOST_SEEN:]
    if len(new) <= MOST_NEW:
        watched.etag, watched.last_modified = capture.headers.get("etag"), capture.headers.get("last-modified")


def article_links(html: bytes, url: str) -> list[str]:
    """The addresses on a section page (in UTF-8) that look like articles: links of its site with a headline for text.

    >>> article_links(b'<a href="/a">Talks resume in the capital</a><a href="/about">About us</a>', "https://example.org/")
    ['https://example.org/a']
    """
    host = urlsplit(url).hostname
    links: dict[str, None] = {}
    for node in LexborHTMLParser(flatten(html)).css("a[href]"):
        address = absolute(node.attributes.get("href"), url)
        if address and urlsplit(address).hostname == host and len(node.text().split()) >= SHORTEST_HEADLINE:
            links[canonical(address)] = None
    links.pop(canonical(url), None)
    return list(links)


def _entries(capture: Capture) -> Iterator[tuple[str, Capture | None]]:
    """The address of each entry, with its page where the feed holds it."""
    url = capture.url or ""
    if is_feed(capture.data):
        for entry in read_feed(capture.data, url=url):
            if entry.url:
                yield canonical(entry.url), entry.as_capture(name=url, captured=capture.captured)
    else:
        html, _ = as_utf8(capture.data, charset=capture.charset, name=url)
        yield from ((link, None) for link in article_links(html, url))


def _fetched(url: str, fetcher: Fetcher) -> Capture | Problem:
    try:
        return fetcher.get(url) or Problem(name=url, reason="the server says it is as it was, though it was never had")
    except UnreadablePage as error:
        return Problem(name=url, reason=error.reason)
