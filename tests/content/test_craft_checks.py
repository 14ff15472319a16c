"""Keys that show by their looks are found over the whole bank of a module, and named with figures."""

from collections.abc import Callable
from pathlib import Path

import pytest

from courseware.content.issues import Issue, Rule, Severity
from tests.content.course_copy import CourseCopy

COURSE = "course.yaml"
MODULE = "modules/01-duty/module.yaml"
QUIZ = "modules/01-duty/quizzes/duty.yaml"
FIRST = "modules/01-duty/chests-landed.md"
QUESTIONS = "modules/01-duty/questions/chests-landed.yaml"
SECOND_QUESTIONS = "modules/01-duty/questions/why-it-fell.yaml"

Options = Callable[[int], list[str]]


@pytest.fixture
def copy(tmp_path: Path) -> CourseCopy:
    return CourseCopy.make(tmp_path)


def add_bank(copy: CourseCopy, options: Options, *, count: int = 20, key: Callable[[int], int], more: str = "") -> None:
    """Add questions of four options to the sample; the key of each is where the function says."""
    path = copy.folder / QUESTIONS
    text = path.read_text(encoding="utf-8")
    for number in range(count):
        text += (
            f"\n- id: bank-{number}\n  type: single_choice\n  objective: t1-count\n  level: recall\n  points: 1\n"
            f"  facility: 0.5\n  paragraph: p-counts\n  claims: []\n  prompt: Which word stands in place {number}?\n"
            f"{more}  options:\n"
        )
        for place, option in enumerate(options(number)):
            correct = "correct: true, " if place == key(number) else ""
            text += f"  - {{text: {option}, {correct}feedback: So., paragraph: p-counts}}\n"
    path.write_text(text, encoding="utf-8")


def alike(_number: int) -> list[str]:
    return ["tea", "tax", "ink", "pen"]


def found(copy: CourseCopy) -> list[tuple[Rule, str, int, int]]:
    return [(issue.rule, issue.file, issue.line, issue.column) for issue in copy.issues()]


def only_issue(copy: CourseCopy) -> Issue:
    (issue,) = copy.issues()
    assert issue.severity is Severity.WARNING
    return issue


def test_options_that_look_alike_give_nothing_away(copy: CourseCopy) -> None:
    add_bank(copy, alike, key=lambda _: 0)
    assert copy.issues() == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule.KEY_LONGEST, ["green tea", "tax", "ink", "pen"]),
        (Rule.KEY_LONGEST, ["tea", "tax", "ink", "paper"]),
        (Rule.KEY_HEDGED, ["some tea", "salt tax", "blue ink", "iron pen"]),
        (Rule.KEY_ECHOES_STEM, ["place", "taxes", "paper", "quill"]),
    ],
)
def test_a_bank_that_can_be_guessed_is_told_at_its_module(copy: CourseCopy, rule: Rule, words: list[str]) -> None:
    add_bank(copy, lambda _: words, key=lambda _: 0)
    assert found(copy) == [(rule, MODULE, 1, 5)]


def test_the_figures_and_the_plainest_questions_are_named(copy: CourseCopy) -> None:
    add_bank(copy, alike, key=lambda _: 0, count=1)
    copy.plant(COURSE, "lesson_words: [30, 60]", "lesson_words: [30, 60], bank_questions: 1")
    copy.plant(SECOND_QUESTIONS, "- {text: halved, correct", "- {text: gone down by half, correct")
    issue = only_issue(copy)
    assert issue.message.startswith(
        "Always choosing the longest option earns 75.0 percent over 3 choices, and chance 36.1 percent; "
        "begin with t1-q01, t2-q03."
    )


def test_a_small_bank_is_not_measured(copy: CourseCopy) -> None:
    add_bank(copy, lambda _: ["green tea", "tax", "ink", "pen"], key=lambda _: 0, count=9)
    assert copy.issues() == []
    copy.plant(COURSE, "lesson_words: [30, 60]", "lesson_words: [30, 60], bank_questions: 11")
    assert only_issue(copy).rule is Rule.KEY_LONGEST


def test_positions_count_where_the_order_is_fixed(copy: CourseCopy) -> None:
    add_bank(copy, alike, key=lambda number: number % 3, more="  fixed_order: true\n")
    issue = only_issue(copy)
    assert issue.rule is Rule.KEY_POSITION
    assert "option 4, in the order in which the options are shown, earns 1.6 percent" in issue.message


