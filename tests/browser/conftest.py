"""A real browser on the real application, served on this machine."""

import re
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask_sqlalchemy import SQLAlchemy
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from typing_extensions import override
from werkzeug.serving import WSGIRequestHandler, make_server

from courseware.core.database import only_reading
from courseware.web.application import CoursewareFlask
from tests.browser import chromium

PATIENCE_MILLISECONDS = 10_000

OpenPage = Callable[..., Page]


class QuietHandler(WSGIRequestHandler):
    """Writes no line for each request."""

    @override
    def log(self, type: str, message: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def _server(app: CoursewareFlask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def db(db: SQLAlchemy) -> Iterator[SQLAlchemy]:
    """Let the test prepare and look without locking the server out.

    It commits what it has prepared before a page can show it, and commits again before it
    looks at what the server has written.
    """
    with only_reading():
        yield db


@pytest.fixture
def live_server(_server: str, db: SQLAlchemy) -> str:  # noqa: ARG001 - each test serves a fresh database
    """Give the address of the application."""
    return _server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; each test opens windows that know nothing of the others."""
    executable = chromium.find()
    if executable is None:
        pytest.skip("no Chromium is installed, and none could be installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            args=["--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        )
        yield browser
        browser.close()


@pytest.fixture
def expected_complaints() -> list[str]:
    """Patterns of complaints that a test means to provoke, such as those of going offline."""
    return []


@pytest.fixture
def open_page(browser: Browser, live_server: str, expected_complaints: list[str]) -> Iterator[OpenPage]:
    """Open a page in a window of its own, with the options of a Playwright context.

    At the end the test fails if any page wrote an error to its console (a breach of the
    content security policy does), threw, asked another origin, or met an answer of 500 and above.
    """
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(base_url=live_server, locale="en-US", **options)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        _listen(context, live_server, complaints)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    unexpected = [text for text in complaints if not any(re.search(known, text) for known in expected_complaints)]
    assert not unexpected


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """Open a page in an ordinary window of a wide screen."""
    return open_page(viewport={"width": 1280, "height": 800})


def _listen(context: BrowserContext, origin: str, complaints: list[str]) -> None:
    context.on(
        "console",
        lambda message: (
            complaints.append(f"console: {message.text} {message.location['url']}") if message.type == "error" else None
        ),
    )
    context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
    context.on(
        "request",
        lambda request: complaints.append(f"other origin: {request.url}") if _leaves(request.url, origin) else None,
    )
    context.on(
        "response",
        lambda response: complaints.append(f"{response.status}: {response.url}") if response.status >= 500 else None,
    )


def _leaves(url: str, origin: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and f"{parts.scheme}://{parts.netloc}" != origin
