"""Whether there is a database, and whether its schema is the one that this version works with."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app

from courseware.cli.application import with_application
from courseware.core.database import db
from courseware.core.errors import Refused

Asked = ParamSpec("Asked")
Given = TypeVar("Given")


def with_database(command: Callable[Asked, Given]) -> Callable[Asked, Given]:
    """Run a command in the application's context, and only on a database that it can work with."""

    @with_application
    @wraps(command)
    def on_fit_database(*arguments: Asked.args, **options: Asked.kwargs) -> Given:
        refuse_unfit()
        return command(*arguments, **options)

    return on_fit_database


def refuse_missing() -> None:
    """Raise if the database is not there or holds nothing, or if a newer version of Courseware has made it."""
    present = _revision()
    if present is None:
        raise Refused("There is no database here. Make one with: courseware init")
    try:
        _migrations().get_revision(present)
    except CommandError:
        raise Refused(
            "The schema of this database is newer than this version of Courseware. Install the newer one."
        ) from None


def refuse_unfit() -> None:
    """Raise unless the database is there and has the schema that this version works with."""
    refuse_missing()
    if _revision() != _migrations().get_current_head():
        raise Refused("The schema of this database is older than this version of Courseware. Run: courseware migrate")


def _revision() -> str | None:
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _migrations() -> ScriptDirectory:
    return ScriptDirectory.from_config(current_app.extensions["migrate"].migrate.get_config())
