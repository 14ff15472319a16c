"""Starting, saving and submitting, below the pages."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from courseware.accounts.models import User
from courseware.attempts import queries, services
from courseware.attempts.models import Attempt, AttemptQuestion, AttemptState, Response
from courseware.attempts.rules import digest
from courseware.classes.models import Class
from courseware.core.errors import Conflict, Invalid, Refused
from courseware.courses.models import QuestionVersion
from tests.application import Clock
from tests.content.course_copy import CourseCopy
from tests.factories import courses
from tests.factories.answers import Fields, poor_fields, right_fields
from tests.factories.attempts import (
    GRACE_SECONDS,
    answer_all,
    assigned,
    finished,
    save,
    start,
    submit,
)
from tests.factories.people import learner_of
from tests.people import MakeUser
from tests.tea import MakeClass

CHOICE, NUMBER, MATCHING, TEXT = 1, 2, 3, 4
TWENTY_MINUTES = timedelta(minutes=20)
A_SECOND = timedelta(seconds=1)


def item(attempt: Attempt, position: int) -> AttemptQuestion:
    return queries.list_questions(attempt)[position - 1]


def revisions(db: SQLAlchemy) -> list[Response]:
    return list(db.session.scalars(select(Response).order_by(Response.id)))


@pytest.fixture
def attempt(tea_class: Class, tea_learner: User, clock: Clock) -> Attempt:  # noqa: ARG001 - begun when it stands still
    """Begin an attempt without limits."""
    return start(tea_learner, tea_class)


@pytest.fixture
def timed(make_tea_class: MakeClass, make_user: MakeUser, clock: Clock) -> Attempt:  # noqa: ARG001 - as above
    """Begin an attempt that runs for twenty minutes."""
    class_ = make_tea_class("t1-q01", "t1-q04", "t2-q01", "t1-q05", shuffle_options=False, time_limit_minutes=20)
    return start(learner_of(class_, make_user), class_)


def test_a_start_draws_the_questions_and_fixes_rules_and_end(timed: Attempt, clock: Clock) -> None:
    items = queries.list_questions(timed)
    assert [each.question_version.key for each in items] == ["t1-q01", "t1-q04", "t2-q01", "t1-q05"]
    assert [each.position for each in items] == [1, 2, 3, 4]
    assert timed.closes_at == clock.moment + TWENTY_MINUTES
    assert timed.points_possible == Decimal(6)
    assert timed.rules["time_limit_minutes"] == 20
    assert (timed.number, timed.state) == (1, AttemptState.OPEN)
    assert (items[0].objective, items[0].lesson_slug) == ("t1-count", "chests-landed")


def test_a_second_start_goes_on_with_the_open_attempt(
    attempt: Attempt, tea_class: Class, tea_learner: User, clock: Clock
) -> None:
    clock.advance(timedelta(days=3))
    assert start(tea_learner, tea_class).id == attempt.id


def test_each_attempt_has_a_seed_of_its_own(tea_class: Class, tea_learner: User) -> None:
    first = finished(tea_learner, tea_class, right_fields).seed
    second = start(tea_learner, tea_class)
    assert second.number == 2
    assert len({first, second.seed}) == 2
    assert len(second.seed) == 32


def test_no_attempt_can_begin_when_all_are_used(make_tea_class: MakeClass, make_user: MakeUser, db: SQLAlchemy) -> None:
    class_ = make_tea_class("t1-q01", attempts=2)
    learner = learner_of(class_, make_user)
    for _ in range(2):
        submit(start(learner, class_))
    with pytest.raises(Refused, match="You have used all 2 attempts"):
        start(learner, class_)
    db.session.rollback()
    assert len(queries.list_attempts([assigned(class_)[0].id], learner.id)) == 2


@pytest.mark.parametrize(
    ("opens_in", "closes_in", "reason"),
    [
        (A_SECOND, None, "not open yet"),
        (None, -A_SECOND, "is closed"),
        (timedelta(0), None, None),
        (None, timedelta(0), None),
        (-A_SECOND, A_SECOND, None),
    ],
)
def test_an_attempt_begins_only_within_the_dates(
    tea_class: Class,
    tea_learner: User,
    clock: Clock,
    opens_in: timedelta | None,
    closes_in: timedelta | None,
    reason: str | None,
) -> None:
    assignment, _ = assigned(tea_class)
    assignment.opens_at = None if opens_in is None else clock.moment + opens_in
    assignment.closes_at = None if closes_in is None else clock.moment + closes_in
    if reason is None:
        assert start(tea_learner, tea_class).closes_at == assignment.closes_at
    else:
        with pytest.raises(Refused, match=reason):
            start(tea_learner, tea_class)


def test_an_open_attempt_can_be_gone_on_with_after_the_assignment_closed(
    attempt: Attempt, tea_class: Class, tea_learner: User, clock: Clock
) -> None:
    assigned(tea_class)[0].closes_at = clock.moment - A_SECOND
    assert start(tea_learner, tea_class).id == attempt.id


def test_the_assignment_closes_an_attempt_before_its_own_limit(
    make_tea_class: MakeClass, make_user: MakeUser, clock: Clock
) -> None:
    class_ = make_tea_class("t1-q01", time_limit_minutes=20)
    assigned(class_)[0].closes_at = clock.moment + timedelta(minutes=5)
    assert start(learner_of(class_, make_user), class_).closes_at == clock.moment + timedelta(minutes=5)


def test_a_quiz_draws_only_from_its_own_module(tea: CourseCopy, make_tea_class: MakeClass, make_user: MakeUser) -> None:
    courses.add_module(tea, "02-tax")
    class_ = make_tea_class(
        stages=[{"id": "questions", "draws": [{"count": 1, "level": "evaluate"}]}], shuffle_questions=False
    )
    learner = learner_of(class_, make_user)
    for _ in range(8):
        attempt = services.start_attempt(*assigned(class_, "duty"), learner.id, at=class_.created_at)
        assert item(attempt, 1).question_version.key == "t2-q04"
        submit(attempt)


def test_a_save_is_kept_under_the_next_version(attempt: Attempt, clock: Clock, db: SQLAlchemy) -> None:
    saved = save(attempt, TEXT, {"answer": ["about"]}, flagged=True)
    assert (saved.version, saved.saved_at, saved.is_late) == (1, clock.moment, False)
    assert saved.completeness.state == "complete"
    stored = item(attempt, TEXT)
    assert (stored.response, stored.version, stored.is_flagged) == ({"text": "about"}, 1, True)
    assert stored.saved_at == clock.moment
    assert save(attempt, TEXT, {}, flagged=False).version == 2
    stored = item(attempt, TEXT)
    assert (stored.response, stored.version, stored.is_flagged) == (None, 2, False)
    assert [(each.version, each.response) for each in revisions(db)] == [(1, {"text": "about"}), (2, None)]


@pytest.mark.parametrize("seen", [0, 2, 3])
def test_a_save_that_has_not_seen_the_newest_version_conflicts_and_shows_both(
    attempt: Attempt, db: SQLAlchemy, seen: int
) -> None:
    save(attempt, TEXT, {"answer": ["theirs"]})
    with pytest.raises(Conflict) as conflict:
        save(attempt, TEXT, {"answer": ["mine"]}, version=seen)
    db.session.rollback()
    assert conflict.value.details == {"version": 1, "stored": {"answer": ["theirs"]}, "yours": {"answer": ["mine"]}}
    assert item(attempt, TEXT).response == {"text": "theirs"}


def test_a_repeated_request_gets_the_answer_it_had(attempt: Attempt, clock: Clock, db: SQLAlchemy) -> None:
    first = save(attempt, TEXT, {"answer": ["one"]}, version=0, key="k1")
    clock.advance(A_SECOND)
    save(attempt, TEXT, {"answer": ["two"]}, version=1, key="k2")
    assert save(attempt, TEXT, {"answer": ["one"]}, version=0, key="k1") == first
    assert item(attempt, TEXT).response == {"text": "two"}
    assert len(revisions(db)) == 2


def test_a_request_repeated_after_the_end_gets_the_answer_it_had(attempt: Attempt, clock: Clock) -> None:
    first = save(attempt, TEXT, {"answer": ["one"]}, version=0, key="k1")
    submit(attempt)
    clock.advance(timedelta(days=1))
    assert save(attempt, TEXT, {"answer": ["one"]}, version=0, key="k1") == first


@pytest.mark.parametrize(("fields", "version", "flagged"), [("other", 0, False), ("one", 1, False), ("one", 0, True)])
def test_a_key_used_for_another_request_is_refused(
    attempt: Attempt, fields: str, version: int, *, flagged: bool
) -> None:
    save(attempt, TEXT, {"answer": ["one"]}, version=0, key="k1")
    with pytest.raises(Invalid, match="repeats the key"):
        save(attempt, TEXT, {"answer": [fields]}, version=version, flagged=flagged, key="k1")


def test_a_key_may_be_used_again_for_another_question(attempt: Attempt) -> None:
    save(attempt, TEXT, {"answer": ["one"]}, key="k1")
    assert save(attempt, NUMBER, {"answer": ["25"]}, key="k1").version == 1


@pytest.mark.parametrize(
    ("position", "fields", "field"),
    [
        (CHOICE, {"choice": ["z"]}, "choice"),
        (CHOICE, {"choice": ["a", "b"]}, "choice"),
        (NUMBER, {"answer": ["9" * 101]}, "answer"),
        (MATCHING, {"pair-2": ["zz"]}, "pair-2"),
        (TEXT, {"answer": ["a\0b"]}, "answer"),
        (TEXT, {"answer": ["\ud800"]}, "answer"),
    ],
)
def test_what_cannot_be_read_is_refused_by_field_and_changes_nothing(
    attempt: Attempt, db: SQLAlchemy, position: int, fields: dict[str, list[str]], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        save(attempt, position, fields)
    db.session.rollback()
    assert set(refusal.value.fields) == {field}
    assert refusal.value.message.startswith(f"Question {position}: ")
    assert (item(attempt, position).version, revisions(db)) == (0, [])


@pytest.mark.parametrize(
    ("seconds_after_end", "is_late"), [(-1, False), (0, False), (GRACE_SECONDS - 1, False), (GRACE_SECONDS + 1, True)]
)
def test_a_save_counts_until_the_grace_is_over(
    timed: Attempt, clock: Clock, db: SQLAlchemy, seconds_after_end: int, *, is_late: bool
) -> None:
    clock.advance(TWENTY_MINUTES + timedelta(seconds=seconds_after_end))
    assert save(timed, TEXT, {"answer": ["about"]}).is_late is is_late
    assert item(timed, TEXT).response == (None if is_late else {"text": "about"})
    (revision,) = revisions(db)
    assert (revision.response, revision.is_late, revision.saved_at) == ({"text": "about"}, is_late, clock.moment)
    assert submit(timed).points_earned == (Decimal(0) if is_late else Decimal(1))


def test_a_save_after_submission_is_kept_as_a_late_draft_and_does_not_count(attempt: Attempt, db: SQLAlchemy) -> None:
    save(attempt, TEXT, {"answer": ["about"]})
    earned = submit(attempt).points_earned
    late = save(attempt, TEXT, {"answer": ["qqqq"]}, version=0)
    assert late.is_late
    assert (item(attempt, TEXT).response, item(attempt, TEXT).version) == ({"text": "about"}, 1)
    assert attempt.points_earned == earned
    assert [(each.response, each.is_late) for each in revisions(db)] == [
        ({"text": "about"}, False),
        ({"text": "qqqq"}, True),
    ]


def test_submitting_scores_what_was_saved_and_seals_it(attempt: Attempt, clock: Clock) -> None:
    save(attempt, CHOICE, right_fields(attempt, item(attempt, CHOICE)))
    save(attempt, NUMBER, {"answer": ["75"]})
    clock.advance(A_SECOND)
    submit(attempt)
    items = queries.list_questions(attempt)
    assert [each.points_earned for each in items] == [Decimal(1), Decimal(1), Decimal(0), Decimal(0)]
    assert attempt.points_earned == sum(each.points_earned for each in items if each.points_earned is not None)
    assert (attempt.state, attempt.submitted_at, attempt.submitted_by_clock) == (
        AttemptState.SUBMITTED,
        clock.moment,
        False,
    )
    assert attempt.digest == digest(
        attempt.id, [(each.position, each.question_version.content_hash, each.response) for each in items]
    )


def test_submitting_twice_is_harmless(attempt: Attempt, clock: Clock) -> None:
    save(attempt, TEXT, {"answer": ["about"]})
    submit(attempt)
    before = (attempt.submitted_at, attempt.digest, attempt.points_earned)
    clock.advance(timedelta(days=1))
    submit(attempt)
    assert (attempt.submitted_at, attempt.digest, attempt.points_earned) == before


@pytest.mark.parametrize("answer", [right_fields, poor_fields])
def test_the_score_is_the_sum_of_its_parts_in_all_question_types(
    tea: CourseCopy,
    make_tea_class: MakeClass,
    make_user: MakeUser,
    answer: Callable[[Attempt, AttemptQuestion], Fields],
) -> None:
    class_ = make_tea_class(*courses.question_ids(tea))
    attempt = finished(learner_of(class_, make_user), class_, answer)
    items = queries.list_questions(attempt)
    by_type = {each.question_version.type: each.points_earned for each in items}
    assert by_type.pop("essay") is None
    marked = [each for each in items if each.question_version.type != "essay"]
    expected = [each.question_version.points if answer is right_fields else Decimal(0) for each in marked]
    assert [each.points_earned for each in marked] == expected
    assert attempt.points_earned == sum(expected)
    assert attempt.points_possible == sum(each.question_version.points for each in items)


def test_an_overdue_attempt_is_submitted_as_of_its_end_with_what_was_saved(timed: Attempt, clock: Clock) -> None:
    save(timed, TEXT, {"answer": ["about"]})
    ends_at = timed.closes_at
    at = clock.advance(TWENTY_MINUTES + timedelta(seconds=GRACE_SECONDS + services.LOCK_WAIT_SECONDS))
    assert not services.submit_overdue(timed.id, at=at, grace_seconds=GRACE_SECONDS)
    at = clock.advance(A_SECOND)
    assert services.submit_overdue(timed.id, at=at, grace_seconds=GRACE_SECONDS)
    assert not services.submit_overdue(timed.id, at=at, grace_seconds=GRACE_SECONDS)
    assert (timed.submitted_at, timed.submitted_by_clock, timed.points_earned) == (ends_at, True, Decimal(1))


def test_an_attempt_without_an_end_is_never_overdue(attempt: Attempt, clock: Clock) -> None:
    at = clock.advance(timedelta(days=3650))
    assert not services.is_over(attempt, at=at, grace_seconds=0)


def test_a_submitted_attempt_is_not_overdue(timed: Attempt, clock: Clock) -> None:
    submit(timed)
    assert not services.is_over(timed, at=clock.advance(timedelta(days=1)), grace_seconds=0)


def test_the_rules_of_an_attempt_are_those_it_began_with(
    timed: Attempt, tea: CourseCopy, clock: Clock, db: SQLAlchemy
) -> None:
    ends_at = timed.closes_at
    courses.set_rules(tea, time_limit_minutes=1, review={"after_submit": []})
    courses.sync(tea)
    db.session.refresh(timed)
    assert (timed.closes_at, timed.rules["time_limit_minutes"]) == (ends_at, 20)
    clock.advance(timedelta(minutes=19))
    assert not save(timed, TEXT, {"answer": ["about"]}).is_late


def test_a_changed_key_leaves_open_and_closed_attempts_as_they_were(
    attempt: Attempt, tea: CourseCopy, tea_class: Class, make_user: MakeUser, db: SQLAlchemy
) -> None:
    answer_all(attempt, right_fields)
    done = finished(learner_of(tea_class, make_user, "Deniz Learner"), tea_class, right_fields)
    before = {version.id: (version.content_hash, dict(version.definition)) for version in question_versions(db)}
    tea.plant(courses.QUESTIONS[0], "accept: [about, some]", "accept: [roughly]")
    courses.sync(tea)
    after = {version.id: (version.content_hash, version.definition) for version in question_versions(db)}
    assert {id_: after[id_] for id_ in before} == before
    assert len(after) == len(before) + 1
    assert submit(attempt).points_earned == done.points_earned == Decimal(6)
    newcomer = start(learner_of(tea_class, make_user, "Esra Learner"), tea_class)
    assert item(newcomer, TEXT).question_version.definition["patterns"][0]["accept"] == ["roughly"]


def question_versions(db: SQLAlchemy) -> list[QuestionVersion]:
    db.session.expire_all()
    return list(db.session.scalars(select(QuestionVersion)))
