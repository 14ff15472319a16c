"""What the database itself refuses."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Update, insert, update
from sqlalchemy.exc import IntegrityError, StatementError

from courseware.accounts.models import User
from courseware.assignments.models import Assignment
from courseware.attempts.models import Attempt, AttemptQuestion, Response
from courseware.classes.models import Class, Enrolment
from courseware.courses.models import QuestionVersion
from tests.factories.attempts import save, start, submit

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


@pytest.fixture
def attempt(tea_class: Class, tea_learner: User) -> Attempt:
    """Begin an attempt, with one answer saved."""
    attempt = start(tea_learner, tea_class)
    save(attempt, 4, {"answer": ["about"]}, key="k")
    return attempt


IMPOSSIBLE = {
    "submitted without a time": update(Attempt).values(state="submitted", points_earned=Decimal(0)),
    "submitted without points": update(Attempt).values(state="submitted", submitted_at=NOON),
    "a time while open": update(Attempt).values(submitted_at=NOON),
    "points while open": update(Attempt).values(points_earned=Decimal(0)),
    "too many points": update(Attempt).values(state="submitted", submitted_at=NOON, points_earned=Decimal(7)),
    "points below zero": update(Attempt).values(state="submitted", submitted_at=NOON, points_earned=Decimal(-1)),
    "nothing to earn": update(Attempt).values(points_possible=Decimal(0)),
    "attempt number zero": update(Attempt).values(number=0),
    "an attempt of nobody": update(Attempt).values(learner_id=999_999),
    "an attempt at nothing": update(Attempt).values(assignment_id=999_999),
    "two questions at one place": update(AttemptQuestion).values(position=1),
    "the same question twice": update(AttemptQuestion).values(question_version_id=1),
    "no such question": update(AttemptQuestion).values(question_version_id=999_999),
    "less than no points for a question": update(AttemptQuestion).values(points_earned=Decimal(-1)),
    "a question worth less than nothing": update(QuestionVersion).values(points=Decimal(-1)),
    "an accepted save without a version": update(Response).values(version=0),
    "dates the wrong way round": update(Assignment).values(opens_at=NOON, closes_at=NOON),
    "an enrolment of nobody": update(Enrolment).values(user_id=999_999),
}


@pytest.mark.parametrize("statement", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_the_database_refuses_an_impossible_row(db: SQLAlchemy, attempt: Attempt, statement: Update) -> None:
    assert attempt.id
    with pytest.raises(IntegrityError):
        db.session.execute(statement)
    db.session.rollback()


@pytest.mark.parametrize("is_submitted", [True, False])
def test_the_database_refuses_a_second_attempt_of_one_number_and_a_second_open_one(
    db: SQLAlchemy, attempt: Attempt, *, is_submitted: bool
) -> None:
    if is_submitted:
        submit(attempt)
    copy = {
        column.name: getattr(attempt, column.name)
        for column in Attempt.__table__.columns
        if column.name not in {"id", "submitted_at", "points_earned", "digest"}
    }
    copy |= {"state": "open", "number": attempt.number if is_submitted else attempt.number + 1}
    with pytest.raises(IntegrityError):
        db.session.execute(insert(Attempt).values(copy))
    db.session.rollback()


def test_the_database_refuses_one_key_twice_for_one_question(db: SQLAlchemy, attempt: Attempt) -> None:
    assert attempt.id
    first = db.session.query(Response).one()
    with pytest.raises(IntegrityError):
        db.session.execute(
            insert(Response).values(
                attempt_question_id=first.attempt_question_id,
                version=2,
                is_flagged=False,
                is_late=False,
                idempotency_key="k",
                saved_at=NOON,
            )
        )
    db.session.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        update(Attempt).values(started_at=datetime(2026, 9, 1)),  # noqa: DTZ001 - the point of it
        update(AttemptQuestion).values(points_earned=Decimal("0.001")),
        update(Attempt).values(state="lost"),
    ],
)
def test_what_a_column_cannot_hold_is_refused(db: SQLAlchemy, attempt: Attempt, statement: Update) -> None:
    assert attempt.id
    with pytest.raises(StatementError):
        db.session.execute(statement)
    db.session.rollback()
