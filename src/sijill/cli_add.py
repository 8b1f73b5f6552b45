"""The commands that take pages in: ``add`` and ``watch``."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from sijill.page import Capture, Problem
from sijill.terminal import (
    ArchiveOption,
    Json,
    PageLang,
    PageOutlet,
    PagePublished,
    complain,
    explained,
    finish,
    open_at,
    print_json,
)

CHANGES = {"new": "added", "version": "changed", "capture": "captured again", "nothing": "there already"}
MOST_REASONS = 10

Allow = Annotated[
    list[str] | None,
    typer.Option("--allow", help="Fetch from this host although it is on this machine or a private network."),
]


def add(
    things: Annotated[
        list[str],
        typer.Argument(
            help="Pages, folders, .warc, .wacz, feeds, lists of addresses, addresses, or - for standard input.",
            metavar="THING…",
        ),
    ],
    archive: ArchiveOption = None,
    fetch: Annotated[bool, typer.Option("--fetch", help="Also fetch feed entries that have no full text.")] = False,
    allow: Allow = None,
    json: Json = False,
    lang: PageLang = None,
    published: PagePublished = None,
    outlet: PageOutlet = None,
) -> None:
    """Read pages and keep them in the archive; what is there already adds nothing.

    An address given here is fetched; nothing else ever is, except with --fetch.
    """
    from sijill.page import Fetcher, captures

    with Fetcher(allowed=allow or ()) as fetcher:
        counts = _take_in(
            archive, captures(things, fetcher=fetcher, fetch_entries=fetch), json, lang, published, outlet
        )
    finish(counts["failed"], counts.total())


def watch(
    addresses: Annotated[list[str], typer.Argument(help="Feeds and section pages to look at.", metavar="ADDRESS…")],
    archive: ArchiveOption = None,
    every: Annotated[float, typer.Option(help="Minutes between two looks.", min=1)] = 15,
    looks: Annotated[
        int | None, typer.Option(help="Stop after so many looks; by default go on until interrupted.")
    ] = None,
    state: Annotated[
        Path | None,
        typer.Option(help="Where to remember what was seen; by default beside the archive.", metavar="FILE"),
    ] = None,
    allow: Allow = None,
    json: Json = False,
    lang: PageLang = None,
    outlet: PageOutlet = None,
) -> None:
    """Look at feeds and section pages again and again, and keep the pages that are new."""
    from sijill.page import Fetcher, Watched, poll

    with open_at(archive) as opened:
        state = state or opened.path.with_name(opened.path.name + ".watched.json")
    known = msgspec.json.decode(state.read_bytes(), type=dict[str, Watched]) if state.exists() else {}
    watched = [known.setdefault(address, Watched(address=address)) for address in addresses]
    failed = done = 0
    with Fetcher(allowed=allow or ()) as fetcher:
        while looks is None or done < looks:
            if done:
                time.sleep(every * 60)
            done += 1
            for page in watched:
                counts = _take_in(archive, poll(page, fetcher), json, lang, None, outlet)
                failed += counts["failed"]
                state.write_bytes(msgspec.json.encode(known))
    finish(failed, done)


def _take_in(
    archive: Path | None,
    pages: Iterable[Capture | Problem],
    json: bool,
    lang: str | None,
    published: str | None,
    outlet: str | None,
) -> Counter[str]:
    """Take pages in, show how far it is, and say at the end (or when it is broken off) what came in and what not."""
    from sijill.archive.intake import take_in

    counts, reasons = Counter[str](), Counter[str]()
    console = Console(stderr=True)
    columns = SpinnerColumn(), TextColumn("{task.completed} pages, {task.description}"), TimeElapsedColumn()
    progress = Progress(*columns, console=console, disable=not console.is_terminal, transient=True)
    with open_at(archive) as opened, explained():
        try:
            with progress:
                task = progress.add_task("", total=None)
                for taken in take_in(opened, pages, lang=lang, published=published, outlet=outlet):
                    counts[taken.change or "failed"] += 1
                    if taken.error:
                        reasons[taken.error] += 1
                        complain(f"{taken.name}: {taken.error}")
                    if json:
                        print_json(taken)
                    progress.update(task, advance=1, description=taken.name)
        finally:
            if reasons.total() > 1:
                _print_reasons(reasons)
            if not json:
                typer.echo(", ".join(f"{counts[k]} {word}" for k, word in CHANGES.items() if counts[k] or k == "new"))
    return counts


def _print_reasons(reasons: Counter[str]) -> None:
    """Why pages did not come in, the most frequent reasons first."""
    for reason, count in reasons.most_common(MOST_REASONS):
        typer.echo(f"{count:>8}  {reason}", err=True)
    others = len(reasons) - MOST_REASONS
    if others > 0:
        typer.echo(f"          and {others} other reasons, given above", err=True)
