"""Mail: queued with the changes it speaks of, sent once they are committed.

A message leaves in a thread of its own, so that a request neither waits for the mail server
nor tells by its length whether there was anything to send.
"""

import logging
import os
import smtplib
import ssl
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path
from secrets import token_hex
from urllib.parse import unquote, urlsplit

from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from courseware.core import clock
from courseware.core.database import db

TIMEOUT_SECONDS = 20
SMTP_PORT = 587
SMTPS_PORT = 465
_QUEUE = "mail"

_log = logging.getLogger("courseware.mail")
_under_way: set[threading.Thread] = set()

_Deliver = Callable[[EmailMessage], None]


# Lines as long as mail allows: a link that is broken in two is dead when somebody copies it from the file.
_POLICY = SMTP.clone(max_line_length=998)


@dataclass(frozen=True)
class _Queued:
    message: EmailMessage
    deliver: _Deliver


def send(to: str, subject: str, body: str) -> None:
    """Queue a plain-text message; it leaves when the transaction is committed, and only then.

    A recipient or subject that would begin another header line is refused with ValueError.
    """
    url: str = current_app.config["MAIL_URL"]
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(_one_line(current_app.config["SITE_NAME"]), "no-reply", _site_host())
    local, _, domain = _one_line(to).rpartition("@")
    message["To"] = Address("", local, domain)
    message["Subject"] = _one_line(subject)
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=_site_host())
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    session = db.session()
    if not session.in_transaction():  # else a rollback would have nothing to end, and keep the message
        session.begin()
    session.info.setdefault(_QUEUE, []).append(_Queued(message, delivery(url)))


def delivery(url: str) -> _Deliver:
    """Return what delivers to a mail URL; one that cannot be read is refused with ValueError."""
    parts = urlsplit(url)
    if parts.scheme == "folder" and parts.path:
        return lambda message: _keep_in_folder(Path(unquote(parts.path)), message)
    if parts.scheme in {"smtp", "smtps"} and parts.hostname:
        return lambda message: _hand_to_server(url, message)
    raise ValueError("it must be folder:/path, smtp://user:passphrase@host:port or smtps://…")


def wait_until_sent() -> None:
    """Return when every message committed so far has been delivered or given up."""
    for thread in list(_under_way):
        thread.join()


def _one_line(text: str) -> str:
    if any(character in text for character in "\r\n\0"):
        raise ValueError("a header of a message is one line")
    return text


def _site_host() -> str:
    return urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"


@event.listens_for(db.session, "after_commit")
def _send_queued(session: Session) -> None:
    if session.in_nested_transaction():
        return
    queue: list[_Queued] = session.info.pop(_QUEUE, [])
    if queue:
        thread = threading.Thread(target=_deliver_all, args=(queue,), name="mail")
        _under_way.add(thread)
        thread.start()


@event.listens_for(db.session, "after_soft_rollback")
def _forget_queued(session: Session, ended: SessionTransaction) -> None:
    if ended.parent is None:
        session.info.pop(_QUEUE, None)


def _deliver_all(queue: Sequence[_Queued]) -> None:
    try:
        for queued in queue:
            try:
                queued.deliver(queued.message)
            except (OSError, smtplib.SMTPException) as error:
                # The message holds a secret, and an SMTP error may quote it.
                _log.error("a message was not delivered: %s", type(error).__name__)
    finally:
        _under_way.discard(threading.current_thread())


def _keep_in_folder(folder: Path, message: EmailMessage) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{clock.now():%Y%m%dT%H%M%S}-{token_hex(8)}.eml"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(message.as_bytes())


def _hand_to_server(url: str, message: EmailMessage) -> None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or SMTPS_PORT, timeout=TIMEOUT_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or SMTP_PORT, timeout=TIMEOUT_SECONDS)
    with server:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)
