"""A search finds what was printed in the forms people type, and only that."""

from __future__ import annotations

import pytest

import sijill
from sijill.archive import open_archive
from sijill.archive.query import BadQuestion
from sijill.page.capture import Capture
from sijill.record import Article, Development, Figure, Party, Record, Span, Statement

PAGES = {
    "talks": ("2016-10-03", "الصدى", "واشنطن تعلّق المفاوضات", "قال جون كيري إن المفاوضات مع موسكو متوقفة منذ الأحد."),
    "aleppo": ("2016-10-09", "الخبر", "غارات بحلب", "قتل ١٢ مدنيا بحلب، وفق الدفاع المدني. وأُطلقت صواريخ على الحي."),
    "budget": ("2015-01-20", "الخبر", "مشروع الموازنة", "أقر البرلمان موازنة قدرها 1,500 مليون، وأشاد NATO بالخطوة."),
    "truce": (
        "2016-09-12",
        "الصدى",
        "بدء الهدنة",
        "بدأت الهدنة مساءً. وقال سكان: انهارت مفاوضاتهم، الأمم المتحدة ترحب.",
    ),
}


def words(text: str, phrase: str) -> Span:
    start = text.index(phrase)
    return Span(start, start + len(phrase), phrase)


def record_of(name: str, article: Article) -> Record:
    text = article.text
    if name == "talks":
        return Record(
            article=article,
            parties=[
                Party(id="p1", name="جون كيري", kind="person", role="وزير الخارجية", mentions=[words(text, "جون كيري")])
            ],
            statements=[
                Statement(
                    id="s1",
                    content=words(text, "المفاوضات مع موسكو متوقفة منذ الأحد"),
                    form="indirect",
                    act="announce",
                    cue=words(text, "قال"),
                    source=words(text, "جون كيري"),
                    speaker="جون كيري",
                )
            ],
            developments=[
                Development(id="d1", kind="talks", status="suspended", modality="actual", trigger=words(text, "متوقفة"))
            ],
        )
    if name == "aleppo":
        return Record(
            article=article,
            parties=[
                Party(id="p1", name="الدفاع المدني", kind="organization", mentions=[words(text, "الدفاع المدني")])
            ],
            figures=[
                Figure(
                    id="f1",
                    span=words(text, "١٢ مدنيا"),
                    value=12,
                    bound="exact",
                    what="killed",
                    claimant="الدفاع المدني",
                )
            ],
        )
    return Record(article=article)


@pytest.fixture(scope="module")
def archive():
    with open_archive(":temporary:") as archive:
        for name, (published, outlet, title, body) in PAGES.items():
            article = Article(
                id=name,
                lang="ar",
                text=f"{title}\n\n{body}",
                title=title,
                published=published,
                outlet=outlet,
                sections=["أخبار"],
            )
            archive.add(Capture(data=name.encode()), article, record_of(name, article))
        yield archive


def found(archive, question: str, **how) -> list[str]:
    return [result.article for result in archive.search(question, **how).results]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("مفاوضات", {"talks", "truce"}),  # article, possessive, plural
        ("حلب", {"aleppo"}),  # a preposition written onto the name
        ("12", {"aleppo"}),  # digits of either kind
        ("١٥٠٠", {"budget"}),  # separators do not count
        ("nato", {"budget"}),
        ("الموازنه", {"budget"}),  # ة as ه
        ("الامم", {"truce"}),  # without the hamza
        ("صاروخ", {"aleppo"}),  # a broken plural
        ("مفاوضات -كيري", {"truce"}),
        ("مفاوض*", {"talks", "truce"}),
        ("مفاوضات outlet:الصدى after:2016-10", {"talks"}),
        ("year:2015", {"budget"}),
        ("before:2016-09-13", {"budget", "truce"}),
        ("section:أخبار -outlet:الخبر", {"talks", "truce"}),
        ("كلمة لا توجد أبدا", set()),
    ],
)
def test_words_and_filters(archive, typed, names):
    assert set(found(archive, typed)) == names


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("الأمم المتحدة", {"truce"}),
        ("الامم المتحدة", set()),
        ("المفاوضات", {"talks"}),
        ("مفاوضات", set()),
        ("تعلق المفاوضات", set()),
        ("تعلّق المفاوضات", {"talks"}),
        ("مفاوضاتهم الأمم", set()),  # a comma stands between
        ("سكان: انهارت", {"truce"}),
        ("NATO", {"budget"}),
        ("nato", set()),
    ],
)
def test_a_phrase_in_quotes_is_found_exactly_as_printed(archive, phrase, names):
    assert set(found(archive, f'"{phrase}"')) == names
    assert set(found(archive, f"«{phrase}»")) == names


