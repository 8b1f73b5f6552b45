"""What goes into an archive comes out of it, once, in order."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sijill
from sijill.archive import open_archive
from sijill.archive.differences import difference
from sijill.archive.errors import NotFound
from sijill.archive.rows import TABLES
from sijill.page.capture import Capture
from sijill.record import (
    Article,
    Attribution,
    Block,
    Date,
    Development,
    Event,
    Figure,
    Image,
    Link,
    Party,
    Record,
    Span,
    SpanMismatch,
    Statement,
)

TITLE = "موسكو تعلق الاتفاق"
BODY = 'قال المتحدث سامي الخطيب "إن المحادثات توقفت"، مؤكدا مقتل 12 شخصا الاثنين بسبب القصف'
TEXT = f"{TITLE}\n\n{BODY}"


def words(text: str, phrase: str) -> Span:
    start = text.index(phrase)
    return Span(start, start + len(phrase), phrase)


def page(
    id: str = "a1", text: str = TEXT, *, published: str | None = "2016-10-03", outlet: str = "الصدى", **more: object
) -> Article:
    return Article(
        id=id,
        lang="ar",
        text=text,
        title=text.split("\n\n")[0],
        url=f"https://example.org/{id}",
        outlet=outlet,
        published=published,
        sections=["أخبار", "العالم"],
        blocks=[Block(kind="title", start=0, end=len(text.split("\n\n")[0]))],
        **more,  # pyright: ignore[reportArgumentType]
    )


def reading(article: Article) -> Record:
    text = article.text
    content = words(text, "إن المحادثات توقفت")
    return Record(
        article=article,
        parties=[
            Party(
                id="p1",
                name="سامي الخطيب",
                kind="person",
                role="المتحدث",
                mentions=[words(text, "سامي الخطيب")],
                rule="title and name",
            ),
            Party(id="p2", name="موسكو", kind="state", stands_for="روسيا", mentions=[words(text, "موسكو")]),
        ],
        dates=[
            Date(
                id="t1",
                **{k: getattr(words(text, "الاثنين"), k) for k in ("start", "end", "text")},
                value="2016-10-03",
                precision="day",
            )
        ],
        statements=[
            Statement(
                id="s1",
                content=Span(content.start, content.end, content.text, (content, words(text, "توقفت"))),
                form="direct",
                act="say",
                cue=words(text, "قال"),
                source=words(text, "المتحدث سامي الخطيب"),
                speaker="سامي الخطيب",
                chain=[
                    Attribution(role="outlet", name="الصدى"),
                    Attribution(role="speaker", name="سامي الخطيب"),
                ],
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
                who=words(text, "شخصا"),
                cause=words(text, "القصف"),
                claimant="سامي الخطيب",
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
                reasons=[words(text, "القصف")],
            )
        ],
        events=[
            Event(
                id="e1",
                type="YIELD",
                cameo="08",
                trigger=words(text, "تعلق"),
                modality="actual",
                actor=words(text, "موسكو"),
                actor_party="موسكو",
            )
        ],
        links=[Link(from_="s1", rel="confirms", to="f1")],
        warnings=["one word could not be placed"],
    )


def add(archive, article: Article, data: bytes | None = None, **more: object):
    data = data if data is not None else article.text.encode()
    return archive.add(
        Capture(data=data, url=article.url, captured=article.captured, **more), article, reading(article)
    )


@pytest.fixture
def archive(tmp_path):
    with open_archive(tmp_path / "news.sijill") as archive:
        yield archive


def test_article_and_record_come_back_as_they_were(archive):
    article = page(
        images=[Image(src="a.png", caption="مشهد", credit="وكالة", position=-1, gallery="1/5"), Image(credit="س")],
        bylines=["مراسل"],
        agencies=["AFP"],
        related=["خبر آخر"],
    )
    record = reading(article)
    archive.add(Capture(data=b"<html>", url=article.url, images={"a.png": b"\x89PNG"}), article, record)
    assert archive.article("a1") == article
    assert archive.record("a1") == record
    assert archive.image("a1", 0) == b"\x89PNG"
    assert archive.image("a1", 1) is None
    assert archive.capture("a1").data == b"<html>"
    assert archive.capture("a1").images == {"a.png": b"\x89PNG"}


def test_adding_the_same_bytes_adds_nothing(archive):
    article = page()
    assert add(archive, article).change == "new"
    before = archive.status()
    assert add(archive, article).change == "nothing"
    assert archive.status() == before


def test_same_words_in_other_bytes_are_one_version_with_two_captures(archive):
    add(archive, page(captured="2016-10-03"), b"one")
    assert add(archive, page(captured="2016-10-04"), b"two").change == "capture"
    (version,) = archive.versions("a1")
    assert version.captures == ["2016-10-03", "2016-10-04"]
    assert archive.status()["captures"] == 2


def test_other_words_make_a_version_and_only_the_current_one_is_listed(archive):
    add(archive, page(captured="2016-10-03"))
    longer = page(text=TEXT + "\n\nوأضاف المتحدث", captured="2016-10-04")
    added = add(archive, longer)
    assert (added.change, added.version) == ("version", 2)
    assert archive.article("a1").text == longer.text
    assert archive.article("a1", version=1).text == TEXT
    assert len(archive.articles()) == 1
    assert len(archive.statements()) == 1
    assert archive.status()["statements"] == 1


def test_an_older_capture_that_comes_later_does_not_become_current(archive):
    add(archive, page(text=TEXT + "\n\nوأضاف المتحدث", captured="2016-10-04"))
    assert add(archive, page(captured="2016-10-03")).version == 2
    assert archive.article("a1").text.endswith("وأضاف المتحدث")


def test_lists_are_newest_first_and_pages_meet(archive):
    for day in range(1, 8):
        add(archive, page(f"a{day}", TEXT + f"\n\n{day}", published=f"2016-10-0{day}"))
    seen: list[str] = []
    before = None
    while found := archive.articles(limit=3, before=before):
        seen += [summary.id for summary in found]
        before = found[-1].cursor
    assert seen == [f"a{day}" for day in range(7, 0, -1)]
    first = archive.statements(speaker="سامي الخطيب", limit=4)
    second = archive.statements(speaker="سامي الخطيب", limit=4, before=first[-1].cursor)
    assert [entry.article_id for entry in first + second] == seen


def test_filters_of_lists(archive):
    add(archive, page("a1", outlet="الصدى"))
    add(archive, page("a2", TEXT + "\n\nنهاية", outlet="الخبر"))
    assert [s.id for s in archive.articles(outlet="الخبر")] == ["a2"]
    assert [s.id for s in archive.articles(section="أخبار")] == ["a2", "a1"]
    assert len(archive.articles(section=["أخبار", "العالم"])) == 2
    assert archive.articles(section=["العالم"]) == []
    assert archive.sections() == [(["أخبار"], 2), (["أخبار", "العالم"], 2)]
    assert archive.outlets() == [("الخبر", 1), ("الصدى", 1)]
    assert [e.article_id for e in archive.figures(what="killed", article="a1")] == ["a1"]
    assert archive.figures(what="wounded") == []
    assert len(archive.developments(kind="agreement", status="suspended")) == 2
    assert len(archive.events(type="YIELD", actor="موسكو")) == 2
    assert len(archive.parties(name="سامي الخطيب")) == 2
    assert len(archive.statements(act="say", outlet="الصدى")) == 1
    assert archive.statements(speaker="شخص لا نعرفه") == []


def test_a_speaker_is_found_in_any_spelling_of_the_name(archive):
    add(archive, page())
    (entry,) = archive.figures(claimant="سَامي الخطيب")
    assert entry.record.claimant == "سامي الخطيب"
    assert (entry.title, entry.outlet, entry.published) == (TITLE, "الصدى", "2016-10-03")


def test_a_record_that_disagrees_with_its_text_is_refused(archive):
    article = page()
    wrong = Record(article=article, parties=[Party(id="p1", name="س", kind="person", mentions=[Span(0, 3, "غير")])])
    with pytest.raises(SpanMismatch, match="a1"):
        archive.add(Capture(data=b"x"), article, wrong)
    assert archive.status()["articles"] == 0


def test_what_is_not_there_is_named(archive):
    with pytest.raises(NotFound, match="nowhere"):
        archive.article("nowhere")
    add(archive, page())
    with pytest.raises(NotFound, match="version 7"):
        archive.record("a1", version=7)


def test_views_read_like_the_record(archive):
    add(archive, page())
    archive.close()
    connection = sqlite3.connect(archive.path)
    connection.row_factory = sqlite3.Row
    (statement,) = connection.execute("SELECT * FROM statements")
    assert statement["content"] == "إن المحادثات توقفت"
    assert statement["source"] == "المتحدث سامي الخطيب"
    (figure,) = connection.execute("SELECT * FROM figures")
    assert (figure["span"], figure["who"], figure["value"]) == ("12 شخصا", "شخصا", 12)
    (development,) = connection.execute("SELECT * FROM developments")
    assert (development["subject"], development["reasons"]) == ("الاتفاق", '["القصف"]')
    assert [row["text"] for row in connection.execute("SELECT * FROM mentions")] == ["سامي الخطيب", "موسكو"]
    assert [row["text"] for row in connection.execute("SELECT * FROM dates")] == ["الاثنين"]
    assert [row["actor"] for row in connection.execute("SELECT * FROM events")] == ["موسكو"]
    connection.close()


def test_every_field_of_a_record_has_its_columns(archive):
    for table in TABLES.values():
        columns = {row[1] for row in archive.database.connection.execute(f"PRAGMA table_info({table.name})")}
        assert set(table.columns) <= columns, table.name


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=2, max_size=80), st.data())
def test_spans_survive_any_text(text, data):
    def span() -> Span:
        start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
        return Span(start, end, text[start:end])

    article = Article(id="x", lang="ar", text=text)
    record = Record(
        article=article,
        statements=[Statement(id="s1", content=span(), form="direct", act="say", cue=span(), addressee=span())],
        developments=[
            Development(
                id="d1", kind="talks", status="ended", modality="actual", trigger=span(), reasons=[span(), span()]
            )
        ],
    )
    with open_archive(":temporary:") as archive:
        archive.add(Capture(data=b"x"), article, record)
        assert archive.record("x") == record
        (row,) = archive.database.connection.execute("SELECT content, cue FROM statements")
        assert row == (record.statements[0].content.text, record.statements[0].cue.text)  # pyright: ignore[reportOptionalMemberAccess]


def test_what_only_moved_did_not_change():
    body = "قال الوزير سامي الخطيب إن 12 شخصا قتلوا الاثنين."
    before = sijill.read(f"عنوان\n\n{body}", lang="ar", published="2016-10-03")
    after = sijill.read(f"عنوان\n\nوصل الوفد صباحا.\n\n{body}", lang="ar", published="2016-10-03")
    assert before.dates and before.statements and before.figures
    change = difference(before, after, 1, 2)
    assert [edit.change for edit in change.words] == ["same", "added", "same"]
    assert [record.kind for record in change.records if record.change == "changed"] == []
