"""Keeps hostile nesting from the parser: elements beyond a depth lose their tags, never their text."""

from __future__ import annotations

import re

DEEPEST = 512
"""Elements inside each other; browsers stop at about as many."""

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^>]*?(/?)>")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)


def flatten(html: str) -> str:
    """The markup without the tags that open deeper than `DEEPEST`.

    >>> flatten("<p>x</p>")
    '<p>x</p>'
    >>> "x" in flatten("<div>" * 100_000 + "x")
    True
    >>> flatten("<div>" * 100_000 + "x").count("<div>") == DEEPEST
    True
    """
    if html.count("<") <= DEEPEST:
        return html
    depth = 0
    for tag in _TAG.finditer(html):
        if tag[1]:
            depth = max(0, depth - 1)
        elif not tag[3] and tag[2].lower() not in _VOID:
            depth += 1
            if depth > DEEPEST:
                return _cut(html)
    return html


def _cut(html: str) -> str:
    depth = 0

    def keep(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[1]:
            depth = max(0, depth - 1)
            return tag[0] if depth < DEEPEST else ""
        if tag[3] or tag[2].lower() in _VOID:
            return tag[0]
        depth += 1
        return tag[0] if depth <= DEEPEST else ""

    return _TAG.sub(keep, html)
