"""Taking a quiz over HTTP: by forms, as without script, and by autosave."""

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from html import unescape
from http import HTTPStatus
from secrets import token_hex
from typing import Any

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from courseware.accounts.models import User
from courseware.accounts.services import end_sessions
from courseware.assignments.models import Assignment
from courseware.attempts import queries
from courseware.attempts.models import Attempt, AttemptQuestion, AttemptState, Response
from courseware.classes import queries as class_queries
from courseware.classes import services as class_services
from courseware.classes.models import Class, ClassRole
from courseware.core import clock as core_clock
from tests.application import Clock
from tests.content.course_copy import CourseCopy
from tests.factories import courses
from tests.factories.answers import Fields, poor_fields, right_fields
from tests.factories.attempts import answer_all, assigned, finished, save, start, submit
from tests.factories.people import class_of, learner_of
from tests.http_client import Client
from tests.people import MakeUser, SignIn
from tests.tea import MakeClass

CHOICE, NUMBER, MATCHING, TEXT = 1, 2, 3, 4
CountStatements = Callable[[], AbstractContextManager[list[str]]]

MOST_STATEMENTS_OF_AN_AUTOSAVE = 5


@pytest.fixture
def browser(tea_learner: User, sign_in: SignIn) -> Client:
    """Open a browser in which the learner of the sample's class is signed in."""
    return sign_in(tea_learner)


@pytest.fixture
def attempt(tea_class: Class, tea_learner: User) -> Attempt:
    """Begin an attempt without limits: four questions, two a page."""
    return start(tea_learner, tea_class)


@pytest.fixture
def timed(make_tea_class: MakeClass, make_user: MakeUser, clock: Clock, sign_in: SignIn) -> Attempt:  # noqa: ARG001
    """Begin an attempt that runs for twenty minutes; its learner is signed in."""
    class_ = make_tea_class("t1-q01", "t1-q04", "t2-q01", "t1-q05", shuffle_options=False, time_limit_minutes=20)
    learner = learner_of(class_, make_user)
    sign_in(learner)
    return start(learner, class_)


def item(attempt: Attempt, position: int) -> AttemptQuestion:
    return queries.list_questions(attempt)[position - 1]


def revision_count(db: SQLAlchemy) -> int:
    return db.session.scalar(select(func.count(Response.id))) or 0


def autosave(
    browser: Client,
    attempt_id: int,
    position: int = TEXT,
    *,
    key: str | None = None,
    body: object = None,
    **changes: Any,
) -> TestResponse:
    """Send one answer as the script does; `changes` replace parts of the body, `body` all of it."""
    standard = {"fields": {"answer": ["about"]}, "flagged": False, "version": 0}
    return browser.put(
        f"/attempts/{attempt_id}/responses/{position}",
        json=standard | changes if body is None else body,
        headers={"Idempotency-Key": token_hex(8) if key is None else key},
    )


def form_of(page: str) -> dict[str, Any]:
    """Return what a browser without script would send: every control of the form as it stands."""
    form: dict[str, Any] = {}
    for control in re.findall(r"<input [^>]*>", page):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', control))
        is_off = attributes.get("type") in {"radio", "checkbox"} and " checked" not in control
        if "name" in attributes and not is_off and " disabled" not in control:
            form.setdefault(attributes["name"], []).append(unescape(attributes.get("value", "")))
    for name, options in re.findall(r'<select [^>]*name="([^"]+)".*?>(.*?)</select>', page, re.DOTALL):
        form[name] = re.findall(r'value="([^"]*)" selected', options) or [""]
    return form


def test_the_start_page_states_every_rule(
    make_tea_class: MakeClass, make_user: MakeUser, sign_in: SignIn, clock: Clock
) -> None:
    class_ = make_tea_class("t1-q01", attempts=2, time_limit_minutes=20)
    assignment, _ = assigned(class_)
    assignment.opens_at, assignment.due_at, assignment.closes_at = (
        clock.moment + timedelta(days=days) for days in (-1, 1, 2)
    )
    page = sign_in(learner_of(class_, make_user)).get("/quizzes/duty").text
    for words in (
        "1, drawn anew for each attempt",
        "20 minutes from the moment you start",
        "up to 10 seconds later still counts",
        "2 attempts. Your last attempt counts.",
        "Opens Monday 31 August, 12:00.",
        "Due Wednesday 2 September, 12:00.",
        "Closes Thursday 3 September, 12:00.",
        "(UTC)",
        "Start attempt 1",
        "the reason for each answer",
    ):
        assert words in page


