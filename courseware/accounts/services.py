"""Signing in and out, changing and resetting passphrases, making and disabling accounts.

A passphrase is hashed with no transaction open: hashing is slow, and a request that may write
holds SQLite's one write lock from its first statement on. What was read before is checked
again in the statement that writes.
"""

from collections.abc import Callable
from datetime import datetime

from flask import current_app
from sqlalchemy import ColumnElement, Update, delete, literal, select, update

from courseware.accounts import passphrase_hashing, queries, rules
from courseware.accounts.models import ResetToken, SignInSession, SiteRole, User
from courseware.accounts.queries import Credentials
from courseware.accounts.rules import Purpose
from courseware.core import mail
from courseware.core.database import db, let_others_write, only_reading
from courseware.core.errors import Closed, Invalid, Refused
from courseware.web.links import site_link
from courseware.web.rate_limit import Tries, clear_account

RESET_ENDPOINT = "accounts.reset"


def sign_in(email: str, passphrase: str, tries: Tries, *, at: datetime) -> str | None:
    """Begin a session and return its token, or None: not told is whether the account exists.

    An absent or disabled account costs the same time. Raises TooManyTries.
    """
    let_others_write()
    tries.spend()
    found = _read_apart(lambda: queries.find_credentials(User.email_key == rules.email_key(email)))
    stored_hash = passphrase_hashing.NOBODYS_HASH if found is None else found.passphrase_hash
    if not passphrase_hashing.is_right(passphrase, stored_hash) or found is None or found.is_disabled:
        return None
    tries.forgive()
    new_hash = passphrase_hashing.hash_passphrase(passphrase) if passphrase_hashing.is_outdated(stored_hash) else None
    user = db.session.scalar(
        select(User)
        .where(User.id == found.user_id, User.passphrase_hash == stored_hash, User.is_disabled.is_(False))
        .with_for_update()
    )
    if user is None:
        return None
    if new_hash is not None:
        user.passphrase_hash = new_hash
    return start_session(user.id, at=at)


def start_session(user_id: int, *, at: datetime) -> str:
    """Begin a session and return the token that the browser keeps."""
    token = rules.new_secret()
    db.session.add(
        SignInSession(user_id=user_id, token_hash=rules.secret_hash(Purpose.SESSION, token), started_at=at, seen_at=at)
    )
    return token


def end_session(token: str, *, at: datetime) -> None:
    """End the session that the token opens, if it is still open."""
    _end(SignInSession.token_hash == rules.secret_hash(Purpose.SESSION, token), at)


def end_sessions(user_id: int, *, at: datetime, but: str | None = None) -> None:
    """End all sessions of somebody; `but` is the token of one to keep."""
    kept = rules.secret_hash(Purpose.SESSION, but or "")
    _end((SignInSession.user_id == user_id) & (SignInSession.token_hash != kept), at)


def note_seen(token: str, *, at: datetime) -> None:
    """Keep a session from becoming idle. Written at most once every `SEEN_REFRESH`."""
    db.session.execute(
        update(SignInSession)
        .where(
            SignInSession.token_hash == rules.secret_hash(Purpose.SESSION, token),
            SignInSession.seen_at <= at - rules.SEEN_REFRESH,
            queries.is_live_session(at),
        )
        .values(seen_at=at)
    )


def change_passphrase(user_id: int, present: str, new: str, tries: Tries, *, at: datetime) -> str:
    """Change the passphrase, end every session and return the token of a new one.

    Raises Invalid with the reasons by field, TooManyTries, or Refused if it was changed elsewhere
    at the same time.
    """
    found = _read_apart(lambda: queries.find_credentials(User.id == user_id))
    if found is None:
        raise Refused("This account is gone. Nothing was changed.")
    refusal = rules.refusal_of_passphrase(new, _known_about(found.name, found.email))
    if refusal is not None:
        raise Invalid("The passphrase was not changed.", {"new": refusal})
    tries.spend()
    if not passphrase_hashing.is_right(present, found.passphrase_hash):
        raise Invalid(
            "The passphrase was not changed.", {"present": "This is not your present passphrase. Type it again."}
        )
    tries.forgive()
    new_hash = passphrase_hashing.hash_passphrase(new)
    if not _replace_hash(found, new_hash):
        raise Refused("Your passphrase was changed elsewhere in the meantime. Nothing was changed here.")
    return _after_change(found, at)


def request_reset(email: str, tries: Tries, *, at: datetime) -> None:
    """Mail a link that resets the passphrase, if there is such an account.

    The same is read and written if there is none. Raises TooManyTries.
    """
    let_others_write()
    tries.spend(is_guess=False)
    user = queries.find_user(email)
    may_reset = user is not None and not user.is_disabled
    secret = make_reset(user if may_reset else None, at=at)
    if user is not None and may_reset:
        mail.send(
            user.email,
            "Choose a new passphrase",
            f"Somebody asked for a new passphrase for your account on {current_app.config['SITE_NAME']}.\n\n"
            f"Choose one here within {rules.RESET_LIFETIME.seconds // 60} minutes:\n\n"
            f"{reset_link(secret)}\n\n"
            "The link works once. If it was not you, do nothing: your passphrase stays as it is.\n",
        )


