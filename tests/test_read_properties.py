"""What must hold of reading whatever the text: offsets, determinism, marks that change nothing."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sijill
from sijill.read import read_article
from sijill.record import Article, Record

ARABIC = (
    "وزارة الخارجية",
    "قال",
    "وأضاف",
    "إن",
    "أن",
    "الرئيس",
    "جون كيري",
    "موسكو",
    "متهما",
    "«",
    "»",
    '"',
    "،",
    ".",
    ":",
    "12",
    "قتيلا",
    "أكثر من",
    "أمس",
    "الجمعة",
    "3 مايو",
    "وقف إطلاق النار",
    "بحسب",
    "نفى",
    "دعا",
    "إلى",
    "بـ",
    "\n\n",
    " ",
    "(",
    ")",
    "لم",
    "علقت",
    "المحادثات",
    "قصفت",
    "غارة",
)

TEXTS = [
    "كيري: الاتفاق قريب\n\nقال وزير الخارجية الأمريكي جون كيري للصحافيين أمس الأحد إن 12 مدنيا على الأقل قتلوا في "
    'غارات على المدينة، متهما موسكو بقصف الأسواق. وأضاف "لن ننتظر طويلا". ونفى الكرملين هذه الاتهامات.',
    "اليمن: مقتل 25 شخصا\n\nأفادت مصادر طبية بمقتل 25 شخصا بينهم 4 أطفال وإصابة نحو 60 آخرين يوم 3 مايو 2016. "
    "ودعت الأمم المتحدة جميع الأطراف إلى «وقف فوري لإطلاق النار»، محذرة من كارثة إنسانية.",
]


def article(text: str) -> Article:
    return Article(id="a", lang="ar", text=text, published="2016-05-09", outlet="الرواق")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(ARABIC) | st.text(max_size=6), max_size=40))
def test_every_span_is_the_printed_text(pieces: list[str]) -> None:
    record = read_article(article(" ".join(pieces)))
    record.check()
    assert Record.from_json(record.to_json()) == record


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_reading_never_raises(text: str) -> None:
    read_article(article(text)).check()


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_text_gives_the_same_record(text: str) -> None:
    assert read_article(article(text)).to_json() == read_article(article(text)).to_json()


MARKS = re.compile("[\u064b-\u0652\u0640\u200e\u200f\u202a-\u202e\u2066-\u2069]")
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def plain(value: Any) -> Any:
    """What a record says, without marks, offsets and digit shapes."""
    if isinstance(value, str):
        return MARKS.sub("", value).translate(DIGITS)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if key not in ("start", "end", "article")}
    return value


def marked(text: str, seed: int) -> str:
    """The text with diacritics, tatweel, direction marks and Arabic-Indic digits strewn in."""
    chance = random.Random(seed)
    pieces: list[str] = []
    for at, letter in enumerate(text):
        pieces.append(letter)
        following = text[at + 1 : at + 2]
        if "ب" <= letter <= "ي" and chance.random() < 0.2:
            pieces.append(chance.choice("\u064e\u064f\u0650\u0651\u0652"))
        if "ب" <= letter <= "ي" and letter not in "دذرزوةى" and "ا" <= following <= "ي" and chance.random() < 0.1:
            pieces.append("\u0640")
        if letter in ' "«' and chance.random() < 0.2:
            pieces.append(chance.choice("\u200f\u200e\u202b"))
    return "".join(pieces).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("text", TEXTS)
def test_marks_and_digit_shapes_change_nothing(text: str, seed: int) -> None:
    import msgspec

    bare, strewn = (msgspec.to_builtins(read_article(article(t))) for t in (text, marked(text, seed)))
    assert bare["statements"] and bare["figures"] and bare["dates"] and bare["parties"]
    for kind in ("parties", "dates", "statements", "figures", "developments", "events", "links"):
        assert plain(strewn[kind]) == plain(bare[kind]), kind


def test_one_page_read_through_the_front_door() -> None:
    record = sijill.read(TEXTS[0], published="2016-05-09")
    assert record.article.title == "كيري: الاتفاق قريب"
    assert any(s.speaker == "جون كيري" for s in record.statements)
