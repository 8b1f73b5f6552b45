"""One walk over a page's tree: its texts in order, each with the boxes around it, and its pictures.

A `Leaf` is a run of text that a browser would set as one block. A `Zone` is an
element that can hold blocks. A `Figure` is one or more pictures with the texts that
belong to them: those of a ``<figure>``, or of the smallest box that holds a picture
and a little text. Everything later (what is the article, what is around it) is
decided on these, without touching the tree again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from sijill.page.marks import Attributes, Marks
from sijill.page.roles import NO_ROLE, Role, role

INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
SKIPPED = frozenset({
    "applet", "area", "audio", "canvas", "datalist", "dialog", "embed", "head", "iframe", "input", "link", "map",
    "math", "meta", "noscript", "object", "option", "script", "select", "style", "svg", "template", "textarea",
    "title", "track", "-comment",
})  # fmt: skip
STYLES = frozenset({"b", "strong", "em", "i"})
PICTURES = frozenset({"img", "amp-img"})
JUNK_TAGS = frozenset({"aside", "button", "footer", "form", "menu", "nav"})
JUNK_ROLES = frozenset({
    "navigation", "complementary", "banner", "contentinfo", "search", "menu", "dialog", "alert",
})  # fmt: skip
ARTICLE_TAGS = frozenset({"article", "main", "figure", "figcaption"})
"""What its names cannot make junk."""
SKIPPED_BOXES = frozenset({"footer", "menu", "nav"})
CRUMB_TAGS, CRUMB_NAMES = frozenset({"nav", "ol", "ul"}), ("aria-label", "itemtype")
"""Where a trail of sections is named other than by its class: ``<nav aria-label="Breadcrumb">``."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

LONGEST_CAPTION = 900
"""Code points of all the texts of one figure."""
SHORTEST_CAPTION = 40
SHORTEST_TITLE = 20
"""Letters of a heading that is the beginning of what the page gives as its title."""
MOST_CAPTION_LEAVES = 6
HIGHEST_CLIMB = 6
"""How many boxes around a picture are searched for its caption."""

_LETTERS = re.compile(r"[^\W_]+")
_ASCII_MARKS = dict.fromkeys(code for code in range(128) if not chr(code).isalnum())
_SPACE = re.compile(r"[ \t\n\r\f]+")
_STOP = re.compile(r"[.!?؟…۔。！？।][\"'”’»)]*$")
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif)(?:\?|$)", re.IGNORECASE)  # a link that only enlarges
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BREAK = "\u2028"  # stands for <br> until a leaf is cut
_DEEPEST = 2000


def squeeze(text: str) -> str:
    """A text's letters and digits alone, to compare what is the same but for spaces and marks."""
    if text.isascii():
        return text.translate(_ASCII_MARKS).lower()
    return "".join(_LETTERS.findall(text)).casefold()


class Zone:
    """An element that holds blocks, and what was counted in it."""

    __slots__ = (
        "first_leaf", "in_figure", "junk", "last_leaf", "links", "names", "order", "own_junk", "parent", "role", "tag",
        "text", "to_caption", "weight",
    )  # fmt: skip

    def __init__(
        self, parent: Zone | None, tag: str, of: Role, names: str | None = None, order: int = 0, first_leaf: int = 0
    ) -> None:
        self.parent, self.tag, self.role, self.names = parent, tag, of, names
        self.order, self.first_leaf, self.last_leaf = order, first_leaf, first_leaf
        self.text = self.links = self.weight = 0
        self.own_junk = False
        if parent is None:
            self.junk = self.in_figure = False
            self.to_caption = 1000
        else:
            self.junk = parent.junk
            self.in_figure = parent.in_figure or parent.tag == "figure"
            named = tag == "figcaption" or of.caption or of.credit
            self.to_caption = 0 if named else parent.to_caption + 1

    def __iter__(self) -> Iterator[Zone]:
        """The zone and those around it, from the inside out."""
        zone: Zone | None = self
        while zone is not None:
            yield zone
            zone = zone.parent


class Leaf:
    """A block of text as a browser would set it."""

    __slots__ = ("figure", "href", "index", "link_share", "links", "role", "styled", "tag", "text", "zone")

    def __init__(self, zone: Zone, text: str, links: int, href: str | None, styled: int, of: Role, index: int) -> None:
        self.zone, self.tag, self.text, self.links, self.href = zone, zone.tag, text, links, href
        self.styled = styled  # code points in bold or italics
        self.role, self.index = of, index
        self.link_share = links / len(text)  # the share of the text that is links
        self.figure = False


