"""Articles are joined: the same party, the same quotation, a denial and its claim, the developments of one process."""

from __future__ import annotations

import pytest

from archive_pages import words
from sijill.archive import open_archive
from sijill.page.capture import Capture
from sijill.record import Article, Development, Figure, Party, Record, Statement


@pytest.fixture
def archive():
    with open_archive(":temporary:") as archive:
        yield archive


def tell(
    archive, id, published, text, *, statements=(), figures=(), developments=(), people=(), kind="person", outlet=None
):
    """Add an article; records are given by their words."""
    article = Article(
        id=id, lang="ar", text=text, title=text.split("\n\n")[0], published=published, outlet=outlet or f"صحيفة {id}"
    )
    names = dict.fromkeys([*people, *(speaker for speaker, *_ in statements if speaker)])
    record = Record(
        article=article,
        parties=[
            Party(id=f"p{n}", name=name, kind=kind, mentions=[words(text, name)] if name in text else [])
            for n, name in enumerate(names, 1)
        ],
        statements=[
            Statement(id=f"s{n}", content=words(text, content), form="direct", act=act, speaker=speaker)
            for n, (speaker, act, content) in enumerate(statements, 1)
        ],
        figures=[
            Figure(
                id=f"f{n}",
                span=words(text, span),
                value=value,
                bound="exact",
                what=what,
                place=place and words(text, place),
            )
            for n, (span, value, what, place) in enumerate(figures, 1)
        ],
        developments=[
            Development(
                id=f"d{n}",
                kind=kind,
                status=status,
                modality="actual",
                trigger=words(text, trigger),
                subject=words(text, subject),
                date=date,
            )
            for n, (kind, status, trigger, subject, date) in enumerate(developments, 1)
        ],
    )
    archive.add(Capture(data=text.encode(), name=id), article, record)


def links(archive, id, rel):
    return {
        (link.from_.article_id, link.from_.record.id, link.to.article_id, link.to.record.id)
        for link in archive.links(id)
        if link.rel == rel
    }


def test_a_quotation_is_found_in_the_outlets_that_repeat_it(archive):
    said = "لن نوقع ورقة لا تضمن عودة المزارعين"
    tell(
        archive, "a", "2016-05-01", f"بيان المندوب\n\nقال منير الحلو: {said}.", statements=[("منير الحلو", "say", said)]
    )
    tell(archive, "b", "2016-05-02", f"الوفد يرد\n\nوكان منير الحلو قال إنه {said} إلى حقولهم.",
         statements=[("منير الحلو", "say", f"{said} إلى حقولهم")])  # fmt: skip
    other = "الطريق إلى المرفأ مفتوح منذ الصباح"
    tell(archive, "c", "2016-05-02", f"المرفأ\n\nقال منير الحلو: {other}.", statements=[("منير الحلو", "say", other)])
    assert links(archive, "a", "repeats") == {("b", "s1", "a", "s1")}
    assert links(archive, "c", "repeats") == set()


def test_order_of_adding_does_not_matter_for_links(archive):
    said = "لن نوقع ورقة لا تضمن عودة المزارعين"
    for id, day in (("b", "2016-05-02"), ("a", "2016-05-01")):
        tell(archive, id, day, f"بيان {id}\n\nقال منير الحلو: {said}.", statements=[("منير الحلو", "say", said)])
    assert links(archive, "a", "repeats") == links(archive, "b", "repeats") == {("b", "s1", "a", "s1")}


def test_a_denial_finds_the_claim_it_denies_in_another_article(archive):
    claim = "طائرات التحالف قصفت مخزن الحبوب في الميناء"
    denial = "قصف طائرات التحالف مخزن الحبوب"
    unrelated = "أسعار الخبز في العاصمة ارتفعت"
    tell(archive, "a", "2016-05-01", f"اتهام\n\nقال وليد منصور إن {claim}، وإن {unrelated}.",
         statements=[("وليد منصور", "accuse", claim), ("وليد منصور", "say", unrelated)])  # fmt: skip
    tell(archive, "b", "2016-05-02", f"نفي\n\nونفى سالم ناجي {denial}.", statements=[("سالم ناجي", "deny", denial)])
    assert links(archive, "a", "denies") == {("b", "s1", "a", "s1")}


