"""The command line: thin, every command one call into the package."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

app = typer.Typer(help="Keep the record of a conflict: read news pages, archive them, find what was said.", no_args_is_help=True)


@app.command()
def read(
    files: Annotated[list[str], typer.Argument(help="Pages to read; - is standard input.", metavar="FILE…")],
    json: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
    lang: Annotated[Optional[str], typer.Option(help="The page's language (BCP 47).")] = None,
    published: Annotated[Optional[str], typer.Option(help="The day of publication (ISO 8601).")] = None,
    outlet: Annotated[Optional[str], typer.Option(help="The outlet's name.")] = None,
) -> None:
    """Read pages and print their record."""
    import sijill

    for file in files:
        page = sys.stdin.buffer.read() if file == "-" else Path(file)
        record = sijill.read(page, lang=lang, published=published, outlet=outlet)
        sys.stdout.buffer.write(record.to_json() + b"\n")


@app.callback()
def sijill_() -> None:
    """Keep the record of a conflict."""


def main() -> None:
    """The console script."""
    app()