class Picture:
    """An ``<img>``: where it lies and what it says of itself."""

    __slots__ = ("attributes", "climbed", "leaf", "linked", "zone")

    def __init__(self, zone: Zone, attributes: Attributes, leaf: int, linked: bool) -> None:
        self.zone, self.attributes, self.leaf, self.linked = zone, attributes, leaf, linked
        self.climbed = 0


class Figure:
    """Pictures and the texts that belong to them; ``leaf`` is the index of the first leaf after its beginning."""

    __slots__ = ("explicit", "leaf", "pictures", "texts", "zone")

    def __init__(self, zone: Zone, pictures: list[Picture], texts: list[Leaf], leaf: int, explicit: bool) -> None:
        self.zone, self.pictures, self.texts, self.leaf, self.explicit = zone, pictures, texts, leaf, explicit


_Open = tuple[Iterator[LexborNode], Zone, str, Role]


class Outline:
    """The leaves, figures and zones of a page, in page order; ``titles`` are what the page says its title is."""

    def __init__(self, body: LexborNode, marks: Marks, titles: Iterable[str] = ()) -> None:
        wanted = tuple(set(map(squeeze, titles)))
        self._around_title = _around(heading for heading in marks.headings if _is_title(heading.text(), wanted))
        self._around_frames = _around(marks.frames)
        self.has_trail = False  # whether a breadcrumb was seen
        self.leaves: list[Leaf] = []
        self.figures: list[Figure] = []
        self.zones: list[Zone] = []
        self.root = Zone(None, "body", NO_ROLE)
        self._free: list[Picture] = []  # pictures that no figure has claimed
        self._pieces: list[str] = []
        self._links = self._styled = 0
        self._link_depth = self._style_depth = 0
        self._href: str | None = None
        self._role = NO_ROLE
        self._walk(body)

    def _walk(self, body: LexborNode) -> None:
        self.zones.append(self.root)
        pieces = self._pieces
        # Each entry: the children still to come, the zone around them, what to undo when they are done, their role.
        stack: list[_Open] = [(body.iter(include_text=True), self.root, "", NO_ROLE)]
        while stack:
            children, zone, kind, inline_role = stack[-1]
            for node in children:
                if node.is_text_node:
                    text = node.text_content
                    if text and (pieces or not text.isspace()):
                        self._add_text(text, inline_role)
                    continue
                tag = node.tag or ""
                if tag in SKIPPED:
                    continue
                if tag == "br":
                    pieces.append(_BREAK)
                elif tag in PICTURES:
                    linked = self._link_depth > 0 and not _PICTURE.search(self._href or "")
                    self._free.append(Picture(zone, node.attributes, len(self.leaves), linked))
                else:
                    entered = self._enter(node, tag, zone, inline_role)
                    if entered is not None and len(stack) < _DEEPEST:
                        stack.append(entered)
                        break
            else:
                stack.pop()
                if kind == "zone":
                    self._leave_zone(zone)
                elif kind:
                    self._leave_inline(zone, kind)
        self._cut(self.root)
        self.root.last_leaf = len(self.leaves)
        self._finish()

    def _enter(self, node: LexborNode, tag: str, zone: Zone, outer: Role) -> _Open | None:
        attributes = node.attributes
        names, own = attributes.get("class"), NO_ROLE
        if identity := attributes.get("id"):
            own = role(f"{names} {identity}" if names else identity)
        elif names:
            own = role(names)
        if tag in INLINE:
            return self._enter_inline(node, tag, attributes, zone, own, outer)
        if self._pieces:
            if "-" in tag and zone.tag == "p":  # a custom element within a sentence
                return node.iter(include_text=True), zone, "", outer
            self._cut(zone)
        if tag in CRUMB_TAGS and any("crumb" in (attributes.get(name) or "").lower() for name in CRUMB_NAMES):
            own = own._replace(crumbs=True)
        if (tag in SKIPPED_BOXES or own.skipped) and not own.crumbs and node.mem_id not in self._around_frames:
            return None
        if attributes.get("itemprop") == "articleBody":
            own = own._replace(body=True)
        if own.caption and node.mem_id in self._around_title:
            own = own._replace(caption=False)
        inner = Zone(zone, tag, own, names, len(self.zones), len(self.leaves))
        # What the page's title is printed in surrounds the article, whatever its name.
        self.has_trail = self.has_trail or own.crumbs
        if _is_junk(tag, own, attributes) and (zone.junk or node.mem_id not in self._around_title):
            inner.own_junk = inner.junk = True
        self.zones.append(inner)
        return node.iter(include_text=True), inner, "zone", NO_ROLE

    def _enter_inline(
        self, node: LexborNode, tag: str, attributes: Attributes, zone: Zone, own: Role, outer: Role
    ) -> _Open:
        children = node.iter(include_text=True)
        if own is not NO_ROLE and _is_part(own, outer, zone):
            self._cut(zone)
            return children, zone, "part", own
        if tag == "a":
            href = attributes.get("href")
            if href:
                crumb = zone.role.crumbs or (zone.parent is not None and zone.parent.role.crumbs)
                if crumb:
                    self._cut(zone)
                self._href = href if self._href is None else self._href
                self._link_depth += 1
                return children, zone, "crumb" if crumb else "link", outer
        elif tag in STYLES:
            self._style_depth += 1
            return children, zone, "style", outer
        elif tag == "span" and zone.to_caption <= 1 and self._pieces:
            self._pieces.append(" ")  # the caption and the credit may be set apart by style alone
        return children, zone, "", own if outer is NO_ROLE else outer

    def _leave_zone(self, zone: Zone) -> None:
        if self._pieces:
            self._cut(zone)
        zone.last_leaf = len(self.leaves)
        if zone.tag == "figure" or (self._free and self._free[-1].zone.order >= zone.order):
            self._claim(zone)
        if zone.text and zone.parent is not None:
            zone.parent.text += zone.text
            zone.parent.links += zone.links

    def _leave_inline(self, zone: Zone, kind: str) -> None:
        if kind == "style":
            self._style_depth -= 1
            return
        if kind != "link":
            self._cut(zone)
        if kind != "part":
            self._link_depth -= 1

    def _add_text(self, text: str, of: Role) -> None:
        self._pieces.append(text)
        self._role = of
        if self._link_depth or self._style_depth:
            length = len(text.strip())
            self._links += length if self._link_depth else 0
            self._styled += length if self._style_depth else 0

    def _cut(self, zone: Zone) -> None:
        """End the current leaf, or leaves: a doubled break, or one after a full stop, parts paragraphs."""
        if not self._pieces:
            return
        text = "".join(self._pieces)
        if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
            text = _SPACE.sub(" ", text)
        text = text.strip()
        links, href, styled, of = self._links, self._href, self._styled, self._role
        self._pieces.clear()
        self._links = self._styled = 0
        self._href = None if not self._link_depth else self._href
        self._role = NO_ROLE
        if not text.strip(_BREAK + " \u00a0"):
            return
        parts = _paragraphs(text) if _BREAK in text else [text]
        whole = max(sum(map(len, parts)), 1)
        for part in parts:
            share = len(part) / whole
            leaf = Leaf(zone, part, round(links * share), href, round(styled * share), of, len(self.leaves))
            self.leaves.append(leaf)
            zone.text += len(part)
            zone.links += leaf.links

    def _claim(self, zone: Zone) -> None:
        """Give the free pictures of a zone that is being left the texts that belong to them."""
        if zone.in_figure and zone.tag != "figure":
            return
        pictures: list[Picture] = []
        while self._free and self._free[-1].zone.order >= zone.order:
            pictures.append(self._free.pop())
        if not pictures and zone.tag != "figure":
            return
        pictures.reverse()
        texts = [leaf for leaf in self.leaves[zone.first_leaf :] if not leaf.figure and not _is_label(leaf, zone)]
        if zone.tag == "figure" and texts and (pictures or any(map(is_caption, texts))):
            self._add_figure(zone, pictures, texts, explicit=True)
        elif texts and pictures and _can_caption(zone, texts):
            self._add_figure(zone, pictures, texts, explicit=any(map(is_caption, texts)))
        elif texts or any(picture.climbed >= HIGHEST_CLIMB for picture in pictures):
            self._add_lone(pictures, texts)
        else:
            for picture in pictures:  # the text may stand in the next box
                picture.climbed += 1
            self._free.extend(pictures)

    def _add_lone(self, pictures: list[Picture], texts: list[Leaf]) -> None:
        """Pictures in a box of prose stand alone, but for a caption that says it is one."""
        for picture in pictures:
            near = self.leaves[picture.leaf : picture.leaf + 3]
            own = [leaf for leaf in near if leaf in texts and not leaf.figure and is_caption(leaf)]
            self._add_figure(picture.zone, [picture], own, explicit=bool(own), leaf=picture.leaf)

    def _add_figure(
        self, zone: Zone, pictures: list[Picture], texts: list[Leaf], *, explicit: bool, leaf: int | None = None
    ) -> None:
        for text in texts:
            text.figure = True
        self.figures.append(Figure(zone, pictures, texts, zone.first_leaf if leaf is None else leaf, explicit))

    def _finish(self) -> None:
        """Let the pictures and captions that are left over stand as figures of their own, in page order."""
        for picture in self._free:
            self.figures.append(Figure(picture.zone, [picture], [], picture.leaf, explicit=False))
        self._free = []
        together: list[Leaf] = []
        for leaf in [leaf for leaf in self.leaves if not leaf.figure and is_caption(leaf)]:
            if together and leaf.index != together[-1].index + 1:
                self._add_figure(together[0].zone, [], together, explicit=True, leaf=together[0].index)
                together = []
            together.append(leaf)
        if together:
            self._add_figure(together[0].zone, [], together, explicit=True, leaf=together[0].index)
        self.figures.sort(key=lambda figure: figure.leaf)


