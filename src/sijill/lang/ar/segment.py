"""An Arabic word cut into its segments: conjunction, preposition, article, stem, pronoun.

The segmentation is that of the Penn Arabic Treebank's tokens, with the article cut off as
well. A stem of the lexicon decides; a word of none keeps its letters, except for the
article and what may stand before it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sijill.lang.ar.normalize import LETTERS, plain_with_offsets
from sijill.lang.lexicon import Lexicon
from sijill.text.tokens import Analysis, Segment

CONJUNCTIONS = "وف"
PREPOSITIONS = "بلك"
PRONOUNS = ("كما", "هما", "هم", "هن", "ها", "كم", "نا", "ني", "ه", "ك", "ي")
VERBAL_PRONOUNS = ("ني",)
ARTICLE = "ال"
FEMININE = "ة"
DEEDS = ("event.", "only.")
SHORTEST = 2

# A cut is where segments end in the normal form; the letters of a contracted article are none.
Cut = tuple[tuple[str, int, int], ...]


def segment(piece: str, lexicon: Lexicon) -> Analysis:
    """The segments of a printed word, offsets in code points of the word as printed."""
    plain, offsets = plain_with_offsets(piece)
    norm = plain.translate(LETTERS)
    if not norm:
        return Analysis(())
    if not "ء" <= norm[0] <= "ي" and norm not in lexicon.forms:
        classes = ("unknown", "latin")
        return Analysis((Segment(lexicon.alphabet.code(classes), norm, 0, len(piece)),))

    def segments(cut: Cut) -> tuple[Segment, ...]:
        bounds = [offsets[start] if offsets else start for _, start, _ in cut[1:]]
        ends = [*bounds, len(piece)]
        return tuple(
            Segment(
                _code(
                    form,
                    plain[start:stop] if form == norm[start:stop] else form,
                    lexicon,
                    alone=len(cut) == 1,
                    last=k == len(cut) - 1,
                ),
                form,
                begin,
                end,
            )
            for k, ((form, start, stop), begin, end) in enumerate(zip(cut, [0, *bounds], ends, strict=True))
        )

    whole: Cut = ((norm, 0, len(norm)),)
    if norm in lexicon.forms and not _always_cut(norm, plain, lexicon):
        return Analysis(segments(whole))
    known = next(_known_cuts(norm, plain, lexicon), None)
    if known:
        return Analysis(segments(known))
    plain_cut = _article_cut(norm)
    if len(plain_cut) > 1:
        return Analysis(segments(plain_cut))
    if norm[0] in CONJUNCTIONS + PREPOSITIONS and len(norm) > SHORTEST + 1:
        rest = norm[1:]
        return Analysis(segments(whole), segments(((norm[0], 0, 1), (rest, 1, len(norm)))), rest)
    return Analysis(segments(whole))


def _always_cut(norm: str, plain: str, lexicon: Lexicon) -> bool:
    """Whether a word is likelier two than what is so spelled: أنه, and a conjunction with a verb of speech (ودعا)."""
    if norm in lexicon.split:
        return True
    if norm[0] not in CONJUNCTIONS or len(norm) <= SHORTEST + 1:
        return False
    rest = lexicon.code(norm[1:], plain[1:])
    if rest is None or not {"cue", "finite"} <= lexicon.alphabet.classes(rest):
        return False
    return not lexicon.alphabet.classes(lexicon.code(norm, plain) or rest) & {"cue", "function", "name.person"}


def _code(form: str, spelled: str, lexicon: Lexicon, *, alone: bool, last: bool) -> str:
    if not last and len(form) <= len(ARTICLE):
        clitic = lexicon.forms.get(f"{form}-")
        if clitic:
            return clitic
    if last and not alone:
        pronoun = lexicon.forms.get(f"-{form}")
        if pronoun:
            return pronoun
    if not last and form in lexicon.functional:
        # Before a pronoun على is spelled like the name علي; names take no pronouns.
        return lexicon.functional[form]
    return lexicon.code(form, spelled) or lexicon.alphabet.code(("unknown",))


def _heads(norm: str) -> Iterator[tuple[list[tuple[str, int, int]], int, bool]]:
    """The proclitics a word may begin with, fewest letters first: segments, where the stem begins, article?"""
    yield [], 0, False
    for conjunction in (0, 1):
        if conjunction and norm[0] not in CONJUNCTIONS:
            return
        before = [(norm[0], 0, 1)] if conjunction else []
        at = conjunction
        if conjunction:
            yield before, at, False
        if norm.startswith(ARTICLE, at):
            yield [*before, (ARTICLE, at, at + 2)], at + 2, True
        if norm.startswith("س", at):
            yield [*before, ("س", at, at + 1)], at + 1, False
        if norm[at : at + 1] and norm[at] in PREPOSITIONS:
            preposition = [*before, (norm[at], at, at + 1)]
            yield preposition, at + 1, False
            if norm.startswith(ARTICLE, at + 1):
                yield [*preposition, (ARTICLE, at + 1, at + 3)], at + 3, True
            elif norm.startswith("لل", at):
                yield [*preposition, (ARTICLE, at + 1, at + 2)], at + 2, True
                # للجنة may hide a stem that itself begins with lam: ل + ال + لجنة
                yield [*preposition, (ARTICLE, at + 1, at + 1)], at + 1, True


def _known_cuts(norm: str, plain: str, lexicon: Lexicon) -> Iterator[Cut]:
    heads = list(_heads(norm))
    for head, at, _ in heads:
        stem = norm[at:]
        if norm in lexicon.split and stem not in lexicon.functional:
            continue
        code = lexicon.code(stem, plain[at:]) if len(stem) >= SHORTEST else None
        if code and _fits(head, code, lexicon) and (head or norm not in lexicon.forms):
            yield (*head, (stem, at, len(norm)))
    feminine = plain.endswith(FEMININE)
    for head, at, article in heads:
        if article:
            continue
        if head and head[-1][0] in PREPOSITIONS and norm[at:] in PRONOUNS:
            yield (*head, (norm[at:], at, len(norm)))
        for pronoun in PRONOUNS:
            end = len(norm) - len(pronoun)
            if not norm.endswith(pronoun) or end - at < SHORTEST or (feminine and pronoun == "ه"):
                continue
            for stem in _stems_before_pronoun(norm[at:end]):
                code = lexicon.code(stem, plain[at:end] if stem == norm[at:end] else stem)
                if norm in lexicon.split and stem not in lexicon.functional:
                    continue
                if code and _takes_pronoun(code, pronoun, lexicon) and _fits(head, code, lexicon):
                    stem = _noun_rather(stem, plain[at:end], code, lexicon)
                    yield (*head, (stem, at, end), (pronoun, end, len(norm)))


def _noun_rather(stem: str, spelled: str, code: str, lexicon: Lexicon) -> str:
    """The noun that a verb in -ت is spelled like before a pronoun (``بعثته``: his mission), or the verb if likelier.

    It is likelier where it is a verb of killing, or one of speech or of what is done to somebody (``دربتها``) and the
    noun no verbal noun, or where only the verb is spelled with that hamza.
    """
    classes = lexicon.alphabet.classes(code)
    if not stem.endswith("ت") or "past" not in classes or classes & NOMINAL or "toll.killed" in classes:
        return stem
    noun, printed = stem[:-1] + "ه", spelled[:-1] + FEMININE
    if spelled in lexicon.spelled and printed not in lexicon.spelled:
        return stem
    other = lexicon.alphabet.classes(lexicon.code(noun, printed) or code)
    if other & {"masdar", "people"}:
        return noun
    done = any(name.startswith(DEEDS) for name in classes - other)
    return noun if "noun" in other and "cue" not in classes and "participle" not in other and not done else stem


def _stems_before_pronoun(stem: str) -> Iterator[str]:
    """The word's own spelling, given how it is spelled before a pronoun."""
    yield stem
    last = stem[-1]
    if last == "ت":
        yield stem[:-1] + "ه"
    elif last == "ا":
        yield stem[:-1] + "ي"
        yield stem + "ن"
    elif last == "و":
        yield stem + "ا"
        yield stem + "ن"
    elif last == "ي":
        yield stem + "ن"
    elif last in "ئؤ":
        yield stem[:-1] + "ء"


