"""Pages made to hang, crash or fill the memory; and pages mutated at random."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.page import Capture, PageTooLarge, UnreadablePage, read_page

PAGES = Path(__file__).parent / "data" / "pages"
PROSE = "<p>The delegation arrived in the capital on Sunday and met the prime minister for two hours.</p>"
PATIENCE = 15.0
"""Seconds, on a busy machine; quadratic work on any of these takes minutes."""

HOSTILE = {
    "boxes-nested-100000-deep": "<div>" * 100_000 + PROSE,
    "boxes-nested-and-closed": "<div>" * 100_000 + PROSE + "</div>" * 100_000,
    "unknown-elements-nested": "<x-y>" * 100_000 + PROSE,
    "styles-never-closed": "".join(f"<b id=x{n}>" for n in range(5000)) + "<p>words" * 20_000 + PROSE,
    "styles-behind-a-quote-in-a-script": '<script>a<b "</script>'
    + "".join(f"<b id=x{n}>" for n in range(5000))
    + "<p>words" * 10_000
    + PROSE,
    "links-never-closed": "<a href=x>" * 50_000 + PROSE,
    "tables-nested": "<table>" * 20_000 + PROSE,
    "links-in-tables-nested": "<table><tr><a href=x>" * 5000 + PROSE,
    "attributes-200000": "<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">" + PROSE,
    "attributes-200000-with-nothing-between": "<p " + "".join(f"a{n}=''" for n in range(200_000)) + ">" + PROSE,
    "tag-never-closed": PROSE + "<a " * 300_000,
    "brackets-only": "<" * 1_000_000,
    "comments-never-closed": PROSE + "<!--" * 300_000,
    "breaks-500000": "<p>" + "<br>" * 500_000 + PROSE,
    "linked-data-nested": '<script type="application/ld+json">' + "[" * 200_000 + "</script>" + PROSE,
    "title-of-parts": "<title>" + "x | " * 100_000 + "</title>" + PROSE,
    "metas-100000": '<meta property="og:title" content="x">' * 100_000 + PROSE,
    "pictures-20000": PROSE + "<div>" * 400 + "<img src=a.jpg>" * 20_000,
    "captions-20000": "".join(f'<div class="caption">caption {n}</div>' for n in range(20_000)) + PROSE,
    "one-line-of-5-megabytes": "<p>" + "word " * 1_000_000,
    "brackets-in-captions": "<figure><img src=a><figcaption>" + "(" * 290 + "</figcaption></figure>" + PROSE,
}


@pytest.mark.parametrize("illness", list(HOSTILE))
def test_hostile_pages_end_in_time(illness: str):
    start = time.perf_counter()
    try:
        article = read_page(b"<!doctype html>" + HOSTILE[illness].encode())
        assert "\n\n".join(article.text[b.start : b.end] for b in article.blocks) == article.text
    except UnreadablePage as error:
        assert error.reason
    assert time.perf_counter() - start < PATIENCE


def test_a_text_too_long_for_an_article_is_refused():
    prose = "".join(PROSE.replace("Sunday", f"day {number}") for number in range(25_000))
    for page in ("<!doctype html><h1>A</h1>" + prose, "A\n\n" + prose):
        with pytest.raises(PageTooLarge, match="2,000,000 at most"):
            read_page(page.encode())


def test_text_below_hostile_nesting_is_kept():
    article = read_page(b"<!doctype html><h1>A</h1>" + b"<div>" * 100_000 + PROSE.encode())
    assert "met the prime minister" in article.text


@pytest.mark.parametrize("escape", ["\\ud800", "\\u0000"])
def test_characters_that_no_text_can_hold_are_marked(escape: str):
    data = (
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"a {escape} b","author":"{escape}c"}}'
    )
    article = read_page(f"<!doctype html>{data}</script>{PROSE * 3}".encode())
    assert (article.title, article.bylines) == ("a \ufffd b", ["\ufffdc"])
    assert "\0" not in read_page("عنوان الخبر\n\nوصل \0 الوفد إلى العاصمة.".encode("utf-16")).text


def mutated(page: bytes, cuts: list[tuple[float, float, bytes]]) -> bytes:
    for place, length, new in cuts:
        start = int(place * len(page))
        page = page[:start] + new + page[start + int(length * 200) :]
    return page


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(PAGES.glob("*.html"))),
    st.lists(
        st.tuples(
            st.floats(0, 1),
            st.floats(0, 1),
            st.sampled_from(
                [
                    b"",
                    b"<",
                    b">",
                    b'"',
                    b"<p>",
                    b"</div>",
                    b"<figure>",
                    b"<script>",
                    b"<!--",
                    b"\x00",
                    b"\xff",
                    b"<table>",
                    b"&#xD800;",
                ]
            ),
        ),
        max_size=8,
    ),
    st.sampled_from(["utf-8", "windows-1256", "utf-16", None]),
)
def test_mutated_pages_give_a_sound_article_or_a_clear_refusal(
    file: Path, cuts: list[tuple[float, float, bytes]], charset: str | None
):
    try:
        article = read_page(Capture(data=mutated(file.read_bytes(), cuts), charset=charset, name=file.name))
    except UnreadablePage as error:
        assert str(error).startswith(file.name)
        return
    assert "\n\n".join(article.text[b.start : b.end] for b in article.blocks) == article.text
    assert article.text.strip() and article.blocks
    assert all(-1 <= image.position < len(article.blocks) for image in article.images)
    article.text.encode("utf-8")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_an_article_or_a_clear_refusal(data: bytes):
    try:
        assert read_page(data, name="fuzz").text
    except UnreadablePage as error:
        assert str(error).startswith("fuzz: ")
