"""The archive: keep and find. One SQLite file with captures, articles, records, reviews, and what joins them."""

from sijill.archive.errors import ArchiveError
from sijill.archive.store import Archive, open_archive

__all__ = ["Archive", "ArchiveError", "open_archive"]
