"""Numeric: a number, right within a tolerance."""

from dataclasses import dataclass
from decimal import Decimal
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
from courseware.questions.number_text import (
    format_number,
    has_point_before_three_digits,
    read_number,
)
from courseware.questions.typed import TypedQuestion
from courseware.questions.verdict import Verdict, read_otherwise, read_verdict

LONGEST_NUMBER = 100
ASK_AGAIN = "Enter a number in digits, such as 3.5 or 16,000."


@dataclass(frozen=True)
class RangePattern:
    """Numbers that share a verdict; both bounds belong to it."""

    low: Decimal
    high: Decimal
    verdict: Verdict

    def fits(self, value: Decimal) -> bool:
        """Tell whether a number is among them."""
        return self.low <= value <= self.high

    @property
    def words(self) -> str:
        """The one number, or the first and the last."""
        low, high = format_number(self.low), format_number(self.high)
        return low if low == high else f"from {low} to {high}"


@dataclass(frozen=True, kw_only=True)
class Numeric(TypedQuestion):
    """A typed number.

    The response is `{"text": ...}`, as typed; it is read as a number only when it is scored, so
    that nothing typed is lost. The first pattern that fits counts.
    """

    type_name: ClassVar[str] = "numeric"
    longest: ClassVar[int] = LONGEST_NUMBER

    answer: Decimal
    tolerance: Decimal
    unit: str
    patterns: tuple[RangePattern, ...]
    otherwise: Verdict

    @classmethod
    def from_definition(cls, definition: Definition) -> Self:
        """Build the question; raise ValueError if an answer within tolerance is not right."""
        common = read_common_keys(definition)
        question = cls(
            **common,
            answer=definition.number("answer"),
            tolerance=definition.number("tolerance"),
            unit=definition.optional_text("unit"),
            patterns=tuple(_read_pattern(part, common["paragraph"]) for part in definition.parts("patterns")[:-1]),
            otherwise=read_otherwise(definition, common["paragraph"]),
        )
        if question.tolerance < 0:
            raise definition.error("tolerance must not be negative")
        low, high = question.answer - question.tolerance, question.answer + question.tolerance
        if not all(question.verdict(value).is_right for value in (low, question.answer, high)):
            raise definition.error("answer, and answer less and plus tolerance, must fit a correct pattern first")
        return question

    @override
    def completeness(self, response: Response | None) -> Completeness:
        if response is None:
            return NO_ANSWER
        if self._value(response) is None:
            return Completeness("partial", "Not read as a number")
        return Completeness("complete", "Answered")

    @override
    def describe_scoring(self) -> str:
        if any(0 < pattern.verdict.credit < 1 for pattern in self.patterns):
            return "A number that comes close can earn part of the points."
        return ""

    @override
    def remark(self, response: Response | None) -> str | None:
        if response is None:
            return None
        text = self._text(response)
        value = self._value(response)
        if value is None:
            return ASK_AGAIN
        number = format_number(value)
        if has_point_before_three_digits(text, self.unit):
            return f"Read as {number}. If the point parts thousands, write a comma or nothing."
        return None if text.strip() == number.replace(",", "") else f"Read as {number}."

    @override
    def fraction(self, response: Response) -> Fraction:
        return self._response_verdict(response).credit

    def verdict(self, value: Decimal) -> Verdict:
        """Return what the first pattern that fits says of a number."""
        return next((pattern.verdict for pattern in self.patterns if pattern.fits(value)), self.otherwise)

    @override
    def review_parts(self, response: Response | None, layout: Layout) -> tuple[ReviewPart, ...]:
        best = ReviewPart(
            "Best answer",
            self._best_answer(),
            notes=(self.verdict(self.answer).note,),
            is_key=True,
        )
        if response is None:
            return (ReviewPart("Your answer", "No answer", "not-right"), best)
        verdict = self._response_verdict(response)
        given = ReviewPart("Your answer", self._as_read(response), state_of(verdict.credit), (verdict.note,))
        return (given,) if verdict.is_right else (given, best)

    @override
    def key_parts(self) -> tuple[ReviewPart, ...]:
        best = ReviewPart("Best answer", self._best_answer())
        ranges = (pattern.verdict.key_part("Number", pattern.words) for pattern in self.patterns)
        return (best, *ranges, self.otherwise.key_part("Any other answer"))

    @override
    def notes(self) -> tuple[Note, ...]:
        return (*(pattern.verdict.note for pattern in self.patterns), self.otherwise.note)

    def _best_answer(self) -> str:
        number = f"{format_number(self.answer)} {self.unit}".strip()
        if not self.tolerance:
            return number
        low = format_number(self.answer - self.tolerance)
        high = format_number(self.answer + self.tolerance)
        return f"{number} (from {low} to {high} counts as right)"

    def _as_read(self, response: Response) -> str:
        text = self._text(response)
        value = self._value(response)
        if value is None:
            return f"{text} (not read as a number)"
        number = format_number(value)
        return text if text.strip() in {number, number.replace(",", "")} else f"{text} (read as {number})"

    def _response_verdict(self, response: Response) -> Verdict:
        value = self._value(response)
        return self.otherwise if value is None else self.verdict(value)

    def _value(self, response: Response) -> Decimal | None:
        return read_number(self._text(response), self.unit)


def _read_pattern(definition: Definition, paragraph: str) -> RangePattern:
    low, high = definition.number("from"), definition.number("to")
    if low > high:
        raise definition.error("from is greater than to")
    return RangePattern(low, high, read_verdict(definition, paragraph))
