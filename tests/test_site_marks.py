"""Marks cut the text without losing a letter, however they nest and cross."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sijill.record import Article, Block, Date, Figure, Record, Span, Statement
from sijill.site.marks import marked_blocks, pieces

TEXT = "قال إن 40 شخصا قتلوا يوم الأحد في ثلاث قرى، ولم يذكر من قتلهم"

places = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted).filter(lambda p: p[0] < p[1])


def record_of(spans: list[list[int]], blocks: list[Block] | None = None) -> Record:
    article = Article(id="a", lang="ar", text=TEXT, blocks=blocks or [])
    statements = [
        Statement(id=f"s{number}", content=article.span(*place), form="indirect", act="say")
        for number, place in enumerate(spans)
    ]
    return Record(article=article, statements=statements)


@given(st.lists(places, max_size=12))
def test_pieces_are_the_text_and_know_exactly_what_covers_them(spans: list[list[int]]) -> None:
    cut = pieces(record_of(spans))
    assert "".join(piece.text for piece in cut) == TEXT
    for piece in cut:
        end = piece.start + len(piece.text)
        covering = {f"s{n}" for n, (start, stop) in enumerate(spans) if start <= piece.start and end <= stop}
        assert set(piece.records) == covering


@given(st.lists(places, min_size=1, max_size=12))
def test_every_record_has_one_place_to_link_to(spans: list[list[int]]) -> None:
    begins = [id for piece in pieces(record_of(spans)) for id in piece.begins]
    assert sorted(begins) == sorted(f"s{number}" for number in range(len(spans)))


@given(st.lists(places, max_size=6), st.lists(places, max_size=6))
def test_blocks_keep_their_words(spans: list[list[int]], cuts: list[list[int]]) -> None:
    edges = sorted({edge for cut in cuts for edge in cut})
    blocks = [Block(kind="paragraph", start=a, end=b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    blocks = blocks or [Block(kind="paragraph", start=0, end=len(TEXT))]
    printed = [
        "".join(piece.text for line in block.lines for piece in line)
        for block in marked_blocks(record_of(spans, blocks))
    ]
    assert printed == [TEXT[block.start : block.end] for block in blocks]


def test_words_open_the_innermost_record() -> None:
    article = Article(id="a", lang="ar", text=TEXT)
    record = Record(
        article=article,
        statements=[Statement(id="s1", content=article.span(7, 26), form="indirect", act="say")],
        figures=[Figure(id="f1", span=article.span(7, 14), value=40, bound="exact", what="killed")],
        dates=[Date(id="t1", start=22, end=30, text=TEXT[22:30], value=None, precision="day")],
    )
    opens = {piece.text: (piece.opens, piece.records) for piece in pieces(record) if piece.marks}
    assert opens["40 شخصا"] == ("f1", ("f1", "s1"))
    assert [ids for _, ids in opens.values()] == [("f1", "s1"), ("s1",), ("t1", "s1"), ("t1",)]


def test_interrupted_content_is_marked_in_its_parts_only() -> None:
    article = Article(id="a", lang="ar", text=TEXT)
    whole = article.span(7, 40)
    content = Span(whole.start, whole.end, whole.text, (article.span(7, 14), article.span(30, 40)))
    statement = Statement(id="s1", content=content, form="direct", act="say")
    marked = [piece.text for piece in pieces(Record(article=article, statements=[statement])) if piece.marks]
    assert marked == [TEXT[7:14], TEXT[30:40]]


def test_list_is_cut_into_its_lines() -> None:
    text = "وقف القصف\nفتح المعابر"
    article = Article(id="a", lang="ar", text=text, blocks=[Block(kind="list", start=0, end=len(text))])
    [block] = marked_blocks(Record(article=article))
    assert ["".join(piece.text for piece in line) for line in block.lines] == ["وقف القصف", "فتح المعابر"]
