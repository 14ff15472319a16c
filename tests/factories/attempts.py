"""Attempts for tests, made through the services."""

from collections.abc import Callable
from secrets import token_hex

from sqlalchemy import select

from courseware.accounts.models import User
from courseware.assignments.models import Assignment
from courseware.assignments.queries import get_with_quiz
from courseware.attempts import queries, services
from courseware.attempts.models import Attempt, AttemptQuestion
from courseware.attempts.services import Save, Saved
from courseware.classes.models import Class
from courseware.core import clock
from courseware.core.database import db
from courseware.courses.models import Quiz
from tests.factories.answers import Fields

GRACE_SECONDS = 10


def assigned(class_: Class, quiz_slug: str | None = None) -> tuple[Assignment, Quiz]:
    """Return an assignment of a class, the only one if none is named, and its quiz."""
    slug = quiz_slug or db.session.scalars(select(Assignment.quiz_slug).where(Assignment.class_id == class_.id)).one()
    return get_with_quiz(slug, [class_.id])


def start(learner: User, class_: Class) -> Attempt:
    """Begin an attempt at the only quiz of a class, or go on with the open one."""
    attempt = services.start_attempt(*assigned(class_), learner.id, at=clock.now())
    db.session.commit()
    return attempt


def save(
    attempt: Attempt,
    position: int,
    fields: Fields,
    *,
    version: int | None = None,
    flagged: bool = False,
    key: str | None = None,
) -> Saved:
    """Save one answer now; without a version, on top of the newest."""
    if version is None:
        version = queries.list_questions(attempt)[position - 1].version
    saved = services.save_response(
        attempt,
        position,
        Save(fields, flagged, version, key or token_hex(8)),
        at=clock.now(),
        grace_seconds=GRACE_SECONDS,
    )
    db.session.commit()
    return saved


def submit(attempt: Attempt) -> Attempt:
    """Submit now."""
    attempt = services.submit_attempt(attempt, at=clock.now())
    db.session.commit()
    return attempt


def answer_all(attempt: Attempt, answer: Callable[[Attempt, AttemptQuestion], Fields]) -> None:
    """Answer every question of an attempt in one manner."""
    for item in queries.list_questions(attempt):
        save(attempt, item.position, answer(attempt, item))


def finished(learner: User, class_: Class, answer: Callable[[Attempt, AttemptQuestion], Fields]) -> Attempt:
    """Take the quiz of a class from start to end."""
    attempt = start(learner, class_)
    answer_all(attempt, answer)
    return submit(attempt)
