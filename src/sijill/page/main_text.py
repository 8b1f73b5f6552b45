"""Which of a page's texts are the article.

News pages differ in every name but share their shape: the article is the box in
which most of the page's prose lies. Prose is full sentences with few links. From the
whole page the search goes down into the box that holds nearly all of it; what else
lies in that box is taken or left by what it looks like (links, invitations, bylines).
The idea is that of readability's paragraph scores (Arc90, 2009), over blocks that
were cut as a browser would.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby, islice

from sijill.page.about import LONGEST_ABOUT, read_about
from sijill.page.dates import says_only_when
from sijill.page.outline import HEADINGS, Leaf, Outline, Zone, squeeze
from sijill.page.wording import ends_sentence, wording
from sijill.record import BlockKind

SHORTEST_PROSE = 40
"""Code points of a paragraph that counts as prose."""
MOST_LINKS = 0.5
"""Share of links in prose, at most."""
LONGEST_HEADING = 250
LONGEST_BOLD_SUBHEAD = 100
LONGEST_STANDFIRST = 700
LONGEST_BODY = 200_000
MOST_HEADINGS = 3
"""Headings in a row that can be subheads; more are a list of headlines."""
NEVER_TAGS = frozenset({"nav", "footer", "menu"})
SHORTEST_HEADLINE = 4
"""Words of a link that names another article."""
LONGEST_LINK = 25
"""Words of a line that is one link: a longer one is a paragraph that happens to be linked."""
FEWEST_AT_HOME = 3
"""Paragraphs that show in which kind of box the article's paragraphs lie."""
FEWEST_TEASERS = 2

_INITIALS = re.compile(r"[^\W\d_]{1,4}(?: [^\W\d_])?(?:[/-][^\W\d_]{1,4}(?: [^\W\d_])?){1,6}")
"""Of those who wrote and edited an agency's report: ``kam/bfi/eg``."""
_SIGNATURE = re.compile(r"[—–-]{1,2}\s?[^.!?]{1,100}\(@\w{1,30}\)")
_SAYS_SOMETHING = re.compile(r"[^\W_][\W_]*[^\W_]")


@dataclass
class MainText:
    """The article's texts in order with their kinds, and what was set aside on the way."""

    blocks: list[tuple[BlockKind, Leaf]] = field(default_factory=list[tuple[BlockKind, Leaf]])
    title: Leaf | None = None
    zone: Zone | None = None
    linked_headings: int = 0
    longest_run: int = 0  # of paragraphs with no linked heading among them
    related: list[str] = field(default_factory=list[str])
    agencies: list[str] = field(default_factory=list[str])
    credits: list[Leaf] = field(default_factory=list[Leaf])


def find_main_text(outline: Outline, *, titles: list[str], description: str | None, body: str | None) -> MainText:
    """The article among a weighed page's leaves; ``body`` is what the page's linked data gives as its text."""
    main = MainText(title=_title_leaf(outline, titles))
    main.zone = _article_zone(outline, main.title)
    _Selection(outline, main, titles, description, body).run()
    return main


def is_prose(leaf: Leaf) -> bool:
    """Whether a leaf reads like a paragraph of an article."""
    if leaf.figure or leaf.tag in HEADINGS or leaf.link_share >= MOST_LINKS:
        return False
    length = len(leaf.text)
    return length >= 2 * SHORTEST_PROSE or (length >= SHORTEST_PROSE and ends_sentence(leaf.text))


def _ends_text(leaf: Leaf) -> bool:
    """Whether the article can end in a leaf: prose, or a short sentence."""
    if leaf.zone.junk or leaf.figure:
        return False
    return is_prose(leaf) or (leaf.tag == "p" and leaf.link_share < MOST_LINKS and ends_sentence(leaf.text))


