"""What every question type promises."""

import math
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from string import ascii_lowercase
from typing import ClassVar, Literal, TypedDict

from courseware.questions.definition import Definition
from courseware.questions.shuffle import shuffled

Fields = Mapping[str, Sequence[str]]
"""The form fields of one question, by name without the prefix of the page."""

Response = Mapping[str, object]
"""What a learner gave, in the author's terms, ready for JSON. None stands for no answer."""

State = Literal["right", "partly", "not-right", "left-out", "open"]
Show = Literal["score", "correctness", "answers", "feedback", "links"]

MOST_POINTS = 1000
MOST_OPTIONS = len(ascii_lowercase)


class InvalidResponse(ValueError):
    """A field holds what this question cannot take; the message says what to do."""

    def __init__(self, field: str, message: str) -> None:
        """Keep the field apart from the message, so that the page can show it in place."""
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(frozen=True)
class Score:
    """Points earned and possible, in hundredths."""

    earned: Decimal
    possible: Decimal


@dataclass(frozen=True)
class Completeness:
    """How far a response has got, in a word for the list of questions."""

    state: Literal["none", "partial", "complete"]
    text: str


NO_ANSWER = Completeness("none", "No answer")


@dataclass(frozen=True)
class DisplayedOption:
    """An option as shown; the token is its place on the page and says nothing else."""

    token: str
    text: str


@dataclass(frozen=True)
class Layout:
    """What one learner sees in which order, and nothing that is not on the page.

    `options` are the options, choices or items in displayed order; `gaps` holds a layout for each
    gap of a cloze.
    """

    options: tuple[DisplayedOption, ...] = ()
    gaps: tuple["Layout", ...] = ()

    def text_of(self, token: str) -> str | None:
        """Return the text shown under a token, or None when no option has it."""
        return next((option.text for option in self.options if option.token == token), None)

    def token_of(self, text: str) -> str:
        """Return the token under which a text is shown."""
        return next(option.token for option in self.options if option.text == text)


@dataclass(frozen=True)
class Note:
    """Why, in HTML, and the paragraph to reread; either may be empty."""

    feedback: str
    paragraph: str


@dataclass(frozen=True)
class ReviewPart:
    """One line of a review.

    `lines` replaces `text` where the answer is a sequence. `is_key` marks a line that shows what
    is right although the learner did not give it.
    """

    label: str
    text: str
    state: State | None = None
    notes: tuple[Note, ...] = ()
    lines: tuple[str, ...] = ()
    is_html: bool = False
    is_key: bool = False

    def limited_to(self, shows: Collection[Show]) -> "ReviewPart":
        """Return the part without the correctness, feedback and links that are withheld."""
        notes = (
            Note(
                note.feedback if "feedback" in shows else "",
                note.paragraph if "links" in shows else "",
            )
            for note in self.notes
        )
        return replace(
            self,
            state=self.state if "correctness" in shows or self.state == "open" else None,
            notes=tuple(note for note in notes if note.feedback or note.paragraph),
        )


@dataclass(frozen=True)
class Review:
    """What became of a response: its state, line by line, and a closing remark in HTML."""

    state: State | None
    parts: tuple[ReviewPart, ...]
    closing: str = ""

    def limited_to(self, shows: Collection[Show]) -> "Review":
        """Return the review without what is withheld.

        The key of a response that waits for a person is withheld until it has a score.
        """
        key_is_open = "answers" in shows and self.state != "open"
        return Review(
            state=self.state if "correctness" in shows or self.state == "open" else None,
            parts=tuple(part.limited_to(shows) for part in self.parts if key_is_open or not part.is_key),
            closing=self.closing if "feedback" in shows else "",
        )


class CommonKeys(TypedDict):
    """What every question is made of, whatever its type."""

    id: str
    points: Decimal
    prompt: str
    objective: str
    claims: tuple[str, ...]
    paragraph: str


