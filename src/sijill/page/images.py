"""The pictures of an article: where they come from, what stands under them, who took them."""

from __future__ import annotations

import re

from sijill.page.addresses import absolute
from sijill.page.outline import Figure, Leaf, Outline, Picture, Zone
from sijill.page.wording import wording
from sijill.record import Image

_SOURCES = ("src", "data-src", "data-original", "data-lazy-src", "data-lazy", "data-url", "data-image", "data-full-src")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_CREDIT_ATTRIBUTES = ("data-credit", "data-photographer", "data-copyright", "data-image-credit", "data-source")
_CAPTION_ATTRIBUTES = ("data-caption", "data-image-caption", "data-description")
_NO_PHOTO = re.compile(r"(?:pixel|spacer|blank|placeholder|logo|icon|avatar|emoji|sprite|1x1|transparent)[^/]*$", re.IGNORECASE)
SMALLEST = 80
"""Pixels: a smaller picture is an icon."""


def read_figure(figure: Figure, position: int, base: str | None) -> list[Image]:
    """The images of one figure, with its caption and credit."""
    caption, credit = read_caption(figure.texts)
    pictures = [picture for picture in figure.pictures if figure.explicit or _is_photo(picture)]
    images: list[Image] = []
    for picture in pictures:
        own_caption = caption or _first(picture, _CAPTION_ATTRIBUTES)
        own_credit = credit or _first(picture, _CREDIT_ATTRIBUTES)
        images.append(Image(src=_source(picture, base), caption=own_caption, credit=own_credit, position=position))
    if not images and (caption or credit):
        images.append(Image(caption=caption, credit=credit, position=position))
    return [image for image in images if image.src or image.caption or image.credit]


def read_caption(texts: list[Leaf]) -> tuple[str | None, str | None]:
    """The caption and the credit among the texts of a figure."""
    captions: list[str] = []
    credits: list[str] = []
    for leaf in texts:
        text = leaf.text.strip()
        if wording().line_kind(text) and len(text) < 60 and not _is_credited(leaf):
            continue
        if _is_credited(leaf):
            credits.append(text)
        elif _is_source_label(leaf):
            credits.append(text)
        else:
            captions.append(text)
    caption = " ".join(dict.fromkeys(captions)) or None
    if caption:
        caption, found = wording().split_caption(caption)
        if found and not credits:
            credits.append(found)
        elif found and caption is None and captions:
            credits.insert(0, found)
    credit = " / ".join(dict.fromkeys(wording().bare_credit(text) for text in credits)) or None
    return caption, credit


def _is_credited(leaf: Leaf) -> bool:
    if leaf.role.credit:
        return True
    return any(zone.role.credit for zone, _ in zip(leaf.zone, range(2), strict=False))


def _is_source_label(leaf: Leaf) -> bool:
    return wording().photo_credit(leaf.text) == (None, leaf.text.strip())


def _is_photo(picture: Picture) -> bool:
    attributes = picture.attributes
    for side in ("width", "height"):
        size = re.match(r"\d+", attributes.get(side) or "")
        if size and 0 < int(size[0]) < SMALLEST:
            return False
    source = attributes.get("src") or ""
    named = " ".join(filter(None, (attributes.get("class"), attributes.get("id"))))
    if _NO_PHOTO.search(source.split("?")[0]) or re.search(r"avatar|icon|logo|emoji|author|pixel", named, re.IGNORECASE):
        return False
    return not any(zone.role.avatar or zone.role.byline for zone, _ in zip(picture.zone, range(3), strict=False))


def _source(picture: Picture, base: str | None) -> str | None:
    """The address of a picture; lazy pages keep it apart from ``src``."""
    attributes = picture.attributes
    for name in _SOURCES:
        value = attributes.get(name)
        if value and not value.startswith("data:") and not _NO_PHOTO.search(value.split("?")[0]):
            return absolute(value, base)
    for name in _SETS:
        first = re.match(r"\s*(\S+?),?(?:\s|$)", attributes.get(name) or "")
        if first and not first[1].startswith("data:"):
            return absolute(first[1], base)
    return None


def _first(picture: Picture, names: tuple[str, ...]) -> str | None:
    return next((text for name in names if (text := (picture.attributes.get(name) or "").strip())), None)


def figures_of(outline: Outline, article: Zone, first: int, last: int) -> list[Figure]:
    """The figures between two leaves of the page that belong to the article, not to a link or to junk."""
    return [
        figure
        for figure in outline.figures
        if first <= figure.leaf <= last
        and not figure.zone.junk
        and not (any(picture.linked for picture in figure.pictures) and not figure.explicit)
        and _links_little(figure)
    ]


def _links_little(figure: Figure) -> bool:
    length = sum(len(leaf.text) for leaf in figure.texts)
    return sum(leaf.links for leaf in figure.texts) <= 0.5 * length
