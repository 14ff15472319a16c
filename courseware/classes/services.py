"""Making classes and enrolling people."""

from datetime import datetime

from sqlalchemy import select

from courseware.accounts.models import User
from courseware.classes import rules
from courseware.classes.models import Class, ClassRole, Enrolment, EnrolmentState
from courseware.core.database import db
from courseware.core.errors import Invalid
from courseware.courses.models import Course


def make_class(course: Course, title: str, timezone: str, *, instructor: User, at: datetime) -> Class:
    """Make a class on a course, with its first instructor."""
    problems = {
        field: problem
        for field, problem in (
            ("title", rules.problem_with_title(title)),
            ("timezone", rules.problem_with_timezone(timezone)),
        )
        if problem is not None
    }
    if problems:
        raise Invalid(" ".join(problems.values()), problems)
    class_ = Class(course_id=course.id, title=title.strip(), timezone=timezone, created_at=at)
    db.session.add(class_)
    db.session.flush()  # the enrolment needs its id
    enrol(class_, instructor, ClassRole.INSTRUCTOR, at=at)
    return class_


def enrol(class_: Class, user: User, role: ClassRole, *, at: datetime) -> Enrolment:
    """Enrol somebody; somebody who was withdrawn is active again, and the role is the one given now."""
    enrolment = db.session.scalar(
        select(Enrolment).where(Enrolment.class_id == class_.id, Enrolment.user_id == user.id)
    )
    if enrolment is None:
        enrolment = Enrolment(class_id=class_.id, user_id=user.id, enrolled_at=at)
        db.session.add(enrolment)
    enrolment.role = role
    enrolment.state = EnrolmentState.ACTIVE
    return enrolment


def withdraw(enrolment: Enrolment) -> None:
    """End somebody's access to a class at once; their record stays."""
    enrolment.state = EnrolmentState.WITHDRAWN
