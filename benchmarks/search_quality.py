"""How well a question finds its paragraph: XQuAD in Arabic, among news reports as distractors.

    python benchmarks/search_quality.py [--plain]

Each of the 1,190 questions is put to an archive of the 240 paragraphs and the shared news corpus, in its own words.
MRR@10 is the mean of 1/rank of the paragraph it was asked about, R@10 how often that is among the first ten.
``--plain`` asks SQLite FTS5 bare (unicode61, an OR of the words), for comparison. The texts lie in the folder that
SIJILL_SHARED names (by default ``../shared`` beside the checkout) and are not part of the project.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sijill.archive import open_archive
from sijill.page.capture import Capture
from sijill.record import Article, Record

SHARED = Path(os.environ.get("SIJILL_SHARED", Path(__file__).resolve().parents[2] / "shared"))

_UNQUOTED = str.maketrans(dict.fromkeys('"«»“”„', " "))


def load() -> tuple[list[str], list[tuple[str, int]], list[tuple[str, str]]]:
    """The paragraphs, the questions with the index of their paragraph, and the distractors as (title, text)."""
    paragraphs: list[str] = []
    questions: list[tuple[str, int]] = []
    data = json.loads((SHARED / "search-eval/xquad.ar.json").read_text("utf-8"))["data"]
    for paragraph in (paragraph for article in data for paragraph in article["paragraphs"]):
        # A question is asked as words: what it quotes need not be printed so.
        questions += [(asked["question"].translate(_UNQUOTED), len(paragraphs)) for asked in paragraph["qas"]]
        paragraphs.append(paragraph["context"])
    with gzip.open(SHARED / "corpus/news-ar.jsonl.gz", "rt", encoding="utf-8") as lines:
        news = [(page["title"] or "", page["text"]) for page in map(json.loads, lines)]
    return paragraphs, questions, news


def ask_sijill(paragraphs: list[str], news: list[tuple[str, str]]) -> Callable[[str], list[str]]:
    """An archive of the texts, to be asked."""
    archive = open_archive(":temporary:")
    texts = [("", text) for text in paragraphs] + news
    with archive.database.writing():
        for number, (title, text) in enumerate(texts):
            whole = f"{title}\n\n{text}" if title else text
            article = Article(id=str(number), lang="ar", text=whole.replace("\0", ""), title=title or None)
            archive.add(Capture(data=str(number).encode()), article, Record(article=article))
    return lambda question: [
        result.article or "" for result in archive.search(question, limit=10, facets=False).results
    ]


def ask_fts5(paragraphs: list[str], news: list[tuple[str, str]]) -> Callable[[str], list[str]]:
    """SQLite FTS5 as it comes, to be asked."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE plain USING fts5 (text)")
    texts = [*paragraphs, *(f"{title}\n{text}" for title, text in news)]
    connection.executemany("INSERT INTO plain (rowid, text) VALUES (?, ?)", enumerate(texts))

    def ask(question: str) -> list[str]:
        words = " OR ".join('"' + word.replace('"', "") + '"' for word in question.split())
        rows = connection.execute("SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 10", (words,))
        return [str(number) for (number,) in rows]

    return ask


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plain", action="store_true", help="ask SQLite FTS5 bare")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"{SHARED} is not there: set SIJILL_SHARED to the folder with search-eval/ and corpus/", file=sys.stderr)
        return 1
    paragraphs, questions, news = load()
    ask = (ask_fts5 if options.plain else ask_sijill)(paragraphs, news)
    reciprocal, found, begin = 0.0, 0, time.perf_counter()
    for question, paragraph in questions:
        answers = ask(question)
        if str(paragraph) in answers:
            found += 1
            reciprocal += 1 / (answers.index(str(paragraph)) + 1)
    each = (time.perf_counter() - begin) / len(questions) * 1000
    print(f"{len(questions)} questions on {len(paragraphs)} paragraphs among {len(news)} news reports")
    print(f"MRR@10 {reciprocal / len(questions):.4f}   R@10 {found / len(questions):.4f}   {each:.1f} ms a question")
    return 0


if __name__ == "__main__":
    sys.exit(main())
