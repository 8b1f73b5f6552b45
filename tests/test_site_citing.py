"""What people quote from the reading page, and what other programs learn of its article."""

from __future__ import annotations

import json
from collections.abc import Sequence

import httpx
import lxml.html
import pytest

from sijill.record import Article, Attribution, Statement
from sijill.site.citing import citation, linked_data
from sijill.site.language import language

TEXT = 'قال سامر "لن نعود" إلى المدينة'
ARTICLE = Article(
    id="a1", lang="ar", text=TEXT, title="عنوان", outlet="صحيفة", agencies=["AFP"], published="2016-10-03", url=None
)


def said(form: str, chain: Sequence[Attribution] = ()) -> Statement:
    return Statement(id="s1", content=ARTICLE.span(10, 17), form=form, act="say", speaker="سامر", chain=list(chain))  # type: ignore[arg-type]


def test_only_what_was_quoted_stands_in_quotation_marks() -> None:
    link = "http://site/ar/articles/a1#s1"
    source = "«عنوان»، صحيفة (بمساهمة AFP)، 3 تشرين الأول/أكتوبر 2016. [http://site/ar/articles/a1#s1]"
    arabic = language("ar")
    assert str(citation(said("direct"), "سامر", ARTICLE, link, arabic)) == f"سامر: «لن نعود». {source}"
    assert str(citation(said("indirect"), "سامر", ARTICLE, link, arabic)) == f"سامر: لن نعود (غير مباشر). {source}"
    assert str(citation(said("direct"), None, ARTICLE, link, arabic)).startswith("القائل غير محدّد: «لن نعود»")


def test_citation_names_who_brought_the_words_and_does_not_take_a_credit_for_one() -> None:
    chain = [
        Attribution(role="outlet", name="صحيفة"),
        Attribution(role="agency", name="AFP"),
        Attribution(role="agency", name="ريا نوفوستي"),
        Attribution(role="speaker", name="سامر"),
    ]
    printed = str(citation(said("direct", chain), "سامر", ARTICLE, "x", language("en")))
    assert printed.startswith("سامر: “لن نعود”, via ريا نوفوستي. “عنوان”, صحيفة (with AFP), 3 October 2016.")


def test_linked_data_can_close_no_element() -> None:
    article = Article(id="a", lang="ar", text="", title="</script><b>&", outlet="o")
    text = linked_data(article, "http://site")
    assert "<" not in text and "&" not in text
    assert json.loads(text)["headline"] == "</script><b>&"


@pytest.mark.parametrize("tag", ["ar", "en"])
def test_card_has_its_citation_with_the_link_to_its_words(client: httpx.Client, tag: str) -> None:
    document = lxml.html.document_fromstring(client.get(f"/{tag}/articles/story").text)
    [cited] = document.cssselect("#card-s3 .citation")
    assert "الجيش: وقوع قصف (" in cited.text_content()
    assert cited.text_content().endswith(f"/{tag}/articles/story#s3]")
    assert not document.cssselect("#card-t1 .citation"), "a date says nothing by itself"


def test_citation_of_a_changed_article_names_the_version(client: httpx.Client) -> None:
    document = lxml.html.document_fromstring(client.get("/ar/articles/revised").text)
    links = [cited.text_content().rpartition("[")[2].rstrip("]") for cited in document.cssselect(".citation")]
    assert links and all("?version=2#" in link for link in links)
    assert client.get(links[0]).status_code == 200


def test_other_programs_learn_what_the_article_is(client: httpx.Client) -> None:
    document = lxml.html.document_fromstring(client.get("/en/articles/story").text)
    [described] = document.xpath("//script[@type='application/ld+json']")
    article = json.loads(described.text)
    assert (article["@type"], article["inLanguage"]) == ("NewsArticle", "ar")
    assert document.xpath("//meta[@property='og:title']/@content") == [article["headline"]]


def test_words_of_a_title_turn_no_link(client: httpx.Client) -> None:
    answer = client.get("/ar/articles/hostile")
    document = lxml.html.document_fromstring(answer.text)
    outside = [*document.xpath("//title/text()"), *document.xpath("//meta/@content")]
    outside += [cited.text_content() for cited in document.cssselect(".citation")]
    assert len(outside) > 3
    assert not [text for text in outside if "\u202e" in text]
