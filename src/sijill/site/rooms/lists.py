"""Records over all articles, filtered by the query string; each leads to its place in its article."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args

import msgspec

from sijill import show_columns
from sijill.archive import Archive
from sijill.archive.reading import Entry
from sijill.record import Act, EventType, Process, Status, What
from sijill.site.cards import headline
from sijill.site.feeds import Feed, FeedEntry
from sijill.site.marks import evidence
from sijill.site.tables import Table
from sijill.site.visit import Page, Visit

A_PAGE = 40


class Choice(msgspec.Struct, frozen=True):
    """A filter with a fixed set of values, each named by ``table`` of the catalogue."""

    table: str
    values: tuple[str, ...]


class Listing(msgspec.Struct, frozen=True):
    """A list of one kind of record: the archive's question, its columns as a table, its filters (words or a choice)."""

    name: str
    entry: str
    ask: Callable[..., Sequence[Any]]
    columns: show_columns.Columns
    filters: dict[str, Choice | None]

    def heading(self, visit: Visit, asked: Mapping[str, str | None]) -> str:
        """What the list is of: its name, and what it was narrowed to."""
        named = [
            visit.language(f"{choice.table}.{asked[term]}") if choice else str(asked[term])
            for term, choice in (*self.filters.items(), ("outlet", None))
            if asked[term]
        ]
        name = visit.language(f"nav.{self.name}")
        return f"{name}: {' · '.join(named)}" if named else name

    def room(self, visit: Visit) -> Page:
        """The list as a page, newest first; every filter also takes ``outlet``."""
        asked = {
            term: visit.asked_one_of(term, choice.values) if choice else visit.asked(term)
            for term, choice in self.filters.items()
        } | {"outlet": visit.asked("outlet")}
        heading, most = self.heading(visit, asked), visit.at_most(A_PAGE)
        found = self.ask(visit.archive, **asked, limit=most + 1, before=visit.before)
        shown = found[:most]
        older = shown[-1].cursor if len(found) > most else None
        context = {
            "listing": self,
            "heading": heading,
            "asked": asked,
            "entries": shown,
            "older_cursor": older,
            "outlets": visit.archive.outlets(),
        }
        feed = Feed(heading, [feed_entry(visit, entry) for entry in shown])
        table = Table(self.columns, shown, lambda entry: place(visit, entry))
        return Page("records.html", {"filters": asked, self.name: shown, "older": older}, context, feed, table, older)


def place(visit: Visit, entry: Entry[Any]) -> str:
    """The address of a record's words."""
    return f"{visit.url(f'/articles/{entry.article_id}')}#{entry.record.id}"


def feed_entry(visit: Visit, entry: Entry[Any]) -> FeedEntry:
    """A record as an entry of a feed."""
    record = entry.record
    title = " · ".join(part for part in (entry.speaker, headline(record, visit.language)) if part)
    return FeedEntry(place(visit, entry), title, entry.published, evidence(record).text, entry.outlet, entry.lang)


LISTINGS = [
    Listing(
        "statements",
        "statement",
        Archive.statements,
        show_columns.STATEMENTS,
        {"speaker": None, "act": Choice("act", get_args(Act))},
    ),
    Listing(
        "figures",
        "figure",
        Archive.figures,
        show_columns.FIGURES,
        {"claimant": None, "what": Choice("what", get_args(What))},
    ),
    Listing(
        "developments",
        "development",
        Archive.developments,
        show_columns.DEVELOPMENTS,
        {"by": None, "kind": Choice("process", get_args(Process)), "status": Choice("status", get_args(Status))},
    ),
    Listing(
        "events",
        "event",
        Archive.events,
        show_columns.EVENTS,
        {"actor": None, "type": Choice("event_type", get_args(EventType))},
    ),
]