def _around(nodes: Iterable[LexborNode]) -> set[int]:
    """The elements that some nodes are or lie in."""
    found: set[int] = set()
    for node in nodes:
        around: LexborNode | None = node
        while around is not None and around.mem_id not in found:
            found.add(around.mem_id)
            around = around.parent
    return found


def _is_title(heading: str, titles: tuple[str, ...]) -> bool:
    """Whether a heading prints one of some squeezed titles, which may go on with the outlet's name."""
    letters = squeeze(heading)
    return letters in titles or (len(letters) >= SHORTEST_TITLE and any(title.startswith(letters) for title in titles))


def _is_part(own: Role, outer: Role, zone: Zone) -> bool:
    """Whether an inline element is a text of its own: a byline or date outside prose, a credit inside a caption."""
    if (own.credit and not outer.credit) or (own.caption and not outer.caption):
        return True
    named = (own.byline and not outer.byline) or (own.date and not outer.date)
    return named and (zone.role.date or zone.role.byline or zone.tag not in ("p", "li", "blockquote"))


def _is_junk(tag: str, own: Role, attributes: Attributes) -> bool:
    if tag in JUNK_TAGS or own.crumbs:
        return True
    if not attributes or tag in ARTICLE_TAGS:
        return False
    if own.junk or own.hidden or "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return (style is not None and _UNSEEN.search(style) is not None) or attributes.get("role") in JUNK_ROLES


