"""Everything in a course that can be referred to, gathered before any reference is followed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from courseware.content.addresses import term_anchor
from courseware.content.draft import Draft, LessonDraft, YamlDraft
from courseware.content.issues import IssueLog, Place, Rule
from courseware.content.schema import CONTEXT
from courseware.content.yaml_text import YamlMap, YamlText


@dataclass(frozen=True, slots=True)
class Register:
    """The names of one kind.

    Where a file could not be read the register is not complete, and nothing can be said to be missing from it.
    """

    names: frozenset[str]
    is_complete: bool = True

    def lacks(self, name: str) -> bool:
        """Whether the name certainly is not there."""
        return self.is_complete and name not in self.names


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a course by kind; objectives and anchors are those of each lesson, by slug."""

    sources: Register
    claims: Register
    modules_of_claims: Register
    lessons: Register
    terms: Register
    tensions: Register
    questions: Register
    objectives: Mapping[str, Register]
    anchors: Mapping[str, Register]


def gather_names(draft: Draft, log: IssueLog) -> Names:
    """Return what a course can refer to, sound or not, after logging every name that is given twice."""
    lessons = [lesson for module in draft.modules for lesson in module.lessons.values()]
    heads = [module.head for module in draft.modules]
    planned = draft.course.model.planned_modules if draft.course else ()
    written = {head.model.id for head in heads if head}
    objectives = {lesson.slug: YamlDraft(lesson.file, _front(lesson)) for lesson in lessons}
    objective_ids = _register(list(objectives.values()), "objectives", log)
    _distinct(((lesson.slug, Place(lesson.file)) for lesson in lessons), "lesson", log)
    _distinct(((head.model.id, head.place("id")) for head in heads if head), "module", log)
    terms = [entry for lesson in lessons for entry in _terms(lesson)]
    term_names = _distinct(terms, "term", log)
    _distinct_addresses(terms, log)
    return Names(
        sources=_register([draft.sources_file], "sources", log),
        claims=_register(list(draft.claims.values()), "claims", log),
        modules_of_claims=Register(
            frozenset({CONTEXT, *written, *(module.id for module in planned)}),
            draft.course is not None and all(heads),
        ),
        lessons=Register(frozenset(lesson.slug for lesson in lessons)),
        terms=Register(term_names, objective_ids.is_complete),
        tensions=_tensions(draft, log),
        questions=_register([file for module in draft.modules for file in module.questions.values()], "questions", log),
        objectives={
            slug: Register(frozenset(text for text, _ in file.texts("objectives", "id")), file.holds("objectives"))
            for slug, file in objectives.items()
        },
        anchors={lesson.slug: Register(frozenset(_addresses(lesson)), lesson.text is not None) for lesson in lessons},
    )


def _tensions(draft: Draft, log: IssueLog) -> Register:
    """Return the tensions; a course without a register of them may still number them in its texts."""
    if draft.tensions_file.yaml is None:
        return Register(frozenset(), is_complete=False)
    return _register([draft.tensions_file], "tensions", log)


def _register(files: Sequence[YamlDraft], items: str, log: IssueLog) -> Register:
    entries = ((text, file.yaml.place(path)) for file in files if file.yaml for text, path in file.texts(items, "id"))
    names = _distinct(entries, items.removesuffix("s"), log)
    return Register(names, all(file.holds(items) for file in files))


def _distinct(entries: Iterable[tuple[str, Place]], what: str, log: IssueLog) -> frozenset[str]:
    first: dict[str, Place] = {}
    for name, place in entries:
        if name in first:
            there = first[name]
            log.add(place, Rule.DUPLICATE_ID, f"The {what} “{name}” stands already in {there.file}, line {there.line}.")
        first.setdefault(name, place)
    return frozenset(first)


def _distinct_addresses(terms: Iterable[tuple[str, Place]], log: IssueLog) -> None:
    """Log terms that are written differently and would stand at one address in the glossary."""
    first: dict[str, str] = {}
    for term, place in terms:
        other = first.setdefault(term_anchor(term), term)
        if other != term:
            what = f"The terms “{other}” and “{term}” would share an address in the glossary."
            log.add(place, Rule.DUPLICATE_ID, what)


def _front(lesson: LessonDraft) -> YamlText | None:
    return lesson.text.front if lesson.text else None


def _addresses(lesson: LessonDraft) -> Iterator[str]:
    """Return the ids that authors gave; that of a heading comes from its words and may change with them."""
    for anchor in lesson.text.anchors.values() if lesson.text else ():
        if anchor.kind != "heading":
            yield anchor.id


def _terms(lesson: LessonDraft) -> Iterator[tuple[str, Place]]:
    front = _front(lesson)
    terms = front.value.get("terms") if front else None
    if front and isinstance(terms, YamlMap):
        for term in terms:
            yield term, front.place(("terms", term), of_key=True)
