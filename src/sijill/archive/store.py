"""The archive: one file that keeps captures, articles and records, and gives them back.

>>> from sijill.page.capture import Capture
>>> from sijill.record import Article, Record
>>> with open_archive(":temporary:") as archive:
...     article = Article(id="a1", lang="ar", text="قال كيري إن القرار صعب", title="كيري")
...     added = archive.add(Capture(data=b"<p>...</p>"), article, Record(article=article))
...     again = archive.add(Capture(data=b"<p>...</p>"), article, Record(article=article))
...     added.change, again.change, archive.article("a1").title
('new', 'nothing', 'كيري')
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
import platformdirs

from sijill.archive import across, dossiers, gathering, judgements, reading, writing
from sijill.archive.across import CrossLink
from sijill.archive.check import Problem, backup, check
from sijill.archive.database import Database
from sijill.archive.differences import VersionDiff, difference
from sijill.archive.dossiers import Dossier, DossierSummary
from sijill.archive.errors import ArchiveError, NotFound
from sijill.archive.identities import Identities
from sijill.archive.judgements import Judgement, Verdict
from sijill.archive.order import after_cursor
from sijill.archive.query import RecordKind
from sijill.archive.reading import ArticleSummary, Entry, Version
from sijill.archive.reread import Reader, Reread, read_again, reread
from sijill.archive.reviews import Reviews
from sijill.archive.rows import DEVELOPMENT, EVENT, FIGURE, PARTY, STATEMENT, TABLES, Table
from sijill.archive.search import Order, Results, search
from sijill.archive.writing import Added
from sijill.lang.plover import types_of_acts
from sijill.page.capture import Capture
from sijill.read.speech import speech_events
from sijill.record import Article, Development, Event, Figure, Party, Record, Statement

TEMPORARY = ":temporary:"


def default_path() -> Path:
    """Where the archive is when nobody says otherwise: ``news.sijill`` in the user's data directory."""
    return platformdirs.user_data_path("sijill", appauthor=False) / "news.sijill"


def open_archive(path: str | Path | None = None, *, readonly: bool = False, wait: float = 10.0) -> Archive:
    """Open the archive at ``path``, making it where there is none; without a path, the user's own.

    ``wait`` is how long, in seconds, a write waits for another process's. ``":temporary:"`` is an archive that is
    gone when it is closed. Raises an `ArchiveError` that says what is wrong: `NotAnArchive`, `NewerArchive`,
    `DamagedArchive`, `ReadOnlyArchive` (on the first write), `BusyArchive`.
    """
    if path == TEMPORARY:
        folder = tempfile.TemporaryDirectory(prefix="sijill-")
        archive = Archive(Database(Path(folder.name) / "news.sijill", wait=wait))
        archive._folder = folder  # pyright: ignore[reportPrivateUsage]
        return archive
    if path is None:
        path = default_path()
        path.parent.mkdir(parents=True, exist_ok=True)
    return Archive(Database(Path(path), readonly=readonly, wait=wait))


