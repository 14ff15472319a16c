"""From the name of a type to its class."""

from collections.abc import Callable, Mapping

from courseware.questions.base import Question
from courseware.questions.choice import MultipleResponse, SingleChoice, TrueFalse
from courseware.questions.cloze import Cloze
from courseware.questions.definition import Definition
from courseware.questions.essay import Essay
from courseware.questions.matching import Matching
from courseware.questions.numeric import Numeric
from courseware.questions.ordering import Ordering
from courseware.questions.short_text import ShortText

BUILDERS: Mapping[str, Callable[[Definition], Question]] = {
    question_type.type_name: question_type.from_definition
    for question_type in (
        SingleChoice,
        MultipleResponse,
        TrueFalse,
        ShortText,
        Numeric,
        Matching,
        Ordering,
        Cloze,
        Essay,
    )
}


def build(definition: Mapping[str, object]) -> Question:
    """Return the question that an authored definition describes.

    The texts that the format calls Markdown may be Markdown still, or safe HTML for a page. Raise ValueError, naming
    what is missing, if the question is not sound.
    """
    whole = Definition(definition)
    builder = BUILDERS.get(whole.text("type"))
    if builder is None:
        raise whole.error(f"type must be one of: {', '.join(BUILDERS)}")
    whole.text("prompt")
    return builder(whole)
