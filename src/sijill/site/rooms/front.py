"""The front page, and the lists of articles behind it: all, of a section, of an outlet."""

from __future__ import annotations

from sijill import show_columns
from sijill.site.feeds import Feed, FeedEntry
from sijill.site.tables import Table
from sijill.site.visit import Page, Visit

ON_FRONT = 13
IN_STRIP = 5
A_PAGE = 30
MOST_OUTLETS = 24
MOST_SECTIONS = 16


def front(visit: Visit) -> Page:
    """The newest articles, the sections and outlets; the newest dossiers, statements and figures."""
    archive = visit.archive
    newest, sections, outlets = archive.articles(limit=ON_FRONT), archive.sections(), archive.outlets()
    # Of an article without a date nobody knows whether it is new: it does not lead.
    lead = next((article for article in newest if article.published), None)
    data = {
        "articles": sorted(newest, key=lambda article: article is not lead),
        "sections": sections,
        "outlets": outlets,
        "dossiers": archive.dossiers(limit=IN_STRIP),
        "statements": archive.statements(limit=IN_STRIP),
        "figures": archive.figures(limit=IN_STRIP),
    }
    context = data | {"sections": innermost(sections)[:MOST_SECTIONS], "outlets": outlets[:MOST_OUTLETS]}
    return Page("front.html", data, context)


def articles(visit: Visit) -> Page:
    """Articles of a section or an outlet, newest first."""
    section, outlet, most = visit.asked_all("section"), visit.asked("outlet"), visit.at_most(A_PAGE)
    found = visit.archive.articles(section=section or None, outlet=outlet, limit=most + 1, before=visit.before)
    shown = found[:most]
    older = shown[-1].cursor if len(found) > most else None
    entries = [
        FeedEntry(
            visit.url(f"/articles/{article.id}"),
            article.title or article.id,
            article.published or article.captured,
            article.standfirst or "",
            article.outlet,
            article.lang,
        )
        for article in shown
    ]
    heading = outlet or (section[-1] if section else visit.language("front.newest"))
    return Page(
        "articles.html",
        {"section": section, "outlet": outlet, "articles": shown, "older": older},
        {"section": section, "outlet": outlet, "articles": shown, "older_cursor": older, "heading": heading},
        Feed(heading, entries),
        Table(show_columns.ARTICLES, shown, lambda article: visit.url(f"/articles/{article.id}")),
        older,
    )


def innermost(sections: list[tuple[list[str], int]]) -> list[tuple[list[str], int]]:
    """The sections that are more than the way to one other: a breadcrumb's common beginning says nothing.

    >>> innermost([(["Archive"], 5), (["Archive", "World"], 5), (["Archive", "World", "Asia"], 2)])
    [(['Archive', 'World'], 5), (['Archive', 'World', 'Asia'], 2)]
    """
    counts = {tuple(path): count for path, count in sections}
    swallowed = {path[:-1] for path, count in counts.items() if counts.get(path[:-1]) == count}
    return [(path, count) for path, count in sections if tuple(path) not in swallowed]
