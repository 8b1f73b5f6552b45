"""The catalogues say everything, in every language."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from sijill import record
from sijill.archive.judgements import REASONS
from sijill.site.language import languages

CATALOGUES = languages()
PLURAL_FORMS = {"zero", "one", "two", "few", "many", "other"}


def plain_keys(messages: dict[str, object]) -> set[str]:
    """The keys without the plural forms, which differ from language to language."""
    return {key.rpartition(".")[0] if key.startswith("count.") else key for key in messages}


def test_site_speaks_arabic_and_english() -> None:
    assert {"ar", "en"} <= set(CATALOGUES)


@pytest.mark.parametrize("tag", CATALOGUES)
def test_catalogue_has_the_messages_of_every_other(tag: str) -> None:
    every = set[str]().union(*(plain_keys(language.messages) for language in CATALOGUES.values()))
    assert every - plain_keys(CATALOGUES[tag].messages) == set()


@pytest.mark.parametrize("tag", CATALOGUES)
def test_plurals_have_the_forms_of_their_language(tag: str) -> None:
    language = CATALOGUES[tag]
    needed = {*language.locale.plural_form.tags, "other"}
    for noun in {key.split(".")[1] for key in language.messages if key.startswith("count.")}:
        forms = {key.split(".")[2] for key in language.messages if key.startswith(f"count.{noun}.")}
        assert forms == needed, f"count.{noun} of {tag}"


@pytest.mark.parametrize("tag", CATALOGUES)
def test_messages_take_the_same_values(tag: str) -> None:
    arabic, other = CATALOGUES["ar"].messages, CATALOGUES[tag].messages
    for key in arabic.keys() & other.keys():
        if isinstance(arabic[key], str) and not key.startswith("count."):
            assert set(re.findall(r"{\w+}", arabic[key])) == set(re.findall(r"{\w+}", other[key])), key


@pytest.mark.parametrize("tag", CATALOGUES)
def test_every_reason_of_the_program_is_put_in_words(tag: str) -> None:
    assert all(CATALOGUES[tag](f"verdict_by.{rule}") for rule in REASONS)


@pytest.mark.parametrize("tag", CATALOGUES)
@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("act", record.Act), ("form", record.Form), ("bound", record.Bound), ("what", record.What),
        ("process", record.Process), ("status", record.Status), ("modality", record.Modality),
        ("event_type", record.EventType), ("precision", record.Precision), ("party_kind", record.PartyKind),
        ("chain", record.ChainRole), ("relation", record.Relation), ("relation_reversed", record.Relation),
    ],
)  # fmt: skip
def test_every_value_of_the_record_has_a_name(tag: str, table: str, values: object) -> None:
    assert all(CATALOGUES[tag](f"{table}.{value}") for value in get_args(values))


@pytest.mark.parametrize("tag", CATALOGUES)
def test_every_field_of_the_record_has_a_name(tag: str) -> None:
    kinds = (record.Party, record.Date, record.Statement, record.Figure, record.Development, record.Event)
    fields = {name for kind in kinds for name in kind.__struct_fields__} - {"id", "rule"}
    assert all(CATALOGUES[tag](f"field.{name}") for name in fields)


def test_missing_message_names_key_and_catalogue() -> None:
    with pytest.raises(KeyError, match=r"en\.toml has no message 'nav\.nowhere'"):
        CATALOGUES["en"]("nav.nowhere")


@pytest.mark.parametrize(
    ("value", "arabic", "english"),
    [
        ("2016", "2016", "2016"),
        ("2016-10", "تشرين الأول/أكتوبر 2016", "October 2016"),
        ("2016-10-03T17:05:00+02:00", "3 تشرين الأول/أكتوبر 2016، 17:05", "3 October 2016, 17:05"),
        ("2016-09-26/2016-10", "26 أيلول/سبتمبر 2016 – تشرين الأول/أكتوبر 2016", "26 September 2016 – October 2016"),
        ("2016-99-99", "2016-99-99", "2016-99-99"),
        ("someday", "someday", "someday"),
        (None, "", ""),
    ],
)  # fmt: skip
def test_dates_are_read_as_the_press_prints_them(value: str | None, arabic: str, english: str) -> None:
    assert (CATALOGUES["ar"].date(value), CATALOGUES["en"].date(value)) == (arabic, english)


@pytest.mark.parametrize(
    ("value", "arabic", "english"),
    [
        ("2016-10-03T20:15+03:00", "3 تشرين الأول/أكتوبر 2016، 20:15 غرينتش+03:00", "3 October 2016, 20:15 GMT+03:00"),
        ("2016-10-03T20:15:00Z", "3 تشرين الأول/أكتوبر 2016، 20:15 غرينتش", "3 October 2016, 20:15 GMT"),
        ("2016-10-03T20:15:00", "3 تشرين الأول/أكتوبر 2016، 20:15", "3 October 2016, 20:15"),
        ("2016-10-03", "3 تشرين الأول/أكتوبر 2016", "3 October 2016"),
    ],
)  # fmt: skip
def test_times_say_their_zone_where_it_is_known(value: str, arabic: str, english: str) -> None:
    printed = (CATALOGUES["ar"].date(value, zone=True), CATALOGUES["en"].date(value, zone=True))
    assert printed == (arabic, english)
