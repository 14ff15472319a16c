"""Many requests at one moment, answered by several processes."""

import re
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from http import HTTPStatus

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select, text

from courseware.accounts.models import User
from courseware.attempts.models import Attempt, AttemptQuestion, AttemptState, Response
from courseware.attempts.rules import digest
from courseware.core import clock
from courseware.lessons.models import CheckAnswer, LessonProgress
from tests.essay_quiz import QUESTIONS, QUIZ
from tests.processes.conftest import StartServer
from tests.processes.server import COURSEWARE, PATIENCE_SECONDS, environment
from tests.processes.visitor import Answer, Visitor, at_once

CALLERS = 20
LESSON = "/modules/scale/lessons/one-post-five-texts"
CHECK = re.compile(
    r'action="(?P<address>[^"#]+/checks/[^"#]+).*?type="radio" name="(?P<name>[^"]+)".*?value="(?P<choice>[^"]+)"',
    re.DOTALL,
)

MakeLearners = Callable[[int], list[str]]


@pytest.fixture
def email(make_learners: MakeLearners) -> str:
    """Make one learner."""
    return make_learners(1)[0]


@pytest.fixture
def visitor(start_server: StartServer, email: str, essays: str) -> Visitor:  # noqa: ARG001 - changes the quiz
    """Sign the learner in at a fresh server."""
    visitor = Visitor(start_server().port)
    visitor.sign_in(email)
    return visitor


@pytest.fixture
def other_device(visitor: Visitor, email: str) -> Visitor:
    """Sign the same learner in a second time."""
    other = Visitor(visitor.port)
    other.sign_in(email)
    return other


def tabs(*visitors: Visitor) -> list[Visitor]:
    """Return twenty tabs of the devices given."""
    return [replace(visitors[number % len(visitors)]) for number in range(CALLERS)]


def statuses(answers: Sequence[Answer]) -> list[int]:
    return sorted(answer.status for answer in answers)


def one_attempt(db: SQLAlchemy) -> Attempt:
    db.session.commit()
    return db.session.scalars(select(Attempt)).one()


def test_twenty_starts_at_once_make_one_attempt(db: SQLAlchemy, visitor: Visitor, other_device: Visitor) -> None:
    answers = at_once([partial(tab.post, f"/quizzes/{QUIZ}/attempts") for tab in tabs(visitor, other_device)])
    assert statuses(answers) == [HTTPStatus.SEE_OTHER] * CALLERS
    attempt = one_attempt(db)
    assert {answer.headers["Location"] for answer in answers} == {f"/attempts/{attempt.id}"}
    assert db.session.scalar(select(func.count(AttemptQuestion.id))) == QUESTIONS


@pytest.mark.parametrize("devices", [1, 2])
def test_twenty_submits_at_once_are_one_submission_with_one_receipt(
    db: SQLAlchemy, visitor: Visitor, other_device: Visitor, devices: int
) -> None:
    attempt = visitor.start(QUIZ)
    visitor.save(attempt, 1, "What I know", seen=0, key="only")
    answers = at_once([partial(tab.post, f"{attempt}/submit") for tab in tabs(*(visitor, other_device)[:devices])])
    assert statuses(answers) == [HTTPStatus.SEE_OTHER] * CALLERS
    receipts = {tab.get(f"{attempt}/receipt?download=1").body for tab in (visitor, other_device)}
    assert len(receipts) == 1
    assert verified(db, one_attempt(db)) in receipts.pop().decode()


def verified(db: SQLAlchemy, attempt: Attempt) -> str:
    """Return the digest of a submitted attempt, made anew from what is stored."""
    items = db.session.scalars(
        select(AttemptQuestion).where(AttemptQuestion.attempt_id == attempt.id).order_by(AttemptQuestion.position)
    )
    made = digest(attempt.id, [(item.position, item.question_version.content_hash, item.response) for item in items])
    assert attempt.digest == made
    return made


def test_a_save_and_a_submit_at_once_agree_on_what_was_submitted(db: SQLAlchemy, visitor: Visitor) -> None:
    attempt = visitor.start(QUIZ)
    saves = [
        partial(replace(visitor).save, attempt, position, "What I know", seen=0, key=f"save-{position}")
        for position in range(1, QUESTIONS + 1)
    ]
    *saved, submitted = at_once([*saves, partial(replace(visitor).post, f"{attempt}/submit")])
    assert submitted.status == HTTPStatus.SEE_OTHER
    assert set(statuses(saved)) <= {HTTPStatus.OK, HTTPStatus.GONE}
    row = one_attempt(db)
    verified(db, row)
    items = db.session.scalars(select(AttemptQuestion).order_by(AttemptQuestion.position)).all()
    assert [item.response is not None for item in items] == [answer.status == HTTPStatus.OK for answer in saved]
    assert db.session.scalar(select(func.count(Response.id))) == QUESTIONS, "a late draft is kept, too"


def test_one_save_sent_ten_times_at_once_is_one_revision_with_one_answer(db: SQLAlchemy, visitor: Visitor) -> None:
    attempt = visitor.start(QUIZ)
    save = [partial(replace(visitor).save, attempt, 1, "What I know", seen=0, key="same") for _ in range(10)]
    answers = at_once(save)
    assert statuses(answers) == [HTTPStatus.OK] * 10
    of_the_moment = {"server_time", "seconds_left"}
    kept = [{name: value for name, value in answer.json.items() if name not in of_the_moment} for answer in answers]
    assert all(facts == kept[0] for facts in kept)
    db.session.commit()
    assert db.session.scalars(select(Response)).one().version == 1


