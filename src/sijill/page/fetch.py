"""Pages from the web, politely and only on request.

Every site's robots.txt is kept (RFC 9309), each host is asked no more often than it
likes, and redirects, sizes and times have bounds. See `network` for what cannot be reached.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import httpx
from protego import Protego

from sijill.page.capture import Capture
from sijill.page.compression import decompress
from sijill.page.decode import LARGEST_PAGE
from sijill.page.errors import PageTooLarge
from sijill.page.network import FetchFailed, FetchRefused, Transport

USER_AGENT = "sijill (news archive; keeps robots.txt)"
MOST_REDIRECTS = 10
LARGEST_ROBOTS = 512 * 1024
LONGEST_WAIT = 120.0
"""Seconds that a server may ask us to wait before we give up instead."""
_RETRIED = frozenset({429, 500, 502, 503, 504})


class Fetcher:
    """Fetches pages; keep one for a whole run, for it remembers each host's wishes.

    ``allowed`` names hosts that may lie in a private network. ``pace`` is the least
    time between two requests to one host, ``patience`` the longest for one page with
    its redirects, in seconds; ``retries`` how often a busy server is asked again.
    """

    def __init__(
        self,
        *,
        allowed: Iterable[str] = (),
        pace: float = 1.0,
        patience: float = 60.0,
        timeout: float = 20.0,
        retries: int = 2,
        largest: int = LARGEST_PAGE,
        robots: bool = True,
        user_agent: str = USER_AGENT,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transport = Transport(allowed)
        self._client = httpx.Client(transport=self._transport, timeout=timeout, trust_env=False, follow_redirects=False)
        self._pace, self._patience, self._retries, self._largest = pace, patience, retries, largest
        self._obeys_robots, self._agent = robots, user_agent
        self._sleep, self._clock = sleep, clock
        self._robots: dict[str, Protego | None] = {}
        self._next: dict[str, float] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Capture | None:
        """Fetch a page; None where it is as it was, by the ``etag`` or ``last_modified`` given.

        Raises `FetchRefused` (private network, robots.txt), `FetchFailed` (no answer, an
        error, too slow, redirects without end) or `PageTooLarge`.
        """
        deadline = self._clock() + self._patience
        self._transport.set_deadline(time.monotonic() + self._patience)
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        seen: set[str] = set()
        address = url
        for _ in range(MOST_REDIRECTS + 1):
            if address in seen:
                raise FetchFailed(f"its redirects go round in a circle, by {address}", name=url)
            seen.add(address)
            self._check(address, url, deadline)
            status, answer, body = self._ask_patiently(address, url, headers, deadline)
            if status in (301, 302, 303, 307, 308) and (target := answer.get("location")):
                address = urljoin(address, target)
                continue
            if status == 304:
                return None
            if status != 200:
                raise FetchFailed(
                    f"the server answered {status} {httpx.codes.get_reason_phrase(status)}".strip(), name=url
                )
            data = decompress(body, answer.get("content-encoding", ""), limit=self._largest, name=url)
            return _capture(address, answer, data)
        raise FetchFailed(f"it redirects more than {MOST_REDIRECTS} times", name=url)

    def _check(self, address: str, asked: str, deadline: float) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise FetchRefused(f"{address} is no address of a page on the web", name=asked)
        if not self._obeys_robots:
            return
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            try:
                self._robots[site] = self._read_robots(site, deadline)
            except FetchRefused as error:
                raise FetchRefused(error.reason, name=asked) from None
        rules = self._robots[site]
        if rules is None:
            raise FetchRefused(f"the robots.txt of {site} cannot be had, so nothing is fetched from there", name=asked)
        if not rules.can_fetch(address, self._agent):
            raise FetchRefused(f"the robots.txt of {site} does not allow it", name=asked)

    def _read_robots(self, site: str, deadline: float) -> Protego | None:
        """The rules of a site; none where there is no such file, None where the server fails (RFC 9309, 2.3.1)."""
        address = f"{site}/robots.txt"
        for _ in range(5):
            try:
                status, answer, body = self._ask(address, {}, LARGEST_ROBOTS, deadline)
            except (FetchFailed, PageTooLarge):
                return None
            if status in (301, 302, 303, 307, 308) and (target := answer.get("location")):
                address = urljoin(address, target)
                continue
            if status >= 500:
                return None
            text = body.decode("utf-8", "replace") if status == 200 else ""
            return Protego.parse(text)
        return Protego.parse("")

    def _ask_patiently(
        self, address: str, asked: str, headers: dict[str, str], deadline: float
    ) -> tuple[int, httpx.Headers, bytes]:
        """Ask, and ask again where the server is busy or does not answer, at growing intervals."""
        wait = 2.0
        for attempt in range(self._retries + 1):
            last = attempt == self._retries
            try:
                status, answer, body = self._ask(address, headers, self._largest, deadline)
            except FetchRefused as error:
                raise FetchRefused(error.reason, name=asked) from None
            except FetchFailed as error:
                if last or self._clock() + wait > deadline:
                    raise FetchFailed(error.reason, name=asked) from None
            else:
                if status not in _RETRIED or last:
                    return status, answer, body
                wait = max(wait, _retry_after(answer.get("retry-after")))
                if wait > LONGEST_WAIT or self._clock() + wait > deadline:
                    return status, answer, body
            self._sleep(wait)
            wait *= 2
        raise AssertionError("the last attempt returns or raises")

    def _ask(
        self, address: str, headers: dict[str, str], largest: int, deadline: float
    ) -> tuple[int, httpx.Headers, bytes]:
        """One request, its body as sent (still compressed), bounded in bytes and time."""
        self._wait_turn(urlsplit(address).netloc, deadline)
        own = {"User-Agent": self._agent, "Accept-Encoding": "gzip, deflate, br, zstd", "Accept": "text/html,*/*;q=0.5"}
        body = bytearray()
        try:
            with self._client.stream("GET", address, headers={**own, **headers}) as answer:
                for chunk in answer.iter_raw():
                    body += chunk
                    if len(body) > largest:
                        raise PageTooLarge(f"it has more than {largest // 1_000_000} MB", name=address)
                    if self._clock() > deadline:
                        raise FetchFailed("it took too long", name=address)
                return answer.status_code, answer.headers, bytes(body)
        except FetchRefused as error:
            raise FetchRefused(error.reason, name=address) from None
        except (httpx.TransportError, httpx.InvalidURL, httpx.StreamError) as error:
            raise FetchFailed(str(error) or type(error).__name__, name=address) from error

    def _wait_turn(self, host: str, deadline: float) -> None:
        """Keep the pace between two requests to one host: ours, or the slower one its robots.txt asks for."""
        wait = self._next.get(host, 0.0) - self._clock()
        if wait > 0:
            if self._clock() + wait > deadline:
                raise FetchFailed(f"{host} asks for more time between requests than there is")
            self._sleep(wait)
        rules = next((rules for site, rules in self._robots.items() if urlsplit(site).netloc == host and rules), None)
        delay = rules.crawl_delay(self._agent) if rules else None
        self._next[host] = self._clock() + max(self._pace, min(float(delay or 0), LONGEST_WAIT))


def _capture(address: str, answer: httpx.Headers, data: bytes) -> Capture:
    content_type, _, parameters = (answer.get("content-type") or "").partition(";")
    charset = next(
        (part.split("=", 1)[1].strip(" \"'") for part in parameters.split(";") if "charset=" in part.lower()), None
    )
    return Capture(
        data=data,
        url=address,
        content_type=content_type.strip().lower() or None,
        charset=charset,
        headers=dict(answer.items()),
        captured=datetime.now(UTC).isoformat(timespec="seconds"),
        name=address,
    )


def _retry_after(value: str | None) -> float:
    try:
        return float(value or 0)
    except ValueError:
        return 30.0
