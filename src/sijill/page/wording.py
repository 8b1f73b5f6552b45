"""What pages say around an article (credits, agencies, bylines, invitations to subscribe), from the language packs.

The phrases are data: ``lang/*/page.toml``, one file a language. A page is matched
against all of them, since an Arabic page credits ``AFP Photo`` and asks to ``Share``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

LONGEST_LINE = 300
"""A longer line (in code points) is prose: it is never compared with the phrases."""

LONGEST_CONTRIBUTION = 150

MOST_CRUMBS = 5

MOST_FOLDED = 2000
"""Lines whose folding is remembered: a line is compared with many lists of phrases."""

LineKind = Literal["drop", "related", "end"]

_SEPARATORS = re.compile(r"\s*[/،,;|+&•·]\s*|\s+[-–—]\s*|\s*[-–—]\s+")
_EDGES = " \t\u00a0©•·*-–—_|:：…»›>«<.!()[]{}\"'“”"
_BRACKETED = re.compile(r"^(?P<before>.*?)\s*[(\[](?P<inside>[^()\[\]]{1,80})[)\]]\s*[.،]?$", re.DOTALL)
_AFTER_SENTENCE = re.compile(r"(?<=[.!?؟”»\"])\s+([^.!?؟،:]{3,60}/[^.!?؟،:]{2,60})$")
_SLASH = re.compile(r"\s*/\s*|\s+via\s+")
_CRUMBS = re.compile(r"\s*[›»«>/\\←]\s*")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+[\])]*|email protected\]?")
_COUNTED = _EDGES + "0123456789٠١٢٣٤٥٦٧٨٩"
_OPEN_BRACKET = re.compile(r"[(\[][^()\[\]]{0,20}$")
_COUNTER = re.compile(r"^[\s•·*◦▪●○■|–—-]*(\d{1,3})\s*(/|\w+)\s*(\d{1,3})[\s|]*$")
_WORDS = re.compile(r"\w+")
_BYLINE_MARK = re.compile(r"[:：/|]|\s[-–—]\s")
_SENTENCE_END = re.compile(r"[.!?؟…۔。！？।][\"'”’»)\]]*\s*$")


class Wording:
    """The phrases of all language packs, folded and ready to match; get it with `wording`."""

    def __init__(self, packs: Iterable[dict[str, Any]]) -> None:
        packs = list(packs)
        self.languages = [_Language(pack["language"]) for pack in packs]
        self.fold = lru_cache(maxsize=MOST_FOLDED)(self._fold)
        self._folded = _Folding({a: b for pack in packs for a, b in pack["fold"].items()})
        every = _Gather(packs, self.fold)
        self.home = frozenset(every("breadcrumb", "home"))
        self._no_section = _anywhere(every("breadcrumb", "without"))
        self._gallery_of = every("gallery", "of")
        self.months = {
            self.fold(name): int(number) for pack in packs for number, names in pack["months"].items() for name in names
        }
        published, modified = every("dates", "published"), every("dates", "modified")
        self.am, self.pm = every("dates", "am"), every("dates", "pm")
        phrases = (*published, *modified, *self.months, *every("weekdays", "names"), *self.am, *self.pm)
        self.date_words = frozenset(re.findall(r"[^\W\d_]+", " ".join((*phrases, *every("dates", "also")))))
        self.date_label = _labels(published, modified)
        self._drop = frozenset(map(_bare, every("lines", "drop")))
        self._end = frozenset(map(_bare, every("lines", "end")))
        self._begin = _prefixes(every("lines", "begin"))
        self._invite = _prefixes(every("lines", "invite"))
        self._channels = tuple(every("lines", "channel"))
        self._own_channel = _anywhere(every("lines", "own_channel"))
        self._contain = _anywhere(every("lines", "contain"))
        self._related = _prefixes(every("lines", "related"))
        self._related_heads = frozenset(map(_bare, every("lines", "related")))
        self._byline = _prefixes(every("byline", "before"), r"\s*[:：/|]\s*|\s+[-–—]\s+")
        self._bare_byline = _prefixes(every("byline", "bare"), r"\s*[:：]?\s+")
        self._byline_words = frozenset(every("byline", "before"))
        self._offices = frozenset(every("byline", "offices"))
        self._and = frozenset(every("byline", "and"))
        self._credit = _prefixes(every("credit", "before"), r"\s*[:：/|©]\s*|\s+[-–—]?\s*")
        titles = [re.escape(phrase) for pack in packs for phrase in pack["credit"]["caption"]]
        self._caption = re.compile(rf"^(?:{'|'.join(titles)})\s*", re.IGNORECASE)
        self._credit_inside = _markers(
            [phrase for pack in packs for phrase in pack["credit"]["before"]],
            [phrase for pack in packs for phrase in pack["credit"]["bare"]],
        )
        self._in_no_name = frozenset(every("names", "without"))
        self._begin_no_name = tuple(every("names", "not_begun_by"))
        self._credit_alone = frozenset(map(_bare, every("credit", "alone")))
        self._contribution = _prefixes(every("contribution", "before"), r"\s*[:：(\[]\s*|\s+")
        self._contributed = tuple(every("contribution", "after"))
        self._joining = every("contribution", "and")
        self.agencies = {
            self._agency_key(name): code for pack in packs for code, names in pack["agencies"].items() for name in names
        }
        self._longest_agency = max(map(len, self.agencies))
        self._in_brackets = frozenset(map(self._agency_key, every("agencies_in_brackets", "only")))
        self._picture_sellers = frozenset(code for pack in packs for code in pack.get("pictures", {}).get("only", ()))

    def _fold(self, text: str) -> str:
        """The text as phrases are compared: no marks, no case, one spelling of each letter, single spaces."""
        if text.isascii():
            return " ".join(text.lower().split())
        return " ".join(text.translate(self._folded).split())

    def line_kind(self, line: str) -> LineKind | None:
        """What a line that is no part of an article is: a thing to drop, a pointer to other articles, the end.

        >>> wording().line_kind("Sign up to our newsletter")
        'drop'
        >>> wording().line_kind("You may also read")
        'related'
        >>> wording().line_kind("The minister signed up to the plan.") is None
        True
        """
        if len(line) > LONGEST_LINE:
            return None
        folded = self.fold(line).lstrip(_EDGES)
        bare = folded.strip(_COUNTED)
        if bare in self._end:
            return "end"
        if bare in self._related_heads:
            return "related"
        if bare in self._drop or self._begin.match(folded) or self._invites(folded) or _ADDRESS.fullmatch(folded):
            return "drop"
        if len(line) <= LONGEST_CONTRIBUTION and bare.endswith(self._contributed):
            return "drop"
        return "related" if self._related.match(folded) else None

    def _invites(self, folded: str) -> bool:
        """Whether a line asks to follow the outlet in a channel: its own one, or any that it ends with."""
        if not self._invite.match(folded):
            return False
        if self._own_channel.search(folded) or folded.rstrip(_EDGES).endswith(self._channels):
            return True
        return not ends_sentence(folded) and any(channel in folded for channel in self._channels)

    def gallery_place(self, line: str) -> str | None:
        """The place in a gallery, where a line counts its pictures and says nothing else.

        >>> wording().gallery_place("• 1/5"), wording().gallery_place("2 of 12"), wording().gallery_place("7/5")
        ('1/5', '2/12', None)
        """
        found = _COUNTER.match(line) if len(line) < 40 else None
        if not found or not (found[2] == "/" or self.fold(found[2]) in self._gallery_of):
            return None
        place, total = int(found[1]), int(found[3])
        return f"{place}/{total}" if 1 <= place <= total else None

    def is_about_site(self, paragraph: str) -> bool:
        """Whether a paragraph (with links in it) is about the terms of using the site.

        >>> wording().is_about_site("By signing up you accept our Terms of Use.")
        True
        """
        return len(paragraph) <= 1000 and self._contain.search(self.fold(paragraph)) is not None

    def is_related_heading(self, line: str) -> bool:
        """Whether the line is nothing but an invitation to read other articles."""
        return len(line) <= LONGEST_LINE and _bare(self.fold(line)) in self._related_heads

    def agency(self, name: str, *, bracketed: bool = True) -> str | None:
        """The code of a news agency.

        >>> wording().agency("Agence France-Presse")
        'AFP'
        """
        key = self._agency_key(name)
        code = self.agencies.get(key)
        return None if code is None or (not bracketed and key in self._in_brackets) else code

    def agencies_named(self, text: str, *, bracketed: bool = True) -> list[str]:
        """The codes of the agencies a text consists of; none where it holds anything else.

        >>> wording().agencies_named("Sputnik/AFP")
        ['Sputnik', 'AFP']
        >>> wording().agencies_named("AFP correspondent")
        []
        """
        codes: list[str] = []
        for part in filter(None, _SEPARATORS.split(text.strip(_EDGES))):
            found = self._joined_agencies(part, bracketed)
            if not found:
                return []
            codes.extend(code for code in found if code not in codes)
        return codes

    def contribution(self, line: str) -> list[str]:
        """The agencies that a line of nothing else credits with the report.

        >>> wording().contribution("With AFP")
        ['AFP']
        >>> wording().contribution("(Reuters)")
        ['Reuters']
        >>> wording().contribution("Source: The Herald + AFP")
        ['AFP']
        """
        if len(line) > 120:
            return []
        bracketed = line.lstrip(_EDGES) != line.lstrip(" -–—•*")
        alone = self.agencies_named(line, bracketed=bracketed)
        if alone:
            return self.reporting(alone)
        folded = self.fold(line).lstrip(_EDGES)
        if folded.rstrip(_EDGES).endswith(self._contributed):
            before = max((folded.rfind(phrase) for phrase in self._contributed), default=-1)
            return self.reporting(self._agencies_among(folded[:before]))
        opening = self._contribution.match(folded)
        if opening or (bracketed and _BRACKETED.fullmatch(line)):
            return self.reporting(self._agencies_among(folded[opening.end() if opening else 0 :]))
        return []

    def closing_names(self, line: str) -> list[str]:
        """The agencies in a line below a report: as `contribution`, beside the outlet's name, or in brackets.

        >>> wording().closing_names("The Herald / AFP"), wording().closing_names("jd/jr (AFP, Reuters)")
        (['AFP'], ['AFP', 'Reuters'])
        """
        if found := self.contribution(line):
            return found
        if len(line) > 60 or ends_sentence(line):
            return []
        bracketed = _BRACKETED.match(line)
        found = self.agencies_named(bracketed["inside"]) if bracketed else self._agencies_among(line)
        return self.reporting(found)

    def _agencies_among(self, text: str) -> list[str]:
        """The codes of the agencies in a list of names, such as those of an outlet and its agencies."""
        names = [name for name in _SEPARATORS.split(text.strip(_EDGES)) if name]
        if any(len(name.split()) > 4 for name in names):
            return []
        return [code for name in names for code in self._joined_agencies(name, bracketed=True)]

    def reporting(self, codes: Sequence[str]) -> list[str]:
        """The codes without those of picture sellers."""
        return [code for code in codes if code not in self._picture_sellers]

    def byline(self, line: str, *, marked: bool = True) -> list[str]:
        """The names in a byline; ``marked`` asks for a word that says it is one.

        >>> wording().byline("By Jane Doe and John Roe")
        ['Jane Doe', 'John Roe']
        >>> wording().byline("By Monday the talks had failed.")
        []
        """
        line = line.rstrip(" :：")
        if len(line) > 150 or _SENTENCE_END.search(line):
            return []
        words = line.split()
        for count in range(min(4, len(words)), 0, -1):
            head = self.fold(" ".join(words[:count]))
            rest = " ".join(words[count:]).strip(_EDGES)
            if rest and (self._byline.fullmatch(head) or self._bare_byline.fullmatch(head + " ")):
                return self._names(rest)
        joined = self._byline.match(self.fold(line))
        if joined and (parts := _BYLINE_MARK.split(line, maxsplit=1))[1:]:
            return self._names(parts[1].strip(_EDGES))
        if marked:
            return []
        rest = " ".join(words[1:]) if len(words) > 2 and self.fold(words[0]) in self._byline_words else line
        return self._names(rest.strip(_EDGES), anything=True)

    def may_be_name(self, text: str) -> bool:
        """Whether a text that stands as an author's name can be one: no date, address or word before a name.

        >>> wording().may_be_name("Jane Doe"), wording().may_be_name("2 min. read"), wording().may_be_name("By")
        (True, False, False)
        """
        if "@" in text or any(map(str.isdigit, text)) or self.fold(text) in self._byline_words:
            return False
        return not (self._byline.fullmatch(self.fold(text)) or self._bare_byline.fullmatch(self.fold(text) + " "))

    def without_office(self, name: str) -> str:
        """A name of two words or more without what its bearer is, where that stands after it.

        >>> wording().without_office("Jane Doe Senior Correspondent"), wording().without_office("Staff Writer")
        ('Jane Doe', 'Staff Writer')
        """
        words = name.split()
        end = next((i for i, word in enumerate(words) if i >= 2 and self.fold(word) in self._offices), len(words))
        return " ".join(words[:end])

    def is_section(self, crumb: str) -> bool:
        """Whether a crumb can be a section: neither the home page nor how long the article takes to read.

        >>> wording().is_section("World"), wording().is_section("Home"), wording().is_section("8 min read")
        (True, False, False)
        """
        folded = self.fold(crumb)
        return _bare(folded) not in self.home and not self._no_section.search(folded)

    def breadcrumb(self, line: str) -> list[str]:
        """The sections of a line that leads from the home page to the article; none where it is something else.

        >>> wording().breadcrumb("Home » World » Asia"), wording().breadcrumb("Home Sports Weather")
        (['World', 'Asia'], [])
        """
        crumbs = [crumb for crumb in _CRUMBS.split(line) if crumb] if len(line) <= LONGEST_LINE else []
        crumbs[:1] = [crumbs[0].rpartition(":")[2].strip()] if crumbs else []  # "You are here: Home"
        return crumbs[1:] if 1 < len(crumbs) <= MOST_CRUMBS and self.fold(crumbs[0]) in self.home else []

    def is_plain_byline(self, line: str) -> bool:
        """Whether a line is a byline by a word that opens nothing else ("by"), fit to stand even above a title.

        >>> wording().is_plain_byline("By Jane Doe"), wording().is_plain_byline("By a hair's breadth, a truce")
        (True, False)
        """
        return self._bare_byline.match(self.fold(line)) is not None and bool(self.byline(line))

    def _names(self, text: str, *, anything: bool = False) -> list[str]:
        names: list[str] = []
        for part in re.split(r"\s*[,،;&|]\s*|\s+[-–—]\s+", text):
            current: list[str] = []
            for word in part.split():
                if self.fold(word) in self._and and current:
                    names.append(" ".join(current))
                    current = []
                else:
                    current.append(word)
            if current:
                names.append(" ".join(current))
        return names if all(anything or _is_name(name, longest=6) for name in names) else []

    def photo_credit(self, line: str) -> tuple[str | None, str] | None:
        """The caption and the credit of a picture, where a line is nothing else.

        >>> wording().photo_credit("Jane Doe (Sputnik/AFP)")
        (None, 'Jane Doe (Sputnik/AFP)')
        >>> wording().photo_credit("Ships wait outside the harbour at dawn (Reuters)")
        ('Ships wait outside the harbour at dawn', 'Reuters')
        >>> wording().photo_credit("AFP Photo/Jane Doe")
        (None, 'AFP Photo/Jane Doe')
        """
        line = line.strip()
        if not line or len(line) > LONGEST_LINE:
            return None
        in_brackets = _BRACKETED.match(line) if line.rstrip(" .،")[-1:] in ")]" else None
        if in_brackets and not re.search(r"[.!?؟]\s", in_brackets["before"]):
            inside, before = in_brackets["inside"], in_brackets["before"].strip()
            if self._is_credit(inside) and before and not _SENTENCE_END.search(before):
                return (None, line) if _is_name(before) and not self._is_about_things(before) else (before, inside)
            return None
        if len(line) <= 100 and len(line.split()) <= 12 and not ends_sentence(line) and self._is_credit(line):
            return None, line
        return None

    def split_caption(self, text: str) -> tuple[str | None, str | None]:
        """The caption and the credit in a text that holds either or both.

        >>> wording().split_caption("Ships wait outside the harbour. Photo by Jane Doe/AFP")
        ('Ships wait outside the harbour.', 'Jane Doe/AFP')
        >>> wording().split_caption("Ships wait outside the harbour. Jane Doe/The Example")
        ('Ships wait outside the harbour.', 'Jane Doe/The Example')
        >>> wording().split_caption("Ships wait outside the harbour. (AP Photo/Jane Doe)")
        ('Ships wait outside the harbour.', 'AP Photo/Jane Doe')
        """
        text = text.strip()
        in_brackets = _BRACKETED.match(text)
        if in_brackets and self._is_credit(in_brackets["inside"]):
            before = in_brackets["before"].strip()
            whole = before and self.photo_credit(text) == (None, text)
            return (None, text) if whole else (before or None, self.bare_credit(in_brackets["inside"]))
        for marker in self._credit_inside.finditer(text):
            rest = text[marker.end() :].strip(" ()[]|")
            if rest and len(rest) <= 120 and len(rest.split()) <= 16:
                before = _OPEN_BRACKET.sub("", text[: marker.start()])  # "(Photo" of "(Photo courtesy of"
                return balanced(before.strip(" |-–—/")) or None, rest
        after = _AFTER_SENTENCE.search(text)
        if after and all(_is_name(part) for part in _SLASH.split(after[1]) if part):
            return text[: after.start()].strip(), after[1].strip()
        tail = re.search(r"\s[|/–—-]\s*([^|/–—]{2,60})$", text)
        before = text[: tail.start()] if tail else ""
        if tail and self._is_credit(tail[1]) and (len(before.split()) > 4 or self._is_about_things(before)):
            return text[: tail.start()].strip() or None, tail[1].strip()
        return self.photo_credit(text) or (text, None)

    def bare_caption(self, text: str) -> str:
        """A caption without the words that say it is one.

        >>> wording().bare_caption("Image caption, Ships wait outside the harbour")
        'Ships wait outside the harbour'
        """
        return self._caption.sub("", text)

    def bare_credit(self, text: str) -> str:
        """A credit without the word that says it is one.

        >>> wording().bare_credit("(Image: Jane Doe)")
        'Jane Doe'
        """
        text = text.strip()
        if text[:1] in "([" and text[-1:] in ")]":
            text = text[1:-1].strip()
        marker = self._credit_inside.match(text)
        return text[marker.end() :].strip() or text if marker else text

    def _is_about_things(self, text: str) -> bool:
        """Whether a word that is in no person's name is among the words, or one that begins none."""
        words = self.fold(text).split() or [""]
        return not self._in_no_name.isdisjoint(words) or words[0].startswith(self._begin_no_name)

    def _is_credit(self, text: str) -> bool:
        folded = self.fold(text).strip()
        if text.lstrip().startswith("©") or _bare(folded) in self._credit_alone:
            return True
        parts = [part for part in re.split(r"\s*[/|،,©:]\s*|\s+via\s+|\s+[-–—]\s+", text) if part]
        if any(self.agency(part) for part in parts):
            return True
        opening = self._credit.match(folded)
        return opening is not None and bool(re.search(r"[:：/|©]", folded[: opening.end()]))

    def dateline_agencies(self, paragraph: str) -> list[str]:
        """The agencies in the opening of a report.

        >>> wording().dateline_agencies("GENEVA, Oct 3 (Reuters) - Talks resumed on Monday.")
        ['Reuters']
        >>> wording().dateline_agencies("Reuters - Talks resumed on Monday.")
        ['Reuters']
        """
        head = paragraph[:120]
        bracket = re.match(r"[^:!?؟\"«»“”()\[\]]{0,60}[(\[]([^()\[\]]{1,50})[)\]]", head)
        if bracket and (codes := self.agencies_named(bracket[1])):
            return self.reporting(codes)
        for part in re.split(r"\s*[-–—:/|]+\s*", head)[:3][:-1]:
            if len(part) > 40:
                break
            if codes := self.agencies_named(part, bracketed=False):
                return self.reporting(codes)
        return []

    def closing_agencies(self, paragraph: str) -> list[str]:
        """The agencies in brackets at the end of a report.

        >>> wording().closing_agencies("Nobody was hurt. (AFP)")
        ['AFP']
        """
        tail = _BRACKETED.match(paragraph[-120:].strip())
        return self.reporting(self.agencies_named(tail["inside"])) if tail else []

    def language(self, text: str) -> str:
        """The BCP 47 code of the pack whose letters and words the text is written in, else ``und``.

        >>> wording().language("The talks were suspended on Monday")
        'en'
        >>> wording().language("تعليق المحادثات")
        'ar'
        """
        sample = text[:2000]
        best, most = "und", 0
        for language in self.languages:
            own = language.count(language.letters, sample)
            if own <= most:
                continue
            foreign, common = language.count(language.foreign, sample), language.common
            words = _WORDS.findall(sample.lower()) if common else []
            if foreign * 50 > own or sum(word in common for word in words) * 12 < len(words):
                best, most = "und", own
            else:
                best, most = language.code, own
        return best

    def _joined_agencies(self, part: str, bracketed: bool) -> list[str]:
        if len(part) > 3 * self._longest_agency:
            return []
        code = self.agency(part, bracketed=bracketed)
        if code:
            return [code]
        folded = self.fold(part)
        for joint in self._joining:
            if folded.startswith(joint) and (code := self.agency(folded[len(joint) :], bracketed=bracketed)):
                return [code]
            for pieces in (folded.split(f" {joint} "), folded.split(f" {joint}")):
                if len(pieces) > 1:
                    codes = [self.agency(piece, bracketed=bracketed) for piece in pieces]
                    if all(codes):
                        return [code for code in codes if code]
        return []

    def _agency_key(self, name: str) -> str:
        words = self.fold(name).replace(".", " ").replace("-", " ").strip(_EDGES).split()
        return "".join(words) if all(len(word) == 1 for word in words) else " ".join(words)


