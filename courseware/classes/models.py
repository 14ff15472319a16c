"""A class and who is in it."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from courseware.accounts.models import User
from courseware.core.database import Base, primary_key
from courseware.courses.models import Course


class ClassRole(enum.StrEnum):
    """What somebody is in one class."""

    LEARNER = "learner"
    ASSISTANT = "assistant"
    INSTRUCTOR = "instructor"


class EnrolmentState(enum.StrEnum):
    """Whether somebody takes part now."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"


class Class(Base):
    """A course given to people. Its time zone is an IANA name."""

    __tablename__ = "class"

    id: Mapped[primary_key]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    title: Mapped[str] = mapped_column(String(200))
    timezone: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]

    course: Mapped[Course] = relationship()


class Enrolment(Base):
    """A person in a class with a role and a state."""

    __tablename__ = "enrolment"
    __table_args__ = (UniqueConstraint("class_id", "user_id"),)

    id: Mapped[primary_key]
    class_id: Mapped[int] = mapped_column(ForeignKey("class.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[ClassRole]
    state: Mapped[EnrolmentState] = mapped_column(default=EnrolmentState.ACTIVE)
    enrolled_at: Mapped[datetime]

    class_: Mapped[Class] = relationship()
    user: Mapped[User] = relationship()