def test_developments_of_one_process_are_one_dossier_in_order(archive):
    tell(archive, "a", "2016-05-01", "بدء هدنة في تل الزيتون\n\nبدأت هدنة في تل الزيتون.",
         developments=[("ceasefire", "in_force", "بدأت", "هدنة في تل الزيتون", None)])  # fmt: skip
    tell(archive, "c", "2016-05-09", "سقوط هدنة تل الزيتون\n\nانهارت الهدنة أمس.",
         developments=[("ceasefire", "collapsed", "انهارت", "الهدنة", "2016-05-08")])  # fmt: skip
    tell(archive, "b", "2016-05-04", "تمديد هدنة تل الزيتون\n\nمددت الهدنة يومين.",
         developments=[("ceasefire", "extended", "مددت", "الهدنة", None)])  # fmt: skip
    tell(archive, "x", "2016-05-09", "مشروعان في المجلس\n\nسقط مشروع القرار الفرنسي ورفض مشروع القرار الصيني.",
         developments=[("draft_resolution", "vetoed", "سقط", "مشروع القرار الفرنسي", None),
                       ("draft_resolution", "rejected", "رفض", "مشروع القرار الصيني", None)])  # fmt: skip
    (truce,) = archive.dossiers(kind="ceasefire")
    assert (truce.status, truce.developments, truce.outlets) == ("collapsed", 3, 3)
    assert (truce.first, truce.last) == ("2016-05-01", "2016-05-08")
    timeline = archive.dossier(truce.key).timeline
    assert [(step.date, step.status) for step in timeline] == [
        ("2016-05-01", "in_force"),
        ("2016-05-04", "extended"),
        ("2016-05-08", "collapsed"),
    ]
    last = archive.dossier(truce.key, limit=2)
    assert [step.status for step in last.timeline] == ["extended", "collapsed"]
    assert (last.developments, last.articles) == (3, ["a", "b", "c"])
    first = archive.dossier(truce.key, limit=2, before=last.older)
    assert ([step.status for step in first.timeline], first.older) == (["in_force"], None)
    assert [draft.status for draft in archive.dossiers(kind="draft_resolution")] == ["rejected", "vetoed"]


@pytest.mark.parametrize("step", [1, -1], ids=["oldest first", "newest first"])
def test_a_process_that_begins_after_its_end_is_another(archive, step):
    told = (("2016-05-01", "in_force", "بدأت"), ("2016-05-05", "collapsed", "انهارت"),
            ("2016-05-20", "in_force", "دخلت"))  # fmt: skip
    for day, status, trigger in told[::step]:
        tell(archive, day, day, f"هدنة تل الزيتون {day}\n\n{trigger} الهدنة.",
             developments=[("ceasefire", status, trigger, "الهدنة", None)])  # fmt: skip
    assert [(dossier.status, dossier.developments) for dossier in archive.dossiers()] == [
        ("in_force", 1),
        ("collapsed", 2),
    ]


def test_what_a_headline_leaves_without_a_name_is_what_the_article_names_next(archive):
    tell(archive, "a", "2016-05-01", "انهيار الهدنة السورية\n\nانهارت الهدنة السورية في حلب.",
         developments=[("ceasefire", "collapsed", "انهارت", "الهدنة السورية", None)])  # fmt: skip
    tell(archive, "b", "2016-05-20", "تمديد الهدنة في حلب\n\nمددت موسكو هدنة إنسانية في حلب.",
         developments=[("ceasefire", "extended", "تمديد", "الهدنة", None),
                       ("ceasefire", "extended", "مددت", "هدنة إنسانية", None)])  # fmt: skip
    assert [(dossier.title, dossier.status, dossier.developments) for dossier in archive.dossiers()] == [
        ("هدنة إنسانية", "extended", 2),
        ("الهدنة السورية", "collapsed", 1),
    ]


def test_people_merge_split_and_rename_dossiers_and_it_lasts(archive):
    for id, place in (("a", "تل الزيتون"), ("b", "وادي القمح")):
        tell(archive, id, f"2016-05-0{ord(id) - 96}", f"هدنة {place}\n\nبدأت هدنة {place}.",
             developments=[("ceasefire", "in_force", "بدأت", f"هدنة {place}", None)])  # fmt: skip
    second, first = archive.dossiers()
    archive.reviews.merge_dossiers(second.key, first.key, author="ندى", reason="عملية واحدة")
    archive.reviews.rename_dossier(first.key, "هدنة الشمال", author="ندى")
    (merged,) = archive.dossiers()
    assert (merged.title, merged.developments) == ("هدنة الشمال", 2)
    assert archive.dossier(second.key) == archive.dossier(first.key)
    archive.reviews.merge_dossiers(second.key, None, author="ندى")
    assert len(archive.dossiers()) == 2
    apart = archive.reviews.split_dossier([("b", "d1")], author="ندى", into=first.key)
    assert apart == first.key
    for _ in archive.reread(lambda capture, article: archive.record(article.id), workers=1, restart=True):
        pass
    (only,) = archive.dossiers()
    assert only.developments == 2
    assert archive.check() == []


def test_parties_are_one_by_judgements_with_reasons_that_can_be_undone(archive):
    tell(archive, "a", "2016-05-01", "أول\n\nقال منير الحلو: نعم.", statements=[("منير الحلو", "say", "نعم")])
    tell(archive, "b", "2016-05-02", "ثان\n\nقال الحلو: لا.", statements=[("الحلو", "say", "لا")])
    assert len(archive.statements(speaker="الحلو")) == 2
    (judgement,) = archive.judgements("الحلو")
    assert (judgement.verdict, judgement.author) == ("same", None)
    assert {judgement.left, judgement.right} == {"الحلو", "منير الحلو"}
    assert judgement.rule == "short" and "one longer one only" in judgement.reason
    archive.unjudge(judgement.key)
    assert [entry.article_id for entry in archive.statements(speaker="الحلو")] == ["b"]
    (key,) = archive.judge("الحلو", "منير الحلو", "same", author="ندى", reason="هو نفسه")
    assert len(archive.statements(speaker="منير الحلو")) == 2
    archive.unjudge(key)
    assert len(archive.statements(speaker="منير الحلو")) == 1


