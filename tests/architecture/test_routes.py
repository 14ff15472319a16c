"""Who may go where: every address against everybody, and what no address may do."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from courseware.core.permissions import ALLOWED, Permission, Role
from courseware.web.application import CoursewareFlask
from courseware.web.guard import PUBLIC
from tests.architecture.visitors import World, changing, rules, world
from tests.at_once import clients
from tests.http_client import Client
from tests.people import SignIn
from tests.tables import fingerprint

__all__ = ["world"]

HERE = Path(__file__).parent
PERMISSION_TABLE = HERE / "permissions.txt"
ROUTE_TABLE = HERE / "routes.txt"
ABSENT_ID = 987_654
LEAST_TRIPLES = 1_000
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def table_of(header: list[str], rows: list[list[str]]) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(header, *rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (header, *rows))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def without_tokens(page: str) -> str:
    return re.sub(r'(name="csrf_token" value=|name="csrf-token" content=)"[^"]*"', "", page)


def test_every_address_declares_a_permission(app: Flask) -> None:
    undeclared = [name for name, view in app.view_functions.items() if not hasattr(view, "permission")]
    assert undeclared == []


def test_every_permission_is_in_the_table_and_asked_for_by_some_address(app: Flask) -> None:
    asked = {getattr(view, "permission", None) for view in app.view_functions.values()} - {PUBLIC}
    assert asked == set(Permission) == set(ALLOWED)


def test_the_permission_table_is_the_committed_one() -> None:
    rows = [
        [permission.value, *("yes" if role in ALLOWED[permission] else "-" for role in Role)]
        for permission in Permission
    ]
    assert table_of(["permission", *(role.value for role in Role)], rows) == PERMISSION_TABLE.read_text("utf-8")


def test_addresses_are_in_kebab_case_with_typed_parameters(app: Flask) -> None:
    odd = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if not re.fullmatch(r"(/([a-z]+(-[a-z]+)*|<[a-z]+(\([^)]*\))?:[a-z_]+>)(\.csv)?)+|/", rule.rule)
    ]
    assert odd == []


def test_everybody_gets_at_every_address_what_the_committed_table_says(
    app: CoursewareFlask, world: World, sign_in: SignIn, client: Client
) -> None:
    rows: list[list[str]] = []
    for method, rule in rules(app):
        path = world.path(app, rule)
        row = [method, rule.rule]
        for person in world.visitors.values():
            browser = client if person is None else sign_in(person, clients(app, 1)[0])
            row.append(str(browser.open(path, method=method, buffered=True).status_code))
        rows.append(row)
    assert table_of(["method", "address", *world.visitors], rows) == ROUTE_TABLE.read_text("utf-8")


def test_no_address_takes_a_method_that_it_does_not_name(
    app: CoursewareFlask, world: World, sign_in: SignIn, client: Client
) -> None:
    sign_in(world.owner)
    taken = {(world.path(app, rule), method) for method, rule in rules(app)}
    before = fingerprint()
    for path in {path for path, _ in taken}:
        for method in METHODS:
            if (path, method) not in taken:
                answer = client.open(path, method=method, buffered=True)
                assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED, (method, path)
    assert fingerprint() == before


def attempt_rules(app: Flask) -> list[tuple[str, Rule]]:
    return [(method, rule) for method, rule in rules(app) if "attempt_id" in rule.arguments]


def told(answer: TestResponse) -> tuple[int, str, dict[str, str]]:
    """Return everything that an answer tells, but for the token, which is new each time, and what was asked for."""
    headers = {name: value for name, value in answer.headers.items() if name not in {"Set-Cookie", "Content-Length"}}
    return answer.status_code, re.sub(r"/attempts/\d+", "", without_tokens(answer.text)), headers


def test_what_is_somebody_elses_answers_byte_for_byte_as_if_it_were_absent(
    app: CoursewareFlask, world: World, sign_in: SignIn, client: Client
) -> None:
    before = fingerprint(without={"sign_in_session"})
    tried = 0
    for name, person in world.visitors.items():
        if name == "owner":
            continue
        browser = client if person is None else sign_in(person, clients(app, 1)[0])
        for method, rule in attempt_rules(app):
            for accept in ("text/html", "application/json"):
                answers = [
                    told(browser.open(path, method=method, headers={"Accept": accept}))
                    for path in (
                        world.path(app, rule, world.open_attempt_id),
                        world.path(app, rule, world.submitted_attempt_id),
                        world.path(app, rule, ABSENT_ID),
                    )
                ]
                tried += len(answers)
                # The way back after signing in names the address that was asked for, for everybody.
                if person is None and method == "GET" and accept == "text/html":
                    assert {status for status, _, _ in answers} == {HTTPStatus.FOUND}
                else:
                    assert answers[0] == answers[1] == answers[2], (name, method, rule.rule)
    assert tried > LEAST_TRIPLES // 3
    assert fingerprint(without={"sign_in_session"}) == before


FORGERIES = (
    "no token",
    "another token",
    "the token of somebody else",
    "the token in the address",
    "a method override",
    "JSON sent as text",
    "a foreign origin",
    "an origin that is none",
    "an origin that cannot be read",
    "another site",
    "the same site",
)


def forged(app: CoursewareFlask, browser: Client, path: str, method: str, forgery: str) -> TestResponse:
    token = browser.csrf_token()
    foreign = {
        "a foreign origin": {"Origin": "https://example.net"},
        "an origin that is none": {"Origin": "null"},
        "an origin that cannot be read": {"Origin": "http://["},
        "another site": {"Sec-Fetch-Site": "cross-site"},
        "the same site": {"Sec-Fetch-Site": "same-site"},
    }
    if forgery in foreign:
        return browser.open(path, method=method, headers={**foreign[forgery], "X-CSRFToken": token})
    text = f'{{"csrf_token": "{token}", "fields": {{}}, "flagged": true, "version": 0}}'
    sent: dict[str, dict[str, Any]] = {
        "no token": {},
        "another token": {"data": {"csrf_token": token[::-1]}},
        "the token of somebody else": {"headers": {"X-CSRFToken": clients(app, 1)[0].csrf_token()}},
        "the token in the address": {"query_string": {"csrf_token": token}},
        "a method override": {"headers": {"X-HTTP-Method-Override": "GET"}},
        "JSON sent as text": {"data": text, "content_type": "text/plain"},
    }
    browser.sends_csrf_token = False
    answer = browser.open(path, method=method, **sent[forgery])
    browser.sends_csrf_token = True
    return answer


@pytest.mark.parametrize("forgery", FORGERIES)
def test_nothing_can_be_changed_by_a_request_that_was_forged(
    app: CoursewareFlask, world: World, sign_in: SignIn, client: Client, forgery: str
) -> None:
    sign_in(world.owner)
    before = fingerprint()
    for method, rule in changing(app):
        answer = forged(app, client, world.path(app, rule), method, forgery)
        assert answer.status_code in {HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN}, (method, rule.rule)
    assert fingerprint() == before
    assert client.get("/account").status_code == HTTPStatus.OK


def test_a_request_of_our_own_origin_is_let_through(world: World, sign_in: SignIn, client: Client) -> None:
    sign_in(world.owner)
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    answer = client.post("/modules/duty/lessons/chests-landed/read", headers=headers)
    assert answer.status_code == HTTPStatus.SEE_OTHER


def addresses_in(page: str) -> Iterator[str]:
    for address in re.findall(r'(?:href|src)="(/[^"#]*)', page):
        yield address.replace("&amp;", "&")


@pytest.mark.parametrize("visitor", ["anonymous", "owner", "no class", "instructor", "administrator"])
def test_following_every_link_meets_no_error_and_changes_nothing(
    world: World, sign_in: SignIn, client: Client, visitor: str
) -> None:
    person = world.visitors[visitor]
    if person is not None:
        sign_in(person)
    base = f"/attempts/{world.open_attempt_id}"
    waiting = ["/", base, f"{base}/review", f"{base}/status"] if visitor == "owner" else ["/"]
    before = fingerprint()
    seen: set[str] = set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address, buffered=True)
        assert answer.status_code in {HTTPStatus.OK, HTTPStatus.FOUND}, address
        assert client.head(address, buffered=True).status_code == answer.status_code
        if answer.status_code == HTTPStatus.FOUND:
            waiting.append(answer.location or "")
        if answer.mimetype == "text/html":
            waiting += addresses_in(answer.text)
    assert len(seen) > (20 if visitor == "owner" else 3)
    assert fingerprint() == before


@contextmanager
def every_statement(db: SQLAlchemy) -> Iterator[list[str]]:
    """Give a list that fills with all that is sent to the database, what frames a transaction included."""
    statements: list[str] = []

    def record(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", record)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", record)


def test_reading_takes_no_lock_that_keeps_others_from_writing(
    app: CoursewareFlask, db: SQLAlchemy, world: World, sign_in: SignIn
) -> None:
    browser = sign_in(world.owner)
    db.session.commit()
    with every_statement(db) as statements:
        for method, rule in rules(app):
            if method == "GET":
                browser.get(world.path(app, rule), buffered=True)
    assert not [each for each in statements if re.match(r"BEGIN IMMEDIATE|INSERT|UPDATE|DELETE", each)]
    assert not [each for each in statements if "FOR UPDATE" in each]
