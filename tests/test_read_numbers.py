"""Numbers in words and digits, their bounds, and what is no number of anything."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.lang import load
from sijill.read.document import Document
from sijill.read.findings import FoundNumber
from sijill.read.numbers import find_numbers
from sijill.record import Article


def numbers(text: str) -> list[FoundNumber]:
    find_numbers(document := Document(Article(id="a", lang="ar", text=text), load("ar")))
    return document.numbers


WORDS = {
    "ثلاثة": 3, "أربع": 4, "خمسة": 5, "ست": 6, "سبعة": 7, "ثماني": 8, "تسعة": 9, "عشرة": 10,
    "أحد عشر": 11, "إحدى عشرة": 11, "اثنا عشر": 12, "اثني عشر": 12, "اثنتي عشرة": 12, "ثلاثة عشر": 13,
    "أربع عشرة": 14, "خمسة عشر": 15, "ستة عشر": 16, "سبعة عشر": 17, "ثمانية عشر": 18, "تسع عشرة": 19,
    "عشرون": 20, "عشرين": 20, "واحد وعشرون": 21, "إحدى وعشرين": 21, "اثنين وثلاثين": 32, "ثلاثة وأربعين": 43,
    "أربعة وخمسون": 54, "خمس وستين": 65, "ستة وسبعون": 76, "سبعة وثمانين": 87, "ثمان وتسعين": 98, "تسعة وتسعون": 99,
    "مئة": 100, "مائة": 100, "مئة وواحد": 101, "مئة وخمسة": 105, "مائة وعشرين": 120, "مئة وخمسة وعشرين": 125,
    "مئتان": 200, "مئتي": 200, "مائتا": 200, "مئتين وخمسين": 250, "ثلاثمئة": 300, "ثلاثمائة": 300, "ثلاث مئة": 300,
    "أربعمئة": 400, "خمسمائة": 500, "ستمئة": 600, "سبعمائة": 700, "ثمانمئة": 800, "تسعمائة وتسعة وتسعين": 999,
    "ألف": 1000, "ألف ومئة": 1100, "ألف ومئتان وخمسون": 1250, "ألفان": 2000, "ألفين": 2000, "ألفي": 2000,
    "ثلاثة آلاف": 3000, "ثلاثة آلاف وأربعمئة": 3400, "خمسة آلاف وستمئة وسبعة وثمانين": 5687, "أحد عشر ألفا": 11000,
    "عشرين ألفا": 20000, "خمسة وثلاثين ألفا": 35000, "مئة ألف": 100000, "مئتي ألف": 200000, "ثلاثمئة ألف": 300000,
    "مليون": 1000000, "مليونين": 2000000, "مليوني": 2000000, "ثلاثة ملايين": 3000000, "مليون ونصف المليون": 1500000,
    "نصف مليون": 500000, "ربع مليون": 250000, "ثلاثة ملايين ومئتي ألف": 3200000, "مليار": 1000000000,
    "مليارين": 2000000000, "خمسة مليارات": 5000000000,
}  # fmt: skip

DIGITS = {
    "7": 7, "9364": 9364, "12,500": 12500, "1.500.000": 1500000, "1,500,000": 1500000, "٣٥": 35, "١٢٬٥٠٠": 12500,
    "1,5": 1.5, "2.75": 2.75, "12 ألفا": 12000, "12 ألفا و500": 12500, "20 ألف": 20000, "1,5 مليون": 1500000,
    "6,5 ملايين": 6500000, "2.8 مليون": 2800000, "8ر3 مليون": 3800000, "5ر2": 2.5, "3 ملايين و200 ألف": 3200000,
    "100٬000٫5": 100000.5,
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), [*WORDS.items(), *DIGITS.items()])
def test_value(text: str, value: float) -> None:
    found = numbers(text)
    assert [(n.value, n.bound, text[n.start : n.end]) for n in found] == [(value, "exact", text)]


@pytest.mark.parametrize(
    ("text", "bound", "value"),
    [
        ("أكثر من 700", "at_least", 700),
        ("ما لا يقل عن عشرين", "at_least", 20),
        ("ما يزيد على مئة", "at_least", 100),
        ("أزيد من 40", "at_least", 40),
        ("أقل من عشرة", "at_most", 10),
        ("لا يتجاوز 30", "at_most", 30),
        ("نحو ألفي", "about", 2000),
        ("قرابة 50", "about", 50),
        ("زهاء ثلاثمئة", "about", 300),
        ("حوالي ثمانية آلاف", "about", 8000),
        ("ما يقرب من 600", "about", 600),
    ],
)
def test_bound(text: str, bound: str, value: float) -> None:
    assert [(n.bound, n.value) for n in numbers(f"{text} شخص")] == [(bound, value)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("بين 20 و30", 20, 30),
        ("ما بين عشرة وعشرين", 10, 20),
        ("من 20 إلى 30", 20, 30),
        ("20 إلى 30 ألفا", 20000, 30000),
        ("15-20", 15, 20),
        ("ثلاثة أو أربعة", 3, 4),
        ("عشرات", 20, 99),
        ("مئات", 200, 999),
        ("آلاف", 2000, 9999),
        ("عشرات الآلاف", 20000, 99999),
        ("مئات آلاف", 200000, 999999),
        ("بضعة", 3, 9),
        ("بضعة آلاف", 3000, 9999),
    ],
)
def test_range(text: str, low: int, high: int) -> None:
    assert [(n.value, n.low, n.high) for n in numbers(f"قتل {text} منهم")] == [(None, low, high)]


@pytest.mark.parametrize("text", ["50%", "%50", "خمسين في المئة", "12,5 بالمئة"])
def test_percentages_are_told_apart(text: str) -> None:
    assert [n.rule for n in numbers(text)] == ["percentage"]


@pytest.mark.parametrize("text", ["عدد من الجنود", "الدورة الثالثة", "الحادي عشر", "14:30", "في 3/4", "لا أحد"])
def test_what_is_no_number(text: str) -> None:
    assert [n for n in numbers(text) if n.value not in (10, None)] == []


def test_two_numbers_stay_two() -> None:
    assert [n.value for n in numbers("ثلاثة قتلى وخمسة جرحى")] == [3, 5]


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="0123456789٠١٢٣٤٥٦٧٨٩.,٫٬:/- ومئةألفعشرنصبي", max_size=40))
def test_numbers_never_raise_and_point_at_their_words(text: str) -> None:
    for number in numbers(text):
        assert text[number.start : number.end].strip()
        assert number.value is not None or (number.low is not None and number.high is not None)
