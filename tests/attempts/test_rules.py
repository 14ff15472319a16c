"""What is drawn, until when an attempt runs, which one counts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.attempts.rules import (
    Candidate,
    Clock,
    Counts,
    Draw,
    PoolTooSmall,
    QuizRules,
    Shown,
    Stage,
    clock_state,
    closing_time,
    counting_attempt,
    counting_fraction,
    digest,
    draw_questions,
    page_count,
    page_of,
)

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
GRACE_SECONDS = 10

lessons = st.sampled_from(["a", "b", "c"])
types = st.sampled_from(["numeric", "essay"])
seeds = st.text("0123456789abcdef", min_size=1, max_size=32)
fractions = st.decimals(0, 1, places=2)


@st.composite
def banks(draw: Callable[..., object]) -> list[Candidate]:
    """Make up to eight questions in three lessons."""
    pairs = draw(st.lists(st.tuples(lessons, types), max_size=8))
    assert isinstance(pairs, list)
    return [
        Candidate(number, f"q{number}", lesson, f"{lesson}-goal", "recall", type_)
        for number, (lesson, type_) in enumerate(pairs, start=1)
    ]


draws = st.builds(
    Draw,
    count=st.integers(1, 2),
    lessons=st.frozensets(lessons, max_size=2),
    types=st.frozensets(types, max_size=1),
)
stages = st.builds(Stage, key=st.just("questions"), draws=st.lists(draws, min_size=1, max_size=3).map(tuple))


def can_be_filled(stage: Stage, bank: list[Candidate]) -> bool:
    """Tell by trying every order of the questions whether each draw can have its own."""
    slots = [draw for draw in stage.draws for _ in range(draw.count)]
    return any(
        all(draw.takes(candidate) for draw, candidate in zip(slots, order, strict=True))
        for order in permutations(bank, len(slots))
    )


@given(stages, banks(), seeds)
def test_the_draws_are_filled_with_distinct_questions_whenever_that_is_possible(
    stage: Stage, bank: list[Candidate], seed: str
) -> None:
    slots = [draw for draw in stage.draws for _ in range(draw.count)]
    try:
        drawn = draw_questions(stage, bank, seed)
    except PoolTooSmall:
        assert not can_be_filled(stage, bank)
        return
    assert len({candidate.key for candidate in drawn}) == len(slots)
    assert all(draw.takes(candidate) for draw, candidate in zip(slots, drawn, strict=True))


@given(stages, banks(), seeds, st.randoms(use_true_random=False))
def test_the_same_seed_draws_the_same_questions_whatever_order_they_come_in(
    stage: Stage, bank: list[Candidate], seed: str, random: object
) -> None:
    turned = list(bank)
    random.shuffle(turned)  # type: ignore[attr-defined]  # hypothesis hands over a Random
    try:
        drawn = draw_questions(stage, bank, seed)
    except PoolTooSmall:
        with pytest.raises(PoolTooSmall):
            draw_questions(stage, turned, seed)
    else:
        assert draw_questions(stage, turned, seed) == drawn


def test_a_draw_gives_way_to_a_later_one_that_could_not_be_filled_otherwise() -> None:
    only, other = Candidate(1, "q1", "a", "goal", "recall", "essay"), Candidate(2, "q2", "b", "goal", "recall", "essay")
    stage = Stage("questions", (Draw(1), Draw(1, lessons=frozenset({"a"}))))
    for number in range(20):
        assert draw_questions(stage, [only, other], str(number)) == [other, only]


def test_different_seeds_draw_different_questions() -> None:
    bank = [Candidate(number, f"q{number}", "a", "goal", "recall", "essay") for number in range(10)]
    stage = Stage("questions", (Draw(1),))
    assert {draw_questions(stage, bank, str(number))[0].key for number in range(200)} == {
        f"q{number}" for number in range(10)
    }


@pytest.mark.parametrize(
    "draw",
    [
        Draw(1, lessons=frozenset({"b"})),
        Draw(1, objectives=frozenset({"other"})),
        Draw(1, levels=frozenset({"apply"})),
        Draw(1, types=frozenset({"numeric"})),
        Draw(1, keys=frozenset({"q9"})),
        Draw(1, lessons=frozenset({"a"}), keys=frozenset({"q9"})),
    ],
)
def test_a_pool_takes_only_what_fulfils_every_condition(draw: Draw) -> None:
    candidate = Candidate(1, "q1", "a", "goal", "recall", "essay")
    assert not draw.takes(candidate)
    assert Draw(1, frozenset("a"), frozenset({"goal"}), frozenset({"recall"}), frozenset({"essay"})).takes(candidate)


RULES = {
    "attempts": 3,
    "counts": "best",
    "time_limit_minutes": 50,
    "questions_per_page": 4,
    "shuffle_questions": True,
    "shuffle_options": False,
    "review": {"after_submit": ["score", "links"]},
    "stages": [
        {
            "id": "questions",
            "draws": [
                {"count": 2, "lesson": "a"},
                {"count": 1, "objective": "goal", "level": "apply", "type": ["numeric", "cloze"], "ids": ["q1"]},
            ],
        }
    ],
}


def test_rules_are_read_as_the_file_states_them() -> None:
    rules = QuizRules.read(RULES)
    assert rules.time_limit == timedelta(minutes=50)
    assert rules.after_submit == {Shown.SCORE, Shown.LINKS}
    assert rules.question_count == 3
    assert rules.stages[0].draws[1] == Draw(
        1,
        frozenset(),
        frozenset({"goal"}),
        frozenset({"apply"}),
        frozenset({"numeric", "cloze"}),
        frozenset({"q1"}),
    )


def test_limits_left_out_are_none() -> None:
    rules = QuizRules.read(
        {name: value for name, value in RULES.items() if name not in {"attempts", "time_limit_minutes"}}
    )
    assert (rules.attempts, rules.time_limit) == (None, None)


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("limit", "closes_at", "ends_at"),
    [
        (None, None, None),
        (HOUR, None, NOON + HOUR),
        (None, NOON + HOUR, NOON + HOUR),
        (HOUR, NOON + 2 * HOUR, NOON + HOUR),
        (2 * HOUR, NOON + HOUR, NOON + HOUR),
    ],
)
def test_an_attempt_ends_with_its_limit_or_with_the_assignment_whichever_comes_first(
    limit: timedelta | None, closes_at: datetime | None, ends_at: datetime | None
) -> None:
    assert closing_time(NOON, limit, closes_at) == ends_at


moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.timezones())  # noqa: DTZ001
limits = st.none() | st.timedeltas(timedelta(minutes=1), timedelta(days=2))


@given(moments, limits, st.none() | moments)
def test_the_end_is_the_earlier_of_both_in_whatever_zones_they_are_written(
    started_at: datetime, limit: timedelta | None, closes_at: datetime | None
) -> None:
    started_at = started_at.astimezone(UTC)
    ends_at = closing_time(started_at, limit, closes_at)
    if ends_at is None:
        assert limit is None
        assert closes_at is None
        return
    assert limit is None or ends_at <= started_at + limit
    assert closes_at is None or ends_at <= closes_at
    assert ends_at in ([started_at + limit] if limit else []) + ([closes_at] if closes_at else [])


@pytest.mark.parametrize(
    ("seconds", "state"),
    [
        (-1, Clock.RUNNING),
        (0, Clock.RUNNING),
        (0.000001, Clock.GRACE),
        (GRACE_SECONDS, Clock.GRACE),
        (GRACE_SECONDS + 0.000001, Clock.OVER),
        (GRACE_SECONDS + 3600, Clock.OVER),
    ],
)
def test_the_grace_begins_after_the_end_and_holds_to_its_last_moment(seconds: float, state: Clock) -> None:
    assert clock_state(NOON, NOON + timedelta(seconds=seconds), GRACE_SECONDS) is state


def test_without_an_end_the_clock_always_runs() -> None:
    assert clock_state(None, NOON, 0) is Clock.RUNNING


def test_without_a_grace_what_comes_after_the_end_is_late() -> None:
    assert clock_state(NOON, NOON + timedelta(microseconds=1), 0) is Clock.OVER


@pytest.mark.parametrize(
    ("counts", "fraction", "number"),
    [
        (Counts.BEST, Decimal("0.8"), 2),
        (Counts.LAST, Decimal("0.5"), 4),
        (Counts.FIRST, Decimal("0.2"), 1),
        (Counts.MEAN, Decimal("0.575"), None),
    ],
)
def test_the_attempt_that_counts_follows_from_the_rule(counts: Counts, fraction: Decimal, number: int | None) -> None:
    by_number = {1: Decimal("0.2"), 2: Decimal("0.8"), 3: Decimal("0.8"), 4: Decimal("0.5")}
    assert counting_fraction(list(by_number.values()), counts) == fraction
    assert counting_attempt(by_number, counts) == number


@pytest.mark.parametrize("counts", list(Counts))
def test_nothing_counts_before_the_first_attempt(counts: Counts) -> None:
    assert counting_fraction([], counts) is None
    assert counting_attempt({}, counts) is None


@given(st.lists(fractions, min_size=1, max_size=5), st.sampled_from(Counts))
def test_what_counts_lies_between_the_least_and_the_greatest(shares: list[Decimal], counts: Counts) -> None:
    counting = counting_fraction(shares, counts)
    assert counting is not None
    assert min(shares) <= counting <= max(shares)
    number = counting_attempt(dict(enumerate(shares, start=1)), counts)
    assert number is None or shares[number - 1] == counting


@given(st.integers(0, 60), st.integers(1, 20))
def test_every_question_stands_on_one_page_and_no_page_is_empty(questions: int, per_page: int) -> None:
    pages = [page_of(position, per_page) for position in range(1, questions + 1)]
    assert pages == sorted(pages)
    assert max(pages, default=1) == page_count(questions, per_page)
    assert set(pages) | {1} == set(range(1, page_count(questions, per_page) + 1))
    assert all(pages.count(page) <= per_page for page in pages)


responses = st.none() | st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.lists(st.integers(), max_size=3))
stored = st.lists(st.tuples(st.integers(1, 9), st.text("0123456789abcdef", max_size=8), responses), max_size=4)


@given(st.integers(1), stored)
def test_the_digest_of_the_same_answers_is_the_same(attempt_id: int, answers: list[tuple[int, str, object]]) -> None:
    turned = [
        (position, content, dict(reversed(response.items())) if isinstance(response, dict) else response)
        for position, content, response in answers
    ]
    assert digest(attempt_id, turned) == digest(attempt_id, answers)


@given(st.integers(1), st.integers(1), stored, stored)
def test_the_digest_of_other_answers_is_another(
    attempt_id: int, other_id: int, answers: list[tuple[int, str, object]], others: list[tuple[int, str, object]]
) -> None:
    is_same = attempt_id == other_id and answers == others
    assert (digest(attempt_id, answers) == digest(other_id, others)) is is_same


def test_the_digest_can_be_repeated_by_anyone() -> None:
    assert digest(7, [(1, "ab", {"text": "é"}), (2, "cd", None)]) == (
        # sha256 of [7,[[1,"ab",{"text":"\u00e9"}],[2,"cd",null]]]
        "d08bdbe0ef8ef61c60b1b180073dcebe54e198f18c3a52321f2de7c6d5ab8da9"
    )


@given(st.text(max_size=20), st.sets(st.integers(0, 9)))
def test_questions_had_before_are_drawn_only_when_no_other_is_left(seed: str, had_numbers: set[int]) -> None:
    bank = [Candidate(number, f"q{number}", "lesson", "objective", "recall", "numeric") for number in range(10)]
    had = {f"q{number}" for number in had_numbers}
    drawn = draw_questions(Stage("questions", (Draw(5),)), bank, seed, had)
    assert len({candidate.key for candidate in drawn}) == 5
    assert sum(candidate.key in had for candidate in drawn) == max(0, 5 - (10 - len(had)))
