"""Whether questions can be answered only by who knows: no key that shows by its looks, no stem that trips."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from courseware.content.draft import Draft, ModuleDraft
from courseware.content.guessing import (
    Choice,
    Strategy,
    by_echo,
    by_hedges,
    by_length,
    by_position,
    most_telling,
    outcome,
    worst_position,
)
from courseware.content.inline import plain_text
from courseware.content.issues import IssueLog, Place, Rule, Severity
from courseware.content.questions_schema import (
    CheckShape,
    ChoiceGap,
    ClozeBody,
    MatchingBody,
    MultipleResponseBody,
    OrderingBody,
    QuestionShape,
    SingleChoice,
    SingleChoiceBody,
)
from courseware.content.references import Steps
from courseware.content.schema import Style
from courseware.content.validation import Piece
from courseware.content.wording import DENIALS, EXTREMES, UNIVERSALS, sentences, words_of

_EMPHASIZED_OR_QUOTED: Final = re.compile(r"\*[^*]+\*|“[^”]*”")
_ASKS: Final = re.compile(
    r"\b(?:which|what|who|whom|whose|where|when)\b[^?]*\?|^(?:choose|mark|name|pick|select)\b", re.IGNORECASE
)
_ASKS_FOR_REASONS: Final = re.compile(r"^(?:why|how)\b", re.IGNORECASE)
_ASIDE: Final = re.compile(r"\b(?:although|because|if|since|though|unless|when)\b[^?]*", re.IGNORECASE)
_POINTS_AT_OPTIONS: Final = re.compile(
    r"\b(?:all|any|both|either|neither|none|some|two) (?:of )?(?:the )?(?:above|below|options|others|other options)\b"
    r"|^(?:all|both|neither|none) of (?:the )?(?:these|them|those|two|three)\W*$"
    r"|^(?:(?:both|either|neither|only) )?[a-h](?:, [a-h])* (?:and|or|nor) [a-h](?: only)?\W*$",
    re.IGNORECASE,
)

AnyPiece = Piece[QuestionShape] | Piece[CheckShape]


class _OptionAt(NamedTuple):
    steps: Steps
    text: str
    is_key: bool


def check_craft(draft: Draft, style: Style, log: IssueLog, *, is_english: bool) -> None:
    """Warn of questions that give their key away, that ask for the contrary, or that are asked twice.

    The rules that know English words are left out for a course in another language.
    """
    stems: dict[tuple[str, ...], Place] = {}
    for module in draft.modules:
        for piece in _pieces(module):
            _check_stem(piece, stems, log)
            _check_repetitions(piece, log)
            if is_english:
                _check_denials(piece, log)
                _check_options(piece, log)
        _check_bank(module, style, log, is_english=is_english)


def _pieces(module: ModuleDraft) -> Iterator[AnyPiece]:
    for lesson in module.lessons.values():
        yield from lesson.checks.values()
    for file in module.questions.values():
        yield from file.questions


def _check_stem(piece: AnyPiece, stems: dict[tuple[str, ...], Place], log: IssueLog) -> None:
    stem = tuple(words_of(" ".join(map(plain_text, _stem(piece.model)))))
    place = piece.place("prompt")
    if stem in stems:
        there = stems[stem]
        what = f"This was asked already in {there.file}, line {there.line}."
        log.add(place, Rule.DUPLICATE_STEM, what, Severity.WARNING)
    stems.setdefault(stem, place)


def _stem(question: QuestionShape | CheckShape) -> tuple[str, ...]:
    """Return what is asked: the prompt, and where it says only what to do, the things to do it with."""
    match question:
        case MatchingBody():
            return (question.prompt, *[pair.prompt for pair in question.pairs])
        case OrderingBody():
            return (question.prompt, *[item.text for item in question.items])
        case ClozeBody():
            return (question.prompt, question.text)
        case _:
            return (question.prompt,)


def _check_repetitions(piece: AnyPiece, log: IssueLog) -> None:
    """Warn of options that differ in nothing but case or marks; those that differ in nothing are errors."""
    for options in _lists_of_options(piece.model):
        seen: dict[tuple[str, ...], str] = {}
        for option in options:
            words = tuple(words_of(option.text))
            if words and words in seen and option.text != seen[words]:
                what = f"“{option.text}” repeats “{seen[words]}”."
                log.add(piece.place(*option.steps), Rule.REPEATED_OPTION, what, Severity.WARNING)
            seen.setdefault(words, option.text)


def _lists_of_options(question: QuestionShape | CheckShape) -> Iterator[list[_OptionAt]]:
    match question:
        case SingleChoiceBody() | MultipleResponseBody():
            yield [
                _OptionAt(("options", number, "text"), option.text, option.correct)
                for number, option in enumerate(question.options)
            ]
        case ClozeBody():
            for position, gap in enumerate(question.gaps):
                if isinstance(gap, ChoiceGap):
                    yield [
                        _OptionAt(("gaps", position, "options", number, "text"), option.text, option.correct)
                        for number, option in enumerate(gap.options)
                    ]
        case _:
            return


def _check_denials(piece: AnyPiece, log: IssueLog) -> None:
    """Warn of the sentence that asks for a choice, if it denies something and the word does not stand out."""
    if not isinstance(piece.model, SingleChoiceBody | MultipleResponseBody):
        return
    prompt = piece.model.prompt
    for sentence in sentences(_blanked(_EMPHASIZED_OR_QUOTED, prompt)):
        found = DENIALS.search(_blanked(_ASIDE, sentence.text))
        if found and _ASKS.search(sentence.text) and not _ASKS_FOR_REASONS.match(sentence.text):
            place = piece.place_inside(("prompt",), prompt, sentence.offset + found.start())
            log.add(place, Rule.NEGATIVE_STEM, f"“{found[0]}” turns the question round.", Severity.WARNING)


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """Return the text with spaces where the pattern fits, so that every offset stays what it was."""
    return pattern.sub(lambda found: " " * len(found[0]), text)


def _check_options(piece: AnyPiece, log: IssueLog) -> None:
    for options in _lists_of_options(piece.model):
        if isinstance(piece.model, ClozeBody):
            continue
        for option in options:
            if _POINTS_AT_OPTIONS.search(plain_text(option.text)):
                what = f"“{option.text}” speaks of other options."
                log.add(piece.place(*option.steps), Rule.ALL_OF_THE_ABOVE, what, Severity.WARNING)
        if isinstance(piece.model, SingleChoiceBody):
            _check_extremes(piece, options, log)


def _check_extremes(piece: AnyPiece, options: Sequence[_OptionAt], log: IssueLog) -> None:
    """Warn of a word that leaves no exception, in options that are not the key, where the key holds none."""
    if any(EXTREMES.search(option.text) or UNIVERSALS.search(option.text) for option in options if option.is_key):
        return
    others = [option for option in options if not option.is_key]
    universal = [option for option in others if EXTREMES.search(option.text) or UNIVERSALS.search(option.text)]
    for option in others:
        found = EXTREMES.search(option.text)
        if found is None and len(universal) * 2 > len(others):
            found = UNIVERSALS.search(option.text)
        if found:
            place = piece.place_inside(option.steps, option.text, found.start())
            what = f"“{found[0]}” marks this option as one that does not fit, for the key holds no such word."
            log.add(place, Rule.ABSOLUTE_WORDS, what, Severity.WARNING)


def _check_bank(module: ModuleDraft, style: Style, log: IssueLog, *, is_english: bool) -> None:
    """Warn of every strategy of guessing that pays over the questions of a module."""
    if module.head is None:
        return
    questions = [piece.model for file in module.questions.values() for piece in file.questions]
    is_shuffled = all(quiz.model.shuffle_options for quiz in module.quizzes.values() if quiz)
    bank = [choice for question in questions for choice in _choices(question)]
    in_order = [
        choice
        for question in questions
        if not is_shuffled or (isinstance(question, SingleChoice) and question.fixed_order)
        for choice in _choices(question)
    ]
    place = module.head.place("id")
    if len(bank) >= style.bank_questions:
        strategies = [
            (Rule.KEY_LONGEST, "the longest option", by_length),
            (Rule.KEY_ECHOES_STEM, "the option that shares most words with the stem", by_echo),
        ]
        if is_english:
            strategies.append((Rule.KEY_HEDGED, "the most hedged option", by_hedges))
        for rule, words, strategy in strategies:
            _log_paying(place, rule, log, _report(words, bank, strategy))
    if len(in_order) >= style.bank_questions:
        position = worst_position(in_order)
        words = f"option {position + 1}, in the order in which the options are shown,"
        _log_paying(place, Rule.KEY_POSITION, log, _report(words, in_order, by_position(position)))


def _choices(question: QuestionShape) -> Iterator[Choice]:
    stem = plain_text(" ".join(_stem(question)))
    if isinstance(question, MultipleResponseBody):
        return
    for options in _lists_of_options(question):
        keys = [number for number, option in enumerate(options) if option.is_key]
        if len(keys) == 1:
            yield Choice(question.id, stem, tuple(plain_text(option.text) for option in options), keys[0])


def _report(words: str, bank: Sequence[Choice], strategy: Strategy) -> str | None:
    """Return what a strategy earns over a bank in words, or None if it does not pay."""
    found = outcome(bank, strategy)
    if not found.gives_keys_away:
        return None
    names = ", ".join(dict.fromkeys(most_telling(bank, strategy)))
    return (
        f"Always choosing {words} earns {_percent(found.score)} over {found.count} choices, and chance "
        f"{_percent(found.chance)}; begin with {names}."
    )


def _log_paying(place: Place, rule: Rule, log: IssueLog, what: str | None) -> None:
    if what is not None:
        log.add(place, rule, what, Severity.WARNING)


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.1f} percent"
