"""What every question type promises, tried on all of them."""

import json
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.questions.base import Note, Question, Response, Review, ReviewPart, Show, state_of
from tests.questions.samples import BY_TYPE, NUMERIC, SINGLE_CHOICE, built

TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=40).filter(str.strip)
SEEDS = st.none() | st.text(alphabet="0123456789abcdef", min_size=1, max_size=8)
EVERYTHING: frozenset[Show] = frozenset({"score", "correctness", "answers", "feedback", "links"})


def fields_of(question: Question, seed: str | None) -> st.SearchStrategy[dict[str, list[str]]]:
    """Return what a learner may do with the controls of a question."""
    layout = question.layout(seed)
    tokens = [option.token for option in layout.options]
    one_token = st.sampled_from(tokens or [""]).map(lambda token: [token])
    typed = TEXTS.map(lambda text: [text])
    number = st.integers(1, 4).map(lambda place: [str(place)])
    controls: dict[str, dict[str, st.SearchStrategy[list[str]]]] = {
        "single_choice": {"choice": one_token},
        "true_false": {"choice": one_token},
        "multiple_response": {"choice": st.lists(st.sampled_from(tokens or [""]), unique=True)},
        "short_text": {"answer": typed},
        "numeric": {"answer": typed},
        "essay": {"answer": typed},
        "matching": {f"pair-{number}": one_token for number in (1, 2, 3)},
        "ordering": {f"place-{row}": number for row in (1, 2, 3, 4)},
        "cloze": {"gap-1": typed, "gap-2": st.sampled_from(["a", "b", "c"]).map(lambda token: [token]), "gap-3": typed},
    }
    return st.fixed_dictionaries({}, optional=controls[question.type_name])


@st.composite
def responses(draw: st.DrawFn) -> tuple[Question, str | None, Response | None]:
    """Draw a question of any type, a seed, and a response read from its controls."""
    question = built(draw(st.sampled_from(list(BY_TYPE.values()))))
    seed = draw(SEEDS)
    fields = draw(fields_of(question, seed))
    return question, seed, question.read_response(fields, question.layout(seed))


@given(responses(), SEEDS)
def test_the_fields_of_a_response_read_as_that_response_in_any_order(
    drawn: tuple[Question, str | None, Response | None], seed: str | None
) -> None:
    question, _, response = drawn
    layout = question.layout(seed)
    assert question.read_response(question.fields(response, layout), layout) == response


@given(responses())
def test_a_response_survives_json(drawn: tuple[Question, str | None, Response | None]) -> None:
    question, _, response = drawn
    kept = json.loads(json.dumps(response))
    assert kept == response
    assert question.score(kept) == question.score(response)


@given(responses())
def test_the_score_lies_between_nothing_and_all(drawn: tuple[Question, str | None, Response | None]) -> None:
    question, _, response = drawn
    score = question.score(response)
    if score is None:
        assert question.type_name == "essay"
        return
    assert 0 <= score.earned <= score.possible == question.points
    assert score.earned == round(score.earned, 2)


@given(responses())
def test_the_review_agrees_with_the_score(drawn: tuple[Question, str | None, Response | None]) -> None:
    question, seed, response = drawn
    score = question.score(response)
    review = question.review(response, question.layout(seed))
    if score is None:
        assert review.state == "open"
    elif review.state == "right":
        assert score.earned == score.possible
    else:
        assert (review.state == "partly") == (score.earned > 0)


@given(responses())
def test_the_key_is_shown_unless_the_answer_holds_it(drawn: tuple[Question, str | None, Response | None]) -> None:
    question, seed, response = drawn
    review = question.review(response, question.layout(seed))
    shows_key = any(part.is_key for part in review.parts)
    if review.state == "right":
        assert not shows_key
    elif question.type_name != "multiple_response":
        assert shows_key


@given(responses())
def test_every_reread_paragraph_of_a_review_is_among_the_references(
    drawn: tuple[Question, str | None, Response | None],
) -> None:
    question, seed, response = drawn
    parts = question.review(response, question.layout(seed)).parts
    assert {note.paragraph for part in parts for note in part.notes} <= set(question.paragraphs())


@given(responses())
def test_the_completeness_and_the_remark_tell_nothing_of_the_key(
    drawn: tuple[Question, str | None, Response | None],
) -> None:
    question, _, response = drawn
    completeness = question.completeness(response)
    assert (completeness.state == "none") == (response is None)
    assert "KEY" not in completeness.text.replace("KEY", "", json.dumps(response).count("KEY"))
    if response is None:
        assert question.remark(response) is None


