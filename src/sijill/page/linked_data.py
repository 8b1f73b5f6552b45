"""The linked data (JSON-LD) in a page: its article, its breadcrumb, its pictures.

Publishers write it for search engines, so it is the most careful part of a page; it
still comes with stray commas, comments and line breaks in strings, which are
forgiven. Vocabulary: https://schema.org/NewsArticle.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from itertools import chain
from operator import itemgetter
from typing import Any, cast

import msgspec

LARGEST_SCRIPT = 4_000_000
"""Characters; more is not metadata."""
MOST_NODES = 20_000
_NO_TEXT = re.compile(r"[\x00\ud800-\udfff]")
"""What JSON can write and no text file can hold."""

Node = dict[str, Any]


class LinkedData:
    """All nodes of a page's linked data, with references to each other resolved by ``@id``."""

    def __init__(self, scripts: Iterable[str]) -> None:
        self._nodes = 0
        self._by_type: dict[str, list[tuple[int, Node]]] = {}  # with their places on the page
        self._by_id: dict[str, Node] = {}
        self._bodies: list[str] = []
        for script in scripts:
            self._gather(parse_json(script))

    def _gather(self, value: Any) -> None:
        waiting: list[Any] = [value] if type(value) in (dict, list) else []
        while waiting and self._nodes < MOST_NODES:
            item = waiting.pop()
            if type(item) is dict:
                self._add(cast(Node, item))
                item = cast(Node, item).values()
            waiting.extend([inner for inner in item if type(inner) in (dict, list)][::-1])

    def _add(self, node: Node) -> None:
        self._nodes += 1
        for kind in types(node):
            self._by_type.setdefault(kind, []).append((self._nodes, node))
        if "@id" in node and isinstance(node["@id"], str) and len(node) > 1:
            self._by_id[node["@id"]] = node
        if isinstance(body := node.get("articleBody"), str):
            self._bodies.append(body)

    def article(self) -> Node:
        """The node of the page's own article, or an empty one: the first that says when it was published."""
        kinds = filter(_is_article_type, self._by_type)
        found = sorted(chain.from_iterable(map(self._by_type.__getitem__, kinds)), key=itemgetter(0))
        for _, node in found:
            if text_of(node.get("headline") or node.get("name")) and node.get("datePublished"):
                return node
        dated = (node for _, node in found if node.get("headline") or node.get("datePublished"))
        return next(dated, Node())

    def body(self) -> str:
        """Every text that the linked data gives as an article's."""
        return "\n".join(self._bodies)

    def breadcrumb(self) -> list[str]:
        """The names of the first breadcrumb, outermost first."""
        for _, node in self._by_type.get("BreadcrumbList", ()):
            entries = [cast(Node, entry) for entry in as_list(node.get("itemListElement")) if isinstance(entry, dict)]
            entries.sort(key=lambda entry: _number(entry.get("position")))
            names = [text_of(entry.get("name")) or self.name(entry.get("item")) for entry in entries]
            if any(names):
                return [name for name in names if name]
        return []

    def names(self, value: Any) -> list[str]:
        """The names of persons or organizations, given as nodes, references or strings."""
        return [name for item in as_list(value) if (name := self.name(item))]

    def name(self, value: Any) -> str | None:
        """One name, given as a node, a reference or a string."""
        if isinstance(value, dict):
            node = cast(Node, value)
            if "name" not in node and isinstance(reference := node.get("@id"), str):
                node = self._by_id.get(reference, node)
            return text_of(node.get("name"))
        text = text_of(value)
        return None if text is None or re.match(r"https?://", text) else text


def parse_json(text: str) -> Any:
    """The value of a JSON text as pages have it; None where nothing can be made of it.

    >>> parse_json('<!-- {"a": "line\\nbreak", "b": [1,],} -->')
    {'a': 'line\\nbreak', 'b': [1]}
    """
    text = text.strip()
    if not text or len(text) > LARGEST_SCRIPT:
        return None
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        pass
    text = re.sub(r"^(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)\s*", "", text)
    text = re.sub(r"\s*(?:-->|/\*\s*\]\]>\s*\*/|//\s*\]\]>|\]\]>)$", "", text).rstrip(";")
    for attempt in (text, re.sub(r",\s*([\]}])", r"\1", text), html.unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def types(node: Node) -> list[str]:
    """The types of a node, without their vocabulary."""
    stated = node.get("@type")
    if isinstance(stated, str):
        return [stated.rsplit("/", 1)[-1]]
    return [] if stated is None else [str(kind).rsplit("/", 1)[-1] for kind in as_list(stated)]


def as_list(value: Any) -> list[Any]:
    """A value, or the values of a list, as a list.

    >>> as_list(None), as_list("a"), as_list(["a"])
    ([], ['a'], ['a'])
    """
    return [] if value is None else cast("list[Any]", value) if isinstance(value, list) else [value]


def text_of(value: Any) -> str | None:
    """A string, or the first of a list, without markup and surrounding space.

    >>> text_of(["Smith &amp; Sons "])
    'Smith & Sons'
    """
    if isinstance(value, list) and value:
        value = cast("list[Any]", value)[0]
    if isinstance(value, dict):
        value = cast(Node, value).get("@value")
    if not isinstance(value, str):
        return None
    if "<" in value:
        value = re.sub(r"<[^<>]{0,300}>", "", value)
    return _NO_TEXT.sub("\ufffd", html.unescape(value)).strip() or None


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


def _is_article_type(kind: str) -> bool:
    return kind.endswith("Article") or kind in ("BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting")
