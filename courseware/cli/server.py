"""Commands that serve: for production, and the demonstration."""

import logging
import os
import socket
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from gunicorn.app.base import BaseApplication
from sqlalchemy import func, select
from typing_extensions import override

from courseware.accounts import passphrase_hashing
from courseware.accounts import services as account_services
from courseware.accounts.models import SiteRole, User
from courseware.accounts.rules import propose_passphrase
from courseware.app import create_app
from courseware.assignments import services as assignment_services
from courseware.attempts import jobs
from courseware.classes import services as class_services
from courseware.classes.models import ClassRole
from courseware.cli.application import with_application
from courseware.cli.course_sync import sync_checked, tell_if_outdated
from courseware.cli.database import make_file, upgrade
from courseware.cli.schema import with_database
from courseware.cli.worker import Worker
from courseware.core import clock
from courseware.core.database import db
from courseware.core.errors import Refused
from courseware.courses.models import Course

SWEEP_SECONDS = 30
DEMO_ACCOUNTS_FILE = "demo-accounts.txt"
DEMO_PEOPLE = (
    ("instructor@example.org", "Robin Invented", SiteRole.INSTRUCTOR, ClassRole.INSTRUCTOR),
    ("amara@example.org", "Amara Sample", SiteRole.LEARNER, ClassRole.LEARNER),
    ("ben@example.org", "Ben Example", SiteRole.LEARNER, ClassRole.LEARNER),
    ("chiara@example.org", "Chiara Instance", SiteRole.LEARNER, ClassRole.LEARNER),
)

_log = logging.getLogger("courseware.server")


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn around our application, configured by us alone."""

    def __init__(self, settings: dict[str, Any], overrides: Mapping[str, object]) -> None:
        self._settings = settings
        self._overrides = overrides
        super().__init__()

    @override
    def load_config(self) -> None:
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    @override
    def load(self) -> Flask:
        app = create_app(self._overrides)
        threading.Thread(target=_sweep_forever, args=(app,), daemon=True).start()
        return app


def _sweep_forever(app: Flask) -> None:
    """Submit overdue attempts every half minute, for as long as the worker lives."""
    while True:
        time.sleep(SWEEP_SECONDS)
        try:
            with app.app_context():
                jobs.sweep(at=clock.now(), grace_seconds=app.config["GRACE_SECONDS"])
        except Exception:  # noqa: BLE001 - the next round may succeed, and pages must go on meanwhile
            _log.exception("the sweep of overdue attempts did not finish")


def _run(host: str, port: int, workers: int, threads: int) -> None:
    _refuse_taken(host, port)
    click.echo(f"Serving on http://{host}:{port} (pid {os.getpid()}). Stop with Ctrl-C.")
    # Links in mail lead here unless the operator has said where people come in.
    is_told = "COURSEWARE_BASE_URL" in os.environ
    overrides = {} if is_told else {"BASE_URL": f"http://{host}:{port}"}
    # The engine's connections must not be shared with the workers, which are forks.
    db.session.remove()
    db.engine.dispose()
    passphrase_hashing.share_memory(workers)
    _Server(
        {
            "bind": f"{host}:{port}",
            "workers": workers,
            "threads": threads,
            "worker_class": Worker,
            "graceful_timeout": 30,
            "max_requests": 5000,
            "max_requests_jitter": 500,
            "control_socket_disable": True,
            # Which headers of a proxy count is for COURSEWARE_PROXIES alone to say.
            "forwarded_allow_ips": "",
            "secure_scheme_headers": {},
            "loglevel": "warning",
            "proc_name": "courseware",
        },
        overrides,
    ).run()


def _refuse_taken(host: str, port: int) -> None:
    """Raise if something else listens there, before any worker tries."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as reason:
            raise Refused(
                f"Cannot serve on {host}, port {port}: {reason.strerror}. Choose another with --port."
            ) from None


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64))
@with_database
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve in the foreground; stops cleanly on SIGTERM.

    Example: courseware serve --host 0.0.0.0 --port 8000
    """
    tell_if_outdated()
    _run(host, port, workers, threads)


@click.command()
@click.option(
    "--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(1, 65535), help="Also read from PORT."
)
@with_application
def demo(port: int) -> None:
    """Make a demonstration class on first use, then serve it; a second run keeps all data.

    Example: courseware demo --port 8080
    """
    make_file()
    upgrade()
    synced = sync_checked(current_app.config["CONTENT"])
    db.session.commit()
    if not db.session.scalar(select(func.count(User.id))):
        accounts = _make_demo_class(synced.version.course)
        db.session.commit()
        _tell_accounts(accounts)
    else:
        click.echo(f"The accounts are in {current_app.config['INSTANCE'] / DEMO_ACCOUNTS_FILE}.")
    _run("127.0.0.1", port, workers=2, threads=4)


def _make_demo_class(course: Course) -> list[tuple[str, str, str]]:
    """Make the class and its people; return (e-mail, name, passphrase) of each."""
    at = clock.now()
    accounts = []
    people: dict[str, User] = {}
    for email, name, site_role, _ in DEMO_PEOPLE:
        passphrase = propose_passphrase()
        people[email] = account_services.add_user(email, name, site_role, passphrase, at=at)
        accounts.append((email, name, passphrase))
    db.session.flush()  # the class needs their ids
    class_ = class_services.make_class(
        course,
        "Evidence and media, section B",
        str(current_app.config["TIMEZONE"]),
        instructor=people[DEMO_PEOPLE[0][0]],
        at=at,
    )
    for email, _, _, role in DEMO_PEOPLE[1:]:
        class_services.enrol(class_, people[email], role, at=at)
    assignment_services.assign_all_quizzes(class_)
    return accounts


def _tell_accounts(accounts: Sequence[tuple[str, str, str]]) -> None:
    """Print the passphrases once, and keep them in a file that only its owner can read."""
    text = "".join(f"{email:<26} {passphrase:<40} {name}\n" for email, name, passphrase in accounts)
    path: Path = current_app.config["INSTANCE"] / DEMO_ACCOUNTS_FILE
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
    click.echo(f"Demonstration accounts, also kept in {path}:\n{text}")
