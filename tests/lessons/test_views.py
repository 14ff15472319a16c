"""Reading over HTTP."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from http import HTTPStatus

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from courseware.accounts.models import SiteRole, User
from courseware.classes.models import Class
from courseware.courses.queries import get_current_version, list_lessons
from courseware.lessons.models import CheckAnswer, LessonProgress
from courseware.web.application import CoursewareFlask
from tests.http_client import Client
from tests.people import MakeUser, SignIn
from tests.tables import fingerprint

LESSON = "/modules/duty/lessons/chests-landed"
MOST_STATEMENTS_OF_A_LESSON = 6
CountStatements = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def browser(tea_class: Class, tea_learner: User, sign_in: SignIn) -> Client:
    """Open a browser in which the learner of the sample's class is signed in."""
    assert tea_class.id
    return sign_in(tea_learner)


def test_a_lesson_shows_its_text_sources_terms_and_neighbours(browser: Client) -> None:
    page = browser.get(LESSON).text
    for words in (
        "<title>1.1 How many chests?",
        'id="p-counts"',
        "A box of tea, of no fixed weight.",
        'id="fig-chests"',
        'id="check-fall"',
        'rel="next" href="/modules/duty/lessons/why-it-fell"',
        'rel="prev" href="/modules"',
        "0 of 2 read",
        "Mark as read",
    ):
        assert words in page
    last = browser.get("/modules/duty/lessons/why-it-fell").text
    assert 'rel="prev" href="/modules/duty/lessons/chests-landed"' in last
    assert 'rel="next" href="/quizzes/duty"' in last
    assert "This lesson mentions smuggling." in last


def test_every_lesson_of_the_course_can_be_read_with_every_address_in_it(
    learner: User, sign_in: SignIn, client: Client
) -> None:
    sign_in(learner)
    lessons = list_lessons(get_current_version().id)
    anchors = {lesson.slug: set(lesson.anchors) for lesson in lessons}
    paths = {lesson.slug: f"/modules/{lesson.module.slug}/lessons/{lesson.slug}" for lesson in lessons}
    assert paths
    for slug, path in paths.items():
        page = client.get(path)
        assert page.status_code == HTTPStatus.OK
        ids = re.findall(r'\bid="([^"]+)"', page.text)
        assert anchors[slug] <= set(ids)
        assert sorted(ids) == sorted(set(ids))
        links = set(re.findall(r'href="#([^"]+)"', page.text))
        assert links <= set(ids)
        chips = set(re.findall(r'href="/sources/([a-z]+)', page.text.split("Sources in this lesson")[0]))
        foot = set(re.findall(r'href="/sources/([a-z]+)"', page.text.split("Sources in this lesson")[1]))
        assert foot
        assert foot <= chips


def test_the_course_and_its_module_list_lessons_objectives_and_quizzes(browser: Client) -> None:
    course, module = browser.get("/modules").text, browser.get("/modules/duty").text
    for words in ("How many chests?", "Quiz 1: The duty", "Repeal", "Not yet written", "555-0100"):
        assert words in course
    for words in ("Why did it fall?", "Quiz 1: The duty", "Compute a fall in percent."):
        assert words in module


