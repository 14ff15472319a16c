"""Answers on their way to the server: in order, never lost, never overwriting others in silence."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from flask_sqlalchemy import SQLAlchemy
from playwright.sync_api import Page, Route, expect

from courseware.accounts import services as account_services
from courseware.accounts.models import User
from courseware.core import clock
from tests.browser.conftest import OpenPage
from tests.browser.learner import (
    answer_page,
    ready,
    saved,
    sign_in,
    start_attempt,
    stored_answers,
    stored_text,
    the_attempt,
)

SINGLE_CHOICE, SHORT_TEXT = 1, 4
STATE = "[data-save-state]"
GO_ON = "You can go on with this page; the next page needs a connection."


@pytest.fixture
def attempt_page(page: Page, short_quiz: User) -> Page:
    """Open the first page of a new attempt."""
    sign_in(page, short_quiz)
    start_attempt(page)
    ready(page)
    return page


def _type(page: Page, text: str) -> None:
    page.locator(f"#q{SHORT_TEXT}-answer").fill(text)


def test_an_answer_is_saved_without_a_button(attempt_page: Page, db: SQLAlchemy) -> None:
    _type(attempt_page, "CDC")
    saved(attempt_page)
    assert stored_text(db, SHORT_TEXT) == "CDC"
    expect(attempt_page.locator(f"[data-step-link='{SHORT_TEXT}']")).to_have_attribute("data-answer", "yes")


def test_a_flag_is_saved_and_shown_in_the_list_of_questions(attempt_page: Page) -> None:
    attempt_page.get_by_label(f"Flag question {SHORT_TEXT}").check()
    saved(attempt_page)
    expect(attempt_page.locator(f"[data-step-link='{SHORT_TEXT}']")).to_have_accessible_name(
        f"Question {SHORT_TEXT} , no answer , flagged"
    )


def test_leaving_by_a_button_saves_first(attempt_page: Page, db: SQLAlchemy) -> None:
    _type(attempt_page, "CDC")
    attempt_page.get_by_role("button", name="Save and continue").click()
    expect(attempt_page.locator("[data-question='6']")).to_be_visible()
    assert stored_text(db, SHORT_TEXT) == "CDC"


def test_leaving_by_a_link_saves_too(attempt_page: Page, db: SQLAlchemy) -> None:
    _type(attempt_page, "CDC")
    attempt_page.locator("[data-step-link='6']").click()
    expect(attempt_page.locator("[data-question='6']")).to_be_visible()
    saved(attempt_page)
    assert stored_text(db, SHORT_TEXT) == "CDC"


def test_the_enter_key_saves_and_stays(attempt_page: Page, db: SQLAlchemy) -> None:
    _type(attempt_page, "CDC")
    attempt_page.locator(f"#q{SHORT_TEXT}-answer").press("Enter")
    saved(attempt_page)
    expect(attempt_page.locator(f"#q{SHORT_TEXT}-answer")).to_be_focused()
    assert stored_text(db, SHORT_TEXT) == "CDC"


class TestWithoutAConnection:
    """The connection breaks and comes back."""

    @pytest.fixture
    def expected_complaints(self) -> list[str]:
        """Expect what the browser itself writes about failed requests."""
        return ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "503", "410"]

    def test_answers_wait_and_are_sent_when_it_is_back(self, attempt_page: Page, db: SQLAlchemy) -> None:
        attempt_page.context.set_offline(True)
        _type(attempt_page, "CDC")
        attempt_page.locator(f"#q{SINGLE_CHOICE} .choices input").first.check()
        expect(attempt_page.locator(STATE)).to_have_text("Offline. 2 answers wait in this browser.")
        attempt_page.context.set_offline(False)
        saved(attempt_page)
        assert stored_text(db, SHORT_TEXT) == "CDC"
        assert stored_answers(db)[SINGLE_CHOICE] is not None

    def test_a_button_to_another_page_stays_and_says_why(self, attempt_page: Page) -> None:
        attempt_page.context.set_offline(True)
        attempt_page.get_by_role("button", name="Save and continue").click()
        expect(attempt_page.locator(STATE)).to_have_text(f"Offline. {GO_ON}")
        expect(attempt_page.locator("[data-announce]")).to_have_text(f"Offline. {GO_ON}")
        attempt_page.context.set_offline(False)
        attempt_page.get_by_role("button", name="Save and continue").click()
        expect(attempt_page.locator("[data-question='6']")).to_be_visible()

    def test_a_button_pressed_with_an_answer_waiting_says_so_too(self, attempt_page: Page) -> None:
        attempt_page.context.set_offline(True)
        _type(attempt_page, "CDC")
        attempt_page.get_by_role("button", name="Save and continue").click()
        expect(attempt_page.locator(STATE)).to_have_text(f"Offline. 1 answer waits in this browser. {GO_ON}")
        attempt_page.context.set_offline(False)
        saved(attempt_page)

    def test_a_question_of_another_page_stays_away_and_one_of_this_page_is_reached(self, attempt_page: Page) -> None:
        attempt_page.context.set_offline(True)
        attempt_page.locator("[data-step-link='6']").click()
        expect(attempt_page.locator(STATE)).to_have_text(f"Offline. {GO_ON}")
        attempt_page.locator("[data-step-link='5']").click()
        expect(attempt_page.locator("[data-question='5']")).to_be_in_viewport()
        attempt_page.context.set_offline(False)
        expect(attempt_page.locator(STATE)).to_have_text("Nothing to save yet")
        attempt_page.locator("[data-step-link='6']").click()
        expect(attempt_page.locator("[data-question='6']")).to_be_visible()

    def test_a_link_is_followed_where_only_the_saving_is_cut_off(self, attempt_page: Page) -> None:
        attempt_page.route("**/responses/*", lambda route: route.abort())
        _type(attempt_page, "CDC")
        expect(attempt_page.locator(STATE)).to_contain_text("1 answer waits")
        attempt_page.locator("[data-step-link='6']").click()
        expect(attempt_page.locator("[data-question='6']")).to_be_visible()

    def test_the_review_stays_and_says_why(self, attempt_page: Page, db: SQLAlchemy) -> None:
        attempt_page.goto(f"/attempts/{the_attempt(db).id}/review")
        ready(attempt_page)
        attempt_page.context.set_offline(True)
        attempt_page.get_by_role("link", name="Go to question 2").click()
        expect(attempt_page.locator(STATE)).to_have_text(f"Offline. {GO_ON}")
        attempt_page.get_by_role("button", name="Submit attempt 1").click()
        expect(attempt_page.locator("[data-announce]")).to_have_text(f"Offline. {GO_ON}")
        attempt_page.context.set_offline(False)
        attempt_page.get_by_role("button", name="Submit attempt 1").click()
        expect(attempt_page.get_by_role("heading", name="Attempt 1 submitted")).to_be_visible()

    def test_answers_survive_a_closed_tab(self, attempt_page: Page, db: SQLAlchemy) -> None:
        address = attempt_page.url
        attempt_page.context.set_offline(True)
        _type(attempt_page, "one")
        expect(attempt_page.locator(STATE)).to_contain_text("1 answer waits in this browser")
        _type(attempt_page, "two")
        context = attempt_page.context
        attempt_page.close()
        context.set_offline(False)
        again = context.new_page()
        again.goto(address)
        saved(again)
        expect(again.locator(f"#q{SHORT_TEXT}-answer")).to_have_value("two")
        assert stored_text(db, SHORT_TEXT) == "two"

    def test_a_lost_confirmation_leads_to_no_conflict(self, attempt_page: Page, db: SQLAlchemy) -> None:
        def deliver_but_lose_the_answer(route: Route) -> None:
            route.fetch()
            route.abort()

        attempt_page.route("**/responses/*", deliver_but_lose_the_answer)
        _type(attempt_page, "one")
        expect(attempt_page.locator(STATE)).to_contain_text("Not saved")
        _type(attempt_page, "two")
        attempt_page.unroute("**/responses/*")
        # The page itself says that "one" is saved; what counts is the answer to what is sent again.
        with attempt_page.expect_response("**/responses/*"):
            attempt_page.reload()
        saved(attempt_page)
        expect(attempt_page.locator(f"#q{SHORT_TEXT}-answer")).to_have_value("two")
        assert stored_text(db, SHORT_TEXT) == "two"

    def test_a_busy_server_is_asked_again_when_it_says_so(self, attempt_page: Page, db: SQLAlchemy) -> None:
        attempt_page.route(
            "**/responses/*",
            lambda route: route.fulfill(
                status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "1"}, json={"error": "Not saved"}
            ),
        )
        _type(attempt_page, "CDC")
        expect(attempt_page.locator(STATE)).to_contain_text("Not saved yet")
        attempt_page.unroute("**/responses/*")
        saved(attempt_page)
        assert stored_text(db, SHORT_TEXT) == "CDC"

    def test_the_review_holds_the_submission_until_all_is_sent(self, attempt_page: Page, db: SQLAlchemy) -> None:
        attempt_page.route("**/responses/*", lambda route: route.abort())
        _type(attempt_page, "CDC")
        expect(attempt_page.locator(STATE)).to_contain_text("1 answer waits")
        attempt_page.goto(f"/attempts/{the_attempt(db).id}/review")
        expect(attempt_page.locator("[data-unsent]")).to_contain_text(
            f"What you gave last for question {SHORT_TEXT} is not saved."
        )
        attempt_page.unroute("**/responses/*")
        expect(attempt_page.locator("[data-unsent]")).to_be_hidden()
        assert stored_text(db, SHORT_TEXT) == "CDC"

    def test_what_is_left_out_of_a_submission_is_kept_as_a_late_draft(self, attempt_page: Page, db: SQLAlchemy) -> None:
        attempt_page.route(
            "**/responses/*",
            lambda route: route.continue_() if attempt_page.url.endswith("/receipt") else route.abort(),
        )
        _type(attempt_page, "CDC")
        expect(attempt_page.locator(STATE)).to_contain_text("1 answer waits")
        attempt_page.goto(f"/attempts/{the_attempt(db).id}/review")
        expect(attempt_page.locator("[data-unsent]")).to_contain_text("If you submit now, it does not count.")
        with attempt_page.expect_response("**/responses/*") as answered:
            attempt_page.get_by_role("button", name="Submit attempt 1").click()
        assert answered.value.status == HTTPStatus.GONE
        assert stored_text(db, SHORT_TEXT) is None

    def test_another_learner_in_the_same_browser_sees_nothing_of_it(
        self, other_learner: User, attempt_page: Page
    ) -> None:
        attempt_page.route("**/responses/*", lambda route: route.abort())
        _type(attempt_page, "secret")
        expect(attempt_page.locator(STATE)).to_contain_text("1 answer waits")
        attempt_page.unroute("**/responses/*")
        attempt_page.context.clear_cookies()
        attempt_page.goto("about:blank")
        sign_in(attempt_page, other_learner)
        start_attempt(attempt_page)
        expect(attempt_page.locator(f"#q{SHORT_TEXT}-answer")).to_have_value("")
        expect(attempt_page.locator(STATE)).to_have_text("Nothing to save yet")


class TestInTwoTabs:
    """The same question in two tabs."""

    @pytest.fixture
    def expected_complaints(self) -> list[str]:
        """Expect the refusal of the second save."""
        return ["409"]

    @pytest.fixture
    def tabs(self, attempt_page: Page) -> tuple[Page, Page]:
        """Save one answer in the first tab, and another one in the second that has not seen it."""
        other = attempt_page.context.new_page()
        other.goto(attempt_page.url)
        ready(other)
        _type(attempt_page, "from the first tab")
        saved(attempt_page)
        _type(other, "from the second tab")
        expect(other.get_by_role("group", name="This answer was changed in another tab")).to_be_visible()
        return attempt_page, other

    def test_both_answers_are_shown_and_nothing_is_overwritten(self, tabs: tuple[Page, Page], db: SQLAlchemy) -> None:
        _, other = tabs
        conflict = other.locator("[data-conflict]")
        expect(conflict).to_contain_text("from the first tab")
        expect(conflict).to_contain_text("from the second tab")
        expect(other.locator(STATE)).to_have_text(f"Not saved. Question {SHORT_TEXT} needs a look.")
        assert stored_text(db, SHORT_TEXT) == "from the first tab"

    def test_the_question_that_needs_a_look_is_a_link_to_it(self, tabs: tuple[Page, Page]) -> None:
        _, other = tabs
        other.get_by_role("button", name="Save and continue").scroll_into_view_if_needed()
        other.locator(STATE).get_by_role("link", name=f"Question {SHORT_TEXT}").click()
        expect(other.locator(f"#q{SHORT_TEXT} h2")).to_be_in_viewport()
        assert other.url.endswith(f"#q{SHORT_TEXT}")

    def test_the_link_leads_there_from_another_page(self, tabs: tuple[Page, Page]) -> None:
        _, other = tabs
        other.locator("[data-step-link='6']").click()
        expect(other.locator("[data-question='6']")).to_be_visible()
        other.locator(STATE).get_by_role("link", name=f"Question {SHORT_TEXT}").click()
        expect(other.locator(f"#q{SHORT_TEXT} h2")).to_be_in_viewport()

    def test_the_answer_given_here_can_be_kept(self, tabs: tuple[Page, Page], db: SQLAlchemy) -> None:
        _, other = tabs
        other.get_by_role("button", name="Keep what I gave here").click()
        saved(other)
        assert stored_text(db, SHORT_TEXT) == "from the second tab"

    def test_the_other_answer_can_be_taken(self, tabs: tuple[Page, Page], db: SQLAlchemy) -> None:
        _, other = tabs
        other.get_by_role("button", name="Take the other one").click()
        saved(other)
        expect(other.locator(f"#q{SHORT_TEXT}-answer")).to_have_value("from the first tab")
        assert stored_text(db, SHORT_TEXT) == "from the first tab"

    def test_the_conflict_is_still_there_after_a_reload(self, tabs: tuple[Page, Page]) -> None:
        _, other = tabs
        other.reload()
        conflict = other.locator("[data-conflict]")
        expect(conflict).to_contain_text("from the first tab")
        expect(conflict).to_contain_text("from the second tab")

    def test_a_conflict_does_not_let_the_page_go(self, tabs: tuple[Page, Page]) -> None:
        _, other = tabs
        other.get_by_role("button", name="Save and continue").click()
        expect(other.locator("[data-conflict] h3")).to_be_focused()


class TestWhenTheSessionEnds:
    """The session expires in the middle of an attempt."""

    @pytest.fixture
    def expected_complaints(self) -> list[str]:
        """Expect the refusal of the save, and of a page that belongs to somebody else."""
        return ["40[014]"]

    @pytest.fixture
    def signed_out(self, attempt_page: Page, db: SQLAlchemy, short_quiz: User) -> Page:
        """Type an answer after the session has ended."""
        user_id = short_quiz.id
        db.session.commit()
        account_services.end_sessions(user_id, at=clock.now())
        db.session.commit()
        _type(attempt_page, "typed too late")
        expect(attempt_page.locator(STATE)).to_contain_text("You are signed out.")
        return attempt_page

    def test_it_goes_on_after_signing_in_in_another_tab(
        self, signed_out: Page, db: SQLAlchemy, short_quiz: User
    ) -> None:
        db.session.commit()
        sign_in(signed_out.context.new_page(), short_quiz)
        saved(signed_out)
        assert stored_text(db, SHORT_TEXT) == "typed too late"
        _type(signed_out, "typed later still")
        signed_out.get_by_role("button", name="Save and continue").click()
        expect(signed_out.locator("[data-question='6']")).to_be_visible()
        assert stored_text(db, SHORT_TEXT) == "typed later still"

    def test_it_goes_on_after_signing_in_in_the_same_tab(
        self, signed_out: Page, db: SQLAlchemy, short_quiz: User
    ) -> None:
        path = f"/attempts/{the_attempt(db).id}"
        sign_in(signed_out, short_quiz, path)
        saved(signed_out)
        expect(signed_out.locator(f"#q{SHORT_TEXT}-answer")).to_have_value("typed too late")
        assert stored_text(db, SHORT_TEXT) == "typed too late"

    def test_nothing_is_sent_for_somebody_else(self, other_learner: User, signed_out: Page, db: SQLAlchemy) -> None:
        sign_in(signed_out.context.new_page(), other_learner)
        expect(signed_out.locator(STATE)).to_contain_text("Somebody else is signed in in this browser.")
        assert stored_text(db, SHORT_TEXT) is None


class TestWhatCannotBeSaved:
    """The server refuses an answer."""

    @pytest.fixture
    def expected_complaints(self) -> list[str]:
        """Expect the refusals."""
        return ["422", "410"]

    def test_the_reason_stands_at_the_field_until_it_is_mended(self, attempt_page: Page) -> None:
        field = attempt_page.locator(f"#q{SHORT_TEXT}-answer")
        field.fill("x" * 5000)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description("This answer has 5,000 characters. Shorten it to at most 500.")
        field.fill("CDC")
        saved(attempt_page)
        expect(field).not_to_have_attribute("aria-invalid", "true")

    def test_a_closed_attempt_says_so_and_leads_on(self, attempt_page: Page, db: SQLAlchemy) -> None:
        the_attempt(db).closes_at = clock.now() - timedelta(minutes=1)
        db.session.commit()
        _type(attempt_page, "too late")
        expect(attempt_page.get_by_role("heading", name="This attempt is closed")).to_be_visible()
        attempt_page.get_by_role("link", name="See how it ended").click()
        expect(attempt_page.get_by_role("heading", name="Time is up")).to_be_visible()


def test_the_attempt_is_submitted_when_time_is_up(attempt_page: Page, db: SQLAlchemy) -> None:
    the_attempt(db).closes_at = clock.now() + timedelta(seconds=8)
    db.session.commit()
    attempt_page.reload()
    _type(attempt_page, "just in time")
    expect(attempt_page.get_by_role("heading", name="Attempt 1 submitted")).to_be_visible(timeout=20_000)
    assert stored_text(db, SHORT_TEXT) == "just in time"


def test_the_clock_can_be_hidden_and_stays_hidden(attempt_page: Page) -> None:
    attempt_page.get_by_role("button", name="Hide clock").click()
    expect(attempt_page.get_by_role("timer")).to_be_hidden()
    attempt_page.reload()
    expect(attempt_page.get_by_role("timer")).to_be_hidden()
    attempt_page.get_by_role("button", name="Show clock").click()
    expect(attempt_page.get_by_role("timer")).to_be_visible()


@pytest.mark.parametrize("expected_complaints", [["429"]])
def test_where_storage_is_blocked_the_page_says_that_it_must_stay_open(open_page: OpenPage, short_quiz: User) -> None:
    page = open_page()
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('blocked'); }")
    sign_in(page, short_quiz)
    start_attempt(page)
    page.route("**/responses/*", lambda route: route.fulfill(status=HTTPStatus.TOO_MANY_REQUESTS, json={}))
    answer_page(page)
    expect(page.locator(STATE)).to_contain_text("on this page. Do not close it.")
