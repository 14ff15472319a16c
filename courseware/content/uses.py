"""What in a course rests on which claim, and uses which term."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from courseware.content.course import Course, Lesson
from courseware.content.inline import citations, terms
from courseware.content.lessons import Block, CheckBlock, DisputeBlock, FigureBlock, Heading, ListBlock, Paragraph
from courseware.content.references import mappings, markdown_texts


@dataclass(frozen=True, slots=True)
class ClaimUse:
    """A place that rests on a claim: a block of a lesson, or a question, at the block to reread."""

    claim: str
    lesson: str
    anchor: str
    question: str | None = None


def claim_uses(course: Course) -> Iterator[ClaimUse]:
    """Return every use of every claim, each once, in the order of the course; questions follow the lessons."""
    seen: set[ClaimUse] = set()
    for use in _all_uses(course):
        if use not in seen:
            seen.add(use)
            yield use


def term_uses(course: Course) -> Mapping[str, list[str]]:
    """Return for each term the slugs of the lessons that use it, in order; the defining one is among them."""
    uses: dict[str, dict[str, None]] = {term.term: {} for term in course.glossary.values()}
    for lesson in course.lessons.values():
        for term in lesson.terms:
            uses[term][lesson.slug] = None
        for block in lesson.blocks:
            for text in running_texts(block):
                for use in terms(text):
                    uses[use.key][lesson.slug] = None
    return {term: list(slugs) for term, slugs in uses.items()}


def running_texts(block: Block) -> tuple[str, ...]:
    """Return the Markdown texts of a block; those of figures and checks stand elsewhere."""
    match block:
        case Paragraph():
            return (block.text,)
        case ListBlock():
            return block.items
        case DisputeBlock():
            return (*[text for side in block.positions for text in (side.text, side.rests_on)], block.verdict)
        case _:
            return ()


def _all_uses(course: Course) -> Iterator[ClaimUse]:
    for lesson in course.lessons.values():
        for block in lesson.blocks:
            if not isinstance(block, Heading):
                yield from _uses_in_block(lesson, block)
    for question in course.questions.values():
        paragraph = str(question.definition["paragraph"])
        claims = question.definition["claims"]
        named = [str(claim) for claim in claims] if isinstance(claims, list) else []
        for claim in (*named, *_cited(question.definition)):
            yield ClaimUse(claim, question.lesson, paragraph, question.id)


def _uses_in_block(lesson: Lesson, block: Block) -> Iterator[ClaimUse]:
    match block:
        case FigureBlock():
            claims = list(_claims_of_figure(block))
        case CheckBlock():
            claims = list(_cited(block.definition))
        case _:
            claims = [claim for text in running_texts(block) for found in citations(text) for claim in found.claim_ids]
    for claim in claims:
        yield ClaimUse(claim, lesson.slug, block.id)


def _claims_of_figure(block: FigureBlock) -> Iterator[str]:
    for _steps, item in mappings(block.figure.model_dump(mode="json")):
        claim, claims = item.get("claim"), item.get("claims")
        if isinstance(claim, str):
            yield claim
        if isinstance(claims, list):
            yield from claims


def _cited(definition: Mapping[str, object]) -> Iterator[str]:
    for found in markdown_texts(definition):
        for citation in citations(found.text):
            yield from citation.claim_ids
