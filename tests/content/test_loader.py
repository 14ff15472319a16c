"""Loading a course folder: the whole course, or every problem at once."""

import json
import shutil
from pathlib import Path

import pytest

from courseware.content.course import Course
from courseware.content.issues import Place, Rule, Severity
from courseware.content.lessons import CheckBlock, DisputeBlock, FigureBlock, Heading, ListBlock, Paragraph
from courseware.content.loader import load_course
from courseware.content.schema import json_schemas
from courseware.questions import registry
from tests.content.course_copy import SAMPLE, CourseCopy

FIRST = "modules/01-duty/chests-landed.md"
FIRST_QUESTIONS = "modules/01-duty/questions/chests-landed.yaml"


@pytest.fixture(scope="module")
def sample() -> Course:
    loaded = load_course(SAMPLE)
    assert loaded.issues == []
    assert loaded.course is not None
    return loaded.course


@pytest.fixture
def copy(tmp_path: Path) -> CourseCopy:
    return CourseCopy.make(tmp_path)


def test_the_real_course_has_no_issues() -> None:
    loaded = load_course(SAMPLE.parents[2] / "content" / "five-accounts")
    assert [str(issue) for issue in loaded.issues] == []
    assert loaded.course is not None


def test_lessons_are_numbered_in_the_order_of_the_module(sample: Course) -> None:
    assert [(lesson.number, lesson.slug) for lesson in sample.lessons.values()] == [
        ("1.1", "chests-landed"),
        ("1.2", "why-it-fell"),
    ]


def test_a_lesson_is_made_of_its_blocks_in_order(sample: Course) -> None:
    blocks = sample.lessons["chests-landed"].blocks
    assert [type(block) for block in blocks] == [
        Paragraph,
        Heading,
        Paragraph,
        ListBlock,
        FigureBlock,
        CheckBlock,
        Paragraph,
    ]
    assert [type(block) for block in sample.lessons["why-it-fell"].blocks] == [
        Paragraph,
        FigureBlock,
        DisputeBlock,
        Paragraph,
        CheckBlock,
        ListBlock,
    ]


def test_a_list_has_its_items_without_marks_and_its_id(sample: Course) -> None:
    (listed,) = [block for block in sample.lessons["chests-landed"].blocks if isinstance(block, ListBlock)]
    assert listed == ListBlock(
        id="p-labels",
        number=3,
        items=("what is counted,", "where, and", "over what **period**; see [the figure](#fig-chests)."),
        is_ordered=True,
        line=22,
    )


def test_anchors_say_in_words_what_they_lead_to(sample: Course) -> None:
    labels = {anchor.id: anchor.label for anchor in sample.lessons["why-it-fell"].anchors.values()}
    assert labels == {
        "p-doubled": "paragraph 1",
        "fig-words": "figure 1",
        "p-halved": "dispute",
        "p-plunder": "paragraph 2",
        "check-cause": "check",
        "p-boat": "paragraph 3",
    }


def test_the_words_of_running_text_make_the_minutes(sample: Course) -> None:
    lesson = sample.lessons["why-it-fell"]
    text = (
        "In between, the duty doubled. The pamphlet blames the duty for smuggling, and calls it “plunder”. "
        "Whether the boat carried tea is not said; nor who saw it, as the first lesson would have asked."
    )
    assert lesson.word_count == len(text.split())
    assert lesson.minutes == 2


def test_a_check_is_a_question_of_one_point_that_knows_its_paragraph(sample: Course) -> None:
    (check,) = [block for block in sample.lessons["why-it-fell"].blocks if isinstance(block, CheckBlock)]
    assert check.objective == "t2-cause"
    assert check.definition["patterns"] == [
        {"paragraph": "p-plunder", "from": 1, "to": 1, "correct": True, "feedback": "Yes [@pamphlet-p02-a]."},
        {"paragraph": "p-plunder", "otherwise": True, "feedback": "One is named [@pamphlet-p02-a]."},
    ]
    assert registry.build(check.definition).points == 1


