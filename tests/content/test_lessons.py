"""Lesson files: whatever stands in them is read or named."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.content.issues import IssueLog, Rule
from courseware.content.lessons import TextPart, read_lesson
from tests.content.course_copy import CourseCopy

FRONT = "---\nid: x\n---\n"
PIECES = ["## Head", "# Head", "words", "- item", "1. item", "  more", "{#p-a}", "{#p-b}", "", "", "```", "> x", "---"]
FENCES = ["```{.figure #f file=a}", "```{.check #c objective=o}", "```{.dispute}", "```{.aside}", "```{.check", "a: [1"]


def test_the_last_line_needs_no_line_end() -> None:
    log = IssueLog()
    lesson = read_lesson("x.md", FRONT + "\nThe end. {#p-end}", log)
    assert lesson is not None
    assert [part.text for part in lesson.parts if isinstance(part, TextPart)] == ["The end."]
    assert log.issues == []


def test_a_heading_without_latin_letters_gets_a_number_for_an_id() -> None:
    lesson = read_lesson("x.md", FRONT + "\n## Été 1803\n\n## Чай\n", IssueLog())
    assert lesson is not None
    assert [part.id for part in lesson.parts] == ["h-ete-1803", "h-2"]


def test_a_heading_that_stands_twice_is_named() -> None:
    log = IssueLog()
    read_lesson("x.md", FRONT + "\n## Tea\n\n## Tea\n", log)
    assert [(issue.rule, issue.line) for issue in log.issues] == [(Rule.DUPLICATE_ID, 7)]


@given(st.lists(st.sampled_from([*PIECES, *FENCES]), max_size=12))
def test_every_line_of_text_is_kept_or_something_is_named(lines: list[str]) -> None:
    log = IssueLog()
    lesson = read_lesson("x.md", FRONT + "\n".join(lines), log)
    assert lesson is not None
    if not log.issues:
        kept = "\n".join(part.text for part in lesson.parts if isinstance(part, TextPart))
        assert kept.count("words") == lines.count("words")
        assert all(part.id for part in lesson.parts)
    assert all(1 <= issue.line <= len(lines) + 3 for issue in log.issues)


@pytest.mark.parametrize("seed", range(40))
def test_a_spoiled_course_is_loaded_or_its_issues_are_named(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (nothing secret)
    copy = CourseCopy.make(tmp_path)
    files = sorted(path for path in copy.folder.rglob("*") if path.is_file())
    for path in chance.sample(files, 3):
        lines = path.read_text(encoding="utf-8").split("\n")
        position = chance.randrange(len(lines))
        lines[position : position + chance.randrange(3)] = chance.choice([[], ["- x"], ["x: {"], ["x: [1]"], ["```"]])
        path.write_text("\n".join(lines), encoding="utf-8")
    loaded = copy.load()
    assert (loaded.course is None) == bool(loaded.issues)
