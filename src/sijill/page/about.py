"""A line beside a title that says who wrote the article, when, for which agency, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sijill.page.dates import labelled_dates, says_only_when
from sijill.page.wording import ends_sentence, wording

LONGEST_ABOUT = 200
MOST_WORDS = 25
MOST_STRAY_WORDS = 4
"""Words of a part that is neither name, date nor agency (a section, a city) beside a date."""
CITY_WORDS = 2
"""Of such a part beside an agency."""

_CITY_NAME_AGENCY = re.compile(r"\s*[^\W\d]+(?: [^\W\d]+)? / (?P<name>[^\W\d]+(?: [^\W\d]+){1,2}) / (?P<agency>[^/]+)")
_SEPARATOR = re.compile(r"\s*[|•·\n\u2028]\s*|\s+[-–—/]\s*|\s*[-–—/]\s+|\s*[–—]\s*")


@dataclass
class About:
    """What a line says of its article; dates are ISO 8601."""

    bylines: list[str] = field(default_factory=list[str])
    agencies: list[str] = field(default_factory=list[str])
    published: str | None = None
    modified: str | None = None


def read_about(line: str, *, day_first: bool | None = None, named: bool = False) -> About | None:
    """What a line says of its article, or None where it says something else.

    ``named`` tells that the page calls the line a byline: then a name needs no word before it.

    >>> about = read_about("By Jane Doe | Reuters | Monday, 3 October 2016 - 14:30")
    >>> about.bylines, about.agencies, about.published
    (['Jane Doe'], ['Reuters'], '2016-10-03T14:30:00')
    >>> read_about("Reuters photographers won the prize") is None
    True
    >>> read_about("The case was closed on 3 October 2016."), read_about("3 October 2016, 2:30 p.m.").published
    (None, '2016-10-03T14:30:00')
    """
    if len(line) > LONGEST_ABOUT or len(line.split()) > MOST_WORDS:
        return None
    about = About()
    when: list[str] = []
    stray = 0
    parts = _parts(line)
    for part in parts:
        if says_only_when(part) or _is_label(part):
            when.append(part)
        elif stray > MOST_STRAY_WORDS:
            return None
        elif names := wording().byline(part):
            about.bylines.extend(names)
        elif codes := wording().agencies_named(part) or wording().agencies_named(part.rpartition("-")[2]):
            about.agencies.extend(wording().reporting(codes))
        elif named and (names := wording().byline(part, marked=False)) and len(part.split()) <= MOST_STRAY_WORDS:
            about.bylines.extend(names)
        else:
            stray += len(part.split())
    for is_change, moment in labelled_dates(" - ".join(when), day_first=day_first):
        if is_change:
            about.modified = about.modified or moment
        else:
            about.published = about.published or moment
    if stray and ends_sentence(line):
        return None
    if not when and (found := _CITY_NAME_AGENCY.fullmatch(line)) and wording().agencies_named(found["agency"]):
        about.bylines, stray = [found["name"]], 0
    if stray and not when and len(parts) == 2 and not wording().may_be_name(parts[0]):  # "By - Jane Doe"
        about.bylines, stray = wording().byline(line), 0
    dated = about.published or about.modified
    allowed = MOST_STRAY_WORDS if dated else CITY_WORDS if about.agencies else 0
    return about if stray <= allowed and (dated or about.bylines or about.agencies) else None


def _parts(line: str) -> list[str]:
    """A line cut at its separators, and before a date that ends a part."""
    parts: list[str] = []
    for part in filter(None, _SEPARATOR.split(line.strip())):
        if not any(map(str.isdigit, part)):
            parts.append(part)
            continue
        words = part.split()
        start = next((i for i in range(len(words)) if says_only_when(" ".join(words[i:]))), len(words))
        while start and _is_label(words[start - 1]):
            start -= 1
        parts.extend(filter(None, (" ".join(words[:start]), " ".join(words[start:]))))
    return parts


def _is_label(part: str) -> bool:
    """Whether a part is only words of dates, such as the name of a day."""
    words = re.findall(r"\w+", wording().fold(part))
    return bool(words) and all(word in wording().date_words for word in words)
