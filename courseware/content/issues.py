"""What is wrong with a course: each problem with its place, its rule and a way to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """Whether a problem keeps the course from being synced."""

    ERROR = "error"
    WARNING = "warning"


class Rule(StrEnum):
    """The rules of a sound course, by the name that is shown."""

    ABSOLUTE_WORDS = "absolute-words"
    ALL_OF_THE_ABOVE = "all-of-the-above"
    ALT_TEXT = "alt-text"
    BAD_BLOCK = "bad-block"
    BAD_LINK = "bad-link"
    BAD_MARK = "bad-mark"
    CITATION_MISSING = "citation-missing"
    CLAIM_UNUSED = "claim-unused"
    CONTROL_CHARACTERS = "control-characters"
    DEAD_CLAIM = "dead-claim"
    DEAD_COLUMN = "dead-column"
    DEAD_FIGURE_FILE = "dead-figure-file"
    DEAD_LESSON = "dead-lesson"
    DEAD_OBJECTIVE = "dead-objective"
    DEAD_PARAGRAPH = "dead-paragraph"
    DEAD_POOL = "dead-pool"
    DEAD_QUESTION = "dead-question"
    DEAD_SOURCE = "dead-source"
    DEAD_TENSION = "dead-tension"
    DEAD_TERM = "dead-term"
    DUPLICATE_ID = "duplicate-id"
    DUPLICATE_KEY = "duplicate-key"
    DUPLICATE_STEM = "duplicate-stem"
    EMPTY_PATTERN = "empty-pattern"
    FEEDBACK_MISSING = "feedback-missing"
    FIGURE_WITHOUT_TABLE = "figure-without-table"
    FILE_MISSING = "file-missing"
    FILE_NAME = "file-name"
    FILE_NOT_LISTED = "file-not-listed"
    HEADING_LEVEL = "heading-level"
    KEY_ECHOES_STEM = "key-echoes-stem"
    KEY_HEDGED = "key-hedged"
    KEY_LONGEST = "key-longest"
    KEY_POSITION = "key-position"
    LESSON_FILE_MISSING = "lesson-file-missing"
    LESSON_LENGTH = "lesson-length"
    LESSON_NOT_LISTED = "lesson-not-listed"
    LONG_PARAGRAPH = "long-paragraph"
    MISSING_KEY = "missing-key"
    MISSING_PARAGRAPH_ID = "missing-paragraph-id"
    MODULE_OF_CLAIM = "module-of-claim"
    NEGATIVE_STEM = "negative-stem"
    OBJECTIVE_WITHOUT_QUESTIONS = "objective-without-questions"
    OUTSIDE_REFERENCE = "outside-reference"
    POINTS = "points"
    QUESTION_FILE_WITHOUT_LESSON = "question-file-without-lesson"
    QUIZ_REVIEW_FLAG = "quiz-review-flag"
    RAW_HTML = "raw-html"
    READING_LEVEL = "reading-level"
    REPEATED_OPTION = "repeated-option"
    SCORING_MISSING = "scoring-missing"
    UNKNOWN_KEY = "unknown-key"
    UNREADABLE_FILE = "unreadable-file"
    UNREADABLE_QUESTION = "unreadable-question"
    UNUSED_FIGURE_FILE = "unused-figure-file"
    WRONG_TYPE = "wrong-type"
    YAML_SYNTAX = "yaml-syntax"


MENDING: Final[Mapping[Rule, str]] = {
    Rule.ABSOLUTE_WORDS: "Say it with an exception, or let other options and the key hold such a word too.",
    Rule.ALL_OF_THE_ABOVE: "Write what the option means, or make a question with several right options.",
    Rule.ALT_TEXT: "Say in a sentence what the picture shows.",
    Rule.BAD_BLOCK: "Write paragraphs, lists, ## headings and the known fenced blocks, parted by empty lines.",
    Rule.BAD_LINK: "Write [text](#id), [text](lesson:slug) or [text](lesson:slug#id).",
    Rule.BAD_MARK: "Correct it as the guide to course files shows.",
    Rule.CITATION_MISSING: "Cite the claim it rests on, or mark it as a fact from outside the sources.",
    Rule.CLAIM_UNUSED: "Cite it in a lesson, figure or question of its module, or give it the module context.",
    Rule.CONTROL_CHARACTERS: "Delete the character, or type a visible one in its place.",
    Rule.DEAD_CLAIM: "Correct the id, or add the claim.",
    Rule.DEAD_COLUMN: "Use a column, lane, node or zone that the figure has, and one cell for each column.",
    Rule.DEAD_FIGURE_FILE: "Correct the name, or add the file.",
    Rule.DEAD_LESSON: "Correct the slug, or list the lesson in its module.",
    Rule.DEAD_OBJECTIVE: "Use the id of an objective of the lesson, or add the objective to its front matter.",
    Rule.DEAD_PARAGRAPH: "Use the id of a paragraph, figure, check or dispute of that lesson.",
    Rule.DEAD_POOL: "Draw fewer questions, widen the pool, or write more questions for it.",
    Rule.DEAD_QUESTION: "Correct the id, or write the question.",
    Rule.DEAD_SOURCE: "Use the id of a source in sources.yaml.",
    Rule.DEAD_TENSION: "Correct the number, or add the tension to tensions.yaml.",
    Rule.DEAD_TERM: "Define the term in the front matter of a lesson, or point to a defined one with key.",
    Rule.DUPLICATE_ID: "Give each its own.",
    Rule.DUPLICATE_KEY: "Keep one of the two.",
    Rule.DUPLICATE_STEM: "Ask something else, or say in the prompt what is different here.",
    Rule.EMPTY_PATTERN: "Say what the pattern should fit.",
    Rule.FEEDBACK_MISSING: "Write what the learner should read there.",
    Rule.FIGURE_WITHOUT_TABLE: "Add the data; the table is made from them.",
    Rule.FILE_MISSING: "Add the file, or take the name out of the list.",
    Rule.FILE_NAME: "Give the file and the id the same name.",
    Rule.FILE_NOT_LISTED: "List it, or delete it.",
    Rule.HEADING_LEVEL: "Begin the heading with ## and a space.",
    Rule.KEY_ECHOES_STEM: "Let keys and other options share as many words with their stems.",
    Rule.KEY_HEDGED: "Let keys and other options hedge alike.",
    Rule.KEY_LONGEST: "Make keys and other options alike in length.",
    Rule.KEY_POSITION: "Spread the keys over the positions.",
    Rule.LESSON_FILE_MISSING: "Add the file, or take the slug out of module.yaml.",
    Rule.LESSON_LENGTH: "Shorten or lengthen it, divide it, or set lesson_words under style in course.yaml.",
    Rule.LESSON_NOT_LISTED: "Add its slug to lessons in module.yaml, or delete the file.",
    Rule.LONG_PARAGRAPH: "Divide it, or set paragraph_words under style in course.yaml.",
    Rule.MISSING_KEY: "Add it.",
    Rule.MISSING_PARAGRAPH_ID: "End it with an id like {#p-first-words}; after a list it stands on a line of its own.",
    Rule.MODULE_OF_CLAIM: "Use the id of a module, of a planned module, or context.",
    Rule.NEGATIVE_STEM: "Ask it the other way round, or make the word stand out with **…**.",
    Rule.OBJECTIVE_WITHOUT_QUESTIONS: "Write at least two questions for it.",
    Rule.OUTSIDE_REFERENCE: "Name who published it and when, or give its address.",
    Rule.POINTS: "Make the points of the criteria add up to the points of the question.",
    Rule.QUESTION_FILE_WITHOUT_LESSON: "Name the file after a lesson that module.yaml lists, or delete it.",
    Rule.QUIZ_REVIEW_FLAG: "Use any of score, correctness, answers, feedback and links.",
    Rule.RAW_HTML: "Use Markdown, or leave a space after the sign <.",
    Rule.READING_LEVEL: "Write shorter sentences and plainer words, or set reading_grade under style in course.yaml.",
    Rule.REPEATED_OPTION: "Make the two differ, or leave one out.",
    Rule.SCORING_MISSING: "Say in scoring how partial credit is given.",
    Rule.UNKNOWN_KEY: "Correct its spelling, or take it out.",
    Rule.UNREADABLE_FILE: "Save the file as plain UTF-8 text.",
    Rule.UNREADABLE_QUESTION: "Correct the question as the guide to course files shows.",
    Rule.UNUSED_FIGURE_FILE: "Show it in a lesson, or delete it.",
    Rule.WRONG_TYPE: "Correct the value.",
    Rule.YAML_SYNTAX: "Correct the indentation, quotes or brackets here or just above.",
}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A point in a course file; lines and columns begin at 1."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """One problem of a course. Issues sort by place."""

    file: str
    line: int
    column: int
    rule: Rule
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Return the issue on one line, in the form that editors understand."""
        return f"{self.file}:{self.line}:{self.column}: {self.rule}: {self.message}"


@dataclass(slots=True)
class IssueLog:
    """The issues found so far."""

    issues: list[Issue] = field(default_factory=list)

    def add(self, place: Place, rule: Rule, what: str, severity: Severity = Severity.ERROR) -> None:
        """Record what is wrong at a place; how to mend it is added by the rule."""
        message = f"{what} {MENDING[rule]}"
        self.issues.append(Issue(place.file, place.line, place.column, rule, message, severity))

    @property
    def has_errors(self) -> bool:
        """Whether any issue keeps the course from being synced."""
        return any(issue.severity is Severity.ERROR for issue in self.issues)

    def sorted(self) -> list[Issue]:
        """Return all issues by file, line and column, each once."""
        return sorted(set(self.issues))
