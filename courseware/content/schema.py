"""The shape of the course files, and its JSON Schema for editors."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, TypeAdapter, WithJsonSchema, model_validator

from courseware.content.figures_schema import FigureFile
from courseware.content.issues import Rule
from courseware.content.library_schema import ActorsFile, TensionsFile, TimelineFile
from courseware.content.questions_schema import CheckQuestion, Level, QuestionsFile, QuestionType
from courseware.content.shapes import (
    Count,
    Flag,
    Id,
    Label,
    Lines,
    Locator,
    Markdown,
    Number,
    Shape,
    Tension,
    Text,
    broken,
)

SourceKind = Literal["opinion", "essay", "news", "policy", "compilation"]
ClaimType = Literal[
    "statistic",
    "event",
    "attribution",
    "causal",
    "interpretation",
    "prediction",
    "recommendation",
    "value",
]
SupportKind = Literal["named-document", "official", "data", "expert", "anecdote", "none"]
Hedging = Literal["certain", "qualified", "speculative"]
RelationKind = Literal[
    "corroborates",
    "contradicts",
    "updates",
    "updated-by",
    "repeats",
    "repeated-by",
    "qualifies",
    "qualified-by",
    "argues-for",
    "argued-for-by",
    "argues-against",
    "argued-against-by",
]
DisputeRelation = Literal["conflict", "different-things", "different-times", "shared-origin"]

CONTEXT: Final = "context"
REVIEW_FLAGS: Final = ("score", "correctness", "answers", "feedback", "links")


class HelpLine(Shape):
    """A help line, which the operator may replace."""

    name: Text
    contact: Text
    place: Text


class PlannedModule(Shape):
    """A module that is named in the outline and not yet written."""

    id: Id
    title: Text


class Style(Shape):
    """The limits of the linter that are matters of taste."""

    lesson_words: tuple[Count, Count] = Field(default=(700, 1200), description="Fewest and most of running text.")
    paragraph_words: Count = Field(default=160, description="Most words of a paragraph or list.")
    reading_grade: Number = Field(default=10, description="Highest Flesch-Kincaid grade of a lesson.")
    summary_words: Count = Field(default=8, description="Fewest words of the summary of a figure.")
    bank_questions: Count = Field(default=12, description="Fewest choices over which guessing is measured.")

    @model_validator(mode="after")
    def _goes_up(self) -> Self:
        if self.lesson_words[0] > self.lesson_words[1]:
            raise broken(Rule.WRONG_TYPE, "The smaller number of lesson_words stands first.")
        return self


class CourseFile(Shape):
    """course.yaml."""

    id: Id
    title: Text
    language: Text
    summary: Text
    content_note: Text | None = None
    help_lines: tuple[HelpLine, ...] = ()
    sample: Markdown | None = None
    modules: tuple[Id, ...] = Field(min_length=1)
    planned_modules: tuple[PlannedModule, ...] = ()
    style: Style = Style()


class ModuleFile(Shape):
    """module.yaml."""

    id: Id
    title: Text
    summary: Text
    lessons: tuple[Id, ...] = Field(min_length=1)
    quizzes: tuple[Id, ...] = ()


def _known_flag(flag: str) -> str:
    if flag not in REVIEW_FLAGS:
        raise broken(Rule.QUIZ_REVIEW_FLAG, "This is no part of a review.")
    return flag


ReviewFlag = Annotated[Text, AfterValidator(_known_flag), WithJsonSchema({"enum": list(REVIEW_FLAGS)})]


class Review(Shape):
    """What a learner sees once an attempt is submitted."""

    after_submit: tuple[ReviewFlag, ...]


class Draw(Shape):
    """Questions drawn from a pool: those of the module for which all that is given holds."""

    count: Count
    lesson: Id | None = None
    objective: Id | None = None
    level: Level | tuple[Level, ...] | None = None
    type: QuestionType | tuple[QuestionType, ...] | None = None
    ids: tuple[Id, ...] | None = None

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels it allows; none given means any."""
        return (self.level,) if isinstance(self.level, str) else self.level or ()

    @property
    def types(self) -> tuple[str, ...]:
        """The types it allows; none given means any."""
        return (self.type,) if isinstance(self.type, str) else self.type or ()


class Stage(Shape):
    """A part of a quiz."""

    id: Id
    draws: tuple[Draw, ...] = Field(min_length=1)


class QuizFile(Shape):
    """quizzes/<slug>.yaml."""

    id: Id
    title: Text
    summary: Text
    attempts: Count | None = None
    counts: Literal["best", "last", "first", "mean"] = "best"
    time_limit_minutes: Count | None = None
    questions_per_page: Count = 1
    shuffle_questions: Flag = True
    shuffle_options: Flag = True
    review: Review
    stages: tuple[Stage] = Field(description="A quiz has one stage.")


class Objective(Shape):
    """What a learner can do after the lesson."""

    id: Id
    text: Text


