"""Parties: mentions are printed text, names carry no clitics, short mentions go to the one they mean."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import sijill

NAMES = [
    "جون كيري", "سيرغي لافروف", "أنجيلا ميركل", "بنيامين نتنياهو", "فون دير لاين", "عبد الفتاح السيسي", "بان كي مون",
    "محمد بن سلمان", "أبو بكر البغدادي", "ستافان دي ميستورا", "رجب طيب إردوغان", "سلفا كير", "رياك مشار",
    "حيدر العبادي", "عبد ربه منصور هادي", "كيم جونغ أون", "علي خامنئي", "فائز السراج",
]  # fmt: skip
CLITICS = ["", "و", "ل", "ب", "ول", "وب"]


def parties(text: str, published: str | None = None) -> dict[str, sijill.Party]:
    return {party.name: party for party in sijill.read(text, lang="ar", published=published).parties}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(CLITICS), st.sampled_from(NAMES)), min_size=1, max_size=4))
def test_names_carry_no_clitics_and_mentions_are_printed_text(named: list[tuple[str, str]]) -> None:
    text = "، ".join(f"تحدث {clitic}{name}" for clitic, name in named) + "."
    for party in sijill.read(text, lang="ar").parties:
        assert party.kind != "person" or party.name in NAMES
        for mention in party.mentions:
            assert text[mention.start : mention.end] == mention.text


def test_a_role_carries_the_day_it_was_read_on() -> None:
    kerry = parties("قال وزير الخارجية الأميركي جون كيري إن الوقت ضيق.", "2016-10-03")["جون كيري"]
    assert (kerry.role, kerry.role_date) == ("وزير الخارجية الأميركي", "2016-10-03")


def test_spellings_of_one_name_are_one_party() -> None:
    found = parties("قال المتحدث جوش إيرنست إن الصبر نفد. وأضاف ايرنست أن الوقت ضيق.")
    assert len(found["جوش إيرنست"].mentions) == 2


def test_a_capital_is_a_mention_of_its_state() -> None:
    found = parties("رفضت الولايات المتحدة المقترح. وقالت واشنطن إنها ستراقب.")
    assert [m.text for m in found["الولايات المتحدة"].mentions] == ["الولايات المتحدة", "واشنطن"]


def test_the_article_a_preposition_swallowed_is_restored_in_names_only() -> None:
    un = parties("وللأمم المتحدة مبعوث جديد.")["الأمم المتحدة"]
    assert un.mentions[0].text == "أمم المتحدة"


def test_two_last_names_behind_a_verb_are_two_persons() -> None:
    assert set(parties("اتهم كير مشار بالتخطيط لانقلاب.")) == {"كير", "مشار"}


def test_a_name_that_two_bear_is_nobodys() -> None:
    found = parties("قال جورج بوش إن الحرب انتهت. وقالت لورا بوش إنها فخورة. وغادر بوش بعد ذلك.")
    assert [m.text for party in found.values() for m in party.mentions] == ["جورج بوش", "لورا بوش"]


def test_a_title_is_whose_it_was_on_the_day_of_the_article() -> None:
    text = "وصل جون كيري إلى جنيف. وقال وزير الخارجية الأميركي إن الوقت ضيق."
    assert len(parties(text, "2016-10-03")["جون كيري"].mentions) == 2
    assert len(parties(text, "2021-10-03")["جون كيري"].mentions) == 1
