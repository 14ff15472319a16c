"""A server in processes of its own on the database of the test, and learners who write in it."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask_sqlalchemy import SQLAlchemy

from courseware.classes import services as class_services
from courseware.classes.models import Class, ClassRole
from courseware.core import clock
from courseware.core.database import only_reading
from tests.databases import CopiedDatabase
from tests.essay_quiz import QUIZ, ask_for_essays
from tests.people import MakeUser
from tests.processes.server import Server
from tests.processes.visitor import Visitor

StartServer = Callable[[], Server]
SignedIn = Callable[..., Visitor]


@pytest.fixture
def db(db: SQLAlchemy) -> Iterator[SQLAlchemy]:
    """Let the test prepare and look without locking the server out.

    It commits what it has prepared before the server can use it, and again before it looks at
    what the server has written.
    """
    with only_reading():
        yield db


@pytest.fixture
def settings(instance: Path, copied_database: CopiedDatabase) -> dict[str, str]:
    """Tell a server or a command which instance and which database it is for."""
    return {"COURSEWARE_INSTANCE": str(instance), "COURSEWARE_DATABASE_URL": copied_database.url}


@pytest.fixture
def start_server(settings: dict[str, str], db: SQLAlchemy, tmp_path: Path) -> Iterator[StartServer]:
    """Let the test start servers; none outlives it."""
    servers: list[Server] = []

    def start_server() -> Server:
        db.session.commit()
        servers.append(Server(settings, tmp_path / "server.log"))
        return servers[-1]

    yield start_server
    for server in servers:
        server.kill()


@pytest.fixture
def essays(db: SQLAlchemy, class_: Class) -> str:  # noqa: ARG001 - the quiz is set for the class
    """Let the quiz ask for essays, and return its name in addresses."""
    ask_for_essays(db)
    return QUIZ


@pytest.fixture
def make_learners(db: SQLAlchemy, make_user: MakeUser, class_: Class) -> Callable[[int], list[str]]:
    """Let the test make learners of the class; it gets their addresses."""
    numbers = itertools.count(1)

    def make_learners(count: int) -> list[str]:
        people = [make_user(f"Learner {next(numbers)}") for _ in range(count)]
        for person in people:
            class_services.enrol(class_, person, ClassRole.LEARNER, at=clock.now())
        db.session.commit()
        return [person.email for person in people]

    return make_learners