class LessonFront(Shape):
    """The front matter of a lesson."""

    id: Id
    module: Id
    title: Text
    summary: Text
    content_note: Text | None = None
    objectives: tuple[Objective, ...] = Field(min_length=1)
    tensions: tuple[Tension, ...] = ()
    terms: dict[Text, Text] = Field(default_factory=dict)


class Position(Shape):
    """One side of a dispute."""

    says: Label
    text: Markdown
    rests_on: Markdown


class DisputeBody(Shape):
    """Positions that cannot be merged."""

    question: Text
    positions: tuple[Position, ...] = Field(min_length=2)
    relation: tuple[DisputeRelation, ...] = Field(min_length=1)
    verdict: Markdown


class Boundary(Shape):
    """Where a part of the compiled document begins and ends."""

    source: Id
    part: Text | None = None
    document_lines: Lines
    paragraphs: Locator
    starts_with: Text | None = None
    ends_with: Text | None = None


class Document(Shape):
    """The compiled document that holds all sources."""

    form: Text
    order_of_parts: tuple[Text, ...]
    important_for_readers: tuple[Text, ...]
    boundaries: tuple[Boundary, ...]


class SourceDate(Shape):
    """When a source was written, and how that is known."""

    best: Label
    inferred: Flag
    how: Text


class Section(Shape):
    """A named part of a source."""

    name: Text
    paragraphs: Locator


class Location(Shape):
    """Where a source stands."""

    paragraphs: Locator
    document_lines: Lines | None = None
    headings: tuple[Locator, ...] = ()
    sections: tuple[Section, ...] = ()
    text_by_compiler: Locator | None = None
    links: Locator | None = None


class OutsideNote(Shape):
    """A fact that does not come from the document."""

    outside: Literal[True]
    note: Text
    reference: Text | None = Field(default=None, description="Who published it and when, or an address.")


class Source(Shape):
    """A source, as a careful reader describes it."""

    id: Id
    name: Text = Field(description="The short name that stands on citations.")
    title: Text
    authors: tuple[Text, ...] = Field(description="Empty where the document names none.")
    publisher: Text
    kind: SourceKind
    date: SourceDate
    author_role_as_stated: Text
    audience: Text
    purpose: Text
    evidence_base: Text
    careful_reader_notes: tuple[Text, ...]
    location: Location
    outside: tuple[OutsideNote, ...] = ()


class SourcesFile(Shape):
    """sources.yaml."""

    version: Literal[1]
    document: Document | None = None
    sources: tuple[Source, ...] = Field(min_length=1)


class ClaimFigure(Shape):
    """A quantity that a claim states."""

    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    as_stated: Label | None = None
    bound: Text | None = None
    unit: Text
    counted: Text
    place: Text
    period: Label
    note: Text | None = None

    @model_validator(mode="after")
    def _states_something(self) -> Self:
        has_range = self.low is not None and self.high is not None
        if self.value is None and self.as_stated is None and not has_range:
            raise broken(Rule.MISSING_KEY, "The key value is missing, and low with high, or as_stated, in its place.")
        return self


class Support(Shape):
    """What the source itself offers for a claim."""

    kind: SupportKind
    detail: Text


class Claim(Shape):
    """A statement that a source makes, in our words."""

    id: Id
    source: Id
    locator: Locator
    document_line: Count | None = None
    module: Id
    type: ClaimType
    aspect: Literal["occurrence", "standing"] | None = None
    statement: Text
    figures: tuple[ClaimFigure, ...] = ()
    date: Label | None = None
    support: Support
    hedging: Hedging
    speaker: Text | None = None
    relations: dict[RelationKind, tuple[Id, ...]] = Field(default_factory=dict)


class ClaimsFile(Shape):
    """claims/<source>.yaml: every claim of one source."""

    version: Literal[1]
    source: Id
    claims: tuple[Claim, ...]


FILES: Final[Mapping[str, TypeAdapter[object]]] = {
    "course.yaml": TypeAdapter(CourseFile),
    "sources.yaml": TypeAdapter(SourcesFile),
    "claims/*.yaml": TypeAdapter(ClaimsFile),
    "tensions.yaml": TypeAdapter(TensionsFile),
    "timeline.yaml": TypeAdapter(TimelineFile),
    "actors.yaml": TypeAdapter(ActorsFile),
    "modules/*/module.yaml": TypeAdapter(ModuleFile),
    "modules/*/figures/*.yaml": TypeAdapter(FigureFile),
    "modules/*/questions/*.yaml": TypeAdapter(QuestionsFile),
    "modules/*/quizzes/*.yaml": TypeAdapter(QuizFile),
    "front matter": TypeAdapter(LessonFront),
    ".check": TypeAdapter(CheckQuestion),
    ".dispute": TypeAdapter(DisputeBody),
}


def json_schemas() -> dict[str, dict[str, object]]:
    """Return the JSON Schema of every kind of course file and of the YAML parts of a lesson."""
    return {name: adapter.json_schema() for name, adapter in FILES.items()}
