"""The articles that the tests of the site read: an ordinary one, one that attacks the page, and many short ones."""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image as Picture

from sijill.archive import open_archive
from sijill.page.capture import Capture
from sijill.record import (
    Article,
    Attribution,
    Block,
    Date,
    Development,
    Event,
    Figure,
    Image,
    Link,
    Party,
    Record,
    Span,
    Statement,
)

STORY = """تعليق محادثات الهدنة في المدينة

الوسطاء يأملون في استئنافها خلال أسبوع

قال الناطق سامر الحلبي "قتل 12 مدنيا مساء الاثنين في المدينة القديمة" واتهم الجيش بخرق الهدنة.

ردود الفعل

نفى الجيش وقوع قصف على الأحياء السكنية.

وقف القصف
فتح المعابر

لن نعود إلى الطاولة قبل فتح المعابر"""

HOSTILE = (
    '<script>document.title="owned"</script> \u202eأخبار معكوسة <img src=x onerror=alert(1)> "><svg/onload=alert(2)>'
)


def words(article: Article, text: str) -> Span:
    """The first place of some words in an article."""
    start = article.text.index(text)
    return article.span(start, start + len(text))


def blocks_of(text: str, kinds: list[str]) -> list[Block]:
    """A block of each kind for the paragraphs of a text."""
    places = [match.span() for match in re.finditer(r"(?:(?!\n\n).)+", text, re.DOTALL)]
    return [Block(kind=kind, start=start, end=end) for kind, (start, end) in zip(kinds, places, strict=True)]  # type: ignore[arg-type]


def story() -> Record:
    """An article in which marks nest (a figure and a date in a statement) and cross (an event over its end)."""
    article = Article(
        id="story",
        lang="ar",
        url="https://news.example/story",
        outlet="صحيفة المثال",
        title=STORY.split("\n")[0],
        standfirst=STORY.split("\n")[2],
        published="2016-10-03",
        captured="2016-10-04T08:30:00+00:00",
        sections=["الارشيف", "أخبار العالم"],
        bylines=["ليلى المثال"],
        agencies=["AFP"],
        text=STORY,
        blocks=blocks_of(STORY, ["title", "standfirst", "paragraph", "subhead", "paragraph", "list", "quote"]),
        images=[
            *(Image(src=f"g{n}.png", caption=f"صورة {n}", position=-1, gallery=f"{n}/3") for n in (1, 2, 3)),
            Image(src="square.png", caption="ساحة المدينة", credit="Example Pictures", position=2),
            Image(caption="صورة لم تصل", credit="Example Agency", position=4),
        ],
    )
    chain = [
        Attribution(role="outlet", name="صحيفة المثال"),
        Attribution(role="agency", name="AFP"),
        Attribution(role="speaker", name="سامر الحلبي"),
    ]
    monday = words(article, "مساء الاثنين")
    statements = [
        Statement(
            id="s1", content=words(article, "قتل 12 مدنيا مساء الاثنين في المدينة القديمة"), form="direct", act="say",
            cue=words(article, "قال"), source=words(article, "الناطق سامر الحلبي"), speaker="سامر الحلبي",
            date="2016-10-03", chain=chain, rule="verb, source, content",
        ),
        Statement(
            id="s2", content=words(article, "خرق الهدنة"), form="indirect", act="accuse", cue=words(article, "واتهم"),
            source=words(article, "الناطق سامر الحلبي"), speaker="سامر الحلبي", target=words(article, "الجيش"),
        ),
        Statement(id="s3", content=words(article, "وقوع قصف"), form="indirect", act="deny", cue=words(article, "نفى"),
                  source=words(article, "الجيش"), speaker="الجيش"),
    ]  # fmt: skip
    return Record(
        article=article,
        parties=[
            Party(id="p1", name="سامر الحلبي", kind="person", role="الناطق", mentions=[words(article, "سامر الحلبي")])
        ],
        dates=[Date(id="t1", start=monday.start, end=monday.end, text=monday.text, value="2016-10-03",
                    precision="time")],
        statements=statements,
        figures=[
            Figure(id="f1", span=words(article, "12 مدنيا"), value=12, bound="exact", what="killed",
                   who=words(article, "مدنيا"), place=words(article, "المدينة القديمة"),
                   claimant="سامر الحلبي", chain=chain)
        ],
        developments=[
            Development(id="d1", kind="talks", status="suspended", modality="actual", trigger=words(article, "تعليق"),
                        subject=words(article, "محادثات الهدنة"), date="2016-10-03")
        ],
        events=[
            Event(id="e1", type="ACCUSE", cameo="11", trigger=words(article, 'القديمة" واتهم'), modality="actual",
                  actor=words(article, "سامر الحلبي"))
        ],
        links=[Link(from_="s3", rel="denies", to="f1")],
    )  # fmt: skip


BEGINNING = """بدء محادثات الهدنة في المدينة

قال الناطق سامر الحلبي "قتل 12 مدنيا مساء الاثنين في المدينة القديمة" وأحصى الجيش 9 قتلى في المدينة القديمة."""


