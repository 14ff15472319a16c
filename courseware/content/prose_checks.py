"""Whether the text of the lessons can be read and checked: its length, level and citations, its pictures in words."""

import re
from collections.abc import Iterator
from typing import Final

from courseware.content import inline
from courseware.content.draft import Draft, LessonDraft, ModuleDraft
from courseware.content.figures_schema import Figure
from courseware.content.issues import IssueLog, Place, Rule, Severity
from courseware.content.lessons import TextPart, list_items
from courseware.content.schema import Style
from courseware.content.validation import Piece
from courseware.content.wording import DENIALS, reading_grade, says_something, sentences, words_of

# A year, a sum, a share, or a number of two digits and more; one that only says where something stands is none.
_NUMBER: Final = re.compile(
    r"(?<!paragraph )(?<!paragraphs )(?<!lesson )(?<!module )(?<!question )(?<![\w.,\N{EN DASH}-])"
    r"(?:[$€£¥]\s?\d|\d[\d.,]*\d|\d+(?= percent|%))"
)


def check_prose(draft: Draft, style: Style, log: IssueLog, *, is_english: bool) -> None:
    """Warn of texts that are too long or too hard, of facts without a source, of figures without words.

    The reading grade is made for English and left out for a course in another language.
    """
    sources = draft.sources.model.sources if draft.sources else ()
    reports = says_something(source.name for source in sources)
    for module in draft.modules:
        for lesson in module.lessons.values():
            parts = [part for part in lesson.text.parts if isinstance(part, TextPart)] if lesson.text else []
            running = [part for part in parts if part.kind != "heading"]
            for part in running:
                _check_paragraph(part, style, reports, log)
            _check_disputes(lesson, log)
            if lesson.front:
                _check_lesson(lesson.front.place("title"), running, style, log, is_english=is_english)
        _check_figures(module, style, log)


def _texts(part: TextPart) -> tuple[str, ...]:
    return list_items(part.text) if part.kind == "list" else (part.text,)


def _words(parts: list[TextPart]) -> int:
    return sum(len(inline.plain_text(text).split()) for part in parts for text in _texts(part))


def _check_lesson(place: Place, parts: list[TextPart], style: Style, log: IssueLog, *, is_english: bool) -> None:
    words = _words(parts)
    fewest, most = style.lesson_words
    if not fewest <= words <= most:
        what = f"This lesson has {words:,} words of running text; here it should have {fewest:,} to {most:,}."
        log.add(place, Rule.LESSON_LENGTH, what, Severity.WARNING)
    grade = reading_grade(inline.plain_text(text) for part in parts for text in _texts(part)) if is_english else None
    if grade is not None and grade > style.reading_grade:
        what = f"This lesson reads at grade {grade:g}; here it should be at most {style.reading_grade:g}."
        log.add(place, Rule.READING_LEVEL, what, Severity.WARNING)


def _check_paragraph(part: TextPart, style: Style, reports: re.Pattern[str], log: IssueLog) -> None:
    words = _words([part])
    if words > style.paragraph_words:
        what = f"This {part.kind} has {words} words; here it should have at most {style.paragraph_words}."
        log.add(part.place, Rule.LONG_PARAGRAPH, what, Severity.WARNING)
    if inline.citations(part.text):
        return
    for offset, reason in _facts(part.text, reports):
        what = f"This sentence {reason}, and nothing is cited in its {part.kind}."
        log.add(part.place_inside(offset), Rule.CITATION_MISSING, what, Severity.WARNING)
        return


def _facts(text: str, reports: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Return where sentences begin that state what can be checked; that something is absent cannot be cited."""
    for sentence in sentences(text):
        words = inline.plain_text(inline.without_outside(sentence.text))
        if found := _NUMBER.search(words):
            yield sentence.offset, f"holds a number ({found[0]})"
        elif (found := reports.search(words)) and not DENIALS.search(words):
            yield sentence.offset, f"says what a source holds ({found[0]})"


def _check_disputes(lesson: LessonDraft, log: IssueLog) -> None:
    for piece in lesson.disputes.values():
        for position, side in enumerate(piece.model.positions):
            if not (inline.citations(side.text) or inline.outside_facts(side.text)):
                place = piece.place("positions", position, "text")
                what = "This position cites nothing."
                log.add(place, Rule.CITATION_MISSING, what, Severity.WARNING)


def _check_figures(module: ModuleDraft, style: Style, log: IssueLog) -> None:
    for piece in module.figures.values():
        if piece:
            _check_summary(piece, style, log)


def _check_summary(piece: Piece[Figure], style: Style, log: IssueLog) -> None:
    title, summary = words_of(piece.model.title), words_of(piece.model.summary)
    if set(summary) <= set(title):
        log.add(piece.place("summary"), Rule.ALT_TEXT, "This summary only repeats the title.", Severity.WARNING)
    elif len(summary) < style.summary_words:
        what = f"This summary has {len(summary)} words; here it should have at least {style.summary_words}."
        log.add(piece.place("summary"), Rule.ALT_TEXT, what, Severity.WARNING)
