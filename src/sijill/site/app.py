"""The website of one archive: rooms in every language of the interface, their data, and the files beside them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import anyio.to_thread
import jinja2
import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sijill.archive import Archive, ArchiveError, open_archive
from sijill.archive.errors import NotFound
from sijill.archive.review import BadReview
from sijill.site import captured, forms
from sijill.site.breaks import breakable, undirected
from sijill.site.cards import figure_value, headline
from sijill.site.feeds import xml_text
from sijill.site.language import Language, direction, languages
from sijill.site.marks import evidence, kind_of, runs
from sijill.site.rooms import beside, changes, dossiers, finding, front, lists, parties, reading, reviewing
from sijill.site.security import HEADERS, SecurityHeaders, from_this_site
from sijill.site.tables import as_csv
from sijill.site.visit import Answers, Page, Visit

Room = Callable[[Visit], Page]

DEFAULT_LANGUAGE = "ar"

ROOMS: list[tuple[str, Room]] = [
    ("/", front.front),
    ("/articles", front.articles),
    ("/articles/{id}", reading.article),
    ("/articles/{id}/changes", changes.compared),
    ("/articles/{id}/figures/{figure}", beside.beside),
    ("/dossiers", dossiers.dossiers),
    ("/dossiers/{key}", dossiers.dossier),
    ("/parties", parties.parties),
    ("/parties/{name:path}", parties.party),
    *((f"/{listing.name}", listing.room) for listing in lists.LISTINGS),
    ("/search", finding.search),
    ("/review", reviewing.log),
    ("/articles/{id}/review", reviewing.missing),
    ("/articles/{id}/review/{record}", reviewing.record),
]
"""Every room by its path in one language; its data are at the same path with ``.json``."""

Action = Callable[[Visit, Answers], str]

ACTIONS: dict[str, Action] = {
    "/review": reviewing.withdraw,
    "/articles/{id}/review": reviewing.add,
    "/articles/{id}/review/{record}": reviewing.review,
    "/parties/{name:path}": reviewing.judge,
    "/dossiers/{key}": reviewing.tend,
}
"""What is done with a form sent to a room: it answers with the address to go on to."""

MENU = [
    ("front", "/"),
    *((listing.name, f"/{listing.name}") for listing in lists.LISTINGS),
    ("dossiers", "/dossiers"),
    ("parties", "/parties"),
    ("review", "/review"),
]

LISTS = {"/articles", *(f"/{listing.name}" for listing in lists.LISTINGS), "/dossiers/{key}", "/search"}
"""The lists that are feeds too, at the same path with ``.atom``."""

TABLES = LISTS | {"/dossiers"}
"""The lists that are tables too, at the same path with ``.csv``."""

THREADS = 8

# An address ends with the suffix; an article's id may hold dots of its own.
_DATA_SUFFIX = ".json"
_YEAR = 365 * 24 * 3600


def app(archive_path: str | Path, *, hosts: Sequence[str] = ("*",), review: bool = False) -> Starlette:
    """The site of the archive at ``archive_path``, as an ASGI application.

    ``hosts`` are the names it answers to (see Starlette's TrustedHostMiddleware); by default all. With ``review``
    everybody who reaches the site may review the record; without, the archive is opened for reading only.
    Raises `sijill.archive.ArchiveError` where there is no archive or it cannot be read.
    """
    return Site(open_archive(archive_path, readonly=not review)).starlette(hosts)


def serve(archive_path: str | Path, host: str = "127.0.0.1", port: int = 8321) -> None:
    """Serve the archive until interrupted.

    On a loopback address only this machine's names for itself are answered, so that no page of another site can
    reach the archive through a name that points here; and there the record can be reviewed.
    """
    loopback = host in ("127.0.0.1", "localhost", "::1")
    hosts = ["127.0.0.1", "localhost", "[::1]"] if loopback else ["*"]
    uvicorn.run(
        app(archive_path, hosts=hosts, review=loopback),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=3,
    )


class Site:
    """One archive's site: finds the room of a request and renders its page."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.may_review = not archive.database.readonly
        self.templates = _templates()

    def starlette(self, hosts: Sequence[str]) -> Starlette:
        """The application with its routes, middleware and error pages."""
        routes = [
            *(Mount(f"/{tag}", routes=self._rooms(language)) for tag, language in languages().items()),
            *captured.routes(self.archive),
            Route("/records/{id:path}.css", self.record_css),
            Mount("/static", _Static(directory=str(files("sijill.site").joinpath("static")))),
            Route("/healthz", self.health),
            Route("/{path:path}", self.choose_language),
        ]
        return Starlette(
            lifespan=self.lifespan,
            routes=routes,
            middleware=[
                Middleware(SecurityHeaders),
                Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
                Middleware(GZipMiddleware, minimum_size=1024, compresslevel=5),
            ],
            exception_handlers={
                HTTPException: self.http_error,
                NotFound: self.not_found,
                ArchiveError: self.archive_error,
                Exception: self.server_error,
            },
        )

    @asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncGenerator[None]:
        """Bound the threads that answer, each of which has the archive open; close the archive at the end."""
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        yield
        self.archive.close()

    def _rooms(self, language: Language) -> list[Route]:
        routes: list[Route] = []
        for path, room in ROOMS:
            data_path = ("/index" if path == "/" else path) + _DATA_SUFFIX
            if path in LISTS:
                routes.append(Route(f"{path}.atom", self._as_feed(room, language)))
            if path in TABLES:
                routes.append(Route(f"{path}.csv", self._as_table(room, language)))
            routes.append(Route(data_path, self._as_data(room, language)))
            routes.append(Route(path, self._as_html(room, language)))
            if self.may_review and path in ACTIONS:
                routes.append(Route(path, self._as_action(room, ACTIONS[path], language), methods=["POST"]))
        return routes

    def _as_data(self, room: Room, language: Language) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            page = room(self.visit(request, language))
            return _cacheable(request, Response(msgspec.json.encode(page.data), media_type="application/json"))

        return answer

    def _as_feed(self, room: Room, language: Language) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            visit = self.visit(request, language)
            feed = room(visit).feed
            if feed is None:
                raise HTTPException(404)
            xml = self.templates.get_template("feed.xml").render(
                visit=visit, _=language, feed=feed, origin=visit.origin
            )
            return _cacheable(request, Response(xml.encode("utf-8", "replace"), media_type="application/atom+xml"))

        return answer

    def _as_table(self, room: Room, language: Language) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            visit = self.visit(request, language)
            page = room(visit)
            if page.table is None:
                raise HTTPException(404)
            response = Response(as_csv(page.table, visit.origin).encode("utf-8", "replace"), media_type="text/csv")
            name = visit.path.strip("/").replace("/", "-")
            response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
            if page.older:
                response.headers["Link"] = f'<{visit.origin}{visit.table_from(page.older)}>; rel="next"'
            return _cacheable(request, response)

        return answer

    def _as_html(self, room: Room, language: Language) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            visit = self.visit(request, language)
            response = _cacheable(request, self.render(visit, room(visit)))
            if request.cookies.get("language", DEFAULT_LANGUAGE) != language.tag:
                response.set_cookie("language", language.tag, max_age=_YEAR, httponly=True, samesite="lax")
            return response

        return answer

    def _as_action(
        self, room: Room, act: Action, language: Language
    ) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        async def answer(request: Request) -> Response:
            if not from_this_site(request):
                raise HTTPException(403)
            answers = await forms.filled(request)
            return await run_in_threadpool(self._act, room, act, self.visit(request, language), answers)

        return answer

    def _act(self, room: Room, act: Action, visit: Visit, answers: Answers) -> Response:
        try:
            response = RedirectResponse(act(visit, answers), status_code=303)
        except (BadReview, NotFound, ValueError) as error:
            page = room(visit)
            response = self.render(visit, Page(page.template, page.data, page.context | {"problem": str(error)}), 400)
        if answers.get("author", "").strip():
            author = quote(answers["author"].strip()[:100])
            response.set_cookie("reviewer", author, max_age=_YEAR, httponly=True, samesite="strict")
        return response

    def visit(self, request: Request, language: Language) -> Visit:
        """The visit that a request is."""
        return Visit(request, self.archive, language, may_review=self.may_review)

    def render(self, visit: Visit, page: Page, status: int = 200) -> Response:
        """A page as HTML."""
        html = self.templates.get_template(page.template).render(
            visit=visit,
            _=visit.language,
            languages=languages().values(),
            rooms=MENU,
            page=page,
            **{"problem": None} | page.context,
        )
        return Response(html.encode("utf-8", "replace"), status, media_type="text/html")

    def record_css(self, request: Request) -> Response:
        """The rules that light up each record of an article in its text."""
        version = self.visit(request, languages()[DEFAULT_LANGUAGE]).asked_number("version")
        record = self.archive.record(request.path_params["id"], version=version)
        lists = (record.statements, record.figures, record.dates, record.developments, record.events)
        ids = [item.id for items in lists for item in items if re.fullmatch(r"[A-Za-z][\w-]*", item.id, re.ASCII)]
        css = self.templates.get_template("record.css").render(records=ids)
        return _cacheable(request, Response(css, media_type="text/css"))

    def choose_language(self, request: Request) -> Response:
        """The same address in the language that was last chosen, else in Arabic."""
        tag = request.cookies.get("language", DEFAULT_LANGUAGE)
        url = request.url
        path = f"/{tag if tag in languages() else DEFAULT_LANGUAGE}{url.path}"
        headers = {"Vary": "Cookie", "Cache-Control": "private, no-cache"}
        return RedirectResponse(f"{path}?{url.query}" if url.query else path, headers=headers)

    def health(self, request: Request) -> Response:
        """200 where the archive can be read; an archive that cannot is answered by `archive_error`."""
        self.archive.articles(limit=1)
        return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})

    def http_error(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        names = {400: "bad_request", 403: "forbidden", 404: "not_found", 405: "method_not_allowed"}
        return self._error_page(request, error.status_code, names.get(error.status_code, "bad_request"), error.detail)

    def not_found(self, request: Request, error: Exception) -> Response:
        return self._error_page(request, 404, "not_found")

    def archive_error(self, request: Request, error: Exception) -> Response:
        return self._error_page(request, 503, "unavailable", str(error))

    def server_error(self, request: Request, error: Exception) -> Response:
        # Starlette answers this one outside all middleware.
        response = self._error_page(request, 500, "server_error")
        response.headers.update(HEADERS)
        return response

    def _error_page(self, request: Request, status: int, name: str, detail: str = "") -> Response:
        first = request.url.path.split("/")[1]
        tag = first if first in languages() else request.cookies.get("language", DEFAULT_LANGUAGE)
        language = languages().get(tag, languages()[DEFAULT_LANGUAGE])
        if f"error.{name}_text" in language.messages:
            detail = language(f"error.{name}_text")
        heading = language(f"error.{name}")
        if request.url.path.endswith(_DATA_SUFFIX):
            data = {"error": {"status": status, "message": heading, "detail": detail}}
            return Response(msgspec.json.encode(data), status, media_type="application/json")
        page = Page("error.html", None, {"status": status, "heading": heading, "detail": detail})
        return self.render(self.visit(request, language), page, status)


class _Static(StaticFiles):
    """The site's own files; those of a newer version have another address (see `_static`) or change once in years."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=86400"
        return response


def _cacheable(request: Request, response: Response) -> Response:
    """The answer with a tag of its content, or just 304 where the browser has that content already."""
    tag = f'W/"{hashlib.sha256(response.body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response


def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("sijill.site"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    names = cast("dict[str, Any]", environment.globals)
    names.update(
        direction=direction,
        static=_static,
        evidence=evidence,
        figure_value=figure_value,
        headline=headline,
        kind_of=kind_of,
        runs=runs,
    )
    filters = cast("dict[str, Any]", environment.filters)
    filters.update(breakable=breakable, undirected=undirected, xml_text=xml_text)
    tests = cast("dict[str, Any]", environment.tests)
    tests["web"] = _is_web
    return environment


def _is_web(url: str) -> bool:
    return re.match(r"https?://", url, re.IGNORECASE) is not None


@cache
def _static(name: str) -> str:
    """The address of a static file, with its content's hash, so that a browser never shows an old one."""
    content = Path(str(files("sijill.site").joinpath("static", name))).read_bytes()
    return f"/static/{name}?{hashlib.sha256(content).hexdigest()[:12]}"
