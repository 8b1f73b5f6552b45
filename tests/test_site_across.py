"""Rooms that join articles: dossiers, parties, figures side by side, what else to read."""

from __future__ import annotations

import httpx
import lxml.html


def page(client: httpx.Client, path: str) -> lxml.html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return lxml.html.document_fromstring(answer.text)


def text_of(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_dossier_tells_what_became_of_a_process(client: httpx.Client) -> None:
    [listed] = page(client, "/en/dossiers?kind=talks").cssselect(".dossier")
    assert text_of(listed.cssselect(".badge")[0]) == "suspended"
    document = page(client, listed.cssselect("h2 a")[0].get("href"))
    assert text_of(document.cssselect(".stands")[0]).endswith("Present status: suspended")
    steps = [
        (text_of(step.cssselect("time")[0]), text_of(step.cssselect("h3")[0])) for step in document.cssselect(".step")
    ]
    assert steps == [("1 October 2016", "under way"), ("3 October 2016", "suspended")]
    places = [link.get("href") for link in document.cssselect(".step .from a")]
    assert places == ["/en/articles/beginning#d1", "/en/articles/story#d1"]
    assert "مساء الاثنين" in text_of(document.cssselect(".process aside")[0])


def test_dossiers_filter_by_present_status(client: httpx.Client) -> None:
    assert page(client, "/ar/dossiers?status=suspended").cssselect(".dossier")
    assert not page(client, "/ar/dossiers?status=vetoed").cssselect(".dossier")


def test_front_page_tells_where_processes_stand(client: httpx.Client) -> None:
    [standing] = page(client, "/en/").cssselect(".standing li")
    assert text_of(standing) == "محادثات الهدنة suspended"


def test_repeated_words_lead_to_the_other_outlet(client: httpx.Client) -> None:
    card = page(client, "/en/articles/story").cssselect("#card-s1")[0]
    assert card.cssselect('a[href="/en/articles/beginning#s1"]')
    assert "شبكة المثال" in text_of(card)


def test_related_articles_come_first(client: httpx.Client) -> None:
    also = page(client, "/ar/articles/story").cssselect(".also")[0]
    assert text_of(also.cssselect("h2")[0]) == "قد تقرأ أيضا"
    assert also.cssselect("h3 a")[0].get("href") == "/ar/articles/beginning"


def test_figures_of_the_same_stand_side_by_side(client: httpx.Client) -> None:
    document = page(client, "/en/articles/story/figures/f1")
    rows = [[text_of(cell) for cell in row.cssselect("td")] for row in document.cssselect("tbody tr")]
    assert [(row[0], row[2], row[4], row[6]) for row in rows] == [
        ("1 October 2016", "12", "المدينة القديمة", "سامر الحلبي"),
        ("1 October 2016", "9", "المدينة القديمة", "الجيش"),
        ("3 October 2016", "12", "المدينة القديمة", "سامر الحلبي"),
    ]
    assert client.get("/en/articles/story/figures/f9").status_code == 404


def test_party_has_its_names_roles_and_words(client: httpx.Client) -> None:
    people = page(client, "/en/parties?kind=person&q=الحلبي").cssselect(".people a")
    assert people[0].get("href").startswith("/en/parties/")
    document = page(client, people[0].get("href"))
    assert {"الناطق", "المتحدث العسكري"} <= {text_of(link) for link in document.cssselect(".clauses a")}
    assert len(document.cssselect(".entry.statement")) == 3
    assert "the same party" in text_of(document.cssselect(".process aside")[0])
    assert client.get("/en/parties/nobody").status_code == 404


def test_first_name_in_another_spelling_finds_the_last(client: httpx.Client) -> None:
    near = page(client, "/ar/parties?q=سامير+الحلبي")
    assert near.cssselect(".hint") and "الحلبي" in text_of(near.cssselect(".people a")[0])
    assert not page(client, "/ar/parties?q=سامر+الحلبي").cssselect(".hint")
    assert page(client, "/ar/parties?q=سامير+زنبق").cssselect(".empty")
