"""Accounts, sessions and reset links, below the pages."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select

from courseware.accounts import passphrase_hashing, queries, rules, services
from courseware.accounts.models import ResetToken, SignInSession, SiteRole, User
from courseware.accounts.rules import Purpose
from courseware.core.errors import Invalid
from courseware.web.rate_limit import Tries
from tests.accounts.conftest import EMAIL, PASSPHRASE
from tests.application import Clock
from tests.people import user_with

TRIES = Tries("203.0.113.7", EMAIL)


def test_an_account_is_found_however_its_address_is_typed(amara: User) -> None:
    assert queries.find_user(" AMARA@example.ORG ") is amara


@pytest.mark.usefixtures("amara")
def test_a_second_account_with_a_look_alike_address_is_refused(clock: Clock) -> None:
    with pytest.raises(Invalid) as refusal:
        services.add_user(
            "\uff21\uff2d\uff21\uff32\uff21@example.org", "Other", SiteRole.LEARNER, PASSPHRASE, at=clock.moment
        )
    assert set(refusal.value.fields) == {"email"}


@pytest.mark.usefixtures("db")
def test_every_reason_against_an_account_is_given_by_field(clock: Clock) -> None:
    with pytest.raises(Invalid) as refusal:
        services.add_user("nobody", " ", SiteRole.LEARNER, "short", at=clock.moment)
    assert set(refusal.value.fields) == {"email", "name", "passphrase"}


def test_only_hashes_of_tokens_are_stored(db: SQLAlchemy, amara: User, clock: Clock) -> None:
    token = services.sign_in(EMAIL, PASSPHRASE, TRIES, at=clock.moment)
    secret = services.make_reset(amara, at=clock.moment)
    db.session.commit()
    assert token is not None
    assert db.session.scalar(select(SignInSession.token_hash)) == rules.secret_hash(Purpose.SESSION, token)
    assert db.session.scalar(select(ResetToken.token_hash)) == rules.secret_hash(Purpose.RESET, secret)


@pytest.mark.parametrize(
    ("email", "passphrase"), [(EMAIL, "the quiet river bends at night"), ("ben@example.org", PASSPHRASE), ("", "")]
)
@pytest.mark.usefixtures("amara")
def test_what_does_not_fit_begins_no_session(db: SQLAlchemy, clock: Clock, email: str, passphrase: str) -> None:
    assert services.sign_in(email, passphrase, Tries("203.0.113.7", email), at=clock.moment) is None
    db.session.commit()
    assert db.session.scalar(select(func.count(SignInSession.id))) == 0


def test_a_disabled_account_cannot_sign_in_until_it_is_enabled(db: SQLAlchemy, amara: User, clock: Clock) -> None:
    services.disable(amara, at=clock.moment)
    db.session.commit()
    assert services.sign_in(EMAIL, PASSPHRASE, TRIES, at=clock.moment) is None
    services.enable(user_with(EMAIL))
    db.session.commit()
    assert services.sign_in(EMAIL, PASSPHRASE, TRIES, at=clock.moment) is not None


def test_an_old_hash_is_renewed_at_sign_in(db: SQLAlchemy, amara: User, clock: Clock) -> None:
    amara.passphrase_hash = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSPHRASE)
    db.session.commit()
    assert services.sign_in(EMAIL, PASSPHRASE, TRIES, at=clock.moment) is not None
    db.session.commit()
    assert not passphrase_hashing.is_outdated(user_with(EMAIL).passphrase_hash)
    assert services.sign_in(EMAIL, PASSPHRASE, TRIES, at=clock.moment) is not None


@pytest.mark.usefixtures("amara")
def test_a_sign_in_that_crosses_a_change_of_passphrase_begins_no_session(
    db: SQLAlchemy, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed_meanwhile(_passphrase: str, _stored: str) -> bool:
        user_with(EMAIL).passphrase_hash = "another"
        db.session.commit()
        return True

    monkeypatch.setattr(passphrase_hashing, "is_right", changed_meanwhile)
    monkeypatch.setattr(passphrase_hashing, "is_outdated", lambda _stored: False)
    assert services.sign_in(EMAIL, PASSPHRASE, TRIES, at=clock.moment) is None


def test_no_lock_is_held_while_a_passphrase_is_hashed(
    db: SQLAlchemy, amara: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[bool] = []
    user_id = amara.id

    def watched(passphrase: str, _stored: str) -> bool:
        held.append(db.session.registry().in_transaction())
        return passphrase == PASSPHRASE

    def watched_hash(_passphrase: str) -> str:
        held.append(db.session.registry().in_transaction())
        return "new"

    monkeypatch.setattr(passphrase_hashing, "is_right", watched)
    monkeypatch.setattr(passphrase_hashing, "hash_passphrase", watched_hash)
    services.sign_in(EMAIL, PASSPHRASE, TRIES, at=clock.moment)
    services.change_passphrase(user_id, PASSPHRASE, "nine pale herons wade", TRIES, at=clock.moment)
    db.session.commit()
    secret = services.make_reset(user_with(EMAIL), at=clock.moment)
    db.session.commit()
    services.reset_passphrase(secret, "ten pale herons wade on", TRIES, at=clock.moment)
    assert held
    assert not any(held)


def test_a_new_role_ends_the_sessions_of_the_old_one(db: SQLAlchemy, amara: User, clock: Clock) -> None:
    services.start_session(amara.id, at=clock.moment)
    services.set_role(amara, SiteRole.LEARNER, at=clock.moment)
    db.session.commit()
    assert len(queries.list_live_sessions(amara.id, clock.moment)) == 1
    services.set_role(amara, SiteRole.INSTRUCTOR, at=clock.moment)
    db.session.commit()
    assert queries.list_live_sessions(amara.id, clock.moment) == []


def test_a_passphrase_set_by_an_operator_ends_sessions_and_links(db: SQLAlchemy, amara: User, clock: Clock) -> None:
    services.start_session(amara.id, at=clock.moment)
    secret = services.make_reset(amara, at=clock.moment)
    services.set_passphrase(amara, "nine pale herons wade", at=clock.moment)
    db.session.commit()
    assert queries.list_live_sessions(amara.id, clock.moment) == []
    assert queries.find_reset(secret, clock.moment) is None


def test_a_reset_link_lives_for_an_hour_and_opens_only_a_reset(db: SQLAlchemy, amara: User, clock: Clock) -> None:
    secret = services.make_reset(amara, at=clock.moment)
    token = services.start_session(amara.id, at=clock.moment)
    db.session.commit()
    assert queries.find_reset(token, clock.moment) is None
    assert queries.find_reset(secret, clock.moment + timedelta(minutes=59)) is not None
    assert queries.find_reset(secret, clock.moment + timedelta(minutes=60)) is None


def test_expired_links_are_cleared_away(db: SQLAlchemy, amara: User, clock: Clock) -> None:
    services.make_reset(None, at=clock.moment)
    services.make_reset(amara, at=clock.advance(timedelta(hours=2)))
    db.session.commit()
    assert db.session.scalar(select(func.count(ResetToken.id))) == 1
