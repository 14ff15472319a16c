"""Quizzes and attempts: start, answer, review, submit, receipt, result."""

import secrets
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Blueprint, Response, current_app, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from courseware.assignments import queries as assignment_queries
from courseware.assignments.models import Assignment
from courseware.attempts import presentation, queries, services
from courseware.attempts.models import Attempt, AttemptQuestion, AttemptState
from courseware.attempts.presentation import AnswerView, Step
from courseware.attempts.rules import QuizRules, Shown, page_count, page_of
from courseware.core import clock
from courseware.core.errors import Invalid
from courseware.core.permissions import Permission, Role
from courseware.courses import queries as course_queries
from courseware.courses.models import Quiz
from courseware.courses.queries import Place
from courseware.web import json_body
from courseware.web.application import arrived_at
from courseware.web.guard import requires, signed_in

LONGEST_KEY = 64
LONGEST_NUMBER = 9

blueprint = Blueprint("attempts", __name__)


@blueprint.get("/quizzes")
@requires(Permission.QUIZ_READ)
def quizzes() -> ResponseReturnValue:
    """List the quizzes of all classes of the person."""
    identity = signed_in()
    standings = queries.list_standings(list(identity.class_roles), identity.user_id)
    return render_template("attempts/quizzes.html", standings=standings, now=clock.now())


@blueprint.get("/quizzes/<slug:quiz_slug>")
@requires(Permission.QUIZ_READ)
def quiz(quiz_slug: str) -> ResponseReturnValue:
    """State the rules of a quiz, list the attempts made, and offer to start or go on."""
    assignment, quiz = _assigned(quiz_slug)
    identity = signed_in()
    return render_template(
        "attempts/quiz.html",
        standing=queries.standing(assignment, quiz, identity.user_id),
        now=clock.now(),
        may_start=identity.class_roles.get(assignment.class_id) is Role.LEARNER,
        grace_seconds=current_app.config["GRACE_SECONDS"],
    )


@blueprint.post("/quizzes/<slug:quiz_slug>/attempts")
@requires(Permission.ATTEMPT_START)
def start(quiz_slug: str) -> ResponseReturnValue:
    """Begin an attempt, or go on with the open one."""
    assignment, quiz = _assigned(quiz_slug)
    attempt = services.start_attempt(assignment, quiz, signed_in().user_id, at=arrived_at())
    return redirect(url_for("attempts.attempt", attempt_id=attempt.id), HTTPStatus.SEE_OTHER)


def _assigned(quiz_slug: str) -> tuple[Assignment, Quiz]:
    """Return the assignment meant: in the class asked for, else in the newest, first of those one learns in."""
    roles = signed_in().class_roles
    wanted = _whole(request.values.get("class", ""))
    if wanted is not None and wanted in roles:
        return assignment_queries.get_with_quiz(quiz_slug, [wanted])
    learning = [class_id for class_id, role in roles.items() if role is Role.LEARNER]
    return assignment_queries.get_with_quiz(quiz_slug, learning or list(roles))


@blueprint.get("/attempts/<id:attempt_id>")
@requires(Permission.ATTEMPT_ANSWER, queries.get_attempt)
def attempt(attempt: Attempt) -> ResponseReturnValue:
    """Show one page of questions; a closed attempt leads to its result."""
    if attempt.state is AttemptState.SUBMITTED:
        return redirect(url_for("attempts.result", attempt_id=attempt.id))
    items = queries.list_questions(attempt)
    page = _asked_page(attempt, items)
    return _answer_page(attempt, items, page, {})


@blueprint.post("/attempts/<id:attempt_id>")
@requires(Permission.ATTEMPT_ANSWER, queries.get_attempt)
def save_page(attempt: Attempt) -> ResponseReturnValue:
    """Save the questions of one page, sent as a form, and go where the button says."""
    items = queries.list_questions(attempt)
    page = _asked_page(attempt, items)
    positions = [item.position for item in _on_page(attempt, items, page)]
    saves = {position: save for position in positions if (save := _form_save(position)) is not None}
    saved = services.save_page(attempt, saves, at=arrived_at(), grace_seconds=current_app.config["GRACE_SECONDS"])
    if saved.is_late:
        return _too_late(attempt)
    if saved.troubles:
        troubled = {
            item.position: presentation.troubled_view(
                attempt, item, saves[item.position], saved.troubles[item.position]
            )
            for item in items
            if item.position in saved.troubles
        }
        status = max(trouble.status for trouble in saved.troubles.values())
        return make_response(_answer_page(attempt, items, page, troubled), status)
    return redirect(_next_address(attempt, items, request.form.get("go", "")), HTTPStatus.SEE_OTHER)


