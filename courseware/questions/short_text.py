"""Short text: a few words, compared after folding, by whole texts or by safe patterns."""

import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from typing_extensions import override

from courseware.questions.base import (
    NO_ANSWER,
    Completeness,
    Layout,
    Note,
    Response,
    ReviewPart,
    read_common_keys,
    state_of,
)
from courseware.questions.definition import Definition
from courseware.questions.typed import TypedQuestion
from courseware.questions.verdict import Verdict, read_otherwise, read_verdict

LONGEST_TEXT = 500
LONGEST_PATTERN = 200
DEFAULT_WIDTH = 30
WIDEST = 60
DEFAULT_IGNORE = ("case", "quotation marks", "final period")

# Private-use characters stand for * and ? while a pattern is folded.
ANY_RUN = "\ue000"
ANY_ONE = "\ue001"

SINGLE_QUOTES = (
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{SINGLE LOW-9 QUOTATION MARK}"
    "\N{ACUTE ACCENT}\N{GRAVE ACCENT}"
)
DOUBLE_QUOTES = "“”„«»"
SAME_QUOTE = str.maketrans({**dict.fromkeys(SINGLE_QUOTES, "'"), **dict.fromkeys(DOUBLE_QUOTES, '"')})
PATTERN_SIGNS = str.maketrans({"*": ANY_RUN, "?": ANY_ONE})


def _without_quotes(text: str) -> str:
    return text.replace('"', "").replace("'", "")


def _without_final_period(text: str) -> str:
    return text.rstrip(" .")


def _without_accents(text: str) -> str:
    bare = (sign for sign in unicodedata.normalize("NFD", text) if unicodedata.category(sign) != "Mn")
    return unicodedata.normalize("NFC", "".join(bare))


def _without_punctuation(text: str) -> str:
    """Drop punctuation; dashes and slashes part words, so they become spaces."""
    parted = (" " if sign == "/" or unicodedata.category(sign) == "Pd" else sign for sign in text)
    return "".join(sign for sign in parted if not unicodedata.category(sign).startswith("P"))


def _with_single_spaces(text: str) -> str:
    return " ".join(text.split())


FOLDINGS: Mapping[str, Callable[[str], str]] = {
    "case": str.casefold,
    "accents": _without_accents,
    "quotation marks": _without_quotes,
    "punctuation": _without_punctuation,
    "final period": _without_final_period,
}


def fold(text: str, ignore: Collection[str]) -> str:
    """Return the text without the differences that do not matter.

    Compatible forms of a character, kinds of quotation marks and runs of spaces never matter; the
    rest is for the author to say. Folding twice changes nothing more.
    """
    # Quotation marks come first, because NFKC takes an acute accent apart.
    folded = _with_single_spaces(unicodedata.normalize("NFKC", text.translate(SAME_QUOTE)))
    for name, folding in FOLDINGS.items():
        if name in ignore:
            folded = folding(folded)
    return _with_single_spaces(unicodedata.normalize("NFKC", folded))


def is_like(text: str, pattern: str) -> bool:
    """Tell whether a folded text fits a folded pattern as a whole.

    The time grows with the product of the two lengths at worst: only the last run is ever
    lengthened, because an earlier one has taken as little as it could.
    """
    at = in_pattern = 0
    run: tuple[int, int] | None = None
    while at < len(text):
        if in_pattern < len(pattern) and pattern[in_pattern] == ANY_RUN:
            run = (at, in_pattern + 1)
            in_pattern += 1
        elif in_pattern < len(pattern) and pattern[in_pattern] in {ANY_ONE, text[at]}:
            at += 1
            in_pattern += 1
        elif run is not None:
            at, in_pattern = run[0] + 1, run[1]
            run = (at, in_pattern)
        else:
            return False
    return not pattern[in_pattern:].strip(ANY_RUN)


@dataclass(frozen=True)
class TextPattern:
    """Texts that share a verdict: whole texts, or patterns with * and ?; all of them folded.

    `authored` is what the author wrote.
    """

    accept: tuple[str, ...]
    like: tuple[str, ...]
    authored: tuple[str, ...]
    verdict: Verdict

    def fits(self, folded: str) -> bool:
        """Tell whether a folded text is among them."""
        return folded in self.accept or any(is_like(folded, pattern) for pattern in self.like)


