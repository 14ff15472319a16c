"""A lesson file: front matter, then paragraphs, lists, headings and fenced blocks."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final, Literal

from courseware.content.figures_schema import Figure
from courseware.content.files import place_in
from courseware.content.issues import IssueLog, Place, Rule
from courseware.content.schema import DisputeRelation, Position
from courseware.content.shapes import SLUG
from courseware.content.yaml_text import YamlText, read_yaml

AnchorKind = Literal["heading", "paragraph", "figure", "check", "dispute"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """An address in a lesson, and how it is called in a sentence."""

    id: str
    kind: AnchorKind
    number: int
    label: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the second level."""

    id: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text, in Markdown."""

    id: str
    number: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list, numbered among the paragraphs; every item is Markdown."""

    id: str
    number: int
    items: tuple[str, ...]
    is_ordered: bool
    line: int


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """The place of a figure."""

    id: str
    number: int
    file: str
    figure: Figure
    line: int


@dataclass(frozen=True, slots=True)
class CheckBlock:
    """An ungraded question inside the lesson."""

    id: str
    number: int
    objective: str
    paragraph: str
    definition: dict[str, object]
    line: int


@dataclass(frozen=True, slots=True)
class DisputeBlock:
    """Positions that cannot be merged."""

    id: str
    number: int
    question: str
    positions: tuple[Position, ...]
    relation: tuple[DisputeRelation, ...]
    verdict: str
    line: int


Block = Heading | Paragraph | ListBlock | FigureBlock | CheckBlock | DisputeBlock


@dataclass(frozen=True, slots=True)
class TextPart:
    """A heading, paragraph or list as it stands in the file; a list keeps its marks."""

    kind: Literal["heading", "paragraph", "list"]
    id: str
    number: int
    text: str
    place: Place

    def place_inside(self, offset: int) -> Place:
        """Return where a character of the text stands in the file."""
        inside = place_in(self.text, offset, self.place.file)
        column = inside.column + (self.place.column - 1 if inside.line == 1 else 0)
        return Place(self.place.file, self.place.line + inside.line - 1, column)


@dataclass(frozen=True, slots=True)
class FencedPart:
    """A fenced block as it stands in the file; a figure has no body."""

    kind: Literal["figure", "check", "dispute"]
    id: str
    number: int
    attributes: dict[str, str]
    attribute_places: dict[str, Place]
    body: YamlText | None
    place: Place


Part = TextPart | FencedPart


@dataclass(slots=True)
class LessonText:
    """What was read of a lesson file, sound or not."""

    file: str
    text: str
    front: YamlText | None
    parts: list[Part] = field(default_factory=list)
    anchors: dict[str, Anchor] = field(default_factory=dict)


def list_items(text: str) -> tuple[str, ...]:
    """Return the items of a list without their marks, each on one line."""
    items: list[str] = []
    for line in text.split("\n"):
        mark = _LIST_MARK.match(line)
        if mark:
            items.append(line[mark.end() :])
        else:
            items[-1] += " " + line.strip()
    return tuple(items)


def is_ordered(text: str) -> bool:
    """Whether the items of a list are numbered."""
    return text[0].isdigit()


def read_lesson(file: str, text: str, log: IssueLog) -> LessonText | None:
    """Return the parts of a lesson file, after logging what cannot be read or has no address.

    Without front matter it cannot be told where the lesson begins, and nothing is returned.
    """
    lines = text.split("\n")
    if lines[0] != _FRONT_FENCE or _FRONT_FENCE not in lines[1:]:
        log.add(Place(file), Rule.MISSING_KEY, "The front matter between two lines of --- is missing.")
        return None
    end = lines.index(_FRONT_FENCE, 1)
    lesson = LessonText(file, text, read_yaml(file, "\n".join(lines[1:end]), log, first_line=2))
    _BodyReader(lesson, lines, end + 1, log).read()
    return lesson


_FRONT_FENCE: Final = "---"
_FENCE: Final = "```"
_FENCE_HEAD: Final = re.compile(r"```\{\.([a-z]+)((?:\s+[^\s{}]+)*)\s*\}\s*")
_ATTRIBUTE: Final = re.compile(rf"(?:#(?P<id>{SLUG}))|(?P<key>[a-z]+)=(?P<value>\S+)")
_HEADING: Final = re.compile(r"(#{1,6})\s+(.*?)\s*")
_LIST_MARK: Final = re.compile(r"(?:-|[0-9]{1,3}\.)\s+")
_INNER_LIST: Final = re.compile(rf"\s+{_LIST_MARK.pattern}")
_ID_AT_END: Final = re.compile(rf"\s*\{{#({SLUG})\}}\s*$")
_ATTRIBUTES: Final = {"figure": {"file"}, "check": {"objective", "paragraph"}, "dispute": set[str]()}
# Block marks of Markdown that are not read here, and that would vanish or show as odd signs in running text.
_UNREAD_BLOCK: Final = re.compile(r" {4}|\t|>|\||[*+]\s|(?:\*\s*){3,}$|(?:-\s*){3,}$|(?:_\s*){3,}$|=+\s*$|~~~")
_LABELS: Final = {"heading": "heading", "check": "check", "dispute": "dispute"}


