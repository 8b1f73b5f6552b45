"""Bytes in, article out: decides what a page is and has it read."""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec

from sijill.page.article import Draft
from sijill.page.capture import Capture
from sijill.page.dates import later_than
from sijill.page.decode import as_utf8, decode
from sijill.page.errors import EmptyPage, NoArticle, PageTooLarge, UndecodablePage
from sijill.page.plain_text import read_plain_text
from sijill.record import Article

LARGEST_ARTICLE = 2_000_000
"""Code points: some books' worth. A longer text is no article, and would take minutes to read."""

_MARKUP = re.compile(rb"<(?:!doctype\s+html|[a-z][a-z0-9-]*[\s/>])", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)\b")


def read_page(
    data: bytes | Capture,
    *,
    url: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    lang: str | None = None,
    name: str | None = None,
    captured: str | None = None,
) -> Article:
    """The article on a page of HTML or plain text.

    What the caller gives wins over what the page says of itself. ``published`` and
    ``captured`` are ISO 8601; ``name`` is the file it came from, for messages.

    Raises a kind of `UnreadablePage`: `EmptyPage`, `BinaryPage`, `UndecodablePage`,
    `PageTooLarge` or `NoArticle`.

    >>> article = read_page(b"Talks suspended\\n\\nThe talks were suspended on Monday.", outlet="Example")
    >>> article.title, article.outlet, article.lang
    ('Talks suspended', 'Example', 'en')
    """
    capture = data if isinstance(data, Capture) else Capture(data=data)
    given = {"url": url, "name": name, "captured": captured}
    capture = msgspec.structs.replace(capture, **{key: value for key, value in given.items() if value is not None})
    label = capture.name or capture.url
    if _FEED.match(_first_tag(capture.data)):
        raise NoArticle("it is a feed, not a page; add it as a feed", name=label)
    markup = is_markup(capture)
    if markup:
        from sijill.page.html import read_html

        html, bad_byte = as_utf8(capture.data, charset=capture.charset, name=label)
        draft = read_html(html, url=capture.url, captured=capture.captured)
    else:
        text, bad_byte = decode(capture.data, charset=capture.charset, name=label)
        if _is_json(text):
            raise NoArticle("it is JSON, data and not a page", name=label)
        draft = read_plain_text(text)
    length = sum(len(block) for _, block in draft.blocks)
    if length > LARGEST_ARTICLE:
        reason = f"its text has {length:,} characters; an article may have {LARGEST_ARTICLE:,} at most"
        raise PageTooLarge(reason, name=label)
    draft = _with_given(draft, capture, outlet=outlet, published=published, lang=lang)
    if not draft.blocks:
        if markup:
            raise NoArticle("no article was found in the page", name=label)
        raise EmptyPage("there is nothing in it but what surrounds an article", name=label)
    article = draft.finish(captured=capture.captured)
    if bad_byte is not None and "\ufffd" in article.text:
        raise UndecodablePage("the article has bytes that are no text, the first", offset=bad_byte, name=label)
    return article


def _is_json(text: str) -> bool:
    """Whether a text is JSON: an object or a list, not words that happen to be in brackets."""
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def is_markup(capture: Capture) -> bool:
    """Whether a capture is HTML, by its first tag rather than by what is said of it.

    >>> is_markup(Capture(data=b"<!DOCTYPE html><p>x", content_type="text/plain"))
    True
    """
    if _MARKUP.match(_first_tag(capture.data)):
        return True
    said = (capture.content_type or "").lower(), (capture.name or "").lower()
    said_html = "html" in said[0] or said[1].endswith((".html", ".htm", ".xhtml"))
    return said_html and re.search(rb"<(?:p|div|br|h1|a|span|td|body|html)\b", capture.data, re.IGNORECASE) is not None


def _first_tag(data: bytes) -> bytes:
    """The head of a file from its first tag on: past byte order marks, space, comments and the XML declaration."""
    head = data[:8192]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head[:2]:
        head = head.replace(b"\x00", b"")
    head = (
        head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").removeprefix(b"\xef\xbb\xbf").lstrip(b"\x00 \t\r\n\f")
    )
    for opening, closing in ((b"<?xml", b"?>"), (b"<!--", b"-->")):
        while head.startswith(opening):
            _, _, head = head.partition(closing)
            head = head.lstrip()
    return head


def _with_given(
    draft: Draft, capture: Capture, *, outlet: str | None, published: str | None, lang: str | None
) -> Draft:
    """The draft with what the caller or the capture says in place of what the page says."""
    page_date = draft.published if draft.published and not later_than(draft.published, capture.captured) else None
    return replace(
        draft,
        url=draft.url or capture.url if capture.url is None else capture.url,
        outlet=outlet or draft.outlet,
        published=published or page_date,
        lang=lang or draft.lang,
    )
