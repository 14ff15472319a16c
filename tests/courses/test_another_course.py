"""A course that has nothing in common with the one that ships is checked, loaded and read in the same way."""

import re
from http import HTTPStatus

import pytest

from courseware.accounts.models import User
from courseware.content.course import Course
from courseware.content.loader import load_course
from courseware.content.rendering import render_lesson, render_question
from tests.content.course_copy import SWIFTS, CourseCopy
from tests.factories import courses
from tests.factories.people import class_of, learner_of
from tests.http_client import Client
from tests.people import MakeUser, SignIn

OF_THE_SHIPPED_COURSE = re.compile(r"fentanyl|opioid|overdose|China|Brookings|988|Five accounts", re.IGNORECASE)


@pytest.fixture(scope="module")
def swifts() -> Course:
    loaded = load_course(SWIFTS)
    assert [str(issue) for issue in loaded.issues] == []
    assert loaded.course is not None
    return loaded.course


@pytest.fixture
def browser(instructor: User, make_user: MakeUser, sign_in: SignIn) -> Client:
    """Make it the course of the site, and open a browser in which a learner of a class on it is signed in."""
    courses.sync(CourseCopy(SWIFTS))
    return sign_in(learner_of(class_of(instructor), make_user))


def read(browser: Client, path: str) -> str:
    page = browser.get(path)
    assert page.status_code == HTTPStatus.OK, path
    assert not OF_THE_SHIPPED_COURSE.findall(page.text), path
    return page.text


def test_every_lesson_and_question_is_rendered(swifts: Course) -> None:
    for lesson in swifts.lessons.values():
        rendered = render_lesson(lesson, swifts)
        assert rendered.statement_count
        assert any("<svg" in part.html for part in rendered.parts)
    for question in swifts.questions.values():
        assert render_question(question.definition, swifts)["prompt"]


def test_every_page_speaks_of_this_course_alone(browser: Client, swifts: Course) -> None:
    for path in ("/", "/modules", "/sources", "/claims", "/glossary", "/quizzes", "/search?q=swift"):
        read(browser, path)
    for module in swifts.modules:
        page = read(browser, f"/modules/{module.id}")
        for lesson in module.lessons:
            assert lesson.title in page
            read(browser, f"/modules/{module.id}/lessons/{lesson.slug}")
    for source in swifts.sources.values():
        assert source.name in read(browser, f"/sources/{source.id}")
    for claim in swifts.claims.values():
        assert claim.statement in read(browser, f"/claims/{claim.id}")


def test_a_page_is_in_the_language_of_the_course(browser: Client) -> None:
    page = read(browser, "/modules/winter/lessons/where-they-winter")
    assert 'lang="en-GB"' in page
    assert "From outside the sources:" in page
    assert "Hedenström and others, Current Biology, 2016" in page


def test_what_a_course_leaves_out_is_missed_on_no_page(browser: Client) -> None:
    for path in ("/disagreements", "/timeline", "/actors"):
        assert browser.get(path).status_code in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}
    assert "Harbor office" not in read(browser, "/modules")


@pytest.mark.parametrize("quiz", ["counting", "winter"])
def test_a_quiz_of_the_course_can_be_started_and_submitted(browser: Client, quiz: str) -> None:
    read(browser, f"/quizzes/{quiz}")
    started = browser.post(f"/quizzes/{quiz}/attempts", follow_redirects=True)
    assert started.status_code == HTTPStatus.OK
    attempt = re.search(r"/attempts/(\d+)", started.request.path)
    assert attempt is not None
    submitted = browser.post(f"/attempts/{attempt[1]}/submit", data={"sure": "y"}, follow_redirects=True)
    assert submitted.status_code == HTTPStatus.OK
    assert read(browser, f"/attempts/{attempt[1]}/result")


def test_what_a_course_does_not_have_is_said_plainly(browser: Client) -> None:
    assert "This course has no timeline." in read(browser, "/timeline")
    assert "This course has no list of actors." in read(browser, "/actors")
    assert "This course has no list of tensions." in read(browser, "/disagreements?show=tensions")
    assert "Before you read" not in read(browser, "/modules")
