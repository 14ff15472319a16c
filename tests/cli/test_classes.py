"""Commands about classes."""

import json

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select

from courseware.accounts.models import User
from courseware.assignments.models import Assignment
from courseware.classes import queries
from courseware.classes.models import Class, ClassRole, EnrolmentState
from courseware.core.errors import Invalid, Refused
from courseware.courses import queries as course_queries
from tests.cli.conftest import Courseware
from tests.people import MakeUser, enrolment_of


def test_add_makes_a_class_with_every_quiz_set(courseware: Courseware, instructor: User, db: SQLAlchemy) -> None:
    result = courseware("class", "add", "Evidence", "--instructor", instructor.email, "--timezone", "Asia/Kolkata")
    (class_,) = queries.list_all_classes()
    quizzes = db.session.scalar(select(func.count(Assignment.id)).where(Assignment.class_id == class_.id))
    assert quizzes
    assert result.output == f"Made class {class_.id}, Evidence, with {quizzes} quiz{'' if quizzes == 1 else 'zes'}.\n"
    assert class_.timezone == "Asia/Kolkata"
    assert enrolment_of(class_, instructor).role is ClassRole.INSTRUCTOR


def test_add_as_json_names_the_zone_of_the_site(courseware: Courseware, instructor: User) -> None:
    facts = json.loads(courseware("class", "add", "Evidence", "--instructor", instructor.email, "--json").output)
    assert (facts["title"], facts["timezone"]) == ("Evidence", "UTC")


def test_add_refuses_what_cannot_be(
    courseware: Courseware, instructor: User, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("class", "add", "Evidence", "--instructor")
    nobody = courseware(*words, "nobody@example.org").exception
    assert isinstance(nobody, Refused)
    a_learner = courseware(*words, make_user("Lea Learner").email).exception
    assert isinstance(a_learner, Refused)
    assert "is a learner on this site" in a_learner.message
    assert isinstance(courseware(*words, instructor.email, "--timezone", "Mars").exception, Invalid)
    monkeypatch.setattr(course_queries, "find_current_version", lambda: None)
    no_course = courseware(*words, instructor.email).exception
    assert isinstance(no_course, Refused)
    assert "There is no course yet" in no_course.message
    assert queries.list_all_classes() == []


def test_enrol_and_withdraw(courseware: Courseware, class_: Class, make_user: MakeUser) -> None:
    person = make_user("Nia Newcomer")
    class_id = str(class_.id)
    assert courseware("class", "enrol", class_id, person.email).output == "Nia Newcomer is learner in Section A.\n"
    enrolment = enrolment_of(class_, person)
    assert (enrolment.role, enrolment.state) == (ClassRole.LEARNER, EnrolmentState.ACTIVE)
    courseware("class", "enrol", class_id, person.email, "--role", "assistant")
    assert enrolment.role is ClassRole.ASSISTANT
    output = courseware("class", "withdraw", class_id, person.email).output
    assert output == "Nia Newcomer is withdrawn from Section A.\n"
    assert enrolment.state is EnrolmentState.WITHDRAWN


def test_list_as_text_and_as_json(courseware: Courseware, class_: Class) -> None:
    assert courseware("class", "list").output == f"{class_.id:>6}  Section A  (America/New_York)\n"
    assert json.loads(courseware("class", "list", "--json").output) == [
        {"id": class_.id, "title": "Section A", "timezone": "America/New_York"}
    ]


def test_who_or_what_is_not_there_is_refused(courseware: Courseware, class_: Class, make_user: MakeUser) -> None:
    person = make_user("Nia Newcomer")
    for words, told in (
        (("enrol", "999", person.email), "There is no class 999. List them with: courseware class list"),
        (("enrol", str(class_.id), "x@y"), "There is no account with the e-mail address x@y."),
        (("withdraw", str(class_.id), person.email), "Nia Newcomer is not in Section A."),
    ):
        refusal = courseware("class", *words).exception
        assert isinstance(refusal, Refused)
        assert refusal.message == told


@pytest.mark.parametrize(
    "words",
    [
        ("add",),
        ("add", "Evidence"),
        ("enrol", "one", "a@example.org"),
        ("enrol", "0", "a@example.org"),
        ("enrol", "1", "a@example.org", "--role", "king"),
        ("withdraw", "1"),
        ("list", "--xml"),
    ],
)
def test_a_command_that_cannot_be_read_is_a_usage_error(courseware: Courseware, words: tuple[str, ...]) -> None:
    result = courseware("class", *words)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr
