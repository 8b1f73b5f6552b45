"""Events as a reader of the record meets them: no event without anybody, every span the text's own words."""

from __future__ import annotations

import sijill


def test_one_trigger_one_event_with_somebody_or_somewhere() -> None:
    record = sijill.read("قصفت طائرات روسية مدينة حلب، وسيطرت قوات المعارضة على بلدة سراقب.", lang="ar")
    record.check()
    assert [e.trigger.text for e in record.events] == ["قصفت", "سيطرت"]
    assert len({e.trigger.start for e in record.events}) == len(record.events)
    assert all(e.actor or e.recipient or e.place for e in record.events)


def test_adjectives_of_belonging_resolve_to_the_state() -> None:
    [event] = sijill.read("القصف الروسي على حلب مستمر.", lang="ar").events
    assert event.actor and event.actor.text == "الروسي"
    assert event.actor_party == "روسيا"


def test_who_announces_a_death_did_not_kill() -> None:
    events = sijill.read("أعلنت تركيا مقتل خمسة جنود.", lang="ar").events
    assert [(e.actor, e.recipient.text if e.recipient else None) for e in events] == [(None, "خمسة جنود")]


def sides(text: str) -> list[tuple[str, str | None, str | None]]:
    events = sijill.read(text, lang="ar", published="2016-10-03").events
    return [(e.trigger.text, words(e.actor), words(e.recipient)) for e in events]


def words(span: sijill.Span | None) -> str | None:
    return span.text if span else None


def test_a_death_is_no_event_beside_the_attack_that_brought_it_about() -> None:
    assert sides("قتل تسعة أشخاص في غارة إسرائيلية على صيدا.") == [("غارة", "إسرائيلية", "صيدا")]
    assert sides("قتل تسعة أشخاص في تفجير سيارة مفخخة.") == [("تفجير", None, "تسعة أشخاص")]
    assert sides("قتل الجيش ثلاثة مسلحين.") == [("قتل", "الجيش", "ثلاثة مسلحين")]


def test_verbs_joined_share_their_subject() -> None:
    assert sides("قال المتحدث إن الجيش قصف المخيم ودمر مدرسة.") == [
        ("قصف", "الجيش", "المخيم"),
        ("دمر", "الجيش", "مدرسة"),
    ]


def test_who_is_accused_did_it_and_not_who_accuses() -> None:
    assert sides("اتهمت أذربيجان القوات الأرمينية بقصف قرى حدودية.") == [("قصف", "القوات الأرمينية", "قرى حدودية")]


def test_an_attack_and_what_it_hits_are_one_event() -> None:
    assert sides("استهدفت غارة أميركية معسكرا في شبوة.") == [("غارة", "أميركية", "معسكرا")]


def test_a_sentence_without_an_end_has_one_event_a_trigger() -> None:
    text = "قصفت القوات الروسية المدينة ودمرت المدرسة ثم هاجمت القرية " * 200
    events = sijill.read(text, lang="ar").events
    assert len({e.trigger.start for e in events}) == len(events) == 600
