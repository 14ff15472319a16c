"""Writes a loaded course as a new version; never edits an old one.

The one exception is the rendered HTML of questions, which attempts show for good. A new version
of the course renders its questions anew; when the renderer has changed, so are those that only
old attempts still show, so that a mended sanitiser also heals what is already stored.
"""

import enum
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from courseware.content.course import AuthoredQuestion
from courseware.content.course import Course as LoadedCourse
from courseware.content.course import Lesson as LoadedLesson
from courseware.content.course import Module as LoadedModule
from courseware.content.lessons import CheckBlock
from courseware.content.rendering import (
    RENDERER_VERSION,
    RenderedLesson,
    render_lesson,
    render_question,
    render_sample,
    sanitise_question,
)
from courseware.core.database import db
from courseware.core.errors import Refused
from courseware.courses.models import (
    BankQuestion,
    Claim,
    ClaimRelation,
    Course,
    CourseVersion,
    Lesson,
    Module,
    Objective,
    QuestionVersion,
    Quiz,
    Source,
)
from courseware.courses.search import write_index
from courseware.courses.sync_library import Rows, dispute_row, write_library


class Outcome(enum.Enum):
    """What a sync did."""

    UNCHANGED = "unchanged"
    NEW_VERSION = "new version"


@dataclass(frozen=True)
class Synced:
    """The version that is current after a sync, and whether it is a new one."""

    version: CourseVersion
    outcome: Outcome


def sync_course(loaded: LoadedCourse, *, at: datetime) -> Synced:
    """Make the loaded course the current version; an unchanged one changes nothing.

    Refused if the site holds another course.
    """
    course = db.session.scalar(select(Course).with_for_update())
    if course is None:
        course = Course(slug=loaded.meta.id)
        db.session.add(course)
        db.session.flush()  # versions need its id
    elif course.slug != loaded.meta.id:
        raise Refused(
            f"Nothing was changed: this site holds the course {course.slug}. Set up another site for {loaded.meta.id}."
        )
    current = db.session.scalar(
        select(CourseVersion).where(CourseVersion.course_id == course.id).order_by(CourseVersion.number.desc()).limit(1)
    )
    if (
        current is not None
        and current.content_hash == loaded.content_hash
        and current.renderer_version == RENDERER_VERSION
    ):
        return Synced(current, Outcome.UNCHANGED)
    if current is not None and current.renderer_version != RENDERER_VERSION:
        _renew_questions(course, loaded)
    number = 1 if current is None else current.number + 1
    return Synced(_Writer(loaded, course, number, at).write(), Outcome.NEW_VERSION)


def _renew_questions(course: Course, loaded: LoadedCourse) -> None:
    """Give every question version HTML that the present renderer or at least its sieve has made."""
    for row in db.session.scalars(select(QuestionVersion).where(QuestionVersion.course_id == course.id)):
        row.rendered = _rendered_from_definition(row, loaded) or sanitise_question(row.rendered)


def _rendered_from_definition(row: QuestionVersion, loaded: LoadedCourse) -> dict[str, object] | None:
    """Return a question rendered anew, or None if the course has lost it or something that it refers to."""
    if row.key not in loaded.questions:
        return None
    try:
        return render_question(row.definition, loaded)
    except KeyError:
        return None


