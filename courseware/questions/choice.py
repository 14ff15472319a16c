"""Single choice, multiple response, and true or false."""

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
from courseware.questions.form_fields import displayed_text, picked_text

CHOICE_FIELD = "choice"


@dataclass(frozen=True)
class Option:
    """An option with its part in the key and the feedback for whoever chooses it."""

    text: str
    is_correct: bool
    note: Note


@dataclass(frozen=True, kw_only=True)
class ChoiceQuestion(Question):
    """Options to choose from.

    The response is `{"chosen": [...]}`, with the places of the chosen options in the author's
    order, from zero.
    """

    least_options: ClassVar[int]
    options_are_html: ClassVar[bool] = True
    has_fixed_order: ClassVar[bool] = False

    options: tuple[Option, ...]
    fixed_order: bool

    @classmethod
    def from_definition(cls, definition: Definition) -> Self:
        """Build the question; raise ValueError if it cannot be sound."""
        common = read_common_keys(definition)
        options = tuple(
            Option(part.text("text"), part.flag("correct"), read_note(part, common["paragraph"]))
            for part in definition.parts("options")
        )
        if not cls.least_options <= len(options) <= MOST_OPTIONS:
            raise definition.error(f"options must be {cls.least_options} to {MOST_OPTIONS}")
        definition.require_distinct("options", [option.text for option in options])
        fixed_order = cls.has_fixed_order or definition.flag("fixed_order")
        return cls(**common, options=options, fixed_order=fixed_order)

    @override
    def layout(self, seed: str | None) -> Layout:
        return self._displayed(self._texts(), None if self.fixed_order else seed)

    @override
    def fields(self, response: Response | None, layout: Layout) -> dict[str, list[str]]:
        if response is None:
            return {}
        return {CHOICE_FIELD: [layout.token_of(self.options[place].text) for place in self._chosen(response)]}

    @override
    def key_parts(self) -> tuple[ReviewPart, ...]:
        return tuple(self._part("Option", option) for option in self.options)

    @override
    def notes(self) -> tuple[Note, ...]:
        return tuple(option.note for option in self.options)

    def _texts(self) -> list[str]:
        return [option.text for option in self.options]

    def _chosen(self, response: Response) -> list[int]:
        chosen = response.get("chosen")
        if not isinstance(chosen, list) or not chosen:
            raise misfit(self)
        places = range(len(self.options))
        if not all(isinstance(place, int) and place in places for place in chosen):
            raise misfit(self)
        return chosen

    def _part(self, label: str, option: Option, *, is_key: bool = False) -> ReviewPart:
        return ReviewPart(
            label=label,
            text=option.text,
            is_html=self.options_are_html,
            notes=(option.note,),
            state=None if is_key else "right" if option.is_correct else "not-right",
            is_key=is_key,
        )


@dataclass(frozen=True, kw_only=True)
class SingleChoice(ChoiceQuestion):
    """One option out of several is right."""

    type_name: ClassVar[str] = "single_choice"
    least_options: ClassVar[int] = 3

    @classmethod
    def from_definition(cls, definition: Definition) -> Self:
        """Build the question; raise ValueError unless exactly one option is correct."""
        question = super().from_definition(definition)
        if sum(option.is_correct for option in question.options) != 1:
            raise definition.error("exactly one of the options must be correct")
        return question

    @override
    def read_response(self, fields: Fields, layout: Layout) -> Response | None:
        text = picked_text(fields, CHOICE_FIELD, layout)
        return None if text is None else {"chosen": [self._texts().index(text)]}

    @override
    def completeness(self, response: Response | None) -> Completeness:
        return NO_ANSWER if response is None else Completeness("complete", "Answered")

    @override
    def describe_scoring(self) -> str:
        return ""

    @override
    def fraction(self, response: Response) -> Fraction:
        return Fraction(self._chosen_option(response).is_correct)

    @override
    def review_parts(self, response: Response | None, layout: Layout) -> tuple[ReviewPart, ...]:
        right_option = next(option for option in self.options if option.is_correct)
        best = self._part("Best answer", right_option, is_key=True)
        if response is None:
            return (ReviewPart("Your answer", "No answer", "not-right"), best)
        option = self._chosen_option(response)
        given = self._part("You chose", option)
        return (given,) if option.is_correct else (given, best)

    def _chosen_option(self, response: Response) -> Option:
        chosen = self._chosen(response)
        if len(chosen) > 1:
            raise misfit(self)
        return self.options[chosen[0]]


