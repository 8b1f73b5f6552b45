"""Developments: subjects, parties, dates, reasons, conditions and what is said of a draft resolution."""

from __future__ import annotations

import pytest

import sijill
from sijill.record import Development


def read(text: str, published: str | None = "2016-10-03") -> list[Development]:
    return sijill.read(text, lang="ar", published=published).developments


def texts(spans: list[sijill.Span]) -> list[str]:
    return [span.text for span in spans]


def test_suspension_with_its_party_subject_date_and_reason() -> None:
    [one] = read("علقت واشنطن الاثنين محادثاتها مع موسكو بشأن سوريا بسبب الغارات على حلب.")
    assert (one.kind, one.status, one.modality, one.by) == ("talks", "suspended", "actual", "واشنطن")
    assert one.subject and one.subject.text == "محادثاتها مع موسكو بشأن سوريا"
    assert one.date == "2016-10-03"
    assert texts(one.reasons) == ["الغارات على حلب"]


def test_without_a_publication_date_a_weekday_stays_open() -> None:
    [one] = read("علقت واشنطن الاثنين محادثاتها مع موسكو.", published=None)
    assert one.date is None


def test_coordinated_conditions_are_spans_of_their_own() -> None:
    found = read("قد تستأنف موسكو المفاوضات في حال سحب القوات من الحدود، بالإضافة إلى رفع العقوبات وإطلاق السجناء.")
    resumed = found[0]
    assert (resumed.status, resumed.modality, resumed.by) == ("resumed", "possible", "موسكو")
    assert texts(resumed.conditions) == ["سحب القوات من الحدود", "رفع العقوبات", "إطلاق السجناء"]


def test_a_bare_name_stands_for_the_process_named_before() -> None:
    text = "وقعت الخرطوم اتفاقا مع جوبا حول تقاسم النفط. ثم علقت جوبا الاتفاق."
    agreed, suspended = read(text)
    assert agreed.subject and suspended.subject
    assert suspended.subject == agreed.subject
    assert suspended.subject.text == "اتفاقا مع جوبا حول تقاسم النفط"


def test_draft_resolution_with_all_that_is_said_of_it() -> None:
    text = (
        "وزعت بريطانيا مشروع قرار فرنسي على أعضاء مجلس الأمن.\n\n"
        "وبموجب مشروع القرار الذي شاركت إيطاليا في رعايته، فإن المجلس يهدد باتخاذ تدابير عقابية، "
        "إلا أنه لا يدعو إلى تفعيل الفصل السابع.\n\n"
        "ويطالب مشروع القرار جميع الأطراف بوقف القصف.\n\n"
        "واعتمد مجلس الأمن مشروع القرار بتأييد 14 دولة وامتناع الصين عن التصويت."
    )
    drafts = [one for one in read(text) if one.kind == "draft_resolution"]
    first = drafts[0]
    assert (first.status, first.by) == ("circulated", "بريطانيا")
    assert texts(first.circulated_to) == ["أعضاء مجلس الأمن"]
    assert {"فرنسي", "إيطاليا"} <= set(texts(first.sponsors))
    assert any("وقف القصف" in demand for demand in texts(first.demands))
    assert texts(first.threatens) == ["اتخاذ تدابير عقابية"]
    assert texts(first.leaves_out) == ["تفعيل الفصل السابع"]
    adopted = next(one for one in drafts if one.status == "adopted")
    assert [vote.split()[0] for vote in texts(adopted.votes)] == ["تأييد", "امتناع"]


def test_one_word_of_change_is_one_development() -> None:
    found = read("دخلت الهدنة حيز التنفيذ. وبدأ سريان الهدنة. وتم التوصل إلى اتفاق.")
    starts = [one.trigger.start for one in found]
    assert starts == sorted(set(starts))
    assert [one.id for one in found] == ["d1", "d2", "d3"]


@pytest.mark.parametrize(
    "text",
    [
        "تحدث الوزير عن المفاوضات الدائرة في جنيف.",
        "تحدث عن الهدنة والاتفاق والعقوبات ومشروع القرار.",
        "علق المتحدث على المحادثات.",
    ],
)
def test_a_name_alone_is_no_development(text: str) -> None:
    assert read(text) == []


def test_sponsors_named_together_and_how_members_voted() -> None:
    text = (
        "تقدمت الإمارات واليابان بمشروع قرار إلى مجلس الأمن يطالب بوقف القتال في السودان. "
        "وصوتت 13 دولة لصالح المشروع وامتنعت روسيا والصين عن التصويت."
    )
    proposed, adopted = (one for one in read(text) if one.kind == "draft_resolution")
    assert (proposed.status, texts(proposed.sponsors)) == ("proposed", ["الإمارات", "اليابان"])
    assert texts(proposed.demands) == ["وقف القتال في السودان"]
    assert (adopted.status, texts(adopted.votes)) == (
        "adopted",
        ["صوتت 13 دولة لصالح المشروع", "امتنعت روسيا والصين عن التصويت"],
    )
