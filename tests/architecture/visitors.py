"""Everybody who may come to an address, and an object of each kind to ask for."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from werkzeug.routing import Rule

from courseware.accounts.models import SiteRole, User
from courseware.classes import services as class_services
from courseware.classes.models import Class, ClassRole
from courseware.core import clock
from courseware.web.application import SAFE_METHODS
from tests.factories import courses
from tests.factories.answers import right_fields
from tests.factories.attempts import finished, save, start
from tests.factories.people import class_of, learner_of, withdraw
from tests.people import MakeUser

SUBMITTED_ONLY = {"attempts.receipt", "attempts.result"}
SECRET = "a" * 43


@dataclass(frozen=True)
class World:
    """Two classes on the sample course and a learner in one of them with an open and a submitted attempt."""

    class_: Class
    owner: User
    open_attempt_id: int
    submitted_attempt_id: int
    visitors: dict[str, User | None]

    def path(self, app: Flask, rule: Rule, attempt_id: int | None = None) -> str:
        """Return an address with the owner's objects in it, or with another attempt."""
        own = self.submitted_attempt_id if rule.endpoint in SUBMITTED_ONLY else self.open_attempt_id
        values: dict[str, object] = {
            "attempt_id": attempt_id or own,
            "position": 1,
            "quiz_slug": "duty",
            "module_slug": "duty",
            "lesson_slug": "chests-landed",
            "check_key": "check-fall",
            "source_key": "ledger",
            "claim_key": "ledger-p01-a",
            "anchor": "fig-chests",
            "secret": SECRET,
            "version": app.config["STATIC_VERSION"],
            "filename": "css/styles.css",
        }
        return app.url_map.bind("").build(rule.endpoint, {name: values[name] for name in rule.arguments})


def rules(app: Flask) -> Iterator[tuple[str, Rule]]:
    """Go through every method of every address, in order; what Flask adds by itself is left out."""
    found = [
        (rule.rule, method, rule) for rule in app.url_map.iter_rules() for method in (rule.methods or set()) - {"HEAD"}
    ]
    for _, method, rule in sorted(found, key=lambda each: each[:2]):
        if method != "OPTIONS":
            yield method, rule


def changing(app: Flask) -> list[tuple[str, Rule]]:
    """Return the methods and addresses that change something."""
    return [(method, rule) for method, rule in rules(app) if method not in SAFE_METHODS]


@pytest.fixture
def world(db: SQLAlchemy, tmp_path: Path, instructor: User, make_user: MakeUser) -> World:
    """Make everybody and everything."""
    courses.sync(courses.tea_copy(tmp_path))
    class_ = class_of(instructor)
    other_class = class_of(make_user("Sam Instructor", SiteRole.INSTRUCTOR), "Section U")
    owner = learner_of(class_, make_user, "Olu Owner")
    withdrawn = learner_of(class_, make_user, "Wim Withdrawn")
    assistant = make_user("Asa Assistant")
    class_services.enrol(class_, assistant, ClassRole.ASSISTANT, at=clock.now())
    submitted = finished(owner, class_, right_fields)
    attempt = start(owner, class_)
    save(attempt, 1, {"choice": ["a"]})
    start(withdrawn, class_)
    withdraw(withdrawn, class_)
    visitors: dict[str, User | None] = {
        "anonymous": None,
        "no class": make_user("Nia Newcomer"),
        "withdrawn": withdrawn,
        "other class": learner_of(other_class, make_user, "Otto Other"),
        "learner": learner_of(class_, make_user, "Lea Learner"),
        "assistant": assistant,
        "instructor": instructor,
        "administrator": make_user("Ada Administrator", SiteRole.ADMINISTRATOR),
        "owner": owner,
    }
    db.session.commit()
    return World(class_, owner, attempt.id, submitted.id, visitors)