def _form_save(position: int) -> services.Save | None:
    """Return what the form asks to save of one question; None if the question is not in it."""
    prefix = f"q{position}-"
    seen_version = _whole(request.form.get(f"{prefix}version", ""))
    if seen_version is None:
        return None
    fields = {
        name.removeprefix(prefix): texts
        for name, texts in request.form.lists()
        if name.startswith(prefix) and name not in {f"{prefix}version", f"{prefix}flag"}
    }
    return services.Save(fields, f"{prefix}flag" in request.form, seen_version, f"form-{secrets.token_hex(16)}")


def _whole(text: str) -> int | None:
    """Return a short whole number, or None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


def _asked_page(attempt: Attempt, items: Sequence[AttemptQuestion]) -> int:
    last = page_count(len(items), attempt.rules["questions_per_page"])
    return min(max(1, _whole(request.args.get("page", "")) or 1), last)


def _on_page(attempt: Attempt, items: Sequence[AttemptQuestion], page: int) -> list[AttemptQuestion]:
    return [item for item in items if page_of(item.position, attempt.rules["questions_per_page"]) == page]


def _next_address(attempt: Attempt, items: Sequence[AttemptQuestion], go: str) -> str:
    if go == "review":
        return url_for("attempts.review", attempt_id=attempt.id)
    if go.startswith("question-") and go.removeprefix("question-") in {str(item.position) for item in items}:
        position = int(go.removeprefix("question-"))
        page = page_of(position, attempt.rules["questions_per_page"])
        return url_for("attempts.attempt", attempt_id=attempt.id, page=page, _anchor=f"q{position}")
    page = int(go) if go in {str(number) for number in range(1, len(items) + 1)} else 1
    return url_for("attempts.attempt", attempt_id=attempt.id, page=page)


def _answer_page(
    attempt: Attempt, items: Sequence[AttemptQuestion], page: int, troubled: Mapping[int, AnswerView]
) -> str:
    per_page = attempt.rules["questions_per_page"]
    return render_template(
        "attempts/attempt.html",
        **_frame(attempt, items),
        page=page,
        pages=page_count(len(items), per_page),
        per_page=per_page,
        views=[
            troubled.get(item.position) or presentation.answer_view(attempt, item)
            for item in _on_page(attempt, items, page)
        ],
        troubled=troubled,
    )


def _frame(attempt: Attempt, items: Sequence[AttemptQuestion]) -> dict[str, object]:
    """Return what every page of an open attempt shows around its questions."""
    at = clock.now()
    rules = QuizRules.read(attempt.rules)
    return {
        "attempt": attempt,
        "zone": attempt.assignment.class_.timezone,
        "quiz_title": _quiz_of(attempt).title,
        "rules": rules,
        "steps": [
            Step(
                item.position,
                page_of(item.position, rules.questions_per_page),
                services.question_of(item).completeness(item.response),
                item.is_flagged,
            )
            for item in items
        ],
        "seconds_left": presentation.seconds_left(attempt, at),
        "saved_at": max((item.saved_at for item in items if item.saved_at is not None), default=None),
        "is_over": services.is_over(attempt, at=at, grace_seconds=current_app.config["GRACE_SECONDS"]),
    }


def _too_late(attempt: Attempt) -> Response:
    return make_response(render_template("attempts/too_late.html", attempt=attempt), HTTPStatus.GONE)


@blueprint.put("/attempts/<id:attempt_id>/responses/<id:position>")
@requires(Permission.ATTEMPT_ANSWER, queries.get_attempt)
def save_response(attempt: Attempt, position: int) -> ResponseReturnValue:
    """Save one response as JSON; a 2xx means that it is on disk."""
    body = json_body.read_object()
    key = request.headers.get("Idempotency-Key", "")
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        message = f"Send an Idempotency-Key of at most {LONGEST_KEY} plain characters."
        raise Invalid(message, {"Idempotency-Key": message})
    save = services.Save(
        fields=json_body.fields(body, "fields"),
        is_flagged=json_body.truth(body, "flagged"),
        seen_version=json_body.whole(body, "version"),
        idempotency_key=key,
    )
    at = arrived_at()
    saved = services.save_response(attempt, position, save, at=at, grace_seconds=current_app.config["GRACE_SECONDS"])
    if saved.is_late:
        message = "This attempt is closed. What you sent was kept as a late draft for your instructor."
        return jsonify({"error": message}), HTTPStatus.GONE
    return jsonify(
        {
            "version": saved.version,
            "saved_at": saved.saved_at.isoformat(),
            "server_time": at.isoformat(),
            "seconds_left": presentation.seconds_left(attempt, at),
            "state": saved.completeness.state,
            "text": saved.completeness.text,
            "remark": saved.remark,
        }
    )


@blueprint.get("/attempts/<id:attempt_id>/status")
@requires(Permission.ATTEMPT_READ, queries.get_attempt)
def status(attempt: Attempt) -> ResponseReturnValue:
    """Tell a script how the attempt stands by the server's clock."""
    at = clock.now()
    return jsonify(
        {
            "state": attempt.state.value,
            "server_time": at.isoformat(),
            "seconds_left": presentation.seconds_left(attempt, at),
            "versions": {str(item.position): item.version for item in queries.list_questions(attempt)},
        }
    )


