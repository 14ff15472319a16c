"""What a person and a script are told when something does not work."""

import logging
import re
from collections.abc import Mapping
from html import unescape
from http import HTTPStatus

import pytest
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import MultiDict

from courseware.accounts import services as account_services
from courseware.accounts.models import User
from courseware.attempts import queries
from courseware.attempts.models import Attempt
from courseware.classes.models import Class
from courseware.core import clock
from courseware.core.errors import Closed, Conflict, CoursewareError, Invalid, Refused, TooManyTries
from courseware.web.application import CoursewareFlask
from courseware.web.headers import CONTENT_SECURITY_POLICY
from tests.factories.attempts import start
from tests.http_client import Client
from tests.people import SignIn

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
        "library.register",
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


OUR_PAGE = {"Origin": "http://localhost"}
SENDS_AGAIN = "Send again"


@pytest.fixture
def attempt(tea_class: Class, tea_learner: User, sign_in: SignIn, client: Client) -> Attempt:
    """Begin an attempt; its learner is signed in, in a browser that sends only the tokens of its pages."""
    attempt = start(tea_learner, tea_class)
    sign_in(tea_learner)
    client.sends_csrf_token = False
    return attempt


def token_in(page: str) -> str:
    found = re.findall(r'<input type="hidden" name="csrf_token" value="([^"]+)">', page)
    assert found
    return str(found[-1])


def hidden_in(page: str) -> MultiDict[str, str]:
    """Return the fields of the form of a page that leads on with its only button."""
    form = page[page.rindex("<form") :]
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    return MultiDict([(unescape(name), unescape(text)) for name, text in pairs])


@pytest.mark.parametrize("text", ["about", '"><script>alert(1)</script>', "&amp;", "{{ 7 * 7 }}"])
def test_a_form_sent_after_signing_in_again_brings_back_what_was_typed_and_can_be_sent(
    attempt: Attempt, tea_learner: User, sign_in: SignIn, client: Client, text: str
) -> None:
    address = f"/attempts/{attempt.id}?page=2"
    typed = {"csrf_token": token_in(client.get(address).text), "q4-version": "0", "q4-answer": text, "go": "2"}
    account_services.end_sessions(tea_learner.id, at=clock.now())
    signed_out = client.post(address, data=typed, headers=OUR_PAGE)
    assert signed_out.status_code == HTTPStatus.UNAUTHORIZED
    assert "Sign in again in another tab, then come back and send it again." in signed_out.text
    kept = hidden_in(signed_out.text)
    assert kept["q4-answer"] == text
    with client.session_transaction() as session:
        session.clear()
    sign_in(tea_learner)
    page = client.post(address, data=kept, headers=OUR_PAGE)
    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert "What you typed is still here: send it again." in page.text
    assert f'<form method="post" action="{address}">' in page.text
    assert "<script>" not in page.text
    assert queries.list_questions(attempt)[3].response is None
    again = hidden_in(page.text)
    assert again["q4-answer"] == text
    assert set(again) == set(typed)
    assert client.post(address, data=again, headers=OUR_PAGE).status_code == HTTPStatus.SEE_OTHER
    assert queries.list_questions(attempt)[3].response == {"text": text}


def test_every_answer_of_a_field_and_every_line_is_brought_back(attempt: Attempt, client: Client) -> None:
    texts = ["b", "a", " two\nlines "]
    page = client.post(f"/attempts/{attempt.id}", data={"q1-choice": texts}, headers=OUR_PAGE)
    assert hidden_in(page.text).getlist("q1-choice") == texts


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "https://example.net"},
        {"Origin": "http://localhost.example.net"},
        {"Origin": "http://localhost:81"},
        {**OUR_PAGE, "Sec-Fetch-Site": "cross-site"},
        {**OUR_PAGE, "Sec-Fetch-Site": "same-site"},
        {**OUR_PAGE, **JSON},
    ],
)
def test_what_another_site_or_a_script_filled_in_is_not_brought_back(
    attempt: Attempt, client: Client, headers: Mapping[str, str]
) -> None:
    for status in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED):
        answer = client.post(f"/attempts/{attempt.id}", data={"q4-answer": "forged"}, headers=headers)
        assert answer.status_code in {status, HTTPStatus.FORBIDDEN}
        assert SENDS_AGAIN not in answer.text
        assert "forged" not in answer.text
        client.delete_cookie("session")


@pytest.mark.parametrize("path", ["/account", "/sign-in", "/passphrase/forgotten", "/passphrase/reset/" + "a" * 43])
def test_no_passphrase_is_brought_back(attempt: Attempt, client: Client, path: str) -> None:
    assert attempt.id
    typed = {"present": "hush", "new": "hush", "passphrase": "hush", "email": "hush@example.org"}
    for _signed_in in (True, False):
        answer = client.post(path, data=typed, headers=OUR_PAGE)
        assert answer.status_code in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED}
        assert "hush" not in answer.text
        client.delete_cookie("session")


def test_a_field_named_for_a_passphrase_is_left_out(attempt: Attempt, client: Client) -> None:
    typed = {"q4-answer": "about", "old-Passphrase": "hush"}
    page = client.post(f"/attempts/{attempt.id}", data=typed, headers=OUR_PAGE)
    assert set(hidden_in(page.text)) == {"csrf_token", "q4-answer"}
    assert "hush" not in page.text


@pytest.mark.parametrize("fields", [{}, {"csrf_token": "old"}, {f"q{number}-answer": "a" for number in range(1_001)}])
def test_nothing_or_more_than_a_form_may_hold_is_not_brought_back(
    attempt: Attempt, client: Client, fields: dict[str, str]
) -> None:
    answer = client.post(f"/attempts/{attempt.id}", data=fields, headers=OUR_PAGE)
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert SENDS_AGAIN not in answer.text


@pytest.mark.parametrize("token", [None, "old"])
def test_a_script_without_a_session_is_told_to_sign_in_whatever_its_token(client: Client, token: str | None) -> None:
    client.sends_csrf_token = False
    answer = client.put(
        "/attempts/1/responses/1",
        json={"fields": {}, "flagged": False, "version": 0},
        headers={"Idempotency-Key": "k1"} | ({} if token is None else {"X-CSRFToken": token}),
    )
    assert answer.status_code == HTTPStatus.UNAUTHORIZED
    assert answer.get_json()["error"] == "Sign in again. Nothing was saved."
