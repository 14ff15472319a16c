"""Numeric."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.questions.base import InvalidResponse, Question
from courseware.questions.numeric import ASK_AGAIN
from tests.questions.samples import NUMERIC, Definition, built, key_of

OTHERWISE = NUMERIC["patterns"][-1]


def earned(question: Question, text: str) -> float:
    """Return the points for a text."""
    score = question.score({"text": text})
    assert score is not None
    return float(score.earned)


def exact(answer: int) -> Question:
    """Return a question that takes one number only, without a unit."""
    right = {"from": answer, "to": answer, "correct": True, "feedback": "Yes"}
    return built(NUMERIC, answer=answer, tolerance=0, unit=None, patterns=[right, OTHERWISE])


@pytest.mark.parametrize(
    ("text", "points"),
    [("80", 2), ("80.5", 2), ("80,5 %", 2), ("79.999", 0.5), ("82", 0.5), ("82.001", 0), ("0.8", 0), ("eighty", 0)],
)
def test_the_first_pattern_that_fits_counts_with_both_bounds(text: str, points: float) -> None:
    assert earned(built(NUMERIC), text) == points


@given(st.decimals(min_value=0, max_value=200, places=4))
def test_full_points_are_for_numbers_within_tolerance_alone(value: Decimal) -> None:
    assert (earned(built(NUMERIC), str(value)) == 2) == (abs(value - Decimal("80.25")) <= Decimal("0.25"))


def test_sixteen_and_sixteen_thousand_are_told_apart() -> None:
    assert [earned(exact(16000), text) for text in ("16,000", "16 000", "16000", "16.000")] == [2, 2, 2, 0]
    assert [earned(exact(16), text) for text in ("16.000", "16,0", "16,000")] == [2, 2, 0]


def test_what_is_no_number_is_kept_and_asked_again() -> None:
    question = built(NUMERIC)
    response = question.read_response({"answer": ["about 80"]}, question.layout(None))
    assert response == {"text": "about 80"}
    assert question.remark(response) == ASK_AGAIN
    assert question.completeness(response).state == "partial"
    (given_part, best) = question.review(response, question.layout(None)).parts
    assert given_part.text == "about 80 (not read as a number)"
    assert given_part.notes[0].feedback == "KEY look again"
    assert best.text == "80.25 percent (from 80 to 80.5 counts as right)"


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("30", None),
        ("29.5", None),
        ("16000", None),
        ("16,000", "Read as 16,000."),
        ("4,5", "Read as 4.5."),
        ("30%", "Read as 30."),
        ("16.000", "Read as 16. If the point parts thousands, write a comma or nothing."),
    ],
)
def test_a_remark_tells_how_a_number_was_read(text: str, remark: str | None) -> None:
    assert built(NUMERIC).remark({"text": text}) == remark


@pytest.mark.parametrize(
    ("text", "shown"), [("16000", "16000"), ("16,000", "16,000"), ("16.000", "16.000 (read as 16)")]
)
def test_a_review_tells_how_a_number_was_read(text: str, shown: str) -> None:
    question = exact(5)
    assert question.review({"text": text}, question.layout(None)).parts[0].text == shown


def test_an_exact_answer_is_shown_without_a_range() -> None:
    question = exact(16000)
    assert question.review(None, question.layout(None)).parts[1].text == "16,000"
    assert len(question.review({"text": "16000"}, question.layout(None)).parts) == 1
    assert question.completeness({"text": "5"}).state == "complete"


def test_a_number_of_five_thousand_digits_is_refused_politely() -> None:
    question = built(NUMERIC)
    with pytest.raises(InvalidResponse, match="Shorten it to at most 100"):
        question.read_response({"answer": ["9" * 5000]}, question.layout(None))


def test_partial_credit_is_announced_where_there_is_some() -> None:
    assert "comes close" in built(NUMERIC).describe_scoring()
    assert exact(5).describe_scoring() == ""


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"answer": None}, "answer is missing"),
        ({"tolerance": None}, "tolerance is missing"),
        ({"tolerance": -1}, "must not be negative"),
        ({"tolerance": 5}, "must fit a correct pattern first"),
        ({"answer": 81, "tolerance": 0}, "must fit a correct pattern first"),
        ({"patterns": [{"from": 9, "to": 1, "feedback": "No"}, OTHERWISE]}, "patterns 1: from is greater"),
        ({"patterns": [{"from": 9, "feedback": "No"}, OTHERWISE]}, "patterns 1: to is missing"),
    ],
)
def test_an_unsound_numeric_question_is_refused(changes: Definition, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        built(NUMERIC, **changes)


def test_a_key_tells_of_every_range() -> None:
    key = key_of(built(NUMERIC))
    assert key == [
        ("Best answer", "80.25 percent (from 80 to 80.5 counts as right)", None, ""),
        ("Number", "from 80 to 80.5", "right", "KEY yes"),
        ("Number, for 25% of the points", "from 79 to 82", "partly", "KEY nearly"),
        ("Number", "from 0.8 to 0.805", "not-right", "KEY fraction"),
        ("Any other answer", "", "not-right", "KEY look again"),
    ]


def test_a_range_of_one_number_is_that_number() -> None:
    patterns = [{"from": 3, "to": 3, "correct": True, "feedback": "Yes"}, NUMERIC["patterns"][-1]]
    assert key_of(built(NUMERIC, answer=3, tolerance=0, patterns=patterns))[1] == ("Number", "3", "right", "Yes")
