"""Whatever is sent, by anybody, to any address: the answer is a page with the right status, never a 500."""

import random
import re
import secrets
from collections import Counter
from dataclasses import dataclass, replace

from flask.sessions import SecureCookieSessionInterface
from flask_sqlalchemy import SQLAlchemy
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from werkzeug.test import run_wsgi_app

from courseware.accounts import services as account_services
from courseware.accounts.models import User
from courseware.accounts.views import TOKEN
from courseware.assignments import queries as assignment_queries
from courseware.attempts import services as attempt_services
from courseware.attempts.models import AttemptQuestion
from courseware.classes.models import Class
from courseware.core import clock, mail
from courseware.courses.queries import get_current_version, list_lessons, list_sources
from courseware.web.application import CoursewareFlask
from tests.essay_quiz import QUIZ
from tests.hostile.requests import CURRENT, HostileRequest, Known, hostile_requests
from tests.scale import HOSTILE_REQUESTS

SERVER_ERROR = 500
_PLACE = re.compile(rb"/attempts/(\d{1,9})/responses/(\d{1,9})")
_FIELD_NAME = re.compile(r' name="([^"]+)"')


@dataclass
class Sender:
    """Somebody who sends requests, or nobody that is known."""

    app: CoursewareFlask
    db: SQLAlchemy
    user: User | None
    cookie: str = ""
    token: str = ""

    def sign_in(self) -> None:
        """Begin a new session, with a valid token."""
        secret = secrets.token_hex(20)
        session = {"csrf_token": secret}
        if self.user is not None:
            session[TOKEN] = account_services.start_session(self.user.id, at=clock.now())
            self.db.session.commit()
        serializer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert serializer is not None
        self.cookie = f"session={serializer.dumps(session)}"
        key = self.app.secret_key
        assert key is not None
        self.token = str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(secret))

    def send(self, request: HostileRequest) -> tuple[int, str]:
        """Send one request; return the status and the body."""
        self.db.session.commit()
        with self.app.app_context():
            body, status, _ = run_wsgi_app(self.app, request.environ(self.cookie, self.token), buffered=True)
            return int(status.split()[0]), b"".join(body).decode(errors="replace")

    def get(self, path: str) -> str:
        """Read a page."""
        return self.send(HostileRequest("GET", path.encode(), b"", {}, "", b"", "127.0.0.1"))[1]


def known_to(sender: Sender, attempt_id: int) -> Known:
    """Return the addresses of the site and the names of all fields on its pages."""
    version = get_current_version()
    lessons = list_lessons(version.id)
    pages = ["/", "/sign-in", "/account", "/passphrase/forgotten", f"/quizzes/{QUIZ}", f"/attempts/{attempt_id}"]
    pages += [f"/modules/{lesson.module.slug}/lessons/{lesson.slug}" for lesson in lessons[:2]]
    return Known(
        addresses={
            "attempt_id": ["OWN", "OWN", "OWN", "OTHER"],
            "check_key": list(lessons[0].checks),
            "filename": ["css/styles.css", "js/main.js", ".", "css"],
            "lesson_slug": [lessons[0].slug, lessons[0].slug, lessons[1].slug],
            "module_slug": sorted({lesson.module.slug for lesson in lessons}),
            "position": ["1", "2", "3", "4"],
            "quiz_slug": [QUIZ],
            "secret": ["s" * 43],
            "source_key": [source.key for source in list_sources(version.id)],
            "version": ["0", str(sender.app.config["STATIC_VERSION"])],
        },
        fields=sorted({name for page in pages for name in _FIELD_NAME.findall(sender.get(page))}),
        values=["0", "1", "2", "no", "review", "question-2", "/account", "Learner@example.org", *lessons[0].anchors],
    )


def test_no_request_is_answered_with_a_server_error(
    app: CoursewareFlask,
    db: SQLAlchemy,
    class_: Class,
    learner: User,
    other_learner: User,
    instructor: User,
    essays: str,
) -> None:
    number = random.getrandbits(32)
    print(f"seed of the requests: {number}")
    senders = {
        "nobody": Sender(app, db, None),
        "learner": Sender(app, db, learner),
        "other learner": Sender(app, db, other_learner),
        "instructor": Sender(app, db, instructor),
    }

    def started(person: User) -> int:
        assignment, quiz = assignment_queries.get_with_quiz(essays, [class_.id])
        attempt = attempt_services.start_attempt(assignment, quiz, person.id, at=clock.now())
        db.session.commit()
        return attempt.id

    for sender in senders.values():
        sender.sign_in()
    attempts = [started(learner), started(other_learner)]
    known = known_to(senders["learner"], attempts[0])
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))
    rules += [rule for rule in rules if rule.endpoint.startswith("attempts.save")] * 3
    requests = [hostile_requests(rule, known) for rule in rules]
    tally: Counter[tuple[str, int]] = Counter()

    def stored_version(path: bytes) -> int:
        place = _PLACE.fullmatch(path)
        if place is None:
            return 0
        version = select(AttemptQuestion.version).where(
            AttemptQuestion.attempt_id == int(place[1]), AttemptQuestion.position == int(place[2])
        )
        return db.session.scalar(version) or 0

    @seed(number)
    @settings(
        max_examples=HOSTILE_REQUESTS,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, len(rules) - 1), st.sampled_from([*senders, *["learner"] * 4]), st.data())
    def send(which: int, who: str, data: st.DataObject) -> None:
        rule = rules[which]
        request = data.draw(requests[which])
        own, other = attempts if who != "other learner" else reversed(attempts)
        path = request.path.replace(b"OWN", b"%d" % own).replace(b"OTHER", b"%d" % other)
        sent = request.body.replace(CURRENT.encode(), b"%d" % stored_version(path))
        status, body = senders[who].send(replace(request, path=path, body=sent))
        tally[rule.endpoint, status] += 1
        assert status < SERVER_ERROR, f"{who}: {body}"
        if rule.endpoint.startswith("accounts."):
            senders[who].sign_in()
        if rule.endpoint in {"attempts.submit", "attempts.start"}:
            attempts[:] = started(learner), started(other_learner)

    send()
    mail.wait_until_sent()
    assert sum(tally.values()) >= HOSTILE_REQUESTS
    assert {endpoint for endpoint, _ in tally} == {rule.endpoint for rule in rules}
    saved = tally["attempts.save_response", 200]
    assert saved > 0, "no request came through to the database"
    print(sorted(tally.items()))
