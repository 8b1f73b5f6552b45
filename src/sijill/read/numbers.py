"""Numbers in words and digits, with what bounds them; each is folded into one unit of the tape."""

from __future__ import annotations

from sijill.lang import Language
from sijill.read.document import Document
from sijill.read.findings import FoundNumber
from sijill.record import Bound
from sijill.text.pattern import Match
from sijill.text.tape import Fold, Tape

SCALE_FROM = 1000
"""The least value of a word that multiplies what stands before it."""

KEPT = ("number.one", "number.two", "digits.integer")
"""Classes of a number's one word that later steps still ask for."""

MOST_DIGITS = 15
"""A longer row of digits is no number of anything."""

BOUNDS: dict[str, Bound] = {"bound.at_least": "at_least", "bound.at_most": "at_most", "bound.about": "about"}


def cardinal(tape: Tape, first: int, last: int, language: Language) -> int | float | None:
    """The value of the number in units ``[first, last)``: digits, words or both; None where there is none.

    Words add up (``مئة وخمسة وعشرون``), multiply (``ثلاثة آلاف``, ``12 ألفا``), and a part of a
    scale adds to it (``مليون ونصف المليون``).

    >>> from sijill.lang import load
    >>> arabic = load("ar")
    >>> def value(words): return cardinal(tape := arabic.tape(words), 0, len(tape), arabic)
    >>> value("ثلاثة آلاف وأربعمئة"), value("1,5 مليون"), value("خمسة وعشرين"), value("أحد عشر")
    (3400, 1500000, 25, 11)
    """
    total: int | float = 0
    under: int | float = 0
    scale = 1
    found = False
    for at in range(first, last):
        text = language.value(tape.norms[at], "number")
        value = float(text) if text else digits_value(tape, at, language, scaled=at + 1 < last)
        if value is None:
            continue
        found = True
        if text and 0 < value < 1:
            following = next((v for i in range(at + 1, last) if (v := language.value(tape.norms[i], "number"))), None)
            if following and float(following) >= SCALE_FROM:
                total += value * float(following)
                break
            total += value * scale
        elif text and value >= SCALE_FROM:
            scale = value
            total += max(under, 1) * value
            under = 0
        elif text and value == 100 and 0 < under < 10:
            under *= 100
        else:
            under += value
    if not found:
        return None
    result = total + under
    return int(result) if result == int(result) else result


def digits_value(tape: Tape, at: int, language: Language, *, scaled: bool = False) -> int | float | None:
    """The value of a unit of digits; with ``scaled`` a scale follows, and a comma is a decimal one.

    >>> from sijill.lang import load
    >>> tape = load("ar").tape("12,500 و1.5")
    >>> digits_value(tape, 0, load("ar")), digits_value(tape, 2, load("ar"))
    (12500, 1.5)
    """
    norm = tape.norms[at].replace("٬", ",").replace("٫", ".")
    if norm.isdecimal():
        return int(norm) if len(norm) <= MOST_DIGITS else None
    if not norm[:1].isdigit() or len(norm) > MOST_DIGITS + 5:
        return None
    if "," in norm and "." in norm:
        decimal = max(norm.rfind(","), norm.rfind("."))
        whole, part = norm[:decimal].replace(",", "").replace(".", ""), norm[decimal + 1 :]
        return float(f"{whole}.{part}") if whole.isdecimal() and part.isdecimal() else None
    groups = norm.replace(",", ".").split(".")
    if not all(group.isdecimal() for group in groups):
        return None
    thousands = all(len(group) == 3 for group in groups[1:]) and groups[0] != "0" and len(groups[0]) <= 3
    if thousands and not (scaled and len(groups) == 2):
        return int("".join(groups))
    return float(".".join(groups)) if len(groups) == 2 else None