def set_weights(outline: Outline) -> None:
    """Weigh each zone by the prose in it, once the box with most prose is known to be no junk."""
    clusters: dict[int, tuple[int, Zone]] = {}
    total = 0
    prose = [leaf for leaf in outline.leaves if is_prose(leaf)]
    for leaf in prose:
        home = _home(leaf)
        weight, _ = clusters.get(home.order, (0, home))
        clusters[home.order] = weight + len(leaf.text), home
        total += 0 if leaf.zone.junk else len(leaf.text)
    if clusters:
        heaviest, home = max(clusters.values(), key=lambda cluster: cluster[0])
        if home.junk and heaviest > 2 * total and not any(zone.role.never or zone.tag in NEVER_TAGS for zone in home):
            for zone in home:
                zone.own_junk = False
            for zone in outline.zones[1:]:
                zone.junk = zone.own_junk or (zone.parent is not None and zone.parent.junk)
    for leaf in prose:
        if not leaf.zone.junk:
            length = len(leaf.text)
            zone: Zone | None = leaf.zone
            while zone is not None:
                zone.weight += length
                zone = zone.parent


def _title_leaf(outline: Outline, titles: list[str]) -> Leaf | None:
    """The heading that prints the title: word for word, or else the ``h1`` most like it."""
    wanted = set(map(squeeze, titles))
    headings = [leaf for leaf in outline.leaves if leaf.tag in HEADINGS and not leaf.figure]
    headings = [leaf for leaf in headings if len(leaf.text) <= LONGEST_HEADING]
    same = next((leaf for leaf in headings if squeeze(leaf.text) in wanted), None)
    if same is not None:
        return same
    if not headings:
        lines = (leaf for leaf in outline.leaves if not leaf.zone.junk and not leaf.links)
        return next(
            (leaf for leaf in lines if len(leaf.text) <= LONGEST_HEADING and squeeze(leaf.text) in wanted), None
        )
    alike = [leaf for leaf in headings if leaf.tag == "h1" and not leaf.zone.junk]
    if titles:
        alike = [leaf for leaf in alike if _overlap(leaf.text, titles[0]) > 0.4]
    return alike[0] if alike else None


def _overlap(a: str, b: str) -> float:
    first, second = (set(re.findall(r"\w+", text.casefold())) for text in (a, b))
    return len(first & second) / max(min(len(first), len(second)), 1)


def _article_zone(outline: Outline, title: Leaf | None) -> Zone:
    """Go down from the page into the box that holds nearly all prose."""
    inner: dict[int, list[Zone]] = {}
    for zone in outline.zones[1:]:
        if zone.weight and zone.parent is not None:
            inner.setdefault(zone.parent.order, []).append(zone)
    zone = outline.root
    while candidates := inner.get(zone.order):
        heaviest = max(candidates, key=lambda child: child.weight)
        articles = [child for child in candidates if child.tag == "article" and child.weight * 5 > zone.weight]
        share = heaviest.weight / zone.weight
        if len(articles) > 1 and (own := next((child for child in articles if title and _holds(child, title)), None)):
            zone = own  # the page goes on to other articles
        elif share >= (0.6 if _is_hint(heaviest) and not _is_hint(zone) else 0.97 if _is_hint(zone) else 0.9):
            if heaviest.tag in ("p", "blockquote", "li", "ul", "ol"):
                break
            zone = heaviest
        else:
            break
    return zone


def _holds(zone: Zone, leaf: Leaf) -> bool:
    return zone.first_leaf <= leaf.index < zone.last_leaf


def _is_hint(zone: Zone) -> bool:
    return zone.tag in ("article", "main") or zone.role.body


