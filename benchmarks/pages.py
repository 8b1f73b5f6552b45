"""How fast pages and web archives are read, beside peers on the same data in the same run.

    python -m benchmarks.pages [--rounds N] [--records N]

Pages: those of the shared folder (``SIJILL_SHARED`` or ../shared) with what is true of them,
else the test pages. The extractors take turns, all pages each, so that a busy machine
disturbs all alike; CPU seconds of this process; read the ratios. newspaper4k is slow and
runs one round. WARC: an archive written for the run, read to the last page, beside warcio;
then memory over ten times as many records.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import os
import tempfile
import time
import tracemalloc
import warnings
from collections.abc import Callable
from pathlib import Path

from sijill.page import Capture, captures, read_page

SHARED = Path(os.environ.get("SIJILL_SHARED", Path(__file__).parents[2] / "shared"))
FIXTURES = Path(__file__).parents[1] / "tests" / "data" / "pages"


def pages() -> list[bytes]:
    """The pages to read."""
    if (SHARED / "pages").is_dir():
        return [gzip.decompress(path.read_bytes()) for path in sorted((SHARED / "pages").glob("*.html.gz"))]
    return [path.read_bytes() for path in sorted(FIXTURES.glob("*.html")) if path.stem != "front-page"]


def extractors() -> dict[str, Callable[[bytes], object]]:
    """Ours, and each peer that is installed."""
    found: dict[str, Callable[[bytes], object]] = {"sijill": read_page}
    try:
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.html import HTMLTree

        def resiliparse(page: bytes) -> object:
            return extract_plain_text(HTMLTree.parse_from_bytes(page, "utf-8"), main_content=True)

        found["resiliparse, text alone"] = resiliparse
    except ImportError:
        print("resiliparse is not installed")
    try:
        from trafilatura import bare_extraction

        found["trafilatura"] = lambda page: bare_extraction(page, with_metadata=True, include_comments=False)
        found["trafilatura, fast"] = lambda page: bare_extraction(
            page, with_metadata=True, include_comments=False, fast=True
        )
    except ImportError:
        print("trafilatura is not installed")
    try:
        from newspaper import Article, Config

        config = Config()
        config.fetch_images = False

        def newspaper(page: bytes) -> object:
            article = Article("https://example.org/", config=config)
            article.download(input_html=page.decode("utf-8", "replace"))
            article.parse()
            return article

        found["newspaper4k"] = newspaper
    except ImportError:
        print("newspaper4k is not installed")
    return found


def time_pages(rounds: int) -> None:
    """Print pages per CPU second for each extractor."""
    data, works = pages(), extractors()
    spent = dict.fromkeys(works, 0.0)
    for page in data[:3]:
        for work in works.values():
            work(page)
    for number in range(rounds):
        for name, work in works.items():
            if name == "newspaper4k" and number:
                continue
            begun = time.process_time()
            for page in data:
                work(page)
            spent[name] += time.process_time() - begun
    megabytes = sum(map(len, data)) / 1e6
    print(f"{len(data)} pages, {megabytes:.1f} MB")
    ours = spent["sijill"] / rounds
    for name, seconds in spent.items():
        each = seconds / (1 if name == "newspaper4k" else rounds)
        print(f"{name:<26}{len(data) / each:8.1f} pages/s{each / ours:8.1f} times our time")


def write_archive(path: Path, count: int) -> None:
    """A WARC file of so many pages, one gzip member each."""
    page = pages()[-1][:20_000]
    with path.open("wb") as file:
        for number in range(count):
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
                f"WARC-Date: 2020-03-01T10:00:00Z\r\n"
                f"WARC-Target-URI: https://example.org/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(http)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + http + b"\r\n\r\n", 1))


def time_archive(count: int) -> None:
    """Print records per CPU second, ours beside warcio's, and our peak of memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bench.warc.gz")
        write_archive(path, count)
        begun = time.process_time()
        taken = sum(isinstance(item, Capture) for item in captures([path]))
        print(f"sijill captures           {taken / (time.process_time() - begun):8.0f} records/s")
        try:
            from warcio.archiveiterator import ArchiveIterator

            begun = time.process_time()
            with path.open("rb") as file:
                taken = sum(len(record.content_stream().read()) > 0 for record in ArchiveIterator(file))
            print(f"warcio                    {taken / (time.process_time() - begun):8.0f} records/s")
        except ImportError:
            print("warcio is not installed")
        for times in (1, 10):
            write_archive(path, count * times)
            tracemalloc.start()
            for _ in captures([path]):
                pass
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            print(f"peak of memory            {peak / 1e6:8.1f} MB over {count * times} records")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=2)
    arguments.add_argument("--records", type=int, default=2000)
    options = arguments.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    time_pages(options.rounds)
    time_archive(options.records)
