"""How far somebody is in a course."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from courseware.accounts.models import User
from courseware.core.database import db
from courseware.courses.models import Lesson
from courseware.courses.queries import Place, places
from courseware.lessons.models import CheckAnswer, LessonProgress


def lock_reader(user_id: int) -> None:
    """Let one request at a time record what somebody reads and answers.

    It is the person that is locked, because a row that is still to be made cannot be.
    """
    db.session.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))


def progress_by_lesson(user_id: int, course_id: int) -> Mapping[str, LessonProgress]:
    """Return somebody's progress in every lesson they have opened, by slug."""
    rows = db.session.scalars(
        select(LessonProgress).where(LessonProgress.user_id == user_id, LessonProgress.course_id == course_id)
    )
    return {row.lesson_slug: row for row in rows}


def find_progress(user_id: int, course_id: int, lesson_slug: str) -> LessonProgress | None:
    """Return somebody's progress in one lesson."""
    return db.session.scalar(
        select(LessonProgress).where(
            LessonProgress.user_id == user_id,
            LessonProgress.course_id == course_id,
            LessonProgress.lesson_slug == lesson_slug,
        )
    )


def lesson_to_go_on_with(lessons: Sequence[Lesson], progress: Mapping[str, LessonProgress]) -> Lesson | None:
    """Return the lesson that was opened last if it is unread, else the first unread one; None if all are read."""
    unread = [lesson for lesson in lessons if lesson.slug not in progress or progress[lesson.slug].read_at is None]
    begun = [lesson for lesson in unread if lesson.slug in progress]
    return max(begun, key=lambda lesson: progress[lesson.slug].seen_at, default=next(iter(unread), None))


def find_last_place(version_id: int, progress: LessonProgress | None) -> Place | None:
    """Return the paragraph of a lesson at which somebody stopped, if it still stands there."""
    if progress is None or progress.last_anchor is None:
        return None
    return places(version_id, [progress.lesson_slug]).get(f"{progress.lesson_slug}#{progress.last_anchor}")


def check_answers(user_id: int, course_id: int, lesson_slug: str) -> Mapping[str, CheckAnswer]:
    """Return somebody's latest answers to the checks of a lesson, by check."""
    rows = db.session.scalars(
        select(CheckAnswer).where(
            CheckAnswer.user_id == user_id,
            CheckAnswer.course_id == course_id,
            CheckAnswer.lesson_slug == lesson_slug,
        )
    )
    return {row.check_key: row for row in rows}
