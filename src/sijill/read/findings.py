"""What the steps fold into the tape for later steps: mentions of parties, dates, numbers."""

from __future__ import annotations

from dataclasses import dataclass

from sijill.record import Bound, PartyKind


@dataclass(slots=True)
class Mention:
    """A party named in the text: code points ``start:end`` without clitics.

    ``name`` is the name without role or quotation marks, as printed; ``role`` the printed
    role; ``party`` the name of the party it resolves to, or None where that is open.
    ``fem`` and ``plural`` are its grammatical gender and number where known.
    """

    start: int
    end: int
    name: str
    kind: PartyKind
    rule: str
    role: str | None = None
    affiliation: str | None = None
    stands_for: str | None = None
    party: str | None = None
    fem: bool | None = None
    plural: bool | None = None


@dataclass(slots=True)
class FoundNumber:
    """A number: code points ``start:end`` with its bound words; ``low``/``high`` where it is a range or vague."""

    start: int
    end: int
    value: float | int | None
    low: int | None
    high: int | None
    bound: Bound
    rule: str
    dual: bool = False
