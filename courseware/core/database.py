"""The database: column types, names of constraints, and how a transaction begins.

On SQLite the driver's own transaction handling is switched off and every transaction that
may write begins with BEGIN IMMEDIATE: a deferred one either loses updates or fails at once
with "database is locked", whatever the busy timeout says.
"""

import enum
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, Connection, DateTime, Dialect, Enum, Integer, MetaData, event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from courseware.core.errors import NoDatabase

CONSTRAINT_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_TIMEOUT_MILLISECONDS = 4_000  # how long a transaction waits for a lock, on either database
_HUNDREDTH = Decimal("0.01")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware, in UTC, on every database. A naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment without a time zone cannot be stored"
            raise ValueError(message)
        return value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Points(TypeDecorator[Decimal]):
    """Exact points with two decimals, stored as whole hundredths: SQLite knows no decimals."""

    impl = Integer
    cache_ok = True

    @override
    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value != value.quantize(_HUNDREDTH):
            message = f"{value} has more than two decimals"
            raise ValueError(message)
        return int(value * 100)

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else (Decimal(value) / 100).quantize(_HUNDREDTH)


ENUM_BY_VALUE = Enum(
    enum.Enum,
    values_callable=lambda kind: [member.value for member in kind],
    native_enum=False,
    create_constraint=True,
    length=32,
)


class Base(DeclarativeBase):
    """What every model derives from."""

    # A registry, because Flask-SQLAlchemy derives a second base from this one.
    registry = registry(
        metadata=MetaData(naming_convention=CONSTRAINT_NAMES),
        type_annotation_map={
            datetime: UtcDateTime,
            Decimal: Points,
            enum.Enum: ENUM_BY_VALUE,
            dict[str, Any]: JSON,
            list[Any]: JSON,
        },
    )


primary_key = Annotated[int, mapped_column(primary_key=True)]

db = SQLAlchemy(model_class=Base)

SEARCH_INDEX = "search_entry_words"
"""The full-text index: a virtual table on SQLite, a column with an index on PostgreSQL; a migration makes it."""


def belongs_to_models(name: str | None, _kind: str, _parents: object) -> bool:
    """Whether migrations compare something in the database with the models."""
    return name is None or SEARCH_INDEX not in name


_may_write: ContextVar[bool] = ContextVar("may_write", default=True)


@contextmanager
def only_reading() -> Iterator[None]:
    """Let transactions that begin inside take no write lock on SQLite."""
    token = _may_write.set(False)
    try:
        yield
    finally:
        _may_write.reset(token)


def let_others_write() -> None:
    """Give up the open transaction and what it changed, so that slow work holds no write lock.

    Objects read before are read anew on their next use: keep what the slow work needs.
    """
    db.session.rollback()


@event.listens_for(Engine, "do_connect")
def _refuse_lost_file(
    dialect: Dialect, _record: object, arguments: list[Any], _options: dict[str, Any]
) -> DBAPIConnection | None:
    """Refuse to connect to a file that is not there: SQLite would make an empty one in its place."""
    if dialect.name == "sqlite" and not Path(arguments[0]).exists():
        raise NoDatabase("There is no database here. Make one with: courseware init")
    return None


@event.listens_for(Engine, "connect")
def _prepare_connection(connection: DBAPIConnection, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        connection.cursor().execute(f"SET lock_timeout = {BUSY_TIMEOUT_MILLISECONDS}")
        connection.commit()
        return
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MILLISECONDS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_on_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _may_write.get() else "BEGIN DEFERRED")
