"""Walking through the values of a question or figure: its texts, where they point, what stands in them twice."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

Step = str | int
Steps = tuple[Step, ...]

_MARKDOWN_OPTIONS: Final = frozenset({"single_choice", "multiple_response", "true_false"})
_MARKDOWN_KEYS: Final = frozenset({"feedback", "after", "guidance", "model"})


class TextAt(NamedTuple):
    """A text of a question, and the way to it."""

    steps: Steps
    text: str


def markdown_texts(definition: Mapping[str, object]) -> Iterator[TextAt]:
    """Return every text of a question that is Markdown."""
    options_too = definition.get("type") in _MARKDOWN_OPTIONS
    for steps, text in _texts(definition, ()):
        key = steps[-1]
        is_own = len(steps) == 1 and key in {"prompt", "text"}
        if is_own or key in _MARKDOWN_KEYS or (options_too and key == "text"):
            yield TextAt(steps, text)


def addresses(definition: Mapping[str, object]) -> Iterator[TextAt]:
    """Return every paragraph that a question or its feedback points at."""
    return (TextAt(steps, text) for steps, text in _texts(definition, ()) if steps[-1] == "paragraph")


def tensions(definition: Mapping[str, object]) -> Iterator[TextAt]:
    """Return every tension that a question or its feedback names."""
    return (TextAt(steps, text) for steps, text in _texts(definition, ()) if steps[-1] == "tension")


def repeated(definition: Mapping[str, object]) -> Iterator[TextAt]:
    """Return the ids and texts that stand a second time in one list of a question or figure."""
    for steps, items in _lists(definition, ()):
        for key in ("id", "text"):
            seen: set[str] = set()
            for position, item in enumerate(items):
                text = item.get(key) if isinstance(item, Mapping) else None
                if isinstance(text, str):
                    if text in seen:
                        yield TextAt((*steps, position, key), text)
                    seen.add(text)


def mappings(value: object, steps: Steps = ()) -> Iterator[tuple[Steps, Mapping[str, object]]]:
    """Return every mapping inside a value, the value itself included."""
    if isinstance(value, Mapping):
        yield steps, value
    for step, part in _parts(value):
        yield from mappings(part, (*steps, step))


def _texts(value: object, steps: Steps) -> Iterator[tuple[Steps, str]]:
    if isinstance(value, str):
        yield steps, value
    else:
        for step, part in _parts(value):
            yield from _texts(part, (*steps, step))


def _lists(value: object, steps: Steps) -> Iterator[tuple[Steps, list[object]]]:
    if isinstance(value, list):
        yield steps, value
    for step, part in _parts(value):
        yield from _lists(part, (*steps, step))


def _parts(value: object) -> Iterator[tuple[Step, object]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)
