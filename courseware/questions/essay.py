"""Essay: a longer text that a person reads and scores."""

from dataclasses import dataclass
from decimal import Decimal
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
)
from courseware.questions.definition import Definition
from courseware.questions.typed import TypedQuestion

LONGEST_ESSAY = 20_000


@dataclass(frozen=True)
class Criterion:
    """One line of the marking scheme."""

    id: str
    text: str
    points: Decimal


@dataclass(frozen=True, kw_only=True)
class Essay(TypedQuestion):
    """A text that waits for a person.

    The response is `{"text": ...}`, as typed. `guidance` and `model` are HTML.
    """

    type_name: ClassVar[str] = "essay"
    longest: ClassVar[int] = LONGEST_ESSAY
    takes_lines: ClassVar[bool] = True

    min_words: int | None
    max_words: int | None
    guidance: str
    criteria: tuple[Criterion, ...]
    model: str

    @classmethod
    def from_definition(cls, definition: Definition) -> Self:
        """Build the question; raise ValueError unless its criteria add up to its points."""
        common = read_common_keys(definition)
        criteria = tuple(
            Criterion(part.text("id"), part.text("text"), part.number("points"))
            for part in definition.parts("criteria")
        )
        definition.require_distinct("criteria", [criterion.id for criterion in criteria])
        if sum(criterion.points for criterion in criteria) != common["points"]:
            raise definition.error("the points of the criteria must add up to the points of the question")
        min_words, max_words = definition.optional_count("min_words"), definition.optional_count("max_words")
        if min_words and max_words and min_words > max_words:
            raise definition.error("min_words is greater than max_words")
        return cls(
            **common,
            min_words=min_words,
            max_words=max_words,
            guidance=definition.optional_text("guidance"),
            criteria=criteria,
            model=definition.text("model"),
        )

    @override
    def completeness(self, response: Response | None) -> Completeness:
        if response is None:
            return NO_ANSWER
        words = self._count_words(response)
        return Completeness("partial" if self.remark(response) else "complete", _words(words))

    @override
    def remark(self, response: Response | None) -> str | None:
        if response is None:
            return None
        words = self._count_words(response)
        if self.min_words is not None and words < self.min_words:
            return f"{_words(words)}. Write at least {self.min_words - words:,} more."
        if self.max_words is not None and words > self.max_words:
            return f"{_words(words)}. Cut at least {words - self.max_words:,}."
        return None

    @override
    def describe_scoring(self) -> str:
        return "A person reads this answer and scores it."

    @override
    def fraction(self, response: Response) -> None:
        self._text(response)

    @override
    def review_parts(self, response: Response | None, layout: Layout) -> tuple[ReviewPart, ...]:
        model = ReviewPart("Model answer", self.model, notes=self.notes(), is_html=True, is_key=True)
        if response is None:
            return (ReviewPart("Your answer", "No answer", "not-right"), model)
        return (ReviewPart("Your answer", self._text(response), "open"), model)

    @override
    def key_parts(self) -> tuple[ReviewPart, ...]:
        length = (ReviewPart("Length", self.length_hint()),) if self.length_hint() else ()
        guidance = (ReviewPart("Guidance", self.guidance, is_html=True),) if self.guidance else ()
        criteria = (
            ReviewPart(f"Criterion, {each.points.normalize():f} of the points", each.text) for each in self.criteria
        )
        return (*length, *guidance, *criteria, ReviewPart("Model answer", self.model, is_html=True))

    @override
    def notes(self) -> tuple[Note, ...]:
        return (Note("", self.paragraph),)

    def length_hint(self) -> str:
        """Return how long the answer should be, empty where the author does not say."""
        if self.min_words and self.max_words:
            return f"Write {self.min_words:,} to {self.max_words:,} words."
        if self.min_words:
            return f"Write at least {self.min_words:,} words."
        return f"Write at most {self.max_words:,} words." if self.max_words else ""

    def _count_words(self, response: Response) -> int:
        return len(self._text(response).split())


def _words(count: int) -> str:
    return f"{count:,} word{'' if count == 1 else 's'}"
