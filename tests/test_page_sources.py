"""What people bring: folders of saved pages, feeds, lists, pipes; and the encodings their pages are in."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

import pytest

from sijill.page import BinaryPage, Capture, EmptyPage, NoArticle, Problem, UndecodablePage, captures, read_page

BODY = "<p>وصل الوفد إلى العاصمة صباح الأحد والتقى رئيس الوزراء في مكتبه ساعتين كاملتين.</p>" * 8
ARABIC = f"<html><head><title>الوفد في العاصمة</title></head><body><h1>الوفد في العاصمة</h1>{BODY}</body></html>"


SAVED = '<!-- saved from url=(0026)https://example.org/story -->\n<img src="./a_files/x.jpg">'


def taken(*things: object, **options: object) -> tuple[list[Capture], list[Problem]]:
    items = list(captures(things, **options))  # type: ignore[arg-type]
    return [i for i in items if isinstance(i, Capture)], [i for i in items if isinstance(i, Problem)]


def test_a_folder_is_taken_in_order_with_the_pictures_beside_its_pages(tmp_path: Path):
    (tmp_path / "b.txt").write_text("عنوان\n\nنص الخبر هنا.", "utf-8")
    (tmp_path / "a.html").write_text(
        '<!-- saved from url=(0026)https://example.org/story -->\n<img src="./a_files/x.jpg">', "utf-8"
    )
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a_files" / "x.jpg").write_bytes(b"\xff\xd8picture")
    (tmp_path / "a_files" / "frame.html").write_text("<p>an advertisement</p>", "utf-8")
    (tmp_path / "style.css").write_text("p {}", "utf-8")
    (tmp_path / ".hidden.html").write_text("<p>x</p>", "utf-8")
    found, problems = taken(tmp_path)
    assert [Path(capture.name or "").name for capture in found] == ["a.html", "b.txt"]
    assert problems == []
    assert found[0].url == "https://example.org/story"
    assert found[0].images == {"./a_files/x.jpg": b"\xff\xd8picture"}


def test_a_page_cannot_ask_for_files_outside_its_folder(tmp_path: Path):
    (tmp_path / "secret.png").write_bytes(b"secret")
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.html").write_text(
        '<img src="../secret.png"><img src="/etc/passwd"><img src="file:///etc/passwd"><img src="%2e%2e/secret.png">'
    )
    assert taken(folder)[0][0].images == {}


def test_what_is_missing_or_too_large_is_named(tmp_path: Path):
    large = tmp_path / "large.html"
    with large.open("wb") as file:
        file.truncate(100_000_000)
    _, problems = taken(tmp_path / "none.html", large)
    assert [problem.name for problem in problems] == [str(tmp_path / "none.html"), str(large)]
    assert "no such file" in problems[0].reason
    assert "100 MB" in problems[1].reason


def test_a_compressed_page_is_unpacked(tmp_path: Path):
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(ARABIC.encode()))
    (capture,), _ = taken(tmp_path)
    assert read_page(capture).title == "الوفد في العاصمة"


def test_a_page_saved_as_one_file(tmp_path: Path):
    (tmp_path / "a.mhtml").write_bytes(
        b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.org/a\r\n"
        b"Date: Sun, 1 Mar 2020 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="cut"\r\n\r\n--cut\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: https://example.org/a\r\n\r\n"
        + ARABIC.encode()
        + b"\r\n--cut\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Location: https://example.org/x.png\r\n\r\ncGljdHVyZQ==\r\n--cut--\r\n"
    )
    (capture,), _ = taken(tmp_path / "a.mhtml")
    assert (capture.url, capture.captured) == ("https://example.org/a", "2020-03-01T10:00:00+00:00")
    assert capture.images == {"https://example.org/x.png": b"picture"}
    assert read_page(capture).title == "الوفد في العاصمة"


def test_standard_input_may_be_a_page_or_an_archive():
    (capture,), _ = taken("-", stdin=io.BytesIO(ARABIC.encode()))
    assert capture.name == "standard input"
    (capture,), _ = taken("-", stdin=io.BytesIO(gzip.compress(ARABIC.encode())))
    assert read_page(capture).title == "الوفد في العاصمة"


def test_a_list_of_addresses_is_not_fetched_without_leave(tmp_path: Path):
    (tmp_path / "list.txt").write_text("# to read\nhttps://example.org/a\n\nhttps://example.org/b\n")
    _, problems = taken(tmp_path / "list.txt")
    assert [problem.name for problem in problems] == ["https://example.org/a", "https://example.org/b"]


RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>صحيفة المثال</title><language>ar</language>
<item><title>الوفد في العاصمة</title><link>https://example.org/a</link><pubDate>Sun, 01 Mar 2020 10:00:00 GMT</pubDate>
<dc:creator>سمير الحداد</dc:creator><content:encoded><![CDATA[{BODY}]]></content:encoded></item>
<item><title>ب</title><link>https://example.org/b</link><description>ملخص.</description></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title>صحيفة المثال</title>
<entry><title>الوفد في العاصمة</title><link href="https://example.org/a"/><published>2020-03-01T10:00:00Z</published>
<author><name>سمير الحداد</name></author><content type="html">{BODY.replace("<", "&lt;")}</content></entry>
<entry><title>ب</title><link href="https://example.org/b"/><summary>ملخص.</summary></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "صحيفة المثال",
        "language": "ar",
        "items": [
            {"url": "https://example.org/a", "title": "الوفد في العاصمة", "content_html": BODY,
             "date_published": "2020-03-01T10:00:00Z", "authors": [{"name": "سمير الحداد"}]},
            {"url": "https://example.org/b", "title": "ب", "summary": "ملخص."},
            "not an item",
        ],
    }
)  # fmt: skip


@pytest.mark.parametrize("feed", [RSS, ATOM, JSON_FEED], ids=["rss", "atom", "json"])
def test_entries_with_full_text_become_pages_and_the_others_are_named(tmp_path: Path, feed: str):
    (tmp_path / "feed.xml").write_text(feed, "utf-8")
    (capture,), (problem,) = taken(tmp_path)
    article = read_page(capture)
    assert (article.url, article.title) == ("https://example.org/a", "الوفد في العاصمة")
    assert (article.published, article.outlet, article.lang) == ("2020-03-01T10:00:00+00:00", "صحيفة المثال", "ar")
    assert article.bylines == ["سمير الحداد"]
    assert "https://example.org/b" in problem.name and "only a summary" in problem.reason


@pytest.mark.parametrize(
    "feed",
    [
        b'<rss version="2.0"><channel></rss>',
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel><item><title>&b;',
        b'{"version": "https://jsonfeed.org/version/1.1", "items": 7}',
        b'{"version": "https://jsonfeed.org/version/1.1", ' + b'"a": [' * 5000,
        b"<feed>" * 20000,
    ],
)
def test_broken_feeds_are_named_or_empty(tmp_path: Path, feed: bytes):
    (tmp_path / "feed.xml").write_bytes(feed)
    found, problems = taken(tmp_path / "feed.xml")
    assert found == []
    assert all("feed.xml" in problem.name for problem in problems)


def test_a_feed_given_as_a_page_says_what_to_do():
    with pytest.raises(NoArticle, match="add it as a feed"):
        read_page(RSS.encode())


PLAIN = """تمديد الهدنة أسبوعا

