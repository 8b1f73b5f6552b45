"""How fast an archive takes and finds, as it grows; beside others on the same texts.

    python -m benchmarks.archive [--articles 1000] [--against fts5 tantivy postgres] [--folder FOLDER]

The articles are made by mixing sentences of the shared news corpus (the folder that SIJILL_SHARED names, by default
``../shared`` beside the checkout), each with a record of a dozen statements, four figures, three developments, three
events and as many parties as speak. A made record stands for a read one, so that keeping is measured without reading.
The questions are words that stand near each other in a text of the corpus. Beside sijill: SQLite FTS5 bare, tantivy,
and PostgreSQL's full text where a server's programs are at hand.

Adding is measured in time of the processor (this process on one core), searching by the clock, and by the processor
too where that says how much the machine was busy with other things. With ``--folder`` the files stay there.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import pwd
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sijill.archive import Archive, open_archive
from sijill.archive.analysis import stems
from sijill.page.capture import Capture
from sijill.record import Act, Article, Development, Event, Figure, Party, Record, Span, Statement

SHARED = Path(os.environ.get("SIJILL_SHARED", Path(__file__).resolve().parents[2] / "shared"))
FIRST_DAY = date(2012, 1, 1)
DAYS = 3650
ACTS: list[Act] = ["say"] * 16 + ["announce"] * 3 + ["accuse"] * 2 + ["deny"]
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
    """Median and 95th percentile in milliseconds, by the clock and of this process."""
    clock: list[float] = []
    processor: list[float] = []
    for question in questions:
        begin, busy = time.perf_counter(), time.process_time()
        action(question)
        clock.append((time.perf_counter() - begin) * 1000)
        processor.append((time.process_time() - busy) * 1000)
    return f"p50 {_at(clock, 0.5):6.1f}   p95 {_at(clock, 0.95):6.1f} ms   (processor p95 {_at(processor, 0.95):6.1f})"


def _at(times: list[float], share: float) -> float:
    return sorted(times)[int(len(times) * share)]


class Adding:
    """Time of adding, told as it goes on: all, and of the last articles before each mark."""

    def __init__(self, count: int) -> None:
        self.marks = [mark for mark in (1000, 3000, 10_000, 30_000, 100_000, 300_000) if mark < count] + [count]
        self.processor = self.clock = 0.0
        self.last: list[float] = []

    def add(self, number: int, action: Callable[[], object]) -> None:
        busy, begin = time.process_time(), time.perf_counter()
        action()
        spent = time.process_time() - busy
        self.processor += spent
        self.clock += time.perf_counter() - begin
        self.last = [*self.last[-499:], spent]
        if number in self.marks:
            each = sum(self.last) / len(self.last) * 1000
            print(f"                {each:.2f} ms of the processor an article at {number:,}", flush=True)
            if number == self.marks[-1]:
                by_clock = number / self.clock
                print(f"add             {number / self.processor:.0f} a second and core, {by_clock:.0f} by the clock")


def measure_sijill(news: News, count: int, folder: Path) -> None:
    with open_archive(folder / "news.sijill") as archive:
        adding = Adding(count)
        with ExitStack() as intake:
            add = intake.enter_context(archive.adding())
            for number in range(1, count + 1):
                article, record = news.article(number)
                capture = Capture(data=article.text.encode(), name=article.id)

                def keep() -> None:
                    add(capture, article, record)  # noqa: B023
                    if number == count:  # noqa: B023
                        intake.close()  # the last pages are joined and indexed here

                adding.add(number, keep)
        status = archive.status()
        print(
            f"size            {status['bytes'] / count / 1024:.1f} KB an article, {status['statements']:,} statements"
        )
        search(archive, news)
        speakers = [news.names[place] for place in (0, 1, 2, 5, 10, 50)] * 5
        print("speaker's page ", timed(lambda name: archive.statements(speaker=name), speakers))
        keys = [summary.key for summary in archive.dossiers(limit=30)]
        print("dossier's page ", timed(lambda key: archive.dossier(key, limit=60), keys))
        ids = [summary.id for summary in archive.articles(limit=30)]
        print("record         ", timed(archive.record, ids))
        print("related        ", timed(archive.related, ids))


def search(archive: Archive, news: News) -> None:
    for question in news.questions(1, 20):  # what a first question reads of the file
        archive.search(question)
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
    adding = Adding(count)
    for number in range(1, count + 1):
        article, _ = news.article(number)
        row = (article.title, article.text, article.outlet, article.published)
        adding.add(number, lambda: connection.execute("INSERT INTO plain VALUES (?, ?, ?, ?)", row))  # noqa: B023
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
    adding = Adding(count)
    for number in range(1, count + 1):
        article, _ = news.article(number)
        document = tantivy.Document(title=article.title, text=article.text, outlet=article.outlet)
        adding.add(number, lambda: writer.add_document(document))  # noqa: B023
    begin = time.process_time()
    writer.commit()
    writer.wait_merging_threads()
    print(f"                and {time.process_time() - begin:.1f} s of the processor for the one commit")
    index.reload()
    searcher = index.searcher()

    def ask(question: str) -> object:
        query = index.parse_query(" ".join(f"+{word}" for word in question.split()), ["title", "text"])
        maker = tantivy.SnippetGenerator.create(searcher, query, index.schema, "text")
        return [maker.snippet_from_doc(searcher.doc(address)) for _, address in searcher.search(query, 20).hits]

    for words in (1, 2, 3):
        print(f"{words} words         ", timed(ask, list(news.questions(words, 100))))


def measure_postgres(news: News, count: int, folder: Path) -> None:
    # Not in the folder given: the user that the server runs as may not be let into it.
    with tempfile.TemporaryDirectory(prefix="sijill-postgres-") as own:
        try:
            server = Postgres(Path(own))
        except (FileNotFoundError, subprocess.CalledProcessError) as problem:
            print(f"skipped: no PostgreSQL could be started here ({problem})")
            return
        with server:
            _fill_and_ask(server, news, count)


def _fill_and_ask(server: Postgres, news: News, count: int) -> None:
    server.ask(
        "CREATE TABLE plain (id text, title text, text text, outlet text, words tsvector GENERATED ALWAYS AS "
        "(to_tsvector('arabic', coalesce(title, '') || ' ' || text)) STORED);"
        "CREATE INDEX words ON plain USING gin (words)"
    )
    begin = time.perf_counter()
    for number in range(1, count + 1):
        article, _ = news.article(number)
        values = ", ".join(map(_quoted, (article.id, article.title, article.text, article.outlet)))
        server.ask(f"INSERT INTO plain (id, title, text, outlet) VALUES ({values})")
    print(f"add             {count / (time.perf_counter() - begin):.0f} texts a second by the clock, no record")
    server.ask("VACUUM ANALYZE plain")
    ask = (
        "SELECT id, title, ts_headline('arabic', text, q) FROM (SELECT id, title, text, q FROM plain, "
        "plainto_tsquery('arabic', {}) q WHERE words @@ q ORDER BY ts_rank(words, q) DESC LIMIT 20) best"
    )
    for words in (1, 2, 3):
        questions = [ask.format(_quoted(question)) for question in news.questions(words, 100)]
        print(f"{words} words         ", timed(server.ask, questions))


def _quoted(value: str | None) -> str:
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"


class Postgres:
    """A PostgreSQL server of its own in an empty folder, asked through psql.

    Raises `FileNotFoundError` where its programs are not to be found.
    """

    def __init__(self, folder: Path) -> None:
        found = [Path(path).parent for path in (shutil.which("initdb"), shutil.which("postgres")) if path]
        found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
        programs = next((at for at in found if (at / "initdb").exists() and (at / "postgres").exists()), None)
        if programs is None:
            raise FileNotFoundError("initdb and postgres are neither on the PATH nor in /usr/lib/postgresql/*/bin")
        # The server refuses to run as root.
        user = next((name for name in ("postgres", "nobody") if _is_user(name)), None) if os.geteuid() == 0 else None
        if user:
            shutil.chown(folder, user)
        data = folder / "data"
        subprocess.run(
            [programs / "initdb", "-D", data, "-E", "UTF8", "--locale=C", "-A", "trust", "-U", "bench"],
            user=user, check=True, capture_output=True, cwd=folder,
        )  # fmt: skip
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": folder,
            "synchronous_commit": "off",
            "shared_buffers": "512MB",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.server = subprocess.Popen(
            [programs / "postgres", "-D", data, *options], user=user, cwd=folder, stderr=subprocess.DEVNULL
        )
        client = shutil.which("psql") or str(programs / "psql")
        for _ in range(100):
            if (folder / ".s.PGSQL.5432").exists():
                break
            time.sleep(0.1)
        self.client = subprocess.Popen(
            [client, "-h", folder, "-U", "bench", "-AtqX", "-v", "ON_ERROR_STOP=1", "postgres"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip

    def __enter__(self) -> Postgres:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.terminate()
        self.client.wait()
        self.server.terminate()
        self.server.wait()

    def ask(self, question: str) -> list[str]:
        """The lines of the answer. Raises `RuntimeError` where the server gave none."""
        assert self.client.stdin is not None
        assert self.client.stdout is not None
        self.client.stdin.write(f"{question};\n\\echo the-end\n")
        self.client.stdin.flush()
        lines: list[str] = []
        for line in self.client.stdout:
            if line == "the-end\n":
                return lines
            lines.append(line)
        raise RuntimeError(f"psql ended at: {question[:200]}")


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


OTHERS = {"fts5": measure_fts5, "tantivy": measure_tantivy, "postgres": measure_postgres}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000, metavar="N")
    parser.add_argument("--against", nargs="*", choices=list(OTHERS), default=list(OTHERS))
    parser.add_argument("--folder", type=Path, help="a new folder to make the files in, and leave them")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"{SHARED} is not there: set SIJILL_SHARED to the folder with corpus/", file=sys.stderr)
        return 1
    if options.folder:
        options.folder.mkdir(parents=True)
    for name, measure in {"sijill": measure_sijill, **{name: OTHERS[name] for name in options.against}}.items():
        print(f"\n{name}: {options.articles:,} articles", flush=True)
        with tempfile.TemporaryDirectory(prefix="sijill-bench-") as folder:
            measure(News(), options.articles, options.folder or Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
