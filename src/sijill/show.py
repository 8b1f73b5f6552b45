"""Records for people to read: in the terminal, safe for text that runs both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from sijill.record import Attribution, Figure, Record, Statement
from sijill.show_columns import number_words

ISOLATE, POP = "\u2068", "\u2069"
"""First-strong isolate and its end: what is between keeps its own direction, and the line around it too."""

BIDI_CONTROLS = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


COPIED = frozenset({"article", "record", "number"})
"""The columns whose cells name something to another command: these stay whole on a narrow screen."""


def isolated(text: str) -> str:
    """The text set apart from the line's direction, without direction marks of its own.

    >>> isolated("كيري\\u202e") == "\\u2068كيري\\u2069"
    True
    """
    plain = " ".join(text.translate(BIDI_CONTROLS).split())
    return f"{ISOLATE}{plain}{POP}"


class Cell:
    """Text in a column, each of its lines set apart by itself: a terminal forgets what an earlier line began."""

    def __init__(self, text: str) -> None:
        self.text = Text(" ".join(text.translate(BIDI_CONTROLS).split()))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self.text.wrap(console, options.max_width):
            yield Text(isolated(line.plain) if line.plain else "", overflow="fold")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self.text)


def table(console: Console, columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    """Print rows as a table; in a pipe as tab-separated lines."""
    if not console.is_terminal:
        for row in rows:
            console.out("\t".join(" ".join((cell or "").split()) for cell in row), highlight=False)
        return
    shown = Table(show_edge=False, pad_edge=False)
    for name in columns:
        shown.add_column(name, no_wrap=name in COPIED)
    for row in rows:
        shown.add_row(*(Cell(cell or "") for cell in row))
    console.print(shown)


def record_lines(record: Record) -> Iterator[str]:
    """A record as lines: what the page is, who says what, how many, what became of it, when."""
    article = record.article
    about = [article.outlet, article.published, " / ".join(article.sections), "، ".join(article.agencies)]
    yield isolated(article.title or article.id)
    yield "  " + " · ".join(isolated(part) for part in about if part)
    for warning in record.warnings:
        yield f"  ! {warning}"
    if record.statements:
        yield "\nStatements"
    for statement in record.statements:
        yield from _statement_lines(statement)
    if record.figures:
        yield "\nFigures"
    for figure in record.figures:
        yield f"  {figure.id}  {figure_words(figure)}"
    if record.developments:
        yield "\nDevelopments"
    for d in record.developments:
        by = f" by {isolated(d.by)}" if d.by else ""
        modality = "" if d.modality == "actual" else f" ({d.modality})"
        yield f"  {d.id}  {d.kind} {d.status}{modality}{by}{_on(d.date)}: {isolated((d.subject or d.trigger).text)}"
        for reason in d.reasons:
            yield f"        because {isolated(reason.text)}"
        for condition in d.conditions:
            yield f"        if {isolated(condition.text)}"
    if record.events:
        yield "\nEvents"
    for e in record.events:
        who = [isolated(s.text) for s in (e.actor, e.recipient) if s]
        modality = "" if e.modality == "actual" else f" ({e.modality})"
        yield f"  {e.id}  {e.type}{modality} {' → '.join(who)}{_on(e.date)}: {isolated(e.trigger.text)}"
    if record.dates:
        yield "\nDates"
    for date in record.dates:
        yield f"  {date.id}  {isolated(date.text)}  {date.value or 'unresolved'}"
    if record.parties:
        yield "\nParties"
    for party in record.parties:
        role = f", {isolated(party.role)}" if party.role else ""
        yield f"  {party.id}  {isolated(party.name)}{role} ({party.kind}, {len(party.mentions)}×)"
    if record.links:
        yield "\nLinks"
    for link in record.links:
        yield f"  {link.from_} {link.rel} {link.to}"


def _statement_lines(statement: Statement) -> Iterator[str]:
    target = f" → {isolated(statement.target.text)}" if statement.target else ""
    yield f"  {statement.id}  {isolated(statement.speaker or '?')} · {statement.act}{target}{_on(statement.date)}"
    mark = ("«", "»") if statement.form == "direct" else ("", "")
    yield f"        {isolated(mark[0] + statement.content.text + mark[1])}"
    if len(statement.chain) > 1:
        yield f"        {chain_words(statement.chain)}"


def figure_words(figure: Figure) -> str:
    """A figure in one line: what, how many, the printed words, whose claim."""
    number = number_words(figure) or "?"
    bound = "" if figure.bound == "exact" else f" {figure.bound}"
    claimant = f", says {isolated(figure.claimant)}" if figure.claimant else ""
    return f"{figure.what} {number}{bound} {isolated(figure.span.text)}{claimant}"


def chain_words(chain: Sequence[Attribution]) -> str:
    """A chain of attribution, nearest first: outlet ← agency ← speaker."""
    return " ← ".join(isolated(link.name) for link in chain)


def _on(date: str | None) -> str:
    return f", {date}" if date else ""
