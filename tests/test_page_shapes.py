"""The shapes that Arabic news sites give their pages: date lines, bylines, breadcrumbs, captions, sources, subheads."""

from __future__ import annotations

import pytest

from sijill.page import Capture, read_page
from sijill.record import Article

TITLE = "الوفد يصل إلى العاصمة للتباحث"
FIRST, SECOND, THIRD = (
    "وصل الوفد إلى العاصمة صباح الأحد والتقى رئيس الوزراء في مكتبه ساعتين كاملتين.",
    "وقال المتحدث باسم الوفد سامي الخطيب إن المحادثات ستستمر يومين آخرين في جنيف.",
    "ولم يدل رئيس الوفد بأي تصريح عند خروجه من المبنى، وغادر الصحافيون المكان مساء.",
)
PROSE = [FIRST, SECOND, THIRD]
BODY = "".join(f"<p>{text}</p>" for text in PROSE)


def read(*, head: str = "", top: str = "", above: str = "", body: str = BODY, below: str = "") -> Article:
    page = (
        f"<html lang=ar><head><title>{TITLE} - صحيفة المثال</title>{head}</head><body>{top}"
        f"<article><h1>{TITLE}</h1>{above}<div class=x>{body}</div>{below}</article></body></html>"
    )
    return read_page(Capture(data=page.encode(), url="https://www.example.org/news/55"))


def texts(article: Article) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks]


@pytest.mark.parametrize(
    ("above", "published", "modified"),
    [
        ("<div>الأحد 1 مارس/آذار 2020</div>", "2020-03-01", None),
        ("<div>١ آذار ٢٠٢٠ - ٢:٣٠ م</div>", "2020-03-01T14:30:00", None),
        ("<div>01/03/2020 14:30</div>", "2020-03-01T14:30:00", None),
        ("<div>2020.03.01 | 14:30</div>", "2020-03-01T14:30:00", None),
        ("<div>نُشر: 13:45-1 مارس 2020 م ـ 06 رجب 1441 هـ</div>", "2020-03-01T13:45:00", None),
        ("<div>الأحد - 6 رجب 1441 هـ - 1 مارس 2020 م</div>", "2020-03-01", None),
        ("<div>1441/07/06 - 2020/03/01</div>", "2020-03-01", None),
        ("<div>نشر بتاريخ: الأحد، 01 مارس 2020 الساعة 02:30 مساءً</div>", "2020-03-01T14:30:00", None),
        ("<div>تاريخ النشر: 1 مارس 2020 - 10:15 بتوقيت بيروت</div>", "2020-03-01T10:15:00", None),
        ("<div>نشر في: 1 مارس 2020 | آخر تحديث: 2 مارس 2020</div>", "2020-03-01", "2020-03-02"),
        ("<div>آخر تحديث: 2 مارس 2020</div><div>1 مارس 2020</div>", "2020-03-01", "2020-03-02"),
        ("<div>سياسة | الأحد 1 مارس 2020</div>", "2020-03-01", None),
        ("<p>الأحد 1 مارس 2020</p>", "2020-03-01", None),
        ("<div>منذ 3 ساعات</div>", None, None),
        ("<div>قتل 12 شخصا في 1 مارس 2020 في غارة على بلدة</div>", None, None),
    ],
)
def test_date_lines(above: str, published: str | None, modified: str | None):
    article = read(above=above)
    assert (article.published, article.modified) == (published, modified)


def test_the_day_of_the_visit_above_and_days_of_other_articles_below_are_not_the_article_s():
    today, other = "<div>الثلاثاء 24 نوفمبر 2020</div>", "<div><div>5 يناير 2019</div></div>"
    assert read(top=today, above="<div>1 مارس 2020</div>", below=other).published == "2020-03-01"


