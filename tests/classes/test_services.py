"""Classes and who is in them."""

from datetime import timedelta

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select

from courseware.accounts import services as account_services
from courseware.accounts.models import User
from courseware.classes import queries, services
from courseware.classes.models import Class, ClassRole, Enrolment, EnrolmentState
from courseware.core.errors import Invalid
from courseware.core.permissions import Role
from courseware.courses.queries import get_current_version
from tests.application import Clock
from tests.people import MakeUser, enrolment_of


def test_a_class_has_its_first_instructor(class_: Class, instructor: User) -> None:
    enrolment = enrolment_of(class_, instructor)
    assert (enrolment.role, enrolment.state) == (ClassRole.INSTRUCTOR, EnrolmentState.ACTIVE)
    assert queries.find_class(class_.id) is class_
    assert list(queries.list_all_classes()) == [class_]


def test_every_reason_against_a_class_is_given_by_field(instructor: User, db: SQLAlchemy, clock: Clock) -> None:
    with pytest.raises(Invalid) as refusal:
        services.make_class(get_current_version().course, " ", "Mars", instructor=instructor, at=clock.moment)
    assert set(refusal.value.fields) == {"title", "timezone"}
    assert db.session.scalar(select(func.count(Class.id))) == 0


def test_enrolling_again_changes_the_role_and_lets_back_in(
    class_: Class, learner: User, db: SQLAlchemy, clock: Clock
) -> None:
    enrolment = enrolment_of(class_, learner)
    enrolled_at = enrolment.enrolled_at
    services.withdraw(enrolment)
    assert enrolment.state is EnrolmentState.WITHDRAWN
    again = services.enrol(class_, learner, ClassRole.ASSISTANT, at=clock.advance(timedelta(days=1)))
    assert again is enrolment
    assert (again.role, again.state, again.enrolled_at) == (ClassRole.ASSISTANT, EnrolmentState.ACTIVE, enrolled_at)
    assert db.session.scalar(select(func.count(Enrolment.id)).where(Enrolment.user_id == learner.id)) == 1


def test_a_session_knows_the_roles_in_active_classes_only(
    class_: Class, learner: User, make_user: MakeUser, clock: Clock
) -> None:
    other = services.make_class(
        class_.course, "Section B", "UTC", instructor=make_user("Sam Instructor"), at=clock.moment
    )
    services.enrol(other, learner, ClassRole.ASSISTANT, at=clock.moment)
    token = account_services.start_session(learner.id, at=clock.moment)
    found = queries.find_signed_in(token, clock.moment)
    assert found is not None
    assert found.user is learner
    assert found.seen_at == clock.moment
    assert found.identity.class_roles == {class_.id: Role.LEARNER, other.id: Role.ASSISTANT}
    for each in (class_, other):
        services.withdraw(enrolment_of(each, learner))
    found = queries.find_signed_in(token, clock.moment)
    assert found is not None
    assert (found.identity.user_id, found.identity.site_role, found.identity.class_roles) == (
        learner.id,
        Role.LEARNER,
        {},
    )


@pytest.mark.usefixtures("db")
def test_a_token_that_opens_no_session_finds_nobody(clock: Clock) -> None:
    assert queries.find_signed_in("nonsense", clock.moment) is None


def test_what_is_not_there_is_not_found(class_: Class, make_user: MakeUser) -> None:
    assert queries.find_class(999) is None
    assert queries.find_enrolment(class_, make_user("Nia Newcomer")) is None
