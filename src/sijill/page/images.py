"""The pictures of an article: where they come from, what stands under them, who took them."""

from __future__ import annotations

import re
from itertools import islice

import msgspec

from sijill.page.addresses import absolute
from sijill.page.outline import Figure, Leaf, Outline, Picture
from sijill.page.wording import balanced, wording
from sijill.record import Image

_SOURCES = ("src", "data-src", "data-original", "data-lazy-src", "data-lazy", "data-url", "data-image", "data-full-src")
_CREDIT_ATTRIBUTES = ("data-credit", "data-photographer", "data-copyright", "data-image-credit", "data-source")
_CAPTION_ATTRIBUTES = ("data-caption", "data-image-caption", "data-description")
_NO_PHOTO = re.compile(
    r"(?:pixel|spacer|blank|placeholder|logo|icon|avatar|emoji|sprite|1x1|transparent)[^/]*$", re.IGNORECASE
)
SMALLEST = 80
"""Pixels: a smaller picture is an icon."""


def read_figure(figure: Figure, position: int, base: str | None) -> list[Image]:
    """The images of one figure, with its caption, its credit and its place in a gallery."""
    gallery = next((place for leaf in figure.texts if (place := wording().gallery_place(leaf.text))), None)
    caption, credit = read_caption(figure.texts)
    pictures = [picture for picture in figure.pictures if figure.explicit or _is_photo(picture)]
    images: list[Image] = []
    for source, picture in _distinct(pictures, base):
        images.append(
            Image(
                src=source,
                caption=caption or _first(picture, _CAPTION_ATTRIBUTES),
                credit=credit or _first(picture, _CREDIT_ATTRIBUTES),
                position=position,
                gallery=gallery,
            )
        )
    seen = figure.explicit or not figure.pictures or bool(pictures)  # else the text is beside an icon or a portrait
    if not images and seen and (caption or credit or gallery):
        images.append(Image(caption=caption, credit=credit, position=position, gallery=gallery))
    return images


def _distinct(pictures: list[Picture], base: str | None) -> list[tuple[str | None, Picture]]:
    """Each picture once, those without an address only where there is no other."""
    found = {source: picture for picture in reversed(pictures) if (source := _source(picture, base))}
    if found:
        return list(reversed(found.items()))
    return [(None, pictures[0])] if pictures else []


def read_caption(texts: list[Leaf]) -> tuple[str | None, str | None]:
    """The caption and the credit among the texts of a figure."""
    captions: list[str] = []
    credits: list[str] = []
    for leaf in texts:
        text = leaf.text.strip(" \u00a0|")
        if wording().gallery_place(text) or not re.search(r"\w", text):
            continue
        if _is_credited(leaf):
            credits.append(text)
            continue
        for line in text.split("\n"):
            if not (len(line) < 60 and wording().line_kind(line)):
                caption, credit = wording().split_caption(wording().bare_caption(line))
                captions.extend([caption] if caption else [])
                credits.extend([credit] if credit else [])
    caption = " ".join(dict.fromkeys(captions)) or None
    bare = [balanced(wording().bare_credit(text)) for text in credits]
    credit = (
        " / ".join(dict.fromkeys(text for text in bare if re.search(r"\w", text) and not text.endswith(":"))) or None
    )
    return caption, credit


def _is_credited(leaf: Leaf) -> bool:
    if leaf.role.credit:
        return True
    return any(zone.role.credit for zone, _ in zip(leaf.zone, range(2), strict=False))


def _is_photo(picture: Picture) -> bool:
    attributes = picture.attributes
    for side in ("width", "height"):
        size = re.match(r"\d+", attributes.get(side) or "")
        if size and 0 < int(size[0]) < SMALLEST:
            return False
    source = attributes.get("src") or ""
    named = " ".join(filter(None, (attributes.get("class"), attributes.get("id"))))
    if _NO_PHOTO.search(source.split("?")[0]) or re.search(
        r"avatar|icon|logo|emoji|author|pixel", named, re.IGNORECASE
    ):
        return False
    return not any(zone.role.avatar or zone.role.byline for zone, _ in zip(picture.zone, range(3), strict=False))


def _source(picture: Picture, base: str | None) -> str | None:
    """The address of a picture; lazy pages keep it apart from ``src``."""
    attributes = picture.attributes
    for name in _SOURCES:
        value = attributes.get(name)
        if value and not value.startswith("data:") and not _NO_PHOTO.search(value.split("?")[0]):
            return absolute(value, base)
    sets = [name for name in attributes if name.endswith(("srcset", "src")) and name not in _SOURCES]
    for name in sets:
        first = re.match(r"\s*(\S+?),?(?:\s|$)", attributes.get(name) or "")
        if first and not first[1].startswith("data:"):
            return absolute(first[1], base)
    return None


def _first(picture: Picture, names: tuple[str, ...]) -> str | None:
    return next((text for name in names if (text := (picture.attributes.get(name) or "").strip())), None)


def figures_of(outline: Outline, first: int, last: int) -> list[Figure]:
    """The figures between two leaves of the page that belong to the article, not to a link or to junk."""
    junk = [False] * len(outline.zones)  # a button around a picture enlarges it
    for zone in outline.zones[1:]:
        around = zone.parent is not None and junk[zone.parent.order]
        junk[zone.order] = around or (zone.own_junk and zone.tag != "button")
    return [
        figure
        for figure in outline.figures
        if first <= figure.leaf <= last
        and not junk[figure.zone.order]
        and (figure.zone.tag == "figure" or not any(zone.role.byline for zone in islice(figure.zone, 4)))
        and (figure.explicit or not any(picture.linked for picture in figure.pictures))
        and _links_little(figure)
    ]


def with_credits(figures: list[Figure], credits: list[Leaf]) -> list[Figure]:
    """The figures in page order with the lines that only credit a picture: the one just above them, or one not there.

    ``credits`` are in page order.
    """
    bare = [figure for figure in figures if not figure.texts and any(map(_is_photo, figure.pictures))]
    added: list[Figure] = []
    for leaf in credits:
        above = next((figure for figure in bare if figure.leaf in (leaf.index - 1, leaf.index)), None)
        if above is not None:
            bare.remove(above)
            above.texts, above.explicit = [leaf], True
        else:
            added.append(Figure(leaf.zone, [], [leaf], leaf.index, explicit=True))
    return sorted([*figures, *added], key=lambda figure: figure.leaf)


def number_galleries(figures: list[tuple[Figure, list[Image]]]) -> list[Image]:
    """The images of all figures; several in one gallery get their places in it, where the page prints none."""
    members: dict[int, int] = {}
    galleries = [
        next((zone.order for zone in islice(figure.zone, 6) if zone.role.gallery), None) for figure, _ in figures
    ]
    for gallery, (_, images) in zip(galleries, figures, strict=True):
        if gallery is not None:
            members[gallery] = members.get(gallery, 0) + len(images)
    numbered: list[Image] = []
    counted: dict[int, int] = {}
    for gallery, (_, images) in zip(galleries, figures, strict=True):
        for image in images:
            if gallery is not None and members[gallery] > 1:
                counted[gallery] = counted.get(gallery, 0) + 1
                place = image.gallery or f"{counted[gallery]}/{members[gallery]}"
                image = msgspec.structs.replace(image, gallery=place)
            numbered.append(image)
    return numbered


def _links_little(figure: Figure) -> bool:
    length = sum(len(leaf.text) for leaf in figure.texts)
    return sum(leaf.links for leaf in figure.texts) <= 0.5 * length
