"""What stands around an article and between its paragraphs, and is no part of it."""

from __future__ import annotations

import pytest

from sijill.page import Capture, read_page
from sijill.record import Article

TITLE = "الوفد يصل إلى العاصمة للتباحث"
FIRST, SECOND, THIRD = PROSE = [
    "وصل الوفد إلى العاصمة صباح الأحد والتقى رئيس الوزراء في مكتبه ساعتين كاملتين.",
    "وقال المتحدث باسم الوفد سامي الخطيب إن المحادثات ستستمر يومين آخرين في جنيف.",
    "ولم يدل رئيس الوفد بأي تصريح عند خروجه من المبنى، وغادر الصحافيون المكان مساء.",
]
OTHER = "أعلنت وزارة الزراعة أمس عن خطة جديدة لدعم المزارعين في المحافظات الشمالية من البلاد."


def read(body: str, *, title: str = TITLE, lang: str = "ar", head: str = "", above: str = "") -> Article:
    page = (
        f"<html lang={lang}><head><title>{title}</title>{head}</head>"
        f"<body><div class=page><h1>{title}</h1>{above}{body}</div></body></html>"
    )
    return read_page(Capture(data=page.encode(), url="https://www.example.org/news/55"))


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def texts(article: Article) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks][1:]


@pytest.mark.parametrize("heading", ["اقرأ أيضا", "التعليقات", "الأكثر قراءة"])
def test_paragraphs_of_another_box_under_the_heading_of_other_articles_are_not_the_article_s(heading: str):
    box = f"<div class=z9><h3>{heading}</h3><div class=k1>{paragraphs(OTHER)}</div></div>"
    assert texts(read(f"<div class=x>{paragraphs(*PROSE)}</div>{box}")) == PROSE


def test_the_article_goes_on_after_a_pointer_to_another_one():
    pointer = "<p>اقرأ أيضا: <a href=/news/7>تفاصيل عن خطة وزارة الزراعة</a></p>"
    parts = f"<div class=x>{paragraphs(FIRST, SECOND)}</div>{pointer}<div class=x>{paragraphs(THIRD)}</div>"
    article = read(parts)
    assert texts(article) == PROSE
    assert article.related == ["https://www.example.org/news/7"]


def test_summaries_below_linked_headlines_are_not_the_article_s():
    item = "<li><div><h4><a href=/%d>وزارة الزراعة تعلن خطة جديدة</a></h4><p>%s</p></div></li>"
    items = item % (1, OTHER) + item % (2, OTHER.replace("أمس", "اليوم"))
    assert texts(read(f"{paragraphs(*PROSE)}<ul class=z9>{items}</ul>")) == PROSE


def test_a_box_with_the_title_in_it_is_no_menu_whatever_it_is_called():
    title = "Delegation arrives in the capital"
    prose = "The delegation arrived in the capital on Sunday and met the prime minister for two hours."
    page = (
        f"<title>{title} - The Daily Example</title><div class=transition-content-and-menu>"
        f"<article><h1>{title}</h1><p>{prose}</p></article></div>"
    )
    assert texts(read_page(Capture(data=page.encode()))) == [prose]


def test_lines_without_words_are_no_paragraphs_and_a_text_that_leads_in_is_one():
    body = (
        f"<div class=entry-content>{paragraphs(FIRST, '----', '***')}وهذا نص البيان:{paragraphs(SECOND, THIRD)}</div>"
    )
    assert texts(read(body)) == [FIRST, "وهذا نص البيان:", SECOND, THIRD]


@pytest.mark.parametrize(
    "line",
    [
        "Contact Jane Doe at jane@example.org.",
        "The post Talks fail appeared first on The Example.",
        "Now Playing: Talks",
        "Follow Jane Doe on Twitter.",
        "Please follow us on X",
        "Posted in: Tech, Guns",
        "READ ON: Talks",
    ],
)
def test_invitations(line: str):
    prose = "The delegation arrived in the capital on Sunday and met the prime minister for two hours."
    assert texts(read(paragraphs(prose, line), title="Delegation arrives", lang="en")) == [prose]


