"""The command line: thin, every command one call into the package.

Exit codes: 0 done; 1 something could not be read and is named; 2 wrong use.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, cast, get_args

import typer
from rich.console import Console

import sijill
from sijill import cli_add, cli_review, show, show_columns
from sijill.record import Act, EventType, PartyKind, Process, Status, What
from sijill.terminal import (
    FAILED,
    ArchiveOption,
    ArticleId,
    Csv,
    Files,
    Json,
    Limit,
    Outlet,
    PageLang,
    PageOutlet,
    PagePublished,
    complain,
    each_file,
    explained,
    finish,
    one_of,
    open_at,
    print_json,
    print_list,
    progress_bar,
)

app = typer.Typer(
    help="Keep the record of a conflict: read news pages, archive them, find what was said.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
    for file, record, problem in each_file(files, one):
        if problem:
            failed += 1
            if json and len(files) > 1:
                print_json({"file": file, "error": problem})
            complain(problem)
        elif record and json:
            print_json(record)
        elif record and explain:
            from sijill.read.explain import as_text

            sys.stdout.writelines(f"{line}\n" for line in as_text(record.article))
        elif record:
            sys.stdout.writelines(f"{line}\n" for line in show.record_lines(record))
    finish(failed, len(files))


app.command()(cli_add.add)
app.command()(cli_add.watch)


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
    one_of(act, get_args(Act), "--act")
    with open_at(archive, readonly=True) as opened:
        entries = opened.statements(speaker=speaker, act=act, outlet=outlet, article=article, limit=limit)
    print_list(entries, show_columns.STATEMENTS, json, csv)


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
    one_of(what, get_args(What), "--what")
    with open_at(archive, readonly=True) as opened:
        entries = opened.figures(claimant=claimant, what=what, outlet=outlet, article=article, limit=limit)
    print_list(entries, show_columns.FIGURES, json, csv)


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
    one_of(kind, get_args(Process), "--kind")
    one_of(status, get_args(Status), "--status")
    with open_at(archive, readonly=True) as opened:
        entries = opened.developments(kind=kind, status=status, by=by, outlet=outlet, article=article, limit=limit)
    print_list(entries, show_columns.DEVELOPMENTS, json, csv)


@app.command()
def events(
    archive: ArchiveOption = None,
    type: Annotated[str | None, typer.Option(help="Only of this PLOVER type: ASSAULT, CONSULT, SANCTION …")] = None,
    actor: Annotated[str | None, typer.Option(help="Only by this actor, under any known name.")] = None,
    speech: Annotated[
        bool,
        typer.Option("--speech", help="What was done by saying it: who accuses, threatens, asks, praises whom."),
    ] = False,
    outlet: Outlet = None,
    article: ArticleId = None,
    limit: Limit = 50,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Who did what to whom."""
    type = one_of(type and type.upper(), get_args(EventType), "--type")
    with open_at(archive, readonly=True) as opened:
        find = opened.speech_events if speech else opened.events
        entries = find(type=type, actor=actor, outlet=outlet, article=article, limit=limit)
    print_list(entries, show_columns.EVENTS, json, csv)


