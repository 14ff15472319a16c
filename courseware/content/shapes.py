"""The smallest parts of the course files: texts, ids and numbers."""

from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints
from pydantic_core import PydanticCustomError

from courseware.content.issues import Rule

SLUG: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"


class Shape(BaseModel):
    """A mapping of a course file: it never changes, and it knows its keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def broken(rule: Rule, what: str) -> PydanticCustomError:
    """Return the error that is reported under a rule of ours."""
    return PydanticCustomError(rule.value, what)


def _whole_number_as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Text = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1)]
Markdown = Text
# Where a whole number is often meant as text: a period, a label, a cell, an accepted response.
Label = Annotated[Text, BeforeValidator(_whole_number_as_text)]
Id = Annotated[str, StringConstraints(strict=True, pattern=rf"^{SLUG}$")]
Address = Annotated[str, StringConstraints(strict=True, pattern=rf"^(?:lesson:{SLUG}#)?{SLUG}$")]
Tension = Annotated[str, StringConstraints(strict=True, pattern=r"^T[0-9]{2,3}$")]
Locator = Annotated[str, StringConstraints(strict=True, pattern=r"^p[1-9][0-9]*(?:-p[1-9][0-9]*)?$")]
Lines = Annotated[str, StringConstraints(strict=True, pattern=r"^[1-9][0-9]*-[1-9][0-9]*$")]
Flag = Annotated[bool, Strict()]
Whole = Annotated[int, Strict()]
Number = Whole | Annotated[float, Strict(), Field(allow_inf_nan=False)]
Count = Annotated[Whole, Field(ge=1)]
