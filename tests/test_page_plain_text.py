"""Pages of plain text: what is the article, what surrounds it, and where each thing lands."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.page import BinaryPage, EmptyPage, NoArticle, PageTooLarge, UndecodablePage, UnreadablePage, read_page
from sijill.record import Article

SHARED = Path(os.environ.get("SIJILL_SHARED", Path(__file__).parents[2] / "shared"))

PAGE = """\
الرئيسية / أخبار / الشرق الأوسط

تمديد الهدنة في المدينة القديمة أسبوعا

  • 1/2
  • 2/2

الوسطاء يأملون أن تمهد الخطوة لجولة جديدة من المحادثات في العاصمة

أعلن الوسيط الأممي الأحد تمديد الهدنة أسبوعا آخر بموافقة الطرفين.

سمير الحداد (رويترز)

وقال الوسيط للصحافيين: "ما زال الطريق طويلا لكن الطرفين اختارا الكلام".

مساعدات عبر المعبر الشمالي

ودخلت أمس عشرون شاحنة من المعبر الشمالي، وفق ما قال مسؤول محلي.

Photo: Jane Doe/AFP

وينتظر أن يجتمع المفاوضون الثلاثاء.

بمساهمة (أ ف ب، رويترز)

اشتركوا في نشرتنا البريدية
تابعونا على مواقع التواصل

