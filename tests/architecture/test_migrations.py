"""The migrations make exactly the tables that the models describe, and each can be undone."""

import flask_migrate
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import inspect

from courseware.core.database import belongs_to_models


def _differences(db: SQLAlchemy) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True, "include_name": belongs_to_models}
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        found: list[object] = compare_metadata(context, db.metadata)
    return found


def test_the_migrations_make_what_the_models_describe(db: SQLAlchemy) -> None:
    assert _differences(db) == []


def test_the_migrations_go_down_to_nothing_and_up_again(app: Flask, db: SQLAlchemy) -> None:
    with app.app_context():
        flask_migrate.downgrade(revision="base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]
    with app.app_context():
        flask_migrate.upgrade()
    assert _differences(db) == []
