"""Sentences, words and the reading grade of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.content.wording import DENIALS, HEDGES, reading_grade, says_something, sentences, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tea rose. It fell.", ["Tea rose.", "It fell."]),
        ("Mr. T. Lee drank 1.5 cups. “Why?” So.", ["Mr. T. Lee drank 1.5 cups.", "“Why?”", "So."]),
        ("Tea rose", ["Tea rose"]),
        ("  ", []),
    ],
)
def test_a_text_falls_into_sentences(text: str, expected: list[str]) -> None:
    found = list(sentences(text))
    assert [sentence.text for sentence in found] == expected
    assert all(text.startswith(sentence.text, sentence.offset) for sentence in found)


@given(st.text("aB. ?!”*\n", max_size=60))
def test_nothing_of_a_text_is_lost_between_its_sentences(text: str) -> None:
    assert "".join("".join(sentence.text.split()) for sentence in sentences(text)) == "".join(text.split())


def test_a_number_and_a_word_with_an_apostrophe_are_one_word() -> None:
    assert words_of("The clerk's 1,200 well-kept chests") == ["the", "clerk's", "1,200", "well-kept", "chests"]


def test_the_grade_is_that_of_the_formula() -> None:
    # Fifty times two words of one syllable each: 0.39 * 2 + 11.8 * 1 - 15.59
    assert reading_grade(["Tea rose."] * 50) == -3.0
    # Ten words a sentence, two syllables each: 0.39 * 10 + 11.8 * 2 - 15.59
    assert reading_grade(["Paper " * 10] * 10) == 11.9


def test_a_silent_end_is_no_syllable() -> None:
    assert reading_grade(["Made whole, times passed."] * 25) == reading_grade(["Tea rose in spring."] * 25)
    assert reading_grade(["Table"] * 100) == reading_grade(["Paper"] * 100)


def test_a_few_words_have_no_grade() -> None:
    assert reading_grade(["Tea rose."] * 49) is None


@pytest.mark.parametrize(
    "text",
    [
        "it is not so",
        "it doesn\N{RIGHT SINGLE QUOTATION MARK}t hold",
        "No chest came",
        "the least likely",
        "except tea",
    ],
)
def test_a_denial_turns_a_sentence_round(text: str) -> None:
    assert DENIALS.search(text)


@pytest.mark.parametrize("text", ["at least ten", "no more than ten", "a note", "nothing here matters to it"])
def test_some_words_only_look_like_a_denial(text: str) -> None:
    assert not DENIALS.search(text)


def test_a_month_is_no_hedge() -> None:
    assert HEDGES.findall("In May it may have been nearly ten.") == ["may", "nearly"]


@pytest.mark.parametrize(
    "text",
    [
        "The Ledger says so.",
        "Ledger, in 1804, counted chests.",
        "So writes the Ledger.",
        "According to Ledger, tea rose.",
        "Ledger's clerks name it.",
    ],
)
def test_a_sentence_hands_on_what_a_source_says(text: str) -> None:
    assert says_something(["Ledger", "Pamphlet (1804)"]).search(text)


@pytest.mark.parametrize("text", ["The Ledger is old.", "Set it beside the Ledger.", "Somebody says so."])
def test_a_source_may_be_named_without_handing_on_what_it_says(text: str) -> None:
    assert not says_something(["Ledger"]).search(text)


def test_without_sources_nobody_says_anything() -> None:
    assert not says_something([]).search("The Ledger says so.")
