"""Records over all articles, filtered by the query string; each leads to its place in its article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, get_args

import msgspec

from sijill.archive import Archive
from sijill.archive.reading import Entry
from sijill.record import Act, EventType, Process, Status, What
from sijill.site.cards import headline
from sijill.site.feeds import Feed, FeedEntry
from sijill.site.marks import evidence
from sijill.site.visit import Page, Visit

A_PAGE = 40


class Choice(msgspec.Struct, frozen=True):
    """A filter with a fixed set of values, each named by ``table`` of the catalogue."""

    table: str
    values: tuple[str, ...]


class Listing(msgspec.Struct, frozen=True):
    """A list of one kind of record: the archive's question, and the filters it takes (free text, or a choice)."""

    name: str
    entry: str
    ask: Callable[..., Sequence[Any]]
    filters: dict[str, Choice | None]

    def room(self, visit: Visit) -> Page:
        """The list as a page, newest first; every filter also takes ``outlet``."""
        asked = {
            term: visit.asked_one_of(term, choice.values) if choice else visit.asked(term)
            for term, choice in self.filters.items()
        } | {"outlet": visit.asked("outlet")}
        found = self.ask(visit.archive, **asked, limit=A_PAGE + 1, before=visit.before)
        shown = found[:A_PAGE]
        older = shown[-1].cursor if len(found) > A_PAGE else None
        context = {
            "listing": self,
            "asked": asked,
            "entries": shown,
            "older_cursor": older,
            "outlets": visit.archive.outlets(),
        }
        feed = Feed(visit.language(f"nav.{self.name}"), [_feed_entry(visit, entry) for entry in shown])
        return Page("records.html", {"filters": asked, self.name: shown, "older": older}, context, feed)


def _feed_entry(visit: Visit, entry: Entry[Any]) -> FeedEntry:
    record = entry.record
    path = f"{visit.url(f'/articles/{entry.article_id}')}#{record.id}"
    title = " · ".join(part for part in (entry.speaker, headline(record, visit.language)) if part)
    return FeedEntry(path, title, entry.published, evidence(record).text, entry.outlet, entry.lang)


LISTINGS = [
    Listing("statements", "statement", Archive.statements, {"speaker": None, "act": Choice("act", get_args(Act))}),
    Listing("figures", "figure", Archive.figures, {"claimant": None, "what": Choice("what", get_args(What))}),
    Listing(
        "developments",
        "development",
        Archive.developments,
        {"by": None, "kind": Choice("process", get_args(Process)), "status": Choice("status", get_args(Status))},
    ),
    Listing("events", "event", Archive.events, {"actor": None, "type": Choice("event_type", get_args(EventType))}),
]