@pytest.mark.parametrize(
    ("above", "bylines", "agencies", "published"),
    [
        ("<div>كتب: سمير الحداد - الأحد 1 مارس 2020</div>", ["سمير الحداد"], [], "2020-03-01"),
        ("<div>بقلم سمير الحداد | 1 مارس 2020 - 14:30</div>", ["سمير الحداد"], [], "2020-03-01T14:30:00"),
        ("<div><b>كتبت: نور كامل</b></div>", ["نور كامل"], [], None),
        ("<p>إعداد: نور كامل وسمير الحداد</p>", ["نور كامل وسمير الحداد"], [], None),
        ("<div class=author>القاهرة - سمير الحداد</div>", ["سمير الحداد"], [], None),
        (
            "<div class=author>سمير الحداد <i>1 مارس 2020</i></div>",
            ["سمير الحداد"],
            [],
            "2020-03-01",
        ),
        ("<span itemprop=author itemscope><span itemprop=name>سمير الحداد</span></span>", ["سمير الحداد"], [], None),
        ("<div>(رويترز)</div>", [], ["Reuters"], None),
        ("<p><b>كتب - سمير الحداد :</b></p>", ["سمير الحداد"], [], None),
        ("<p><b>جنيف / سمير الحداد / الأناضول</b></p>", ["سمير الحداد"], ["Anadolu"], None),
        ("<p>جنيف-سانا</p>", [], ["SANA"], None),
        ("<strong id=article-byline>Article Information</strong>", [], [], None),
        ("<div class=writeBy>كتب سمير الحداد</div>", ["سمير الحداد"], [], None),
        (
            "<p class=post-meta><span class=author>نور كامل</span> <span class=tie-date>مارس 1, 2020</span> 77</p>",
            ["نور كامل"],
            [],
            "2020-03-01",
        ),
        (
            "<time class='entry-date updated' datetime=2020-03-01T14:30:00Z>x</time>",
            [],
            [],
            "2020-03-01T14:30:00+00:00",
        ),
        ("<div>القاهرة - رويترز</div>", [], ["Reuters"], None),
        ("<div>أ ف ب | 1 مارس 2020</div>", [], ["AFP"], "2020-03-01"),
    ],
)
def test_lines_about_the_article(above: str, bylines: list[str], agencies: list[str], published: str | None):
    article = read(above=above)
    assert (article.bylines, article.agencies, article.published) == (bylines, agencies, published)
    assert texts(article) == [TITLE, *PROSE]


@pytest.mark.parametrize("below", ["<p>المصدر: أ ف ب</p>", "<p><strong>المصدر : صحيفة المثال + أ ف ب</strong></p>"])
def test_a_source_below_the_text_is_an_agency(below: str):
    assert read(below=below).agencies == ["AFP"]


@pytest.mark.parametrize(
    "top",
    [
        "<ul class=breadcrumb><li><a href=/>الرئيسية</a></li><li><a href=/a>أخبار</a></li><li>عربي ودولي</li></ul>",
        "<div class=crumbs><a href=/>الرئيسية</a> » <a href=/a>أخبار</a> » <a href=/b>عربي ودولي</a></div>",
        '<nav aria-label="Breadcrumb"><ol><li>الرئيسية</li><li>أخبار</li><li>عربي ودولي</li></ol></nav>',
        '<ol itemtype="https://schema.org/BreadcrumbList"><li>الرئيسية</li><li>أخبار</li><li>عربي ودولي</li></ol>',
    ],
)
def test_breadcrumbs(top: str):
    article = read(top=top)
    assert article.sections == ["أخبار", "عربي ودولي"]
    assert texts(article) == [TITLE, *PROSE]


