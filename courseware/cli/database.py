"""Commands about the database."""

from pathlib import Path

import click
import flask_migrate
from flask import current_app
from sqlalchemy import inspect
from sqlalchemy.engine import make_url

from courseware.cli.application import with_application
from courseware.cli.course_files import load_sound
from courseware.cli.course_sync import sync_checked, tell_if_outdated
from courseware.cli.schema import refuse_missing
from courseware.core.database import db
from courseware.core.errors import Refused


@click.command()
@with_application
def init() -> None:
    """Create the database and load the course; refuses to touch a database that has data.

    Example: courseware init
    """
    make_file()
    if inspect(db.engine).get_table_names():
        message = "The database already has data. To bring its schema up to date use: courseware migrate"
        raise Refused(message)
    load_sound(current_app.config["CONTENT"])  # before anything is made that a second run would find
    upgrade()
    synced = sync_checked(current_app.config["CONTENT"])
    db.session.commit()
    click.echo(f"The database is ready, with {synced.version.title}. Add an account with: courseware user add")


@click.command()
@with_application
def migrate() -> None:
    """Bring the schema of the database up to date.

    Example: courseware migrate
    """
    refuse_missing()
    upgrade()
    click.echo("The schema is up to date.")
    tell_if_outdated()


def upgrade() -> None:
    """Run all migrations that the database has not seen."""
    flask_migrate.upgrade()
    db.session.commit()


def make_file() -> None:
    """Make the empty file of an SQLite database, which nothing else makes; only its owner may read it."""
    url = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() == "sqlite" and url.database is not None:
        path = Path(url.database)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
