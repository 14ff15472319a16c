"""What a dashboard is made of."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from courseware.attempts.models import Attempt, AttemptQuestion, AttemptState
from courseware.attempts.rules import Shown
from courseware.classes.models import Class, ClassRole, Enrolment, EnrolmentState
from courseware.core.database import db
from courseware.courses.models import QuestionVersion
from courseware.lessons.models import CheckAnswer


@dataclass(frozen=True)
class Answered:
    """One answer on an objective that may be counted towards mastery."""

    objective: str
    earned: Decimal
    possible: Decimal
    at: datetime


def list_answered(user_id: int, course_id: int) -> list[Answered]:
    """Return somebody's scored answers, the newest first.

    Answers in quizzes count only where the review rule lets the learner see the score; else the
    level of an objective would tell what is not released.
    """
    rows = db.session.execute(
        select(
            AttemptQuestion.objective,
            AttemptQuestion.points_earned,
            QuestionVersion.points,
            Attempt.submitted_at,
            Attempt.rules,
        )
        .join(AttemptQuestion.attempt)
        .join(AttemptQuestion.question_version)
        .where(
            Attempt.learner_id == user_id,
            Attempt.state == AttemptState.SUBMITTED,
            QuestionVersion.course_id == course_id,
            AttemptQuestion.points_earned.is_not(None),
        )
    )
    answered = [
        Answered(objective, earned, possible, at)
        for objective, earned, possible, at, rules in rows
        if at is not None and earned is not None and Shown.SCORE in rules["review"]["after_submit"]
    ]
    checks = db.session.scalars(
        select(CheckAnswer).where(CheckAnswer.user_id == user_id, CheckAnswer.course_id == course_id)
    )
    answered += [
        Answered(check.objective, check.points_earned, check.points_possible, check.answered_at) for check in checks
    ]
    return sorted(answered, key=lambda answer: answer.at, reverse=True)


def list_classes(class_ids: Collection[int]) -> Sequence[Class]:
    """Return some classes with their courses, the newest first."""
    return db.session.scalars(
        select(Class).where(Class.id.in_(class_ids)).order_by(Class.id.desc()).options(joinedload(Class.course))
    ).all()


def count_learners(class_ids: Collection[int]) -> Mapping[int, int]:
    """Return how many learners are active in each class that has any."""
    rows = db.session.execute(
        select(Enrolment.class_id, func.count())
        .where(
            Enrolment.class_id.in_(class_ids),
            Enrolment.role == ClassRole.LEARNER,
            Enrolment.state == EnrolmentState.ACTIVE,
        )
        .group_by(Enrolment.class_id)
    )
    return {class_id: count for class_id, count in rows}  # noqa: C416 - a row is no pair to the type checker
