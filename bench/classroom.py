"""A class of learners on the real course, each signed in, ready to be measured."""

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flask_migrate
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import EnvironBuilder, run_wsgi_app

from courseware.accounts import services as account_services
from courseware.accounts.models import SiteRole, User
from courseware.accounts.views import TOKEN
from courseware.assignments import queries as assignment_queries
from courseware.assignments import services as assignment_services
from courseware.attempts import queries as attempt_queries
from courseware.attempts import services as attempt_services
from courseware.attempts.models import Attempt, AttemptQuestion
from courseware.classes import services as class_services
from courseware.classes.models import ClassRole
from courseware.cli.course_sync import sync_checked
from courseware.core import clock
from courseware.core.database import db
from courseware.courses import queries as course_queries
from courseware.questions.base import Layout
from courseware.web.application import CoursewareFlask

CSRF_SECRET = "bench"  # noqa: S105 - signs forms of this run only

Act = Callable[[], None]


@dataclass(frozen=True)
class SignedIn:
    """Somebody with a session, who sends requests straight to the application."""

    app: CoursewareFlask
    cookie: str
    csrf_token: str

    def send(self, method: str, path: str, expected: int, body: Any = None, key: str = "") -> None:
        """Send one request; raise if the answer is not the expected one."""
        builder = EnvironBuilder(
            path, "http://127.0.0.1:8000", method=method, data=None if body is None else json.dumps(body)
        )
        builder.headers.update({"Cookie": self.cookie, "X-CSRFToken": self.csrf_token, "Idempotency-Key": key})
        if body is not None:
            builder.content_type = "application/json"
        _, status, _ = run_wsgi_app(self.app, builder.get_environ(), buffered=True)
        if not status.startswith(str(expected)):
            raise RuntimeError(f"{method} {path} was answered with {status}")


@dataclass(frozen=True)
class Classroom:
    """Learners of one class; the first is in the middle of an attempt, the others have not begun."""

    learners: list[SignedIn]
    lesson: str
    quiz: str
    attempt: int
    position: int
    tokens: list[str]

    def acts(self) -> dict[str, Act]:
        """Return what is measured, by name; each can be done once for every learner but the first."""
        first, *others = self.learners
        newcomers = iter(others)
        saves = itertools.count()

        def autosave() -> None:
            number = next(saves)
            fields = {"choice": [self.tokens[number % len(self.tokens)]]}
            body = {"version": number, "flagged": False, "fields": fields}
            first.send("PUT", f"/attempts/{self.attempt}/responses/{self.position}", 200, body, f"save-{number}")

        return {
            "autosave": autosave,
            "quiz page": lambda: first.send("GET", f"/attempts/{self.attempt}", 200),
            "lesson page": lambda: first.send("GET", self.lesson, 200),
            "claims": lambda: first.send("GET", "/claims?standing=disputed", 200),
            "search": lambda: first.send("GET", "/search?q=chemicals+from+china", 200),
            "start": lambda: next(newcomers).send("POST", f"/quizzes/{self.quiz}/attempts", 303),
        }


def make_classroom(app: CoursewareFlask, size: int) -> Classroom:
    """Make the database, the course and a class of learners."""
    with app.app_context():
        flask_migrate.upgrade()
        sync_checked(app.config["CONTENT"])
        people = [
            User(
                email=f"learner-{number}@example.org",
                email_key=f"learner-{number}@example.org",
                name=f"Learner {number}",
                role=SiteRole.LEARNER,
                passphrase_hash="",
                created_at=clock.now(),
            )
            for number in range(size)
        ]
        db.session.add_all(people)
        db.session.flush()
        version = course_queries.get_current_version()
        class_ = class_services.make_class(version.course, "Bench", "UTC", instructor=people[0], at=clock.now())
        assignment = assignment_services.assign_all_quizzes(class_)[0]
        for person in people:
            class_services.enrol(class_, person, ClassRole.LEARNER, at=clock.now())
        db.session.flush()
        _, quiz = assignment_queries.get_with_quiz(assignment.quiz_slug, [class_.id])
        attempt = attempt_services.start_attempt(assignment, quiz, people[0].id, at=clock.now())
        db.session.flush()
        position, layout = _a_choice(attempt)
        lesson = course_queries.list_lessons(version.id)[0]
        made = Classroom(
            [_sign_in(app, person) for person in people],
            f"/modules/{lesson.module.slug}/lessons/{lesson.slug}",
            quiz.slug,
            attempt.id,
            position,
            [option.token for option in layout.options],
        )
        db.session.commit()
        return made


def _a_choice(attempt: Attempt) -> tuple[int, Layout]:
    """Return the place of a question with options, and how it is shown."""

    def layout_of(item: AttemptQuestion) -> Layout:
        return attempt_services.layout_of(attempt, item, attempt_services.question_of(item))

    return next(
        (item.position, layout_of(item))
        for item in attempt_queries.list_questions(attempt)
        if item.question_version.type in {"single_choice", "true_false"}
    )


def _sign_in(app: CoursewareFlask, person: User) -> SignedIn:
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    if serializer is None or app.secret_key is None:
        raise RuntimeError("the application has no secret key")
    token = account_services.start_session(person.id, at=clock.now())
    cookie = serializer.dumps({TOKEN: token, "csrf_token": CSRF_SECRET})
    csrf_token = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(CSRF_SECRET)
    return SignedIn(app, f"session={cookie}", str(csrf_token))
