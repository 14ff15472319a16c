"""Who may do what: one table, and what is not in it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """What somebody is towards a subject."""

    ADMINISTRATOR = "administrator"
    INSTRUCTOR = "instructor"
    ASSISTANT = "assistant"
    LEARNER = "learner"
    OWNER = "owner"
    SIGNED_IN = "signed-in"


class Permission(StrEnum):
    """Everything that a route may ask for, as `thing:action`."""

    ACCOUNT_EDIT = "account:edit"
    COURSE_READ = "course:read"
    BANK_READ = "bank:read"
    PROGRESS_RECORD = "progress:record"
    QUIZ_READ = "quiz:read"
    ATTEMPT_START = "attempt:start"
    ATTEMPT_ANSWER = "attempt:answer"
    ATTEMPT_READ = "attempt:read"


_STAFF = frozenset({Role.ASSISTANT, Role.INSTRUCTOR, Role.ADMINISTRATOR})
_EVERYBODY_IN_CLASS = _STAFF | {Role.LEARNER}

ALLOWED: Mapping[Permission, frozenset[Role]] = {
    Permission.ACCOUNT_EDIT: frozenset({Role.SIGNED_IN}),
    Permission.COURSE_READ: _EVERYBODY_IN_CLASS,
    Permission.BANK_READ: _STAFF,
    Permission.PROGRESS_RECORD: _EVERYBODY_IN_CLASS,
    Permission.QUIZ_READ: _EVERYBODY_IN_CLASS,
    Permission.ATTEMPT_START: frozenset({Role.LEARNER}),
    Permission.ATTEMPT_ANSWER: frozenset({Role.OWNER}),
    Permission.ATTEMPT_READ: frozenset({Role.OWNER}),
}


class Subject(Protocol):
    """What a permission is asked for: it stands in a class, and somebody may own it."""

    @property
    def class_id(self) -> int | None:
        """The class it belongs to, or None for the whole site."""

    @property
    def owner_id(self) -> int | None:
        """The person it belongs to, if any."""


@dataclass(frozen=True)
class Site:
    """The site as a whole, for permissions that hang on no single object."""

    class_id: int | None = None
    owner_id: int | None = None


SITE = Site()


@dataclass(frozen=True)
class Identity:
    """Somebody signed in: their role on the site and in each class they are active in."""

    user_id: int
    site_role: Role
    class_roles: Mapping[int, Role] = field(default_factory=dict)

    def roles_on(self, subject: Subject) -> frozenset[Role]:
        """Return every role towards the subject.

        Towards the whole site, somebody has the roles of all their classes. A learner account
        that is active in no class is only signed in. Owners keep what is theirs only while
        they are active in its class.
        """
        roles = {Role.SIGNED_IN}
        if self.site_role is Role.ADMINISTRATOR:
            roles.add(Role.ADMINISTRATOR)
        if subject.class_id is None:
            roles.update(self.class_roles.values())
            if self.site_role is Role.INSTRUCTOR:
                roles.add(Role.INSTRUCTOR)
            if subject.owner_id == self.user_id:
                roles.add(Role.OWNER)
        elif subject.class_id in self.class_roles:
            roles.add(self.class_roles[subject.class_id])
            if subject.owner_id == self.user_id:
                roles.add(Role.OWNER)
        return frozenset(roles)


def permits(identity: Identity | None, permission: Permission, subject: Subject) -> bool:
    """Tell whether the table allows it; nobody signed in is allowed nothing."""
    return identity is not None and not ALLOWED[permission].isdisjoint(identity.roles_on(subject))
