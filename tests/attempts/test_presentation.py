"""What the pages of an attempt are made of."""

from datetime import timedelta
from decimal import Decimal

import pytest

from courseware.accounts.models import User
from courseware.attempts import presentation, queries
from courseware.attempts.models import Attempt
from courseware.attempts.presentation import Surroundings, full_reference
from courseware.attempts.rules import Shown
from courseware.classes.models import Class
from courseware.courses.queries import list_named_claims, places
from tests.application import Clock
from tests.factories.attempts import save, start, submit

CHOICE, NUMBER, MATCHING, TEXT = 1, 2, 3, 4


@pytest.fixture
def attempt(tea_class: Class, tea_learner: User) -> Attempt:
    """Submit an attempt: one question not right, one partly, one left out, one right."""
    attempt = start(tea_learner, tea_class)
    save(attempt, CHOICE, {"choice": ["a"]}, flagged=True)
    save(attempt, NUMBER, {"answer": ["75"]})
    save(attempt, TEXT, {"answer": ["about"]})
    return submit(attempt)


def results(attempt: Attempt, *shown: Shown) -> list[presentation.ResultView]:
    version_id = attempt.course_version_id
    around = Surroundings(
        {claim.key: claim for claim in list_named_claims(version_id, ["ledger-p01-a"])},
        places(version_id, ["chests-landed", "why-it-fell"]),
        lambda place: f"/{place.lesson_slug}#{place.anchor}",
    )
    items = queries.list_questions(attempt)
    return [presentation.result_view(attempt, item, frozenset(shown), around) for item in items]


def test_a_result_shown_in_full_has_state_points_place_links_and_claims(attempt: Attempt) -> None:
    views = results(attempt, *Shown)
    assert [view.review.state for view in views] == ["not-right", "partly", "not-right", "right"]
    assert [view.is_right for view in views] == [False, False, False, True]
    assert [view.earned for view in views] == [0, 1, 0, 1]
    assert [view.is_flagged for view in views] == [True, False, False, False]
    assert [claim.key for claim in views[0].claims] == ["ledger-p01-a"]
    place = views[0].place
    assert place is not None
    assert (place.lesson_number, place.anchor) == ("1.1", "p-counts")
    assert views[0].links["fig-chests"].url == "/chests-landed#fig-chests"
    assert views[0].links["fig-chests"].label.startswith("Lesson 1.1, ")


def test_a_result_of_which_nothing_is_shown_holds_nothing_to_show(attempt: Attempt) -> None:
    for view in results(attempt):
        assert (view.place, view.links, view.claims, view.review.state, view.review.closing) == (None, {}, [], None, "")
        assert not any(part.notes or part.state or part.is_key for part in view.review.parts)
        assert not view.is_right


def test_the_lesson_with_most_to_look_at_again_comes_first(attempt: Attempt) -> None:
    rereading = presentation.rereading(results(attempt, *Shown))
    assert [(each.lesson_number, each.missed, len(each.places)) for each in rereading] == [("1.1", 2, 1), ("1.2", 1, 1)]
    assert presentation.rereading(results(attempt, Shown.SCORE)) == []


def test_scores_by_objective_are_sums_in_the_order_of_the_course(attempt: Attempt) -> None:
    items = queries.list_questions(attempt)
    texts = {"t2-words": "Words", "t1-count": "Counts", "t1-share": "Shares", "t2-cause": "Causes"}
    assert [(each.text, each.earned, each.possible) for each in presentation.by_objective(items, texts)] == [
        ("Words", Decimal(0), Decimal(2)),
        ("Counts", Decimal(0), Decimal(1)),
        ("Shares", Decimal(2), Decimal(3)),
    ]


def test_an_answer_is_shown_as_it_stands_in_the_database(tea_class: Class, tea_learner: User) -> None:
    attempt = start(tea_learner, tea_class)
    save(attempt, NUMBER, {"answer": ["16.000"]}, flagged=True)
    view = presentation.answer_view(attempt, queries.list_questions(attempt)[NUMBER - 1])
    assert (view.fields, view.is_flagged, view.version) == ({"answer": ["16.000"]}, True, 1)
    assert view.remark is not None
    assert view.remark.startswith("Read as 16.")
    assert view.stored is None


@pytest.mark.parametrize(
    ("reference", "full"),
    [("p-counts", "chests-landed#p-counts"), ("lesson:why-it-fell#p-halved", "why-it-fell#p-halved")],
)
def test_a_bare_reference_means_the_lesson_of_the_question(reference: str, full: str) -> None:
    assert full_reference("chests-landed", reference) == full


@pytest.mark.parametrize(
    ("ends_in", "left"), [(None, None), (60.0, 60), (59.999, 59), (0.5, 0), (0.0, 0), (-0.5, 0), (-3600.0, 0)]
)
def test_the_time_left_is_in_whole_seconds_and_never_more_than_there_is(
    attempt: Attempt, clock: Clock, ends_in: float | None, left: int | None
) -> None:
    attempt.closes_at = None if ends_in is None else clock.moment + timedelta(seconds=ends_in)
    assert presentation.seconds_left(attempt, clock.moment) == left