@cache
def wording() -> Wording:
    """The phrases of every language pack that has a ``page.toml``."""
    packs = sorted((folder for folder in files("sijill").joinpath("lang").iterdir() if folder.is_dir()), key=str)
    found = (folder.joinpath("page.toml") for folder in packs)
    return Wording(tomllib.loads(file.read_text("utf-8")) for file in found if file.is_file())


def ends_sentence(line: str) -> bool:
    """Whether the line ends as a sentence does.

    >>> ends_sentence('He said: "no."'), ends_sentence("Talks suspended")
    (True, False)
    """
    return _SENTENCE_END.search(line[-20:]) is not None


def balanced(text: str) -> str:
    """A text without brackets around it that are not opened or not closed in it."""
    for opening, closing in ("()", "[]"):
        if text.count(opening) != text.count(closing):
            text = text.strip(opening + closing + " ")
    return text


def _is_name(text: str, longest: int = 4) -> bool:
    """Whether a few words can be a person's name: in scripts with capitals, most of them have one."""
    words = text.split()
    if any(character.isdigit() for character in text):
        return False
    capitals = sum(word[:1].isupper() for word in words)
    has_case = any(word[:1].islower() for word in words)
    return len(words) <= longest and (not has_case or capitals * 2 > len(words))


class _Language:
    """What a language is known by: its letters, those that it never uses, its most common words."""

    def __init__(self, pack: dict[str, Any]) -> None:
        self.code: str = pack["code"]
        self.letters, self.foreign = (
            re.compile(f"[{pack[which]}]+" if pack[which] else "(?!)") for which in ("letters", "foreign")
        )
        self.common = frozenset[str](pack["common"])

    @staticmethod
    def count(letters: re.Pattern[str], text: str) -> int:
        """How many letters of a text are among some."""
        return len(text) - len(letters.sub("", text))


