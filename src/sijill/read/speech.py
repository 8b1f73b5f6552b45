"""Statements that are events: who accuses, asks, threatens, promises to or praises whom."""

from __future__ import annotations

from bisect import bisect_right
from typing import cast

from sijill.lang.plover import root_codes, types_of_acts
from sijill.record import Event, EventType, Record, Span


def speech_events(record: Record) -> list[Event]:
    """The events that a record's statements are, in the order of the statements.

    They are no part of ``record.events``, which holds what is told and not what is said. Each has the id of
    its statement, the cue as its trigger, and as recipient who is accused, threatened, praised or asked.

    >>> from sijill.read import read_article
    >>> from sijill.record import Article
    >>> [event] = speech_events(read_article(Article(id="a", lang="ar", text="اتهمت موسكو واشنطن بدعم المسلحين.")))
    >>> event.type, event.cameo, event.trigger.text, event.actor_party, event.recipient_party
    ('ACCUSE', '11', 'اتهمت', 'روسيا', 'الولايات المتحدة')
    """
    mentions = sorted(
        (mention.start, party.stands_for or party.name) for party in record.parties for mention in party.mentions
    )

    def party_in(span: Span | None) -> str | None:
        place = bisect_right(mentions, (span.start, "")) if span else len(mentions)
        return mentions[place][1] if span and place < len(mentions) and mentions[place][0] < span.end else None

    states = {party.name: party.stands_for for party in record.parties}
    events: list[Event] = []
    for statement in record.statements:
        kind = types_of_acts().get(statement.act)
        if kind is None or statement.cue is None:
            continue
        recipient = statement.target or statement.addressee
        events.append(
            Event(
                id=statement.id,
                type=cast(EventType, kind),
                cameo=root_codes()[kind],
                trigger=statement.cue,
                modality="actual",
                actor=statement.source,
                actor_party=states.get(statement.speaker or "") or statement.speaker,
                recipient=recipient,
                recipient_party=party_in(recipient),
                date=statement.date,
                rule=statement.rule,
            )
        )
    return events