@pytest.mark.parametrize(
    ("picture", "caption", "credit"),
    [
        (
            "<figure><img src=a.jpg><figcaption>الوفد في المطار (رويترز)</figcaption></figure>",
            "الوفد في المطار",
            "رويترز",
        ),
        ("<p><img src=a.jpg></p><p class=caption>الوفد في المطار - تصوير: سامي</p>", "الوفد في المطار", "سامي"),
        ("<div><img src=a.jpg></div><div>الوفد في المطار أمس (الأناضول)</div>", "الوفد في المطار أمس", "الأناضول"),
        ("<figure><img src=a.jpg><figcaption>نور كامل (أ ف ب)</figcaption></figure>", None, "نور كامل (أ ف ب)"),
        ("<div><img src=a.jpg><div class=credit>تصوير: نور كامل</div></div>", None, "نور كامل"),
        (
            "<figure><img src=a.jpg><figcaption>الوفد في المطار - أ ف ب</figcaption></figure>",
            "الوفد في المطار",
            "أ ف ب",
        ),
        (
            "<figure><img src=a.jpg><figcaption>التعليق على الصورة، الوفد في المطار</figcaption></figure>",
            "الوفد في المطار",
            None,
        ),
        (
            "<figure><img src=a.jpg><figcaption>الوفد في المطار <i>صورة من: سامي/أ ف ب</i></figcaption></figure>",
            "الوفد في المطار",
            "سامي/أ ف ب",
        ),
    ],
)
def test_captions_of_short_reports(picture: str, caption: str | None, credit: str):
    article = read(body=picture + BODY)
    assert [(image.caption, image.credit) for image in article.images] == [(caption, credit)]
    assert texts(article) == [TITLE, *PROSE]


def test_a_closing_sentence_that_credits_an_agency_is_text():
    last = THIRD.removesuffix(".") + " (رويترز)"
    article = read(body=f"<p>{FIRST}</p><p>{SECOND}</p><p>{last}</p>")
    assert texts(article)[-1] == last
    assert (article.agencies, article.images) == (["Reuters"], [])


def test_a_bold_line_between_paragraphs_is_a_subhead():
    bold = "<p><strong>مواقف متباينة</strong></p>"
    article = read(body=f"<p>{FIRST}</p>{bold}<p>{SECOND}</p><p>{THIRD}</p>")
    assert [block.kind for block in article.blocks] == ["title", "paragraph", "subhead", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    "heading", ["<h2 class=entry-title>%s</h2>", "<div>%s</div>", "<h1>صحيفة المثال</h1><h3>%s</h3>"]
)
def test_titles_without_a_heading_of_their_own(heading: str):
    page = f"<title>{TITLE} | صحيفة المثال</title><body>{heading % TITLE}{BODY}"
    article = read_page(page.encode())
    assert article.title == TITLE
    assert texts(article) == [TITLE, *PROSE]


@pytest.mark.parametrize(
    "inside",
    [
        "<p><strong>اقرأ أيضاً: <a href=/z>قتلى في غارة على بلدة شرق المدينة أمس</a></strong></p>",
        "<div class=related><h3>مواضيع ذات صلة</h3><a href=/y>عنوان خبر آخر طويل نسبيا هنا</a></div>",
        "<div><a href=/z><img src=b.jpg><span>قتلى في غارة على بلدة شرق المدينة أمس</span></a></div>",
        "<p>تابعوا قناتنا على واتساب <a href=/x>اضغط هنا</a></p>",
        "<p>لمتابعة أبرز الأخبار اشتركوا في قناة <a href=/x>تلغرام</a></p>",
        "<p>كلمات مفتاحية: جنيف، الوفد</p>",
        "<div class=ad>إعلان</div>",
    ],
)
def test_what_stands_between_paragraphs_is_no_text(inside: str):
    assert texts(read(body=f"<p>{FIRST}</p>{inside}<p>{SECOND}</p><p>{THIRD}</p>")) == [TITLE, *PROSE]


@pytest.mark.parametrize(
    "form", ["<div>%s</div>", "<p><span style=x>%s</span></p>", "%s<br><br>", "<section><p>%s</p></section>"]
)
def test_paragraphs_of_every_make(form: str):
    assert texts(read(body="".join(form % text for text in PROSE))) == [TITLE, *PROSE]


def test_authors_and_sections_by_reference_in_linked_data():
    graph = """{"@graph": [
        {"@type": "Article", "headline": "%s", "datePublished": "2020-03-01", "author": {"@id": "#p"}},
        {"@type": "Person", "@id": "#p", "name": "سمير الحداد"},
        {"@type": "BreadcrumbList", "itemListElement": [
            {"@type": "ListItem", "position": 2, "item": {"name": "أخبار"}},
            {"@type": "ListItem", "position": 1, "name": "الرئيسية"},
            {"@type": "ListItem", "position": 3, "name": "%s"}]}
    ]}""" % (TITLE, TITLE)  # noqa: UP031
    article = read(head=f'<script type="application/ld+json">{graph}</script>')
    assert (article.bylines, article.sections, article.published) == (["سمير الحداد"], ["أخبار"], "2020-03-01")


