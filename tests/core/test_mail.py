"""Mail leaves with the commit, and only then."""

import logging
import smtplib
import stat
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Self

import pytest
from flask_sqlalchemy import SQLAlchemy

from courseware.core import mail
from courseware.web.application import CoursewareFlask


@pytest.fixture
def folder(
    app: CoursewareFlask,
    db: SQLAlchemy,  # noqa: ARG001 - mail is queued on its session
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """Let mail be kept in a folder of the test's own."""
    monkeypatch.setitem(app.config, "MAIL_URL", f"folder:{tmp_path / 'mail box'}")
    return tmp_path / "mail box"


class Server:
    """Stands in for a mail server and writes down what it is asked."""

    asked: list[object] = []  # noqa: RUF012 - emptied by the test that looks at it

    def __init__(self, host: str, port: int, **options: object) -> None:
        self.asked.append((type(self).__name__, host, port, "context" in options))

    def __enter__(self) -> Self:
        """Begin to talk."""
        return self

    def __exit__(self, *_: object) -> None:
        """Write down that the talk is over."""
        self.asked.append("quit")

    def ehlo(self) -> None:
        """Greet."""

    def has_extn(self, name: str) -> bool:
        return name == "starttls" and type(self) is Server

    def starttls(self, **_: object) -> None:
        self.asked.append("starttls")

    def login(self, user: str, secret: str) -> None:
        self.asked.append((user, secret))

    def send_message(self, message: EmailMessage) -> None:
        self.asked.append(message["To"])


class TlsServer(Server):
    """The same, with TLS from the start."""


def test_a_message_leaves_when_the_transaction_is_committed(db: SQLAlchemy, folder: Path) -> None:
    mail.send("amara@example.org", "Grüße", "Line one\nLine two, ünïcode\n")
    mail.wait_until_sent()
    assert not folder.exists()
    db.session.commit()
    mail.wait_until_sent()
    (file,) = folder.iterdir()
    message = message_from_bytes(file.read_bytes(), _class=EmailMessage, policy=policy.default)
    assert (message["To"], message["Subject"]) == ("amara@example.org", "Grüße")
    assert message["From"] == "Sourcebook <no-reply@127.0.0.1>"
    assert message.get_content().splitlines() == ["Line one", "Line two, ünïcode"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["Reading, together", 'The "Reader" <all@example.org>', "Lesebuch für alle"])
def test_whatever_the_site_is_called_it_is_one_sender(
    app: CoursewareFlask, db: SQLAlchemy, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setitem(app.config, "SITE_NAME", name)
    mail.send("amara@example.org", "Hello", "text")
    db.session.commit()
    mail.wait_until_sent()
    message = message_from_bytes(next(folder.iterdir()).read_bytes(), _class=EmailMessage, policy=policy.default)
    (sender,) = message["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (name, "no-reply@127.0.0.1")


@pytest.mark.parametrize("to", ["amara,all@example.org", "amara;all@example.org", "all@example.org, amara@example.org"])
def test_a_message_never_has_two_recipients(db: SQLAlchemy, folder: Path, to: str) -> None:
    mail.send(to, "Hello", "text")
    db.session.commit()
    mail.wait_until_sent()
    message = message_from_bytes(next(folder.iterdir()).read_bytes(), _class=EmailMessage, policy=policy.default)
    assert len(message["To"].addresses) == 1


def test_a_message_of_a_transaction_that_failed_never_leaves(db: SQLAlchemy, folder: Path) -> None:
    mail.send("amara@example.org", "Hello", "text")
    db.session.rollback()
    db.session.commit()
    mail.wait_until_sent()
    assert not folder.exists()


def test_a_savepoint_sends_nothing_yet_and_loses_nothing(db: SQLAlchemy, folder: Path) -> None:
    with db.session.begin_nested():
        mail.send("amara@example.org", "Hello", "text")
    mail.wait_until_sent()
    assert not folder.exists()
    db.session.begin_nested().rollback()
    db.session.commit()
    mail.wait_until_sent()
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("text", ["a\r\nBcc: all@example.org", "a\nb", "a\rb", "a\0b"])
@pytest.mark.usefixtures("folder")
def test_no_header_can_be_smuggled_in(text: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        mail.send(f"amara@example.org{text}", "Hello", "text")
    with pytest.raises(ValueError, match="one line"):
        mail.send("amara@example.org", text, "text")


@pytest.mark.parametrize("url", ["", "folder:", "smtp:", "smtp://", "http://mail.example.org", "mail.example.org:25"])
def test_a_mail_url_that_cannot_be_read_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="it must be"):
        mail.delivery(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "smtp://mail.example.org",
            [("Server", "mail.example.org", 587, False), "starttls", "amara@example.org", "quit"],
        ),
        (
            "smtps://us%40er:p%3Aw@mail.example.org",
            [("TlsServer", "mail.example.org", 465, True), ("us@er", "p:w"), "amara@example.org", "quit"],
        ),
        ("smtp://127.0.0.1:2525", [("Server", "127.0.0.1", 2525, False), "starttls", "amara@example.org", "quit"]),
    ],
)
def test_a_server_gets_the_message_over_tls(
    app: CoursewareFlask, db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch, url: str, expected: list[object]
) -> None:
    monkeypatch.setitem(app.config, "MAIL_URL", url)
    monkeypatch.setattr(Server, "asked", [])
    monkeypatch.setattr(smtplib, "SMTP", Server)
    monkeypatch.setattr(smtplib, "SMTP_SSL", TlsServer)
    mail.send("amara@example.org", "Hello", "text")
    db.session.commit()
    mail.wait_until_sent()
    assert Server.asked == expected


def test_a_failure_is_logged_without_the_message(
    db: SQLAlchemy, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder.write_text("a file where the folder should be")
    mail.send("amara@example.org", "Hello", "a secret link")
    with caplog.at_level(logging.ERROR, "courseware.mail"):
        db.session.commit()
        mail.wait_until_sent()
    assert "a message was not delivered: FileExistsError" in caplog.text
    assert "secret" not in caplog.text
    assert "amara" not in caplog.text


def test_a_long_link_stands_in_the_file_in_one_piece(db: SQLAlchemy, folder: Path) -> None:
    link = f"https://course.example.org/passphrase/reset/{'a=' * 60}"
    mail.send("amara@example.org", "Reset", f"Open this link:\n{link}\n")
    db.session.commit()
    mail.wait_until_sent()
    (kept,) = folder.iterdir()
    assert link in kept.read_text(encoding="utf-8").splitlines()