@pytest.mark.parametrize(("opens_in", "words"), [(1, "Opens Wednesday 2 September"), (-3, "Closed Monday 31 August")])
def test_outside_the_dates_nothing_can_be_started(
    tea_class: Class, browser: Client, clock: Clock, db: SQLAlchemy, opens_in: int, words: str
) -> None:
    assignment, _ = assigned(tea_class)
    assignment.opens_at = clock.moment + timedelta(days=opens_in)
    assignment.closes_at = assignment.opens_at + timedelta(days=2)
    page = browser.get("/quizzes/duty").text
    assert words in page
    assert "Start attempt" not in page
    refusal = browser.post("/quizzes/duty/attempts")
    assert refusal.status_code == HTTPStatus.CONFLICT
    assert db.session.scalar(select(func.count(Attempt.id))) == 0


def test_starting_leads_to_the_questions_and_starting_again_to_the_same_attempt(
    browser: Client, db: SQLAlchemy
) -> None:
    first, second = (browser.post("/quizzes/duty/attempts") for _ in range(2))
    assert first.status_code == HTTPStatus.SEE_OTHER
    assert first.location == second.location
    assert db.session.scalar(select(func.count(Attempt.id))) == 1
    assert "Go on with attempt 1" in browser.get("/quizzes/duty").text
    assert "Attempt 1 in progress" in browser.get("/quizzes").text


def test_who_has_used_all_attempts_is_told_so(make_tea_class: MakeClass, make_user: MakeUser, sign_in: SignIn) -> None:
    class_ = make_tea_class("t1-q01", attempts=1)
    learner = learner_of(class_, make_user)
    finished(learner, class_, right_fields)
    browser = sign_in(learner)
    page = browser.get("/quizzes/duty").text
    assert "No attempt left" in page
    assert "Counts" in page
    assert "100%" in page
    answer = browser.post("/quizzes/duty/attempts")
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "You have used your only attempt." in answer.text


def test_whoever_teaches_reads_the_rules_and_cannot_start(tea_class: Class, instructor: User, sign_in: SignIn) -> None:
    assert tea_class.id
    browser = sign_in(instructor)
    page = browser.get("/quizzes/duty").text
    assert "You teach this class" in page
    assert "Start attempt" not in page
    assert browser.post("/quizzes/duty/attempts").status_code == HTTPStatus.NOT_FOUND


def test_a_quiz_that_two_classes_have_is_taken_in_the_class_asked_for(
    tea_class: Class, tea_learner: User, instructor: User, browser: Client, db: SQLAlchemy
) -> None:
    other = class_of(instructor, "Section U")
    class_services.enrol(other, tea_learner, ClassRole.LEARNER, at=core_clock.now())
    assert "Section U" in browser.get("/quizzes").text
    browser.post("/quizzes/duty/attempts", data={"class": str(tea_class.id)})
    browser.post("/quizzes/duty/attempts", data={"class": "9" * 5000})
    class_ids = db.session.scalars(select(Assignment.class_id).join(Attempt).order_by(Attempt.id)).all()
    assert class_ids == [tea_class.id, other.id]


def test_there_is_no_quiz_of_that_name(browser: Client) -> None:
    assert browser.get("/quizzes/no-such-quiz").status_code == HTTPStatus.NOT_FOUND
    assert browser.post("/quizzes/no-such-quiz/attempts").status_code == HTTPStatus.NOT_FOUND


def test_the_whole_quiz_can_be_taken_by_forms_alone(browser: Client, db: SQLAlchemy) -> None:
    address = browser.post("/quizzes/duty/attempts").location
    assert address is not None
    page = browser.get(address)
    form = form_of(page.text)
    assert {"q1-version", "q2-version", "q2-answer"} <= set(form)
    form |= {"q1-choice": "b", "q1-flag": "yes", "q2-answer": "25", "go": "2"}
    answer = browser.post(f"{address}?page=1", data=form)
    assert (answer.status_code, answer.location) == (HTTPStatus.SEE_OTHER, f"{address}?page=2")
    second = browser.get(answer.location or "")
    form = form_of(second.text)
    assert {"q3-pair-1", "q3-pair-2", "q4-answer"} <= set(form)
    form |= {"q3-pair-1": "a", "q3-pair-2": "b", "q4-answer": "some", "go": "review"}
    answer = browser.post(f"{address}?page=2", data=form)
    assert answer.location == f"{address}/review"
    review = browser.get(f"{address}/review").text
    assert "1 question is flagged." in review
    receipt = browser.post(f"{address}/submit")
    assert receipt.location == f"{address}/receipt"
    assert "4 of 4" in browser.get(f"{address}/receipt").text
    attempt = db.session.scalars(select(Attempt)).one()
    assert attempt.state is AttemptState.SUBMITTED
    assert attempt.fraction == 1
    result = browser.get(f"{address}/result").text
    assert "You got 4 of 4 questions fully right" in result
    assert browser.get(address).location == f"{address}/result"
    assert browser.get(f"{address}/review").location == f"{address}/result"


