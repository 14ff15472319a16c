"""Redirects that stay here, and telling scripts from pages."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from courseware.web.responses import local_path, wants_json

HERE = [
    "/",
    "/account",
    "/modules/duty/lessons/chests-landed",
    "/attempts/7?page=2",
    "/attempts/7?page=2#q3",
    "/quizzes/duty?class=1&next=//x",
    "/a?next=https://example.net",
    "/é",
    "/a@b",
    "/a:b",
    "/https:example.net",
    "/.",
    "/..",
    "/%2F%2Fexample.net",
    "/?",
    "/#",
]
ELSEWHERE = [
    None,
    "",
    "x",
    "account",
    "?next",
    "#top",
    "//example.net",
    "///example.net",
    "////example.net",
    "//example.net/a",
    "//user@example.net",
    "//example.net:80",
    "//[::1]/",
    "//[",
    "/\\example.net",
    "\\/example.net",
    "\\\\example.net",
    "\\example.net",
    "/a\\b",
    "/\t/example.net",
    "/\n/example.net",
    "/\r/example.net",
    "/\0/example.net",
    "/ /example.net",
    "/a b",
    "/a\x7f",
    " //example.net",
    "\t//example.net",
    "\x01//example.net",
    " /account",
    "/account\n",
    "/account\r\nSet-Cookie: a=b",
    "http:example.net",
    "http:/example.net",
    "http://example.net",
    "HTTPS://example.net",
    "https:example.net",
    "https:///example.net",
    "https:\\\\example.net",
    "ftp://example.net",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "mailto:a@example.net",
    "file:///etc/passwd",
    "example.net",
    "x@example.net",
    "@example.net",
    ":80",
    ".",
    "..",
    "../account",
    "./account",
    "%2Faccount",
    "%09//example.net",
    "\u2028//example.net",
    "\uff0f\uff0fexample.net",
    "http://localhost@example.net",
]


@pytest.mark.parametrize("target", HERE)
def test_a_plain_path_on_this_site_is_gone_to(target: str) -> None:
    assert local_path(target, "/fallback") == target


@pytest.mark.parametrize("target", ELSEWHERE)
def test_whatever_could_lead_elsewhere_is_not(target: str | None) -> None:
    assert local_path(target, "/fallback") == "/fallback"


def test_there_are_enough_cases() -> None:
    assert len(HERE) + len(ELSEWHERE) >= 60


@given(st.text())
def test_a_target_begins_with_one_slash_and_holds_nothing_that_browsers_drop(target: str) -> None:
    path = local_path(target, "/")
    assert path.startswith("/")
    assert not path.startswith(("//", "/\\"))
    assert not set(path) & set("\\ \t\r\n\0")


@pytest.mark.parametrize(
    ("headers", "is_json"),
    [
        ({}, False),
        ({"Accept": "text/html"}, False),
        ({"Accept": "*/*"}, False),
        ({"Accept": "application/json"}, True),
        ({"Accept": "text/html,application/json;q=0.9"}, False),
        ({"Accept": "text/html;q=0.1,application/json"}, True),
        ({"Content-Type": "application/json"}, True),
        ({"Content-Type": "application/json; charset=utf-8"}, True),
        ({"Content-Type": "text/plain"}, False),
    ],
)
def test_a_script_is_told_by_what_it_sends_and_takes(headers: dict[str, str], *, is_json: bool) -> None:
    with Flask(__name__).test_request_context(headers=headers):
        assert wants_json() is is_json
