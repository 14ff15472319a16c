"""YAML by the core rules of YAML 1.2, with the place of every key and value.

The text is read event by event, without recursion: `no`, `1:30`, `012` and dates stay text, a key that stands twice is
a problem, and anchors, aliases, tags and deep nesting are refused.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Final, NamedTuple, cast

import yaml

from courseware.content.files import INVISIBLE, place_in
from courseware.content.issues import IssueLog, Place, Rule

MAX_DEPTH: Final = 24

Path = Sequence[str | int]

_WORDS: Final = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_DECIMAL: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?(?:[eE][-+]?[0-9]{1,3})?")
# What begins at a place and holds no space or quotation mark stands in the file just as it does in the value.
_NEEDLE: Final = re.compile(r"[\w@#:<-]+|.", re.DOTALL)


class Span(NamedTuple):
    """Where a key or value stands: its first line and column, and its offsets in the text."""

    line: int
    column: int
    start: int
    end: int


_NOWHERE: Final = Span(0, 0, 0, 0)


class YamlMap(dict[str, object]):
    """A mapping that knows where its keys and values stand."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.key_spans: dict[str, Span] = {}
        self.value_spans: dict[str, Span] = {}


class YamlList(list[object]):
    """A list that knows where its values stand."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.value_spans: list[Span] = []


@dataclass(frozen=True, slots=True)
class YamlText:
    """A YAML text that was read: its value, and the places in it."""

    file: str
    text: str
    value: YamlMap
    span: Span
    first_line: int = 1

    def place(self, path: Path = (), *, of_key: bool = False) -> Place:
        """Return where the value at the path begins, or its key.

        Steps that do not exist are passed over, so that what is missing is placed at what it is missing from.
        """
        return self._place(self.extent(path, of_key=of_key))

    def place_inside(self, path: Path, text: str, offset: int) -> Place:
        """Return where the character at an offset of the text at the path stands in the file."""
        span = self.extent(path)
        found = _NEEDLE.match(text, offset)
        if found is None:
            return self._place(span)
        position = span.start - 1
        for _ in range(text.count(found[0], 0, offset) + 1):
            position = self.text.find(found[0], position + 1, span.end)
            if position < 0:
                return self._place(span)
        inside = place_in(self.text, position, self.file)
        return Place(self.file, inside.line + self.first_line - 1, inside.column)

    def extent(self, path: Path, *, of_key: bool = False) -> Span:
        """Return where the value at the path begins and ends, or its key; steps that do not exist are passed over."""
        value: object = self.value
        span = self.span
        for position, step in enumerate(path):
            is_last = position == len(path) - 1
            if isinstance(value, YamlMap) and step in value:
                span = (value.key_spans if of_key and is_last else value.value_spans)[str(step)]
                value = value[str(step)]
            elif isinstance(value, YamlList) and isinstance(step, int) and step < len(value):
                span = value.value_spans[step]
                value = value[step]
        return span

    def _place(self, span: Span) -> Place:
        return Place(self.file, span.line + self.first_line, span.column + 1)


def read_yaml(file: str, text: str, log: IssueLog, *, first_line: int = 1) -> YamlText | None:
    """Return the mapping that the text writes, or None after logging why it is none.

    A text inside another file gives the line at which it begins.
    """
    reader = _Reader(file, first_line, log)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        log.add(
            Place(file, line + first_line, column + 1),
            Rule.YAML_SYNTAX,
            f"This cannot be read as YAML: {error.problem or error.context}.",
        )
        return None
    except _RefusedError:
        return None
    if not isinstance(reader.value, YamlMap):
        place = Place(file, reader.span.line + first_line, reader.span.column + 1)
        log.add(place, Rule.WRONG_TYPE, "There must be keys and values here.")
        return None
    return YamlText(file, text, reader.value, reader.span, first_line)


class _RefusedError(Exception):
    """The text is YAML of a kind that is not read; the reason is logged."""


@dataclass(slots=True)
class _Open:
    """A mapping or list that has begun and not ended."""

    container: YamlMap | YamlList
    span: Span
    key: str | None = None
    key_span: Span = _NOWHERE


@dataclass(slots=True)
class _Reader:
    """Builds the value from the events of the parser."""

    file: str
    first_line: int
    log: IssueLog
    value: object = None
    span: Span = _NOWHERE
    documents: int = 0
    open: list[_Open] = field(default_factory=list)

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self._refuse_marks(event)
                self._take_scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._refuse_marks(event)
                self._begin(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                ended = self.open.pop()
                self._put(ended.container, ended.span._replace(end=_span(event).end))
            case yaml.AliasEvent():
                self._refuse(event, "Aliases are not read; write the value out.")
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self._refuse(event, "A second document begins here.")

    def _begin(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        if len(self.open) == MAX_DEPTH:
            self._refuse(event, f"This is nested more than {MAX_DEPTH} deep.")
        if self._awaits_key():
            self._refuse(event, "A key has to be a text.")
        container = YamlMap() if isinstance(event, yaml.MappingStartEvent) else YamlList()
        self.open.append(_Open(container, _span(event)))

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        span = _span(event)
        invisible = INVISIBLE.search(event.value)
        if invisible:
            what = f"This text holds an invisible character, U+{ord(invisible[0]):04X}."
            self.log.add(self._place(event), Rule.CONTROL_CHARACTERS, what)
        if self._awaits_key():
            self.open[-1].key, self.open[-1].key_span = event.value, span
        else:
            self._put(_resolve(event.value) if event.implicit[0] else event.value, span)

    def _put(self, value: object, span: Span) -> None:
        if not self.open:
            self.value, self.span = value, span
            return
        parent = self.open[-1]
        container = parent.container
        if isinstance(container, YamlList):
            container.append(value)
            container.value_spans.append(span)
            return
        key, parent.key = str(parent.key), None
        if key in container:
            place = Place(self.file, parent.key_span.line + self.first_line, parent.key_span.column + 1)
            self.log.add(place, Rule.DUPLICATE_KEY, f"The key “{key}” stands here twice.")
            return
        container[key] = value
        container.key_spans[key] = parent.key_span
        container.value_spans[key] = span

    def _awaits_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1].container, YamlMap) and self.open[-1].key is None

    def _refuse_marks(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            self._refuse(event, "Anchors are not read; write the value out.")
        if getattr(event, "tag", None) is not None:
            self._refuse(event, "Tags are not read; put a text in quotation marks instead.")

    def _refuse(self, event: yaml.Event, what: str) -> None:
        self.log.add(self._place(event), Rule.YAML_SYNTAX, what)
        raise _RefusedError

    def _place(self, event: yaml.Event) -> Place:
        span = _span(event)
        return Place(self.file, span.line + self.first_line, span.column + 1)


def _span(event: yaml.Event) -> Span:
    # The parser marks every event, which its types leave open.
    start, end = cast("yaml.Mark", event.start_mark), cast("yaml.Mark", event.end_mark)
    return Span(start.line, start.column, start.index, end.index)


def _resolve(text: str) -> object:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        number = float(text)
        return number if isfinite(number) else text
    return text