class _Folding(dict[int, str]):
    """What each character folds to, found out once."""

    def __init__(self, letters: dict[str, str]) -> None:
        super().__init__()
        self._letters = str.maketrans(letters)

    def __missing__(self, code: int) -> str:
        plain = "".join(
            c for c in unicodedata.normalize("NFKD", chr(code)) if unicodedata.category(c) not in ("Mn", "Cf")
        )
        folded = plain.casefold().translate(self._letters)
        self[code] = folded
        return folded


class _Gather:
    """Collects a list of phrases over all packs, folded."""

    def __init__(self, packs: Sequence[dict[str, Any]], fold: Any) -> None:
        self._packs, self._fold = packs, fold

    def __call__(self, section: str, key: str) -> list[str]:
        return [self._fold(phrase) for pack in self._packs for phrase in pack.get(section, {}).get(key, ())]


def _bare(folded: str) -> str:
    return folded.strip(_EDGES)


def _markers(with_colon: Iterable[str], bare: Iterable[str]) -> re.Pattern[str]:
    """Finds the words before a credit at the start of a text, or after a sentence, bracket or bar."""
    colon, alone = ("|".join(map(re.escape, sorted(words, key=len, reverse=True))) for words in (with_colon, bare))
    return re.compile(
        rf"(?:^|(?<=[.!?؟…”\"'|)(\]\[–—\s-]))(?:(?:{colon})\s*[:：/]\s*|(?:{alone})(?!\w)\s*(?:[:：…]|\.\.\.)?\s*|©\s*)",
        re.IGNORECASE,
    )


def _labels(published: Iterable[str], modified: Iterable[str]) -> re.Pattern[str]:
    """Finds the words before a date; those before the date of a change are the group ``modified``."""
    first, change = ("|".join(map(re.escape, sorted(words, key=len, reverse=True))) for words in (published, modified))
    return re.compile(rf"(?<!\w)(?:(?P<modified>{change})|{first})(?!\w)")


def _anywhere(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, phrases)) or "(?!)")


def _prefixes(phrases: Iterable[str], after: str = r"(?!\w)") -> re.Pattern[str]:
    longest_first = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    if not longest_first:
        return re.compile(r"(?!)")
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})(?:{after})")
