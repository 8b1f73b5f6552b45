"""What is read out of an article: the public contract, as types.

The names, and the JSON they become, are those of ``docs/record.md``. Offsets are
``[start, end)`` in Unicode code points of ``Article.text``; every span repeats the
words it points at, and a record whose spans disagree with its text is refused.

>>> article = Article(id="a1", lang="ar", text="قال كيري إن القرار صعب")
>>> span = article.span(4, 8)
>>> span.text
'كيري'
>>> record = Record(article=article, parties=[Party(id="p1", name="كيري", kind="person", mentions=[span])])
>>> Record.from_json(record.to_json()) == record
True
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Literal, cast

import msgspec

BlockKind = Literal["title", "standfirst", "subhead", "paragraph", "quote", "list"]
PartyKind = Literal["person", "organization", "state", "armed_group", "document", "anonymous"]
Precision = Literal["day", "week", "month", "year", "interval", "time"]
Form = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "say", "announce", "confirm", "deny", "accuse", "demand", "threaten", "warn",
    "promise", "praise", "condemn", "ask", "propose", "expect", "justify",
]  # fmt: skip
Bound = Literal["exact", "at_least", "at_most", "about", "vague"]
What = Literal[
    "killed", "wounded", "casualties", "missing", "detained", "released", "abducted",
    "displaced", "returned", "besieged", "in_need", "deployed", "surrendered", "air_raids", "other",
]  # fmt: skip
Process = Literal[
    "talks", "ceasefire", "agreement", "draft_resolution", "resolution", "sanctions",
    "mission", "prisoner_exchange", "evacuation", "aid_access",
]  # fmt: skip
Status = Literal[
    "proposed", "circulated", "scheduled", "under_way", "agreed", "adopted", "rejected", "vetoed",
    "in_force", "extended", "violated", "suspended", "resumed", "collapsed", "ended",
]  # fmt: skip
Modality = Literal["actual", "planned", "possible", "threatened", "denied", "failed"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
ChainRole = Literal["outlet", "agency", "speaker"]
Relation = Literal["denies", "confirms", "answers", "repeats", "updates"]


class SpanMismatch(ValueError):
    """A span's words are not the words of the text at its offsets."""


class Span(msgspec.Struct, frozen=True, omit_defaults=True):
    """Words of a text: ``text`` is the text's ``[start:end]``, as printed.

    ``parts`` holds the pieces of a content that its cue interrupts; the span itself
    then reaches from the first piece to the last. Make one with `Article.span`.
    """

    start: int
    end: int
    text: str
    parts: tuple[Span, ...] | None = None

    def __len__(self) -> int:
        return self.end - self.start


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A title, standfirst, subhead, paragraph, quotation or list of the text."""

    kind: BlockKind
    start: int
    end: int


class Image(msgspec.Struct, frozen=True, kw_only=True):
    """A picture the page shows, counts or credits.

    ``position`` is the index of the block it follows, -1 above the text; ``gallery``
    is its place in a gallery (``1/5``); ``src`` is null where the page only names it.
    """

    src: str | None = None
    caption: str | None = None
    credit: str | None = None
    position: int = -1
    gallery: str | None = None


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A page's text with its blocks, and what the page says of itself."""

    id: str
    lang: str
    text: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    standfirst: str | None = None
    published: str | None = None
    modified: str | None = None
    captured: str | None = None
    sections: list[str] = []
    bylines: list[str] = []
    agencies: list[str] = []
    images: list[Image] = []
    related: list[str] = []
    blocks: list[Block] = []

    def span(self, start: int, end: int) -> Span:
        """The span of ``text[start:end]``; offsets in code points.

        Raises `SpanMismatch` where the offsets are outside the text or out of order.
        """
        if not 0 <= start <= end <= len(self.text):
            raise SpanMismatch(f"span {start}–{end} is outside the text of article {self.id} (0–{len(self.text)})")
        return Span(start, end, self.text[start:end])


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """Who appears, merged over the article under the fullest name printed.

    ``stands_for`` names the state that a capital, palace or ministry speaks for;
    ``role_date`` is the day the role was read on (who somebody is depends on the day).
    """

    id: str
    name: str
    kind: PartyKind
    role: str | None = None
    role_date: str | None = None
    affiliation: str | None = None
    stands_for: str | None = None
    mentions: list[Span] = []
    rule: str = ""


