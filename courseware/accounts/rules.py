"""What holds for e-mail addresses, names, passphrases, secrets and lengths of time."""

import hashlib
import secrets
import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Final

from courseware.accounts.passphrase_strength import weakness

SHORTEST_PASSPHRASE: Final = 15
LONGEST_PASSPHRASE: Final = 256
LONGEST_EMAIL: Final = 254
LONGEST_NAME: Final = 200

SESSION_IDLE_LIFETIME: Final = timedelta(hours=12)
SESSION_LIFETIME: Final = timedelta(days=30)
SEEN_REFRESH: Final = timedelta(minutes=5)
RESET_LIFETIME: Final = timedelta(minutes=60)

_SECRET_BYTES: Final = 32
# Read aloud, no two of these are taken for one another.
_CONSONANTS: Final = "bdfghjklmnprstvz"
_VOWELS: Final = "aeiou"
_SYLLABLES_IN_WORD: Final = 3
_WORDS_IN_PROPOSAL: Final = 4
# In the header of a message they separate recipients or quote.
_SPECIAL_IN_EMAIL: Final = frozenset('()<>[]:;,\\"')


class Purpose(StrEnum):
    """What a secret is for; one made for one purpose is worth nothing for another."""

    SESSION = "session"
    RESET = "reset"


def new_secret() -> str:
    """Return 256 random bits as text for an address or a cookie."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def secret_hash(purpose: Purpose, secret: str) -> str:
    """Return what is stored of a secret. It is random and long, so that a plain digest is enough."""
    return hashlib.sha256(f"{purpose}:{secret}".encode()).hexdigest()


def email_key(email: str) -> str:
    """Return the form under which an address is unique: case, Unicode form and outer spaces do not count."""
    key = email.strip()
    # Folding case can undo the normal form and the other way round; the second round settles it.
    for _ in range(2):
        key = unicodedata.normalize("NFKC", key).casefold()
    return unicodedata.normalize("NFKC", key).strip()


def refusal_of_email(email: str) -> str | None:
    """Return why the address cannot be an account's, or None."""
    key = email_key(email)
    if any(_is_unseen(character) or character.isspace() for character in key):
        return "An e-mail address has no spaces or invisible characters."
    if _SPECIAL_IN_EMAIL & set(key):
        return "An e-mail address has no commas, colons, quotes, brackets or backslashes."
    local, at, domain = key.rpartition("@")
    if not (local and at and domain) or "@" in local:
        return "Enter an e-mail address such as maria@example.org."
    if len(key) > LONGEST_EMAIL or len(email) > LONGEST_EMAIL:
        return f"An e-mail address has at most {LONGEST_EMAIL} characters."
    return None


def refusal_of_name(name: str) -> str | None:
    """Return why this cannot be shown as somebody's name, or None."""
    if not name.strip():
        return "Enter a name."
    if len(name) > LONGEST_NAME:
        return f"A name has at most {LONGEST_NAME} characters."
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in name):
        return "A name has no control characters."
    return None


def normal_passphrase(passphrase: str) -> str:
    """Return the form that is counted and hashed: however an accent was typed, it is the same."""
    return unicodedata.normalize("NFC", passphrase)


def refusal_of_passphrase(passphrase: str, about: Iterable[str]) -> str | None:
    """Return why the passphrase is refused and what to do, or None.

    `about` holds what everybody knows of the account and the site. Spaces, emoji and every
    other character are welcome, and none is required.
    """
    length = len(normal_passphrase(passphrase))
    if length < SHORTEST_PASSPHRASE:
        return f"It has {length} characters. Use at least {SHORTEST_PASSPHRASE}; four or more words do well."
    if length > LONGEST_PASSPHRASE:
        return f"It has {length} characters. Use at most {LONGEST_PASSPHRASE}."
    reason = weakness(passphrase, about)
    return None if reason is None else f"{reason} Choose another, or take a proposal."


def propose_passphrase() -> str:
    """Return a new passphrase of four words that can be pronounced and mean nothing.

    Each syllable is one of 80, so twelve of them make 75 bits.
    """
    return "-".join(
        "".join(secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(_SYLLABLES_IN_WORD))
        for _ in range(_WORDS_IN_PROPOSAL)
    )


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
