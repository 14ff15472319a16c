"""Every rule of a sound course: a fault is planted, and found at its place, and nothing else is."""

from pathlib import Path

import pytest

from courseware.content.figures_schema import MOST_EDGES
from courseware.content.issues import Rule
from tests.content.course_copy import SWIFTS, CourseCopy

COURSE = "course.yaml"
SOURCES = "sources.yaml"
LEDGER = "claims/ledger.yaml"
PAMPHLET = "claims/pamphlet.yaml"
MODULE = "modules/01-duty/module.yaml"
QUIZ = "modules/01-duty/quizzes/duty.yaml"
TENSIONS = "tensions.yaml"
FIRST = "modules/01-duty/chests-landed.md"
SECOND = "modules/01-duty/why-it-fell.md"
BARS = "modules/01-duty/figures/chests.yaml"
MATRIX = "modules/01-duty/figures/words.yaml"
FIRST_QUESTIONS = "modules/01-duty/questions/chests-landed.yaml"
SECOND_QUESTIONS = "modules/01-duty/questions/why-it-fell.yaml"

# Rule, file, what stands there, what is put in its place; ‸ marks the place of the fault.
FAULTS = [
    # YAML and its shape
    (Rule.YAML_SYNTAX, QUIZ, "attempts: 2", "attempts: ‸*two"),
    (Rule.YAML_SYNTAX, MODULE, "quizzes: [duty]\n", "quizzes: [duty\n‸"),
    (Rule.YAML_SYNTAX, FIRST, "tensions: [T01]", "tensions: ‸&t [T01]"),
    (Rule.YAML_SYNTAX, SECOND, "tolerance: 0", "tolerance: ‸!!int 0"),
    (Rule.DUPLICATE_KEY, COURSE, "language: en", "language: en\n‸title: Again"),
    (Rule.DUPLICATE_KEY, SECOND, "rests_on: nothing visible", "rests_on: nothing visible\n  ‸says: By half"),
    (Rule.UNKNOWN_KEY, COURSE, "language: en", "language: en\n‸color: green"),
    (Rule.UNKNOWN_KEY, SOURCES, "  audience: drinkers of tea", "  audience: drinkers of tea\n  ‸tone: angry"),
    (Rule.UNKNOWN_KEY, PAMPHLET, "contradicts: [", "‸denies: ["),
    (Rule.UNKNOWN_KEY, MATRIX, "key: {first: comes first,", "key: {‸last: comes last, first: comes first,"),
    (Rule.UNKNOWN_KEY, FIRST_QUESTIONS, "  fixed_order: true", "  ‸fixed: true"),
    (Rule.UNKNOWN_KEY, SECOND, "answer: 1", "‸points: 1\nanswer: 1"),
    (Rule.UNKNOWN_KEY, SECOND, "objective=t2-cause paragraph", "objective=t2-cause ‸color=green paragraph"),
    (Rule.UNKNOWN_KEY, SECOND, "#fig-words file", "#fig-words ‸#fig-again file"),
    (Rule.UNKNOWN_KEY, SECOND, "#fig-words file", "#fig-words ‸caption file"),
    (Rule.UNKNOWN_KEY, SECOND, "objective=t2-cause paragraph", "objective=t2-cause ‸objective=t2-words paragraph"),
    (Rule.MISSING_KEY, COURSE, "id: tea-and-taxes\n", "‸"),
    (Rule.MISSING_KEY, FIRST_QUESTIONS, "- id: t1-q05\n  type: short_text\n", "- ‸id: t1-q05\n"),
    (
        Rule.MISSING_KEY,
        SECOND,
        "```{.check #check-cause objective=t2-cause paragraph=p-plunder}",
        "‸```{.check #check-cause objective=t2-cause}",
    ),
    (Rule.MISSING_KEY, PAMPHLET, "- id: pamphlet-p04-a\n  source", "- ‸source"),
    (Rule.MISSING_KEY, SECOND, "```{.check #check-cause objective=t2-cause", "‸```{.check #check-cause"),
    (Rule.MISSING_KEY, LEDGER, "- {value: 1200, unit", "- ‸{unit"),
    (Rule.MISSING_KEY, BARS, "unit: chests\n", ""),
    (
        Rule.MISSING_KEY,
        BARS,
        "- {period: 1801, value: 1200, bound: exact, claim: ledger-p01-a}",
        "- ‸{period: 1801, value: 1200, bound: exact}",
    ),
    (Rule.MISSING_KEY, FIRST, "---\nid: chests-landed\n", "id: chests-landed\n"),
    (Rule.WRONG_TYPE, COURSE, "language: en", "language: ‸12"),
    (Rule.WRONG_TYPE, COURSE, 'contact: "555-0100"', "contact: ‸5550100"),
    (Rule.WRONG_TYPE, COURSE, "title: Tea and taxes", "title: ‸''"),
    (Rule.WRONG_TYPE, COURSE, "modules: [01-duty]", "modules: ‸01-duty"),
    (Rule.WRONG_TYPE, COURSE, "- {id: repeal, title: Repeal}", "- ‸repeal"),
    (Rule.WRONG_TYPE, SOURCES, "kind: opinion", "kind: ‸pamphlet"),
    (Rule.WRONG_TYPE, COURSE, "id: repeal", "id: ‸The-Repeal"),
    (Rule.WRONG_TYPE, SOURCES, "location: {paragraphs: p1-p4}", "location: {paragraphs: ‸1-4}"),
    (Rule.WRONG_TYPE, SOURCES, '{source: ledger, document_lines: "1-9"', '{source: ledger, document_lines: ‸"one"'),
    (Rule.WRONG_TYPE, FIRST, "tensions: [T01]", "tensions: [‸1]"),
    (Rule.WRONG_TYPE, FIRST, "tensions: [T01]", "tensions: [‸tension]"),
    (Rule.WRONG_TYPE, SECOND, "- says: 25\n", "- says: ‸2.5\n"),
    (Rule.WRONG_TYPE, SECOND, "relation: [conflict]", "relation: ‸[]"),
    (Rule.WRONG_TYPE, SECOND, "type: numeric", "type: ‸essay"),
    (Rule.WRONG_TYPE, FIRST_QUESTIONS, "id: t1-q01", "id: ‸t1_q01"),
    (Rule.WRONG_TYPE, QUIZ, "  - {count: 1, objective: t1-count}\n", "  - {count: ‸one, objective: t1-count}\n"),
    (Rule.WRONG_TYPE, QUIZ, "stages:\n- id", "stages: \n‸- {id: warm-up, draws: [{count: 1}]}\n- id"),
    (Rule.WRONG_TYPE, QUIZ, "attempts: 2", "attempts: ‸2.5"),
    (Rule.WRONG_TYPE, QUIZ, "attempts: 2", "attempts: ‸0"),
    (Rule.WRONG_TYPE, QUIZ, "shuffle_options: true", "shuffle_options: ‸yes"),
    (Rule.WRONG_TYPE, QUIZ, "level: recall", "level: ‸remember"),
    (Rule.WRONG_TYPE, BARS, "value: 1200", "value: ‸many"),
    (Rule.WRONG_TYPE, BARS, "kind: bars", "kind: ‸bar"),
    (Rule.WRONG_TYPE, SECOND_QUESTIONS, "facility: 0.5", "facility: ‸50"),
    (
        Rule.WRONG_TYPE,
        SECOND_QUESTIONS,
        "feedback: That is the duty., paragraph: p-doubled",
        "feedback: That is the duty., paragraph: ‸the first",
    ),
    (Rule.CONTROL_CHARACTERS, SECOND, "In between", "In ‸\N{ZERO WIDTH SPACE}between"),
    (Rule.CONTROL_CHARACTERS, MODULE, "title: The duty", 'title: ‸"The \\u0007 duty"'),
    # Files
    (Rule.FILE_NAME, FIRST, "id: chests-landed\n", "id: ‸chests\n"),
    (Rule.FILE_NAME, FIRST, "module: duty\n", "module: ‸tax\n"),
    (Rule.FILE_NAME, FIRST_QUESTIONS, "lesson: chests-landed\n", "lesson: ‸chests\n"),
    (Rule.FILE_NAME, QUIZ, "id: duty\n", "id: ‸tax\n"),
    (Rule.FILE_NAME, LEDGER, "version: 1\nsource: ledger\n", "version: 1\nsource: ‸book\n"),
    (Rule.FILE_NAME, LEDGER, "id: ledger-p01-a\n  source: ledger\n", "id: ledger-p01-a\n  source: ‸pamphlet\n"),
    (Rule.FILE_MISSING, COURSE, "modules: [01-duty]", "modules: [01-duty, ‸02-repeal]"),
    (Rule.FILE_MISSING, MODULE, "quizzes: [duty]", "quizzes: [duty, ‸last]"),
    (Rule.LESSON_FILE_MISSING, MODULE, "lessons: [chests", "lessons: [‸boats, chests"),
    # Ids
    (Rule.DUPLICATE_ID, SECOND, "{#p-boat}", "‸{#p-doubled}"),
    (Rule.DUPLICATE_ID, SECOND, "```{.check #check-cause", "```{.check ‸#fig-words"),
    (Rule.DUPLICATE_ID, SECOND, "{id: t2-words,", "{id: t2-words, text: One.}\n- {id: ‸t2-words,"),
    (Rule.DUPLICATE_ID, SECOND, "objectives:", "terms:\n  ‸duty: A tax.\nobjectives:"),
    (Rule.DUPLICATE_ID, SECOND, "objectives:", "terms:\n  ‸Duty++: A tax on a tax.\nobjectives:"),
    (Rule.DUPLICATE_ID, SECOND_QUESTIONS, "- id: t2-q02\n", "- id: ‸t2-q01\n"),
    (Rule.DUPLICATE_ID, PAMPHLET, "- id: pamphlet-p04-a\n", "- id: ‸pamphlet-p03-a\n"),
    (Rule.DUPLICATE_ID, FIRST_QUESTIONS, "- text: 300 chests\n", "- text: ‸900 chests\n"),
    (Rule.DUPLICATE_ID, SECOND_QUESTIONS, "- {id: council,", "- {id: ‸critic,"),
    (
        Rule.DUPLICATE_ID,
        MATRIX,
        "- {id: pamphlet, label: Pamphlet",
        "- {id: pamphlet, label: Again}\n- {id: ‸pamphlet, label: Pamphlet",
    ),
    # References
    (Rule.DEAD_PARAGRAPH, FIRST, "[the figure](#fig-chests)", "‸[the figure](#fig-boxes)"),
    (
        Rule.DEAD_PARAGRAPH,
        SECOND,
        "[the first lesson](lesson:chests-landed#p-open)",
        "‸[the first lesson](lesson:chests-landed#p-shut)",
    ),
    (Rule.DEAD_PARAGRAPH, FIRST, "paragraph=p-counts", "paragraph=‸p-count"),
    (Rule.DEAD_PARAGRAPH, FIRST, "paragraph: lesson:why-it-fell#p-halved", "paragraph: ‸lesson:why-it-fell#p-third"),
    (Rule.DEAD_PARAGRAPH, FIRST_QUESTIONS, "paragraph: check-fall", "paragraph: ‸check-rise"),
    (
        Rule.DEAD_PARAGRAPH,
        FIRST_QUESTIONS,
        "paragraph: p-labels\n  claims",
        "paragraph: ‸h-what-a-count-covers\n  claims",
    ),
    (Rule.DEAD_LESSON, FIRST, "[next lesson](lesson:why-it-fell)", "‸[next lesson](lesson:why-it-rose)"),
    (Rule.DEAD_LESSON, QUIZ, "lesson: chests-landed, level: recall", "level: recall, lesson: ‸chests"),
    (Rule.DEAD_CLAIM, FIRST, "about 900 [@ledger-p03-a]", "about 900 [@ledger-p03-a; @‸ledger-p03-b]"),
    (Rule.DEAD_CLAIM, FIRST, "count [@ledger-p03-a].", "count [@‸ledger-p03]."),
    (Rule.DEAD_CLAIM, SECOND, "checked [@ledger-p03-a]", "checked [@ledger-p03-a; @‸ledger-p03-c]"),
    (Rule.DEAD_CLAIM, BARS, "bound: exact, claim: ledger-p01-a", "bound: exact, claims: [ledger-p01-a, ‸ledger-p01-b]"),
    (Rule.DEAD_CLAIM, MATRIX, "claim: ledger-p02-a", "claims: [ledger-p02-a], claim: ‸ledger-p02-b"),
    (Rule.DEAD_CLAIM, FIRST_QUESTIONS, "claims: []", "claims: [‸ledger-p09-a]"),
    (Rule.DEAD_CLAIM, FIRST_QUESTIONS, "“about” [@ledger-p03-a]", "“about” [@ledger-p03-a; @‸ledger-p09-a]"),
    (Rule.DEAD_CLAIM, PAMPHLET, "contradicts: [ledger-p03-a]", "contradicts: [ledger-p03-a, ‸ledger-p09-a]"),
    (Rule.DEAD_SOURCE, SOURCES, "{source: ledger, document", "{source: ‸book, document"),
    (Rule.DEAD_SOURCE, MATRIX, "label: Ledger, source: ledger", "label: Ledger, source: ‸book"),
    (Rule.DEAD_TERM, FIRST, "What a [chest]{.term} weighed", "What a ‸[box]{.term} weighed"),
    (
        Rule.DEAD_FIGURE_FILE,
        SECOND,
        "file=figures/words.yaml}\n```",
        "file=figures/words.yaml}\n```\n\n```{.figure #fig-2 file=‸figures/word.yaml}\n```",
    ),
    (Rule.DEAD_OBJECTIVE, FIRST, "objective=t1-share", "objective=‸t2-cause"),
    (Rule.DEAD_OBJECTIVE, QUIZ, "objective: t1-count", "objective: ‸t1-counts"),
    (Rule.DEAD_QUESTION, QUIZ, "ids: [t2-q03, t2-q04]", "ids: [t2-q03, t2-q04, ‸t2-q05]"),
    (Rule.DEAD_COLUMN, MATRIX, "    pamphlet: {mark: first", "    ‸council: {mark: first"),
    (Rule.MODULE_OF_CLAIM, PAMPHLET, "module: repeal", "module: ‸repeals"),
    # Use
    (
        Rule.CLAIM_UNUSED,
        PAMPHLET,
        "- id: pamphlet-p04-a\n  source: pamphlet\n  locator: p4\n  module: repeal",
        "- id: ‸pamphlet-p04-a\n  source: pamphlet\n  locator: p4\n  module: duty",
    ),
    (Rule.OBJECTIVE_WITHOUT_QUESTIONS, FIRST, "- {id: t1-share,", "- {id: ‸t1-none, text: Nothing.}\n- {id: t1-share,"),
    # Lessons
    (
        Rule.MISSING_PARAGRAPH_ID,
        SECOND,
        "[@ledger-p02-a]. {#p-doubled}",
        "[@ledger-p02-a]. {#p-doubled}\n\n‸And again.",
    ),
    (Rule.MISSING_PARAGRAPH_ID, SECOND, "have asked.\n{#p-boat}", "have asked.\n{#p-boat}\n\n‸- One.\n- Two."),
    (Rule.MISSING_PARAGRAPH_ID, SECOND, "```{.figure #fig-words ", "‸```{.figure "),
    (Rule.HEADING_LEVEL, FIRST, "## What a count covers", "‸### What a count covers"),
    (Rule.BAD_BLOCK, FIRST, "## What a count covers", "‸> What a count covers\n> is this."),
    (Rule.BAD_BLOCK, FIRST, "## What a count covers", "‸```{.aside #p-aside}\nWhat a count covers\n```"),
    (Rule.BAD_BLOCK, FIRST, "## What a count covers", "‸```python\nWhat a count covers\n```"),
    (Rule.BAD_BLOCK, FIRST, "## What a count covers", "‸{#p-alone}"),
    (Rule.BAD_BLOCK, FIRST, "yaml}\n```", "yaml}\n‸title: Two counts\n```"),
    (Rule.BAD_BLOCK, FIRST, "Two years on it", "‸- Two years on it"),
    (Rule.BAD_BLOCK, FIRST, "2. where, and\n", "2. where, and\n‸   - in which port\n"),
    (
        Rule.BAD_BLOCK,
        FIRST,
        "count fell. {#p-open}",
        "count fell. {#p-open}\n\n‸```{.check #check-open objective=t1-share paragraph=p-open}",
    ),
    (Rule.RAW_HTML, FIRST, "What a [chest]", "What ‸<b>a [chest]"),
    (Rule.RAW_HTML, FIRST_QUESTIONS, "feedback: Divide 300 by 1200.", "feedback: Divide ‸<i>300 by 1200."),
    (Rule.BAD_LINK, FIRST, "[next lesson](lesson:why-it-fell)", "‸[next lesson](https://example.org)"),
    (Rule.BAD_MARK, FIRST, "[@ledger-p01-a].", "[@ledger-p01-a] ‸[@ledger p03]."),
    (Rule.BAD_MARK, SECOND, "In between", "In ‸![between](map.png)"),
    # Figures
    (
        Rule.FIGURE_WITHOUT_TABLE,
        BARS,
        "  period_kind: year\n",
        "  period_kind: year\n  ‸rows: []\n- id: sold\n  counted: chests\n  place: Saltmarsh\n  period_kind: year\n",
    ),
    # Questions
    (
        Rule.FEEDBACK_MISSING,
        FIRST_QUESTIONS,
        "- {text: The year, feedback: The years differ., paragraph",
        "- ‸{text: The year, paragraph",
    ),
    (Rule.FEEDBACK_MISSING, FIRST_QUESTIONS, "feedback: That is our word.", "feedback: ‸''"),
    (
        Rule.FEEDBACK_MISSING,
        FIRST,
        "- text: By a third\n  feedback: That is the fall set against the later count [@ledger-p03-a].\n",
        "- ‸text: By a third\n",
    ),
    (
        Rule.FEEDBACK_MISSING,
        SECOND,
        (
            'patterns:\n- {from: 1, to: 1, correct: true, feedback: "Yes [@pamphlet-p02-a]."}\n'
            '- {otherwise: true, feedback: "One is named [@pamphlet-p02-a]."}\n'
        ),
        'patterns:\n‸- {from: 1, to: 1, correct: true, feedback: "Yes [@pamphlet-p02-a]."}\n',
    ),
    (
        Rule.FEEDBACK_MISSING,
        SECOND_QUESTIONS,
        (
            "    patterns:\n    - {accept: [pamphlet], correct: true, feedback: Yes., paragraph: p-halved}\n"
            "    - {otherwise: true, feedback: It is the paper without a number., paragraph: p-halved}\n"
        ),
        "    patterns:\n    ‸- {accept: [pamphlet], correct: true, feedback: Yes., paragraph: p-halved}\n",
    ),
    (
        Rule.FEEDBACK_MISSING,
        SECOND_QUESTIONS,
        (
            "  - {order: [start, rise, fall], correct: true, feedback: Yes., paragraph: p-doubled}\n"
            "  - {before: [rise, start], feedback: The larger count came first., paragraph: p-doubled}\n"
        ),
        "  ‸- {order: [start, rise, fall], correct: true, feedback: Yes., paragraph: p-doubled}\n",
    ),
    (
        Rule.SCORING_MISSING,
        SECOND_QUESTIONS,
        (
            "- id: t2-q03\n  type: cloze\n  objective: t2-words\n  level: apply\n  points: 3\n"
            "  facility: 0.6\n  scoring: one third of the points for each gap\n"
        ),
        "- ‸id: t2-q03\n  type: cloze\n  objective: t2-words\n  level: apply\n  points: 3\n  facility: 0.6\n",
    ),
    (Rule.EMPTY_PATTERN, FIRST_QUESTIONS, '"near*"', '‸"*"'),
    (Rule.EMPTY_PATTERN, FIRST_QUESTIONS, "- {accept: [about, some], correct", "- ‸{correct"),
    (Rule.EMPTY_PATTERN, FIRST_QUESTIONS, "- {from: 75, to: 75,", "- ‸{from: 75, to: 74,"),
    (Rule.EMPTY_PATTERN, SECOND_QUESTIONS, "- {before: [rise, start], feedback", "- ‸{feedback"),
    (
        Rule.POINTS,
        SECOND_QUESTIONS,
        "- id: t2-q04\n  type: essay\n  objective: t2-cause\n  level: evaluate\n  points: 4",
        "- ‸id: t2-q04\n  type: essay\n  objective: t2-cause\n  level: evaluate\n  points: 5",
    ),
    (
        Rule.UNREADABLE_QUESTION,
        SECOND,
        "type: numeric\nprompt: How many boats does the pamphlet name?\nanswer: 1",
        "‸type: numeric\nprompt: How many boats does the pamphlet name?\nanswer: 2",
    ),
    # Quizzes
    (Rule.QUIZ_REVIEW_FLAG, QUIZ, "answers, feedback", "‸key, feedback"),
    (Rule.DEAD_POOL, QUIZ, "- {count: 1, objective: t1-count}", "- ‸{count: 4, objective: t1-count}"),
    (Rule.DEAD_POOL, QUIZ, "- {count: 1, objective: t1-count}", "- ‸{count: 3, objective: t1-count}"),
    # What explores the course
    (Rule.DEAD_TENSION, FIRST, "tensions: [T01]", "tensions: [T01, ‸T03]"),
    (Rule.DEAD_TENSION, FIRST_QUESTIONS, "tension: T01", "tension: ‸T03"),
    (
        Rule.MISSING_KEY,
        TENSIONS,
        "- id: T02\n  title: Copied once\n  kinds: [copying]\n  strength: minor\n  sources: [ledger]\n",
        "- ‸id: T02\n  title: Copied once\n  kinds: [copying]\n  strength: minor\n",
    ),
    (Rule.DEAD_SOURCE, TENSIONS, "sources: [ledger]", "sources: [‸book]"),
    (Rule.DEAD_CLAIM, "timeline.yaml", "claims: [pamphlet-p01-a]", "claims: [‸pamphlet-p01-b]"),
    (Rule.DUPLICATE_ID, "actors.yaml", "- {id: author,", "- {id: ‸clerks,"),
    # Craft of questions
    (
        Rule.NEGATIVE_STEM,
        FIRST_QUESTIONS,
        "prompt: How many chests does the ledger enter for **1801**?",
        "prompt: It is 1801. Which number does the ledger ‸not enter for it?",
    ),
    (Rule.NEGATIVE_STEM, FIRST_QUESTIONS, "Choose all that hold.", "Choose those that do ‸not hold."),
    (Rule.ALL_OF_THE_ABOVE, FIRST_QUESTIONS, "- text: 300 chests\n", "- text: ‸None of the above\n"),
    (Rule.ALL_OF_THE_ABOVE, FIRST, "- text: By half\n", "- text: ‸Both A and B\n"),
    (Rule.ALL_OF_THE_ABOVE, FIRST_QUESTIONS, "- {text: The year, feed", "- {text: ‸All of these, feed"),
    (Rule.ABSOLUTE_WORDS, FIRST_QUESTIONS, "- text: 300 chests\n", "- text: 300 chests, and ‸never more\n"),
    (Rule.REPEATED_OPTION, FIRST_QUESTIONS, "- text: 300 chests\n", "- text: ‸900 Chests.\n"),
    (Rule.REPEATED_OPTION, SECOND_QUESTIONS, "- {text: doubled, feed", "- {text: ‸Halved, feed"),
    (Rule.DUPLICATE_STEM, FIRST_QUESTIONS, "By what percent did the count fall?", "‸By how much did the count *fall*?"),
    # Craft of texts
    (
        Rule.ALT_TEXT,
        BARS,
        "summary: About 300 chests fewer were entered in 1803 than in 1801.",
        "summary: ‸Counts, two.",
    ),
    (
        Rule.ALT_TEXT,
        BARS,
        "About 300 chests fewer were entered in 1803 than in 1801.",
        "‸There were fewer chests in 1803.",
    ),
    (Rule.CITATION_MISSING, FIRST, "What a [chest]", "It is open. ‸The first page is of 1799. What a [chest]"),
    (Rule.CITATION_MISSING, FIRST, "What a [chest]", "‸As the Ledger says, tea came in. What a [chest]"),
    (Rule.CITATION_MISSING, FIRST, "2. where, and\n", "2. ‸where,\n   about 30 percent of it, and\n"),
    (Rule.CITATION_MISSING, SECOND, "text: The pamphlet, without a number [@pamphlet-p01-a].", "text: ‸The pamphlet."),
    (
        Rule.OUTSIDE_REFERENCE,
        SOURCES,
        '- {outside: true, note: A label of the archive gives 1805., reference: "Archive of Saltmarsh, label of 1911"}',
        "- ‸{outside: true, note: A label of the archive gives 1805.}",
    ),
    (Rule.OUTSIDE_REFERENCE, SECOND, "without a number [@", 'without a ‸[word]{.outside ref="a label"} [@'),
    (Rule.OUTSIDE_REFERENCE, FIRST, "What a [chest]", "‸[Tea came by sea]{.outside}. What a [chest]"),
    (Rule.OUTSIDE_REFERENCE, FIRST, "What a [chest]", '‸[Tea came by sea]{.outside ref="a sailor"}. What a [chest]'),
    # Limits of the course
    (Rule.WRONG_TYPE, COURSE, "{lesson_words: [30, 60]}", "‸{lesson_words: [60, 30]}"),
]


