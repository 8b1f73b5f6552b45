"""Events derived from statements."""

from __future__ import annotations

from pathlib import Path

import pytest

import sijill
from sijill.page.capture import Capture
from sijill.record import Event


def events(text: str) -> list[Event]:
    return sijill.speech_events(sijill.read(text, lang="ar", published="2016-10-03"))


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        ("اتهمت كييف موسكو بقصف الميناء.", "ACCUSE", "أوكرانيا", "روسيا"),
        ("أدان الاتحاد الأوروبي الهجوم على القافلة.", "ACCUSE", "الاتحاد الأوروبي", None),
        ("هددت أنقرة بإغلاق الحدود.", "THREATEN", "تركيا", None),
        ("طالبت الأمم المتحدة إسرائيل بفتح المعبر.", "REQUEST", "الأمم المتحدة", "إسرائيل"),
    ],
)
def test_a_statement_that_is_an_event(text: str, kind: str, actor: str, recipient: str | None) -> None:
    [event] = events(text)
    assert (event.type, event.actor_party, event.recipient_party) == (kind, actor, recipient)


def test_what_is_only_said_is_no_event() -> None:
    assert events("قالت موسكو إن الهدنة صامدة. ونفت واشنطن ذلك.") == []


def test_it_is_not_listed_among_the_events_that_are_told() -> None:
    record = sijill.read("اتهمت كييف موسكو بقصف الميناء.", lang="ar", published="2016-10-03")
    assert [event.type for event in record.events] == ["ASSAULT"]
    assert [event.id for event in sijill.speech_events(record)] == [record.statements[0].id]


def test_an_archive_lists_them(tmp_path: Path) -> None:
    text = "خلاف\n\nاتهمت كييف موسكو بقصف الميناء. وطالبت الأمم المتحدة إسرائيل بفتح المعبر."
    record = sijill.read(text, lang="ar", published="2016-10-03")
    with sijill.open_archive(tmp_path / "news.sijill") as archive:
        archive.add(Capture(data=text.encode()), record.article, record)
        found = [entry.record for entry in archive.speech_events()]
        assert {(event.type, event.recipient_party) for event in found} == {
            ("ACCUSE", "روسيا"),
            ("REQUEST", "إسرائيل"),
        }
        assert [e.record.type for e in archive.speech_events(type="ACCUSE", actor="كييف")] == ["ACCUSE"]
        assert archive.speech_events(type="ASSAULT") == []
        assert archive.speech_events(actor="كييف", type="REQUEST") == []
