"""The sweep of overdue attempts."""

from datetime import timedelta

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from courseware.attempts import jobs
from courseware.attempts.models import Attempt, AttemptState
from courseware.attempts.queries import list_questions
from courseware.attempts.services import LOCK_WAIT_SECONDS
from courseware.classes.models import Class
from courseware.core.errors import CoursewareError
from courseware.web.application import CoursewareFlask
from tests.application import Clock
from tests.at_once import at_once
from tests.factories.attempts import GRACE_SECONDS, save, start, submit
from tests.factories.people import learner_of
from tests.people import MakeUser
from tests.tea import MakeClass

LEARNERS = 5


@pytest.fixture
def timed_class(make_tea_class: MakeClass, clock: Clock) -> Class:  # noqa: ARG001 - made when it stands still
    """Make a class whose quiz runs for twenty minutes."""
    return make_tea_class("t1-q01", "t1-q05", time_limit_minutes=20)


def test_a_sweep_submits_what_is_overdue_and_nothing_else(
    timed_class: Class, make_user: MakeUser, clock: Clock, db: SQLAlchemy
) -> None:
    old, done, young = (start(learner_of(timed_class, make_user, name), timed_class) for name in ("A B", "C D", "E F"))
    save(old, 2, {"answer": ["about"]})
    submit(done)
    submitted_at = done.submitted_at
    young.closes_at = clock.moment + timedelta(minutes=21)
    at = clock.advance(timedelta(minutes=20, seconds=GRACE_SECONDS + LOCK_WAIT_SECONDS))
    assert jobs.sweep(at=at, grace_seconds=GRACE_SECONDS) == 0
    at = clock.advance(timedelta(seconds=1))
    assert jobs.sweep(at=at, grace_seconds=GRACE_SECONDS) == 1
    db.session.expire_all()
    assert (old.state, old.submitted_at, old.submitted_by_clock) == (AttemptState.SUBMITTED, old.closes_at, True)
    assert old.points_earned == 1
    assert (done.submitted_at, done.submitted_by_clock) == (submitted_at, False)
    assert young.state is AttemptState.OPEN


def test_an_attempt_that_cannot_be_scored_is_named_and_holds_up_no_other(
    timed_class: Class, make_user: MakeUser, clock: Clock, db: SQLAlchemy, caplog: pytest.LogCaptureFixture
) -> None:
    stuck, fine = (start(learner_of(timed_class, make_user, name), timed_class) for name in ("A B", "C D"))
    list_questions(stuck)[0].response = {"surprise": 1}
    db.session.commit()
    at = clock.advance(timedelta(hours=1))
    for closed in (1, 0):
        with pytest.raises(CoursewareError, match=rf"attempts: {closed}\. .* still open: {stuck.id}\."):
            jobs.sweep(at=at, grace_seconds=GRACE_SECONDS)
    db.session.expire_all()
    assert (stuck.state, fine.state) == (AttemptState.OPEN, AttemptState.SUBMITTED)
    assert {record.getMessage() for record in caplog.records} == {
        f"attempt {stuck.id} is overdue and could not be submitted"
    }


def test_sweeps_at_once_close_each_attempt_once(
    app: CoursewareFlask, timed_class: Class, make_user: MakeUser, clock: Clock, db: SQLAlchemy
) -> None:
    for number in range(LEARNERS):
        start(learner_of(timed_class, make_user, f"Learner {number}"), timed_class)
    at = clock.advance(timedelta(hours=1))
    closed = at_once(app, [lambda: jobs.sweep(at=at, grace_seconds=GRACE_SECONDS)] * 3)
    assert sum(closed) == LEARNERS
    assert set(db.session.scalars(select(Attempt.state))) == {AttemptState.SUBMITTED}
