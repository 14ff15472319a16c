"""Finds who is in which class."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from courseware.accounts.models import User
from courseware.accounts.queries import live_user
from courseware.classes.models import Class, Enrolment, EnrolmentState
from courseware.core.database import db
from courseware.core.permissions import Identity, Role


@dataclass(frozen=True)
class SignedIn:
    """Whose session it is, with their roles, and when it was last seen."""

    user: User
    identity: Identity
    seen_at: datetime


def find_signed_in(token: str, at: datetime) -> SignedIn | None:
    """Return whose session the token opens, with their role on the site and in each class; one statement."""
    is_active = and_(Enrolment.user_id == User.id, Enrolment.state == EnrolmentState.ACTIVE)
    rows = db.session.execute(
        live_user(token, at).add_columns(Enrolment.class_id, Enrolment.role).outerjoin(Enrolment, is_active)
    ).all()
    if not rows:
        return None
    user, seen_at = rows[0][:2]
    class_roles = {class_id: Role(role) for _, _, class_id, role in rows if class_id is not None}
    return SignedIn(user, Identity(user.id, Role(user.role), class_roles), seen_at)


def find_class(class_id: int) -> Class | None:
    """Return a class."""
    return db.session.get(Class, class_id)


def list_all_classes() -> Sequence[Class]:
    """Return every class, the oldest first."""
    return db.session.scalars(select(Class).order_by(Class.id)).all()


def list_classes_on(course_id: int) -> Sequence[Class]:
    """Return every class on a course, the oldest first."""
    return db.session.scalars(select(Class).where(Class.course_id == course_id).order_by(Class.id)).all()


def find_enrolment(class_: Class, user: User) -> Enrolment | None:
    """Return somebody's enrolment in a class, active or withdrawn."""
    return db.session.scalar(select(Enrolment).where(Enrolment.class_id == class_.id, Enrolment.user_id == user.id))
