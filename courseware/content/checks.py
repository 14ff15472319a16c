"""The rules that go beyond one file: what is referred to exists, and what exists is used."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from courseware.content.course import PoolEntry, pool
from courseware.content.craft_checks import check_craft
from courseware.content.draft import Draft, LessonDraft, ModuleDraft
from courseware.content.figure_checks import check_figure
from courseware.content.folder_checks import check_folders
from courseware.content.issues import IssueLog, Place, Rule
from courseware.content.lessons import FencedPart
from courseware.content.library_checks import check_library
from courseware.content.names import Names
from courseware.content.prose_checks import check_prose
from courseware.content.question_checks import check_question
from courseware.content.questions_schema import CheckShape, QuestionShape, definition_of
from courseware.content.references import addresses, markdown_texts, tensions
from courseware.content.schema import CONTEXT, QuizFile
from courseware.content.text_checks import References
from courseware.content.validation import Piece
from courseware.content.yaml_text import Path

LEAST_QUESTIONS_OF_AN_OBJECTIVE: Final = 2


def check_draft(draft: Draft, names: Names, log: IssueLog) -> None:
    """Log every reference that leads nowhere, everything unused, and every question that is not sound."""
    checker = _Checker(draft, log, References(names, log))
    check_folders(draft, log)
    checker.check_sample()
    checker.check_sources()
    check_library(draft, checker.references)
    checker.check_claims()
    for module in draft.modules:
        for lesson in module.lessons.values():
            checker.check_lesson(module, lesson)
        checker.check_figures(module)
        checker.check_questions(module)
        checker.check_objectives(module)
        checker.check_quizzes(module)
    checker.check_use_of_claims()
    if draft.course:
        course = draft.course.model
        is_english = course.language.partition("-")[0].lower() == "en"
        check_craft(draft, course.style, log, is_english=is_english)
        check_prose(draft, course.style, log, is_english=is_english)


@dataclass(slots=True)
class _Checker:
    draft: Draft
    log: IssueLog
    references: References

    def check_sample(self) -> None:
        course = self.draft.course
        if course and course.model.sample:
            self._follow(course, ("sample",), course.model.sample, "")

    def check_sources(self) -> None:
        sources = self.draft.sources
        if sources and sources.model.document:
            for position, boundary in enumerate(sources.model.document.boundaries):
                place = sources.place("document", "boundaries", position, "source")
                self.references.follow_source(boundary.source, place)
        if sources:
            for position, source in enumerate(sources.model.sources):
                for number, fact in enumerate(source.outside):
                    place = sources.place("sources", position, "outside", number)
                    self.references.follow_reference(fact.reference, place)

    def check_claims(self) -> None:
        modules = self.references.names.modules_of_claims
        for name, file in self.draft.claims.items():
            if self.references.names.sources.lacks(name):
                self.references.follow_source(name, Place(file.file))
            for piece in file.claims:
                claim = piece.model
                if claim.source != name:
                    what = f"The claims of “{claim.source}” stand in a file of their own."
                    self.log.add(piece.place("source"), Rule.FILE_NAME, what)
                if modules.lacks(claim.module):
                    self.log.add(piece.place("module"), Rule.MODULE_OF_CLAIM, f"There is no module “{claim.module}”.")
                for kind, others in claim.relations.items():
                    for position, other in enumerate(others):
                        if self.references.names.claims.lacks(other):
                            place = piece.place("relations", kind, position)
                            self.log.add(place, Rule.DEAD_CLAIM, f"There is no claim “{other}”.")

    def check_use_of_claims(self) -> None:
        """Log the claims of written modules that nothing cites."""
        written = {module.head.model.id for module in self.draft.modules if module.head} - {CONTEXT}
        for file in self.draft.claims.values():
            for piece in file.claims:
                if piece.model.module in written and piece.model.id not in self.references.cited:
                    what = f"Nothing cites the claim “{piece.model.id}” of the module “{piece.model.module}”."
                    self.log.add(piece.place("id"), Rule.CLAIM_UNUSED, what)

    def check_lesson(self, module: ModuleDraft, lesson: LessonDraft) -> None:
        if lesson.front:
            for position, tension in enumerate(lesson.front.model.tensions):
                self.references.follow_tension(tension, lesson.front.place("tensions", position))
        for part in lesson.text.parts if lesson.text else ():
            if not isinstance(part, FencedPart):
                self.references.follow_text(part.text, part.place_inside, lesson.slug)
            elif part.kind == "figure":
                file = part.attributes.get("file")
                if file is not None and file not in module.figures:
                    place = part.attribute_places["file"]
                    self.log.add(place, Rule.DEAD_FIGURE_FILE, f"There is no file {module.file(file)}.")
            elif part.kind == "dispute" and part.id in lesson.disputes:
                self._check_dispute(lesson, part.id)
            elif part.kind == "check":
                self._check_check(lesson, part)

    def _check_dispute(self, lesson: LessonDraft, part_id: str) -> None:
        piece = lesson.disputes[part_id]
        self._follow(piece, ("verdict",), piece.model.verdict, lesson.slug)
        for position, side in enumerate(piece.model.positions):
            self._follow(piece, ("positions", position, "text"), side.text, lesson.slug)
            self._follow(piece, ("positions", position, "rests_on"), side.rests_on, lesson.slug)

    def _check_check(self, lesson: LessonDraft, part: FencedPart) -> None:
        objective, paragraph = part.attributes.get("objective"), part.attributes.get("paragraph")
        if objective is not None:
            self.references.follow_objective(objective, lesson.slug, part.attribute_places["objective"])
        if paragraph is not None:
            self.references.follow_address(paragraph, lesson.slug, part.attribute_places["paragraph"])
        if part.id in lesson.checks:
            self._check_question(lesson.checks[part.id], lesson.slug, followed=paragraph)

    def check_figures(self, module: ModuleDraft) -> None:
        texts = [lesson.text for lesson in module.lessons.values()]
        parts = [part for text in texts if text for part in text.parts]
        shown = {part.attributes.get("file") for part in parts if isinstance(part, FencedPart)}
        for file, piece in module.figures.items():
            if all(texts) and file not in shown:
                self.log.add(Place(module.file(file)), Rule.UNUSED_FIGURE_FILE, "No lesson shows this figure.")
            if piece:
                check_figure(piece, self.references)

    def check_questions(self, module: ModuleDraft) -> None:
        for slug, file in module.questions.items():
            for piece in file.questions:
                question = piece.model
                self.references.follow_objective(question.objective, slug, piece.place("objective"))
                for position, claim_id in enumerate(question.claims):
                    self.references.follow_claim(claim_id, piece.place("claims", position))
                self._check_question(piece, slug)

    def _check_question(
        self, piece: Piece[QuestionShape] | Piece[CheckShape], slug: str, followed: str | None = None
    ) -> None:
        definition = definition_of(piece.model)
        for steps, text in markdown_texts(definition):
            self._follow(piece, steps, text, slug)
        for steps, tension in tensions(definition):
            self.references.follow_tension(tension, piece.place(*steps))
        for steps, address in addresses(definition):
            if address != followed:
                self.references.follow_address(address, slug, piece.place(*steps))
        check_question(piece, definition, self.log)

    def check_objectives(self, module: ModuleDraft) -> None:
        """Log objectives with too few questions, unless the questions of the lesson could not be read."""
        for slug, lesson in module.lessons.items():
            file = module.questions.get(slug)
            if lesson.front is None or (file is not None and not file.holds("questions")):
                continue
            counts = Counter(text for text, _ in file.texts("questions", "objective")) if file else Counter[str]()
            for position, objective in enumerate(lesson.front.model.objectives):
                count = counts[objective.id]
                if count < LEAST_QUESTIONS_OF_AN_OBJECTIVE:
                    what = f"The objective “{objective.id}” has {'one question' if count else 'no questions'}."
                    place = lesson.front.place("objectives", position, "id")
                    self.log.add(place, Rule.OBJECTIVE_WITHOUT_QUESTIONS, what)

    def check_quizzes(self, module: ModuleDraft) -> None:
        entries = [
            PoolEntry(question.id, slug, question.objective, question.level, question.type)
            for slug, file in module.questions.items()
            for question in (piece.model for piece in file.questions)
        ]
        is_complete = all(file.is_sound for file in module.questions.values())
        for quiz in module.quizzes.values():
            if quiz:
                before = len(self.log.issues)
                self._check_draw_names(module, quiz)
                if is_complete and len(self.log.issues) == before:
                    self._check_pools(quiz, entries)

    def _check_draw_names(self, module: ModuleDraft, quiz: Piece[QuizFile]) -> None:
        objectives = [self.references.names.objectives[slug] for slug in module.lessons]
        questions = self.references.names.questions
        for stage, draws in enumerate(quiz.model.stages):
            for position, draw in enumerate(draws.draws):
                steps = ("stages", stage, "draws", position)
                if draw.lesson is not None and draw.lesson not in module.lessons:
                    what = f"There is no lesson “{draw.lesson}” in this module."
                    self.log.add(quiz.place(*steps, "lesson"), Rule.DEAD_LESSON, what)
                if draw.objective is not None and all(lesson.lacks(draw.objective) for lesson in objectives):
                    what = f"No lesson of this module has the objective “{draw.objective}”."
                    self.log.add(quiz.place(*steps, "objective"), Rule.DEAD_OBJECTIVE, what)
                for number, question in enumerate(draw.ids or ()):
                    if questions.lacks(question):
                        place = quiz.place(*steps, "ids", number)
                        self.log.add(place, Rule.DEAD_QUESTION, f"There is no question “{question}”.")

    def _check_pools(self, quiz: Piece[QuizFile], entries: list[PoolEntry]) -> None:
        """Log a draw that could find too few questions once the draws before it have taken theirs."""
        for stage, draws in enumerate(quiz.model.stages):
            earlier: list[tuple[int, frozenset[str]]] = []
            for position, draw in enumerate(draws.draws):
                own = frozenset(pool(draw, entries))
                taken = sum(min(count, len(own & other)) for count, other in earlier)
                left = max(len(own) - taken, 0)
                if left < draw.count:
                    what = f"This draw needs {draw.count} and is sure of {left}."
                    place = quiz.place("stages", stage, "draws", position)
                    self.log.add(place, Rule.DEAD_POOL, what)
                earlier.append((draw.count, own))

    def _follow(self, piece: Piece[object], steps: Path, text: str, slug: str) -> None:
        self.references.follow_text(text, lambda offset: piece.place_inside(steps, text, offset), slug)
