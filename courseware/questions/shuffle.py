"""Seeded, repeatable order.

The same seed, purpose and number of things give the same order on every machine and in every
version of Python: a Fisher-Yates shuffle fed by HMAC-SHA256 in counter mode.

The n-th block of the stream is HMAC(key=seed, message=purpose + newline + n), both in UTF-8; each
block gives eight unsigned 32-bit numbers, most significant byte first. A number below a bound is
the next one of the stream modulo the bound, where numbers in the incomplete last stretch are
skipped, so that every order is equally likely.
"""

import hmac
from collections.abc import Iterator, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")

WORD_BYTES = 4
WORD_LIMIT = 2 ** (8 * WORD_BYTES)


def shuffled(things: Sequence[Thing], seed: str, purpose: str) -> tuple[Thing, ...]:
    """Return the things in the order that belongs to this seed and purpose.

    Two purposes under one seed give orders that have nothing to do with each other.
    """
    order = list(things)
    numbers = _numbers(seed, purpose)
    for last in range(len(order) - 1, 0, -1):
        other = _number_below(last + 1, numbers)
        order[last], order[other] = order[other], order[last]
    return tuple(order)


def _numbers(seed: str, purpose: str) -> Iterator[int]:
    block = 0
    while True:
        message = f"{purpose}\n{block}".encode()
        digest = hmac.digest(seed.encode(), message, "sha256")
        for start in range(0, len(digest), WORD_BYTES):
            yield int.from_bytes(digest[start : start + WORD_BYTES], "big")
        block += 1


def _number_below(bound: int, numbers: Iterator[int]) -> int:
    fair_limit = WORD_LIMIT - WORD_LIMIT % bound
    return next(number for number in numbers if number < fair_limit) % bound
