"""The words of a search, and which of the things that hold them come first.

The database says what holds a word; the order is found here, so that it is the same on every database.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from typing import Final

from courseware.content.search_texts import folded_words

SHORTEST_BEGINNING: Final = 3
"""A shorter word is found only as it stands: “us” is not the beginning of “use”."""

MOST_WORDS: Final = 8
_LONGEST_WORD: Final = 40
# Among them all those that PostgreSQL keeps out of its index.
_COMMON: Final = frozenset(
    folded_words(
        """
        i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers
        herself  it its itself they them their theirs themselves what which who whom this that these those am is are
        was were be  been being have has had having do does did doing a an the and but if or because as until while of
        at by for with  about against between into through during before after above below to from up down in out on
        off over under  again further then once here there when where why how all any both each few more most other
        some such no nor  not only own same so than too very s t can will just don should now also could many much
        would
        """
    )
)
_ENDINGS: Final = sorted(
    folded_words("e es ed er ers ing ings s y ies ied ier iers ion ions ist ists ism"),
    key=len,
    reverse=True,
)
_SHORTEST_STEM: Final = 3
_FEWEST_WORDS_WITH_A_GAP: Final = 3

# What counts for how much, found by trial: the tests of the search hold what it has to achieve.
_AS_BEGINNING: Final = 0.4
_IN_TITLE: Final = 3.0
_OFTEN: Final = 0.2
_CLOSE: Final = 2.0
_DENSE: Final = 2.0
_FEW_WORDS: Final = 4
_OTHER_PASSAGES: Final = 0.8


@dataclass(frozen=True)
class Found:
    """A text that was found; `key` tells what it is a passage of, `address` where it stands."""

    kind: str
    key: str
    title: str
    body: str
    address: str

    def has(self, word: str) -> bool:
        """Whether the folded word itself stands in it."""
        return word in folded_words(self.title) or word in folded_words(self.body)


@dataclass(frozen=True)
class Hit:
    """Something that was found, with its passages, the best first."""

    kind: str
    key: str
    title: str
    passages: tuple[Found, ...]
    has_all_words: bool


def words_of(query: str) -> tuple[str, ...]:
    """Return the words to look for, folded, each once, without the common ones."""
    words = [word[:_LONGEST_WORD] for word in folded_words(query)]
    return tuple(dict.fromkeys(word for word in words if word not in _COMMON))[:MOST_WORDS]


def is_form(piece: str, word: str) -> bool:
    """Whether a folded piece of text is a form of the folded word or begins with it."""
    return _likeness(piece, word) > 0


def ranked(words: Sequence[str], holders: Sequence[Iterable[Found]]) -> list[Hit]:
    """Return what was found, the best first; `holders` are for each word the texts that hold it.

    Of three words or more one may be missing. If nothing has as many, everything is returned. Words count for more
    in a title, in a short text such as a heading, where they stand close together, and the rarer they are.
    """
    numbers: defaultdict[Found, set[int]] = defaultdict(set)
    for number, found in enumerate(holders):
        for each in found:
            numbers[each].add(number)
    passages: defaultdict[tuple[str, str], list[Found]] = defaultdict(list)
    for each in numbers:
        passages[each.kind, each.key].append(each)
    held = {name: set[int]().union(*(numbers[each] for each in of_one)) for name, of_one in passages.items()}
    counts = Counter(number for of_one in held.values() for number in of_one)
    scale = _Scale(words, {number: math.log(1 + len(held) / counts[number]) for number in sorted(counts)})
    enough = len(words) - (len(words) >= _FEWEST_WORDS_WITH_A_GAP)
    chosen = [name for name, has in held.items() if len(has) >= enough] or list(held)
    scored: list[tuple[float, Hit]] = []
    for name in chosen:
        weighed = [(scale.of_passage(each, numbers[each]), each) for each in passages[name]]
        weighed.sort(key=lambda each: (-each[0], astuple(each[1])))
        best, *others = [score for score, _ in weighed]
        order = tuple(each for _, each in weighed)
        score = scale.of_title(order[0], held[name]) + best + _OTHER_PASSAGES * math.log1p(sum(others))
        hit = Hit(*name, order[0].title, order, len(held[name]) == len(words))
        scored.append((score * scale.coverage(held[name]) ** 2, hit))
    return [hit for _, hit in sorted(scored, key=lambda each: (-each[0], each[1].kind, each[1].key))]


class _Scale:
    """Weighs texts by the words that they hold."""

    def __init__(self, words: Sequence[str], weights: Mapping[int, float]) -> None:
        self._words = words
        self._weights = weights
        self._total = sum(weights.values())

    def coverage(self, numbers: Iterable[int]) -> float:
        return sum(self._weights[number] for number in numbers) / self._total

    def of_title(self, found: Found, numbers: Iterable[int]) -> float:
        title = _folded(found.title)
        likeness = {
            number: max((_likeness(each, self._words[number]) for each in title), default=0.0) for number in numbers
        }
        share = sum(likeness.values()) / max(len(title), 1)
        return _IN_TITLE * (1 + 2 * share) * sum(self._weights[number] * like for number, like in likeness.items())

    def of_passage(self, found: Found, numbers: Iterable[int]) -> float:
        body = _folded(found.body)
        places: list[tuple[int, int]] = []
        score = 0.0
        for number in numbers:
            likeness = [_likeness(each, self._words[number]) for each in body]
            places += [(place, number) for place, like in enumerate(likeness) if like]
            score += self._weights[number] * (max(likeness, default=0.0) + _OFTEN * math.log1p(sum(likeness)))
        seen = {number for _, number in places}
        weight = sum(self._weights[number] for number in seen)
        if len(seen) > 1:
            score += _CLOSE * weight * len(seen) / _shortest_stretch(sorted(places), len(seen))
        return score + _DENSE * weight * len(seen) / (len(body) + _FEW_WORDS)


def _shortest_stretch(places: Sequence[tuple[int, int]], count: int) -> int:
    """Return how many words the shortest stretch has in which so many different ones stand."""
    inside: Counter[int] = Counter()
    start = 0
    shortest = places[-1][0] + 1
    for place, number in places:
        inside[number] += 1
        while len(inside) == count:
            first, leaving = places[start]
            shortest = min(shortest, place - first + 1)
            inside[leaving] -= 1
            if not inside[leaving]:
                del inside[leaving]
            start += 1
    return shortest


# One text is weighed for many searches; the newest version of a course has a few thousand.
@lru_cache(maxsize=8_192)
def _folded(text: str) -> tuple[str, ...]:
    return tuple(folded_words(text))


@lru_cache(maxsize=20_000)
def _likeness(piece: str, word: str) -> float:
    if piece == word:
        return 1.0
    if len(word) < SHORTEST_BEGINNING:
        return 0.0
    if _stem(piece) == _stem(word):
        return 1.0
    return _AS_BEGINNING if piece.startswith(word) else 0.0


def _stem(word: str) -> str:
    """Return a word without its ending, and with one letter in place of two at its end: shipped and ship."""
    ending = next((each for each in _ENDINGS if word.endswith(each) and len(word) >= len(each) + _SHORTEST_STEM), "")
    stem = word.removesuffix(ending)
    return stem[:-1] if stem[-2:-1] == stem[-1:] else stem
