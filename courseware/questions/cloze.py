"""Cloze: a text with gaps, each read and scored by a type of its own."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar, Self

from typing_extensions import override

from courseware.questions.base import (
    NO_ANSWER,
    Completeness,
    Fields,
    InvalidResponse,
    Layout,
    Note,
    Question,
    Response,
    ReviewPart,
    misfit,
    read_common_keys,
)
from courseware.questions.choice import CHOICE_FIELD, SingleChoice
from courseware.questions.definition import Definition
from courseware.questions.numeric import Numeric
from courseware.questions.short_text import ShortText
from courseware.questions.typed import ANSWER_FIELD

GAP = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


@dataclass(frozen=True, kw_only=True)
class ChoiceGap(SingleChoice):
    """A gap with a list to choose from; its options are plain text."""

    type_name: ClassVar[str] = "choice"
    least_options: ClassVar[int] = 2
    options_are_html: ClassVar[bool] = False


GAP_TYPES: dict[str, type[ShortText] | type[Numeric] | type[ChoiceGap]] = {
    "short_text": ShortText,
    "numeric": Numeric,
    "choice": ChoiceGap,
}
FIELD_OF_TYPE = {"short_text": ANSWER_FIELD, "numeric": ANSWER_FIELD, "choice": CHOICE_FIELD}


@dataclass(frozen=True)
class Gap:
    """A gap, and the question that reads and scores it."""

    id: str
    question: Question

    def read_response(self, fields: Fields, field: str, layout: Layout) -> Response | None:
        """Read the field of the page as the one field of the gap's own type."""
        own_field = FIELD_OF_TYPE[self.question.type_name]
        try:
            return self.question.read_response({own_field: fields.get(field, ())}, layout)
        except InvalidResponse as error:
            raise InvalidResponse(field, error.message) from error


@dataclass(frozen=True, kw_only=True)
class Cloze(Question):
    """A text with gaps to fill.

    The response is `{"gaps": {gap id: response of the gap}}`, without the gaps left blank. Each gap earns an equal
    share of the points by the rule of its own type. `text_pieces` is the HTML around the gaps: before the first,
    between each two, after the last; one piece may open what another closes.
    """

    type_name: ClassVar[str] = "cloze"

    text_pieces: tuple[str, ...]
    gaps: tuple[Gap, ...]
    after: str

    @classmethod
    def from_definition(cls, definition: Definition) -> Self:
        """Build the question; raise ValueError unless the text has each gap once."""
        common = read_common_keys(definition)
        pieces = GAP.split(definition.text("text"))
        gap_of = {
            part.text("id"): _read_gap(part, common["id"], common["paragraph"]) for part in definition.parts("gaps")
        }
        places = pieces[1::2]
        if len(gap_of) != len(definition.parts("gaps")) or sorted(places) != sorted(gap_of):
            raise definition.error("text must have every gap once, and no other")
        return cls(
            **common,
            text_pieces=tuple(pieces[0::2]),
            gaps=tuple(gap_of[gap_id] for gap_id in places),
            after=definition.optional_text("after"),
        )

    @override
    def layout(self, seed: str | None) -> Layout:
        return Layout(gaps=tuple(gap.question.layout(seed) for gap in self.gaps))

    @override
    def read_response(self, fields: Fields, layout: Layout) -> Response | None:
        given: dict[str, Response] = {}
        for number, (gap, gap_layout) in enumerate(zip(self.gaps, layout.gaps, strict=True), start=1):
            response = gap.read_response(fields, _field(number), gap_layout)
            if response is not None:
                given[gap.id] = response
        return {"gaps": given} if given else None

    @override
    def fields(self, response: Response | None, layout: Layout) -> dict[str, list[str]]:
        given = self._given(response)
        return {
            _field(number): values
            for number, (gap, gap_layout) in enumerate(zip(self.gaps, layout.gaps, strict=True), start=1)
            for values in gap.question.fields(given.get(gap.id), gap_layout).values()
        }

    @override
    def completeness(self, response: Response | None) -> Completeness:
        if response is None:
            return NO_ANSWER
        given = self._given(response)
        states = [gap.question.completeness(given.get(gap.id)).state for gap in self.gaps]
        is_complete = set(states) == {"complete"}
        return Completeness("complete" if is_complete else "partial", f"{len(given)} of {len(self.gaps)} filled")

    @override
    def remark(self, response: Response | None) -> str | None:
        given = self._given(response)
        remarks = ((number, gap.question.remark(given.get(gap.id))) for number, gap in enumerate(self.gaps, start=1))
        return " ".join(f"Gap {number}: {remark}" for number, remark in remarks if remark) or None

    @override
    def describe_scoring(self) -> str:
        return "Each gap earns an equal share of the points."

    @override
    def fraction(self, response: Response) -> Fraction:
        given = self._given(response)
        earned = (gap.question.fraction(given[gap.id]) for gap in self.gaps if gap.id in given)
        return sum((share for share in earned if share is not None), Fraction(0)) / len(self.gaps)

    @override
    def review_parts(self, response: Response | None, layout: Layout) -> tuple[ReviewPart, ...]:
        given = self._given(response)
        return tuple(
            replace(part, label=_of_gap(number, part.label))
            for number, (gap, gap_layout) in enumerate(zip(self.gaps, layout.gaps, strict=True), start=1)
            for part in gap.question.review_parts(given.get(gap.id), gap_layout)
        )

    @override
    def key_parts(self) -> tuple[ReviewPart, ...]:
        marks = [*(f"[{number}]" for number in range(1, len(self.gaps) + 1)), ""]
        text = "".join(piece + mark for piece, mark in zip(self.text_pieces, marks, strict=True))
        gaps = (
            replace(part, label=_of_gap(number, part.label))
            for number, gap in enumerate(self.gaps, start=1)
            for part in gap.question.key_parts()
        )
        return (ReviewPart("Text", text, is_html=True), *gaps)

    @override
    def closing(self) -> str:
        return self.after

    @override
    def notes(self) -> tuple[Note, ...]:
        return tuple(note for gap in self.gaps for note in gap.question.notes())

    def _given(self, response: Response | None) -> dict[str, Response]:
        if response is None:
            return {}
        given = response.get("gaps")
        if not isinstance(given, dict) or not given.keys() <= {gap.id for gap in self.gaps}:
            raise misfit(self)
        if not all(isinstance(gap_response, dict) for gap_response in given.values()):
            raise misfit(self)
        return given


def _field(number: int) -> str:
    return f"gap-{number}"


def _of_gap(number: int, label: str) -> str:
    return f"Gap {number}: {label[0].lower()}{label[1:]}"


def _read_gap(definition: Definition, question_id: str, paragraph: str) -> Gap:
    """Read a gap, which takes from the cloze the paragraph and an order of its own."""
    gap_type = GAP_TYPES.get(definition.text("type"))
    if gap_type is None:
        raise definition.error(f"type must be one of: {', '.join(GAP_TYPES)}")
    gap_id = definition.text("id")
    values = {"paragraph": paragraph, **definition.values, "id": f"{question_id}/{gap_id}"}
    return Gap(gap_id, gap_type.from_definition(Definition(values, definition.place)))
