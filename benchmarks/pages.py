"""How fast pages and web archives are read, beside peers on the same data in the same run.

    python -m benchmarks.pages [--rounds N] [--records N]

Pages: those of the shared folder (``SIJILL_SHARED`` or ../shared) with what is true of them,
else the test pages. Each extractor has a process of its own, for the memory that one fills and
the caches that it empties cost the next one time; it reads the test pages first, so that what is
done once is not counted. They take turns, all pages each, so that a busy machine disturbs all
alike; CPU seconds; read the ratios. The first round is given apart: then the pages are new to
whoever remembers what he has seen. newspaper4k is slow and runs that round alone. WARC: an archive
written for the run, read to the last page, beside warcio; then the peak of memory of processes
that read 10,000 and 100,000 records.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import multiprocessing
import os
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import cache, partial
from pathlib import Path
from statistics import fmean

from sijill.page import Capture, UnreadablePage, captures, read_page

Work = Callable[[bytes], object]

SHARED = Path(os.environ.get("SIJILL_SHARED", Path(__file__).parents[2] / "shared"))
FIXTURES = Path(__file__).parents[1] / "tests" / "data" / "pages"


def pages() -> list[bytes]:
    """The pages to read."""
    if (SHARED / "pages").is_dir():
        return [gzip.decompress(path.read_bytes()) for path in sorted((SHARED / "pages").glob("*.html.gz"))]
    return [path.read_bytes() for path in sorted(FIXTURES.glob("*.html")) if path.stem != "front-page"]


def sijill() -> Work:
    """Ours."""
    return read_page


def resiliparse() -> Work:
    """The text alone."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    return lambda page: extract_plain_text(HTMLTree.parse_from_bytes(page, "utf-8"), main_content=True)


def trafilatura(*, fast: bool = False) -> Work:
    """With metadata, as ours."""
    from trafilatura import bare_extraction

    return lambda page: bare_extraction(page, with_metadata=True, include_comments=False, fast=fast)


def newspaper4k() -> Work:
    """With metadata, without natural language processing."""
    from newspaper import Article, Config

    config = Config()
    config.fetch_images = False

    def work(page: bytes) -> object:
        article = Article("https://example.org/", config=config)
        article.download(input_html=page.decode("utf-8", "replace"))
        article.parse()
        return article

    return work


EXTRACTORS: dict[str, Callable[[], Work]] = {
    "sijill": sijill,
    "resiliparse, text alone": resiliparse,
    "trafilatura": trafilatura,
    "trafilatura, fast": partial(trafilatura, fast=True),
    "newspaper4k": newspaper4k,
}


@cache
def prepared(name: str) -> tuple[Work, list[bytes]]:
    """An extractor that has read the test pages, and the pages to read."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    work = EXTRACTORS[name]()
    for path in FIXTURES.glob("*.html"):
        with suppress(UnreadablePage):
            work(path.read_bytes())
    return work, pages()


def time_round(name: str) -> float:
    """The CPU seconds that an extractor takes for all pages."""
    work, data = prepared(name)
    begun = time.process_time()
    for page in data:
        work(page)
    return time.process_time() - begun


def time_pages(rounds: int) -> None:
    """Print pages per CPU second for each extractor."""
    data = pages()
    spent: dict[str, list[float]] = {name: [] for name in EXTRACTORS}
    with ExitStack() as processes:
        start = multiprocessing.get_context("spawn").Pool
        pools = {name: processes.enter_context(start(1)) for name in EXTRACTORS}
        for number in range(rounds):
            for name, pool in pools.items():
                if name == "newspaper4k" and number:
                    continue
                try:
                    spent[name].append(pool.apply(time_round, (name,)))
                except ImportError:
                    if not number:
                        print(f"{name} is not installed")
    print(f"{len(data)} pages, {sum(map(len, data)) / 1e6:.1f} MB")
    ours = fmean(spent["sijill"])
    for name, seconds in spent.items():
        if seconds:
            rate, first, share = len(data) / fmean(seconds), len(data) / seconds[0], fmean(seconds) / ours
            print(f"{name:<26}{rate:8.1f} pages/s{first:8.1f} in the first round{share:8.1f} times our time")


def write_archive(path: Path, count: int, page: bytes, *, pictures: bool = False) -> None:
    """A WARC file of so many records, one gzip member each: pages, or pages and pictures by turns."""
    with path.open("wb") as file:
        for number in range(count):
            kind = b"image/png" if pictures and number % 2 else b"text/html; charset=utf-8"
            http = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\n\r\n" + page
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
                f"WARC-Date: 2020-03-01T10:00:00Z\r\n"
                f"WARC-Target-URI: https://example.org/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(http)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + http + b"\r\n\r\n", 1))


def time_archive(count: int, rounds: int) -> None:
    """Print records per CPU second, ours beside warcio's."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bench.warc.gz")
        write_archive(path, count, pages()[-1][:20_000])
        readers: dict[str, Callable[[Path], int]] = {"sijill captures": count_captures}
        try:
            from warcio.archiveiterator import ArchiveIterator

            def warcio(path: Path) -> int:
                with path.open("rb") as file:
                    return sum(len(record.content_stream().read()) > 0 for record in ArchiveIterator(file))

            readers["warcio"] = warcio
        except ImportError:
            print("warcio is not installed")
        spent = dict.fromkeys(readers, 0.0)
        for _ in range(rounds):
            for name, read in readers.items():
                begun = time.process_time()
                read(path)
                spent[name] += time.process_time() - begun
        for name, seconds in spent.items():
            print(f"{name:<26}{count * rounds / seconds:8.0f} records/s")


def count_captures(path: Path) -> int:
    """Read an archive to its end."""
    return sum(isinstance(item, Capture) for item in captures([path]))


def peak_of_memory(path: Path) -> float:
    """The most memory in MB that this process had, once it has read an archive to its end."""
    count_captures(path)
    status = Path("/proc/self/status")
    if status.exists():  # where ru_maxrss counts the process too that this one was started from
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def measure_memory() -> None:
    """Print the peak of memory of a process that reads 10,000 records, and of one that reads ten times as many."""
    page = b"<!doctype html><h1>Report</h1>" + b"<p>The delegation arrived in the capital on Sunday.</p>" * 20
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bench.warc.gz")
        for pictures in (False, True):
            for count in (10_000, 100_000):
                write_archive(path, count, page, pictures=pictures)
                with multiprocessing.get_context("spawn").Pool(1) as pool:
                    peak = pool.apply(peak_of_memory, (path,))
                what = "records, half of them pictures" if pictures else "records"
                print(f"peak of memory            {peak:8.1f} MB over {count:,} {what}")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--records", type=int, default=4000)
    options = arguments.parse_args()
    time_pages(options.rounds)
    time_archive(options.records, options.rounds)
    measure_memory()
