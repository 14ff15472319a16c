"""Reads a JSON body with the care that a form gets by itself."""

from collections.abc import Mapping

from flask import request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from courseware.core.errors import Invalid

LARGEST_WHOLE = 2**31 - 1


def read_object() -> Mapping[str, object]:
    """Return the JSON object sent; 415 if it is not sent as JSON, 400 if it is not one object."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    try:
        body = request.get_json()
    except RecursionError:  # brackets nested by the thousand
        raise BadRequest from None
    if not isinstance(body, dict):
        raise BadRequest
    return body


def whole(body: Mapping[str, object], name: str) -> int:
    """Return a whole number of the body, zero or more, or raise Invalid."""
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_WHOLE:
        message = f"“{name}” must be a whole number."
        raise Invalid(message, {name: message})
    return value


def truth(body: Mapping[str, object], name: str) -> bool:
    """Return a true or false of the body, or raise Invalid."""
    value = body.get(name)
    if not isinstance(value, bool):
        message = f"“{name}” must be true or false."
        raise Invalid(message, {name: message})
    return value


def fields(body: Mapping[str, object], name: str) -> dict[str, list[str]]:
    """Return form fields sent as `{name: [text, …]}`, or raise Invalid."""
    value = body.get(name)
    if isinstance(value, dict) and all(
        isinstance(texts, list) and all(isinstance(text, str) for text in texts) for texts in value.values()
    ):
        return value
    message = f"“{name}” must hold lists of text by field."
    raise Invalid(message, {name: message})
