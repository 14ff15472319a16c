"""Lessons and questions of a checked course as HTML, made once for each version of the course."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, assert_never

from markupsafe import Markup

from courseware.content.addresses import figure_data_address, lesson_address, source_address, term_address
from courseware.content.course import Course, Lesson
from courseware.content.elements import element, hidden, joined
from courseware.content.figures import draw
from courseware.content.figures.frame import Frame
from courseware.content.inline import TermUse, citations
from courseware.content.lessons import Block, CheckBlock, DisputeBlock, FigureBlock, Heading, ListBlock, Paragraph
from courseware.content.notes import Notes
from courseware.content.prose import Surroundings, prose
from courseware.content.provenance import Provenance, source_chips
from courseware.content.schema import DisputeRelation, Position, SourceKind
from courseware.content.uses import running_texts
from courseware.core.markdown import sanitise

RENDERER_VERSION: Final = 4
"""Rises with every change of what the functions below return for the same course."""

_RELATION_WORDS: Final[Mapping[DisputeRelation, str]] = {
    "conflict": "They truly conflict.",
    "different-things": "They count different things.",
    "different-times": "They speak of different times.",
    "shared-origin": "They share an origin.",
}

_CHOICE_TYPES: Final = frozenset({"single_choice", "multiple_response", "true_false"})
_MARKDOWN_EVERYWHERE: Final = frozenset({"feedback", "after", "guidance", "model"})
_MARKDOWN_AT_THE_TOP: Final = frozenset({"prompt", "text"})


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a lesson page: HTML, or the place of a check, whose form depends on the learner."""

    kind: Literal["html", "check"]
    html: str = ""
    check: str | None = None
    """The id of the check."""


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A source that a lesson cites, and how many of its statements."""

    id: str
    name: str
    kind: SourceKind
    title: str
    address: str
    statement_count: int


@dataclass(frozen=True, slots=True)
class RenderedPosition:
    """One side of a dispute; its text and what it rests on are HTML with chips that lead to the sources."""

    says: str
    text: str
    rests_on: str


@dataclass(frozen=True, slots=True)
class RenderedDispute:
    """A dispute as it stands outside its lesson; the verdict is HTML."""

    anchor: str
    question: str
    positions: tuple[RenderedPosition, ...]
    relation: str
    verdict: str
    sources: tuple[str, ...]
    """The ids of the sources that are cited."""


@dataclass(frozen=True, slots=True)
class RenderedLesson:
    """A lesson page without its head; all of it can be written as JSON."""

    parts: tuple[Part, ...]
    disputes: tuple[RenderedDispute, ...]
    sources: tuple[SourceUse, ...]
    statement_count: int
    """Statements of sources that the text and the disputes cite, each counted once."""
    disputed_count: int
    """Those among them that another statement contradicts."""


def render_lesson(lesson: Lesson, course: Course) -> RenderedLesson:
    """Return the lesson as HTML with chips, notes, figures and the places of its checks."""
    return _LessonRenderer(lesson, course).render()


def render_question(definition: Mapping[str, object], course: Course) -> dict[str, object]:
    """Return the definition with every Markdown field as safe HTML; all else stays as it is written.

    Chips lead to the page of the source, and terms are plain words: a question stands on many pages, and an option
    lies inside a label.
    """
    provenance = Provenance(course.sources, course.claims)
    graded = course.questions.get(str(definition.get("id")))
    surroundings = Surroundings(
        chips=lambda claim_ids: source_chips(provenance, claim_ids),
        term=lambda use: joined([use.text]),
        address=lambda target: _address(target, course, _page(course, graded.lesson) if graded else ""),
    )
    return {
        key: _rendered(key, value, _fields_at_the_top(definition), lambda text: str(prose(text, surroundings)))
        for key, value in definition.items()
    }


def render_sample(course: Course) -> str | None:
    """Return the passage that shows people who are not signed in how the course cites, with its notes."""
    if course.meta.sample is None:
        return None
    notes = Notes(Provenance(course.sources, course.claims), itertools.count(1))
    surroundings = Surroundings(
        chips=notes.chips, term=lambda use: joined([use.text]), address=lambda target: _address(target, course, page="")
    )
    text = element("p", None, prose(course.meta.sample, surroundings))
    return element("div", {"class": "sample"}, text, notes.html("this sample"))


def sanitise_question(rendered: Mapping[str, object]) -> dict[str, object]:
    """Return a rendered question with every Markdown field through today's sieve; all else stays as it is."""
    return {key: _rendered(key, value, _fields_at_the_top(rendered), sanitise) for key, value in rendered.items()}


