"""People for tests: a class on the course, its instructor and two learners, and signing any of them in."""

from collections.abc import Callable
from functools import cache
from typing import Protocol

import pytest
from flask_sqlalchemy import SQLAlchemy

from courseware.accounts import passphrase_hashing
from courseware.accounts import queries as account_queries
from courseware.accounts import services as account_services
from courseware.accounts.models import SiteRole, User
from courseware.accounts.rules import email_key
from courseware.accounts.views import TOKEN
from courseware.assignments import services as assignment_services
from courseware.classes import queries as class_queries
from courseware.classes import services as class_services
from courseware.classes.models import Class, ClassRole, Enrolment
from courseware.core import clock
from courseware.courses.queries import get_current_version
from tests.http_client import Client

PASSPHRASE = "lantern sparrow meadow eleven"

MakeUser = Callable[..., User]


class SignIn(Protocol):
    """Signs somebody in; without a client named, in the one that the test has."""

    def __call__(self, user: User, in_client: Client | None = None) -> Client:
        """Return the client in which the person is now signed in."""


def user_with(email: str) -> User:
    """Return who has an e-mail address."""
    user = account_queries.find_user(email)
    assert user is not None
    return user


def enrolment_of(class_: Class, user: User) -> Enrolment:
    """Return somebody's enrolment in a class."""
    enrolment = class_queries.find_enrolment(class_, user)
    assert enrolment is not None
    return enrolment


@cache
def _hash() -> str:
    return passphrase_hashing.hash_passphrase(PASSPHRASE)


@pytest.fixture
def make_user(db: SQLAlchemy) -> MakeUser:
    """Let the test make people, each with PASSPHRASE."""

    def make_user(name: str, role: SiteRole = SiteRole.LEARNER) -> User:
        email = f"{name.replace(' ', '.')}@example.org"
        user = User(
            email=email,
            email_key=email_key(email),
            name=name,
            role=role,
            passphrase_hash=_hash(),
            created_at=clock.now(),
        )
        db.session.add(user)
        db.session.flush()
        return user

    return make_user


@pytest.fixture
def instructor(make_user: MakeUser) -> User:
    """Make the instructor of the class."""
    return make_user("Robin Instructor", SiteRole.INSTRUCTOR)


@pytest.fixture
def class_(db: SQLAlchemy, instructor: User) -> Class:
    """Make a class on the course, with every quiz assigned and no dates set."""
    course = get_current_version().course
    class_ = class_services.make_class(course, "Section A", "America/New_York", instructor=instructor, at=clock.now())
    assignment_services.assign_all_quizzes(class_)
    db.session.flush()
    return class_


@pytest.fixture
def learner(make_user: MakeUser, class_: Class) -> User:
    """Make a learner of the class."""
    user = make_user("Amara Learner")
    class_services.enrol(class_, user, ClassRole.LEARNER, at=clock.now())
    return user


@pytest.fixture
def other_learner(make_user: MakeUser, class_: Class) -> User:
    """Make another learner of the same class."""
    user = make_user("Ben Learner")
    class_services.enrol(class_, user, ClassRole.LEARNER, at=clock.now())
    return user


@pytest.fixture
def sign_in(client: Client, db: SQLAlchemy) -> SignIn:
    """Let the test sign people in without a visit to the page."""

    def sign_in(user: User, in_client: Client | None = None) -> Client:
        chosen = in_client or client
        token = account_services.start_session(user.id, at=clock.now())
        db.session.commit()
        with chosen.session_transaction() as session:
            session[TOKEN] = token
        return chosen

    return sign_in