def _fits(head: list[tuple[str, int, int]], code: str, lexicon: Lexicon) -> bool:
    """A future marker wants a present verb; an article or preposition no verb that is nothing else."""
    if not head:
        return True
    classes = lexicon.alphabet.classes(code)
    last = head[-1][0]
    if last == "س":
        return "present" in classes
    finite = ("past" in classes or "present" in classes) and not classes & NOMINAL
    if last in CONJUNCTIONS:
        return True
    if last == "ل" and "present" in classes:
        return True
    return not finite


NOMINAL = frozenset({"noun", "masdar", "participle", "adjective", "people", "name.given", "name.family"})


def _takes_pronoun(code: str, pronoun: str, lexicon: Lexicon) -> bool:
    classes = lexicon.alphabet.classes(code)
    if "noclitic" in classes or "punct" in classes:
        return False
    if pronoun in VERBAL_PRONOUNS:
        return "past" in classes or "present" in classes
    if pronoun in ("ك", "ي", "كم", "كما"):
        return bool(classes & {"noun", "prep"}) and not classes & {"name.given", "name.family"}
    return True


def _article_cut(norm: str) -> Cut:
    for head, at, article in _heads(norm):
        if (
            article
            and len(norm) - at > SHORTEST
            and head[-1][2] > head[-1][1]
            and norm[at - 1] == "ل"
            and (head[-1][2] - head[-1][1] == len(ARTICLE) or len(norm) - at > SHORTEST)
        ):
            return (*head, (norm[at:], at, len(norm)))
    return ((norm, 0, len(norm)),)
