"""What a learner has read, and how they answered the inline checks."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from courseware.core.database import Base, primary_key
from courseware.courses.models import KEY_LENGTH


class LessonProgress(Base):
    """How far somebody is in a lesson; kept by slug, so that it outlives course versions."""

    __tablename__ = "lesson_progress"
    __table_args__ = (UniqueConstraint("user_id", "course_id", "lesson_slug"),)

    id: Mapped[primary_key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    lesson_slug: Mapped[str] = mapped_column(String(KEY_LENGTH))
    last_anchor: Mapped[str | None] = mapped_column(String(KEY_LENGTH))
    seen_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class CheckAnswer(Base):
    """The latest answer to an inline check, with its share of the points and the number of tries."""

    __tablename__ = "check_answer"
    __table_args__ = (UniqueConstraint("user_id", "course_id", "lesson_slug", "check_key"),)

    id: Mapped[primary_key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    lesson_slug: Mapped[str] = mapped_column(String(KEY_LENGTH))
    check_key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    objective: Mapped[str] = mapped_column(String(KEY_LENGTH))
    response: Mapped[Any] = mapped_column(JSON)
    points_earned: Mapped[Decimal]
    points_possible: Mapped[Decimal]
    tries: Mapped[int] = mapped_column(default=1)
    answered_at: Mapped[datetime]
