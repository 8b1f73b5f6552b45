"""From the pieces found on a page to an `Article`: one text, its blocks, its id."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from sijill.page.addresses import canonical
from sijill.page.wording import wording
from sijill.record import Article, Block, BlockKind, Image


@dataclass
class Draft:
    """What has been read of a page so far, in the order of the page."""

    blocks: list[tuple[BlockKind, str]] = field(default_factory=list[tuple[BlockKind, str]])
    images: list[Image] = field(default_factory=list[Image])
    title: str | None = None
    standfirst: str | None = None
    url: str | None = None
    outlet: str | None = None
    lang: str | None = None
    published: str | None = None
    modified: str | None = None
    sections: list[str] = field(default_factory=list[str])
    bylines: list[str] = field(default_factory=list[str])
    agencies: list[str] = field(default_factory=list[str])
    related: list[str] = field(default_factory=list[str])

    def add(self, kind: BlockKind, text: str) -> None:
        """Append a block; a title or standfirst is remembered as such."""
        self.blocks.append((kind, text))
        if kind == "title" and self.title is None:
            self.title = text
        elif kind == "standfirst" and self.standfirst is None:
            self.standfirst = text

    @property
    def position(self) -> int:
        """The index of the last block, -1 above the text."""
        return len(self.blocks) - 1

    def credit_agencies(self, codes: list[str]) -> None:
        """Add agencies, each once."""
        self.agencies.extend(code for code in codes if code not in self.agencies)

    def read_agencies(self) -> None:
        """Add the agencies that stand where authors do, and those that the body names in its dateline or at its end."""
        agencies = {name: wording().agencies_named(name, bracketed=False) for name in self.bylines}
        for codes in agencies.values():
            self.credit_agencies(wording().reporting(codes))
        self.bylines = [name for name, codes in agencies.items() if not codes]
        body = [text for kind, text in self.blocks if kind == "paragraph"]
        if body:
            self.credit_agencies(wording().dateline_agencies(body[0]))
            self.credit_agencies(wording().closing_agencies(body[-1]))

    def finish(self, *, captured: str | None = None) -> Article:
        """The article: blocks joined by a blank line, offsets in code points."""
        text = "\n\n".join(text for _, text in self.blocks)
        blocks: list[Block] = []
        start = 0
        for kind, piece in self.blocks:
            blocks.append(Block(kind=kind, start=start, end=start + len(piece)))
            start += len(piece) + 2
        url = canonical(self.url) if self.url else None
        return Article(
            id=article_id(url, text),
            lang=self.lang or wording().language(text),
            text=text,
            url=url,
            outlet=self.outlet,
            title=self.title,
            standfirst=self.standfirst,
            published=self.published,
            modified=self.modified,
            captured=captured,
            sections=self.sections,
            bylines=self.bylines,
            agencies=self.agencies,
            images=self.images,
            related=self.related,
            blocks=blocks,
        )


def article_id(url: str | None, text: str) -> str:
    """A stable id: of the canonical address, or of the text where there is no address.

    >>> article_id("https://example.org/a", "x") == article_id("https://example.org/a", "y")
    True
    """
    source = f"url {url}" if url else f"text {text}"
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:16]