class _Selection:
    """Takes the leaves of the article's box one by one."""

    def __init__(
        self, outline: Outline, main: MainText, titles: list[str], description: str | None, body: str | None
    ) -> None:
        self.outline, self.main = outline, main
        self.zone = main.zone or outline.root
        self.titles = set(map(squeeze, titles))
        self.description = squeeze(description or "")
        self.body = squeeze((body or "")[:LONGEST_BODY])
        self.seen: set[str] = set()
        self.listing = False
        self.homes: Counter[tuple[str, str | None]] = Counter()  # the kinds of boxes that its paragraphs lie in
        self.home: Zone | None = None  # of its last paragraph
        self.in_a_row = 0
        leaves = outline.leaves[self.zone.first_leaf : self.zone.last_leaf]
        prose = [leaf for leaf in leaves if is_prose(leaf) and not leaf.zone.junk]
        in_paragraphs = sum(len(leaf.text) for leaf in prose if leaf.tag == "p")
        self.uses_paragraphs = in_paragraphs * 2 > sum(len(leaf.text) for leaf in prose)
        self.last_prose = max((leaf.index for leaf in leaves if _ends_text(leaf)), default=-1)
        in_body = sum(len(leaf.text) for leaf in prose if self._in_body(leaf))
        self.trusts_body = in_body > 0.8 * max(sum(len(leaf.text) for leaf in prose), 1)

    def run(self) -> None:
        """Fill the main text: standfirst from between title and box, then the box."""
        start = self.zone.first_leaf
        title = self.main.title
        if title is not None and title.index < self.zone.first_leaf:
            start = title.index + 1
            for leaf in self.outline.leaves[start : self.zone.first_leaf]:
                named = leaf.zone.own_junk and not (leaf.zone.parent or leaf.zone).junk  # it alone, a "teaser"
                if not leaf.figure and (not leaf.zone.junk or (named and self._is_description(leaf))):
                    self._take_above(leaf)
        for leaf in self.outline.leaves[self.zone.first_leaf : self.zone.last_leaf]:
            if not leaf.figure:
                self._take(leaf)
        self._drop_loose_ends()

    def _take_above(self, leaf: Leaf) -> None:
        text = leaf.text
        if self._is_about(leaf) or wording().line_kind(text) or leaf.link_share > MOST_LINKS:
            return
        if self._is_standfirst(leaf) and not self._is_repeated(text):
            self.main.blocks.append(("standfirst", leaf))
        elif leaf.tag == "p" and is_prose(leaf) and ends_sentence(text) and not self._is_repeated(text):
            self.main.blocks.append(("paragraph", leaf))

    def _is_above_body(self) -> bool:
        return not self.main.blocks or self.main.blocks[-1][0] == "standfirst"

    def _is_standfirst(self, leaf: Leaf) -> bool:
        if not self._is_above_body() or squeeze(leaf.text) in self.titles:
            return False
        named = any(
            zone.role.standfirst and not zone.role.body and zone is not self.zone and zone.text < LONGEST_STANDFIRST
            for zone in islice(leaf.zone, 3)
        )
        words = len(leaf.text.split())
        return len(leaf.text) < LONGEST_STANDFIRST and (
            (named and words > 3) or self._is_description(leaf) or (leaf.tag in ("h2", "h3") and words > 5)
        )

    def _is_description(self, leaf: Leaf) -> bool:
        return len(self.description) > 20 and squeeze(leaf.text) == self.description

    def _take(self, leaf: Leaf) -> None:
        if leaf.zone.junk or leaf is self.main.title:
            self._note(leaf)
            return
        text, kind = leaf.text, wording().line_kind(leaf.text)
        before_body = self._is_above_body()
        if before_body and len(text) <= LONGEST_HEADING and squeeze(text) in self.titles:
            return
        if (kind == "related" or (kind == "end" and not before_body)) and not is_prose(leaf):
            self.listing = True
            self._note(leaf)
        elif leaf.tag in HEADINGS and leaf.link_share > 0.8:
            self.main.linked_headings += 1
            self.in_a_row = 0
            self._note(leaf)
        elif kind is not None or self._is_around(leaf) or self._is_about(leaf):
            self._note(leaf)
            if kind == "drop":
                self.main.agencies.extend(wording().contribution(text))
        elif not _SAYS_SOMETHING.search(text) or self._is_repeated(text):
            return
        elif before_body and self.main.title is not None and leaf.tag != "li" and self._is_standfirst(leaf):
            self.main.blocks.append(("standfirst", leaf))
        elif codes := wording().closing_names(text) if leaf.index > self.last_prose else wording().contribution(text):
            self.main.agencies.extend(codes)
        elif self._credits_picture(leaf):
            self.main.credits.append(leaf)
        elif leaf.tag in HEADINGS:
            above = self.main.title is not None and leaf.index < self.main.title.index
            if len(text) <= LONGEST_HEADING and not above:
                self.main.blocks.append(("subhead", leaf))
        elif self._belongs(leaf):
            self.listing = False
            self.homes[_kind_of_home(leaf)] += is_prose(leaf)
            self.home = _shared_box(leaf)
            self.in_a_row += 1
            self.main.longest_run = max(self.main.longest_run, self.in_a_row)
            self.main.blocks.append((_kind_of(leaf), leaf))

    def _credits_picture(self, leaf: Leaf) -> bool:
        """Whether a leaf only names who took a picture; a long one with no picture beside it ends a report."""
        found = wording().photo_credit(leaf.text) if leaf.tag not in HEADINGS else None
        if found is None or found[0] is None or not is_prose(leaf):
            return found is not None
        return any(abs(figure.leaf - leaf.index) <= 1 for figure in self.outline.figures)

    def _belongs(self, leaf: Leaf) -> bool:
        prose = is_prose(leaf)
        if self.trusts_body and leaf.tag == "p":
            return self._in_body(leaf)
        if self.listing and not (prose and self._is_at_home(leaf)):
            return False
        if leaf.tag in ("p", "blockquote", "li", "dd", "dt", "pre"):
            return prose or leaf.index < self.last_prose or ends_sentence(leaf.text) or self._goes_on(leaf)
        if self.uses_paragraphs:
            leads_in = leaf.zone is self.zone and leaf.index < self.last_prose and leaf.text.endswith(":")
            return leads_in or (prose and leaf.tag not in ("td", "th") and ends_sentence(leaf.text))
        return prose or leaf.index < self.last_prose or self._goes_on(leaf)

    def _goes_on(self, leaf: Leaf) -> bool:
        """Whether a paragraph without a full stop stands right beside the article's others."""
        of_text = leaf.tag in ("p", "div") and not leaf.links and len(leaf.text) >= SHORTEST_PROSE
        return of_text and _shared_box(leaf) is self.home

    def _is_at_home(self, leaf: Leaf) -> bool:
        """Whether a paragraph lies in such a box as those before it; true where too few of them tell."""
        return self.homes.total() < FEWEST_AT_HOME or _kind_of_home(leaf) in self.homes

    def _in_body(self, leaf: Leaf) -> bool:
        if not self.body:
            return False
        letters = squeeze(leaf.text[:400])
        return letters[:60] in self.body or (len(letters) > 120 and letters[30:90] in self.body)

    def _is_around(self, leaf: Leaf) -> bool:
        """Terms of use, who signed an embedded post, a line that is one link, a line in a box of links."""
        if _SIGNATURE.match(leaf.text) or self._is_initials(leaf.text):
            return True
        if leaf.links and wording().is_about_site(leaf.text):
            return True
        is_link = leaf.link_share > 0.8 and len(leaf.text.split()) < LONGEST_LINK
        return is_link or self._is_in_link_box(leaf)

    def _is_initials(self, text: str) -> bool:
        signed = not self._is_above_body() and _INITIALS.fullmatch(text) and text == text.lower()
        return bool(signed) and not wording().agencies_named(text)

    def _is_about(self, leaf: Leaf) -> bool:
        """A byline, a date, a credit line."""
        if len(leaf.text) > LONGEST_ABOUT:
            return False
        if any(zone.role.byline or zone.role.date for zone in islice(leaf.zone, 3)) and not is_prose(leaf):
            return True
        if leaf.tag not in HEADINGS and (self._is_above_body() or ":" in leaf.text) and says_only_when(leaf.text):
            return True
        return leaf.index < self.last_prose and self._is_above_body() and read_about(leaf.text) is not None

    def _is_in_link_box(self, leaf: Leaf) -> bool:
        """Whether the leaf lies in a box of links inside the article."""
        zone: Zone | None = leaf.zone
        while zone is not None and zone is not self.zone:
            if zone.links > 0.5 * zone.text and zone.weight < 400 and zone.tag not in ("p", "li", "blockquote"):
                return True
            zone = zone.parent
        return False

    def _is_repeated(self, text: str) -> bool:
        if len(text) < 30:
            return False
        repeated = text in self.seen
        self.seen.add(text)
        return repeated

    def _note(self, leaf: Leaf) -> None:
        """Keep what a text outside the article says of it."""
        if leaf.href and (
            self.listing
            or (leaf.link_share > 0.8 and len(leaf.text.split()) >= SHORTEST_HEADLINE)
            or wording().line_kind(leaf.text) == "related"
        ):
            self.main.related.append(leaf.href)

    def _drop_loose_ends(self) -> None:
        """Headings with nothing under them are no subheads; a quote that the text has too is a pulled one."""
        self.main.blocks = self._without_teasers(self.main.blocks)
        kept: list[tuple[BlockKind, Leaf]] = []
        for is_heading, run in groupby(self.main.blocks, key=lambda block: block[0] == "subhead"):
            blocks = list(run)
            if not is_heading or len(blocks) <= MOST_HEADINGS:
                kept.extend(blocks)
        while kept and kept[-1][0] == "subhead":
            kept.pop()
        if any(kind == "quote" for kind, _ in kept):
            body = squeeze(" ".join(leaf.text for kind, leaf in kept if kind == "paragraph"))
            kept = [(kind, leaf) for kind, leaf in kept if not (kind == "quote" and squeeze(leaf.text) in body)]
        self.main.blocks = _with_bold_subheads(kept)

    def _without_teasers(self, blocks: list[tuple[BlockKind, Leaf]]) -> list[tuple[BlockKind, Leaf]]:
        """The blocks without paragraphs that stand, one beside the other, each in a box with its linked headline."""
        lists: dict[int, list[int]] = {}
        for _, leaf in blocks:
            headline = self.outline.leaves[leaf.index - 1]
            if headline.link_share <= 0.8 or len(headline.text.split()) < SHORTEST_HEADLINE:
                continue
            alone = leaf.zone
            while alone.parent is not None and alone.parent is not self.zone and alone.parent.weight <= len(leaf.text):
                alone = alone.parent
            if alone.first_leaf < leaf.index and alone.parent is not None:
                lists.setdefault(alone.parent.order, []).append(leaf.index)
        teasers = {index for members in lists.values() if len(members) >= FEWEST_TEASERS for index in members}
        return [(kind, leaf) for kind, leaf in blocks if leaf.index not in teasers] if teasers else blocks


