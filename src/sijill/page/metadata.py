"""What a page says of itself, from the most to the least trusted place.

The order: linked data, OpenGraph, Dublin Core and other ``<meta>``, ``<time>``, and
last what is printed on the page (its breadcrumb, byline and date lines).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from urllib.parse import urlsplit

from sijill.page.addresses import absolute, canonical
from sijill.page.dates import later_than, read_date
from sijill.page.linked_data import LinkedData, text_of
from sijill.page.marks import Attributes, Marks
from sijill.page.wording import wording

PUBLISHED = (
    "article:published_time", "article:published", "og:published_time", "og:article:published_time", "og:pubdate",
    "datepublished", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date",
    "dcterms.date", "dc.date.published", "publishdate", "publish_date", "publish-date", "pubdate", "published_time",
    "publication_date", "published-date", "publisheddate", "date_published", "date.published", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "rnews:datepublished", "article.published",
    "article_date_original", "originalpublicationdate", "published", "displaydate", "date",
)  # fmt: skip
MODIFIED = (
    "article:modified_time", "og:updated_time", "og:modified_time", "datemodified", "dc.date.modified",
    "dcterms.modified", "last-modified", "lastmod", "lastmodified", "revision_date", "modified_time",
    "article.updated",
)  # fmt: skip
MOST_CRUMB_WORDS = 8
SHORTEST_TITLE = 3
"""Words: a crumb of as many that begins the title is the title cut short."""
TITLE_SEPARATOR = re.compile(r"\s+[|\-–—:•»«·/]+\s+|\s*[|]\s*")
"""What parts a title from the outlet's name."""


