"""What a learner does in a browser: signing in, starting the quiz, answering questions of any type."""

import re
from urllib.parse import urlencode

from flask_sqlalchemy import SQLAlchemy
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from courseware.accounts.models import User
from courseware.attempts.models import Attempt, AttemptQuestion
from tests.people import PASSPHRASE

LESSON = "/modules/scale/lessons/what-is-counted"
QUIZ = "/quizzes/scale"


def sign_in(page: Page, user: User, path: str = "/") -> None:
    """Sign in by the form and go on to a page."""
    page.goto(f"/sign-in?{urlencode({'next': path})}")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(path)


def start_attempt(page: Page) -> None:
    """Begin an attempt at the quiz of the first module."""
    page.goto(QUIZ)
    page.get_by_role("button", name="Start attempt").click()
    expect(page.locator("[data-question]").first).to_be_visible()


def ready(page: Page) -> None:
    """Wait until the scripts of a page of questions are at work; the switch of the clock is theirs."""
    expect(page.get_by_role("button", name="clock")).to_be_visible()


def answer(question: Locator) -> None:
    """Give some answer to a question, of whatever type it is."""
    for index, select_ in enumerate(question.locator("select").all()):
        select_.select_option(index=index + 1 if question.locator(".order").count() else 1)
    for field in question.locator("input[type=text], textarea").all():
        field.fill("2016")
    picks = question.locator(".choices input")
    if picks.count():
        picks.first.check()


def answer_page(page: Page) -> None:
    """Give some answer to each question on the page."""
    for question in page.locator("[data-question]").all():
        answer(question)


def saved(page: Page) -> None:
    """Wait until the page says that everything is saved."""
    expect(page.locator("[data-save-state]")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))


def stored_answers(db: SQLAlchemy) -> dict[int, object]:
    """Return the answers of the one attempt, by position, as the database has them now."""
    db.session.commit()
    return {item.position: item.response for item in db.session.scalars(select(AttemptQuestion))}


def the_attempt(db: SQLAlchemy) -> Attempt:
    """Return the one attempt there is."""
    db.session.commit()
    return db.session.scalars(select(Attempt)).one()


def stored_text(db: SQLAlchemy, position: int) -> str | None:
    """Return what was typed for a question, as the database has it now."""
    stored = stored_answers(db)[position]
    assert stored is None or isinstance(stored, dict)
    return stored["text"] if stored else None
