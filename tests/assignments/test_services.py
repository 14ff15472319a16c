"""Setting quizzes for a class."""

import pytest
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from courseware.accounts.models import User
from courseware.assignments.models import Assignment
from courseware.assignments.queries import get_with_quiz, list_with_quizzes
from courseware.assignments.services import assign_all_quizzes
from courseware.classes.models import Class
from courseware.core.database import db
from tests.content.course_copy import CourseCopy
from tests.factories import courses
from tests.factories.people import class_of


def test_every_quiz_of_the_course_is_set_once_without_dates(tea_class: Class) -> None:
    assert assign_all_quizzes(tea_class) == []
    (assignment,) = db.session.scalars(select(Assignment).where(Assignment.class_id == tea_class.id))
    assert assignment.quiz_slug == "duty"
    assert (assignment.opens_at, assignment.due_at, assignment.closes_at, assignment.owner_id) == (None,) * 4


def test_a_quiz_that_came_later_is_set_by_setting_all_again(tea_class: Class, tea: CourseCopy) -> None:
    courses.add_module(tea, "02-tax")
    courses.sync(tea)
    assert [assignment.quiz_slug for assignment in assign_all_quizzes(tea_class)] == ["tax"]


def test_an_assignment_comes_with_its_quiz_as_the_course_has_it_now(tea_class: Class, tea: CourseCopy) -> None:
    courses.set_rules(tea, title="Quiz 1: Another name")
    courses.sync(tea)
    _, quiz = get_with_quiz("duty", [tea_class.id])
    assert quiz.title == "Quiz 1: Another name"
    assert [quiz.title for _, quiz in list_with_quizzes([tea_class.id])] == ["Quiz 1: Another name"]


def test_of_two_classes_the_newer_one_is_meant(tea_class: Class, instructor: User) -> None:
    newer = class_of(instructor, "Section U")
    assert get_with_quiz("duty", [tea_class.id, newer.id])[0].class_id == newer.id
    assert get_with_quiz("duty", [tea_class.id])[0].class_id == tea_class.id


@pytest.mark.parametrize("slug", ["duty", "tax"])
def test_who_is_in_no_class_has_no_assignment(tea_class: Class, slug: str) -> None:
    assert tea_class.id
    with pytest.raises(NotFound):
        get_with_quiz(slug, [])
    assert list_with_quizzes([]) == []
