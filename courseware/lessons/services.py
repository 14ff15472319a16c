"""Recording what somebody has read and answered in lessons."""

from dataclasses import dataclass
from datetime import datetime

from courseware.core.database import db
from courseware.courses.models import CourseVersion, Lesson
from courseware.lessons import queries
from courseware.lessons.models import CheckAnswer, LessonProgress
from courseware.questions import registry
from courseware.questions.base import Fields


@dataclass(frozen=True)
class Reader:
    """Somebody with a lesson open."""

    user_id: int
    version: CourseVersion
    lesson: Lesson


def mark_read(reader: Reader, *, is_read: bool, at: datetime) -> None:
    """Mark a lesson as read or not; marking it twice keeps the first moment."""
    queries.lock_reader(reader.user_id)
    progress = _progress(reader, at)
    if not is_read:
        progress.read_at = None
    elif progress.read_at is None:
        progress.read_at = at


def remember_place(reader: Reader, anchor: str, *, at: datetime) -> None:
    """Remember the paragraph that somebody has come to; an unknown one is ignored."""
    if anchor in reader.lesson.anchors:
        queries.lock_reader(reader.user_id)
        _progress(reader, at).last_anchor = anchor


def answer_check(reader: Reader, check_key: str, fields: Fields, *, at: datetime) -> CheckAnswer | None:
    """Score an answer to an inline check and keep it as the latest; a blank one is not kept.

    Raises InvalidResponse if the fields cannot be read.
    """
    check = reader.lesson.checks[check_key]
    question = registry.build(check["question"])
    response = question.read_response(fields, question.layout(None))
    score = question.score(response)
    if response is None or score is None:
        return None
    queries.lock_reader(reader.user_id)
    answer = queries.check_answers(reader.user_id, reader.version.course_id, reader.lesson.slug).get(check_key)
    if answer is None:
        answer = CheckAnswer(
            user_id=reader.user_id,
            course_id=reader.version.course_id,
            lesson_slug=reader.lesson.slug,
            check_key=check_key,
            tries=0,
        )
        db.session.add(answer)
    answer.objective = check["objective"]
    answer.response = response
    answer.points_earned = score.earned
    answer.points_possible = score.possible
    answer.tries += 1
    answer.answered_at = at
    _progress(reader, at)
    return answer


def _progress(reader: Reader, at: datetime) -> LessonProgress:
    progress = queries.find_progress(reader.user_id, reader.version.course_id, reader.lesson.slug)
    if progress is None:
        progress = LessonProgress(
            user_id=reader.user_id,
            course_id=reader.version.course_id,
            lesson_slug=reader.lesson.slug,
            seen_at=at,
        )
        db.session.add(progress)
    progress.seen_at = at
    return progress
