"""Headers that every response carries."""

from http import HTTPStatus

import pytest

from courseware.web.application import CoursewareFlask
from courseware.web.headers import CONTENT_SECURITY_POLICY
from tests.http_client import Client

ADDRESSES = ("/", "/sign-in", "/modules", "/no-such-page", "/attempts/1/status", "/theme", "/passphrase/forgotten")


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("headers", [{}, {"Accept": "application/json"}])
def test_every_response_carries_the_headers_that_keep_it_safe(
    client: Client, path: str, headers: dict[str, str]
) -> None:
    answer = client.get(path, headers=headers)
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Server" not in answer.headers
    assert "Strict-Transport-Security" not in answer.headers
    assert answer.mimetype == "application/json" or answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_the_policy_lets_no_script_stand_in_a_page() -> None:
    policy = dict(part.strip().split(" ", 1) for part in CONTENT_SECURITY_POLICY.split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "script-src" not in policy


def test_a_fault_of_ours_carries_them_too(
    app: CoursewareFlask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.view_functions, "accounts.sign_in", lambda: 1 / 0)
    answer = client.get("/sign-in")
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["Cache-Control"] == "no-store"


def test_under_tls_browsers_are_told_to_stay_there(client: Client) -> None:
    answer = client.get("/", base_url="https://localhost")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(
    ("headers", "is_let_through"),
    [
        ({}, True),
        ({"Origin": "http://localhost"}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Origin": "http://localhost:8000"}, False),
        ({"Origin": "http://localhost.example.net"}, False),
        ({"Origin": "http://example.net/localhost"}, False),
        ({"Origin": "http://localhost@example.net"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({"Origin": "localhost"}, False),
        ({"Origin": "http://["}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "nonsense"}, False),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"}, False),
    ],
)
def test_a_change_from_elsewhere_is_refused(client: Client, headers: dict[str, str], *, is_let_through: bool) -> None:
    answer = client.post("/theme", headers=headers)
    assert answer.status_code == (HTTPStatus.FOUND if is_let_through else HTTPStatus.FORBIDDEN)
    assert client.get("/sign-in", headers=headers).status_code == HTTPStatus.OK


@pytest.mark.parametrize("host", ["example.net", "localhost.example.net", "localhost@example.net", "", "["])
def test_a_host_that_is_not_ours_is_refused_with_a_page(client: Client, host: str) -> None:
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code in ({HTTPStatus.BAD_REQUEST} if host else {HTTPStatus.BAD_REQUEST, HTTPStatus.OK})
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
