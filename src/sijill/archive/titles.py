"""What a dossier is called: the words of a development's subject that name a process, and no more."""

from __future__ import annotations

from sijill.archive.analysis import all_forms, process_words
from sijill.lang import UnknownLanguage, load
from sijill.lang.ar.stem import nominative

MOST_WORDS = 8
_FULL = 6
"""Words beyond which each makes a title worth less."""
_TELLING = 3
"""Words that tell a process from others; more of them make a title worth no more."""
_NAMING = frozenset(
    {"noun", "adjective", "nisba", "masdar", "participle", "people", "name", "organization", "unknown", "process"}
)
_GOING_ON = frozenset({"goes.on", "for"})
_PLACE, _STATE = "name.place", "government"
_PARTING = frozenset({"punct", "pronoun", "that", "demonstrative"})


def title_of(subject: str, lang: str) -> str:
    """The beginning of a subject that names a process, in the nominative.

    Words for how much of it are left out before it. It ends at a verb, a mark, a pronoun, at «and»
    unless two sides or governments are named, at what cannot go on with a name (an indefinite noun
    behind a definite one), and after `MOST_WORDS`.

    >>> title_of("العقوبات وإمكانية إعادة فرضها", "ar"), title_of("قرارا جديدا", "ar"), title_of("القرار 2139", "ar")
    ('العقوبات', 'قرار جديد', 'القرار 2139')
    >>> title_of("اتفاق أولي على 150 ألف طن", "ar")
    'اتفاق أولي'
    >>> title_of("محادثات بين واشنطن وموسكو بشأن سوريا خلال أيام", "ar"), title_of("الاتفاق عرضا مميزا", "ar")
    ('محادثات بين واشنطن وموسكو بشأن سوريا', 'الاتفاق')
    """
    try:
        language = load(lang)
    except UnknownLanguage:
        return subject
    tape = language.tape(subject)
    title = ""
    words = end = 0
    definite = sides = False
    before = frozenset[str]()
    units = [*map(language.alphabet.classes, tape.codes), frozenset[str]()]
    for at, classes in enumerate(units[:-1]):
        if classes & _PARTING or words == MOST_WORDS:
            break
        if "conj" in classes:
            if not sides and not (_STATE in before and _STATE in units[at + 1]):
                break
            sides = False
        elif "prep" in classes:
            if classes.isdisjoint(_GOING_ON) and not _is_process(units[at + 1]):
                break
            sides, definite = "among" in classes, False
        elif not words and "quantifier" in classes:
            end = tape.ends[at]
        elif "article" not in classes:
            indefinite = "article" not in before and _PLACE not in classes
            number = "digits" in classes and (_is_process(before) or "numbered" in before)
            if not number and ((definite and indefinite) or not _names(classes)):
                break
            definite = definite or "article" in before or _PLACE in classes
            word = tape.words(at, at + 1)
            title += subject[end : tape.starts[at]] + (
                nominative(word) if indefinite and "accusative" in classes else word
            )
            words, end = words + 1, tape.ends[at]
        before = classes
    return title.strip() or subject


def _names(classes: frozenset[str]) -> bool:
    return "function" not in classes and not _NAMING.isdisjoint(name.partition(".")[0] for name in classes)


def _is_process(classes: frozenset[str]) -> bool:
    return any(name.startswith("process.") for name in classes)


def worth(title: str, lang: str, kind: str) -> int:
    """How well a title tells a process of a kind from others: by its words that do, less for each beyond enough.

    A title without a word for such a process is worth least.

    >>> worth("الاتفاق", "ar", "agreement"), worth("الاتفاق النووي مع إيران", "ar", "agreement")
    (0, 1)
    """
    generic = process_words(lang, kind)
    stems = [form.stem for form in all_forms(title) if form.stem]
    telling = sum(stem not in generic for stem in stems)
    if telling == len(stems):
        return -1
    return min(telling, _TELLING) - max(len(title.split()) - _FULL, 0)