class Metadata:
    """A page's statements about itself; every list is in order of trust."""

    def __init__(self, marks: Marks, *, url: str | None, captured: str | None) -> None:
        self._marks, self.captured = marks, captured
        self.linked = LinkedData(marks.scripts)
        self._article = self.linked.article()
        self._metas = _by_name(marks.metas)
        self.url = self._canonical(url)
        self.outlet = self._outlet()
        self.window_title = self._window_title()
        self.shared_title = self._shared_title()
        self.titles = self._titles()
        self.description = text_of(self._article.get("description")) or self._meta("og:description", "description")
        self.published = self._published()
        stated = text_of(self._article.get("dateModified"))
        self.modified = self._date(chain([stated], self._all(MODIFIED), self._times("modified")))
        self.lang = self._lang()
        self.sections = self._sections()
        self.bylines = self._bylines()

    @property
    def has_article(self) -> bool:
        """Whether the page's own data call it an article."""
        return bool(self._article) or self._meta("og:type") == "article"

    def _meta(self, *names: str) -> str | None:
        return next(self._all(names), None)

    def _all(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            yield from self._metas.get(name, ())

    def _canonical(self, given: str | None) -> str | None:
        """The page's own address, if it is on the host that the page came from."""
        for candidate in (self._marks.canonical, self._meta("og:url"), text_of(self._article.get("url"))):
            address = absolute(candidate, given)
            if address and urlsplit(address).hostname and _same_site(address, given) and _is_deep(address, given):
                return canonical(address)
        return canonical(given) if given else None

    def _outlet(self) -> str | None:
        publisher = self.linked.name(self._article.get("publisher"))
        name = publisher or self._meta(
            "og:site_name", "application-name", "dc.publisher", "publisher", "cre", "copyright"
        )
        if name and len(name) < 100:
            return name
        host = urlsplit(self.url or "").hostname
        return host.removeprefix("www.") if host else None

    def _window_title(self) -> str | None:
        node = self._marks.tree.css_first("title")
        title = " ".join(node.text().split()) if node else ""
        return self.without_outlet(title) or None

    def _shared_title(self) -> str | None:
        title = self._meta("og:title", "twitter:title", "dc.title", "dcterms.title")
        return self.without_outlet(" ".join(title.split())) if title else None

    def _titles(self) -> list[str]:
        headline = text_of(self._article.get("headline")) or text_of(self._article.get("name"))
        others = [headline, self._meta("twitter:title"), self._meta("headline", "title")]
        cleaned = [self.without_outlet(" ".join(title.split())) for title in others if title]
        titles = (
            [*cleaned[:1], self.shared_title, *cleaned[1:], self.window_title]
            if headline
            else [self.shared_title, *cleaned, self.window_title]
        )
        return list(dict.fromkeys(title for title in titles if title))

    def without_outlet(self, title: str) -> str:
        """A title without the outlet's name after it, or before it."""
        parts = TITLE_SEPARATOR.split(title)
        if len(parts) < 2 or not self.outlet:
            return title
        outlet = _letters(self.outlet)
        host = _letters(urlsplit(self.url or "").hostname or "")
        last, first = _letters(parts[-1]), _letters(parts[0])
        if last and (last in outlet or outlet in last or last in host):
            return title[: title.rindex(parts[-1])].rstrip(" |-–—:•»«·/")
        if first and (first == outlet or (len(first) > 2 and first in host)):
            return title[len(parts[0]) :].lstrip(" |-–—:•»«·/")
        return title

    def _published(self) -> str | None:
        stated = [text_of(self._article.get("datePublished")), text_of(self._article.get("dateCreated"))]
        return self._date(chain(stated, self._all(PUBLISHED), self._times("published")))

    def _date(self, candidates: Iterable[str | None]) -> str | None:
        """The first that can be read and does not lie after the capture."""
        for candidate in candidates:
            moment = read_date(candidate)
            if moment and not later_than(moment, self.captured):
                return moment
        return None

    def _times(self, which: str) -> Iterator[str | None]:
        wanted, other = ("datePublished", "dateModified") if which == "published" else ("dateModified", "datePublished")
        for node in self._marks.properties.get(wanted, ()):
            stated = (node.attributes.get(name) for name in ("content", "datetime", "title"))
            yield next(filter(None, stated), None) or node.text()
        for time in self._marks.times[:20]:
            named = f"{time.get('class') or ''} {time.get('itemprop') or ''}".lower()
            is_update = "modif" in named or ("updat" in named and "entry-date" not in named)  # WordPress names both
            if other.lower() not in named and is_update == (which == "modified"):
                yield time.get("datetime")

    def _lang(self) -> str | None:
        root = self._marks.tree.css_first("html")
        stated = root.attributes.get("lang") or root.attributes.get("xml:lang") if root else None
        lang = (
            stated
            or text_of(self._article.get("inLanguage"))
            or self._meta("content-language", "dc.language", "og:locale")
        )
        found = re.match(r"([a-zA-Z]{2,3})(?:[-_]([a-zA-Z]{2,4}|\d{3}))*$", (lang or "").strip())
        return found[1].lower() if found else None

    def _sections(self) -> list[str]:
        crumbs = self.linked.breadcrumb()
        if not crumbs:
            stated = self._article.get("articleSection")
            crumbs = self.linked.names(stated)[:1] or list(self._all(("article:section",)))[:1]
        return self.without_title(crumbs)

    def without_title(self, crumbs: list[str]) -> list[str]:
        """A breadcrumb without the home page, the outlet and the article itself."""
        own = {_letters(title) for title in self.titles} | {_letters(self.outlet or "")}
        return [
            " ".join(crumb.split())
            for crumb in crumbs
            if wording().is_section(crumb)
            and len(crumb.split()) <= MOST_CRUMB_WORDS
            and (letters := _letters(crumb)) not in own
            and not (len(crumb.split()) >= SHORTEST_TITLE and any(title.startswith(letters) for title in own))
        ]

    def _bylines(self) -> list[str]:
        names = self.linked.names(self._article.get("author") or self._article.get("creator"))
        if not names:
            metas = self._all(
                (
                    "author",
                    "article:author",
                    "dc.creator",
                    "dcterms.creator",
                    "byl",
                    "parsely-author",
                    "sailthru.author",
                )
            )
            names = [name for name in metas if "://" not in name] or list(self._printed_authors())
        return self.clean_names(names)

    def _printed_authors(self) -> Iterator[str]:
        """The names that microdata mark on the page."""
        for node in self._marks.properties.get("author", ())[:5]:
            named = node.css_first('[itemprop="name"]') or node
            name = named.attributes.get("content") or named.text()
            if name and len(name) < 100:
                yield name

    def clean_names(self, names: Iterable[str]) -> list[str]:
        """Names of persons: without the word "by", each apart, without the outlet's own name."""
        clean: list[str] = []
        for name in names:
            parts = wording().byline(name) or wording().byline(name, marked=False)
            # Beside a name of several words, a single word is a city or an office.
            for one in [part for part in parts if " " in part] or parts:
                one = wording().without_office(" ".join(one.split()))
                if one in clean or _letters(one) in _letters(self.outlet or "") or not wording().may_be_name(one):
                    continue
                clean.append(one)
        return clean


def _by_name(metas: Iterable[Attributes]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for attributes in metas:
        content = (attributes.get("content") or "").strip()
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = attributes.get(key)
            if name and content:
                found.setdefault(name.strip().lower(), []).append(content)
                break
    return found


def _same_site(address: str, given: str | None) -> bool:
    if not given:
        return True
    hosts = [
        (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
        for url in (address, given)
    ]
    return hosts[0] == hosts[1] or hosts[0].endswith("." + hosts[1]) or hosts[1].endswith("." + hosts[0])


def _is_deep(address: str, given: str | None) -> bool:
    """A canonical address that is a front page, for a page that is none, is a mistake of the publisher."""
    return (
        urlsplit(address).path not in ("", "/")
        or bool(urlsplit(address).query)
        or urlsplit(given or "").path in ("", "/")
    )


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