@dataclass(slots=True)
class _BodyReader:
    """Reads the lines below the front matter."""

    lesson: LessonText
    lines: list[str]
    position: int
    log: IssueLog
    counts: dict[str, int] = field(default_factory=dict)

    def read(self) -> None:
        while self.position < len(self.lines):
            line = self.lines[self.position]
            if not line.strip():
                self.position += 1
            elif line.startswith(_FENCE):
                self._read_fence()
            elif heading := _HEADING.fullmatch(line):
                self._take_heading(heading[1], heading[2])
            elif _UNREAD_BLOCK.match(line):
                self.log.add(self._here(), Rule.BAD_BLOCK, "This kind of block is not read here.")
                self._skip_to_empty_line()
            else:
                self._read_text()

    def _here(self, line: int | None = None, column: int = 0) -> Place:
        return Place(self.lesson.file, (self.position if line is None else line) + 1, column + 1)

    def _skip_to_empty_line(self) -> None:
        while self.position < len(self.lines) and self.lines[self.position].strip():
            self.position += 1

    def _take_heading(self, marks: str, words: str) -> None:
        if marks != "##":
            self.log.add(self._here(), Rule.HEADING_LEVEL, f"This heading begins with {marks}.")
        place = self._here()
        heading_id = _heading_id(words) or f"h-{self.counts.get('heading', 0) + 1}"
        number = self._take_id("heading", heading_id, place)
        self.lesson.parts.append(TextPart("heading", heading_id, number, words, self._here(column=len(marks) + 1)))
        self.position += 1

    def _read_text(self) -> None:
        start = self.position
        is_list = _LIST_MARK.match(self.lines[start]) is not None
        while self.position < len(self.lines):
            line = self.lines[self.position]
            if not line.strip() or line.startswith(_FENCE) or _HEADING.fullmatch(line):
                break
            begins_another = _INNER_LIST.match(line) if is_list else _LIST_MARK.match(line) or _UNREAD_BLOCK.match(line)
            if self.position > start and begins_another:
                self.log.add(self._here(), Rule.BAD_BLOCK, "Another block begins here inside this one.")
            self.position += 1
        text = "\n".join(self.lines[start : self.position])
        place = self._here(start)
        found = _ID_AT_END.search(text)
        if found is None:
            self.log.add(place, Rule.MISSING_PARAGRAPH_ID, f"This {'list' if is_list else 'paragraph'} has no id.")
            part_id = ""
        else:
            part_id = found[1]
            text = text[: found.start()]
            last = self.position - 1
            id_place = self._here(last, self.lines[last].rindex("{#"))
            self._take_id("paragraph", part_id, id_place)
        number = self.counts.get("paragraph", 0)
        if text.strip():
            self.lesson.parts.append(TextPart("list" if is_list else "paragraph", part_id, number, text, place))
        else:
            self.log.add(place, Rule.BAD_BLOCK, "This id stands alone; nothing comes before it.")

    def _read_fence(self) -> None:
        start = self.position
        head = self.lines[start]
        end = next((n for n in range(start + 1, len(self.lines)) if self.lines[n].rstrip() == _FENCE), None)
        if end is None:
            self.log.add(self._here(), Rule.BAD_BLOCK, "This block is never closed by a line of ```.")
            self.position = len(self.lines)
            return
        self.position = end + 1
        match _FENCE_HEAD.fullmatch(head):
            case re.Match() as found if found[1] == "figure":
                self._take_fence("figure", head, start, end)
            case re.Match() as found if found[1] == "check":
                self._take_fence("check", head, start, end)
            case re.Match() as found if found[1] == "dispute":
                self._take_fence("dispute", head, start, end)
            case _:
                self.log.add(self._here(start), Rule.BAD_BLOCK, "This kind of block is not known.")

    def _take_fence(self, kind: Literal["figure", "check", "dispute"], head: str, start: int, end: int) -> None:
        place = self._here(start)
        part_id = ""
        attributes: dict[str, str] = {}
        places: dict[str, Place] = {}
        for word in re.finditer(r"[^\s{}]+", head[len(_FENCE) + 2 + len(kind) :]):
            column = word.start() + len(_FENCE) + 2 + len(kind)
            found = _ATTRIBUTE.fullmatch(word[0])
            if found and found["id"] and not part_id:
                part_id = found["id"]
                places["id"] = self._here(start, column)
            elif found and found["key"] in _ATTRIBUTES[kind] and found["key"] not in attributes:
                attributes[found["key"]] = found["value"]
                places[found["key"]] = self._here(start, column + found.start("value"))
            else:
                self.log.add(self._here(start, column), Rule.UNKNOWN_KEY, f"“{word[0]}” has no meaning here.")
        for key in sorted(_ATTRIBUTES[kind] - attributes.keys()):
            self.log.add(place, Rule.MISSING_KEY, f"The {kind} needs {key}=….")
        if part_id:
            number = self._take_id(kind, part_id, places["id"])
        else:
            number = 0
            self.log.add(place, Rule.MISSING_PARAGRAPH_ID, f"This {kind} has no id.")
        body = self._read_body(kind, start, end)
        self.lesson.parts.append(FencedPart(kind, part_id, number, attributes, places, body, place))

    def _read_body(self, kind: str, start: int, end: int) -> YamlText | None:
        text = "\n".join(self.lines[start + 1 : end])
        if kind != "figure":
            return read_yaml(self.lesson.file, text, self.log, first_line=start + 2)
        if text.strip():
            self.log.add(
                self._here(start + 1), Rule.BAD_BLOCK, "The block of a figure is empty; its data stand in its file."
            )
        return None

    def _take_id(self, kind: AnchorKind, part_id: str, place: Place) -> int:
        number = self.counts[kind] = self.counts.get(kind, 0) + 1
        if part_id in self.lesson.anchors:
            self.log.add(place, Rule.DUPLICATE_ID, f"The id “{part_id}” stands twice in this lesson.")
        else:
            label = _LABELS.get(kind, f"{kind} {number}")
            self.lesson.anchors[part_id] = Anchor(part_id, kind, number, label)
        return number


def _heading_id(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))
    return f"h-{slug}" if slug else ""
