"""Who has which role, and what the table makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.core.permissions import ALLOWED, SITE, Identity, Permission, Role, Site, permits

CLASS, OTHER_CLASS, LEARNER_ID, OTHER_ID = 7, 8, 1, 2
OWN = Site(CLASS, LEARNER_ID)
SOMEBODY_ELSES = Site(CLASS, OTHER_ID)


def identity(site_role: Role = Role.LEARNER, **classes: Role) -> Identity:
    return Identity(LEARNER_ID, site_role, {int(name.removeprefix("c")): role for name, role in classes.items()})


@pytest.mark.parametrize(
    ("somebody", "subject", "roles"),
    [
        (identity(), SITE, {Role.SIGNED_IN}),
        (identity(c7=Role.LEARNER), SITE, {Role.SIGNED_IN, Role.LEARNER}),
        (identity(c7=Role.LEARNER), Site(CLASS), {Role.SIGNED_IN, Role.LEARNER}),
        (identity(c7=Role.LEARNER), Site(OTHER_CLASS), {Role.SIGNED_IN}),
        (identity(c7=Role.LEARNER), OWN, {Role.SIGNED_IN, Role.LEARNER, Role.OWNER}),
        (identity(c7=Role.LEARNER), SOMEBODY_ELSES, {Role.SIGNED_IN, Role.LEARNER}),
        (identity(), OWN, {Role.SIGNED_IN}),
        (identity(), Site(None, LEARNER_ID), {Role.SIGNED_IN, Role.OWNER}),
        (identity(Role.INSTRUCTOR), SITE, {Role.SIGNED_IN, Role.INSTRUCTOR}),
        (identity(Role.INSTRUCTOR), Site(CLASS), {Role.SIGNED_IN}),
        (identity(Role.INSTRUCTOR, c7=Role.LEARNER), Site(CLASS), {Role.SIGNED_IN, Role.LEARNER}),
        (identity(Role.ADMINISTRATOR), Site(CLASS), {Role.SIGNED_IN, Role.ADMINISTRATOR}),
        (
            identity(c7=Role.LEARNER, c8=Role.ASSISTANT),
            SITE,
            {Role.SIGNED_IN, Role.LEARNER, Role.ASSISTANT},
        ),
    ],
)
def test_roles_follow_from_site_class_and_ownership(somebody: Identity, subject: Site, roles: set[Role]) -> None:
    assert somebody.roles_on(subject) == roles


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("subject", [SITE, OWN])
def test_nobody_signed_in_is_allowed_nothing(permission: Permission, subject: Site) -> None:
    assert not permits(None, permission, subject)


roles = st.sampled_from([Role.LEARNER, Role.INSTRUCTOR, Role.ADMINISTRATOR])
class_roles = st.dictionaries(
    st.sampled_from([CLASS, OTHER_CLASS]), st.sampled_from([Role.LEARNER, Role.ASSISTANT, Role.INSTRUCTOR])
)
subjects = st.builds(
    Site, st.none() | st.sampled_from([CLASS, OTHER_CLASS]), st.none() | st.sampled_from([LEARNER_ID, OTHER_ID])
)


@given(roles, class_roles, subjects, st.sampled_from(Permission))
def test_what_is_allowed_is_what_the_table_gives_to_one_of_the_roles(
    site_role: Role, in_classes: dict[int, Role], subject: Site, permission: Permission
) -> None:
    somebody = Identity(LEARNER_ID, site_role, in_classes)
    is_allowed = any(role in ALLOWED[permission] for role in somebody.roles_on(subject))
    assert permits(somebody, permission, subject) is is_allowed


@given(roles, class_roles, st.sampled_from([Permission.ATTEMPT_ANSWER, Permission.ATTEMPT_READ]))
def test_nobody_but_its_owner_gets_at_an_attempt(
    site_role: Role, in_classes: dict[int, Role], permission: Permission
) -> None:
    somebody = Identity(LEARNER_ID, site_role, in_classes)
    assert not permits(somebody, permission, SOMEBODY_ELSES)
    assert permits(somebody, permission, OWN) is (CLASS in in_classes)
