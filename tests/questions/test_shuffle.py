"""Seeded, repeatable order."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from courseware.questions.shuffle import shuffled


@given(st.lists(st.integers(), max_size=30), st.text(alphabet="abcdé", max_size=8))
def test_a_shuffle_keeps_everything(things: list[int], seed: str) -> None:
    assert sorted(shuffled(things, seed, "q")) == sorted(things)


def test_the_order_of_a_seed_never_changes() -> None:
    assert shuffled("abcdef", "seed", "q1") == ("e", "c", "a", "d", "f", "b")


def test_a_long_list_uses_more_than_one_block() -> None:
    assert sorted(shuffled(range(100), "seed", "q1")) == list(range(100))


def test_another_purpose_gives_another_order() -> None:
    assert shuffled(range(20), "seed", "q1") != shuffled(range(20), "seed", "q2")


def test_every_place_is_equally_likely() -> None:
    firsts = Counter(shuffled("abcd", str(seed), "q")[0] for seed in range(4000))
    assert all(abs(count - 1000) < 120 for count in firsts.values())
