"""The limits of texts are those of the course, and a text is measured as a reader meets it."""

from pathlib import Path

import pytest

from courseware.content.issues import Rule, Severity
from tests.content.course_copy import CourseCopy

COURSE = "course.yaml"
FIRST = "modules/01-duty/chests-landed.md"
SECOND = "modules/01-duty/why-it-fell.md"
STYLE = "{lesson_words: [30, 60]}"
HARD = "Accordingly, considerable administrative uncertainties continuously complicated international negotiations"


@pytest.fixture
def copy(tmp_path: Path) -> CourseCopy:
    return CourseCopy.make(tmp_path)


def found(copy: CourseCopy) -> list[tuple[Rule, str, int, int]]:
    issues = copy.issues()
    assert all(issue.severity is Severity.WARNING for issue in issues)
    return [(issue.rule, issue.file, issue.line, issue.column) for issue in issues]


@pytest.mark.parametrize(
    ("rule", "style", "file", "words"),
    [
        (Rule.LESSON_LENGTH, "{lesson_words: [30, 50]}", FIRST, "How many chests?"),
        (Rule.LESSON_LENGTH, "{lesson_words: [40, 60]}", SECOND, "Why did it fall?"),
        (Rule.LONG_PARAGRAPH, "{lesson_words: [30, 60], paragraph_words: 18}", SECOND, "- Whether the boat"),
        (Rule.LONG_PARAGRAPH, "{lesson_words: [30, 60], paragraph_words: 13}", SECOND, "- Whether the boat"),
    ],
)
def test_a_limit_of_the_course_is_passed_at_its_place(
    copy: CourseCopy, rule: Rule, style: str, file: str, words: str
) -> None:
    copy.plant(COURSE, STYLE, style)
    place = copy.plant(file, words, f"‸{words}")
    assert (rule, file, place.line, place.column) in found(copy)
    assert {issue.rule for issue in copy.issues()} == {rule}


def test_without_a_style_the_limits_are_those_of_the_guide(copy: CourseCopy) -> None:
    copy.plant(COURSE, f"style: {STYLE}\n", "")
    messages = [issue.message for issue in copy.issues()]
    assert len(messages) == 2
    assert messages[0].startswith("This lesson has 51 words of running text; here it should have 700 to 1,200.")


def test_a_text_that_is_hard_to_read_is_told_with_its_grade(copy: CourseCopy) -> None:
    copy.plant(COURSE, STYLE, "{lesson_words: [30, 200]}")
    copy.plant(SECOND, "In between, the", f"{' '.join([HARD + '.'] * 9)} In between, the")
    place = copy.plant(SECOND, "Why did it fall?", "‸Why did it fall?")
    assert found(copy) == [(Rule.READING_LEVEL, SECOND, place.line, place.column)]
    assert copy.issues()[0].message.startswith("This lesson reads at grade ")
    copy.plant(COURSE, "lesson_words: [30, 200]", "lesson_words: [30, 200], reading_grade: 40")
    assert copy.issues() == []


def test_the_grade_is_left_out_in_another_language(copy: CourseCopy) -> None:
    copy.plant(COURSE, STYLE, "{lesson_words: [30, 200]}")
    copy.plant(COURSE, "language: en\n", "language: fr\n")
    copy.plant(SECOND, "In between, the", f"{' '.join([HARD + '.'] * 9)} In between, the")
    assert copy.issues() == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The Ledger says nothing, and never a word.",
        "See the Ledger, paragraph 12, for one.",
        "Take 3 of them.",
        "Set the Ledger aside.",
        '[Tea cost 12 pence]{.outside ref="Price list of 1803"}.',
        "The Ledger says so [@ledger-p01-a].",
    ],
)
def test_a_sentence_that_states_nothing_to_be_cited_is_no_fault(copy: CourseCopy, sentence: str) -> None:
    copy.plant(FIRST, "What a [chest]", f"{sentence} What a [chest]")
    assert copy.issues() == []


def test_a_position_may_rest_on_a_fact_from_outside(copy: CourseCopy) -> None:
    outside = "'[The trade was halved]{.outside ref=\"Price list of 1803\"}.'"
    copy.plant(SECOND, "The pamphlet, without a number [@pamphlet-p01-a].", outside)
    assert copy.issues() == []


def test_without_sources_or_course_file_nothing_is_measured_against_them(copy: CourseCopy) -> None:
    (copy.folder / "sources.yaml").unlink()
    copy.plant(FIRST, "What a [chest]", "The Ledger says so. What a [chest]")
    assert [issue.rule for issue in copy.issues()] == [Rule.FILE_MISSING]
    (copy.folder / COURSE).unlink()
    assert [issue.rule for issue in copy.issues()] == [Rule.FILE_MISSING, Rule.FILE_MISSING]