@app.command()
def parties(
    archive: ArchiveOption = None,
    name: Annotated[str | None, typer.Option(help="Only this party, under any known name.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only of this kind: person, state, armed_group …")] = None,
    outlet: Outlet = None,
    article: ArticleId = None,
    limit: Limit = 50,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Who appears, under which name and in which role."""
    one_of(kind, get_args(PartyKind), "--kind")
    with open_at(archive, readonly=True) as opened:
        entries = opened.parties(name=name, kind=kind, outlet=outlet, article=article, limit=limit)
    print_list(entries, show_columns.PARTIES, json, csv)


@app.command()
def search(
    question: Annotated[
        list[str],
        typer.Argument(help='Words, "phrases", -excluded, begin*, speaker:… act:… after:2016-10 …', metavar="QUESTION"),
    ],
    archive: ArchiveOption = None,
    over: Annotated[
        str | None, typer.Option(help="What to find: article, statement, figure, development, event or party.")
    ] = None,
    order: Annotated[str, typer.Option(help="best, recent (best, newer ones lifted), newest or oldest.")] = "best",
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many.")] = 20,
    after: Annotated[str | None, typer.Option(help="Go on behind a page of results: its `next`.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object: results, total, facets.")] = False,
) -> None:
    """Find articles and records. Write a word to leave out behind --: sijill search -- truce -aleppo."""
    from sijill.archive.query import RecordKind
    from sijill.archive.search import Order

    kind = cast("RecordKind | None", one_of(over, get_args(RecordKind), "--over"))
    sorting = cast("Order", one_of(order, get_args(Order), "--order"))
    with open_at(archive, readonly=True) as opened, explained():
        found = opened.search(" ".join(question), over=kind, order=sorting, limit=limit, after=after)
    if json:
        print_json(found, indent=2)
        return
    from sijill import show_archive

    show_archive.results(Console(), found)


@app.command()
def versions(
    article: Annotated[str, typer.Argument(help="The article's id.", metavar="ID")],
    archive: ArchiveOption = None,
    old: Annotated[int | None, typer.Option(help="Compare this version (by default the one before) …")] = None,
    new: Annotated[
        int | None, typer.Option(help="… with this one (by default the newest), in words and record.")
    ] = None,
    json: Json = False,
) -> None:
    """The versions of an article, or what changed between two of them."""
    with open_at(archive, readonly=True) as opened, explained():
        found = opened.versions(article)
        if old is not None or new is not None:
            new = new or found[-1].version
            old = old or max((one.version for one in found if one.version < new), default=None)
            if old is None:
                complain(f"version {new} of {article} is its first: there is none to compare it with")
                raise typer.Exit(FAILED)
            change = opened.diff(article, old, new)
            if json:
                print_json(change, indent=2)
            else:
                from sijill import show_archive

                show_archive.difference(Console(), change)
            return
    columns: dict[str, Callable[[Any], str | None]] = {
        "version": lambda v: f"{v.version}{' *' if v.current else ''}",
        "title": lambda v: v.title,
        "added": lambda v: v.added,
        "captures": lambda v: ", ".join(captured or "?" for captured in v.captures),
    }
    print_list(found, columns, json, False)


@app.command()
def dossiers(
    key: Annotated[int | None, typer.Argument(help="One dossier: its last developments.", metavar="NUMBER")] = None,
    archive: ArchiveOption = None,
    kind: Annotated[str | None, typer.Option(help="Only of this process: talks, ceasefire, agreement …")] = None,
    status: Annotated[str | None, typer.Option(help="Only those that now stand so: suspended, resumed …")] = None,
    limit: Limit = 50,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Processes through time: talks, ceasefires, agreements, drafts, and where each stands."""
    one_of(kind, get_args(Process), "--kind")
    one_of(status, get_args(Status), "--status")
    with open_at(archive, readonly=True) as opened, explained():
        if key is not None:
            dossier = opened.dossier(key, limit=limit)
            if json:
                print_json(dossier, indent=2)
            else:
                from sijill import show_archive

                show_archive.dossier(Console(), dossier)
            return
        found = opened.dossiers(kind=kind, status=status, limit=limit)
    print_list(found, show_columns.DOSSIERS, json, csv)


# Keeping the archive whole


@app.command()
def check(archive: ArchiveOption = None, json: Json = False) -> None:
    """Look for anything wrong: pages of the file, captures, spans, the search index. Exit code 1 if there is."""
    with open_at(archive, readonly=True) as opened, explained():
        problems = opened.check()
    for problem in problems:
        if json:
            print_json(problem)
        else:
            typer.echo(f"{problem.where}: {problem.what}")
    if problems:
        raise typer.Exit(FAILED)
    if not json:
        typer.echo("all is well")


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(help="The file to copy the archive to.", metavar="TARGET")],
    archive: ArchiveOption = None,
) -> None:
    """Copy the archive while it is in use; the copy takes its name when it is whole."""
    with open_at(archive, readonly=True) as opened, explained(), progress_bar("copying") as step:
        opened.backup(target, step)


@app.command()
def reread(
    archive: ArchiveOption = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read; by default one a core.")] = None,
    restart: Annotated[bool, typer.Option(help="Begin anew instead of going on where a reread stopped.")] = False,
) -> None:
    """Read every page again from its capture with this program; what people reviewed stays."""
    failed = total = 0
    with open_at(archive) as opened, explained(), progress_bar("reading") as step:
        for page in opened.reread(workers=workers, restart=restart):
            total = page.total
            step(page.done, page.total)
            if page.problem:
                failed += 1
                complain(f"{page.article_id} version {page.version}: {page.problem}; its old record stays")
    finish(failed, total)


app.add_typer(cli_review.app, name="review")


@app.command()
def serve(
    archive: ArchiveOption = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = 8321,
) -> None:
    """Serve the archive as a website, on this machine only unless told otherwise."""
    from sijill.site import serve as serve_site

    with open_at(archive) as opened:
        path = opened.path
    typer.echo(f"http://{host}:{port}/", err=False)
    serve_site(path, host=host, port=port)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the record."""
    from sijill.record import json_schema

    print_json(json_schema(), indent=2)


def _bytes_or_path(file: str) -> bytes | Path:
    return sys.stdin.buffer.read() if file == "-" else Path(file)


def main() -> None:
    """The console script."""
    app()
