"""Ordering: items to put in sequence by numbering them."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import ClassVar, Self

from typing_extensions import override

from courseware.questions.base import (
    MOST_OPTIONS,
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
    read_note,
    state_of,
)
from courseware.questions.definition import Definition
from courseware.questions.form_fields import only_value

LEAST_ITEMS = 3


@dataclass(frozen=True)
class OrderPattern:
    """Orders that share a note: one whole order, or all in which one item comes too early before another."""

    order: tuple[str, ...]
    before: tuple[str, ...]
    note: Note

    def fits(self, order: tuple[str, ...]) -> bool:
        """Tell whether an order of item ids is among them."""
        if self.order:
            return order == self.order
        early, late = self.before
        return early in order and late in order and order.index(early) < order.index(late)


@dataclass(frozen=True, kw_only=True)
class Ordering(Question):
    """Items to number, in plain text.

    The response is `{"places": {item id: number}}`, kept as given: items may lack a number, and two may share one
    until the learner is done. Every two items in the right order count for the response and every two in the reverse
    order against it, so that an order made at random earns nothing on balance.
    """

    type_name: ClassVar[str] = "ordering"

    texts: Mapping[str, str]
    answer: tuple[str, ...]
    patterns: tuple[OrderPattern, ...]

    @classmethod
    def from_definition(cls, definition: Definition) -> Self:
        """Build the question; raise ValueError unless answer and patterns speak of the items."""
        common = read_common_keys(definition)
        items = definition.parts("items")
        ids = [item.text("id") for item in items]
        definition.require_distinct("items", ids)
        definition.require_distinct("items", [item.text("text") for item in items])
        if not LEAST_ITEMS <= len(items) <= MOST_OPTIONS:
            raise definition.error(f"items must be {LEAST_ITEMS} to {MOST_OPTIONS}")
        answer = definition.texts("answer")
        if sorted(answer) != sorted(ids):
            raise definition.error("answer must name every item once")
        patterns = tuple(_read_pattern(part, answer, common["paragraph"]) for part in definition.parts("patterns"))
        if not any(pattern.order == answer for pattern in patterns):
            raise definition.error("patterns need one with the right order")
        texts = {item.text("id"): item.text("text") for item in items}
        return cls(**common, texts=texts, answer=answer, patterns=patterns)

    @override
    def layout(self, seed: str | None) -> Layout:
        return self._displayed(list(self.texts.values()), seed)

    @override
    def read_response(self, fields: Fields, layout: Layout) -> Response | None:
        id_of = {text: item_id for item_id, text in self.texts.items()}
        places: dict[str, int] = {}
        for row, option in enumerate(layout.options, start=1):
            value = only_value(fields, _field(row))
            if value:
                places[id_of[option.text]] = self._read_place(value, _field(row))
        return {"places": places} if places else None

    @override
    def fields(self, response: Response | None, layout: Layout) -> dict[str, list[str]]:
        places = self._places(response)
        place_of_text = {self.texts[item_id]: place for item_id, place in places.items()}
        return {
            _field(row): [str(place_of_text[option.text])]
            for row, option in enumerate(layout.options, start=1)
            if option.text in place_of_text
        }

    @override
    def completeness(self, response: Response | None) -> Completeness:
        if response is None:
            return NO_ANSWER
        places = self._places(response)
        is_complete = len(set(places.values())) == len(self.texts)
        return Completeness("complete" if is_complete else "partial", f"{len(places)} of {len(self.texts)} placed")

    @override
    def remark(self, response: Response | None) -> str | None:
        numbers = list(self._places(response).values())
        shared = sorted({number for number in numbers if numbers.count(number) > 1})
        return f"Number {shared[0]} stands more than once. Give each item its own number." if shared else None

    @override
    def describe_scoring(self) -> str:
        return (
            "Every two items in the right order earn part of the points. "
            "Every two in the reverse order cost part of them, never below zero."
        )

    @override
    def fraction(self, response: Response) -> Fraction:
        places = self._places(response)
        balance = sum(
            _balance(places[earlier], places[later])
            for earlier, later in combinations(self.answer, 2)
            if earlier in places and later in places
        )
        pairs = len(self.answer) * (len(self.answer) - 1) // 2
        return max(Fraction(0), Fraction(balance, pairs))

    @override
    def review_parts(self, response: Response | None, layout: Layout) -> tuple[ReviewPart, ...]:
        best = ReviewPart(
            "Best order",
            "",
            lines=self._numbered(self.answer),
            notes=self._notes_on(self.answer),
            is_key=True,
        )
        if response is None:
            return (ReviewPart("Your order", "No answer", "not-right"), best)
        places = self._places(response)
        ordered = sorted(places, key=places.__getitem__)
        fraction = self.fraction(response)
        given = ReviewPart(
            "Your order",
            "",
            state=state_of(fraction),
            lines=tuple(f"{places[item_id]}. {self.texts[item_id]}" for item_id in ordered),
            notes=self._notes_on(tuple(ordered)) if len(set(places.values())) == len(places) else (),
        )
        return (given,) if fraction == 1 else (given, best)

    @override
    def key_parts(self) -> tuple[ReviewPart, ...]:
        return tuple(self._key_part(pattern) for pattern in self.patterns)

    def _key_part(self, pattern: OrderPattern) -> ReviewPart:
        if pattern.before:
            early, late = (self.texts[item_id] for item_id in pattern.before)
            return ReviewPart("Any order with", f"“{early}” before “{late}”", "not-right", (pattern.note,))
        share = self.fraction({"places": {item_id: place for place, item_id in enumerate(pattern.order, start=1)}})
        return ReviewPart("Order", "", state_of(share), (pattern.note,), self._numbered(pattern.order))

    def _numbered(self, order: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{place}. {self.texts[item_id]}" for place, item_id in enumerate(order, start=1))

    @override
    def notes(self) -> tuple[Note, ...]:
        return tuple(pattern.note for pattern in self.patterns)

    def _notes_on(self, order: tuple[str, ...]) -> tuple[Note, ...]:
        """Return the note of the whole order if it has one, or else of every pair that it reverses."""
        fitting = [pattern for pattern in self.patterns if pattern.fits(order)]
        whole = [pattern.note for pattern in fitting if pattern.order]
        return tuple(whole[:1] or [pattern.note for pattern in fitting])

    def _read_place(self, value: str, field: str) -> int:
        most = len(self.texts)
        if value not in {str(place) for place in range(1, most + 1)}:
            raise InvalidResponse(field, f"Choose a number from 1 to {most}.")
        return int(value)

    def _places(self, response: Response | None) -> dict[str, int]:
        if response is None:
            return {}
        places = response.get("places")
        if not isinstance(places, dict) or not places.keys() <= self.texts.keys():
            raise misfit(self)
        if not all(isinstance(place, int) for place in places.values()):
            raise misfit(self)
        return places


def _balance(earlier: int, later: int) -> int:
    """Return 1 for two items in the right order, -1 for the reverse, 0 for two at one place."""
    return (earlier < later) - (earlier > later)


def _field(row: int) -> str:
    return f"place-{row}"


def _read_pattern(definition: Definition, answer: tuple[str, ...], paragraph: str) -> OrderPattern:
    order, before = definition.texts("order"), definition.texts("before")
    if bool(order) == bool(before):
        raise definition.error("a pattern needs either order or before")
    if order and sorted(order) != sorted(answer):
        raise definition.error("order must name every item once")
    if definition.flag("correct") != (order == answer):
        raise definition.error("correct: true belongs to the order that is the answer, and to no other")
    if before:
        _check_before(definition, before, answer)
    return OrderPattern(order, before, read_note(definition, paragraph))


def _check_before(definition: Definition, before: tuple[str, ...], answer: tuple[str, ...]) -> None:
    is_pair = len(before) == 2 and set(before) <= set(answer)  # noqa: PLR2004 - a pair
    if not is_pair or answer.index(before[0]) <= answer.index(before[1]):
        raise definition.error("before must name two items that the answer has the other way round")