def _fields_at_the_top(definition: Mapping[str, object]) -> frozenset[str]:
    return _MARKDOWN_AT_THE_TOP | ({"options"} if definition["type"] in _CHOICE_TYPES else set())


def _rendered(key: str, value: object, markdown: frozenset[str], write: Callable[[str], str]) -> object:
    """Return a value of a definition, its Markdown written as HTML.

    `markdown` names the keys that hold Markdown on this level, or whose options do.
    """
    match value:
        case str() if key in markdown or key in _MARKDOWN_EVERYWHERE:
            return write(value)
        case list():
            inside: frozenset[str] = frozenset({"text"}) if key == "options" and key in markdown else frozenset()
            return [_rendered("", each, inside, write) for each in value]
        case dict():
            return {name: _rendered(name, each, markdown, write) for name, each in value.items()}
        case _:
            return value


def _address(target: str, course: Course, page: str) -> str:
    """Return the address of a link target; one inside the lesson leads to its page."""
    if target.startswith("#"):
        return page + target
    slug, hash_sign, anchor = target.removeprefix("lesson:").partition("#")
    return _page(course, slug) + hash_sign + anchor


def _page(course: Course, slug: str) -> str:
    return lesson_address(course.lessons[slug].module, slug)


class _LessonRenderer:
    """Renders block after block, with note and term numbers that are unique on the page."""

    def __init__(self, lesson: Lesson, course: Course) -> None:
        self._lesson = lesson
        self._course = course
        self._provenance = Provenance(course.sources, course.claims)
        self._note_numbers: Iterator[int] = itertools.count(1)
        self._term_numbers: Iterator[int] = itertools.count(1)
        self._below_heading = False

    def render(self) -> RenderedLesson:
        parts = [self._part(block) for block in self._lesson.blocks]
        cited = dict.fromkeys(
            claim_id
            for block in self._lesson.blocks
            for text in running_texts(block)
            for citation in citations(text)
            for claim_id in citation.claim_ids
        )
        by_source = self._provenance.by_source(cited)
        return RenderedLesson(
            parts=tuple(_merged(parts)),
            disputes=tuple(
                self._dispute_elsewhere(block) for block in self._lesson.blocks if isinstance(block, DisputeBlock)
            ),
            sources=tuple(
                SourceUse(source.id, source.name, source.kind, source.title, source_address(source.id), len(claims))
                for source, claims in by_source
            ),
            statement_count=len(cited),
            disputed_count=sum(
                self._provenance.check([claim]) == "disputed" for _source, claims in by_source for claim in claims
            ),
        )

    def _part(self, block: Block) -> Part:
        match block:
            case Heading():
                self._below_heading = True
                return Part("html", element("h2", {"id": block.id}, block.text))
            case Paragraph():
                return Part("html", self._paragraph(block))
            case ListBlock():
                return Part("html", self._list(block))
            case FigureBlock():
                data_address = figure_data_address(self._lesson.module, self._lesson.slug, block.id)
                return Part("html", draw(block.figure, Frame(block.id, block.number, self._provenance, data_address)))
            case DisputeBlock():
                return Part("html", self._dispute(block))
            case CheckBlock():
                return Part("check", check=block.id)
            case _:
                assert_never(block)

    def _paragraph(self, block: Paragraph) -> Markup:
        notes = Notes(self._provenance, self._note_numbers)
        text = prose(block.text, self._surroundings(notes))
        return _passage(block, element("p", None, _paragraph_number(block), text), notes)

    def _list(self, block: ListBlock) -> Markup:
        notes = Notes(self._provenance, self._note_numbers)
        surroundings = self._surroundings(notes)
        items = [prose(item, surroundings) for item in block.items]
        first = joined([_paragraph_number(block), items[0]])
        listed = [element("li", None, item) for item in (first, *items[1:])]
        return _passage(block, element("ol" if block.is_ordered else "ul", None, *listed), notes)

    def _dispute(self, block: DisputeBlock) -> Markup:
        notes = Notes(self._provenance, self._note_numbers)
        surroundings = self._surroundings(notes)
        heading_id = f"{block.id}-question"
        return element(
            "section",
            {"class": "panel panel-strong dispute", "id": block.id, "aria-labelledby": heading_id},
            element(
                "h3" if self._below_heading else "h2",
                {"id": heading_id},
                element("span", {"class": "sign", "data-check": "disputed", "aria-hidden": "true"}),
                f" Dispute: {block.question}",
            ),
            element("dl", {"class": "pairs"}, *[_position(position, surroundings) for position in block.positions]),
            element("p", {"class": "dispute-relation"}, " ".join(_RELATION_WORDS[each] for each in block.relation)),
            element("p", {"class": "dispute-verdict"}, prose(block.verdict, surroundings)),
            notes.html("this dispute"),
        )

    def _dispute_elsewhere(self, block: DisputeBlock) -> RenderedDispute:
        page = _page(self._course, self._lesson.slug)
        surroundings = Surroundings(
            chips=lambda claim_ids: source_chips(self._provenance, claim_ids),
            term=lambda use: joined([use.text]),
            address=lambda target: _address(target, self._course, page),
        )
        cited = [claim for text in running_texts(block) for found in citations(text) for claim in found.claim_ids]
        return RenderedDispute(
            anchor=block.id,
            question=block.question,
            positions=tuple(
                RenderedPosition(
                    each.says, str(prose(each.text, surroundings)), str(prose(each.rests_on, surroundings))
                )
                for each in block.positions
            ),
            relation=" ".join(_RELATION_WORDS[each] for each in block.relation),
            verdict=str(prose(block.verdict, surroundings)),
            sources=tuple(source.id for source, _claims in self._provenance.by_source(cited)),
        )

    def _surroundings(self, notes: Notes) -> Surroundings:
        """Return what the texts of one passage need: its notes, and each term explained once."""
        explained: set[str] = set()

        def term(use: TermUse) -> Markup:
            if use.key in explained:
                return joined([use.text])
            explained.add(use.key)
            return _explained_term(use, self._course.glossary[use.key].definition, next(self._term_numbers))

        return Surroundings(
            chips=notes.chips, term=term, address=lambda target: _address(target, self._course, page="")
        )