@dataclass(frozen=True, kw_only=True)
class ShortText(TypedQuestion):
    """A few typed words.

    The response is `{"text": ...}`, as typed. The first pattern that fits counts.
    """

    type_name: ClassVar[str] = "short_text"
    longest: ClassVar[int] = LONGEST_TEXT

    ignore: frozenset[str]
    patterns: tuple[TextPattern, ...]
    otherwise: Verdict
    best_answer: str
    width: int

    @classmethod
    def from_definition(cls, definition: Definition) -> Self:
        """Build the question; raise ValueError if its key would not earn full points."""
        common = read_common_keys(definition)
        ignore = frozenset(definition.texts("ignore") if "ignore" in definition.values else DEFAULT_IGNORE)
        if not ignore <= FOLDINGS.keys():
            raise definition.error(f"ignore may hold only: {', '.join(FOLDINGS)}")
        otherwise = read_otherwise(definition, common["paragraph"])
        parts = definition.parts("patterns")[:-1]
        question = cls(
            **common,
            ignore=ignore,
            patterns=tuple(_read_pattern(part, ignore, common["paragraph"]) for part in parts),
            otherwise=otherwise,
            best_answer=_read_best_answer(definition, parts),
            width=min(definition.optional_count("width") or DEFAULT_WIDTH, WIDEST),
        )
        if not question.verdict(question.best_answer).is_right:
            raise definition.error("the first correct text fits an earlier pattern that is not correct")
        return question

    @override
    def completeness(self, response: Response | None) -> Completeness:
        return NO_ANSWER if response is None else Completeness("complete", "Answered")

    @override
    def describe_scoring(self) -> str:
        if any(0 < pattern.verdict.credit < 1 for pattern in self.patterns):
            return "An answer that comes close can earn part of the points."
        return ""

    @override
    def fraction(self, response: Response) -> Fraction:
        return self.verdict(self._text(response)).credit

    def verdict(self, text: str) -> Verdict:
        """Return what the first pattern that fits says of a text."""
        folded = fold(text, self.ignore)
        return next((pattern.verdict for pattern in self.patterns if pattern.fits(folded)), self.otherwise)

    @override
    def review_parts(self, response: Response | None, layout: Layout) -> tuple[ReviewPart, ...]:
        best = ReviewPart(
            "Best answer",
            self.best_answer,
            notes=(self.verdict(self.best_answer).note,),
            is_key=True,
        )
        if response is None:
            return (ReviewPart("Your answer", "No answer", "not-right"), best)
        text = self._text(response)
        verdict = self.verdict(text)
        given = ReviewPart("Your answer", text, state_of(verdict.credit), (verdict.note,))
        return (given,) if verdict.is_right else (given, best)

    @override
    def key_parts(self) -> tuple[ReviewPart, ...]:
        patterns = (
            pattern.verdict.key_part("Any answer like" if pattern.like else "Answer", *pattern.authored)
            for pattern in self.patterns
        )
        return (*patterns, self.otherwise.key_part("Any other answer"))

    @override
    def notes(self) -> tuple[Note, ...]:
        return (*(pattern.verdict.note for pattern in self.patterns), self.otherwise.note)


def _read_pattern(definition: Definition, ignore: frozenset[str], paragraph: str) -> TextPattern:
    accept = tuple(fold(text, ignore) for text in definition.texts("accept"))
    like = tuple(fold(text.translate(PATTERN_SIGNS), ignore) for text in definition.texts("like"))
    if bool(accept) == bool(like):
        raise definition.error("a pattern needs either accept or like")
    if not all(accept) or not all(like):
        raise definition.error("nothing is left of a text once what is to be ignored is gone")
    if any(len(text) > LONGEST_PATTERN for text in accept + like):
        raise definition.error(f"a text is longer than {LONGEST_PATTERN} characters")
    authored = definition.texts("accept") + definition.texts("like")
    return TextPattern(accept, like, authored, read_verdict(definition, paragraph))


def _read_best_answer(definition: Definition, parts: tuple[Definition, ...]) -> str:
    for part in parts:
        texts = part.texts("accept")
        if texts and part.flag("correct"):
            return texts[0]
    raise definition.error("patterns need one with accept and correct: true, to be shown as the best answer")