أعلن الوسيط الأممي الأحد تمديد الهدنة أسبوعا آخر بموافقة الطرفين، وقال إن الطريق ما زال طويلا."""


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1256", "iso8859-6"]
)
@pytest.mark.parametrize("text", [PLAIN, ARABIC], ids=["text", "html"])
def test_encodings_are_found_out(encoding: str, text: str):
    article = read_page(text.encode(encoding))
    assert article.title in ("تمديد الهدنة أسبوعا", "الوفد في العاصمة")
    assert "\ufffd" not in article.text


@pytest.mark.parametrize("said", ["utf-8", "iso-8859-1", "windows-1252", "windows-1256", "no-such-charset", None])
@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256", "iso8859-6"])
def test_lying_charsets_are_survived(said: str | None, encoding: str):
    page = ARABIC.replace("<head>", f'<head><meta charset="{said}">')
    assert read_page(Capture(data=page.encode(encoding), charset=said)).title == "الوفد في العاصمة"


def test_a_declared_charset_is_believed_where_the_letters_do_not_speak():
    prose = "<p>The café was open on Sunday, and the delegation met there for two hours.</p>"
    page = f'<meta charset="windows-1252"><h1>Café</h1>{prose}'
    assert read_page(page.encode("cp1252")).title == "Café"


def test_a_broken_byte_outside_the_article_does_no_harm_and_inside_it_is_named():
    outside = ARABIC.encode().replace(b"<head>", b"<head><script>'\xff\xfe'</script>")
    assert read_page(outside).title == "الوفد في العاصمة"
    inside = ARABIC.encode().replace("الوزراء".encode(), b"\xff\xfe", 1)
    with pytest.raises(UndecodablePage, match=rf"page\.html: .* at byte {inside.index(0xFF)}") as caught:
        read_page(inside, name="page.html")
    assert caught.value.offset == inside.index(0xFF)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), BinaryPage),
        (b"PK\x03\x04" + bytes(100), BinaryPage),
        (b"\x00" * 5000, EmptyPage),
        (b"<html><body></body></html>", NoArticle),
        (b"<html><body><nav><a href='/'>Home</a></nav><form><input></form></body></html>", NoArticle),
    ],
)
def test_what_holds_no_article_is_refused(data: bytes, kind: type[Exception]):
    with pytest.raises(kind, match="thing: "):
        read_page(data, name="thing")


def test_stray_null_bytes_are_survived():
    assert read_page(ARABIC.encode().replace(b"<h1>", b"<h1>\x00")).title == "الوفد في العاصمة"


def test_a_file_whose_name_is_no_text_is_taken(tmp_path: Path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.html")).write_text(ARABIC, "utf-8")
    (capture,), _ = taken(tmp_path)
    assert (capture.name or "").endswith("/\ufffd.html")


def test_a_feed_that_its_parser_fails_on_is_named(tmp_path: Path):
    item = "<item><title>a&#xD800;b</title><link>https://example.org/a</link></item>"
    (tmp_path / "feed.xml").write_text(f'<rss version="2.0"><channel>{item}</channel></rss>')
    found, (problem,) = taken(tmp_path)
    assert found == [] and "cannot be read" in problem.reason
