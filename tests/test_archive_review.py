"""What a person says of a record counts, lasts, and can be taken back."""

from __future__ import annotations

import sqlite3

import pytest

from archive_pages import TEXT, add, page, reading, words
from sijill.archive import open_archive
from sijill.archive.errors import NotFound
from sijill.archive.review import BadReview
from sijill.record import Record, Statement


@pytest.fixture
def archive(tmp_path):
    with open_archive(tmp_path / "news.sijill") as archive:
        add(archive, page())
        yield archive


def test_a_rejected_record_is_neither_listed_nor_found_nor_read(archive):
    archive.reviews.reject("a1", "s1", author="ندى", reason="ليس تصريحا")
    assert archive.statements() == []
    assert archive.record("a1").statements == []
    assert archive.search("المحادثات kind:statement").total == 0
    assert archive.status()["statements"] == 0
    assert archive.check() == []


def test_a_correction_replaces_what_the_program_read(archive):
    archive.reviews.correct("a1", "s1", {"act": "announce", "content": "المحادثات توقفت"}, author="ندى")
    (entry,) = archive.statements()
    assert (entry.record.act, entry.record.content.text, entry.verdict) == ("announce", "المحادثات توقفت", "corrected")
    assert archive.search("act:announce").total == 1
    assert archive.search("act:say").total == 0
    assert archive.check() == []


def test_an_added_record_is_a_record(archive):
    said = Statement(
        id="new", content=words(TEXT, "موسكو تعلق الاتفاق"), form="indirect", act="announce", speaker="موسكو"
    )
    archive.reviews.add("a1", said, author="ندى", reason="العنوان")
    assert [(entry.record.id, entry.verdict) for entry in archive.statements()] == [("s2", "added"), ("s1", None)]
    assert archive.search("speaker:موسكو kind:statement").total == 1


def test_withdrawing_restores_what_was_before(archive):
    before = archive.record("a1")
    keys = [
        archive.reviews.reject("a1", "f1", author="ندى"),
        archive.reviews.correct("a1", "s1", {"act": "deny"}, author="ندى"),
        archive.reviews.accept("a1", "d1", author="ندى"),
    ]
    assert archive.record("a1") != before
    for key in keys:
        archive.reviews.withdraw(key, author="ندى", reason="خطأ")
    assert archive.record("a1") == before
    assert archive.statements()[0].verdict is None
    assert all(review.withdrawn for review in archive.reviews.log())
    assert archive.check() == []


def test_reviews_outlast_a_reread(archive):
    archive.reviews.correct("a1", "s1", {"speaker": "وزارة الخارجية"}, author="ندى")
    archive.reviews.reject("a1", "f1", author="ندى")
    archive.reviews.accept("a1", "d1", author="ندى")

    def otherwise(capture, article):
        # A later program reads the content without the particle, and no development at all.
        record = reading(article)
        said = Statement(
            id="s1", content=words(TEXT, "المحادثات توقفت"), form="direct", act="say", speaker="سامي الخطيب"
        )
        return Record(article=article, statements=[said], figures=record.figures)

    (step,) = archive.reread(otherwise, workers=1)
    assert step.problem is None
    (entry,) = archive.statements()
    assert (entry.record.speaker, entry.verdict) == ("وزارة الخارجية", "corrected")
    assert archive.figures() == []
    assert [(entry.record.trigger.text, entry.verdict) for entry in archive.developments()] == [("تعلق", "added")]
    assert archive.reviews.log(unplaced=True) == []
    assert archive.check() == []


def test_reviews_follow_their_words_into_a_new_version(archive):
    archive.reviews.correct("a1", "s1", {"act": "announce"}, author="ندى")
    add(archive, page(text=TEXT.replace("قال", "وفي بيان جديد صدر مساء قال"), captured="2016-10-05"))
    (entry,) = archive.statements()
    assert (entry.record.act, entry.verdict) == ("announce", "corrected")
    archive.record("a1").check()


def test_what_no_longer_fits_is_listed_not_dropped(archive):
    key = archive.reviews.accept("a1", "f1", author="ندى", reason="راجعته")
    shorter = page(text="موسكو تعلق الاتفاق\n\nلا شيء آخر", captured="2016-10-05")
    add(archive, shorter, Record(article=shorter))
    (review,) = archive.reviews.log(unplaced=True)
    assert (review.key, review.words) == (key, "12 شخصا")
    assert "12 شخصا" in str(review.problem)
    add(archive, page(text=TEXT + "\n\nخاتمة", captured="2016-10-06"))
    assert archive.reviews.log(unplaced=True) == []
    assert archive.figures()[0].verdict == "accepted"


def test_precision_counts_the_last_word_on_each_record(archive):
    archive.reviews.reject("a1", "s1", author="ندى")
    archive.reviews.accept("a1", "f1", author="ندى")
    (figures, statements) = archive.reviews.precision()
    assert (figures.kind, figures.precision) == ("figure", 1.0)
    assert (statements.kind, statements.rejected, statements.precision) == ("statement", 1, 0.0)


def test_the_log_cannot_be_changed(archive):
    archive.reviews.accept("a1", "s1", author="ندى")
    for sql in ("UPDATE review SET author = 'x'", "DELETE FROM review"):
        with pytest.raises(sqlite3.IntegrityError, match="only added"):
            archive.database.connection.execute(sql)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "nothing to correct"),
        ({"colour": "red"}, "act"),
        ({"act": "shout"}, "announce|no value"),
        ({"content": "كلمات ليست هنا"}, "كلمات ليست هنا"),
    ],
)
def test_a_correction_that_cannot_be_is_explained(archive, changes, message):
    with pytest.raises(BadReview, match=message):
        archive.reviews.correct("a1", "s1", changes, author="ندى")
    assert archive.reviews.log() == []


def test_reviews_need_an_author_and_a_record(archive):
    with pytest.raises(BadReview, match="author"):
        archive.reviews.accept("a1", "s1", author=" ")
    with pytest.raises(NotFound, match="s9"):
        archive.reviews.accept("a1", "s9", author="ندى")
    with pytest.raises(NotFound, match="77"):
        archive.reviews.withdraw(77, author="ندى")