def test_bylines_without_dates_and_sections_without_reading_times():
    above = (
        "<div class=breadcrumb><a href=/>Home</a> / <a href=/w>World</a> / <span>8 min read</span> / "
        "<span>Delegation arrives in the …</span></div>"
        "<div class=byline><span>By</span><div>Jane Doe Staff Reporter</div>"
        "<div>October 3, 2016 3:21 PM PDT</div></div>"
    )
    prose = "The delegation arrived in the capital on Sunday and met the prime minister for two hours."
    article = read(paragraphs(prose), title="Delegation arrives in the capital", lang="en", above=above)
    assert (article.sections, article.bylines, article.published) == (["World"], ["Jane Doe"], "2016-10-03T15:21:00")


@pytest.mark.parametrize(
    "line",
    [
        "تابعوا آخر أخبارنا عبر قناتنا على تلغرام", "انضموا إلى قناة جريدة الأفق على واتساب", "شارك برأيك أسفل المقال",
        "تابعوا آخر الأخبار على Google News", "[email protected]", "info@example.org", "17:40",
        "آخر تحديث 17:45 (توقيت مكة)",
        "الساعة 14:10 بتوقيت غرينتش", "— رئاسة الوزراء (@pm) March 10, 2024", "تعليقات القراء (14)",
        "قد تهمك أيضا", "مواضيع قد تهمك نهاية", "تخطى وواصل القراءة",
        "مدة القراءة 3 دقائق",
    ],
)  # fmt: skip
def test_lines_around_arabic_articles(line: str):
    assert texts(read(paragraphs(FIRST, SECOND, line, THIRD))) == PROSE


@pytest.mark.parametrize(
    "line",
    [
        "وتابع الرئيس على تويتر أن بلاده لن تشارك.",
        "تابع ناشطون على تويتر تفاصيل المحاكمة طوال ليلة أمس",
        "حمل ناشطون على فيسبوك الحكومة مسؤولية ما جرى",
        "انضم إلى الحملة على تويتر آلاف المستخدمين.",
        "انضم إلى الحزب عام 2010.",
    ],
)
def test_sentences_with_such_words_stay(line: str):
    assert texts(read(paragraphs(FIRST, line, SECOND, THIRD))) == [FIRST, line, SECOND, THIRD]


def test_comments_in_boxes_like_the_paragraphs_are_not_the_article_s():
    body = "".join(f"<div>{text}</div>" for text in PROSE)
    comments = f"<div>تعليقات الزوار (2)</div><div class=e><div>1 - قارئ</div><div>{OTHER}</div></div>"
    assert texts(read(f"<div class=x>{body}</div><div class=c>{comments}</div>")) == PROSE


def test_a_note_below_the_author_s_name_is_not_the_article_s():
    above = "<h2>محادثات ليومين في جنيف بين الطرفين</h2><div>كتب: سمير الحداد</div>"
    note = "<div>كاتب صحفي من العاصمة منذ عام 2010 ويعمل في عدد من الصحف العربية.</div>"
    box = f"<div class=a><img src=/a.jpg width=60><div><a href=/w>سمير الحداد</a></div>{note}</div>"
    article = read(f"<div class=x>{paragraphs(*PROSE)}</div>{box}", above=above)
    assert article.bylines == ["سمير الحداد"]
    assert texts(article)[1:] == PROSE
    assert article.images == []


def test_who_wrote_by_whom_and_where_an_agency_reports_from():
    above = "<div class=author-by>بواسطة <a href=/w>سمير الحداد</a></div><div>جنيف/ رويترز</div>"
    article = read(f"<div class=x>{paragraphs(*PROSE)}</div>", above=above)
    assert (article.bylines, article.agencies, article.images) == (["سمير الحداد"], ["Reuters"], [])


