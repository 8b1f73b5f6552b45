"""How much each word weighs in an article, worked out when it is indexed, so that ranking only looks it up.

SQLite's own bm25() counts, for every word of every question, all the rows that have it; that grows with
the archive. Here an article has one blob: for each distinct stem and root the weight in one byte and a
hash in three; a root that is a stem of the text is not kept twice. Titles count more than texts,
repetition less and less, long texts less (BM25F).
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable
from math import log

from sijill.archive.analysis import number_of

TITLE, ROOT = 1.5, 0.4
"""What a word counts in a title and a root beside a stem; a stem in the text counts 1."""
_K, _B, _USUAL = 1.2, 0.75, 300.0
"""BM25's saturation and length norm, and the stems of an article of usual length."""
_SIZE = 4
_HASH = 0xFFFFFF00
_MOST = _K + 1
_ROOT_MARK = "√"


def weigh(title: Iterable[str], stems: Iterable[str], roots: Iterable[str]) -> bytes:
    """The weights of an article, from its stems and roots in order.

    >>> words = weigh(["truce"], ["truce", "truce", "city"], [])
    >>> weight(words, stem_key("truce")) > weight(words, stem_key("city")) > weight(words, stem_key("sea")) == 0
    True
    """
    counts: Counter[str] = Counter(stems)
    length = counts.total()
    weighted: dict[str, float] = dict(counts)
    for stem in title:
        weighted[stem] = weighted.get(stem, 0) + TITLE
    norm = _K * (1 - _B + _B * length / _USUAL)
    rooted = {root: count for root, count in Counter(roots).items() if counts.get(root) != count}
    bytes_of = {count: _byte(count, norm) for count in {*weighted.values(), *rooted.values()}}
    made = [number_of(stem) & _HASH | bytes_of[count] for stem, count in weighted.items()]
    made += [number_of(_ROOT_MARK + root) & _HASH | bytes_of[count] for root, count in rooted.items()]
    return struct.pack(f"<{len(made)}I", *made)


def weight(words: bytes, key: bytes) -> float:
    """What the word of a key weighs in an article with these weights; 0 where it does not have it."""
    at = words.find(key)
    while at >= 0 and at % _SIZE != 1:
        at = words.find(key, at + 1)
    return words[at - 1] * _MOST / 255 if at >= 0 else 0.0


def rarity(having: int, all_: int) -> float:
    """BM25's weight of a word that so many of all documents have (idf), never negative."""
    return log(1 + (all_ - min(having, all_) + 0.5) / (having + 0.5))


def stem_key(stem: str) -> bytes:
    """A stem as the weights have it."""
    return number_of(stem).to_bytes(_SIZE, "little")[1:]


def root_key(root: str) -> bytes:
    """A root as the weights have it; where they do not, it may be there as a stem."""
    return stem_key(_ROOT_MARK + root)


def _byte(count: float, norm: float) -> int:
    return max(1, round(count / (count + norm) * 255))
