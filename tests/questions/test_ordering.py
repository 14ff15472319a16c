"""Ordering."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.questions.base import InvalidResponse, Question
from courseware.questions.ordering import Ordering
from tests.questions.samples import ORDERING, Definition, built, key_of

RIGHT = ORDERING["answer"]
PICK, BOIL, POUR, DRINK = RIGHT


def earned(question: Question, places: dict[str, int]) -> float:
    """Return the points for items at these places."""
    score = question.score({"places": places})
    assert score is not None
    return float(score.earned)


def in_order(*ids: str) -> dict[str, int]:
    """Return the places of items in this order."""
    return {item_id: place for place, item_id in enumerate(ids, start=1)}


def notes(*ids: str) -> list[str]:
    """Return the feedback that an order brings up."""
    question = built(ORDERING)
    given_part = question.review({"places": in_order(*ids)}, question.layout(None)).parts[0]
    return [note.feedback for note in given_part.notes]


def test_the_right_order_earns_everything_and_the_reverse_nothing() -> None:
    question = built(ORDERING)
    assert earned(question, in_order(*RIGHT)) == 2
    assert earned(question, in_order(*reversed(RIGHT))) == 0


def test_before_the_floor_at_zero_an_order_at_random_earns_nothing() -> None:
    pairs = [
        sum(order.index(one) < order.index(other) for place, one in enumerate(RIGHT) for other in RIGHT[place + 1 :])
        for order in permutations(RIGHT)
    ]
    assert sum(2 * right - 6 for right in pairs) == 0


@given(st.permutations(RIGHT))
def test_a_whole_order_earns_by_right_pairs_less_reversed_ones(order: list[str]) -> None:
    right = sum(
        order.index(one) < order.index(other) for place, one in enumerate(RIGHT) for other in RIGHT[place + 1 :]
    )
    assert earned(built(ORDERING, points=600), in_order(*order)) == max(0, 600 * (2 * right - 6) / 6)


@given(st.dictionaries(st.sampled_from(RIGHT), st.integers(1, 4), min_size=1))
def test_everything_is_earned_by_the_right_order_alone(places: dict[str, int]) -> None:
    assert (earned(built(ORDERING), places) == 2) == (places == in_order(*RIGHT))


def test_items_without_a_number_or_with_the_same_number_earn_nothing() -> None:
    question = built(ORDERING, points=6)
    assert earned(question, {PICK: 1}) == 0
    assert earned(question, {PICK: 1, DRINK: 4}) == 1
    assert earned(question, dict.fromkeys(RIGHT, 1)) == 0


def test_unfinished_numbers_are_kept_and_remarked_on() -> None:
    question = built(ORDERING)
    layout = question.layout(None)
    response = question.read_response({"place-1": ["4"], "place-2": ["4"], "place-3": [""]}, layout)
    assert response == {"places": {DRINK: 4, BOIL: 4}}
    assert question.remark(response) == "Number 4 stands more than once. Give each item its own number."
    assert (question.completeness(response).state, question.completeness(response).text) == ("partial", "2 of 4 placed")
    assert question.fields(response, layout) == {"place-1": ["4"], "place-2": ["4"]}


def test_four_items_at_four_places_are_complete() -> None:
    question = built(ORDERING)
    assert question.completeness({"places": in_order(*RIGHT)}).state == "complete"
    assert question.completeness({"places": dict.fromkeys(RIGHT, 1)}).state == "partial"


@pytest.mark.parametrize("value", ["0", "5", "1.0", "one", " 1", "٣", "9" * 5000])
def test_a_number_outside_the_list_is_refused(value: str) -> None:
    question = built(ORDERING)
    with pytest.raises(InvalidResponse, match="Choose a number from 1 to 4") as refusal:
        question.read_response({"place-2": [value]}, question.layout(None))
    assert refusal.value.field == "place-2"


def test_a_whole_order_has_its_own_note() -> None:
    assert notes(*RIGHT) == ["KEY yes"]
    assert notes(DRINK, POUR, BOIL, PICK) == ["KEY backward"]


def test_without_one_every_reversed_pair_has_its_note() -> None:
    assert notes(PICK, DRINK, POUR, BOIL) == ["KEY cold tea", "KEY empty cup"]
    assert notes(PICK, POUR) == []


def test_a_review_shows_both_orders() -> None:
    question = built(ORDERING)
    given_part, best = question.review({"places": {DRINK: 1, PICK: 1}}, question.layout(None)).parts
    assert (given_part.lines, given_part.notes) == (("1. drink", "1. pick a leaf"), ())
    assert best.lines == ("1. pick a leaf", "2. boil water", "3. pour", "4. drink")
    assert len(question.review({"places": in_order(*RIGHT)}, question.layout(None)).parts) == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"items": ORDERING["items"][:2]}, "items must be 3 to 26"),
        ({"items": [*ORDERING["items"], ORDERING["items"][0]]}, "two of the items"),
        ({"items": [*ORDERING["items"], {"id": "other", "text": "drink"}]}, "two of the items"),
        ({"answer": RIGHT[:3]}, "answer must name every item once"),
        ({"patterns": ORDERING["patterns"][1:]}, "one with the right order"),
        ({"patterns": [{"feedback": "Yes"}]}, "either order or before"),
        ({"patterns": [{"order": RIGHT, "before": [PICK, BOIL], "feedback": "Yes"}]}, "either order or before"),
        ({"patterns": [{"order": RIGHT[:2], "feedback": "Yes"}]}, "order must name every item once"),
        ({"patterns": [{"order": RIGHT, "feedback": "Yes"}]}, "correct: true belongs"),
        ({"patterns": [{"order": RIGHT[::-1], "correct": True, "feedback": "Yes"}]}, "correct: true belongs"),
        ({"patterns": [{"before": [PICK, BOIL], "feedback": "No"}]}, "the other way round"),
        ({"patterns": [{"before": [BOIL], "feedback": "No"}]}, "the other way round"),
        ({"patterns": [{"before": [BOIL, "other"], "feedback": "No"}]}, "the other way round"),
    ],
)
def test_an_unsound_ordering_is_refused(changes: Definition, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        built(ORDERING, **changes)


def test_items_are_shown_in_an_order_of_their_own() -> None:
    question = built(ORDERING)
    assert isinstance(question, Ordering)
    assert len({question.layout(str(seed)) for seed in range(60)}) > 15


def test_a_key_tells_of_every_order_and_of_what_comes_too_early() -> None:
    assert key_of(built(ORDERING)) == [
        ("Order", "1. pick a leaf / 2. boil water / 3. pour / 4. drink", "right", "KEY yes"),
        ("Order", "1. drink / 2. pour / 3. boil water / 4. pick a leaf", "not-right", "KEY backward"),
        ("Any order with", "“pour” before “boil water”", "not-right", "KEY cold tea"),
        ("Any order with", "“drink” before “pour”", "not-right", "KEY empty cup"),
    ]
