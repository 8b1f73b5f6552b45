"""The site's pages as a program or a crawler gets them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import lxml.html
import pytest

from conftest import running
from sijill.archive import open_archive
from sijill.page.capture import Capture
from sijill.record import Article, Record
from sijill.site import app
from sijill.site.app import ROOMS
from site_archive import STORY, hostile, story

PAGES = [
    "/",
    "/articles",
    "/articles/story",
    "/articles/hostile",
    "/articles/revised/changes",
    *(path for path, _ in ROOMS if "{" not in path),
]


def page(client: httpx.Client, path: str) -> lxml.html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return lxml.html.document_fromstring(answer.text)


def text_of(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_first_visit_is_in_arabic_and_a_chosen_language_is_kept(client: httpx.Client) -> None:
    assert client.get("/articles?outlet=x").headers["location"] == "/ar/articles?outlet=x"
    client.get("/en/")
    assert client.get("/").headers["location"] == "/en/"
    client.get("/ar/")
    assert client.get("/").headers["location"] == "/ar/"


@pytest.mark.parametrize(("tag", "direction"), [("ar", "rtl"), ("en", "ltr")])
@pytest.mark.parametrize("path", PAGES)
def test_page_has_language_direction_and_its_translation(
    client: httpx.Client, tag: str, direction: str, path: str
) -> None:
    document = page(client, f"/{tag}{path}")
    assert (document.get("lang"), document.get("dir")) == (tag, direction)
    other = {"ar": "en", "en": "ar"}[tag]
    [link] = document.cssselect("a.other-language")
    assert link.get("href") == f"/{other}{path}"
    assert len(document.cssselect("h1")) == 1


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_also_data(client: httpx.Client, path: str) -> None:
    [link] = page(client, f"/ar{path}").cssselect('link[type="application/json"]')
    answer = client.get(link.get("href"))
    assert answer.headers["content-type"] == "application/json"
    assert isinstance(answer.json(), dict)


def test_links_of_the_site_lead_somewhere(client: httpx.Client) -> None:
    seen, waiting = set[str](), ["/ar/", "/en/articles/story", "/ar/statements", "/ar/figures"]
    for path in waiting:
        for element in page(client, path).xpath("//a[@href] | //link[@href] | //img[@src]"):
            address = urlsplit(element.get("href") or element.get("src"))
            if not address.netloc and address.scheme == "" and address.path:
                seen.add(address.path + (f"?{address.query}" if address.query else ""))
    assert len(seen) > 40
    assert {path: client.get(path, follow_redirects=True).status_code for path in seen} == dict.fromkeys(seen, 200)


def test_article_data_are_the_record(client: httpx.Client) -> None:
    assert Record.from_json(client.get("/ar/articles/story.json").content) == story()


def test_reading_page_prints_the_article(client: httpx.Client) -> None:
    document = page(client, "/ar/articles/story")
    assert [text_of(link) for link in document.cssselect(".crumbs a")] == ["الارشيف", "أخبار العالم", "صحيفة المثال"]
    printed = [text_of(element) for element in document.cssselect(".story > h1, .story > .standfirst, .text > *")]
    paragraphs = [" ".join(block.split()) for block in STORY.split("\n\n")]
    assert [text for text in printed if text in paragraphs] == [text for text in paragraphs if "وقف القصف" not in text]
    assert [text_of(item) for item in document.cssselect(".text li")] == ["وقف القصف", "فتح المعابر"]
    assert text_of(document.cssselect(".text h2")[0]) == "ردود الفعل"
    assert document.cssselect(".text blockquote")
    dateline = text_of(document.cssselect(".dateline")[0])
    assert "ليلى المثال" in dateline and "AFP" in dateline and "3 تشرين الأول/أكتوبر 2016" in dateline


def test_pictures_stand_at_their_place_with_caption_and_credit(client: httpx.Client) -> None:
    document = page(client, "/en/articles/story")
    assert [text_of(counter) for counter in document.cssselect(".gallery .counter")] == ["1/3", "2/3", "3/3"]
    [figure] = document.xpath('//figure[.//span[contains(., "ساحة المدينة")]]')
    assert text_of(figure.getprevious()).startswith("قال الناطق")
    assert text_of(figure.cssselect(".credit")[0]) == "Picture: Example Pictures"
    assert client.get(figure.cssselect("img")[0].get("src")).headers["content-type"] == "image/png"
    [missing] = document.cssselect(".plate-missing")
    assert "Example Agency" in text_of(missing) and not missing.cssselect("img")


def test_marks_open_cards_and_permalinks_name_places(client: httpx.Client) -> None:
    document = page(client, "/ar/articles/story")
    ids = {element.get("id") for element in document.xpath("//*[@id]")}
    assert {"s1", "s2", "s3", "f1", "t1", "d1", "e1"} <= ids
    targets = {link.get("href") for link in document.cssselect("a.opener")}
    assert targets == {f"#card-{id}" for id in ("s1", "s2", "s3", "f1", "t1", "d1", "e1")}
    assert {target[1:] for target in targets} <= ids
    assert not document.xpath("//a//a")
    [figure] = document.cssselect('a.opener[href="#card-f1"]')
    assert text_of(figure) == "12 مدنيا"
    assert all(
        {"figure", "statement", "in-f1", "in-s1"} <= set(mark.get("class").split())
        for mark in figure.cssselect(".mark")
    )


def test_card_tells_source_cue_content_and_chain(client: httpx.Client) -> None:
    document = page(client, "/en/articles/story")
    [card] = document.cssselect("#card-s1")
    rows = {text_of(row[0]): text_of(row[1]) for row in card.cssselect(".row")}
    assert rows["Source"] == "الناطق سامر الحلبي"
    assert rows["Speaker"] == "سامر الحلبي"
    assert rows["Cue"] == "قال"
    assert rows["Content"] == "قتل 12 مدنيا مساء الاثنين في المدينة القديمة"
    assert (rows["Act"], rows["Form"], rows["Date"]) == ("says", "direct", "3 October 2016")
    assert [text_of(link) for link in card.cssselect(".chain li")] == [
        "outlet صحيفة المثال", "agency AFP", "speaker سامر الحلبي",
    ]  # fmt: skip
    assert "verb, source, content" in text_of(card)
    assert card.cssselect('a[href="#f1"]') and card.cssselect('a.permalink[href="#s1"]')
    [figure] = document.cssselect("#card-f1")
    assert "denied by" in text_of(figure) and figure.cssselect('a[href="#s3"]')


def test_words_keep_their_own_language(client: httpx.Client) -> None:
    document = page(client, "/en/articles/story")
    [article] = document.cssselect("article.story")
    assert (article.get("lang"), article.get("dir")) == ("ar", "rtl")
    assert all(element.get("lang") == "ar" for element in document.cssselect("#card-s1 .row-content bdi"))


def test_versions_are_shown_side_by_side(client: httpx.Client) -> None:
    document = page(client, "/en/articles/revised")
    assert [text_of(link) for link in document.cssselect(".versions a")] == ["1", "2", "What changed between versions"]
    assert "قتل 7 عمال" in text_of(page(client, "/en/articles/revised?version=1").cssselect(".text")[0])
    changed = page(client, document.cssselect(".versions a")[-1].get("href"))
    assert text_of(changed.cssselect(".sides del")[0]) == "7"
    assert text_of(changed.cssselect(".sides ins")[0]) == "9"
    records = {text_of(link): link.get("href") for link in changed.cssselect(".read li a")}
    assert records["killed 7 عمال"] == "/en/articles/revised?version=1#f1"
    assert records["killed 9 عمال"] == "/en/articles/revised?version=2#f1"


def test_lists_filter_by_the_query_string(client: httpx.Client) -> None:
    said = client.get("/ar/statements.json", params={"speaker": "سامر الحلبي", "act": "accuse"}).json()
    assert [(entry["article_id"], entry["record"]["id"]) for entry in said["statements"]] == [("story", "s2")]
    counted = client.get("/ar/figures.json?what=killed&outlet=صحيفة المثال").json()["figures"]
    assert [entry["record"]["value"] for entry in counted] == [12]
    document = page(client, "/en/statements?act=accuse")
    assert document.cssselect('select[name=act] option[selected][value="accuse"]')
    [row] = document.cssselect(".entry.statement")
    assert row.cssselect("blockquote a")[0].get("href") == "/en/articles/story#s2"


@pytest.mark.parametrize("path", ["/ar/articles", "/ar/articles?section=الارشيف", "/ar/statements?act=announce"])
def test_older_pages_show_everything_once(client: httpx.Client, path: str) -> None:
    seen, address = list[str](), path
    for _ in range(5):
        document = page(client, address)
        seen += [link.get("href") for link in document.cssselect(".teaser h2 a, .entry blockquote a")]
        following = document.cssselect("a[rel=next]")
        if not following:
            break
        address = following[0].get("href")
    assert len(seen) == len(set(seen)) >= 50


def test_front_page_leads_with_the_newest(client: httpx.Client) -> None:
    document = page(client, "/ar/")
    assert text_of(document.cssselect(".lead h2")[0]) == STORY.split("\n")[0]
    assert document.cssselect(".lead img")
    assert document.cssselect('.directory a[href^="/ar/articles?section="]')
    assert document.cssselect(".strip .entry.statement") and document.cssselect(".strip .entry.figure")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ar/nowhere", 404), ("/en/articles/nobody", 404), ("/images/story/99", 404), ("/captures/nobody", 404),
        ("/records/nobody.css", 404), ("/ar/statements?act=shout", 400), ("/ar/statements?before=x", 400),
        ("/static/../app.py", 404), ("/ar/articles/revised?version=9", 404), ("/en/articles/story/changes", 404),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_in_the_language_of_the_address(client: httpx.Client, path: str, status: int) -> None:
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == status
    document = lxml.html.document_fromstring(answer.text)
    assert document.get("lang") == ("en" if path.startswith("/en") else "ar")
    assert document.cssselect("h1") and document.cssselect("main a")


def test_errors_are_data_too(client: httpx.Client) -> None:
    answer = client.get("/en/articles/nobody.json")
    assert answer.status_code == 404
    assert answer.json()["error"]["message"] == "Page not found"


@pytest.mark.parametrize(("tag", "words"), [("ar", "خطأ في الخادم"), ("en", "Server error")])
def test_server_error_keeps_its_details_to_itself(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch, tag: str, words: str
) -> None:
    monkeypatch.setattr("sijill.archive.Archive.sections", lambda archive: 1 / 0)
    answer = client.get(f"/{tag}/")
    assert answer.status_code == 500
    assert words in answer.text and "division" not in answer.text
    assert "content-security-policy" in answer.headers


def test_health(client: httpx.Client) -> None:
    assert client.get("/healthz").text == "ok\n"


def test_pages_seen_before_are_not_sent_again(client: httpx.Client) -> None:
    tag = client.get("/ar/articles/story").headers["etag"]
    again = client.get("/ar/articles/story", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/ar/", "/ar/nowhere", "/static/site.css", "/captures/story", "/images/story/0"])
def test_answers_forbid_scripts_and_foreign_sources(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy and "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"


def test_original_capture_is_given_back_byte_for_byte_and_never_shown(client: httpx.Client) -> None:
    answer = client.get("/captures/hostile")
    assert answer.content == b"<script>alert(5)</script>"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''a%22.html"


def test_captured_drawing_cannot_run(client: httpx.Client) -> None:
    answer = client.get("/images/hostile/0")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_hostile_article_is_only_text(client: httpx.Client) -> None:
    for path in ("/ar/articles/hostile", "/en/", "/ar/articles", "/ar/statements"):
        document = page(client, path)
        assert not document.xpath(
            "//script[not(@type='application/ld+json')] | //style | //*[@onclick or @onerror or @onload or @style]"
        )
        assert not document.xpath("//*[starts-with(@href, 'javascript:') or starts-with(@src, 'x')]")
    heading = page(client, "/ar/articles/hostile").cssselect("h1")[0]
    assert heading.text_content() == hostile().article.title


def test_only_the_names_that_were_given_are_answered(client: httpx.Client) -> None:
    """A name of somebody else's that points at this machine must not open the archive to that somebody's pages."""
    assert client.get("/healthz", headers={"Host": "rebound.example"}).status_code == 400


@pytest.mark.parametrize("path", [*PAGES, "/search?q=محادثات", "/nowhere"])
def test_page_is_made_for_assistive_technology(client: httpx.Client, path: str) -> None:
    document = lxml.html.document_fromstring(client.get(f"/en{path}").text)
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(document.xpath("//@aria-labelledby")) <= set(ids)
    for field in document.xpath("//input[not(@type='hidden')] | //select"):
        assert field.get("aria-label") or field.xpath("ancestor::label"), lxml.html.tostring(field)
    for link in document.xpath("//a[not(@aria-hidden)] | //button"):
        assert text_of(link) or link.get("aria-label"), lxml.html.tostring(link)
    assert all(image.get("alt") is not None for image in document.xpath("//img"))
    levels = [int(heading.tag[1]) for heading in document.xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1 and all(below - above <= 1 for above, below in pairwise(levels))


def test_sections_of_one_name_are_told_apart_by_what_they_are_in(tmp_path: Path) -> None:
    with open_archive(tmp_path / "news.sijill") as archive:
        for number, sections in enumerate((["أخبار", "العالم"], ["سياسة", "العالم"])):
            article = Article(id=f"a{number}", lang="ar", text="نص", title=f"خبر {number}", sections=sections)
            archive.add(Capture(data=b"%d" % number), article, Record(article=article))
    application = app(tmp_path / "news.sijill", hosts=["127.0.0.1"])
    with running(application) as address, httpx.Client(base_url=address) as client:
        document = page(client, "/ar/")
    named = {text_of(link) for link in document.cssselect(".directory a")}
    assert named == {"أخبار / العالم 1", "سياسة / العالم 1"}