def _merged(parts: list[Part]) -> Iterator[Part]:
    """Yield the parts with neighbouring HTML as one."""
    for kind, group in itertools.groupby(parts, lambda part: part.kind):
        if kind == "html":
            yield Part("html", "\n".join(part.html for part in group))
        else:
            yield from group


def _passage(block: Paragraph | ListBlock, text: Markup, notes: Notes) -> Markup:
    return element("div", {"class": "passage", "id": block.id}, text, notes.html(f"paragraph {block.number}"))


def _paragraph_number(block: Paragraph | ListBlock) -> Markup:
    word = element("span", {"class": "visually-hidden"}, "Paragraph ")
    return element("a", {"class": "para-no", "href": f"#{block.id}"}, word, str(block.number))


def _position(position: Position, surroundings: Surroundings) -> Markup:
    origin = element("span", {"class": "rests-on"}, "Rests on: ", prose(position.rests_on, surroundings))
    return element(
        "div",
        None,
        element("dt", None, position.says),
        element("dd", None, prose(position.text, surroundings), " ", origin),
    )


def _explained_term(use: TermUse, definition: str, number: int) -> Markup:
    popover = f"term-{number}"
    return joined(
        [
            element("button", {"type": "button", "class": "term", "popovertarget": popover}, use.text),
            element(
                "span",
                {"class": "term-text", "id": popover, "popover": True},
                f"{use.key}: {definition} ",
                element("a", {"href": term_address(use.key)}, "Glossary", hidden(f": {use.key}")),
            ),
        ]
    )
