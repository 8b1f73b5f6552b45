"""Who says what, where the printed text is not as it should be."""

from __future__ import annotations

import pytest

import sijill


@pytest.mark.parametrize(
    "text",
    [
        'وقال كيري: "" ثم صمت.',
        "لكن الرئيس الإيراني حسن روحاني قال: «إنه مهتم بعلاقات مختلفة.",
        'وأضاف أن "الحل قريب". للأسف" انتهى.',
        "قال «قال «قال «قال «قال",
        '"""""',
    ],
)
def test_lost_quotation_marks_lose_no_offset(text: str) -> None:
    record = sijill.read(text, lang="ar", published="2016-10-03")
    record.check()
    assert all(statement.content.text.strip() for statement in record.statements)


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    text = "عنوان\n\nوقال وزير الخارجية جون كيري: «لن ننتظر طويلا\n\nوسنعود إلى المجلس».\n\nوغادر بعد ذلك."
    record = sijill.read(text, lang="ar", published="2016-10-03")
    contents = [s.content.text for s in record.statements if s.speaker == "جون كيري"]
    assert contents == ["لن ننتظر طويلا\n\nوسنعود إلى المجلس"]


def test_the_chain_names_outlet_agency_and_speaker() -> None:
    text = "عنوان\n\nنقلت وكالة رويترز عن مسؤول إيراني قوله إن المحادثات مستمرة."
    record = sijill.read(text, lang="ar", published="2016-10-03", outlet="الرواق")
    chain = [(link.role, link.name) for link in record.statements[0].chain]
    assert chain == [("outlet", "الرواق"), ("agency", "وكالة رويترز"), ("speaker", "مسؤول إيراني")]


def test_a_speaker_of_another_gender_is_not_carried_over() -> None:
    record = sijill.read("قالت المتحدثة ماريا زاخاروفا إن الرد قريب. وأضاف أن الوقت ضيق.", lang="ar")
    assert [s.speaker for s in record.statements] == ["ماريا زاخاروفا", None]