class _Writer:
    """Writes one version; flushes where the next rows need ids."""

    def __init__(self, loaded: LoadedCourse, course: Course, number: int, at: datetime) -> None:
        self._loaded = loaded
        self._course = course
        self._number = number
        self._at = at

    def write(self) -> CourseVersion:
        loaded = self._loaded
        version = CourseVersion(
            course_id=self._course.id,
            number=self._number,
            content_hash=loaded.content_hash,
            renderer_version=RENDERER_VERSION,
            title=loaded.meta.title,
            summary=loaded.meta.summary,
            facts={
                "language": loaded.meta.language,
                "content_note": loaded.meta.content_note,
                "help_lines": [line.model_dump() for line in loaded.meta.help_lines],
                "sample": render_sample(loaded),
                "planned_modules": [module.model_dump() for module in loaded.meta.planned_modules],
            },
            synced_at=self._at,
        )
        db.session.add(version)
        db.session.flush()
        claims = self._write_sources(version)
        lessons: dict[str, Lesson] = {}
        objectives: dict[str, Objective] = {}
        for module in loaded.modules:
            self._write_module(version, module, lessons, objectives)
        db.session.flush()
        self._write_bank(version, lessons, objectives)
        write_library(loaded, Rows(version.id, lessons, claims))
        write_index(version.id, loaded)
        return version

    def _write_sources(self, version: CourseVersion) -> dict[str, Claim]:
        sources = {
            key: Source(
                version_id=version.id,
                key=key,
                position=position,
                name=source.name,
                kind=source.kind,
                title=source.title,
                card=source.model_dump(mode="json", exclude_none=True, exclude={"id", "name", "kind", "title"}),
            )
            for position, (key, source) in enumerate(self._loaded.sources.items())
        }
        db.session.add_all(sources.values())
        db.session.flush()
        claims = {
            key: Claim(
                version_id=version.id,
                source_id=sources[claim.source].id,
                key=key,
                position=position,
                topic=claim.module,
                type=claim.type,
                hedging=claim.hedging,
                support=claim.support.kind,
                statement=claim.statement,
                details=claim.model_dump(
                    mode="json",
                    exclude_none=True,
                    exclude={"id", "source", "module", "type", "hedging", "statement", "relations"},
                ),
            )
            for position, (key, claim) in enumerate(self._loaded.claims.items())
        }
        db.session.add_all(claims.values())
        db.session.flush()
        db.session.add_all(
            ClaimRelation(from_claim_id=claims[key].id, to_claim_id=claims[other].id, kind=kind)
            for key, claim in self._loaded.claims.items()
            for kind, others in claim.relations.items()
            for other in dict.fromkeys(others)
        )
        return claims

    def _write_module(
        self,
        version: CourseVersion,
        loaded: LoadedModule,
        lessons: dict[str, Lesson],
        objectives: dict[str, Objective],
    ) -> None:
        module = Module(
            version_id=version.id, slug=loaded.id, number=loaded.number, title=loaded.title, summary=loaded.summary
        )
        db.session.add(module)
        db.session.flush()
        rendered = {lesson.slug: render_lesson(lesson, self._loaded) for lesson in loaded.lessons}
        for number, lesson in enumerate(loaded.lessons, start=1):
            lessons[lesson.slug] = self._lesson_row(module, lesson, rendered[lesson.slug], number)
        db.session.add_all(lessons.values())
        db.session.flush()
        db.session.add_all(
            dispute_row(version.id, lessons[lesson.slug].id, dispute)
            for lesson in loaded.lessons
            for dispute in rendered[lesson.slug].disputes
        )
        for lesson in loaded.lessons:
            for position, objective in enumerate(lesson.objectives):
                objectives[objective.id] = Objective(
                    version_id=version.id,
                    lesson_id=lessons[lesson.slug].id,
                    key=objective.id,
                    position=position,
                    text=objective.text,
                )
        db.session.add_all(objectives.values())
        db.session.add_all(
            Quiz(
                version_id=version.id,
                module_id=module.id,
                slug=quiz.id,
                position=position,
                title=quiz.title,
                summary=quiz.summary,
                rules=quiz.model_dump(mode="json", exclude_none=True, exclude={"id", "title", "summary"}),
            )
            for position, quiz in enumerate(loaded.quizzes)
        )

    def _lesson_row(self, module: Module, loaded: LoadedLesson, rendered: RenderedLesson, number: int) -> Lesson:
        return Lesson(
            version_id=module.version_id,
            module_id=module.id,
            slug=loaded.slug,
            number=number,
            title=loaded.title,
            summary=loaded.summary,
            content_note=loaded.content_note,
            minutes=loaded.minutes,
            statement_count=rendered.statement_count,
            disputed_count=rendered.disputed_count,
            parts=[asdict(part) for part in rendered.parts],
            checks={
                block.id: {
                    "objective": block.objective,
                    "paragraph": block.paragraph,
                    "question": render_question(block.definition, self._loaded),
                }
                for block in loaded.blocks
                if isinstance(block, CheckBlock)
            },
            sources=[asdict(source) for source in rendered.sources],
            anchors={anchor.id: anchor.label for anchor in loaded.anchors.values()},
        )

    def _write_bank(self, version: CourseVersion, lessons: dict[str, Lesson], objectives: dict[str, Objective]) -> None:
        known = {
            (question.key, question.content_hash): question
            for question in db.session.scalars(
                select(QuestionVersion).where(QuestionVersion.course_id == self._course.id)
            )
        }
        rows = {key: self._question_row(question, known) for key, question in self._loaded.questions.items()}
        db.session.add_all(rows.values())
        db.session.flush()
        db.session.add_all(
            BankQuestion(
                version_id=version.id,
                question_version_id=rows[key].id,
                lesson_id=lessons[question.lesson].id,
                objective_id=objectives[question.objective].id,
                level=question.level,
            )
            for key, question in self._loaded.questions.items()
        )

    def _question_row(self, loaded: AuthoredQuestion, known: dict[tuple[str, str], QuestionVersion]) -> QuestionVersion:
        rendered = render_question(loaded.definition, self._loaded)
        row = known.get((loaded.id, loaded.content_hash))
        if row is not None:
            row.rendered = rendered
            return row
        return QuestionVersion(
            course_id=self._course.id,
            key=loaded.id,
            content_hash=loaded.content_hash,
            type=loaded.type,
            points=Decimal(str(loaded.points)),
            definition=loaded.definition,
            rendered=rendered,
            created_at=self._at,
        )
