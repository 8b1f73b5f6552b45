"""Words of any length and direction, so that a browser can set them."""

from __future__ import annotations

import re
from itertools import pairwise

from markupsafe import Markup, escape

from sijill.show import BIDI_CONTROLS

LONGEST_WORD = 100
"""Letters after which a word may be broken. No word of any language is so long: browsers take minutes over one of
100,000 joined letters, a page's oldest way to stop its reader."""

_LONG = re.compile(rf"\S{{{LONGEST_WORD}}}")


def breakable(text: str) -> Markup:
    """Text as HTML, escaped, with a place to break after every `LONGEST_WORD` letters of an endless word.

    >>> breakable("a < b")
    Markup('a &lt; b')
    >>> breakable("x" * 150).count("<wbr>")
    1
    """
    if len(text) <= LONGEST_WORD:
        return escape(text)
    cuts = [0, *(found.end() for found in _LONG.finditer(text)), len(text)]
    return Markup("<wbr>").join(text[start:end] for start, end in pairwise(cuts) if start < end)


def undirected(text: str) -> str:
    """Text without marks that turn what stands beside it, for titles, feeds and citations: nothing sets them apart.

    >>> undirected("a\u202eb")
    'ab'
    """
    return text.translate(BIDI_CONTROLS)