def test_every_definition_is_a_question_and_survives_json(sample: Course) -> None:
    assert len(sample.questions) == 9
    for question in sample.questions.values():
        assert json.loads(json.dumps(question.definition)) == question.definition
        assert registry.build(question.definition).id == question.id


def test_a_whole_number_in_the_place_of_a_label_is_text(sample: Course) -> None:
    (dispute,) = [block for block in sample.lessons["why-it-fell"].blocks if isinstance(block, DisputeBlock)]
    assert dispute.positions[1].says == "25"


def test_the_course_knows_its_sources_claims_terms_and_quizzes(sample: Course) -> None:
    assert list(sample.sources) == ["ledger", "pamphlet"]
    assert sample.sources["pamphlet"].authors == ()
    assert next(iter(sample.claims)) == "ledger-p01-a"
    assert sample.claims["ledger-p03-a"].relations == {"updates": ("ledger-p01-a",)}
    assert {term.term: term.lesson for term in sample.glossary.values()} == {
        "chest": "chests-landed",
        "duty": "chests-landed",
    }
    assert sample.quizzes["duty"].stages[0].draws[2].types == ("matching", "ordering")
    assert sample.modules[0].quizzes == (sample.quizzes["duty"],)
    assert list(sample.figures) == ["modules/01-duty/figures/chests.yaml", "modules/01-duty/figures/words.yaml"]
    assert list(sample.tensions) == ["T01", "T02"]
    assert [event.when for event in sample.events] == ["1801", "about 1802", "undated"]
    assert sample.actors["clerks"].named == ("clerks", "The ledger")


def test_loading_again_gives_the_same_hashes(sample: Course, copy: CourseCopy) -> None:
    again = copy.load().course
    assert again == sample


def test_a_comment_and_other_spacing_change_no_hash_of_a_question(sample: Course, copy: CourseCopy) -> None:
    copy.plant(
        FIRST_QUESTIONS,
        "  level: recall\n  points: 1\n  facility: 0.8",
        "  # easy\n  points:   1\n  level: recall\n  facility: 0.8",
    )
    course = copy.load().course
    assert course is not None
    assert course.content_hash == sample.content_hash


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("course.yaml", "title: Tea and taxes", "title: Tea and tax"),
        ("sources.yaml", "audience: drinkers of tea", "audience: drinkers"),
        ("claims/pamphlet.yaml", "one boat seen at night", "one boat seen by night"),
        ("modules/01-duty/module.yaml", "title: The duty", "title: Duty"),
        ("modules/01-duty/quizzes/duty.yaml", "attempts: 2", "attempts: 3"),
        ("modules/01-duty/figures/words.yaml", "note: in quotation marks", "note: quoted"),
        (FIRST, "Two years on it enters", "Two years later it enters"),
        (FIRST_QUESTIONS, "Look before the number.", "Look in front of the number."),
    ],
)
def test_any_change_changes_the_hash_of_the_course(
    sample: Course, copy: CourseCopy, file: str, old: str, new: str
) -> None:
    copy.plant(file, old, new)
    course = copy.load().course
    assert course is not None
    assert course.content_hash != sample.content_hash


def test_a_change_of_one_question_changes_its_hash_and_no_other(sample: Course, copy: CourseCopy) -> None:
    copy.plant(FIRST_QUESTIONS, "Look before the number.", "Look in front of the number.")
    course = copy.load().course
    assert course is not None
    changed = [
        question.id
        for question in course.questions.values()
        if question.content_hash != sample.questions[question.id].content_hash
    ]
    assert changed == ["t1-q05"]


