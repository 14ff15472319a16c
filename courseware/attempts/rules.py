"""The rules of an attempt: what is drawn, until when it runs, which attempt counts, what is shown."""

import enum
import hashlib
import json
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from courseware.questions.shuffle import shuffled


class Counts(enum.StrEnum):
    """Which attempt counts, or how several are made one."""

    BEST = "best"
    LAST = "last"
    FIRST = "first"
    MEAN = "mean"


class Shown(enum.StrEnum):
    """A part of the result that a review rule may release."""

    SCORE = "score"
    CORRECTNESS = "correctness"
    ANSWERS = "answers"
    FEEDBACK = "feedback"
    LINKS = "links"


@dataclass(frozen=True)
class Draw:
    """How many questions come from which pool; every condition given must hold."""

    count: int
    lessons: frozenset[str] = frozenset()
    objectives: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()

    def takes(self, candidate: "Candidate") -> bool:
        """Tell whether a question belongs to the pool."""
        return all(
            not wanted or value in wanted
            for wanted, value in (
                (self.lessons, candidate.lesson),
                (self.objectives, candidate.objective),
                (self.levels, candidate.level),
                (self.types, candidate.type),
                (self.keys, candidate.key),
            )
        )


@dataclass(frozen=True)
class Stage:
    """A part of an assessment that is worked through before the next one opens."""

    key: str
    draws: tuple[Draw, ...]


@dataclass(frozen=True)
class QuizRules:
    """The rules of a quiz, as its file states them."""

    attempts: int | None
    counts: Counts
    time_limit: timedelta | None
    questions_per_page: int
    shuffle_questions: bool
    shuffle_options: bool
    after_submit: frozenset[Shown]
    stages: tuple[Stage, ...]

    @classmethod
    def read(cls, rules: Mapping[str, Any]) -> "QuizRules":
        """Read the rules from the JSON kept with a quiz or an attempt."""
        minutes = rules.get("time_limit_minutes")
        return cls(
            attempts=rules.get("attempts"),
            counts=Counts(rules["counts"]),
            time_limit=None if minutes is None else timedelta(minutes=minutes),
            questions_per_page=rules["questions_per_page"],
            shuffle_questions=rules["shuffle_questions"],
            shuffle_options=rules["shuffle_options"],
            after_submit=frozenset(Shown(flag) for flag in rules["review"]["after_submit"]),
            stages=tuple(
                Stage(stage["id"], tuple(_read_draw(draw) for draw in stage["draws"])) for stage in rules["stages"]
            ),
        )

    @property
    def question_count(self) -> int:
        """How many questions an attempt has in all stages."""
        return sum(draw.count for stage in self.stages for draw in stage.draws)


def _read_draw(draw: Mapping[str, Any]) -> Draw:
    def wanted(key: str) -> frozenset[str]:
        value = draw.get(key)
        if value is None:
            return frozenset()
        return frozenset([value] if isinstance(value, str) else value)

    return Draw(draw["count"], wanted("lesson"), wanted("objective"), wanted("level"), wanted("type"), wanted("ids"))


@dataclass(frozen=True)
class Candidate:
    """A question that could be drawn."""

    id: int
    key: str
    lesson: str
    objective: str
    level: str
    type: str


class PoolTooSmall(ValueError):
    """The pools cannot fill the draws."""


def draw_questions(
    stage: Stage, candidates: Sequence[Candidate], seed: str, had: Container[str] = frozenset()
) -> list[Candidate]:
    """Draw the questions of one stage, each at most once, draw by draw.

    Questions whose key the learner has `had` before are drawn only where the pool has no other
    left. The same seed draws the same questions whatever order the candidates come in. Where pools
    overlap, a draw gives way to a later one that could not be filled otherwise, so the draws
    are filled whenever that is possible at all; else PoolTooSmall is raised.
    """
    slots = [draw for draw in stage.draws for _ in range(draw.count)]
    ordered = sorted(candidates, key=lambda candidate: candidate.key)
    preferences = [
        sorted(
            (candidate for candidate in shuffled(ordered, seed, f"{stage.key}:{number}") if draw.takes(candidate)),
            key=lambda candidate: candidate.key in had,
        )
        for number, draw in enumerate(slots)
    ]
    slot_of: dict[str, int] = {}
    taken: dict[int, Candidate] = {}

    def fill(slot: int, tried: set[str]) -> bool:
        for candidate in preferences[slot]:
            if candidate.key in tried:
                continue
            tried.add(candidate.key)
            holder = slot_of.get(candidate.key)
            if holder is None or fill(holder, tried):
                slot_of[candidate.key] = slot
                taken[slot] = candidate
                return True
        return False

    for slot in range(len(slots)):
        if not fill(slot, set()):
            message = f"the pools of stage {stage.key} hold too few questions"
            raise PoolTooSmall(message)
    return [taken[slot] for slot in range(len(slots))]


def closing_time(started_at: datetime, time_limit: timedelta | None, closes_at: datetime | None) -> datetime | None:
    """Return when an attempt ends: its own limit or the assignment's end, whichever comes first."""
    ends = [moment for moment in (started_at + time_limit if time_limit else None, closes_at) if moment is not None]
    return min(ends, default=None)


class Clock(enum.Enum):
    """How an open attempt stands to its end."""

    RUNNING = "running"
    GRACE = "grace"
    OVER = "over"


def clock_state(closes_at: datetime | None, at: datetime, grace_seconds: int) -> Clock:
    """Tell whether a save that arrives now is in time, within the grace, or late."""
    if closes_at is None or at <= closes_at:
        return Clock.RUNNING
    return Clock.GRACE if at <= closes_at + timedelta(seconds=grace_seconds) else Clock.OVER


def counting_fraction(fractions: Sequence[Decimal], counts: Counts) -> Decimal | None:
    """Make one fraction of those of all submitted attempts, in the order of their numbers."""
    if not fractions:
        return None
    if counts is Counts.MEAN:
        return sum(fractions, Decimal(0)) / len(fractions)
    if counts is Counts.BEST:
        return max(fractions)
    return fractions[0] if counts is Counts.FIRST else fractions[-1]


def counting_attempt(fractions: Mapping[int, Decimal], counts: Counts) -> int | None:
    """Return the number of the attempt that counts; of equal best ones the first, none for a mean."""
    if not fractions or counts is Counts.MEAN:
        return None
    if counts is Counts.BEST:
        return max(sorted(fractions), key=lambda number: fractions[number])
    return min(fractions) if counts is Counts.FIRST else max(fractions)


def page_of(position: int, questions_per_page: int) -> int:
    """Return the page, from 1, on which the question at a position, from 1, stands."""
    return (position - 1) // questions_per_page + 1


def page_count(questions: int, questions_per_page: int) -> int:
    """Return the number of pages; an attempt without questions still has one."""
    return max(1, -(-questions // questions_per_page))


def digest(attempt_id: int, stored: Sequence[tuple[int, str, object]]) -> str:
    """Return the SHA-256 that a receipt shows, over (position, question hash, response) in order.

    The text hashed is canonical JSON, so that anyone holding the stored responses can repeat it.
    """
    text = json.dumps(
        [attempt_id, [[position, content_hash, response] for position, content_hash, response in stored]],
        ensure_ascii=True,
        separators=(",", ":"),
        sort_keys=True,
    )
    return hashlib.sha256(text.encode("ascii")).hexdigest()
