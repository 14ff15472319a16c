"""A course, its versions, and what stands in a version.

A version is written once by `courseware.courses.sync` and never edited. Question versions
live beside the course versions, because attempts point at them for good.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from courseware.content.addresses import dispute_anchor, term_anchor
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
    """A word of the glossary, defined in our words as the sources use it; `used_in` lists slugs of lessons."""

    __tablename__ = "term"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[primary_key]
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"))
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    definition: Mapped[str] = mapped_column(Text)
    used_in: Mapped[list[Any]]

    lesson: Mapped[Lesson] = relationship()

    @property
    def anchor(self) -> str:
        """Its id on the page of the glossary."""
        return term_anchor(self.key)


class FigureData(Base):
    """The data of one figure of a lesson, as CSV without a byte order mark."""

    __tablename__ = "figure_data"
    __table_args__ = (UniqueConstraint("lesson_id", "anchor"),)

    id: Mapped[primary_key]
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"))
    anchor: Mapped[str] = mapped_column(String(KEY_LENGTH))
    title: Mapped[str] = mapped_column(Text)
    csv: Mapped[str] = mapped_column(Text, deferred=True)


class Dispute(Base):
    """Positions that a lesson sets against one another; `positions` and `verdict` hold rendered texts."""

    __tablename__ = "dispute"
    __table_args__ = (UniqueConstraint("lesson_id", "anchor"),)

    id: Mapped[primary_key]
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"), index=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"))
    anchor: Mapped[str] = mapped_column(String(KEY_LENGTH))
    question: Mapped[str] = mapped_column(Text)
    positions: Mapped[list[Any]]
    relation: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str] = mapped_column(Text)
    source_keys: Mapped[list[Any]]

    lesson: Mapped[Lesson] = relationship()

    @property
    def page_anchor(self) -> str:
        """Its id among the places where sources disagree."""
        return dispute_anchor(self.lesson.slug, self.anchor)


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

    @property
    def name(self) -> str:
        """How it is called in a sentence, told from the other claims of its passage by the end of its key."""
        return f"{self.source.name}, {self.details['locator']}, claim {self.key.rpartition('-')[2]}"


class ClaimRelation(Base):
    """How one claim stands to another, as the author of the claims files judged it."""

    __tablename__ = "claim_relation"
    __table_args__ = (UniqueConstraint("from_claim_id", "kind", "to_claim_id"),)

    id: Mapped[primary_key]
    from_claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    to_claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))

    from_claim: Mapped[Claim] = relationship(foreign_keys=[from_claim_id])
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


class ClaimUse(Base):
    """A place that rests on a claim: a block of a lesson, or a question of the bank."""

    __tablename__ = "claim_use"
    __table_args__ = (UniqueConstraint("claim_id", "lesson_id", "anchor", "question_key"),)

    id: Mapped[primary_key]
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"), index=True)
    anchor: Mapped[str] = mapped_column(String(KEY_LENGTH))
    question_key: Mapped[str | None] = mapped_column(String(KEY_LENGTH))

    lesson: Mapped[Lesson] = relationship()


class Actor(Base):
    """Somebody who acts or speaks in the sources, in the roles that they state."""

    __tablename__ = "actor"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[primary_key]
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(32))
    role: Mapped[str] = mapped_column(Text)


class ActorClaim(Base):
    """That a claim is about an actor."""

    __tablename__ = "actor_claim"

    actor_id: Mapped[int] = mapped_column(ForeignKey("actor.id"), primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), primary_key=True, index=True)


class Tension(Base):
    """Something in the sources that contradicts, slips, shifts or is missing, and how to read it."""

    __tablename__ = "tension"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[primary_key]
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    kinds: Mapped[list[Any]]
    strength: Mapped[str] = mapped_column(String(32))
    source_keys: Mapped[list[Any]]
    claim_keys: Mapped[list[Any]]
    lesson_slugs: Mapped[list[Any]]
    what: Mapped[str] = mapped_column(Text)
    reader: Mapped[str] = mapped_column(Text)


class TimelineEvent(Base):
    """Something that happened, as the sources have it."""

    __tablename__ = "timeline_event"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    id: Mapped[primary_key]
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"))
    position: Mapped[int]
    when: Mapped[str] = mapped_column(Text)
    year: Mapped[float | None]
    is_inferred: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)
    claim_keys: Mapped[list[Any]]


class SearchEntry(Base):
    """Something that can be searched for; only those of the newest version of a course are kept.

    `words` are those of title and body, folded; the database itself indexes them, in a way of its own: see
    `courseware.courses.search`.
    """

    __tablename__ = "search_entry"

    id: Mapped[primary_key]
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
