"""A real browser on the real application, served on this machine."""

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from flask_sqlalchemy import SQLAlchemy
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlalchemy import select
from typing_extensions import override
from werkzeug.serving import WSGIRequestHandler, make_server

from courseware.accounts.models import User
from courseware.core.database import only_reading
from courseware.courses.models import Quiz
from courseware.questions.registry import BUILDERS
from courseware.web.application import CoursewareFlask
from tests.browser import chromium

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PATIENCE_MILLISECONDS = 10_000

OpenPage = Callable[..., Page]


class QuietHandler(WSGIRequestHandler):
    """Writes no line for each request."""

    @override
    def log(self, type: str, message: str, *args: Any) -> None:
        pass


class Gate:
    """Stands before the application and lets requests in only while a test has its database.

    A page that is closed may still send its last request.
    """

    def __init__(self, app: CoursewareFlask) -> None:
        """Begin closed."""
        self._app = app
        self._changed = threading.Condition()
        self._is_open = False
        self._inside = 0

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_open)
            self._inside += 1
        try:
            return self._app(environ, start_response)
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    def close(self) -> None:
        """Wait until every request inside is answered, and let no other in."""
        with self._changed:
            self._is_open = False
            self._changed.wait_for(lambda: not self._inside)

    def open(self) -> None:
        """Let requests in again."""
        with self._changed:
            self._is_open = True
            self._changed.notify_all()


@pytest.fixture(scope="session")
def _gate(app: CoursewareFlask) -> Gate:
    return Gate(app)


@pytest.fixture(scope="session")
def _server(_gate: Gate) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, _gate, threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def db(_gate: Gate, db: SQLAlchemy) -> Iterator[SQLAlchemy]:
    """Let the test prepare and look without locking the server out.

    It commits what it has prepared before a page can show it, and commits again before it
    looks at what the server has written.
    """
    _gate.open()
    with only_reading():
        yield db
    _gate.close()


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
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
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


@pytest.fixture
def short_quiz(db: SQLAlchemy, learner: User) -> User:
    """Let the quiz ask one question of each type, on one page for each half; return the learner."""
    quiz = db.session.scalars(select(Quiz).where(Quiz.slug == "scale")).one()
    quiz.rules = {
        **quiz.rules,
        "questions_per_page": 5,
        "shuffle_questions": False,
        "stages": [{"id": "all", "draws": [{"count": 1, "type": name} for name in BUILDERS]}],
    }
    db.session.commit()
    return learner


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
