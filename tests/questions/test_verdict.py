"""What a pattern says of the responses that fit it."""

from fractions import Fraction

import pytest

from courseware.questions.definition import Definition
from courseware.questions.verdict import read_otherwise, read_verdict


@pytest.mark.parametrize(
    ("values", "credit"), [({"correct": True}, 1), ({}, 0), ({"correct": False}, 0), ({"credit": 0.5}, Fraction(1, 2))]
)
def test_a_pattern_earns_all_nothing_or_its_credit(values: dict[str, object], credit: Fraction) -> None:
    verdict = read_verdict(Definition({**values, "feedback": "Why"}), "p-one")
    assert verdict.credit == credit
    assert verdict.is_right == (credit == 1)
    assert verdict.note.paragraph == "p-one"


@pytest.mark.parametrize("values", [{"credit": 0}, {"credit": 1}, {"credit": 0.5, "correct": True}])
def test_credit_lies_between_nothing_and_all(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="credit must lie"):
        read_verdict(Definition({**values, "feedback": "Why"}), "")


@pytest.mark.parametrize(
    "patterns",
    [
        [{"feedback": "Why"}],
        [{"feedback": "Why", "otherwise": True}, {"feedback": "Why"}],
        [{"feedback": "Why", "otherwise": True}, {"feedback": "Why", "otherwise": True}],
        [{"feedback": "Why", "otherwise": True, "correct": True}],
    ],
)
def test_the_last_pattern_and_no_other_takes_the_rest(patterns: list[dict[str, object]]) -> None:
    with pytest.raises(ValueError, match="the last pattern, and no other"):
        read_otherwise(Definition({"patterns": patterns}), "")