@pytest.mark.parametrize(
    ("rule", "file", "old", "new"), FAULTS, ids=[f"{rule}-{n}" for n, (rule, *_) in enumerate(FAULTS)]
)
def test_a_planted_fault_is_found_at_its_place_and_no_other(
    tmp_path: Path, rule: Rule, file: str, old: str, new: str
) -> None:
    copy = CourseCopy.make(tmp_path)
    place = copy.plant(file, old, new)
    assert [(issue.rule, issue.file, issue.line, issue.column) for issue in copy.issues()] == [
        (rule, place.file, place.line, place.column)
    ]


RING = "modules/winter/figures/ring.yaml"
SIZES = "modules/counting/figures/sizes.yaml"
SURE = "modules/counting/figures/sure.yaml"

FAULTS_OF_PICTURES = [
    (Rule.DEAD_COLUMN, RING, "label: Finder, lane: 2", "label: Finder, lane: ‸3"),
    (Rule.DEAD_COLUMN, RING, "- {from: bird, to: finder", "- {from: ‸birds, to: finder"),
    (Rule.DEAD_COLUMN, RING, "- {from: bird, to: finder", "- {from: bird, to: ‸bird"),
    (Rule.WRONG_TYPE, RING, "lanes: [village, abroad]", "lanes: ‸[a, b, c, d, e]"),
    (Rule.MISSING_KEY, RING, "title: The way", "panels: []\ntitle: The way"),
    (Rule.MISSING_KEY, RING, "carries: ring, claim: club-p08-a}", "carries: ring}"),
    (Rule.DEAD_COLUMN, SURE, "zone: 3, until_zone: 4", "zone: 3, until_zone: ‸5"),
    (Rule.DEAD_COLUMN, SURE, "- {label: Gazette, zone: 1", "- {label: Gazette, zone: ‸5"),
    (Rule.WRONG_TYPE, SIZES, "low: 30, high: 36", "low: 36, high: 30"),
    (Rule.DEAD_CLAIM, SIZES, "claim: club-p02-a", "claim: ‸club-p02-b"),
]


