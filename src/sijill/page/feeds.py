"""Feeds (RSS, Atom, JSON Feed): their entries, with full text where the feed gives it.

`feedparser` reads the XML kinds, for it forgives what feeds get wrong. An entry with
its full text becomes a page of its own; of one with only a summary the address is
known, and whether to fetch it is the caller's to say.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, cast

import feedparser  # pyright: ignore[reportMissingTypeStubs]
import msgspec

from sijill.page.addresses import absolute
from sijill.page.capture import Capture
from sijill.page.dates import read_date
from sijill.page.errors import NoArticle, PageTooLarge
from sijill.page.linked_data import as_list

LARGEST_FEED = 32 * 1024 * 1024
"""Bytes."""
FULL_TEXT = 600
"""Code points of text from which an entry counts as the whole article."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a feed; ``content`` is HTML, and None where the feed has only a summary."""

    url: str | None
    title: str | None = None
    published: str | None = None
    authors: list[str] = []
    content: str | None = None
    outlet: str | None = None
    lang: str | None = None

    def as_capture(self, *, name: str, captured: str | None = None) -> Capture | None:
        """The entry as a page, or None where the feed does not give its text."""
        if not self.content:
            return None
        return Capture(
            data=_page(self).encode("utf-8", "replace"),
            url=self.url,
            content_type="text/html",
            charset="utf-8",
            captured=captured,
            name=f"{name}, entry {self.url or self.title}",
        )


def read_feed(data: bytes, *, url: str | None = None, name: str | None = None) -> Iterator[Entry]:
    """The entries of a feed, in its order.

    Raises `NoArticle` where the data are no feed, `PageTooLarge` above `LARGEST_FEED`.

    >>> item = b"<item><title>A</title><link>https://example.org/a</link></item>"
    >>> feed = b'<rss version="2.0"><channel>' + item + b"</channel></rss>"
    >>> [(entry.title, entry.url) for entry in read_feed(feed)]
    [('A', 'https://example.org/a')]
    """
    label = name or url
    if len(data) > LARGEST_FEED:
        raise PageTooLarge(f"the feed has more than {LARGEST_FEED // 1_000_000} MB", name=label)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        entries = list(_json_feed(data, url, label))
    else:
        entries = list(_xml_feed(data, url, label))
    yield from entries


def is_feed(data: bytes) -> bool:
    """Whether data look like a feed.

    >>> is_feed(b'<?xml version="1.0"?><rss version="2.0">'), is_feed(b"<html>")
    (True, False)
    """
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{"):
        return b"jsonfeed.org/version" in head
    return re.search(rb"<(?:rss|feed|rdf:RDF)[\s>]", head) is not None and b"<html" not in head.lower()


def _xml_feed(data: bytes, url: str | None, label: str | None) -> Iterator[Entry]:
    try:
        parsed = cast(Any, feedparser).parse(data, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # it raises whatever its parsers raise
        raise NoArticle(f"the feed cannot be read ({error})", name=label) from None
    if not parsed.entries:
        if not parsed.version:
            raise NoArticle("it is no feed", name=label)
        return
    for entry in parsed.entries:
        contents = [str(content.get("value") or "") for content in entry.get("content", [])]
        summary = str(entry.get("summary") or "")
        content = max([*contents, summary], key=len)
        date = entry.get("published") or entry.get("updated")
        yield Entry(
            url=absolute(entry.get("link") or (entry.get("id") if _is_address(entry.get("id")) else None), url),
            title=_plain(entry.get("title")),
            published=read_date(date) or _from_struct(entry.get("published_parsed") or entry.get("updated_parsed")),
            authors=[str(author["name"]) for author in entry.get("authors", []) if author.get("name")],
            content=content if _is_full(content) else None,
            outlet=_plain(parsed.feed.get("title")),
            lang=str(parsed.feed.get("language") or "")[:2].lower() or None,
        )


def _json_feed(data: bytes, url: str | None, label: str | None) -> Iterator[Entry]:
    """JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/."""
    try:
        feed = msgspec.json.decode(data.lstrip(b"\xef\xbb\xbf"), type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError):
        raise NoArticle("it is no feed: its JSON cannot be read", name=label) from None
    if not isinstance(feed.get("items"), list):
        raise NoArticle("it is no feed: it has no items", name=label)
    for item in as_list(feed["items"]):
        if not isinstance(item, dict):
            continue
        node = cast("dict[str, Any]", item)
        text = str(node.get("content_html") or "") or _paragraphs(str(node.get("content_text") or ""))
        authors = as_list(node.get("authors") or node.get("author"))
        yield Entry(
            url=absolute(_text(node.get("url")) or _text(node.get("external_url")), url),
            title=_plain(node.get("title")),
            published=read_date(_text(node.get("date_published"))),
            authors=[name for author in authors if (name := _name(author))],
            content=text if _is_full(text) else None,
            outlet=_plain(feed.get("title")),
            lang=(_text(node.get("language")) or _text(feed.get("language")) or "")[:2].lower() or None,
        )


def _page(entry: Entry) -> str:
    """An entry as the HTML of a page, what the feed says of it in the head."""
    quoted = {
        key: html.escape(getattr(entry, key) or "", quote=True)
        for key in ("title", "url", "published", "outlet", "lang")
    }
    metas = {"og:title": "title", "og:url": "url", "article:published_time": "published", "og:site_name": "outlet"}
    head = "".join(f'<meta property="{name}" content="{quoted[key]}">' for name, key in metas.items() if quoted[key])
    head += "".join(f'<meta name="author" content="{html.escape(author, quote=True)}">' for author in entry.authors)
    body = f"<article><h1>{quoted['title']}</h1><div>{entry.content}</div></article>"
    lang = quoted["lang"]
    return f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def _is_full(content: str) -> bool:
    return len(re.sub(r"<[^<>]*>|\s+", " ", content).strip()) >= FULL_TEXT


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and re.match(r"https?://", value) is not None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _name(author: Any) -> str | None:
    return _text(cast("dict[str, Any]", author).get("name")) if isinstance(author, dict) else None


def _plain(value: Any) -> str | None:
    text = re.sub(r"<[^<>]{0,300}>", "", html.unescape(value)) if isinstance(value, str) else ""
    return " ".join(text.split()) or None


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(part)}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())


def _from_struct(moment: Any) -> str | None:
    if not moment:
        return None
    year, month, day, hour, minute, second = moment[:6]
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+00:00"
