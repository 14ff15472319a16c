"""From the name of a type to its class."""

import pytest

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