def make_reset(user: User | None, *, at: datetime) -> str:
    """Return the secret of a new reset link; without a user, of one that opens nothing."""
    secret = rules.new_secret()
    db.session.execute(delete(ResetToken).where(ResetToken.expires_at <= at))
    db.session.add(
        ResetToken(
            user=user,
            token_hash=rules.secret_hash(Purpose.RESET, secret),
            made_at=at,
            expires_at=at + rules.RESET_LIFETIME,
        )
    )
    return secret


def reset_link(secret: str) -> str:
    """Return the address of the page that a reset secret opens."""
    return site_link(RESET_ENDPOINT, secret=secret)


def reset_passphrase(secret: str, new: str, tries: Tries, *, at: datetime) -> str:
    """Use a reset link up, end every session and return the token of a new one.

    Raises Invalid with the reason, Closed if the link opens nothing any more, or TooManyTries.
    """
    let_others_write()
    tries.spend()
    found = _read_apart(lambda: queries.find_reset(secret, at))
    if found is None:
        raise Closed("This link has been used or is too old.")
    tries.forgive()
    refusal = rules.refusal_of_passphrase(new, _known_about(found.name, found.email))
    if refusal is not None:
        raise Invalid("The passphrase was not changed.", {"new": refusal})
    new_hash = passphrase_hashing.hash_passphrase(new)
    clear_account(found.email_key)
    is_first = _changed_one(
        update(ResetToken)
        .where(ResetToken.token_hash == rules.secret_hash(Purpose.RESET, secret), ResetToken.used_at.is_(None))
        .values(used_at=at)
    )
    if not is_first or not _replace_hash(found, new_hash):
        raise Closed("This link has been used or is too old.")
    return _after_change(found, at)


def add_user(email: str, name: str, role: SiteRole, passphrase: str, *, at: datetime) -> User:
    """Make an account. Raises Invalid with the reasons by field."""
    reasons = {
        "email": rules.refusal_of_email(email),
        "name": rules.refusal_of_name(name),
        "passphrase": rules.refusal_of_passphrase(passphrase, _known_about(name, email)),
    }
    if reasons["email"] is None and queries.find_user(email) is not None:
        reasons["email"] = "There is an account with this e-mail address already."
    refused = {field: reason for field, reason in reasons.items() if reason is not None}
    if refused:
        raise Invalid(" ".join(refused.values()), refused)
    user = User(
        email=email.strip(),
        email_key=rules.email_key(email),
        name=name.strip(),
        role=role,
        passphrase_hash=passphrase_hashing.hash_passphrase(passphrase),
        created_at=at,
    )
    db.session.add(user)
    db.session.flush()  # whoever makes an account enrols it by its id
    return user


def set_passphrase(user: User, passphrase: str, *, at: datetime) -> None:
    """Give an account another passphrase, as an operator; every session ends."""
    refusal = rules.refusal_of_passphrase(passphrase, _known_about(user.name, user.email))
    if refusal is not None:
        raise Invalid(refusal, {"passphrase": refusal})
    user.passphrase_hash = passphrase_hashing.hash_passphrase(passphrase)
    _end_access(user.id, at)


def disable(user: User, *, at: datetime) -> None:
    """Shut an account out at once: it cannot sign in, and its sessions and links end."""
    user.is_disabled = True
    _end_access(user.id, at)


def enable(user: User) -> None:
    """Let a disabled account sign in again."""
    user.is_disabled = False


def set_role(user: User, role: SiteRole, *, at: datetime) -> None:
    """Change what somebody is on the site. Sessions of the old role end."""
    if user.role is not role:
        user.role = role
        end_sessions(user.id, at=at)


def _read_apart(find: Callable[[], Credentials | None]) -> Credentials | None:
    """Read in a transaction of its own, which takes no lock and is over before the slow work."""
    let_others_write()
    with only_reading():
        found = find()
        let_others_write()
    return found


def _known_about(name: str, email: str) -> tuple[str, ...]:
    site_name: str = current_app.config["SITE_NAME"]
    return name, email, site_name


def _replace_hash(found: Credentials, new_hash: str) -> bool:
    return _changed_one(
        update(User)
        .where(User.id == found.user_id, User.passphrase_hash == found.passphrase_hash, User.is_disabled.is_(False))
        .values(passphrase_hash=new_hash)
    )


def _after_change(found: Credentials, at: datetime) -> str:
    _end_access(found.user_id, at)
    mail.send(
        found.email,
        "Your passphrase was changed",
        f"The passphrase of your account on {current_app.config['SITE_NAME']} was changed, "
        "and every other browser was signed out.\n\n"
        f"If it was not you, choose a new one now:\n\n{site_link('accounts.forgotten')}\n",
    )
    return start_session(found.user_id, at=at)


def _end_access(user_id: int, at: datetime) -> None:
    end_sessions(user_id, at=at)
    db.session.execute(
        update(ResetToken).where(ResetToken.user_id == user_id, ResetToken.used_at.is_(None)).values(used_at=at)
    )


def _end(which: ColumnElement[bool], at: datetime) -> None:
    db.session.execute(update(SignInSession).where(which, SignInSession.ended_at.is_(None)).values(ended_at=at))


def _changed_one(statement: Update) -> bool:
    return db.session.scalar(statement.returning(literal(1))) is not None
