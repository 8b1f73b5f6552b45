"""What a pack's words came to, kept in the user's cache folder, so that not every process works it out again.

A kept file belongs to one state of the pack's files and of the code that reads them. It may be
deleted at any time; where the folder cannot be written, nothing is kept.
"""

from __future__ import annotations

import marshal
import os
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import platformdirs

NEWEST = 3
"""Kept files of a pack that stay; the others are of earlier states."""


def digest_of(texts: Iterable[str]) -> str:
    """A digest of texts, and of the Python that reads them.

    >>> digest_of(["a", "b"]) == digest_of(["ab"])
    False
    """
    digest = sha256(sys.version.encode())
    for text in texts:
        content = text.encode()
        digest.update(b"%d:" % len(content))
        digest.update(content)
    return digest.hexdigest()[:24]


def load(tag: str, digest: str) -> Any:
    """What was kept for a pack under a digest; None where nothing is, or what is cannot be read."""
    with suppress(OSError, ValueError, EOFError, TypeError):
        return marshal.loads((_folder() / f"{tag}-{digest}.pack").read_bytes())
    return None


def save(tag: str, digest: str, state: Any) -> None:
    """Keep a state of plain values (dicts, lists, tuples, sets, strings) for a pack under a digest."""
    with suppress(OSError):
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=f"{tag}-", suffix=".new")
        with os.fdopen(handle, "wb") as file:
            file.write(marshal.dumps(state))
        Path(name).replace(folder / f"{tag}-{digest}.pack")
        kept = sorted(folder.glob(f"{tag}-*.pack"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in kept[NEWEST:]:
            path.unlink()


def _folder() -> Path:
    return platformdirs.user_cache_path("sijill", appauthor=False)
