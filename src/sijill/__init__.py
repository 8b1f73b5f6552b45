"""sijill: the record of a conflict, read from news pages.

>>> import sijill
>>> record = sijill.read("وقال جون كيربي إن القرار صعب.", published="2016-10-03")
>>> record.statements[0].speaker
'جون كيربي'
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

# Imported before `read` is defined: the package of that name would otherwise take its place.
from sijill.read import read_article
from sijill.read.speech import speech_events
from sijill.record import Article, Record

if TYPE_CHECKING:
    from sijill.archive import Archive

__version__ = "0.1.0.dev0"
__all__ = ["Article", "Record", "languages", "open_archive", "read", "speech_events"]


def read(
    page: str | bytes | Path,
    *,
    lang: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
) -> Record:
    """The record of one page: a text, a page's bytes, or a file.

    Args:
        page: the text itself (``str``), the bytes of a saved page, or its path.
        lang: BCP 47 tag; by default what the page says, or the script it is written in.
        published: ISO 8601 day or time, from which relative dates count; by default what
            the page says. Without either they stay unresolved.
        outlet: the outlet's name; by default what the page says.

    Raises:
        sijill.page.UnreadablePage: the page holds no article, or cannot be decoded.
        OSError: the file cannot be read.
    """
    from sijill.page import read_page

    name = str(page) if isinstance(page, Path) else None
    data = page.read_bytes() if isinstance(page, Path) else page.encode() if isinstance(page, str) else page
    return read_article(read_page(data, lang=lang, published=published, outlet=outlet, name=name))


def languages() -> list[str]:
    """The languages that can be read, as BCP 47 tags."""
    from sijill.lang import available

    return available()


def open_archive(path: str | Path | None = None) -> Archive:
    """The archive kept in a file; by default the one in the user's data directory."""
    from sijill.archive import open_archive

    return open_archive(path)
