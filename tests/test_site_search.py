"""Search as the site offers it: questions, facets, marks, and questions that cannot be asked."""

from __future__ import annotations

import httpx
import lxml.html
import pytest


def found(client: httpx.Client, **asked: str) -> lxml.html.HtmlElement:
    answer = client.get("/ar/search", params=asked)
    assert answer.status_code == 200
    return lxml.html.document_fromstring(answer.text)


def test_words_are_found_as_printed_and_marked(client: httpx.Client) -> None:
    document = found(client, q="محادثة")
    [article] = [link for link in document.cssselect(".found h2 a") if link.get("href") == "/ar/articles/story"]
    assert article.text_content() == "تعليق محادثات الهدنة في المدينة"
    assert "محادثات" in {mark.text_content() for mark in document.cssselect(".found mark")}


def test_records_lead_to_their_place(client: httpx.Client) -> None:
    document = found(client, q="speaker:سامر", **{"in": "statement"})
    links = {link.get("href") for link in document.cssselect("a.found-record")}
    assert links == {"/ar/articles/story#s1", "/ar/articles/story#s2", "/ar/articles/beginning#s1"}


def test_facet_narrows_the_question(client: httpx.Client) -> None:
    document = found(client, q="act:announce", **{"in": "statement"})
    assert not document.cssselect('.facets a[href*="act%3A"]'), "a facet with one value narrows nothing"
    document = found(client, q="kind:statement")
    [deny] = [link for link in document.cssselect(".facets a") if link.text_content() == "نفي"]
    narrowed = lxml.html.document_fromstring(client.get(deny.get("href")).text)
    assert [link.get("href") for link in narrowed.cssselect("a.found-record")] == ["/ar/articles/story#s3"]


def test_results_go_on(client: httpx.Client) -> None:
    seen, address = list[str](), "/ar/search?q=خبر"
    for _ in range(5):
        document = lxml.html.document_fromstring(client.get(address).text)
        seen += [link.get("href") for link in document.cssselect(".found h2 a")]
        following = document.cssselect("a[rel=next]")
        if not following:
            break
        address = following[0].get("href")
    assert len(seen) == len(set(seen)) >= 50


def test_impossible_question_is_explained(client: httpx.Client) -> None:
    document = found(client, q="act:shout")
    assert "shout" in document.cssselect(".problem")[0].text_content()
    assert "shout" in client.get("/ar/search.json?q=act:shout").json()["error"]


def test_nothing_found_says_so(client: httpx.Client) -> None:
    assert found(client, q="زنبق").cssselect(".empty")


@pytest.mark.parametrize("question", ['"', "<script>", "*", 'a" OR "b', "-", "' --", "speaker:", "(", "\u202e" * 50])
def test_any_question_is_answered(client: httpx.Client, question: str) -> None:
    document = found(client, q=question)
    assert document.cssselect("input[name=q]")[0].get("value") == question.strip()
    assert not document.xpath("//script")
