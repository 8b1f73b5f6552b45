"""Adding pages: what is said at the end, faults that stop nothing, and ten thousand pages through three kills."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from sijill.archive import intake, open_archive
from sijill.page import Capture
from sijill.record import Article, Record

SIJILL = Path(sys.executable).with_name("sijill")
FILES, RECORDS = 7000, 3000
KILLED_AFTER = 2500, 2500, 2500
"""Pages that each killed run has taken in anew: twice among the files, once in the web archive."""


def titles() -> list[str]:
    return [*(f"الخبر {number} من المجلد" for number in range(FILES)), *map(record_title, range(RECORDS))]


def record_title(number: int) -> str:
    return f"الخبر {number} من الأرشيف"


def make_files(folder: Path) -> None:
    """Pages of plain text, each in its own words, and two files that are no article."""
    folder.mkdir()
    for number in range(FILES):
        text = f"الخبر {number} من المجلد\n\nوصل الوفد رقم {number} صباحا."
        (folder / f"{number:05}.txt").write_text(text, "utf-8")
    (folder / "00100-empty.txt").write_bytes(b"")
    (folder / "05000-picture.html").write_bytes(b"\x89PNG\r\n\x1a\n")


def make_web_archive(path: Path) -> None:
    """A web archive of pages with the same words, each under its own address and title."""
    with path.open("wb") as file:
        for number in range(RECORDS):
            title = record_title(number)
            prose = "<p>وصل الوفد إلى العاصمة صباحا والتقى رئيس الوزراء في مكتبه ساعتين.</p>"
            page = f"<!doctype html><title>{title}</title><h1>{title}</h1>{prose}"
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
            head = (
                f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
                f"WARC-Date: 2020-03-01T10:00:00Z\r\nWARC-Target-URI: https://example.org/{number}\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + http + b"\r\n\r\n", 1))


def add_until_killed(command: list[str], new: int) -> tuple[Counter[str], set[str]]:
    """Let the command report so many new pages, then kill it; what it reported, and the articles it called new."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        changes, articles = Counter[str](), set[str]()
        while changes["new"] < new:
            taken = json.loads(process.stdout.readline())
            changes[taken.get("change", "failed")] += 1
            articles |= {taken["article"]} if taken.get("change") == "new" else set()
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    return changes, articles


def test_what_did_not_come_in_is_counted_by_reason(tmp_path: Path):
    pages = {"a.txt": "عنوان\n\nوصل الوفد صباحا.", "b.txt": "", "c.txt": "", "d.txt": '{"a": 1}'}
    for name, text in pages.items():
        (tmp_path / name).write_text(text, "utf-8")
    command = [SIJILL, "add", "--archive", tmp_path / "news.sijill", tmp_path]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (1, "1 added\n")
    assert ended.stderr.splitlines()[-3:] == [
        "       2  there is nothing in it",
        "       1  it is JSON, data and not a page",
        "sijill: 3 of 4 could not be read",
    ]


def test_a_fault_of_the_reader_costs_one_page(monkeypatch: pytest.MonkeyPatch):
    def read(article: Article) -> Record:
        if "b" in article.text:
            raise IndexError("list index out of range")
        return Record(article=article)

    monkeypatch.setattr(intake, "read_article", read)
    pages = [Capture(data=f"{name}\n\n{name}.".encode(), name=name) for name in "abc"]
    with open_archive(":temporary:") as archive:
        taken = list(intake.take_in(archive, pages))
        assert archive.check() == []
    assert [one.change for one in taken] == ["new", None, "new"]
    assert "IndexError" in (taken[1].error or "")


def test_ten_thousand_pages_through_three_kills(tmp_path: Path):
    folder, web, path = tmp_path / "pages", tmp_path / "crawl.warc.gz", tmp_path / "news.sijill"
    make_files(folder)
    make_web_archive(web)
    command = [str(SIJILL), "add", "--archive", str(path), str(folder), str(web)]
    reported: set[str] = set()
    for new in KILLED_AFTER:
        changes, articles = add_until_killed([*command, "--json"], new)
        # Where it stopped it goes on: all that was reported is there already, and nothing is new a second time.
        assert changes["nothing"] >= len(reported)
        assert articles.isdisjoint(reported)
        reported |= articles
        with open_archive(path) as archive:
            assert archive.check() == []
            # What was written last may not have been reported any more.
            assert len(reported) <= archive.status()["articles"] < FILES + RECORDS

    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 1, "two files are no article"
    assert "       1  there is nothing in it\n" in ended.stderr
    assert "       1  it is a PNG picture, not a page of text\n" in ended.stderr
    assert "2 of 10002 could not be read" in ended.stderr
    with open_archive(path) as archive:
        status = archive.status()
        assert (status["articles"], status["captures"]) == (FILES + RECORDS, FILES + RECORDS)
        kept = archive.articles(limit=FILES + RECORDS + 1)
        assert Counter(summary.title for summary in kept) == Counter(titles())
        assert reported <= {summary.id for summary in kept}
        assert archive.check() == []
    checked = subprocess.run([SIJILL, "check", "--archive", path], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout) == (0, "all is well\n")
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.stdout == "0 added, 10000 there already\n"
