"""The data files of the Arabic pack are well formed, and say a thing once."""

from __future__ import annotations

import csv
import re
from collections import Counter
from importlib.resources import files
from itertools import pairwise

import pytest

from sijill.lang.ar.inflect import INFLECTIONS
from sijill.lang.ar.normalize import normalize, plain
from sijill.lang.lexicon import Lexeme, read_words

PACK = files("sijill.lang.ar")
WORDS = ["given_names.txt", "family_names.txt", "nisbas.txt", "titles.txt"]
TABLES = ["places.tsv", "organizations.tsv", "persons.tsv"]

PLACE_KINDS = {
    *("country", "capital", "city", "town", "village", "governorate", "region", "district", "camp", "island"),
    *("sea", "river", "mountain", "crossing", "base", "airport", "building"),
}
ORGANIZATION_KINDS = {
    *("organization", "court", "agency", "outlet", "armed_group", "coalition", "party", "parliament", "organ"),
}
# ISO 3166-1 alpha-2, with XK as the European Union and the United Nations' banks use it for Kosovo.
COUNTRIES = {
    *re.findall(
        "[A-Z]{2}",
        """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
        CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
        FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
        JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
        MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
        PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
        TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
        """,
    )
}
NAME = re.compile(
    "[\u0621-\u063a\u0641-\u064a0-9+.A-Za-z\u064b-\u0652-]+(?: [\u0621-\u063a\u0641-\u064a0-9+.A-Za-z\u064b-\u0652-]+)*"
)
MONTHS = re.compile(r"(?:(?P<since>\d{4}(?:-\d\d)?)?\.\.(?P<until>\d{4}(?:-\d\d)?)?)")
BEFORE_ARTICLE = ("وال", "فال", "بال", "كال", "لل")


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of the pack."""
    lines = (PACK / name).read_text("utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))


def names_of(row: dict[str, str]) -> list[str]:
    """A row's name and aliases."""
    return [row["name"], *filter(None, row["aliases"].split(" | "))]


def lexemes(name: str) -> list[Lexeme]:
    """The lexemes of a words file of the pack."""
    return list(read_words((PACK / "words" / name).read_text("utf-8"), name))


@pytest.fixture(scope="module")
def places() -> list[dict[str, str]]:
    return table("places.tsv")


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_every_cell(name):
    lines = (PACK / name).read_text("utf-8").splitlines()
    columns = lines[0].count("\t")
    assert [line for line in lines if line.count("\t") != columns or line != line.strip(" ")] == []