class Date(msgspec.Struct, frozen=True, kw_only=True):
    """An expression of time; ``value`` is null where it cannot be placed."""

    id: str
    start: int
    end: int
    text: str
    value: str | None
    precision: Precision
    rule: str = ""


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """One link of a chain of attribution."""

    role: ChainRole
    name: str


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody says, writes or is reported to hold something: source, cue, content."""

    id: str
    content: Span
    form: Form
    act: Act
    cue: Span | None = None
    source: Span | None = None
    speaker: str | None = None
    addressee: Span | None = None
    target: Span | None = None
    date: str | None = None
    chain: list[Attribution] = []
    rule: str = ""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """How many of what, and who says so. ``part_of`` is an index into the figures."""

    id: str
    span: Span
    value: float | int | None
    bound: Bound
    what: What
    low: int | None = None
    high: int | None = None
    who: Span | None = None
    part_of: int | None = None
    place: Span | None = None
    period: Span | None = None
    cause: Span | None = None
    by: Span | None = None
    claimant: str | None = None
    chain: list[Attribution] = []
    rule: str = ""


class Development(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of talks, a ceasefire, an agreement, a draft resolution …

    ``by`` is a party's name. For a draft resolution, ``sponsors``, ``demands``,
    ``threatens``, ``leaves_out``, ``circulated_to`` and ``votes`` hold what the text says of it.
    """

    id: str
    kind: Process
    status: Status
    modality: Modality
    trigger: Span
    subject: Span | None = None
    by: str | None = None
    date: str | None = None
    reasons: list[Span] = []
    conditions: list[Span] = []
    sponsors: list[Span] = []
    demands: list[Span] = []
    threatens: list[Span] = []
    leaves_out: list[Span] = []
    circulated_to: list[Span] = []
    votes: list[Span] = []
    rule: str = ""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Who did what to whom, in PLOVER's types with the CAMEO root code beside them.

    ``actor_party`` and ``recipient_party`` name the parties the spans resolve to.
    """

    id: str
    type: EventType
    cameo: str
    trigger: Span
    modality: Modality
    actor: Span | None = None
    actor_party: str | None = None
    recipient: Span | None = None
    recipient_party: str | None = None
    place: Span | None = None
    date: str | None = None
    rule: str = ""


class Link(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Two records and what the first does to the second, by their ids."""

    from_: str
    rel: Relation
    to: str
    rule: str = ""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """All that was read out of one article.

    ``warnings`` says in plain words what could not be read and why.
    """

    article: Article
    parties: list[Party] = []
    dates: list[Date] = []
    statements: list[Statement] = []
    figures: list[Figure] = []
    developments: list[Development] = []
    events: list[Event] = []
    links: list[Link] = []
    warnings: list[str] = []

    def to_json(self) -> bytes:
        """The record as UTF-8 JSON."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, data: bytes | str) -> Record:
        """A record from its JSON.

        Raises `msgspec.ValidationError` naming the path of a wrong field, and
        `SpanMismatch` where a span does not repeat the text at its offsets.
        """
        record = msgspec.json.decode(data, type=cls)
        record.check()
        return record

    def check(self) -> None:
        """Raise `SpanMismatch` where any span disagrees with the article's text."""
        text = self.article.text
        for path, span in _spans(self, "$"):
            if text[span.start : span.end] != span.text or span.start < 0:
                raise SpanMismatch(
                    f"{path}: {span.text!r} is not the text at {span.start}–{span.end} of article "
                    f"{self.article.id}, which reads {text[max(span.start, 0) : span.end]!r}"
                )


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `Record`.

    >>> json_schema()["$ref"]
    '#/$defs/Record'
    """
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Record)}


def _spans(value: Any, path: str) -> Iterator[tuple[str, Span | Date]]:
    if isinstance(value, (Span, Date)):
        yield path, value
    if isinstance(value, msgspec.Struct):
        for name in _holding_spans(type(value)):
            inner = getattr(value, name)
            if inner is not None:
                yield from _spans(inner, f"{path}.{name}")
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(cast("Sequence[Any]", value)):
            yield from _spans(item, f"{path}[{index}]")


@cache
def _holding_spans(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields in which a span can be: those of some class of this module."""
    return tuple(field.name for field in msgspec.structs.fields(kind) if __name__ in str(field.type))
