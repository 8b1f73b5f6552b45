"""What the names on an element (its tag, class and id) say about its part in a news page.

Names are written by people who share habits, not standards: ``related-articles``,
``imgCaption``, ``c-share__list``. Each class name is cut into words, and the words
are looked up in ``element_names.toml``.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, pairwise
from typing import NamedTuple

_PREFIXED = re.compile(
    r"(?:has|no|not|with|without|is|tag|category|cat|js|show|hide|enable|post_tag)[-_]", re.IGNORECASE
)
LONGEST_NAMES = 2000
MOST_HIDDEN = 4
"""Words and pairs of words in names of which one says that the element is not shown."""
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


class Role(NamedTuple):
    """What the names on an element say it is."""

    junk: bool = False
    caption: bool = False
    credit: bool = False
    body: bool = False
    standfirst: bool = False
    byline: bool = False
    date: bool = False
    crumbs: bool = False
    hidden: bool = False
    avatar: bool = False
    gallery: bool = False
    never: bool = False
    skipped: bool = False


NO_ROLE = Role()


@lru_cache(maxsize=20_000)
def role(names: str) -> Role:
    """The role that class names and an id, separated by spaces, give an element.

    >>> role("c-related__list").junk, role("wp-caption-text").caption, role("article-body").body
    (True, True, True)
    >>> role("post tag-newsletter has-sidebar").junk
    False
    """
    names = names[:LONGEST_NAMES]
    kinds, hidden = 0, _kinds()["hidden"]
    for name in names.split():
        kinds |= _kinds_of(name)
    if kinds & hidden and (":" in names or len(set(chain.from_iterable(map(_words, names.split())))) > MOST_HIDDEN):
        kinds &= ~hidden  # at some widths of the window alone, or by one word of many
    return _role(kinds)


@lru_cache(maxsize=20_000)
def _kinds_of(name: str) -> int:
    """The kinds of words in one class name, as the sum of their bits."""
    known, kinds = _known(), 0
    for word in _words(name):
        kinds |= known.get(word, 0)
    return kinds


def _words(name: str) -> list[str]:
    """The words of a class name, and each two that stand side by side."""
    if ":" in name or "[" in name or _PREFIXED.match(name):
        return []
    words = [word.lower() for word in _WORDS.findall(name)]
    return [*words, *map("-".join, pairwise(words))]


@lru_cache(maxsize=2000)
def _role(kinds: int) -> Role:
    if not kinds:
        return NO_ROLE
    bits = _kinds()
    found = {name: bool(kinds & bit) for name, bit in bits.items()}
    credit = found["sure_credit" if found["caption"] else "credit"] and not found["no_credit"]
    return Role(
        junk=found["junk"] and not found["caption"] and not credit,
        caption=found["caption"] and not credit,
        credit=credit,
        body=found["body"],
        standfirst=found["standfirst"],
        byline=found["byline"],
        date=found["date"],
        crumbs=found["breadcrumb"],
        hidden=found["hidden"],
        avatar=found["avatar"],
        gallery=found["gallery"],
        never=found["never"],
        skipped=found["skipped"],
    )


@cache
def _kinds() -> dict[str, int]:
    """The bit of each list of `element_names.toml`."""
    return {kind: 1 << place for place, kind in enumerate(_lists())}


@cache
def _known() -> dict[str, int]:
    """Each word of the lists with the bits of those it is in."""
    known: dict[str, int] = {}
    for kind, words in _lists().items():
        for word in words:
            known[word] = known.get(word, 0) | _kinds()[kind]
    return known


@cache
def _lists() -> dict[str, list[str]]:
    lists = tomllib.loads(files("sijill.page").joinpath("element_names.toml").read_text("utf-8"))
    unsure = lists.pop("no_credit_in_caption")
    lists["sure_credit"] = [word for word in lists["credit"] if word not in unsure]
    return lists
