"""How often a secret may be tried: one budget for all pages that ask for one.

The counts stand in the database by default, so that they hold for all processes. Each is
written in a transaction of its own, before the secret is looked at: a page that fails later
takes nothing back.

- An account takes `TRIES` in `WINDOW_SECONDS`, from wherever they come.
- A browser in which its owner has signed in before has a budget of its own instead, so that
  nobody can lock the owner out.
- Neither takes more than `CONSECUTIVE_GUESSES` in a row that prove not right; after that only
  the other, or a new passphrase by e-mail, opens the account.
- An address takes `TRIES_FROM_ADDRESS`; tries that prove right are given back, because a
  whole class may come from one address.
"""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from flask import current_app, request
from flask.sansio.app import App
from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerSecond
from limits.errors import ConfigurationError
from limits.storage import Storage, storage_from_string
from sqlalchemy import ColumnElement, CursorResult, String, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from courseware.core import clock
from courseware.core.database import Base, db
from courseware.core.environment import SettingsError
from courseware.core.errors import TooManyTries

TRIES = 9
WINDOW_SECONDS = 15 * 60
CONSECUTIVE_GUESSES = 100
TRIES_FROM_ADDRESS = 100
_YEAR_DAYS = 365
_IPV6_NETWORK_BITS = 64

_ACCOUNT = RateLimitItemPerSecond(TRIES, WINDOW_SECONDS, "account")
_BROWSER = RateLimitItemPerSecond(TRIES, WINDOW_SECONDS, "browser")
_ADDRESS = RateLimitItemPerSecond(TRIES_FROM_ADDRESS, WINDOW_SECONDS, "address")
_CONSECUTIVE = RateLimitItemPerDay(CONSECUTIVE_GUESSES, _YEAR_DAYS, "consecutive")


class RateLimitCount(Base):
    """How often something was tried until the count expires."""

    __tablename__ = "rate_limit_count"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class DatabaseStorage(Storage):
    """Counts of the `limits` library in our own database, on SQLite and PostgreSQL."""

    STORAGE_SCHEME = ["database"]  # noqa: RUF012 - as the library declares it

    @property
    @override
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    @override
    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Add to a count and return it, in one step that no other process can come between."""
        now = clock.now()
        values = {"key": key, "count": amount, "expires_at": now + timedelta(seconds=expiry)}
        insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        statement = (
            insert(RateLimitCount)
            .values(values)
            .on_conflict_do_update(index_elements=["key"], set_={"count": RateLimitCount.count + amount})
            .returning(RateLimitCount.count)
        )
        # Locked rows are somebody else's to delete: waiting for them could go in a circle.
        expired = select(RateLimitCount.key).where(RateLimitCount.expires_at <= now).with_for_update(skip_locked=True)
        with db.engine.begin() as connection:
            connection.execute(delete(RateLimitCount).where(RateLimitCount.key.in_(expired)))
            return connection.execute(statement).scalar_one()

    @override
    def get(self, key: str) -> int:
        with db.engine.connect() as connection:
            count = connection.execute(select(RateLimitCount.count).where(*_live(key))).scalar()
        return count or 0

    @override
    def get_expiry(self, key: str) -> float:
        with db.engine.connect() as connection:
            expires_at = connection.execute(select(RateLimitCount.expires_at).where(*_live(key))).scalar()
        return (expires_at or clock.now()).timestamp()

    @override
    def check(self) -> bool:
        try:
            self.get("")
        except SQLAlchemyError:
            return False
        return True

    @override
    def reset(self) -> int:
        return _delete()

    @override
    def clear(self, key: str) -> None:
        _delete(RateLimitCount.key == key)


def _live(key: str) -> tuple[ColumnElement[bool], ...]:
    return RateLimitCount.key == key, RateLimitCount.expires_at > clock.now()


def _delete(*which: ColumnElement[bool]) -> int:
    with db.engine.begin() as connection:
        result: CursorResult[tuple[()]] = connection.execute(delete(RateLimitCount).where(*which))
        return result.rowcount


@dataclass(frozen=True)
class Tries:
    """Who tries: from which address, at which account, in which browser known to that account."""

    address: str
    account: str | None = None
    known_browser: str | None = None

    def spend(self, *, is_guess: bool = True) -> None:
        """Count one try, or raise TooManyTries.

        Call it with no transaction open and before the secret is looked at. A request that
        proves nothing, such as for a mail, is no guess.
        """
        if self.known_browser is not None:
            _spend(_BROWSER, self.known_browser)
            if is_guess:
                _spend(_CONSECUTIVE, self.known_browser)
            return
        # The account first: many tries at one do not use up the address for its neighbours.
        if self.account is not None:
            _spend(_ACCOUNT, self.account)
            if is_guess:
                _spend(_CONSECUTIVE, self.account)
        _spend(_ADDRESS, self.address)

    def forgive(self) -> None:
        """Take the try back because it proved right; the account starts anew."""
        if self.account is not None:
            clear_account(self.account)
        if self.known_browser is not None:
            for item in (_BROWSER, _CONSECUTIVE):
                _storage().clear(_key(item, self.known_browser))
        else:
            _storage().incr(_key(_ADDRESS, self.address), _ADDRESS.get_expiry(), -1)


def clear_account(account: str) -> None:
    """Let an account start anew: its owner has proved to be the owner."""
    for item in (_ACCOUNT, _CONSECUTIVE):
        _storage().clear(_key(item, account))


def install(app: App) -> None:
    """Open the storage that `RATE_LIMIT_STORAGE` names: `database`, or a URI of the limits library."""
    name: str = app.config["RATE_LIMIT_STORAGE"]
    try:
        app.extensions["rate_limit"] = storage_from_string(name if ":" in name else f"{name}://")
    except ConfigurationError as reason:
        raise SettingsError(f"COURSEWARE_RATE_LIMIT_STORAGE cannot be {name!r}: {reason}.") from None


def client_address() -> str:
    """Return where the request comes from; an IPv6 client is known by its network."""
    address = ipaddress.ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104 - stands for "unknown"
    if address.version == 4:  # noqa: PLR2004 - the name of the protocol
        return str(address)
    return str(ipaddress.ip_network((address, _IPV6_NETWORK_BITS), strict=False))


def _storage() -> Storage:
    storage: Storage = current_app.extensions["rate_limit"]
    return storage


def _key(item: RateLimitItem, name: str) -> str:
    # A digest, so that names of any length fit and addresses of people are not kept.
    return item.key_for(hashlib.sha256(name.encode()).hexdigest())


def _spend(item: RateLimitItem, name: str) -> None:
    key = _key(item, name)
    if _storage().incr(key, item.get_expiry()) <= item.amount:
        return
    if item is _CONSECUTIVE:
        raise TooManyTries(
            "Too many tries in a row. Choose a new passphrase: ask for a link by e-mail on the sign-in page.",
            WINDOW_SECONDS,
        )
    seconds = max(1, ceil(_storage().get_expiry(key) - clock.now().timestamp()))
    minutes = ceil(seconds / 60)
    raise TooManyTries(
        f"Wait {minutes} {'minute' if minutes == 1 else 'minutes'}, then try again. Nothing was changed.", seconds
    )
