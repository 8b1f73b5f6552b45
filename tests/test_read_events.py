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
