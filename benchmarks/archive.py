"""How fast an archive takes and finds, as it grows; beside SQLite FTS5 bare and tantivy on the same texts.

    python benchmarks/archive.py [--articles 1000] [--against fts5 tantivy]

The articles are made by mixing sentences of the shared news corpus (the folder that SIJILL_SHARED names, by default
``../shared`` beside the checkout), each with a record of a dozen statements, four figures, three developments, three
events and as many parties as speak. A made record stands for a read one, so that keeping is measured without reading.
Times are of this process on one core; the questions are words that stand near each other in a text of the corpus.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sijill.archive import Archive, open_archive
from sijill.archive.analysis import stems
from sijill.page.capture import Capture
from sijill.record import Article, Development, Event, Figure, Party, Record, Span, Statement

SHARED = Path(os.environ.get("SIJILL_SHARED", Path(__file__).resolve().parents[2] / "shared"))
FIRST_DAY = date(2012, 1, 1)
DAYS = 3650
ACTS = ["say"] * 16 + ["announce"] * 3 + ["accuse"] * 2 + ["deny"]
"""About as often as in real reports."""
_SENTENCE = re.compile(r"(?<=[.!؟])\s+|\n+")


class News:
    """Articles without end, alike for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        with gzip.open(SHARED / "corpus/news-ar.jsonl.gz", "rt", encoding="utf-8") as lines:
            self.pages = [page for page in map(json.loads, lines) if len(page["text"]) > 400]
        self.sentences = [[part for part in _SENTENCE.split(page["text"]) if part.strip()] for page in self.pages]
        self.all_sentences = [sentence for page in self.sentences for sentence in page]
        words = [word for page in self.pages for word in page["title"].split() if len(word) > 3]
        # Few speak often and many seldom, as in the news.
        self.names = [f"{self.random.choice(words)} {self.random.choice(words)}" for _ in range(4000)]

    def article(self, number: int) -> tuple[Article, Record]:
        which = self.random.randrange(len(self.pages))
        own = [sentence for sentence in self.sentences[which] if self.random.random() < 0.7]
        body = own + self.random.sample(self.all_sentences, max(2, len(self.sentences[which]) // 3))
        title = self.pages[which]["title"] or body[0][:60]
        text = "\n\n".join([title, *body]).replace("\0", "")
        day = FIRST_DAY + timedelta(days=self.random.randrange(DAYS))
        article = Article(
            id=f"n{number}", lang="ar", text=text, title=title, published=day.isoformat(),
            outlet=self.pages[which]["outlet"], sections=["news", f"part {which % 20}"],
        )  # fmt: skip
        return article, self._record(article, body)

    def _record(self, article: Article, body: Sequence[str]) -> Record:
        spans = [
            Span(start, start + len(sentence), sentence)
            for sentence in body
            if (start := article.text.find(sentence)) >= 0 and len(sentence) > 20
        ] or [Span(0, len(article.text), article.text)]
        names = [self.names[int(4000 * self.random.random() ** 3)] for _ in range(5)]
        pick = self.random.choice
        parties = [Party(id=f"p{n}", name=name, kind="person") for n, name in enumerate(dict.fromkeys(names), 1)]
        return Record(
            article=article,
            parties=parties,
            statements=[
                Statement(id=f"s{n}", content=pick(spans), form=pick(("direct", "indirect")),
                          act=pick(ACTS), speaker=pick(names))
                for n in range(1, 13)
            ],
            figures=[
                Figure(id=f"f{n}", span=_words(pick(spans), 2), value=n, bound="exact",
                       what=pick(("killed", "wounded", "displaced")), claimant=pick(names))
                for n in range(1, 5)
            ],
            developments=[
                Development(id=f"d{n}", kind=pick(("talks", "ceasefire", "agreement")),
                            status=pick(("in_force", "suspended", "resumed", "ended")), modality="actual",
                            trigger=_words(pick(spans), 1), subject=_words(pick(spans), 3), by=pick(names))
                for n in range(1, 4)
            ],
            events=[
                Event(id=f"e{n}", type="CONSULT", cameo="04", modality="actual", trigger=_words(pick(spans), 1),
                      actor_party=pick(names))
                for n in range(1, 4)
            ],
        )  # fmt: skip

    def questions(self, words: int, count: int) -> Iterator[str]:
        for _ in range(count):
            while True:
                text = self.random.choice(self.pages)["text"].split()
                at = self.random.randrange(len(text))
                near = [word for word in text[at : at + 8] if len(word) > 2 and stems(word) and word.isalpha()]
                if len(near) >= words:
                    break
            yield " ".join(self.random.sample(near, words))


def _words(span: Span, count: int) -> Span:
    text = " ".join(span.text.split(" ")[:count])
    return Span(span.start, span.start + len(text), text)


def timed(action: Callable[[Any], object], questions: Sequence[Any]) -> str:
    """Median and 95th percentile in milliseconds."""
    times: list[float] = []
    for question in questions:
        begin = time.perf_counter()
        action(question)
        times.append((time.perf_counter() - begin) * 1000)
    times.sort()
    return f"p50 {times[len(times) // 2]:6.1f}   p95 {times[int(len(times) * 0.95)]:6.1f} ms"


def measure_sijill(news: News, count: int, folder: Path) -> None:
    with open_archive(folder / "news.sijill") as archive:
        rates: list[tuple[int, float]] = []
        slow: list[float] = []
        for number in range(count):
            article, record = news.article(number)
            capture = Capture(data=article.text.encode(), name=article.id)
            begin = time.perf_counter()
            archive.add(capture, article, record)
            slow.append(time.perf_counter() - begin)
            if number + 1 in (1000, count):
                last = slow[-min(500, len(slow)) :]
                rates.append((number + 1, sum(last) / len(last) * 1000))
        print(f"add             {count / sum(slow):.0f} articles/s, with record, index and links")
        for at, each in rates:
            print(f"                {each:.2f} ms an article at {at:,}")
        status = archive.status()
        print(
            f"size            {status['bytes'] / count / 1024:.1f} KB an article, {status['statements']:,} statements"
        )
        _search(archive, news)
        speakers = [news.names[place] for place in (0, 1, 2, 5, 10, 50)] * 5
        print("speaker's page ", timed(lambda name: archive.statements(speaker=name), speakers))
        keys = [summary.key for summary in archive.dossiers(limit=30)]
        print("dossier's page ", timed(archive.dossier, keys))
        ids = [summary.id for summary in archive.articles(limit=30)]
        print("record         ", timed(archive.record, ids))
        print("related        ", timed(archive.related, ids))


def _search(archive: Archive, news: News) -> None:
    outlets = [outlet for outlet, _ in archive.outlets()]
    for words in (1, 2, 3):
        questions = list(news.questions(words, 100))
        filtered = [f"{question} outlet:{news.random.choice(outlets)} after:2015" for question in questions]
        print(f"{words} words         ", timed(lambda question: archive.search(question, facets=False), questions))
        print("  with filters ", timed(lambda question: archive.search(question, facets=False), filtered))
        print("  with facets  ", timed(archive.search, questions))
    for question in ("speaker:{} {}", "act:deny {1}"):
        asked = [question.format(news.names[3], word) for word in news.questions(1, 50)]
        print(f"{question.split(':')[0] + ':':15s}", timed(lambda text: archive.search(text, facets=False), asked))


def measure_fts5(news: News, count: int, folder: Path) -> None:
    connection = sqlite3.connect(folder / "plain.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("CREATE VIRTUAL TABLE plain USING fts5 (title, text, outlet UNINDEXED, published UNINDEXED)")
    spent = 0.0
    for number in range(count):
        article, _ = news.article(number)
        begin = time.perf_counter()
        connection.execute(
            "INSERT INTO plain VALUES (?, ?, ?, ?)", (article.title, article.text, article.outlet, article.published)
        )
        spent += time.perf_counter() - begin
    print(f"add             {count / spent:.0f} texts/s, no record")
    ask = (
        "SELECT rowid, title, snippet(plain, 1, '[', ']', '…', 32) FROM plain WHERE plain MATCH ? "
        "ORDER BY rank LIMIT 20"
    )
    for words in (1, 2, 3):
        print(
            f"{words} words         ",
            timed(lambda q: connection.execute(ask, (q,)).fetchall(), list(news.questions(words, 100))),
        )
    connection.close()


def measure_tantivy(news: News, count: int, folder: Path) -> None:
    try:
        import tantivy  # pyright: ignore
    except ImportError:
        print("tantivy is not installed: pip install tantivy")
        return
    builder = tantivy.SchemaBuilder()
    for field in ("title", "text", "outlet"):
        builder.add_text_field(field, stored=True)
    (folder / "tantivy").mkdir()
    index = tantivy.Index(builder.build(), path=str(folder / "tantivy"))
    writer = index.writer(heap_size=128_000_000, num_threads=1)
    spent = 0.0
    for number in range(count):
        article, _ = news.article(number)
        begin = time.perf_counter()
        writer.add_document(tantivy.Document(title=article.title, text=article.text, outlet=article.outlet))
        spent += time.perf_counter() - begin
    begin = time.perf_counter()
    writer.commit()
    writer.wait_merging_threads()
    spent += time.perf_counter() - begin
    print(f"add             {count / spent:.0f} texts/s, no record, one commit")
    index.reload()
    searcher = index.searcher()

    def ask(question: str) -> object:
        query = index.parse_query(" ".join(f"+{word}" for word in question.split()), ["title", "text"])
        maker = tantivy.SnippetGenerator.create(searcher, query, index.schema, "text")
        return [maker.snippet_from_doc(searcher.doc(address)) for _, address in searcher.search(query, 20).hits]

    for words in (1, 2, 3):
        print(f"{words} words         ", timed(ask, list(news.questions(words, 100))))


MEASURED = {"sijill": measure_sijill, "fts5": measure_fts5, "tantivy": measure_tantivy}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000, metavar="N")
    parser.add_argument("--against", nargs="*", choices=["fts5", "tantivy"], default=["fts5", "tantivy"])
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"{SHARED} is not there: set SIJILL_SHARED to the folder with corpus/", file=sys.stderr)
        return 1
    for name in ("sijill", *options.against):
        print(f"\n{name}: {options.articles:,} articles")
        with tempfile.TemporaryDirectory(prefix="sijill-bench-") as folder:
            MEASURED[name](News(), options.articles, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
