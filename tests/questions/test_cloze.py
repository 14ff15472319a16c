"""Cloze."""

import pytest

from courseware.questions.base import InvalidResponse, Question, Response
from courseware.questions.cloze import Cloze
from tests.questions.samples import CLOZE, Definition, built, key_of

HEAT, LEAF, WAIT = {"text": "80"}, {"chosen": [0]}, {"text": "A minute"}


def earned(question: Question, gaps: dict[str, Response]) -> float:
    """Return the points for the gaps."""
    score = question.score({"gaps": gaps})
    assert score is not None
    return float(score.earned)


def test_each_gap_earns_an_equal_share_by_its_own_type() -> None:
    question = built(CLOZE)
    assert earned(question, {"KEY-heat": HEAT}) == 1
    assert earned(question, {"KEY-heat": HEAT, "KEY-leaf": {"chosen": [1]}}) == 1
    assert earned(question, {"KEY-heat": HEAT, "KEY-leaf": LEAF, "KEY-wait": WAIT}) == 3
    assert earned(question, {"KEY-heat": {"text": "hot"}}) == 0


def test_gaps_come_in_the_order_of_the_text() -> None:
    question = built(CLOZE)
    assert isinstance(question, Cloze)
    assert [gap.id for gap in question.gaps] == ["KEY-heat", "KEY-leaf", "KEY-wait"]
    assert question.text_pieces == ("Heat the water to ", " degrees, <em>add ", "</em> &amp; wait for ", ".")


def test_gaps_are_read_by_their_place() -> None:
    question = built(CLOZE)
    layout = question.layout("seed")
    token = layout.gaps[1].token_of("leaves & buds")
    response = question.read_response({"gap-1": ["80"], "gap-2": [token], "gap-3": [" "]}, layout)
    assert response == {"gaps": {"KEY-heat": HEAT, "KEY-leaf": LEAF}}


@pytest.mark.parametrize(("field", "value"), [("gap-1", "9" * 5000), ("gap-2", "z"), ("gap-3", "a\x00")])
def test_a_gap_that_cannot_be_read_is_named(field: str, value: str) -> None:
    question = built(CLOZE)
    with pytest.raises(InvalidResponse) as refusal:
        question.read_response({field: [value]}, question.layout(None))
    assert refusal.value.field == field


def test_the_options_of_a_gap_change_place_from_seed_to_seed() -> None:
    question = built(CLOZE)
    assert len({question.layout(str(seed)).gaps[1] for seed in range(40)}) == 6


def test_completeness_counts_the_gaps_that_are_filled() -> None:
    question = built(CLOZE)
    partial = question.completeness({"gaps": {"KEY-heat": HEAT}})
    assert (partial.state, partial.text) == ("partial", "1 of 3 filled")
    gaps = {"KEY-heat": HEAT, "KEY-leaf": LEAF, "KEY-wait": WAIT}
    assert question.completeness({"gaps": gaps}).state == "complete"
    assert question.completeness({"gaps": {**gaps, "KEY-heat": {"text": "hot"}}}).state == "partial"


def test_remarks_name_their_gap() -> None:
    question = built(CLOZE)
    assert question.remark({"gaps": {"KEY-heat": {"text": "8,5"}}}) == "Gap 1: Read as 8.5."
    assert question.remark({"gaps": {"KEY-leaf": LEAF}}) is None


def test_a_review_goes_gap_by_gap_and_ends_with_the_remark_after_all() -> None:
    question = built(CLOZE)
    review = question.review({"gaps": {"KEY-heat": HEAT, "KEY-leaf": {"chosen": [2]}}}, question.layout(None))
    assert review.state == "partly"
    assert review.closing == "KEY afterthought"
    assert [(part.label, part.text, part.is_html) for part in review.parts] == [
        ("Gap 1: your answer", "80", False),
        ("Gap 2: you chose", "roots", False),
        ("Gap 2: best answer", "leaves & buds", False),
        ("Gap 3: your answer", "No answer", False),
        ("Gap 3: best answer", "a minute", False),
    ]


def test_a_gap_takes_its_paragraph_from_the_question() -> None:
    question = built(CLOZE)
    assert isinstance(question, Cloze)
    assert question.gaps[2].question.paragraph == "p-water"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": None}, "text is missing"),
        ({"text": "Heat {{KEY-heat}}."}, "every gap once"),
        ({"text": CLOZE["text"] + "{{KEY-heat}}"}, "every gap once"),
        ({"text": CLOZE["text"] + "{{other}}"}, "every gap once"),
        ({"gaps": [*CLOZE["gaps"], CLOZE["gaps"][0]]}, "every gap once"),
        ({"gaps": [{"id": "KEY-heat", "type": "essay"}]}, "gaps 1: type must be one of: short_text, numeric, choice"),
        ({"gaps": [{"id": "KEY-heat", "type": "choice"}]}, "gaps 1: options is missing"),
    ],
)
def test_an_unsound_cloze_is_refused(changes: Definition, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        built(CLOZE, **changes)


def test_a_key_shows_the_text_and_then_goes_gap_by_gap() -> None:
    text, *gaps = key_of(built(CLOZE))
    assert text == ("Text", "Heat the water to [1] degrees, <em>add [2]</em> &amp; wait for [3].", None, "")
    assert gaps[:3] == [
        ("Gap 1: best answer", "80", None, ""),
        ("Gap 1: number", "80", "right", "KEY yes"),
        ("Gap 1: any other answer", "", "not-right", "KEY look again"),
    ]
    assert gaps[3] == ("Gap 2: option", "leaves & buds", "right", "KEY feedback on leaves & buds")
    assert gaps[-1] == ("Gap 3: any other answer", "", "not-right", "KEY look again")