def test_positions_count_where_a_quiz_does_not_shuffle(copy: CourseCopy) -> None:
    add_bank(copy, alike, key=lambda _: 1)
    copy.plant(QUIZ, "shuffle_options: true", "shuffle_options: false")
    assert found(copy) == [(Rule.KEY_POSITION, MODULE, 1, 5)]


def test_several_words_without_exception_give_a_key_away_together(copy: CourseCopy) -> None:
    copy.plant(QUESTIONS, "- text: 900 chests\n", "- text: all 900 chests\n")
    assert copy.issues() == []
    place = copy.plant(QUESTIONS, "- text: 300 chests\n", "- text: ‸only 300 chests\n")
    first, second = copy.issues()
    assert (first.rule, second.rule) == (Rule.ABSOLUTE_WORDS, Rule.ABSOLUTE_WORDS)
    assert (second.line, second.column) == (place.line, place.column)
    copy.plant(QUESTIONS, "- text: 1,200 chests\n", "- text: all 1,200 chests\n")
    assert copy.issues() == []


@pytest.mark.parametrize(
    "prompt",
    [
        "Why does the ledger not enter tea of **1801**?",
        "Which number does the ledger **not** enter?",
        "Which number stands beside “not entered”?",
        "The ledger does not say so. Which number does it enter?",
        "Which number holds, because it was not struck out?",
        "How many chests, at least, does the ledger enter?",
        "Which number is no more than a guess?",
    ],
)
def test_a_denial_that_trips_nobody_is_no_fault(copy: CourseCopy, prompt: str) -> None:
    copy.plant(QUESTIONS, "How many chests does the ledger enter for **1801**?", prompt)
    assert copy.issues() == []


def test_a_question_is_told_where_it_was_asked_before(copy: CourseCopy) -> None:
    copy.plant(QUESTIONS, "By what percent did the count fall?", "By how much, did the count fall")
    assert only_issue(copy).message.startswith(f"This was asked already in {FIRST}, line 33.")


def test_what_is_put_in_order_and_matched_belongs_to_what_is_asked(copy: CourseCopy) -> None:
    text = (copy.folder / SECOND_QUESTIONS).read_text(encoding="utf-8").split("\n\n")[1:3]
    again = "\n\n".join(text).replace("id: t2-q0", "id: t3-q0")
    path = copy.folder / SECOND_QUESTIONS
    path.write_text(path.read_text(encoding="utf-8") + "\n" + again, encoding="utf-8")
    assert [issue.rule for issue in copy.issues()] == [Rule.DUPLICATE_STEM, Rule.DUPLICATE_STEM]
    path.write_text(
        path.read_text(encoding="utf-8")
        .replace("About 900 chests", "Some 900 chests", 1)
        .replace("prompt: plunder", "prompt: rob", 1),
        encoding="utf-8",
    )
    assert copy.issues() == []


def test_rules_of_english_words_are_left_out_in_another_language(copy: CourseCopy) -> None:
    copy.plant(COURSE, "language: en\n", "language: de-CH\n")
    copy.plant(QUESTIONS, "How many chests does the ledger enter", "Which does not stand in the ledger")
    copy.plant(QUESTIONS, "- text: 300 chests\n", "- text: never 300 chests\n")
    add_bank(copy, lambda _: ["some tea", "salt tax", "blue ink", "iron pen"], key=lambda _: 0)
    assert copy.issues() == []


def test_without_a_sound_module_file_no_bank_is_measured(copy: CourseCopy) -> None:
    add_bank(copy, lambda _: ["green tea", "tax", "ink", "pen"], key=lambda _: 0)
    copy.plant(MODULE, "title: The duty", "headline: The duty")
    assert {issue.rule for issue in copy.issues()} == {Rule.MISSING_KEY, Rule.UNKNOWN_KEY}


def test_a_gap_with_two_right_choices_cannot_be_guessed_at(copy: CourseCopy) -> None:
    copy.plant(COURSE, "lesson_words: [30, 60]", "lesson_words: [30, 60], bank_questions: 2")
    copy.plant(SECOND_QUESTIONS, "- {text: doubled, feed", "- {text: doubled up, correct: true, feed")
    assert Rule.KEY_LONGEST not in {issue.rule for issue in copy.issues()}
