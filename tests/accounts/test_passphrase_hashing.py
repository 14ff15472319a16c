"""Argon2id at the agreed cost."""

import threading
import unicodedata

import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from courseware.accounts import passphrase_hashing as hashing

LONG = "".join(f"{number} herons " for number in range(40))[:128]


def test_the_cost_is_the_agreed_one() -> None:
    parameters = extract_parameters(hashing.hash_passphrase("the quiet river bends"))
    assert (parameters.type, parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (
        Type.ID,
        19 * 1024,
        2,
        1,
    )


@pytest.mark.parametrize("changed", [LONG[:-1] + "#", LONG[:-1], LONG + " ", " " + LONG, LONG.upper()])
def test_every_character_counts(changed: str) -> None:
    assert not hashing.is_right(changed, hashing.hash_passphrase(LONG))


def test_an_accent_is_the_same_however_it_was_typed() -> None:
    stored = hashing.hash_passphrase(unicodedata.normalize("NFD", "zwölf böse köche 🦊"))
    assert hashing.is_right(unicodedata.normalize("NFC", "zwölf böse köche 🦊"), stored)


def test_a_hash_of_other_costs_is_outdated() -> None:
    assert hashing.is_outdated(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x"))
    assert not hashing.is_outdated(hashing.hash_passphrase("x"))


def test_what_is_no_hash_fits_no_passphrase() -> None:
    assert not hashing.is_right("", "")
    assert not hashing.is_right("x", "no hash")


@pytest.mark.parametrize(("processes", "share"), [(1, 8), (2, 4), (3, 2), (8, 1), (64, 1)])
def test_processes_share_the_memory_of_hashes(monkeypatch: pytest.MonkeyPatch, processes: int, share: int) -> None:
    turns = threading.Semaphore(hashing.CONCURRENT_HASHES)
    monkeypatch.setattr(hashing, "_turns", turns)
    hashing.share_memory(processes)
    assert [turns.acquire(blocking=False) for _ in range(share + 1)] == [True] * share + [False]