def test_of_two_tabs_that_saw_one_version_one_saves_and_the_other_is_told(db: SQLAlchemy, visitor: Visitor) -> None:
    attempt = visitor.start(QUIZ)
    for seen in range(10):
        texts = [f"Text {seen} of tab {tab}" for tab in "ab"]
        answers = at_once([partial(replace(visitor).save, attempt, 1, each, seen=seen, key=each) for each in texts])
        assert statuses(answers) == [HTTPStatus.OK, HTTPStatus.CONFLICT]
        conflict = next(answer.json for answer in answers if answer.status == HTTPStatus.CONFLICT)
        assert conflict["version"] == seen + 1
        assert sorted([conflict["stored"]["answer"], conflict["yours"]["answer"]]) == [[each] for each in texts]
    db.session.commit()
    assert db.session.scalar(select(AttemptQuestion.version).where(AttemptQuestion.position == 1)) == 10


def test_no_accepted_save_is_lost_among_many_writers(db: SQLAlchemy, visitor: Visitor, other_device: Visitor) -> None:
    attempt = visitor.start(QUIZ)
    saves_each = 10
    writers = 8

    def write(number: int) -> int:
        writer = replace((visitor, other_device)[number % 2])
        seen = conflicts = 0
        for turn in range(saves_each):
            while True:
                key = f"{number}-{turn}-{seen}"
                answer = writer.save(attempt, 1, f"Writer {number}, turn {turn}", seen=seen, key=key)
                assert answer.status in {HTTPStatus.OK, HTTPStatus.CONFLICT}, answer.text
                seen = answer.json["version"]
                if answer.status == HTTPStatus.OK:
                    break
                conflicts += 1
        return conflicts

    conflicts = sum(at_once([partial(write, number) for number in range(writers)]))
    db.session.commit()
    revisions = db.session.scalars(select(Response).order_by(Response.version)).all()
    assert [revision.version for revision in revisions] == list(range(1, writers * saves_each + 1))
    assert {(revision.response or {})["text"] for revision in revisions} == {
        f"Writer {number}, turn {turn}" for number in range(writers) for turn in range(saves_each)
    }
    assert conflicts > 0, "the writers did not meet"


def test_two_sweeps_and_a_submit_at_once_close_each_attempt_once(
    db: SQLAlchemy, visitor: Visitor, make_learners: MakeLearners, settings: dict[str, str]
) -> None:
    attempt = visitor.start(QUIZ)
    visitor.save(attempt, 1, "What I know", seen=0, key="only")
    db.session.commit()
    first = one_attempt(db)
    others = copies(db, first, make_learners(30))
    ended_at = clock.now() - timedelta(minutes=1)
    for each in (first, *others):
        each.closes_at = ended_at
    db.session.commit()

    # Whoever comes while the database is held meets the others when it is let go.
    hold = db.engine.connect()
    hold.exec_driver_sql("UPDATE attempt SET number = number")
    sweeps = [
        subprocess.Popen([COURSEWARE, "sweep"], env=environment(settings), stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    answers: list[Answer] = []
    submit = threading.Thread(target=lambda: answers.append(visitor.post(f"{attempt}/submit")))
    submit.start()
    time.sleep(3)
    hold.rollback()
    hold.close()
    submit.join()
    closed = [int(sweep.communicate(timeout=PATIENCE_SECONDS)[0].split()[1]) for sweep in sweeps]

    assert [sweep.returncode for sweep in sweeps] == [0, 0]
    assert answers[0].status == HTTPStatus.SEE_OTHER
    assert sum(closed) in {len(others), len(others) + 1}, "the submit closed one, or found it closed"
    db.session.commit()
    for each in db.session.scalars(select(Attempt)):
        assert (each.state, each.submitted_by_clock, each.submitted_at) == (AttemptState.SUBMITTED, True, ended_at)
        verified(db, each)
    assert one_response(db) == "What I know"


def copies(db: SQLAlchemy, attempt: Attempt, emails: Sequence[str]) -> list[Attempt]:
    """Give other learners an attempt like this one, with nothing in it."""
    made = [
        Attempt(
            assignment_id=attempt.assignment_id,
            learner_id=user_id,
            course_version_id=attempt.course_version_id,
            number=1,
            seed=attempt.seed,
            rules=attempt.rules,
            started_at=attempt.started_at,
            points_possible=attempt.points_possible,
        )
        for user_id in db.session.scalars(select(User.id).where(User.email.in_(emails)))
    ]
    db.session.add_all(made)
    return made


def one_response(db: SQLAlchemy) -> str:
    response = db.session.scalars(select(AttemptQuestion.response).where(AttemptQuestion.position == 1)).one()
    assert response is not None
    shown: str = response["text"]
    return shown


def test_many_tabs_of_one_lesson_keep_one_progress_and_count_every_try(
    db: SQLAlchemy, visitor: Visitor, other_device: Visitor
) -> None:
    form = CHECK.search(visitor.get(LESSON).text)
    assert form
    answers = at_once(
        [
            partial(tab.post, form["address"], **{form["name"]: form["choice"]})
            if number % 2
            else partial(tab.post, f"{LESSON}/read")
            for number, tab in enumerate(tabs(visitor, other_device))
        ]
    )
    assert all(answer.status < HTTPStatus.INTERNAL_SERVER_ERROR for answer in answers), statuses(answers)
    db.session.commit()
    assert db.session.scalar(select(func.count(LessonProgress.id))) == 1
    assert db.session.scalar(select(func.count(CheckAnswer.id))) == 1
    assert db.session.scalar(text("SELECT tries FROM check_answer")) == CALLERS / 2
