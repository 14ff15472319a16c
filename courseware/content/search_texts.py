"""What of a course can be searched for: passages of lessons, terms, claims, disputes, tensions, sources."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from courseware.content.addresses import (
    dispute_address,
    dispute_anchor,
    lesson_address,
    source_address,
    tension_address,
    term_address,
)
from courseware.content.course import Course, Lesson
from courseware.content.inline import plain_text
from courseware.content.lessons import Block, DisputeBlock, FigureBlock, Heading
from courseware.content.uses import running_texts

SearchKind = Literal["lesson", "term", "claim", "dispute", "tension", "source"]

_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class SearchText:
    """Something that can be found, and where it stands; `key` is the same for all passages of one lesson."""

    kind: SearchKind
    key: str
    title: str
    body: str
    address: str

    @property
    def words(self) -> str:
        """Everything in it that can be looked for, folded."""
        return " ".join([*folded_words(self.title), *folded_words(self.body)])


def folded_words(text: str) -> list[str]:
    """Return the words of a text, of letters and digits only, in small letters and without accents."""
    if not text.isascii():
        signs = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in signs if not unicodedata.combining(sign))
    return _WORD.findall(text.lower())


def search_texts(course: Course) -> Iterator[SearchText]:
    """Return everything that can be found."""
    for lesson in course.lessons.values():
        yield from _passages(lesson)
        for block in lesson.blocks:
            if isinstance(block, DisputeBlock):
                yield _dispute(lesson, block)
    for term in course.glossary.values():
        yield SearchText("term", term.term, term.term, term.definition, term_address(term.term))
    for claim in course.claims.values():
        title = f"{course.sources[claim.source].name}, {claim.locator}"
        body = f"{claim.statement} ({claim.speaker})" if claim.speaker else claim.statement
        yield SearchText("claim", claim.id, title, body, f"/claims/{claim.id}")
    for source in course.sources.values():
        parts = (*source.authors, source.publisher, source.purpose, source.evidence_base, *source.careful_reader_notes)
        yield SearchText(
            "source", source.id, f"{source.title} ({source.name})", " ".join(parts), source_address(source.id)
        )
    for tension in course.tensions.values():
        body = f"{tension.what} A careful reader {tension.reader}"
        yield SearchText("tension", tension.id, tension.title, body, tension_address(tension.id))


def _passages(lesson: Lesson) -> Iterator[SearchText]:
    def passage(body: str, anchor: str = "") -> SearchText:
        title = f"{lesson.number} {lesson.title}"
        return SearchText("lesson", lesson.slug, title, body, lesson_address(lesson.module, lesson.slug, anchor))

    yield passage(lesson.summary)
    for block in lesson.blocks:
        words = _words(block)
        if words:
            yield passage(words, block.id)


def _dispute(lesson: Lesson, block: DisputeBlock) -> SearchText:
    positions = [f"{position.says}: {plain_text(position.text)}" for position in block.positions]
    body = " ".join([*positions, plain_text(block.verdict)])
    key = dispute_anchor(lesson.slug, block.id)
    return SearchText("dispute", key, block.question, body, dispute_address(lesson.slug, block.id))


def _words(block: Block) -> str:
    match block:
        case Heading():
            return block.text
        case FigureBlock():
            return f"{block.figure.title}. {block.figure.summary}"
        case DisputeBlock():
            return " ".join([block.question, *map(plain_text, running_texts(block))])
        case _:
            return " ".join(map(plain_text, running_texts(block)))
