"""Words and sentences of a text: those that hedge, deny, report or leave no exception, and how hard it is to read.

The lists of words and the reading grade are made for English.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

_APOSTROPHES: Final = "\N{RIGHT SINGLE QUOTATION MARK}'"


def _any_of(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


HEDGES: Final = _any_of(
    *("about", "almost", "apparently", "appears?", "approximately", "around", "at least", "can", "could", "generally"),
    *("largely", "likely", "mainly", "(?-i:may)", "maybe", "might", "mostly", "nearly", "often", "partly", "perhaps"),
    *("possibly", "probably", "roughly", "seems?", "some", "sometimes", "tends?", "typically", "usually"),
)
"""Words that keep a statement from saying too much; May with a capital is a month."""

EXTREMES: Final = _any_of(
    *("absolutely", "always", "certainly", "completely", "entirely", "everybody", "everyone", "everything"),
    *("impossible", "invariably", "never", "nobody", "no one", "nothing", "totally", "undoubtedly", "whatsoever"),
)
"""Words that one counterexample refutes; who knows nothing avoids an option that holds one."""

UNIVERSALS: Final = _any_of("all", "every", "none", "only")
"""Words that leave no exception either, and are often exact; it takes several to give a key away."""

DENIALS: Final = re.compile(
    r"\b(?:not|never|cannot|none|nor|neither|except|no(?! (?:more|less|fewer|longer) )|(?<!at )least)\b"
    rf"|\b\w+n[{_APOSTROPHES}]t\b",
    re.IGNORECASE,
)
"""Words that turn a question or a statement round; “at least” and “no more than” turn nothing."""

_REPORTING: Final = "|".join(
    (
        *("adds?", "admits?", "aims?", "argues?", "asks?", "blames?", "calls?", "cites?", "claims?", "compares?"),
        *("concludes?", "counts?", "credits?", "dates?", "denies", "deny", "describes?", "estimates?", "explains?"),
        *("finds?", "gives?", "grants?", "holds?", "lists?", "makes?", "mentions?", "names?", "places?", "prints?"),
        *("puts?", "quotes?", "reports?", "says?", "speaks?", "states?", "tells?", "traces?", "wants?", "warns?"),
        *("writes?", "added", "admitted", "argued", "asked", "blamed", "called", "cited", "claimed", "concluded"),
        *("counted", "denied", "described", "estimated", "explained", "found", "gave", "mentioned", "named", "printed"),
        *("quoted", "reported", "said", "spoke", "stated", "told", "traced", "wanted", "warned", "wrote"),
    )
)


def says_something(names: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of a sentence that hands on what one of the named says: “Ledger says”, “says the Ledger”."""
    name = "|".join(map(re.escape, names)) or "(?!)"
    return re.compile(
        rf"\b(?:{name})\b(?:[{_APOSTROPHES}]s?)?(?:,[^,.]*,)?(?:\s\w+){{0,2}}?\s(?:{_REPORTING})\b"
        rf"|\b(?:{_REPORTING}|(?i:according to))\s(?:the\s)?(?:{name})\b"
    )


_TITLE_OR_INITIAL: Final = r"(?<!\b[A-Z])(?<!\b(?:Mr|Dr|St|Jr|vs|No))(?<!\b(?:Mrs|Rep|Sen))"
_CLOSING: Final = "[\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\"')*\\]]*"
_SENTENCE: Final = re.compile(rf"\S.*?(?:{_TITLE_OR_INITIAL}[.?!]{_CLOSING}(?=\s|$)|$)", re.DOTALL)
_WORD: Final = re.compile(rf"[^\W_]+(?:(?:[{_APOSTROPHES}-]|(?<=\d)[.,](?=\d))[^\W_]+)*")
_VOWELS: Final = re.compile(r"[aeiouy]+")
_SILENT_END: Final = re.compile(r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeiouytd]ed$|[^aeiouyscxzgh]es$")
_HARDLY_A_TEXT: Final = 100


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and where in the text it begins."""

    text: str
    offset: int


def sentences(text: str) -> Iterator[Sentence]:
    """Return the sentences of a text; what is left without a mark at its end is one too."""
    return (Sentence(found[0], found.start()) for found in _SENTENCE.finditer(text))


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, without marks."""
    return [found[0].casefold() for found in _WORD.finditer(text)]


def reading_grade(texts: Iterable[str]) -> float | None:
    """Return the Flesch-Kincaid grade to one decimal place, or None for fewer words than it can be told from.

    Each text ends a sentence. A word has as many syllables as groups of vowels, less a silent e, ed or es at its end,
    and at least one.
    """
    said = [sentence.text for text in texts for sentence in sentences(text) if words_of(sentence.text)]
    words = [word for sentence in said for word in words_of(sentence)]
    if len(words) < _HARDLY_A_TEXT:
        return None
    syllables = sum(_syllables(word) for word in words)
    return round(0.39 * len(words) / len(said) + 11.8 * syllables / len(words) - 15.59, 1)


def _syllables(word: str) -> int:
    groups = len(_VOWELS.findall(word))
    return max(1, groups - bool(_SILENT_END.search(word)))
