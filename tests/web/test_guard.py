"""The only gate."""

from collections.abc import Callable

import pytest
from flask import Flask, g
from flask_login import LoginManager, UserMixin
from werkzeug.exceptions import NotFound, Unauthorized

from courseware.core.permissions import Identity, Permission, Role, Site
from courseware.web import guard
from courseware.web.guard import PUBLIC, public, requires

OWNER, OTHER = Identity(1, Role.LEARNER, {7: Role.LEARNER}), Identity(2, Role.LEARNER, {7: Role.LEARNER})
Enter = Callable[[Identity | None], None]


@pytest.fixture
def enter(monkeypatch: pytest.MonkeyPatch) -> Enter:
    """Let the test say who is at the gate."""
    return lambda identity: monkeypatch.setattr(guard, "current_identity", lambda: identity)


def load(attempt_id: int) -> Site:
    if attempt_id != 5:
        raise NotFound
    return Site(class_id=7, owner_id=1)


@requires(Permission.ATTEMPT_READ, load)
def read_attempt(attempt: Site, position: int) -> str:
    return f"{attempt.owner_id} at {position}"


@requires(Permission.COURSE_READ)
def read_course(slug: str) -> str:
    return slug


def test_the_subject_takes_the_place_of_its_values_in_the_address(enter: Enter) -> None:
    enter(OWNER)
    assert read_attempt(attempt_id=5, position=3) == "1 at 3"
    assert read_course(slug="duty") == "duty"


@pytest.mark.parametrize(("identity", "attempt_id"), [(OTHER, 5), (OTHER, 6), (OWNER, 6)])
def test_what_is_somebody_elses_is_as_absent_as_what_is_not_there(
    enter: Enter, identity: Identity, attempt_id: int
) -> None:
    enter(identity)
    with pytest.raises(NotFound):
        read_attempt(attempt_id=attempt_id, position=3)


def test_nobody_learns_what_is_there_without_signing_in(enter: Enter) -> None:
    enter(None)
    for attempt_id in (5, 6):
        with pytest.raises(Unauthorized):
            read_attempt(attempt_id=attempt_id, position=3)
    with pytest.raises(Unauthorized):
        guard.signed_in()


def test_without_a_class_nothing_of_the_course_opens(enter: Enter) -> None:
    enter(Identity(3, Role.LEARNER))
    with pytest.raises(NotFound):
        read_course(slug="duty")
    assert not guard.may("course:read")
    enter(OWNER)
    assert guard.may("course:read")
    assert guard.signed_in() is OWNER


def test_a_view_keeps_its_name_and_shows_what_it_asks_for() -> None:
    assert read_course.__name__ == "read_course"
    assert vars(read_course)["permission"] is Permission.COURSE_READ

    @public
    def front() -> str:
        return "front"

    assert (vars(front)["permission"], front()) == (PUBLIC, "front")


def test_the_identity_comes_with_the_session_that_is_loaded() -> None:
    app = Flask(__name__)
    app.secret_key = "not a secret in a test"
    manager = LoginManager(app)

    @manager.request_loader
    def load_somebody(_request: object) -> UserMixin:
        g.identity = OWNER
        return UserMixin()

    with app.test_request_context():
        assert guard.current_identity() is OWNER
