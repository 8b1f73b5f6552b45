"""A figure beside those of other articles that count the same, claimant by claimant through time."""

from __future__ import annotations

from sijill.site.visit import Page, Visit


def beside(visit: Visit) -> Page:
    """One figure of an article and its counterparts, oldest first."""
    id, figure = visit.request.path_params["id"], visit.request.path_params["figure"]
    others = visit.archive.beside(id, figure)
    own = next(entry for entry in visit.archive.figures(article=id, limit=None) if entry.record.id == figure)
    entries = sorted([own, *others], key=lambda entry: (entry.published or "", entry.article_id))
    return Page("beside.html", {"figure": own, "beside": others}, {"own": own, "entries": entries})
