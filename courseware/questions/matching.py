"""Matching: for each prompt the choice that fits, out of more choices than prompts."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from typing_extensions import override

from courseware.questions.base import (
    MOST_OPTIONS,
    NO_ANSWER,
    Completeness,
    Fields,
    Layout,
    Note,
    Question,
    Response,
    ReviewPart,
    misfit,
    read_common_keys,
    read_note,
)
from courseware.questions.definition import Definition
from courseware.questions.form_fields import picked_text

LEAST_PAIRS = 2


@dataclass(frozen=True)
class Choice:
    """Something to match with; the note explains every place where it does not fit."""

    id: str
    text: str
    note: Note


@dataclass(frozen=True)
class Pair:
    """A prompt and the id of the choice that fits it; the note explains why it fits."""

    prompt: str
    answer: str
    note: Note


@dataclass(frozen=True, kw_only=True)
class Matching(Question):
    """Prompts to match with choices, all in plain text.

    The response is `{"pairs": [...]}`, with the id of a choice or None for each pair in the author's order. One
    choice may be given to several prompts. Each right pair earns an equal share.
    """

    type_name: ClassVar[str] = "matching"

    choices: tuple[Choice, ...]
    pairs: tuple[Pair, ...]

    @classmethod
    def from_definition(cls, definition: Definition) -> Self:
        """Build the question; raise ValueError if a pair has no choice that fits."""
        common = read_common_keys(definition)
        choices = tuple(
            Choice(part.text("id"), part.text("text"), read_note(part, common["paragraph"]))
            for part in definition.parts("choices")
        )
        pairs = tuple(
            Pair(part.text("prompt"), part.text("answer"), read_note(part, common["paragraph"]))
            for part in definition.parts("pairs")
        )
        definition.require_distinct("choices", [choice.id for choice in choices])
        definition.require_distinct("choices", [choice.text for choice in choices])
        definition.require_distinct("pairs", [pair.prompt for pair in pairs])
        if len(pairs) < LEAST_PAIRS or not len(pairs) < len(choices) <= MOST_OPTIONS:
            raise definition.error(
                f"there must be {LEAST_PAIRS} pairs or more, and more choices than pairs, at most {MOST_OPTIONS}"
            )
        ids = {choice.id for choice in choices}
        for pair in pairs:
            if pair.answer not in ids:
                raise definition.error(f"no choice has the id {pair.answer}")
        return cls(**common, choices=choices, pairs=pairs)

    @override
    def layout(self, seed: str | None) -> Layout:
        return self._displayed([choice.text for choice in self.choices], seed)

    @override
    def read_response(self, fields: Fields, layout: Layout) -> Response | None:
        id_of = {choice.text: choice.id for choice in self.choices}
        texts = [picked_text(fields, _field(place), layout) for place in range(len(self.pairs))]
        ids = [None if text is None else id_of[text] for text in texts]
        return {"pairs": ids} if any(ids) else None

    @override
    def fields(self, response: Response | None, layout: Layout) -> dict[str, list[str]]:
        return {
            _field(place): [layout.token_of(choice.text)]
            for place, choice in enumerate(self._given(response))
            if choice is not None
        }

    @override
    def completeness(self, response: Response | None) -> Completeness:
        if response is None:
            return NO_ANSWER
        matched = sum(choice is not None for choice in self._given(response))
        is_complete = matched == len(self.pairs)
        return Completeness("complete" if is_complete else "partial", f"{matched} of {len(self.pairs)} matched")

    @override
    def describe_scoring(self) -> str:
        return "Each right match earns an equal share of the points."

    @override
    def fraction(self, response: Response) -> Fraction:
        given = self._given(response)
        right = sum(
            choice is not None and choice.id == pair.answer for pair, choice in zip(self.pairs, given, strict=True)
        )
        return Fraction(right, len(self.pairs))

    @override
    def review_parts(self, response: Response | None, layout: Layout) -> tuple[ReviewPart, ...]:
        given = self._given(response)
        return tuple(
            part for pair, choice in zip(self.pairs, given, strict=True) for part in self._pair_parts(pair, choice)
        )

    @override
    def key_parts(self) -> tuple[ReviewPart, ...]:
        text_of = {choice.id: choice.text for choice in self.choices}
        pairs = (ReviewPart(pair.prompt, text_of[pair.answer], "right", (pair.note,)) for pair in self.pairs)
        choices = (
            ReviewPart("Where it does not fit", choice.text, "not-right", (choice.note,)) for choice in self.choices
        )
        return (*pairs, *choices)

    @override
    def notes(self) -> tuple[Note, ...]:
        return (*(choice.note for choice in self.choices), *(pair.note for pair in self.pairs))

    def _given(self, response: Response | None) -> list[Choice | None]:
        if response is None:
            return [None] * len(self.pairs)
        ids = response.get("pairs")
        if not isinstance(ids, list) or len(ids) != len(self.pairs):
            raise misfit(self)
        choice_of: dict[str | None, Choice | None] = {None: None, **{choice.id: choice for choice in self.choices}}
        if not all(choice_id in choice_of for choice_id in ids):
            raise misfit(self)
        return [choice_of[choice_id] for choice_id in ids]

    def _pair_parts(self, pair: Pair, choice: Choice | None) -> tuple[ReviewPart, ...]:
        if choice is not None and choice.id == pair.answer:
            return (ReviewPart(pair.prompt, choice.text, "right", (pair.note,)),)
        best = next(choice for choice in self.choices if choice.id == pair.answer)
        key = ReviewPart("Best match", best.text, notes=(pair.note,), is_key=True)
        if choice is None:
            return (ReviewPart(pair.prompt, "No answer", "not-right"), key)
        return (ReviewPart(pair.prompt, choice.text, "not-right", (choice.note,)), key)


def _field(place: int) -> str:
    return f"pair-{place + 1}"
