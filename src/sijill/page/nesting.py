"""Keeps hostile markup from the parser: what lies too deep loses its tags, never its text.

An HTML parser looks up its stack of open elements at most tags, so a page of a
hundred thousand nested boxes would take it minutes, and one of a thousand unclosed
``<b>``, which it must reopen in each paragraph, gigabytes. It compares each attribute
of a tag with all before it, so a tag of a hundred thousand attributes would take minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

DEEPEST = 512
"""Elements inside each other; browsers stop at about as many."""
DEEPEST_STYLE = 64
"""Of those, elements of style (``<b>``, ``<font>``, ``<a>``)."""

MOST_ATTRIBUTES = 1000
LONG_TAG = 20_000
"""Characters; a shorter tag cannot hold enough attributes to matter."""

_ATTRIBUTES = re.compile(r"""<[a-zA-Z][^\s/>]*+(?:[^>"']++|"[^"]*+"|'[^']*+')*+[>"']?""")
_QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)(?=[\s/>])")
_WHOLE_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)(?=[\s/>])[^>]*>")
_UNCOUNTED = frozenset({
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li",
    "link", "meta", "optgroup", "option", "p", "param", "path", "rp", "rt", "source", "tbody", "td", "tfoot", "th",
    "thead",
    "tr", "track", "wbr",
})  # fmt: skip
"""Elements that hold nothing, or that the next of their kind closes."""
_STYLE = frozenset({
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
})  # fmt: skip


def flatten(html: str) -> str:
    """The markup without the tags that open deeper than `DEEPEST`.

    >>> flatten("<p>x</p>")
    '<p>x</p>'
    >>> flat = flatten("<div>" * 100_000 + "x")
    >>> flat.count("<div>") == DEEPEST, flat.endswith("x")
    (True, True)
    """
    if max(map(len, html.split(">"))) > LONG_TAG:
        html = _ATTRIBUTES.sub(_shorten, html)
    if html.count("<") <= DEEPEST_STYLE or not _is_deep(html):
        return html
    depth = _Depth()
    pieces: list[str] = []
    for piece, is_code in _pieces(html):
        pieces.append(piece if is_code else _WHOLE_TAG.sub(depth.keep, piece))
    return "".join(pieces)


def _shorten(tag: re.Match[str]) -> str:
    """A tag without its attributes where it has more than any page needs."""
    whole = tag[0]
    if len(whole) <= LONG_TAG or len(re.findall(r"[\s/]+[^\s/>]", _QUOTED.sub(" x ", whole))) <= MOST_ATTRIBUTES:
        return whole
    return re.match(r"<[a-zA-Z][a-zA-Z0-9-]*", whole)[0] + ">"  # type: ignore[index]


def _is_deep(html: str) -> bool:
    depth = style = 0
    for piece, is_code in _pieces(html):
        if is_code:
            continue
        for closing, name in _TAG.findall(piece):
            name = name.lower()
            if name in _UNCOUNTED:
                continue
            step = -1 if closing else 1
            depth = max(0, depth + step)
            if name in _STYLE:
                style = max(0, style + step)
            if depth > DEEPEST or style > DEEPEST_STYLE:
                return True
    return False


class _Depth:
    """Counts open elements while tags are copied."""

    def __init__(self) -> None:
        self._open = self._style = 0

    def keep(self, tag: re.Match[str]) -> str:
        """The tag, or nothing where it lies too deep."""
        name = tag[2].lower()
        if name in _UNCOUNTED:
            return tag[0]
        style = name in _STYLE
        if tag[1]:
            kept = self._open <= DEEPEST and (not style or self._style <= DEEPEST_STYLE)
            self._open = max(0, self._open - 1)
            self._style = max(0, self._style - style)
            return tag[0] if kept else ""
        self._open += 1
        self._style += style
        return tag[0] if self._open <= DEEPEST and (not style or self._style <= DEEPEST_STYLE) else ""


def _pieces(html: str) -> Iterator[tuple[str, bool]]:
    """The markup cut at its scripts and style sheets, whose ``<`` open nothing."""
    start = 0
    for opening in re.finditer(r"<(script|style)[\s>]", html, re.IGNORECASE):
        if opening.start() < start:
            continue
        closing = html.find("</" + opening[1], opening.end())
        if closing < 0:
            break
        yield html[start : opening.start()], False
        yield html[opening.start() : closing], True
        start = closing
    yield html[start:], False
