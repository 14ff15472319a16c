"""What the pages of an attempt show, made from the attempt and its questions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from courseware.attempts.models import Attempt, AttemptQuestion
from courseware.attempts.rules import Shown
from courseware.attempts.services import Save, layout_of, question_of
from courseware.core.errors import Conflict, Invalid
from courseware.courses.models import Claim
from courseware.courses.queries import Place
from courseware.questions.base import Completeness, Layout, Question, Review


@dataclass(frozen=True)
class AnswerView:
    """One question as a learner answers it.

    `stored` is set when somebody else saved in between: the fields as they are in the database,
    to be shown beside what was typed here.
    """

    position: int
    question: Question
    layout: Layout
    fields: Mapping[str, Sequence[str]]
    is_flagged: bool
    version: int
    completeness: Completeness
    remark: str | None
    errors: Mapping[str, str] = field(default_factory=dict)
    stored: Mapping[str, Sequence[str]] | None = None


def answer_view(attempt: Attempt, item: AttemptQuestion) -> AnswerView:
    """Return a question as it stands in the database."""
    question = question_of(item)
    layout = layout_of(attempt, item, question)
    return AnswerView(
        position=item.position,
        question=question,
        layout=layout,
        fields=question.fields(item.response, layout),
        is_flagged=item.is_flagged,
        version=item.version,
        completeness=question.completeness(item.response),
        remark=question.remark(item.response),
    )


def troubled_view(attempt: Attempt, item: AttemptQuestion, save: Save, trouble: Conflict | Invalid) -> AnswerView:
    """Return a question as it was sent and could not be saved, with the reason.

    The version is the one in the database now, so that sending it once more is a choice made knowingly.
    """
    now = answer_view(attempt, item)
    sent = replace(now, fields=save.fields, is_flagged=save.is_flagged)
    if isinstance(trouble, Conflict):
        return replace(sent, stored=now.fields)
    return replace(sent, errors=trouble.fields)


@dataclass(frozen=True)
class Step:
    """A question in the list of questions."""

    position: int
    page: int
    completeness: Completeness
    is_flagged: bool


@dataclass(frozen=True)
class Link:
    """Where a paragraph stands, and how a sentence calls it."""

    url: str
    label: str


@dataclass(frozen=True)
class ResultView:
    """One question of a result, with nothing in it that the review rule withholds.

    `links` maps the paragraph references of the review to where they lead.
    """

    position: int
    question: Question
    review: Review
    is_flagged: bool
    earned: Decimal | None
    claims: Sequence[Claim]
    links: Mapping[str, Link]
    place: Place | None

    @property
    def is_right(self) -> bool:
        """Whether there is nothing to look at again."""
        return self.review.state == "right"


@dataclass(frozen=True)
class Surroundings:
    """What the questions of a result point at: claims by id, places by `lesson#anchor`, and their addresses."""

    claims: Mapping[str, Claim]
    places: Mapping[str, Place]
    address: Callable[[Place], str]


def result_view(attempt: Attempt, item: AttemptQuestion, shows: frozenset[Shown], around: Surroundings) -> ResultView:
    """Return a question of a submitted attempt as far as the rule lets the learner see it."""
    question = question_of(item)
    review = question.review(item.response, layout_of(attempt, item, question))
    found = {
        reference: place
        for reference in question.paragraphs()
        if Shown.LINKS in shows
        and (place := around.places.get(full_reference(item.lesson_slug, reference))) is not None
    }
    return ResultView(
        position=item.position,
        question=question,
        review=review.limited_to({flag.value for flag in shows}),
        is_flagged=item.is_flagged,
        earned=item.points_earned,
        claims=[around.claims[key] for key in question.claims if key in around.claims] if Shown.LINKS in shows else [],
        links={
            reference: Link(around.address(place), f"Lesson {place.lesson_number}, {place.label}")
            for reference, place in found.items()
        },
        place=found.get(question.paragraph),
    )


def full_reference(lesson_slug: str, reference: str) -> str:
    """Return a paragraph reference as `lesson#anchor`; a bare one means the question's own lesson."""
    if reference.startswith("lesson:"):
        return reference.removeprefix("lesson:")
    return f"{lesson_slug}#{reference}"


@dataclass(frozen=True)
class Reread:
    """A lesson to go back to, the places in it, and what was missed for want of them."""

    lesson_number: str
    lesson_title: str
    places: Sequence[Place]
    missed: int
    points_lost: Decimal


def rereading(results: Sequence[ResultView]) -> list[Reread]:
    """Return where to reread: first the lesson that cost most points, its places in reading order."""
    by_lesson: dict[str, list[tuple[Place, Decimal]]] = {}
    for result in results:
        if result.place is not None and result.review.state in {"partly", "not-right"}:
            lost = result.question.points - (result.earned or Decimal(0))
            by_lesson.setdefault(result.place.lesson_slug, []).append((result.place, lost))
    return sorted(
        (
            Reread(
                lesson_number=missed[0][0].lesson_number,
                lesson_title=missed[0][0].lesson_title,
                places=sorted({place for place, _ in missed}, key=lambda place: place.order),
                missed=len(missed),
                points_lost=sum((lost for _, lost in missed), Decimal(0)),
            )
            for missed in by_lesson.values()
        ),
        key=lambda reread: (-reread.points_lost, reread.lesson_number),
    )


@dataclass(frozen=True)
class ObjectiveScore:
    """What the questions on one objective earned together."""

    text: str
    earned: Decimal
    possible: Decimal


def by_objective(items: Sequence[AttemptQuestion], texts: Mapping[str, str]) -> list[ObjectiveScore]:
    """Return the score of each objective that was asked for, in the order of the course."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for item in items:
        if item.points_earned is not None:
            earned, possible = sums.get(item.objective, (Decimal(0), Decimal(0)))
            sums[item.objective] = (earned + item.points_earned, possible + item.question_version.points)
    return [ObjectiveScore(text, *sums[key]) for key, text in texts.items() if key in sums]


def seconds_left(attempt: Attempt, at: datetime) -> int | None:
    """Return the whole seconds until the attempt ends, 0 when it has; None without an end."""
    if attempt.closes_at is None:
        return None
    return max(0, int((attempt.closes_at - at).total_seconds()))