def _is_label(leaf: Leaf, zone: Zone) -> bool:
    """A few words on a button or badge over the picture."""
    return leaf.zone.junk and not zone.junk and len(leaf.text) < SHORTEST_CAPTION


def is_caption(leaf: Leaf) -> bool:
    """Whether the names around a text say that it is a caption or a credit."""
    return leaf.role.caption or leaf.role.credit or leaf.zone.to_caption <= 3


def _can_caption(zone: Zone, texts: list[Leaf]) -> bool:
    """Whether texts beside a picture can be its caption: short, few, no headings, no links to other pages."""
    length = sum(len(leaf.text) for leaf in texts)
    named = any(map(is_caption, texts))
    if len(texts) > MOST_CAPTION_LEAVES or length > (LONGEST_CAPTION if named else LONGEST_CAPTION // 2):
        return False
    if sum(leaf.tag == "p" and not is_caption(leaf) and bool(_STOP.search(leaf.text)) for leaf in texts) > 1:
        return False  # a short report with its picture
    if any(leaf.tag in HEADINGS or leaf.link_share > 0.5 for leaf in texts):
        return False
    if any(around.role.byline for around in islice(zone, 3)):
        return False
    if zone.tag == "p":
        return all(leaf.styled > 0.8 * len(leaf.text) for leaf in texts)
    if zone.tag == "li" and any(around.role.gallery for around in islice(zone, 4)):
        return True
    return named or zone.tag not in ("body", "main", "article", "section", "li", "tr", "td", "table", "blockquote")


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a text with line breaks in it."""
    parts: list[str] = []
    for chunk in re.split(rf"{_BREAK}(?:[ \u00a0]*{_BREAK})+", text):
        current: list[str] = []
        for line in (line.strip(" ") for line in chunk.split(_BREAK)):
            if not line.strip("\u00a0"):
                continue
            current.append(line)
            if _STOP.search(line):
                parts.append("\n".join(current))
                current = []
        if current:
            parts.append("\n".join(current))
    return parts