def test_where_few_have_all_words_those_with_some_follow(archive):
    results = archive.search("مفاوضات كيري البرلمان")
    assert results.broadened
    assert results.results[0].article == "talks"
    assert {"budget", "truce"} <= {result.article for result in results.results}


def test_filters_choose_the_kind_of_record(archive):
    (result,) = archive.search("speaker:كيري").results
    assert (result.kind, result.article, result.id, result.speaker) == ("statement", "talks", "s1", "جون كيري")
    assert archive.search("speaker:كيري act:deny").total == 0
    (result,) = archive.search("what:killed").results
    assert result.record is not None
    assert result.record.span.text == "١٢ مدنيا"
    assert [result.kind for result in archive.search("status:suspended").results] == ["development"]
    assert [result.kind for result in archive.search("kind:talks متوقفة").results] == ["development"]
    assert [result.kind for result in archive.search("موسكو kind:statement").results] == ["statement"]
    assert [result.title for result in archive.search("كيري", over="party").results] == ["جون كيري"]


def test_snippets_mark_what_was_found(archive):
    (result,) = archive.search("كيري").results
    assert [result.snippet[start:end] for start, end in result.marks] == ["كيري"]


def test_facets_count_the_matches(archive):
    results = archive.search("مفاوضات")
    assert results.total == results.facets_of == 2
    assert results.facets["outlet"] == {"الصدى": 2}
    assert results.facets["year"] == {"2016": 2}
    assert results.facets["act"] == {"announce": 1}
    assert results.facets["speaker"] == {"جون كيري": 1}


@pytest.mark.parametrize("order", ["best", "recent", "newest", "oldest"])
def test_pages_meet_without_gaps(archive, order):
    question = "outlet:الخبر outlet:الصدى"
    whole = found(archive, question, order=order)
    assert len(whole) == 4
    seen: list[str | None] = []
    after = None
    while True:
        page = archive.search(question, order=order, limit=1, after=after)
        seen += [result.article for result in page.results]
        if page.next is None:
            break
        after = page.next
    assert seen == whole
    if order != "oldest":
        assert whole == ["aleppo", "talks", "truce", "budget"]


def test_a_new_version_is_found_by_its_new_words_only(archive):
    with open_archive(":temporary:") as other:
        for version, text in enumerate(["بيان عن القمح", "بيان عن الشعير"]):
            article = Article(id="x", lang="ar", text=text, captured=f"2016-01-0{version + 1}")
            other.add(Capture(data=text.encode(), url="u"), article, Record(article=article))
        assert other.search("القمح").total == 0
        assert found(other, "الشعير") == ["x"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("after:tomorrow", "2016-10-03"),
        ("act:shout", "announce"),
        ("kind:thing", "statement"),
        ("year:16", "year:2016"),
        ("م*", "2 letters"),
    ],
)
def test_what_cannot_be_searched_is_explained(archive, typed, message):
    with pytest.raises(BadQuestion, match=message):
        archive.search(typed)


@pytest.mark.parametrize(
    "typed", ['"', "-", "*", "()", "NEAR(a b)", 'a" OR "b', "^x", "a AND", "؟؟", ":", "- -", "", '"\u200f كيري"']
)
def test_any_characters_can_be_typed(archive, typed):
    archive.search(typed)


def test_a_record_with_all_words_lies_behind_those_that_are_ranked(monkeypatch):
    monkeypatch.setattr("sijill.archive.search.RANKED", 3)
    crops = ["الزيتون والقمح", *["الزيتون"] * 4, *["القمح"] * 6]
    with open_archive(":temporary:") as archive:
        for day, crop in enumerate(crops, 1):
            text = f"أخبار يوم {day}\n\nقال الوزير سامي حداد إن {crop} وفير."
            record = sijill.read(text, lang="ar", published=f"2016-10-{day:02}")
            archive.add(Capture(data=text.encode(), name=str(day)), record.article, record)
        found = archive.search("الزيتون القمح", over="statement")
        assert found.broadened
        assert found.results[0].published == "2016-10-01"
        assert {result.published for result in found.results[1:]} == {"2016-10-03", "2016-10-04", "2016-10-05"}
