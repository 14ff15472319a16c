"""How the database keeps moments and points, and how transactions begin."""

import sqlite3
from contextlib import closing, nullcontext
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from flask_sqlalchemy import SQLAlchemy
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, inspect, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError

from courseware.classes.models import Class
from courseware.core.database import Points, UtcDateTime, belongs_to_models, only_reading
from courseware.web.application import CoursewareFlask
from tests.at_once import at_once

DIALECT = sqlite.dialect()
THREADS, ADDITIONS = 6, 20


@given(st.decimals(0, 1000, places=2))
def test_points_come_back_as_they_were_stored(points: Decimal) -> None:
    stored = Points().process_bind_param(points, DIALECT)
    assert isinstance(stored, int)
    assert Points().process_result_value(stored, DIALECT) == points


@pytest.mark.parametrize("points", [Decimal("0.001"), Decimal("33.333")])
def test_points_with_more_than_two_decimals_are_refused(points: Decimal) -> None:
    with pytest.raises(ValueError, match="more than two decimals"):
        Points().process_bind_param(points, DIALECT)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.timezones()))  # noqa: DTZ001
def test_a_moment_comes_back_aware_and_in_utc(moment: datetime) -> None:
    stored = UtcDateTime().process_bind_param(moment, DIALECT)
    assert stored is not None
    back = UtcDateTime().process_result_value(stored.replace(tzinfo=None), DIALECT)
    assert back == moment.astimezone(UTC)
    assert back is not None
    assert back.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 9, 1), DIALECT)  # noqa: DTZ001 - the point of it


def test_nothing_stays_nothing() -> None:
    for kind in (UtcDateTime(), Points()):
        assert kind.process_bind_param(None, DIALECT) is None
        assert kind.process_result_value(None, DIALECT) is None


def test_the_database_gives_moments_back_in_utc(db: SQLAlchemy, class_: Class) -> None:
    class_.created_at = datetime(2026, 9, 1, 12, tzinfo=timezone(timedelta(hours=-4)))
    db.session.commit()
    assert db.session.scalar(select(Class.created_at)) == datetime(2026, 9, 1, 16, tzinfo=UTC)
    class_.created_at = datetime(2026, 9, 1, 12)  # noqa: DTZ001 - the point of it
    with pytest.raises(StatementError):
        db.session.flush()
    db.session.rollback()


def test_every_connection_of_sqlite_is_durable_and_minds_foreign_keys(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    for _ in range(2):
        with engine.connect() as connection:
            settings = {
                name: connection.execute(text(f"PRAGMA {name}")).scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            }
        assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 4_000}
        engine.dispose()


@pytest.mark.parametrize("is_reading", [False, True])
def test_a_transaction_takes_the_write_lock_of_sqlite_at_once_unless_it_only_reads(
    tmp_path: Path, *, is_reading: bool
) -> None:
    path = tmp_path / "a.db"
    path.touch()
    engine = create_engine(f"sqlite:///{path}")
    with only_reading() if is_reading else nullcontext(), engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
            if is_reading:
                other.execute("BEGIN IMMEDIATE")
            else:
                with pytest.raises(sqlite3.OperationalError, match="locked"):
                    other.execute("BEGIN IMMEDIATE")
    engine.dispose()


def test_no_update_is_lost_however_many_add_at_once(app: CoursewareFlask, db: SQLAlchemy) -> None:
    db.session.execute(text("CREATE TABLE tally (n INTEGER NOT NULL)"))
    db.session.execute(text("INSERT INTO tally VALUES (0)"))
    # SQLite needs no such words: its transactions that may write come one after another.
    lock = "" if db.engine.dialect.name == "sqlite" else " FOR UPDATE"

    def add() -> None:
        for _ in range(ADDITIONS):
            number = db.session.execute(text(f"SELECT n FROM tally{lock}")).scalar_one()  # noqa: S608 - our own words
            db.session.execute(text("UPDATE tally SET n = :n"), {"n": number + 1})
            db.session.commit()

    at_once(app, [add] * THREADS)
    assert db.session.execute(text("SELECT n FROM tally")).scalar() == THREADS * ADDITIONS


def test_a_request_that_raises_leaves_nothing_behind_and_the_next_one_works(db: SQLAlchemy, class_: Class) -> None:
    title = class_.title
    db.session.commit()
    class_.title = "Another"
    db.session.flush()
    db.session.rollback()
    assert class_.title == title


def test_every_constraint_has_a_name(db: SQLAlchemy) -> None:
    inspector = inspect(db.engine)
    for table in inspector.get_table_names():
        if table != "alembic_version" and belongs_to_models(table, "table", None):
            assert inspector.get_pk_constraint(table)["name"] == f"pk_{table}"
            assert all(each["name"] for each in inspector.get_foreign_keys(table))
            assert all(each["name"] for each in inspector.get_check_constraints(table))
