"""More people for tests than the one class has."""

from courseware.accounts.models import User
from courseware.assignments import services as assignment_services
from courseware.classes import services
from courseware.classes.models import Class, ClassRole
from courseware.core import clock
from courseware.core.database import db
from courseware.courses.queries import get_current_version
from tests.people import MakeUser, enrolment_of


def class_of(instructor: User, title: str = "Section T") -> Class:
    """Make a class on the course that people read now, with every quiz set and no dates."""
    course = get_current_version().course
    class_ = services.make_class(course, title, "UTC", instructor=instructor, at=clock.now())
    assignment_services.assign_all_quizzes(class_)
    db.session.commit()
    return class_


def learner_of(class_: Class, make_user: MakeUser, name: str = "Chiara Learner") -> User:
    """Make a learner of a class."""
    user = make_user(name)
    services.enrol(class_, user, ClassRole.LEARNER, at=clock.now())
    db.session.commit()
    return user


def withdraw(user: User, class_: Class) -> None:
    """End somebody's access to a class."""
    services.withdraw(enrolment_of(class_, user))
    db.session.commit()
