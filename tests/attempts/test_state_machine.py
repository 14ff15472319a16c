"""Whatever a learner, the clock and the sweep do in whatever order, the database stands as the rules say."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count

from flask_sqlalchemy import SQLAlchemy
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from courseware.accounts.models import User
from courseware.attempts import jobs, queries
from courseware.attempts.models import AttemptState
from courseware.attempts.services import LOCK_WAIT_SECONDS
from courseware.classes.models import Class
from courseware.core.errors import Conflict, Refused
from tests.application import Clock
from tests.factories.answers import Fields, poor_fields, right_fields
from tests.factories.attempts import GRACE_SECONDS, assigned, save, start, submit
from tests.factories.people import learner_of
from tests.people import MakeUser
from tests.tea import MakeClass

MOST_ATTEMPTS = 2
LIMIT = timedelta(minutes=20)
QUESTIONS = 4
RUNS = 15
STEPS = 20


@dataclass
class Expected:
    """An attempt as the rules say it must be."""

    id: int
    closes_at: datetime
    is_open: bool = True
    answers: dict[int, str] = field(default_factory=dict)
    versions: dict[int, int] = field(default_factory=dict)


@dataclass
class World:
    """What every run shares: the class, the clock, and how to enrol somebody new."""

    class_: Class
    clock: Clock
    new_learner: Callable[[], User]


class Quiz(RuleBasedStateMachine):
    """One learner who takes a quiz in any order of steps."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.learner = world.new_learner()
        self.expected: list[Expected] = []

    @property
    def latest(self) -> Expected | None:
        return self.expected[-1] if self.expected else None

    def _fields(self, position: int, manner: str) -> Fields:
        assert self.latest is not None
        attempt = queries.get_attempt(self.latest.id)
        item = queries.list_questions(attempt)[position - 1]
        return right_fields(attempt, item) if manner == "right" else poor_fields(attempt, item)

    @rule()
    def begin(self) -> None:
        may_begin = self.latest is None or self.latest.is_open or len(self.expected) < MOST_ATTEMPTS
        try:
            attempt = start(self.learner, self.world.class_)
        except Refused:
            assert not may_begin
            return
        assert may_begin
        if self.latest is None or not self.latest.is_open:
            self.expected.append(Expected(attempt.id, self.world.clock.moment + LIMIT))
        assert [attempt.id] == [expected.id for expected in self.expected[-1:]]

    @rule(position=st.integers(1, QUESTIONS), manner=st.sampled_from(["right", "poor"]), is_stale=st.booleans())
    def answer(self, position: int, manner: str, *, is_stale: bool) -> None:
        expected = self.latest
        if expected is None:
            return
        is_late = not expected.is_open or self.world.clock.moment > expected.closes_at + timedelta(
            seconds=GRACE_SECONDS
        )
        version = expected.versions.get(position, 0)
        attempt = queries.get_attempt(expected.id)
        try:
            saved = save(
                attempt, position, self._fields(position, manner), version=version + 1 if is_stale else version
            )
        except Conflict:
            assert is_stale
            assert not is_late
            return
        assert saved.is_late == is_late
        if not is_late:
            assert not is_stale
            expected.answers[position] = manner
            expected.versions[position] = saved.version

    @rule()
    def hand_in(self) -> None:
        if self.latest is not None:
            submit(queries.get_attempt(self.latest.id))
            self.latest.is_open = False

    @rule(seconds=st.sampled_from([1, 9, 60, 19 * 60, 20 * 60, 21 * 60]))
    def wait(self, seconds: int) -> None:
        self.world.clock.advance(timedelta(seconds=seconds))

    @rule()
    def sweep(self) -> None:
        jobs.sweep(at=self.world.clock.moment, grace_seconds=GRACE_SECONDS)
        for expected in self.expected:
            if self.world.clock.moment > expected.closes_at + timedelta(seconds=GRACE_SECONDS + LOCK_WAIT_SECONDS):
                expected.is_open = False

    @invariant()
    def the_database_is_as_expected(self) -> None:
        assignment, _ = assigned(self.world.class_)
        attempts = queries.list_attempts([assignment.id], self.learner.id)
        assert [attempt.id for attempt in attempts] == [expected.id for expected in self.expected]
        assert len(attempts) <= MOST_ATTEMPTS
        for attempt, expected in zip(attempts, self.expected, strict=True):
            assert (attempt.state is AttemptState.OPEN) == expected.is_open
            items = queries.list_questions(attempt)
            assert {item.position: item.version for item in items if item.version} == expected.versions
            if not expected.is_open:
                right = {position for position, manner in expected.answers.items() if manner == "right"}
                points = [item.question_version.points for item in items if item.position in right]
                assert attempt.points_earned == sum(points, Decimal(0))


def test_any_order_of_steps_keeps_the_rules(
    db: SQLAlchemy,  # noqa: ARG001 - to write to
    make_tea_class: MakeClass,
    make_user: MakeUser,
    clock: Clock,
) -> None:
    class_ = make_tea_class(
        "t1-q01", "t1-q04", "t2-q01", "t1-q05", attempts=MOST_ATTEMPTS, time_limit_minutes=LIMIT.seconds // 60
    )
    numbers = count(1)
    world = World(class_, clock, lambda: learner_of(class_, make_user, f"Learner {next(numbers)}"))

    class OfThisClass(Quiz):
        def __init__(self) -> None:
            super().__init__(world)

    run_state_machine_as_test(
        OfThisClass, settings=settings(max_examples=RUNS, stateful_step_count=STEPS, deadline=None)
    )
