"""Figures over sentences and statements: parts, claimants, chains, spans."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import sijill
from sijill.record import Figure


def figures(text: str) -> list[Figure]:
    return sijill.read(text, lang="ar", published="2016-10-03").figures


def test_a_part_points_at_its_total_and_shares_its_claimant() -> None:
    total, part = figures("قال جون كيربي إن 40 مدنيا قتلوا، بينهم عشرة أطفال.")
    assert (total.value, part.value, part.part_of) == (40, 10, 0)
    assert total.claimant == part.claimant == "جون كيربي"


def test_the_outlet_claims_what_nobody_is_said_to_claim() -> None:
    (figure,) = figures("قتل عشرة جنود في كمين.")
    assert figure.claimant is None and figure.chain == []


def test_the_reach_of_a_toll_ends_with_its_sentence() -> None:
    assert [f.value for f in figures("قتل ثلاثة جنود. وصل 20 وزيرا إلى العاصمة.")] == [3]


def test_who_and_the_circumstances_are_spans_of_the_text() -> None:
    text = "قتل 18 مدنيا أمس في مدينة حلب جراء القصف."
    (figure,) = figures(text)
    spans = [figure.span, figure.who, figure.place, figure.period, figure.cause]
    assert [span and span.text for span in spans] == ["18 مدنيا", "مدنيا", "مدينة حلب", "أمس", "القصف"]
    assert all(span and text[span.start : span.end] == span.text for span in spans)


def test_the_party_behind_an_active_verb_did_it() -> None:
    (figure,) = figures("قتلت القوات الإسرائيلية ثلاثة فلسطينيين.")
    assert figure.by and figure.by.text == "القوات الإسرائيلية"


def test_figures_are_numbered_in_text_order_and_name_their_rule() -> None:
    found = figures("مقتل 5 وإصابة 20 آخرين. واعتقلت الشرطة ثلاثة أشخاص.")
    assert [f.id for f in found] == ["f1", "f2", "f3"] and all(f.rule for f in found)


WORDS = [
    "قتل",
    "مقتل",
    "وأصيب",
    "12",
    "شخصا",
    "جنود",
    "بينهم",
    "طفل",
    "القتلى",
    "قتلوا",
    "أن",
    "،",
    ".",
    "عشرات",
    "و",
    "غارات",
    "\n\n",
]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(WORDS).filter(str.strip), min_size=1, max_size=20))
def test_any_order_of_such_words_gives_spans_of_the_text(words: list[str]) -> None:
    record = sijill.read(" ".join(words), lang="ar", published="2016-10-03")
    record.check()
    for index, figure in enumerate(record.figures):
        assert figure.part_of is None or figure.part_of < index
