"""Reading: the course, a module, a lesson, and what is recorded while reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Blueprint, current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from courseware.core import clock
from courseware.core.permissions import Permission
from courseware.courses import queries as course_queries
from courseware.courses.models import CourseVersion, Lesson, Module, Quiz
from courseware.lessons import queries, services
from courseware.lessons.models import CheckAnswer, LessonProgress
from courseware.lessons.services import Reader
from courseware.questions import registry
from courseware.questions.base import InvalidResponse, Layout, Question, Review, Show
from courseware.web import json_body
from courseware.web.guard import requires, signed_in
from courseware.web.responses import csv_download, wants_json

TRIES_BEFORE_THE_KEY: Final = 2

blueprint = Blueprint("lessons", __name__)


@dataclass(frozen=True)
class OutlineModule:
    """A module in the outline, with its lessons and quizzes, and how many of the lessons the reader has read."""

    module: Module
    lessons: list[Lesson]
    quizzes: list[Quiz]
    read_count: int

    @property
    def minutes(self) -> int:
        """How long its lessons take."""
        return sum(lesson.minutes for lesson in self.lessons)


def _outline(version_id: int, progress: Mapping[str, LessonProgress]) -> list[OutlineModule]:
    lessons = course_queries.list_lessons(version_id)
    # Quizzes are set for classes: to somebody who is in none they are closed.
    quizzes = course_queries.list_quizzes(version_id) if signed_in().class_roles else []
    modules = {lesson.module.id: lesson.module for lesson in lessons}
    return [
        OutlineModule(
            module,
            [lesson for lesson in lessons if lesson.module_id == module.id],
            [quiz for quiz in quizzes if quiz.module_id == module.id],
            sum(
                lesson.module_id == module.id and lesson.slug in progress and progress[lesson.slug].read_at is not None
                for lesson in lessons
            ),
        )
        for module in modules.values()
    ]


def _help_lines(version: CourseVersion) -> list[dict[str, str]]:
    """Return whom readers can turn to: as the operator has set it, else as the course has it."""
    lines: list[dict[str, str]] | None = current_app.config["HELP_LINES"]
    return version.facts["help_lines"] if lines is None else lines


@blueprint.get("/modules")
@requires(Permission.COURSE_READ)
def course() -> ResponseReturnValue:
    """Show the whole course: modules, lessons, and how far the reader is."""
    version = course_queries.get_current_version()
    progress = queries.progress_by_lesson(signed_in().user_id, version.course_id)
    outline = _outline(version.id, progress)
    go_on = queries.lesson_to_go_on_with([lesson for entry in outline for lesson in entry.lessons], progress)
    return render_template(
        "lessons/course.html",
        version=version,
        outline=outline,
        progress=progress,
        help_lines=_help_lines(version),
        go_on=go_on,
        stopped_at=queries.find_last_place(version.id, progress.get(go_on.slug)) if go_on else None,
    )


@blueprint.get("/modules/<slug:module_slug>")
@requires(Permission.COURSE_READ)
def module(module_slug: str) -> ResponseReturnValue:
    """Show one module with its lessons, what they teach, and its quizzes."""
    version = course_queries.get_current_version()
    progress = queries.progress_by_lesson(signed_in().user_id, version.course_id)
    outline = _outline(version.id, progress)
    entry = next((entry for entry in outline if entry.module.slug == module_slug), None)
    if entry is None:
        raise NotFound
    return render_template(
        "lessons/module.html",
        version=version,
        entry=entry,
        objectives=course_queries.list_objectives(version.id),
        progress=progress,
    )


@dataclass(frozen=True)
class CheckView:
    """An inline check as the reader sees it; `review` is set once it was answered, and `shows` says how much of it.

    `position` tells the controls of one check from those of another on the page.
    """

    key: str
    position: str
    question: Question
    layout: Layout
    fields: dict[str, list[str]]
    errors: dict[str, str]
    review: Review | None
    shows: tuple[Show, ...]


@dataclass(frozen=True)
class RefusedAnswer:
    """What was given to a check and is not kept, and why; the fields are empty if it was left blank."""

    fields: dict[str, list[str]]
    problem: InvalidResponse


def _check_view(
    lesson: Lesson, key: str, answer: CheckAnswer | None, refused: RefusedAnswer | None = None
) -> CheckView:
    question = registry.build(lesson.checks[key]["question"])
    layout = question.layout(None)
    shows_key = answer is not None and answer.tries >= TRIES_BEFORE_THE_KEY
    return CheckView(
        key=key,
        position=_position(lesson, key),
        question=question,
        layout=layout,
        fields=(refused and refused.fields) or question.fields(answer.response if answer else None, layout),
        errors={refused.problem.field: refused.problem.message} if refused else {},
        review=question.review(answer.response, layout) if answer else None,
        shows=("correctness", "feedback", "answers") if shows_key else ("correctness", "feedback"),
    )


def _position(lesson: Lesson, key: str) -> str:
    return f"c{list(lesson.checks).index(key) + 1}"


@blueprint.get("/modules/<slug:module_slug>/lessons/<slug:lesson_slug>")
@requires(Permission.COURSE_READ)
def lesson(module_slug: str, lesson_slug: str) -> ResponseReturnValue:
    """Show a lesson."""
    return _lesson_page(module_slug, lesson_slug)


def _lesson_page(module_slug: str, lesson_slug: str, refused: dict[str, RefusedAnswer] | None = None) -> str:
    version, lesson = course_queries.get_lesson(module_slug, lesson_slug)
    user_id = signed_in().user_id
    answers = queries.check_answers(user_id, version.course_id, lesson.slug)
    progress = queries.progress_by_lesson(user_id, version.course_id)
    outline = _outline(version.id, progress)
    sequence = [other for entry in outline for other in entry.lessons]
    place = [other.id for other in sequence].index(lesson.id)
    return render_template(
        "lessons/lesson.html",
        version=version,
        lesson=lesson,
        outline=outline,
        progress=progress,
        help_lines=_help_lines(version),
        checks={key: _check_view(lesson, key, answers.get(key), (refused or {}).get(key)) for key in lesson.checks},
        previous=sequence[place - 1] if place else None,
        next=sequence[place + 1] if place + 1 < len(sequence) else None,
        next_quiz=next(
            (quiz for entry in outline for quiz in entry.quizzes if quiz.module_id == lesson.module_id), None
        ),
    )


@blueprint.get("/modules/<slug:module_slug>/lessons/<slug:lesson_slug>/figures/<slug:anchor>.csv")
@requires(Permission.COURSE_READ)
def figure_data(module_slug: str, lesson_slug: str, anchor: str) -> ResponseReturnValue:
    """Give the data of a figure as CSV."""
    version, lesson = course_queries.get_lesson(module_slug, lesson_slug)
    data = course_queries.get_figure_data(version.id, lesson.slug, anchor)
    return csv_download(data.csv, f"{lesson.slug}-{anchor}.csv")


@blueprint.post("/modules/<slug:module_slug>/lessons/<slug:lesson_slug>/read")
@requires(Permission.PROGRESS_RECORD)
def mark_read(module_slug: str, lesson_slug: str) -> ResponseReturnValue:
    """Mark the lesson as read, or take the mark back."""
    version, lesson = course_queries.get_lesson(module_slug, lesson_slug)
    is_read = request.form.get("read") != "no"
    services.mark_read(Reader(signed_in().user_id, version, lesson), is_read=is_read, at=clock.now())
    return redirect(
        url_for("lessons.lesson", module_slug=module_slug, lesson_slug=lesson_slug, _anchor="lesson-foot"),
        HTTPStatus.SEE_OTHER,
    )


@blueprint.put("/modules/<slug:module_slug>/lessons/<slug:lesson_slug>/place")
@requires(Permission.PROGRESS_RECORD)
def remember_place(module_slug: str, lesson_slug: str) -> ResponseReturnValue:
    """Remember the paragraph that the reader has come to."""
    version, lesson = course_queries.get_lesson(module_slug, lesson_slug)
    anchor = json_body.read_object().get("anchor")
    if isinstance(anchor, str):
        services.remember_place(Reader(signed_in().user_id, version, lesson), anchor, at=clock.now())
    return "", HTTPStatus.NO_CONTENT


@blueprint.post("/modules/<slug:module_slug>/lessons/<slug:lesson_slug>/checks/<slug:check_key>")
@requires(Permission.PROGRESS_RECORD)
def answer_check(module_slug: str, lesson_slug: str, check_key: str) -> ResponseReturnValue:
    """Judge an answer to an inline check: a script gets the check alone, a form the page at the check."""
    version, lesson = course_queries.get_lesson(module_slug, lesson_slug)
    if check_key not in lesson.checks:
        raise NotFound
    reader = Reader(signed_in().user_id, version, lesson)
    refused = _judge(reader, check_key)
    status = HTTPStatus.OK if refused is None else HTTPStatus.UNPROCESSABLE_ENTITY
    if wants_json():
        answer = queries.check_answers(reader.user_id, version.course_id, lesson.slug).get(check_key)
        check = _check_view(lesson, check_key, answer, refused)
        return jsonify({"html": render_template("lessons/_check.html", check=check, lesson=lesson)}), status
    if refused is not None:
        return _lesson_page(module_slug, lesson_slug, {check_key: refused}), status
    return redirect(
        url_for("lessons.lesson", module_slug=module_slug, lesson_slug=lesson_slug, _anchor=check_key),
        HTTPStatus.SEE_OTHER,
    )


def _judge(reader: Reader, check_key: str) -> RefusedAnswer | None:
    """Keep the answer that the form gives to a check; return it, and why, if it cannot be judged."""
    prefix = f"q{_position(reader.lesson, check_key)}-"
    fields = {name.removeprefix(prefix): texts for name, texts in request.form.lists() if name.startswith(prefix)}
    try:
        answer = services.answer_check(reader, check_key, fields, at=clock.now())
    except InvalidResponse as problem:
        return RefusedAnswer(fields, problem)
    return None if answer else RefusedAnswer({}, InvalidResponse("", "Choose an answer first."))
