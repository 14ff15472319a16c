"""Reading single controls: what was typed and what was picked."""

import unicodedata

from courseware.questions.base import Fields, InvalidResponse, Layout

LINE_BREAKS = frozenset("\n\t")


def only_value(fields: Fields, name: str) -> str:
    """Return the value of a control that gives one, or an empty text when it is blank."""
    values = {value for value in fields.get(name, ()) if value}
    if len(values) > 1:
        raise InvalidResponse(name, "This question takes one answer. Give only one.")
    return values.pop() if values else ""


def picked_text(fields: Fields, name: str, layout: Layout) -> str | None:
    """Return the displayed text that was picked, or None when none was."""
    token = only_value(fields, name)
    return displayed_text(token, name, layout) if token else None


def displayed_text(token: str, name: str, layout: Layout) -> str:
    """Return the text displayed under a token; refuse a token that is not on the page."""
    text = layout.text_of(token)
    if text is None:
        raise InvalidResponse(name, "This choice is not on the page. Reload the page, then choose again.")
    return text


def typed_line(fields: Fields, name: str, limit: int) -> str | None:
    """Return one typed line as it stands, or None when it is blank."""
    return _typed(only_value(fields, name), name, limit, frozenset())


def typed_lines(fields: Fields, name: str, limit: int) -> str | None:
    """Return typed text with its line breaks, each as one newline, or None when it is blank."""
    text = only_value(fields, name).replace("\r\n", "\n").replace("\r", "\n")
    return _typed(text, name, limit, LINE_BREAKS)


def _typed(text: str, name: str, limit: int, allowed: frozenset[str]) -> str | None:
    if len(text) > limit:
        raise InvalidResponse(name, f"This answer has {len(text):,} characters. Shorten it to at most {limit:,}.")
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in allowed for sign in text):
        raise InvalidResponse(name, "This answer has a character that cannot be shown. Type the answer again.")
    return text if text.strip() else None
