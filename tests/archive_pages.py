"""A few short pages with their records, for the tests of the archive."""

from __future__ import annotations

from sijill.archive import Archive
from sijill.archive.writing import Added
from sijill.page.capture import Capture
from sijill.record import Article, Block, Development, Figure, Party, Record, Span, Statement

TITLE = "موسكو تعلق الاتفاق"
BODY = 'قال المتحدث سامي الخطيب "إن المحادثات توقفت"، مؤكدا مقتل 12 شخصا الاثنين بسبب القصف'
TEXT = f"{TITLE}\n\n{BODY}"


def words(text: str, phrase: str) -> Span:
    """The first place of a phrase."""
    start = text.index(phrase)
    return Span(start, start + len(phrase), phrase)


def page(
    id: str = "a1",
    text: str = TEXT,
    *,
    published: str | None = "2016-10-03",
    captured: str | None = None,
    outlet: str = "الصدى",
) -> Article:
    """An article of that text, its first line the title."""
    title = text.split("\n\n")[0]
    return Article(
        id=id,
        lang="ar",
        text=text,
        title=title,
        url=f"https://example.org/{id}",
        outlet=outlet,
        published=published,
        captured=captured,
        sections=["أخبار", "العالم"],
        blocks=[Block(kind="title", start=0, end=len(title))],
    )


def reading(article: Article) -> Record:
    """What there is to read in a text that holds `BODY`."""
    text = article.text
    return Record(
        article=article,
        parties=[
            Party(id="p1", name="سامي الخطيب", kind="person", role="المتحدث", mentions=[words(text, "سامي الخطيب")])
        ],
        statements=[
            Statement(
                id="s1",
                content=words(text, "إن المحادثات توقفت"),
                form="direct",
                act="say",
                cue=words(text, "قال"),
                source=words(text, "المتحدث سامي الخطيب"),
                speaker="سامي الخطيب",
                rule="verb, source, content",
            )
        ],
        figures=[
            Figure(
                id="f1",
                span=words(text, "12 شخصا"),
                value=12,
                bound="exact",
                what="killed",
                claimant="سامي الخطيب",
                rule="toll by noun",
            )
        ],
        developments=[
            Development(
                id="d1",
                kind="agreement",
                status="suspended",
                modality="actual",
                trigger=words(text, "تعلق"),
                subject=words(text, "الاتفاق"),
                by="موسكو",
            )
        ],
    )


def add(archive: Archive, article: Article, record: Record | None = None) -> Added:
    """Add an article, its text as the captured bytes."""
    capture = Capture(data=article.text.encode(), url=article.url, captured=article.captured)
    return archive.add(capture, article, record or reading(article))
