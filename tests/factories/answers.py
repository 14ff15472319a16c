"""Answers to any question: one that earns every point, and one that earns none."""

from collections.abc import Mapping
from typing import Any

from courseware.attempts.models import Attempt, AttemptQuestion
from courseware.attempts.services import layout_of, question_of

Definition = Mapping[str, Any]
Fields = dict[str, list[str]]


def right_fields(attempt: Attempt, item: AttemptQuestion) -> Fields:
    """Return the form fields of an answer that earns every point; an essay gets some text."""
    return _fields(attempt, item, right_response(item.question_version.definition))


def poor_fields(attempt: Attempt, item: AttemptQuestion) -> Fields:
    """Return the form fields of an answer that earns nothing."""
    return _fields(attempt, item, poor_response(item.question_version.definition))


def _fields(attempt: Attempt, item: AttemptQuestion, response: dict[str, Any]) -> Fields:
    question = question_of(item)
    return question.fields(response, layout_of(attempt, item, question))


def right_response(definition: Definition) -> dict[str, Any]:
    """Return the response that the key asks for."""
    response: dict[str, Any]
    match definition["type"]:
        case "single_choice" | "multiple_response" | "choice" | "true_false":
            response = {"chosen": _places(definition, fits=True)}
        case "short_text":
            pattern = next(each for each in definition["patterns"] if each.get("correct") and "accept" in each)
            response = {"text": pattern["accept"][0]}
        case "numeric":
            response = {"text": str(definition["answer"])}
        case "matching":
            response = {"pairs": [pair["answer"] for pair in definition["pairs"]]}
        case "ordering":
            response = {"places": {item: place for place, item in enumerate(definition["answer"], start=1)}}
        case "cloze":
            response = {"gaps": {gap["id"]: right_response(gap) for gap in definition["gaps"]}}
        case _:
            response = {"text": "Some words on it."}
    return response


def poor_response(definition: Definition) -> dict[str, Any]:
    """Return a response of the same shape that earns nothing."""
    response: dict[str, Any]
    match definition["type"]:
        case "single_choice" | "choice" | "true_false":
            response = {"chosen": _places(definition, fits=False)[:1]}
        case "multiple_response":
            response = {"chosen": _places(definition, fits=False)}
        case "short_text":
            response = {"text": "qqqq"}
        case "numeric":
            response = {"text": "987654321"}
        case "matching":
            ids = [choice["id"] for choice in definition["choices"]]
            response = {"pairs": [next(each for each in ids if each != pair["answer"]) for pair in definition["pairs"]]}
        case "ordering":
            response = {"places": {item: place for place, item in enumerate(reversed(definition["answer"]), start=1)}}
        case "cloze":
            response = {"gaps": {gap["id"]: poor_response(gap) for gap in definition["gaps"]}}
        case _:
            response = {"text": "Other words on it."}
    return response


def _places(definition: Definition, *, fits: bool) -> list[int]:
    options = definition["options"]
    if definition["type"] == "true_false":
        return [place for place, option in enumerate(options) if (option["text"] == str(definition["answer"])) is fits]
    return [place for place, option in enumerate(options) if bool(option.get("correct")) is fits]
