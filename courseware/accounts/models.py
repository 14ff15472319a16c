"""People, their sessions and the links that reset a passphrase."""

import enum
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from courseware.accounts.rules import LONGEST_NAME
from courseware.core.database import Base, primary_key

EMAIL_COLUMN_LENGTH = 320


class SiteRole(enum.StrEnum):
    """What somebody is on the site as a whole."""

    LEARNER = "learner"
    INSTRUCTOR = "instructor"
    ADMINISTRATOR = "administrator"


class User(Base):
    """A person. `email` is as typed, `email_key` is folded and unique; a disabled one cannot sign in."""

    __tablename__ = "user"

    # What Flask-Login asks of somebody signed in; its own stand-in for nobody answers False.
    is_authenticated: ClassVar[bool] = True

    id: Mapped[primary_key]
    email: Mapped[str] = mapped_column(String(EMAIL_COLUMN_LENGTH))
    email_key: Mapped[str] = mapped_column(String(EMAIL_COLUMN_LENGTH), unique=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    role: Mapped[SiteRole]
    passphrase_hash: Mapped[str] = mapped_column(String(200))
    is_disabled: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class SignInSession(Base):
    """A signed-in browser. Only the hash of its token is stored; ending it takes effect at once."""

    __tablename__ = "sign_in_session"

    id: Mapped[primary_key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class ResetToken(Base):
    """A link that lets somebody choose a new passphrase once, within the hour.

    One without a user was made for an address that has no account: asking costs the same time
    whether there is one or not.
    """

    __tablename__ = "reset_token"

    id: Mapped[primary_key]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User | None] = relationship()