@dataclass(frozen=True, kw_only=True)
class Question(ABC):
    """A question as written, with its key and feedback; it never changes.

    Text marked HTML is trusted: the content package has made it safe.
    """

    type_name: ClassVar[str]

    id: str
    points: Decimal
    prompt: str
    objective: str
    claims: tuple[str, ...]
    paragraph: str

    @abstractmethod
    def layout(self, seed: str | None) -> Layout:
        """Return what is shown in which order; without a seed, in the order of the author."""

    @abstractmethod
    def read_response(self, fields: Fields, layout: Layout) -> Response | None:
        """Return the response in the author's terms, or None if blank; raise InvalidResponse."""

    @abstractmethod
    def fields(self, response: Response | None, layout: Layout) -> dict[str, list[str]]:
        """Return the fields that read_response would read as this response."""

    @abstractmethod
    def completeness(self, response: Response | None) -> Completeness:
        """Tell how far the response has got, revealing nothing of the key."""

    @abstractmethod
    def describe_scoring(self) -> str:
        """Return a sentence on partial credit for the learner, empty where there is none."""

    @abstractmethod
    def fraction(self, response: Response) -> Fraction | None:
        """Return the share of the points earned, or None when a person has to say."""

    @abstractmethod
    def review_parts(self, response: Response | None, layout: Layout) -> tuple[ReviewPart, ...]:
        """Return the lines of the review."""

    @abstractmethod
    def key_parts(self) -> tuple[ReviewPart, ...]:
        """Return all that can be answered, what is right, and what learners are told, for those who teach."""

    @abstractmethod
    def notes(self) -> tuple[Note, ...]:
        """Return every note that some response can bring up."""

    def remark(self, response: Response | None) -> str | None:  # noqa: ARG002 - most types have none
        """Return a hint on the form of the response that reveals nothing of the key."""
        return None

    def closing(self) -> str:
        """Return HTML to show after everything else in a review."""
        return ""

    def paragraphs(self) -> tuple[str, ...]:
        """Return every paragraph that the question or its feedback points at, once each."""
        references = (self.paragraph, *(note.paragraph for note in self.notes()))
        return tuple(dict.fromkeys(reference for reference in references if reference))

    def score(self, response: Response | None) -> Score | None:
        """Return the score, rounded half up to hundredths, or None if it waits for a person.

        No answer scores nothing, whatever the type.
        """
        fraction = Fraction(0) if response is None else self.fraction(response)
        if fraction is None:
            return None
        hundredths = math.floor(Fraction(self.points) * fraction * 100 + Fraction(1, 2))
        return Score(Decimal(hundredths).scaleb(-2), self.points)

    def review(self, response: Response | None, layout: Layout) -> Review:
        """Return everything there is to tell; Review.limited_to withholds what is not due."""
        return Review(
            state=self._state(response),
            parts=self.review_parts(response, layout),
            closing=self.closing(),
        )

    def _state(self, response: Response | None) -> State:
        if response is None:
            return "not-right"
        fraction = self.fraction(response)
        return "open" if fraction is None else state_of(fraction)

    def _displayed(self, texts: Sequence[str], seed: str | None) -> Layout:
        order = tuple(texts) if seed is None else shuffled(texts, seed, self.id)
        return Layout(tuple(DisplayedOption(token, text) for token, text in zip(ascii_lowercase, order, strict=False)))


def state_of(fraction: Fraction) -> State:
    """Return the word for a share of the points."""
    if fraction == 1:
        return "right"
    return "partly" if fraction > 0 else "not-right"


def misfit(question: Question) -> ValueError:
    """Return the error for a stored response that cannot have come from this question."""
    return ValueError(f"this response does not belong to a {question.type_name} question")


def read_common_keys(definition: Definition) -> CommonKeys:
    """Read what every question has; a check in a lesson has no id and counts one point."""
    points = definition.optional_number("points")
    points = Decimal(1) if points is None else points
    if not 0 < points <= MOST_POINTS or points != round(points, 2):
        raise definition.error(f"points must lie above 0, at most {MOST_POINTS}, with at most two decimals")
    return CommonKeys(
        id=definition.optional_text("id"),
        points=points,
        prompt=definition.optional_text("prompt"),
        objective=definition.optional_text("objective"),
        claims=definition.texts("claims"),
        paragraph=definition.optional_text("paragraph"),
    )


def read_note(definition: Definition, paragraph: str) -> Note:
    """Read the feedback that must be there; without its own paragraph it points at the given one."""
    return Note(definition.text("feedback"), definition.optional_text("paragraph") or paragraph)