def test_closing_paragraphs_without_a_full_stop():
    last = ["وتضم الجامعة اثنتي عشرة كلية وافتتحت كلية جديدة", "يذكر أن الجامعة تأسست عام 1975 في العاصمة"]
    note = "<div class=n><p>هذا إعلان عن خدمة جديدة من الموقع لقرائه</p></div>"
    assert texts(read(f"<div class=x>{paragraphs(*PROSE, *last)}</div>{note}")) == [*PROSE, *last]
    boxes = "".join(f"<div><span>{text}</span></div>" for text in [*PROSE, *last])
    assert texts(read(f"<div class=x>{boxes}</div>{note}")) == [*PROSE, *last]
    breaks = "<br><br>".join([*PROSE, *last])
    assert texts(read(f"<div class=x>{breaks}</div>{note}")) == [*PROSE, *last]


def test_pictures_of_a_gallery_that_a_link_enlarges():
    slide = "<li><a href=/%db.jpg><img src=/%d.jpg></a><span>المدخل %d - تصوير: ماجد سالم</span></li>"
    article = read(
        f"<ul class=gallery>{slide % (1, 1, 1)}{slide % (2, 2, 2)}</ul><div class=x>{paragraphs(*PROSE)}</div>"
    )
    assert [image.gallery for image in article.images] == ["1/2", "2/2"]
    assert {image.credit for image in article.images} == {"ماجد سالم"}


def test_a_trail_of_sections_without_a_name():
    trail = "<div class=q>أنت هنا: <a href=/>الرئيسية</a> » <a href=/e>اقتصاد</a> » <a href=/e/t>نقل</a></div>"
    menu = "<div class=q><a href=/>الرئيسية</a> | <a href=/e>اقتصاد</a> | <a href=/s>رياضة</a></div>"
    linked = "<div class=crumbs><span><a href=/>الرئيسية</a></span> <i></i> <span><a href=/e>اقتصاد</a></span></div>"
    assert read(linked + paragraphs(*PROSE)).sections == ["اقتصاد"]
    assert read(menu + trail + paragraphs(*PROSE)).sections == ["اقتصاد", "نقل"]
    assert read(menu + paragraphs(*PROSE)).sections == []


@pytest.mark.parametrize("window", ["الوفد يصل إلى العاصمة", "صحيفة المثال :: الوفد يصل إلى العاصمة"])
def test_a_title_that_the_window_cuts_short(window: str):
    body = f"<table><tr><td><b>{TITLE}</b></td></tr><tr><td>{paragraphs(*PROSE)}</td></tr></table>"
    assert read_page(Capture(data=f"<title>{window}</title>{body}".encode())).title == TITLE


def test_the_line_below_a_caption_credits_it():
    slide = "<div><img src=/%d.jpg><p>سكان البلدة يغادرون<br>أ ف ب / محمد حجازي</p></div>"
    article = read(slide % 1 + f"<div class=x>{paragraphs(*PROSE)}</div>")
    assert [(image.caption, image.credit) for image in article.images] == [
        ("سكان البلدة يغادرون", "أ ف ب / محمد حجازي")
    ]


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        (
            "<p class=caption>Ships wait. Jane Doe / The Example via Wire</p>",
            ("Ships wait.", "Jane Doe / The Example via Wire"),
        ),
        ("<p class=caption>Jane Doe (Photo courtesy of the club)</p>", ("Jane Doe", "the club")),
        ("<p class=caption>(Left to right) Jane and John. Photo by Roe</p>", ("(Left to right) Jane and John.", "Roe")),
        ("<p class='caption attribution'>Ships in the harbour</p>", ("Ships in the harbour", None)),
        ("<figcaption>مبنى الوزارة في العاصمة (الجزيرة)</figcaption>", ("مبنى الوزارة في العاصمة", "الجزيرة")),
        ("<figcaption>مبنى الوزارة. صدر الصورة، Getty Images</figcaption>", ("مبنى الوزارة.", "Getty Images")),
        ("<p class=imgcap>Ships</p><p class=caption__source>Jane Doe</p>", ("Ships", "Jane Doe")),
        ("<figcaption><span>مدخل السوق</span><span>المصدر: الفرنسية</span></figcaption>", ("مدخل السوق", "الفرنسية")),
    ],
)
def test_captions(caption: str, expected: tuple[str, str | None]):
    article = read(f"<figure><img src=/a.jpg>{caption}</figure>{paragraphs(*PROSE)}")
    assert [(image.caption, image.credit) for image in article.images] == [expected]
