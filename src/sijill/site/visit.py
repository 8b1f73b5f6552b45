"""A visit to a room of the site, and the page that the room answers with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import quote, unquote, urlencode

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request

from sijill.archive import Archive
from sijill.site.feeds import Feed
from sijill.site.language import Language

T = TypeVar("T")

Answers = Mapping[str, str]
"""What a form was filled with, by the names of its fields."""

_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_CURSOR = re.compile(r"-?\d{1,18}\.\d{1,18}", re.ASCII)


class Page(msgspec.Struct, frozen=True):
    """What a room shows: ``data`` is what the page's JSON holds, ``context`` what its template needs besides.

    A list also gives its ``feed``.
    """

    template: str
    data: Any
    context: dict[str, Any] = {}
    feed: Feed | None = None


class Visit:
    """One request: the archive, the language of the interface, and what the address asks for."""

    def __init__(self, request: Request, archive: Archive, language: Language, *, may_review: bool = False) -> None:
        self.request = request
        self.archive = archive
        self.language = language
        self.may_review = may_review
        self.path = request.url.path.removeprefix(f"/{language.tag}").removesuffix(".json").removesuffix(".atom") or "/"

    def asked(self, name: str) -> str | None:
        """A term of the query string; an empty one counts as none."""
        return self.request.query_params.get(name, "").strip() or None

    def asked_all(self, name: str) -> list[str]:
        """Every value of a repeated term of the query string."""
        return [value for value in self.request.query_params.getlist(name) if value.strip()]

    def asked_one_of(self, name: str, choices: tuple[T, ...]) -> T | None:
        """A term that is one of ``choices``. Raises a 400 naming the term, its value and the choices."""
        value = self.asked(name)
        if value is None:
            return None
        for choice in choices:
            if choice == value:
                return choice
        raise HTTPException(400, f"{name}={value}: {' | '.join(map(str, choices))}")

    def asked_number(self, name: str) -> int | None:
        """A term that is a number. Raises a 400 naming the term and its value where it is none."""
        value = self.asked(name)
        if value is not None and not _NUMBER.fullmatch(value):
            raise HTTPException(400, f"{name}={value}")
        return None if value is None else int(value)

    @property
    def reviewer(self) -> str:
        """The name that the visitor last reviewed under."""
        return unquote(self.request.cookies.get("reviewer", ""))

    @property
    def before(self) -> str | None:
        """Where a list goes on, the cursor of the last entry seen. Raises a 400 where it is no cursor."""
        cursor = self.asked("before")
        if cursor is not None and not _CURSOR.fullmatch(cursor):
            raise HTTPException(400, f"before={cursor}")
        return cursor

    def url(self, path: str, **query: Any) -> str:
        """The address of a page in this visit's language. Terms that are None are left out, lists are repeated.

        ``path`` is unquoted text, without a query.
        """
        return address(self.language.tag, path, query)

    def again(self, **changes: Any) -> str:
        """This page's address with some terms of its query changed; None takes a term away."""
        query: dict[str, Any] = {name: self.asked_all(name) for name in self.request.query_params}
        return address(self.language.tag, self.path, query | changes)

    def translated(self, language: Language) -> str:
        """This page's address in another language of the interface."""
        query = {name: self.asked_all(name) for name in self.request.query_params}
        return address(language.tag, self.path, query)

    @property
    def as_data(self) -> str:
        """The address of this page's JSON."""
        query = {name: self.asked_all(name) for name in self.request.query_params}
        path = "/index" if self.path == "/" else self.path
        return address(self.language.tag, f"{path}.json", query)

    @property
    def as_feed(self) -> str:
        """The address of this list's feed: always its newest entries."""
        query = {name: self.asked_all(name) for name in self.request.query_params if name != "before"}
        return address(self.language.tag, f"{self.path}.atom", query)


def address(tag: str, path: str, query: Mapping[str, Any]) -> str:
    """An address of the site from unquoted parts.

    >>> address("en", "/articles/a 1", {"act": "deny", "speaker": None, "section": ["a", "b/c"]})
    '/en/articles/a%201?act=deny&section=a&section=b%2Fc'
    """
    asked = {name: value for name, value in query.items() if value is not None and value != []}
    base = f"/{tag}{quote(path)}"
    return f"{base}?{urlencode(asked, doseq=True)}" if asked else base