def beginning() -> Record:
    """What another outlet told two days before the story: the same process, the same words, another toll."""
    article = Article(
        id="beginning", lang="ar", outlet="شبكة المثال", title=BEGINNING.split("\n")[0], published="2016-10-01",
        sections=["الارشيف", "أخبار العالم"], text=BEGINNING, blocks=blocks_of(BEGINNING, ["title", "paragraph"]),
    )  # fmt: skip
    content = words(article, "قتل 12 مدنيا مساء الاثنين في المدينة القديمة")
    return Record(
        article=article,
        parties=[
            Party(id="p1", name="سامر الحلبي", kind="person", role="الناطق", mentions=[words(article, "سامر الحلبي")]),
            Party(id="p2", name="الحلبي", kind="person", role="المتحدث العسكري", mentions=[words(article, "الحلبي")]),
        ],
        statements=[
            Statement(id="s1", content=content, form="direct", act="say", cue=words(article, "قال"),
                      source=words(article, "الناطق سامر الحلبي"), speaker="سامر الحلبي")
        ],
        figures=[
            Figure(id="f1", span=words(article, "12 مدنيا"), value=12, bound="exact", what="killed",
                   place=words(article, "المدينة القديمة"), claimant="سامر الحلبي"),
            Figure(id="f2", span=words(article, "9 قتلى"), value=9, bound="exact", what="killed",
                   place=words(article, "المدينة القديمة"), claimant="الجيش"),
        ],
        developments=[
            Development(id="d1", kind="talks", status="under_way", modality="actual", trigger=words(article, "بدء"),
                        subject=words(article, "محادثات الهدنة"), date="2016-10-01", by="الوسطاء",
                        reasons=[words(article, "مساء الاثنين")])
        ],
    )  # fmt: skip


def hostile() -> Record:
    """An article every field of which tries to break out of the page."""
    text = f"{HOSTILE}\n\nقال {HOSTILE} إن الأمر انتهى"
    article = Article(
        id="hostile", lang='ar" onclick="x', url="javascript:alert(3)", outlet=HOSTILE, title=HOSTILE,
        standfirst=HOSTILE, published="2016-10-01", sections=[HOSTILE], bylines=[HOSTILE], agencies=[HOSTILE],
        text=text, blocks=blocks_of(text, ["title", "paragraph"]),
        images=[Image(src="x.svg", caption=HOSTILE, credit=HOSTILE, gallery=HOSTILE)],
    )  # fmt: skip
    statement = Statement(
        id="s1", content=words(article, "الأمر انتهى"), form="indirect", act="say", cue=words(article, "قال"),
        source=words(article, HOSTILE), speaker=HOSTILE, rule=HOSTILE,
    )  # fmt: skip
    party = Party(id="p1", name=HOSTILE, kind="person", role=HOSTILE, mentions=[words(article, HOSTILE)])
    return Record(article=article, statements=[statement], parties=[party], warnings=[HOSTILE])


def huge() -> Record:
    """One word of fifty thousand letters under a title of one word, with marks one inside the other."""
    title, word = "ط" * 500, "ب" * 50_000
    article = Article(
        id="huge", lang="ar", outlet="و" * 300, title=title, published="2016-08-01", text=f"{title}\n\n{word}",
        blocks=blocks_of(f"{title}\n\n{word}", ["title", "paragraph"]),
    )  # fmt: skip
    start = len(title) + 2
    statements = [
        Statement(id=f"s{n}", content=article.span(start + n, start + 9_000 - n), form="indirect", act="say",
                  speaker="ق" * 300)
        for n in range(30)
    ]  # fmt: skip
    return Record(article=article, statements=statements)


def plain(number: int) -> Record:
    """One of many short articles, each a day older than the one before."""
    article = Article(
        id=f"plain-{number}", lang="ar", outlet="وكالة المثال", title=f"خبر قصير رقم {number}",
        published=f"2016-{9 - number // 28:02}-{28 - number % 28:02}", sections=["الارشيف"],
        text=f"أعلنت الوكالة الخبر رقم {number}",
    )  # fmt: skip
    statement = Statement(
        id="s1", content=words(article, "الخبر"), form="indirect", act="announce", speaker="الوكالة"
    )  # fmt: skip
    return Record(article=article, statements=[statement])


def revised(toll: int) -> Record:
    """One article in two versions: a toll is put right, a paragraph goes, another comes."""
    last = "ولم تتضح أسباب الحريق" if toll == 7 else "وفتحت الشرطة تحقيقا"
    text = f"حريق في المرفأ\n\nقتل {toll} عمال في حريق بالمرفأ\n\n{last}"
    kinds = ["title", "paragraph", "paragraph"]
    article = Article(
        id="revised", lang="ar", outlet="وكالة المثال", title="حريق في المرفأ", published="2016-09-30",
        captured=f"2016-09-30T{toll:02}:00:00+00:00", text=text, blocks=blocks_of(text, kinds),
    )  # fmt: skip
    figure = Figure(id="f1", span=words(article, f"{toll} عمال"), value=toll, bound="exact", what="killed")
    return Record(article=article, figures=[figure])


def picture(colour: str) -> bytes:
    """A small PNG."""
    file = io.BytesIO()
    Picture.new("RGB", (320, 200), colour).save(file, "PNG")
    return file.getvalue()


def fill(path: Path) -> None:
    """Put all of them into a new archive."""
    with open_archive(path) as archive:
        record = story()
        pictures = {f"g{n}.png": picture(colour) for n, colour in ((1, "#264"), (2, "#842"), (3, "#248"))}
        archive.add(
            Capture(data=STORY.encode(), name="saved/story.html", images=pictures | {"square.png": picture("#555")}),
            record.article,
            record,
        )
        svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(4)</script></svg>'
        page = b"<script>alert(5)</script>"
        archive.add(Capture(data=page, name='a".html', images={"x.svg": svg}), hostile().article, hostile())
        record = beginning()
        archive.add(Capture(data=BEGINNING.encode()), record.article, record)
        record = huge()
        archive.add(Capture(data=b"huge"), record.article, record)
        for toll in (7, 9):
            record = revised(toll)
            archive.add(
                Capture(data=record.article.text.encode(), captured=record.article.captured), record.article, record
            )
        for number in range(50):
            record = plain(number)
            archive.add(Capture(data=record.article.text.encode()), record.article, record)
