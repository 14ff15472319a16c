"""Commands about the files of the course."""

import json
import re
from pathlib import Path

import pytest

from courseware.assignments.queries import list_with_quizzes
from courseware.classes.models import Class
from courseware.core.errors import Refused
from courseware.courses.queries import get_current_version
from tests.cli.conftest import Courseware
from tests.content.course_copy import CourseCopy
from tests.factories.courses import QUIZ, take_down_shipped
from tests.tables import fingerprint


def spoil(copy: CourseCopy) -> None:
    path = copy.folder / "modules/01-duty/module.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "surprise: 1\n", encoding="utf-8")


def test_check_tells_what_is_in_a_sound_course(courseware: Courseware, tea: CourseCopy) -> None:
    result = courseware("content", "check", str(tea.folder))
    assert (result.exit_code, result.stdout) == (
        0,
        "Tea and taxes: 2 lessons, 9 questions, 8 claims, 0 warnings.\n",
    )


def test_check_without_a_path_checks_the_course_that_ships(courseware: Courseware) -> None:
    assert re.match(r"Five accounts of a crisis: \d+ lessons", courseware("content", "check").stdout)


def test_check_without_a_path_checks_the_course_that_the_setting_names(
    courseware: Courseware, tea: CourseCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSEWARE_CONTENT", str(tea.folder))
    assert courseware("content", "check").stdout.startswith("Tea and taxes: ")
    monkeypatch.setenv("COURSEWARE_CONTENT", str(tea.folder / "nowhere"))
    assert courseware("content", "check").exit_code == 2
    assert courseware("content", "check", str(tea.folder)).exit_code == 0


def test_check_names_every_problem_by_place_and_exits_with_one(courseware: Courseware, tea: CourseCopy) -> None:
    spoil(tea)
    tea.plant("course.yaml", "language: en\n", "language: en\nsurprise: 2\n")
    result = courseware("content", "check", str(tea.folder))
    assert result.exit_code == 1
    places = [line.removeprefix(f"{tea.folder}/").split(": ")[0] for line in result.stdout.splitlines()]
    assert places == ["course.yaml:4:1", "modules/01-duty/module.yaml:6:1"]
    as_json = courseware("content", "check", "--json", str(tea.folder))
    assert as_json.exit_code == 1
    assert [(issue["file"], issue["line"], issue["column"]) for issue in json.loads(as_json.stdout)] == [
        ("course.yaml", 4, 1),
        ("modules/01-duty/module.yaml", 6, 1),
    ]


def test_sync_loads_a_course_once(courseware: Courseware, tea: CourseCopy) -> None:
    take_down_shipped()
    assert courseware("content", "sync", str(tea.folder)).output == "Tea and taxes is now version 1.\n"
    assert courseware("content", "sync", str(tea.folder)).output == "Tea and taxes is unchanged: version 1.\n"
    tea.plant("course.yaml", "title: Tea and taxes", "title: Taxes and tea")
    assert courseware("content", "sync", str(tea.folder)).output == "Taxes and tea is now version 2.\n"
    assert get_current_version().title == "Taxes and tea"


def test_sync_of_a_course_with_errors_changes_nothing(courseware: Courseware, tea: CourseCopy) -> None:
    before = fingerprint()
    spoil(tea)
    refusal = courseware("content", "sync", str(tea.folder)).exception
    assert isinstance(refusal, Refused)
    assert "modules/01-duty/module.yaml:6:1" in refusal.message
    assert fingerprint() == before


def test_schema_is_json_for_every_kind_of_file(courseware: Courseware) -> None:
    schemas = json.loads(courseware("content", "schema").stdout)
    assert schemas
    assert all(isinstance(schema, dict) for schema in schemas.values())


@pytest.mark.parametrize("words", [("check", "no-such-folder"), ("sync", "no-such-folder"), ("sync", "a", "b"), ("x",)])
def test_a_command_that_cannot_be_read_is_a_usage_error(courseware: Courseware, words: tuple[str, ...]) -> None:
    assert courseware("content", *words).exit_code == 2


def test_a_quiz_that_a_sync_brings_is_set_for_every_class(
    courseware: Courseware, tea: CourseCopy, tea_class: Class
) -> None:
    before = [assignment.quiz_slug for assignment, _ in list_with_quizzes([tea_class.id])]
    text = (tea.folder / QUIZ).read_text(encoding="utf-8")
    (tea.folder / QUIZ).with_name("second.yaml").write_text(text.replace("id: duty", "id: second"), encoding="utf-8")
    tea.plant("modules/01-duty/module.yaml", "quizzes: [duty]", "quizzes: [duty, second]")
    assert courseware("content", "sync", str(tea.folder)).exit_code == 0
    assert [assignment.quiz_slug for assignment, _ in list_with_quizzes([tea_class.id])] == [*before, "second"]


def test_check_takes_a_warning_for_an_error_only_where_that_is_asked_for(
    courseware: Courseware, tea: CourseCopy
) -> None:
    tea.plant("course.yaml", "lesson_words: [30, 60]", "lesson_words: [30, 50]")
    lenient = courseware("content", "check", str(tea.folder))
    assert (lenient.exit_code, len(lenient.stdout.splitlines())) == (0, 2)
    assert lenient.stdout.endswith(", 1 warnings.\n")
    strict = courseware("content", "check", "--strict", str(tea.folder))
    assert (strict.exit_code, strict.stdout) == (1, lenient.stdout)


def test_the_course_that_ships_passes_the_strict_check(courseware: Courseware) -> None:
    assert courseware("content", "check", "--strict").exit_code == 0


def test_check_annotates_a_github_workflow(
    courseware: Courseware, tea: CourseCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    tea.plant("course.yaml", "language: en\n", 'language: en\n"100%:,\\n": 2\n')
    folder = tea.folder.rename(tea.folder.with_name("tea, 50%: taxes"))
    message = "The key “100%25:,%0A” is not known here. Correct its spelling, or take it out."
    for place, shown in ((folder.parent, ""), (folder.parent / "elsewhere", f"{folder.parent}/")):
        place.mkdir(exist_ok=True)
        monkeypatch.chdir(place)
        result = courseware("content", "check", "--format", "github", str(folder))
        file = f"{shown}tea%2C 50%25%3A taxes/course.yaml"
        assert result.exit_code == 1
        assert result.stdout == f"::error file={file},line=4,col=1,title=unknown-key::{message}\n"


def test_check_annotates_a_warning_as_one(courseware: Courseware, tea: CourseCopy) -> None:
    tea.plant("course.yaml", "lesson_words: [30, 60]", "lesson_words: [30, 50]")
    result = courseware("content", "check", "--format", "github", str(tea.folder))
    assert result.exit_code == 0
    assert result.stdout.startswith(f"::warning file={tea.folder}/modules/01-duty/chests-landed.md,line=4,col=8,")


def test_json_is_the_short_form_of_its_format(courseware: Courseware, tea: CourseCopy) -> None:
    spoil(tea)
    short, long = ("--json",), ("--format", "json")
    assert courseware("content", "check", *short, str(tea.folder)).stdout == (
        courseware("content", "check", *long, str(tea.folder)).stdout
    )


def test_a_new_course_and_a_new_module_pass_the_check(courseware: Courseware, tmp_path: Path) -> None:
    folder = tmp_path / "swifts"
    made = courseware("content", "new", "course", str(folder), "--title", "Swifts")
    assert made.stdout == (
        f"{folder} holds a course. Write over it, and check it with: courseware content check {folder}\n"
    )
    added = courseware("content", "new", "module", "02-winter", "--title", "Winter", "--course", str(folder))
    assert added.stdout == f"{folder}/modules/02-winter holds the module “winter”, and course.yaml lists it.\n"
    assert courseware("content", "check", "--strict", str(folder)).stdout == (
        "Swifts: 2 lessons, 4 questions, 1 claims, 0 warnings.\n"
    )
    assert isinstance(courseware("content", "new", "course", str(folder)).exception, Refused)


def test_a_new_module_needs_a_title(courseware: Courseware, tea: CourseCopy) -> None:
    assert courseware("content", "new", "module", "02-more", "--course", str(tea.folder)).exit_code == 2
