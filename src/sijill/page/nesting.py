"""Keeps hostile markup from the parser: what lies too deep loses its tags, never its text.

An HTML parser looks through its stack of open elements at most tags, so a page of a
hundred thousand nested boxes would take it minutes, and one of a thousand unclosed
``<b>``, which it must reopen in each paragraph, gigabytes. It compares each attribute
of a tag with all before it, so a tag of a hundred thousand attributes would take
minutes too. An ordinary page is too small for any of this and passes untouched; any
other has its tags counted as the parser will see them (comments, scripts and quoted
attributes hide none), never fewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

DEEPEST = 512
"""Elements inside each other; browsers stop at about as many."""
DEEPEST_STYLE = 32
"""Of those, elements of style (``<b>``, ``<font>``, ``<a>``)."""
MOST_ATTRIBUTES = 1000
FEW_TAGS = 20_000
"""``<`` in a page that cannot take the parser long however its elements are nested."""
FEW_COPIES = 4_000_000
"""Elements that may at worst come of reopening those of style in every other."""
LONG_TAG = 20_000
"""Characters; a shorter tag cannot hold enough attributes to matter."""

_ATTRIBUTES = rb"""[^>"']*+(?:"[^"]*+"[^>"']*+|'[^']*+'[^>"']*+)*+[>"']?"""
_ANY_TAG = re.compile(rb"<[a-zA-Z]" + _ATTRIBUTES)
_TAG = re.compile(rb"<(/?)([a-zA-Z][^\s/>]*+)" + _ATTRIBUTES)
_COMMENT = re.compile(rb"<!--(?:-?>|.*?--!?>)", re.DOTALL)
_QUOTED = re.compile(rb""""[^"]*+"|'[^']*+'""")
_END = {name: re.compile(b"</" + name, re.IGNORECASE) for name in (b"script", b"style")}
_UNCOUNTED = frozenset(
    b"area base body br col colgroup dd dt embed head hr html img input li link meta optgroup option p param path rp "
    b"rt source tbody td tfoot th thead tr track wbr".split()
)
"""Elements that hold nothing, or that the next of their kind closes."""
_STYLE = frozenset(b"a b big code em font i nobr s small strike strong tt u".split())
_REOPENED = re.compile(rb"<(?=[bcefinstu])(?:" + b"|".join(sorted(_STYLE - {b"a"})) + rb")[\s/>]", re.IGNORECASE)
"""One ``<a>`` ends another, so links are not reopened in great numbers."""


class _Tag(NamedTuple):
    start: int
    end: int
    closes: bool
    name: bytes


def flatten(html: bytes) -> bytes:
    """The markup (in UTF-8) without the tags that open deeper than `DEEPEST`, and attributes beyond `MOST_ATTRIBUTES`.

    >>> flatten(b"<p>x</p>")
    b'<p>x</p>'
    >>> flat = flatten(b"<div>" * 100_000 + b"x")
    >>> flat.count(b"<div>") == DEEPEST, flat.endswith(b"x")
    (True, True)
    """
    if _is_harmless(html):
        return html
    depth = _Depth()
    pieces: list[bytes] = []
    copied = 0
    for tag in _tags(html):
        keeps = depth.keeps(tag)
        crowded = tag.end - tag.start > LONG_TAG and _attributes(html[tag.start : tag.end]) > MOST_ATTRIBUTES
        if crowded or not keeps:
            pieces.append(html[copied : tag.start])
            pieces.append(b"<%b>" % tag.name if keeps else b"")
            copied = tag.end
    pieces.append(html[copied:])
    return b"".join(pieces)


def _is_harmless(html: bytes) -> bool:
    """Whether a page is too small to do harm, at the most that its size allows."""
    count = html.count(b"<")
    if count > FEW_TAGS:
        return False
    crowded = (tag for tag in _ANY_TAG.findall(html) if len(tag) > LONG_TAG)
    if any(len(tag.split()) + tag.count(b"/") + tag.count(b"=") > 10 * MOST_ATTRIBUTES for tag in crowded):
        return False
    return count * count <= 4 * FEW_COPIES or count * len(_REOPENED.findall(html)) <= FEW_COPIES


class _Depth:
    """Counts open elements. A closing tag closes one of its name, if one is open."""

    def __init__(self) -> None:
        self._open: dict[bytes, int] = {}
        self._dropped: dict[bytes, int] = {}
        self._depth = self._style = 0

    def keeps(self, tag: _Tag) -> bool:
        """Whether a tag lies within the bounds; the tags must come in order."""
        name = tag.name
        if name in _UNCOUNTED:
            return True
        if not tag.closes:
            style = name in _STYLE
            if self._depth >= DEEPEST or (style and self._style >= DEEPEST_STYLE):
                self._dropped[name] = self._dropped.get(name, 0) + 1
                return False
            self._open[name] = self._open.get(name, 0) + 1
            self._depth += 1
            self._style += style
            return True
        if self._dropped.get(name):
            self._dropped[name] -= 1
            return False
        if self._open.get(name):
            self._open[name] -= 1
            self._depth -= 1
            self._style -= name in _STYLE
        return True


def _tags(html: bytes) -> Iterator[_Tag]:
    """The tags of a page as its parser will find them."""
    position = foreign = 0
    while (start := html.find(b"<", position)) >= 0:
        tag = _TAG.match(html, start)
        if tag is None:
            comment = _COMMENT.match(html, start) if html.startswith(b"<!--", start) else None
            position = comment.end() if comment else start + 1
            if html.startswith(b"<!--", start) and comment is None:
                return  # it runs to the end of the page
            continue
        position = tag.end()
        name = tag[2].lower()
        yield _Tag(start, position, bool(tag[1]), name)
        if name in (b"svg", b"math"):
            foreign += -1 if tag[1] else 1
        elif name in _END and not tag[1] and foreign <= 0:
            end = _END[name].search(html, position)
            if end is None:
                return
            position = end.start()


def _attributes(tag: bytes) -> int:
    return len(re.findall(rb"[\s/]+[^\s/>]", _QUOTED.sub(b" x ", tag)))
