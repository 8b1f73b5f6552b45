"""The Arabic pack: its data files and the little code that only Arabic needs."""

from sijill.lang.ar import stem
from sijill.lang.ar.inflect import INFLECTIONS
from sijill.lang.ar.normalize import plain, unify
from sijill.lang.ar.segment import segment
from sijill.lang.language import Language
from sijill.lang.tables import TABLES


def language() -> Language:
    """The pack, loaded.

    >>> [s.norm for s in language().analyse("وللوزير").segments]
    ['و', 'ل', 'ال', 'وزير']
    """
    return Language(
        "ar", "rtl", __name__, plain, unify, segment, INFLECTIONS, TABLES, root=lambda norm: stem.root(stem.stem(norm))
    )