def test_all_problems_are_found_at_once_and_in_order(copy: CourseCopy) -> None:
    places = [
        (Rule.DEAD_CLAIM, copy.plant("claims/pamphlet.yaml", "[ledger-p03-a]", "[‸ledger-p09-a]")),
        (Rule.UNKNOWN_KEY, copy.plant("course.yaml", "language: en", "language: en\n‸color: red")),
        (Rule.RAW_HTML, copy.plant(FIRST, "Two years on", "‸<b>Two years on")),
        (Rule.DEAD_TERM, copy.plant(FIRST, "What a [chest]", "What a ‸[box]")),
        (Rule.WRONG_TYPE, copy.plant(FIRST_QUESTIONS, "facility: 0.9", "facility: ‸9")),
        (Rule.DEAD_PARAGRAPH, copy.plant(FIRST_QUESTIONS, "paragraph: check-fall", "paragraph: ‸check-rise")),
        (Rule.YAML_SYNTAX, copy.plant("modules/01-duty/quizzes/duty.yaml", "attempts: 2", "attempts: ‸*two")),
    ]
    loaded = copy.load()
    assert loaded.course is None
    assert [(issue.rule, Place(issue.file, issue.line, issue.column)) for issue in loaded.issues] == sorted(
        places, key=lambda found: found[1]
    )


def test_a_warning_does_not_keep_the_course_from_loading(copy: CourseCopy) -> None:
    (copy.folder / "modules" / "02-draft").mkdir()
    loaded = copy.load()
    assert loaded.course is not None
    assert [(issue.rule, issue.severity) for issue in loaded.issues] == [(Rule.FILE_NOT_LISTED, Severity.WARNING)]


@pytest.mark.parametrize(
    ("file", "text", "rule"),
    [
        ("modules/01-duty/unlisted.md", "", Rule.LESSON_NOT_LISTED),
        (
            "modules/01-duty/questions/unlisted.yaml",
            "version: 1\nlesson: unlisted\nquestions: []\n",
            Rule.QUESTION_FILE_WITHOUT_LESSON,
        ),
        ("modules/01-duty/quizzes/unlisted.yaml", "", Rule.FILE_NOT_LISTED),
        ("modules/01-duty/figures/unlisted.yaml", "", Rule.UNUSED_FIGURE_FILE),
        ("claims/unlisted.yaml", "version: 1\nsource: unlisted\nclaims: []\n", Rule.DEAD_SOURCE),
    ],
)
def test_a_file_that_nothing_lists_is_named(copy: CourseCopy, file: str, text: str, rule: Rule) -> None:
    names = {
        ".md": FIRST,
        "quizzes": "modules/01-duty/quizzes/duty.yaml",
        "figures": "modules/01-duty/figures/chests.yaml",
    }
    if not text:
        source = next(path for part, path in names.items() if part in file)
        text = (copy.folder / source).read_text(encoding="utf-8")
    copy.write(file, text)
    assert (rule, file, 1, 1) in [(issue.rule, issue.file, issue.line, issue.column) for issue in copy.issues()]


def test_a_folder_without_a_course_says_which_files_are_missing(tmp_path: Path) -> None:
    loaded = load_course(tmp_path)
    assert loaded.course is None
    assert [(issue.rule, issue.file) for issue in loaded.issues] == [
        (Rule.FILE_MISSING, "course.yaml"),
        (Rule.FILE_MISSING, "sources.yaml"),
    ]


@pytest.mark.parametrize(
    "file",
    [
        "course.yaml",
        "sources.yaml",
        "claims/ledger.yaml",
        "modules/01-duty/module.yaml",
        "modules/01-duty/figures/chests.yaml",
        FIRST,
        FIRST_QUESTIONS,
        "modules/01-duty/quizzes/duty.yaml",
    ],
)
@pytest.mark.parametrize("content", [b"\xff\xfe", b"{", b"- 1\n- [2]\n", b"other: 1\n", b""], ids=repr)
def test_a_file_that_cannot_be_read_is_the_only_one_named(copy: CourseCopy, file: str, content: bytes) -> None:
    (copy.folder / file).write_bytes(content)
    loaded = copy.load()
    assert loaded.course is None
    assert {issue.file for issue in loaded.issues} == {file}


