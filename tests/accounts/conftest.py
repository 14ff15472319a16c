"""An account to test with, its owner's browser, and the mail that was sent."""

from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask_sqlalchemy import SQLAlchemy

from courseware.accounts import services
from courseware.accounts.models import SiteRole, User
from courseware.core import mail
from courseware.web.application import CoursewareFlask
from tests.application import Clock
from tests.http_client import Client

EMAIL = "amara@example.org"
PASSPHRASE = "the quiet river bends at noon"


@pytest.fixture
def amara(db: SQLAlchemy, clock: Clock) -> User:
    """Make an account whose address is EMAIL and whose passphrase is PASSPHRASE."""
    user = services.add_user(EMAIL, "Amara Sample", SiteRole.LEARNER, PASSPHRASE, at=clock.moment)
    db.session.commit()
    return user


@pytest.fixture
def browsers(app: CoursewareFlask, amara: User) -> Callable[[], Client]:
    """Give a new browser in which amara is signed in, each time it is called."""
    email = amara.email

    def signed_in() -> Client:
        browser = app.test_client()
        assert isinstance(browser, Client)
        answer = browser.post("/sign-in", data={"email": email, "passphrase": PASSPHRASE})
        assert answer.status_code == 302
        return browser

    return signed_in


@pytest.fixture
def outbox(app: CoursewareFlask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[EmailMessage]]:
    """Give the messages sent so far, the oldest first, each time it is called."""
    monkeypatch.setitem(app.config, "MAIL_URL", f"folder:{tmp_path / 'mail'}")

    def sent() -> list[EmailMessage]:
        mail.wait_until_sent()
        files = sorted((tmp_path / "mail").glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), _class=EmailMessage, policy=policy.default) for file in files]

    return sent
