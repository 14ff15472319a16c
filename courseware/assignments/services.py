"""Setting work for a class."""

from sqlalchemy import literal, select

from courseware.assignments.models import Assignment
from courseware.classes.models import Class
from courseware.core.database import db
from courseware.courses.models import CourseVersion, Quiz
from courseware.courses.queries import is_newest


def assign_all_quizzes(class_: Class) -> list[Assignment]:
    """Set every quiz of the course that the class does not have yet, without dates; return the new ones."""
    slugs = db.session.scalars(
        select(Quiz.slug)
        .join(CourseVersion, CourseVersion.id == Quiz.version_id)
        .where(
            is_newest(literal(class_.course_id)),
            Quiz.slug.not_in(select(Assignment.quiz_slug).where(Assignment.class_id == class_.id)),
        )
        .order_by(Quiz.module_id, Quiz.position)
    )
    new = [Assignment(class_id=class_.id, quiz_slug=slug) for slug in slugs]
    db.session.add_all(new)
    return new
