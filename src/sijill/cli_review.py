"""`sijill review`: what people say of the record, on the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, cast, get_args

import msgspec
import typer

from sijill.terminal import ArchiveOption, ArticleId, Csv, Json, explained, one_of, open_at, print_list

app = typer.Typer(no_args_is_help=True, help="Say what is right and wrong in the record; it lasts.")
Author = Annotated[str, typer.Option(help="Who says so.", envvar="SIJILL_AUTHOR")]
Why = Annotated[str, typer.Option("--reason", help="Why.")]
ArticleArgument = Annotated[str, typer.Argument(help="The article's id.", metavar="ARTICLE")]
RecordArgument = Annotated[str, typer.Argument(help="The record's id in it: s1, f2, d1 …", metavar="RECORD")]


@app.command()
def accept(
    article: ArticleArgument, record: RecordArgument, author: Author, reason: Why = "", archive: ArchiveOption = None
) -> None:
    """A record is right."""
    with open_at(archive) as opened, explained():
        typer.echo(opened.reviews.accept(article, record, author=author, reason=reason))


@app.command()
def reject(
    article: ArticleArgument, record: RecordArgument, author: Author, reason: Why = "", archive: ArchiveOption = None
) -> None:
    """A record is wrong: it is no longer listed, found or exported."""
    with open_at(archive) as opened, explained():
        typer.echo(opened.reviews.reject(article, record, author=author, reason=reason))


@app.command()
def correct(
    article: ArticleArgument,
    record: RecordArgument,
    fields: Annotated[
        list[str], typer.Argument(help="What it should read: act=deny, speaker=…", metavar="FIELD=VALUE")
    ],
    author: Author,
    reason: Why = "",
    archive: ArchiveOption = None,
) -> None:
    """A record should read otherwise. A value is words of the text, a number, or null."""
    changes: dict[str, Any] = {}
    for field in fields:
        name, equals, value = field.partition("=")
        if not equals:
            raise typer.BadParameter(f"{field}: write it as field=value")
        try:
            changes[name] = msgspec.json.decode(value)
        except msgspec.DecodeError:
            changes[name] = value
    with open_at(archive) as opened, explained():
        typer.echo(opened.reviews.correct(article, record, changes, author=author, reason=reason))


@app.command()
def withdraw(
    review: Annotated[int, typer.Argument(help="The review's number.", metavar="NUMBER")],
    author: Author,
    reason: Why = "",
    archive: ArchiveOption = None,
) -> None:
    """Take a review back; the log keeps both."""
    with open_at(archive) as opened, explained():
        opened.reviews.withdraw(review, author=author, reason=reason)


@app.command()
def log(
    archive: ArchiveOption = None,
    article: ArticleId = None,
    unplaced: Annotated[bool, typer.Option("--unplaced", help="Only what the articles no longer have.")] = False,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Who said what of which record, when and why."""
    with open_at(archive, readonly=True) as opened, explained():
        found = opened.reviews.log(article, unplaced=unplaced)
    columns: dict[str, Callable[[Any], str | None]] = {
        "number": lambda r: str(r.key),
        "made": lambda r: r.made,
        "author": lambda r: r.author,
        "action": lambda r: f"{r.action}{' (withdrawn)' if r.withdrawn else ''}",
        "article": lambda r: r.article_id,
        "record": lambda r: r.record,
        "words": lambda r: r.words,
        "reason": lambda r: r.reason,
        "problem": lambda r: r.problem,
    }
    print_list(found, columns, json, csv)


@app.command()
def precision(archive: ArchiveOption = None, json: Json = False, csv: Csv = False) -> None:
    """How often people agreed with the program so far, by kind of record."""
    with open_at(archive, readonly=True) as opened, explained():
        found = opened.reviews.precision()
    columns: dict[str, Callable[[Any], str | None]] = {
        "kind": lambda p: p.kind,
        "precision": lambda p: None if p.precision is None else f"{p.precision:.3f}",
        "accepted": lambda p: str(p.accepted),
        "corrected": lambda p: str(p.corrected),
        "rejected": lambda p: str(p.rejected),
        "missed": lambda p: str(p.missed),
    }
    print_list(found, columns, json, csv)


@app.command()
def judge(
    left: Annotated[str, typer.Argument(help="A party's name.", metavar="NAME")],
    verdict: Annotated[str, typer.Argument(help="same, different or unsure.", metavar="VERDICT")],
    right: Annotated[str, typer.Argument(help="Another name.", metavar="NAME")],
    author: Author,
    reason: Annotated[str, typer.Option(help="Why.")],
    archive: ArchiveOption = None,
) -> None:
    """Say whether two names are one party; it can be taken back."""
    from sijill.archive.judgements import Verdict

    said = cast("Verdict", one_of(verdict, get_args(Verdict), "VERDICT"))
    with open_at(archive) as opened, explained():
        for key in opened.judge(left, right, said, author=author, reason=reason):
            typer.echo(key)


@app.command()
def unjudge(
    judgement: Annotated[int, typer.Argument(help="The judgement's number.", metavar="NUMBER")],
    archive: ArchiveOption = None,
) -> None:
    """Take a judgement on two names back, a person's or the program's."""
    with open_at(archive) as opened, explained():
        opened.unjudge(judgement)


@app.command()
def judgements(
    name: Annotated[str, typer.Argument(help="A party's name.", metavar="NAME")],
    archive: ArchiveOption = None,
    json: Json = False,
) -> None:
    """Which names are held to be the same party as this one, and why."""
    with open_at(archive, readonly=True) as opened, explained():
        found = opened.judgements(name)
    columns: dict[str, Callable[[Any], str | None]] = {
        "number": lambda j: str(j.key),
        "left": lambda j: j.left,
        "verdict": lambda j: f"{j.verdict}{' (taken back)' if j.undone else ''}",
        "right": lambda j: j.right,
        "reason": lambda j: j.reason,
        "author": lambda j: j.author or "sijill",
    }
    print_list(found, columns, json, False)


@app.command("rename-dossier")
def rename_dossier(
    key: Annotated[int, typer.Argument(help="The dossier's number.", metavar="NUMBER")],
    title: Annotated[str, typer.Argument(help="What it should be called.", metavar="TITLE")],
    author: Author,
    reason: Why = "",
    archive: ArchiveOption = None,
) -> None:
    """Give a dossier a title."""
    with open_at(archive) as opened, explained():
        opened.reviews.rename_dossier(key, title, author=author, reason=reason)


@app.command("merge-dossiers")
def merge_dossiers(
    key: Annotated[int, typer.Argument(help="The dossier's number.", metavar="NUMBER")],
    author: Author,
    into: Annotated[int | None, typer.Option(help="The dossier to lay it into; without it, out again.")] = None,
    reason: Why = "",
    archive: ArchiveOption = None,
) -> None:
    """Lay a dossier into another that is the same process, or take it out again."""
    with open_at(archive) as opened, explained():
        opened.reviews.merge_dossiers(key, into, author=author, reason=reason)


@app.command("split-dossier")
def split_dossier(
    developments: Annotated[list[str], typer.Argument(help="Developments to move.", metavar="ARTICLE#RECORD")],
    author: Author,
    into: Annotated[int | None, typer.Option(help="The dossier to move them to; by default a new one.")] = None,
    reason: Why = "",
    archive: ArchiveOption = None,
) -> None:
    """Move developments to another dossier; prints its number."""
    which = [(article, record) for article, _, record in (name.rpartition("#") for name in developments)]
    with open_at(archive) as opened, explained():
        typer.echo(opened.reviews.split_dossier(which, author=author, reason=reason, into=into))
