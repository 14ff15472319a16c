"""Building the course from a draft in which every part is sound."""

import hashlib
import json
from collections.abc import Iterator

from courseware.content import inline
from courseware.content.course import AuthoredQuestion, Course, GlossaryTerm, Lesson, Module
from courseware.content.draft import Draft, LessonDraft, ModuleDraft
from courseware.content.lessons import (
    Block,
    CheckBlock,
    DisputeBlock,
    FencedPart,
    FigureBlock,
    Heading,
    ListBlock,
    Paragraph,
    TextPart,
    is_ordered,
    list_items,
)
from courseware.content.questions_schema import definition_of
from courseware.content.schema import CourseFile, LessonFront, ModuleFile, SourcesFile
from courseware.content.shapes import Shape

WORDS_A_MINUTE = 200


def build_course(draft: Draft, meta: CourseFile, register: SourcesFile) -> Course:
    """Return the course; lessons and modules stand in the order of the lists."""
    drafts = {module.folder: module for module in draft.modules}
    modules = tuple(
        _build_module(drafts[folder], head.model, number)
        for number, folder in enumerate(meta.modules, start=1)
        if (head := drafts[folder].head)
    )
    lessons = {lesson.slug: lesson for module in modules for lesson in module.lessons}
    questions = {question.id: question for module in modules for question in _questions(drafts[module.folder], module)}
    quizzes = {quiz.id: quiz for module in modules for quiz in module.quizzes}
    sources = {source.id: source for source in register.sources}
    claims = {
        piece.model.id: piece.model
        for source in sources
        if source in draft.claims
        for piece in draft.claims[source].claims
    }
    return Course(
        meta=meta,
        modules=modules,
        lessons=lessons,
        figures={
            module.file(name): piece.model
            for module in draft.modules
            for name, piece in module.figures.items()
            if piece
        },
        questions=questions,
        quizzes=quizzes,
        document=register.document,
        sources=sources,
        claims=claims,
        glossary={
            term: GlossaryTerm(term, definition, lesson.slug)
            for lesson in lessons.values()
            for term, definition in lesson.terms.items()
        },
        tensions={tension.id: tension for tension in draft.tensions.model.tensions} if draft.tensions else {},
        events=draft.timeline.model.events if draft.timeline else (),
        actors={actor.id: actor for actor in draft.actors.model.actors} if draft.actors else {},
        content_hash=content_hash(
            {
                "course": _plain(meta),
                "modules": [_plain(head.model) for module in modules if (head := drafts[module.folder].head)],
                "lessons": [lesson.content_hash for lesson in lessons.values()],
                "questions": [question.content_hash for question in questions.values()],
                "quizzes": [_plain(quiz) for quiz in quizzes.values()],
                "sources": _plain(register),
                "claims": [_plain(claim) for claim in claims.values()],
                "library": [_plain(piece.model) for piece in (draft.tensions, draft.timeline, draft.actors) if piece],
            }
        ),
    )


def content_hash(value: object) -> str:
    """Return the SHA-256 of a JSON value, written in one way only."""
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(shape: Shape) -> object:
    return shape.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _build_module(draft: ModuleDraft, head: ModuleFile, number: int) -> Module:
    lessons = [
        _build_lesson(draft, draft.lessons[slug], front.model, f"{number}.{position}")
        for position, slug in enumerate(head.lessons, start=1)
        if (front := draft.lessons[slug].front)
    ]
    return Module(
        id=head.id,
        folder=draft.folder,
        number=number,
        title=head.title,
        summary=head.summary,
        lessons=tuple(lessons),
        quizzes=tuple(quiz.model for name in head.quizzes if (quiz := draft.quizzes[name])),
    )


def _build_lesson(module: ModuleDraft, draft: LessonDraft, front: LessonFront, number: str) -> Lesson:
    blocks = tuple(_blocks(module, draft))
    words = sum(len(inline.plain_text(text).split()) for block in blocks for text in _running_text(block))
    stops = sum(isinstance(block, FigureBlock | CheckBlock) for block in blocks)
    figures = [_plain(block.figure) for block in blocks if isinstance(block, FigureBlock)]
    return Lesson(
        slug=draft.slug,
        module=front.module,
        number=number,
        title=front.title,
        summary=front.summary,
        content_note=front.content_note,
        objectives=front.objectives,
        terms=front.terms,
        tensions=front.tensions,
        blocks=blocks,
        anchors=draft.text.anchors if draft.text else {},
        word_count=words,
        minutes=max(1, round(words / WORDS_A_MINUTE + stops)),
        content_hash=content_hash([draft.text.text if draft.text else "", figures]),
    )


def _running_text(block: Block) -> tuple[str, ...]:
    match block:
        case Paragraph():
            return (block.text,)
        case ListBlock():
            return block.items
        case _:
            return ()


def _blocks(module: ModuleDraft, draft: LessonDraft) -> Iterator[Block]:
    for part in draft.text.parts if draft.text else ():
        yield _text_block(part) if isinstance(part, TextPart) else _fenced_block(module, draft, part)


def _text_block(part: TextPart) -> Block:
    line = part.place.line
    if part.kind == "heading":
        return Heading(part.id, part.text, line)
    if part.kind == "list":
        return ListBlock(part.id, part.number, list_items(part.text), is_ordered(part.text), line)
    return Paragraph(part.id, part.number, part.text, line)


def _fenced_block(module: ModuleDraft, draft: LessonDraft, part: FencedPart) -> Block:
    line = part.place.line
    if part.kind == "dispute":
        body = draft.disputes[part.id].model
        return DisputeBlock(part.id, part.number, body.question, body.positions, body.relation, body.verdict, line)
    if part.kind == "check":
        objective, paragraph = part.attributes["objective"], part.attributes["paragraph"]
        given = {"id": part.id, "objective": objective, "paragraph": paragraph, "points": 1}
        definition = definition_of(draft.checks[part.id].model) | given
        return CheckBlock(part.id, part.number, objective, paragraph, definition, line)
    file = part.attributes["file"]
    figures = {name: piece.model for name, piece in module.figures.items() if piece}
    return FigureBlock(part.id, part.number, module.file(file), figures[file], line)


def _questions(draft: ModuleDraft, module: Module) -> Iterator[AuthoredQuestion]:
    for lesson in module.lessons:
        for piece in draft.questions[lesson.slug].questions if lesson.slug in draft.questions else ():
            definition = definition_of(piece.model)
            yield AuthoredQuestion(
                id=piece.model.id,
                definition=definition,
                content_hash=content_hash(definition),
                module=module.id,
                lesson=lesson.slug,
                objective=piece.model.objective,
                level=piece.model.level,
                type=piece.model.type,
                points=piece.model.points,
            )
