"""The first page, for everybody."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from courseware.accounts.models import SiteRole, User
from courseware.classes.models import Class
from courseware.courses.queries import get_current_version
from courseware.dashboard.queries import list_answered
from tests.application import Clock
from tests.content.course_copy import CourseCopy
from tests.factories import courses
from tests.factories.answers import right_fields
from tests.factories.attempts import finished, start
from tests.factories.people import learner_of
from tests.http_client import Client
from tests.people import MakeUser, SignIn
from tests.tea import MakeClass

LESSON = "/modules/duty/lessons/chests-landed"


@pytest.fixture
def browser(tea_class: Class, tea_learner: User, sign_in: SignIn) -> Client:
    """Open a browser in which the learner of the sample's class is signed in."""
    assert tea_class.id
    return sign_in(tea_learner)


def test_whoever_is_not_signed_in_sees_the_front_page(client: Client) -> None:
    page = client.get("/").text
    assert "/sign-in" in page
    assert "/quizzes" not in page


def test_whoever_is_in_no_class_is_told_whom_to_ask(make_user: MakeUser, sign_in: SignIn) -> None:
    person = make_user("Nia Newcomer")
    page = sign_in(person).get("/").text
    assert "You are not in a class yet" in page
    assert person.email in page
    assert 'href="/modules"' not in page


def test_a_learner_who_has_read_nothing_begins_with_the_first_lesson(browser: Client) -> None:
    page = browser.get("/").text
    assert f'href="{LESSON}"' in page
    assert "Not started" in page


def test_a_learner_goes_on_where_they_stopped(browser: Client, clock: Clock) -> None:
    browser.post(f"{LESSON}/read")
    browser.put("/modules/duty/lessons/why-it-fell/place", json={"anchor": "p-plunder"})
    clock.advance(timedelta(minutes=1))
    page = browser.get("/").text
    assert 'href="/modules/duty/lessons/why-it-fell#p-plunder"' in page
    browser.post("/modules/duty/lessons/why-it-fell/read")
    assert browser.get("/").status_code == 200


def test_a_place_that_the_lesson_has_lost_is_forgotten(browser: Client, tea: CourseCopy) -> None:
    browser.put(f"{LESSON}/place", json={"anchor": "p-same"})
    for address in ("/", "/modules"):
        assert f'href="{LESSON}#p-same"' in browser.get(address).text
    tea.plant("modules/01-duty/chests-landed.md", "{#p-same}", "{#p-alike}")
    courses.sync(tea)
    for address in ("/", "/modules"):
        page = browser.get(address).text
        assert f'href="{LESSON}"' in page
        assert "#p-same" not in page


def test_an_open_attempt_and_a_score_are_shown(browser: Client, tea_class: Class, tea_learner: User) -> None:
    attempt = start(tea_learner, tea_class)
    assert f"/attempts/{attempt.id}" in browser.get("/").text
    finished(tea_learner, tea_class, right_fields)
    assert "100%" in browser.get("/").text


def test_answers_in_quizzes_and_checks_count_towards_the_objective_the_newest_first(
    browser: Client, tea_class: Class, tea_learner: User, clock: Clock
) -> None:
    finished(tea_learner, tea_class, right_fields)
    clock.advance(timedelta(minutes=1))
    browser.post(f"{LESSON}/checks/check-fall", data={"qc1-choice": "b"})
    answered = list_answered(tea_learner.id, get_current_version().course_id)
    assert (answered[0].objective, answered[0].earned, answered[0].at) == ("t1-share", Decimal(0), clock.moment)
    assert sorted(each.objective for each in answered[1:]) == ["t1-count", "t1-share", "t1-share", "t2-words"]


def test_answers_of_an_open_attempt_or_one_whose_score_is_withheld_do_not_count(
    make_tea_class: MakeClass, make_user: MakeUser
) -> None:
    class_ = make_tea_class("t1-q01", review={"after_submit": ["correctness", "answers", "feedback", "links"]})
    person = learner_of(class_, make_user)
    finished(person, class_, right_fields)
    start(person, class_)
    assert list_answered(person.id, get_current_version().course_id) == []


def test_an_instructor_sees_the_classes_with_their_learners(browser: Client, instructor: User, sign_in: SignIn) -> None:
    page = sign_in(instructor, browser).get("/").text
    assert "Section T" in page
    assert re.search(r'Section T <span class="soft">class \d+</span></th><td class="num">1<', page) is not None


@pytest.mark.parametrize("role", [SiteRole.ADMINISTRATOR, SiteRole.INSTRUCTOR])
def test_staff_without_a_class_see_the_dashboard(
    tea_class: Class, make_user: MakeUser, sign_in: SignIn, role: SiteRole
) -> None:
    assert tea_class.id
    answer = sign_in(make_user("Ada Staff", role)).get("/")
    assert answer.status_code == 200
    assert "Why did it fall?" in answer.text or "How many chests?" in answer.text