@pytest.mark.parametrize(
    ("rule", "file", "old", "new"),
    FAULTS_OF_PICTURES,
    ids=[f"{rule}-{n}" for n, (rule, *_) in enumerate(FAULTS_OF_PICTURES)],
)
def test_a_fault_of_a_diagram_is_found(tmp_path: Path, rule: Rule, file: str, old: str, new: str) -> None:
    copy = CourseCopy.make(tmp_path, SWIFTS)
    place = copy.plant(file, old, new)
    (issue,) = copy.issues()
    assert (issue.rule, issue.file) == (rule, file)
    if "‸" in new:
        assert (issue.line, issue.column) == (place.line, place.column)


def test_a_lane_with_too_many_nodes_is_told_at_each(tmp_path: Path) -> None:
    copy = CourseCopy.make(tmp_path, SWIFTS)
    more = "".join(f"- {{id: more-{number}, label: More, lane: 1}}\n" for number in range(4))
    copy.plant(RING, "- {id: bird, label", f"{more}- {{id: bird, label")
    assert [issue.rule for issue in copy.issues()] == [Rule.DEAD_COLUMN] * 6


@pytest.mark.parametrize(("count", "rules"), [(MOST_EDGES, []), (MOST_EDGES + 1, [Rule.WRONG_TYPE])])
def test_a_flow_has_no_more_edges_than_a_narrow_screen_has_room_for(
    tmp_path: Path, count: int, rules: list[Rule]
) -> None:
    copy = CourseCopy.make(tmp_path, SWIFTS)
    path = copy.folder / RING
    head, edges = path.read_text(encoding="utf-8").split("edges:\n")
    given = edges.splitlines()
    path.write_text(f"{head}edges:\n" + "".join(f"{line}\n" for line in (given * count)[:count]), encoding="utf-8")
    assert [issue.rule for issue in copy.issues()] == rules


def test_a_flow_in_panels_is_followed_in_each(tmp_path: Path) -> None:
    copy = CourseCopy.make(tmp_path, SWIFTS)
    path = copy.folder / RING
    head, edges = path.read_text(encoding="utf-8").split("edges:\n")
    panel = "- id: once\n  title: Once\n  edges:\n" + "".join(f"  {line}\n" for line in edges.splitlines())
    path.write_text(f"{head}panels:\n{panel}", encoding="utf-8")
    assert copy.issues() == []
    place = copy.plant(RING, "{from: bird, to: finder", "{from: bird, to: ‸nobody")
    (issue,) = copy.issues()
    assert (issue.rule, issue.line, issue.column) == (Rule.DEAD_COLUMN, place.line, place.column)
