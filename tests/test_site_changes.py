"""Comparing two versions loses no word of either."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sijill.record import Article, Block, Record, Statement
from sijill.site.changes import Words, paragraphs, records

lines = st.lists(st.text(st.sampled_from("اب ج. ١"), min_size=1, max_size=12).filter(str.strip), max_size=6)


def article_of(texts: list[str]) -> Article:
    blocks, text = list[Block](), "\n\n".join(texts)
    for line in texts:
        start = blocks[-1].end + 2 if blocks else 0
        blocks.append(Block(kind="paragraph", start=start, end=start + len(line)))
    return Article(id="a", lang="ar", text=text, blocks=blocks)


def joined(side: list[Words] | None) -> str | None:
    return None if side is None else "".join(part.text for part in side)


@given(lines, lines)
def test_both_sides_are_whole(old: list[str], new: list[str]) -> None:
    rows = paragraphs(article_of(old), article_of(new))
    assert [text for row in rows if (text := joined(row.old)) is not None] == (old or [""])
    assert [text for row in rows if (text := joined(row.new)) is not None] == (new or [""])
    assert all(row.changed == (joined(row.old) != joined(row.new)) for row in rows)


def test_record_that_only_moved_did_not_change() -> None:
    def version(text: str) -> Record:
        article = article_of([text])
        start = text.index("القرار")
        said = Statement(id="s1", content=article.span(start, start + 6), form="indirect", act="say", speaker="كيري")
        return Record(article=article, statements=[said])

    moved = records(version("قال كيري القرار"), version("اليوم قال كيري القرار"))
    assert (moved.gone, moved.come) == ([], [])
    other = version("قال كيري القرار")
    denied = Statement(
        id="s1", content=other.statements[0].content, form="indirect", act="deny", speaker="كيري", rule="another"
    )
    changed = records(other, Record(article=other.article, statements=[denied]))
    assert (changed.gone, changed.come) == (other.statements, [denied])