def test_a_first_sentence_that_ends_with_a_day_is_text_and_no_day_of_publication():
    sentence = "وقعت الاتفاقية في 1 يناير 2016."
    article = read(body=f"<p>{sentence}</p>{BODY}")
    assert texts(article) == [TITLE, sentence, *PROSE]
    assert article.published is None


def test_an_hour_that_ends_with_a_stop_is_no_sentence():
    article = read_page(Capture(data=b"Talks suspended\n\nOct. 3, 2016, 2:30 p.m.\n\nWashington suspended its talks."))
    assert article.published == "2016-10-03T14:30:00"
    assert article.text == "Talks suspended\n\nWashington suspended its talks."


@pytest.mark.parametrize("names", ["layout-with-sidebar", "page-int-nav", "sidebar__main"])
def test_a_box_that_is_named_after_the_sidebar_beside_the_article_holds_the_article(names: str):
    page = f"<html lang=ar><body><div class={names}><h1>{TITLE}</h1><div class=x>{BODY}</div></div></body></html>"
    assert texts(read_page(page.encode())) == [TITLE, *PROSE]


@pytest.mark.parametrize("line", ["kam/bfi/an/eg", "ب ق/ص ك", "___", "***"])
def test_initials_of_editors_and_rules_are_not_in_the_text(line: str):
    article = read(body=BODY + f"<p>{line}</p>" + BODY.replace("الأحد", "الاثنين"))
    assert line not in article.text and article.images == []


def test_the_body_of_a_short_report_is_no_standfirst_whatever_its_classes_say():
    names = "field field--name-body field--type-text-with-summary"
    assert texts(read(body=f"<div class='{names}'>{BODY}</div>")) == [TITLE, *PROSE]
    assert [block.kind for block in read(body=f"<div class=summary>{BODY}</div>").blocks][1:] == ["paragraph"] * 3


def test_an_agency_in_the_author_s_place_is_an_agency():
    data = f'<script type="application/ld+json">{{"@type":"Article","headline":"{TITLE}","author":"رويترز"}}</script>'
    article = read(head=data)
    assert (article.bylines, article.agencies) == ([], ["Reuters"])


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("صحيفة المثال/ أ ف ب", ["AFP"]),
        ("ا.ف/ ح.م (أ ف ب، رويترز)", ["AFP", "Reuters"]),
        ("The Associated Press contributed to this report.", ["AP"]),
        ("Jane Doe contributed to this story.", []),
        ("Reporting by Jane Doe; Editing by John Roe", []),
    ],
)
def test_who_helped_is_named_below_the_text_and_is_not_in_it(line: str, agencies: list[str]):
    article = read(below=f"<p><b>{line}</b></p>")
    assert texts(article) == [TITLE, *PROSE]
    assert (article.agencies, article.images) == (agencies, [])


def test_a_title_that_is_no_heading_parts_the_day_of_the_visit_from_the_article_s():
    top = "<div>الثلاثاء 24 نوفمبر 2026</div>"
    page = (
        f"<title>{TITLE}</title><body>{top}<div><div>{TITLE}</div><div>1 مارس 2020</div><div>"
        f"{''.join(f'<div>{text}</div>' for text in PROSE)}</div></div>"
    )
    assert read_page(f"<html lang=ar>{page}".encode()).published == "2020-03-01"


def test_a_standfirst_that_the_page_describes_itself_with_may_be_called_a_teaser():
    standfirst = "وصل الوفد صباح الأحد وسط إجراءات أمنية مشددة ومن المتوقع أن تستمر اللقاءات يومين."
    head = f'<meta name=description content="{standfirst}">'
    assert read(head=head, above=f"<p class=teaser-text>{standfirst}</p>").standfirst == standfirst
