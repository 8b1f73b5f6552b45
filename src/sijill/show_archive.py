"""What the archive finds, for people to read in the terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from sijill.archive.differences import VersionDiff
from sijill.archive.dossiers import Dossier
from sijill.archive.search import Result, Results
from sijill.show import isolated


def results(console: Console, found: Results) -> None:
    """Each thing found with the words around it, the words asked for set off; then how many there are."""
    for result in found.results:
        about = [result.published, result.outlet, result.speaker, f"{result.article or ''} {result.id or ''}".strip()]
        console.print(Text(isolated(result.title or result.article or ""), style="bold"))
        console.print(Text("  " + " · ".join(isolated(part) for part in about if part), style="dim"))
        console.print(Text("  ").append_text(_snippet(result)), soft_wrap=not console.is_terminal)
    count = f"{'at least ' if found.more else ''}{found.total}"
    console.print(f"{count} found{', some with a part of the words only' if found.broadened else ''}")
    if found.next:
        console.print(f"more with --after {found.next}", highlight=False)


def _snippet(result: Result) -> Text:
    text = Text("\u2068")
    at = 0
    for start, end in result.marks:
        text.append(result.snippet[at:start]).append(result.snippet[start:end], style="bold yellow")
        at = end
    text.append(result.snippet[at:]).append("\u2069")
    text.plain = text.plain.replace("\n", " ")
    return text


def difference(console: Console, change: VersionDiff) -> None:
    """The words that came (+) and went (-), then the records."""
    for edit in change.words:
        if edit.change != "same" and edit.text.strip():
            sign, style = ("+", "green") if edit.change == "added" else ("-", "red")
            console.print(Text(f"{sign} {isolated(edit.text)}", style=style), soft_wrap=True)
    for record in change.records:
        item: Any = record.new or record.old
        fields = f" ({', '.join(record.fields)})" if record.fields else ""
        console.print(f"{record.change} {record.kind} {item.id}{fields}", highlight=False)


def dossier(console: Console, found: Dossier) -> None:
    """A process through time: where it stands, what became of it when, why, and on what conditions."""
    console.print(Text(isolated(found.title), style="bold"))
    console.print(f"{found.kind}: {found.status}", highlight=False)
    if found.older:
        shown = sum(len(step.developments) for step in found.timeline)
        console.print(f"  {found.developments - shown} earlier developments with a larger --limit", highlight=False)
    for step in found.timeline:
        outlets = ", ".join(dict.fromkeys(isolated(entry.outlet or entry.article_id) for entry in step.developments))
        said = "" if step.modality == "actual" else f" ({step.modality})"
        console.print(f"  {step.date or '?':10}  {step.status}{said}  {outlets}", highlight=False, soft_wrap=True)
    for name, times in found.parties:
        console.print(f"  by {isolated(name)} ×{times}", highlight=False)
    for reason in found.reasons:
        console.print(f"  because {isolated(reason.text)}", highlight=False, soft_wrap=True)
    for condition in found.conditions:
        met = f" — met, see {condition.met.article_id}" if condition.met else ""
        console.print(f"  if {isolated(condition.text)}{met}", highlight=False, soft_wrap=True)
