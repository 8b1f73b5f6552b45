"""Arabic inflection as it is printed: from the cells of a lexeme to its forms.

Only what unvowelled news print distinguishes; the rules are those of any grammar of
Modern Standard Arabic (e.g. Ryding, A Reference Grammar of Modern Standard Arabic, 2005).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Form = tuple[str, tuple[str, ...]]

TA_MARBUTA = "ة"


def as_listed(cells: list[str]) -> Iterator[Form]:
    """The cells as they stand."""
    for cell in cells:
        if cell not in ("", "-"):
            yield cell, ()


def verb(cells: list[str]) -> Iterator[Form]:
    """Past | present | active participle | verbal noun | further printed forms.

    >>> sorted(form for form, _ in verb(["دعا", "يدعو"]))[:4]
    ['تدع', 'تدعو', 'تدعوا', 'تدعوان']
    """
    past, present, participle, masdar, *further = [*cells, "-", "-", "-", "-"][: max(4, len(cells))]
    for form, features in (*_past(past), *_present(present)):
        yield form, ("finite", *features)
    for form, features in (*person([participle]), *_indefinite(participle, past)):
        # متهما, مؤكدة, مشيرين: what the subject does besides (the grammarians' hal).
        beside = ("circumstantial",) if {"accusative", "fem", "plural"} & {*features} else ()
        yield form, ("participle", *beside, *features)
    for form, features in (*noun([masdar, *_counted(masdar)]), *_indefinite(masdar, past)[:1]):
        yield form, ("masdar", *features)
    for form in further:
        if form not in ("", "-"):
            yield form, ("finite", "present" if form[0] in "يتن" else "past")


def _indefinite(word: str, past: str) -> list[Form]:
    """What a derived verb's participle or verbal noun in ``ي`` is without the article, and its sound plural.

    Of ``متخلي`` those are ``متخل`` and ``متخلون``. Participles of the first form are left out: most are
    printed like something else (``فان``, ``عاد``).
    """
    if past[-1] not in "اىي" or len(past) < 4 or not word.endswith("ي"):
        return []
    return [(word[:-1], ()), *sound_plural(word[:-1])]


def _counted(masdar: str) -> list[str]:
    """The plural of a derived form's verbal noun: ``تصريحات``."""
    return [masdar + "ات"] if len(masdar) > 4 and masdar[-1] not in "ةيى" else []


def _past(past: str) -> Iterator[Form]:
    if past in ("", "-"):
        return
    yield past, ("past",)
    stem = past[:-1] if past[-1] in "اى" else past
    yield stem + "ت", ("past", "fem")
    yield stem + "وا" if past[-1] != "ي" else past[:-1] + "وا", ("past", "plural")
    weak = {"ا": "و", "ى": "ي"}.get(past[-1])
    dual = stem + weak if weak else past
    yield dual + "ا", ("past", "dual")
    yield stem + "تا", ("past", "fem", "dual")
    yield dual + "نا", ("past", "first", "we")
    yield dual + "ن", ("past", "fem", "plural")


def _present(present: str) -> Iterator[Form]:
    if present in ("", "-"):
        return
    body = present[1:]
    weak = body[-1:] in ("و", "ي", "ى")
    stem = body[:-1] if weak else body
    for prefix, features in (("ي", ()), ("ت", ("fem",)), ("ن", ("first",))):
        yield prefix + body, ("present", *features)
        if weak:
            yield prefix + stem, ("present", *features)
    for prefix in "يت":
        yield prefix + stem + "ون", ("present", "plural")
        yield prefix + stem + "وا", ("present", "plural")
        yield prefix + (body.replace("ى", "ي") if weak else body) + "ان", ("present", "dual")
    yield "ي" + (body.replace("ى", "ي") if weak else body) + "ن", ("present", "fem", "plural")


def noun(cells: list[str]) -> Iterator[Form]:
    """Singular | plurals: with duals, the sound feminine plural and the indefinite accusative."""
    singular, *plurals = cells
    if singular not in ("", "-"):
        fem = ("fem",) if singular.endswith((TA_MARBUTA, "اء")) else ()
        yield singular, fem
        yield from _accusative(singular, fem)
        for form, case in _duals(singular):
            yield form, (*fem, "dual", *case)
        if singular.endswith(TA_MARBUTA):
            yield singular[:-1] + "ات", ("fem", "plural")
    for plural in plurals:
        if plural in ("", "-"):
            continue
        yield plural, ("plural",)
        yield from _accusative(plural, ("plural",))
        if plural.endswith(("ون", "ين")):
            yield from sound_plural(plural[:-2])


def person(cells: list[str]) -> Iterator[Form]:
    """Masculine singular | broken plurals: with feminine, sound plurals and duals.

    >>> [form for form, _ in person(["مسؤول"])][:4]
    ['مسؤول', 'مسؤولا', 'مسؤولة', 'مسؤولات']
    """
    singular, *plurals = cells
    if singular in ("", "-"):
        yield from noun(["-", *plurals])
        return
    yield singular, ()
    yield from _accusative(singular, ())
    stem = singular
    if singular.endswith(TA_MARBUTA):
        stem = singular[:-1]
    elif singular.endswith("ى"):
        stem = singular[:-1] + "ي"
    stem = _before_ending(stem)
    yield stem + TA_MARBUTA, ("fem",)
    yield stem + "ات", ("fem", "plural")
    yield from sound_plural(stem)
    if _may_be_defective(stem):
        yield from sound_plural(stem[:-1])
    for form, case in _duals(stem):
        yield form, ("dual", *case)
    for form, case in _duals(stem + TA_MARBUTA):
        yield form, ("fem", "dual", *case)
    yield from noun(["-", *plurals])


def sound_plural(stem: str) -> Iterator[Form]:
    """``ون`` and ``ين``, behind which no genitive can stand, and both without their ``ن``, before a genitive."""
    yield stem + "ون", ("plural", "absolute", "nominative")
    yield stem + "ين", ("plural", "absolute", "oblique")
    yield stem + "و", ("plural", "construct", "nominative")
    yield stem + "ي", ("plural", "construct")


def _may_be_defective(stem: str) -> bool:
    """``قاضي`` loses its last letter before ``ون``; ``مالي``, of the same shape, does not."""
    return len(stem) == 4 and stem[1] == "ا" and stem.endswith("ي")


def _before_ending(form: str) -> str:
    """A final hamza as it is spelled where letters follow: ``شيء``, ``شيئا``."""
    return form[:-1] + "ئ" if form.endswith(("يء", "بء")) else form


def _accusative(form: str, features: tuple[str, ...]) -> Iterator[Form]:
    form = _before_ending(form)
    if form[-1] not in "اىةءي" or (form.endswith("ي") and len(form) > 3):
        yield form + "ا", (*features, "accusative")


def _duals(singular: str) -> Iterable[Form]:
    stem = singular[:-1] + "ت" if singular.endswith(TA_MARBUTA) else singular
    stem = _before_ending(stem[:-1] + "ي" if stem.endswith("ى") else stem)
    yield stem + "ان", ("nominative",)
    yield stem + "ين", ("oblique",)
    if len(stem) > 2:
        yield stem + "ا", ()


INFLECTIONS = {"": as_listed, "verb": verb, "noun": noun, "person": person, "adjective": person}
