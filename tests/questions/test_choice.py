"""Single choice, multiple response, and true or false."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.questions.base import InvalidResponse, Question
from courseware.questions.choice import ChoiceQuestion
from tests.questions.samples import MULTIPLE_RESPONSE, SINGLE_CHOICE, TRUE_FALSE, Definition, built, key_of, option


def earned(question: Question, chosen: list[int]) -> float:
    """Return the points for the options at these places."""
    score = question.score({"chosen": chosen} if chosen else None)
    assert score is not None
    return float(score.earned)


def multiple(right: int, other: int) -> Question:
    """Return a question with so many right options and so many others, which is worth a hundred points."""
    options = [option(f"option {place}", correct=place < right) for place in range(right + other)]
    return built(MULTIPLE_RESPONSE, options=options, points=100)


@st.composite
def multiples(draw: st.DrawFn) -> tuple[Question, int, int]:
    """Draw a multiple response question with the numbers of its right and other options."""
    right = draw(st.integers(1, 10))
    other = draw(st.integers(1 if right > 1 else 2, 10))
    return multiple(right, other), right, other


def test_the_right_option_earns_all_and_any_other_nothing() -> None:
    assert [earned(built(SINGLE_CHOICE), [place]) for place in range(4)] == [0, 2, 0, 0]


def test_a_choice_is_read_by_its_place_on_the_page() -> None:
    question = built(SINGLE_CHOICE)
    layout = question.layout("seed")
    assert [shown.token for shown in layout.options] == ["a", "b", "c", "d"]
    token = layout.token_of("Steep it")
    assert question.read_response({"choice": [token]}, layout) == {"chosen": [1]}
    assert question.completeness({"chosen": [1]}).text == "Answered"


def test_two_choices_where_one_is_asked_are_refused() -> None:
    question = built(SINGLE_CHOICE)
    with pytest.raises(InvalidResponse, match="Give only one"):
        question.read_response({"choice": ["a", "b"]}, question.layout(None))
    with pytest.raises(ValueError, match="does not belong"):
        question.score({"chosen": [0, 1]})


def test_options_change_place_from_seed_to_seed_unless_fixed() -> None:
    question, fixed = built(SINGLE_CHOICE), built(SINGLE_CHOICE, fixed_order=True)
    assert len({question.layout(str(seed)) for seed in range(60)}) > 20
    assert {fixed.layout(str(seed)) for seed in range(60)} == {fixed.layout(None)}


def test_the_place_of_the_right_option_tells_nothing() -> None:
    question = built(SINGLE_CHOICE)
    tokens = [question.layout(str(seed)).token_of("Steep it") for seed in range(800)]
    assert all(abs(tokens.count(token) - 200) < 50 for token in "abcd")


def test_a_choice_that_is_not_right_is_explained_before_the_best_answer() -> None:
    question = built(SINGLE_CHOICE)
    given_part, best = question.review({"chosen": [0]}, question.layout("s")).parts
    assert (given_part.label, given_part.state, given_part.is_html) == ("You chose", "not-right", True)
    assert given_part.notes[0].feedback == "KEY feedback on Boil <em>it</em>"
    assert (best.label, best.text, best.is_key, best.state) == ("Best answer", "Steep it", True, None)


def test_a_single_choice_promises_no_partial_credit() -> None:
    assert built(SINGLE_CHOICE).describe_scoring() == ""


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([option("a"), option("b"), option("c")], "exactly one"),
        ([option("a", correct=True), option("b", correct=True), option("c")], "exactly one"),
        ([option("a", correct=True), option("b")], "must be 3 to 26"),
        ([option(str(number), correct=not number) for number in range(27)], "must be 3 to 26"),
        ([option("a", correct=True), option("b"), option("b")], "same"),
        ([{"text": "a"}], "options 1: feedback is missing"),
    ],
)
def test_an_unsound_single_choice_is_refused(options: list[Definition], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        built(SINGLE_CHOICE, options=options)


def test_true_and_false_keep_their_order() -> None:
    question = built(TRUE_FALSE)
    assert [shown.text for shown in question.layout("seed").options] == ["True", "False"]
    assert [earned(question, [0]), earned(question, [1])] == [0, 2]


def test_the_answer_alone_makes_an_option_correct() -> None:
    options = [{"text": text, "feedback": "Why"} for text in ("True", "False")]
    assert earned(built(TRUE_FALSE, answer=True, options=options), [0]) == 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"answer": None}, "answer is missing"),
        ({"answer": "false"}, "true or false"),
        ({"answer": True}, "do not agree"),
        ({"options": [option("Yes"), option("No")]}, '"True" and "False"'),
    ],
)
def test_an_unsound_true_or_false_is_refused(changes: Definition, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        built(TRUE_FALSE, **changes)


@given(multiples())
def test_choosing_everything_or_nothing_earns_nothing(drawn: tuple[Question, int, int]) -> None:
    question, right, other = drawn
    assert earned(question, []) == 0
    assert earned(question, list(range(right + other))) == 0


@given(multiples(), st.data())
def test_only_the_exact_set_earns_everything(drawn: tuple[Question, int, int], data: st.DataObject) -> None:
    question, right, other = drawn
    chosen = data.draw(st.sets(st.integers(0, right + other - 1), min_size=1))
    assert (earned(question, sorted(chosen)) == 100) == (chosen == set(range(right)))


@given(multiples(), st.data())
def test_one_more_choice_moves_the_score_the_right_way(drawn: tuple[Question, int, int], data: st.DataObject) -> None:
    question, right, other = drawn
    chosen = data.draw(st.sets(st.integers(0, right + other - 1)))
    more = data.draw(st.integers(0, right + other - 1))
    before, after = earned(question, sorted(chosen)), earned(question, sorted(chosen | {more}))
    assert after >= before if more < right else after <= before


def test_right_choices_and_others_cost_their_shares() -> None:
    question = built(MULTIPLE_RESPONSE, points=6)
    assert earned(question, [0, 1]) == 4
    assert earned(question, [0, 1, 2]) == 1
    assert earned(question, [0, 1, 3]) == 6
    assert earned(question, [2]) == 0


def test_a_blank_token_is_no_choice() -> None:
    question = built(MULTIPLE_RESPONSE)
    assert question.read_response({"choice": [""]}, question.layout(None)) is None


def test_choices_are_counted_without_saying_how_many_there_should_be() -> None:
    question = built(MULTIPLE_RESPONSE)
    assert question.completeness({"chosen": [2]}).text == "1 choice"
    assert question.completeness({"chosen": [0, 2]}).text == "2 choices"
    assert "3" not in question.describe_scoring()


def test_a_review_shows_choices_as_they_stood_and_then_what_was_left_out() -> None:
    question = built(MULTIPLE_RESPONSE)
    layout = question.layout("seed")
    parts = question.review({"chosen": [0, 2]}, layout).parts
    by_text = {part.text: (part.label, part.state, part.is_key) for part in parts}
    assert by_text == {
        "Green": ("You chose", "right", False),
        "Coffee": ("You chose", "not-right", False),
        "Black": ("You left out", "left-out", True),
        "White": ("You left out", "left-out", True),
    }
    shown = [displayed.text for displayed in layout.options]
    chosen = [part.text for part in parts if not part.is_key]
    assert chosen == sorted(chosen, key=shown.index)


@pytest.mark.parametrize("correct", [True, False])
def test_a_multiple_response_needs_both_kinds_of_options(correct: bool) -> None:  # noqa: FBT001 - a parameter of the test
    options = [option(text, correct=correct) for text in "abc"]
    with pytest.raises(ValueError, match="at least one that is correct and one that is not"):
        built(MULTIPLE_RESPONSE, options=options)


def test_options_are_html() -> None:
    question = built(SINGLE_CHOICE)
    assert isinstance(question, ChoiceQuestion)
    assert question.options_are_html


@pytest.mark.parametrize("definition", [SINGLE_CHOICE, MULTIPLE_RESPONSE, TRUE_FALSE])
def test_a_key_tells_of_every_option_whether_it_is_right_and_why(definition: Definition) -> None:
    assert key_of(built(definition)) == [
        ("Option", option["text"], "right" if option["correct"] else "not-right", option["feedback"])
        for option in definition["options"]
    ]
