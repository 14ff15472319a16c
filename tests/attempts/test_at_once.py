"""Many requests at the same moment: nothing is lost, nothing happens twice."""

from collections import Counter
from http import HTTPStatus
from random import Random

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from courseware.accounts.models import User
from courseware.attempts import queries
from courseware.attempts.models import Attempt, Response
from courseware.classes.models import Class
from courseware.core.errors import Conflict
from courseware.web.application import CoursewareFlask
from tests.at_once import at_once, clients
from tests.factories.attempts import save, start, submit
from tests.factories.people import learner_of
from tests.http_client import Client
from tests.people import MakeUser, SignIn
from tests.tea import MakeClass

TEXT = 4
MANY = 8


def put(browser: Client, path: str, text: str, key: str, version: int = 0) -> TestResponse:
    body = {"fields": {"answer": [text]}, "flagged": False, "version": version}
    return browser.put(path, json=body, headers={"Idempotency-Key": key})


def test_starts_at_once_make_one_attempt(
    app: CoursewareFlask, make_tea_class: MakeClass, make_user: MakeUser, sign_in: SignIn, db: SQLAlchemy
) -> None:
    learner = learner_of(make_tea_class("t1-q01", attempts=1), make_user)
    browsers = [sign_in(learner, browser) for browser in clients(app, MANY)]
    answers = at_once(app, [lambda b=each: b.post("/quizzes/duty/attempts") for each in browsers])  # type: ignore[misc]
    assert {answer.status_code for answer in answers} == {HTTPStatus.SEE_OTHER}
    assert len({answer.location for answer in answers}) == 1
    assert db.session.scalar(select(func.count(Attempt.id))) == 1


def test_submits_at_once_give_one_submission_and_one_receipt(
    app: CoursewareFlask, tea_class: Class, tea_learner: User, sign_in: SignIn, db: SQLAlchemy
) -> None:
    attempt = start(tea_learner, tea_class)
    save(attempt, TEXT, {"answer": ["about"]})
    address = f"/attempts/{attempt.id}"
    browsers = [sign_in(tea_learner, browser) for browser in clients(app, MANY)]

    def submit_and_read(browser: Client) -> tuple[int, str]:
        status = browser.post(f"{address}/submit").status_code
        return status, browser.get(f"{address}/receipt?download=1").text

    outcomes = at_once(app, [lambda b=each: submit_and_read(b) for each in browsers])  # type: ignore[misc]
    assert len(set(outcomes)) == 1
    assert outcomes[0][0] == HTTPStatus.SEE_OTHER
    db.session.expire_all()
    assert attempt.points_earned == 1


@pytest.mark.parametrize("is_one_request", [True, False])
def test_saves_at_once_are_accepted_once(
    app: CoursewareFlask, tea_class: Class, tea_learner: User, sign_in: SignIn, db: SQLAlchemy, *, is_one_request: bool
) -> None:
    attempt = start(tea_learner, tea_class)
    path = f"/attempts/{attempt.id}/responses/{TEXT}"
    browsers = [sign_in(tea_learner, browser) for browser in clients(app, MANY)]
    texts = ["same"] * MANY if is_one_request else [f"text {number}" for number in range(MANY)]
    keys = ["k"] * MANY if is_one_request else [f"k{number}" for number in range(MANY)]
    answers = at_once(
        app,
        [
            lambda b=browser, t=text, k=key: put(b, path, t, k)  # type: ignore[misc]
            for browser, text, key in zip(browsers, texts, keys, strict=True)
        ],
    )
    statuses = Counter(answer.status_code for answer in answers)
    assert statuses == ({200: MANY} if is_one_request else {200: 1, 409: MANY - 1})
    db.session.expire_all()
    revisions = db.session.scalars(select(Response)).all()
    assert [revision.version for revision in revisions] == [1]
    item = queries.list_questions(attempt)[TEXT - 1]
    assert (item.version, item.response) == (1, revisions[0].response)
    accepted = next(answer for answer in answers if answer.status_code == HTTPStatus.OK)
    assert all(answer.get_json()["version"] == accepted.get_json()["version"] for answer in answers)


def test_saves_and_a_submission_at_once_leave_a_mark_that_fits_what_is_stored(
    app: CoursewareFlask, tea_class: Class, tea_learner: User, sign_in: SignIn, db: SQLAlchemy
) -> None:
    attempt = start(tea_learner, tea_class)
    base = f"/attempts/{attempt.id}"
    browsers = [sign_in(tea_learner, browser) for browser in clients(app, MANY)]
    answers = at_once(
        app,
        [
            lambda b=browsers[0]: b.post(f"{base}/submit"),  # type: ignore[misc]
            *(
                lambda b=browser, n=number: put(b, f"{base}/responses/{TEXT}", "about", f"k{n}")
                for number, browser in enumerate(browsers[1:])
            ),
        ],
    )
    db.session.expire_all()
    is_saved = queries.list_questions(attempt)[TEXT - 1].response is not None
    assert attempt.points_earned == int(is_saved)
    counts = Counter(answer.status_code for answer in answers[1:])
    assert counts[200] == int(is_saved)
    assert counts[200] + counts[409] + counts[410] == MANY - 1
    late = db.session.scalar(select(func.count(Response.id)).where(Response.is_late))
    assert counts[410] == late


@pytest.mark.parametrize("seed", range(12))
def test_two_tabs_in_any_order_never_overwrite_each_other_in_silence(
    tea_class: Class, tea_learner: User, db: SQLAlchemy, seed: int
) -> None:
    random = Random(seed)  # noqa: S311 - the same orders on every run
    attempt = start(tea_learner, tea_class)
    seen = {"left": 0, "right": 0}
    version, stored, history = 0, None, 0
    for step in range(15):
        tab = random.choice(["left", "right"])
        if random.random() < 0.05:
            submit(attempt)
        is_closed = attempt.submitted_at is not None
        text = f"{tab} {step}"
        if not is_closed and seen[tab] != version:
            with pytest.raises(Conflict) as conflict:
                save(attempt, TEXT, {"answer": [text]}, version=seen[tab])
            db.session.rollback()
            assert conflict.value.details["version"] == version
            seen[tab] = version
            continue
        saved = save(attempt, TEXT, {"answer": [text]}, version=seen[tab])
        history += 1
        assert saved.is_late is is_closed
        if not is_closed:
            version, stored = version + 1, text
            seen[tab] = saved.version
        item = queries.list_questions(attempt)[TEXT - 1]
        assert (item.version, (item.response or {}).get("text")) == (version, stored)
    assert db.session.scalar(select(func.count(Response.id))) == history
