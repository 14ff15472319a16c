"""The register of sources over HTTP."""

from http import HTTPStatus

import pytest
from sqlalchemy import func, select

from courseware.accounts.models import User
from courseware.classes.models import Class
from courseware.core.database import db
from courseware.courses.models import Claim
from courseware.courses.queries import get_current_version, list_sources
from tests.http_client import Client
from tests.people import SignIn


@pytest.fixture
def browser(tea_class: Class, tea_learner: User, sign_in: SignIn) -> Client:
    """Open a browser in which the learner of the sample's class is signed in."""
    assert tea_class.id
    return sign_in(tea_learner)


def test_the_register_names_every_source_with_what_to_note(browser: Client) -> None:
    page = browser.get("/sources").text
    for words in ("Register of chests landed", "The plunder of the teapot", "/sources/ledger"):
        assert words in page


def test_a_source_shows_every_claim_and_what_bears_on_it(browser: Client) -> None:
    page = browser.get("/sources/pamphlet").text
    for words in (
        'id="pamphlet-p01-a"',
        "The pamphlet says that the trade was halved.",
        "It names no number.",
        "/sources/ledger#ledger-p03-a",
    ):
        assert words in page
    assert page.count('id="pamphlet-p0') == 4


@pytest.mark.parametrize("key", ["nobody", "Ledger", "%00", "ledger%27--", "9" * 5000])
def test_a_source_that_is_not_in_the_register_is_not_found(browser: Client, key: str) -> None:
    assert browser.get(f"/sources/{key}").status_code == HTTPStatus.NOT_FOUND


def test_every_claim_of_the_course_stands_on_the_page_of_its_source(
    learner: User, sign_in: SignIn, client: Client
) -> None:
    sign_in(learner)
    version_id = get_current_version().id
    keys = [source.key for source in list_sources(version_id)]
    total = db.session.scalar(select(func.count(Claim.id)).where(Claim.version_id == version_id))
    shown = 0
    for key in keys:
        page = client.get(f"/sources/{key}")
        assert page.status_code == HTTPStatus.OK
        shown += page.text.count(f'id="{key}-')
    assert shown == total == 574
