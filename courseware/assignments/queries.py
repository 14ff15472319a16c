"""Assignments as the database has them."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from courseware.assignments.models import Assignment
from courseware.classes.models import Class
from courseware.core.database import db
from courseware.courses.models import CourseVersion, Module, Quiz
from courseware.courses.queries import is_newest


def list_with_quizzes(class_ids: Collection[int]) -> Sequence[tuple[Assignment, Quiz]]:
    """Return the assignments of some classes, each with its quiz as the course has it now, in the course's order."""
    rows = db.session.execute(
        _with_quiz()
        .where(Assignment.class_id.in_(class_ids))
        .order_by(Module.number, Quiz.position, Assignment.class_id)
    )
    return [(assignment, quiz) for assignment, quiz in rows]


def get_with_quiz(quiz_slug: str, class_ids: Collection[int]) -> tuple[Assignment, Quiz]:
    """Return the assignment of a quiz in the newest of some classes, with the quiz; 404 if there is none."""
    row = db.session.execute(
        _with_quiz()
        .where(Assignment.quiz_slug == quiz_slug, Assignment.class_id.in_(class_ids))
        .order_by(Assignment.class_id.desc())
        .limit(1)
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def _with_quiz() -> Select[Assignment, Quiz]:
    return (
        select(Assignment, Quiz)
        .join(Assignment.class_)
        .join(CourseVersion, is_newest(Class.course_id))
        .join(Quiz, (Quiz.version_id == CourseVersion.id) & (Quiz.slug == Assignment.quiz_slug))
        .join(Quiz.module)
        .options(joinedload(Assignment.class_), joinedload(Quiz.module))
    )
