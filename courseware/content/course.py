"""A sound course, as everything else of the product sees it. Nothing in it changes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from courseware.content.figures_schema import Figure
from courseware.content.lessons import Anchor, Block
from courseware.content.library_schema import Actor, Event, TensionEntry
from courseware.content.schema import (
    Claim,
    CourseFile,
    Document,
    Draw,
    Objective,
    QuizFile,
    Source,
)


@dataclass(frozen=True, slots=True)
class AuthoredQuestion:
    """One question of the bank; the definition is the mapping of the file, ready for JSON."""

    id: str
    definition: dict[str, object]
    content_hash: str
    module: str
    lesson: str
    objective: str
    level: str
    type: str
    points: float


@dataclass(frozen=True, slots=True)
class Lesson:
    """One page of reading."""

    slug: str
    module: str
    number: str
    title: str
    summary: str
    content_note: str | None
    objectives: tuple[Objective, ...]
    terms: Mapping[str, str]
    tensions: tuple[str, ...]
    blocks: tuple[Block, ...]
    anchors: Mapping[str, Anchor]
    word_count: int
    minutes: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class Module:
    """A group of lessons and its quizzes."""

    id: str
    folder: str
    number: int
    title: str
    summary: str
    lessons: tuple[Lesson, ...]
    quizzes: tuple[QuizFile, ...]


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A term, its definition and the lesson that defines it."""

    term: str
    definition: str
    lesson: str


@dataclass(frozen=True, slots=True)
class Course:
    """A whole course. Mappings keep the order of the files."""

    meta: CourseFile
    modules: tuple[Module, ...]
    lessons: Mapping[str, Lesson]
    figures: Mapping[str, Figure]
    questions: Mapping[str, AuthoredQuestion]
    quizzes: Mapping[str, QuizFile]
    document: Document | None
    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    glossary: Mapping[str, GlossaryTerm]
    tensions: Mapping[str, TensionEntry]
    events: tuple[Event, ...]
    actors: Mapping[str, Actor]
    content_hash: str


@dataclass(frozen=True, slots=True)
class PoolEntry:
    """What decides whether a question is in a pool."""

    id: str
    lesson: str
    objective: str
    level: str
    type: str


def pool(draw: Draw, entries: Iterable[PoolEntry]) -> Iterator[str]:
    """Return the ids of the questions that a draw may take, in the order given."""
    for entry in entries:
        if (
            draw.lesson in (None, entry.lesson)
            and draw.objective in (None, entry.objective)
            and (not draw.levels or entry.level in draw.levels)
            and (not draw.types or entry.type in draw.types)
            and (draw.ids is None or entry.id in draw.ids)
        ):
            yield entry.id