@blueprint.get("/attempts/<id:attempt_id>/review")
@requires(Permission.ATTEMPT_ANSWER, queries.get_attempt)
def review(attempt: Attempt) -> ResponseReturnValue:
    """List the questions that are unanswered, unfinished or flagged, before submitting."""
    if attempt.state is AttemptState.SUBMITTED:
        return redirect(url_for("attempts.result", attempt_id=attempt.id))
    return render_template("attempts/review.html", **_frame(attempt, queries.list_questions(attempt)))


@blueprint.post("/attempts/<id:attempt_id>/submit")
@requires(Permission.ATTEMPT_ANSWER, queries.get_attempt)
def submit(attempt: Attempt) -> ResponseReturnValue:
    """Submit what was saved; when time is up, as of the end of the attempt."""
    at = arrived_at()
    services.submit_attempt(attempt, at=at, by_clock=services.has_ended(attempt, at=at))
    return redirect(url_for("attempts.receipt", attempt_id=attempt.id), HTTPStatus.SEE_OTHER)


@blueprint.get("/attempts/<id:attempt_id>/receipt")
@requires(Permission.ATTEMPT_READ, queries.get_attempt)
def receipt(attempt: Attempt) -> ResponseReturnValue:
    """Confirm a submission: what, when, how many answers, and their digest; as a file with `?download=1`."""
    if attempt.state is not AttemptState.SUBMITTED:
        raise NotFound
    items = queries.list_questions(attempt)
    facts = {
        "attempt": attempt,
        "zone": attempt.assignment.class_.timezone,
        "quiz": _quiz_of(attempt),
        "answered": sum(item.response is not None for item in items),
        "items": items,
    }
    if "download" not in request.args:
        return render_template("attempts/receipt.html", **facts)
    response = make_response(render_template("attempts/receipt.txt", **facts))
    response.content_type = "text/plain; charset=utf-8"
    response.headers["Content-Disposition"] = f"attachment; filename=receipt-{attempt.id}.txt"
    return response


@blueprint.get("/attempts/<id:attempt_id>/result")
@requires(Permission.ATTEMPT_READ, queries.get_attempt)
def result(attempt: Attempt) -> ResponseReturnValue:
    """Show the score and, question by question, what to reread, as far as the review rule allows."""
    if attempt.state is not AttemptState.SUBMITTED:
        raise NotFound
    rules = QuizRules.read(attempt.rules)
    items = queries.list_questions(attempt)
    results = _results(attempt, items, rules)
    objectives = {
        objective.key: objective.text for objective in course_queries.list_objectives(attempt.course_version_id)
    }
    return render_template(
        "attempts/result.html",
        attempt=attempt,
        zone=attempt.assignment.class_.timezone,
        standing=queries.standing(attempt.assignment, _quiz_of(attempt), attempt.learner_id),
        rules=rules,
        shows=rules.after_submit,
        results=results,
        waiting=sum(result.review.state == "open" for result in results),
        rereading=presentation.rereading(results),
        by_objective=presentation.by_objective(items, objectives) if Shown.SCORE in rules.after_submit else [],
    )


def _results(attempt: Attempt, items: Sequence[AttemptQuestion], rules: QuizRules) -> list[presentation.ResultView]:
    questions = [services.question_of(item) for item in items]
    claim_keys = {key for question in questions for key in question.claims}
    lesson_slugs = {item.lesson_slug for item in items} | {
        reference.removeprefix("lesson:").partition("#")[0]
        for question in questions
        for reference in question.paragraphs()
        if reference.startswith("lesson:")
    }
    claims = {
        claim.key: claim for claim in course_queries.list_named_claims(attempt.course_version_id, sorted(claim_keys))
    }
    places = course_queries.places(attempt.course_version_id, sorted(lesson_slugs))
    around = presentation.Surroundings(claims, places, _address)
    return [presentation.result_view(attempt, item, rules.after_submit, around) for item in items]


def _address(place: Place) -> str:
    return url_for("lessons.lesson", module_slug=place.module_slug, lesson_slug=place.lesson_slug, _anchor=place.anchor)


def _quiz_of(attempt: Attempt) -> Quiz:
    return course_queries.get_quiz(attempt.course_version_id, attempt.assignment.quiz_slug)
