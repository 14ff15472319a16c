"""What somebody who knows nothing would earn in a bank by following the looks of the options.

A strategy gives every option a value and chooses the highest; options of the same value share the choice, so a strategy
that sees no difference scores what chance does.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from courseware.content.wording import HEDGES, words_of

FEWEST_LETTERS: Final = 4
"""Shorter words say too little to be an echo."""

LEAST_TOLERANCE: Final = Fraction(1, 20)
MOST_NAMED: Final = 4

_LONG_WORD: Final = re.compile(rf"\w{{{FEWEST_LETTERS},}}")


@dataclass(frozen=True, slots=True)
class Choice:
    """A question with one right option, as somebody sees it who knows nothing."""

    name: str
    stem: str
    options: tuple[str, ...]
    key: int


Strategy = Callable[[Choice], Sequence[int]]


def by_length(choice: Choice) -> list[int]:
    """Value each option by its letters."""
    return [len(option) for option in choice.options]


def by_hedges(choice: Choice) -> list[int]:
    """Value each option by the words in it that hedge."""
    return [len(HEDGES.findall(option)) for option in choice.options]


def by_echo(choice: Choice) -> list[int]:
    """Value each option by the words of four letters and more that it shares with the stem."""
    stem = _long_words(choice.stem)
    return [len(stem & _long_words(option)) for option in choice.options]


def by_position(position: int) -> Strategy:
    """Return the strategy that chooses one position, counted from 0, wherever there is one."""
    return lambda choice: [int(place == position) for place in range(len(choice.options))]


def expected_score(choice: Choice, strategy: Strategy) -> Fraction:
    """Return the chance that the strategy has of choosing the key."""
    values = strategy(choice)
    best = max(values)
    return Fraction(int(values[choice.key] == best), values.count(best))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a strategy earns over a bank, as mean shares of a question, beside what chance would."""

    score: Fraction
    chance: Fraction
    count: int

    @property
    def tolerance(self) -> Fraction:
        """How far a score may lie from chance: five points, or in a small bank what one question is worth."""
        return max(LEAST_TOLERANCE, Fraction(1, self.count))

    @property
    def difference(self) -> Fraction:
        """How far the score lies above chance."""
        return self.score - self.chance

    @property
    def gives_keys_away(self) -> bool:
        """Whether it pays to follow the strategy, or to avoid what it would choose."""
        return abs(self.difference) > self.tolerance


def outcome(bank: Sequence[Choice], strategy: Strategy) -> Outcome:
    """Return what a strategy earns over a bank that is not empty."""
    count = len(bank)
    score = sum((expected_score(choice, strategy) for choice in bank), Fraction(0)) / count
    chance = sum((Fraction(1, len(choice.options)) for choice in bank), Fraction(0)) / count
    return Outcome(score, chance, count)


def worst_position(bank: Sequence[Choice]) -> int:
    """Return the position, counted from 0, at which keys stand most too often or too seldom."""
    positions = range(max(len(choice.options) for choice in bank))
    return max(positions, key=lambda position: abs(outcome(bank, by_position(position)).difference))


def most_telling(bank: Sequence[Choice], strategy: Strategy) -> list[str]:
    """Return the names of the questions that carry the score furthest from chance, the plainest first."""
    sign = 1 if outcome(bank, strategy).difference > 0 else -1

    def weight(choice: Choice) -> tuple[Fraction, int]:
        values = strategy(choice)
        others = [value for place, value in enumerate(values) if place != choice.key]
        gain = expected_score(choice, strategy) - Fraction(1, len(choice.options))
        return sign * gain, sign * (values[choice.key] - max(others))

    telling = [choice for choice in bank if weight(choice)[0] > 0]
    return [choice.name for choice in sorted(telling, key=weight, reverse=True)[:MOST_NAMED]]


def _long_words(text: str) -> frozenset[str]:
    return frozenset(word for word in words_of(text) if _LONG_WORD.fullmatch(word))
