"""Essay."""

import pytest

from courseware.questions.base import InvalidResponse
from courseware.questions.essay import Essay
from tests.questions.samples import ESSAY, Definition, built, key_of


def test_a_written_essay_waits_for_a_person() -> None:
    question = built(ESSAY)
    assert question.score({"text": "It is tea."}) is None
    assert question.review({"text": "It is tea."}, question.layout(None)).state == "open"


@pytest.mark.parametrize(
    ("text", "state", "words", "remark"),
    [
        ("Tea", "partial", "1 word", "1 word. Write at least 2 more."),
        ("It is\n\ntea.", "complete", "3 words", None),
        ("It is tea, and it is hot.", "partial", "7 words", "7 words. Cut at least 2."),
    ],
)
def test_words_are_counted_against_the_bounds(text: str, state: str, words: str, remark: str | None) -> None:
    question = built(ESSAY)
    completeness = question.completeness({"text": text})
    assert (completeness.state, completeness.text) == (state, words)
    assert question.remark({"text": text}) == remark


def test_an_essay_without_bounds_may_have_any_length() -> None:
    question = built(ESSAY, min_words=None, max_words=None)
    assert question.remark({"text": "Tea"}) is None


@pytest.mark.parametrize(
    ("least", "most", "hint"),
    [
        (120, 1000, "Write 120 to 1,000 words."),
        (120, None, "Write at least 120 words."),
        (None, 200, "Write at most 200 words."),
        (None, None, ""),
    ],
)
def test_the_hint_says_how_long_the_answer_should_be(least: int | None, most: int | None, hint: str) -> None:
    question = built(ESSAY, min_words=least, max_words=most)
    assert isinstance(question, Essay)
    assert question.length_hint() == hint


def test_an_essay_of_twenty_thousand_characters_is_kept_and_one_more_is_refused() -> None:
    question = built(ESSAY)
    assert question.read_response({"answer": ["a" * 20_000]}, question.layout(None)) == {"text": "a" * 20_000}
    with pytest.raises(InvalidResponse, match="at most 20,000"):
        question.read_response({"answer": ["a" * 20_001]}, question.layout(None))


def test_the_model_answer_is_part_of_the_key() -> None:
    question = built(ESSAY)
    given_part, model = question.review({"text": "Tea."}, question.layout(None)).parts
    assert (given_part.text, given_part.is_key) == ("Tea.", False)
    assert (model.text, model.is_html, model.is_key, model.notes[0].paragraph) == ("KEY model", True, True, "p-water")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"points": 5}, "must add up"),
        ({"criteria": [{**ESSAY["criteria"][0], "points": 2}] * 2}, "two of the criteria"),
        ({"min_words": 9}, "greater than max_words"),
        ({"model": None}, "model is missing"),
    ],
)
def test_an_unsound_essay_is_refused(changes: Definition, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        built(ESSAY, **changes)


def test_a_key_tells_what_is_asked_for_and_ends_with_the_model() -> None:
    assert key_of(built(ESSAY)) == [
        ("Length", "Write 3 to 5 words.", None, ""),
        ("Guidance", "Say what <em>you</em> see.", None, ""),
        ("Criterion, 2.5 of the points", "KEY sees", None, ""),
        ("Criterion, 1.5 of the points", "KEY says", None, ""),
        ("Model answer", "KEY model", None, ""),
    ]
    bare = key_of(built(ESSAY, min_words=None, max_words=None, guidance=None))
    assert [label for label, *_ in bare] == [
        "Criterion, 2.5 of the points",
        "Criterion, 1.5 of the points",
        "Model answer",
    ]
