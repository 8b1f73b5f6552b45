"""Reviewing on the site: every word of a person counts at once, and only what comes from the site's own pages."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import lxml.html
import pytest
from playwright.sync_api import Browser

NADA = {"author": "ندى", "reason": "راجعت التسجيل"}


@pytest.fixture
def reviewer(review_site: str) -> Iterator[httpx.Client]:
    """A browser on the site's own page, as far as its headers go."""
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": review_site}
    with httpx.Client(base_url=review_site, headers=headers) as client:
        yield client


def record(client: httpx.Client, kind: str, id: str) -> dict[str, object] | None:
    found = client.get("/ar/articles/story.json").json()[kind]
    return next((item for item in found if item["id"] == id), None)


def text_of(client: httpx.Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(lxml.html.document_fromstring(answer.text).text_content().split())


def test_correction_counts_and_says_whose_it_is(reviewer: httpx.Client) -> None:
    document = lxml.html.document_fromstring(reviewer.get("/ar/articles/story/review/s2").text)
    form = next(form for form in document.forms if form.xpath(".//button[@value='correct']"))
    sent = dict(form.fields) | NADA | {"action": "correct", "act": "condemn", "target": "الأحياء السكنية"}
    answer = reviewer.post(form.action, data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, "/ar/articles/story/review/s2")
    statement = record(reviewer, "statements", "s2")
    assert statement and statement["act"] == "condemn" and statement["target"]["text"] == "الأحياء السكنية"
    assert statement["content"]["text"] == "خرق الهدنة"
    assert "صُحّح: ندى" in text_of(reviewer, "/ar/articles/story")


def test_rejected_record_is_gone_until_the_review_is_taken_back(reviewer: httpx.Client) -> None:
    reviewer.post("/ar/articles/story/review/f1", data=NADA | {"action": "reject"})
    assert record(reviewer, "figures", "f1") is None
    assert "راجعت التسجيل" in text_of(reviewer, "/ar/articles/story/review/f1")
    [entry] = reviewer.get("/ar/review.json").json()["reviews"]
    answer = reviewer.post("/ar/review", data=NADA | {"key": str(entry["key"]), "back": "/ar/articles/story"})
    assert answer.headers["location"] == "/ar/articles/story"
    assert record(reviewer, "figures", "f1") is not None


def test_accepted_records_make_the_precision(reviewer: httpx.Client) -> None:
    for id, action in (("s1", "accept"), ("s2", "accept"), ("s3", "reject"), ("f1", "accept")):
        reviewer.post(f"/en/articles/story/review/{id}", data=NADA | {"action": action})
    precision = {one["kind"]: one["precision"] for one in reviewer.get("/en/review.json").json()["precision"]}
    assert precision == {"statement": pytest.approx(2 / 3), "figure": 1.0}
    assert "67%" in text_of(reviewer, "/en/review")


def test_missing_record_is_added_from_words_of_the_text(reviewer: httpx.Client) -> None:
    sent = NADA | {"content": "لن نعود إلى الطاولة", "act": "threaten", "form": "direct", "speaker": "سامر الحلبي"}
    answer = reviewer.post("/ar/articles/story/review?kind=statement", data=sent)
    assert answer.headers["location"] == "/ar/articles/story"
    added = record(reviewer, "statements", "s4")
    assert added and added["content"]["text"] == "لن نعود إلى الطاولة" and added["act"] == "threaten"


@pytest.mark.parametrize(
    ("path", "sent", "says"),
    [
        ("/ar/articles/story/review?kind=statement", {"content": "كلمات ليست هنا", "act": "say", "form": "direct"},
         "ليست هذه كلمات النص"),
        ("/ar/articles/story/review?kind=figure", {"span": "", "bound": "exact", "what": "killed"}, "مطلوب"),
        ("/ar/articles/story/review/f1", {"action": "correct", "value": "كثير"}, "is no number"),
        ("/ar/articles/story/review/f1", {"action": "correct"}, "nothing to correct"),
        ("/ar/articles/story/review/f1", {"action": "accept", "author": " "}, "author"),
        ("/ar/articles/story/review/f1", {"action": "explode"}, "explode"),
        ("/ar/parties/سامر الحلبي", {"other": "لا أحد هنا", "verdict": "same"}, "no party"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_explained_and_changes_nothing(
    reviewer: httpx.Client, path: str, sent: dict[str, str], says: str
) -> None:
    before = reviewer.get("/ar/articles/story.json").content
    answer = reviewer.post(path, data=NADA | sent)
    assert answer.status_code == 400
    assert says in lxml.html.document_fromstring(answer.text).cssselect(".problem")[0].text_content()
    assert reviewer.get("/ar/articles/story.json").content == before


def test_parties_are_told_apart_and_joined(reviewer: httpx.Client) -> None:
    name = "/ar/parties/سامر الحلبي"
    reviewer.post(name, data=NADA | {"other": "الحلبي", "verdict": "different"})
    assert "طرفان مختلفان" in text_of(reviewer, name)
    appearances = reviewer.get(f"{name}.json").json()["appearances"]
    assert {entry["record"]["name"] for entry in appearances} == {"سامر الحلبي"}


def test_dossier_gets_a_title(reviewer: httpx.Client) -> None:
    [dossier] = reviewer.get("/ar/dossiers.json?kind=talks").json()["dossiers"]
    reviewer.post(f"/ar/dossiers/{dossier['key']}", data=NADA | {"action": "rename", "title": "هدنة المدينة"})
    assert "هدنة المدينة" in text_of(reviewer, "/ar/dossiers")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_forms_of_other_sites_are_refused(review_site: str, headers: dict[str, str]) -> None:
    sent = NADA | {"action": "reject"}
    answer = httpx.post(f"{review_site}/ar/articles/story/review/f1", data=sent, headers=headers)
    assert answer.status_code == 403
    assert httpx.get(f"{review_site}/ar/review.json").json()["reviews"] == []


def test_reading_site_takes_no_reviews(client: httpx.Client) -> None:
    assert client.post("/ar/articles/story/review/f1", data=NADA | {"action": "reject"}).status_code == 405
    assert not lxml.html.document_fromstring(client.get("/ar/articles/story/review/f1").text).xpath(
        "//form[@method='post']"
    )


def test_taking_back_never_leads_away(reviewer: httpx.Client) -> None:
    reviewer.post("/ar/articles/story/review/f1", data=NADA | {"action": "accept"})
    [entry] = reviewer.get("/ar/review.json").json()["reviews"]
    sent = NADA | {"key": str(entry["key"]), "back": "//evil.example/"}
    assert reviewer.post("/ar/review", data=sent).headers["location"] == "/ar/review"


def test_enormous_form_is_refused(reviewer: httpx.Client) -> None:
    assert reviewer.post("/ar/articles/story/review/f1", data={"reason": "x" * 100_000}).status_code == 413


def test_person_reviews_in_a_browser_without_javascript(browser: Browser, review_site: str) -> None:
    context = browser.new_context(base_url=review_site, java_script_enabled=False)
    tab = context.new_page()
    tab.goto("/ar/articles/story#f1")
    tab.locator("#card-f1").get_by_text("المراجعة").click()
    accept = tab.locator("form", has=tab.locator("button[value=accept]"))
    accept.locator("[name=author]").fill("ندى")
    accept.locator("button[value=accept]").click()
    assert "ندى" in tab.locator(".said").inner_text()
    tab.goto("/ar/articles/story/review/s1")
    assert tab.locator("[name=author]").first.input_value() == "ندى"
    context.close()