اقرأ أيضا
الوسيط يزور المخيم الغربي
جسر جوي بين المدينتين
"""


def read(text: str, **given: str) -> Article:
    return read_page(text.encode(), **given)


def blocks(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def test_each_part_of_a_saved_page_lands_in_its_field():
    article = read(PAGE, outlet="صحيفة المثال", published="2020-03-01")
    assert article.sections == ["أخبار", "الشرق الأوسط"]
    assert (article.outlet, article.published, article.lang) == ("صحيفة المثال", "2020-03-01", "ar")
    assert article.title == "تمديد الهدنة في المدينة القديمة أسبوعا"
    assert article.standfirst == "الوسطاء يأملون أن تمهد الخطوة لجولة جديدة من المحادثات في العاصمة"
    assert [kind for kind, _ in blocks(article)] == [
        "title", "standfirst", "paragraph", "paragraph", "subhead", "paragraph", "paragraph",
    ]  # fmt: skip
    assert [(image.gallery, image.credit, image.position) for image in article.images] == [
        ("1/2", None, 0),
        ("2/2", None, 0),
        (None, "سمير الحداد (رويترز)", 2),
        (None, "Jane Doe/AFP", 5),
    ]
    assert article.agencies == ["AFP", "Reuters"]
    assert article.related == ["الوسيط يزور المخيم الغربي", "جسر جوي بين المدينتين"]


def test_what_surrounds_the_article_is_not_in_its_text():
    text = read(PAGE).text
    for words in ("نشرتنا", "تابعونا", "اقرأ أيضا", "رويترز", "Photo", "1/2", "الرئيسية"):
        assert words not in text


def test_a_trail_that_ends_in_the_outlet_names_it():
    article = read("Archive / World / Daily Example\n\nTalks suspended\n\nThe talks were suspended on Monday.")
    assert (article.sections, article.outlet, article.title) == (
        ["Archive", "World"],
        "Daily Example",
        "Talks suspended",
    )


def test_a_title_with_a_slash_is_no_breadcrumb():
    article = read("عام / وصول الدفعة الأولى من المساعدات\n\nوصلت الدفعة الأولى من المساعدات أمس إلى الميناء.")
    assert article.title == "عام / وصول الدفعة الأولى من المساعدات"
    assert article.sections == []


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\n \n\n"])
def test_paragraphs_may_be_apart_by_one_line_break_or_more(gap: str):
    paragraphs = ["وصل الوفد إلى العاصمة صباح أمس.", "والتقى رئيس الوزراء في مكتبه.", "ولم يصدر بيان عن اللقاء."]
    article = read("الوفد في العاصمة\n\n" + gap.join(paragraphs))
    assert blocks(article) == [("title", "الوفد في العاصمة"), *(("paragraph", text) for text in paragraphs)]


def test_lines_that_a_program_wrapped_stay_one_paragraph_with_their_breaks():
    wrapped = (
        "The delegation arrived in the capital early on Sunday\n"
        "and met the prime minister in his office for talks that\n"
        "lasted longer than anybody had expected, two officials\n"
        "said on condition that they would not be named in the\n"
        "reports of the day.\n\nNo statement was issued after the meeting ended."
    )
    article = read("The delegation in the capital\n\n" + wrapped)
    assert [text for kind, text in blocks(article) if kind == "paragraph"] == wrapped.split("\n\n")


@pytest.mark.parametrize(
    ("opening", "agencies"),
    [
        ("بيروت (رويترز) - وصل الوفد إلى العاصمة.", ["Reuters"]),
        ("رويترز - وصل الوفد إلى العاصمة.", ["Reuters"]),
        ("بيروت - أ ف ب: وصل الوفد إلى العاصمة.", ["AFP"]),
        ("وصل الوفد إلى العاصمة. (أ.ف.ب)", ["AFP"]),
        ("PARIS, March 1 (Reuters) - The delegation has arrived.", ["Reuters"]),
        ("قالت وكالة رويترز إن الوفد وصل إلى العاصمة.", []),
        ("وصل الوفد (ثلاثة أعضاء) إلى العاصمة.", []),
    ],
)
def test_agencies_are_read_where_reports_name_them(opening: str, agencies: list[str]):
    article = read(f"الوفد في العاصمة\n\n{opening}")
    assert article.agencies == agencies
    assert opening in article.text


def test_byline_and_date_under_the_title_are_no_text():
    article = read(
        "الوفد في العاصمة\n\nكتب: سمير الحداد\nالأحد 1 آذار/ مارس 2020 - 14:30\n\nوصل الوفد إلى العاصمة صباح أمس."
    )
    assert article.bylines == ["سمير الحداد"]
    assert article.published == "2020-03-01T14:30:00"
    assert [kind for kind, _ in blocks(article)] == ["title", "paragraph"]


def test_text_is_kept_as_printed():
    odd = "قالَ ﻋﺸﺮﺓ من الشهـــود \u200fإنّ «الجسر»\u200e دُمِّر  تماما، والعدد ٣٤"
    assert odd in read(f"عنوان الخبر\n\n{odd}.").text


def test_a_single_line_is_a_paragraph():
    assert blocks(read("قال الوزير إن القرار صعب")) == [("paragraph", "قال الوزير إن القرار صعب")]


def test_same_address_or_same_text_gives_the_same_id():
    first = read("أ\n\nب ج.", url="https://example.org/a?utm_source=x#top")
    assert first.id == read("غير ذلك.", url="https://example.org/a").id
    assert read("أ\n\nب ج.").id == read("أ\n\nب ج.", published="2020-01-01").id != first.id
    assert first.url == "https://example.org/a"


@pytest.mark.parametrize(
    ("data", "kind", "message"),
    [
        (b"", EmptyPage, "page.txt: there is nothing in it"),
        (b" \n\t\n", EmptyPage, "there is nothing in it"),
        (b"%PDF-1.7 ...", BinaryPage, "a PDF document"),
        (bytes(range(256)) * 20, BinaryPage, "binary data"),
        ("عنوان الخبر هنا".encode() + b"\xff" + "بقية الخبر هنا".encode(), UndecodablePage, "at byte 28"),
        (b"a" * (64 * 1024 * 1024 + 1), PageTooLarge, "64 MB|67 MB"),
    ],
)
def test_what_is_no_page_is_refused_by_name(data: bytes, kind: type[UnreadablePage], message: str):
    with pytest.raises(kind, match=message) as caught:
        read_page(data, name="page.txt")
    assert str(caught.value).startswith("page.txt: ")
    assert isinstance(caught.value, UnreadablePage)


def test_long_lines_and_long_texts_are_read_in_linear_time():
    for text in (
        "كلمة " * 250_000,
        "كلمة أخرى.\n" * 60_000,
        "• 1/5\n" * 60_000,
        "(" * 500_000 + "\n\n" + "[" * 500_000,
    ):
        start = time.process_time()
        read(text + "\n\nالنهاية.")
        assert time.process_time() - start < 10


@given(st.text(alphabet=st.sampled_from('اب ج.\n:/()1٣•-AFPx"«»\u200f\u0651\r'), max_size=300))
def test_any_text_gives_blocks_that_cover_it_or_a_clear_refusal(text: str):
    try:
        article = read(text)
    except UnreadablePage:
        return
    assert "\n\n".join(block for _, block in blocks(article)) == article.text
    assert all(-1 <= image.position < len(article.blocks) for image in article.images)


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"needs the shared texts at {SHARED}; set SIJILL_SHARED to find them")
def test_no_word_of_a_report_is_lost():
    for file in sorted((SHARED / "gold" / "open").glob("[0-9]*.txt")):
        text = file.read_text("utf-8")
        assert read(text).text.split() == text.split(), file.name


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"needs the shared texts at {SHARED}; set SIJILL_SHARED to find them")
def test_the_seed_page():
    article = read_page((SHARED / "seed" / "talks-suspended.txt").read_bytes())
    assert article.sections == ["الارشيف", "أخبار العالم"]
    assert (article.outlet, article.agencies, article.lang) == ("i24news", ["AFP"], "ar")
    assert [image.gallery for image in article.images] == ["1/5", "2/5", "3/5", "4/5", "5/5", None, None, None]
    credited = [image for image in article.images if image.credit]
    assert [article.blocks[image.position].kind for image in credited] == ["paragraph"] * 3
    assert article.standfirst and not article.standfirst.endswith(".")


def test_a_head_may_begin_with_a_byline_or_a_date():
    article = read(
        "By Jane Doe\n\nTalks resume in the capital\n\nThe delegation arrived on Sunday.\n\nIt left on Monday."
    )
    assert (article.title, article.bylines) == ("Talks resume in the capital", ["Jane Doe"])
    article = read("آخر تحديث: 3 أكتوبر 2016\n\nتعليق المحادثات\n\nأعلن الوسيط الأحد تعليق المحادثات.")
    assert (article.title, article.modified, article.published) == ("تعليق المحادثات", "2016-10-03", None)


def test_a_title_that_begins_like_a_byline_stays_a_title():
    article = read("By order of the court, talks resume\n\nThe delegation arrived on Sunday.")
    assert (article.title, article.bylines) == ("By order of the court, talks resume", [])


def test_json_is_data_and_no_article() -> None:
    with pytest.raises(NoArticle, match=r"expected\.json: it is JSON"):
        read_page('{"title": "عنوان", "text": ["فقرة"]}'.encode(), name="expected.json")
    assert read_page("[عاجل] انفجار في العاصمة\n\nهز انفجار وسط المدينة.".encode()).title == "[عاجل] انفجار في العاصمة"
