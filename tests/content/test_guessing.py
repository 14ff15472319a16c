"""A strategy of guessing earns what chance does, unless the looks of the options give the keys away."""

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.content.guessing import (
    MOST_NAMED,
    Choice,
    Strategy,
    by_echo,
    by_hedges,
    by_length,
    by_position,
    expected_score,
    most_telling,
    outcome,
    worst_position,
)

BY_LOOKS: list[Strategy] = [by_length, by_hedges, by_echo]


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    words = st.lists(st.sampled_from(["about", "often", "chests", "ledger", "tea", "duty", "some"]), max_size=5)
    options = tuple(" ".join(option) for option in draw(st.lists(words, min_size=2, max_size=6)))
    stem = " ".join(draw(words))
    return Choice("q", stem, options, draw(st.integers(0, len(options) - 1)))


def choice(*options: str, key: int = 0, stem: str = "", name: str = "q") -> Choice:
    return Choice(name, stem, options, key)


@given(choices(), st.sampled_from([*BY_LOOKS, by_position(1)]))
def test_over_all_keys_a_strategy_earns_what_chance_does(given_choice: Choice, strategy: Strategy) -> None:
    options = given_choice.options
    bank = [Choice("q", given_choice.stem, options, key) for key in range(len(options))]
    found = outcome(bank, strategy)
    assert found.score == found.chance == Fraction(1, len(options))
    assert not found.gives_keys_away


@given(choices(), st.sampled_from(BY_LOOKS), st.randoms(use_true_random=False))
def test_the_order_of_the_options_changes_nothing(
    given_choice: Choice, strategy: Strategy, chance: random.Random
) -> None:
    order = list(range(len(given_choice.options)))
    chance.shuffle(order)
    options = tuple(given_choice.options[place] for place in order)
    moved = Choice("q", given_choice.stem, options, order.index(given_choice.key))
    assert expected_score(moved, strategy) == expected_score(given_choice, strategy)


@given(st.lists(choices(), min_size=1, max_size=20), st.sampled_from([*BY_LOOKS, by_position(0)]))
def test_no_strategy_earns_less_than_nothing_or_more_than_everything(bank: list[Choice], strategy: Strategy) -> None:
    found = outcome(bank, strategy)
    assert 0 <= found.score <= 1
    assert abs(found.difference) <= 1
    assert len(most_telling(bank, strategy)) <= MOST_NAMED


@given(st.lists(choices(), min_size=1, max_size=20))
def test_the_positions_together_earn_at_least_what_is_there(bank: list[Choice]) -> None:
    positions = range(max(len(each.options) for each in bank))
    scores = [outcome(bank, by_position(position)).score for position in positions]
    assert sum(scores) >= 1
    assert worst_position(bank) in positions


def test_keys_drawn_at_random_leave_a_constant_strategy_near_chance() -> None:
    draw = random.Random(20261124)  # noqa: S311 - nothing to keep secret
    bank = [
        Choice(f"q{number}", "", tuple("x" * draw.randint(1, 50) for _ in range(4)), draw.randrange(4))
        for number in range(2000)
    ]
    for strategy in (by_length, by_position(0), by_position(3)):
        assert not outcome(bank, strategy).gives_keys_away


@pytest.mark.parametrize(
    ("strategy", "given_choice", "score"),
    [
        (by_length, choice("a", "bb", "ccc", key=2), 1),
        (by_length, choice("a", "bbb", "ccc", key=2), Fraction(1, 2)),
        (by_length, choice("a", "bb", "ccc"), 0),
        (by_hedges, choice("It may be so.", "It is so.", "It was in May 1801."), 1),
        (by_hedges, choice("It is at least ten.", "It is about ten."), Fraction(1, 2)),
        (by_echo, choice("the ledger", "the pamphlet", stem="What does the Ledger say?"), 1),
        (by_echo, choice("the tea", "the pamphlet", stem="What of the tea?"), Fraction(1, 2)),
        (by_position(2), choice("a", "b", "c", key=2), 1),
        (by_position(2), choice("a", "b", key=1), Fraction(1, 2)),
    ],
)
def test_what_a_strategy_earns(strategy: Strategy, given_choice: Choice, score: Fraction) -> None:
    assert expected_score(given_choice, strategy) == score


@pytest.mark.parametrize(("count", "tolerance"), [(4, Fraction(1, 4)), (20, Fraction(1, 20)), (100, Fraction(1, 20))])
def test_a_small_bank_may_miss_chance_by_one_question(count: int, tolerance: Fraction) -> None:
    assert outcome([choice("a", "b")] * count, by_length).tolerance == tolerance


def test_keys_that_are_never_the_longest_give_themselves_away_too() -> None:
    bank = [choice("aa", "bbb", "cc", "dd", name=f"q{number}") for number in range(12)]
    found = outcome(bank, by_length)
    assert (found.score, found.chance, found.gives_keys_away) == (Fraction(0), Fraction(1, 4), True)
    assert most_telling(bank, by_length) == ["q0", "q1", "q2", "q3"]


def test_the_plainest_questions_are_named_first() -> None:
    bank = [
        choice("aaa", "b", "c", name="plain"),
        choice("aaa", "bb", "c", name="less so"),
        choice("a", "b", "c", name="says nothing"),
        choice("aaaaaaaaa", "b", "c", name="plainest"),
    ]
    assert most_telling(bank, by_length) == ["plainest", "plain", "less so"]
