"""Claims as rows of a table, for people who go on with them in a spreadsheet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from courseware.content.claim_words import HEDGING_WORDS, SUPPORT_WORDS, TYPE_WORDS
from courseware.content.provenance import KIND_WORDS
from courseware.courses.models import Claim, ClaimUse, Module
from courseware.library.rules import STANDING_WORDS

# The words by what the database has, which is any text to the type checker.
_KINDS: Final[Mapping[Any, str]] = KIND_WORDS
_TYPES: Final[Mapping[Any, str]] = TYPE_WORDS
_SUPPORTS: Final[Mapping[Any, str]] = SUPPORT_WORDS
_HEDGINGS: Final[Mapping[Any, str]] = HEDGING_WORDS
_COLUMNS: Final = (
    *("key", "source", "kind", "locator", "statement", "type", "rests_on", "support_detail", "stated", "speaker"),
    *("module", "lessons", "standing"),
)


@dataclass(frozen=True)
class ClaimFacts:
    """What a table tells of claims beside what they say: modules, and by claim its standing and its uses."""

    modules: Sequence[Module]
    standings: Mapping[int, str]
    uses: Mapping[int, Sequence[ClaimUse]]


def claim_rows(claims: Iterable[Claim], facts: ClaimFacts, *, with_questions: bool) -> Iterator[tuple[str | None, ...]]:
    """Return a header and one row for each claim; the questions that rest on it are for those who teach."""
    modules = {module.slug: f"{module.number} {module.title}" for module in facts.modules}
    yield (*_COLUMNS, "questions") if with_questions else _COLUMNS
    for claim in claims:
        uses = facts.uses.get(claim.id, ())
        row = (
            claim.key,
            claim.source.name,
            _KINDS[claim.source.kind],
            claim.details["locator"],
            claim.statement,
            _TYPES[claim.type],
            _SUPPORTS[claim.support],
            claim.details["support"]["detail"],
            _HEDGINGS[claim.hedging],
            claim.details.get("speaker"),
            modules.get(claim.topic, claim.topic),
            "; ".join(_lessons(uses)),
            STANDING_WORDS[facts.standings[claim.id]],
        )
        yield (*row, " ".join(_questions(uses))) if with_questions else row


def _lessons(uses: Iterable[ClaimUse]) -> Iterable[str]:
    """Return the lessons whose text rests on a claim, each once."""
    lessons = [use.lesson for use in uses if use.question_key is None]
    return dict.fromkeys(f"{lesson.module.number}.{lesson.number} {lesson.title}" for lesson in lessons)


def _questions(uses: Iterable[ClaimUse]) -> Iterable[str]:
    return dict.fromkeys(use.question_key for use in uses if use.question_key)
