"""Links inside an article: what a denial denies."""

from __future__ import annotations

import sijill


def denials(text: str) -> list[tuple[str, str]]:
    record = sijill.read(text, lang="ar", published="2016-10-03")
    return [(link.from_, link.to) for link in record.links if link.rel == "denies"]


def test_a_denial_of_these_accusations_denies_what_was_said_before() -> None:
    assert denials("قال المرصد إن الطيران قصف مستشفى المدينة. ورفض الكرملين هذه الاتهامات.") == [("s2", "s1")]


def test_nothing_is_denied_where_nobody_claimed_it() -> None:
    assert denials("نفت الوزارة ارتفاع الأسعار. وقال المدير إن المدارس تفتح غدا.") == []
