"""Attempts, the questions drawn for them, and every response saved."""

import enum
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from courseware.assignments.models import Assignment
from courseware.core.database import Base, primary_key
from courseware.courses.models import KEY_LENGTH, CourseVersion, QuestionVersion


class AttemptState(enum.StrEnum):
    """Open until it is submitted, by the learner or when time is up."""

    OPEN = "open"
    SUBMITTED = "submitted"


class Attempt(Base):
    """One learner's numbered try at one assignment.

    `rules` are those of the quiz when the attempt began; `closes_at` is fixed then, too.
    `seed` decides draws and orders and never leaves the server. `stage` is the place of the
    open stage in `rules["stages"]`.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("assignment_id", "learner_id", "number"),
        Index(
            "uq_attempt_one_open",
            "assignment_id",
            "learner_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        CheckConstraint("(state = 'submitted') = (submitted_at IS NOT NULL)", "submitted_has_time"),
        CheckConstraint("(state = 'submitted') = (points_earned IS NOT NULL)", "submitted_has_points"),
        CheckConstraint("number >= 1", "number_from_one"),
        CheckConstraint("points_earned >= 0 AND points_earned <= points_possible", "points_in_range"),
        CheckConstraint("points_possible > 0", "something_to_earn"),
    )

    id: Mapped[primary_key]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    learner_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    course_version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    number: Mapped[int]
    seed: Mapped[str] = mapped_column(String(64))
    rules: Mapped[dict[str, Any]]
    stage: Mapped[int] = mapped_column(default=0)
    state: Mapped[AttemptState] = mapped_column(default=AttemptState.OPEN)
    started_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    submitted_by_clock: Mapped[bool] = mapped_column(default=False)
    digest: Mapped[str | None] = mapped_column(String(64))
    points_earned: Mapped[Decimal | None]
    points_possible: Mapped[Decimal]

    assignment: Mapped[Assignment] = relationship(lazy="joined", innerjoin=True)
    course_version: Mapped[CourseVersion] = relationship()

    @property
    def class_id(self) -> int:
        """The class in which the attempt was made."""
        return self.assignment.class_id

    @property
    def owner_id(self) -> int:
        """The learner."""
        return self.learner_id

    @property
    def fraction(self) -> Decimal | None:
        """The share of the points earned, from 0 to 1, once submitted."""
        return None if self.points_earned is None else self.points_earned / self.points_possible


class AttemptQuestion(Base):
    """A question at its place in an attempt, with the response that counts now.

    `version` counts the accepted saves; a client must name the last one it saw.
    `points_earned` stays empty while a person still has to mark it.
    """

    __tablename__ = "attempt_question"
    __table_args__ = (
        UniqueConstraint("attempt_id", "position"),
        UniqueConstraint("attempt_id", "question_version_id"),
        CheckConstraint("points_earned >= 0", "points_not_negative"),
    )

    id: Mapped[primary_key]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"))
    stage: Mapped[int]
    position: Mapped[int]
    objective: Mapped[str] = mapped_column(String(KEY_LENGTH))
    lesson_slug: Mapped[str] = mapped_column(String(KEY_LENGTH))
    response: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    version: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime | None]
    is_flagged: Mapped[bool] = mapped_column(default=False)
    points_earned: Mapped[Decimal | None]

    attempt: Mapped[Attempt] = relationship()
    question_version: Mapped[QuestionVersion] = relationship()


class Response(Base):
    """One save, kept for good.

    `is_late` marks a draft that came after the grace and does not count. An accepted one with
    `saved_at` after the attempt's `closes_at` came within the grace.
    """

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("attempt_question_id", "idempotency_key"),
        CheckConstraint("is_late OR version >= 1", "accepted_has_version"),
    )

    id: Mapped[primary_key]
    attempt_question_id: Mapped[int] = mapped_column(ForeignKey("attempt_question.id"))
    version: Mapped[int]
    response: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    is_flagged: Mapped[bool]
    is_late: Mapped[bool] = mapped_column(default=False)
    idempotency_key: Mapped[str | None] = mapped_column(String(64))
    request_hash: Mapped[str | None] = mapped_column(String(64))
    saved_at: Mapped[datetime]
