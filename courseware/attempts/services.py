"""Starting, saving and submitting attempts. The server's time of arrival decides, nothing else."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from courseware.assignments.models import Assignment
from courseware.assignments.rules import WindowState
from courseware.attempts import queries
from courseware.attempts.models import Attempt, AttemptQuestion, AttemptState, Response
from courseware.attempts.rules import (
    Candidate,
    Clock,
    QuizRules,
    clock_state,
    closing_time,
    digest,
    draw_questions,
)
from courseware.classes.models import Enrolment
from courseware.core.database import BUSY_TIMEOUT_MILLISECONDS, db
from courseware.core.errors import Conflict, Invalid, Refused
from courseware.courses import queries as course_queries
from courseware.courses.models import Quiz
from courseware.questions import registry
from courseware.questions.base import Completeness, Fields, InvalidResponse, Layout, Question
from courseware.questions.shuffle import shuffled

LOCK_WAIT_SECONDS = BUSY_TIMEOUT_MILLISECONDS // 1000


def start_attempt(assignment: Assignment, quiz: Quiz, learner_id: int, *, at: datetime) -> Attempt:
    """Return the learner's open attempt, beginning a new one if there is none.

    Refused outside the assignment's dates and when no attempt is left. Two starts at once give
    the same attempt: the learner's enrolment is locked meanwhile.
    """
    db.session.execute(
        select(Enrolment.id)
        .where(Enrolment.class_id == assignment.class_id, Enrolment.user_id == learner_id)
        .with_for_update()
    )
    earlier = queries.list_attempts([assignment.id], learner_id)
    for attempt in earlier:
        if attempt.state is AttemptState.OPEN:
            return attempt
    rules = QuizRules.read(quiz.rules)
    match assignment.window.state(at):
        case WindowState.NOT_YET:
            message = "This quiz is not open yet. Come back when it opens."
            raise Refused(message)
        case WindowState.CLOSED:
            message = "This quiz is closed. Ask your instructor if you still need to take it."
            raise Refused(message)
    if rules.attempts is not None and len(earlier) >= rules.attempts:
        raise Refused(
            "You have used your only attempt."
            if rules.attempts == 1
            else f"You have used all {rules.attempts} attempts."
        )
    return _new_attempt(assignment, quiz, learner_id, earlier, at=at)


def _new_attempt(
    assignment: Assignment, quiz: Quiz, learner_id: int, earlier: Sequence[Attempt], *, at: datetime
) -> Attempt:
    rules = QuizRules.read(quiz.rules)
    seed = secrets.token_hex(16)
    bank = {
        place.question_version_id: (place, place.question_version) for place in course_queries.list_bank(quiz.module_id)
    }
    candidates = [
        Candidate(id, version.key, place.lesson.slug, place.objective.key, place.level, version.type)
        for id, (place, version) in bank.items()  # noqa: A001 - the name the field has
    ]
    had = queries.list_question_keys(earlier)
    drawn: list[tuple[int, Candidate]] = []
    for number_of_stage, stage in enumerate(rules.stages):
        chosen = draw_questions(stage, candidates, seed, had)
        candidates = [candidate for candidate in candidates if candidate not in chosen]
        if rules.shuffle_questions:
            chosen = list(shuffled(chosen, seed, f"order of {stage.key}"))
        drawn += [(number_of_stage, candidate) for candidate in chosen]
    attempt = Attempt(
        assignment_id=assignment.id,
        learner_id=learner_id,
        course_version_id=quiz.version_id,
        number=len(earlier) + 1,
        seed=seed,
        rules=quiz.rules,
        started_at=at,
        closes_at=closing_time(at, rules.time_limit, assignment.closes_at),
        points_possible=sum((bank[candidate.id][1].points for _, candidate in drawn), Decimal(0)),
    )
    db.session.add(attempt)
    db.session.flush()  # the questions need the attempt's id
    db.session.add_all(
        AttemptQuestion(
            attempt_id=attempt.id,
            question_version_id=candidate.id,
            stage=number_of_stage,
            position=position,
            objective=candidate.objective,
            lesson_slug=candidate.lesson,
        )
        for position, (number_of_stage, candidate) in enumerate(drawn, start=1)
    )
    return attempt


def question_of(item: AttemptQuestion) -> Question:
    """Return the question at a place of an attempt, its texts rendered."""
    return registry.build(item.question_version.rendered)


def layout_of(attempt: Attempt, item: AttemptQuestion, question: Question) -> Layout:
    """Return the order in which this attempt shows the parts of a question."""
    return question.layout(f"{attempt.seed}:{item.position}" if attempt.rules["shuffle_options"] else None)


@dataclass(frozen=True)
class Saved:
    """What became of a save: the version that now counts, and when it was stored.

    `is_late` says that it came after the end: it was kept as a draft and does not count.
    """

    version: int
    saved_at: datetime
    is_late: bool
    completeness: Completeness
    remark: str | None


@dataclass(frozen=True)
class Save:
    """One change as a client sends it.

    `seen_version` is the last version that the client saw; the key marks repetitions of one
    request.
    """

    fields: Fields
    is_flagged: bool
    seen_version: int
    idempotency_key: str

    def hash(self, position: int) -> str:
        """Return a digest of what is asked for, to tell a repetition from a key used twice."""
        content = [
            position,
            {name: list(values) for name, values in self.fields.items()},
            self.is_flagged,
            self.seen_version,
        ]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def save_response(attempt: Attempt, position: int, save: Save, *, at: datetime, grace_seconds: int) -> Saved:
    """Store one response; when the transaction has committed, it is on disk.

    A repetition of an accepted request gets the same answer. After the end the response is kept
    as a late draft. Raises Conflict if somebody saved in between, and Invalid if the fields
    cannot be read or the key was used for something else.
    """
    item, earlier = queries.get_locked_question(attempt, position, save.idempotency_key)
    question = question_of(item)
    layout = layout_of(item.attempt, item, question)
    is_late = (
        item.attempt.state is AttemptState.SUBMITTED
        or clock_state(item.attempt.closes_at, at, grace_seconds) is Clock.OVER
    )
    if earlier is None and (is_late or save.seen_version != item.version):
        # While this request waited for the lock, the same one may have come through.
        earlier = queries.find_response(item, save.idempotency_key)
        if earlier is None and not is_late:
            message = "This answer was changed in another tab or on another device."
            stored = question.fields(item.response, layout)
            raise Conflict(message, {"version": item.version, "stored": stored, "yours": save.fields})
    request_hash = save.hash(position)
    if earlier is not None:
        if earlier.request_hash != request_hash:
            message = "This request repeats the key of another one. Reload the page and save again."
            raise Invalid(message)
        return _saved(question, earlier)
    try:
        response = question.read_response(save.fields, layout)
    except InvalidResponse as problem:
        message = f"Question {position}: {problem.message}"
        raise Invalid(message, {problem.field: problem.message}) from None
    if not is_late:
        item.version += 1
        item.response = response
        item.is_flagged = save.is_flagged
        item.saved_at = at
    revision = Response(
        attempt_question_id=item.id,
        version=item.version,
        response=response,
        is_flagged=save.is_flagged,
        is_late=is_late,
        idempotency_key=save.idempotency_key,
        request_hash=request_hash,
        saved_at=at,
    )
    db.session.add(revision)
    return _saved(question, revision)


def _saved(question: Question, revision: Response) -> Saved:
    return Saved(
        revision.version,
        revision.saved_at,
        revision.is_late,
        question.completeness(revision.response),
        question.remark(revision.response),
    )


@dataclass(frozen=True)
class PageSaved:
    """What became of a page of answers: which could not be saved and why, and whether all came too late."""

    is_late: bool
    troubles: Mapping[int, Conflict | Invalid]


def save_page(attempt: Attempt, saves: Mapping[int, Save], *, at: datetime, grace_seconds: int) -> PageSaved:
    """Store the answers of a page by their positions, those that differ from what is stored.

    One that cannot be saved keeps none of the others from it.
    """
    is_late = False
    troubles: dict[int, Conflict | Invalid] = {}
    for item in queries.list_questions(attempt):
        save = saves.get(item.position)
        if save is None or not _differs(attempt, item, save):
            continue
        try:
            saved = save_response(attempt, item.position, save, at=at, grace_seconds=grace_seconds)
        except (Conflict, Invalid) as trouble:
            troubles[item.position] = trouble
        else:
            is_late = is_late or saved.is_late
    return PageSaved(is_late, troubles)


def _differs(attempt: Attempt, item: AttemptQuestion, save: Save) -> bool:
    question = question_of(item)
    stored = question.fields(item.response, layout_of(attempt, item, question))
    return save.is_flagged != item.is_flagged or _filled(save.fields) != _filled(stored)


def _filled(fields: Fields) -> dict[str, list[str]]:
    """Return the fields as they are compared.

    A form sends an empty text for every control left alone, and its own line ends.
    """
    lines = {name: ["\n".join(text.splitlines()) for text in texts if text] for name, texts in fields.items()}
    return {name: texts for name, texts in lines.items() if texts}


def submit_attempt(attempt: Attempt, *, at: datetime, by_clock: bool = False) -> Attempt:
    """Close the attempt and score what was saved; submitting twice is harmless.

    `by_clock` submits for the learner when time is up: the moment of submission is then the end
    of the attempt, however late somebody notices.
    """
    attempt = queries.lock_attempt(attempt)
    if attempt.state is AttemptState.SUBMITTED:
        return attempt
    items = queries.list_questions(attempt)
    earned = Decimal(0)
    for item in items:
        score = registry.build(item.question_version.definition).score(item.response)
        item.points_earned = None if score is None else score.earned
        earned += Decimal(0) if score is None else score.earned
    attempt.points_earned = earned
    attempt.digest = digest(
        attempt.id, [(item.position, item.question_version.content_hash, item.response) for item in items]
    )
    attempt.submitted_by_clock = by_clock
    attempt.submitted_at = attempt.closes_at if by_clock and attempt.closes_at is not None else at
    attempt.state = AttemptState.SUBMITTED
    return attempt


def has_ended(attempt: Attempt, *, at: datetime) -> bool:
    """Tell whether the end of an attempt has passed; within the grace, saves still count."""
    return clock_state(attempt.closes_at, at, grace_seconds=0) is not Clock.RUNNING


def is_over(attempt: Attempt, *, at: datetime, grace_seconds: int) -> bool:
    """Tell whether an open attempt has run out, its grace included."""
    return attempt.state is AttemptState.OPEN and clock_state(attempt.closes_at, at, grace_seconds) is Clock.OVER


def submit_overdue(attempt_id: int, *, at: datetime, grace_seconds: int) -> bool:
    """Submit an attempt that has run out, with what was saved; tell whether there was need to.

    A save that arrived in time may still wait for the lock of the database, and is given that long.
    """
    attempt = queries.lock_attempt(queries.get_attempt(attempt_id))
    if not is_over(attempt, at=at, grace_seconds=grace_seconds + LOCK_WAIT_SECONDS):
        return False
    submit_attempt(attempt, at=at, by_clock=True)
    return True
