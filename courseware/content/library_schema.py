"""The shape of what explores a course across its lessons: tensions, a timeline, actors."""

from typing import Annotated, Literal

from pydantic import Field

from courseware.content.shapes import Flag, Id, Label, Number, Shape, Tension, Text

TensionKind = Literal[
    "figures",
    "definition",
    "dating",
    "one-source",
    "between-sources",
    "evidence",
    "reference",
    "wording",
    "independence",
    "copying",
    "compilation",
]
Strength = Literal["strong", "moderate", "minor"]


class TensionEntry(Shape):
    """Something in the sources that contradicts, slips, shifts or is missing, and how to read it."""

    id: Tension
    title: Text
    kinds: Annotated[tuple[TensionKind, ...], Field(min_length=1)]
    strength: Strength
    sources: tuple[Id, ...] = Field(default=(), description="Where no claim shows them.")
    claims: tuple[Id, ...] = ()
    what: Text
    reader: Text = Field(description="Goes on after “A careful reader”.")


class TensionsFile(Shape):
    """tensions.yaml."""

    version: Literal[1]
    tensions: tuple[TensionEntry, ...]


class Event(Shape):
    """Something that happened, as the sources have it; without `at` it is undated."""

    when: Label
    at: Number | None = Field(default=None, description="Decimal year that sorts it.")
    inferred: Flag = False
    text: Text
    claims: Annotated[tuple[Id, ...], Field(min_length=1)]


class TimelineFile(Shape):
    """timeline.yaml."""

    version: Literal[1]
    events: tuple[Event, ...]


class Actor(Shape):
    """Somebody who acts or speaks in the sources, in the roles that they state."""

    id: Id
    name: Text
    kind: Literal["group", "person"]
    role: Text
    named: tuple[Text, ...] = Field(default=(), description="Names by which claims speak of them.")
    claims: tuple[Id, ...] = ()


class ActorsFile(Shape):
    """actors.yaml."""

    version: Literal[1]
    actors: tuple[Actor, ...]
