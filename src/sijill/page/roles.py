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
from itertools import pairwise
from typing import NamedTuple

_PREFIXED = re.compile(
    r"(?:has|no|not|with|without|is|tag|category|cat|js|show|hide|enable|post_tag)[-_]", re.IGNORECASE
)
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
    words: set[str] = set()
    pairs: set[str] = set()
    responsive = ":" in names
    for name in names[:2000].split():
        if ":" in name or "[" in name or _PREFIXED.match(name):
            continue
        parts = [part.lower() for part in _WORDS.findall(name)]
        words.update(parts)
        pairs.update(f"{a}-{b}" for a, b in pairwise(parts))
    if not words:
        return NO_ROLE
    words |= pairs
    found = {name: not words.isdisjoint(entries) for name, entries in _names().items()}
    credit = found["credit"] and not found["no_credit"]
    if credit and found["caption"]:
        credit = not words.isdisjoint(_names()["credit"] - _names()["no_credit_in_caption"])
    return Role(
        junk=found["junk"] and not found["caption"] and not credit,
        caption=found["caption"] and not credit,
        credit=credit,
        body=found["body"],
        standfirst=found["standfirst"],
        byline=found["byline"],
        date=found["date"],
        crumbs=found["breadcrumb"],
        hidden=found["hidden"] and not responsive and len(words) <= 4,
        avatar=found["avatar"],
        gallery=found["gallery"],
        never=found["never"],
        skipped=found["skipped"],
    )


@cache
def _names() -> dict[str, frozenset[str]]:
    text = files("sijill.page").joinpath("element_names.toml").read_text("utf-8")
    return {role: frozenset(entries) for role, entries in tomllib.loads(text).items()}
