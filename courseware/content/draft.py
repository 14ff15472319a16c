"""Everything that was read of a course folder, sound or not, with the place of each part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from pydantic import TypeAdapter

from courseware.content.figures_schema import Figure, FigureFile
from courseware.content.files import read_text
from courseware.content.issues import IssueLog, Place, Rule
from courseware.content.lessons import FencedPart, LessonText, read_lesson
from courseware.content.library_schema import ActorsFile, TensionsFile, TimelineFile
from courseware.content.questions_schema import CheckQuestion, CheckShape, Question, QuestionsFile, QuestionShape
from courseware.content.schema import (
    Claim,
    ClaimsFile,
    CourseFile,
    DisputeBody,
    LessonFront,
    ModuleFile,
    QuizFile,
    SourcesFile,
)
from courseware.content.validation import Piece, raw_items, raw_text, read_shape, sound_items
from courseware.content.yaml_text import YamlText, read_yaml

Model = TypeVar("Model")

_COURSE: Final = TypeAdapter(CourseFile)
_SOURCES: Final = TypeAdapter(SourcesFile)
_TENSIONS: Final = TypeAdapter(TensionsFile)
_TIMELINE: Final = TypeAdapter(TimelineFile)
_ACTORS: Final = TypeAdapter(ActorsFile)
_CLAIMS: Final = TypeAdapter(ClaimsFile)
_CLAIM: Final = TypeAdapter(Claim)
_MODULE: Final = TypeAdapter(ModuleFile)
_QUIZ: Final = TypeAdapter(QuizFile)
_FRONT: Final = TypeAdapter(LessonFront)
_DISPUTE: Final = TypeAdapter(DisputeBody)
_FIGURE: Final[TypeAdapter[Figure]] = TypeAdapter(FigureFile)
_QUESTIONS: Final = TypeAdapter(QuestionsFile)
_QUESTION: Final[TypeAdapter[QuestionShape]] = TypeAdapter(Question)
_CHECK: Final[TypeAdapter[CheckShape]] = TypeAdapter(CheckQuestion)

_GIVEN_BY_THE_FENCE: Final = ("options", "patterns")


@dataclass(slots=True)
class YamlDraft:
    """A file of which only the name and the text are certain."""

    file: str
    yaml: YamlText | None

    def holds(self, items: str) -> bool:
        """Whether the file could be read so far as to find the list."""
        return self.yaml is not None and isinstance(self.yaml.value.get(items), list)

    def texts(self, items: str, key: str) -> Iterator[tuple[str, tuple[str | int, ...]]]:
        """Return a text of every entry of a list, with its path, whether the entry is sound or not."""
        if self.yaml is not None:
            for position, item in enumerate(raw_items(self.yaml, items)):
                text = raw_text(item, key)
                if text is not None:
                    yield text, (items, position, key)


@dataclass(slots=True)
class ClaimsDraft(YamlDraft):
    """The claims of one source; the sound ones have a model."""

    claims: list[Piece[Claim]]


@dataclass(slots=True)
class QuestionsDraft(YamlDraft):
    """The questions of one lesson; the sound ones have a model."""

    questions: list[Piece[QuestionShape]]

    @property
    def is_sound(self) -> bool:
        """Whether every question of the file could be read."""
        items = self.yaml.value.get("questions") if self.yaml else None
        return isinstance(items, list) and len(items) == len(self.questions)


@dataclass(slots=True)
class LessonDraft:
    """One lesson file."""

    slug: str
    file: str
    text: LessonText | None
    front: Piece[LessonFront] | None = None
    checks: dict[str, Piece[CheckShape]] = field(default_factory=dict)
    disputes: dict[str, Piece[DisputeBody]] = field(default_factory=dict)


@dataclass(slots=True)
class ModuleDraft:
    """One folder of a module; every dictionary goes by the name of the file."""

    folder: str
    head: Piece[ModuleFile] | None
    lessons: dict[str, LessonDraft]
    figures: dict[str, Piece[Figure] | None]
    questions: dict[str, QuestionsDraft]
    quizzes: dict[str, Piece[QuizFile] | None]

    def file(self, *names: str) -> str:
        """Return the name of a file of the module as it is shown."""
        return "/".join(("modules", self.folder, *names))


@dataclass(slots=True)
class Draft:
    """A course folder."""

    course: Piece[CourseFile] | None
    sources_file: YamlDraft
    sources: Piece[SourcesFile] | None
    claims: dict[str, ClaimsDraft]
    tensions_file: YamlDraft
    tensions: Piece[TensionsFile] | None
    timeline: Piece[TimelineFile] | None
    actors: Piece[ActorsFile] | None
    modules: list[ModuleDraft]
    unlisted_folders: list[str]


def read_draft(folder: Path, log: IssueLog) -> Draft:
    """Read every file of the course folder and log what cannot be read or has not the right shape."""
    return _FolderReader(folder, log).read()


@dataclass(slots=True)
class _FolderReader:
    folder: Path
    log: IssueLog

    def read(self) -> Draft:
        course_yaml = self._yaml("course.yaml")
        course = self._shape(course_yaml, _COURSE)
        sources_yaml = self._yaml("sources.yaml")
        tensions_yaml = self._optional_yaml("tensions.yaml")
        names = _stems(self.folder / "modules")
        raw = raw_items(course_yaml, "modules") if course_yaml else []
        listed = [text for text in raw if isinstance(text, str)] or names
        return Draft(
            course=course,
            sources_file=YamlDraft("sources.yaml", sources_yaml),
            sources=self._shape(sources_yaml, _SOURCES),
            claims={name: self._claims(f"claims/{name}.yaml") for name in _stems(self.folder / "claims", ".yaml")},
            tensions_file=YamlDraft("tensions.yaml", tensions_yaml),
            tensions=self._shape(tensions_yaml, _TENSIONS),
            timeline=self._shape(self._optional_yaml("timeline.yaml"), _TIMELINE),
            actors=self._shape(self._optional_yaml("actors.yaml"), _ACTORS),
            modules=[self._module(name) for name in dict.fromkeys(listed) if name in names],
            unlisted_folders=[name for name in names if name not in listed],
        )

    def _yaml(self, name: str) -> YamlText | None:
        path = self.folder / name
        if not path.is_file():
            self.log.add(Place(name), Rule.FILE_MISSING, "There is no such file.")
            return None
        text = read_text(path, name, self.log)
        return None if text is None else read_yaml(name, text, self.log)

    def _optional_yaml(self, name: str) -> YamlText | None:
        return self._yaml(name) if (self.folder / name).exists() else None

    def _shape(self, yaml: YamlText | None, adapter: TypeAdapter[Model]) -> Piece[Model] | None:
        return None if yaml is None else read_shape(yaml, adapter, self.log)

    def _claims(self, name: str) -> ClaimsDraft:
        yaml = self._yaml(name)
        file = self._shape(yaml, _CLAIMS)
        if yaml is None:
            return ClaimsDraft(name, None, [])
        if file is None:
            return ClaimsDraft(name, yaml, sound_items(yaml, "claims", _CLAIM))
        pieces = [Piece(claim, yaml, ("claims", position)) for position, claim in enumerate(file.model.claims)]
        return ClaimsDraft(name, yaml, pieces)

    def _module(self, folder: str) -> ModuleDraft:
        base = f"modules/{folder}"
        path = self.folder / base
        return ModuleDraft(
            folder=folder,
            head=self._shape(self._yaml(f"{base}/module.yaml"), _MODULE),
            lessons={slug: self._lesson(slug, f"{base}/{slug}.md") for slug in _stems(path, ".md")},
            figures={
                f"figures/{name}.yaml": self._shape(self._yaml(f"{base}/figures/{name}.yaml"), _FIGURE)
                for name in _stems(path / "figures", ".yaml")
            },
            questions={
                name: self._questions(f"{base}/questions/{name}.yaml") for name in _stems(path / "questions", ".yaml")
            },
            quizzes={
                name: self._shape(self._yaml(f"{base}/quizzes/{name}.yaml"), _QUIZ)
                for name in _stems(path / "quizzes", ".yaml")
            },
        )

    def _questions(self, name: str) -> QuestionsDraft:
        yaml = self._yaml(name)
        file = self._shape(yaml, _QUESTIONS)
        if yaml is None:
            return QuestionsDraft(name, None, [])
        if file is None:
            return QuestionsDraft(name, yaml, sound_items(yaml, "questions", _QUESTION))
        pieces = [Piece(each, yaml, ("questions", position)) for position, each in enumerate(file.model.questions)]
        return QuestionsDraft(name, yaml, pieces)

    def _lesson(self, slug: str, name: str) -> LessonDraft:
        text = read_text(self.folder / name, name, self.log)
        read = None if text is None else read_lesson(name, text, self.log)
        if read is None:
            return LessonDraft(slug, name, None)
        lesson = LessonDraft(slug, name, read, self._shape(read.front, _FRONT))
        for part in read.parts:
            if isinstance(part, FencedPart) and part.body is not None:
                self._take_body(lesson, part, part.body)
        return lesson

    def _take_body(self, lesson: LessonDraft, part: FencedPart, body: YamlText) -> None:
        if part.kind == "dispute":
            dispute = read_shape(body, _DISPUTE, self.log)
            if dispute is not None:
                lesson.disputes[part.id] = dispute
        else:
            paragraph = part.attributes.get("paragraph", part.id)
            check = read_shape(body, _CHECK, self.log, _with_paragraphs(body.value, paragraph))
            if check is not None:
                lesson.checks[part.id] = check


def _with_paragraphs(body: Mapping[str, object], paragraph: str) -> dict[str, object]:
    """Return the body of a check in which every feedback that names no paragraph has that of the fence."""
    return {
        key: [{"paragraph": paragraph, **item} if isinstance(item, Mapping) else item for item in value]
        if key in _GIVEN_BY_THE_FENCE and isinstance(value, list)
        else value
        for key, value in body.items()
    }


def _stems(folder: Path, suffix: str = "") -> list[str]:
    """Return the names of the files with a suffix, or of the folders, without hidden ones, in order."""
    if not folder.is_dir():
        return []
    return sorted(
        path.name.removesuffix(suffix)
        for path in folder.iterdir()
        if not path.name.startswith(".") and (path.is_file() and path.suffix == suffix if suffix else path.is_dir())
    )
