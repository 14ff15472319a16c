"""Reading a lesson: chips and notes, the place remembered, checks, theme and menu, and its weight."""

import json
import re

import pytest
from flask_sqlalchemy import SQLAlchemy
from playwright.sync_api import Locator, Page, Request, Route, expect
from sqlalchemy import select

from courseware.accounts import services as account_services
from courseware.accounts.models import User
from courseware.core import clock
from courseware.courses.queries import get_current_version, list_lessons
from courseware.lessons.models import LessonProgress
from tests.browser.accessibility import barriers, sideways
from tests.browser.conftest import OpenPage
from tests.browser.learner import LESSON, sign_in

LARGEST_FIRST_VIEW = 100_000
SMALLEST_PRINT = 20_000
LINKED_PASSAGE = "p-which-deaths"
A4_WIDTH = 718
NO_COLOR = "rgba(0, 0, 0, 0)"


@pytest.fixture
def lesson(page: Page, db: SQLAlchemy, learner: User) -> Page:
    """Open a lesson."""
    db.session.commit()
    sign_in(page, learner, LESSON)
    expect(page.locator(".cite[role=button]").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    return page


def test_a_chip_opens_and_closes_its_note_in_place(lesson: Page) -> None:
    chip = lesson.locator(".cite").first
    more = lesson.locator(chip.get_attribute("href") or "")
    chip.click()
    expect(more).to_be_visible()
    expect(chip).to_have_attribute("aria-expanded", "true")
    expect(lesson).to_have_url(LESSON)
    chip.press("Space")
    expect(more).to_be_hidden()
    expect(chip).to_have_attribute("aria-expanded", "false")


def test_only_one_note_is_open_at_a_time(lesson: Page) -> None:
    lesson.locator(".cite").nth(0).click()
    lesson.locator(".cite").nth(1).click()
    expect(lesson.locator("details.note[open]")).to_have_count(1)
    expect(lesson.locator(".cite").nth(0)).to_have_attribute("aria-expanded", "false")


def test_an_address_with_a_note_opens_it(lesson: Page) -> None:
    lesson.goto(f"{LESSON}#note-3-more")
    expect(lesson.locator("#note-3-more")).to_be_visible()
    expect(lesson.locator("#note-3-more")).to_be_in_viewport()


def test_on_a_phone_the_note_comes_into_view_with_the_focus_and_closing_it_leads_back(
    open_page: OpenPage, db: SQLAlchemy, learner: User
) -> None:
    db.session.commit()
    page = open_page(viewport={"width": 360, "height": 480}, reduced_motion="reduce")
    sign_in(page, learner, LESSON)
    chip = page.locator(".cite[role=button]").first
    chip.evaluate("chip => scrollTo(0, chip.getBoundingClientRect().bottom + scrollY - innerHeight + 4)")
    chip.click()
    summary = page.locator("details.note[open] summary")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport(ratio=1)
    summary.press("Enter")
    expect(chip).to_be_focused()
    expect(chip).to_have_attribute("aria-expanded", "false")


class TestThePlaceRemembered:
    """Where the reader has rested is remembered; where he only passed is not."""

    @pytest.fixture
    def reports(self, lesson: Page) -> list[str]:
        """Collect the places that the page reports, on a clock that the test can put forward."""
        reports: list[str] = []

        def collect(request: Request) -> None:
            if request.url.endswith("/place"):
                reports.append(json.loads(request.post_data or "")["anchor"])

        lesson.on("request", collect)
        lesson.clock.install()
        lesson.goto("/modules")
        return reports

    def test_it_is_the_paragraph_rested_at(self, lesson: Page, reports: list[str], db: SQLAlchemy) -> None:
        lesson.goto(LESSON)
        anchor = _scroll_to_passage(lesson, 5)
        _rest(lesson)
        while (remembered := _remembered_place(db)) is None:
            lesson.wait_for_timeout(50)
        assert remembered == anchor
        assert reports == [anchor]

    def test_a_glance_is_not_reported(self, lesson: Page, reports: list[str]) -> None:
        lesson.goto(LESSON)
        _scroll_to_passage(lesson, 5)
        lesson.clock.run_for(1000)
        anchor = _scroll_to_passage(lesson, 2)
        _rest(lesson)
        _scroll_to_passage(lesson, 5)
        lesson.goto("/modules", wait_until="networkidle")
        assert reports == [anchor]

    def test_the_place_to_which_a_link_led_is_not_reported(self, lesson: Page, reports: list[str]) -> None:
        lesson.goto(f"{LESSON}#{LINKED_PASSAGE}")
        expect(lesson.locator(f"#{LINKED_PASSAGE}")).to_be_in_viewport()
        _rest(lesson)
        assert reports == []
        anchor = _scroll_to_passage(lesson, 5)
        _rest(lesson)
        assert reports == [anchor]


def _scroll_to_passage(lesson: Page, number: int) -> str:
    passage = lesson.locator(".passage").nth(number)
    passage.evaluate("element => element.scrollIntoView({block: 'start', behavior: 'instant'})")
    lesson.wait_for_timeout(300)
    return passage.get_attribute("id") or ""


def _rest(lesson: Page) -> None:
    lesson.wait_for_timeout(300)
    lesson.clock.fast_forward(5000)
    lesson.wait_for_timeout(300)


def _remembered_place(db: SQLAlchemy) -> str | None:
    db.session.commit()
    return db.session.scalar(select(LessonProgress.last_anchor))


def test_a_check_is_judged_in_place_and_the_feedback_gets_the_focus(lesson: Page) -> None:
    check = lesson.locator(".check").first
    check.locator("input[type=radio]").first.check()
    check.get_by_role("button", name="Check answer").click()
    feedback = lesson.locator(".check .feedback").first
    expect(feedback).to_be_focused()
    expect(feedback.locator(".state").first).to_be_visible()
    lesson.locator(".check").first.locator("input[type=radio]").nth(1).check()
    lesson.locator(".check").first.get_by_role("button", name="Check answer").click()
    expect(lesson.locator(".check .feedback").first).to_be_focused()


@pytest.mark.parametrize("expected_complaints", [["422"]])
def test_a_check_without_an_answer_asks_for_one(lesson: Page) -> None:
    lesson.locator(".check").first.get_by_role("button", name="Check answer").click()
    expect(lesson.locator(".check .feedback").first).to_have_text("Choose an answer first.")


@pytest.mark.parametrize("expected_complaints", [["401"]])
def test_a_check_says_when_the_session_has_ended(lesson: Page, db: SQLAlchemy, learner: User) -> None:
    user_id = learner.id
    db.session.commit()
    account_services.end_sessions(user_id, at=clock.now())
    db.session.commit()
    check = lesson.locator(".check").first
    check.locator("input[type=radio]").first.check()
    check.get_by_role("button", name="Check answer").click()
    expect(check.locator(".feedback")).to_have_text(
        "You are signed out. Sign in in another tab, then check your answer again."
    )


def test_the_theme_changes_in_place_and_holds_on_the_next_page(lesson: Page) -> None:
    button = lesson.get_by_role("button", name="Theme: auto")
    button.click()
    lesson.get_by_role("button", name="Theme: light").click()
    expect(lesson.get_by_role("button", name="Theme: dark")).to_be_focused()
    expect(lesson).to_have_url(LESSON)
    expect(lesson.locator("html")).to_have_attribute("data-theme", "dark")
    lesson.goto("/modules")
    expect(lesson.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_account_menu_closes_on_escape_and_when_the_focus_leaves(lesson: Page) -> None:
    menu = lesson.locator("details.menu")
    summary = menu.locator("summary")
    summary.click()
    lesson.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()
    summary.click()
    lesson.locator("main a").first.focus()
    expect(menu).not_to_have_attribute("open", "")


def test_nothing_of_a_lesson_can_be_seen_after_signing_out_and_going_back(lesson: Page) -> None:
    lesson.locator("details.menu summary").click()
    lesson.get_by_role("button", name="Sign out").click()
    expect(lesson.get_by_role("heading", name="Sign in")).to_be_visible()
    lesson.go_back()
    expect(lesson.get_by_role("heading", name="Sign in")).to_be_visible()


def test_the_first_view_of_a_lesson_weighs_little(open_page: OpenPage, db: SQLAlchemy, learner: User) -> None:
    db.session.commit()
    page = open_page()
    sign_in(page, learner, "/account")
    wire = page.context.new_cdp_session(page)
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    wire.send("Network.clearBrowserCache")
    page.goto(LESSON, wait_until="networkidle")
    assert 0 < sum(sizes) <= LARGEST_FIRST_VIEW


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_all_lessons_can_be_read_one_after_the_other(
    open_page: OpenPage, db: SQLAlchemy, learner: User, width: int, scheme: str
) -> None:
    version = get_current_version()
    titles = [f"{lesson.module.number}.{lesson.number} {lesson.title}" for lesson in list_lessons(version.id)]
    db.session.commit()
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce")
    sign_in(page, learner, "/modules")
    page.get_by_role("link", name="Start with 1.1").click()
    seen: list[str] = []
    for title in titles:
        expect(page).to_have_title(re.compile(f"^{re.escape(title)} ·"))
        seen.append(title)
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
        assert [f"{title}: {each}" for each in barriers(page)] == []
        assert [f"{title}: {each}" for each in sideways(page)] == []
        page.locator("a[rel=next]").click()
    assert seen == titles
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quiz")


def test_a_printed_lesson_has_text_notes_and_data_and_no_controls(lesson: Page) -> None:
    lesson.emulate_media(media="print")
    for shown in (".passage p", "details.note summary", "figure .data-table table"):
        expect(lesson.locator(shown).first).to_be_visible()
    for hidden in (".site-header", ".lesson-side", ".lesson-foot", "form", ".figure-data"):
        expect(lesson.locator(hidden).first).to_be_hidden()
    assert len(lesson.pdf()) > SMALLEST_PRINT


def test_a_printed_lesson_has_tables_as_tables_and_text_as_wide_as_the_page(lesson: Page) -> None:
    lesson.set_viewport_size({"width": A4_WIDTH, "height": 1047})
    lesson.emulate_media(media="print")
    assert _computed(lesson.locator("figure .table-stack td").first, "display") == "table-cell"
    assert _computed(lesson.locator("figure").first, "breakInside") == "auto"
    width = lesson.locator(".passage p").first.evaluate("element => element.getBoundingClientRect().width")
    assert width == A4_WIDTH


def test_signs_and_shapes_are_printed_without_the_backgrounds(lesson: Page) -> None:
    lesson.emulate_media(media="print")
    disputed = lesson.locator('.cite-flag[data-check="disputed"]').first
    assert '"≠"' in _computed(disputed, "content", "::before")
    assert _computed(disputed, "backgroundColor") == NO_COLOR
    assert _computed(lesson.locator(".cite").first, "printColorAdjust", "::before") == "exact"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_forced_colors_signs_shapes_and_places_can_be_seen(
    open_page: OpenPage, db: SQLAlchemy, learner: User, scheme: str
) -> None:
    db.session.commit()
    page = open_page(viewport={"width": 1280, "height": 800}, forced_colors="active", color_scheme=scheme)
    sign_in(page, learner, LESSON)
    ink, paper = _computed(page.locator("body"), "color"), _computed(page.locator("body"), "backgroundColor")
    assert ink != paper
    for check, sign in (("agrees", "="), ("disputed", "≠")):
        for place in (".cite-flag", ".note-check"):
            shown = page.locator(f'{place}[data-check="{check}"]').first
            assert f'"{sign}"' in _computed(shown, "content", "::before")
            assert _computed(shown, "color", "::before") != _computed(shown, "backgroundColor")
    assert _computed(page.locator(".cite").first, "backgroundColor", "::before") == ink
    now = page.locator(".outline [aria-current]")
    assert _computed(now, "borderInlineStartStyle") == "solid"
    assert _computed(now, "borderInlineStartWidth", "::before") != _computed(now, "borderInlineEndWidth", "::before")
    page.goto("/claims")
    assert _computed(page.locator(".filter-tabs [aria-current]"), "borderBlockEndStyle") == "solid"


def _computed(locator: Locator, style: str, pseudo: str | None = None) -> str:
    value: str = locator.evaluate(
        "(element, [style, pseudo]) => getComputedStyle(element, pseudo)[style]", [style, pseudo]
    )
    return value


def test_the_skip_link_of_a_lesson_leads_to_its_text(lesson: Page) -> None:
    link = lesson.get_by_role("link", name="Skip to main content")
    link.focus()
    link.press("Enter")
    expect(lesson.get_by_role("article")).to_be_focused()


def test_a_check_says_at_once_that_it_is_being_judged(lesson: Page) -> None:
    check = lesson.locator(".check").first
    said: list[str] = []

    def look_and_go_on(route: Route) -> None:
        said.append(check.locator(".feedback").inner_text())
        route.continue_()

    lesson.route("**/checks/**", look_and_go_on)
    check.locator("input[type=radio]").first.check()
    check.get_by_role("button", name="Check answer").click()
    expect(lesson.locator(".check .feedback").first).to_be_focused()
    assert said == ["Checking …"]
