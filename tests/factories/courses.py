"""Courses for tests: the small sample, changed as a test needs it, in place of the real course."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import delete, select

from courseware.content.course import Course as LoadedCourse
from courseware.core import clock
from courseware.core.database import Base, db
from courseware.courses.models import Course, CourseVersion
from courseware.courses.sync import sync_course
from tests.content.course_copy import CourseCopy

QUIZ = "modules/01-duty/quizzes/duty.yaml"
QUESTIONS = ("modules/01-duty/questions/chests-landed.yaml", "modules/01-duty/questions/why-it-fell.yaml")

SHIPPED = "five-accounts"
COURSE_TABLES = [
    mapper.local_table for mapper in Base.registry.mappers if mapper.class_.__module__ == Course.__module__
]

Yaml = dict[str, Any]


def change_yaml(copy: CourseCopy, file: str, change: Callable[[Yaml], object]) -> None:
    """Let a function change what a YAML file of the copy holds."""
    path = copy.folder / file
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def set_rules(copy: CourseCopy, **rules: object) -> None:
    """Change rules of the sample's quiz; a rule that becomes None is left out."""

    def change(quiz: Yaml) -> None:
        quiz.update(rules)
        for name in [name for name, value in quiz.items() if value is None]:
            del quiz[name]

    change_yaml(copy, QUIZ, change)


def ask(copy: CourseCopy, *ids: str) -> None:
    """Let the sample's quiz ask exactly these questions, in this order."""
    set_rules(
        copy,
        shuffle_questions=False,
        stages=[{"id": "questions", "draws": [{"count": 1, "ids": [id_]} for id_ in ids]}],
    )


def question_ids(copy: CourseCopy) -> list[str]:
    """Return the ids of all questions of the copy."""
    return [
        question["id"]
        for file in QUESTIONS
        for question in yaml.safe_load((copy.folder / file).read_text(encoding="utf-8"))["questions"]
    ]


def loaded(copy: CourseCopy) -> LoadedCourse:
    """Load the copy, which must be sound."""
    result = copy.load()
    assert result.course is not None, "\n".join(str(issue) for issue in result.issues)
    return result.course


def add_module(copy: CourseCopy, folder: str) -> None:
    """Add a second module: the first one again under other names."""
    first, second = copy.folder / "modules/01-duty", copy.folder / "modules" / folder
    shutil.copytree(first, second)
    for path in [each for each in second.rglob("*") if each.is_file()]:
        path.write_text(_renamed(path.read_text(encoding="utf-8")), encoding="utf-8")
        path.rename(path.with_name(_renamed(path.name)))
    change_yaml(copy, "course.yaml", lambda course: course["modules"].append(folder))


def _renamed(text: str) -> str:
    """Give modules, lessons, objectives and questions another name, and define no term a second time."""
    text = re.sub(r"terms:\n(  .*\n)+", "", text)
    for old, new in (
        (r"\bduty(?=\.yaml|\]\n|\n)", "tax"),
        (r"\b(chests-landed|why-it-fell)\b", r"\1-again"),
        (r"\bt([12])-", r"u\1-"),
    ):
        text = re.sub(old, new, text)
    return text


def take_down_shipped() -> None:
    """Take the course that ships out of the database, because a site has only one; no class may be on it."""
    if db.session.scalar(select(Course.id).where(Course.slug == SHIPPED)) is not None:
        for table in reversed(db.metadata.sorted_tables):
            if table in COURSE_TABLES:
                db.session.execute(delete(table))
    db.session.commit()


def sync(copy: CourseCopy) -> CourseVersion:
    """Make the copy the course that people read, in place of the one that ships."""
    take_down_shipped()
    version = sync_course(loaded(copy), at=clock.now()).version
    db.session.commit()
    return version


def tea_copy(folder: Path) -> CourseCopy:
    """Copy the sample without a time limit, with all attempts allowed and one question a page."""
    copy = CourseCopy.make(folder)
    set_rules(copy, time_limit_minutes=None, attempts=None, questions_per_page=2)
    return copy
