"""Finds who is in which class."""

from datetime import datetime

from sqlalchemy import and_

from courseware.accounts.models import User
from courseware.accounts.queries import live_user
from courseware.classes.models import Enrolment, EnrolmentState
from courseware.core.database import db
from courseware.core.permissions import Identity, Role


def find_signed_in(token: str, at: datetime) -> tuple[User, Identity] | None:
    """Return whose session the token opens, with their role on the site and in each class; one statement."""
    is_active = and_(Enrolment.user_id == User.id, Enrolment.state == EnrolmentState.ACTIVE)
    rows = db.session.execute(
        live_user(token, at).add_columns(Enrolment.class_id, Enrolment.role).outerjoin(Enrolment, is_active)
    ).all()
    if not rows:
        return None
    user: User = rows[0][0]
    class_roles = {class_id: Role(role) for _, class_id, role in rows if class_id is not None}
    return user, Identity(user.id, Role(user.role), class_roles)
