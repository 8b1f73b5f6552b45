"""The reading page: an article as it was printed, with everything that was read out of it marked in the text."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

import msgspec

from sijill.archive.reading import ArticleSummary, Entry
from sijill.record import Article, Date, Image
from sijill.site.cards import cards
from sijill.site.citing import citation, linked_data
from sijill.site.marks import KINDS, marked_blocks, readables
from sijill.site.rooms.reviewing import by_record
from sijill.site.visit import Page, Visit

ALSO = 4


class Picture(msgspec.Struct, frozen=True):
    """An image of the article with its index, for its address, and whether the capture holds it."""

    index: int
    image: Image
    captured: bool


class Plate(msgspec.Struct, frozen=True):
    """What stands between two blocks: one picture, or a gallery of several."""

    kind: Literal["picture", "gallery"]
    pictures: list[Picture]


def article(visit: Visit) -> Page:
    """An article with its record; its data are the record itself, as ``docs/record.md`` describes it."""
    archive, language = visit.archive, visit.language
    id, version = visit.request.path_params["id"], visit.asked_number("version")
    record = archive.record(id, version=version)
    article = record.article
    blocks = marked_blocks(record)
    pieces = [piece for block in blocks for line in block.lines for piece in line]
    found = cards(record, pieces, language)
    versions = archive.versions(id)
    # A citation names the version that has the words, where there is more than one.
    cited = next((one.version for one in versions if one.current), None) if version is None else version
    link = visit.origin + visit.url(f"/articles/{id}", version=cited if len(versions) > 1 else None)
    who = {card.id: card.who for card in found}
    return Page(
        template="article.html",
        data=record,
        context={
            "article": article,
            "record": record,
            "crumbs": [(name, article.sections[: depth + 1]) for depth, name in enumerate(article.sections)],
            "heading": next((block for block in blocks if block.kind == "title"), None),
            "standfirst": next((block for block in blocks if block.kind == "standfirst"), None),
            "body": [block for block in blocks if block.kind not in ("title", "standfirst")],
            "plates": plates(article, kept_pictures(visit, article) if version is None else ()),
            "cards": found,
            "cards_by_id": {card.id: card for card in found},
            "versions": versions,
            "version": version,
            "elsewhere": elsewhere(visit, id) if version is None else {},
            "reviews": by_record(archive.reviews.log(id)) if version is None else {},
            "also": also(visit, article),
            "citations": {
                item.id: citation(item, who[item.id], article, f"{link}#{item.id}", language)
                for item in readables(record)
                if not isinstance(item, Date)
            },
            "linked_data": linked_data(article, visit.origin),
            "kinds": [(kind, sum(card.kind == kind for card in found)) for kind in KINDS],
        },
    )


class Elsewhere(msgspec.Struct, frozen=True):
    """A record of another article that is linked to one of this: told from this one's side."""

    verb: str
    entry: Entry[Any]


def elsewhere(visit: Visit, id: str) -> dict[str, list[Elsewhere]]:
    """For each record of the article, what it has to do with records of others: repeated, denied …"""
    found: dict[str, list[Elsewhere]] = {}
    for link in visit.archive.links(id):
        outgoing = link.from_.article_id == id
        mine, other = (link.from_, link.to) if outgoing else (link.to, link.from_)
        verb = visit.language(f"relation{'' if outgoing else '_reversed'}.{link.rel}")
        found.setdefault(mine.record.id, []).append(Elsewhere(verb, other))
    return found


def also(visit: Visit, article: Article) -> tuple[str, list[ArticleSummary]]:
    """What else to read, with its heading: articles about the same, or where there are none the section's newest."""
    related = visit.archive.related(article.id, limit=ALSO)
    if related:
        return "article.related", related
    path = article.sections or None
    found = visit.archive.articles(section=path, outlet=None if path else article.outlet, limit=ALSO + 1)
    return "article.same_section", [other for other in found if other.id != article.id][:ALSO]


def kept_pictures(visit: Visit, article: Article) -> set[int]:
    """The indexes of the pictures that the newest version's capture brought with it."""
    return {n for n in range(len(article.images)) if visit.archive.image(article.id, n) is not None}


def plates(article: Article, captured: Collection[int]) -> dict[int, list[Plate]]:
    """Pictures by the index of the block they follow (-1: above the text); a run of a gallery's pictures is one."""
    placed: dict[int, list[Plate]] = {}
    last = max(len(article.blocks) - 1, -1)
    for index, image in enumerate(article.images):
        here = placed.setdefault(min(image.position, last), [])
        picture = Picture(index, image, index in captured)
        if image.gallery and here and here[-1].kind == "gallery":
            here[-1].pictures.append(picture)
        else:
            here.append(Plate("gallery" if image.gallery else "picture", [picture]))
    return placed