@dataclass(frozen=True, kw_only=True)
class TrueFalse(SingleChoice):
    """A statement that holds or does not."""

    type_name: ClassVar[str] = "true_false"
    least_options: ClassVar[int] = 2
    has_fixed_order: ClassVar[bool] = True

    @classmethod
    def from_definition(cls, definition: Definition) -> Self:
        """Build the question, whose answer makes one option correct; raise ValueError if an option disagrees."""
        if "answer" not in definition.values:
            raise definition.error("answer is missing")
        answer = str(definition.flag("answer"))
        parts = definition.parts("options")
        if sorted(part.text("text") for part in parts) != ["False", "True"]:
            raise definition.error('options must be "True" and "False"')
        if any(part.flag("correct") and part.text("text") != answer for part in parts):
            raise definition.error("answer and the correct option do not agree")
        options = [{**part.values, "correct": part.text("text") == answer} for part in parts]
        return super().from_definition(Definition({**definition.values, "options": options}, definition.place))


@dataclass(frozen=True, kw_only=True)
class MultipleResponse(ChoiceQuestion):
    """Any number of options are right.

    Each right choice earns its share of the points, and each other choice costs its share, so that
    choosing everything earns what choosing nothing does.
    """

    type_name: ClassVar[str] = "multiple_response"
    least_options: ClassVar[int] = 3

    @classmethod
    def from_definition(cls, definition: Definition) -> Self:
        """Build the question; raise ValueError if it would reward choosing everything."""
        question = super().from_definition(definition)
        if len({option.is_correct for option in question.options}) == 1:
            raise definition.error("options must hold at least one that is correct and one that is not")
        return question

    @override
    def read_response(self, fields: Fields, layout: Layout) -> Response | None:
        texts = {displayed_text(token, CHOICE_FIELD, layout) for token in fields.get(CHOICE_FIELD, ()) if token}
        chosen = [place for place, text in enumerate(self._texts()) if text in texts]
        return {"chosen": chosen} if chosen else None

    @override
    def completeness(self, response: Response | None) -> Completeness:
        if response is None:
            return NO_ANSWER
        count = len(set(self._chosen(response)))
        return Completeness("complete", f"{count} choice{'' if count == 1 else 's'}")

    @override
    def describe_scoring(self) -> str:
        return (
            "Each choice that fits earns part of the points. "
            "Each choice that does not fit costs part of them, never below zero. "
            "Choosing everything earns nothing."
        )

    @override
    def fraction(self, response: Response) -> Fraction:
        chosen = set(self._chosen(response))
        right = {place for place, option in enumerate(self.options) if option.is_correct}
        gain = Fraction(len(chosen & right), len(right))
        loss = Fraction(len(chosen - right), len(self.options) - len(right))
        return max(Fraction(0), gain - loss)

    @override
    def review_parts(self, response: Response | None, layout: Layout) -> tuple[ReviewPart, ...]:
        if response is None:
            none = ReviewPart("Your answer", "No answer", "not-right")
            return (none, *self._key_parts("Best answer", layout, set()))
        chosen = set(self._chosen(response))
        given = (
            self._part("You chose", self.options[place])
            for place in self._in_displayed_order(layout)
            if place in chosen
        )
        left_out = self._key_parts("You left out", layout, chosen)
        return (*given, *left_out)

    def _key_parts(self, label: str, layout: Layout, chosen: set[int]) -> tuple[ReviewPart, ...]:
        return tuple(
            ReviewPart(
                label=label,
                text=option.text,
                is_html=self.options_are_html,
                notes=(option.note,),
                state="left-out",
                is_key=True,
            )
            for place in self._in_displayed_order(layout)
            if (option := self.options[place]).is_correct and place not in chosen
        )

    def _in_displayed_order(self, layout: Layout) -> list[int]:
        texts = self._texts()
        return [texts.index(option.text) for option in layout.options]
