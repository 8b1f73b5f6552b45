"""What a search sees of words: the forms under which a reader's word finds a writer's."""

from __future__ import annotations

from functools import lru_cache

from sijill.lang.ar.normalize import normalize


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """A name without the differences of spelling that do not change who is meant.

    >>> fold("Sergei  LAVROV")
    'sergei lavrov'
    """
    return " ".join(normalize(name).split())
