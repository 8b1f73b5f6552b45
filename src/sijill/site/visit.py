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
from sijill.site.tables import MOST_ROWS, Table

T = TypeVar("T")

Answers = Mapping[str, str]
"""What a form was filled with, by the names of its fields."""

SUFFIXES = (".json", ".atom", ".csv")
"""What an address ends with that asks for a page as data, as a feed, as a table."""

_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_CURSOR = re.compile(r"-?\d{1,18}\.\d{1,18}", re.ASCII)


class Page(msgspec.Struct, frozen=True):
    """What a room shows: ``data`` is what the page's JSON holds, ``context`` what its template needs besides.

    A list also gives its ``feed`` and its ``table``; ``older`` is the cursor it goes on with.
    """

    template: str
    data: Any
    context: dict[str, Any] = {}
    feed: Feed | None = None
    table: Table | None = None
    older: str | None = None


class Visit:
    """One request: the archive, the language of the interface, and what the address asks for."""

    def __init__(self, request: Request, archive: Archive, language: Language, *, may_review: bool = False) -> None:
        self.request = request
        self.archive = archive
        self.language = language
        self.may_review = may_review
        self.suffix = next((suffix for suffix in SUFFIXES if request.url.path.endswith(suffix)), "")
        self.path = request.url.path.removeprefix(f"/{language.tag}").removesuffix(self.suffix) or "/"

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
        choice_list = self.language("error.choices", choices=" | ".join(map(str, choices)))
        raise HTTPException(400, f"{self._unfit(name, value)} {choice_list}")

    def asked_number(self, name: str) -> int | None:
        """A term that is a number. Raises a 400 naming the term and its value where it is none."""
        value = self.asked(name)
        if value is not None and not _NUMBER.fullmatch(value):
            raise HTTPException(400, self._unfit(name, value))
        return None if value is None else int(value)

    @property
    def reviewer(self) -> str:
        """The name that the visitor last reviewed under."""
        return unquote(self.request.cookies.get("reviewer", ""))

    def at_most(self, a_page: int) -> int:
        """How many entries to list: a page of them, or in a table as many as one takes away."""
        return MOST_ROWS if self.suffix == ".csv" else a_page

    @property
    def origin(self) -> str:
        """The site's own address, before any path."""
        return str(self.request.base_url).rstrip("/").removesuffix(f"/{self.language.tag}")

    @property
    def before(self) -> str | None:
        """Where a list goes on, the cursor of the last entry seen. Raises a 400 where it is no cursor."""
        cursor = self.asked("before")
        if cursor is not None and not _CURSOR.fullmatch(cursor):
            raise HTTPException(400, self._unfit("before", cursor))
        return cursor

    def _unfit(self, name: str, value: str) -> str:
        return self.language("error.bad_value", name=name, value=value)

    def url(self, path: str, **query: Any) -> str:
        """The address of a page in this visit's language. Terms that are None are left out, lists are repeated.

        ``path`` is unquoted text, without a query.
        """
        return address(self.language.tag, path, query)

    def again(self, **changes: Any) -> str:
        """This page's address with some terms of its query changed; None takes a term away."""
        return address(self.language.tag, self.path, self._query | changes)

    def translated(self, language: Language) -> str:
        """This page's address in another language of the interface."""
        return address(language.tag, self.path, self._query)

    @property
    def as_data(self) -> str:
        """The address of this page's JSON."""
        path = "/index" if self.path == "/" else self.path
        return address(self.language.tag, f"{path}.json", self._query)

    @property
    def as_table(self) -> str:
        """The address of this list as CSV."""
        return address(self.language.tag, f"{self.path}.csv", self._query)

    def table_from(self, cursor: str) -> str:
        """The address of this list as CSV, from a cursor on."""
        return address(self.language.tag, f"{self.path}.csv", self._query | {"before": cursor})

    @property
    def as_feed(self) -> str:
        """The address of this list's feed: always its newest entries."""
        return address(self.language.tag, f"{self.path}.atom", self._query | {"before": None})

    @property
    def _query(self) -> dict[str, Any]:
        """The terms of this page's query, each with all its values."""
        return {name: self.asked_all(name) for name in self.request.query_params}


def address(tag: str, path: str, query: Mapping[str, Any]) -> str:
    """An address of the site from unquoted parts.

    >>> address("en", "/articles/a 1", {"act": "deny", "speaker": None, "section": ["a", "b/c"]})
    '/en/articles/a%201?act=deny&section=a&section=b%2Fc'
    """
    asked = {name: value for name, value in query.items() if value is not None and value != []}
    base = f"/{tag}{quote(path)}"
    return f"{base}?{urlencode(asked, doseq=True)}" if asked else base
