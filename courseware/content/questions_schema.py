"""The shape of questions, one model for each type."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from courseware.content.issues import Rule
from courseware.content.shapes import Address, Count, Flag, Id, Label, Markdown, Number, Shape, Tension, Text, broken

Level = Literal["recall", "understand", "apply", "analyze", "evaluate"]
QuestionType = Literal[
    "single_choice",
    "multiple_response",
    "true_false",
    "short_text",
    "numeric",
    "matching",
    "ordering",
    "cloze",
    "essay",
]
Ignorable = Literal["case", "quotation marks", "final period", "accents", "punctuation"]
Positive = Annotated[Number, Field(gt=0)]
Fraction = Annotated[Number, Field(ge=0, le=1)]
PartialCredit = Annotated[Number, Field(gt=0, lt=1)]


def _fits_something_in_particular(text: str) -> str:
    if not text.strip("* "):
        raise broken(Rule.EMPTY_PATTERN, "This pattern fits everything.")
    return text


Pattern = Annotated[Label, AfterValidator(_fits_something_in_particular)]


class Graded(Shape):
    """What a question of a bank has beside the keys of its type."""

    id: Id
    objective: Id
    level: Level
    points: Positive
    facility: Fraction
    paragraph: Id
    claims: tuple[Id, ...]
    tension: Tension | None = None


class Asked(Shape):
    """What every question has, graded or not."""

    prompt: Markdown
    scoring: Text | None = None


class Feedback(Shape):
    """What a learner reads beside a response, and where to reread."""

    feedback: Markdown
    paragraph: Address
    misreading: Text | None = None
    tension: Tension | None = None


class Option(Feedback):
    """A choice that is right or not, in Markdown."""

    text: Annotated[Markdown, Field(description="Markdown")]
    correct: Flag = False


class SingleChoiceBody(Asked):
    """One option is right."""

    type: Literal["single_choice"]
    options: tuple[Option, ...] = Field(min_length=3)
    fixed_order: Flag = False


class MultipleResponseBody(Asked):
    """One or more options are right."""

    type: Literal["multiple_response"]
    options: tuple[Option, ...] = Field(min_length=3)
    fixed_order: Flag = False


class TrueFalseBody(Asked):
    """A statement that holds or does not."""

    type: Literal["true_false"]
    answer: Flag
    options: tuple[Option, Option] = Field(description="“True”, then “False”")


class Credited(Feedback):
    """A kind of response and what it earns."""

    correct: Flag = False
    credit: PartialCredit | None = None


class TextPattern(Credited):
    """Responses in words that are treated alike."""

    accept: tuple[Pattern, ...] | None = Field(default=None, min_length=1)
    like: tuple[Pattern, ...] | None = Field(default=None, min_length=1)
    otherwise: Literal[True] | None = None

    @model_validator(mode="after")
    def _fits_by_one_rule(self) -> Self:
        if sum(key is not None for key in (self.accept, self.like, self.otherwise)) != 1:
            raise broken(Rule.EMPTY_PATTERN, "Give one of accept, like and otherwise.")
        return self


class TextKey(Shape):
    """The key of a response in words."""

    ignore: tuple[Ignorable, ...] = ()
    patterns: tuple[TextPattern, ...]
    width: Count | None = None


class NumberPattern(Credited):
    """Numbers that are treated alike."""

    from_: Number | None = Field(default=None, alias="from")
    to: Number | None = None
    otherwise: Literal[True] | None = None

    @model_validator(mode="after")
    def _fits_by_one_rule(self) -> Self:
        is_range = self.from_ is not None and self.to is not None and self.from_ <= self.to
        is_empty = self.from_ is None and self.to is None
        if not (is_empty if self.otherwise else is_range):
            raise broken(Rule.EMPTY_PATTERN, "Give from and to, the smaller first, or otherwise.")
        return self


class NumberKey(Shape):
    """The key of a response in figures."""

    answer: Number
    tolerance: Annotated[Number, Field(ge=0)]
    tolerance_reason: Text
    unit: Text | None = None
    patterns: tuple[NumberPattern, ...]


class ShortTextBody(Asked, TextKey):
    """A word or phrase."""

    type: Literal["short_text"]


class NumericBody(Asked, NumberKey):
    """A number, right within a tolerance."""

    type: Literal["numeric"]


class Choice(Feedback):
    """Something that may be matched, in plain text."""

    id: Id
    text: Label


class Pair(Feedback):
    """Something to match, in plain text, and the choice that fits it."""

    prompt: Label
    answer: Id


class MatchingBody(Asked):
    """Pairs to find, with choices left over."""

    type: Literal["matching"]
    choices: tuple[Choice, ...]
    pairs: tuple[Pair, ...] = Field(min_length=2)


class Item(Shape):
    """Something to put in order, in plain text."""

    id: Id
    text: Label


class OrderPattern(Feedback):
    """Orders that are treated alike."""

    order: tuple[Id, ...] | None = None
    before: tuple[Id, Id] | None = None
    correct: Flag = False

    @model_validator(mode="after")
    def _fits_by_one_rule(self) -> Self:
        if (self.order is None) == (self.before is None):
            raise broken(Rule.EMPTY_PATTERN, "Give order or before.")
        return self


class OrderingBody(Asked):
    """Items to put in order."""

    type: Literal["ordering"]
    items: tuple[Item, ...] = Field(min_length=3)
    answer: tuple[Id, ...]
    patterns: tuple[OrderPattern, ...]


class PlainOption(Feedback):
    """A choice that is right or not, in plain text."""

    text: Label
    correct: Flag = False


class TextGap(TextKey):
    """A gap for a word or phrase."""

    id: Id
    type: Literal["short_text"]


class NumberGap(NumberKey):
    """A gap for a number."""

    id: Id
    type: Literal["numeric"]


class ChoiceGap(Shape):
    """A gap with a list to choose from."""

    id: Id
    type: Literal["choice"]
    options: tuple[PlainOption, ...] = Field(min_length=2)


Gap = Annotated[TextGap | NumberGap | ChoiceGap, Field(discriminator="type")]


class ClozeBody(Asked):
    """A text with gaps."""

    type: Literal["cloze"]
    text: Markdown
    gaps: tuple[Gap, ...] = Field(min_length=1)
    after: Markdown | None = None


class Criterion(Shape):
    """One line of the marking scheme of an essay."""

    id: Id
    text: Text
    points: Positive


class EssayBody(Asked):
    """A text that a person marks."""

    type: Literal["essay"]
    min_words: Count | None = None
    max_words: Count | None = None
    guidance: Markdown | None = None
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    model: Markdown


class SingleChoice(SingleChoiceBody, Graded):
    """A graded question with one right option."""


class MultipleResponse(MultipleResponseBody, Graded):
    """A graded question with one or more right options."""


class TrueFalse(TrueFalseBody, Graded):
    """A graded statement that holds or does not."""


class ShortText(ShortTextBody, Graded):
    """A graded question answered in a few words."""


class Numeric(NumericBody, Graded):
    """A graded question answered by a number."""


class Matching(MatchingBody, Graded):
    """A graded question answered by pairs."""


class Ordering(OrderingBody, Graded):
    """A graded question answered by an order."""


class Cloze(ClozeBody, Graded):
    """A graded text with gaps."""


class Essay(EssayBody, Graded):
    """A graded text that a person marks."""

    @model_validator(mode="after")
    def _criteria_add_up(self) -> Self:
        if sum(Decimal(str(criterion.points)) for criterion in self.criteria) != Decimal(str(self.points)):
            raise broken(Rule.POINTS, "The points of the criteria and of the question differ.")
        return self


QuestionShape = SingleChoice | MultipleResponse | TrueFalse | ShortText | Numeric | Matching | Ordering | Cloze | Essay
Question = Annotated[QuestionShape, Field(discriminator="type")]
CheckShape = SingleChoiceBody | MultipleResponseBody | TrueFalseBody | NumericBody
CheckQuestion = Annotated[CheckShape, Field(discriminator="type")]


class QuestionsFile(Shape):
    """questions/<slug>.yaml: the questions that rest on one lesson."""

    version: Literal[1]
    lesson: Id
    questions: tuple[Question, ...]


def definition_of(question: QuestionShape | CheckShape) -> dict[str, object]:
    """Return the mapping that the author wrote, ready for JSON."""
    return question.model_dump(mode="json", by_alias=True, exclude_unset=True)
