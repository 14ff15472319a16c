"""The words for what the library shows, and the passage of a text that holds the words looked for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from courseware.content.figures.frame import number_words
from courseware.content.search_texts import SearchKind, folded_words
from courseware.courses.rules import is_form

GROUP_WORDS: Final[Mapping[str, str]] = {
    "term": "Glossary",
    "lesson": "Lessons",
    "claim": "Claims",
    "disagreement": "Disagreements",
    "source": "Sources",
}
"""What can be searched for, in the order in which it is shown."""

KINDS_OF_GROUP: Final[Mapping[str, tuple[SearchKind, ...]]] = {
    "term": ("term",),
    "lesson": ("lesson",),
    "claim": ("claim",),
    "disagreement": ("dispute", "tension"),
    "source": ("source",),
}

STANDING_WORDS: Final[Mapping[str, str]] = {
    "disputed": "Contradicted by another claim",
    "agreed": "Another source agrees",
    "alone": "One source only",
}
TENSION_WORDS: Final[Mapping[str, str]] = {
    "between-sources": "Between sources",
    "one-source": "Within one source",
    "figures": "Figures and arithmetic",
    "definition": "What is counted or meant",
    "dating": "Dates",
    "evidence": "Evidence missing or hidden",
    "reference": "Unclear who or what is meant",
    "wording": "Wording and framing",
    "independence": "Agreement that is not independent",
    "copying": "Damage from copying",
    "compilation": "The compilation",
}
STRENGTH_WORDS: Final[Mapping[str, str]] = {
    "strong": "Changes what one may conclude",
    "moderate": "Changes how sure one may be",
    "minor": "A slip worth noticing",
}

_PIECE: Final = re.compile(r"\w+|\W+")


def quantity(figure: Mapping[str, Any]) -> str:
    """Return a figure of a claim in words: those of its source, else a number or a range with its bound."""
    if "as_stated" in figure:
        return str(figure["as_stated"])
    if "value" in figure:
        number = number_words(figure["value"])
    else:
        number = f"{number_words(figure['low'])} to {number_words(figure['high'])}"
    match figure.get("bound", "exact"):
        case "exact":
            return number
        case "estimate" | "projection" as bound:
            return f"{number} ({bound})"
        case bound:
            return f"{bound} {number}"


@dataclass(frozen=True)
class Stretch:
    """A stretch of text, and whether it is one of the words looked for."""

    text: str
    is_match: bool


def excerpt(text: str, words: Sequence[str], length: int = 200) -> list[Stretch]:
    """Return the part of a text in which the first of the words stands, whole words only, with the words marked.

    A text that is not longer than the length is returned whole; where something was cut off stands an ellipsis.
    """
    pieces = _PIECE.findall(text)
    first = next((place for place, piece in enumerate(pieces) if _is_form_of_any(piece, words)), 0)
    start = _start_before(pieces, first, length // 3) if len(text) > length else 0
    shown: list[Stretch] = [Stretch("… ", is_match=False)] if start else []
    used = 0
    for piece in pieces[start:]:
        if used + len(piece) > length and used:
            shown.append(Stretch(" …", is_match=False))
            break
        shown.append(Stretch(piece, _is_form_of_any(piece, words)))
        used += len(piece)
    return shown


def _start_before(pieces: Sequence[str], place: int, length: int) -> int:
    """Return the piece at most so many letters before a place, at the beginning of a word."""
    before = 0
    while place > 0 and before + len(pieces[place - 1]) <= length:
        place -= 1
        before += len(pieces[place])
    return place if place == 0 or pieces[place][0].isalnum() else place + 1


def _is_form_of_any(piece: str, words: Sequence[str]) -> bool:
    return any(is_form(each, word) for each in folded_words(piece) for word in words)
