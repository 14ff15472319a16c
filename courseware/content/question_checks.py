"""Whether a question is sound in itself."""

from collections.abc import Sequence
from itertools import pairwise

from courseware.content.issues import IssueLog, Rule
from courseware.content.questions_schema import (
    CheckShape,
    ClozeBody,
    MatchingBody,
    MultipleResponseBody,
    NumberGap,
    NumberPattern,
    NumericBody,
    OrderingBody,
    QuestionShape,
    ShortTextBody,
    TextGap,
    TextPattern,
)
from courseware.content.references import repeated
from courseware.content.validation import Piece
from courseware.questions import registry

WITH_PARTIAL_CREDIT = (MultipleResponseBody, MatchingBody, OrderingBody, ClozeBody)


def check_question(
    piece: Piece[QuestionShape] | Piece[CheckShape], definition: dict[str, object], log: IssueLog
) -> None:
    """Log what keeps a question from being asked, answered or explained."""
    before = len(log.issues)
    for steps, text in repeated(definition):
        what = f"“{text}” stands here twice."
        log.add(piece.place(*steps), Rule.DUPLICATE_ID, what)
    _check_feedback(piece, log)
    _check_scoring(piece, log)
    if len(log.issues) == before:
        try:
            registry.build(definition)
        except ValueError as error:
            log.add(piece.place(), Rule.UNREADABLE_QUESTION, f"This question is not sound: {error}.")


def _check_feedback(piece: Piece[QuestionShape] | Piece[CheckShape], log: IssueLog) -> None:
    match piece.model:
        case ShortTextBody() | NumericBody():
            _check_otherwise(piece, (), piece.model.patterns, log)
        case ClozeBody():
            for position, gap in enumerate(piece.model.gaps):
                if isinstance(gap, TextGap | NumberGap):
                    _check_otherwise(piece, ("gaps", position), gap.patterns, log)
        case OrderingBody():
            _check_reversals(piece, piece.model, log)
        case _:
            pass


def _check_otherwise(
    piece: Piece[QuestionShape] | Piece[CheckShape],
    steps: tuple[str | int, ...],
    patterns: Sequence[TextPattern | NumberPattern],
    log: IssueLog,
) -> None:
    if not patterns or not patterns[-1].otherwise:
        what = "The last pattern must be otherwise: true, for all other responses."
        log.add(piece.place(*steps, "patterns"), Rule.FEEDBACK_MISSING, what)


def _check_reversals(piece: Piece[QuestionShape] | Piece[CheckShape], question: OrderingBody, log: IssueLog) -> None:
    """Log every two neighbors of the key whose reversal has no feedback: all other faults contain such a reversal."""
    for position, (first, second) in enumerate(pairwise(question.answer)):
        swapped = (*question.answer[:position], second, first, *question.answer[position + 2 :])
        if not any(pattern.before == (second, first) or pattern.order == swapped for pattern in question.patterns):
            what = f"A response with “{second}” before “{first}” gets no feedback."
            log.add(piece.place("patterns"), Rule.FEEDBACK_MISSING, what)


def _check_scoring(piece: Piece[QuestionShape] | Piece[CheckShape], log: IssueLog) -> None:
    question = piece.model
    has_credit = isinstance(question, ShortTextBody | NumericBody) and any(
        pattern.credit is not None for pattern in question.patterns
    )
    if (isinstance(question, WITH_PARTIAL_CREDIT) or has_credit) and question.scoring is None:
        log.add(piece.place(), Rule.SCORING_MISSING, "This question gives partial credit, and scoring is missing.")
