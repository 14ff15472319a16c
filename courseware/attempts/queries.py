"""Attempts as the database has them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload
from werkzeug.exceptions import NotFound

from courseware.assignments.models import Assignment
from courseware.assignments.queries import list_with_quizzes
from courseware.assignments.rules import WindowState
from courseware.attempts.models import Attempt, AttemptQuestion, AttemptState, Response
from courseware.attempts.rules import QuizRules, Shown, counting_attempt, counting_fraction
from courseware.core.database import db
from courseware.courses.models import QuestionVersion, Quiz


def get_attempt(attempt_id: int) -> Attempt:
    """Return an attempt; 404 if there is none."""
    attempt = db.session.get(Attempt, attempt_id)
    if attempt is None:
        raise NotFound
    return attempt


def lock_attempt(attempt: Attempt) -> Attempt:
    """Return the attempt as it is now, locked until the transaction ends."""
    return db.session.execute(
        select(Attempt)
        .where(Attempt.id == attempt.id)
        .with_for_update(of=Attempt)
        .execution_options(populate_existing=True)
    ).scalar_one()


def list_questions(attempt: Attempt) -> Sequence[AttemptQuestion]:
    """Return the questions of an attempt with their texts, in order."""
    return db.session.scalars(
        select(AttemptQuestion)
        .where(AttemptQuestion.attempt_id == attempt.id)
        .order_by(AttemptQuestion.position)
        .options(joinedload(AttemptQuestion.question_version))
    ).all()


def get_locked_question(
    attempt: Attempt, position: int, idempotency_key: str
) -> tuple[AttemptQuestion, Response | None]:
    """Return the question at a place, its attempt locked and fresh, and the save that the key stands for, if any."""
    row = db.session.execute(
        select(AttemptQuestion, Response)
        .join(AttemptQuestion.attempt)
        .outerjoin(
            Response,
            (Response.attempt_question_id == AttemptQuestion.id) & (Response.idempotency_key == idempotency_key),
        )
        .where(AttemptQuestion.attempt_id == attempt.id, AttemptQuestion.position == position)
        .options(contains_eager(AttemptQuestion.attempt), joinedload(AttemptQuestion.question_version))
        .with_for_update(of=(Attempt, AttemptQuestion))
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def list_attempts(assignment_ids: Collection[int], learner_id: int) -> Sequence[Attempt]:
    """Return a learner's attempts at some assignments, in the order of their numbers."""
    return db.session.scalars(
        select(Attempt)
        .where(Attempt.assignment_id.in_(assignment_ids), Attempt.learner_id == learner_id)
        .order_by(Attempt.assignment_id, Attempt.number)
    ).all()


def list_question_keys(attempts: Sequence[Attempt]) -> frozenset[str]:
    """Return the keys of all questions that some attempts asked."""
    return frozenset(
        db.session.scalars(
            select(QuestionVersion.key)
            .join(AttemptQuestion, AttemptQuestion.question_version_id == QuestionVersion.id)
            .where(AttemptQuestion.attempt_id.in_([attempt.id for attempt in attempts]))
        )
    )


@dataclass(frozen=True)
class Standing:
    """How a learner stands in a quiz. What the review rule withholds of the score is None."""

    assignment: Assignment
    quiz: Quiz
    rules: QuizRules
    attempts: Sequence[Attempt]

    @property
    def open_attempt(self) -> Attempt | None:
        """The attempt to go on with."""
        return next((attempt for attempt in self.attempts if attempt.state is AttemptState.OPEN), None)

    @property
    def attempts_left(self) -> int | None:
        """How many attempts may still begin; None without a limit."""
        return None if self.rules.attempts is None else max(0, self.rules.attempts - len(self.attempts))

    @property
    def shows_score(self) -> bool:
        """Whether the learner may see scores."""
        return Shown.SCORE in self.rules.after_submit

    @property
    def counting_number(self) -> int | None:
        """The number of the attempt that counts; None for a mean."""
        return counting_attempt(self._fractions(), self.rules.counts) if self.shows_score else None

    @property
    def counting_fraction(self) -> Decimal | None:
        """The share of the points that counts."""
        return counting_fraction(list(self._fractions().values()), self.rules.counts) if self.shows_score else None

    def window_state(self, at: datetime) -> WindowState:
        """Tell whether attempts may begin at a moment."""
        return self.assignment.window.state(at)

    def _fractions(self) -> dict[int, Decimal]:
        return {attempt.number: attempt.fraction for attempt in self.attempts if attempt.fraction is not None}


def standing(assignment: Assignment, quiz: Quiz, learner_id: int) -> Standing:
    """Return how a learner stands in one quiz."""
    return Standing(assignment, quiz, QuizRules.read(quiz.rules), list_attempts([assignment.id], learner_id))


def list_standings(class_ids: Collection[int], learner_id: int) -> list[Standing]:
    """Return how a learner stands in every quiz of some classes, in the order of the course."""
    rows = list_with_quizzes(class_ids)
    attempts = list_attempts([assignment.id for assignment, _ in rows], learner_id)
    return [
        Standing(
            assignment,
            quiz,
            QuizRules.read(quiz.rules),
            [attempt for attempt in attempts if attempt.assignment_id == assignment.id],
        )
        for assignment, quiz in rows
    ]


def list_overdue_ids(at: datetime) -> Sequence[int]:
    """Return the open attempts that ended before a moment."""
    return db.session.scalars(
        select(Attempt.id).where(Attempt.state == AttemptState.OPEN, Attempt.closes_at < at).order_by(Attempt.id)
    ).all()


def find_response(question: AttemptQuestion, idempotency_key: str) -> Response | None:
    """Return the save of a question that a key stands for."""
    return db.session.scalar(
        select(Response).where(Response.attempt_question_id == question.id, Response.idempotency_key == idempotency_key)
    )
