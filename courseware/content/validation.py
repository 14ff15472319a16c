"""Holding a YAML text against its model, and saying in our words what does not fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from courseware.content.issues import IssueLog, Place, Rule
from courseware.content.yaml_text import Path, YamlText

Model = TypeVar("Model")
Model_co = TypeVar("Model_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Piece(Generic[Model_co]):
    """A sound part of a YAML text: its model, and where it stands."""

    model: Model_co
    yaml: YamlText
    path: tuple[str | int, ...] = ()

    def place(self, *steps: str | int, of_key: bool = False) -> Place:
        """Return where a value inside the part begins, or its key."""
        return self.yaml.place((*self.path, *steps), of_key=of_key)

    def place_inside(self, steps: Path, text: str, offset: int) -> Place:
        """Return where a character of a text inside the part stands."""
        return self.yaml.place_inside((*self.path, *steps), text, offset)


def read_shape(
    yaml: YamlText, adapter: TypeAdapter[Model], log: IssueLog, value: object | None = None
) -> Piece[Model] | None:
    """Return the YAML text as its model, or None after logging everything that does not fit.

    A value given is taken in place of the text's own; it may hold more, in the same order.
    """
    try:
        return Piece(adapter.validate_python(yaml.value if value is None else value), yaml)
    except ValidationError as error:
        _log_errors(yaml, error, log)
        return None


def sound_items(yaml: YamlText, key: str, adapter: TypeAdapter[Model]) -> list[Piece[Model]]:
    """Return the sound entries of a list whose file as a whole is not sound; nothing is logged."""
    pieces: list[Piece[Model]] = []
    for position, item in enumerate(raw_items(yaml, key)):
        try:
            pieces.append(Piece(adapter.validate_python(item), yaml, (key, position)))
        except ValidationError:
            continue
    return pieces


def raw_items(yaml: YamlText, key: str) -> list[object]:
    """Return the entries of a list as they were read, sound or not."""
    items = yaml.value.get(key)
    return items if isinstance(items, list) else []


def raw_text(item: object, key: str) -> str | None:
    """Return the text under a key of a mapping as it was read, or None if there is none."""
    text = item.get(key) if isinstance(item, dict) else None
    return text if isinstance(text, str) else None


# One of several shapes was expected; each that does not fit is reported, and the first report is enough.
_ALTERNATIVES: Final = frozenset({"int_type", "float_type", "literal_error", "tuple_type", "string_type"})
_OWN_RULES: Final = frozenset(rule.value for rule in Rule)
_SENTENCES: Final = {
    "bool_type": "There must be true or false here.",
    "dict_type": "There must be keys and values here.",
    "float_type": "There must be a number here.",
    "greater_than": "This must be more than {gt}.",
    "greater_than_equal": "This must be at least {ge}.",
    "int_type": "There must be a whole number here.",
    "less_than": "This must be less than {lt}.",
    "less_than_equal": "This must be at most {le}.",
    "literal_error": "This is not one of the words known here: {expected}.",
    "model_type": "There must be keys and values here.",
    "model_attributes_type": "There must be keys and values here.",
    "string_too_long": "This text is longer than {max_length} letters.",
    "string_too_short": "This text is empty.",
    "string_type": "There must be text here; a number, true, false or null needs quotation marks.",
    "too_long": "There must be at most {max_length} entries here.",
    "too_short": "There must be at least {min_length} entries here.",
    "tuple_type": "There must be a list here.",
    "union_tag_invalid": "This is not one of the words known here: {expected_tags}.",
}
_PATTERNS: Final = (
    ("lesson:", "An address is the id of a paragraph, or lesson:slug#id."),
    ("T[0-9]", "A tension is written T and its number, such as T04."),
    ("p[1-9]", "A locator is written p and a number, such as p4 or p4-p7."),
    ("[1-9][0-9]*-", "Lines are written as two numbers, such as 5-25."),
    ("", "An id is made of small letters, digits and single hyphens."),
)


def _log_errors(yaml: YamlText, error: ValidationError, log: IssueLog) -> None:
    answered: set[Place] = set()
    details = error.errors(include_url=False, include_context=True)
    for detail in details:
        if detail["type"] == "too_short" and any(_is_inside(other, detail) for other in details):
            continue  # entries that do not fit are not counted, and they have been named
        place = _place(yaml, detail)
        if detail["type"] in _ALTERNATIVES:
            if place in answered:
                continue
            answered.add(place)
        rule, what = _describe(detail)
        log.add(place, rule, what)


def _is_inside(detail: ErrorDetails, list_detail: ErrorDetails) -> bool:
    depth = len(list_detail["loc"])
    return len(detail["loc"]) > depth and detail["loc"][:depth] == list_detail["loc"]


def _place(yaml: YamlText, detail: ErrorDetails) -> Place:
    path: Sequence[str | int] = detail["loc"]
    if path and path[-1] == "[key]":
        return yaml.place(path[:-1], of_key=True)
    if detail["type"] == "union_tag_invalid":
        return yaml.place((*path, detail["ctx"]["discriminator"].strip("'")))
    return yaml.place(path, of_key=detail["type"] == "extra_forbidden")


def _describe(detail: ErrorDetails) -> tuple[Rule, str]:
    kind, path, context = detail["type"], detail["loc"], detail.get("ctx", {})
    last = path[-1] if path else ""
    if kind in _OWN_RULES:
        return Rule(kind), detail["msg"]
    if last == "feedback" and kind in {"missing", "string_too_short"}:
        return Rule.FEEDBACK_MISSING, "The feedback is missing."
    if kind in {"missing", "union_tag_not_found"}:
        key = last if kind == "missing" else context["discriminator"].strip("'")
        return Rule.MISSING_KEY, f"The key “{key}” is missing."
    if kind == "extra_forbidden" or last == "[key]":
        key = last if kind == "extra_forbidden" else path[-2]
        return Rule.UNKNOWN_KEY, f"The key “{key}” is not known here."
    return Rule.WRONG_TYPE, _describe_value(detail)


def _describe_value(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "string_pattern_mismatch":
        return next(sentence for part, sentence in _PATTERNS if part in context["pattern"])
    if kind == "int_type" and detail["loc"][-1] == "int":
        kind = "float_type"
    return _SENTENCES[kind].format(**context) if kind in _SENTENCES else f"{detail['msg']}."
