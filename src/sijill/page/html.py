"""A page of HTML: its article in blocks, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

from sijill.page.about import LONGEST_ABOUT, read_about
from sijill.page.addresses import absolute, date_in
from sijill.page.article import Draft
from sijill.page.dates import later_than, says_only_when
from sijill.page.images import figures_of, number_galleries, read_figure, with_credits
from sijill.page.linked_data import text_of
from sijill.page.main_text import LONGEST_HEADING, SHORTEST_HEADLINE, MainText, find_main_text, is_prose, set_weights
from sijill.page.marks import Marks
from sijill.page.metadata import TITLE_SEPARATOR, Metadata
from sijill.page.nesting import flatten
from sijill.page.outline import HEADINGS, Figure, Leaf, Outline, squeeze
from sijill.page.wording import ends_sentence, wording
from sijill.record import Image

MOST_BELOW = 4
"""Lines below the text's box that may name the agencies that helped."""
LONGEST_NOTE = 500
SHORTEST_ARTICLE = 500
"""Code points: where the page prints less, its linked data may have the whole text."""


def read_html(html: bytes, *, url: str | None = None, captured: str | None = None) -> Draft:
    """The draft of an article from the HTML of a page, in UTF-8.

    ``url`` is where the page came from, ``captured`` when: a date of publication
    after it is not believed.

    >>> page = b"<h1>Talks suspended</h1><p>The talks were suspended on Monday, both sides said.</p>"
    >>> [kind for kind, _ in read_html(page).blocks]
    ['title', 'paragraph']
    """
    tree = LexborHTMLParser(flatten(html))
    marks = Marks(tree)
    meta = Metadata(marks, url=url, captured=captured)
    base = absolute(marks.base, meta.url or url) or meta.url or url
    outline = Outline(tree.body, marks, meta.titles) if tree.body is not None else None
    draft = Draft(
        url=meta.url, outlet=meta.outlet, lang=meta.lang, published=meta.published, modified=meta.modified,
        sections=meta.sections, bylines=meta.bylines,
    )  # fmt: skip
    if outline is None:
        return draft
    set_weights(outline)
    title = _title(outline, meta)
    main = find_main_text(
        outline,
        titles=[*([title] if title else []), *meta.titles],
        description=meta.description,
        body=meta.linked.body(),
    )
    _read_printed(outline, draft, main, meta)
    _fill(draft, outline, main, meta, title, base)
    draft.lang = _language(draft)
    return draft


def _title(outline: Outline, meta: Metadata) -> str | None:
    """The title: what the page gives to be shown elsewhere, unless that only repeats the window's title."""
    leaves = [leaf for leaf in outline.leaves if not leaf.zone.junk]
    outlet = squeeze(meta.outlet or "")
    printed = [leaf.text for leaf in leaves if leaf.tag == "h1" and squeeze(leaf.text) != outlet]
    shown = meta.shared_title
    if shown and (squeeze(shown) != squeeze(meta.window_title or "") or not printed):
        return _as_printed(shown, printed)
    own = meta.titles[0] if meta.titles else None
    if own and own == meta.window_title:  # it may be the outlet's name with the title's
        parts = [leaf.text for leaf in leaves if leaf.text in own and len(leaf.text.split()) >= SHORTEST_HEADLINE]
        found = max((text for text in [*printed, *parts] if squeeze(text) in squeeze(own)), key=len, default=None)
        return found or _longer_print(own, leaves) or own
    if shown and own:
        return next((text for text in printed if squeeze(text) == squeeze(own)), shown)
    return own or (printed[0] if printed else None)


def _longer_print(title: str, leaves: list[Leaf]) -> str | None:
    """The line of a page that goes on where its window's title, or a part of that, was cut short."""
    parts = [part for part in TITLE_SEPARATOR.split(title) if len(part.split()) >= SHORTEST_HEADLINE]
    lines = (leaf.text for leaf in leaves if len(leaf.text) <= LONGEST_HEADING and not ends_sentence(leaf.text))
    return next((line for line in lines if line.startswith(tuple(parts))), None) if parts else None


