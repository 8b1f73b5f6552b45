"""Events derived from statements."""

from __future__ import annotations

import pytest

import sijill
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
