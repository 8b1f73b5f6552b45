"""Where dates count from, and what happens where they cannot be placed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sijill


def dates(text: str, published: str | None) -> list[tuple[str, str | None]]:
    return [(d.text, d.value) for d in sijill.read(text, lang="ar", published=published).dates]


@pytest.mark.parametrize("text", ["وصل أمس", "وصل الخميس", "وصل الأسبوع الماضي", "وصل قبل عام", "وصل في سبتمبر الماضي"])
def test_relative_dates_stay_unresolved_without_a_day_of_publication(text: str) -> None:
    found = dates(text, None)
    assert len(found) == 1 and found[0][1] is None


def test_full_dates_need_no_day_of_publication() -> None:
    assert dates("صدر في 18 كانون الأول 2015", None) == [("18 كانون الأول 2015", "2015-12-18")]


@pytest.mark.parametrize(
    ("published", "value"),
    [
        ("2016-10-03", "2016-10-03"),
        ("2016-10-04", "2016-10-03"),
        ("2016-10-09", "2016-10-03"),
        ("2016-10-10", "2016-10-10"),
    ],
)
def test_a_bare_weekday_is_the_latest_one_up_to_publication(published: str, value: str) -> None:
    assert dates("قال الاثنين", published) == [("الاثنين", value)]


@pytest.mark.parametrize(("published", "value"), [("2016-01-01", "2015-12"), ("2016-03-31", "2016-02")])
def test_last_month_over_the_turn_of_a_year(published: str, value: str) -> None:
    assert dates("اجتمعوا الشهر الماضي", published) == [("الشهر الماضي", value)]


def test_months_without_a_year_take_the_nearest() -> None:
    assert dates("اجتمعوا في ديسمبر", "2016-01-10") == [("ديسمبر", "2015-12")]
    assert dates("وصل في ديسمبر الماضي", "2016-12-10") == [("ديسمبر الماضي", "2015-12")]


def test_a_weekday_that_disagrees_with_yesterday_wins() -> None:
    assert dates("قال أمس الجمعة", "2016-10-02") == [("أمس الجمعة", "2016-09-30")]


def test_impossible_days_are_no_dates() -> None:
    assert dates("في 45/13/2016", "2016-10-03") == []
    assert [value for _, value in dates("في 31 فبراير 2015", "2016-10-03")] in ([None], ["2015-02"])


def test_hijri_days_outside_the_tables_stay_unresolved() -> None:
    assert dates("ولد في 3 رمضان 1200 هـ", "2016-10-03") == [("3 رمضان 1200 هـ", None)]


MARKED = "و\u200fصل مساء أ\u064eمـس الأحد، وسيعود ف\u064aي ١٢ أكتوبر"


def test_marks_and_digits_of_any_kind_change_nothing() -> None:
    plain = dates("وصل مساء أمس الأحد، وسيعود في 12 أكتوبر", "2016-10-03")
    assert [value for _, value in dates(MARKED.replace("ف\u064aي", "في"), "2016-10-03")] == [v for _, v in plain]


WORDS = [
    "أمس",
    "الاثنين",
    "19",
    "أيلول/",
    "سبتمبر",
    "الماضي",
    "(",
    ")",
    "2016",
    "شوال",
    "هـ",
    "قبل",
    "عام",
    "بين",
    "و7",
    "1436",
]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), st.dates())
def test_any_order_of_such_words_is_read_without_error(words: list[str], published: object) -> None:
    record = sijill.read(" ".join(words), lang="ar", published=str(published))
    record.check()
