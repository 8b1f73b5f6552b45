"""The lists as feeds that any newsreader can read."""

from __future__ import annotations

import httpx
import lxml.etree
import pytest

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(client: httpx.Client, path: str) -> lxml.etree._Element:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/atom+xml")
    return lxml.etree.fromstring(answer.content)


@pytest.mark.parametrize("path", ["articles", "statements", "figures", "developments", "events"])
def test_feed_has_what_atom_requires(client: httpx.Client, path: str) -> None:
    root = feed(client, f"/ar/{path}.atom")
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