@pytest.mark.parametrize("definition", BY_TYPE.values(), ids=BY_TYPE)
def test_a_blank_response_scores_nothing_and_shows_the_best_answer(definition: dict[str, object]) -> None:
    question = built(definition)
    layout = question.layout("seed")
    assert question.read_response({}, layout) is None
    assert question.fields(None, layout) == {}
    score = question.score(None)
    assert score is not None
    assert score.earned == 0
    assert score.possible == question.points
    review = question.review(None, layout).limited_to(EVERYTHING)
    assert review.state == "not-right"
    assert any(part.text == "No answer" for part in review.parts)
    assert any(part.is_key and (part.text or part.lines) and part.notes for part in review.parts)


@pytest.mark.parametrize("definition", BY_TYPE.values(), ids=BY_TYPE)
def test_a_layout_holds_no_part_of_the_key(definition: dict[str, object]) -> None:
    assert "KEY" not in json.dumps(asdict(built(definition).layout("seed")))


@pytest.mark.parametrize("definition", BY_TYPE.values(), ids=BY_TYPE)
def test_the_rule_of_scoring_tells_no_part_of_the_key(definition: dict[str, object]) -> None:
    assert "KEY" not in built(definition).describe_scoring()


@pytest.mark.parametrize("definition", BY_TYPE.values(), ids=BY_TYPE)
@pytest.mark.parametrize(
    "response",
    [
        {},
        {"chosen": []},
        {"chosen": [9]},
        {"chosen": ["a"]},
        {"chosen": 1},
        {"text": 5},
        {"pairs": ["KEY-short"]},
        {"pairs": ["other", None, None]},
        {"places": {"other": 1}},
        {"places": {"KEY-pick": "1"}},
        {"places": []},
        {"gaps": {"other": {"text": "a"}}},
        {"gaps": {"KEY-heat": "80"}},
        {"gaps": []},
    ],
    ids=json.dumps,
)
def test_a_stored_response_of_another_question_is_refused(definition: dict[str, object], response: Response) -> None:
    with pytest.raises(ValueError, match="does not belong"):
        built(definition).score(response)


def test_half_a_hundredth_is_rounded_up() -> None:
    question = built(NUMERIC, points=0.5)
    score = question.score({"text": "79"})
    assert score is not None
    assert score.earned == Decimal("0.13")


@pytest.mark.parametrize("points", [0, -1, 1001, 0.125])
def test_points_outside_the_bounds_are_refused(points: float) -> None:
    with pytest.raises(ValueError, match="points must lie"):
        built(SINGLE_CHOICE, points=points)


def test_a_check_in_a_lesson_has_no_id_and_counts_one_point() -> None:
    question = built(SINGLE_CHOICE, id=None, points=None, objective=None, claims=None)
    assert question.points == 1
    assert (question.id, question.objective) == ("", "")


def test_feedback_without_a_paragraph_points_at_that_of_the_question() -> None:
    options = [{key: value for key, value in option.items() if key != "paragraph"} for option in _options()]
    assert built(SINGLE_CHOICE, options=options).paragraphs() == ("p-water",)


def _options() -> list[dict[str, object]]:
    options: list[dict[str, object]] = SINGLE_CHOICE["options"]
    return options


@pytest.mark.parametrize(
    ("fraction", "state"), [(Fraction(1), "right"), (Fraction(1, 9), "partly"), (Fraction(0), "not-right")]
)
def test_a_share_of_the_points_has_a_word(fraction: Fraction, state: str) -> None:
    assert state_of(fraction) == state


GIVEN = ReviewPart("You chose", "tea", "not-right", (Note("Why", "p-one"),))
LEFT_OUT = ReviewPart("You left out", "milk", "left-out", (Note("Because", "p-two"),), is_key=True)
REVIEW = Review("partly", (GIVEN, LEFT_OUT), "After all")


def test_a_review_with_everything_shown_is_whole() -> None:
    assert REVIEW.limited_to(EVERYTHING) == REVIEW


def test_a_review_with_nothing_shown_holds_the_answer_alone() -> None:
    assert REVIEW.limited_to(set()) == Review(None, (ReviewPart("You chose", "tea"),))


def test_the_key_needs_the_flag_for_answers() -> None:
    shown = REVIEW.limited_to(EVERYTHING - {"answers"})
    assert shown == Review("partly", (GIVEN,), "After all")


def test_feedback_and_links_are_withheld_apart() -> None:
    assert REVIEW.limited_to({"links"}).parts[0].notes == (Note("", "p-one"),)
    assert REVIEW.limited_to({"feedback"}).parts[0].notes == (Note("Why", ""),)


def test_an_open_response_says_so_and_keeps_its_key_to_itself() -> None:
    given = ReviewPart("Your answer", "tea", "open")
    review = Review("open", (given, LEFT_OUT))
    assert review.limited_to(EVERYTHING) == Review("open", (given,))
    assert review.limited_to(set()).state == "open"
