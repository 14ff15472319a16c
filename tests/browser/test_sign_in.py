"""Signing in, in a real browser."""

import pytest
from flask_sqlalchemy import SQLAlchemy
from playwright.sync_api import Page, expect

from courseware.accounts.models import User
from tests.browser.accessibility import barriers
from tests.browser.conftest import OpenPage
from tests.people import PASSPHRASE


def test_a_learner_signs_in_by_keyboard_alone(page: Page, db: SQLAlchemy, learner: User) -> None:
    db.session.commit()
    page.goto("/sign-in")
    page.get_by_label("E-mail").focus()
    page.keyboard.type(learner.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_page_has_no_barriers(open_page: OpenPage, scheme: str, width: int) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto("/sign-in")
    assert barriers(page) == []
