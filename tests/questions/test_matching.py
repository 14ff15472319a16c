"""Matching."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.questions.base import InvalidResponse, Question
from tests.questions.samples import MATCHING, Definition, built, key_of

RIGHT = ["KEY-short", "KEY-medium", "KEY-long"]
CHOICES = [choice["id"] for choice in MATCHING["choices"]]


def earned(question: Question, pairs: list[str | None]) -> float:
    """Return the points for the choices given to each pair."""
    score = question.score({"pairs": pairs})
    assert score is not None
    return float(score.earned)


@given(st.lists(st.sampled_from([None, *CHOICES]), min_size=3, max_size=3))
def test_each_right_pair_earns_an_equal_share(pairs: list[str | None]) -> None:
    right = sum(given_id == right_id for given_id, right_id in zip(pairs, RIGHT, strict=True))
    assert earned(built(MATCHING), pairs) == right


def test_matches_are_read_by_the_place_of_the_choice_on_the_page() -> None:
    question = built(MATCHING)
    layout = question.layout("seed")
    token = layout.token_of("one minute")
    assert question.read_response({"pair-1": [token], "pair-3": [""]}, layout) == {"pairs": ["KEY-short", None, None]}


def test_a_choice_that_is_not_on_the_page_is_refused_at_its_pair() -> None:
    question = built(MATCHING)
    with pytest.raises(InvalidResponse) as refusal:
        question.read_response({"pair-1": ["a"], "pair-2": ["KEY-short"]}, question.layout(None))
    assert refusal.value.field == "pair-2"


def test_completeness_counts_what_is_matched() -> None:
    question = built(MATCHING)
    partial, complete = (
        question.completeness({"pairs": ["KEY-none", None, None]}),
        question.completeness({"pairs": RIGHT}),
    )
    assert (partial.state, partial.text) == ("partial", "1 of 3 matched")
    assert (complete.state, complete.text) == ("complete", "3 of 3 matched")


def test_a_review_explains_the_choice_that_does_not_fit_and_the_pair() -> None:
    question = built(MATCHING)
    parts = question.review({"pairs": ["KEY-short", "KEY-none", None]}, question.layout(None)).parts
    assert [(part.label, part.text, part.state, part.is_key) for part in parts] == [
        ("green tea", "one minute", "right", False),
        ("black tea", "a whole day", "not-right", False),
        ("Best match", "three minutes", None, True),
        ("herbal tea", "No answer", "not-right", False),
        ("Best match", "ten minutes", None, True),
    ]
    feedback = [note.feedback for part in parts for note in part.notes]
    assert feedback == ["KEY pair green", "KEY fits nothing", "KEY pair black", "KEY pair herbs"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"choices": MATCHING["choices"][:3]}, "more choices than pairs"),
        ({"pairs": MATCHING["pairs"][:1]}, "2 pairs or more"),
        (
            {"pairs": [*MATCHING["pairs"][:2], {**MATCHING["pairs"][2], "answer": "other"}]},
            "no choice has the id other",
        ),
        ({"pairs": [*MATCHING["pairs"][:2], MATCHING["pairs"][0]]}, "two of the pairs"),
        ({"choices": [*MATCHING["choices"], MATCHING["choices"][0]]}, "two of the choices"),
        ({"choices": [*MATCHING["choices"], {**MATCHING["choices"][0], "id": "other"}]}, "two of the choices"),
    ],
)
def test_an_unsound_matching_is_refused(changes: Definition, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        built(MATCHING, **changes)


def test_a_key_tells_of_every_pair_and_then_of_every_choice_elsewhere() -> None:
    assert key_of(built(MATCHING)) == [
        ("green tea", "one minute", "right", "KEY pair green"),
        ("black tea", "three minutes", "right", "KEY pair black"),
        ("herbal tea", "ten minutes", "right", "KEY pair herbs"),
        *(("Where it does not fit", each["text"], "not-right", each["feedback"]) for each in MATCHING["choices"]),
    ]
