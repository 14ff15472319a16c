"""What a test of the application can ask for: a fresh database, a client, a stopped clock, a count of SQL."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import flask_migrate
import pytest
from flask_sqlalchemy import SQLAlchemy

from courseware.app import create_app
from courseware.cli.course_sync import sync_checked
from courseware.core import clock as core_clock
from courseware.core.database import db as application_database
from courseware.web.application import CoursewareFlask
from tests.databases import NO_SERVER, SERVER_URL, CopiedDatabase, PostgresqlDatabase, SqliteDatabase
from tests.http_client import Client
from tests.statements import recorded_statements


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the application an instance folder of its own."""
    folder = tmp_path_factory.mktemp("instance")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSEWARE_INSTANCE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def copied_database(request: pytest.FixtureRequest, instance: Path) -> Iterator[CopiedDatabase]:
    """Give this process a database on the engine that was chosen."""
    if request.config.getoption("--database") == "sqlite":
        sqlite = SqliteDatabase(instance)
        sqlite.create()
        yield sqlite
        return
    if NO_SERVER in request.config.stash:
        pytest.skip(request.config.stash[NO_SERVER])
    postgresql = PostgresqlDatabase(request.config.stash[SERVER_URL], f"courseware_test_{os.getpid()}")
    postgresql.create()
    yield postgresql
    postgresql.drop()


@pytest.fixture(scope="session")
def app(copied_database: CopiedDatabase) -> CoursewareFlask:
    """Make the application, on a database that was migrated and holds the course of `content/`."""
    app = create_app({"TESTING": True, "SQLALCHEMY_DATABASE_URI": copied_database.url})
    app.test_client_class = Client
    with app.app_context():
        flask_migrate.upgrade()
        sync_checked(app.config["CONTENT"])
        application_database.session.commit()
        application_database.session.remove()
        application_database.engine.dispose()
    copied_database.keep_as_template()
    return app


@pytest.fixture
def db(app: CoursewareFlask, copied_database: CopiedDatabase) -> Iterator[SQLAlchemy]:
    """Give the test a fresh copy of the database, and the application's context."""
    copied_database.renew()
    with app.app_context():
        yield application_database
        application_database.session.remove()
        application_database.engine.dispose()


@pytest.fixture
def client(app: CoursewareFlask, db: SQLAlchemy) -> Client:  # noqa: ARG001 - a request needs a database
    """Open a browser without JavaScript in which nobody is signed in."""
    client = app.test_client()
    assert isinstance(client, Client)
    return client


@pytest.fixture
def count_statements() -> Callable[[], AbstractContextManager[list[str]]]:
    """Let the test count SQL: entering what this returns gives a list that fills with statements."""
    return recorded_statements


@dataclass
class Clock:
    """The time that the application sees."""

    moment: datetime

    def advance(self, length: timedelta) -> datetime:
        """Let time pass, and return what it is then."""
        self.moment += length
        return self.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Stop the application's clock; the test moves it."""
    stopped = Clock(datetime(2026, 9, 1, 12, tzinfo=UTC))
    monkeypatch.setattr(core_clock, "now", lambda: stopped.moment)
    return stopped
