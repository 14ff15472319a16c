"""Argon2id, with a cap on how much memory the hashes of a site may take together."""

import threading
from typing import Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from courseware.accounts.rules import normal_passphrase

MEMORY_KIBIBYTES: Final = 19 * 1024
CONCURRENT_HASHES: Final = 8

_hasher = PasswordHasher(time_cost=2, memory_cost=MEMORY_KIBIBYTES, parallelism=1, type=Type.ID)
_turns = threading.BoundedSemaphore(CONCURRENT_HASHES)
# What the passphrase of nobody is compared with, so that an absent account takes as long.
NOBODYS_HASH: Final = _hasher.hash("the passphrase of nobody at all")


def share_memory(processes: int) -> None:
    """Leave this process, and those it forks, its share of `CONCURRENT_HASHES`; at least one.

    Call it once, before any hash is made.
    """
    for _ in range(CONCURRENT_HASHES - max(1, CONCURRENT_HASHES // processes)):
        _turns.acquire()


def hash_passphrase(passphrase: str) -> str:
    """Return what is stored of a passphrase. Slow on purpose: hold no write lock meanwhile."""
    with _turns:
        return _hasher.hash(normal_passphrase(passphrase))


def is_right(passphrase: str, stored_hash: str) -> bool:
    """Tell whether the passphrase is the one that was hashed. Slow as `hash_passphrase` is."""
    try:
        with _turns:
            return _hasher.verify(stored_hash, normal_passphrase(passphrase))
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored_hash: str) -> bool:
    """Tell whether the hash was made with other costs than those of today."""
    return _hasher.check_needs_rehash(stored_hash)
