"""The database cannot commit: nothing is acknowledged, and the page says so."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import psycopg
import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, make_url, select, text
from werkzeug.test import TestResponse

from courseware.attempts.models import AttemptQuestion, Response
from courseware.core import database
from tests.databases import CopiedDatabase
from tests.essay_quiz import QUESTIONS
from tests.http_client import Client
from tests.statements import recorded_statements

Act = Callable[[Client, str], TestResponse]

SHORT_MILLISECONDS = 100
SOME_TEXT = "The post says who counted, and when."


def save_as_script(client: Client, attempt: str) -> TestResponse:
    return put(client, attempt, seen=0, key="first")


def save_as_form(client: Client, attempt: str) -> TestResponse:
    return client.post(attempt, data={"q1-version": "0", "q1-answer": SOME_TEXT})


def submit(client: Client, attempt: str) -> TestResponse:
    return client.post(f"{attempt}/submit")


EVERY_ACT = pytest.mark.parametrize("act", [save_as_script, save_as_form, submit])


def put(
    client: Client, attempt: str, *, seen: int, key: str, position: int = 1, answer: str = SOME_TEXT
) -> TestResponse:
    body = {"version": seen, "flagged": False, "fields": {"answer": [answer]}}
    return client.put(f"{attempt}/responses/{position}", json=body, headers={"Idempotency-Key": key})


def assert_says_not_saved(answer: TestResponse, status: HTTPStatus) -> None:
    assert answer.status_code == status
    assert "not saved" in answer.text.lower()
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        assert int(answer.headers["Retry-After"]) > 0


def fingerprint(db: SQLAlchemy) -> tuple[list[Any], list[Any]]:
    db.session.rollback()
    items = db.session.execute(select(AttemptQuestion.id, AttemptQuestion.version, AttemptQuestion.points_earned))
    revisions = db.session.execute(select(Response.id))
    found = sorted(map(tuple, items)), sorted(map(tuple, revisions))
    db.session.rollback()
    return found


@pytest.fixture
def impatient(db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the application wait for a lock for a moment only."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MILLISECONDS", SHORT_MILLISECONDS)
    db.session.commit()
    db.engine.dispose()
    yield
    db.session.rollback()
    db.engine.dispose()


@contextmanager
def held(copied_database: CopiedDatabase) -> Iterator[None]:
    """Hold from outside what every save needs."""
    url = make_url(copied_database.url)
    if url.get_backend_name() == "sqlite":
        assert url.database
        file = sqlite3.connect(url.database, isolation_level=None)
        file.execute("BEGIN IMMEDIATE")
        yield
        file.close()
        return
    with psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        connection.execute("SELECT id FROM attempt FOR UPDATE")
        yield
        connection.rollback()


@EVERY_ACT
@pytest.mark.usefixtures("impatient")
def test_while_somebody_else_holds_the_lock_nothing_is_acknowledged(
    db: SQLAlchemy, copied_database: CopiedDatabase, writer: Client, attempt: str, act: Act
) -> None:
    before = fingerprint(db)
    with held(copied_database):
        assert_says_not_saved(act(writer, attempt), HTTPStatus.SERVICE_UNAVAILABLE)
        assert writer.get(attempt).status_code == HTTPStatus.OK, "reading goes on"
    assert fingerprint(db) == before
    assert act(writer, attempt).status_code in {HTTPStatus.OK, HTTPStatus.SEE_OTHER}


@contextmanager
def full(db: SQLAlchemy) -> Iterator[None]:
    """Let the database have no room for more."""
    if db.engine.dialect.name == "sqlite":
        limit = _no_more_pages
        db.engine.dispose()
        event.listen(db.engine, "connect", limit)
        yield
        event.remove(db.engine, "connect", limit)
        db.engine.dispose()
        return
    for table in ("response", "attempt"):
        db.session.execute(
            text(
                "CREATE OR REPLACE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
            )
        )
        db.session.execute(
            text(
                f"CREATE CONSTRAINT TRIGGER no_room_in_{table} AFTER INSERT OR UPDATE ON {table} "
                "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION no_room()"
            )
        )
    db.session.commit()
    yield
    db.session.execute(text("DROP FUNCTION no_room CASCADE"))
    db.session.commit()


def _no_more_pages(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA max_page_count = 1")  # never fewer than there are


def test_on_a_full_disk_a_save_is_refused_and_all_that_was_acknowledged_is_there(
    db: SQLAlchemy, writer: Client, attempt: str
) -> None:
    acknowledged: dict[int, str] = {}
    seen = dict.fromkeys(range(1, QUESTIONS + 1), 0)
    with full(db):
        while True:
            position = sum(seen.values()) % QUESTIONS + 1
            answer = f"{seen} {SOME_TEXT * 400}"
            key = f"{position}-{seen[position]}"
            given = put(writer, attempt, seen=seen[position], key=key, position=position, answer=answer)
            if given.status_code != HTTPStatus.OK:
                break
            acknowledged[position] = answer
            seen[position] += 1
        assert_says_not_saved(given, HTTPStatus.INSUFFICIENT_STORAGE)
        form = {f"q{position}-version": str(seen[position]), f"q{position}-answer": answer}
        assert_says_not_saved(writer.post(attempt, data=form), HTTPStatus.INSUFFICIENT_STORAGE)
        assert writer.get(attempt).status_code == HTTPStatus.OK, "reading goes on"
    db.session.rollback()
    items = db.session.scalars(select(AttemptQuestion).where(AttemptQuestion.position.in_(acknowledged)))
    assert {item.position: (item.response or {})["text"] for item in items} == acknowledged
    assert submit(writer, attempt).status_code == HTTPStatus.SEE_OTHER, "it goes on once there is room"


@EVERY_ACT
@pytest.mark.parametrize("statement", ["COMMIT", "UPDATE attempt", "SELECT"])
def test_when_the_connection_breaks_nothing_is_acknowledged(
    db: SQLAlchemy, writer: Client, attempt: str, act: Act, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint(db)
    with broken_connection(db, statement, monkeypatch):
        assert_says_not_saved(act(writer, attempt), HTTPStatus.SERVICE_UNAVAILABLE)
    assert fingerprint(db) == before
    with recorded_statements():
        assert act(writer, attempt).status_code in {HTTPStatus.OK, HTTPStatus.SEE_OTHER}


@contextmanager
def broken_connection(db: SQLAlchemy, statement: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Break the connection instead of sending a statement, as if the server had gone."""
    dialect = db.engine.dialect
    gone = dialect.loaded_dbapi.OperationalError("the connection is gone")

    with monkeypatch.context() as patch:
        if statement == "COMMIT":
            patch.setattr(dialect, "do_commit", _raise(gone))
        else:
            execute = dialect.do_execute

            def do_execute(cursor: Any, asked: str, *rest: Any, **options: Any) -> None:
                if asked.startswith(statement):
                    raise gone
                execute(cursor, asked, *rest, **options)

            patch.setattr(dialect, "do_execute", do_execute)
        yield


def _raise(error: Exception) -> Callable[..., None]:
    def do(*_arguments: object) -> None:
        raise error

    return do
