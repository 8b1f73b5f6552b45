"""Pages of HTML: the article and nothing else, and what the page says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from sijill.page import Capture, NoArticle, read_page
from sijill.record import Article

PAGES = Path(__file__).parent / "data" / "pages"
PROSE = "<p>The delegation arrived in the capital on Sunday and met the prime minister for two hours.</p>"


def read(name: str, **given: str) -> Article:
    return read_page((PAGES / f"{name}.html").read_bytes(), **given)


def blocks(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def test_gallery_credits_and_boilerplate_each_land_in_their_field():
    article = read("gallery-and-credits")
    assert article.url == "https://www.example.org/ar/world/1234-truce"
    assert (article.outlet, article.lang) == ("صحيفة المثال", "ar")
    assert article.sections == ["الأرشيف", "أخبار العالم"]
    assert (article.bylines, article.agencies) == (["سمير الحداد"], ["AFP"])
    assert article.published == "2020-03-01T14:30:00"
    assert article.standfirst == "الوسطاء يأملون أن تمهد الخطوة لجولة جديدة من المحادثات في العاصمة"
    assert [kind for kind, _ in blocks(article)] == [
        "title", "standfirst", "paragraph", "paragraph", "subhead", "paragraph", "paragraph", "paragraph",
    ]  # fmt: skip
    assert [(image.src, image.caption, image.credit, image.position, image.gallery) for image in article.images] == [
        ("https://www.example.org/img/1.jpg", None, None, 0, "1/2"),
        ("https://www.example.org/img/2.jpg", None, None, 0, "2/2"),
        ("https://www.example.org/img/3.jpg", None, "Jane Doe (Sputnik/AFP)", 5, None),
        ("https://www.example.org/img/4.jpg", "شاحنات عند المعبر الشمالي فجر السبت.", "نور كامل / رويترز", 6, None),
    ]
    assert article.related == ["https://www.example.org/world/99", "https://www.example.org/world/100"]
    for words in ("النشرة", "بريدك", "تابعونا", "اقرأ أيضا", "مباراة", "حقوق", "1/2", "بمساهمة"):
        assert words not in article.text


def test_an_old_page_of_tables_and_line_breaks():
    article = read("old-tables-and-breaks")
    assert article.title == "وصول الوفد إلى العاصمة"
    assert article.published == "2020-03-01"
    assert article.agencies == ["MENA"]
    assert [kind for kind, _ in blocks(article)] == ["title", "paragraph", "paragraph", "paragraph"]
    assert article.text.endswith("ولم يدل رئيس الوفد بأي تصريح عند خروجه من المبنى.")


def test_a_theme_with_share_buttons_tags_author_box_and_comments():
    article = read("theme-with-everything-around")
    assert [kind for kind, _ in blocks(article)] == [
        "title", "paragraph", "quote", "paragraph", "list", "list", "paragraph",
    ]  # fmt: skip
    assert article.published == "2020-03-01T10:00:00+02:00"
    assert article.modified == "2020-03-01T12:00:00+02:00"
    assert (article.bylines, article.sections, article.outlet) == (["سمير الحداد"], ["سياسة"], "صحيفة المثال")
    (image,) = article.images
    assert (image.caption, image.credit) == ("الوفد عند وصوله إلى المطار", "رويترز")
    for words in ("تعليق", "كتب في", "فيسبوك", "الارتباط", "مباراة", "وزير الخارجية"):
        assert words not in article.text


def test_a_page_put_together_in_the_browser_is_read_from_its_linked_data():
    article = read("text-only-in-linked-data")
    assert [kind for kind, _ in blocks(article)] == ["title", "paragraph", "paragraph"]
    assert article.published == "2020-03-01T10:00:00+00:00"


@pytest.mark.parametrize("html", ["<html><body><h1>Not found</h1></body></html>", "<form><input></form>", "<p></p>"])
def test_pages_without_an_article_are_refused(html: str):
    with pytest.raises(NoArticle):
        read_page(html.encode())


def test_a_front_page_is_no_article():
    with pytest.raises(NoArticle, match="no article was found"):
        read("front-page")


def test_what_the_caller_gives_wins_over_what_the_page_says():
    article = read(
        "theme-with-everything-around",
        outlet="وكالة المثال",
        published="2019-01-01",
        url="https://example.org/x",
        lang="arz",
    )
    assert (article.outlet, article.published, article.lang) == ("وكالة المثال", "2019-01-01", "arz")


def page(head: str = "", body: str = "", *, url: str | None = None, captured: str | None = None) -> Article:
    html = f"<html><head>{head}</head><body><h1>Delegation in the capital</h1>{body}{PROSE * 3}</body></html>"
    return read_page(Capture(data=html.encode(), url=url, captured=captured))


LINKED = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Delegation in the capital",%s}</script>'
GRAPH = '<meta property="article:published_time" content="2020-03-02T10:00:00Z">'
DUBLIN = '<meta name="DC.date.issued" content="2020-03-03">'
TIME = '<time class="updated" datetime="2020-03-05">5 March</time><time datetime="2020-03-04">4 March</time>'


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (LINKED % '"datePublished":"2020-03-01"' + GRAPH, TIME, "2020-03-01"),
        (DUBLIN + GRAPH, TIME, "2020-03-02T10:00:00+00:00"),
        (DUBLIN, TIME, "2020-03-03"),
        ("", TIME, "2020-03-04"),
        ("", "<div>Published: 6 March 2020, 10:30 am</div>", "2020-03-06T10:30:00"),
        (LINKED % '"datePublished":"soon"', "<div>March 6, 2020</div>", "2020-03-06"),
        ("", "", None),
    ],
)
def test_dates_are_taken_from_the_most_trusted_place(head: str, body: str, published: str | None):
    assert page(head, body).published == published


def test_a_date_after_the_capture_is_not_believed():
    head = LINKED % '"datePublished":"2031-01-01"' + '<meta property="article:published_time" content="2020-03-02">'
    assert page(head, captured="2020-04-01T00:00:00Z").published == "2020-03-02"


def test_the_day_in_the_address_is_the_last_resort():
    assert page(url="https://example.org/2020/03/07/delegation").published == "2020-03-07"


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("https://example.org/a?utm_source=x", "https://example.org/a"),
        ("/a", "https://example.org/a"),
        ("https://evil.example.net/a", "https://example.org/b?id=1"),
        ("https://example.org/", "https://example.org/b?id=1"),
        ("http://[broken", "https://example.org/b?id=1"),
    ],
)
def test_the_canonical_address_is_believed_on_its_own_site(canonical: str, expected: str):
    article = page(f'<link rel="canonical" href="{canonical}">', url="https://example.org/b?id=1&fbclid=x")
    assert article.url in (expected, "https://example.org/b?id=1")
    assert read_page(Capture(data=b"x\n\ny z.", url=expected)).url == expected


@pytest.mark.parametrize(
    ("said", "lang"),
    [('lang="en-GB"', "en"), ('lang="ar"', "en"), ("", "en"), ('lang="not a language"', "en")],
)
def test_the_letters_decide_where_the_page_is_wrong_about_its_language(said: str, lang: str):
    html = f"<html {said}><body><h1>Delegation in the capital</h1>{PROSE * 3}</body></html>"
    assert read_page(html.encode()).lang == lang


def test_captions_never_leak_into_the_text():
    forms = [
        "<figure><img src=a.jpg><figcaption>Ships wait at dawn. <span class=credit>Jane Doe/AFP</span></figure>",
        '<div class="wp-caption"><img src=b.jpg><p class="wp-caption-text">Ships wait at noon (Reuters)</p></div>',
        '<div class="x1"><div class="x2"><img src=c.jpg></div><div class="x3">Ships wait at dusk</div></div>',
        '<div class="image"><img src=d.jpg></div><div class="image-caption">Ships wait at night. Photo: Jane Doe</div>',
        '<p><a href="/e"><img src=e.jpg></a></p>',
    ]
    article = page(body="".join(PROSE.replace("Sunday", f"day {n}") + form for n, form in enumerate(forms)))
    assert "Ships" not in article.text and "Jane" not in article.text
    assert [(image.caption, image.credit) for image in article.images if image.caption] == [
        ("Ships wait at dawn.", "Jane Doe/AFP"),
        ("Ships wait at noon", "Reuters"),
        ("Ships wait at dusk", None),
        ("Ships wait at night.", "Jane Doe"),
    ]


def test_text_is_kept_as_printed():
    odd = "قالَ ﻋﺸﺮﺓ من الشهـــود \u200fإنّ «الجسر»\u200e دُمِّر\u00a0تماما، والعدد ٣٤ &lt; ٤٠."
    article = page(body=f"<p>{odd}</p>")
    assert odd.replace("&lt;", "<") in article.text


def test_contradicting_and_repeated_metadata_are_survived():
    head = (
        '<meta property="og:title" content="">' * 3
        + '<meta property="og:title" content="Delegation in the capital"><meta property="og:title" content="Other">'
        + '<script type="application/ld+json">{"@graph": [{"@type": 7}, [], null, {"@type": "NewsArticle",'
        + ' "author": [[{}]], "headline": {"a": 1}, "datePublished": [], "publisher": "x", "articleSection": {}}'
        + "]}</script>"
        + '<script type="application/ld+json">not json</script><link rel="canonical"><base href="::">'
    )
    article = page(head)
    assert article.title == "Delegation in the capital"


@pytest.mark.parametrize(
    "wrapper",
    [
        '<form id="aspnetForm">%s</form>',
        '<div class="content-sidebar-wrap">%s<div class="sidebar"><p>Other prose, quite long enough.</p></div></div>',
        '<div class="menu-page"><div class="paywall">%s</div></div>',
        '<div id="modal-root"><section class="latest">%s</section></div>',
        '<center><table><tr><td class="related-menu">%s</td></tr></table></center>',
    ],
)
def test_an_article_is_found_whatever_its_boxes_are_called(wrapper: str):
    inner = "<h1>Delegation in the capital</h1>" + PROSE * 3
    html = f"<html><head><title>Delegation in the capital</title></head><body>{wrapper % inner}</body></html>"
    assert blocks(read_page(html.encode())) == [
        ("title", "Delegation in the capital"),
        ("paragraph", PROSE[3:-4]),
    ]


@pytest.mark.parametrize("suffix", ["", " | Daily Example", " - Daily Example", " — The Example Network News"])
def test_the_outlet_s_name_is_no_part_of_the_title(suffix: str):
    article = page(f'<meta property="og:title" content="Delegation in the capital{suffix}"><title>x</title>')
    assert article.title == "Delegation in the capital"