def test_a_page_sent_as_it_came_saves_nothing(browser: Client, attempt: Attempt, db: SQLAlchemy) -> None:
    save(attempt, CHOICE, {"choice": ["b"]}, flagged=True)
    save(attempt, NUMBER, {"answer": ["<25>"]})
    before = revision_count(db)
    for page in (1, 2):
        address = f"/attempts/{attempt.id}?page={page}"
        form = form_of(browser.get(address).text)
        assert browser.post(address, data=form).status_code == HTTPStatus.SEE_OTHER
    assert revision_count(db) == before


def test_an_emptied_field_takes_the_answer_back(browser: Client, attempt: Attempt) -> None:
    save(attempt, NUMBER, {"answer": ["25"]}, flagged=True)
    browser.post(f"/attempts/{attempt.id}", data={"q2-version": "1", "q2-answer": "", "go": "1"})
    assert (item(attempt, NUMBER).response, item(attempt, NUMBER).is_flagged) == (None, False)


def test_what_cannot_be_read_is_named_beside_its_field_and_kept_while_the_rest_is_saved(
    browser: Client, attempt: Attempt
) -> None:
    answer = browser.post(
        f"/attempts/{attempt.id}",
        data={
            "q1-version": "0",
            "q1-choice": "b",
            "q2-version": "0",
            "q2-answer": "9" * 101,
            "q2-flag": "y",
            "go": "2",
        },
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "1 answer is not saved yet" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'id="q2-answer-error"' in answer.text
    assert "9" * 101 in answer.text
    assert 'name="q1-version" value="1"' in answer.text
    assert (item(attempt, CHOICE).version, item(attempt, NUMBER).version) == (1, 0)


def test_a_form_from_an_older_page_never_overwrites_in_silence(browser: Client, attempt: Attempt) -> None:
    save(attempt, NUMBER, {"answer": ["75"]})
    address = f"/attempts/{attempt.id}"
    answer = browser.post(address, data={"q2-version": "0", "q2-answer": "25", "go": "2"})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "changed in another tab" in answer.text
    assert 'value="25"' in answer.text
    assert 'value="75"' in answer.text
    assert item(attempt, NUMBER).response == {"text": "75"}
    again = browser.post(address, data=form_of(answer.text) | {"go": "2"})
    assert again.status_code == HTTPStatus.SEE_OTHER
    assert item(attempt, NUMBER).response == {"text": "25"}


@pytest.mark.parametrize("version", ["", "x", "-1", "1.0", "٣", "9" * 5000, "\0"])
def test_a_form_with_an_odd_version_changes_nothing_it_should_not(
    browser: Client, attempt: Attempt, db: SQLAlchemy, version: str
) -> None:
    answer = browser.post(f"/attempts/{attempt.id}", data={"q2-version": version, "q2-answer": "25"})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert revision_count(db) == 0


@pytest.mark.parametrize(
    ("go", "where"),
    [
        ("review", "/review"),
        ("question-3", "?page=2#q3"),
        ("question-99", "?page=1"),
        ("question-", "?page=1"),
        ("2", "?page=2"),
        ("99", "?page=1"),
        ("", "?page=1"),
        ("//example.net", "?page=1"),
        ("9" * 5000, "?page=1"),
    ],
)
def test_a_button_leads_only_to_places_of_the_attempt(browser: Client, attempt: Attempt, go: str, where: str) -> None:
    answer = browser.post(f"/attempts/{attempt.id}", data={"go": go})
    assert answer.location == f"/attempts/{attempt.id}{where}"


@pytest.mark.parametrize(
    ("asked", "page"), [("1", 1), ("2", 2), ("0", 1), ("-1", 1), ("3", 2), ("x", 1), ("9" * 5000, 1), ("%00", 1)]
)
def test_an_odd_page_becomes_one_that_there_is(browser: Client, attempt: Attempt, asked: str, page: int) -> None:
    answer = browser.get(f"/attempts/{attempt.id}?page={asked}")
    assert answer.status_code == HTTPStatus.OK
    assert f"Page {page} of 2" in answer.text


def test_an_autosave_answers_with_version_times_and_state(client: Client, timed: Attempt, clock: Clock) -> None:
    clock.advance(timedelta(minutes=5))
    answer = autosave(client, timed.id)
    assert answer.status_code == HTTPStatus.OK
    assert answer.get_json() == {
        "version": 1,
        "saved_at": clock.moment.isoformat(),
        "server_time": clock.moment.isoformat(),
        "seconds_left": 15 * 60,
        "state": "complete",
        "text": "Answered",
        "remark": None,
    }
    assert item(timed, TEXT).response == {"text": "about"}


def test_autosave_repeats_its_answer_and_refuses_a_key_used_twice(
    browser: Client, attempt: Attempt, db: SQLAlchemy
) -> None:
    first, again = (autosave(browser, attempt.id, key="k1") for _ in range(2))
    assert first.get_json()["version"] == again.get_json()["version"] == 1
    assert first.get_json()["saved_at"] == again.get_json()["saved_at"]
    reused = autosave(browser, attempt.id, key="k1", fields={"answer": ["other"]})
    assert reused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert revision_count(db) == 1


def test_a_stale_autosave_gets_both_texts(browser: Client, attempt: Attempt) -> None:
    autosave(browser, attempt.id, fields={"answer": ["theirs"]})
    answer = autosave(browser, attempt.id, fields={"answer": ["mine"]})
    assert answer.status_code == HTTPStatus.CONFLICT
    body = answer.get_json()
    assert (body["version"], body["stored"], body["yours"]) == (1, {"answer": ["theirs"]}, {"answer": ["mine"]})
    assert {"error", "advice"} <= set(body)
    assert item(attempt, TEXT).response == {"text": "theirs"}


@pytest.mark.parametrize("seconds", [10, 11])
def test_an_autosave_after_the_grace_is_kept_as_a_late_draft(
    client: Client, timed: Attempt, clock: Clock, db: SQLAlchemy, seconds: int
) -> None:
    clock.advance(timedelta(minutes=20, seconds=seconds))
    answer = autosave(client, timed.id)
    in_grace = seconds <= 10
    assert answer.status_code == (HTTPStatus.OK if in_grace else HTTPStatus.GONE)
    assert in_grace or "late draft" in answer.get_json()["error"]
    (revision,) = db.session.scalars(select(Response))
    assert (revision.is_late, revision.response) == (not in_grace, {"text": "about"})
    assert (item(timed, TEXT).response is not None) is in_grace


def test_a_form_after_the_end_is_kept_as_late_drafts_and_says_so(
    client: Client, timed: Attempt, clock: Clock, db: SQLAlchemy
) -> None:
    clock.advance(timedelta(hours=1))
    answer = client.post(f"/attempts/{timed.id}", data={"q2-version": "0", "q2-answer": "25", "go": "2"})
    assert answer.status_code == HTTPStatus.GONE
    assert "kept as a late draft" in answer.text
    assert "Submit the saved answers" in answer.text
    assert [each.is_late for each in db.session.scalars(select(Response))] == [True]
    submit(timed)
    again = client.post(f"/attempts/{timed.id}", data={"q2-version": "0", "q2-answer": "75", "go": "2"})
    assert again.status_code == HTTPStatus.GONE
    assert "See the result of attempt 1" in again.text


def test_when_time_is_up_the_pages_offer_to_submit_what_was_saved(client: Client, timed: Attempt, clock: Clock) -> None:
    save(timed, TEXT, {"answer": ["about"]})
    ends_at = timed.closes_at
    clock.advance(timedelta(hours=1))
    for path in ("", "/review"):
        page = client.get(f"/attempts/{timed.id}{path}").text
        assert "Time is up" in page
        assert "<select" not in page
    client.post(f"/attempts/{timed.id}/submit")
    assert (timed.submitted_at, timed.submitted_by_clock) == (ends_at, True)
    assert "Time was up" in client.get(f"/attempts/{timed.id}/receipt").text


@pytest.mark.parametrize("forged", ["started_at", "closes_at", "server_time", "elapsed", "attempt_no", "user_id", "id"])
def test_nothing_a_client_claims_moves_the_clock(client: Client, timed: Attempt, clock: Clock, forged: str) -> None:
    clock.advance(timedelta(minutes=21))
    answer = client.put(
        f"/attempts/{timed.id}/responses/{TEXT}?{forged}=0",
        json={"fields": {"answer": ["about"]}, "flagged": False, "version": 0, forged: 0},
        headers={"Idempotency-Key": "k1", "Date": "Tue, 01 Sep 2026 12:00:00 GMT"},
    )
    assert answer.status_code == HTTPStatus.GONE
    assert item(timed, TEXT).response is None


COLUMNS: dict[str, Any] = {
    "score": "9",
    "points_earned": "9",
    "is_late": "1",
    "submitted_at": "2026-01-01",
    "learner_id": "1",
}


def test_fields_that_nobody_asked_for_change_nothing(browser: Client, attempt: Attempt, tea_learner: User) -> None:
    form = {"q2-version": "0", "q2-answer": "75", "q2-points_earned": "2", "go": "2"}
    assert browser.post(f"/attempts/{attempt.id}", data=form | COLUMNS).status_code == HTTPStatus.SEE_OTHER
    autosave(browser, attempt.id, saved_at="2020-01-01", **COLUMNS)
    browser.post(f"/attempts/{attempt.id}/submit", data=COLUMNS)
    assert [each.points_earned for each in queries.list_questions(attempt)] == [0, 1, 0, 1]
    assert attempt.points_earned == 2
    assert attempt.learner_id == tea_learner.id


def test_status_tells_a_script_how_the_attempt_stands(client: Client, timed: Attempt, clock: Clock) -> None:
    save(timed, TEXT, {"answer": ["about"]})
    clock.advance(timedelta(minutes=19, seconds=59.5))
    assert client.get(f"/attempts/{timed.id}/status").get_json() == {
        "state": "open",
        "server_time": clock.moment.isoformat(),
        "seconds_left": 0,
        "versions": {"1": 0, "2": 0, "3": 0, "4": 1},
    }
    submit(timed)
    assert client.get(f"/attempts/{timed.id}/status").get_json()["state"] == "submitted"


def test_without_an_end_there_is_no_time_left_to_tell(browser: Client, attempt: Attempt) -> None:
    assert browser.get(f"/attempts/{attempt.id}/status").get_json()["seconds_left"] is None
    assert "Time left" not in browser.get(f"/attempts/{attempt.id}").text


def test_a_receipt_can_be_downloaded_and_verified(browser: Client, attempt: Attempt) -> None:
    assert browser.get(f"/attempts/{attempt.id}/receipt").status_code == HTTPStatus.NOT_FOUND
    save(attempt, TEXT, {"answer": ["about"]})
    browser.post(f"/attempts/{attempt.id}/submit")
    answer = browser.get(f"/attempts/{attempt.id}/receipt?download=1")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=receipt-{attempt.id}.txt"
    assert answer.mimetype == "text/plain"
    moment = re.search(r"Submitted:\s+(\S+)", answer.text)
    assert moment is not None
    assert datetime.fromisoformat(moment[1]) == attempt.submitted_at
    assert "1 of 4" in answer.text
    assert str(attempt.digest) in answer.text


def test_there_is_no_result_before_submission(browser: Client, attempt: Attempt) -> None:
    assert browser.get(f"/attempts/{attempt.id}/result").status_code == HTTPStatus.NOT_FOUND


def test_the_result_says_for_each_answer_what_to_reread(browser: Client, attempt: Attempt) -> None:
    save(attempt, CHOICE, {"choice": ["a"]})
    save(attempt, NUMBER, {"answer": ["75"]})
    submit(attempt)
    page = browser.get(f"/attempts/{attempt.id}/result").text
    assert "1</b> <span>of 6 points, 17%" in page
    assert "You got 0 of 4 questions fully right, 1 in part, and missed 3." in page
    assert "That is the entry of 1803" in page
    assert "That much was left." in page
    assert 'href="/modules/duty/lessons/chests-landed#p-counts"' in page
    assert 'href="/sources/ledger#ledger-p01-a"' in page
    assert "Reread lesson 1.1, How many chests?" in page
    assert "wrong" not in page.lower()


def test_a_result_whose_answer_waits_for_a_person_says_so(
    make_tea_class: MakeClass, make_user: MakeUser, sign_in: SignIn
) -> None:
    class_ = make_tea_class("t1-q01", "t2-q04")
    learner = learner_of(class_, make_user)
    attempt = finished(learner, class_, right_fields)
    page = sign_in(learner).get(f"/attempts/{attempt.id}/result").text
    assert "1 answer waits for your instructor" in page
    assert "One boat at night shows little" not in page


WITHHELD = {
    "score": "of 6 points",
    "correctness": "Partly right",
    "answers": "1,200 chests",
    "feedback": "That much was left.",
    "links": "#p-counts",
}


@pytest.mark.parametrize("shown", [*WITHHELD, None])
def test_a_result_shows_what_the_review_rule_names_and_nothing_else(
    make_tea_class: MakeClass, make_user: MakeUser, sign_in: SignIn, shown: str | None
) -> None:
    flags = [] if shown is None else [shown]
    class_ = make_tea_class("t1-q01", "t1-q04", "t2-q01", shuffle_options=False, review={"after_submit": flags})
    learner = learner_of(class_, make_user)
    attempt = start(learner, class_)
    save(attempt, CHOICE, {"choice": ["a"]})
    save(attempt, NUMBER, {"answer": ["75"]})
    submit(attempt)
    browser = sign_in(learner)
    page = browser.get(f"/attempts/{attempt.id}/result").text.replace("of 5 points", "of 6 points")
    assert {flag for flag, words in WITHHELD.items() if words in page} == set(flags)
    counts = re.compile(r"\b\d+%|Counts")
    pages = [browser.get(path).text for path in ("/quizzes/duty", "/quizzes")] + [page]
    assert any(counts.search(each) for each in pages) is (shown == "score")


def test_a_page_of_an_attempt_shows_its_quiz_though_the_course_has_dropped_it(
    browser: Client, attempt: Attempt, tea: CourseCopy
) -> None:
    courses.change_yaml(tea, "modules/01-duty/module.yaml", lambda module: module.update(quizzes=[]))
    (tea.folder / courses.QUIZ).unlink()
    courses.sync(tea)
    assert "Quiz 1: The duty" in browser.get(f"/attempts/{attempt.id}").text
    assert autosave(browser, attempt.id).status_code == HTTPStatus.OK
    browser.post(f"/attempts/{attempt.id}/submit")
    assert "Quiz 1: The duty" in browser.get(f"/attempts/{attempt.id}/result").text


# Refusals


@pytest.fixture
def paths(attempt: Attempt) -> dict[str, str]:
    """Name every address of an attempt with the method that reads or changes it."""
    base = f"/attempts/{attempt.id}"
    return {
        base: "GET POST",
        f"{base}/review": "GET",
        f"{base}/status": "GET",
        f"{base}/receipt": "GET",
        f"{base}/result": "GET",
        f"{base}/submit": "POST",
        f"{base}/responses/1": "PUT",
    }


def test_signed_out_pages_lead_to_sign_in_and_scripts_get_401(
    browser: Client, attempt: Attempt, paths: dict[str, str], tea_learner: User, db: SQLAlchemy
) -> None:
    page = f"/attempts/{attempt.id}"
    end_sessions(tea_learner.id, at=core_clock.now())
    db.session.commit()
    for path, methods in paths.items():
        for method in methods.split():
            answer = browser.open(path, method=method, headers={"Accept": "application/json"})
            assert answer.status_code == HTTPStatus.UNAUTHORIZED, (method, path)
            assert answer.get_json()["error"] == "Sign in again. Nothing was saved."
    assert browser.get(f"{page}?page=2").location == f"/sign-in?next={page}?page%3D2"
    assert autosave(browser, attempt.id).status_code == HTTPStatus.UNAUTHORIZED
    assert revision_count(db) == 0


def test_a_learner_withdrawn_in_mid_attempt_is_refused_on_the_next_request(
    browser: Client, attempt: Attempt, tea_class: Class, tea_learner: User, paths: dict[str, str]
) -> None:
    from_class = class_services.enrol(tea_class, tea_learner, ClassRole.LEARNER, at=core_clock.now())
    assert autosave(browser, attempt.id).status_code == HTTPStatus.OK
    class_services.withdraw(from_class)
    for path, methods in paths.items():
        for method in methods.split():
            assert browser.open(path, method=method).status_code == HTTPStatus.NOT_FOUND, (method, path)
    assert autosave(browser, attempt.id, version=1).status_code == HTTPStatus.NOT_FOUND


ODD_IDS = ["0", "-1", "2147483648", "9223372036854775808", "9" * 5000, "1.0", "x", "%00", "%F0%9F%98%80", "٣", "%D9%A3"]


@pytest.mark.parametrize("odd", ODD_IDS)
def test_an_id_that_no_row_can_have_is_not_found(browser: Client, attempt: Attempt, odd: str) -> None:
    assert browser.get(f"/attempts/{odd}").status_code == HTTPStatus.NOT_FOUND
    assert browser.get(f"/attempts/{odd}/status").status_code == HTTPStatus.NOT_FOUND
    assert autosave(browser, attempt.id, odd).status_code == HTTPStatus.NOT_FOUND  # type: ignore[arg-type]


def test_a_position_that_the_attempt_lacks_is_not_found(browser: Client, attempt: Attempt) -> None:
    assert autosave(browser, attempt.id, 5).status_code == HTTPStatus.NOT_FOUND
    assert autosave(browser, attempt.id, 999).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "changes",
    [
        {"fields": None},
        {"fields": []},
        {"fields": {"answer": "about"}},
        {"fields": {"answer": [1]}},
        {"fields": {"answer": None}},
        {"fields": {"answer": [["about"]]}},
        {"fields": {"answer": ["a\0b"]}},
        {"fields": {"answer": ["\ud800"]}},
        {"fields": {"answer": ["9" * 5000]}},
        {"flagged": None},
        {"flagged": "yes"},
        {"flagged": 1},
        {"version": None},
        {"version": "0"},
        {"version": -1},
        {"version": 0.0},
        {"version": True},
        {"version": 2**31},
        {"version": 2**63},
    ],
)
def test_an_autosave_of_another_shape_is_invalid(
    browser: Client, attempt: Attempt, db: SQLAlchemy, changes: dict[str, Any]
) -> None:
    answer = autosave(browser, attempt.id, **changes)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    body = answer.get_json()
    assert body["error"]
    assert all(isinstance(reason, str) and reason for reason in body["fields"].values())
    assert body["fields"]
    assert revision_count(db) == 0


