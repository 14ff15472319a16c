"""Finds people, their sessions and their reset links."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, select

from courseware.accounts.models import ResetToken, SignInSession, User
from courseware.accounts.rules import (
    SESSION_IDLE_LIFETIME,
    SESSION_LIFETIME,
    Purpose,
    email_key,
    secret_hash,
)
from courseware.core.database import db


@dataclass(frozen=True)
class Credentials:
    """What is needed of an account while no transaction is open."""

    user_id: int
    email: str
    email_key: str
    name: str
    passphrase_hash: str
    is_disabled: bool


def find_user(email: str) -> User | None:
    """Return who has this e-mail address, however it is typed."""
    return db.session.scalar(select(User).where(User.email_key == email_key(email)))


def find_credentials(who: ColumnElement[bool]) -> Credentials | None:
    """Return the plain values of the one account meant, such as `User.id == 7`."""
    row = db.session.execute(
        select(User.id, User.email, User.email_key, User.name, User.passphrase_hash, User.is_disabled).where(who)
    ).one_or_none()
    return None if row is None else Credentials(*row)


def is_live_session(at: datetime) -> ColumnElement[bool]:
    """Return the condition that a session is neither ended nor too old, nor idle for too long."""
    return and_(
        SignInSession.ended_at.is_(None),
        SignInSession.started_at > at - SESSION_LIFETIME,
        SignInSession.seen_at > at - SESSION_IDLE_LIFETIME,
    )


def live_user(token: str, at: datetime) -> Select[User, datetime]:
    """Return the select of whose session the token opens, and when it was last seen.

    Features above add their columns to it.
    """
    return (
        select(User, SignInSession.seen_at)
        .join(SignInSession, SignInSession.user_id == User.id)
        .where(
            SignInSession.token_hash == secret_hash(Purpose.SESSION, token),
            is_live_session(at),
            User.is_disabled.is_(False),
        )
    )


def list_live_sessions(user_id: int, at: datetime) -> Sequence[SignInSession]:
    """Return the browsers in which somebody is signed in, the latest first."""
    return db.session.scalars(
        select(SignInSession)
        .where(SignInSession.user_id == user_id, is_live_session(at))
        .order_by(SignInSession.started_at.desc(), SignInSession.id.desc())
    ).all()


def find_reset(secret: str, at: datetime) -> Credentials | None:
    """Return whose passphrase the link may reset now."""
    of_link = (
        select(ResetToken.user_id)
        .where(
            ResetToken.token_hash == secret_hash(Purpose.RESET, secret),
            ResetToken.used_at.is_(None),
            ResetToken.expires_at > at,
        )
        .scalar_subquery()
    )
    return find_credentials(and_(User.id == of_link, User.is_disabled.is_(False)))
