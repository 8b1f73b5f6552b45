"""What can go wrong with an archive, each with a message that says what, where and what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sijill.archive.locks import writer_of


class ArchiveError(Exception):
    """Something is wrong with the archive or with what was asked of it."""


class NotAnArchive(ArchiveError):
    """The file is there, and is something else."""


class NewerArchive(ArchiveError):
    """The file was written by a newer version of sijill."""


class DamagedArchive(ArchiveError):
    """The file, or a page of it, is not as it was written."""


class ReadOnlyArchive(ArchiveError):
    """The file can be read and not written."""


class BusyArchive(ArchiveError):
    """Another process is writing and did not finish in the time waited."""


class FullDisk(ArchiveError):
    """No room to write; what was being written was taken back."""


class NotFound(ArchiveError, LookupError):
    """No such article, record, review or dossier in this archive."""


@contextmanager
def explained(path: Path) -> Generator[None]:
    """Raise what SQLite reports about the archive at ``path`` as an `ArchiveError` people can act on."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _explain(error, path) from error


def _explain(error: sqlite3.DatabaseError, path: Path) -> Exception:
    # Only the first byte names the kind of failure; the rest says more of it.
    code = getattr(error, "sqlite_errorcode", None) or 0
    match code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            who = writer_of(path) or "another process"
            return BusyArchive(
                f"{path} is being written by {who}; nothing was changed. Try again when it has finished."
            )
        case sqlite3.SQLITE_READONLY:
            return ReadOnlyArchive(
                f"{path} cannot be written: the file or its folder is read-only. Nothing was changed; "
                "copy the archive to a place you can write to, or ask for the permission."
            )
        case sqlite3.SQLITE_FULL:
            return FullDisk(
                f"no room left to write {path}: what was being written was taken back and everything before it is "
                "kept. Free some space and run the same command again."
            )
        case sqlite3.SQLITE_IOERR:
            return FullDisk(
                f"the disk refused to read or write {path} ({error}): what was being written was taken back. Check the "
                "disk and its free space, then run the same command again."
            )
        case sqlite3.SQLITE_CORRUPT:
            return DamagedArchive(
                f"{path} is damaged ({error}). Do not write to it: keep the file, run `sijill check --archive {path}` "
                "to see what can still be read, and restore from a backup."
            )
        case sqlite3.SQLITE_NOTADB:
            return NotAnArchive(f"{path} is not a sijill archive: it is no SQLite file, or its first page is damaged.")
        case sqlite3.SQLITE_CANTOPEN:
            return ArchiveError(f"{path} cannot be opened: is there such a folder, and may you read it?")
        case _:
            return error
