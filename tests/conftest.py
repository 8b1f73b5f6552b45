"""An archive, the site over it, and a browser to look at it with."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright
from starlette.applications import Starlette

import site_archive
from sijill.archive import open_archive
from sijill.site import app


@pytest.fixture(scope="session")
def archive_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "news.sijill"
    site_archive.fill(path)
    return path


@contextmanager
def running(application: Starlette) -> Iterator[str]:
    """The address of an application, served while the context lasts."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.fixture(scope="session")
def site(archive_path: Path) -> Iterator[str]:
    """The address of the site, for reading only."""
    with running(app(archive_path, hosts=["127.0.0.1"])) as address:
        yield address


@pytest.fixture
def review_site(archive_path: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a site over a fresh copy of the archive, for reviewing."""
    with open_archive(archive_path, readonly=True) as archive:
        copied = sqlite3.connect(tmp_path / "news.sijill")
        archive.database.connection.backup(copied)
        copied.close()
    with running(app(tmp_path / "news.sijill", hosts=["127.0.0.1"], review=True)) as address:
        yield address


@pytest.fixture
def client(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site) as client:
        yield client


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("no chromium on this machine: the site was not looked at in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()