def test_a_lesson_without_questions_leaves_its_objectives_untested(copy: CourseCopy) -> None:
    (copy.folder / FIRST_QUESTIONS).unlink()
    copy.plant(
        "modules/01-duty/quizzes/duty.yaml",
        "  - {count: 1, lesson: chests-landed, level: recall}\n  - {count: 1, objective: t1-count}\n",
        "",
    )
    assert [(issue.rule, issue.line) for issue in copy.issues()] == [
        (Rule.OBJECTIVE_WITHOUT_QUESTIONS, line) for line in (7, 8)
    ]


def test_a_second_lesson_of_the_same_name_in_another_module_is_named(copy: CourseCopy) -> None:
    shutil.copytree(copy.folder / "modules" / "01-duty", copy.folder / "modules" / "02-more")
    copy.plant("course.yaml", "modules: [01-duty]", "modules: [01-duty, 02-more]")
    assert ("modules/02-more/chests-landed.md", 1) in [
        (issue.file, issue.line) for issue in copy.issues() if issue.rule is Rule.DUPLICATE_ID
    ]


def test_every_kind_of_file_has_a_schema_for_editors() -> None:
    schemas = json_schemas()
    assert len(schemas) == 13
    quiz = json.dumps(schemas["modules/*/quizzes/*.yaml"])
    assert '"enum": ["score", "correctness", "answers", "feedback", "links"]' in quiz
    assert '"additionalProperties": false' in quiz


FIGURES = {
    "timeplot": """
unit: chests
from: 1800
to: 1804.5
series:
- id: landed
  counted: chests
  place: Saltmarsh
  points:
  - {at: 1801, period: 1801, value: 1200, bound: exact, claim: ledger-p01-a}
  - {at: 1803, until: 1804, period: 1803, value: 900, bound: about, claim: ledger-p03-a}
""",
    "timeline": """
from: 1800
to: 1804
order_label: as bound
entries:
- {label: first count, at: 1801, claim: ledger-p01-a, position: 1}
- {label: ledger, at: 1804, until: 1804.5, sure: false, source: ledger, note: inferred}
""",
    "strip": """
unit: lines
blocks:
- {label: Ledger, size: 9, source: ledger}
- {label: Pamphlet, size: 10, claims: [pamphlet-p01-a]}
""",
    "ladder": """
rungs:
- {label: Said, text: The trade was halved., claim: pamphlet-p01-a}
- {label: Said again, text: The trade was halved., claims: [pamphlet-p01-a]}
""",
    "table": """
columns: [Year, 2]
rows:
- {cells: [1801, "1,200"], claims: [ledger-p01-a]}
""",
    "places": """
places:
- {label: Saltmarsh, x: 0, y: 99.5, counted: chests, claims: [ledger-p01-a], note: by the sea}
""",
}


@pytest.mark.parametrize("kind", FIGURES)
def test_every_kind_of_figure_is_read(copy: CourseCopy, kind: str) -> None:
    head = f"title: A figure\nsummary: It shows something that a reader would see in the picture.\nkind: {kind}\n"
    copy.write("modules/01-duty/figures/chests.yaml", head + FIGURES[kind])
    loaded = copy.load()
    assert loaded.issues == []
    assert loaded.course is not None
    assert loaded.course.figures["modules/01-duty/figures/chests.yaml"].kind == kind


def test_a_row_of_a_table_has_a_cell_for_each_column(copy: CourseCopy) -> None:
    head = "title: A figure\nsummary: It shows something that a reader would see in the picture.\nkind: table\n"
    text = "columns: [Year, 2]\nrows:\n- {claims: [ledger-p01-a], cells: ‸[1801]}\n"
    place = copy.write("modules/01-duty/figures/chests.yaml", head + text)
    assert [(issue.rule, issue.line, issue.column) for issue in copy.issues()] == [
        (Rule.DEAD_COLUMN, place.line, place.column)
    ]


def test_a_number_out_of_bounds_is_told_its_bound(copy: CourseCopy) -> None:
    copy.plant(FIRST_QUESTIONS, "facility: 0.9", "facility: 9")
    assert [issue.message for issue in copy.issues()] == ["This must be at most 1. Correct the value."]
