"""Pages into the archive: each capture read, recorded and kept, one transaction a page.

What is there already is known by its bytes before anything is read, so that an intake
that was broken off goes on where it stopped at little cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from sijill.archive.errors import ArchiveError
from sijill.archive.store import Archive
from sijill.page import Capture, Problem, UnreadablePage, read_page
from sijill.read import read_article


class Taken(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one page: its article and what changed, or why it could not be read."""

    name: str
    article: str | None = None
    change: Literal["new", "version", "capture", "nothing"] | None = None
    error: str | None = None


def take_in(
    archive: Archive,
    captures: Iterable[Capture | Problem],
    *,
    lang: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
) -> Iterator[Taken]:
    """Read and keep captures, and say of each what became of it; one broken page stops nothing.

    ``lang``, ``published`` and ``outlet`` win over what the pages say.

    >>> from sijill.archive import open_archive
    >>> page = Capture(data="كيري: الاتفاق قريب\\n\\nقال كيري إن الاتفاق قريب.".encode(), name="a.txt")
    >>> with open_archive(":temporary:") as archive:
    ...     [taken.change for taken in take_in(archive, [page, page, Problem(name="b", reason="torn")])]
    ['new', 'nothing', None]
    """
    with archive.adding() as add:
        for capture in captures:
            if isinstance(capture, Problem):
                yield Taken(name=capture.name, error=capture.reason)
                continue
            name = capture.url or capture.name or "a page without a name"
            try:
                known = archive.holds(capture)
                if known:
                    taken = Taken(name=name, article=known, change="nothing")
                else:
                    article = read_page(capture, lang=lang, published=published, outlet=outlet)
                    added = add(capture, article, read_article(article))
                    taken = Taken(name=name, article=added.id, change=added.change)
            except UnreadablePage as problem:
                taken = Taken(name=name, error=problem.reason)
            except ArchiveError:
                raise
            except Exception as fault:  # a page that brings out a fault of ours must not end the intake of the others
                fault_ = f"{type(fault).__name__}: {fault}"
                taken = Taken(name=name, error=f"sijill failed on it, please report this ({fault_})")
            yield taken
