"""Reading single controls."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.questions.base import DisplayedOption, InvalidResponse, Layout
from courseware.questions.form_fields import only_value, picked_text, typed_line, typed_lines

LAYOUT = Layout((DisplayedOption("a", "tea"), DisplayedOption("b", "coffee")))


@pytest.mark.parametrize("values", [[], [""], ["", ""]])
def test_an_empty_control_is_blank(values: list[str]) -> None:
    assert only_value({"answer": values}, "answer") == ""
    assert typed_line({"answer": values}, "answer", 10) is None
    assert picked_text({"answer": values}, "answer", LAYOUT) is None


def test_a_missing_control_is_blank() -> None:
    assert only_value({}, "answer") == ""


def test_the_same_value_twice_is_one_value() -> None:
    assert only_value({"answer": ["a", "a", ""]}, "answer") == "a"


def test_two_values_where_one_is_asked_are_refused() -> None:
    with pytest.raises(InvalidResponse, match="Give only one"):
        only_value({"answer": ["a", "b"]}, "answer")


def test_a_token_stands_for_the_text_beside_it() -> None:
    assert picked_text({"answer": ["b"]}, "answer", LAYOUT) == "coffee"


@pytest.mark.parametrize("token", ["c", "0", "tea", "A", "\x00", "\udc80"])
def test_a_token_that_is_not_on_the_page_is_refused(token: str) -> None:
    with pytest.raises(InvalidResponse, match="not on the page") as refusal:
        picked_text({"answer": [token]}, "answer", LAYOUT)
    assert refusal.value.field == "answer"


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=50))
def test_a_typed_line_is_kept_as_typed(text: str) -> None:
    assert typed_line({"answer": [text]}, "answer", 50) == (text if text.strip() else None)


def test_line_breaks_are_kept_as_newlines() -> None:
    assert typed_lines({"answer": ["a\r\nb\rc\n\td"]}, "answer", 50) == "a\nb\nc\n\td"


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\ud800"])
def test_signs_that_cannot_be_shown_are_refused(sign: str) -> None:
    for read in (typed_line, typed_lines):
        with pytest.raises(InvalidResponse, match="cannot be shown"):
            read({"answer": [f"a{sign}b"]}, "answer", 50)


def test_a_typed_line_has_no_line_break() -> None:
    with pytest.raises(InvalidResponse, match="cannot be shown"):
        typed_line({"answer": ["a\nb"]}, "answer", 50)


def test_a_text_of_the_greatest_length_is_kept() -> None:
    assert typed_line({"answer": ["a" * 50]}, "answer", 50) == "a" * 50


def test_an_oversize_text_is_refused_with_both_lengths() -> None:
    with pytest.raises(InvalidResponse, match=r"has 5,000 characters\. Shorten it to at most 1,000"):
        typed_line({"answer": ["9" * 5000]}, "answer", 1000)