def find_numbers(document: Document) -> None:
    """Find every number, in order, and fold each with its bound words into one unit of class ``number``.

    >>> from sijill.lang import load
    >>> from sijill.record import Article
    >>> find_numbers(document := Document(Article(id="a", lang="ar", text="أكثر من ثلاثة آلاف"), load("ar")))
    >>> [(n.value, n.bound) for n in document.numbers]
    [(3000, 'at_least')]
    """
    tape, language = document.tape, document.language
    alphabet = language.alphabet
    kinds = {rule.says["kind"] for rule in document.rules("numbers").rules}
    # All at once: sets of classes that appear one by one would have every pattern file compiled again each time.
    codes = {
        (kind, kept): alphabet.code({"number", kind, *_kept(kept)}) for kind in sorted(kinds) for kept in ("", *KEPT)
    }
    folds: list[Fold] = []
    for match in document.rules("numbers").scan(tape, longest=True):
        found = _found(tape, match, language)
        if found is None:
            continue
        document.numbers.append(found)
        classes = alphabet.classes(tape.codes[match.first]) if match.last - match.first == 1 else frozenset[str]()
        code = codes[match.rule.says["kind"], next((name for name in KEPT if name in classes), "")]
        folds.append(Fold(match.first, match.last, code, tape.words(match.first, match.last), found))
    if folds:
        document.tape = tape.fold(folds)
    document.counted = document.tape


def _kept(name: str) -> tuple[str, ...]:
    return ("digits", name) if name.startswith("digits") else (name,) if name else ()


def _found(tape: Tape, match: Match, language: Language) -> FoundNumber | None:
    def value(capture: str) -> int | float | None:
        return cardinal(tape, *match.captures[capture], language) if capture in match.captures else None

    bound: Bound = "exact"
    if "bound" in match.captures:
        bound = bound_of(language.alphabet.classes(tape.codes[match.captures["bound"][0]])) or bound
    exact, low, high = value("value"), value("low"), value("high")
    if "vague" in match.captures:
        bound = "vague"
        low, high = _vague(tape, match, language)
    elif "part" in match.captures:
        exact = _decimal_part_first(tape, match, language)
    elif low is not None and high is not None:
        low, high = _ends(tape, match, low, high, language)
        if low >= high:
            return None
    if exact is None and (low is None or high is None):
        return None
    return FoundNumber(
        start=tape.starts[match.first],
        end=tape.ends[match.last - 1],
        value=exact,
        low=None if low is None else int(low),
        high=None if high is None else int(high),
        bound=bound,
        rule=match.rule.name,
    )


def bound_of(classes: frozenset[str]) -> Bound | None:
    """The bound that a word of class ``bound.…`` sets."""
    return next((BOUNDS[name] for name in classes if name in BOUNDS), None)


def _vague(tape: Tape, match: Match, language: Language) -> tuple[int, int]:
    low, _, high = (language.value(tape.norms[match.captures["vague"][0]], "vague") or "0-0").partition("-")
    scale = cardinal(tape, *match.captures["scale"], language) if "scale" in match.captures else None
    factor = int(scale or 1)
    return int(low) * factor, (int(high) + 1) * factor - 1 if factor > 1 else int(high)


def _ends(tape: Tape, match: Match, low: float, high: float, language: Language) -> tuple[float, float]:
    """Both ends of a range; a scale behind the higher one counts for both (``20 إلى 30 ألفا``)."""
    at = match.captures["high"][1] - 1
    scale = float(language.value(tape.norms[at], "number") or 0)
    if scale >= SCALE_FROM and low < SCALE_FROM and low < high / scale:
        low *= scale
    return low, high


def _decimal_part_first(tape: Tape, match: Match, language: Language) -> float | int | None:
    """A decimal printed after the older agencies' fashion, its part before its whole (``8ر3`` is 3.8)."""
    part, whole = match.captures["part"][0], match.captures["value"][0]
    if tape.ends[part] + 1 != tape.starts[whole]:
        return None
    value = float(f"{tape.norms[whole]}.{tape.norms[part]}")
    scaled = match.captures["value"][1] - whole > 1
    value *= float(language.value(tape.norms[whole + 1], "number") or 1) if scaled else 1
    value = round(value, 6)
    return int(value) if value == int(value) else value
