"""From the name of a type to its class."""

import pytest

from courseware.content.references import mappings
from courseware.questions.registry import build
from tests.questions.samples import BY_TYPE, SINGLE_CHOICE, changed


@pytest.mark.parametrize("type_name", BY_TYPE)
def test_every_type_is_built_from_its_definition(type_name: str) -> None:
    question = build(BY_TYPE[type_name])
    assert question.type_name == type_name
    assert (question.id, question.objective, question.claims) == ("tea-q01", "tea-brew", ("leaf-p01-a",))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"type": None}, "type is missing"),
        ({"type": "oral"}, "type must be one of: single_"),
        ({"prompt": None}, "prompt is"),
    ],
)
def test_a_question_without_type_or_prompt_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        build(changed(SINGLE_CHOICE, **changes))


@pytest.mark.parametrize("type_name", BY_TYPE)
def test_a_key_holds_all_feedback_and_says_what_is_right(type_name: str) -> None:
    definition = BY_TYPE[type_name]
    key = build(definition).key_parts()
    written = {part["feedback"] for _, part in mappings(definition) if "feedback" in part}
    assert {note.feedback for part in key for note in part.notes} == written
    assert any(part.state == "right" for part in key) or type_name == "essay"
