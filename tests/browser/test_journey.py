"""A learner reads, takes the quiz and rereads: with everything, by keyboard alone, without script."""

import pytest
from flask_sqlalchemy import SQLAlchemy
from playwright.sync_api import Page, expect

from courseware.accounts.models import User
from tests.browser.conftest import OpenPage
from tests.browser.learner import (
    LESSON,
    QUIZ,
    answer,
    answer_page,
    ready,
    saved,
    sign_in,
    start_attempt,
    stored_answers,
)
from tests.people import PASSPHRASE

MOST_TABS = 200


def _reread(page: Page) -> None:
    """Go from the result to the first paragraph that it tells to reread."""
    page.get_by_role("link", name="See your result").click()
    expect(page.get_by_role("heading", name="To look at again")).to_be_visible()
    link = page.get_by_role("region", name="What to do next").get_by_role("listitem").first.get_by_role("link").first
    anchor = (link.get_attribute("href") or "").partition("#")[2]
    link.click()
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()


@pytest.mark.parametrize("expected_complaints", [["ERR_INTERNET_DISCONNECTED"]])
def test_a_learner_reads_answers_goes_offline_comes_back_submits_and_rereads(
    page: Page, short_quiz: User, db: SQLAlchemy
) -> None:
    sign_in(page, short_quiz)
    page.get_by_role("link", name="Start reading").click()
    page.get_by_role("button", name="Mark as read").click()
    expect(page.get_by_role("button", name="Mark as unread")).to_be_visible()

    start_attempt(page)
    ready(page)
    answer(page.locator("#q1"))
    saved(page)
    page.context.set_offline(True)
    answer_page(page)
    expect(page.locator("[data-save-state]")).to_contain_text("Offline. 4 answers wait in this browser.")
    page.context.set_offline(False)
    saved(page)
    page.reload()
    ready(page)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("#q6")).to_be_visible()
    ready(page)
    answer_page(page)
    page.get_by_label("Flag question 7").check()
    page.get_by_role("button", name="Review and submit").click()
    expect(page.get_by_role("row").filter(has_text="flagged")).to_be_visible()
    page.get_by_role("button", name="Submit attempt 1").click()
    expect(page.get_by_text("9 of 9")).to_be_visible()
    assert all(stored is not None for stored in stored_answers(db).values())
    _reread(page)


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on something; it must be visible there."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            expect(page.locator(":focus")).to_be_in_viewport()
            return
    pytest.fail(f"The Tab key does not lead to {selector}.")


def _answer_by_keyboard(page: Page, position: int) -> None:
    question = page.locator(f"#q{position}")
    if question.locator("input[type=radio]").count():
        _tab_to(page, f"#q{position} input[type=radio]")
        page.keyboard.press("Space")
    elif question.locator("input[type=checkbox]:not([data-flag])").count():
        _tab_to(page, f"#q{position} .choices input")
        page.keyboard.press("Space")
    elif question.locator(".order").count():
        _tab_to(page, f"#q{position} .order li:first-child button:last-child")
        page.keyboard.press("Enter")
    elif question.locator("select").count():
        for _ in range(question.locator("select").count()):
            _tab_to(page, f"#q{position} select")
            page.keyboard.press("ArrowDown")
    else:
        for _ in range(question.locator("input[type=text], textarea").count()):
            _tab_to(page, f"#q{position} :is(input[type=text], textarea)")
            page.keyboard.type("2016")


def test_all_of_it_works_by_keyboard_alone(page: Page, short_quiz: User, db: SQLAlchemy) -> None:
    page.goto(f"/sign-in?next={LESSON}")
    _tab_to(page, "#email")
    page.keyboard.type(short_quiz.email)
    _tab_to(page, "#passphrase")
    page.keyboard.type(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(page).to_have_url(LESSON)

    _tab_to(page, ".cite")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_attribute("aria-expanded", "true")
    _tab_to(page, ".check input[type=radio]")
    page.keyboard.press("Space")
    _tab_to(page, ".check button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator(".check .feedback").first).to_be_focused()

    page.goto(QUIZ)
    _tab_to(page, "main form button")
    page.keyboard.press("Enter")
    ready(page)
    for position in range(1, 6):
        _answer_by_keyboard(page, position)
    saved(page)
    _tab_to(page, "form .button-primary")
    page.keyboard.press("Enter")
    expect(page.locator("#q6")).to_be_visible()
    ready(page)
    for position in range(6, 10):
        _answer_by_keyboard(page, position)
    saved(page)
    assert all(stored is not None for stored in stored_answers(db).values())
    _tab_to(page, "form .button-primary")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Review before you submit")).to_be_visible()
    _tab_to(page, "main form .button-primary")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Attempt 1 submitted")).to_be_visible()
    _tab_to(page, "main a.button-primary")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What to do next")).to_be_visible()
    _tab_to(page, "[aria-labelledby=next-title] a[href*='#']")
    page.keyboard.press("Enter")
    expect(page.locator(":target")).to_be_in_viewport()


def test_all_of_it_works_without_script_on_a_small_screen(
    open_page: OpenPage, short_quiz: User, db: SQLAlchemy
) -> None:
    page = open_page(java_script_enabled=False, viewport={"width": 320, "height": 640})
    sign_in(page, short_quiz, LESSON)
    chip = page.locator(".cite").first
    note = (chip.get_attribute("href") or "").removesuffix("-more")
    chip.click()
    expect(page.locator(f"{note} .note-more")).to_be_visible()
    check = page.locator(".check").first
    check.locator("input[type=radio]").first.check()
    check.get_by_role("button", name="Check answer").click()
    expect(page.locator(".check .feedback").first).not_to_be_empty()
    page.get_by_role("button", name="Theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")

    start_attempt(page)
    answer_page(page)
    page.get_by_label("Flag question 2").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("[data-save-state]")).to_contain_text("Saved")
    answer_page(page)
    page.get_by_role("button", name="Review and submit").click()
    expect(page.get_by_role("row").filter(has_text="flagged")).to_be_visible()
    assert all(stored is not None for stored in stored_answers(db).values())
    page.get_by_role("button", name="Submit attempt 1").click()
    _reread(page)


@pytest.mark.parametrize("expected_complaints", [["422"]])
def test_a_wrong_form_keeps_what_was_typed_without_script(open_page: OpenPage, short_quiz: User) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, short_quiz)
    start_attempt(page)
    field = page.locator("#q4-answer")
    field.fill("x" * 600)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="1 answer is not saved yet")).to_be_visible()
    expect(field).to_have_value("x" * 600)
    expect(field).to_have_accessible_description("This answer has 600 characters. Shorten it to at most 500.")
