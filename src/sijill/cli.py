"""The command line: thin, every command one call into the package.

Exit codes: 0 done; 1 something could not be read and is named; 2 wrong use.
"""

from __future__ import annotations

import datetime
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer
from rich.console import Console

import sijill
from sijill import show
from sijill.page import UnreadablePage

if TYPE_CHECKING:
    from sijill.archive import Archive
    from sijill.archive.reading import Entry

app = typer.Typer(
    help="Keep the record of a conflict: read news pages, archive them, find what was said.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

FAILED, WRONG_USE = 1, 2

Files = Annotated[list[str], typer.Argument(help="Pages: files, or - for standard input.", metavar="FILE…")]
ArchiveOption = Annotated[
    Path | None,
    typer.Option(
        "--archive", "-a", help="The archive's file; by default the one in your data directory.", metavar="FILE"
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs: one object a line.")]
Csv = Annotated[bool, typer.Option("--csv", help="Print CSV, with a header line.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many, newest first.")]
Outlet = Annotated[str | None, typer.Option(help="Only from this outlet.")]
ArticleId = Annotated[str | None, typer.Option("--article", help="Only from the article with this id.", metavar="ID")]


def _day(value: str | None) -> str | None:
    """A day or time in ISO 8601, checked."""
    if value is None:
        return None
    try:
        datetime.datetime.fromisoformat(value)
    except ValueError:
        message = f"{value!r} is no day or time in ISO 8601, such as 2016-10-03 or 2016-10-03T18:30+03:00"
        raise typer.BadParameter(message) from None
    return value


PageLang = Annotated[str | None, typer.Option("--lang", help="The pages' language (BCP 47), if they do not say.")]
PagePublished = Annotated[
    str | None,
    typer.Option("--published", help="The day of publication (ISO 8601); relative dates count from it.", callback=_day),
]
PageOutlet = Annotated[str | None, typer.Option("--outlet", help="The outlet's name, if the pages do not say.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sijill {sijill.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Keep the record of a conflict: read news pages, archive them, find what was said."""


# Reading


@app.command()
def read(
    files: Files,
    json: Json = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show units, classes and which rules spoke.")] = False,
    lang: PageLang = None,
    published: PagePublished = None,
    outlet: PageOutlet = None,
) -> None:
    """Read pages and print their record."""

    def one(file: str) -> sijill.Record:
        return sijill.read(_bytes_or_path(file), lang=lang, published=published, outlet=outlet)

    failed = 0
    for file, record, problem in _each(files, one):
        if problem:
            failed += 1
            if json and len(files) > 1:
                _line({"file": file, "error": problem})
            _complain(problem)
        elif record and json:
            _line(record)
        elif record and explain:
            from sijill.read.explain import as_text

            sys.stdout.writelines(f"{line}\n" for line in as_text(record.article))
        elif record:
            sys.stdout.writelines(f"{line}\n" for line in show.record_lines(record))
    _finish(failed, len(files))


@app.command()
def add(
    files: Files,
    archive: ArchiveOption = None,
    json: Json = False,
    lang: PageLang = None,
    published: PagePublished = None,
    outlet: PageOutlet = None,
) -> None:
    """Read pages and keep them in the archive; a page that is there already adds nothing."""
    from sijill.page import Capture, read_page
    from sijill.read import read_article

    failed, counts = 0, Counter[str]()
    with _open(archive) as opened:

        def one(file: str) -> Any:
            page = _bytes_or_path(file)
            data = page if isinstance(page, bytes) else page.read_bytes()
            capture = Capture(data=data, name=file)
            article = read_page(capture, lang=lang, published=published, outlet=outlet)
            return opened.add(capture, article, read_article(article))

        for file, added, problem in _each(files, one):
            if problem:
                failed += 1
                _complain(problem)
            else:
                counts[added.change] += 1
            if json:
                _line({"file": file, "error": problem} if problem else {"file": file, **msgspec.to_builtins(added)})
    if not json:
        words = {"new": "added", "version": "changed", "capture": "captured again", "nothing": "there already"}
        typer.echo(", ".join(f"{counts[k]} {word}" for k, word in words.items() if counts[k] or k == "new"))
    _finish(failed, len(files))


# What the archive holds


@app.command()
def statements(
    archive: ArchiveOption = None,
    speaker: Annotated[str | None, typer.Option(help="Only this speaker's, under any known name.")] = None,
    act: Annotated[str | None, typer.Option(help="Only of this act: say, announce, deny, accuse …")] = None,
    outlet: Outlet = None,
    article: ArticleId = None,
    limit: Limit = 50,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Who said what."""
    with _open(archive, readonly=True) as opened:
        entries = opened.statements(speaker=speaker, act=act, outlet=outlet, article=article, limit=limit)
    columns: dict[str, Callable[[Any], str | None]] = {
        "date": lambda e: e.record.date or e.published,
        "speaker": lambda e: e.record.speaker,
        "act": lambda e: e.record.act,
        "content": lambda e: e.record.content.text,
        "outlet": lambda e: e.outlet,
        "article": lambda e: e.article_id,
    }
    _list(entries, columns, json, csv)


@app.command()
def figures(
    archive: ArchiveOption = None,
    claimant: Annotated[str | None, typer.Option(help="Only this claimant's, under any known name.")] = None,
    what: Annotated[str | None, typer.Option(help="Only of this kind: killed, wounded, displaced …")] = None,
    outlet: Outlet = None,
    article: ArticleId = None,
    limit: Limit = 50,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """How many, and who says so."""
    with _open(archive, readonly=True) as opened:
        entries = opened.figures(claimant=claimant, what=what, outlet=outlet, article=article, limit=limit)
    columns: dict[str, Callable[[Any], str | None]] = {
        "published": lambda e: e.published,
        "what": lambda e: e.record.what,
        "value": lambda e: _number(e.record),
        "bound": lambda e: e.record.bound,
        "words": lambda e: e.record.span.text,
        "claimant": lambda e: e.record.claimant,
        "outlet": lambda e: e.outlet,
        "article": lambda e: e.article_id,
    }
    _list(entries, columns, json, csv)


@app.command()
def developments(
    archive: ArchiveOption = None,
    kind: Annotated[str | None, typer.Option(help="Only of this process: talks, ceasefire, agreement …")] = None,
    status: Annotated[str | None, typer.Option(help="Only of this status: suspended, resumed, vetoed …")] = None,
    by: Annotated[str | None, typer.Option(help="Only by this party's doing, under any known name.")] = None,
    outlet: Outlet = None,
    article: ArticleId = None,
    limit: Limit = 50,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """What became of talks, ceasefires, agreements, draft resolutions."""
    with _open(archive, readonly=True) as opened:
        entries = opened.developments(kind=kind, status=status, by=by, outlet=outlet, article=article, limit=limit)
    columns: dict[str, Callable[[Any], str | None]] = {
        "date": lambda e: e.record.date or e.published,
        "kind": lambda e: e.record.kind,
        "status": lambda e: e.record.status,
        "modality": lambda e: e.record.modality,
        "subject": lambda e: show.span_words(e.record.subject),
        "by": lambda e: e.record.by,
        "outlet": lambda e: e.outlet,
        "article": lambda e: e.article_id,
    }
    _list(entries, columns, json, csv)


@app.command()
def events(
    archive: ArchiveOption = None,
    type: Annotated[str | None, typer.Option(help="Only of this PLOVER type: ASSAULT, CONSULT, SANCTION …")] = None,
    actor: Annotated[str | None, typer.Option(help="Only by this actor, under any known name.")] = None,
    outlet: Outlet = None,
    article: ArticleId = None,
    limit: Limit = 50,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Who did what to whom."""
    with _open(archive, readonly=True) as opened:
        entries = opened.events(type=type, actor=actor, outlet=outlet, article=article, limit=limit)
    columns: dict[str, Callable[[Any], str | None]] = {
        "date": lambda e: e.record.date or e.published,
        "type": lambda e: e.record.type,
        "modality": lambda e: e.record.modality,
        "actor": lambda e: show.span_words(e.record.actor),
        "trigger": lambda e: e.record.trigger.text,
        "recipient": lambda e: show.span_words(e.record.recipient),
        "place": lambda e: show.span_words(e.record.place),
        "article": lambda e: e.article_id,
    }
    _list(entries, columns, json, csv)


@app.command()
def serve(
    archive: ArchiveOption = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = 8321,
) -> None:
    """Serve the archive as a website, on this machine only unless told otherwise."""
    from sijill.site import serve as serve_site

    with _open(archive) as opened:
        path = opened.path
    typer.echo(f"http://{host}:{port}/", err=False)
    serve_site(path, host=host, port=port)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the record."""
    from sijill.record import json_schema

    _line(json_schema(), indent=2)


# What the commands share


def _bytes_or_path(file: str) -> bytes | Path:
    return sys.stdin.buffer.read() if file == "-" else Path(file)


def _each(files: Sequence[str], do: Callable[[str], Any]) -> Iterator[tuple[str, Any, str | None]]:
    """Each file with what was made of it, or what is wrong with it."""
    for file in files:
        try:
            yield file, do(file), None
        except UnreadablePage as problem:
            yield file, None, str(problem) if problem.name else f"{file}: {problem}"
        except OSError as problem:
            yield file, None, f"{file}: {problem.strerror or problem}"


def _open(path: Path | None, *, readonly: bool = False) -> Archive:
    from sijill.archive import ArchiveError, open_archive

    try:
        return open_archive(path, readonly=readonly and path is not None and path.exists())
    except (ArchiveError, OSError) as problem:
        _complain(str(problem))
        raise typer.Exit(FAILED) from None


def _line(value: Any, indent: int = 0) -> None:
    data = msgspec.json.encode(value)
    sys.stdout.buffer.write((msgspec.json.format(data, indent=indent) if indent else data) + b"\n")
    sys.stdout.flush()


def _list(
    entries: Sequence[Entry[Any]], columns: dict[str, Callable[[Any], str | None]], json: bool, as_csv: bool
) -> None:
    """Print entries of the archive: as a table, as JSON lines or as CSV."""
    rows: Iterable[list[str | None]] = ([cell(entry) for cell in columns.values()] for entry in entries)
    if json:
        for entry in entries:
            _line(entry)
    elif as_csv:
        import csv

        writer = csv.writer(sys.stdout)
        writer.writerow(columns)
        writer.writerows(rows)
    else:
        show.table(Console(), list(columns), rows)


def _number(figure: Any) -> str | None:
    if figure.value is not None:
        return str(figure.value)
    return None if figure.low is None else f"{figure.low}–{figure.high}"


def _complain(message: str) -> None:
    typer.echo(f"sijill: {message}", err=True)


def _finish(failed: int, total: int) -> None:
    """End with exit code 1 where something could not be read; a batch says how many."""
    if failed and total > 1:
        _complain(f"{failed} of {total} could not be read")
    if failed:
        raise typer.Exit(FAILED)


def main() -> None:
    """The console script."""
    app()
