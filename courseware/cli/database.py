"""Commands about the database."""

from pathlib import Path

import click
import flask_migrate
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import inspect
from sqlalchemy.engine import make_url

from courseware.cli.content import sync_checked
from courseware.core.database import db
from courseware.core.errors import Refused


@click.command()
@with_appcontext
def init() -> None:
    """Create the database and load the course; refuses to touch a database that has data.

    Example: courseware init
    """
    if inspect(db.engine).get_table_names():
        message = "The database already has data. To bring its schema up to date use: courseware migrate"
        raise Refused(message)
    upgrade()
    synced = sync_checked(current_app.config["CONTENT"])
    db.session.commit()
    click.echo(f"The database is ready, with {synced.version.title}. Add an account with: courseware user add")


@click.command()
@with_appcontext
def migrate() -> None:
    """Bring the schema of the database up to date.

    Example: courseware migrate
    """
    refuse_missing()
    upgrade()
    click.echo("The schema is up to date.")


def upgrade() -> None:
    """Run all migrations that the database has not seen."""
    flask_migrate.upgrade()
    db.session.commit()


def refuse_missing() -> None:
    """Raise if the database is not there or holds nothing, so that none is made in place of a lost one."""
    url = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"])
    lost = url.get_backend_name() == "sqlite" and url.database is not None and not Path(url.database).exists()
    if lost or not inspect(db.engine).has_table("alembic_version"):
        message = "There is no database here. Make one with: courseware init"
        raise Refused(message)
