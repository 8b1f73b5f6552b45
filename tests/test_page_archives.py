"""Web archives: whole, damaged in every way, and hostile."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
import zstandard

from sijill.page import Capture, Problem, captures, read_page

PARAGRAPH = "<p>The delegation arrived in the capital on Sunday and met the prime minister for two hours.</p>"


def page(number: int) -> bytes:
    return f"<html><title>Report {number}</title><body><h1>Report {number}</h1>{PARAGRAPH * 3}</body></html>".encode()


def record(
    url: str,
    body: bytes,
    *,
    kind: str = "response",
    content_type: str = "text/html; charset=utf-8",
    length: int | None = None,
    status: str = "200 OK",
    headers: str = "",
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{headers}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2020-03-01T10:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http) if length is None else length}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def archive(count: int = 4) -> list[bytes]:
    return [record(f"https://example.org/{number}", page(number)) for number in range(count)]


def taken(path: Path, data: bytes) -> tuple[list[Capture], list[Problem]]:
    path.write_bytes(data)
    items = list(captures([path]))
    return [i for i in items if isinstance(i, Capture)], [i for i in items if isinstance(i, Problem)]


def addresses(found: list[Capture]) -> list[str]:
    return [(capture.url or "").rsplit("/", 1)[1] for capture in found]


def in_members(records: list[bytes]) -> bytes:
    return b"".join(map(gzip.compress, records))


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz", "whole-file.warc.gz", "no-suffix"])
def test_pages_come_with_address_and_date(tmp_path: Path, name: str):
    plain = b"".join(archive())
    data = plain if name == "crawl.warc" else gzip.compress(plain) if "whole" in name else in_members(archive())
    found, problems = taken(tmp_path / name, data)
    assert (addresses(found), problems) == (["0", "1", "2", "3"], [])
    assert found[0].captured == "2020-03-01T10:00:00+00:00"
    assert found[0].charset == "utf-8"
    assert read_page(found[1]).title == "Report 1"


def test_only_pages_are_taken(tmp_path: Path):
    records = [
        record("https://example.org/robots.txt", b"", content_type="application/json"),
        record("https://example.org/gone", page(0), status="404 Not Found"),
        record("https://example.org/a", page(1)),
    ]
    found, problems = taken(tmp_path / "a.warc", b"".join(records))
    assert (addresses(found), problems) == (["a"], [])


def test_wacz_package(tmp_path: Path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/data.warc.gz", in_members(archive(2)))
    assert addresses(taken(tmp_path / "a.wacz", buffer.getvalue())[0]) == ["0", "1"]


def test_pictures_are_kept_with_the_page_that_shows_them(tmp_path: Path):
    shown = page(0).replace(b"<h1>", b'<img src="/bridge.jpg"><img src="/missing.jpg"><h1>')
    picture = record("https://example.org/bridge.jpg", b"\xff\xd8picture", content_type="image/jpeg")
    found, _ = taken(tmp_path / "a.warc.gz", in_members([record("https://example.org/0", shown), picture]))
    assert found[0].images == {"/bridge.jpg": b"\xff\xd8picture"}


def damaged() -> dict[str, tuple[bytes, list[str]]]:
    records = archive()
    members = [gzip.compress(one) for one in records]
    corrupt = bytearray(members[1])
    corrupt[60] ^= 255
    corrupt[61] ^= 255
    noise = b"garbage between records " * 5
    oversized = record("https://example.org/1", page(1), length=10_000_000)
    swallowing = record("https://example.org/1", page(1), length=len(records[1]) + len(records[2]) - 100)
    undersized = record("https://example.org/1", page(1), length=150)
    return {
        "corrupt-member": (members[0] + corrupt + members[2] + members[3], ["0", "2", "3"]),
        "truncated-member": (members[0] + members[1][:150] + members[2] + members[3], ["0", "2", "3"]),
        "truncated-end": (b"".join(members)[:-200], ["0", "1", "2"]),
        "garbage-between-members": (members[0] + noise + b"".join(members[1:]), ["0", "1", "2", "3"]),
        "garbage-between-records": (records[0] + noise + b"\n" + b"".join(records[1:]), ["0", "1", "2", "3"]),
        "oversized-length": (records[0] + oversized + records[2] + records[3], ["0", "2", "3"]),
        "length-swallows-next": (records[0] + swallowing + records[2] + records[3], ["0", "2", "3"]),
        "undersized-length": (records[0] + undersized + records[2] + records[3], ["0", "1", "2", "3"]),
        "truncated-record": (records[0] + records[1] + records[2][:-300], ["0", "1"]),
    }


@pytest.mark.parametrize("illness", list(damaged()))
def test_damage_is_named_and_reading_goes_on(tmp_path: Path, illness: str):
    data, expected = damaged()[illness]
    found, problems = taken(tmp_path / ("a.warc.gz" if data.startswith(b"\x1f\x8b") else "a.warc"), data)
    assert addresses(found) == expected
    assert problems
    assert all("a.warc" in problem.name and "record at byte" in problem.name and problem.reason for problem in problems)


def zeros(coding: str) -> bytes:
    whole = b"\0" * 200_000_000
    return (
        gzip.compress(whole, 1)
        if coding == "gzip"
        else zstandard.compress(whole)
        if coding == "zstd"
        else zlib.compress(whole, 1)
    )


@pytest.mark.parametrize("coding", ["gzip", "zstd", "deflate"])
def test_bombs_of_content_encoding_are_named(tmp_path: Path, coding: str):
    bomb = record("https://example.org/bomb", zeros(coding), headers=f"Content-Encoding: {coding}\r\n")
    tracemalloc.start()
    found, problems = taken(tmp_path / "a.warc", bomb + archive(1)[0])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert addresses(found) == ["0"]
    assert "unpacks to more than" in problems[0].reason
    assert peak < 400_000_000


def test_a_gzip_bomb_is_named_and_skipped(tmp_path: Path):
    bomb = gzip.compress(record("https://example.org/bomb", b"\0" * 200_000_000), 1)
    found, problems = taken(tmp_path / "a.warc.gz", bomb + in_members(archive(1)))
    assert addresses(found) == ["0"]
    assert "unpacks to more than" in problems[0].reason


def test_memory_does_not_grow_with_the_archive(tmp_path: Path):
    path = tmp_path / "a.warc.gz"
    with path.open("wb") as file:
        for number in range(3000):
            file.write(gzip.compress(record(f"https://example.org/{number}", page(number)), 1))
    stream = captures([path])
    for _ in range(500):
        next(stream)
    tracemalloc.start()
    count = sum(isinstance(item, Capture) for item in stream)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 2500
    assert peak < 3_000_000
