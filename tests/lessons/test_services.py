"""Recording what somebody reads and answers in a lesson."""

from datetime import timedelta
from decimal import Decimal

import pytest

from courseware.accounts.models import User
from courseware.classes.models import Class
from courseware.core.database import db
from courseware.courses.queries import get_lesson
from courseware.lessons import queries, services
from courseware.lessons.models import LessonProgress
from courseware.lessons.services import Reader
from courseware.questions.base import InvalidResponse
from courseware.web.application import CoursewareFlask
from tests.application import Clock
from tests.at_once import at_once
from tests.content.course_copy import CourseCopy
from tests.factories import courses


@pytest.fixture
def reader(tea_class: Class, tea_learner: User) -> Reader:
    """Open the first lesson of the sample."""
    assert tea_class.id
    return Reader(tea_learner.id, *get_lesson("duty", "chests-landed"))


def progress_of(reader: Reader) -> LessonProgress | None:
    return queries.find_progress(reader.user_id, reader.version.course_id, reader.lesson.slug)


def test_marking_as_read_twice_keeps_the_first_moment(reader: Reader, clock: Clock) -> None:
    first = clock.moment
    services.mark_read(reader, is_read=True, at=first)
    services.mark_read(reader, is_read=True, at=clock.advance(timedelta(days=1)))
    progress = progress_of(reader)
    assert progress is not None
    assert (progress.read_at, progress.seen_at) == (first, clock.moment)
    services.mark_read(reader, is_read=False, at=clock.moment)
    assert progress.read_at is None


def test_the_place_is_remembered_and_an_unknown_one_ignored(reader: Reader, clock: Clock) -> None:
    services.remember_place(reader, "p-nowhere", at=clock.moment)
    assert progress_of(reader) is None
    services.remember_place(reader, "p-same", at=clock.moment)
    services.remember_place(reader, "p-elsewhere", at=clock.moment)
    progress = progress_of(reader)
    assert progress is not None
    assert (progress.last_anchor, progress.read_at) == ("p-same", None)


def test_a_check_keeps_the_latest_answer_and_counts_the_tries(reader: Reader, clock: Clock) -> None:
    first = services.answer_check(reader, "check-fall", {"choice": ["c"]}, at=clock.moment)
    assert first is not None
    assert (first.points_earned, first.points_possible, first.tries) == (Decimal(0), Decimal(1), 1)
    second = services.answer_check(reader, "check-fall", {"choice": ["a"]}, at=clock.advance(timedelta(minutes=1)))
    assert second is not None
    assert (second.points_earned, second.tries, second.objective) == (Decimal(1), 2, "t1-share")
    assert list(queries.check_answers(reader.user_id, reader.version.course_id, "chests-landed")) == ["check-fall"]
    progress = progress_of(reader)
    assert progress is not None
    assert progress.seen_at == clock.moment


def test_a_blank_answer_to_a_check_is_not_kept(reader: Reader, clock: Clock) -> None:
    services.answer_check(reader, "check-fall", {"choice": ["a"]}, at=clock.moment)
    assert services.answer_check(reader, "check-fall", {}, at=clock.moment) is None
    assert queries.check_answers(reader.user_id, reader.version.course_id, "chests-landed")["check-fall"].tries == 1


def test_an_answer_that_is_not_on_the_page_is_refused(reader: Reader, clock: Clock) -> None:
    with pytest.raises(InvalidResponse):
        services.answer_check(reader, "check-fall", {"choice": ["z"]}, at=clock.moment)


def test_progress_outlives_a_new_version_of_the_course(reader: Reader, clock: Clock, tea: CourseCopy) -> None:
    services.mark_read(reader, is_read=True, at=clock.moment)
    tea.plant("course.yaml", "title: Tea and taxes", "title: Taxes and tea")
    version = courses.sync(tea)
    progress = queries.progress_by_lesson(reader.user_id, version.course_id)
    assert progress["chests-landed"].read_at == clock.moment


def test_what_is_recorded_at_once_makes_one_row(
    app: CoursewareFlask, tea_class: Class, tea_learner: User, clock: Clock
) -> None:
    assert tea_class.id
    user_id = tea_learner.id

    def record(anchor: str) -> None:
        reader = Reader(user_id, *get_lesson("duty", "chests-landed"))
        services.remember_place(reader, anchor, at=clock.moment)
        services.answer_check(reader, "check-fall", {"choice": ["a"]}, at=clock.moment)
        db.session.commit()

    at_once(app, [lambda: record("p-same")] * 4)
    version, lesson = get_lesson("duty", "chests-landed")
    assert list(queries.progress_by_lesson(user_id, version.course_id)) == ["chests-landed"]
    assert queries.check_answers(user_id, version.course_id, lesson.slug)["check-fall"].tries == 4
