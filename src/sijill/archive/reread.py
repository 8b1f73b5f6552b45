"""Reading the whole archive again from its captures, with today's program.

Pages are read by several processes and written by this one, a transaction each, in which the page
also leaves the queue: an interrupted reread goes on where it stopped. Reviews are applied again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context

import msgspec

from sijill.archive.database import Database
from sijill.archive.reading import read_article, read_capture
from sijill.archive.writing import rewrite_version
from sijill.page import read_page
from sijill.page.capture import Capture
from sijill.read import read_article as read_record
from sijill.record import Article, Record

Reader = Callable[[Capture, Article], Record]
"""From a capture and the article that was read from it before to the record that is in it."""

_WAITING = 4
"""Pages read ahead for each process."""


class Reread(msgspec.Struct, frozen=True, kw_only=True):
    """One page read again. ``problem`` says why it could not be; its old record then stays."""

    article_id: str
    version: int
    done: int
    total: int
    problem: str | None


def read_again(capture: Capture, article: Article) -> Record:
    """The record of a capture as this program reads it; what the page does not say is kept as it was told before."""
    page = read_page(capture, lang=article.lang)
    page = msgspec.structs.replace(
        page,
        id=article.id,
        url=page.url or article.url,
        outlet=page.outlet or article.outlet,
        published=page.published or article.published,
        captured=article.captured,
    )
    return read_record(page)


def reread(database: Database, read: Reader, *, workers: int, restart: bool) -> Iterator[Reread]:
    """Read every version again; see `sijill.archive.store.Archive.reread`."""
    with database.writing() as connection:
        if restart:
            connection.execute("DELETE FROM reread_queue")
        if not connection.execute("SELECT 1 FROM reread_queue LIMIT 1").fetchone():
            connection.execute("INSERT INTO reread_queue (article) SELECT key FROM article")
        keys = [key for (key,) in connection.execute("SELECT article FROM reread_queue ORDER BY article")]
    total = len(keys)
    if workers == 1:
        for done, key in enumerate(keys, 1):
            capture, article = _load(database, key)
            yield _write(database, key, capture, article, _attempt(read, capture, article), done, total)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from _parallel(database, read, keys, pool, workers * _WAITING)


def _parallel(database: Database, read: Reader, keys: list[int], pool: Executor, ahead: int) -> Iterator[Reread]:
    under_way: dict[Future[Record | str], tuple[int, Capture, Article]] = {}
    waiting = iter(keys)
    done = 0
    while True:
        while len(under_way) < ahead and (key := next(waiting, None)) is not None:
            capture, article = _load(database, key)
            under_way[pool.submit(_attempt, read, capture, article)] = (key, capture, article)
        if not under_way:
            return
        finished, _ = wait(under_way, return_when=FIRST_COMPLETED)
        for future in finished:
            key, capture, article = under_way.pop(future)
            done += 1
            yield _write(database, key, capture, article, future.result(), done, len(keys))


def _load(database: Database, key: int) -> tuple[Capture, Article]:
    with database.reading() as connection:
        return read_capture(connection, key), read_article(connection, key)


def _attempt(read: Reader, capture: Capture, article: Article) -> Record | str:
    """The record, or why there is none: one page that cannot be read must not stop the others."""
    try:
        record = read(capture, article)
        record.check()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return record


def _write(
    database: Database, key: int, capture: Capture, article: Article, record: Record | str, done: int, total: int
) -> Reread:
    with database.writing() as connection:
        if isinstance(record, Record):
            rewrite_version(connection, key, capture, record.article, record)
        connection.execute("DELETE FROM reread_queue WHERE article = ?", (key,))
        version = _version(connection, key)
    problem = record if isinstance(record, str) else None
    return Reread(article_id=article.id, version=version, done=done, total=total, problem=problem)


def _version(connection: sqlite3.Connection, key: int) -> int:
    return connection.execute("SELECT version FROM article WHERE key = ?", (key,)).fetchone()[0]
