"""What the types answered by typing into one control share."""

from dataclasses import dataclass
from typing import ClassVar

from typing_extensions import override

from courseware.questions.base import Fields, Layout, Question, Response, misfit
from courseware.questions.form_fields import typed_line, typed_lines

ANSWER_FIELD = "answer"


@dataclass(frozen=True, kw_only=True)
class TypedQuestion(Question):
    """A question whose response is `{"text": ...}`, as typed, at most `longest` characters."""

    longest: ClassVar[int]
    takes_lines: ClassVar[bool] = False

    @override
    def layout(self, seed: str | None) -> Layout:
        return Layout()

    @override
    def read_response(self, fields: Fields, layout: Layout) -> Response | None:
        read = typed_lines if self.takes_lines else typed_line
        text = read(fields, ANSWER_FIELD, self.longest)
        return None if text is None else {"text": text}

    @override
    def fields(self, response: Response | None, layout: Layout) -> dict[str, list[str]]:
        return {} if response is None else {ANSWER_FIELD: [self._text(response)]}

    def _text(self, response: Response) -> str:
        text = response.get("text")
        if not isinstance(text, str):
            raise misfit(self)
        return text
