"""What the commands share: their common options, opening an archive, printing lists, saying what went wrong."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.progress import Progress

from sijill import show
from sijill.page import UnreadablePage
from sijill.show_columns import Columns

if TYPE_CHECKING:
    from sijill.archive import Archive

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


def a_day(value: str | None) -> str | None:
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
    typer.Option(
        "--published", help="The day of publication (ISO 8601); relative dates count from it.", callback=a_day
    ),
]
PageOutlet = Annotated[str | None, typer.Option("--outlet", help="The outlet's name, if the pages do not say.")]


def each_file(files: Sequence[str], do: Callable[[str], Any]) -> Iterator[tuple[str, Any, str | None]]:
    """Each file with what was made of it, or what is wrong with it."""
    for file in files:
        try:
            yield file, do(file), None
        except UnreadablePage as problem:
            yield file, None, str(problem) if problem.name else f"{file}: {problem}"
        except IsADirectoryError:
            yield file, None, f"{file} is a folder: name its pages, or take it in with sijill add"
        except OSError as problem:
            yield file, None, f"{file}: {problem.strerror or problem}"


def open_at(path: Path | None, *, readonly: bool = False) -> Archive:
    """The archive of a command; to be read only it must be there: a mistyped path would be an empty archive."""
    from sijill.archive import ArchiveError, open_archive
    from sijill.archive.store import default_path

    if readonly and not (path or default_path()).exists():
        complain(f"there is no archive at {path or default_path()}: sijill add makes one")
        raise typer.Exit(FAILED)
    try:
        return open_archive(path, readonly=readonly)
    except (ArchiveError, OSError) as problem:
        complain(str(problem))
        raise typer.Exit(FAILED) from None


@contextmanager
def explained() -> Generator[None]:
    """End with exit code 1, or 2 for wrong use, and the archive's own words where it cannot do what is asked."""
    from sijill.archive import ArchiveError

    try:
        yield
    except ArchiveError as problem:
        complain(str(problem))
        raise typer.Exit(WRONG_USE if isinstance(problem, ValueError) else FAILED) from None


@contextmanager
def progress_bar(what: str) -> Generator[Callable[[int, int], None]]:
    """A bar on the terminal of whoever waits, nothing in a pipe."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def one_of(value: str | None, choices: Sequence[str], name: str) -> str | None:
    if value is not None and value not in choices:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(choices)}", param_hint=name)
    return value


def print_json(value: Any, indent: int = 0) -> None:
    data = msgspec.json.encode(value)
    sys.stdout.buffer.write((msgspec.json.format(data, indent=indent) if indent else data) + b"\n")
    sys.stdout.flush()


def print_list(entries: Sequence[Any], columns: Columns, json: bool, as_csv: bool) -> None:
    """Print entries of the archive: as a table, as JSON lines or as CSV. A person is told where there are none."""
    rows: Iterable[list[str | None]] = ([cell(entry) for cell in columns.values()] for entry in entries)
    if json:
        for entry in entries:
            print_json(entry)
    elif as_csv:
        import csv

        writer = csv.writer(sys.stdout)
        writer.writerow(columns)
        writer.writerows(rows)
    elif not entries:
        typer.echo("none", err=True)
    else:
        show.table(Console(), list(columns), rows)


def complain(message: str) -> None:
    typer.echo(f"sijill: {message}", err=True)


def finish(failed: int, total: int) -> None:
    """End with exit code 1 where something could not be read; a batch says how many."""
    if failed and total > 1:
        complain(f"{failed} of {total} could not be read")
    if failed:
        raise typer.Exit(FAILED)
