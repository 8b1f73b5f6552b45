"""The lists to take away: as feeds that any newsreader can read, as tables for spreadsheets."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlsplit

import httpx
import lxml.etree
import pytest

ATOM = {"a": "http://www.w3.org/2005/Atom"}

FEEDS = ["articles.atom", "statements.atom", "figures.atom", "developments.atom", "events.atom", "search.atom?q=خبر"]


def feed(client: httpx.Client, path: str) -> lxml.etree._Element:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/atom+xml")
    return lxml.etree.fromstring(answer.content)


@pytest.mark.parametrize("path", FEEDS)
def test_feed_has_what_atom_requires(client: httpx.Client, path: str) -> None:
    root = feed(client, f"/ar/{path}")
    entries = root.findall("a:entry", ATOM)
    assert entries
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            assert element.findtext(f"a:{name}", namespaces=ATOM)
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in entries]
    assert len(set(ids)) == len(ids)
    for entry in entries[:3]:
        assert client.get(entry.find("a:link", ATOM).get("href")).status_code == 200


def test_feed_follows_a_filter_and_is_announced(client: httpx.Client) -> None:
    root = feed(client, "/en/statements.atom?act=deny")
    [entry] = root.findall("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == "الجيش · denies"
    assert entry.findtext("a:updated", namespaces=ATOM) == "2016-10-03T00:00:00+00:00"
    assert entry.find("a:link", ATOM).get("href").endswith("/en/articles/story#s3")
    page = lxml.etree.HTML(client.get("/en/statements?act=deny").text)
    assert page.xpath("//link[@type='application/atom+xml']/@href") == ["/en/statements.atom?act=deny"]


def test_hostile_titles_stay_text(client: httpx.Client) -> None:
    root = feed(client, "/ar/articles.atom?outlet=&section=")
    assert not root.xpath("//*[local-name() = 'script']")


def test_dossier_is_a_feed_of_its_developments(client: httpx.Client) -> None:
    [dossier, *_] = client.get("/ar/dossiers.json").json()["dossiers"]
    root = feed(client, f"/ar/dossiers/{dossier['key']}.atom")
    assert root.findtext("a:title", namespaces=ATOM).startswith(dossier["title"])
    assert len(root.findall("a:entry", ATOM)) == dossier["developments"]
    table = rows(client, f"/ar/dossiers/{dossier['key']}.csv")
    assert len(table) == dossier["developments"]


def rows(client: httpx.Client, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.content.startswith(b"\xef\xbb\xbf"), "spreadsheets tell UTF-8 by its mark"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("path", ["statements", "figures", "developments", "events", "articles", "dossiers"])
def test_list_is_a_table_of_all_its_pages(client: httpx.Client, path: str) -> None:
    listed, address = list[str](), f"/ar/{path}.json"
    while address:
        page = client.get(address).json()
        listed += [entry["cursor"] for entry in page[path]]
        address = f"/ar/{path}.json?before={page['older']}" if page["older"] else ""
    table = rows(client, f"/ar/{path}.csv")
    assert len(table) == len(listed)
    assert {client.get(row["link"]).status_code for row in table[:3]} == {200}
    [link] = lxml.etree.HTML(client.get(f"/ar/{path}").text).xpath("//footer//a[contains(@href, '.csv')]/@href")
    assert urlsplit(link).path == f"/ar/{path}.csv"


def test_table_follows_the_filter(client: httpx.Client) -> None:
    [denial] = rows(client, "/en/statements.csv?act=deny")
    assert (denial["speaker"], denial["record"]) == ("الجيش", "s3")
    assert denial["link"].endswith("/en/articles/story#s3")
    assert {row["article"] for row in rows(client, "/ar/search.csv?q=speaker:سامر&in=statement")} == {
        "story",
        "beginning",
    }


def test_no_cell_is_a_formula(client: httpx.Client) -> None:
    cells = [cell for row in rows(client, "/ar/statements.csv") for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_question_that_cannot_be_asked_is_no_table(client: httpx.Client) -> None:
    assert client.get("/ar/search.csv?q=act:shout").status_code == 404
    assert client.get("/ar/search.atom").status_code == 404
