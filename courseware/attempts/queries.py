"""Attempts as the database has them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload
from werkzeug.exceptions import NotFound

from courseware.attempts.models import Attempt, AttemptQuestion, AttemptState, Response
from courseware.core.database import db


def get_attempt(attempt_id: int) -> Attempt:
    """Return an attempt; 404 if there is none."""
    attempt = db.session.get(Attempt, attempt_id)
    if attempt is None:
        raise NotFound
    return attempt


def lock_attempt(attempt: Attempt) -> Attempt:
    """Return the attempt as it is now, locked until the transaction ends."""
    return db.session.execute(
        select(Attempt)
        .where(Attempt.id == attempt.id)
        .with_for_update(of=Attempt)
        .execution_options(populate_existing=True)
    ).scalar_one()


def list_questions(attempt: Attempt) -> Sequence[AttemptQuestion]:
    """Return the questions of an attempt with their texts, in order."""
    return db.session.scalars(
        select(AttemptQuestion)
        .where(AttemptQuestion.attempt_id == attempt.id)
        .order_by(AttemptQuestion.position)
        .options(joinedload(AttemptQuestion.question_version))
    ).all()


def get_locked_question(
    attempt: Attempt, position: int, idempotency_key: str
) -> tuple[AttemptQuestion, Response | None]:
    """Return the question at a place, its attempt locked and fresh, and the save that the key stands for, if any."""
    row = db.session.execute(
        select(AttemptQuestion, Response)
        .join(AttemptQuestion.attempt)
        .outerjoin(
            Response,
            (Response.attempt_question_id == AttemptQuestion.id) & (Response.idempotency_key == idempotency_key),
        )
        .where(AttemptQuestion.attempt_id == attempt.id, AttemptQuestion.position == position)
        .options(contains_eager(AttemptQuestion.attempt), joinedload(AttemptQuestion.question_version))
        .with_for_update(of=(Attempt, AttemptQuestion))
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def list_attempts(assignment_ids: Collection[int], learner_id: int) -> Sequence[Attempt]:
    """Return a learner's attempts at some assignments, in the order of their numbers."""
    return db.session.scalars(
        select(Attempt)
        .where(Attempt.assignment_id.in_(assignment_ids), Attempt.learner_id == learner_id)
        .order_by(Attempt.assignment_id, Attempt.number)
    ).all()


def list_overdue_ids(at: datetime) -> Sequence[int]:
    """Return the open attempts that ended before a moment."""
    return db.session.scalars(
        select(Attempt.id).where(Attempt.state == AttemptState.OPEN, Attempt.closes_at < at).order_by(Attempt.id)
    ).all()


def find_response(question: AttemptQuestion, idempotency_key: str) -> Response | None:
    """Return the save of a question that a key stands for."""
    return db.session.scalar(
        select(Response).where(Response.attempt_question_id == question.id, Response.idempotency_key == idempotency_key)
    )