@pytest.mark.parametrize(
    "path",
    [
        "/modules/tax",
        "/modules/tax/lessons/chests-landed",
        "/modules/duty/lessons/no-such-lesson",
        "/modules/Duty",
        "/modules/%00",
        "/modules/" + "a" * 121,
        f"{LESSON}/checks/check-fall",
    ],
)
def test_what_is_not_in_the_course_is_not_found(browser: Client, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == (
        HTTPStatus.METHOD_NOT_ALLOWED if path.endswith("check-fall") else HTTPStatus.NOT_FOUND
    )


@pytest.mark.parametrize("path", ["/read", "/checks/check-fall"])
def test_nothing_is_recorded_in_a_lesson_that_is_not_there(browser: Client, db: SQLAlchemy, path: str) -> None:
    assert browser.post(f"/modules/duty/lessons/no-such-lesson{path}").status_code == HTTPStatus.NOT_FOUND
    assert db.session.scalar(select(func.count(LessonProgress.id))) == 0


def test_a_lesson_is_marked_as_read_and_as_unread(browser: Client) -> None:
    answer = browser.post(f"{LESSON}/read", data={"read": "yes"})
    assert (answer.status_code, answer.location) == (HTTPStatus.SEE_OTHER, f"{LESSON}#lesson-foot")
    page = browser.get(LESSON).text
    assert "Read on " in page
    assert "1 of 2 read" in page
    browser.post(f"{LESSON}/read", data={"read": "no"})
    assert "Mark as read" in browser.get(LESSON).text


def test_reading_alone_records_nothing(browser: Client) -> None:
    before = fingerprint()
    browser.get(LESSON)
    browser.get("/modules")
    assert fingerprint() == before


def test_the_place_is_remembered_by_script(browser: Client, db: SQLAlchemy) -> None:
    answer = browser.put(f"{LESSON}/place", json={"anchor": "p-same", "user_id": 1, "read_at": "2026-01-01"})
    assert (answer.status_code, answer.data) == (HTTPStatus.NO_CONTENT, b"")
    progress = db.session.scalars(select(LessonProgress)).one()
    assert (progress.last_anchor, progress.read_at) == ("p-same", None)


@pytest.mark.parametrize("anchor", ["p-nowhere", "", None, 7, ["p-same"], {"a": 1}, "\0", "\ud800", "a" * 5000])
def test_a_place_that_is_none_is_ignored(browser: Client, db: SQLAlchemy, anchor: object) -> None:
    assert browser.put(f"{LESSON}/place", json={"anchor": anchor}).status_code == HTTPStatus.NO_CONTENT
    assert db.session.scalar(select(func.count(LessonProgress.id))) == 0


@pytest.mark.parametrize(("body", "status"), [(b"[]", 400), (b"{", 400), (b"[" * 50_000, 400)])
def test_a_place_of_another_shape_cannot_be_read(browser: Client, body: bytes, status: int) -> None:
    answer = browser.put(f"{LESSON}/place", data=body, content_type="application/json")
    assert answer.status_code == status


def test_a_check_by_form_comes_back_with_the_reason_at_the_check(browser: Client) -> None:
    answer = browser.post(f"{LESSON}/checks/check-fall", data={"qc1-choice": "b"})
    assert (answer.status_code, answer.location) == (HTTPStatus.SEE_OTHER, f"{LESSON}#check-fall")
    page = browser.get(LESSON).text
    assert "Not right" in page
    assert "That is the fall set against the later count" in page
    assert "Best answer" not in page
    assert re.search(r'value="b"[^>]* checked', page) is not None
    browser.post(f"{LESSON}/checks/check-fall", data={"qc1-choice": "b"})
    second_try = browser.get(LESSON).text
    assert "Best answer" in second_try
    assert "By a quarter</div>" in re.sub(r"\s*\n\s*", "", second_try)


def test_a_check_by_script_gets_the_check_alone(browser: Client) -> None:
    answer = browser.post(
        f"{LESSON}/checks/check-fall", data={"qc1-choice": "a"}, headers={"Accept": "application/json"}
    )
    html = answer.get_json()["html"]
    assert "Right" in html
    assert "<html" not in html
    assert html.count("<form") == 1


@pytest.mark.parametrize("data", [{}, {"qc1-choice": "z"}, {"qc1-choice": "\0"}, {"qc2-choice": "a"}, {"choice": "a"}])
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_check_that_cannot_be_judged_says_what_to_do(
    browser: Client, db: SQLAlchemy, data: dict[str, str], accept: str
) -> None:
    answer = browser.post(f"{LESSON}/checks/check-fall", data=data, headers={"Accept": accept})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Choose an answer first." in answer.text or "This choice is not on the page" in answer.text
    assert db.session.scalar(select(func.count(CheckAnswer.id))) == 0


def shown(answer: TestResponse) -> str:
    html = answer.get_json()["html"] if answer.is_json else answer.text
    return str(html)


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_check_that_is_refused_keeps_what_was_typed(browser: Client, accept: str) -> None:
    typed = "1" * 300
    answer = browser.post(
        "/modules/duty/lessons/why-it-fell/checks/check-cause", data={"qc1-answer": typed}, headers={"Accept": accept}
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "This answer has 300 characters." in shown(answer)
    assert f'value="{typed}"' in shown(answer)


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_blank_try_leaves_the_earlier_answer_and_its_feedback(browser: Client, accept: str) -> None:
    browser.post(f"{LESSON}/checks/check-fall", data={"qc1-choice": "b"})
    answer = browser.post(f"{LESSON}/checks/check-fall", headers={"Accept": accept})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    for words in ("Choose an answer first.", "Not right", "That is the fall set against the later count"):
        assert words in shown(answer)
    assert re.search(r'value="b"[^>]* checked', shown(answer)) is not None


def test_there_is_no_check_of_that_name(browser: Client) -> None:
    assert browser.post(f"{LESSON}/checks/check-rise", data={"qc1-choice": "a"}).status_code == HTTPStatus.NOT_FOUND


def test_who_is_in_no_class_but_may_read_is_offered_no_quiz(
    tea_class: Class, make_user: MakeUser, sign_in: SignIn
) -> None:
    assert tea_class.id
    page = sign_in(make_user("Ada Administrator", SiteRole.ADMINISTRATOR)).get("/modules/duty")
    assert page.status_code == HTTPStatus.OK
    assert "/quizzes/duty" not in page.text


def test_every_lesson_takes_at_most_six_statements_read_or_not(
    learner: User, sign_in: SignIn, count_statements: CountStatements
) -> None:
    browser = sign_in(learner)
    lessons = list_lessons(get_current_version().id)
    paths = [f"/modules/{lesson.module.slug}/lessons/{lesson.slug}" for lesson in lessons]
    checks = [list(lesson.checks) for lesson in lessons]
    for path, keys in zip(paths, checks, strict=True):
        for _ in range(2):
            with count_statements() as statements:
                assert browser.get(path).status_code == HTTPStatus.OK
            assert len(statements) <= MOST_STATEMENTS_OF_A_LESSON, statements
            browser.post(f"{path}/read")
            for number, key in enumerate(keys, start=1):
                browser.post(f"{path}/checks/{key}", data={f"qc{number}-choice": "a", f"qc{number}-answer": "1"})


def test_the_operator_may_put_other_words_and_help_lines_in_place_of_those_of_the_course(
    app: CoursewareFlask, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "555-0100" in browser.get("/modules").text
    monkeypatch.setitem(app.config, "CONTENT_NOTE", "Talk to your tutor first.")
    monkeypatch.setitem(app.config, "HELP_LINES", [{"contact": "116 123", "name": "Listeners", "place": "Saltmarsh"}])
    page = browser.get("/modules").text
    assert "Talk to your tutor first." in page
    assert "116 123" in page
    assert "555-0100" not in page


def test_the_course_page_says_how_far_one_is_and_where_to_go_on(browser: Client) -> None:
    assert "Start with 1.1" in browser.get("/modules").text
    browser.post("/modules/duty/lessons/chests-landed/read", data={"read": "yes"})
    page = browser.get("/modules").text
    assert "You have read 1 of 2." in page
    assert "1 of 2 read" in page
    assert "Continue with 1.2" in page
    browser.post("/modules/duty/lessons/why-it-fell/read", data={"read": "yes"})
    assert "Continue with" not in browser.get("/modules").text
