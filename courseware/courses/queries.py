"""A course as the database has it now."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, SQLColumnExpression, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, undefer
from werkzeug.exceptions import NotFound

from courseware.core.database import db
from courseware.courses.models import (
    BankQuestion,
    Claim,
    CourseVersion,
    FigureData,
    Lesson,
    Module,
    Objective,
    QuestionVersion,
    Quiz,
    Source,
)


def is_newest(course_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Hold for the newest version of a course, whose id may come from another table of the statement."""
    other = aliased(CourseVersion)
    newest = select(func.max(other.number)).where(other.course_id == course_id).scalar_subquery()
    return (CourseVersion.course_id == course_id) & (CourseVersion.number == newest)


def find_current_version() -> CourseVersion | None:
    """Return the version that people read: the newest of the site's one course; None before the first sync."""
    return db.session.scalar(select(CourseVersion).order_by(CourseVersion.id.desc()).limit(1))


def get_current_version() -> CourseVersion:
    """Return the version that people read now; 404 before the first sync."""
    version = find_current_version()
    if version is None:
        raise NotFound
    return version


def get_lesson(module_slug: str, lesson_slug: str) -> tuple[CourseVersion, Lesson]:
    """Return a lesson of the current version with everything that its page shows; 404 if there is none."""
    row = db.session.execute(
        select(CourseVersion, Lesson)
        .join(Lesson, Lesson.version_id == CourseVersion.id)
        .join(Lesson.module)
        .where(
            CourseVersion.id == select(func.max(CourseVersion.id)).scalar_subquery(),
            Module.slug == module_slug,
            Lesson.slug == lesson_slug,
        )
        .options(
            contains_eager(Lesson.module),
            undefer(Lesson.parts),
            undefer(Lesson.checks),
            undefer(Lesson.sources),
            undefer(Lesson.anchors),
        )
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def list_lessons(version_id: int) -> Sequence[Lesson]:
    """Return the lessons of a version with their modules, in order, without their text."""
    return db.session.scalars(
        select(Lesson)
        .join(Lesson.module)
        .where(Lesson.version_id == version_id)
        .order_by(Module.number, Lesson.number)
        .options(contains_eager(Lesson.module))
    ).all()


def list_quizzes(version_id: int) -> Sequence[Quiz]:
    """Return the quizzes of a version, in order."""
    return db.session.scalars(
        select(Quiz).where(Quiz.version_id == version_id).order_by(Quiz.module_id, Quiz.position)
    ).all()


def get_quiz(version_id: int, slug: str) -> Quiz:
    """Return a quiz of a version with its module; 404 if there is none."""
    quiz = db.session.scalar(
        select(Quiz).where(Quiz.version_id == version_id, Quiz.slug == slug).options(joinedload(Quiz.module))
    )
    if quiz is None:
        raise NotFound
    return quiz


def list_objectives(version_id: int) -> Sequence[Objective]:
    """Return the objectives of a version with their lessons and modules, in order."""
    return db.session.scalars(
        select(Objective)
        .join(Objective.lesson)
        .join(Lesson.module)
        .where(Objective.version_id == version_id)
        .order_by(Module.number, Lesson.number, Objective.position)
        .options(contains_eager(Objective.lesson).contains_eager(Lesson.module))
    ).all()


@dataclass(frozen=True)
class Place:
    """Where a reader can go back to: a paragraph, figure or block of a lesson."""

    module_slug: str
    lesson_slug: str
    lesson_number: str
    lesson_title: str
    anchor: str
    label: str
    order: int


def places(version_id: int, lesson_slugs: Sequence[str]) -> dict[str, Place]:
    """Return every address of some lessons, as `lesson-slug#anchor`."""
    lessons = db.session.scalars(
        select(Lesson)
        .join(Lesson.module)
        .where(Lesson.version_id == version_id, Lesson.slug.in_(lesson_slugs))
        .options(contains_eager(Lesson.module), undefer(Lesson.anchors))
    )
    return {
        f"{lesson.slug}#{anchor}": Place(
            lesson.module.slug,
            lesson.slug,
            f"{lesson.module.number}.{lesson.number}",
            lesson.title,
            anchor,
            label,
            order,
        )
        for lesson in lessons
        for order, (anchor, label) in enumerate(lesson.anchors.items())
    }


def list_bank(module_id: int) -> Sequence[BankQuestion]:
    """Return the question bank of a module, without the questions' texts."""
    return db.session.scalars(
        select(BankQuestion)
        .join(BankQuestion.lesson)
        .join(BankQuestion.objective)
        .join(BankQuestion.question_version)
        .where(Lesson.module_id == module_id)
        .options(
            contains_eager(BankQuestion.lesson),
            contains_eager(BankQuestion.objective),
            contains_eager(BankQuestion.question_version).load_only(
                QuestionVersion.key, QuestionVersion.type, QuestionVersion.points
            ),
        )
    ).all()


def list_whole_bank(module_id: int) -> Sequence[BankQuestion]:
    """Return the question bank of a module with the questions' texts, in the order of lessons and files."""
    return db.session.scalars(
        select(BankQuestion)
        .join(BankQuestion.lesson)
        .where(Lesson.module_id == module_id)
        .order_by(Lesson.number, BankQuestion.id)
        .options(
            contains_eager(BankQuestion.lesson).undefer(Lesson.anchors),
            joinedload(BankQuestion.objective),
            joinedload(BankQuestion.question_version),
        )
    ).all()


def get_figure_data(version_id: int, lesson_slug: str, anchor: str) -> FigureData:
    """Return the data of a figure of a version; 404 if there is none."""
    data = db.session.scalar(
        select(FigureData)
        .join(Lesson, Lesson.id == FigureData.lesson_id)
        .where(Lesson.version_id == version_id, Lesson.slug == lesson_slug, FigureData.anchor == anchor)
        .options(undefer(FigureData.csv))
    )
    if data is None:
        raise NotFound
    return data


def list_sources(version_id: int) -> Sequence[Source]:
    """Return the register of sources, in order."""
    return db.session.scalars(select(Source).where(Source.version_id == version_id).order_by(Source.position)).all()


def find_source(version_id: int, key: str) -> Source | None:
    """Return a source of a version by its key."""
    return db.session.scalar(select(Source).where(Source.version_id == version_id, Source.key == key))


def list_claims(source_id: int) -> Sequence[Claim]:
    """Return the claims of a source, in the order of its text."""
    return db.session.scalars(select(Claim).where(Claim.source_id == source_id).order_by(Claim.position)).all()


def list_named_claims(version_id: int, keys: Sequence[str]) -> Sequence[Claim]:
    """Return some claims of a version with their sources."""
    return db.session.scalars(
        select(Claim)
        .where(Claim.version_id == version_id, Claim.key.in_(keys))
        .options(joinedload(Claim.source))
        .order_by(Claim.id)
    ).all()
