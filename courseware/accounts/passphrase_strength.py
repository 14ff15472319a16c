"""Whether a passphrase is one of those that people guess first. Works offline.

A passphrase is split into what an attacker would try: entries of `common_passphrases.txt`,
words about the account, keyboard walks, counting, repetition and years. What no such piece
explains is left over, and too little left over means that it is easy to guess. There is no
rule about kinds of characters.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

COMMON_ENTRIES_ALLOWED: Final = 2
CHARACTERS_LEFT_OVER: Final = 3
SHORTEST_PIECE: Final = 4
LONGEST_REPEATED_PIECE: Final = 14

# Characters that stand for one another, as in "p4$$w0rd".
_LOOK_ALIKES: Final = str.maketrans("0134578@$!l", "oieastbasii")
_SEPARATORS: Final = re.compile(r"[\s\-_.,'\u2019]+")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_REPEATED: Final = re.compile(rf"(.{{1,{LONGEST_REPEATED_PIECE}}}?)\1+", re.DOTALL)
_WALKS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "qsdfghjklm",
    "zxcvbnm",
    "yxcvbnm",
    "!@#$%^&*()",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "qazwsxedcrfvtgbyhnujmikolp",
    "qawsedrftgyhujikolp",
    "a1b2c3d4e5f6g7h8i9",
    "1a2b3c4d5e6f7g8h9i",
    "11223344556677889900",
    "aabbccddeeffgghhiijjkkllmmnnooppqqrrssttuuvvwwxxyyzz",
    "abc123abc123",
    "147258369",
    "159357",
    "789456123",
)


def weakness(passphrase: str, about: Iterable[str]) -> str | None:
    """Return the reason why somebody would guess the passphrase soon, or None.

    `about` holds what everybody knows of the account and the site: names and addresses.
    """
    text = _folded(passphrase)
    if len(text) <= CHARACTERS_LEFT_OVER or _is_repetition(text):
        return "It repeats one short piece."
    personal = frozenset(_words_of(about))
    if 2 * _explained(text, personal) >= len(text):
        return "It is made mostly of your name, your e-mail address or the name of this site."
    if _left_over(text, _common() | personal) <= CHARACTERS_LEFT_OVER:
        return "It is made of words, dates or keys in a row that people often choose."
    return None


def _folded(text: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _look(text: str) -> str:
    return text.translate(_LOOK_ALIKES)


def _words_of(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        whole = _look(_folded(text))
        words = (_look(word) for word in re.split(r"[\W_]+", unicodedata.normalize("NFKC", text).casefold()))
        yield from (piece for piece in (whole, *words) if len(piece) >= SHORTEST_PIECE)


@cache
def _common() -> frozenset[str]:
    lines = files(__package__).joinpath("common_passphrases.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(_look(_folded(line)) for line in lines if line and not line.startswith("#"))


def _is_repetition(text: str) -> bool:
    found = _REPEATED.match(text)
    return found is not None and len(text) - found.end() <= CHARACTERS_LEFT_OVER


def _explained(text: str, words: frozenset[str]) -> int:
    """Count the characters that the words cover at most."""
    look = _look(text)
    longest = max(map(len, words), default=0)
    covered = [0] * (len(text) + 1)
    for start in range(len(text) - 1, -1, -1):
        covered[start] = covered[start + 1]
        for end in range(start + SHORTEST_PIECE, min(len(text), start + longest) + 1):
            if look[start:end] in words:
                covered[start] = max(covered[start], end - start + covered[end])
    return covered[0]


def _left_over(text: str, words: frozenset[str]) -> int:
    """Count the characters that neither patterns nor the words allowed explain, at least."""
    look = _look(text)
    longest = max(map(len, words))
    # fewest[n][i]: characters left over from i on when n more words may be used
    fewest = [list(range(len(text), -1, -1)) for _ in range(COMMON_ENTRIES_ALLOWED + 1)]
    for start in range(len(text) - 1, -1, -1):
        pattern_ends = _pattern_ends(text, start)
        word_ends = [
            end
            for end in range(start + SHORTEST_PIECE, min(len(text), start + longest) + 1)
            if look[start:end] in words
        ]
        for allowed, row in enumerate(fewest):
            row[start] = min([1 + row[start + 1], *(row[end] for end in pattern_ends)])
            if allowed:
                row[start] = min([row[start], *(fewest[allowed - 1][end] for end in word_ends)])
    return fewest[COMMON_ENTRIES_ALLOWED][0]


def _pattern_ends(text: str, start: int) -> set[int]:
    """Return where the walks, repetitions and years that begin here may end."""
    ends = set()
    for walk in _WALKS:
        for way in (walk, walk[::-1]):
            end = start + SHORTEST_PIECE
            while end <= len(text) and text[start:end] in way:
                ends.add(end)
                end += 1
    same = start + 1
    while same < len(text) and text[same] == text[start]:
        same += 1
    ends.update(range(start + SHORTEST_PIECE, same + 1))
    if _YEAR.match(text, start):
        ends.add(start + 4)
    return ends
