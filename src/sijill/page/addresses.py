"""Addresses of pages: one form for all the ways to write the same one."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

TRACKING = re.compile(
    r"(?:utm_\w+|at_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|igsh|mc_[ce]id|_ga|ref_src|ref_url|ns_\w+|cmpid|ocid|"
    r"xtor|__twitter_impression|smid|s_cid|wt_mc|mkt_tok|rss)(?:=|$)",
    re.IGNORECASE,
)
"""Query parameters that say how a reader came, not what the page is."""

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
    try:
        joined = urljoin(base, url.strip()) if base else url.strip()
        return joined if urlsplit(joined).scheme in ("http", "https", "") and not joined.startswith("#") else None
    except ValueError:
        return None


def is_web_address(text: str) -> bool:
    """Whether a text is the address of something on the web.

    >>> is_web_address("https://example.org/a"), is_web_address("a.html")
    (True, False)
    """
    return re.match(r"https?://[^\s/]+", text, re.IGNORECASE) is not None
