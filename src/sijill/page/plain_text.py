"""A page saved as plain text: which lines are the article, and what the others say about it.

The head (breadcrumb, title, gallery, byline, date, standfirst) is read line by line;
then every line is a paragraph or a subhead unless it credits a picture, names the
agencies that helped, or is one of the known invitations (`wording`). Only those
lines leave the text; everything else in it is kept as printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from sijill.page.about import read_about
from sijill.page.article import Draft
from sijill.page.dates import only_date
from sijill.page.wording import LONGEST_LINE, ends_sentence, wording
from sijill.record import Image

LONGEST_TITLE = 300
LONGEST_STANDFIRST = 400
LONGEST_SUBHEAD = 120
LONGEST_CRUMB = 5
"""Words; the other lengths are code points."""
SHORT_LINE = 60

_BLANK = re.compile(r"^[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]*$")
_CRUMB_SEPARATOR = re.compile(r"\s+[/|]\s+|\s*[>›»←]\s*|\s+\\\s+")


@dataclass(frozen=True)
class _Line:
    text: str
    after_gap: bool  # whether a blank line stands before it


def read_plain_text(text: str) -> Draft:
    """The draft of an article from the text of a page.

    >>> text = "Talks suspended\\n\\nThe talks were suspended on Monday.\\n\\nJane Doe (AFP)\\n\\nWith AFP"
    >>> draft = read_plain_text(text)
    >>> draft.blocks
    [('title', 'Talks suspended'), ('paragraph', 'The talks were suspended on Monday.')]
    >>> draft.images[0].credit, draft.agencies
    ('Jane Doe (AFP)', ['AFP'])
    """
    lines = _lines(text)
    draft = Draft()
    body = _read_head(lines, draft)
    _read_body(lines[body:], draft)
    draft.read_agencies()
    return draft


def _lines(text: str) -> list[_Line]:
    """The lines that are not blank; lines that a program has wrapped are one again, breaks kept."""
    chunks: list[list[str]] = []
    gap = True
    for raw in re.split(r"\r\n|[\n\r\x0b\x0c\u2028\u2029]", text.lstrip("\ufeff")):
        if len(raw) < 200 and _BLANK.match(raw):
            gap = True
        elif gap:
            chunks.append([raw.strip()])
            gap = False
        else:
            chunks[-1].append(raw.strip())
    if _is_wrapped(chunks):
        chunks = [["\n".join(chunk)] for chunk in chunks]
    return [_Line(line, index == 0) for chunk in chunks for index, line in enumerate(chunk)]


def _is_wrapped(chunks: list[list[str]]) -> bool:
    """Whether each line of the chunks broke only because the next word did not fit."""
    width = max((len(line) for chunk in chunks for line in chunk), default=0)
    pairs = [(a, b) for chunk in chunks for a, b in pairwise(chunk)]
    if not 30 <= width <= 120 or len(pairs) < 4:
        return False
    full = sum(len(line) + 1 + len(following.split(maxsplit=1)[0]) > width - 2 for line, following in pairs)
    return full * 10 >= len(pairs) * 9


def _read_head(lines: list[_Line], draft: Draft) -> int:
    """Read what stands above the body; the index of the body's first line."""
    index = 0
    if len(lines) > 2 and _read_breadcrumb(lines, draft):
        index = 1
    while index < len(lines):
        line = lines[index]
        if draft.title is None and _is_title(lines, index):
            draft.add("title", line.text)
        elif index + 1 == len(lines) and not _is_dropped(line.text):
            break  # A last line is no line about an article: it is the article.
        elif not (_read_counter(line.text, draft) or _read_about(line.text, draft) or _is_dropped(line.text)):
            break
        index += 1
    if draft.title and _is_standfirst(lines, index):
        draft.add("standfirst", lines[index].text)
        index += 1
        while index < len(lines) and (_read_counter(lines[index].text, draft) or _read_about(lines[index].text, draft)):
            index += 1
    return index


