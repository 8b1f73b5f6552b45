"""Addresses of pages: one form for all the ways to write the same one."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urljoin, urlsplit, urlunsplit

TRACKING = re.compile(
    r"(?:utm_\w+|at_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|igsh|mc_[ce]id|_ga|ref_src|ref_url|ns_\w+|cmpid|ocid|"
    r"xtor|__twitter_impression|smid|s_cid|wt_mc|mkt_tok|rss)(?:=|$)",
    re.IGNORECASE,
)
"""Query parameters that say how a reader came, not what the page is."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATED_PATH = re.compile(
    rf"(?<!\d)((?:19|20)\d\d)[/_-](?:[a-z_-]+/)?(\d{{1,2}}|(?:{'|'.join(_MONTHS)})[a-z]*)[/_-](\d{{1,2}})(?!\d)",
    re.IGNORECASE,
)
_DEFAULT_PORT = {"http": 80, "https": 443}


def canonical(url: str) -> str:
    """The address without fragment, default port and tracking parameters, its scheme and host in lower case.

    >>> canonical("HTTPS://Example.org:443/a?utm_source=x&id=7#top")
    'https://example.org/a?id=7'
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    host = (parts.hostname or "").rstrip(".")
    if not host:
        return url
    if ":" in host:
        host = f"[{host}]"
    scheme = parts.scheme.lower()
    if port is not None and port != _DEFAULT_PORT.get(scheme):
        host = f"{host}:{port}"
    query = "&".join(piece for piece in parts.query.split("&") if piece and not TRACKING.match(piece))
    return urlunsplit((scheme, host, parts.path or "/", query, ""))


def absolute(url: str | None, base: str | None) -> str | None:
    """A web address as seen from another; None where it is none (``javascript:``, ``data:``, broken).

    >>> absolute("/b", "https://example.org/a")
    'https://example.org/b'
    >>> absolute("javascript:void(0)", "https://example.org/a") is None
    True
    """
    if not url or len(url) > 4000:
        return None
    joined = url.strip()
    try:
        if base and not joined.startswith(("https://", "http://")):
            joined = urljoin(base, joined)
        return joined if urlsplit(joined).scheme in ("http", "https", "") and not joined.startswith("#") else None
    except ValueError:
        return None


def date_in(url: str) -> str | None:
    """The day that an address holds, as many outlets' do.

    >>> date_in("https://example.org/news/2016/10/03/talks"), date_in("https://example.org/2016/oct/3/talks")
    ('2016-10-03', '2016-10-03')
    >>> date_in("https://example.org/12345") is None
    True
    """
    found = _DATED_PATH.search(urlsplit(url).path)
    if not found:
        return None
    month = found[2].lower()
    number = _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else int(month)
    try:
        return date(int(found[1]), number, int(found[3])).isoformat()
    except ValueError:
        return None


def is_web_address(text: str) -> bool:
    """Whether a text is the address of something on the web.

    >>> is_web_address("https://example.org/a"), is_web_address("a.html")
    (True, False)
    """
    return re.match(r"https?://[^\s/]+", text, re.IGNORECASE) is not None