@pytest.mark.parametrize("name", ["fields", "flagged", "version"])
def test_every_part_of_an_autosave_is_required(browser: Client, attempt: Attempt, name: str) -> None:
    body = {"fields": {}, "flagged": False, "version": 0}
    del body[name]
    answer = autosave(browser, attempt.id, body=body)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert set(answer.get_json()["fields"]) == {name}


@pytest.mark.parametrize("key", ["", "k" * 65, "clé", "a\tb"])
def test_an_autosave_needs_a_plain_key(browser: Client, attempt: Attempt, key: str) -> None:
    answer = autosave(browser, attempt.id, key=key)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert set(answer.get_json()["fields"]) == {"Idempotency-Key"}


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"1",
        b"\xff\xfe",
        b'{"version": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"fields":' * 20_000,
    ],
)
def test_a_body_that_is_no_json_object_cannot_be_read(browser: Client, attempt: Attempt, text: bytes) -> None:
    answer = browser.put(
        f"/attempts/{attempt.id}/responses/1",
        data=text,
        content_type="application/json",
        headers={"Idempotency-Key": "k1"},
    )
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert answer.get_json()["error"] == "This request cannot be read"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400"])
def test_a_number_that_is_none_is_invalid(browser: Client, attempt: Attempt, number: str) -> None:
    answer = browser.put(
        f"/attempts/{attempt.id}/responses/1",
        data=f'{{"fields": {{}}, "flagged": false, "version": {number}}}',
        content_type="application/json",
        headers={"Idempotency-Key": "k1"},
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_an_autosave_sent_as_another_kind_is_refused(
    browser: Client, attempt: Attempt, db: SQLAlchemy, kind: str
) -> None:
    body = json.dumps({"fields": {"answer": ["about"]}, "flagged": False, "version": 0})
    answer = browser.put(
        f"/attempts/{attempt.id}/responses/4", data=body, content_type=kind, headers={"Idempotency-Key": "k1"}
    )
    assert answer.status_code == HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    assert revision_count(db) == 0


def test_what_is_too_large_is_refused(browser: Client, attempt: Attempt, db: SQLAlchemy) -> None:
    assert autosave(browser, attempt.id, fields={"answer": ["a" * 2_000_001]}).status_code == 413
    assert browser.post(f"/attempts/{attempt.id}", data={"q2-answer": "a" * 2_000_001}).status_code == 413
    many = {f"q2-{number}": "a" for number in range(1_001)}
    multipart = browser.post(f"/attempts/{attempt.id}", data=many, content_type="multipart/form-data")
    assert multipart.status_code == 413
    assert revision_count(db) == 0


def test_many_more_fields_than_asked_for_are_ignored(browser: Client, attempt: Attempt) -> None:
    fields: Fields = {f"answer-{number}": ["x"] for number in range(200)} | {"answer": ["about"]}
    assert autosave(browser, attempt.id, fields=fields).status_code == HTTPStatus.OK
    assert item(attempt, TEXT).response == {"text": "about"}


@pytest.mark.parametrize("token", [None, "", "x", "x" * 5000, "é"])
def test_an_autosave_without_the_right_token_is_refused(
    browser: Client, attempt: Attempt, db: SQLAlchemy, token: str | None
) -> None:
    browser.sends_csrf_token = False
    answer = browser.put(
        f"/attempts/{attempt.id}/responses/{TEXT}",
        json={"fields": {"answer": ["about"]}, "flagged": False, "version": 0},
        headers={"Idempotency-Key": "k1"} | ({} if token is None else {"X-CSRFToken": token}),
    )
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "Nothing was saved" in answer.get_json()["error"]
    assert revision_count(db) == 0


def test_what_is_stored_is_what_is_shown(browser: Client, attempt: Attempt) -> None:
    text = "<b>&amp; “שלום” 👩‍👩‍👧 'q' \\ {{7*7}}</b>"
    assert autosave(browser, attempt.id, fields={"answer": [text]}).status_code == HTTPStatus.OK
    assert item(attempt, TEXT).response == {"text": text}
    page = browser.get(f"/attempts/{attempt.id}?page=2").text
    assert "&lt;b&gt;&amp;amp; “שלום” 👩‍👩‍👧 &#39;q&#39; \\ {{7*7}}&lt;/b&gt;" in page
    submit(attempt)
    assert "&lt;b&gt;&amp;amp;" in browser.get(f"/attempts/{attempt.id}/result").text


# Budgets


def test_an_autosave_takes_at_most_five_statements(
    browser: Client, attempt: Attempt, count_statements: CountStatements
) -> None:
    attempt_id = attempt.id
    for version in range(3):
        with count_statements() as statements:
            assert autosave(browser, attempt_id, version=version).status_code == HTTPStatus.OK
        assert len(statements) <= MOST_STATEMENTS_OF_AN_AUTOSAVE, statements


def test_pages_take_the_same_number_of_statements_whatever_went_before(
    browser: Client,
    attempt: Attempt,
    tea_class: Class,
    tea_learner: User,
    make_user: MakeUser,
    count_statements: CountStatements,
) -> None:
    def counts(attempt_id: int, *pages: str) -> list[int]:
        numbers = []
        for page in pages:
            with count_statements() as statements:
                assert browser.get(page.format(attempt_id)).status_code == HTTPStatus.OK
            numbers.append(len(statements))
        return numbers

    working = ("/quizzes", "/quizzes/duty", "/attempts/{}", "/attempts/{}/review", "/attempts/{}/status", "/")
    done = ("/attempts/{}/result", "/attempts/{}/receipt", "/", "/quizzes")
    first_working = counts(attempt.id, *working)
    answer_all(attempt, poor_fields)
    submit(attempt)
    first_done = counts(attempt.id, *done)
    for number in range(6):
        finished(tea_learner, tea_class, right_fields)
        finished(learner_of(tea_class, make_user, f"Learner {number}"), tea_class, right_fields)
    last = start(tea_learner, tea_class)
    answer_all(last, right_fields)
    assert counts(last.id, *working) == first_working
    submit(last)
    assert counts(last.id, *done) == first_done


def test_work_that_arrived_in_time_counts_however_long_it_waited(
    timed: Attempt, client: Client, clock: Clock, monkeypatch: pytest.MonkeyPatch, db: SQLAlchemy
) -> None:
    find_signed_in = class_queries.find_signed_in

    def after_a_wait_for_the_lock(token: str, at: datetime) -> class_queries.SignedIn | None:
        found = find_signed_in(token, at)
        clock.advance(timedelta(seconds=30))
        return found

    monkeypatch.setattr(class_queries, "find_signed_in", after_a_wait_for_the_lock)
    clock.advance(timedelta(minutes=20))
    arrived_at = clock.moment
    assert autosave(client, timed.id).status_code == HTTPStatus.OK
    db.session.expire_all()
    assert item(timed, TEXT).saved_at == arrived_at


def test_a_submission_after_the_end_is_one_of_the_clock(timed: Attempt, client: Client, clock: Clock) -> None:
    ends_at = timed.closes_at
    clock.advance(timedelta(minutes=20, seconds=2))
    client.post(f"/attempts/{timed.id}/submit")
    attempt = queries.get_attempt(timed.id)
    assert (attempt.submitted_at, attempt.submitted_by_clock) == (ends_at, True)


def test_line_ends_of_a_form_are_no_change(
    make_tea_class: MakeClass, make_user: MakeUser, sign_in: SignIn, db: SQLAlchemy
) -> None:
    class_ = make_tea_class("t2-q04")
    learner = learner_of(class_, make_user)
    browser = sign_in(learner)
    attempt = start(learner, class_)
    save(attempt, 1, {"answer": ["one\ntwo"]})
    before = revision_count(db)
    form = {"q1-answer": "one\r\ntwo", "q1-version": "1", "go": "review"}
    assert browser.post(f"/attempts/{attempt.id}", data=form).status_code == HTTPStatus.SEE_OTHER
    assert revision_count(db) == before


def test_a_quiz_without_a_named_class_is_that_of_the_class_one_learns_in(
    tea_class: Class, tea_learner: User, instructor: User, sign_in: SignIn, db: SQLAlchemy
) -> None:
    newer = class_of(instructor, "Newer")
    class_services.enrol(newer, tea_learner, ClassRole.ASSISTANT, at=core_clock.now())
    db.session.commit()
    slug = assigned(tea_class)[0].quiz_slug
    assert "Start attempt 1" in sign_in(tea_learner).get(f"/quizzes/{slug}").text
