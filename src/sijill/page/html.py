"""A page of HTML: its article in blocks, and what the page says of itself."""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec
from selectolax.lexbor import LexborHTMLParser

from sijill.page.addresses import absolute
from sijill.page.article import Draft
from sijill.page.dates import later_than, only_date, read_date
from sijill.page.images import figures_of, read_figure
from sijill.page.main_text import MainText, find_main_text, squeeze
from sijill.page.metadata import Metadata
from sijill.page.nesting import flatten
from sijill.page.outline import Outline
from sijill.page.wording import wording
from sijill.record import Image


def read_html(html: str, *, url: str | None = None, captured: str | None = None) -> Draft:
    """The draft of an article from the HTML of a page.

    ``url`` is where the page came from, ``captured`` when: a date of publication
    after it is not believed.

    >>> page = "<title>Talks suspended</title><h1>Talks suspended</h1><p>The talks were suspended on Monday, both sides said.</p>"
    >>> [kind for kind, _ in read_html(page).blocks]
    ['title', 'paragraph']
    """
    tree = LexborHTMLParser(flatten(html))
    meta = Metadata(tree, url=url, captured=captured)
    base = _base(tree, meta.url or url)
    outline = Outline(tree.body) if tree.body is not None else None
    draft = Draft(
        url=meta.url, outlet=meta.outlet, lang=meta.lang, published=meta.published, modified=meta.modified,
        sections=meta.sections, bylines=meta.bylines,
    )  # fmt: skip
    if outline is None:
        return draft
    title = _title(outline, meta)
    main = find_main_text(outline, title=title, description=meta.description, body=meta.linked.body())
    _fill(draft, outline, main, meta, title, base)
    return draft


def _base(tree: LexborHTMLParser, url: str | None) -> str | None:
    node = tree.css_first("base[href]")
    return (absolute(node.attributes.get("href"), url) if node else None) or url


def _title(outline: Outline, meta: Metadata) -> str | None:
    """The title as printed on the page, where it agrees with what the page's data say; else theirs."""
    printed = [leaf.text for leaf in outline.leaves if leaf.tag == "h1" and not leaf.zone.junk]
    for text in printed:
        letters = squeeze(text)
        if any(letters == squeeze(title) for title in meta.titles):
            return text
    if meta.titles:
        return meta.titles[0]
    return printed[0] if printed else None


def _fill(draft: Draft, outline: Outline, main: MainText, meta: Metadata, title: str | None, base: str | None) -> None:
    """Lay title, texts and pictures in page order into the draft."""
    if not any(kind in ("paragraph", "quote", "list") for kind, _ in main.blocks):
        return
    first = main.title.index if main.title is not None else main.blocks[0][1].index
    zone = main.zone or outline.root
    figures = figures_of(outline, zone, min(first, zone.first_leaf) - 3, zone.last_leaf)
    images: list[Image] = []
    waiting = 0
    if title:
        draft.add("title", title)
    for kind, leaf in main.blocks:
        while waiting < len(figures) and figures[waiting].leaf <= leaf.index:
            images.extend(read_figure(figures[waiting], draft.position, base))
            waiting += 1
        draft.add(kind, leaf.text)
    for figure in figures[waiting:]:
        images.extend(read_figure(figure, draft.position, base))
    draft.images = _once(images)
    draft.related = list(dict.fromkeys(link for href in main.related if (link := absolute(href, base))))
    draft.credit_agencies(main.agencies)
    draft.read_agencies()


def _once(images: list[Image]) -> list[Image]:
    """Each picture once: a gallery is often printed again for phones."""
    seen: set[tuple[str | None, str | None, str | None]] = set()
    kept: list[Image] = []
    for image in images:
        key = (None if image.caption or image.credit else image.src, image.caption, image.credit)
        if key not in seen:
            seen.add(key)
            kept.append(image)
    return kept
