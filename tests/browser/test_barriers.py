"""No page has barriers, on a wide screen or a narrow one, in light or dark; none scrolls sideways at 320 px."""

from collections.abc import Callable, Mapping

import pytest
from flask_sqlalchemy import SQLAlchemy
from playwright.sync_api import Page, expect

from courseware.accounts.models import User
from courseware.web.application import CoursewareFlask
from tests.browser.accessibility import barriers, sideways
from tests.browser.conftest import OpenPage
from tests.browser.learner import LESSON, QUIZ, answer_page, ready, saved, sign_in, start_attempt

ATTEMPT = "/attempts/1"
NOT_PAGES = {
    "attempts.status": "JSON for scripts",
    "lessons.figure_data": "CSV",
    "library.claims_data": "CSV",
    "static_files.static_file": "style sheets and scripts",
}
BEFORE_SIGNING_IN = {
    "dashboard.home": "/",
    "accounts.sign_in": "/sign-in",
    "accounts.forgotten": "/passphrase/forgotten",
    "accounts.reset": f"/passphrase/reset/{'x' * 43}",
}
READING = {
    "dashboard.home": "/",
    "accounts.account": "/account",
    "lessons.course": "/modules",
    "lessons.module": "/modules/scale",
    "lessons.lesson": LESSON,
    "library.register": "/sources",
    "library.source": "/sources/politico",
    "library.claims": "/claims?source=politico&standing=disputed",
    "library.claim": "/claims/politico-p07-a",
    "library.disagreements": "/disagreements?show=tensions",
    "library.timeline": "/timeline",
    "library.actors": "/actors",
    "library.glossary": "/glossary",
    "library.search": "/search?q=fentanyl",
    "attempts.quizzes": "/quizzes",
    "attempts.quiz": QUIZ,
}
TEACHING = {"library.bank": "/modules/scale/questions"}
DURING_AN_ATTEMPT = {
    "dashboard.home": "/",
    "attempts.quizzes": "/quizzes",
    "attempts.quiz": QUIZ,
    "attempts.review": f"{ATTEMPT}/review",
}
AFTER_IT = {
    "dashboard.home": "/",
    "attempts.quizzes": "/quizzes",
    "attempts.quiz": QUIZ,
    "attempts.receipt": f"{ATTEMPT}/receipt",
    "attempts.result": f"{ATTEMPT}/result",
}
NOT_THERE = "/nothing-here"


def _open_everything(page: Page) -> None:
    """Open a note, every other disclosure and the account menu."""
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")


def _look_at(page: Page, found: Callable[[Page], list[str]], pages: Mapping[str, str]) -> list[str]:
    results = []
    for path in pages.values():
        page.goto(path)
        results += [f"{path}: {each}" for each in found(page)]
        _open_everything(page)
        results += [f"{path}, opened: {each}" for each in found(page)]
    return results


def _visit_everything(page: Page, learner: User, found: Callable[[Page], list[str]]) -> list[str]:
    """Return what is found on every page, in every state that a learner can bring it to."""
    results = _look_at(page, found, BEFORE_SIGNING_IN)
    sign_in(page, learner)
    results += _look_at(page, found, {**READING, "not there": NOT_THERE})
    start_attempt(page)
    ready(page)
    results += found(page)
    answer_page(page)
    saved(page)
    page.locator("#q4-answer").fill("x" * 600)
    expect(page.locator("#q4-answer")).to_have_attribute("aria-invalid", "true")
    results += found(page)
    page.locator("#q4-answer").fill("CDC")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("#q6")).to_be_visible()
    results += found(page)
    results += _look_at(page, found, DURING_AN_ATTEMPT)
    page.goto(f"{ATTEMPT}/review")
    page.get_by_role("button", name="Submit attempt 1").click()
    expect(page.get_by_role("heading", name="Attempt 1 submitted")).to_be_visible()
    return results + _look_at(page, found, AFTER_IT)


COMPLAINTS = ["404", "410", "422"]


@pytest.mark.parametrize("expected_complaints", [COMPLAINTS])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_barriers(open_page: OpenPage, short_quiz: User, scheme: str, width: int) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce")
    assert _visit_everything(page, short_quiz, barriers) == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_those_who_teach_has_barriers(
    open_page: OpenPage, db: SQLAlchemy, instructor: User, scheme: str, width: int
) -> None:
    db.session.commit()
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce")
    sign_in(page, instructor)
    assert _look_at(page, barriers, TEACHING) == []
    assert _look_at(page, sideways, TEACHING) == []


@pytest.mark.parametrize("expected_complaints", [COMPLAINTS])
def test_no_page_scrolls_sideways_at_400_percent_zoom(open_page: OpenPage, short_quiz: User) -> None:
    page = open_page(viewport={"width": 320, "height": 256})
    assert _visit_everything(page, short_quiz, sideways) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_for_reading_scrolls_sideways_with_text_twice_as_large(
    open_page: OpenPage, db: SQLAlchemy, learner: User, width: int
) -> None:
    db.session.commit()
    page = open_page(viewport={"width": width, "height": 800})
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '200%')"
    )
    sign_in(page, learner)
    assert _look_at(page, sideways, READING) == []


def test_every_page_is_looked_at(app: CoursewareFlask, db: SQLAlchemy) -> None:  # noqa: ARG001 - as all tests here
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if rule.methods and "GET" in rule.methods}
    seen = {*BEFORE_SIGNING_IN, *READING, *TEACHING, *DURING_AN_ATTEMPT, *AFTER_IT, "attempts.attempt"}
    assert pages == seen | set(NOT_PAGES)
