"""The sample pages are read as `samples/README.md` says they must be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import sijill
from sijill.page import Capture, captures, read_page
from sijill.record import Article, Record

SAMPLES = Path(__file__).parents[1] / "samples"
EXPECTED: dict[str, Any] = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
PAGES: dict[str, dict[str, Any]] = EXPECTED["pages"]

every_page = pytest.mark.parametrize("name", PAGES)


def article(name: str) -> Article:
    return read_page((SAMPLES / name).read_bytes(), name=name, **PAGES[name].get("given", {}))


@cache
def record(name: str) -> Record:
    return sijill.read(SAMPLES / name, **PAGES[name].get("given", {}))


def blocks(page: Article, kind: str) -> list[str]:
    return [page.text[block.start : block.end] for block in page.blocks if block.kind == kind]


def test_every_page_is_labelled():
    assert set(PAGES) == {path.name for path in SAMPLES.iterdir() if path.suffix in (".html", ".txt")}


def labelled_words() -> Iterator[tuple[str, str]]:
    """Every label's page and words."""
    for name, page in PAGES.items():
        for record in page["statements"] + page["figures"] + page["dates"]:
            yield name, record.get("content") or record["text"]
    ends = [end for group in EXPECTED["quotations"] for end in group["in"]]
    ends += [denial[end] for denial in EXPECTED["denials"] for end in ("from", "to")]
    for end in ends:
        yield end["page"], end.get("words") or end["figure"]


def test_every_label_quotes_its_page():
    texts = {name: article(name).text for name in PAGES}
    assert [(name, words) for name, words in labelled_words() if words not in texts[name]] == []


def test_every_picture_is_on_a_page():
    shown = {Path(image.src).name for name in PAGES for image in article(name).images if image.src}
    assert {path.name for path in (SAMPLES / "pictures").iterdir()} <= shown


@every_page
def test_what_the_page_says_of_itself(name: str):
    page, expected = article(name), PAGES[name]
    said = {
        key: getattr(page, key) for key in ("outlet", "url", "title", "standfirst", "sections", "bylines", "agencies")
    }
    assert said == {key: expected[key] for key in said}
    assert page.lang == "ar"
    assert page.published is not None
    assert datetime.fromisoformat(page.published) == datetime.fromisoformat(expected["published"])


@every_page
def test_pictures_keep_their_captions_and_credits(name: str):
    images, expected = article(name).images, PAGES[name]
    assert len(images) == expected["images"]
    assert [image.caption for image in images if image.caption] == expected["captions"]
    assert [image.credit for image in images if image.credit] == expected["credits"]
    if "galleries" in expected:
        assert [image.gallery for image in images] == expected["galleries"]


@every_page
def test_the_text_is_the_article_and_nothing_else(name: str):
    page, expected = article(name), PAGES[name]
    assert len(blocks(page, "paragraph")) == expected["paragraphs"]
    around = expected["boilerplate"] + expected["captions"] + expected["credits"]
    assert [words for words in around if words in page.text] == []


def test_text_between_paragraphs_keeps_its_kind():
    plutonium = article("2016-10-04-plutonium-suspended.html")
    assert blocks(plutonium, "subhead") == ["شروط موسكو", "تعليق المحادثات"]
    assert "قانون ماغنيتسكي" in " ".join(blocks(plutonium, "list"))
    (quotation,) = blocks(article("2016-09-21-ceasefire-not-dead.html"), "quote")
    assert "انخفض سقف الانحطاط أكثر" in quotation
    assert blocks(article("2016-10-23-pause-ends.txt"), "subhead") == ["قرار في جنيف"]


# What must be read out of the pages. Reading is never perfect; these floors rise with it.

STATEMENTS_FLOOR = 0.75
FIGURES_FLOOR = 0.65
DATES_FLOOR = 0.95


def assert_share(hits: dict[str, bool], floor: float) -> None:
    """At least so many of the labelled records were read; says which were not."""
    missed = [label for label, hit in hits.items() if not hit]
    assert 1 - len(missed) / len(hits) >= floor, "\n".join(missed)


def test_who_said_what():
    hits = {
        f"{name}: {wanted}": any(
            (statement.speaker, statement.act) == (wanted["speaker"], wanted["act"])
            and wanted["content"] in statement.content.text
            for statement in record(name).statements
        )
        for name in PAGES
        for wanted in PAGES[name]["statements"]
    }
    assert_share(hits, STATEMENTS_FLOOR)


def test_how_many_and_who_claims_it():
    hits = {
        f"{name}: {wanted}": any(
            (figure.value, figure.what, figure.bound, figure.claimant)
            == (wanted["value"], wanted["what"], wanted.get("bound", "exact"), wanted["claimant"])
            and wanted["text"] in figure.span.text
            for figure in record(name).figures
        )
        for name in PAGES
        for wanted in PAGES[name]["figures"]
    }
    assert_share(hits, FIGURES_FLOOR)


def test_when():
    hits = {
        f"{name}: {wanted}": any(
            (date.text, date.value) == (wanted["text"], wanted["value"]) for date in record(name).dates
        )
        for name in PAGES
        for wanted in PAGES[name]["dates"]
    }
    assert_share(hits, DATES_FLOOR)


def test_the_archive_keeps_the_pictures_saved_beside_a_page(tmp_path: Path):
    name = "2016-09-20-convoy-attack.html"
    (capture,) = captures([str(SAMPLES / name)])
    assert isinstance(capture, Capture)
    page = read_page(capture)
    with sijill.open_archive(tmp_path / "news.sijill") as archive:
        archive.add(capture, page, Record(article=page))
        kept = [archive.image(page.id, number) for number in range(len(page.images))]
    assert kept == [(SAMPLES / "pictures" / Path(image.src or "").name).read_bytes() for image in page.images]