def _read_breadcrumb(lines: list[_Line], draft: Draft) -> bool:
    """Sections from outermost in; a trail that does not start at a home page ends in the outlet."""
    first, second = lines[0].text, lines[1]
    crumbs = [crumb.strip() for crumb in _CRUMB_SEPARATOR.split(first) if crumb.strip()]
    at_home = bool(crumbs) and wording().fold(crumbs[0]) in wording().home
    if len(first) > LONGEST_LINE or len(crumbs) < (2 if at_home else 3) or ends_sentence(first):
        return False
    if any(len(crumb.split()) > LONGEST_CRUMB for crumb in crumbs) or not (second.after_gap or at_home):
        return False
    if at_home:
        draft.sections = crumbs[1:]
    else:
        draft.sections, draft.outlet = crumbs[:-1], crumbs[-1]
    return True


def _is_title(lines: list[_Line], index: int) -> bool:
    line = lines[index].text
    if index + 1 >= len(lines) or len(line) > LONGEST_TITLE or wording().gallery_place(line):
        return False
    if wording().line_kind(line) == "drop" or only_date(line) or wording().is_plain_byline(line):
        return False
    return lines[index + 1].after_gap or not re.search(r"[.۔]\s*$", line)


def _is_standfirst(lines: list[_Line], index: int) -> bool:
    """A short block without a full stop, set off alike from the title above and a full body below."""
    if index + 1 >= len(lines):
        return False
    line, following = lines[index], lines[index + 1]
    if line.after_gap != following.after_gap or len(line.text) > LONGEST_STANDFIRST:
        return False
    if ends_sentence(line.text) or line.text.endswith((":", "،", ",")) or len(line.text.split()) < 5:
        return False
    return ends_sentence(following.text) and len(following.text) > 0.8 * len(line.text)


def _read_counter(line: str, draft: Draft) -> bool:
    """A picture that the page only counts: ``• 1/5``."""
    place = wording().gallery_place(line)
    if place:
        draft.images.append(Image(position=draft.position, gallery=place))
    return place is not None


def _read_about(line: str, draft: Draft) -> bool:
    """A byline, a date of publication or a photo credit standing alone in the head."""
    about = read_about(line, day_first=True)
    if about is not None and (about.published or about.modified or about.bylines):
        draft.bylines.extend(about.bylines)
        draft.credit_agencies(about.agencies)
        draft.published = draft.published or about.published
        draft.modified = draft.modified or about.modified
        return True
    return draft.title is not None and _read_credit(line, draft)


def _is_dropped(line: str) -> bool:
    return wording().line_kind(line) is not None


def _read_body(lines: list[_Line], draft: Draft) -> None:
    """Every line in turn; after a pointer to other articles the short lines are their titles."""
    listing = False
    prose = [line.text for line in lines if len(line.text) > SHORT_LINE]
    stops = sum(map(ends_sentence, prose)) * 2 >= len(prose)
    for index, line in enumerate(lines):
        text = line.text
        kind = wording().line_kind(text)
        if kind == "end" and not any(ends_sentence(later.text) for later in lines[index + 1 :]):
            return
        if kind == "related" and not ends_sentence(text):
            listing = wording().is_related_heading(text)
            if not listing:
                draft.related.append(_after_colon(text))
        elif kind in ("drop", "end"):
            continue
        elif listing and len(text) <= LONGEST_TITLE and not ends_sentence(text):
            draft.related.append(text)
        elif codes := wording().contribution(text):
            draft.credit_agencies(codes)
        elif not _read_counter(text, draft) and not _read_credit(text, draft):
            listing = False
            above = draft.blocks[-1][1] if draft.blocks else ""
            draft.add("subhead" if stops and _is_subhead(lines, index, above) else "paragraph", text)


def _after_colon(line: str) -> str:
    return line.split(":", 1)[-1].strip() if ":" in line else line


def _read_credit(line: str, draft: Draft) -> bool:
    found = wording().photo_credit(line)
    if not found:
        return False
    caption, credit = found
    draft.images.append(Image(caption=caption, credit=wording().bare_credit(credit), position=draft.position))
    return True


def _is_subhead(lines: list[_Line], index: int, above: str) -> bool:
    """A short line without a full stop, between others that have one."""
    text = lines[index].text
    if len(text) > LONGEST_SUBHEAD or index == 0 or index + 1 >= len(lines) or len(text.split()) < 2:
        return False
    if re.search(r"[.:؛;،,…\"”»)]$", text) or "\n" in text:
        return False
    following = lines[index + 1].text
    same_gap = lines[index].after_gap == lines[index + 1].after_gap
    return same_gap and len(following) > len(text) and ends_sentence(above)