def _read_printed(outline: Outline, draft: Draft, main: MainText, meta: Metadata) -> None:
    """What only the print of the page says: date lines, the breadcrumb, the byline; last, the day in its address."""
    crumbs: list[str] = []
    bylines: list[str] = []
    dates: list[tuple[int, str]] = []
    day_first = meta.lang != "en"
    title = main.title.index if main.title is not None else -1
    end = main.zone.last_leaf if main.zone is not None else len(outline.leaves)
    body = next((leaf.index for kind, leaf in main.blocks if kind != "standfirst" and is_prose(leaf)), end)
    trail: list[str] = []
    for leaf in outline.leaves:
        if len(leaf.text) > LONGEST_ABOUT:
            continue
        zone, outer = leaf.zone, leaf.zone.parent or leaf.zone
        if zone.junk and outline.has_trail and any(around.role.crumbs for around in islice(zone, 4)):
            hidden = zone.own_junk and not zone.role.crumbs and leaf.tag != "nav"
            if not hidden and leaf.tag not in HEADINGS:
                crumbs.extend(re.split(r"\s*[›»>/|]\s*", leaf.text))
            continue
        if zone.junk:
            continue
        if leaf.links and leaf.index < body:
            trail = trail or wording().breadcrumb(leaf.text)
        if end <= leaf.index < end + MOST_BELOW and leaf.link_share < 0.5:
            draft.credit_agencies(wording().closing_names(leaf.text))
        named = leaf.role.byline or zone.role.byline or outer.role.byline
        named = named and wording().line_kind(leaf.text) is None
        about = None
        if leaf.index != title and (named or leaf.index < body or says_only_when(leaf.text)):
            about = read_about(leaf.text, day_first=day_first, named=named)
        if about is None:
            if named:
                bylines.append(leaf.text)
            continue
        bylines.extend(about.bylines)
        if title < leaf.index < end:
            draft.credit_agencies(about.agencies)
        draft.modified = draft.modified or about.modified
        if about.published and not later_than(about.published, meta.captured):
            # Above the title some sites print the day of the visit, below the text the days of other articles.
            dates.append((0 if title < leaf.index < end else 1 if leaf.index < title else 2, about.published))
    crumbs = crumbs or trail
    if len(crumbs) > len(draft.sections):
        draft.sections = meta.without_title([crumb for crumb in crumbs if crumb]) or draft.sections
    if not draft.bylines:
        names = meta.clean_names(bylines[:3])
        draft.bylines = [name for name in names if " " in name] or names  # beside a name, a single word is a city
    if draft.published is None and dates:
        draft.published = min(dates, key=lambda date: date[0])[1]
    if draft.published is None and draft.url:
        draft.published = date_in(draft.url)


def _as_printed(title: str, printed: list[str]) -> str:
    """The printed form of a title; the page may give it with the outlet's name after it."""
    same = next((text for text in printed if squeeze(text) == squeeze(title)), None)
    if same:
        return same
    parts = re.split(r"\s+[|\-–—:•»]+\s+", title)
    heads = {squeeze(" ".join(parts[:count])) for count in range(1, len(parts))}
    return next((text for text in printed if len(text.split()) > 2 and squeeze(text) in heads), title)