def test_a_last_name_of_two_people_is_nobodys_for_sure(archive):
    for id, name in (("a", "منير الحلو"), ("b", "جاد الحلو"), ("c", "الحلو")):
        tell(archive, id, "2016-05-01", f"{id}\n\nقال {name}: نعم {id}.", statements=[(name, "say", f"نعم {id}")])
    assert {judgement.verdict for judgement in archive.judgements("الحلو")} == {"unsure"}
    assert len(archive.statements(speaker="الحلو")) == 1


def test_a_second_bearer_of_a_last_name_takes_the_certainty_back(archive):
    for id, name in (("a", "منير الحلو"), ("b", "الحلو"), ("c", "جاد الحلو")):
        tell(archive, id, "2016-05-01", f"{id}\n\nقال {name}: نعم {id}.", statements=[(name, "say", f"نعم {id}")])
    assert [entry.article_id for entry in archive.statements(speaker="الحلو")] == ["b"]


def said_by(archive, kind, *names):
    """For each of the names, of a kind of party, the others that are held to be the same."""
    for id, name in enumerate(names):
        tell(archive, f"a{id}", "2016-05-01", f"{id}\n\nقال {name}: نعم.", statements=[(name, "say", "نعم")], kind=kind)
    return [
        sorted({entry.record.speaker for entry in archive.statements(speaker=name)} - {name})
        for name in names
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("armed_group", ("تنظيم الفجر", "الفجر")),
        ("armed_group", ("تنظيم الفجر", "تنظيم الفجر الإرهابي")),
        ("armed_group", ("مقاتلو الفجر", "مقاتلي الفجر")),
        ("armed_group", ("داعش", "تنظيم الدولة الإسلامية")),  # as the pack's table of organizations knows
        ("organization", ("الجيش الأمريكي", "الجيش الأميركي")),
        ("state", ("سوريا", "سورية")),
        ("person", ("علي عبد الله صالح", "علي عبدالله صالح")),
    ],
)
def test_names_of_one_party_are_joined(archive, kind, names):
    one, other = said_by(archive, kind, *names)
    assert (one, other) == ([names[1]], [names[0]])


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("state", ("رئاسة الوزراء في العراق", "العراق")),  # an office whose name ends in the country's
        ("armed_group", ("القوات اليمنية", "القوات الأمنية")),
        ("organization", ("حزب العمل", "حزب العمال")),
        ("person", ("عمر الحكيم", "عمار الحكيم")),  # two given names, not two spellings
        ("person", ("محمد بن سلمان", "سلمان")),  # a son and his father
        ("person", ("بشار حافظ الأسد", "حافظ الأسد")),
        ("person", ("رشاد حسين", "حسين")),  # a given name is no family's
    ],
)
def test_names_that_only_look_alike_are_not_joined(archive, kind, names):
    assert said_by(archive, kind, *names) == [[], []]
    assert archive.judgements(names[1]) == []


def test_spellings_of_a_foreign_name_are_one_party(archive):
    for id, name in (("a", "ستيفان دي ميستورا"), ("b", "ستافان دي مستورا")):
        tell(archive, id, "2016-05-01", f"{id}\n\nقال {name}: نعم {id}.", statements=[(name, "say", f"نعم {id}")])
    assert len(archive.statements(speaker="ستافان دي مستورا")) == 2
    assert archive.search("ستافان دي مستورا").total == 2


def test_figures_that_count_the_same_stand_side_by_side(archive):
    tell(
        archive,
        "a",
        "2016-05-01",
        "غارة\n\nقتل 14 شخصا في سوق الحبوب.",
        figures=[("14 شخصا", 14, "killed", "سوق الحبوب")],
    )
    tell(archive, "b", "2016-05-02", "حصيلة\n\nمقتل 17 في سوق الحبوب.", figures=[("17", 17, "killed", "سوق الحبوب")])
    tell(archive, "c", "2016-05-02", "حادث\n\nمقتل 3 في طريق الجبل.", figures=[("3", 3, "killed", "طريق الجبل")])
    assert [entry.record.value for entry in archive.beside("a", "f1")] == [17]


def test_related_articles_share_what_their_titles_say(archive):
    tell(archive, "a", "2016-05-01", "انفجار في سوق الحبوب\n\nنص أول.")
    tell(archive, "b", "2016-05-02", "حصيلة انفجار سوق الحبوب\n\nنص ثان.")
    tell(archive, "c", "2016-05-02", "مباراة كرة\n\nنص ثالث.")
    assert [summary.id for summary in archive.related("a")] == ["b"]
