"""Typed access to an authored question."""

from decimal import Decimal

import pytest

from courseware.questions.definition import Definition


def test_an_error_names_the_place() -> None:
    part = Definition({"options": [{"marks": [{}]}]}).parts("options")[0].parts("marks")[0]
    with pytest.raises(ValueError, match="options 1, marks 1: text is missing"):
        part.text("text")


@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_blank_text_is_missing(value: object) -> None:
    with pytest.raises(ValueError, match=r"^text is missing$"):
        Definition({"text": value}).text("text")


def test_a_text_must_be_a_text() -> None:
    with pytest.raises(ValueError, match="text must be a text"):
        Definition({"text": 5}).optional_text("text")


@pytest.mark.parametrize(("value", "message"), [("a", "list"), (5, "list"), (["a", 5], "texts only"), ([" "], "blank")])
def test_texts_must_be_a_list_of_texts(value: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Definition({"texts": value}).texts("texts")


def test_absent_texts_are_none() -> None:
    assert Definition({}).texts("texts") == ()


def test_a_flag_is_true_or_false() -> None:
    with pytest.raises(ValueError, match="must be true or false"):
        Definition({"flag": "yes"}).flag("flag")


def test_a_number_is_exactly_as_written() -> None:
    assert Definition({"number": 0.1}).number("number") == Decimal("0.1")


@pytest.mark.parametrize(
    ("value", "message"),
    [(None, "is missing"), (True, "must be a number"), ("5", "must be a number"), (float("inf"), "must be a finite")],
)
def test_a_number_must_be_a_finite_number(value: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Definition({"number": value}).number("number")


@pytest.mark.parametrize("value", [0, 1.5, True, "3"])
def test_a_count_is_a_whole_number_from_one(value: object) -> None:
    with pytest.raises(ValueError, match="whole number"):
        Definition({"count": value}).optional_count("count")


@pytest.mark.parametrize("value", [None, [], "parts", 5])
def test_parts_must_be_a_list_with_something_in_it(value: object) -> None:
    with pytest.raises(ValueError, match="missing or empty"):
        Definition({"parts": value}).parts("parts")


def test_each_part_is_a_mapping() -> None:
    with pytest.raises(ValueError, match="parts 2 must be a mapping"):
        Definition({"parts": [{}, "text"]}).parts("parts")


def test_things_to_be_told_apart_must_differ() -> None:
    with pytest.raises(ValueError, match="two of the options are the same"):
        Definition({}).require_distinct("options", ["a", "b", "a"])