def _fill(draft: Draft, outline: Outline, main: MainText, meta: Metadata, title: str | None, base: str | None) -> None:
    """Lay title, texts and pictures in page order into the draft."""
    if _is_front_page(main, meta):
        return
    found = sum(len(leaf.text) for kind, leaf in main.blocks if kind != "subhead")
    if found < SHORTEST_ARTICLE and found * 3 < len(meta.linked.body()):
        _fill_from_data(draft, meta, title)
        return
    if not any(kind in ("paragraph", "quote", "list") for kind, _ in main.blocks):
        return
    _drop_notes_on_authors(main, draft.bylines, outline.leaves)
    first = main.title.index if main.title is not None else main.blocks[0][1].index
    zone = main.zone or outline.root
    figures = with_credits(figures_of(outline, min(first, zone.first_leaf) - 3, zone.last_leaf), main.credits)
    images: list[tuple[Figure, list[Image]]] = []
    waiting = 0
    if title:
        draft.add("title", title)
    for kind, leaf in main.blocks:
        while waiting < len(figures) and figures[waiting].leaf <= leaf.index:
            images.append((figures[waiting], read_figure(figures[waiting], draft.position, base)))
            waiting += 1
        draft.add(kind, leaf.text)
    for figure in figures[waiting:]:
        images.append((figure, read_figure(figure, draft.position, base)))
    draft.images = number_galleries(_once(images))
    links = dict.fromkeys([*main.related, *_related(outline)])
    draft.related = list(dict.fromkeys(link for href in links if (link := absolute(href, base))))
    draft.credit_agencies(main.agencies)
    draft.read_agencies()


def _language(draft: Draft) -> str | None:
    """What the page says it is in, unless its letters are those of another language we know."""
    written = wording().language("\n".join(text for _, text in draft.blocks))
    known = {language.code for language in wording().languages}
    return written if written in known and (draft.lang is None or draft.lang in known) else draft.lang


def _drop_notes_on_authors(main: MainText, bylines: list[str], leaves: list[Leaf]) -> None:
    """The closing lines that begin with an author's name, or stand below it, say who the author is."""
    names = tuple(name.casefold() for byline in bylines for name in (byline, byline.split()[-1]) if len(name) > 3)
    while len(main.blocks) > 3 and main.blocks[-1][0] == "paragraph":
        leaf = main.blocks[-1][1]
        below = leaves[leaf.index - 1].text.casefold() in names
        if len(leaf.text) > LONGEST_NOTE or not (below or leaf.text.casefold().startswith(names)):
            break
        main.blocks.pop()


def _is_front_page(main: MainText, meta: Metadata) -> bool:
    """Whether the page announces articles rather than being one: as many linked headlines as paragraphs."""
    prose = sum(kind == "paragraph" for kind, _ in main.blocks)
    if meta.has_article or main.longest_run >= 4:
        return False
    return main.linked_headings >= 4 and main.linked_headings * 3 >= prose * 2


def _fill_from_data(draft: Draft, meta: Metadata, title: str | None) -> None:
    """The text of a page that is put together in the reader's browser, from its linked data."""
    if title:
        draft.add("title", title)
    for paragraph in re.split(r"\s*\n\s*|\s*<(?:br|/?p)\b[^<>]{0,200}>\s*", meta.linked.body()):
        text = text_of(paragraph)
        if text and wording().line_kind(text) is None:
            draft.add("paragraph", text)
    draft.read_agencies()


def _related(outline: Outline) -> Iterator[str]:
    """The links under the page's headings that invite to other articles."""
    listing = False
    for leaf in outline.leaves:
        if leaf.link_share < 0.5:
            listing = wording().is_related_heading(leaf.text)
        elif listing and leaf.href and len(leaf.text.split()) >= SHORTEST_HEADLINE:
            yield leaf.href


def _once(figures: list[tuple[Figure, list[Image]]]) -> list[tuple[Figure, list[Image]]]:
    """Each picture once: a gallery is often printed again for phones."""
    seen: set[tuple[str | None, str | None, str | None]] = set()
    kept: list[tuple[Figure, list[Image]]] = []
    for figure, images in figures:
        new: list[Image] = []
        for image in images:
            key = (None if image.caption else image.src, image.caption, image.credit)
            if key not in seen or (image.src is None and image.caption is None):
                seen.add(key)
                new.append(image)
        kept.append((figure, new))
    return kept