class Archive:
    """Captures, articles, records and what people said of them, in one file. Made by `open_archive`.

    Lists are newest first; give the ``cursor`` of the last entry seen as ``before`` to go on. An archive may be used
    from several threads, and a file by several processes: one writes at a time, reading never waits.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        database.settle = gathering.settle
        self.reviews = Reviews(database)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        if not database.readonly and gathering.is_unfinished(database.connection):
            with suppress(ArchiveError), database.writing():
                pass  # where it fails, the search does without the last pages of an intake

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The archive's file."""
        return self.database.path

    def close(self) -> None:
        """Close the file. Nothing is lost without it, but the write-ahead log stays beside the file."""
        self.database.close()
        if self._folder is not None:
            self._folder.cleanup()

    def add(self, capture: Capture, article: Article, record: Record) -> Added:
        """Keep a page: its bytes, the article and the record read from them, in one transaction.

        The same bytes from the same address add nothing; other bytes with the same words add a capture; other
        words add a version. Raises `SpanMismatch` where the record disagrees with the article's text, and
        `ValueError` where the text holds what no text file can.
        """
        writing.check_page(article, record)
        with self.database.writing() as connection:
            return writing.add_page(connection, capture, article, record)[0]

    @contextmanager
    def adding(self) -> Generator[Callable[[Capture, Article, Record], Added]]:
        """What adds many pages, as `add` does one, in half the time.

        Each page is still a transaction. But new articles are joined to others and made searchable in groups: a
        hundred pages or five seconds after the first, and at the end; after a crash, when the archive is next
        opened for writing.
        """
        intake = gathering.Gathering(self.database)
        try:
            yield intake.add
        finally:
            intake.finish()

    def holds(self, capture: Capture) -> str | None:
        """The id of the article that these very bytes from this address were kept under, or None."""
        with self.database.reading() as connection:
            known = writing.known_capture(connection, capture)
            return known.id if known else None

    def article(self, id: str, *, version: int | None = None) -> Article:
        """An article, in its current version or another. Raises `NotFound`."""
        with self.database.reading() as connection:
            return reading.read_article(connection, reading.version_key(connection, id, version))

    def record(self, id: str, *, version: int | None = None) -> Record:
        """What was read out of an article, as people corrected it. Raises `NotFound`."""
        with self.database.reading() as connection:
            return reading.read_record(connection, reading.version_key(connection, id, version))

    def capture(self, id: str, *, version: int | None = None) -> Capture:
        """The newest capture of an article, its bytes as they came. Raises `NotFound`."""
        with self.database.reading() as connection:
            return reading.read_capture(connection, reading.version_key(connection, id, version))

    def image(self, article_id: str, index: int) -> bytes | None:
        """The picture at an index of ``article.images``, or None where the capture did not bring it."""
        with self.database.reading() as connection:
            key = reading.version_key(connection, article_id)
            row = connection.execute(
                "SELECT sha256 FROM image WHERE article = ? AND number = ?", (key, index)
            ).fetchone()
            return reading.read_blob(connection, row[0]) if row and row[0] else None

    def versions(self, article_id: str) -> list[Version]:
        """All versions of an article, oldest first. Raises `NotFound`."""
        with self.database.reading() as connection:
            return reading.read_versions(connection, article_id)

    def articles(
        self,
        *,
        section: str | Sequence[str] | None = None,
        outlet: str | None = None,
        limit: int = 50,
        before: str | None = None,
    ) -> list[ArticleSummary]:
        """Articles of a section (its breadcrumb, outermost first; those below it too) or an outlet, or all."""
        path = [section] if isinstance(section, str) else None if section is None else list(section)
        with self.database.reading() as connection:
            return reading.list_articles(connection, section=path, outlet=outlet, limit=limit, before=before)

    def sections(self) -> list[tuple[list[str], int]]:
        """Every section's breadcrumb and how many articles are in it or below, the fullest first."""
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT x.path, count(*) FROM article_section x JOIN article a ON a.key = x.article WHERE a.current "
                "GROUP BY x.path ORDER BY count(*) DESC, json_array_length(x.path), x.path"
            )
            return [(reading.strings(path), count) for path, count in rows]

    def outlets(self) -> list[tuple[str, int]]:
        """Every outlet and how many articles are from it, the fullest first."""
        with self.database.reading() as connection:
            return connection.execute(
                "SELECT outlet, count(*) FROM article WHERE current AND outlet IS NOT NULL "
                "GROUP BY outlet ORDER BY count(*) DESC, outlet"
            ).fetchall()

    def statements(
        self,
        *,
        speaker: str | None = None,
        act: str | None = None,
        article: str | None = None,
        outlet: str | None = None,
        limit: int | None = 50,
        before: str | None = None,
    ) -> list[Entry[Statement]]:
        """Statements, of a speaker under any of its names (or words of one), of an act, an article, an outlet."""
        return self._entries(STATEMENT, {"r.act": act, "a.id": article, "a.outlet": outlet}, speaker, limit, before)

    def figures(
        self,
        *,
        claimant: str | None = None,
        what: str | None = None,
        article: str | None = None,
        outlet: str | None = None,
        limit: int | None = 50,
        before: str | None = None,
    ) -> list[Entry[Figure]]:
        """Figures, of a claimant under any of its names, of what is counted, an article, an outlet."""
        return self._entries(FIGURE, {"r.what": what, "a.id": article, "a.outlet": outlet}, claimant, limit, before)

    def developments(
        self,
        *,
        by: str | None = None,
        kind: str | None = None,
        status: str | None = None,
        article: str | None = None,
        outlet: str | None = None,
        limit: int | None = 50,
        before: str | None = None,
    ) -> list[Entry[Development]]:
        """Developments, by whose doing, of a kind of process, a status, an article, an outlet."""
        filters = {"r.kind": kind, "r.status": status, "a.id": article, "a.outlet": outlet}
        return self._entries(DEVELOPMENT, filters, by, limit, before)

    def events(
        self,
        *,
        actor: str | None = None,
        type: str | None = None,
        article: str | None = None,
        outlet: str | None = None,
        limit: int | None = 50,
        before: str | None = None,
    ) -> list[Entry[Event]]:
        """Events, of an actor under any of its names, of a type, an article, an outlet."""
        return self._entries(EVENT, {"r.type": type, "a.id": article, "a.outlet": outlet}, actor, limit, before)

    def speech_events(
        self,
        *,
        actor: str | None = None,
        type: str | None = None,
        article: str | None = None,
        outlet: str | None = None,
        limit: int | None = 50,
        before: str | None = None,
    ) -> list[Entry[Event]]:
        """The events that statements are (see `sijill.speech_events`): who accuses, threatens, asks or praises whom."""
        acts = tuple(act for act, kind in types_of_acts().items() if type in (None, kind))
        filters = {"r.act": acts, "a.id": article, "a.outlet": outlet}
        said = self._entries(STATEMENT, filters, actor, limit, before)
        events = {
            (id, event.id): event
            for id in {entry.article_id for entry in said}
            for event in speech_events(self.record(id))
        }
        found = ((entry, events.get((entry.article_id, entry.record.id))) for entry in said)
        return [msgspec.structs.replace(entry, record=event) for entry, event in found if event]

    def parties(
        self,
        *,
        name: str | None = None,
        kind: str | None = None,
        article: str | None = None,
        outlet: str | None = None,
        limit: int | None = 50,
        before: str | None = None,
    ) -> list[Entry[Party]]:
        """Appearances of parties in articles: of one under any of its names, of a kind, in an article, an outlet."""
        return self._entries(PARTY, {"r.kind": kind, "a.id": article, "a.outlet": outlet}, name, limit, before)

    def search(
        self,
        question: str,
        *,
        over: RecordKind | None = None,
        order: Order = "best",
        limit: int = 20,
        after: str | None = None,
        facets: bool = True,
    ) -> Results:
        """Find articles or records.

        ``question`` is words (all of them, in any form; some where few have all), ``"phrases"`` exactly as printed,
        ``-excluded``, ``begin*``, and filters: ``speaker:`` ``act:`` ``what:`` ``status:`` ``outlet:`` ``section:``
        ``kind:`` ``year:`` ``lang:``, ``after:`` a day (that day too) and ``before:`` it.
        ``over`` names the kind of record to look for; by default the filters say, and otherwise articles.
        ``order`` is ``best`` (BM25), ``recent`` (the same, newer ones lifted), ``newest`` or ``oldest``. ``after`` is
        the ``next`` of the page before. Raises `BadQuestion`.
        """
        with self.database.reading() as connection:
            return search(connection, question, over=over, order=order, limit=limit, after=after, facets=facets)

    def links(self, article_id: str) -> list[CrossLink]:
        """Repeated quotations and denials between an article and others. Raises `NotFound`."""
        with self.database.reading() as connection:
            return across.links_of(connection, reading.version_key(connection, article_id))

    def beside(self, article_id: str, figure_id: str) -> list[Entry[Figure]]:
        """Figures of other articles that count the same thing, oldest first. Raises `NotFound`."""
        with self.database.reading() as connection:
            key = reading.version_key(connection, article_id)
            mine = reading.entries_where(connection, FIGURE, "r.article = ? AND r.id = ?", (key, figure_id))
            if not mine:
                raise NotFound(f"article {article_id!r} has no figure {figure_id!r}")
            sort, text = connection.execute(
                "SELECT a.sort, t.text FROM article a JOIN article_text t ON t.article = a.key WHERE a.key = ?", (key,)
            ).fetchone()
            return across.figures_beside(connection, key, mine[0].record, sort, text)

    def related(self, article_id: str, *, limit: int = 6) -> list[ArticleSummary]:
        """Other articles of the same weeks that are about the same, most alike first. Raises `NotFound`."""
        with self.database.reading() as connection:
            return across.related(connection, reading.version_key(connection, article_id), limit)

    def dossiers(
        self, *, kind: str | None = None, status: str | None = None, limit: int = 50, before: str | None = None
    ) -> list[DossierSummary]:
        """Processes gathered from their developments, of a kind or a present status, the newest news first."""
        place = after_cursor(before) if before is not None else None
        with self.database.reading() as connection:
            return dossiers.list_dossiers(connection, kind=kind, status=status, limit=limit, before=place)

    def dossier(self, key: int, *, limit: int | None = None, before: str | None = None) -> Dossier:
        """One process: timeline, present status, parties, reasons, conditions. Raises `NotFound`.

        With ``limit``, of its last so many developments; ``before`` is the ``older`` of the part seen.
        """
        place = after_cursor(before) if before is not None else None
        with self.database.reading() as connection:
            return dossiers.read_dossier(connection, key, limit=limit, before=place)

    def judgements(self, name: str) -> list[Judgement]:
        """What was judged of a name's being another's, newest first, taken back or not."""
        with self.database.reading() as connection:
            return judgements.judgements_of(connection, name)

    def judge(self, left: str, right: str, verdict: Verdict, *, author: str, reason: str) -> list[int]:
        """A person's judgement: two names are the ``same`` party, ``different``, or it is ``unsure``.

        It counts before the program's, and can be taken back by its key. Raises `NotFound`.
        """
        with self.database.writing() as connection:
            return judgements.judge(connection, left, right, verdict, author=author, reason=reason)

    def unjudge(self, key: int) -> None:
        """Take a judgement back: what it joined is apart again. Raises `NotFound`."""
        with self.database.writing() as connection:
            judgements.undo(connection, key)

    def reread(
        self, read: Reader = read_again, *, workers: int | None = None, restart: bool = False
    ) -> Iterator[Reread]:
        """Read every page again from its capture and replace its record; reviews are applied again.

        Runs as it is iterated, a page a step. One that was interrupted goes on, unless ``restart``. ``workers`` is
        how many processes read (``read`` must then be importable); by default one for each core.
        """
        yield from reread(self.database, read, workers=workers or os.cpu_count() or 1, restart=restart)

    def check(self) -> list[Problem]:
        """Everything that is wrong: the file's pages, captures against hashes, spans against texts, the index."""
        return list(check(self.database))

    def backup(self, target: str | Path, progress: Callable[[int, int], None] | None = None) -> None:
        """Copy the archive to a file while it is in use; ``progress`` gets pages copied and pages in all."""
        backup(self.database, Path(target), progress)

    def diff(self, article_id: str, old: int, new: int) -> VersionDiff:
        """What changed between two versions of an article, in its words and in its record. Raises `NotFound`."""
        return difference(self.record(article_id, version=old), self.record(article_id, version=new), old, new)

    def status(self) -> dict[str, int]:
        """How much there is of everything: articles, versions, captures, each kind of record; the file's bytes."""
        with self.database.reading() as connection:
            counts = {
                "articles": "SELECT count(*) FROM article WHERE current",
                "versions": "SELECT count(*) FROM article",
                "captures": "SELECT count(*) FROM capture",
            } | {
                plural: f"SELECT count(*) FROM {table.name} r JOIN article a ON a.key = r.article "
                "WHERE a.current AND r.verdict IS NOT 'rejected'"
                for plural, table in TABLES.items()
            }
            status = {name: connection.execute(question).fetchone()[0] for name, question in counts.items()}
        return status | {"bytes": self.path.stat().st_size}

    def _entries(
        self, table: Table[Any], filters: dict[str, Any], who: str | None, limit: int | None, before: str | None
    ) -> list[Entry[Any]]:
        with self.database.reading() as connection:
            identities = None
            if who is not None:
                known = Identities(connection)
                identities = known.named(who) or known.meant(who)
            return list(
                reading.list_entries(connection, table, filters, identities=identities, limit=limit, before=before)
            )
