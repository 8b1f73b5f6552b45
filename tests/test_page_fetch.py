"""The web, as it can be: a live local server that does everything a server should not."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from sijill.page import (
    Capture,
    Fetcher,
    FetchFailed,
    FetchRefused,
    PageTooLarge,
    Problem,
    Watched,
    captures,
    poll,
    read_page,
)

PAGE = (
    "<html><head><title>Talks resume</title></head><body><h1>Talks resume</h1>"
    + "<p>The delegation arrived in the capital on Sunday and met the prime minister for two hours.</p>" * 3
    + "</body></html>"
).encode()
FEED = b"""<rss version="2.0"><channel><title>Example</title>
<item><title>Talks resume</title><link>/page</link><description>Short.</description></item></channel></rss>"""


class Hostile(BaseHTTPRequestHandler):
    """Each path is one behaviour; ``asked`` records who asked for what."""

    asked: ClassVar[list[tuple[str, dict[str, str]]]] = []
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        type(self).asked.append((self.path, dict(self.headers)))
        name = self.path.strip("/").split("/")[0].replace(".", "_").replace("-", "_")
        getattr(self, f"say_{name}", self.say_missing)()

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for key, value in {
            "content_type": "text/html; charset=utf-8",
            "content_length": str(len(body)),
            **headers,
        }.items():
            self.send_header(key.replace("_", "-").title(), value)
        self.end_headers()
        self.wfile.write(body)

    def say_page(self) -> None:
        self.answer(PAGE, etag='"one"')

    def say_robots_txt(self) -> None:
        self.answer(b"User-agent: *\nDisallow: /secret\nDisallow: /*.private$", content_type="text/plain")

    def say_cached(self) -> None:
        fresh = self.headers.get("If-None-Match") != '"one"'
        self.answer(PAGE if fresh else b"", 200 if fresh else 304, etag='"one"')

    def say_loop(self) -> None:
        self.answer(b"", 302, location="/loop")

    def say_endless(self) -> None:
        self.answer(b"", 302, location=f"/endless/{len(type(self).asked)}")

    def say_inside(self) -> None:
        self.answer(b"", 302, location="http://169.254.169.254/latest/meta-data")

    def say_file(self) -> None:
        self.answer(b"", 302, location="file:///etc/passwd")

    def say_moved(self) -> None:
        self.answer(b"", 301, location="/page")

    def say_busy(self) -> None:
        tries = sum(path == self.path for path, _ in type(self).asked)
        self.answer(PAGE if tries > 1 else b"", 200 if tries > 1 else 503, retry_after="7")

    def say_broken(self) -> None:
        self.answer(b"", 500)

    def say_liar(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(PAGE)
        self.close_connection = True

    def say_bomb(self) -> None:
        self.answer(gzip.compress(b"\0" * 90_000_000, 1), content_encoding="gzip")

    def say_huge(self) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        self.pour(b"x" * 65536, 0)

    def say_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        self.pour(b"x", 0.05)

    def say_drip_head(self) -> None:
        self.close_connection = True
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self.pour(b"x", 0.05)

    def say_endless_head(self) -> None:
        self.close_connection = True
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        self.pour(b"X-Header: " + b"x" * 1000 + b"\r\n", 0)

    def say_nonsense(self) -> None:
        self.close_connection = True
        self.wfile.write(b"\x00\xff nonsense\r\n\r\n")

    def say_feed(self) -> None:
        self.answer(FEED, content_type="application/rss+xml")

    def say_section(self) -> None:
        extra = '<a href="/page/new">A second story in four words</a>' if len(type(self).asked) > 2 else ""
        self.answer(f'<a href="/page">Talks resume in the capital</a><a href="/x">About</a>{extra}'.encode())

    def say_missing(self) -> None:
        self.answer(b"", 404)

    def pour(self, piece: bytes, pause: float) -> None:
        try:
            for _ in range(4000):
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(pause)
        except OSError:
            pass  # the other side has had enough, as it should

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    Hostile.asked = []
    running = ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    running.daemon_threads = True
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()
    thread.join()


def fetcher(**options: Any) -> Fetcher:
    return Fetcher(**{"allowed": ["127.0.0.1"], "pace": 0, "patience": 5, "timeout": 2, "retries": 0, **options})


def test_a_page_comes_with_its_address_and_headers(server: str):
    with fetcher() as web:
        capture = web.get(f"{server}/moved")
    assert capture is not None
    assert (capture.url, capture.charset, capture.content_type) == (f"{server}/page", "utf-8", "text/html")
    assert capture.captured and capture.headers["etag"] == '"one"'
    assert read_page(capture).title == "Talks resume"


def test_an_unchanged_page_is_not_fetched_again(server: str):
    with fetcher() as web:
        assert web.get(f"{server}/cached", etag='"one"') is None
        assert web.get(f"{server}/cached", etag='"old"') is not None


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/", "http://localhost:1/", "http://[::1]:1/", "http://10.0.0.1/", "http://0x7f.1/"]
)
def test_the_machine_s_own_network_is_refused(address: str):
    with fetcher(allowed=[], robots=False) as web, pytest.raises(FetchRefused, match="private network"):
        web.get(address)


@pytest.mark.parametrize("path", ["/inside", "/file"])
def test_redirects_into_the_machine_s_own_network_are_refused(server: str, path: str):
    with fetcher(robots=False) as web, pytest.raises(FetchRefused):
        web.get(server + path)


def test_robots_txt_is_kept(server: str):
    with fetcher() as web:
        for path in ("/secret/a", "/a.private"):
            with pytest.raises(FetchRefused, match=r"robots\.txt"):
                web.get(server + path)
    assert [path for path, _ in Hostile.asked] == ["/robots.txt"]


@pytest.mark.parametrize(
    ("path", "error", "message"),
    [
        ("/loop", FetchFailed, "circle"),
        ("/endless", FetchFailed, "redirects more than"),
        ("/broken", FetchFailed, "500"),
        ("/missing", FetchFailed, "404"),
        ("/liar", FetchFailed, "closed|incomplete|received"),
        ("/nonsense", FetchFailed, "illegal|status line"),
        ("/endless-head", FetchFailed, "too large|Receive buffer"),
        ("/bomb", PageTooLarge, "unpacks to more than"),
        ("/huge", PageTooLarge, "more than"),
    ],
)
def test_hostile_answers_end_in_a_clear_error(server: str, path: str, error: type[Exception], message: str):
    with fetcher(robots=False) as web, pytest.raises(error, match=message) as caught:
        web.get(server + path)
    assert server in str(caught.value)


@pytest.mark.parametrize("path", ["/drip", "/drip-head"])
def test_a_server_that_drips_is_left_in_time(server: str, path: str):
    start = time.monotonic()
    with fetcher(robots=False, patience=0.5) as web, pytest.raises(FetchFailed):
        web.get(server + path)
    assert time.monotonic() - start < 3


def test_a_server_that_says_nothing_is_left_in_time():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with fetcher(robots=False, patience=0.5) as web, pytest.raises(FetchFailed):
            web.get(f"http://127.0.0.1:{silent.getsockname()[1]}/")


def test_a_busy_server_is_given_the_time_it_asks_for(server: str):
    waits: list[float] = []
    with fetcher(robots=False, retries=2, patience=60, sleep=waits.append) as web:
        assert web.get(f"{server}/busy") is not None
    assert waits == [7.0]


def test_one_host_is_asked_at_its_pace(server: str):
    now = [0.0]
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    with fetcher(robots=False, pace=3, patience=60, sleep=sleep, clock=lambda: now[0]) as web:
        for _ in range(3):
            web.get(f"{server}/page")
    assert waits == [3, 3]


def test_addresses_are_fetched_only_when_asked(server: str):
    (problem,) = captures([f"{server}/page"])
    assert isinstance(problem, Problem) and "unless asked" in problem.reason
    assert Hostile.asked == []


def test_entries_without_text_are_fetched_only_when_asked(server: str):
    with fetcher() as web:
        (problem,) = captures([f"{server}/feed"], fetcher=web)
        (capture,) = captures([f"{server}/feed"], fetcher=web, fetch_entries=True)
    assert isinstance(problem, Problem) and "only a summary" in problem.reason
    assert isinstance(capture, Capture) and capture.url == f"{server}/page"


def test_a_watched_feed_gives_each_entry_once(server: str):
    watched = Watched(address=f"{server}/feed")
    with fetcher(robots=False) as web:
        first = list(poll(watched, web))
        assert list(poll(watched, web)) == []
    assert [item.url for item in first if isinstance(item, Capture)] == [f"{server}/page"]
    assert watched.seen == [f"{server}/page"]


def test_a_watched_section_page_gives_what_is_new(server: str):
    watched = Watched(address=f"{server}/section")
    with fetcher(robots=False) as web:
        looks = [[getattr(item, "url", item) for item in poll(watched, web)] for _ in range(3)]
    assert looks == [[f"{server}/page"], [f"{server}/page/new"], []]


def test_a_watched_address_that_fails_is_a_problem(server: str):
    with fetcher(robots=False) as web:
        (problem,) = poll(Watched(address=f"{server}/broken"), web)
    assert isinstance(problem, Problem) and "500" in problem.reason