def _with_bold_subheads(blocks: list[tuple[BlockKind, Leaf]]) -> list[tuple[BlockKind, Leaf]]:
    """The blocks, where a bold line between two paragraphs of full sentences is a subhead."""
    marked = list(blocks)
    for index in range(1, len(blocks) - 1):
        kind, leaf = blocks[index]
        text = leaf.text
        around = (blocks[index - 1], blocks[index + 1])
        if kind == "paragraph" and leaf.styled > 0.9 * len(text) and len(text) <= LONGEST_BOLD_SUBHEAD:
            sentences = all(other == "paragraph" and ends_sentence(beside.text) for other, beside in around)
            if sentences and not ends_sentence(text) and not text.endswith((":", "،", ",")):
                marked[index] = ("subhead", leaf)
    return marked


def _kind_of_home(leaf: Leaf) -> tuple[str, str | None]:
    """The tag and class of the box that holds a paragraph, and not it alone."""
    zone = _shared_box(leaf)
    return zone.tag, zone.names


def _shared_box(leaf: Leaf) -> Zone:
    zone = _home(leaf)
    alone = zone is leaf.zone and zone.last_leaf - zone.first_leaf == 1
    return zone.parent if alone and zone.parent is not None else zone


def _home(leaf: Leaf) -> Zone:
    """The box that holds a paragraph."""
    return leaf.zone.parent if leaf.zone.tag in ("p", "li", "blockquote") and leaf.zone.parent else leaf.zone


def _kind_of(leaf: Leaf) -> BlockKind:
    if leaf.tag in ("li", "dd", "dt"):
        return "list"
    return "quote" if any(zone.tag == "blockquote" for zone in islice(leaf.zone, 3)) else "paragraph"