@pytest.mark.parametrize("name", TABLES)
def test_a_name_stands_in_one_row(name):
    counts = Counter(normalize(each) for row in table(name) for each in names_of(row))
    assert [each for each, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("name", TABLES)
def test_names_are_written_in_arabic_letters_figures_or_latin_acronyms(name):
    assert [each for row in table(name) for each in names_of(row) if not NAME.fullmatch(each)] == []


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_an_english_name(name):
    assert [row["name"] for row in table(name) if not row["english"]] == []


@pytest.mark.parametrize("name", TABLES)
def test_no_name_carries_a_clitic(name):
    known = {normalize(each) for row in table(name) for each in names_of(row)}
    laden = [
        each
        for each in known
        for clitic in BEFORE_ARTICLE
        if each.startswith(clitic) and "ال" + each.removeprefix(clitic) in known
    ]
    assert laden == []


@pytest.mark.parametrize("name", WORDS)
def test_words_parse_into_known_inflections(name):
    assert {lexeme.inflection for lexeme in lexemes(name)} <= set(INFLECTIONS)
    assert [lexeme for lexeme in lexemes(name) if not all(lexeme.cells)] == []


@pytest.mark.parametrize("name", WORDS)
def test_a_word_stands_once_in_its_section(name):
    counts = Counter(
        (lexeme.classes, lexeme.inflection, cell) for lexeme in lexemes(name) for cell in map(plain, lexeme.cells)
    )
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("name", ["given_names.txt", "family_names.txt"])
def test_a_name_is_everyday_or_not(name):
    """A name that is an everyday word too stands in the ambiguous section alone."""
    everyday = {normalize(c) for lexeme in lexemes(name) if "ambiguous" in lexeme.classes for c in lexeme.cells}
    plain_names = {normalize(c) for lexeme in lexemes(name) if "ambiguous" not in lexeme.classes for c in lexeme.cells}
    assert everyday & plain_names == set()


@pytest.mark.parametrize(
    ("name", "kind", "least"),
    [
        ("given_names.txt", "male", 600),
        ("given_names.txt", "female", 250),
        ("given_names.txt", "name.given", 2000),
        ("family_names.txt", "name.family", 1500),
        ("nisbas.txt", "nisba", 300),
        ("titles.txt", "title.office", 80),
        ("titles.txt", "anonymous.phrase", 5),
    ],
)
def test_the_lists_stay_broad(name, kind, least):
    assert sum(kind in lexeme.classes for lexeme in lexemes(name)) >= least


def test_every_nisba_names_what_it_belongs_to():
    assert [lexeme for lexeme in lexemes("nisbas.txt") if not lexeme.value] == []


def test_places_have_known_kinds_countries_and_sources(places):
    assert {row["kind"] for row in places} <= PLACE_KINDS
    assert {row["country"] for row in places} <= COUNTRIES | {""}
    assert [row["source"] for row in places if not re.fullmatch(r"hand|geonames:\d+", row["source"])] == []


def test_places_lie_on_the_globe(places):
    wrong = [row["name"] for row in places if not (-90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180)]
    assert wrong == []


def test_no_place_is_of_one_or_two_letters(places):
    short = {name for row in places for name in names_of(row) if len(plain(name)) < 3}
    assert short == {"قم", "إب"}


def test_capitals_and_seats_of_government_stand_for_a_state_of_the_gazetteer(places):
    states = {normalize(name) for row in places if row["kind"] == "country" for name in names_of(row)} | {"عمان"}
    assert [row["name"] for row in places if row["kind"] == "capital" and not row["stands_for"]] == []
    assert [row["name"] for row in places if row["stands_for"] and normalize(row["stands_for"]) not in states] == []


def test_a_governorate_that_is_named_is_one_of_the_gazetteer(places):
    governorates = {row["name"] for row in places if row["kind"] == "governorate"}
    assert {row["admin"] for row in places} - governorates == {""}


def test_every_state_has_one_row(places):
    counts = Counter(row["country"] for row in places if row["kind"] == "country")
    assert [code for code, count in counts.items() if count > 1] == []
    assert len(counts) >= 195


def test_places_by_hand_come_first_and_generated_rows_are_sorted(places):
    sources = [row["source"] == "hand" for row in places]
    assert sources == sorted(sources, reverse=True)
    made = [(row["country"], row["name"]) for row in places if row["source"] != "hand"]
    assert all(before <= after for before, after in pairwise(made))


def test_the_gazetteer_stays_broad(places):
    assert len(places) >= 4000


def test_organizations_have_known_kinds_and_states():
    rows = table("organizations.tsv")
    states = {normalize(n) for row in table("places.tsv") if row["kind"] == "country" for n in names_of(row)} | {"عمان"}
    assert {row["kind"] for row in rows} <= ORGANIZATION_KINDS
    assert [row["name"] for row in rows if row["stands_for"] and normalize(row["stands_for"]) not in states] == []
    counts = Counter(row["kind"] for row in rows)
    assert counts["outlet"] >= 120
    assert counts["armed_group"] >= 150


def test_names_of_persons_stand_without_their_titles():
    honours = {cell for lexeme in lexemes("titles.txt") if "title.honour" in lexeme.classes for cell in lexeme.cells}
    titled = [name for row in table("persons.tsv") for name in names_of(row) if name.split(" ")[0] in honours]
    # The Taliban's first leader is known by his title alone, Bangladesh's prime minister by hers.
    assert set(titled) <= {"الملا عمر", "ملا عمر", "شيخة حسينة", "الشيخة حسينة", "شيخ شريف شيخ أحمد"}


def test_roles_end_after_they_begin():
    rows = table("persons.tsv")
    assert len(rows) >= 500
    wrong: list[str] = []
    for row in rows:
        for role in filter(None, row["roles"].split("; ")):
            held = MONTHS.fullmatch(role.rpartition(" ")[2])
            if held and held["since"] and held["until"] and held["since"] > held["until"]:
                wrong.append(f"{row['name']}: {role}")
            if ".." in role and not held:
                wrong.append(f"{row['name']}: {role}")
    assert wrong == []
