"""What a person and a script are told when something does not work."""

import logging
import re
from http import HTTPStatus

import pytest
from sqlalchemy.exc import OperationalError

from courseware.core.errors import Closed, Conflict, CoursewareError, Invalid, Refused, TooManyTries
from courseware.web.application import CoursewareFlask
from courseware.web.headers import CONTENT_SECURITY_POLICY
from tests.http_client import Client

SECRET = "SELECT passphrase FROM user WHERE secret = 'hush'"
JSON = {"Accept": "application/json"}


def fail_with(app: CoursewareFlask, monkeypatch: pytest.MonkeyPatch, endpoint: str, error: Exception) -> None:
    """Let an address raise."""

    def raise_it(**_address: object) -> str:
        raise error

    monkeypatch.setitem(app.view_functions, endpoint, raise_it)


@pytest.mark.parametrize(
    "endpoint",
    [
        "dashboard.home",
        "accounts.sign_in",
        "accounts.account",
        "accounts.forgotten",
        "lessons.course",
        "sources.register",
        "attempts.quizzes",
    ],
)
@pytest.mark.parametrize("headers", [{}, JSON])
def test_a_fault_of_ours_gives_a_number_to_the_person_and_the_rest_to_the_log(
    app: CoursewareFlask,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    endpoint: str,
    headers: dict[str, str],
) -> None:
    fail_with(app, monkeypatch, endpoint, RuntimeError(SECRET))
    path = app.url_map.bind("").build(endpoint)
    for query in ("", "?__debugger__=yes&cmd=resource&f=style.css"):
        caplog.clear()
        with caplog.at_level(logging.ERROR):
            answer = client.get(path + query, headers=headers)
        assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
        number = re.search(r"Error number ([0-9a-f]{8})\.", answer.text)
        assert number is not None
        assert number[1] in caplog.text
        assert SECRET in caplog.text
        everything = answer.text + str(answer.headers)
        for detail in ("hush", "SELECT", "RuntimeError", "Traceback", "/courseware/", ".py", "Werkzeug", "sqlite"):
            assert detail not in everything


@pytest.mark.parametrize("path", ["/console", "/?__debugger__=yes&cmd=printpin", "/_debug", "/.git/config", "/.env"])
def test_there_is_no_way_to_a_debugger_or_to_files(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}
    assert not re.search(r"EVALEX|Werkzeug|Traceback|\[core\]", answer.text)


ERRORS = [
    (Refused("Not now."), 409),
    (Conflict("Somebody was quicker.", {"version": 3, "stored": {}, "yours": {}}), 409),
    (Closed("The time is over."), 410),
    (Invalid("Mend it.", {"name": "Give a name."}), 422),
    (TooManyTries("Wait a little.", 90), 429),
    (CoursewareError("It may not be."), 400),
]


@pytest.mark.parametrize(("error", "status"), ERRORS)
def test_what_may_be_told_is_told_to_persons_and_scripts(
    app: CoursewareFlask, client: Client, monkeypatch: pytest.MonkeyPatch, error: CoursewareError, status: int
) -> None:
    fail_with(app, monkeypatch, "accounts.sign_in", error)
    page, script = client.get("/sign-in"), client.get("/sign-in", headers=JSON)
    assert page.status_code == script.status_code == status
    assert error.message in page.text
    assert script.get_json()["error"] == error.message
    assert script.get_json()["advice"]
    if isinstance(error, Conflict):
        assert script.get_json()["version"] == 3
    if isinstance(error, Invalid):
        assert script.get_json()["fields"] == {"name": "Give a name."}
        assert "Give a name." in page.text
    if isinstance(error, TooManyTries):
        assert page.headers["Retry-After"] == script.headers["Retry-After"] == "90"


def test_when_the_database_does_not_answer_nothing_is_said_to_be_saved(
    app: CoursewareFlask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_with(app, monkeypatch, "accounts.sign_in", OperationalError(SECRET, {}, Exception("database is locked")))
    for send, heading in ((client.post, "Not saved"), (client.get, "This page cannot be shown now")):
        answer = send("/sign-in", headers=JSON)
        assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert answer.get_json()["error"] == heading
        assert int(answer.headers["Retry-After"]) > 0
        assert "hush" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/no-such-page", 404),
        ("GET", "/" + "a" * 5000, 404),
        ("GET", "/%00", 404),
        ("GET", "/%FF%FE", 404),
        ("GET", "/../../etc/passwd", 404),
        ("POST", "/modules", 405),
        ("DELETE", "/", 405),
    ],
)
def test_an_error_is_a_page_of_the_site_with_a_way_on(client: Client, method: str, path: str, status: int) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    assert "<h1>" in answer.text
    assert 'href="/"' in answer.text
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


def test_a_method_that_is_not_taken_names_those_that_are(client: Client) -> None:
    assert set(client.delete("/modules").headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("path", ["/?page=%FF", "/sign-in?next=%00", "/quizzes?class=%ED%A0%80"])
def test_broken_encodings_in_an_address_break_nothing(client: Client, path: str) -> None:
    assert client.get(path).status_code in {HTTPStatus.OK, HTTPStatus.FOUND}


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"email=\xff\xfe&passphrase=%00", "application/x-www-form-urlencoded"),
        (
            b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n\xff\r\n--x--',
            "multipart/form-data; boundary=x",
        ),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"broken", "multipart/form-data"),
        (b"{}", "application/json"),
        (b"\x00" * 100, "application/octet-stream"),
    ],
)
def test_a_body_that_cannot_be_read_is_never_a_fault_of_ours(client: Client, body: bytes, content_type: str) -> None:
    answer = client.post("/sign-in", data=body, content_type=content_type)
    assert HTTPStatus.BAD_REQUEST <= answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR


def multipart(parts: int, length: int) -> bytes:
    """Return a body of many parts, or of long ones; the test client would put a long one into a file."""
    part = b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n' + b"a" * length + b"\r\n"
    return part * parts + b"--x--\r\n"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"email=" + b"a" * 2_000_001, "application/x-www-form-urlencoded"),
        (multipart(1, 600_000), "multipart/form-data; boundary=x"),
        (multipart(1_001, 1), "multipart/form-data; boundary=x"),
    ],
)
def test_a_body_that_is_too_large_is_refused(client: Client, body: bytes, content_type: str) -> None:
    answer = client.post("/sign-in", data=body, content_type=content_type)
    assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "Shorten it" in answer.text
