"""How sure somebody is of an objective."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.dashboard.rules import LEAST_FOR_SECURE, RECENT_ANSWERS, Mastery, MasteryLevel, mastery

RIGHT, HALF, NONE = (Decimal(1), Decimal(1)), (Decimal(1), Decimal(2)), (Decimal(0), Decimal(3))


@st.composite
def marks(draw: st.DrawFn) -> tuple[Decimal, Decimal]:
    """Make (earned, possible) of one answer."""
    possible = draw(st.decimals("0.25", 10, places=2))
    return draw(st.decimals(0, possible, places=2)), possible


histories = st.lists(marks(), max_size=12)
LEVELS = list(MasteryLevel)


@given(histories)
def test_the_share_lies_between_none_and_all_and_the_level_fits_it(history: list[tuple[Decimal, Decimal]]) -> None:
    judged = mastery(history)
    assert 0 <= judged.share <= 1
    assert judged.answers == min(len(history), RECENT_ANSWERS)
    assert (judged.level is MasteryLevel.NOT_STARTED) is (not history)
    if judged.level is MasteryLevel.SECURE:
        assert judged.share >= Decimal("0.8")
        assert judged.answers >= LEAST_FOR_SECURE


@given(histories)
def test_only_the_last_six_answers_count(history: list[tuple[Decimal, Decimal]]) -> None:
    assert mastery(history) == mastery(history[:RECENT_ANSWERS])


@given(histories, st.integers(0, 5))
def test_a_better_answer_never_lowers_the_level(history: list[tuple[Decimal, Decimal]], place: int) -> None:
    if place < len(history):
        better = [*history]
        better[place] = (history[place][1], history[place][1])
        assert mastery(better).share >= mastery(history).share
        assert LEVELS.index(mastery(better).level) >= LEVELS.index(mastery(history).level)


@given(histories, st.integers(0, 5))
def test_an_answer_that_could_earn_nothing_does_not_count(history: list[tuple[Decimal, Decimal]], place: int) -> None:
    with_nothing = [*history]
    with_nothing.insert(place, (Decimal(0), Decimal(0)))
    assert mastery(with_nothing) == mastery(history)


@pytest.mark.parametrize(
    ("history", "level"),
    [
        ([], MasteryLevel.NOT_STARTED),
        ([NONE], MasteryLevel.NOT_YET),
        ([HALF], MasteryLevel.BUILDING),
        ([RIGHT, RIGHT], MasteryLevel.BUILDING),
        ([RIGHT, RIGHT, RIGHT], MasteryLevel.SECURE),
        ([RIGHT, RIGHT, RIGHT, RIGHT, NONE], MasteryLevel.SECURE),
        ([RIGHT, RIGHT, RIGHT, NONE], MasteryLevel.BUILDING),
        ([RIGHT] * 6 + [NONE] * 6, MasteryLevel.SECURE),
        ([NONE] * 6 + [RIGHT] * 6, MasteryLevel.NOT_YET),
    ],
)
def test_the_level_in_words(history: list[tuple[Decimal, Decimal]], level: MasteryLevel) -> None:
    assert mastery(history).level is level


def test_answers_weigh_alike_whatever_they_could_earn() -> None:
    assert mastery([(Decimal(10), Decimal(10)), (Decimal(0), Decimal("0.5"))]) == Mastery(
        2, Decimal("0.5"), MasteryLevel.BUILDING
    )
