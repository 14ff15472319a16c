"""A course, its versions, and what stands in a version.

A version is written once by `courseware.courses.sync` and never edited. Question versions
live beside the course versions, because attempts point at them for good.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from courseware.core.database import Base, primary_key

KEY_LENGTH = 120


class Course(Base):
    """The written material of a site, under one name; people read its newest version."""

    __tablename__ = "course"

    id: Mapped[primary_key]
    slug: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)


class CourseVersion(Base):
    """One synced state of the files. `facts` holds help lines, planned modules and the like."""

    __tablename__ = "course_version"
    __table_args__ = (UniqueConstraint("course_id", "number"),)

    id: Mapped[primary_key]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    number: Mapped[int]
    content_hash: Mapped[str] = mapped_column(String(64))
    renderer_version: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    facts: Mapped[dict[str, Any]]
    synced_at: Mapped[datetime]

    course: Mapped[Course] = relationship()


class Module(Base):
    """A group of lessons, and its quizzes."""

    __tablename__ = "module"
    __table_args__ = (UniqueConstraint("version_id", "slug"), UniqueConstraint("version_id", "number"))

    id: Mapped[primary_key]
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    slug: Mapped[str] = mapped_column(String(KEY_LENGTH))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)


class Lesson(Base):
    """One page of reading, rendered.

    `parts` is the HTML in order, with a placeholder for each inline check; `checks` holds
    the rendered question of each; `sources` lists what the lesson cites; `anchors` maps the id
    of a paragraph, figure or block to its label, in the order of the page.
    """

    __tablename__ = "lesson"
    __table_args__ = (UniqueConstraint("version_id", "slug"), UniqueConstraint("module_id", "number"))

    id: Mapped[primary_key]
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"))
    slug: Mapped[str] = mapped_column(String(KEY_LENGTH))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    content_note: Mapped[str | None] = mapped_column(Text)
    minutes: Mapped[int]
    statement_count: Mapped[int]
    disputed_count: Mapped[int]
    parts: Mapped[list[Any]] = mapped_column(deferred=True)
    checks: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    sources: Mapped[list[Any]] = mapped_column(deferred=True)
    anchors: Mapped[dict[str, Any]] = mapped_column(deferred=True)

    module: Mapped[Module] = relationship()


class Objective(Base):
    """Something a learner can do after a lesson."""

    __tablename__ = "objective"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[primary_key]
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"), index=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)

    lesson: Mapped[Lesson] = relationship()


class Term(Base):
    """A word of the glossary, defined in our words as the sources use it."""

    __tablename__ = "term"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[primary_key]
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"))
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    definition: Mapped[str] = mapped_column(Text)


class Source(Base):
    """A document to be judged; `card` holds the rest of the register's entry."""

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[primary_key]
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(KEY_LENGTH))
    kind: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(Text)
    card: Mapped[dict[str, Any]]


class Claim(Base):
    """A statement that a source makes, in our words; `details` holds figures, support, speaker."""

    __tablename__ = "claim"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[primary_key]
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    position: Mapped[int]
    topic: Mapped[str] = mapped_column(String(KEY_LENGTH))
    type: Mapped[str] = mapped_column(String(32))
    hedging: Mapped[str] = mapped_column(String(32))
    support: Mapped[str] = mapped_column(String(32))
    statement: Mapped[str] = mapped_column(Text)
    details: Mapped[dict[str, Any]]

    source: Mapped[Source] = relationship()


class ClaimRelation(Base):
    """How one claim stands to another, as the author of the claims files judged it."""

    __tablename__ = "claim_relation"
    __table_args__ = (UniqueConstraint("from_claim_id", "kind", "to_claim_id"),)

    id: Mapped[primary_key]
    from_claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    to_claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))

    to_claim: Mapped[Claim] = relationship(foreign_keys=[to_claim_id])


class QuestionVersion(Base):
    """A question with its key and feedback, under the hash of its content; never changes.

    `definition` is the question as authored; `rendered` is the same with its Markdown turned
    into HTML, which a later sync may make anew.
    """

    __tablename__ = "question_version"
    __table_args__ = (
        UniqueConstraint("course_id", "key", "content_hash"),
        CheckConstraint("points >= 0", "points_not_negative"),
    )

    id: Mapped[primary_key]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    content_hash: Mapped[str] = mapped_column(String(64))
    type: Mapped[str] = mapped_column(String(32))
    points: Mapped[Decimal]
    definition: Mapped[dict[str, Any]]
    rendered: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class BankQuestion(Base):
    """The place of a question version in the bank of one course version."""

    __tablename__ = "bank_question"
    __table_args__ = (
        UniqueConstraint("version_id", "question_version_id"),
        Index("ix_bank_question_pool", "version_id", "lesson_id"),
    )

    id: Mapped[primary_key]
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"))
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"))
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"))
    level: Mapped[str] = mapped_column(String(32))

    question_version: Mapped[QuestionVersion] = relationship()
    lesson: Mapped[Lesson] = relationship()
    objective: Mapped[Objective] = relationship()


class Quiz(Base):
    """A quiz as written: its rules and from which pools its questions are drawn."""

    __tablename__ = "quiz"
    __table_args__ = (UniqueConstraint("version_id", "slug"),)

    id: Mapped[primary_key]
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), index=True)
    slug: Mapped[str] = mapped_column(String(KEY_LENGTH))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    rules: Mapped[dict[str, Any]]

    module: Mapped[Module] = relationship()
